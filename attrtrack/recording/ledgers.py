"""Ledgers understood: each row a document with what the ledger states of it, bad rows told by their number."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document, Element
from attrtrack.domain.findings import Finding
from attrtrack.domain.genres import Genre
from attrtrack.domain.ledgers import Ledger, LedgerEntry, LedgerError, LedgerInterpretation, Table, TableRow
from attrtrack.domain.marks import Place
from attrtrack.domain.numbers import NumberReading, normalise
from attrtrack.errors import BadRowError, ClassifiedMaterialError
from attrtrack.recording.cells import Row, states_secrecy, strip_labels
from attrtrack.recording.consistency import compared, row_findings
from attrtrack.recording.genres import carried_title, genre_of
from attrtrack.recording.headers import Header, field_names, find_header, parted
from attrtrack.recording.ledger_interpretations import interpretations_of
from attrtrack.recording.lines import bare
from attrtrack.recording.secrecy import secrecy_sign, sign_in
from attrtrack.recording.titles import clean_title
from attrtrack.rules.tables import Rules

_FOOTER = re.compile(
    r"^(?:合\s*计|总\s*计|小\s*计)(?:$|[：:（(])|^(?:填表人|填报人|审核人|制表人|联系人|联系电话|备注|注|说明)\s*[：:]"
)


@dataclass(frozen=True, slots=True)
class OpenLedger:
    """A ledger whose columns are known, of `size` lines; its rows are understood once, as they are asked for.

    A row that cannot be used is a `LedgerError` in its place. `again` understands the entry of one row anew, by its number and
    not compared with other rows.
    """

    name: str
    sheet: str
    columns: dict[str, str]
    unknown_headers: tuple[str, ...]
    rows: Iterator[LedgerEntry | LedgerError]
    size: int
    again: Callable[[int], LedgerEntry] | None = None

    def read(self) -> Ledger:
        """Read all rows that are left."""
        rows = tuple(self.rows)
        entries = tuple(row for row in rows if isinstance(row, LedgerEntry))
        errors = tuple(row for row in rows if isinstance(row, LedgerError))
        return Ledger(self.name, self.sheet, self.columns, self.unknown_headers, entries, errors)


def recognise(table: Table, rules: Rules) -> Ledger:
    """Recognise the columns of a ledger and read its rows; refuses as `open_ledger` does."""
    return open_ledger(table, rules).read()


def open_ledger(table: Table, rules: Rules) -> OpenLedger:
    """Recognise the columns of a ledger and go on to its rows.

    Raises `BadRowError` when no column holds titles or numbers, `ClassifiedMaterialError` when the table's head bears a
    sign of secrecy.
    """
    parts = [(part, _header(part, rules)) for part in parted(table, rules)]
    headers = [header for _, header in parts]
    columns = {header.names[column]: name for header in headers for column, name in header.fields.items()}
    unknown = dict.fromkeys(name for header in headers for name in header.unknown)
    rows = compared(chain.from_iterable(_rows(part, header, rules) for part, header in parts), rules)
    return OpenLedger(
        table.name, table.sheet, columns, tuple(unknown), rows, len(table.rows), _Again(parts, rules).entry
    )


class _Again:
    """The rows of a sheet by their numbers, found when one of them is first asked for, so that it can be read anew."""

    def __init__(self, parts: Sequence[tuple[Table, Header]], rules: Rules) -> None:
        self._parts, self._rules = parts, rules
        self._fields = field_names(rules)
        self._found: dict[int, tuple[TableRow, Header]] = {}

    def entry(self, number: int) -> LedgerEntry:
        """Understand the row of this number, which an entry was made of before."""
        if not self._found:
            self._found = {row.number: (row, header) for part, header in self._parts for row in part.rows}
        row, header = self._found[number]
        entry = _understood(row, header, fields=self._fields, names=_names(header), rules=self._rules)
        assert isinstance(entry, LedgerEntry)  # noqa: S101 - asked by the caller
        return entry


def _names(header: Header) -> dict[str, str]:
    return {name: header.names[column] for column, name in header.fields.items()}


def _rows(table: Table, header: Header, rules: Rules) -> Iterator[LedgerEntry | LedgerError]:
    """Understand the rows of one table of a sheet; its entries are not yet compared with one another."""
    fields, names = field_names(rules), _names(header)
    printed = {above.cells for above in table.rows[: header.rows_from]}
    for row in table.rows[header.rows_from :]:
        if row.cells in printed or _repeats_header(row, header):
            continue
        outcome = _understood(row, header, fields=fields, names=names, rules=rules)
        if outcome is not None:
            yield outcome


def _header(table: Table, rules: Rules) -> Header:
    """Find the header; what stands above it, or a table without one, is named to nobody when it bears a sign."""
    try:
        header = find_header(table, rules)
    except BadRowError:
        _refuse_classified(table.rows, rules)
        raise
    _refuse_classified(table.rows[: header.rows_from], rules)
    return header


def _refuse_classified(rows: tuple[TableRow, ...], rules: Rules) -> None:
    sign = next((sign for row in rows for cell in row.cells if (sign := _sign_in_cell(cell, rules))), None)
    if sign is not None:
        raise ClassifiedMaterialError(sign)


def _sign_in_cell(cell: str, rules: Rules) -> str | None:
    return (secrecy_sign([cell], rules) or sign_in([], [bare(cell)], rules)) if "密" in cell else None


def _is_classified(row: TableRow, header: Header, rules: Rules) -> bool:
    """Whether a row bears a sign in any cell, or states a level in a column of secrecy."""
    if "密" in "\n".join(row.cells) and any(_sign_in_cell(cell, rules) for cell in row.cells):
        return True
    stated = [row.cells[column] for column in header.secrecy if column < len(row.cells)]
    return bool(stated) and any(map(states_secrecy, stated))


def _repeats_header(row: TableRow, header: Header) -> bool:
    """Whether a row is the header printed again, as sheets made for paper do on every page."""
    return all(column < len(row.cells) and row.cells[column] == name for column, name in header.names.items())


def _understood(
    row: TableRow, header: Header, *, fields: dict[str, str], names: dict[str, str], rules: Rules
) -> LedgerEntry | LedgerError | None:
    if _is_classified(row, header, rules):
        return LedgerError(row.number, ClassifiedMaterialError.code, "这一行带有国家秘密标志，未读取：请从台账中移除。")
    raw = {name: row.cells[column] for column, name in header.fields.items() if column < len(row.cells)}
    cells = Row(strip_labels(raw, fields), names, rules)
    for column in header.secrecy:
        if column < len(row.cells) and states_secrecy(row.cells[column]) is None:
            cells.unreadable(header.names[column], row.cells[column])
    title, number = _title(cells), normalise(cells.text("number") or "")
    if _FOOTER.match(next(filter(None, row.cells), "合计")):
        return None
    if title is None and number.number is None and _is_heading(row, header):
        return None
    if title is None and number.number is None and not any(interpretations_of(cells)):
        return LedgerError(row.number, "bad-row", f"第 {row.number} 行没有标题也没有文号，未导入：请补齐其中一项。")
    return _entry(row.number, cells, title=title, number=number)


def listed_entry(said: Mapping[str, str | None], rules: Rules) -> LedgerEntry:
    """Read the cells that a list of the register's own writes of a document, as an import of that list reads them."""
    cells = Row(
        strip_labels({name: text or "" for name, text in said.items()}, field_names(rules)),
        {name: name for name in said},
        rules,
    )
    return _entry(0, cells, title=_title(cells), number=normalise(cells.text("number") or ""))


