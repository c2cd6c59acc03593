"""The gate asked by an office system about a letter that need not be in the register, before its own sign-off."""

from dataclasses import replace

from attrtrack.domain.access import Right
from attrtrack.domain.decisions import Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.evaluations import GateAct, GateAnswer
from attrtrack.domain.reviews import Course
from attrtrack.errors import ClassifiedMaterialError
from attrtrack.gate import STATE_SECRECY
from attrtrack.recording import refuse_classified_text
from attrtrack.workflow.app import App
from attrtrack.workflow.evaluating import Judged, given_of, judge_case
from attrtrack.workflow.given import letter_given
from attrtrack.workflow.judging import case_of
from attrtrack.workflow.permitting import permitted

NOBODY = Course(by="")


def ask_gate(app: App, document: Document, declaration: Declaration, *, facts: Course | None = None) -> GateAnswer:
    """Judge a letter as if it were to be signed now; `facts` are what the office system knows of its course.

    Who signs and who declared must be known, or the check that they are not the same person counts as skipped. The
    judgement is kept with digests and elements, never the text; of a letter that bears a sign of state secrecy, or names
    state secrecy as its reason, nothing is kept but the refusal (`ClassifiedMaterialError`).
    """
    permitted(app, Right.USE_GATE)
    try:
        refuse_classified_text(document, app.rules)
        judged = _judged(app, document, declaration, facts or NOBODY)
    except ClassifiedMaterialError as refusal:
        with app.unit_of_work() as work:
            work.journal.append("gate", "-", "refused", {"rule": refusal.rule})
        raise
    proposal = judged.case.proposal
    bare = tuple(replace(finding, message="", evidence=()) for finding in (*document.findings, *judged.findings))
    with app.unit_of_work() as work:
        kept = work.evaluations.add(
            None,
            bare,
            app.rules.version,
            act=GateAct.GATE,
            given=given_of(app, judged, letter_given(document), also=document.findings),
            model_version=proposal.model_version if proposal else None,
            unit=app.home_unit,
        )
    found = (*document.findings, *judged.findings)
    return GateAnswer(kept.code, kept.passed, found, kept.rules_version, kept.model_version, proposal)


def _judged(app: App, document: Document, declaration: Declaration, course: Course) -> Judged:
    proposal = app.proposer.propose(document)
    with app.reading() as work:
        case = case_of(app, document, declaration, proposal=proposal, work=work)
    judged = judge_case(app, replace(case, course=course))
    if any(finding.code == "secret-reason" for finding in judged.findings):
        raise ClassifiedMaterialError(STATE_SECRECY)
    return judged
