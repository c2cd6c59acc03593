"""A decision taken as the gate wants it: declared by another, reviewed for secrecy, judged; and the acts that a letter needs."""

from dataclasses import replace

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Decision, Declaration, State
from attrtrack.domain.evaluations import GateAct
from attrtrack.domain.reviews import SecrecyResult, SecrecyReview
from attrtrack.storage import UnitOfWork
from attrtrack.workflow.app import App
from attrtrack.workflow.registering import Recorded, sign
from attrtrack.workflow.reviewing import review_secrecy

DRAFTER, SECRECY, SIGNATORY = "孙起草", "钱保密", "王主任"


def prepare(work: UnitOfWork, document_id: str, decision: Decision) -> Decision:
    """Do all that must come before a decision, and return it with the judgement that it rests on."""
    declared = Declaration(decision.attribute, decision.reason, declared_by=DRAFTER, declared_at=decision.decided_at)
    work.declarations.add(document_id, declared)
    if work.documents.get(document_id).state is State.DRAFT:
        work.documents.set_state(document_id, State.DECLARED)
    if decision.attribute is DisclosureAttribute.PROACTIVE:
        work.reviews.add_secrecy(document_id, SecrecyReview(SecrecyResult.CLEARED, SECRECY))
    evaluation = judged_by(work, decision.decided_by, document_id, decision.rules_version)
    because = decision.because or ("情况有变化" if work.decisions.count(document_id) else None)
    return replace(decision, because=because, evaluation=evaluation)


def judged_by(work: UnitOfWork, person: str, document_id: str, rules_version: str) -> str:
    """Let a person ask the gate in another's unit of work, and return the id of its judgement."""
    transaction = work.evaluations._transaction
    actor = transaction.actor
    transaction.actor = person
    try:
        return work.evaluations.add(document_id, (), rules_version, act=GateAct.SIGN).code
    finally:
        transaction.actor = actor


def decide(work: UnitOfWork, document_id: str, decision: Decision) -> Decision:
    """Take a decision with all that must come before it, and return it as the register keeps it."""
    return work.decisions.add(document_id, prepare(work, document_id, decision))


def acting(app: App, person: str) -> App:
    """Let another person act on the same register."""
    return app.acting_as(person, app.access, origin=app.origin, unit=app.unit)


def sign_as_others(app: App, document_id: str, *, because: str | None = None) -> Recorded:
    """Review a declared document for secrecy and sign it, each by somebody who did not declare it."""
    review_secrecy(acting(app, SECRECY), document_id, "cleared", personal_data_cleared=True)
    return sign(acting(app, SIGNATORY), document_id, because=because)
