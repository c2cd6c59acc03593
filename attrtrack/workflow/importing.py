"""Bring ledgers into the register: documents issued elsewhere, their addresses and their interpretations."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.interpretations import Interpretation, Judgement, Publication
from attrtrack.domain.ledgers import LedgerEntry, LedgerError, LedgerInterpretation
from attrtrack.domain.numbers import parse
from attrtrack.errors import AttrtrackError
from attrtrack.linking import recognise_channels, recognise_forms
from attrtrack.workflow.app import App
from attrtrack.workflow.checking import read_ledgers
from attrtrack.workflow.needing import with_need
from attrtrack.workflow.reading import load_bytes

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

BATCH = 500


@dataclass(frozen=True, slots=True)
class ImportScope:
    """What a ledger belongs to: the unit (default: what the ledger or the user states), the year, and whether to try only."""

    unit: str | None
    year: int | None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One ledger row: what became of it (imported, updated, unchanged, refused) and its id or error."""

    file: str
    row: int
    outcome: str
    id: str | None = None
    error: LedgerError | None = None


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


def import_ledger(app: App, name: str, scope: ImportScope) -> Iterator[ImportNotice | ImportedRow]:
    """Import one ledger file, a batch a transaction, so that an interruption keeps what was done before it."""
    for ledger in read_ledgers(app, load_bytes(name), name):
        yield ImportNotice(name, ledger.sheet, dict(ledger.columns), ledger.unknown_headers)
        yield from (ImportedRow(name, error.row, "refused", error=error) for error in ledger.errors)
        for start in range(0, len(ledger.entries), BATCH):
            yield from _import_batch(app, name, ledger.entries[start : start + BATCH], scope)


def summarise(outcomes: Counter[str]) -> ImportSummary:
    """Count outcomes into the summary line."""
    return ImportSummary(outcomes["imported"], outcomes["updated"], outcomes["unchanged"], outcomes["refused"])


class _TrialOver(Exception):  # noqa: N818 - no error: leaves the unit of work so that nothing of a trial is kept
    """A dry run has reached its end."""


def _import_batch(app: App, name: str, entries: tuple[LedgerEntry, ...], scope: ImportScope) -> tuple[ImportedRow, ...]:
    done: tuple[ImportedRow, ...] = ()
    with suppress(_TrialOver), app.unit_of_work() as work:
        done = tuple(_import_entry(app, work, entry, name=name, scope=scope) for entry in entries)
        if scope.dry_run:
            done = tuple(replace(row, id=None) for row in done)
            raise _TrialOver
    return done


def _import_entry(app: App, work: "UnitOfWork", entry: LedgerEntry, *, name: str, scope: ImportScope) -> ImportedRow:
    problem = _outside_scope(entry, scope)
    if problem is not None:
        return ImportedRow(name, entry.row, "refused", error=problem)
    unit = scope.unit or entry.unit or entry.document.issuer or app.unit
    if entry.document.title is None and entry.document.number is None:
        return _import_interpretations_only(app, work, entry, name=name, unit=unit)
    document_id, outcome = _import_document(
        app, work, with_need(_with_year(entry.document, scope), app.rules), unit=unit
    )
    if entry.document_url:
        outcome = _import_publication(app, work, entry, document_id, outcome)
    for item in entry.interpretations:
        outcome = _import_interpretation(app, work, item, document_id, unit=unit, outcome=outcome)
    return ImportedRow(name, entry.row, outcome, id=document_id)


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


def _import_document(app: App, work: "UnitOfWork", document: Document, *, unit: str | None) -> tuple[str, str]:
    twin = work.documents.find_ledger_twin(unit, document.number, document.title)
    if twin is not None:
        if _facts(twin.document) == _facts(document) or twin.state is not State.ISSUED_ELSEWHERE:
            return twin.id, "unchanged"
        work.documents.replace_ledger_facts(twin.id, document)
        return twin.id, "updated"
    others = work.documents.find_by_number(document.number) if document.number else []
    twins = [app.rules.finding("duplicate-number", other=o.id) for o in others if o.document.title != document.title]
    noted = replace(document, findings=(*document.findings, *twins))
    digest = hashlib.sha256("\x1f".join(map(str, ("ledger", unit, *_facts(document)))).encode()).hexdigest()
    added = work.documents.add(noted, content_hash=digest, unit=unit, file_name=None, state=State.ISSUED_ELSEWHERE)
    return added.id, "imported"


def _facts(document: Document) -> tuple[object, ...]:
    date = document.date.isoformat() if document.date else None
    return (
        document.title, document.number, document.genre, document.issuers, date, document.declared_attribute,
        document.declared_reason, document.attribute_asked, document.drafting_department, document.needs_interpretation,
    )  # fmt: skip


def _import_publication(app: App, work: "UnitOfWork", entry: LedgerEntry, document_id: str, outcome: str) -> str:
    url = entry.document_url or ""
    recorded = work.documents.get(document_id)
    if any(item.url == url for item in recorded.publications):
        return outcome
    channels = recognise_channels(url, None, app.rules)
    work.publications.add(document_id, Publication(url, entry.published, channels[0] if channels else None))
    return "updated" if outcome == "unchanged" else outcome


def _import_interpretation(
    app: App, work: "UnitOfWork", item: LedgerInterpretation, document_id: str, *, unit: str | None, outcome: str
) -> str:
    year = work.documents.get(document_id).document.year
    recorded = work.interpretations.add(_interpretation(app, item), unit=unit, year=year)
    known = {link.document_id: link.judgement for link in work.links.of(recorded.id)}
    if known.get(document_id) is Judgement.CONFIRMED:
        return outcome
    work.links.judge(recorded.id, document_id, Judgement.CONFIRMED, app.actor)
    return "updated" if outcome == "unchanged" else outcome


def _interpretation(app: App, item: LedgerInterpretation) -> Interpretation:
    forms = item.forms or recognise_forms(item.title, item.url, "", app.rules)
    if item.non_text and not any(row.diversified for row in app.rules.forms if row.code in forms):
        forms = (*forms, "non-text")
    if item.non_text is False and not forms:
        forms = ("text",)
    return Interpretation(
        id="",
        title=item.title,
        url=item.url,
        published=item.published,
        forms=forms,
        channels=item.channels or recognise_channels(item.url, None, app.rules),
    )


def _import_interpretations_only(
    app: App, work: "UnitOfWork", entry: LedgerEntry, *, name: str, unit: str | None
) -> ImportedRow:
    outcome, identifiers = "unchanged", []
    for item in entry.interpretations:
        made = replace(_interpretation(app, item), publisher=entry.document.issuer)
        year = item.published.year if item.published else entry.document.year
        outcome = "unchanged" if work.interpretations.known(made, unit=unit) else "imported"
        identifiers.append(work.interpretations.add(made, unit=unit, year=year).id)
    if not identifiers:
        error = LedgerError(entry.row, "bad-row", "这一行没有标题、文号，也没有解读：请补全后重新导入。")
        return ImportedRow(name, entry.row, "refused", error=error)
    return ImportedRow(name, entry.row, outcome, id=identifiers[0])


def refused_file(name: str, error: AttrtrackError) -> ImportedRow:
    """Make the row that tells why a whole ledger was refused."""
    return ImportedRow(name, 0, "refused", error=LedgerError(0, error.code, error.message))
