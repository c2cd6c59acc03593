"""The catalogues of a year by attribute (art. 12: 索引、名称、内容概述、生成日期), as a workbook or a page over the same rows.

What may be told of a document that is withheld: never a sentence of it; its name only where article 16 leaves the choice to the
organ and the office's switch lists the reason, for the names of documents kept back under articles 14 and 15, of personnel
matters and of case files are themselves what must not be told. A name that shows personal data is told of proactive ones only.
"""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import xlsxwriter

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.register import DeclaredDocument
from attrtrack.reporting.cells import Formats, height_of, put
from attrtrack.reporting.check_sheets import set_up_page
from attrtrack.rules import Rules
from attrtrack.rules.reasons import resolve_reason

TITLES_TOLD = "catalogue_titles_told"
"""The switch that lists the reasons under which the name of a withheld document may stand in its catalogue."""
_MAY = "may"
_COLUMNS = (("索引号", 12), ("名称", 56), ("内容概述", 64), ("生成日期", 14))
_GROUND = ("依据", 34)
_HIDDEN = "（名称依法不列）"
_PERSONAL = "（名称含个人信息，不列）"
_NOTES = {
    DisclosureAttribute.PROACTIVE: "内容概述是公文原文中的一句，含个人信息的句子不引，没有正文的空着。",
    DisclosureAttribute.ON_REQUEST: "内容概述是公文原文中说明为何、为什么事制发的一句，没有这样一句或者没有正文的空着；正文依申请提供。",
    DisclosureAttribute.WITHHELD: "不列内容；名称只在条例第十六条“可以不予公开”且名称本身不涉及个人、案件时列出，其余只列索引号、日期和依据。",
}
_INDEX = "索引号为登记编号，本机关另有索引编号规则的请替换。"


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One document of a catalogue; `ground` is the clause under which it is not proactively public, None where nobody gave one."""

    index: str
    name: str | None
    summary: str | None
    date: str | None
    ground: str | None

    @property
    def cells(self) -> tuple[str | None, ...]:
        """What stands in the columns."""
        return self.index, self.name, self.summary, self.date, self.ground


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The documents of one attribute in a year, in order of the date made."""

    attribute: DisclosureAttribute
    year: int
    unit: str | None
    rows: tuple[CatalogueRow, ...]

    @property
    def title(self) -> str:
        """What stands above it."""
        return f"{self.unit or '全部单位'}{self.year}年度{self.attribute.chinese}公文目录"

    @property
    def note(self) -> str:
        """What a reader must know of it."""
        return f"共 {len(self.rows)} 份。{_NOTES[self.attribute]}{_INDEX}"

    @property
    def columns(self) -> tuple[tuple[str, int], ...]:
        """The columns with their widths; the ground stands beside those that are not proactive."""
        return _COLUMNS if self.attribute is DisclosureAttribute.PROACTIVE else (*_COLUMNS, _GROUND)


def catalogue_row(found: DeclaredDocument, summary: str | None, *, rules: Rules) -> CatalogueRow:
    """Return what may be told of a document in the catalogue of its attribute; `summary` is a sentence of its text."""
    document, withheld = found.document, found.attribute is DisclosureAttribute.WITHHELD
    reason = rules.reason(resolve_reason(found.reason, rules).code or "") if found.reason else None
    name = document.title
    if withheld and (reason is None or reason.force != _MAY or reason.code not in rules.switch(TITLES_TOLD)):
        name = _HIDDEN
    elif found.attribute is not DisclosureAttribute.PROACTIVE and _is_personal(found):
        name = _PERSONAL
    return CatalogueRow(
        index=found.id,
        name=name,
        summary=None if withheld else summary,
        date=document.date.isoformat() if document.date else None,
        ground=f"{'、'.join(map(str, reason.references))}：{reason.name}" if reason else None,
    )


def _is_personal(found: DeclaredDocument) -> bool:
    """Whether the name of a document holds what looks like personal data."""
    document = found.document
    values = [document.text[item.span.start : item.span.end] for item in document.personal_data]
    return any(value in (document.title or "") for value in values)


def catalogue_workbook(catalogue: Catalogue) -> bytes:
    """Return the catalogue as xlsx."""
    file, columns = io.BytesIO(), catalogue.columns
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": catalogue.title, "created": dt.datetime(catalogue.year, 12, 31, tzinfo=dt.UTC)})
        formats, sheet = Formats.of(book), book.add_worksheet("目录")
        width = sum(wide for _, wide in columns)
        for row, (text, look) in enumerate(((catalogue.title, formats.title), (catalogue.note, formats.note))):
            sheet.set_row(row, 32 if row == 0 else height_of([(text, width)]) + 8)
            sheet.merge_range(row, 0, row, len(columns) - 1, "", look)
            sheet.write_string(row, 0, text, look)
        for column, (name, wide) in enumerate(columns):
            sheet.set_column(column, column, wide)
            sheet.write_string(2, column, name, formats.header)
        for number, listed in enumerate(catalogue.rows, start=3):
            cells = listed.cells[: len(columns)]
            sheet.set_row(number, height_of(zip(cells, (wide for _, wide in columns), strict=True)))
            for column, cell in enumerate(cells):
                if cell:
                    put(sheet, (number, column), cell, style=formats.text, link=None)
                else:
                    sheet.write_blank(number, column, None, formats.text)
        set_up_page(sheet, header_row=2)
    return file.getvalue()


_STYLE = """
body{font-family:"FangSong","仿宋","STFangsong",serif;margin:2em auto;max-width:70em;padding:0 1em;color:#202124;background:#fff}
h1{font-family:"SimSun","宋体",serif;font-size:1.4em;text-align:center}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #9aa0a6;padding:.4em .6em;text-align:left;vertical-align:top}
th{background:#e8eaed;font-family:"SimSun","宋体",serif}
td:nth-child(1),td:nth-child(4){white-space:nowrap}
@media print{body{margin:0;max-width:none}thead{display:table-header-group}tr{break-inside:avoid}}
""".strip()


def catalogue_page(catalogue: Catalogue) -> bytes:
    """Return the catalogue as a page that needs nothing else: no script, no address outside."""
    columns: Sequence[tuple[str, int]] = catalogue.columns
    heads = "".join(f'<th scope="col">{name}</th>' for name, _ in columns)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell or '')}</td>" for cell in row.cells[: len(columns)]) + "</tr>"
        for row in catalogue.rows
    )
    title, note = escape(catalogue.title), escape(catalogue.note)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{note}</p>\n"
        f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</body>\n</html>\n"
    ).encode()
