"""What must have happened before a sign-off: each check with a case that fires and one that does not."""

from dataclasses import replace
from typing import Any

import pytest
from builders import NOW, a_declaration, a_document, a_proposal

from attrtrack.domain.attributes import DisclosureAttribute as Attribute
from attrtrack.domain.decisions import Decision, Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.people import same_person
from attrtrack.domain.reviews import (
    CoIssuerOpinion,
    Course,
    OfficeReview,
    OpinionResult,
    ReviewResult,
    SecrecyResult,
    SecrecyReview,
)
from attrtrack.gate import Case, findings
from attrtrack.rules import Rules

WITHHELD = a_declaration(Attribute.WITHHELD, "R16-2c")
PROACTIVE = a_declaration(Attribute.PROACTIVE)
CLEARED = SecrecyReview(SecrecyResult.CLEARED, "钱保密", NOW, personal_data_cleared=True)
PERSONAL = Finding("personal-data", Severity.FLAG, "正文有手机号。")


def severities(
    rules: Rules, declaration: Declaration, document: Document | None = None, **course: Any
) -> dict[str, Severity]:
    """Return the codes that the gate finds when 王主任 is about to sign, with their severities."""
    told = Course(**{"by": "王主任", **course})
    case = Case(document or a_document(), declaration, a_proposal(declaration.attribute), course=told)
    return {item.code: item.severity for item in findings(case, rules)}


def switched(rules: Rules, code: str, value: str) -> Rules:
    """Return the rules of an office that has set one switch."""
    gate = tuple(row._replace(values=(value,)) if row.code == code else row for row in rules.gate)
    return replace(rules, gate=gate)


def test_a_linter_misses_nothing_that_belongs_to_a_sign_off(rules: Rules) -> None:
    """Without a course nobody is about to sign, and no review is asked for."""
    assert findings(Case(a_document(), PROACTIVE), rules) == ()


@pytest.mark.parametrize("name", ["李拟稿", " 李拟稿 ", "李\u200b拟稿", "李　拟稿"])
def test_who_declared_does_not_sign(rules: Rules, name: str) -> None:
    """However the name is typed, it is the same person; another name passes, and an office may switch it off."""
    assert severities(rules, WITHHELD, by=name) == {"same-person": Severity.BLOCK}
    assert severities(rules, WITHHELD) == {}
    assert severities(switched(rules, "separation_of_duties", "off"), WITHHELD, by=name) == {}


@pytest.mark.parametrize(
    ("one", "other"), [("Li Ming", "ＬＩ　ming"), ("王\u00a0主任", "王主任"), ("o'neil", "O＇NEIL")]
)
def test_names_are_compared_as_people_not_as_letters(one: str, other: str) -> None:
    """Case, width and blanks do not make another person; other letters do."""
    assert same_person(one, other)
    assert not same_person(one, f"{other}甲")


@pytest.mark.parametrize(("by", "drafter"), [("", "李拟稿"), ("王主任", " ")])
def test_nameless_people_are_not_told_apart(rules: Rules, by: str, drafter: str) -> None:
    """Where nobody says who signs or who declared, the check is skipped, and a skipped check blocks."""
    declaration = replace(WITHHELD, declared_by=drafter)
    assert severities(rules, declaration, by=by) == {"check-skipped": Severity.BLOCK}


def test_an_office_may_want_its_review(rules: Rules) -> None:
    """Off by default, since a small unit has no office; on, what nobody reviewed is not signed."""
    wanting = switched(rules, "office_review_required", "on")
    agreed = (OfficeReview(ReviewResult.AGREE, None, "赵审核"),)
    assert severities(wanting, WITHHELD) == {"review-missing": Severity.BLOCK}
    assert severities(wanting, WITHHELD, reviews=agreed) == {}


def test_what_the_office_returned_is_not_signed(rules: Rules) -> None:
    """The last word counts: returned after an agreement it blocks, agreed after a return it does not."""
    back = OfficeReview(ReviewResult.RETURN, "没有写明条款", "赵审核")
    agreed = OfficeReview(ReviewResult.AGREE, None, "赵审核")
    assert severities(rules, WITHHELD, reviews=(agreed, back)) == {"office-returned": Severity.BLOCK}
    assert severities(rules, WITHHELD, reviews=(back, agreed)) == {}


def test_a_dispute_is_seen_and_answered(rules: Rules) -> None:
    """The signatory sees the office's attribute; to overrule it the reason must be the signatory's, not the drafter's."""
    other = OfficeReview(ReviewResult.DISPUTE, "涉及群众", "赵审核", attribute=Attribute.PROACTIVE, reason="P20-08")
    unanswered = severities(rules, WITHHELD, reviews=(other,), because="起草人说的")
    assert unanswered == {"office-disputes": Severity.FLAG, "dispute-unanswered": Severity.BLOCK}
    assert severities(rules, WITHHELD, reviews=(other,), overruling="尚未成熟") == {"office-disputes": Severity.FLAG}


