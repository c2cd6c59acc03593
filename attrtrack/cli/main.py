"""The front door of the command line: parse, run, and turn every error into a sentence and a status."""

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from attrtrack.cli.output import print_row, say, say_error
from attrtrack.cli.parser import build_parser
from attrtrack.errors import AttrtrackError, EnvironmentFailedError, UsageError, told

DONE, FOUND, WRONG_USE, FAILED = 0, 1, 2, 3
_SELDOM = 50_000
"""New objects after which cycles are looked for: what a command makes mostly stays, and looking costs a twentieth of a cold start."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (0 done, 1 found or refused, 2 wrong use, 3 environment)."""
    gc.set_threshold(_SELDOM)
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lives as long as the process
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    try:
        options = build_parser(given).parse_args(given)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    module, _, function = options.run.partition(":")
    try:
        status = getattr(import_module(module), function)(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        say("\n已中断：此前完成的都已保存，重新运行同一命令即可继续。")
        return FOUND
    except BrokenPipeError:
        _close_stdout()
        return DONE
    except AttrtrackError as error:
        return _refused(error, as_json=options.json)
    except OSError as error:
        say(f"错误[environment] 系统操作失败：{told(error)}。请检查磁盘空间和权限。")
        return FAILED
    return int(status)


def _refused(error: AttrtrackError, *, as_json: bool) -> int:
    if as_json and not isinstance(error, UsageError | EnvironmentFailedError):
        print_row({"error": {"code": error.code, "message": error.message}})
    say_error(error)
    if isinstance(error, UsageError):
        return WRONG_USE
    return FAILED if isinstance(error, EnvironmentFailedError) else FOUND


def _close_stdout() -> None:
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
