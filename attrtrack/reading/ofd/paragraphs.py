"""Paragraphs out of printed rows: page numbers and running heads taken off, lines joined that the margin broke.

Decision: as the places of rows are known, a row that reaches the right margin goes on in the next one unless that is
indented; where a document does not indent, wider spaces between paragraphs decide, else the end of a sentence. Titles
are set in another size or centred, and keep their lines.
"""

import re
from collections import Counter
from dataclasses import dataclass

from attrtrack.reading.ofd.flow import Page, Row
from attrtrack.reading.ofd.margins import Margins, margins_of
from attrtrack.reading.plain.residue import is_page_number
from attrtrack.reading.plain.wrapping import SENTENCE_END, seam

_OPENER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[章节条]|附件|附注|抄送|主送|\d{1,2}[.．、])"
)
_DIGITS = re.compile(r"\d+")
_HEAD, _FOOT, _NUMBER_HEAD, _NUMBER_FOOT = 0.10, 0.90, 0.12, 0.85
_SAME_PLACE, _OF_PAGES, _LONGEST_HEAD = 2.0, 0.3, 80


@dataclass(frozen=True, slots=True)
class Text:
    """The text of the pages, the running heads and feet, and the rows of their ruled tables."""

    body: str
    heads: tuple[str, ...]
    tables: tuple[tuple[str, ...], ...]


def text_of_pages(pages: list[Page]) -> Text:
    """Put the pages of one document together."""
    running = _running(pages)
    heads: dict[str, None] = {}
    bodies: list[list[Row]] = []
    for page in pages:
        rows = _without_page_numbers(page)
        heads.update((row.text, None) for row in rows if _key(page, row) in running)
        bodies.append([row for row in rows if _key(page, row) not in running])
    tables = tuple(row.cells for rows in bodies for row in rows if row.cells)
    return Text("\n".join(_paragraphs(pages, bodies)), _distinct(heads), tables)


def _paragraphs(pages: list[Page], bodies: list[list[Row]]) -> list[str]:
    paragraphs: list[str] = []
    last: tuple[Row, Margins] | None = None
    for rows, known in zip(bodies, margins_of(pages, bodies), strict=True):
        for row in rows:
            margins = known[row.block]
            if last is not None and _goes_on(last[0], row, was=last[1], now=margins):
                paragraphs[-1] += seam(paragraphs[-1], row.text) + row.text
            else:
                paragraphs.append(row.text)
            last = row, margins
    return paragraphs


def _distinct(heads: dict[str, None]) -> tuple[str, ...]:
    """Return running heads that differ in more than their digits."""
    first: dict[str, str] = {}
    for head in heads:
        first.setdefault(_DIGITS.sub("#", head), head)
    return tuple(first.values())


def _share(page: Page, row: Row) -> float:
    return (row.base - page.top) / max(page.bottom - page.top, 1.0)


def _without_page_numbers(page: Page) -> list[Row]:
    """Drop the page's number from its first or last rows."""
    rows = list(page.rows)
    for place, near in ((-1, False), (-2, False), (0, True)):
        if not -len(rows) <= place < len(rows) or len(rows) < 2:  # noqa: PLR2004 - a page of one row keeps it
            continue
        share = _share(page, rows[place])
        inside = share <= _NUMBER_HEAD if near else share >= _NUMBER_FOOT
        if inside and is_page_number(rows[place].text) and not rows[place].cells:
            del rows[place]
    return rows


def _key(page: Page, row: Row) -> tuple[str, bool, int] | None:
    """Return what makes a row of the margins the same on every page, None for the rows between."""
    share = _share(page, row)
    if row.cells or _HEAD < share < _FOOT or len(row.text) > _LONGEST_HEAD:
        return None
    return _DIGITS.sub("#", row.text), share <= _HEAD, round((row.base - page.top) / _SAME_PLACE)


def _running(pages: list[Page]) -> set[tuple[str, bool, int]]:
    """Return the rows that stand at the same place in the margins of several pages."""
    counts = Counter(key for page in pages for key in {_key(page, row) for row in page.rows} if key is not None)
    return {key for key, count in counts.items() if count >= max(2, _OF_PAGES * len(pages))}


def _goes_on(last: Row, row: Row, *, was: Margins, now: Margins) -> bool:
    """Whether a row is the continuation of the one before, on the same page, in the next column or on the next page."""
    if not (was.is_body(last) and now.is_body(row)) or "\t" in last.text or "\t" in row.text:
        return False
    beside = was.left if last.block == row.block else now.left
    if not was.is_full(last) or now.is_indented(row, beside):
        return False
    here = was is now and row.base > last.base
    if here and was.is_apart(row.base - last.base):
        return False
    if was.indents or (here and was.spaced):
        return True
    return not last.text.endswith(SENTENCE_END) and not _OPENER.match(row.text)
