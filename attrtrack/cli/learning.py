"""`propose`, `correct`, `resolve`, `precedents`: learning from what people decided."""

import argparse
from collections.abc import Sequence

from attrtrack.bootstrap import build_app
from attrtrack.cli.acts import REFUSED, tell_refused_act
from attrtrack.cli.output import print_findings, print_row, say
from attrtrack.cli.suggesting import print_proposal
from attrtrack.domain.findings import Finding
from attrtrack.domain.precedents import Precedent, Standing
from attrtrack.domain.proposals import Voice
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import InputRefusedError, TransitionNotAllowedError, UsageError
from attrtrack.workflow import learning, proposing, shapes
from attrtrack.workflow.app import App

_NONE_YET = (
    "还没有先例：用 attrtrack sign 签发，或用 attrtrack correct 更正以后就有。"
    "以前签发过的，先运行 attrtrack precedents --gather。"
)


def propose(options: argparse.Namespace) -> int:
    """Propose anew for a recorded document, hearing the register's precedents."""
    app = build_app(options.db, options.actor)
    proposal = proposing.propose(app, options.id)
    if options.json:
        print_row(shapes.proposal_row(options.id, proposal))
    else:
        print_proposal(app, options.id, None, proposal)
    return 0


def correct(options: argparse.Namespace) -> int:
    """Keep an assessor's correction, or take it back."""
    if options.withdraw and (options.attribute or options.reason or options.note):
        raise UsageError("--withdraw 是撤回更正，不能同时写 --attribute、--reason 或 --note。")
    app = build_app(options.db, options.actor)
    try:
        recorded, found = _correct(app, options)
    except REFUSED as error:
        return tell_refused_act(error, as_json=options.json)
    if options.json:
        print_row({**shapes.recorded_row(recorded), "findings": shapes.finding_rows(found)})
    else:
        _print_corrected(recorded, found)
    return 0


def _correct(app: App, options: argparse.Namespace) -> tuple[RecordedDocument, tuple[Finding, ...]]:
    if options.withdraw:
        return learning.withdraw_correction(app, options.id)
    return learning.correct(app, options.id, options.attribute, reason=options.reason, note=options.note)


def _print_corrected(recorded: RecordedDocument, found: tuple[Finding, ...]) -> None:
    attribute = recorded.attribute.chinese if recorded.attribute else "未认定"
    if recorded.correction is None:
        print(f"已撤回更正：{recorded.id}  {recorded.document.title or '（无标题）'}")
    else:
        print(f"已更正：{recorded.id}  {recorded.document.title or '（无标题）'}")
        print(f"  应为：{recorded.correction.attribute.chinese}　原认定：{attribute}（原认定和审定不受影响）")
    print_findings(found)


def resolve(options: argparse.Namespace) -> int:
    """Say of a document's precedent whether it teaches."""
    if options.teach == options.set_aside:
        raise UsageError("请写明怎样处理：--teach（作为先例）或者 --set-aside（不作先例），二者选一。")
    app = build_app(options.db, options.actor)
    try:
        precedent = learning.resolve(app, options.id, teach=options.teach, note=options.note)
    except (InputRefusedError, TransitionNotAllowedError) as error:
        if not options.json:
            raise
        print_row({"refused": True, "findings": [], "error": shapes.error_row(error)})
        return 1
    if options.json:
        print_row(shapes.precedent_row(precedent))
    else:
        _print_precedent(app, precedent)
    return 0


def precedents(options: argparse.Namespace) -> int:
    """List the live precedents."""
    app = build_app(options.db, options.actor)
    if options.gather:
        say(f"为以前的审定补建先例 {learning.gather(app)} 件。")
    found = learning.list_precedents(app, conflicts=options.conflicts, year=options.year)
    for precedent in found:
        if options.json:
            print_row(shapes.precedent_row(precedent))
        else:
            _print_precedent(app, precedent)
    if not options.json:
        print(_count(found, conflicts=options.conflicts))
    return 0


def _count(found: Sequence[Precedent], *, conflicts: bool) -> str:
    if not found:
        return "没有待处理的冲突。" if conflicts else _NONE_YET
    waiting = sum(precedent.standing is Standing.CONFLICT for precedent in found)
    return f"共 {len(found)} 件，其中待处理 {waiting} 件"


def _print_precedent(app: App, precedent: Precedent) -> None:
    lesson, identifier = precedent.lesson, precedent.document_id
    unit = f"  {precedent.unit}" if precedent.unit else ""
    print(f"{identifier}  {precedent.number or '（无文号）'}  {precedent.title or '（无标题）'}{unit}")
    print(
        f"  {lesson.source.chinese}为{lesson.attribute.chinese}：{precedent.standing.chinese}　（{lesson.taught_by}，{lesson.taught_at.date()}）"
    )
    for because in [row.text for row in app.rules.attribute_rules if row.code in lesson.opposed]:
        print(f"  正文属于应当主动公开的内容：{because}")
    if Voice.MODEL in lesson.opposed:
        print("  模型有很大把握认为应当主动公开（attrtrack propose 可看依据）")
    if precedent.standing is Standing.CONFLICT:
        print(f"  {lesson.source.chinese}有误：attrtrack resolve {identifier} --set-aside --note 为什么")
        print(f"  确有依据：attrtrack resolve {identifier} --teach --note 为什么")
    if precedent.resolution is not None:
        print(f"  处理人：{precedent.resolution.resolved_by}　{precedent.resolution.note or ''}")
