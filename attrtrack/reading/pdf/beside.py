"""What a PDF holds beside its pages' text: properties, form fields, annotations and stamps, names of attached files."""

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from attrtrack.reading.pdf.glyphs import Glyph, glyphs_of

_REMARKED = frozenset({
    pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CARET,
    pdfium.FPDF_ANNOT_WATERMARK,
})  # fmt: skip
_DRAWN = frozenset({pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WATERMARK})
_MOST_ANNOTATIONS, _MOST_ATTACHMENTS, _LONGEST = 500, 200, 20_000
_REMARK, _AFTER_ALL, _MOST_PRESSED = "批注", 10_000_000, 20_000
_Property = tuple[str, str]


@dataclass(slots=True)
class Beside:
    """What the annotations of one page hold; `drawn` says that some show text without stating it."""

    values: list[Glyph] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    remarks: list[_Property] = field(default_factory=list)
    drawn: bool = False


def attachments_of(document: "pypdfium2.PdfDocument") -> list[_Property]:
    """Return the names of attached files; their content is not opened."""
    count = min(max(0, pdfium.FPDFDoc_GetAttachmentCount(document.raw)), _MOST_ATTACHMENTS)
    handles = (pdfium.FPDFDoc_GetAttachment(document.raw, index) for index in range(count))
    names = (_wide(partial(pdfium.FPDFAttachment_GetName, handle)) for handle in handles if handle)
    return [("附件", name) for name in names if name]


def annotations_of(page: "pypdfium2.PdfPage", form: Any) -> Beside:  # noqa: ANN401 - a handle of PDFium, None without forms
    """Return form values as characters at their places, remarks as metadata, and whether some remark is only drawn."""
    found = Beside()
    for annotation in _annotations(page):
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            value = _field_value(annotation, form, _AFTER_ALL + len(found.values))
            found.values.extend(value)
            found.fields.append("".join(glyph.char for glyph in value))
        elif kind in _REMARKED:
            said = _wide(partial(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")).strip()
            found.remarks.extend([(_REMARK, said)] if said else [])
            found.drawn = found.drawn or kind in _DRAWN
    return found


def drawn_remarks(
    document: "pypdfium2.PdfDocument", index: int, *, printed: Iterable[Glyph], fields: Iterable[str]
) -> list[_Property]:
    """Return the text that stamps and free text show but do not state: what the page gains when they are pressed in.

    The values of form `fields` are pressed in too, and are left out, since the page's text has them.
    """
    known = Counter(_place(glyph) for glyph in printed)
    said = ""
    for glyph in _pressed(document, index):
        known[_place(glyph)] -= 1
        if known[_place(glyph)] < 0:
            said += glyph.char
    for value in sorted(filter(None, fields), key=len, reverse=True):
        said = said.replace(value, "", 1)
    return [(_REMARK, said)] if said else []


def _pressed(document: "pypdfium2.PdfDocument", index: int) -> list[Glyph]:
    """Return the characters of a page after its annotations were pressed into it; none where that fails."""
    with closing(document[index]) as page:
        if pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
            return []
    with closing(document[index]) as page, closing(page.get_textpage()) as textpage:
        turned = glyphs_of(textpage, min(textpage.count_chars(), _MOST_PRESSED))
    return [glyph for glyphs in turned.values() for glyph in glyphs]


def _place(glyph: Glyph) -> tuple[str, int, int]:
    return (glyph.char, round(glyph.left), round(glyph.y))


def _annotations(page: "pypdfium2.PdfPage") -> Iterator[Any]:
    for index in range(min(max(0, pdfium.FPDFPage_GetAnnotCount(page.raw)), _MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            yield annotation
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _field_value(annotation: Any, form: Any, index: int) -> list[Glyph]:  # noqa: ANN401 - handles of PDFium
    """Return the value of a form field as characters inside its rectangle; a box to tick as a ticked or an empty one."""
    rectangle = pdfium.FS_RECTF()
    if not form or not pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rectangle)):
        return []
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}:
        value = "☑" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "□"
    elif kind in {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}:
        value = _wide(partial(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation))
    else:
        return []
    return list(_written(value, rectangle, index))


def _written(value: str, rectangle: Any, index: int) -> Iterator[Glyph]:  # noqa: ANN401 - a structure of PDFium
    lines = [line for line in re.split(r"[\r\n]+", value) if line.strip()]
    height = max(rectangle.top - rectangle.bottom, 1.0) / max(len(lines), 1)
    size = max(min(height * 0.75, 12.0), 4.0)
    for row, line in enumerate(lines):
        wide = sum(size * (0.5 if char.isascii() else 1.0) for char in line)
        scale = min(1.0, max(rectangle.right - rectangle.left - 2, 1.0) / wide)
        left, y = rectangle.left + 1, rectangle.top - height * (row + 0.5) - 0.35 * size
        blanks = 0
        for char in line:
            right = left + scale * size * (0.5 if char.isascii() else 1.0)
            if char.isspace():
                blanks += 1
            else:
                yield Glyph(char, left, right, y, size, blanks, index)
                index, blanks = index + 1, 0
            left = right


def _wide(call: Callable[..., int]) -> str:
    """Return a string that PDFium hands out as UTF-16 in two calls: its length in bytes, then its content."""
    size = call(None, 0)
    if not 2 < size <= 2 * _LONGEST:  # noqa: PLR2004 - the closing zero alone
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="ignore").replace("\x00", "")
