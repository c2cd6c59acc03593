"""A report as docx in the layout of GB/T 9704—2012: A4, 156 by 225 mm of text, 22 lines of 28 characters, page numbers outside.

A number opens to its row of the table of receipts (a link inside the file); bars are shaded paragraphs, which every office
program draws and prints. Fonts are those of the standard; a program without them shows its own.

Rows, cells and runs of one look are copied from the first of it: python-docx takes milliseconds to set each anew.
"""

import datetime as dt
import io
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row

from attrtrack.domain.reports import NEW_LINE, Bars, Cell, Grid, Level, Number, PageBreak, Paragraph, Report, Strip
from attrtrack.reporting.charts import BAR, SHORT_BAR, clean
from attrtrack.reporting.plain_word import without_traces
from attrtrack.reporting.report_layout import FONTS, LONGEST, SIZES

if TYPE_CHECKING:
    from docx.document import Document as Sheet

_LINE, _TABLE_LINE = Pt(28), Pt(18)
_BODY, _FOLIO = "仿宋_GB2312", "宋体"
_WIDTH, _LONG_WIDTH = 156.0, 225.0
_NAMES, _VALUES = 60.0, 22.0
_ALIGNED = {
    Level.TITLE: WD_ALIGN_PARAGRAPH.CENTER,
    Level.SIGNATURE: WD_ALIGN_PARAGRAPH.RIGHT,
    Level.DATE: WD_ALIGN_PARAGRAPH.RIGHT,
}
_INDENTED = {Level.HEADING, Level.SUBHEADING, Level.BODY, Level.ATTACHMENT}


def report_word(report: Report) -> bytes:
    """Return the report as docx; the same report gives the same bytes."""
    sheet = Document()
    _set_up(sheet, report)
    writer = _Writer(sheet, _LONG_WIDTH if report.landscape else _WIDTH)
    for block in report.blocks:
        if isinstance(block, Paragraph):
            writer.paragraph(block)
        elif isinstance(block, Grid):
            writer.grid(block)
        elif isinstance(block, Bars):
            writer.bars(block)
        else:
            writer.page_break(block)
    file = io.BytesIO()
    sheet.save(file)
    return without_traces(file.getvalue())


