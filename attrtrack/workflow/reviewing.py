"""What others than drafter and signatory say of a document before it is signed: office, secrecy reviewer, co-issuers."""

from collections.abc import Sequence
from typing import TypeVar

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration
from attrtrack.domain.evaluations import GateAct
from attrtrack.domain.findings import Finding
from attrtrack.domain.people import same_person
from attrtrack.domain.register import RecordedDocument
from attrtrack.domain.reviews import (
    CoIssuerOpinion,
    OfficeReview,
    OpinionResult,
    ReviewResult,
    SecrecyResult,
    SecrecyReview,
)
from attrtrack.errors import BadRowError, GateRefusedError, TransitionNotAllowedError, UsageError
from attrtrack.gate import ensure_allowed, state_reviewed
from attrtrack.workflow.app import App
from attrtrack.workflow.evaluating import judge_recorded, keep
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.registering import Recorded
from attrtrack.workflow.seeing import seen

Said = TypeVar("Said", ReviewResult, SecrecyResult, OpinionResult)


def review(
    app: App,
    document_id: str,
    result: str,
    comment: str | None = None,
    *,
    attribute: str | None = None,
    reason: str | None = None,
) -> Recorded:
    """Keep the office's word on the newest declaration: agree, return with a comment, or dispute with its own attribute.

    What is returned must be declared anew; a dispute stands until the signatory decides or the drafter declares anew.
    """
    said = _review(app, result, comment, attribute=attribute, reason=reason)
    permitted(app, Right.REVIEW, subject=document_id)
    with app.unit_of_work() as work:
        recorded = seen(app, work, document_id)
        ensure_allowed("review", recorded.state)
        declaration = _awaited(recorded)
        if app.rules.is_on("separation_of_duties") and same_person(app.actor, declaration.declared_by):
            raise GateRefusedError("认定人不得审核自己的认定：请由办公室另一人审核。", _own(app, "审核"))
        judged = judge_recorded(app, work, recorded, declaration, course=None)
        work.reviews.add(document_id, said)
        work.documents.set_state(document_id, state_reviewed(recorded.state, said.result))
        keep(app, work, recorded, judged, act=GateAct.REVIEW, also=recorded.document.findings)
        return Recorded(work.documents.get(document_id), already=False, findings=judged.findings)


def retract_review(app: App, document_id: str) -> Recorded:
    """Take one's own word on a declaration back while nobody has acted on it: the declaration waits for review again.

    The word stays in the register, with an entry after it that says so. A word that follows another's is not taken back:
    what would hold then is for a person to say.
    """
    permitted(app, Right.REVIEW, subject=document_id)
    with app.unit_of_work() as work:
        recorded = seen(app, work, document_id)
        ensure_allowed("retract", recorded.state)
        _awaited(recorded)
        _ensure_retractable(app, work.reviews.of_declaration(document_id))
        work.reviews.add(document_id, OfficeReview(ReviewResult.RETRACT, None, app.actor, app.clock()))
        work.documents.set_state(document_id, state_reviewed(recorded.state, ReviewResult.RETRACT))
        return Recorded(work.documents.get(document_id), already=False, findings=())


def _ensure_retractable(app: App, said: Sequence[OfficeReview]) -> None:
    if not said or said[-1].result is ReviewResult.RETRACT:
        raise TransitionNotAllowedError("这份认定没有可以收回的审核意见：可能已经收回，或起草人已重新认定。")
    if said[-1].by != app.actor:
        raise TransitionNotAllowedError(f"最后的审核意见是{said[-1].by}写的，只能由本人收回：可以另写审核意见。")
    if len(said) > 1 and said[-2].result is not ReviewResult.RETRACT:
        raise TransitionNotAllowedError("此前还有别的审核意见，不能收回：请另写审核意见。")


def _own(app: App, act: str) -> tuple[Finding, ...]:
    return (app.rules.finding("own-review", name=app.actor, act=act),)


