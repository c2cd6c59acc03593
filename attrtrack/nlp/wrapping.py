"""Hard-wrapped text: printed lines broken in mid-sentence at a fixed width, as they come out of PDF files and fax.

Decision: a line goes on in the next one when it stops without a closing sign and either fills the width at which the text
is evidently broken or is running text (a comma within it). Items, dates and indented lines begin anew. Only breaks go,
and page numbers with a header printed again after them; no other character does.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_PAGE_NUMBER = re.compile(
    r"(?:[—–－\-‐―·•~]{1,3}\d{1,4}[—–－\-‐―·•~]{1,3}|第\d{1,4}页(?:[，/]?共\d{1,4}页)?|\d{1,4}/\d{1,4})"
)
_PAGE_NUMBER_SIGNS = 16
"""The most signs of a page number: 第1234页共1234页 and what is beside it."""
_CLOSED = frozenset("。！？；：…!?;:")
_QUOTED = "”’』」）"
_GOES_ON = tuple("，、（《“〈")
_OPENER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|（[一二三四五六七八九十\d]{1,3}）|第[一二三四五六七八九十百零\d]{1,5}[章节条款]"
    r"|[①-⑳]|\d{1,2}[.．、](?!\d)|附件|附表|附：|抄送|主送|联系人|（联系|（此件|（附)"
)
_HALF_WIDE = re.compile(r"[0-9A-Za-z]")
_RUNNING = re.compile(r"[，、。；]")
_LEAST_WIDTH, _MOST_WIDTH, _LEAST_RUNNING = 16.0, 60.0, 14.0
_SLACK = 3.0
_LEAST_FULL = 3
_SHARE_OF_FULL = 0.25


class Line(NamedTuple):
    """A printed line: its text, where it starts, and whether it is indented or follows an empty line."""

    text: str
    start: int
    parted: bool = False

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.start + len(self.text)


def is_page_number(line: str) -> bool:
    """Whether a line (without white space) is nothing but a page number."""
    return len(line) <= _PAGE_NUMBER_SIGNS and _PAGE_NUMBER.fullmatch(line) is not None


def opens(line: str) -> bool:
    """Whether a line begins an item, an article, an annex or another part of its own."""
    return _OPENER.match(line) is not None


def width(line: str) -> float:
    """Return the printed width in ideographs: letters and digits take half of one."""
    return len(line) - len(_HALF_WIDE.findall(line)) / 2


def breaks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the ranges to leave out so that broken lines are whole again: what stands between the end of one and the next."""
    if not [line for line in lines[:-1] if line.text[-1:] not in _CLOSED and not _is_closed(line.text)]:
        return
    measure = _measure(lines)
    for line, following in pairwise(lines):
        if _goes_on(line, following, measure):
            yield line.end, following.start


def without_page_numbers(lines: Sequence[Line]) -> list[Line]:
    """Drop page numbers, and after one a line that stood in the text before: a page header."""
    if not [line for line in lines if len(line.text) <= _PAGE_NUMBER_SIGNS and is_page_number(line.text)]:
        return list(lines)
    kept: list[Line] = []
    seen: set[str] = set()
    after_number = False
    for line in lines:
        if is_page_number(line.text):
            after_number = True
        elif not (after_number and line.text in seen):
            kept.append(Line(line.text, line.start) if after_number else line)
            after_number = False
        seen.add(line.text)
    return kept


def _measure(lines: Sequence[Line]) -> float | None:
    """Return the width at which lines are broken, or None when the text is not evidently broken at one."""
    nearly_last = max(int(len(lines) * 0.97) - 1, 0)
    if not _LEAST_WIDTH <= sorted([len(line.text) for line in lines])[nearly_last] <= 2 * _MOST_WIDTH:
        return None
    measure = sorted([width(line.text) for line in lines])[nearly_last]
    if not _LEAST_WIDTH <= measure <= _MOST_WIDTH:
        return None
    full = [line.text for line in lines if abs(width(line.text) - measure) <= _SLACK]
    is_broken = len(full) >= max(_LEAST_FULL, len(lines) * _SHARE_OF_FULL)
    return measure if is_broken and sum(not _is_closed(line) for line in full) * 2 > len(full) else None


def _is_closed(line: str) -> bool:
    return line.rstrip(_QUOTED)[-1:] in _CLOSED


def _goes_on(line: Line, following: Line, measure: float | None) -> bool:
    if _is_closed(line.text) or opens(following.text):
        return False
    if line.text.endswith(_GOES_ON):
        return True
    wide = width(line.text)
    if measure is not None and wide >= measure - _SLACK:
        return not following.parted
    return _LEAST_RUNNING <= wide <= _MOST_WIDTH and not following.parted and _is_running(line.text, following.text)


def _is_running(line: str, following: str) -> bool:
    return _RUNNING.search(line) is not None and _RUNNING.search(following) is not None