def _set_up(sheet: "Sheet", report: Report) -> None:
    section = sheet.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    if report.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin = Mm(28), Mm(26)
        section.left_margin, section.right_margin = Mm(37), Mm(35)
    section.footer_distance = Mm(25 if not report.landscape else 16)
    style = sheet.styles["Normal"]
    style.font.name, style.font.size = _BODY, Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    sheet.settings.odd_and_even_pages_header_footer = True
    _folio(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _folio(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    facts = sheet.core_properties
    facts.title, facts.author, facts.comments, facts.last_modified_by, facts.revision = (
        clean(report.title),
        "",
        "",
        "",
        1,
    )
    facts.created = facts.modified = dt.datetime.combine(report.made, dt.time(), tzinfo=dt.UTC)


def _folio(footer: Any, side: WD_ALIGN_PARAGRAPH) -> None:  # noqa: ANN401 - python-docx has no types
    """Write the page number as the standard does: — 1 —, one character in from the outer edge."""
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    _write(paragraph, "— ", _FOLIO, 14)
    run = _write(paragraph, "", _FOLIO, 14)
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = words
        run._element.append(mark)  # noqa: SLF001 - python-docx knows no fields
    _write(paragraph, " —", _FOLIO, 14)


class _Writer:
    """Puts the blocks of a report into a document, in order."""

    def __init__(self, sheet: "Sheet", width: float) -> None:
        self._sheet, self._width = sheet, width
        self._anchors = 0
        self._blank: Any = None

    def paragraph(self, block: Paragraph) -> None:
        """Set a paragraph by its level."""
        paragraph = self._sheet.add_paragraph()
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
        paragraph.alignment = _ALIGNED.get(block.level, WD_ALIGN_PARAGRAPH.LEFT)
        size = SIZES[block.level]
        if block.level in _INDENTED:
            form.first_line_indent = Pt(2 * size)
        if block.level is Level.TITLE:
            form.line_spacing = Pt(35)
            form.space_after = Pt(28)
        if block.level in {Level.SIGNATURE, Level.DATE}:
            form.right_indent = Pt(2 * size)
            form.space_before = Pt(28 if block.level is Level.SIGNATURE else 0)
        if block.level in {Level.HEADING, Level.SUBHEADING, Level.SIGNATURE}:
            form.keep_with_next = True
        self._pieces(paragraph, block.pieces, FONTS[block.level], size)

    def grid(self, block: Grid) -> None:
        """Set a table; its heading is repeated on every page, no row is broken over two."""
        self._caption(block.caption)
        whole = sum(column.width for column in block.columns)
        widths = [Mm(self._width * column.width / whole) for column in block.columns]
        table = self._table(widths, "Table Grid")
        heading = self._row(table, widths)
        _flag(heading, "w:tblHeader")
        for cell, column in zip(heading.cells, block.columns, strict=True):
            self._cell(cell, (column.name,), "黑体", centred=True)
        for row in block.rows:
            made = self._row(table, widths)
            for place, (cell, pieces) in enumerate(zip(made.cells, row.cells, strict=True)):
                self._cell(cell, pieces, _BODY, centred=block.columns[place].centred)
                for strip in (piece for piece in pieces if isinstance(piece, Strip)):
                    _draw(cell, strip, self._width * block.columns[place].width / whole - 4)
            if row.anchor:
                self._anchor(made.cells[0].paragraphs[0], row.anchor)
        self._sheet.add_paragraph()

    def bars(self, block: Bars) -> None:
        """Draw bars: name, a shaded paragraph as long as the share, and the number."""
        self._caption(f"{block.title}（浅色的没有达到目标）")
        room = self._width - _NAMES - _VALUES
        widths = [Mm(_NAMES), Mm(room), Mm(_VALUES)]
        table = self._table(widths, None)
        for bar in block.bars:
            row = self._row(table, widths)
            self._cell(row.cells[0], (bar.name,), _BODY, centred=False)
            self._cell(row.cells[2], (bar.number,), _BODY, centred=False)
            if bar.share:
                reached = bar.target is None or bar.share >= bar.target
                _draw(row.cells[1], Strip(bar.share, reached), room - 4)
        self._sheet.add_paragraph()

    def page_break(self, _block: PageBreak) -> None:
        """Begin a new page."""
        last = self._sheet.paragraphs[-1] if self._sheet.paragraphs else self._sheet.add_paragraph()
        last.add_run().add_break(WD_BREAK.PAGE)

    def _caption(self, words: str) -> None:
        paragraph = self._sheet.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
        _write(paragraph, words, "黑体", 12)

    def _table(self, widths: list[Any], style: str | None) -> Any:  # noqa: ANN401 - python-docx has no types
        table = self._sheet.add_table(rows=0, cols=len(widths))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        if style:
            table.style = style
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        self._blank = None
        return table

    def _row(self, table: Any, widths: list[Any]) -> Any:  # noqa: ANN401 - the same
        if self._blank is not None:
            copied = deepcopy(self._blank)
            table._tbl.append(copied)  # noqa: SLF001 - python-docx copies no rows
            return _Row(copied, table)
        row = table.add_row()
        _flag(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        self._blank = deepcopy(row._tr)  # noqa: SLF001 - the same
        return row

    def _cell(self, cell: Any, pieces: Cell, font: str, *, centred: bool) -> None:  # noqa: ANN401 - the same
        paragraph = cell.paragraphs[0]
        paragraph._p.insert(0, deepcopy(_cell_form(centred=centred)))  # noqa: SLF001 - python-docx copies no forms
        self._pieces(paragraph, pieces, font, 11)

    def _pieces(self, paragraph: Any, pieces: Cell, font: str, size: float) -> None:  # noqa: ANN401 - the same
        for piece in pieces:
            if piece == NEW_LINE:
                paragraph.add_run().add_break()
                continue
            if isinstance(piece, Strip):
                continue
            run = _write(paragraph, piece if isinstance(piece, str) else piece.words, font, size)
            if isinstance(piece, Number):
                _linked(paragraph, run, piece.receipt.opens)

    def _anchor(self, paragraph: Any, name: str) -> None:  # noqa: ANN401 - the same
        self._anchors += 1
        for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(kind)
            mark.set(qn("w:id"), str(self._anchors))
            if kind == "w:bookmarkStart":
                mark.set(qn("w:name"), _bookmark(name))
            paragraph._p.append(mark)  # noqa: SLF001 - python-docx knows no bookmarks


def _linked(paragraph: Any, run: Any, anchor: str) -> None:  # noqa: ANN401 - the same
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _bookmark(anchor))
    paragraph._p.append(link)  # noqa: SLF001 - python-docx makes no links inside a file
    link.append(run._element)  # noqa: SLF001 - the same


def _bookmark(name: str) -> str:
    """Return a name that Word takes for a bookmark: letters, figures and low lines."""
    return "r_" + "".join(letter if letter.isalnum() else "_" for letter in name)[:36]


def _flag(row: Any, name: str) -> None:  # noqa: ANN401 - the same
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - python-docx does not set it


def _draw(cell: Any, strip: Strip, room: float) -> None:  # noqa: ANN401 - the same
    """Draw a bar of a share of so many millimetres: a shaded paragraph with the rest of the room to its right."""
    if not strip.share:
        return
    paragraph, colour = cell.paragraphs[0], BAR if strip.reached else SHORT_BAR
    right = Mm(room * (1 - min(strip.share, 0.999)))
    form = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx knows no shading
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour.removeprefix("#"))):
        shade.set(qn(f"w:{key}"), value)
    form.insert_element_before(shade, "w:spacing", "w:ind", "w:jc", "w:rPr")
    bar = paragraph.paragraph_format
    bar.right_indent, bar.space_before, bar.space_after = right, Pt(3), Pt(3)
    bar.line_spacing_rule, bar.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(13)
    _write(paragraph, "\u3000", _BODY, 11)


def _write(paragraph: Any, words: str, font: str, size: float) -> Any:  # noqa: ANN401 - the same
    kept = "".join(letter for letter in words if letter >= " " and letter not in "\ufffe\uffff")
    run = paragraph.add_run(kept if len(kept) <= LONGEST else kept[:LONGEST] + "……")
    run._element.insert(0, deepcopy(_look(font, size)))  # noqa: SLF001 - python-docx copies no looks
    return run


@cache
def _look(font: str, size: float) -> Any:  # noqa: ANN401 - the same
    """Return the properties of a run."""
    run: Any = Document().add_paragraph().add_run()
    run.font.name, run.font.size = font, Pt(size)
    found = run._element.rPr  # noqa: SLF001 - python-docx sets no East Asian font
    found.rFonts.set(qn("w:eastAsia"), font)
    return found


@cache
def _cell_form(*, centred: bool) -> Any:  # noqa: ANN401 - the same
    """Return the properties of a paragraph in a cell."""
    paragraph = Document().add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    paragraph.paragraph_format.line_spacing = _TABLE_LINE
    return paragraph._p.pPr  # noqa: SLF001 - the same
