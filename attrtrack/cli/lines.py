"""Input a line at a time, and the refusal of a file, as several commands need them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from attrtrack.cli.output import print_row, say
from attrtrack.errors import AttrtrackError, SourceNotFoundError, told


@contextmanager
def open_lines(name: str) -> Iterator[TextIO]:
    """Open a JSON Lines file (`-`: standard input) as UTF-8; a bad byte spoils its line only."""
    if name == "-":
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")  # type: ignore[union-attr]  # a text stream
        yield sys.stdin
        return
    try:
        stream = Path(name).open(encoding="utf-8-sig", errors="surrogateescape")  # noqa: SIM115 - closed below
    except OSError as error:
        raise SourceNotFoundError(f"文件 {name} 打不开：{told(error)}。请检查路径。") from error
    with stream:
        yield stream


def print_refusal(name: str, error: AttrtrackError, *, as_json: bool) -> None:
    """Tell that a file was refused and why."""
    if as_json:
        print_row({"file": name, "ok": False, "error": {"code": error.code, "message": error.message}})
    say(f"错误[{error.code}] {name}：{error.message}")
