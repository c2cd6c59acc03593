"""Where audited rows come from: ledgers of three kinds, and the register; each row becomes a document or its refusal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.audits import AuditedRow
from attrtrack.domain.documents import Document, SourceText
from attrtrack.domain.genres import Genre
from attrtrack.domain.ledgers import Ledger, LedgerError, Table
from attrtrack.errors import AttrtrackError, BadRowError, InputRefusedError
from attrtrack.recording import record, refuse_classified_name
from attrtrack.recording.ledgers import recognise
from attrtrack.rules import Rules
from attrtrack.workflow import batches
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.reading import read_tables

if TYPE_CHECKING:
    from attrtrack.reading.isolation import IsolatedReader

_TEXT_HEADERS = frozenset({"正文", "全文", "公文正文", "正文内容", "公文内容", "文件正文", "text"})
_ID_HEADERS = frozenset({"id", "编号", "登记编号", "文件编号"})
_HEADER_ROWS = 10
_REPLIES = ("复函", "函复", "答复", "批复", "来函收悉", "来函")
_OPENING = 300
_STATED = (
    "title", "number", "genre", "issuers", "addressee", "date", "drafting_department", "declared_attribute",
    "declared_reason", "year_stated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may be audited, with its document."""

    row: AuditedRow
    document: Document


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A ledger's row that is still to be read: the fields of `suggest --batch`, or what a ledger states and a text."""

    file: str
    row: int
    id: str
    stated: batches.Row | Document
    text: str = ""
    unit: str | None = None

    def read(self, rules: Rules) -> "Candidate | RefusedRow":
        """Make the document of the row, or say why it is refused."""
        try:
            if isinstance(self.stated, Document):
                return _candidate(
                    self.id,
                    (self.file, self.row),
                    _with_text(self.stated, self.text, rules),
                    by_title=not self.text.strip(),
                    unit=self.unit,
                )
            document = batches.document_of(self.stated, rules)
            return _candidate(self.id, (self.file, self.row), document, by_title=not _has_text(self.stated))
        except InputRefusedError as error:
            return RefusedRow(self.file, self.row, self._named(error), error)

    def _named(self, error: InputRefusedError) -> str | None:
        """Return the id that the row itself bears, if it may be named."""
        if isinstance(self.stated, Document):
            return None
        told = batches.error_of((self.row, self.stated), error).get("id")
        return told if isinstance(told, str) else None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row or a whole ledger (`row` None) that cannot be used; `id` where the row has one that may be named."""

    file: str
    row: int | None
    id: str | None
    error: AttrtrackError


@dataclass(frozen=True, slots=True)
class Scope:
    """The year and unit that are audited (None: all)."""

    year: int | None = None
    unit: str | None = None

    def holds(self, candidate: Candidate) -> bool:
        """Whether a ledger's row belongs here; what a row does not state cannot leave it out."""
        year, unit = candidate.document.year, candidate.row.unit
        return (None in {self.year, year} or year == self.year) and (None in {self.unit, unit} or unit == self.unit)


def ledger_rows(
    app: App, name: str, *, alone: bool, reader: "IsolatedReader | None" = None
) -> Iterator[UnreadRow | RefusedRow]:
    """Yield the rows of a spreadsheet or csv; `alone`: it is the only ledger, so that its row numbers can be ids."""
    try:
        yield from _of_tables(app, name, alone=alone, reader=reader)
    except InputRefusedError as error:
        yield RefusedRow(name, None, None, error)


def line_rows(app: App, name: str, lines: Iterable[str]) -> Iterator[UnreadRow | RefusedRow]:
    """Yield the rows of a JSON Lines ledger, each line read when the one before is done with.

    Raises `ClassifiedMaterialError` when the ledger's name is that of a classified file.
    """
    refuse_classified_name(name, app.rules)
    identifiers = batches.Identifiers()
    for item in batches.parse_lines(lines):
        if isinstance(item, batches.BadLine):
            yield RefusedRow(name, item.number, None, item.error)
            continue
        number, given = item
        try:
            yield UnreadRow(name, number, identifiers.take(batches.identifier_or_number(number, given)), given)
        except InputRefusedError as error:
            told = batches.error_of(item, error).get("id")
            yield RefusedRow(name, number, told if isinstance(told, str) else None, error)


def register_rows(app: App, scope: Scope) -> Iterator[Candidate]:
    """Yield the documents of the register with the attribute in force on each."""
    permitted(app, Right.READ)
    with app.reading() as work:
        for item in work.queries.declared_documents(scope.unit, scope.year):
            stated = replace(item.document, declared_attribute=item.attribute, declared_reason=item.reason)
            by_title = stated.text.strip() in {"", stated.title, stated.number}
            yield _candidate(item.id, (None, None), stated, by_title=by_title, unit=item.unit)


