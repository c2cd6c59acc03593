"""Printed lines of a PDF rejoined to paragraphs by their places: what filled the column goes on, an indent begins anew.

Decision: titles, signatures and dates keep their lines, since they are larger, indented or short; `recording` finds them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from attrtrack.reading.pdf.layout import Line
from attrtrack.reading.pdf.tables import first_word
from attrtrack.reading.plain.wrapping import SENTENCE_END, opens, seam

_LABELLED = re.compile(
    r"^(?:附件?\s*\d*\s*[：:]|抄送|抄报|主送|分送|注\s*\d*\s*[：:]|备注|[•●■◆▪○\-*]|\d{1,2}\s*[.．、)）]|[（(]\w{1,3}[）)]|[①-⑳])"
)
_MARKER = re.compile(
    r"^(?:\d{1,3}(?![\d.．、年月日批个件项台人名万亿元%％户次])|[①-⑳]|\*|[\[〔]\d{1,3}[\]〕]|注\s*\d*\s*[：:])"
)
_WORD = re.compile("[A-Za-z0-9]{2}")
_LARGER, _SMALLER, _INDENT, _WIDEST_HANGING = 1.12, 0.93, 0.8, 9.0
_NARROWEST, _FEWEST_ENDERS, _BODY_SHARE, _COLUMN_STEP = 20.0, 3, 0.2, 30.0
_WIDE_SHARE, _ENDERS_SHARE = 0.7, 0.04
_TITLE_END = re.compile(
    r"^[^，。；：！？]+(?:决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|办法|规定|细则|方案|答复)(?:[（(].{1,8}[）)])?$"
)


def paragraphs_of(pages: Sequence[list[Line]]) -> list[str]:
    """Return the text of all pages as paragraphs; footnotes stand after the paragraph that ends on the next page."""
    lines = [line for page in pages for line in page if line.text]
    if not lines:
        return []
    column = _Columns(lines)
    flow, notes = _without_notes(pages, column.size)
    joined: list[str] = []
    waiting: list[list[Line]] = []
    before: Line | None = None
    for line in flow:
        if before is not None and column.goes_on(before, line):
            joined[-1] = _join(joined[-1], line)
        elif before is not None and _repeats_heading(before, line, joined):
            continue
        elif before is not None and _splits_row(before, line, joined[-1]):
            joined[-1] = "\t".join(map(_cells_joined, joined[-1].split("\t"), line.text.split("\t")))
        else:
            joined.extend(column.note(note) for note in waiting)
            waiting = []
            joined.append(line.text)
        if before is None or line.page != before.page:
            waiting.extend(notes.pop(before.page, []) if before else [])
        before = line
    rest = [note for page in sorted(notes) for note in notes[page]]
    joined.extend(column.note(note) for note in [*waiting, *rest])
    return [re.sub("\xad$", "-", text).replace("\xad", "") for text in joined]


def _join(before: str, line: Line) -> str:
    """Return two lines as one; a hyphen that parted a word goes, a blank that was written between stays."""
    if before.endswith("\xad"):
        return before[:-1] + ("" if line.text[0].islower() else "-") + line.text
    last, first = before[-1], line.text[0]
    written = line.spaced and (last.isascii() or first.isascii())
    written = written or (_WORD.match(last + first) is not None and not (last + first).isdigit())
    return before + (" " if written else seam(before, line.text)) + line.text


def _repeats_heading(before: Line, line: Line, joined: list[str]) -> bool:
    """Whether a table row is only the heading printed again on the next page."""
    return (
        line.tabular and before.tabular and line.page != before.page and "\t" in line.text and line.text in joined[-60:]
    )


def _splits_row(before: Line, line: Line, row: str) -> bool:
    """Whether a table row goes on at the top of a page: some of its cells break off inside a sentence, the others are done."""
    if not (line.tabular and before.tabular and line.page == before.page + 1 and "\t" in line.text):
        return False
    above, below = row.split("\t"), line.text.split("\t")
    open_ends = all(one and not one.endswith(SENTENCE_END) for one, other in zip(above, below, strict=False) if other)
    return len(above) == len(below) and not below[0] and open_ends


def _cells_joined(one: str, other: str) -> str:
    return one + (seam(one, other) + other if one and other else other)


class _Columns:
    """The columns of a document: where their lines begin and end, learnt from all pages."""

    def __init__(self, lines: list[Line]) -> None:
        running = [line for line in lines if not line.tabular]
        sizes = Counter(round(line.size * 2) / 2 for line in running for _ in line.text)
        self.size = sizes.most_common(1)[0][0] if sizes else 1.0
        self.largest = max((size for size in sizes if sizes[size] > _BODY_SHARE * sizes.total()), default=self.size)
        groups: dict[int, list[Line]] = defaultdict(list)
        for line in running:
            groups[self._key(line)].append(line)
        self.edges = {key: self._edges_of(group) for key, group in groups.items()}
        self.enders = {
            key: sum(line.right > self.edges[key][1] - line.size for line in group) for key, group in groups.items()
        }
        self.pitch = _usual(
            [
                one.y - other.y
                for one, other in pairwise(running)
                if one.page == other.page and 0 < one.y - other.y < 4 * self.size and self._key(one) == self._key(other)
            ]
        )
        self.indented = {key: self._indents(running, key) for key in groups}

    def _key(self, line: Line) -> int:
        return round(line.column[0] / _COLUMN_STEP) if line.column else -1

    def _edges_of(self, lines: list[Line]) -> tuple[float, float]:
        """Return the left and right edge: the outermost places where several lines begin and end."""
        size = self.size
        lefts = sorted(line.left for line in lines)
        widest = max(line.right - line.left for line in lines)
        ends = sorted((line.right for line in lines if line.right - line.left >= _WIDE_SHARE * widest), reverse=True)
        several = max(_FEWEST_ENDERS, round(_ENDERS_SHARE * len(lines))) - 1
        few = max(2, round(_ENDERS_SHARE * len(lines))) - 1
        left = next((one for one, other in zip(lefts, lefts[few:], strict=False) if other - one < 0.4 * size), lefts[0])
        right = next(
            (one for one, other in zip(ends, ends[several:], strict=False) if one - other < 0.7 * size), ends[0]
        )
        return left, right

    def _indents(self, lines: list[Line], key: int) -> bool:
        """Whether paragraphs begin with an indent, as GB/T 9704 wants it: full lines are preceded by indented ones."""
        indented = flush = 0
        for one, line in pairwise(lines):
            left, right = self.edges[key]
            if self._key(line) != key or self._key(one) != key or line.right < right - 1.5 * line.size:
                continue
            inset = (line.left - left) / line.size
            indented += 1.5 <= inset <= 3  # noqa: PLR2004 - two ideographs
            flush += inset < _INDENT
        return indented >= 1 and indented * 12 >= flush

    def goes_on(self, before: Line, line: Line) -> bool:
        """Whether a line is the next of the same paragraph."""
        if before.tabular or line.tabular or self._apart(before, line) or not self._is_measure(before):
            return False
        left, right = self.edges[self._key(line)][0], self.edges[self._key(before)][1]
        if _sets_apart(before, line, (left, right)):
            return False
        room = (right - before.right) / before.size
        if before.text.endswith("\xad"):
            return room < 3  # noqa: PLR2004 - a parted word fills its line
        if room > first_word(line.text) + 0.8:
            return False
        if (line.left - left) / line.size > _INDENT:
            return self._hangs(before, line)
        ended, begun = before.text.endswith(SENTENCE_END), opens(line.text)
        return not (ended and begun) if self.indented[self._key(line)] else not (ended or begun)

    def _is_measure(self, line: Line) -> bool:
        """Whether the column of a line is known to be as wide as it seems: wide enough, or several lines end there."""
        key = self._key(line)
        left, right = self.edges[key]
        narrowest = _NARROWEST if line.column is None else _NARROWEST / 2
        return right - left >= narrowest * line.size or self.enders[key] >= _FEWEST_ENDERS

    def _apart(self, before: Line, line: Line) -> bool:
        """Whether size, spacing or place part two lines, or a title stands over its addressee."""
        if line.text.endswith(("：", ":")) and _TITLE_END.match(before.text):
            return True
        marker = len(line.text) <= 3 and line.size < before.size  # noqa: PLR2004 - a raised figure alone on its line
        if (abs(before.size - line.size) > 0.1 * self.size and not marker) or line.size > _LARGER * self.largest:
            return True
        if before.page != line.page or before.column != line.column or line.y > before.y:
            return before.size < _SMALLER * self.size and before.page != line.page
        return bool(self.pitch) and before.low - line.y > 1.45 * max(
            self.pitch * line.size / self.size, 1.1 * line.size
        )

    def _hangs(self, before: Line, line: Line) -> bool:
        """Whether an indented line continues a list item or label whose further lines hang, or an indented block."""
        if opens(line.text) or _LABELLED.match(line.text):
            return False
        deeper = (line.left - before.left) / line.size
        indented = self.indented[self._key(line)]
        if _LABELLED.match(before.text):
            return (0.3 if indented else -0.3) <= deeper <= _WIDEST_HANGING
        return abs(deeper) < 0.3 and not indented and not before.text.endswith(SENTENCE_END)  # noqa: PLR2004 - same edge

    def note(self, lines: list[Line]) -> str:
        """Return a footnote as one line."""
        text = lines[0].text
        for line in lines[1:]:
            text = _join(text, line)
        return text


def _sets_apart(before: Line, line: Line, edges: tuple[float, float]) -> bool:
    """Whether a line stands at the right (the number of a letter) above one that begins at the left edge."""
    left, right = edges
    inset = before.left - left
    return inset > max(0.4 * (right - left), _WIDEST_HANGING * before.size) and line.left - left <= before.size


def _usual(values: list[float]) -> float:
    counted = Counter(round(value * 2) / 2 for value in values)
    return counted.most_common(1)[0][0] if counted else 0.0


def _can_be_note(line: Line, size: float) -> bool:
    return line.size < _SMALLER * size and not line.tabular and line.column is None


def _without_notes(pages: Sequence[list[Line]], size: float) -> tuple[list[Line], dict[int, list[list[Line]]]]:
    """Take the footnotes out of the flow: smaller lines at the foot of a page, the first of each with its marker."""
    flow: list[Line] = []
    notes: dict[int, list[list[Line]]] = {}
    for page in pages:
        lines = [line for line in page if line.text]
        start = len(lines)
        while start and _can_be_note(lines[start - 1], size):
            start -= 1
        while start < len(lines) and not _MARKER.match(lines[start].text):
            start += 1
        flow.extend(lines[:start])
        found: list[list[Line]] = []
        for line in lines[start:]:
            if _MARKER.match(line.text) or not found:
                found.append([line])
            else:
                found[-1].append(line)
        if found and start:
            notes[lines[0].page] = found
        else:
            flow.extend(lines[start:])
    return flow, notes
