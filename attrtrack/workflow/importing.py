"""Bring ledgers into the register: documents issued elsewhere, their addresses and their interpretations."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.ledgers import CellChange, Ledger, LedgerEntry, LedgerError
from attrtrack.domain.numbers import parse
from attrtrack.errors import AttrtrackError, NotPermittedError
from attrtrack.reading.guarded import tables_guarded
from attrtrack.recording import refuse_classified_name
from attrtrack.workflow.app import App
from attrtrack.workflow.checking import read_ledgers, recognise_tables
from attrtrack.workflow.ledger_batch import BatchRow, LedgerBatch, RowOutcome, names_no_document
from attrtrack.workflow.permitting import permitted

if TYPE_CHECKING:
    from attrtrack.reading.isolation import IsolatedReader
    from attrtrack.storage import UnitOfWork

BATCH = 1000
HELD = "change-unconfirmed"
_HELD = "这一行会改动已登记的 {known}，没有得到确认，未改：核对后加 --yes 重新导入。"


@dataclass(frozen=True, slots=True)
class ImportScope:
    """What a ledger belongs to: the unit (default: what the ledger or the user states), the year, and whether to try only."""

    unit: str | None
    year: int | None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One ledger row: what became of it (imported, updated, unchanged, refused), its id or error, and its flags.

    `changes` is what it says otherwise than the document `known` of the register (None: it is new there); `title` and `unit`
    are those of the row.
    """

    file: str
    row: int
    outcome: str
    id: str | None = None
    error: LedgerError | None = None
    flags: tuple[Finding, ...] = ()
    known: str | None = None
    changes: tuple[CellChange, ...] = ()
    title: str | None = None
    unit: str | None = None

    @property
    def is_held(self) -> bool:
        """Whether it would change what is registered, and waits for somebody's word."""
        return self.error is not None and self.error.code == HELD


@dataclass(frozen=True, slots=True)
class ImportNotice:
    """What was understood of a sheet: columns by field and headers that nobody knows."""

    file: str
    sheet: str
    columns: dict[str, str]
    unknown_headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """How many rows were imported, updated, unchanged and refused."""

    imported: int
    updated: int
    unchanged: int
    refused: int


def import_ledger(
    app: App,
    name: str,
    scope: ImportScope,
    *,
    reader: "IsolatedReader | None" = None,
    own: set[str] | None = None,
) -> Iterator[ImportNotice | ImportedRow]:
    """Import one ledger file, a batch a transaction, so that an interruption keeps what was done before it.

    Where `own` is given, the ids of the documents that this run itself has brought (they are added to it), a row that would
    change any other document is held: refused, with what it would change.
    """
    permitted(app, Right.IMPORT)
    for ledger in read_ledgers(app, name, reader=reader):
        yield ImportNotice(name, ledger.sheet, dict(ledger.columns), ledger.unknown_headers)
        yield from (ImportedRow(name, error.row, "refused", error=error) for error in ledger.errors)
        for start in range(0, len(ledger.entries), BATCH):
            yield from _import_batch(app, ledger, ledger.entries[start : start + BATCH], scope=scope, own=own)


def try_ledger(app: App, name: str, data: bytes, scope: ImportScope) -> list[ImportedRow]:
    """Return what would become of the rows of a ledger that is handed in; nothing is kept."""
    permitted(app, Right.IMPORT)
    refuse_classified_name(name, app.rules)
    rows: list[ImportedRow] = []
    trial = replace(scope, dry_run=True)
    for ledger in recognise_tables(app, tables_guarded(data, name)):
        rows += [ImportedRow(name, error.row, "refused", error=error) for error in ledger.errors]
        rows += _import_batch(app, ledger, ledger.entries, scope=trial, own=None)
    return rows


def summarise(outcomes: Counter[str]) -> ImportSummary:
    """Count outcomes into the summary line."""
    return ImportSummary(outcomes["imported"], outcomes["updated"], outcomes["unchanged"], outcomes["refused"])


class _TrialOver(Exception):  # noqa: N818 - no error: leaves the unit of work so that nothing of a trial is kept
    """A dry run has reached its end."""


def _import_batch(
    app: App, ledger: Ledger, entries: tuple[LedgerEntry, ...], *, scope: ImportScope, own: set[str] | None
) -> tuple[ImportedRow, ...]:
    held: dict[int, ImportedRow] = {}
    while True:
        batch = EntryBatch(app, ledger, [entry for entry in entries if entry.row not in held], scope=scope)
        rows: tuple[ImportedRow, ...] = ()
        found: dict[int, ImportedRow] = {}
        with suppress(_TrialOver), app.unit_of_work() as work:
            rows = batch.write(work)
            if own is not None:
                found = {row.row: _held(row) for row in rows if row.outcome == "updated" and _is_foreign(row, own)}
            if scope.dry_run or found:
                raise _TrialOver
        if not found:
            break
        held |= found
    if own is not None:
        own.update(row.id for row in rows if row.outcome == "imported" and row.id is not None)
    told = {row.row: row for row in rows} | held
    return tuple(told[entry.row] for entry in entries)


