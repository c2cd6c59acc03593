"""The gate as a linter, and as the question asked before every sign-off."""

from collections.abc import Iterator
from dataclasses import replace

from attrtrack.domain.decisions import Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding
from attrtrack.domain.ledgers import Ledger, LedgerEntry, LedgerError
from attrtrack.domain.proposals import Proposal
from attrtrack.gate import Case, findings
from attrtrack.reading import read_table
from attrtrack.recording import recognise
from attrtrack.workflow.app import App


def gate_findings(app: App, document: Document, proposal: Proposal) -> Proposal:
    """Return the proposal with the gate's findings on what the document itself states as declared."""
    case = Case(document, Declaration(document.declared_attribute, document.declared_reason), proposal)
    return replace(proposal, findings=(*proposal.findings, *findings(case, app.rules)))


def check(app: App, document: Document, declaration: Declaration | None = None) -> tuple[Finding, ...]:
    """Return what the gate would say of a document and a declaration (default: what the document states itself)."""
    stated = declaration or Declaration(document.declared_attribute, document.declared_reason)
    proposal = app.proposer.propose(document)
    return (*document.findings, *proposal.findings, *findings(Case(document, stated, proposal), app.rules))


def read_ledgers(app: App, data: bytes, name: str) -> Iterator[Ledger]:
    """Yield the recognised sheets of a ledger; sheets with no rows are passed over."""
    for table in read_table(data, name):
        if table.rows:
            yield recognise(table, app.rules)


def check_ledger(app: App, ledger: Ledger) -> Iterator[tuple[LedgerEntry, tuple[Finding, ...]] | LedgerError]:
    """Yield each ledger row with what the gate says of it, and each bad row as it is."""
    yield from ledger.errors
    for entry in ledger.entries:
        yield entry, check(app, entry.document)
