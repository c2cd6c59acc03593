"""`train` and `evaluate`: the model and what it is worth."""

import argparse
from pathlib import Path

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import print_row, say
from attrtrack.cli.stages import Stages
from attrtrack.errors import UsageError
from attrtrack.workflow import training
from attrtrack.workflow.app import App


def train(options: argparse.Namespace) -> int:
    """Train the model and write the artefact; interrupted, it leaves the old one alone."""
    if options.from_register or options.restore:
        return _of_register(options)
    app = build_app(options.db, options.actor)
    stages = _stages(options)
    out = Path(options.out) if options.out else app.reports_folder if options.reports else app.models_folder
    try:
        if options.reports:
            digest = training.teach_reports(app, _path(options.data), out, progress=stages.tell)
        else:
            digest = training.train(app, _path(options.data), out, processes=options.jobs, progress=stages.tell)
    except KeyboardInterrupt:
        stages.clear()
        say("\n已中断：没有写入任何文件，原来的模型照旧可用。")
        return 1
    if options.json:
        print_row({"out": str(out), "digest": digest})
    else:
        print(f"模型已写入 {out}，摘要 {digest}")
    return 0


def _of_register(options: argparse.Namespace) -> int:
    from attrtrack.cli import retraining  # noqa: PLC0415 - plain training needs no register

    if options.from_register and options.restore:
        raise UsageError("--from-register 和 --restore 只能选一个。")
    return retraining.restore(options) if options.restore else retraining.from_register(options)


def evaluate(options: argparse.Namespace) -> int:
    """Print what the voices are worth: on held-out letters, on an office's own rows, or on its register."""
    _check(options)
    app = build_app(options.db, options.actor)
    data, stages = _path(options.data), _stages(options)
    if options.register:
        return _archive(app, None, options, stages)
    if data is not None and (options.current or not _is_training_data(data)):
        return _archive(app, data, options, stages)
    if options.rows:
        raise UsageError("--rows 用于 --register，或不含撰写人的 --data，或加 --current：轮流留出的评估没有逐件清单。")
    return _held_out(app, data, options, stages)


def _check(options: argparse.Namespace) -> None:
    if options.register and options.data:
        raise UsageError("--register 和 --data 只能选一个：要么用登记中的决定，要么用给定的文件。")
    if not options.register and (options.year is not None or options.unit):
        raise UsageError("--year、--unit 要和 --register 一起用。")
    if options.current and not options.data:
        raise UsageError("--current 要和 --data 一起用：给出标注好的文件。")


def _is_training_data(data: Path) -> bool:
    from attrtrack.workflow.archive_cases import is_training_data  # noqa: PLC0415 - training starts without it

    return is_training_data(data)


def _held_out(app: App, data: Path | None, options: argparse.Namespace, stages: Stages) -> int:
    from attrtrack.nlp.evaluation_text import evaluation_rows, render  # noqa: PLC0415 - as above

    found = training.evaluate(app, data, progress=stages.tell)
    if options.json:
        for row in evaluation_rows(found):
            print_row(row)
    else:
        print(render(found))
    return 0


def _archive(app: App, data: Path | None, options: argparse.Namespace, stages: Stages) -> int:
    from attrtrack.cli.archive import print_archive, print_archive_rows  # noqa: PLC0415 - as above
    from attrtrack.workflow.archive import measure_register, measure_rows  # noqa: PLC0415 - as above

    if data is None:
        found = measure_register(app, unit=options.unit, year=options.year, progress=stages.tell)
    else:
        found = measure_rows(app, data, progress=stages.tell)
    stages.clear()
    (print_archive_rows if options.json else print_archive)(found, with_rows=options.rows)
    return 1 if found.left_out.refused else 0


def _stages(options: argparse.Namespace) -> Stages:
    return Stages(quiet=options.quiet or options.json)


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None
