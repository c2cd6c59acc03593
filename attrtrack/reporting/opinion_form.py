"""《拟发文件属性管理意见表》: what system, drafter, reviewers and signatory said of one document, on one sheet of A4.

Fields after the forms in use (发文处理笺, 公开审查单) and the duty to propose, review and sign in that order (先审查、后公开).
Where nobody has said anything yet the lines are empty, to be filled by hand. Fonts and margins are those of GB/T 9704—2012.
"""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from attrtrack.reporting.plain_word import without_traces

if TYPE_CHECKING:
    from docx.document import Document as Sheet

TITLE = "拟发文件属性管理意见表"
_TITLE_FONT, _LABEL_FONT, _BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
_LABEL, _VALUE = Pt(12), Pt(12)
_WIDTHS = (26, 57, 24, 49)
_SIGN = "签名：　　　　　　　　　　　　　年　　月　　日"
_LONGEST = 600
_CUT = "……（过长，未全部列出）"


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the people concerned said: lines of words, then who and when (None: nobody yet, a line to sign)."""

    lines: tuple[str, ...]
    by: str | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class OpinionForm:
    """The contents of the form; facts that the register does not hold are None and stay empty."""

    id: str
    title: str | None
    number: str | None
    genre: str | None
    department: str | None
    drafter: str | None
    urgency: str | None
    addressee: str | None
    date: str | None
    unit: str | None
    proposed: tuple[str, ...]
    declared: Said
    secrecy: Said
    office: Said
    signatory: Said
    others: tuple[str, ...]
    versions: str


def opinion_form(form: OpinionForm, *, today: dt.date) -> bytes:
    """Return the form as docx; `today` dates the file, so that the same register gives the same bytes on the same day."""
    sheet = Document()
    _set_up(sheet, form, today)
    _heading(sheet, form)
    table = sheet.add_table(rows=0, cols=len(_WIDTHS))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    _facts(table, form)
    _opinions(table, form)
    _foot(sheet, form)
    file = io.BytesIO()
    sheet.save(file)
    return without_traces(file.getvalue())


def _set_up(sheet: "Sheet", form: OpinionForm, today: dt.date) -> None:
    section = sheet.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(30), Mm(24)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(15)
    style = sheet.styles["Normal"]
    style.font.name, style.font.size = _BODY_FONT, _VALUE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY_FONT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.line_spacing = 1.15
    facts = sheet.core_properties
    moment = dt.datetime(today.year, today.month, today.day, tzinfo=dt.UTC)
    facts.title, facts.author, facts.comments = f"{TITLE}（{form.id}）", "", ""
    facts.created = facts.modified = moment
    facts.last_modified_by, facts.revision = "", 1


def _heading(sheet: "Sheet", form: OpinionForm) -> None:
    heading = sheet.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.space_after = Pt(8)
    _write(heading, TITLE, _TITLE_FONT, Pt(20))
    below = sheet.add_paragraph()
    below.paragraph_format.space_after = Pt(3)
    below.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_ALIGN_PARAGRAPH.RIGHT)
    _write(below, f"单位：{_clean(form.unit) or '　　　　　　　　　　'}\t登记编号：{form.id}", _BODY_FONT, _VALUE)


def _facts(table: Any, form: OpinionForm) -> None:  # noqa: ANN401 - python-docx has no types
    _row(table, ("文件标题", form.title), height=14)
    _row(table, ("发文字号", form.number), ("文　种", form.genre))
    _row(table, ("主办部门", form.department), ("拟 稿 人", form.drafter))
    _row(table, ("联系电话", None), ("办理等级", form.urgency))
    _row(table, ("主送机关", form.addressee), ("成文日期", form.date))


def _opinions(table: Any, form: OpinionForm) -> None:  # noqa: ANN401 - the same
    _said_row(table, "系统建议\n（供参考）", Said(form.proposed, "系统"), signed=False)
    _said_row(table, "主办部门\n认定意见", form.declared)
    _said_row(table, "保密审查\n意　　见", form.secrecy)
    _said_row(table, "办公室\n审核意见", form.office)
    _said_row(table, "签 发 人\n审定意见", form.signatory)
    if form.others:
        _said_row(table, "备　　注", Said(form.others, "系统"), signed=False)


def _row(table: Any, *pairs: tuple[str, str | None], height: int = 11) -> None:  # noqa: ANN401 - the same
    """Add a row of labels with their values; a single pair takes the whole row."""
    cells = _new_row(table, height)
    if len(pairs) == 1:
        cells = [cells[0], cells[1].merge(cells[-1])]
    for place, (label, value) in enumerate(pairs):
        _label(cells[2 * place], label)
        _write(cells[2 * place + 1].paragraphs[0], _clean(value), _BODY_FONT, _VALUE)


def _said_row(table: Any, label: str, said: Said, *, signed: bool = True) -> None:  # noqa: ANN401 - the same
    cells = _new_row(table, 30 if signed else 18)
    _label(cells[0], label)
    cell = cells[1].merge(cells[-1])
    lines = [_clean(line) for line in said.lines] or [""]
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _write(paragraph, line, _BODY_FONT, _VALUE)
    if signed:
        signature = cell.add_paragraph()
        signature.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        signature.paragraph_format.space_before = Pt(6)
        _write(signature, _signature(said), _BODY_FONT, _VALUE)


def _signature(said: Said) -> str:
    if said.by is None:
        return _SIGN
    return f"{_clean(said.by)}　　{said.at.year}年{said.at.month}月{said.at.day}日" if said.at else _clean(said.by)


def _new_row(table: Any, height: int) -> Sequence[Any]:  # noqa: ANN401 - the same
    row = table.add_row()
    row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    row.height = Mm(height)
    for cell, width in zip(row.cells, _WIDTHS, strict=True):
        cell.width = Mm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    cells: Sequence[Any] = row.cells
    return cells


def _label(cell: Any, words: str) -> None:  # noqa: ANN401 - the same
    for number, line in enumerate(words.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(paragraph, line, _LABEL_FONT, _LABEL)


def _foot(sheet: "Sheet", form: OpinionForm) -> None:
    foot = sheet.sections[0].footer.paragraphs[0]
    _write(foot, f"登记编号 {form.id}　{_clean(form.versions)}　本表按登记生成，以登记和签名为准。", _BODY_FONT, Pt(9))


def _write(paragraph: Any, words: str, font: str, size: Any) -> None:  # noqa: ANN401 - the same
    run = paragraph.add_run(words)
    run.font.name, run.font.size = font, size
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)  # noqa: SLF001 - python-docx sets no East Asian font


def _clean(words: str | None) -> str:
    """Return words as a cell can hold them: without what XML forbids, and not without end."""
    kept = "".join(letter for letter in words or "" if letter >= " " and letter not in "\ufffe\uffff")
    return kept if len(kept) <= _LONGEST else kept[:_LONGEST] + _CUT
