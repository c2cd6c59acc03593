"""What a PDF repeats on its pages and is no part of the text: running headers and footers, page numbers, watermarks."""

import re
from collections import defaultdict

from attrtrack.reading.pdf.layout import Line
from attrtrack.reading.plain.residue import is_page_number

_ZONE, _NEAR, _MOST_LINES = 0.16, 4.0, 4
_FIGURES = re.compile(r"\d+|[〇○零一二三四五六七八九十百]+(?=\s*页)")


def without_running(pages: list[list[Line]], heights: list[tuple[float, float]]) -> tuple[list[list[Line]], list[str]]:
    """Return the pages without what runs along their edges, and those lines, each wording once.

    `heights` gives the lower and upper edge of each page in points.
    """
    repeated = _repeated(pages, heights)
    running: dict[str, str] = {}
    kept: list[list[Line]] = []
    for lines, edges in zip(pages, heights, strict=True):
        dropped: set[int] = set()
        for zone in _zones(lines, edges):
            for index in zone:
                if not _runs(lines[index], edges, repeated):
                    break
                dropped.add(index)
        for index in sorted(dropped):
            running.setdefault(_FIGURES.sub("#", lines[index].text), lines[index].text)
        kept.append([line for index, line in enumerate(lines) if index not in dropped])
    return kept, list(running.values())


def _zones(lines: list[Line], edges: tuple[float, float]) -> tuple[list[int], list[int]]:
    """Return the lines near the upper and the lower edge, from the edge inwards."""
    bottom, top = edges
    reach = (top - bottom) * _ZONE
    order = sorted(range(len(lines)), key=lambda index: -lines[index].y)
    high = [index for index in order if lines[index].y > top - reach]
    low = [index for index in reversed(order) if lines[index].y < bottom + reach]
    return high[:_MOST_LINES], low[:_MOST_LINES]


def _runs(line: Line, edges: tuple[float, float], repeated: set[tuple[str, int]]) -> bool:
    if line.tabular:
        return False
    if len(line.text) <= 14 and is_page_number(line.text):  # noqa: PLR2004 - "— 12 —", "第 3 页 共 12 页"
        return True
    return any((_wording(line), _place(line, edges) + step) in repeated for step in (-1, 0, 1))


def _wording(line: Line) -> str:
    return _FIGURES.sub("#", re.sub(r"\s+", "", line.text))


def _place(line: Line, edges: tuple[float, float]) -> int:
    return round((line.y - edges[0]) / _NEAR)


def _repeated(pages: list[list[Line]], heights: list[tuple[float, float]]) -> set[tuple[str, int]]:
    """Return wordings, figures left out, with their height, that stand near the edge of two pages and more."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, (lines, edges) in enumerate(zip(pages, heights, strict=True)):
        for zone in _zones(lines, edges):
            for index in zone:
                if not lines[index].tabular:
                    seen[_wording(lines[index]), _place(lines[index], edges)].add(number)
    fewest = 2 if len(pages) < 12 else 3  # noqa: PLR2004 - chance repeats in long documents
    return {
        key
        for key in seen
        if len(seen[key] | seen.get((key[0], key[1] + 1), set()) | seen.get((key[0], key[1] - 1), set())) >= fewest
    }