def test_what_is_published_is_reviewed_for_secrecy_first(rules: Rules) -> None:
    """Missing, refused or made by the drafter it blocks; in part it is a flag; what is kept back needs none."""
    assert severities(rules, PROACTIVE) == {"secrecy-review-missing": Severity.BLOCK}
    own = replace(CLEARED, by="李 拟稿")
    assert severities(rules, PROACTIVE, secrecy=own) == {"secrecy-review-missing": Severity.BLOCK}
    refused = replace(CLEARED, result=SecrecyResult.REFUSED)
    assert severities(rules, PROACTIVE, secrecy=refused) == {"secrecy-review-refused": Severity.BLOCK}
    partly = replace(CLEARED, result=SecrecyResult.PARTLY)
    assert severities(rules, PROACTIVE, secrecy=partly) == {"secrecy-review-partly": Severity.FLAG}
    assert severities(rules, PROACTIVE, secrecy=CLEARED) == severities(rules, WITHHELD) == {}


def test_personal_data_are_looked_at_before_publication(rules: Rules) -> None:
    """A review that did not look at them is not enough; an office may go back to a flag."""
    document = a_document(findings=(PERSONAL,))
    blind = replace(CLEARED, personal_data_cleared=False)
    assert severities(rules, PROACTIVE, document, secrecy=blind) == {"personal-data": Severity.BLOCK}
    assert severities(rules, PROACTIVE, document, secrecy=CLEARED) == {}
    assert severities(switched(rules, "personal_data_blocks", "off"), PROACTIVE, document, secrecy=blind) == {}


def test_an_office_may_want_the_interpretation_at_hand(rules: Rules) -> None:
    """Where it wants it, what needs an interpretation is signed together with it."""
    wanting = switched(rules, "interpretation_required_before_signing", "on")
    stated = {"secrecy": CLEARED, "needs_interpretation": True}
    assert severities(wanting, PROACTIVE, **stated) == {"interpretation-missing": Severity.BLOCK}
    assert severities(wanting, PROACTIVE, **stated, interpreted=True) == {}
    assert severities(rules, PROACTIVE, **stated) == {}


def test_co_issuers_are_heard(rules: Rules) -> None:
    """A missing opinion is a flag (a block by switch), a disagreement blocks until the same unit agrees."""
    joint = a_document(issuers=("甲局", "乙局", "丙局"))
    no = CoIssuerOpinion("乙局", OpinionResult.DISAGREE, "资金未定", "赵审核")
    yes = [CoIssuerOpinion(unit, OpinionResult.AGREE, None, "赵审核") for unit in ("乙局", "丙局")]
    assert severities(rules, WITHHELD, joint, opinions=(yes[0],)) == {"co-issuer-opinion-missing": Severity.FLAG}
    strict = switched(rules, "co_issuer_opinions_block", "on")
    assert severities(strict, WITHHELD, joint) == {"co-issuer-opinion-missing": Severity.BLOCK}
    assert severities(rules, WITHHELD, joint, opinions=(no, yes[1])) == {"co-issuer-disagrees": Severity.BLOCK}
    assert severities(rules, WITHHELD, joint, opinions=(no, *yes)) == {}


def test_a_change_after_sign_off_says_why_and_comes_off_the_website(rules: Rules) -> None:
    """Without a reason it blocks; with one, the addresses where the document still stands are flagged."""
    decided = Decision(Attribute.PROACTIVE, None, "王主任", NOW, "r")
    stated = {"decided": decided, "addresses": ("https://a.example/1.html",)}
    assert severities(rules, WITHHELD, **stated) == {
        "adjustment-unexplained": Severity.BLOCK,
        "published-but-kept-back": Severity.FLAG,
    }
    assert severities(rules, WITHHELD, **stated, because="涉及第三方") == {"published-but-kept-back": Severity.FLAG}


def test_what_is_public_only_as_news_is_flagged(rules: Rules) -> None:
    """A news page alone is a flag; beside an address of the document itself it is none, and what is kept back has its own."""
    news, itself = "https://www.yun.gov.cn/xwzx/1.html", "https://www.yun.gov.cn/zfwj/1.html"
    stated = {"secrecy": CLEARED}
    assert severities(rules, PROACTIVE, **stated, addresses=(news,)) == {"published-as-news": Severity.FLAG}
    assert severities(rules, PROACTIVE, **stated, addresses=(news, itself)) == {}
    assert severities(rules, WITHHELD, addresses=(news,)) == {"published-but-kept-back": Severity.FLAG}
