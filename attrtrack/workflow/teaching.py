"""What teaches which figures belong together: passages and reports in files by writer, and letters, in which little does."""

import json
from collections.abc import Iterator
from pathlib import Path

from attrtrack.domain.documents import SourceText
from attrtrack.errors import BadRowError
from attrtrack.examining import Paper
from attrtrack.examining.related.teaching import Lesson
from attrtrack.recording import record
from attrtrack.rules import Rules

_MAX_BYTES = 64 * 1024 * 1024
_EVERY_LETTER = 6
"""Of the letters every sixth: they show how figures stand beside one another that have nothing to do with each other."""


def load_lessons(folder: Path, rules: Rules) -> tuple[Lesson, ...]:
    """Read `reports/*.jsonl` (`right` is true in all its figures, `wrong`, if any, has one slip) and some of `letters/*.jsonl`.

    Raises `BadRowError` naming file and line.
    """
    reports = [lesson for file in sorted((folder / "reports").glob("*.jsonl")) for lesson in _of_file(file, rules)]
    if not reports:
        raise BadRowError(f"{folder.name}/reports 中没有训练数据（*.jsonl）。")
    letters = [
        lesson
        for file in sorted((folder / "letters").glob("*.jsonl"))
        for lesson in _of_file(file, rules, _EVERY_LETTER)
    ]
    return (*reports, *letters)


def _of_file(file: Path, rules: Rules, every: int = 1) -> Iterator[Lesson]:
    if file.stat().st_size > _MAX_BYTES:
        raise BadRowError(f"{file.name} 过大，不像训练数据。")
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if number % every:
            continue
        try:
            row = json.loads(line)
            right, wrong = row.get("right") or row["text"], row.get("wrong")
            yield Lesson(file.stem, _plain(right, rules), _plain(wrong, rules) if wrong else None)
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
            raise BadRowError(f"{file.name} 第 {number} 行：应为带 right（可有 wrong）的 JSON 对象。") from error


def _plain(text: str, rules: Rules) -> str:
    """Return a text as checks read it, its tables left blank."""
    return Paper(record(SourceText(name="报告.txt", format="txt", text=text), rules), rules).plain.text
