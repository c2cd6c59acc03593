"""`link` and `judge`: which document an interpretation explains, proposed and judged."""

import argparse
from collections.abc import Iterable, Mapping

from attrtrack.bootstrap import build_app
from attrtrack.cli.acts import REFUSED, tell_refused_act
from attrtrack.cli.lines import open_lines
from attrtrack.cli.linking_pages import LinkReport, print_history, print_standing
from attrtrack.cli.output import print_row, say_error
from attrtrack.domain.interpretations import Interpretation, Judgement, LinkableDocument
from attrtrack.domain.judgements import Act, last_in_force
from attrtrack.errors import InputRefusedError, UsageError
from attrtrack.rules import Rules
from attrtrack.workflow import batches, linking, shapes
from attrtrack.workflow.app import App
from attrtrack.workflow.linking import Judged, Linked


def link(options: argparse.Namespace) -> int:
    """Propose links, between given rows or in the register."""
    if options.batch:
        return _link_batch(options)
    if options.documents or options.interpretations:
        raise UsageError("--documents 和 --interpretations 要和 --batch 一起用。")
    app = build_app(options.db, options.actor)
    _tell(linking.link(app, unit=options.unit, year=options.year), as_json=options.json, judged_by="attrtrack judge")
    return 0


def _tell(items: Iterable[Linked], *, as_json: bool, judged_by: str = "") -> None:
    report = LinkReport()
    for item in items:
        if as_json:
            print_row(shapes.links_row(item.proposals))
        else:
            report.add(item)
    if not as_json:
        report.print(judged_by)


def _link_batch(options: argparse.Namespace) -> int:
    if not (options.documents and options.interpretations):
        raise UsageError("link --batch 需要 --documents D.jsonl 和 --interpretations I.jsonl。")
    app = build_app(options.db, options.actor)
    documents, bad = _rows(app, options.documents, batches.linkable_of, as_json=options.json)
    interpretations, worse = _rows(app, options.interpretations, batches.interpretation_of, as_json=options.json)
    kept = [item for item in documents if isinstance(item, LinkableDocument)]
    wanted = [item for item in interpretations if isinstance(item, Interpretation)]
    _tell(_batch(app, kept, wanted), as_json=options.json)
    return 1 if bad + worse else 0


def _batch(app: App, documents: list[LinkableDocument], wanted: list[Interpretation]) -> Iterable[Linked]:
    by_id: Mapping[str, LinkableDocument] = {item.id: item for item in documents}
    for item, proposals in zip(wanted, linking.link_batch(app, documents, wanted), strict=True):
        yield Linked(item, proposals, tuple(by_id[link.document_id] for link in proposals.links))


def _rows(app: App, name: str, make: "batches.Maker", *, as_json: bool) -> tuple[list[object], int]:
    """Read the rows of a file; return those that can be used, and how many cannot."""
    seen, made = batches.Identifiers(), list[object | None]()
    with open_lines(name) as lines:
        for item in batches.parse_lines(lines):
            made.append(_made(item, make, seen, rules=app.rules, as_json=as_json))
    good = [item for item in made if item is not None]
    return good, len(made) - len(good)


def _made(
    item: "batches.Line", make: "batches.Maker", identifiers: "batches.Identifiers", *, rules: Rules, as_json: bool
) -> object | None:
    try:
        if isinstance(item, batches.BadLine):
            raise item.error
        batches.refuse_classified(item[1], rules)
        identifiers.take(batches.identifier_of(item[1]))
        return make(item[1])
    except InputRefusedError as error:
        if as_json:
            print_row(batches.error_of(item, error))
        say_error(error, batches.error_place(item))
        return None


def judge(options: argparse.Namespace) -> int:
    """Keep a person's act on an interpretation; without one, show how it stands."""
    act, document = _wanted(options)
    app = build_app(options.db, options.actor)
    if act is None:
        _show(app, options)
        return 0
    try:
        done = linking.judge(app, options.interpretation, document, act=act)
    except REFUSED as error:
        return tell_refused_act(error, as_json=options.json)
    if options.json:
        print_row(_judged_row(done))
        return 0
    waiting = _those(done, Judgement.PENDING)
    print(f"{_DONE[act] if done.changed else '此前已是这样，没有改动'}：{done.recorded.id} → {_outcome(done)}")
    if waiting:
        print(f"  待人判定：{waiting}")
    return 0


def _outcome(judged: Judged) -> str:
    """Say which documents an interpretation is now taken to explain; nobody's word on it is not the word “none”."""
    confirmed, automatic = _those(judged, Judgement.CONFIRMED), _those(judged, Judgement.AUTO)
    if confirmed:
        return confirmed
    if automatic:
        return f"（系统自动关联）{automatic}"
    open_still = _those(judged, Judgement.PENDING) or last_in_force(judged.acts) is None
    return "尚未判定" if open_still else "没有对应的文件"


def _those(judged: Judged, judgement: Judgement) -> str:
    return "、".join(item.document_id for item in judged.links if item.judgement is judgement)


_DONE = {
    Act.CHOOSE: "已判定",
    Act.ALSO: "已另判定",
    Act.REJECT: "已否定",
    Act.NONE: "已判定",
    Act.UNDO: "已撤销上一次判定",
}


def _wanted(options: argparse.Namespace) -> tuple[Act | None, str | None]:
    """Read which act is meant; more than one at a time is wrong use."""
    if any(word is not None and not word.strip() for word in (options.document, options.reject)):
        raise UsageError("文件编号是空的：请写文件编号（如 D12）或 none。")
    given = [name for name in ("document", "reject", "undo") if getattr(options, name)]
    if len(given) > 1 or (options.also and given != ["document"]) or (options.also and options.document == "none"):
        raise UsageError("一次只做一件事：判定文件（可加 --also）、none、--reject 或 --undo。")
    if options.undo:
        return Act.UNDO, None
    if options.reject:
        return Act.REJECT, options.reject
    if options.document == "none":
        return Act.NONE, None
    if options.document:
        return Act.ALSO if options.also else Act.CHOOSE, options.document
    return None, None


def _show(app: App, options: argparse.Namespace) -> None:
    found = linking.standing(app, options.interpretation)
    if options.json:
        print_row(_judged_row(found))
        return
    print_standing(found)
    print_history(found)


def _judged_row(judged: Judged) -> dict[str, object]:
    return {
        "interpretation_id": judged.recorded.id,
        "links": [shapes.link_row(item) for item in judged.links],
        "changed": judged.changed,
        "acts": [shapes.link_act_row(act) for act in judged.acts],
    }
