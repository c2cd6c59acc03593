"""The audit's list for people: a workbook that can be filtered, and the same columns as csv."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from attrtrack.domain.audits import AuditSummary, SameReason, Suspicion
from attrtrack.reporting.cells import Formats, harmless, height_of, put
from attrtrack.rules import Rules

AUDIT_COLUMNS = (
    ("序号", 6), ("文件名称", 42), ("文号", 20), ("文种", 8), ("单位", 18), ("认定属性", 11), ("认定理由", 22),
    ("建议属性", 11), ("建议理由", 26), ("存疑程度", 10), ("依据原句", 60), ("说明", 36),
)  # fmt: skip
MAX_ROWS = 1_000_000
_SCORE = 9
_HEADER_ROW = 2
_QUOTES, _QUOTE = 2, 200
_NAMED, _REASON = 3, 30
_WIDTHS = tuple(width for _, width in AUDIT_COLUMNS[1:])


def audit_workbook(suspicions: Sequence[Suspicion], summary: AuditSummary, *, rules: Rules, today: dt.date) -> bytes:
    """Return the ranking as xlsx, flagged rows coloured, a sentence of figures above the table; texts stay texts."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": "公开属性存疑清单", "created": dt.datetime(today.year, today.month, today.day, tzinfo=dt.UTC)}
    )
    formats = Formats.of(book)
    sheet = _new_sheet(book, formats, summary_line(summary))
    percent = book.add_format({"num_format": "0%", "border": 1, "border_color": "#9AA0A6", "align": "center"})
    for serial, item in enumerate(suspicions[:MAX_ROWS], start=1):
        cells = audit_cells(item, rules)
        row = _HEADER_ROW + serial
        sheet.set_row(row, height_of(zip(cells, _WIDTHS, strict=True)))
        sheet.write_number(row, 0, serial, formats.serial)
        for column, text in enumerate(cells, start=1):
            if column == _SCORE:
                sheet.write_number(row, column, round(item.score, 4), percent)
            else:
                style = formats.missing if item.flagged and column in {5, 7} else formats.text
                put(sheet, (row, column), text, style=style, link=None)
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + min(len(suspicions), MAX_ROWS), len(AUDIT_COLUMNS) - 1)
    book.close()
    return file.getvalue()


def audit_csv(suspicions: Iterable[Suspicion], *, rules: Rules) -> Iterator[str]:
    """Yield the lines of the csv; a text that a spreadsheet would run as a formula is led by an apostrophe."""
    yield _line([name for name, _ in AUDIT_COLUMNS])
    for serial, item in enumerate(suspicions, start=1):
        yield _line([str(serial), *map(harmless, audit_cells(item, rules))])


def audit_cells(item: Suspicion, rules: Rules) -> tuple[str, ...]:
    """Return the cells of one row in order of the columns, the serial number left out."""
    row, reason = item.row, rules.reason(item.reason or "")
    stated = rules.reason(row.declared_reason or "")
    return (
        row.title or "",
        row.number or "",
        row.genre or "",
        row.unit or "",
        item.declared.chinese,
        f"{stated.code} {stated.name}" if stated else row.declared_reason or "",
        item.proposed.chinese if item.proposed else "没有意见",
        f"{reason.code} {reason.name}" if reason else "",
        f"{item.score:.0%}",
        "\n".join(" ".join(quote.quote.split())[:_QUOTE] for quote in item.evidence[:_QUOTES]),
        "；".join(_remarks(item)),
    )


def summary_line(summary: AuditSummary) -> str:
    """Return the sentence of figures: audited, flagged, letters of reply that should be public, the unit with most."""
    parts = [
        f"审查 {summary.audited} 份，存疑 {summary.flagged} 份",
        f"其中认定为不予公开、建议主动公开的函复 {summary.hidden_letters} 份",
    ]
    if summary.by_unit:
        unit, audited, flagged = summary.by_unit[0]
        parts.append(f"存疑最多的单位：{unit}（{audited} 份中 {flagged} 份）")
    if summary.not_audited:
        parts.append(f"未认定属性、未审查 {summary.not_audited} 份")
    if summary.by_title:
        parts.append(f"只有标题、按标题判断 {summary.by_title} 份")
    return "；".join(parts) + "。" + "".join(_warnings(summary))


def _warnings(summary: AuditSummary) -> Iterator[str]:
    if summary.same_reasons:
        named = "；".join(map(_same_reason, summary.same_reasons[:_NAMED]))
        more = f"；等 {len(summary.same_reasons)} 处" if len(summary.same_reasons) > _NAMED else ""
        yield f"同一理由用得过多，疑为兜底：{named}{more}。"
    if summary.taught_by_office:
        yield (
            "注意：现用模型学过本单位登记中的决定，对照同一批文件审查时会偏向当时的认定，存疑可能偏少；"
            "可用 ATTRTRACK_MODELS_DIR 指定原装模型再查一遍。"
        )


def _same_reason(item: SameReason) -> str:
    unit = f"{item.unit} " if item.unit else ""
    reason = " ".join(item.reason.split())[:_REASON]
    return f"{unit}{item.rows} 份中 {item.count} 份用“{reason}”认定为{item.declared.chinese}"


def _remarks(item: Suspicion) -> Iterator[str]:
    if item.flagged:
        yield "存疑，请复核"
    if item.row.letter_of_reply:
        yield "函复"
    if item.doubt:
        yield item.doubt.rstrip("。")
    if item.catch_all:
        yield "认定理由与本单位多份文件雷同"
    if item.row.row is not None:
        yield f"台账第 {item.row.row} 行"


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _new_sheet(book: Workbook, formats: Formats, summary: str) -> Worksheet:
    sheet = book.add_worksheet("存疑清单")
    last = len(AUDIT_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, "", formats.title)
    sheet.write_string(0, 0, "公开属性存疑清单（存疑函复在前）", formats.title)
    sheet.merge_range(1, 0, 1, last, "", formats.summary)
    sheet.write_string(1, 0, summary, formats.summary)
    for index, (name, width) in enumerate(AUDIT_COLUMNS):
        sheet.set_column(index, index, width)
        sheet.write_string(_HEADER_ROW, index, name, formats.header)
    sheet.set_row(0, 32)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    return sheet