def listed_interpretation(non_text: str | None, rules: Rules) -> LedgerInterpretation:
    """Read the cell that a list of the register's own writes of the forms of an interpretation."""
    cells = Row({"non_text": non_text or ""}, {"non_text": "non_text"}, rules)
    return LedgerInterpretation(
        None, None, None, cells.yes_or_no("non_text"), cells.codes_in_brackets("non_text", rules.forms)
    )


def _is_heading(row: TableRow, header: Header) -> bool:
    """Whether a row is a heading between groups: words in one cell, outside every column that means something."""
    filled = [(column, cell) for column, cell in enumerate(row.cells) if cell.strip()]
    fields = {header.fields.get(column, "ordinal") for column, _ in filled}
    return len(filled) == 1 and fields == {"ordinal"} and not filled[0][1].strip().isdecimal()


def _title(cells: Row) -> str | None:
    title = cells.text("title")
    return clean_title(title) or None if title else None


def _entry(number_of_row: int, cells: Row, *, title: str | None, number: NumberReading) -> LedgerEntry:
    document = _document(cells, title=title, number=number)
    addresses = cells.addresses("document_url") or cells.title_address()
    published = cells.day("published")
    interpretations = tuple(interpretations_of(cells))
    doubts = row_findings(document, addresses, published, rules=cells.rules)
    if cells.findings or doubts:
        document = replace(document, findings=(*document.findings, *cells.findings, *doubts))
    return LedgerEntry(
        row=number_of_row,
        document=document,
        document_url=addresses[0] if addresses else None,
        published=published,
        interpretations=interpretations,
        unit=cells.text("unit"),
        register_id=cells.text("register_id"),
    )


def _document(cells: Row, *, title: str | None, number: NumberReading) -> Document:
    rules = cells.rules
    issuers, addressee = cells.text("issuer"), cells.text("addressee")
    stated = (("title", title), ("number", number.number), ("issuers", issuers), ("addressee", addressee))
    date = cells.date("date")
    return Document(
        text=title or number.number or "",
        format="ledger",
        title=title,
        number=number.number,
        genre=_genre(cells, title),
        issuers=_issuers(issuers) if issuers else (),
        addressee=addressee,
        date=date,
        elements=tuple([Element(name, text, Place.LEDGER) for name, text in stated if text]),
        findings=tuple(_number_findings(cells, number)),
        drafting_department=cells.text("drafting_department"),
        carried_title=carried_title(title) if title else None,
        declared_attribute=_attribute(cells, rules),
        declared_reason=cells.text("reason"),
        attribute_asked="attribute" in cells.names,
        needs_interpretation=cells.yes_or_no("needs_interpretation"),
    )


def _number_findings(cells: Row, number: NumberReading) -> Iterator[Finding]:
    if number.number is None and "number" in cells.names:
        yield cells.rules.finding("number-missing")
    elif number.irregular:
        yield cells.rules.finding("number-irregular", number=number.number)
    elif number.repaired:
        yield cells.rules.finding("number-repaired", printed=cells.text("number"), number=number.number)


def _issuers(text: str) -> tuple[str, ...]:
    return tuple(text.replace("、", " ").replace("，", " ").replace(",", " ").split())


def _genre(cells: Row, title: str | None) -> Genre | None:
    """Take the genre from the title; the ledger's own word counts where the title has none."""
    by_title = genre_of(title, cells.rules) if title else None
    word = cells.text("genre")
    if by_title is not None or word is None:
        return by_title
    named = (row.name for row in cells.rules.genres if word == row.name or word in row.endings)
    return next((Genre(name) for name in named), None)


def _attribute(cells: Row, rules: Rules) -> DisclosureAttribute | None:
    word = cells.text("attribute")
    if word is None:
        return None
    attribute = rules.attribute_named(word)
    if attribute is None:
        cells.findings.append(rules.finding("attribute-unrecognised", word=word))
    return attribute
