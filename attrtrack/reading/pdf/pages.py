"""The pages of an open PDF one by one: their lines, what stands beside them, and how much of them is pictures."""

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from attrtrack.reading.limits import too_large
from attrtrack.reading.pdf.beside import annotations_of, drawn_remarks
from attrtrack.reading.pdf.drawing import Drawing, drawn_on
from attrtrack.reading.pdf.glyphs import Glyph, glyphs_of, usual_size
from attrtrack.reading.pdf.layout import Line, lines_of_page
from attrtrack.reading.pdf.overprint import signs_at_head, torn_signs
from attrtrack.reading.plain.wrapping import rejoin

_MOST_ON_PAGE, _MOST_LAID_OUT, _MOST_PRESSED = 12_000, 120_000, 20
# PDFium itself takes about 10 µs a character: more than this is no document and keeps the machine busy
_MOST_OF_PAGE, _MOST_OF_ALL = 150_000, 600_000
_LARGE, _LIGHT, _FAINT = 1.8, 165.0, 150
_ASKEW = -1


@dataclass(slots=True)
class Page:
    """One page: its lines in reading order, its lower and upper edge, watermarks, and the share covered by pictures."""

    lines: list[Line] = field(default_factory=list)
    edges: tuple[float, float] = (0.0, 842.0)
    watermarks: list[str] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    pictured: float = 0.0
    recognised: bool = False
    readable: bool = True


def pages_of(document: "pypdfium2.PdfDocument", form: Any) -> Iterator[Page]:  # noqa: ANN401 - a handle of PDFium, None without forms
    """Yield every page; raises `SourceTooLargeError` for more text than a document can have."""
    total = pressed = 0
    for index in range(len(document)):
        try:
            count, page, pressing = _page(document, index, form, plain=total > _MOST_LAID_OUT)
        except pypdfium2.PdfiumError:
            yield Page(readable=False)
            continue
        total += count
        if count > _MOST_OF_PAGE or total > _MOST_OF_ALL:
            raise too_large()
        if pressing is not None and pressed < _MOST_PRESSED:
            pressed += 1
            printed, fields = pressing
            page.remarks.extend(drawn_remarks(document, index, printed=printed, fields=fields))
        yield page


def _page(
    document: "pypdfium2.PdfDocument",
    index: int,
    form: Any,  # noqa: ANN401 - a handle of PDFium
    *,
    plain: bool,
) -> tuple[int, Page, tuple[list[Glyph], list[str]] | None]:
    """Read one page; where stamps are drawn on it, its characters and the values of its fields are returned too."""
    with closing(document[index]) as page:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(box))
        with closing(page.get_textpage()) as textpage:
            count = textpage.count_chars()
            if plain or count > _MOST_ON_PAGE:
                return count, _as_written(textpage, count, index), None
            turned = glyphs_of(textpage, count)
            watermarks = _watermarks(turned, textpage)
        drawing, beside = drawn_on(page), annotations_of(page, form)
    pressing = ([glyph for glyphs in turned.values() for glyph in glyphs], beside.fields) if beside.drawn else None
    if beside.values:
        turned[0] = [*turned.get(0, []), *_after_labels(beside.values, turned.get(0, []))]
    made = _laid_out(turned, drawing, index, box=(box.left, box.bottom, box.right, box.top))
    torn = [sign for glyphs in turned.values() for sign in torn_signs(glyphs, made.lines)]
    torn += signs_at_head(turned.get(0, [])) if index == 0 else []
    made.watermarks, made.remarks = [*watermarks, *torn], beside.remarks
    return count, made, pressing


def _after_labels(values: list[Glyph], printed: list[Glyph]) -> list[Glyph]:
    """Give form values the place in the order of writing of what is printed to their left, as if they were typed there."""
    placed: list[Glyph] = []
    for value in values:
        beside = [glyph for glyph in printed if abs(glyph.y - value.y) < value.size and glyph.left < value.left]
        label = max(beside, key=lambda glyph: glyph.left, default=value)
        placed.append(value._replace(at=label.at, y=label.y))
    return placed


def _laid_out(
    turned: dict[int, list[Glyph]], drawing: Drawing, index: int, *, box: tuple[float, float, float, float]
) -> Page:
    """Lay out the writing of a page, the most frequent turn first; what is turned otherwise stands at the end."""
    turns = sorted(turned, key=lambda turn: -len(turned[turn]))
    lines: list[Line] = []
    for place, turn in enumerate(turns):
        found = lines_of_page(turned[turn], drawing.turned(turn), index)
        lines.extend(found if place == 0 else [_aside(line) for line in found])
    left, bottom, right, top = box
    edges = {90: (-right, -left), 180: (-top, -bottom), 270: (left, right)}.get(turns[0] if turns else 0, (bottom, top))
    area = max((right - left) * (top - bottom), 1.0)
    return Page(lines, edges, pictured=drawing.pictured / area, recognised=drawing.unpainted > drawing.painted)


def _aside(line: Line) -> Line:
    return Line(line.text, line.left, line.right, line.y, line.low, line.size, line.page, tabular=True)


def _as_written(textpage: "pypdfium2.PdfTextPage", count: int, index: int) -> Page:
    """Return a page too full to lay out with its lines as PDFium orders them."""
    if count > _MOST_OF_PAGE:
        raise too_large()
    text = str(textpage.get_text_range()).replace("\ufffe", "").replace("\x00", "")
    lines = rejoin(text, printed=True).split("\n")
    return Page([Line(line.strip(), 0.0, 0.0, 0.0, 0.0, 10.0, index, tabular=True) for line in lines if line.strip()])


def _watermarks(turned: dict[int, list[Glyph]], textpage: "pypdfium2.PdfTextPage") -> list[str]:
    """Take out of the writing what lies askew, and what is large and faint; return it, each wording once."""
    found = [_wording(turned.pop(_ASKEW, []))]
    usual = usual_size([glyph for glyphs in turned.values() for glyph in glyphs])
    for turn, glyphs in turned.items():
        large = [glyph for glyph in glyphs if glyph.size > _LARGE * usual and _is_faint(textpage, glyph.at)]
        if large and len(large) < len(glyphs):
            found.append(_wording(large))
            dropped = {glyph.at for glyph in large}
            turned[turn] = [glyph for glyph in glyphs if glyph.at not in dropped]
    return list(dict.fromkeys(filter(None, found)))


def _wording(glyphs: list[Glyph]) -> str:
    """Return the text of watermarks; one that is printed many times over is told once."""
    text = "".join(" " * bool(glyph.blanks) + glyph.char for glyph in glyphs).strip()
    again = (text + text).find(text, 1)
    return text[:again] if text else ""


def _is_faint(textpage: "pypdfium2.PdfTextPage", index: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    places = map(ctypes.byref, (red, green, blue, alpha))
    if not pdfium.FPDFText_GetFillColor(textpage.raw, index, *places):
        return False
    light = 0.299 * red.value + 0.587 * green.value + 0.114 * blue.value
    return light > _LIGHT or alpha.value < _FAINT
