"""How a document stands on its way to the sign-off, for whoever reviews, reviews for secrecy, signs or looks at it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.findings import Finding
from attrtrack.domain.reexaminations import DueDocument
from attrtrack.domain.register import RecordedDocument
from attrtrack.domain.reviews import CoIssuerOpinion, OfficeReview, SecrecyReview
from attrtrack.workflow.app import App
from attrtrack.workflow.evaluating import course_of, judge_recorded
from attrtrack.workflow.histories import named
from attrtrack.workflow.needing import ToldNeed, need_of
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.reexamining import reexamination_of
from attrtrack.workflow.seeing import seen

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

_DECLARED = frozenset({State.DECLARED, State.REVIEWED, State.RETURNED})
_SIGNED = frozenset({State.SIGNED, State.PUBLISHED})


@dataclass(frozen=True, slots=True)
class DecisionCourse:
    """What was said of a document so far, and what would be said if the person acting signed it now.

    `review` is the office's word in force; `retractable`: the person acting may take it back; `awaits`: there is a
    declaration that nobody has decided on, and the document is not with its drafter; `before_signing` is empty for
    whoever may not sign. `names` are those of the people named here, by login.
    """

    review: OfficeReview | None
    retractable: bool
    secrecy: SecrecyReview | None
    opinions: tuple[CoIssuerOpinion, ...]
    need: ToldNeed
    awaits: bool
    before_signing: tuple[Finding, ...]
    reexamination: DueDocument | None
    names: Mapping[str, str]


def decision_course(app: App, document_id: str) -> DecisionCourse:
    """Return the course of one document; `UnknownRecordError` when there is none that is seen."""
    permitted(app, Right.READ)
    reexamination = reexamination_of(app, document_id)
    with app.reading() as work:
        recorded = seen(app, work, document_id)
        said = work.reviews.of_declaration(document_id)
        secrecy = work.reviews.secrecy(document_id)
        undecided = _is_undecided(recorded)
        awaits = undecided and recorded.state is not State.RETURNED
        review = said[-1] if said and said[-1].result.stands else None
        need = ToldNeed(work.needs.get(document_id), need_of(recorded.document, app.rules))
        return DecisionCourse(
            review=review,
            retractable=undecided and _is_own(app, said),
            secrecy=secrecy[-1] if secrecy else None,
            opinions=work.reviews.opinions(document_id),
            need=need,
            awaits=awaits,
            before_signing=_before_signing(app, work, recorded) if awaits and app.access.may(Right.SIGN) else (),
            reexamination=reexamination,
            names=_names(work, review, secrecy[-1] if secrecy else None, need),
        )


def _names(
    work: "UnitOfWork", review: OfficeReview | None, secrecy: SecrecyReview | None, need: ToldNeed
) -> dict[str, str]:
    decision = need.need.decision
    logins = (review and review.by, secrecy and secrecy.by, decision and decision.decided_by)
    return {login: named(work, login) for login in logins if login}


def _is_undecided(recorded: RecordedDocument) -> bool:
    said, decided = recorded.declaration, recorded.decision
    if said is None or said.declared_at is None or recorded.state not in _DECLARED | _SIGNED:
        return False
    return decided is None or said.declared_at > decided.decided_at


def _is_own(app: App, said: tuple[OfficeReview, ...]) -> bool:
    """Whether the word in force is one's own and follows nobody else's."""
    if not said or not said[-1].result.stands or said[-1].by != app.actor:
        return False
    return len(said) == 1 or not said[-2].result.stands


def _before_signing(app: App, work: "UnitOfWork", recorded: RecordedDocument) -> tuple[Finding, ...]:
    declaration = recorded.declaration or Declaration(None)
    course = course_of(app, work, recorded, declaration, because=None)
    return judge_recorded(app, work, recorded, declaration, course=course).findings
