"""`read` over folders and lists of files: progress, results that a rerun goes on from, a table at the end."""

import argparse
import contextlib
from typing import Protocol

from attrtrack.cli.lines import say_refusal
from attrtrack.cli.output import say
from attrtrack.cli.progress import Progress, Tally
from attrtrack.domain.documents import Document
from attrtrack.errors import AttrtrackError
from attrtrack.workflow.app import App
from attrtrack.workflow.reading_all import ReadingAll, count_files
from attrtrack.workflow.reading_batch import ReadingBatch
from attrtrack.workflow.results import Results


class Printer(Protocol):
    """Prints what became of one file."""

    def __call__(self, name: str, outcome: Document | AttrtrackError, *, as_json: bool) -> None:
        """Print it as a row or for people."""


def read_many(app: App, options: argparse.Namespace, print_outcome: Printer) -> int:
    """Read every file, survive each bad one, and say at the end what was read and what was refused and why."""
    with contextlib.ExitStack() as stack:
        results = stack.enter_context(Results(options.out)) if options.out else None
        if results is not None and results.repaired:
            say(f"{options.out}：上次中断时最后一行没有写完，已删去这半行，那份文件会重新读取。")
        run = ReadingAll(app, options.paths, results)
        tally, progress = Tally(), Progress(quiet=options.quiet, total=_total(options, results))
        try:
            for item in run.outcomes(stack.enter_context(ReadingBatch(options.jobs))):
                progress.clear()
                tally.add(item.name, item.result)
                if options.json or results is None:
                    print_outcome(item.name, item.result, as_json=options.json)
                elif isinstance(item.result, AttrtrackError):
                    say_refusal(item.name, item.result, as_json=False)
                progress.step()
        except KeyboardInterrupt:
            _tell(tally, progress, options, run.skipped)
            say(_interrupted(options.out))
            return 1
    _tell(tally, progress, options, run.skipped)
    return 1 if tally.refused else 0


def _total(options: argparse.Namespace, results: Results | None) -> int | None:
    """Count the files that are still to read, where somebody will be shown the share."""
    total = None if options.quiet else count_files(options.paths)
    return total if total is None or results is None else max(total - len(results), 0)


def _tell(tally: Tally, progress: Progress, options: argparse.Namespace, skipped: int) -> None:
    progress.clear()
    if not options.quiet:
        tally.table(say if options.json else print, seconds=progress.seconds, log=options.json, skipped=skipped)


def _interrupted(out: str | None) -> str:
    if out is None:
        return "已中断。想在中断后接着读，请加 --out 结果.jsonl：再次运行同一命令时，已读过的会跳过。"
    return f"已中断：读过的都已写入 {out}。重新运行同一命令，就从断开的地方接着读。"
