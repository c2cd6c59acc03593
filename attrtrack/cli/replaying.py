"""`replay`: kept judgements of the gate, judged again by the present rules."""

import argparse

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import print_row
from attrtrack.cli.stages import Stages
from attrtrack.domain.evaluations import Replayed
from attrtrack.workflow import shapes
from attrtrack.workflow.replaying import replay as judge_again


def replay(options: argparse.Namespace) -> int:
    """Print each kept judgement beside what the present rules say; to people, only those that differ."""
    app = build_app(options.db, options.actor)
    stages = Stages(quiet=options.quiet or options.json)
    count = flips = differ = 0
    for one in judge_again(
        app, year=options.year, unit=options.unit, telling=lambda done: stages.tell("重新判断", done, 0)
    ):
        count, flips = count + 1, flips + one.flips
        changed = bool(one.flips or one.findings_gone or one.findings_new)
        differ += changed
        if options.json:
            print_row(shapes.replayed_row(one))
        elif changed:
            stages.clear()
            _print_replayed(one)
    stages.clear()
    if not options.json:
        print(f"重新判断 {count} 份把关记录：结果会变的 {flips} 份，问题有增减的 {differ} 份。")
    return 0


def _print_replayed(one: Replayed) -> None:
    words = {True: "通过", False: "不通过"}
    print(f"{one.document_id or '（未登记的文件）'}  {one.decision_id}  {words[one.before]} → {words[one.after]}")
    if one.findings_new:
        print(f"  新增：{'、'.join(one.findings_new)}")
    if one.findings_gone:
        print(f"  不再有：{'、'.join(one.findings_gone)}")
