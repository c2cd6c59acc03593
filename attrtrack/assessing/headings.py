"""Which column of a score table is what: headings of one to three rows, merged or not, full marks stated in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from attrtrack.assessing.figures import figure, plain
from attrtrack.rules import Rules

_MARK = re.compile(
    r"[(（\[]?(?:满分|共|计|最高|不超过|权重|分值)?[:：]?(\d{1,4}(?:\.\d{1,3})?)分[)）\]]?$|[(（\[]?满分[:：]?(\d{1,4}(?:\.\d{1,3})?)[)）\]]?$"
)
_BARE_MARK = re.compile(r"[(（](\d{1,3}(?:\.\d{1,3})?)[)）]$")
_SHARE = re.compile(r"[(（\[]?(?:权重|占比?|占)?[:：]?(\d{1,3}(?:\.\d{1,3})?)%[)）\]]?$")
_MARKS_ROW = re.compile(r"^(满分|分值|标准分|基准分|权重|权重分值|满分值|满分\(分\)|分值\(分\))$")
MOST_HEADING_ROWS = 3


class Kind(StrEnum):
    """What a column holds; `SECTION` where its heading is none of the known kinds."""

    RECOMPUTED = "recomputed"
    PAST = "past"
    SERIAL = "serial"
    GROUP = "group"
    UNIT = "unit"
    REMARK = "remark"
    GRADE = "grade"
    RANK = "rank"
    TOTAL = "total"
    WEAK_TOTAL = "weak-total"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its words from the upper heading to the lower, its kind, and what its heading states of full mark or weight."""

    index: int
    path: tuple[str, ...]
    kind: Kind
    full_mark: Decimal | None
    share: Decimal | None

    @property
    def name(self) -> str:
        """The lowest words of its heading."""
        return self.path[-1] if self.path else f"第{self.index + 1}列"


def known_kind(words: str, rules: Rules) -> Kind | None:
    """Return what a heading says that its column is; None where it is none of the known kinds."""
    bare = _without_mark(plain(words))
    for row in rules.score_headers:
        if re.search(row.pattern, bare) and not (row.unless and re.search(row.unless, bare)):
            return Kind(row.code)
    return None


def is_heading(cells: Sequence[str], rules: Rules) -> bool:
    """Whether a row is the first of a heading: it names the unit's column and others, and holds no number."""
    filled = [cell for cell in cells if cell.strip()]
    named = {known_kind(cell, rules) for cell in filled}
    numbers = sum(figure(cell).value is not None and not figure(cell).blank for cell in filled)
    return Kind.UNIT in named and len(filled) > 1 and not numbers and len({*filled}) > 1


def is_marks_row(cells: Sequence[str], unit: int) -> bool:
    """Whether a row below the headings states the full marks."""
    label = plain(cells[unit]) if unit < len(cells) else ""
    numbers = sum(figure(cell).value is not None and not figure(cell).blank for cell in cells)
    return bool(numbers) and (not label or _MARKS_ROW.match(label) is not None) and numbers > 1


def aligned(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Bring the rows of a heading to one width: a row without the cells that a merged one covers is spread over the next.

    Blank cells at both ends of the lower row are covered from above by as many cells of the upper row.
    """
    found = [list(rows[-1])]
    for upper, lower in reversed(list(pairwise(rows))):
        found.insert(0, _spread(list(upper), lower, width=len(found[0])))
    width = max(map(len, found))
    return [row + [""] * (width - len(row)) for row in found]


def _spread(upper: list[str], lower: Sequence[str], *, width: int) -> list[str]:
    while len(upper) > width and not upper[-1].strip():
        upper.pop()
    if len(upper) >= width or not all(cell.strip() for cell in upper):
        return upper
    blank = [not cell.strip() for cell in lower]
    if all(blank):
        return upper
    first, last = blank.index(False), blank[::-1].index(False)
    middle = upper[first : len(upper) - last]
    if first + last > len(upper):
        return upper
    filled = (
        middle
        if len(middle) == width - first - last
        else [middle[0] if len(middle) == 1 else ""] * (width - first - last)
    )
    return [*upper[:first], *filled, *upper[len(upper) - last :]] if last else [*upper[:first], *filled]


def paths(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the words over each column from top to bottom; an upper heading reaches over the blanks to its right."""
    width = max(map(len, rows))
    cells = [[*(cell.strip() for cell in row), *[""] * (width - len(row))] for row in rows]
    found: list[tuple[str, ...]] = []
    parents: list[str] = [""] * len(rows)
    for column in range(width):
        words = [row[column] for row in cells]
        for depth, word in enumerate(words[:-1]):
            below = any(words[depth + 1 :]) and words[depth + 1 :] != [word] * len(words[depth + 1 :])
            if word:
                parents[depth:] = [word if below else "", *[""] * (len(rows) - depth - 1)]
            elif not below:
                parents[depth] = ""
            elif not any(words[:depth]):
                words[depth] = parents[depth]
        found.append(tuple(word for before, word in zip(["", *words], words, strict=False) if word and word != before))
    return found


def columns(headings: Sequence[tuple[str, ...]], marks: Sequence[str] | None, *, rules: Rules) -> tuple[Column, ...]:
    """Say what each column is; `marks` is the row of full marks below the headings where there is one."""
    found = []
    for index, path in enumerate(headings):
        kind = _kind(path, rules)
        stated = marks[index] if marks is not None and index < len(marks) else ""
        found.append(Column(index, path, kind, _full_mark(path, stated, kind), _share(path, stated)))
    return tuple(found)


def _kind(path: tuple[str, ...], rules: Rules) -> Kind:
    """A column's own words decide, then those above it; a rank or total of one section is none of the whole."""
    kinds = [known_kind(words, rules) for words in path]
    own = kinds[-1] if kinds else None
    above = next((kind for kind in reversed(kinds[:-1]) if kind is not None), None)
    if len(path) > 1 and above is None and own in {Kind.RANK, Kind.GRADE}:
        return Kind.PAST
    if len(path) > 1 and above is None and own is Kind.TOTAL:
        return Kind.WEAK_TOTAL
    if own is Kind.WEAK_TOTAL and above in {Kind.TOTAL, Kind.BONUS, Kind.DEDUCTION}:
        return Kind.TOTAL if above is Kind.TOTAL else Kind.WEAK_TOTAL
    return own or above or Kind.SECTION


def _without_mark(bare: str) -> str:
    for pattern in (_SHARE, _MARK, _BARE_MARK):
        shorter = pattern.sub("", bare)
        if shorter:
            bare = shorter
    return re.sub(r"[(（]分[)）]$", "", bare)


def _full_mark(path: tuple[str, ...], stated: str, kind: Kind) -> Decimal | None:
    written = figure(stated)
    if stated and written.value is not None and not written.blank and "%" not in stated:
        return written.value
    words = plain(path[-1]) if path else ""
    match = _MARK.search(words)
    if match is None and kind in {Kind.SECTION, Kind.BONUS}:
        match = _BARE_MARK.search(words)
    return None if match is None else Decimal(next(group for group in match.groups() if group))


def _share(path: tuple[str, ...], stated: str) -> Decimal | None:
    for words in (plain(stated), plain(path[-1]) if path else ""):
        match = _SHARE.search(words)
        if match is not None:
            return Decimal(match[1]) / 100
    return None