def _is_foreign(row: ImportedRow, own: set[str]) -> bool:
    return row.known is not None and row.known not in own


def _held(row: ImportedRow) -> ImportedRow:
    return replace(row, outcome="refused", error=LedgerError(row.row, HELD, _HELD.format(known=row.known)))


class EntryBatch:
    """The entries of one transaction: what cannot be taken is known beforehand, the rest is written by `write`."""

    def __init__(self, app: App, ledger: Ledger, entries: Sequence[LedgerEntry], *, scope: ImportScope) -> None:
        self._app, self._name, self._entries, self._scope = app, ledger.name, entries, scope
        self._refused = {entry.row: error for entry in entries if (error := _refusal(app, entry, scope)) is not None}
        columns = frozenset(ledger.columns.values())
        self._taken = [_taken(app, entry, scope, columns) for entry in entries if entry.row not in self._refused]

    def write(self, work: "UnitOfWork") -> tuple[ImportedRow, ...]:
        """Write the entries in the open transaction and return what became of each, in their order."""
        written = {outcome.row: outcome for outcome in LedgerBatch(self._app, work, self._taken).write()}
        return tuple(self._told(entry, written) for entry in self._entries)

    def _told(self, entry: LedgerEntry, written: dict[int, RowOutcome]) -> ImportedRow:
        if entry.row in self._refused:
            return ImportedRow(self._name, entry.row, "refused", error=self._refused[entry.row])
        told = _imported(self._name, entry, written[entry.row], dry_run=self._scope.dry_run)
        return replace(told, unit=_unit_of(self._app, entry, self._scope))


def _taken(app: App, entry: LedgerEntry, scope: ImportScope, columns: frozenset[str], /) -> BatchRow:
    unit = _unit_of(app, entry, scope)
    if names_no_document(entry):
        return BatchRow(entry, entry.document, unit, columns, scope.unit)
    return BatchRow(entry, _with_year(_without_twins(entry.document), scope), unit, columns, scope.unit)


def _unit_of(app: App, entry: LedgerEntry, scope: ImportScope) -> str | None:
    """Return the unit stated, else the issuer where its documents are seen, else the unit of whoever acts."""
    issuer = entry.document.issuer
    return scope.unit or entry.unit or (issuer if app.access.sees(issuer) else None) or app.home_unit


def _without_twins(document: Document) -> Document:
    """Leave out documents of the same number named by their row: the batch names them by their id."""
    kept = tuple(finding for finding in document.findings if finding.code != "duplicate-number")
    return document if len(kept) == len(document.findings) else replace(document, findings=kept)


def _imported(name: str, entry: LedgerEntry, outcome: RowOutcome, *, dry_run: bool) -> ImportedRow:
    flags = tuple(finding for finding in entry.document.findings if finding.severity is not Severity.NOTE)
    identifier = None if dry_run else outcome.id
    title = (
        entry.document.title
        or entry.document.number
        or next((one.title or one.url for one in entry.interpretations), None)
    )
    return ImportedRow(
        name, outcome.row, outcome.outcome, identifier, outcome.error, flags, outcome.known, outcome.changes, title
    )


def _refusal(app: App, entry: LedgerEntry, scope: ImportScope) -> LedgerError | None:
    problem = _outside_scope(entry, scope)
    if problem is None and not app.access.sees(_unit_of(app, entry, scope)):
        return LedgerError(entry.row, NotPermittedError.code, "这一行的单位不在您能办理的单位之内：请由该单位导入。")
    if problem is None and names_no_document(entry) and not entry.interpretations:
        return LedgerError(entry.row, "bad-row", "这一行没有标题、文号，也没有解读：请补全后重新导入。")
    contradiction = next((item for item in entry.document.findings if item.code == "ledger-rows-contradict"), None)
    if problem is None and contradiction is not None:
        return LedgerError(entry.row, "bad-row", contradiction.message)
    return problem


def _outside_scope(entry: LedgerEntry, scope: ImportScope) -> LedgerError | None:
    year = entry.document.year
    if scope.year is not None and year is not None and year != scope.year:
        return LedgerError(
            entry.row, "bad-row", f"成文日期在 {year} 年，不属于 {scope.year} 年：请核对或改用 --year {year}。"
        )
    return None


def _with_year(document: Document, scope: ImportScope) -> Document:
    """Give a document without a date the year that the ledger is imported for, else the year of its number."""
    if document.date is not None:
        return document
    number = parse(document.number) if document.number else None
    return replace(document, year_stated=scope.year or (number.year if number else None))


def refused_file(name: str, error: AttrtrackError) -> ImportedRow:
    """Make the row that tells why a whole ledger was refused."""
    return ImportedRow(name, 0, "refused", error=LedgerError(0, error.code, error.message))
