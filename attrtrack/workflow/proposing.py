"""Step 3: ask the three voices for an attribute and a reason."""

from attrtrack.domain.documents import Document
from attrtrack.domain.proposals import Proposal
from attrtrack.workflow.app import App


def suggest(app: App, document: Document) -> Proposal:
    """Propose for a document that need not be in the register; nothing is stored."""
    return app.proposer.propose(document)


def propose(app: App, document_id: str) -> Proposal:
    """Make a fresh proposal for a recorded document and append it; earlier ones stay, no decision is touched."""
    with app.unit_of_work() as work:
        fresh = suggest(app, work.documents.get(document_id).document)
        work.proposals.add(document_id, fresh)
        return fresh
