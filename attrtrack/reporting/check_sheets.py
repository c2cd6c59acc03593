"""The sheets beside the year's list that say what is wrong with it: missing cells, closed addresses, who has handed in.

No heading here is one that a ledger knows, so that importing the workbook does not take these sheets for documents.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from attrtrack.domain.register import YearListRow
from attrtrack.reporting.addresses import NOT_ASKED
from attrtrack.reporting.cells import Formats, height_of, put
from attrtrack.reporting.lines import Column, Gap
from attrtrack.rules import Rules

MAX_ROWS = 1_000_000
_GAPS = (("序号", 6), ("哪份公文", 60), ("它的文号", 22), ("缺少的栏目", 20), ("怎么办", 60), ("哪个单位", 22))
_CLOSED = (
    ("序号", 6), ("哪份公文", 46), ("它的文号", 20), ("哪个单位", 18), ("哪一栏", 18), ("打不开的地址", 46), ("为什么", 46),
)  # fmt: skip
_HANDED_IN = (
    ("序号", 6), ("哪个单位", 30), ("类别", 6), ("是否已报", 10), ("公文份数", 9), ("缺项处数", 9), ("缺哪些栏目", 60), ("考核", 26),
)  # fmt: skip
_ZERO = "未报资料记0分"
_NOTE = "“未报”指登记中没有这个单位本年度的公文；是否记0分由考核人员按细则决定。"

_Cell = str | int | None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a unit has handed in for a year: its documents, and how many cells of each column it left empty.

    `category` is the class of the table of units (A, B), None for a unit that the table does not name.
    """

    unit: str
    category: str | None
    documents: int
    missing: tuple[tuple[Column, int], ...]

    @property
    def is_zero(self) -> bool:
        """Whether nothing is there, for which a scheme gives no points."""
        return self.documents == 0


def handed_in(rows: Iterable[YearListRow], missing: Iterable[Gap], rules: Rules) -> Iterator[HandedIn]:
    """Yield every unit of the table of units in its order, then every other unit that has documents, then what has no unit."""
    names = {name: unit.name for unit in rules.units for name in (unit.code, *unit.aliases, unit.name)}
    documents = Counter(names.get(row.unit or "", row.unit) for row in rows)
    empty: dict[str | None, Counter[Column]] = {}
    for gap in missing:
        empty.setdefault(names.get(gap.row.unit or "", gap.row.unit), Counter())[gap.column] += 1
    categories = {unit.name: unit.category for unit in rules.units}
    others = sorted((unit for unit in documents if unit not in categories), key=lambda unit: (unit is None, unit or ""))
    for unit in (*categories, *others):
        lacking = empty.get(unit, Counter())
        counts = tuple((column, lacking[column]) for column in Column if lacking[column])
        yield HandedIn(unit or "（没有写明单位）", categories.get(unit or ""), documents[unit], counts)


def write_gaps(book: Workbook, formats: Formats, title: str, *, missing: Sequence[Gap]) -> None:
    """Add the sheet of every missing cell."""
    rows = (
        (gap.serial, gap.row.title, gap.row.number, gap.column.value, gap.advice, gap.row.unit or "") for gap in missing
    )
    _write(book, formats, ("缺项", f"{title}：缺项 {len(missing)} 处"), columns=_GAPS, rows=rows)


def write_closed(book: Workbook, formats: Formats, title: str, *, closed: Sequence[Gap]) -> None:
    """Add the sheet of the addresses that cannot be opened from outside, with the word that none was asked."""
    rows = (
        (gap.serial, gap.row.title, gap.row.number, gap.row.unit or "", gap.column.value, gap.address, gap.advice)
        for gap in closed
    )
    told = f"{title}：内部网络或不成网址的地址 {len(closed)} 处。{NOT_ASKED}"
    _write(book, formats, ("链接核对", told), columns=_CLOSED, rows=rows)


def write_handed_in(book: Workbook, formats: Formats, title: str, *, units: Sequence[HandedIn]) -> None:
    """Add the sheet of all units: who has handed in, which cells they left empty, who would get nothing."""
    rows = (
        (
            place, one.unit, one.category or "", "未报" if one.is_zero else "已报", one.documents, sum(n for _, n in one.missing),
            "、".join(f"{column.value} {n}" for column, n in one.missing) or ("" if one.is_zero else "没有缺项"),
            _ZERO if one.is_zero else "",
        )
        for place, one in enumerate(units, start=1)
    )  # fmt: skip
    missing = sum(one.is_zero for one in units)
    told = f"{title}：{len(units)} 个单位，已报 {len(units) - missing} 个，未报 {missing} 个。{_NOTE}"
    _write(book, formats, ("报送情况", told), columns=_HANDED_IN, rows=rows)


def _write(
    book: Workbook,
    formats: Formats,
    named: tuple[str, str],
    *,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[_Cell]],
) -> None:
    sheet = book.add_worksheet(named[0])
    sheet.set_row(0, height_of([(named[1], sum(width for _, width in columns))]) + 12)
    sheet.merge_range(0, 0, 0, len(columns) - 1, "", formats.note)
    sheet.write_string(0, 0, named[1], formats.note)
    for index, (name, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        sheet.write_string(1, index, name, formats.header)
    for number, cells in zip(range(2, MAX_ROWS), rows, strict=False):
        _write_row(sheet, formats, number, cells=cells, columns=columns)
    set_up_page(sheet, header_row=1)


def _write_row(
    sheet: Worksheet, formats: Formats, number: int, *, cells: Sequence[_Cell], columns: Sequence[tuple[str, int]]
) -> None:
    widths = zip(cells, (width for _, width in columns), strict=True)
    sheet.set_row(number, height_of((cell, width) for cell, width in widths if isinstance(cell, str)))
    for index, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(number, index, cell, formats.serial)
        elif cell is None:
            sheet.write_blank(number, index, None, formats.missing)
        else:
            put(sheet, (number, index), cell, style=formats.text, link=None)


def set_up_page(sheet: Worksheet, *, header_row: int) -> None:
    """Print on A4 landscape, one page wide, the header on every page and frozen."""
    sheet.freeze_panes(header_row + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header_row)
    sheet.set_footer("&C第 &P 页，共 &N 页")
