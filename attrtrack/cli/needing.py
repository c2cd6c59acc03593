"""`need`: whether a document needs an interpretation: proposed by the rules, decided by a person."""

import argparse

from attrtrack.bootstrap import build_app
from attrtrack.cli.acts import REFUSED, tell_refused_act
from attrtrack.cli.output import local_time, print_row, say, told
from attrtrack.domain.needs import DocumentNeed, NeedSource
from attrtrack.errors import UsageError
from attrtrack.workflow import needing, shapes
from attrtrack.workflow.app import App
from attrtrack.workflow.needing import ToldNeed

_SAID = {True: "应解读", False: "不需要解读", None: "未定"}
_SOURCES = {NeedSource.PERSON: "人工认定", NeedSource.LEDGER: "台账写明", NeedSource.UNRECORDED: "升级前所定，出处未记"}


def need(options: argparse.Namespace) -> int:
    """Show, decide or undo the need of one document; list what waits for a person; propose anew."""
    _check(options)
    app = build_app(options.db, options.actor)
    if options.list or options.renew:
        return _many(app, options)
    try:
        found = _act(app, options)
    except REFUSED as error:
        return tell_refused_act(error, as_json=options.json)
    if options.json:
        print_row(shapes.need_row(found.need, found.proposal))
    else:
        _print(found)
    return 0


def _check(options: argparse.Namespace) -> None:
    many = options.list or options.renew
    if many and (options.id or options.undo or options.because):
        raise UsageError("--list、--renew 是对许多文件的，不能同时写编号、--undo 或 --because。")
    if not many and options.id is None:
        raise UsageError("请写文件编号（如 D12），或者用 --list 列出待认定的文件。")
    if options.undo and (options.answer or options.because):
        raise UsageError("--undo 是撤销认定，不能同时写 yes、no 或 --because。")
    if options.because and not options.answer:
        raise UsageError("写了 --because，还要写认定：yes（应解读）或 no（不需要解读）。")


def _act(app: App, options: argparse.Namespace) -> ToldNeed:
    if options.undo:
        return needing.undo_need(app, options.id)
    if options.answer:
        return needing.decide_need(app, options.id, options.answer, options.because)
    return needing.tell_need(app, options.id)


def _many(app: App, options: argparse.Namespace) -> int:
    if options.renew:
        say(f"按现在的规则表重新建议，有变化的 {needing.renew_needs(app, unit=options.unit, year=options.year)} 件。")
    if not options.list:
        return 0
    undecided = differing = 0
    for one in needing.doubtful_needs(app, unit=options.unit, year=options.year):
        undecided, differing = undecided + (one.needed is None), differing + one.differs
        if options.json:
            print_row(shapes.listed_need_row(one))
        else:
            _print_listed(app, one)
    if not options.json:
        print(f"未定 {undecided} 件，与规则建议不一致 {differing} 件")
    return 0


def _named(one: DocumentNeed) -> str:
    return f"{one.id}  {told(one.number or '（无文号）')}  {told(one.title or '（无标题）')}"


def _source(one: DocumentNeed) -> str:
    return next((name for source, name in _SOURCES.items() if source == one.source), "规则建议")


def _print_listed(app: App, one: DocumentNeed) -> None:
    print(_named(one))
    if one.needed is None:
        print(f"  未定　（{needing.because_of(app, one.row)}）")
    else:
        print(
            f"  {_source(one)}：{_SAID[one.needed]}　规则建议：{_SAID[one.proposed]}（{needing.because_of(app, one.row)}）"
        )


def _print(found: ToldNeed) -> None:
    one, proposal = found.need, found.proposal
    print(_named(one))
    print(f"  {_SAID[one.needed]}" + (f"　（{_source(one)}）" if one.needed is not None else ""))
    quote = f"　“{told(proposal.evidence.quote)}”" if proposal.evidence else ""
    print(f"  规则建议：{_SAID[proposal.needed]}　{proposal.reason}{quote}")
    if one.decision is not None:
        decision = one.decision
        print(f"  认定人：{told(decision.decided_by)}　{local_time(decision.decided_at)}　{told(decision.because)}")
    elif one.needed is None:
        print(f"  请认定：attrtrack need {one.id} yes（或 no） --because 为什么")
