"""Step 3: ask the voices for an attribute and a reason; precedents speak where there is a register to find them in."""

from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.documents import Document
from attrtrack.domain.proposals import Proposal
from attrtrack.errors import ModelUnusableError
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted

if TYPE_CHECKING:
    from attrtrack.proposing import Proposer


def usable_proposer(app: App) -> "Proposer":
    """Return the proposer in use; a model that cannot be used counts as none, for what must go on without it."""
    try:
        return app.proposer
    except ModelUnusableError:
        from attrtrack.proposing import Proposer  # noqa: PLC0415 - a plain suggestion starts without it

        return Proposer(app.rules, None)


def suggest(app: App, document: Document) -> Proposal:
    """Propose for a document that need not be in the register; nothing is stored."""
    return app.proposer.propose(document)


def suggest_by_register(app: App, document: Document) -> Proposal:
    """Propose for a document that need not be in the register, hearing the register's precedents; nothing is stored."""
    from attrtrack.workflow.learning import precedents_like  # noqa: PLC0415 - a plain suggestion starts without it

    permitted(app, Right.READ)

    with app.reading() as work:
        alike = precedents_like(app, work, document, unit=app.home_unit)
    return app.proposer.propose(document, alike)


def propose(app: App, document_id: str) -> Proposal:
    """Make a fresh proposal for a recorded document and append it; earlier ones stay, no decision is touched."""
    from attrtrack.workflow.learning import precedents_like  # noqa: PLC0415 - the same

    permitted(app, Right.DECLARE, Right.REVIEW, Right.RECORD, subject=document_id)

    with app.unit_of_work() as work:
        recorded = work.documents.get(document_id)
        alike = precedents_like(app, work, recorded.document, unit=recorded.unit, excluding=document_id)
        fresh = app.proposer.propose(recorded.document, alike)
        work.proposals.add(document_id, fresh)
        return fresh
