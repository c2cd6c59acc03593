"""Tables read from ledgers, and the entries recognised in them."""

import datetime as dt
from dataclasses import dataclass

from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a sheet with its number as a person sees it (1 = first line of the sheet)."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a ledger as text cells, header rows included."""

    name: str
    sheet: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class LedgerInterpretation:
    """An interpretation stated in a ledger row: its address, whether it is stated to be other than plain text."""

    url: str | None
    title: str | None
    published: dt.date | None
    non_text: bool | None
    forms: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One ledger row understood as a document, with its public address, interpretations and unit if stated.

    `register_id` is the id that a list of the register's own writes beside each document: said by the file, so not yet believed.
    """

    row: int
    document: Document
    document_url: str | None = None
    published: dt.date | None = None
    interpretations: tuple[LedgerInterpretation, ...] = ()
    unit: str | None = None
    register_id: str | None = None


@dataclass(frozen=True, slots=True)
class CellChange:
    """What a ledger row would change: a field of headers.toml, its value before and after in words; None is an empty cell.

    `taken` is False where the register keeps what it has: a document recorded here says of itself what it is.
    """

    field: str
    before: str | None
    after: str | None
    taken: bool = True


@dataclass(frozen=True, slots=True)
class LedgerError:
    """One ledger row that cannot be used, and why."""

    row: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """A recognised ledger: which column fills which field, headers nobody knows, entries and bad rows."""

    name: str
    sheet: str
    columns: dict[str, str]
    unknown_headers: tuple[str, ...]
    entries: tuple[LedgerEntry, ...]
    errors: tuple[LedgerError, ...]
    findings: tuple[Finding, ...] = ()
