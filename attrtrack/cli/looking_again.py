"""`due` and `reexamine`: what is kept back comes up again, and somebody says whether it stays so."""

import argparse

from attrtrack.bootstrap import build_app
from attrtrack.cli.acts import REFUSED, tell_refused_act
from attrtrack.cli.output import print_row, told
from attrtrack.domain.reexaminations import DueDocument
from attrtrack.errors import UsageError
from attrtrack.workflow import shapes
from attrtrack.workflow.reexamining import due_for_reexamination
from attrtrack.workflow.reexamining import reexamine as keep_result


def due(options: argparse.Namespace) -> int:
    """List what is due for re-examination."""
    app = build_app(options.db, options.actor)
    count = 0
    for document in due_for_reexamination(app, options.on, unit=options.unit):
        count += 1
        if options.json:
            print_row(shapes.due_row(document))
        else:
            _print_due(document)
    if not options.json:
        print(f"到期、将到期和理由已不成立的 {count} 份。" if count else "没有到期应复查的文件。")
    return 0


def _print_due(document: DueDocument) -> None:
    day = document.due.isoformat() if document.due else "复查认为应改变，等待重新认定"
    state = "到期" if document.overdue and document.due else "未到期" if document.due else ""
    print(f"{document.id}  {told(document.number or '（无文号）')}  {told(document.title or '（无标题）')}")
    print(f"  {document.attribute.chinese}（{told(document.reason or '没有写明理由')}）　复查：{day}　{state}".rstrip())
    if document.gone:
        print(f"  ! {document.gone}：请复查是否可以公开。")


def reexamine(options: argparse.Namespace) -> int:
    """Keep what came of looking at a document again."""
    if options.keep == options.change:
        raise UsageError("请写明结果，并且只写一个：--keep（维持）或 --change（改变）。")
    app = build_app(options.db, options.actor)
    try:
        record = keep_result(app, options.id, "keep" if options.keep else "change", options.because)
    except REFUSED as error:
        return tell_refused_act(error, as_json=options.json)
    if options.json:
        print_row(shapes.recorded_row(record))
    elif options.keep:
        print(f"已登记复查：{record.id} 维持{record.attribute.chinese if record.attribute else '原认定'}。")
    else:
        print(
            f"已登记复查：{record.id} 应改变。请起草人重新认定：attrtrack declare {record.id} --attribute … --because …"
        )
    return 0