def is_letter_of_reply(document: Document) -> bool:
    """Whether a document is a letter of reply (函复类公文): by its genre, or a 函 whose title or opening answers one."""
    if document.genre is not Genre.LETTER:
        return document.genre is not None and document.genre.is_reply
    seen = f"{document.title or ''}\n{document.text[:_OPENING]}"
    return any(word in seen for word in _REPLIES)


def _candidate(
    identifier: str,
    place: tuple[str | None, int | None],
    document: Document,
    *,
    by_title: bool,
    unit: str | None = None,
) -> Candidate:
    row = AuditedRow(
        id=identifier,
        file=place[0],
        row=place[1],
        title=document.title,
        number=document.number,
        genre=document.genre.value if document.genre else None,
        unit=unit or document.drafting_department or document.issuer,
        declared=document.declared_attribute,
        declared_reason=document.declared_reason,
        letter_of_reply=is_letter_of_reply(document),
        by_title=by_title,
    )
    return Candidate(row, document)


def _has_text(given: batches.Row) -> bool:
    text = given.get("text")
    return isinstance(text, str) and bool(text.strip())


def _of_tables(
    app: App, name: str, *, alone: bool, reader: "IsolatedReader | None"
) -> Iterator[UnreadRow | RefusedRow]:
    """Yield the rows of every sheet that is a ledger; raises the first sheet's error when none is."""
    refuse_classified_name(name, app.rules)
    tables = [table for table in read_tables(name, reader=reader) if table.rows]
    problem: BadRowError | None = None
    used = 0
    for table in tables:
        prefix = "" if alone and len(tables) == 1 else f"{PurePath(name).name}/{table.sheet}/"
        try:
            rows = _of_batch_table(name, table) or _of_ledger(app, name, table, prefix=prefix)
            used += 1
            yield from rows
        except BadRowError as error:
            problem = problem or error
    if problem is not None and not used:
        raise problem


def _of_batch_table(name: str, table: Table) -> Iterator[UnreadRow | RefusedRow] | None:
    """Read a sheet whose first line names the fields of `suggest --batch`; None for any other sheet."""
    names = [cell.strip() for cell in table.rows[0].cells]
    if not ({"title", "text"} & set(names) and "declared_attribute" in names):
        return None
    return _batch_rows(name, table, names=names)


def _batch_rows(name: str, table: Table, *, names: Sequence[str]) -> Iterator[UnreadRow | RefusedRow]:
    identifiers = batches.Identifiers()
    for row in table.rows[1:]:
        given = {key: cell for key, cell in zip(names, row.cells, strict=False) if key and cell}
        try:
            yield UnreadRow(name, row.number, identifiers.take(batches.identifier_or_number(row.number, given)), given)
        except InputRefusedError as error:
            yield RefusedRow(name, row.number, None, error)


def _of_ledger(app: App, name: str, table: Table, *, prefix: str) -> Iterator[UnreadRow | RefusedRow]:
    return _ledger_rows(name, table, ledger=recognise(table, app.rules), prefix=prefix)


def _ledger_rows(name: str, table: Table, *, ledger: Ledger, prefix: str) -> Iterator[UnreadRow | RefusedRow]:
    texts, identifiers = _column(table, _TEXT_HEADERS), _column(table, _ID_HEADERS)
    named = {} if prefix or len(set(identifiers.values())) < len(identifiers) else identifiers
    for error in ledger.errors:
        yield RefusedRow(name, error.row, None, _refusal(error))
    for entry in ledger.entries:
        identifier = named.get(entry.row) or f"{prefix}{entry.row}"
        yield UnreadRow(name, entry.row, identifier, entry.document, texts.get(entry.row, ""), entry.unit)


def _column(table: Table, headers: frozenset[str]) -> dict[int, str]:
    """Return the filled cells, by row number, below the first cell that bears one of `headers`."""
    for row in table.rows[:_HEADER_ROWS]:
        for column, cell in enumerate(row.cells):
            if cell.strip().lower() in headers:
                below = (other for other in table.rows if other.number > row.number and column < len(other.cells))
                return {other.number: other.cells[column] for other in below if other.cells[column].strip()}
    return {}


def _with_text(document: Document, text: str, rules: Rules) -> Document:
    """Give a ledger's document the text of its row; what the ledger states goes before what the text shows."""
    if not text.strip():
        return document
    read = record(SourceText(name="row", format="row", text=text), rules)
    stated = {name: value for name in _STATED if (value := getattr(document, name)) not in {None, ()}}
    return replace(read, **stated)


def _refusal(error: LedgerError) -> InputRefusedError:
    """Return the error of a row that recording refused, with the code and sentence it gave."""
    refusal = InputRefusedError(error.message)
    refusal.code = error.code
    return refusal
