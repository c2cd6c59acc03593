"""What may be done with a document, and what the gate would object to, asked before anything is declared: nothing is kept."""

from attrtrack.domain.access import Right
from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.findings import Finding, Severity
from attrtrack.gate import is_allowed
from attrtrack.workflow.app import App
from attrtrack.workflow.evaluating import judge_recorded
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.registering import chosen_attribute


def foreseen(app: App, document_id: str, attribute: str | None, reason: str | None) -> tuple[Finding, ...]:
    """Return the findings that a declaration would bring, and what reading noticed; a note of reading is left out."""
    chosen = chosen_attribute(app, attribute)
    permitted(app, Right.DECLARE, Right.REVIEW, subject=document_id)
    with app.reading() as work:
        recorded = work.documents.get(document_id)
        judged = judge_recorded(app, work, recorded, Declaration(chosen, reason), course=None)
    noticed = (item for item in recorded.document.findings if item.severity is not Severity.NOTE)
    return (*judged.findings, *noticed)


_DRAFTING: dict[str, tuple[Right, ...]] = {
    "declare": (Right.DECLARE,),
    "correct-elements": (Right.RECORD, Right.WITHDRAW),
    "withdraw": (Right.WITHDRAW,),
    "publish": (Right.PUBLISH,),
}


def open_acts(app: App, state: State) -> frozenset[str]:
    """Return which acts on a document in a state are open to the person acting."""
    return frozenset(
        act
        for act, rights in _DRAFTING.items()
        if is_allowed(act, state) and all(app.access.may(right) for right in rights)
    )
