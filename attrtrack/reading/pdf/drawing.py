"""What is drawn on a PDF page beside its text: ruled lines, which make tables, and pictures, which make scans."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_THIN, _SHORTEST, _APART = 3.0, 6.0, 3.0
_MOST_OBJECTS, _MOST_SEGMENTS, _MOST_LINES, _DEEPEST = 20_000, 4_000, 1_200, 3
_Matrix = tuple[float, float, float, float, float, float]
Ruled = tuple[float, float, float]
"""A ruled line in points: its place, and from where to where it reaches."""
_LEVEL: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawing:
    """Ruled lines as (place, from, to) in points, the area that pictures cover, and how much text is painted or not."""

    level: list[Ruled] = field(default_factory=list)
    upright: list[Ruled] = field(default_factory=list)
    pictured: float = 0.0
    painted: int = 0
    unpainted: int = 0

    def turned(self, turn: int) -> "Drawing":
        """Return the drawing in the frame of writing that is turned by quarters."""
        level, upright = self.level, self.upright
        if turn == 90:  # noqa: PLR2004 - a quarter
            level, upright = _mirrored(self.upright, at=-1), _mirrored(self.level, along=-1)
        elif turn == 180:  # noqa: PLR2004 - a half
            level, upright = _mirrored(self.level, at=-1, along=-1), _mirrored(self.upright, at=-1, along=-1)
        elif turn == 270:  # noqa: PLR2004 - three quarters
            level, upright = _mirrored(self.upright, along=-1), _mirrored(self.level, at=-1)
        return replace(self, level=level, upright=upright)


def _mirrored(lines: list[Ruled], *, at: int = 1, along: int = 1) -> list[Ruled]:
    if along > 0:
        return [(at * place, low, high) for place, low, high in lines]
    return [(at * place, -high, -low) for place, low, high in lines]


def drawn_on(page: "pypdfium2.PdfPage") -> Drawing:
    """Look through the objects of a page, those inside forms too; nothing is rendered or decoded."""
    drawing = Drawing()
    budget = [_MOST_OBJECTS]
    for thing, matrix in _objects(page.raw, _LEVEL, 0, budget=budget):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = _bounds(thing, matrix)
            drawing.pictured += max(0.0, right - left) * max(0.0, top - bottom)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and len(drawing.level) + len(drawing.upright) < _MOST_SEGMENTS:
            _rule(drawing, thing, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            hidden = pdfium.FPDFTextObj_GetTextRenderMode(thing) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            drawing.unpainted += hidden
            drawing.painted += not hidden
    drawing.level = merged(drawing.level)
    drawing.upright = merged(drawing.upright)
    return drawing


def _objects(holder: Any, matrix: _Matrix, depth: int, *, budget: list[int]) -> Iterator[tuple[Any, _Matrix]]:  # noqa: ANN401 - handles of PDFium
    count, at = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
    if depth == 0:
        count, at = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject
    for index in range(max(0, count(holder))):
        budget[0] -= 1
        if budget[0] < 0:
            return
        thing = at(holder, index)
        if not thing:
            continue
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_FORM:
            yield thing, matrix
        elif depth < _DEEPEST:
            yield from _objects(thing, _times(_matrix_of(thing), matrix), depth + 1, budget=budget)


def _matrix_of(thing: Any) -> _Matrix:  # noqa: ANN401 - a handle of PDFium
    own = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(own)):
        return _LEVEL
    return (own.a, own.b, own.c, own.d, own.e, own.f)


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _bounds(thing: Any, matrix: _Matrix) -> tuple[float, float, float, float]:  # noqa: ANN401 - a handle of PDFium
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, edges)):
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = (edge.value for edge in edges)
    if matrix is _LEVEL:
        return (left, bottom, right, top)
    corners = [_placed(x, y, matrix) for x in (left, right) for y in (bottom, top)]
    across, along = [x for x, _ in corners], [y for _, y in corners]
    return (min(across), min(along), max(across), max(along))


def _placed(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _rule(drawing: Drawing, thing: Any, matrix: _Matrix) -> None:  # noqa: ANN401 - a handle of PDFium
    """Keep a path as ruled lines: a thin one is one line, a stroked figure is its level and upright sides."""
    left, bottom, right, top = _bounds(thing, matrix)
    if top - bottom <= _THIN:
        if right - left >= _SHORTEST:
            drawing.level.append(((bottom + top) / 2, left, right))
        return
    if right - left <= _THIN:
        if top - bottom >= _SHORTEST:
            drawing.upright.append(((left + right) / 2, bottom, top))
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing, ctypes.byref(fill), ctypes.byref(stroke))
    if stroke.value or pdfium.FPDFPath_CountSegments(thing) > 5:  # noqa: PLR2004 - a filled rectangle is shading
        _sides(drawing, thing, _times(_matrix_of(thing), matrix))


def _sides(drawing: Drawing, thing: Any, matrix: _Matrix) -> None:  # noqa: ANN401 - a handle of PDFium
    x, y = ctypes.c_float(), ctypes.c_float()
    start = before = None
    for index in range(min(pdfium.FPDFPath_CountSegments(thing), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(thing, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _placed(x.value, y.value, matrix)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and before is not None:
            _side(drawing, before, point)
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            _side(drawing, point, start)
        before = point


def _side(drawing: Drawing, one: tuple[float, float], other: tuple[float, float]) -> None:
    across, along = abs(one[0] - other[0]), abs(one[1] - other[1])
    if along <= 1 and across >= _SHORTEST:
        drawing.level.append((one[1], min(one[0], other[0]), max(one[0], other[0])))
    elif across <= 1 and along >= _SHORTEST:
        drawing.upright.append((one[0], min(one[1], other[1]), max(one[1], other[1])))


def merged(lines: list[Ruled]) -> list[Ruled]:
    """Join pieces of one ruled line; tables are often drawn cell by cell. Too many lines are a picture, not a table."""
    groups: list[list[Ruled]] = []
    for line in sorted(lines):
        if groups and line[0] - groups[-1][0][0] <= _APART:
            groups[-1].append(line)
        else:
            groups.append([line])
    joined: list[Ruled] = []
    for group in groups:
        for at, low, high in sorted(group, key=lambda line: line[1]):
            last = joined[-1] if joined else None
            if last and abs(last[0] - at) <= _APART and low <= last[2] + _APART:
                joined[-1] = (last[0], last[1], max(last[2], high))
            else:
                joined.append((at, low, high))
    return joined if len(joined) <= _MOST_LINES else []
