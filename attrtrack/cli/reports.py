"""`report`: the self-check report, the year's notice, the rectification list."""

import argparse
from pathlib import Path

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import print_row, say
from attrtrack.domain.reports import ReportKind
from attrtrack.workflow.reports import Wanted, write_report


def report(options: argparse.Namespace) -> int:
    """Write the report and say what it holds."""
    app = build_app(options.db, options.actor)
    kind = ReportKind(options.kind)
    wanted = Wanted(
        kind=kind,
        year=options.year,
        unit=options.unit,
        category=options.category,
        deadline=options.deadline,
        addressee=options.to,
        scheme=options.scheme,
        entries=options.entries,
        all_units=options.all_units,
    )
    made = write_report(app, wanted, Path(options.out))
    numbers = sum(1 for _ in made.numbers())
    if options.json:
        print_row({"out": options.out, "report": kind.value, "year": options.year, "numbers": numbers})
    else:
        say(f"已生成 {options.out}：{made.title}，{numbers} 个数，每个都能点开出处。")
        if options.deadline is None:
            say("没有写整改期限（--deadline），报告里留空。")
    return 0