def _review(app: App, result: str, comment: str | None, *, attribute: str | None, reason: str | None) -> OfficeReview:
    known = "agree（同意）、return（退回）、dispute（不同意见）"
    said = _word(ReviewResult, result, name="审核结果", known=known)
    if said is ReviewResult.RETRACT:
        raise UsageError(f"收回审核意见不是一种审核结果：可以是 {known}。")
    own: DisclosureAttribute | None = app.rules.attribute_named(attribute or "")
    if said is ReviewResult.RETURN and not (comment and comment.strip()):
        raise UsageError("退回要写明意见：--comment 请起草人改什么。")
    if said is ReviewResult.DISPUTE and own is None:
        raise UsageError("有不同意见的要写明应为哪种公开属性：--attribute proactive、on_request 或 withheld。")
    if said is not ReviewResult.DISPUTE and (own or reason):
        raise UsageError("只有不同意见（--dispute）才写公开属性和理由。")
    return OfficeReview(said, comment, app.actor, app.clock(), attribute=own, reason=reason)


def _awaited(recorded: RecordedDocument) -> Declaration:
    """Return the declaration that has not been decided on; `TransitionNotAllowedError` when there is none."""
    said, decided = recorded.declaration, recorded.decision
    if said is None:
        raise TransitionNotAllowedError("文件还没有认定公开属性：请先由起草人认定（attrtrack declare）。")
    if decided is not None and said.declared_at is not None and said.declared_at <= decided.decided_at:
        raise TransitionNotAllowedError(
            "文件已按这份认定签发：要改动请先重新认定（attrtrack declare，写明 --because）。"
        )
    return said


def review_secrecy(
    app: App, document_id: str, result: str, note: str | None = None, *, personal_data_cleared: bool = False
) -> Recorded:
    """Keep a secrecy review (保密审查): who, when, with what result, and whether its personal data were looked at."""
    said = _word(
        SecrecyResult,
        result,
        name="保密审查结果",
        known="cleared（可以公开）、partly（部分可以公开）、refused（不得公开）",
    )
    permitted(app, Right.REVIEW_SECRECY, subject=document_id)
    with app.unit_of_work() as work:
        recorded = seen(app, work, document_id)
        ensure_allowed("review-secrecy", recorded.state)
        drafter = recorded.declaration.declared_by if recorded.declaration else ""
        if drafter and same_person(app.actor, drafter):
            raise GateRefusedError("起草人不得作自己文件的保密审查：请由另一人审查。", _own(app, "作保密审查"))
        made = SecrecyReview(said, app.actor, app.clock(), note=note, personal_data_cleared=personal_data_cleared)
        work.reviews.add_secrecy(document_id, made)
        return Recorded(work.documents.get(document_id), already=False, findings=())


def co_issuer_opinion(app: App, document_id: str, unit: str, result: str, comment: str | None = None) -> Recorded:
    """Keep what a co-issuer of a joint document says of the lead's declaration; a disagreement blocks the sign-off."""
    said = _word(OpinionResult, result, name="意见", known="agree（同意）、disagree（不同意）")
    permitted(app, Right.REVIEW, Right.DECLARE, subject=document_id)
    with app.unit_of_work() as work:
        recorded = seen(app, work, document_id)
        ensure_allowed("opinion", recorded.state)
        _awaited(recorded)
        others = recorded.document.issuers[1:]
        if unit not in others:
            known = "、".join(others) or "没有"
            raise BadRowError(f"“{unit[:60]}”不是这份文件的联合发文单位（{known}）：请照公文上的名称写。")
        work.reviews.add_opinion(document_id, CoIssuerOpinion(unit, said, comment, app.actor, app.clock()))
        return Recorded(work.documents.get(document_id), already=False, findings=())


def _word(kind: type[Said], word: str, *, name: str, known: str) -> Said:
    try:
        return kind(word)
    except ValueError as error:
        raise UsageError(f"{name}“{word[:20]}”看不懂：可以是 {known}。") from error
