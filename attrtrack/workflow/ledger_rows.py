"""What the rows of a ledger bring, made before the register is asked.

Nothing here depends on what is registered, so that a process may make the rows of the next transaction while those of this
one are written. Whether a row is new, and what it changes, is judged in the transaction alone: see `ledger_batch`.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.interpretations import Interpretation
from attrtrack.domain.ledgers import LedgerEntry, LedgerError, LedgerInterpretation
from attrtrack.domain.numbers import parse
from attrtrack.domain.pages import Page
from attrtrack.errors import BadRowError, NotPermittedError
from attrtrack.linking import forms_and_channels, recognise_channels, shown_codes
from attrtrack.nlp.forking import packed, unpacked
from attrtrack.workflow.app import App
from attrtrack.workflow.ledger_changes import facts
from attrtrack.workflow.needing import need_of

if TYPE_CHECKING:
    from attrtrack.storage import PlainDocument, PrintedDocument, PrintedInterpretation
    from attrtrack.workflow.importing import ImportScope


class WholeRow(NamedTuple):
    """All that a ledger row says, for one that meets something in the register.

    `columns` are the fields that its ledger has a column for. Of what it has no column for it says nothing.
    `asked` is the unit that the whole ledger was handed in for, None: of none in particular. `made` are its interpretations.
    """

    entry: LedgerEntry
    document: Document
    made: tuple[Interpretation, ...]
    columns: frozenset[str]
    asked: str | None


class StatedInterpretation(NamedTuple):
    """An interpretation of a row: what a person calls it, the year of its own day, its printed row (None: it cannot be stored)."""

    called: str | None
    year: int | None
    printed: "PrintedInterpretation | None"


class BatchRow(NamedTuple):
    """What a ledger row brings if all of it is new, or why it is refused: plain values, handed over at little cost.

    `called` is what a person calls the row, `published` its public address with day and channel, `printed` the row of a new
    document: None where it names none, or one that cannot be stored.
    """

    row: int
    refusal: LedgerError | None = None
    unit: str | None = None
    called: str | None = None
    flags: tuple[Finding, ...] = ()
    has_document: bool = False
    number: str | None = None
    title: str | None = None
    year: int | None = None
    register_id: str | None = None
    published: tuple[str, dt.date | None, str | None] | None = None
    interpretations: tuple[StatedInterpretation, ...] = ()
    printed: "PrintedDocument | None" = None


class WholeRows(dict[int, WholeRow]):
    """The whole rows of a part by their numbers, each made when it is first asked for: those of a new year's ledger never are."""

    def __init__(self, make: Callable[[int], WholeRow]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, row: int) -> WholeRow:
        """Make the whole row of this number."""
        made = self[row] = self._make(row)
        return made


class Part(NamedTuple):
    """What the rows of one transaction bring, and why others cannot be read; `sheet` is the place of their ledger in its file.

    `entries` are those of its rows, packed, where the process that made the part was told to send them.
    """

    rows: "Sequence[BatchRow | LedgerError]"
    sheet: int
    entries: bytes = b""

    @property
    def taken(self) -> list[BatchRow]:
        """The rows that were understood."""
        return [row for row in self.rows if isinstance(row, BatchRow)]


class RowMaker:
    """Makes of the entries of a ledger what they bring, as far as nobody need look into the register.

    `again` reads the entry of a row anew, for whole rows that another process has made; None: all are made here. Where most rows
    are asked for, as of a ledger that comes again, it is told to `send` their entries, which costs less.
    """

    def __init__(
        self,
        app: App,
        scope: "ImportScope",
        columns: frozenset[str],
        *,
        again: Callable[[int], LedgerEntry] | None = None,
        sheet: int = 0,
    ) -> None:
        from attrtrack import storage  # noqa: PLC0415 - a program that only reads starts without it

        self._app, self._scope, self._columns, self._storage = app, scope, columns, storage
        self._again, self._sheet = again, sheet
        self._entries: dict[int, LedgerEntry] = {}
        self._sent = b""
        self.send = False

    def part(self, rows: "Sequence[LedgerEntry | LedgerError]") -> Part:
        """Make a part of these rows."""
        self._entries = {row.row: row for row in rows if isinstance(row, LedgerEntry)}
        made = [row if isinstance(row, LedgerError) else self._made(row) for row in rows]
        return Part(made, self._sheet, packed(list(self._entries.values())) if self.send else b"")

    def wholes(self, part: Part) -> WholeRows:
        """Return the whole rows of a part: the one made last, or one that another process has made."""
        self._sent = part.entries
        return WholeRows(self._whole)

    def _whole(self, row: int) -> WholeRow:
        if self._sent and row not in self._entries:
            self._entries = {entry.row: entry for entry in unpacked(self._sent)}
            self._sent = b""
        entry = self._again(row) if self._again and row not in self._entries else self._entries[row]
        document, made = self._content(entry)
        return WholeRow(entry, document, made, self._columns, self._scope.unit)

    def _content(self, entry: LedgerEntry) -> tuple[Document, tuple[Interpretation, ...]]:
        """Return the document and the interpretations that an entry brings, if it is not refused."""
        document = entry.document
        made = tuple([_interpretation_of(self._app, item) for item in entry.interpretations])
        if names_no_document(entry):
            return document, tuple([replace(one, publisher=document.issuer) for one in made])
        return _with_year(_without_twins(document), self._scope), made

    def _made(self, entry: LedgerEntry) -> BatchRow:
        app, scope = self._app, self._scope
        refusal = _outside_scope(entry, scope)
        unit = None if refusal else _unit_of(app, entry, scope)
        refusal = refusal or _refusal(app, entry, unit)
        if refusal is not None:
            return BatchRow(entry.row, refusal)
        has_document = not names_no_document(entry)
        document, made = self._content(entry)
        return BatchRow(
            entry.row,
            None,
            unit,
            document.title or document.number or next((one.title or one.url for one in entry.interpretations), None),
            tuple([finding for finding in entry.document.findings if finding.severity is not Severity.NOTE]),
            has_document,
            document.number,
            document.title,
            document.year,
            entry.register_id,
            self._published(entry) if has_document else None,
            tuple([self._stated(one, unit) for one in made]),
            self._printed(document, unit) if has_document else None,
        )

    def _published(self, entry: LedgerEntry) -> tuple[str, dt.date | None, str | None] | None:
        if not entry.document_url:
            return None
        channels = recognise_channels(entry.document_url, None, self._app.rules)
        return entry.document_url, entry.published, channels[0] if channels else None

    def _stated(self, made: Interpretation, unit: str | None) -> StatedInterpretation:
        year = made.published.year if made.published else None
        try:
            printed = self._storage.printed_interpretation(made, unit)
        except BadRowError:
            printed = None
        return StatedInterpretation(made.url or made.title, year, printed)

    def _printed(self, document: Document, unit: str | None) -> "PrintedDocument | None":
        try:
            return self._storage.printed_document(new_document(self._app, document, unit))
        except BadRowError:  # refused once it is to be written
            return None


