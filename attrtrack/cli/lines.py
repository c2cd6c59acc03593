"""Input a line at a time, and the refusal of a file, as several commands need them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from attrtrack.cli.output import print_row, say, shown
from attrtrack.errors import AttrtrackError, ClassifiedMaterialError, SourceNotFoundError, told


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
    say_refusal(name, error, as_json=as_json)


def say_refusal(name: str, error: AttrtrackError, *, as_json: bool) -> None:
    """Tell people that a file was refused; the name of a classified one goes to their screen only, not to a log.

    stdout is the person's own (with `as_json` its row already bears the name); stderr is what programs keep as a log.
    """
    say_fault(name, error.code, error.message, as_json=as_json)


def say_fault(name: str, code: str, message: str, *, as_json: bool) -> None:
    """Tell people what is wrong with a file or a row of it, as `say_refusal` does."""
    if code != ClassifiedMaterialError.code:
        say(f"错误[{code}] {shown(name)}：{message}")
    elif as_json:
        say(f"错误[{code}] {message}")
    else:
        print(f"错误[{code}] {shown(name)}：{message}")
