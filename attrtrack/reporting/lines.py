"""The lines of the year's list: documents grouped by genre and number series, one line an interpretation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.genres import Genre
from attrtrack.domain.numbers import parse
from attrtrack.domain.register import ListedInterpretation, YearListRow
from attrtrack.reporting.addresses import fault_of
from attrtrack.rules import Rules

STATED_NON_TEXT = "non-text"
"""The form of an interpretation whose ledger said no more than that it is other than plain text."""

_GENRES = {genre.value: index for index, genre in enumerate(Genre)}
_NO_GENRE, _NO_NUMBER, _IRREGULAR = "文种不明", "无文号", "文号不规范"
_LAST = "\U0010ffff"


class Column(StrEnum):
    """The columns that attachment 4 item 5 of the 2020 plan asks for, in its order."""

    SERIAL = "序号"
    TITLE = "公文全称"
    NUMBER = "文号"
    ATTRIBUTE = "公开属性"
    DEPARTMENT = "牵头起草部门"
    DOCUMENT_URL = "主动公开公文链接"
    INTERPRETATION_URL = "解读文件链接"
    NON_TEXT = "是否为非纯文字解读"


COLUMNS = tuple(Column)
LINKED = frozenset({Column.DOCUMENT_URL, Column.INTERPRETATION_URL})


@dataclass(frozen=True, slots=True)
class Heading:
    """A group heading; level 1 is a genre (文种), level 2 a number series (发文字号) inside it."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet: cells in order of `COLUMNS`, which are missing, whether the document is repeated, and which it is."""

    cells: tuple[str | None, ...]
    missing: frozenset[Column]
    repeated: bool
    row: YearListRow


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell that is missing, or holds an `address` that cannot be opened: whose, which, and what to do about it."""

    serial: int
    row: YearListRow
    column: Column
    advice: str
    address: str | None = None


_ADVICE = {
    Column.TITLE: "请补填公文全称",
    Column.NUMBER: "请补填文号；确无文号的请说明",
    Column.ATTRIBUTE: "请由起草部门认定公开属性，未认定的不得按主动公开统计",
    Column.DEPARTMENT: "请补填牵头起草部门（谁起草、谁解读）",
    Column.DOCUMENT_URL: "主动公开的公文应有公开链接：请发布后补填",
    Column.INTERPRETATION_URL: "没有登记解读链接：需要解读的请补作解读，不需要的请核对",
    Column.NON_TEXT: "已有解读链接，但看不出解读形式：请核对后补填",
}


def series_of(number: str | None) -> str:
    """Return the issuer's code of a document number, or the words that there is none or that it is irregular."""
    if number is None:
        return _NO_NUMBER
    read = parse(number)
    return _IRREGULAR if read is None else read.issuer_code or "令"


def _order(row: YearListRow) -> tuple[object, ...]:
    read = parse(row.number) if row.number else None
    series = series_of(row.number)
    named = series if read else _LAST + series
    place = (read.year or 0, read.serial) if read else (0, 0)
    return (_GENRES.get(row.genre or "", len(_GENRES)), row.genre or _LAST, named, place, row.title or _LAST, row.id)


def grouped(rows: Iterable[YearListRow]) -> Iterator[tuple[tuple[str, str], list[YearListRow]]]:
    """Yield (genre, series) with its documents, genres in the statutory order, numbers ascending."""
    group: list[YearListRow] = []
    key: tuple[str, str] | None = None
    for row in sorted(rows, key=_order):
        this = (row.genre or _NO_GENRE, series_of(row.number))
        if key is not None and this != key:
            yield key, group
            group = []
        key = this
        group.append(row)
    if key is not None:
        yield key, group


def lines(rows: Sequence[YearListRow], rules: Rules) -> Iterator[Heading | Line]:
    """Yield headings with counts and the lines below; the serial number counts documents through the whole list."""
    counts: dict[str, int] = {}
    for row in rows:
        genre = row.genre or _NO_GENRE
        counts[genre] = counts.get(genre, 0) + 1
    serial, shown = 0, None
    for (genre, series), group in grouped(rows):
        if genre != shown:
            yield Heading(1, f"{genre}（{counts[genre]}份）")
            shown = genre
        yield Heading(2, f"{series}（{len(group)}份）")
        for row in group:
            serial += 1
            yield from _document_lines(serial, row, rules)


def _document_lines(serial: int, row: YearListRow, rules: Rules) -> Iterator[Line]:
    for index, interpretation in enumerate(row.interpretations or (None,)):
        cells = (
            str(serial),
            row.title,
            row.number,
            row.attribute.chinese if row.attribute else None,
            row.drafting_department,
            row.document_url,
            interpretation.url if interpretation else None,
            non_text(interpretation, rules) if interpretation else None,
        )
        yield Line(cells, frozenset(_missing(row, cells)), index > 0, row)


def _missing(row: YearListRow, cells: Sequence[str | None]) -> Iterator[Column]:
    """Yield the empty cells that should hold something; a document that is not proactive needs no address."""
    stated = dict(zip(COLUMNS, cells, strict=True))
    needed = [Column.TITLE, Column.NUMBER, Column.ATTRIBUTE, Column.DEPARTMENT]
    if row.attribute is DisclosureAttribute.PROACTIVE:
        needed += [Column.DOCUMENT_URL, Column.INTERPRETATION_URL]
    if row.interpretations:
        needed.append(Column.NON_TEXT)
    yield from (column for column in needed if not stated[column])


def non_text(interpretation: ListedInterpretation, rules: Rules) -> str | None:
    """Say whether an interpretation is other than plain text and by which forms; None when no form is known."""
    rows = [row for row in rules.forms if row.code in interpretation.forms]
    names = [row.name for row in rows if row.code in rules.diversified_forms and row.code != STATED_NON_TEXT]
    if names:
        return f"是（{'、'.join(names)}）"
    if STATED_NON_TEXT in interpretation.forms:
        return "是"
    return "否" if rows else None


def gaps(listed: Iterable[Heading | Line]) -> Iterator[Gap]:
    """Yield every missing cell; what a document lacks as a whole is told once."""
    for line in listed:
        if isinstance(line, Heading):
            continue
        for column in COLUMNS:
            of_document = column not in {Column.INTERPRETATION_URL, Column.NON_TEXT}
            if column in line.missing and not (line.repeated and of_document):
                yield Gap(int(line.cells[0] or 0), line.row, column, _ADVICE[column])


def closed_addresses(listed: Iterable[Heading | Line]) -> Iterator[Gap]:
    """Yield every address of the list that cannot be opened from outside, that of a document once."""
    for line in listed:
        if isinstance(line, Heading):
            continue
        for column, text in zip(COLUMNS, line.cells, strict=True):
            seen = column is Column.DOCUMENT_URL and line.repeated
            fault = fault_of(text) if column in LINKED and text and not seen else None
            if fault is not None:
                yield Gap(int(line.cells[0] or 0), line.row, column, fault, text)