def names_no_document(entry: LedgerEntry) -> bool:
    """Whether a row is about interpretations only."""
    return entry.document.title is None and entry.document.number is None


def new_document(app: App, document: Document, unit: str | None) -> "PlainDocument":
    """Return a document of a ledger as the register takes new ones."""
    digest = hashlib.sha256("\x1f".join(map(str, ("ledger", unit, *facts(document)))).encode()).hexdigest()
    return document, digest, unit, State.ISSUED_ELSEWHERE, None, need_of(document, app.rules)


def _unit_of(app: App, entry: LedgerEntry, scope: "ImportScope") -> str | None:
    """Return the unit stated, else the issuer where its documents are seen, else the unit of whoever acts."""
    if stated := scope.unit or entry.unit:
        return stated
    issuer = entry.document.issuer
    return (issuer if app.access.sees(issuer) else None) or app.home_unit


def _without_twins(document: Document) -> Document:
    """Leave out documents of the same number named by their row: the batch names them by their id."""
    kept = tuple([finding for finding in document.findings if finding.code != "duplicate-number"])
    return document if len(kept) == len(document.findings) else replace(document, findings=kept)


def _refusal(app: App, entry: LedgerEntry, unit: str | None) -> LedgerError | None:
    if not app.access.sees(unit):
        return LedgerError(entry.row, NotPermittedError.code, "这一行的单位不在您能办理的单位之内：请由该单位导入。")
    if names_no_document(entry) and not entry.interpretations:
        return LedgerError(entry.row, "bad-row", "这一行没有标题、文号，也没有解读：请补全后重新导入。")
    contradiction = next((item for item in entry.document.findings if item.code == "ledger-rows-contradict"), None)
    return None if contradiction is None else LedgerError(entry.row, "bad-row", contradiction.message)


def _outside_scope(entry: LedgerEntry, scope: "ImportScope") -> LedgerError | None:
    year = entry.document.year
    if scope.year is not None and year is not None and year != scope.year:
        return LedgerError(
            entry.row, "bad-row", f"成文日期在 {year} 年，不属于 {scope.year} 年：请核对或改用 --year {year}。"
        )
    return None


def _with_year(document: Document, scope: "ImportScope") -> Document:
    """Give a document without a date the year that the ledger is imported for, else the year of its number."""
    if document.date is not None:
        return document
    number = parse(document.number) if document.number else None
    return replace(document, year_stated=scope.year or (number.year if number else None))


def _interpretation_of(app: App, item: LedgerInterpretation) -> Interpretation:
    """Make the interpretation that a row states; what it does not say of form and channel is read off title and address.

    A form or channel that is merely assumed stays unknown: a row shows little of its page, and measures tell what is unknown.
    """
    page = Page(item.title, "", address=item.url)
    shown = map(shown_codes, forms_and_channels(page, app.rules))
    forms, channels = (stated or seen for stated, seen in zip((item.forms, item.channels), shown, strict=True))
    if item.non_text and app.rules.diversified_forms.isdisjoint(forms):
        forms = (*forms, "non-text")
    if item.non_text is False and not forms:
        forms = ("text",)
    return Interpretation(
        id="",
        title=item.title,
        url=item.url,
        published=item.published,
        forms=forms,
        channels=channels,
    )
