"""The gate as a linter, and as the question asked before every sign-off."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from attrtrack.domain.decisions import Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding
from attrtrack.domain.ledgers import Ledger, LedgerEntry, LedgerError, Table
from attrtrack.domain.proposals import Proposal
from attrtrack.errors import BadRowError
from attrtrack.gate import Declared, findings, ledger_findings
from attrtrack.recording import refuse_classified_name
from attrtrack.recording.ledgers import OpenLedger, open_ledger
from attrtrack.workflow.app import App
from attrtrack.workflow.judging import case_of
from attrtrack.workflow.reading import read_tables

if TYPE_CHECKING:
    from attrtrack.reading.isolation import IsolatedReader


def gate_findings(app: App, document: Document, proposal: Proposal) -> Proposal:
    """Return the proposal with the gate's findings on what the document itself states as declared."""
    stated = Declaration(document.declared_attribute, document.declared_reason)
    case = case_of(app, document, stated, proposal=proposal)
    return replace(proposal, findings=(*proposal.findings, *findings(case, app.rules)))


def check(app: App, document: Document, declaration: Declaration | None = None) -> tuple[Finding, ...]:
    """Return what the gate would say of a document and a declaration (default: what the document states itself)."""
    stated = declaration or Declaration(document.declared_attribute, document.declared_reason)
    proposal = app.proposer.propose(document)
    case = case_of(app, document, stated, proposal=proposal)
    return (*document.findings, *proposal.findings, *findings(case, app.rules))


def read_ledgers(app: App, name: str, *, reader: "IsolatedReader | None" = None) -> tuple[Ledger, ...]:
    """Return the recognised sheets of a ledger; a sheet of something else is named, with no columns and no rows.

    Raises the first sheet's error when no sheet is a ledger.
    """
    return tuple(ledger.read() for ledger in open_ledgers(app, name, reader=reader))


def open_ledgers(app: App, name: str, *, reader: "IsolatedReader | None" = None) -> tuple[OpenLedger, ...]:
    """Return the sheets of a ledger as `read_ledgers` does, their rows yet to be understood."""
    refuse_classified_name(name, app.rules)
    return _opened(app, read_tables(name, reader=reader))


def recognise_tables(app: App, read: Sequence[Table]) -> tuple[Ledger, ...]:
    """Return the recognised sheets among those read of one ledger, as `read_ledgers` does."""
    return tuple(ledger.read() for ledger in _opened(app, read))


def _opened(app: App, read: Sequence[Table]) -> tuple[OpenLedger, ...]:
    tables = [table for table in read if table.rows]
    outcomes = [_recognised(app, table) for table in tables]
    ledgers = tuple(
        item if isinstance(item, OpenLedger) else _passed_over(table)
        for table, item in zip(tables, outcomes, strict=True)
    )
    for problem in outcomes:
        if isinstance(problem, BadRowError) and not any(isinstance(item, OpenLedger) for item in outcomes):
            raise problem
    return ledgers


def _recognised(app: App, table: Table) -> OpenLedger | BadRowError:
    try:
        return open_ledger(table, app.rules)
    except BadRowError as error:
        return error


def _passed_over(table: Table) -> OpenLedger:
    seen = tuple(cell for cell in table.rows[0].cells if cell)
    return OpenLedger(table.name, table.sheet, {}, seen, iter(()), 0)


def check_ledger(app: App, ledger: Ledger) -> Iterator[tuple[LedgerEntry, tuple[Finding, ...]] | LedgerError]:
    """Yield each ledger row with what the gate says of it and of all rows together, and each bad row as it is."""
    yield from ledger.errors
    together = ledger_findings([_declared(entry) for entry in ledger.entries], app.rules)
    for entry, shown in zip(ledger.entries, together, strict=True):
        alone = check(app, entry.document)
        said = {item.code for item in shown}
        yield entry, (*(item for item in alone if item.code not in said), *shown)


def _declared(entry: LedgerEntry) -> Declared:
    document = entry.document
    return Declared(entry.unit or document.issuer, document.declared_attribute, document.declared_reason)
