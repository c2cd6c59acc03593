"""`record`, `declare`, `sign`, `publish`: the register's acts."""

import argparse

from attrtrack.bootstrap import build_app
from attrtrack.cli.acts import REFUSED, tell_refused_act
from attrtrack.cli.lines import say_refusal
from attrtrack.cli.output import print_findings, print_row, say
from attrtrack.cli.progress import Progress, Tally
from attrtrack.errors import AttrtrackError, InputRefusedError
from attrtrack.workflow import registering, shapes
from attrtrack.workflow.app import App
from attrtrack.workflow.reading_all import count_files
from attrtrack.workflow.reading_batch import LoadedFile, ReadingBatch, RefusedFile
from attrtrack.workflow.registering import Recorded
from attrtrack.workflow.walking import find_files


def record(options: argparse.Namespace) -> int:
    """Record files as drafts."""
    app = build_app(options.db, options.actor, unit=options.unit)
    tally, progress = Tally(), Progress(quiet=options.quiet, total=count_files(options.paths))
    with ReadingBatch(options.jobs) as batch:
        for name, file in batch.files(find_files(options.paths)):
            result = _record(app, name, file)
            progress.clear()
            tally.add(name, result.record.document if isinstance(result, Recorded) else result)
            if isinstance(result, Recorded):
                _print_record(result, "已在库中" if result.already else "已登记", as_json=options.json)
            else:
                _print_refusal(name, result, as_json=options.json)
            progress.step()
    progress.clear()
    if tally.total > 1 and not options.quiet:
        tally.table(say if options.json else print, seconds=progress.seconds, log=options.json)
    return 1 if tally.refused else 0


def _record(app: App, name: str, file: LoadedFile | RefusedFile) -> Recorded | AttrtrackError:
    try:
        return registering.record_read(app, name, file)
    except InputRefusedError as error:
        return error


def _print_refusal(name: str, error: AttrtrackError, *, as_json: bool) -> None:
    if as_json:
        print_row({"file": name, "refused": True, "error": shapes.error_row(error)})
    say_refusal(name, error, as_json=as_json)


def declare(options: argparse.Namespace) -> int:
    """Declare an attribute and a reason."""
    app = build_app(options.db, options.actor)
    said = (options.id, options.attribute, options.reason)
    return run_act(lambda: registering.declare(app, *said, because=options.because), "已认定", options)


def sign(options: argparse.Namespace) -> int:
    """Sign a document off, unless the gate refuses."""
    app = build_app(options.db, options.actor)
    return run_act(lambda: registering.sign(app, options.id, because=options.because), "已签发", options)


def publish(options: argparse.Namespace) -> int:
    """Register a publication."""
    app = build_app(options.db, options.actor)
    return run_act(
        lambda: registering.publish(app, options.id, options.url, options.date, channel=options.channel),
        "已登记公开",
        options,
    )


def run_act(act: "registering.Act", done: str, options: argparse.Namespace) -> int:
    """Run an act on one document and print its record, or why it was refused."""
    try:
        recorded = act()
    except REFUSED as error:
        return tell_refused_act(error, as_json=options.json)
    _print_record(recorded, done, as_json=options.json)
    return 0


def _print_record(done: Recorded, what: str, *, as_json: bool) -> None:
    row = shapes.recorded_row(done.record)
    if as_json:
        proposed = {"proposal": shapes.proposal_row(row["id"], done.proposal)} if done.proposal else {}
        print_row({**row, "findings": shapes.finding_rows(done.findings), **proposed})
        return
    attribute = done.record.attribute
    print(f"{what}：{row['id']}  {row['doc_number'] or '（无文号）'}  {row['title'] or '（无标题）'}")
    print(f"  状态：{done.record.state.chinese}　公开属性：{attribute.chinese if attribute else '未认定'}")
    print_findings(done.findings)
