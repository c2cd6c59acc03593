"""Bring ledgers into the register: documents issued elsewhere, their addresses and their interpretations."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from attrtrack.domain.access import Right
from attrtrack.domain.findings import Finding
from attrtrack.domain.ledgers import CellChange, Ledger, LedgerEntry, LedgerError
from attrtrack.errors import AttrtrackError
from attrtrack.nlp.forking import ahead, collecting_seldom
from attrtrack.reading.guarded import tables_guarded
from attrtrack.recording import refuse_classified_name
from attrtrack.recording.ledgers import OpenLedger
from attrtrack.workflow.app import App
from attrtrack.workflow.checking import open_ledgers, recognise_tables
from attrtrack.workflow.ledger_batch import LedgerBatch, RowOutcome
from attrtrack.workflow.ledger_rows import BatchRow, Part, RowMaker, WholeRows
from attrtrack.workflow.permitting import permitted

if TYPE_CHECKING:
    from attrtrack.reading.isolation import IsolatedReader
    from attrtrack.storage import UnitOfWork

BATCH = 1000
LONG = 2000
"""Lines of a ledger from which on a process of its own is worth while that makes the rows ahead of what is written."""
_AT_A_TIME = 4
"""Batches of a long ledger that one transaction takes: each touches most pages of the indexes, and writes them whole."""
_GROWTH = 4
"""One in so many more lines in each part of a long ledger than in the part before: while one is written, the next is made."""
_OFTEN = 4
"""Where one whole row in so many is asked for, the next part to be made brings the entries of all of its rows."""
HELD = "change-unconfirmed"
_HELD = "这一行会改动已登记的 {known}，没有得到确认，未改：核对后加 --yes 重新导入。"


@dataclass(frozen=True, slots=True)
class ImportScope:
    """What a ledger belongs to: the unit (default: what the ledger or the user states), the year, and whether to try only."""

    unit: str | None
    year: int | None
    dry_run: bool = False


class ImportedRow(NamedTuple):
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
    ledgers = _read_beside(app, name, reader)
    makers = [maker_of(app, ledger, scope, sheet=sheet) for sheet, ledger in enumerate(ledgers)]
    made, asked = _made(ledgers, makers), False

    def hear(often: bool) -> None:  # noqa: FBT001 - told by `ahead`
        for maker in makers:
            maker.send = often

    if sum(ledger.size for ledger in ledgers) > LONG:
        made = ahead(made, tell=lambda: asked, hear=hear)
    for part in made:
        if isinstance(part, ImportNotice):
            yield replace(part, file=name)
            continue
        wholes = makers[part.sheet].wholes(part)
        yield from _import_part(app, name, part, wholes, dry_run=scope.dry_run, own=own)
        asked = len(wholes) * _OFTEN > len(part.rows)


def _read_beside(app: App, name: str, reader: "IsolatedReader | None") -> tuple[OpenLedger, ...]:
    """Open a ledger whose file is read while the register is opened, and asked whether the person acting may import it."""
    from attrtrack.reading.isolation import IsolatedReader as Reader  # noqa: PLC0415 - other programs start without it

    with (
        collecting_seldom(),
        nullcontext(reader) if reader else Reader() as reading,
        ThreadPoolExecutor(max_workers=1) as beside,
    ):
        opened = beside.submit(open_ledgers, app, name, reader=reading)
        try:
            permitted(app, Right.IMPORT)
            return opened.result()
        except BaseException:
            reading.close()  # else a refusal would wait until all is read
            raise


def try_ledger(app: App, name: str, data: bytes, scope: ImportScope) -> list[ImportedRow]:
    """Return what would become of the rows of a ledger that is handed in; nothing is kept."""
    permitted(app, Right.IMPORT)
    refuse_classified_name(name, app.rules)
    rows: list[ImportedRow] = []
    for ledger in recognise_tables(app, tables_guarded(data, name)):
        maker = maker_of(app, ledger, scope)
        part = maker.part((*ledger.errors, *ledger.entries))
        rows += _import_part(app, name, part, maker.wholes(part), dry_run=True, own=None)
    return rows


def summarise(outcomes: Counter[str]) -> ImportSummary:
    """Count outcomes into the summary line."""
    return ImportSummary(outcomes["imported"], outcomes["updated"], outcomes["unchanged"], outcomes["refused"])


class _TrialOver(Exception):  # noqa: N818 - no error: leaves the unit of work so that nothing of a trial is kept
    """A dry run has reached its end."""


def _import_part(
    app: App, name: str, part: Part, wholes: WholeRows, /, *, dry_run: bool, own: set[str] | None
) -> Iterator[ImportedRow]:
    """Write what some rows bring in one transaction, and tell of each in its place."""
    told = {row.row: row for row in _import_batch(app, name, part, wholes, dry_run=dry_run, own=own)}
    for row in part.rows:
        yield told[row.row] if isinstance(row, BatchRow) else _bad_row(name, row)


def _import_batch(
    app: App, name: str, part: Part, wholes: WholeRows, /, *, dry_run: bool, own: set[str] | None
) -> list[ImportedRow]:
    held: dict[int, ImportedRow] = {}
    while True:
        batch = EntryBatch(app, name, [row for row in part.taken if row.row not in held], wholes, dry_run=dry_run)
        rows: list[ImportedRow] = []
        found: dict[int, ImportedRow] = {}
        with suppress(_TrialOver), app.unit_of_work() as work:
            rows = batch.write(work)
            if own is not None:
                found = {row.row: _held(row) for row in rows if row.outcome == "updated" and _is_foreign(row, own)}
            if dry_run or found:
                raise _TrialOver
        if not found:
            break
        held |= found
    if own is not None:
        own.update(row.id for row in rows if row.outcome == "imported" and row.id is not None)
    return [*rows, *held.values()]


def _is_foreign(row: ImportedRow, own: set[str]) -> bool:
    return row.known is not None and row.known not in own


def _held(row: ImportedRow) -> ImportedRow:
    return row._replace(outcome="refused", error=LedgerError(row.row, HELD, _HELD.format(known=row.known)))


class EntryBatch:
    """The rows of one transaction: those that cannot be taken are known beforehand, the rest is written by `write`."""

    def __init__(
        self, app: App, name: str, rows: Sequence[BatchRow], wholes: WholeRows, *, dry_run: bool = False
    ) -> None:
        self._app, self._name, self._rows, self._wholes, self._dry_run = app, name, rows, wholes, dry_run

    def write(self, work: "UnitOfWork") -> list[ImportedRow]:
        """Write the rows in the open transaction and return what became of each, in their order."""
        taken = [row for row in self._rows if row.refusal is None]
        outcomes = iter(LedgerBatch(self._app, work, taken, self._wholes).write())
        return [
            _bad_row(self._name, row.refusal) if row.refusal else self._told(row, next(outcomes)) for row in self._rows
        ]

    def _told(self, row: BatchRow, outcome: RowOutcome) -> ImportedRow:
        return ImportedRow(
            self._name,
            row.row,
            outcome.outcome,
            None if self._dry_run else outcome.id,
            outcome.error,
            row.flags,
            outcome.known,
            outcome.changes,
            row.called,
            row.unit,
        )


def maker_of(app: App, ledger: Ledger | OpenLedger, scope: ImportScope, *, sheet: int = 0) -> RowMaker:
    """Return what makes of the rows of a ledger what they bring; `sheet` is its place in its file."""
    again = ledger.again if isinstance(ledger, OpenLedger) else None
    return RowMaker(app, scope, frozenset(ledger.columns.values()), again=again, sheet=sheet)


def _made(ledgers: Sequence[OpenLedger], makers: Sequence[RowMaker]) -> Iterator[ImportNotice | Part]:
    """Yield of each sheet what was understood of its columns, then what its rows bring, as many as one transaction takes.

    Rows that cannot be read come first; of a long sheet, which is written while it is read, in their place.
    """
    for ledger, maker in zip(ledgers, makers, strict=True):
        yield ImportNotice(ledger.name, ledger.sheet, dict(ledger.columns), ledger.unknown_headers)
        is_long, size = ledger.size > LONG, BATCH
        rows = ledger.rows if is_long else iter(sorted(ledger.rows, key=_is_entry))
        while part := list(islice(rows, size)):
            yield maker.part(part)
            size = min(size + size // _GROWTH, BATCH * _AT_A_TIME) if is_long else BATCH


def _is_entry(row: LedgerEntry | LedgerError) -> bool:
    return isinstance(row, LedgerEntry)


def _bad_row(name: str, error: LedgerError) -> ImportedRow:
    return ImportedRow(name, error.row, "refused", error=error)


def refused_file(name: str, error: AttrtrackError) -> ImportedRow:
    """Make the row that tells why a whole ledger was refused."""
    return ImportedRow(name, 0, "refused", error=LedgerError(0, error.code, error.message))
