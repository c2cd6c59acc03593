"""The checks of the gate on how a document came to its sign-off: who signs, and what must have happened before."""

from collections.abc import Iterator

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.domain.people import same_person
from attrtrack.domain.reviews import CoIssuerOpinion, OfficeReview, OpinionResult, ReviewResult, SecrecyResult
from attrtrack.gate.cases import Case
from attrtrack.rules import Rules
from attrtrack.rules.addresses import news_only


def is_signed_by_another(case: Case, rules: Rules) -> Iterator[Finding]:
    """Who declared a document does not sign it."""
    course, drafter = case.course, case.declaration.declared_by
    if course is None or case.attribute is None or not rules.is_on("separation_of_duties"):
        return
    if not drafter.strip() or not course.by.strip():
        yield rules.finding("check-skipped", check="认定人与签发人是否分开", missing="没有写明认定人或签发人")
    elif same_person(course.by, drafter):
        yield rules.finding("same-person", name=drafter)


def is_reviewed_by_the_office(case: Case, rules: Rules) -> Iterator[Finding]:
    """The office has looked where an office wants it; what it returned is not signed, what it disputes not without a reason."""
    if case.course is None:
        return
    review = case.course.review
    if review is None:
        if rules.is_on("office_review_required"):
            yield rules.finding("review-missing")
    elif review.result is ReviewResult.RETURN:
        yield rules.finding("office-returned", *_said(review), name=review.by, comment=review.comment or "没有写明")
    elif review.result is ReviewResult.DISPUTE:
        yield _disputed(review, rules)
        if not _stated(case.course.overruling):
            yield rules.finding("dispute-unanswered")


def _disputed(review: OfficeReview, rules: Rules) -> Finding:
    return rules.finding(
        "office-disputes",
        *_said(review),
        name=review.by,
        attribute=review.attribute.chinese if review.attribute else "另外的属性",
        reason=f"（{review.reason}）" if review.reason else "",
        comment=f"：{review.comment}" if review.comment else "",
    )


def _said(review: OfficeReview) -> tuple[Evidence, ...]:
    return (Evidence(review.comment, None, "review"),) if review.comment else ()


def is_reviewed_for_secrecy(case: Case, rules: Rules) -> Iterator[Finding]:
    """What is to be published has been reviewed for secrecy by somebody other than its drafter (先审查、后公开)."""
    if case.course is None or case.attribute is not DisclosureAttribute.PROACTIVE:
        return
    if not rules.is_on("secrecy_review_required"):
        return
    review = case.course.secrecy
    if review is None or same_person(review.by, case.declaration.declared_by):
        yield rules.finding("secrecy-review-missing")
    elif review.result is SecrecyResult.REFUSED:
        yield rules.finding("secrecy-review-refused", name=review.by)
    elif review.result is SecrecyResult.PARTLY:
        yield rules.finding("secrecy-review-partly", name=review.by, note=review.note or "")


def looks_at_personal_data(case: Case, rules: Rules) -> Iterator[Finding]:
    """Personal data in what is to be published have been looked at by the secrecy reviewer."""
    if case.course is None or case.attribute is not DisclosureAttribute.PROACTIVE:
        return
    review = case.course.secrecy
    looked_at = (
        review is not None
        and review.personal_data_cleared
        and review.result is not SecrecyResult.REFUSED
        and not same_person(review.by, case.declaration.declared_by)
    )
    if not looked_at and rules.is_on("personal_data_blocks"):
        yield from (rules.hardened(item) for item in case.document.findings if item.code == "personal-data")


def interprets_before_signing(case: Case, rules: Rules) -> Iterator[Finding]:
    """What needs an interpretation comes with its material, where an office wants it before the sign-off (三同步)."""
    course = case.course
    if course is None or not rules.is_on("interpretation_required_before_signing"):
        return
    if course.needs_interpretation and not course.interpreted:
        yield rules.hardened(rules.finding("interpretation-missing"))


def co_issuers_agree(case: Case, rules: Rules) -> Iterator[Finding]:
    """The other issuers of a joint document have said what they think of the lead's declaration, and none is against it."""
    course = case.course
    others = case.document.issuers[1:]
    if course is None or case.attribute is None:
        return
    said = course.opinion_of
    for opinion in said.values():
        if opinion.result is OpinionResult.DISAGREE:
            yield _disagrees(opinion, rules)
    missing = [unit for unit in others if unit not in said]
    if missing:
        finding = rules.finding("co-issuer-opinion-missing", units="、".join(missing))
        yield rules.hardened(finding) if rules.is_on("co_issuer_opinions_block") else finding


def _disagrees(opinion: CoIssuerOpinion, rules: Rules) -> Finding:
    evidence = (Evidence(opinion.comment, None, "opinion"),) if opinion.comment else ()
    comment = f"（{opinion.comment}）" if opinion.comment else ""
    return rules.finding("co-issuer-disagrees", *evidence, unit=opinion.unit, comment=comment)


def adjusts_for_a_reason(case: Case, rules: Rules) -> Iterator[Finding]:
    """What is signed changes its attribute only by a new decision that says why (动态调整)."""
    course = case.course
    if course is not None and course.decided is not None and not _stated(course.because):
        yield rules.finding("adjustment-unexplained", attribute=course.decided.attribute.chinese)


def comes_off_the_website(case: Case, rules: Rules) -> Iterator[Finding]:
    """What has been published and is no longer to be public is taken off; the record of its publication stays."""
    if case.course is None or case.attribute in {None, DisclosureAttribute.PROACTIVE}:
        return
    for address in case.course.addresses:
        evidence = Evidence(address, None, "publication")
        attribute = case.attribute.chinese if case.attribute else ""
        yield rules.finding("published-but-kept-back", evidence, attribute=attribute, address=address)


def is_public_as_itself(case: Case, rules: Rules) -> Iterator[Finding]:
    """What is public stands somewhere as the document itself, not only as news of it."""
    if case.course is not None and case.attribute in {None, DisclosureAttribute.PROACTIVE}:
        news = news_only(case.course.addresses, rules)
        yield from (news,) if news else ()


def _stated(words: str | None) -> bool:
    return bool(words and words.strip())
