"""Step 3: ask the three voices for an attribute and a reason."""

from collections.abc import Mapping

from attrtrack.domain.documents import Document
from attrtrack.domain.proposals import Proposal
from attrtrack.workflow.app import App
from attrtrack.workflow.batches import document_of, states_attribute
from attrtrack.workflow.checking import gate_findings


def suggest(app: App, document: Document) -> Proposal:
    """Propose for a document that need not be in the register; nothing is stored."""
    return app.proposer.propose(document)


def suggest_row(app: App, row: Mapping[str, object]) -> Proposal:
    """Propose for one row of a batch; a stated attribute is checked against the proposal too."""
    document = document_of(row, app.rules)
    proposal = app.proposer.propose(document)
    return proposal if not states_attribute(row) else gate_findings(app, document, proposal)


def propose(app: App, document_id: str) -> Proposal:
    """Ask the rules and the model for an attribute and keep their answer beside the document."""
    with app.unit_of_work() as work:
        document = work.documents.get(document_id).document
        proposal = app.proposer.propose(document)
        work.proposals.add(document_id, proposal)
    return proposal
