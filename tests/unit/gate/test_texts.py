"""The gate on what a document says, carries and cites: each finding with its sentence, and the case in which it is silent."""

import pytest
from builders import a_declaration, a_document, a_mark, a_proposal

from attrtrack.domain.attributes import DisclosureAttribute as Attribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.documents import Document
from attrtrack.domain.duties import NamedForPublication
from attrtrack.domain.evidence import Span
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.marks import Place
from attrtrack.gate import Case, KnownDocument, findings
from attrtrack.rules import Rules

_STALE = "依据《政府信息公开条例》第十四条第四款，本件不予公开。"
_CITED = "请按照省办密电〔2024〕3号的要求办理。"


def _letter(sentence: str, **values: object) -> Document:
    return a_document(f"云栖市某局关于某事的复函\n溪口区某局：\n来函收悉。{sentence}\n云栖市某局\n", **values)


def _of(case: Case, rules: Rules, code: str) -> list[Finding]:
    return [item for item in findings(case, rules) if item.code == code]


@pytest.mark.parametrize(
    ("values", "outdated"),
    [
        ({"date": WrittenDate(2023, 5, 6)}, True),
        ({"date": WrittenDate(2019, 5, 15)}, True),
        ({"date": WrittenDate(2019, 5, 14)}, False),
        ({"date": WrittenDate(2018, 3)}, False),
        ({"date": WrittenDate(2019, 5)}, True),
        ({}, True),
        ({"year_stated": 2017}, False),
        ({"year_stated": 2022}, True),
    ],
)
def test_old_regulation_is_outdated_from_the_day_it_was_replaced(
    rules: Rules, values: dict[str, object], outdated: bool
) -> None:
    """A document of 2018 cited what was then in force; one of today, or a draft without a date, may not."""
    found = _of(
        Case(_letter(_STALE, **values), a_declaration(Attribute.WITHHELD, "R16-2c")), rules, "regulation-outdated"
    )
    assert [item.severity for item in found] == ([Severity.FLAG] if outdated else [])
    assert all(item.evidence[0].quote == _STALE for item in found)


def test_old_regulation_as_a_reason_is_named_beside_the_block(rules: Rules) -> None:
    """A stale reason carries nothing (a block), and the flag says what to cite instead."""
    found = findings(Case(a_document(), a_declaration(Attribute.WITHHELD, "条例第十四条第四款")), rules)
    assert [item.code for item in found] == ["reason-without-clause", "regulation-outdated"]
    assert "第十五条" in found[1].message
    assert found[1].evidence[0].source == "declaration"


_NAMED = NamedForPublication("P20-03", "批准规划，是结果不是过程。", (a_document().quote(Span(40, 52), "rules:plan"),))


@pytest.mark.parametrize("attribute", [Attribute.WITHHELD, Attribute.ON_REQUEST])
@pytest.mark.parametrize("proposal", [None, a_proposal(Attribute.WITHHELD, 0.6, abstained=True)])
def test_what_the_law_names_is_not_kept_back(rules: Rules, attribute: Attribute, proposal: object) -> None:
    """The finding quotes the sentence and names the item, also where the proposal abstains or there is none."""
    case = Case(a_document(), a_declaration(attribute, "R16-2c"), proposal, named=(_NAMED,))  # type: ignore[arg-type]
    (found,) = _of(case, rules, "withheld-named-for-publication")
    assert "第二十条第（三）项" in found.message
    assert attribute.chinese in found.message
    assert found.evidence == _NAMED.evidence


def test_sure_proposal_for_the_declaration_silences_the_law(rules: Rules) -> None:
    """Where all voices together stand behind the declaration, one rule alone does not object; nor to publication."""
    agreeing = a_proposal(Attribute.WITHHELD, 0.97, reason="R16-2c")
    kept = Case(a_document(), a_declaration(Attribute.WITHHELD, "R16-2c"), agreeing, named=(_NAMED,))
    published = Case(a_document(), a_declaration(Attribute.PROACTIVE), named=(_NAMED,))
    assert not _of(kept, rules, "withheld-named-for-publication")
    assert not _of(published, rules, "withheld-named-for-publication")


def _forwarding(**values: object) -> Document:
    return a_document(
        title="溪口区某局转发《云栖市某局关于节水工作的通知》的通知",
        carried_title="云栖市某局关于节水工作的通知",
        **values,
    )


def test_forwarding_against_the_original_is_flagged(rules: Rules) -> None:
    """What is forwarded keeps its attribute; the finding quotes the mark or the sentence that tells it."""
    document = _forwarding()
    carried = KnownDocument("原通知", Attribute.WITHHELD, (document.quote(Span(0, 8), "register"),))
    (found,) = _of(
        Case(document, a_declaration(Attribute.PROACTIVE), carried=(carried,)), rules, "forwarded-contradicts"
    )
    assert found.evidence == carried.evidence
    same = Case(document, a_declaration(Attribute.WITHHELD, "R16-2c"), carried=(carried,))
    assert not {"forwarded-contradicts", "forwarded-undetermined"} & {item.code for item in findings(same, rules)}


def test_forwarding_of_what_has_no_attribute_is_noted(rules: Rules) -> None:
    """Nobody knows the original's attribute: a note to determine it; a notice that issues its own plan has no original."""
    (note,) = _of(Case(_forwarding(), a_declaration(Attribute.PROACTIVE)), rules, "forwarded-undetermined")
    assert note.severity is Severity.NOTE
    issued = a_document(title="云栖市某局关于印发节水方案的通知", carried_title="节水方案")
    assert not _of(Case(issued, a_declaration(Attribute.PROACTIVE)), rules, "forwarded-undetermined")


def test_mark_of_the_carried_text_is_not_the_documents_own(rules: Rules) -> None:
    """Two marks in a forwarding document do not contradict its declaration when one is the original's."""
    own = a_mark(Attribute.PROACTIVE, place=Place.BODY, span=Span(0, 4))
    other = a_mark(Attribute.WITHHELD, place=Place.BODY, span=Span(10, 14))
    document = _forwarding(marks=(own, other))
    carried = KnownDocument("原通知", Attribute.WITHHELD, (document.quote(Span(10, 14), "mark:body"),))
    codes = {
        item.code for item in findings(Case(document, a_declaration(Attribute.PROACTIVE), carried=(carried,)), rules)
    }
    assert codes == {"forwarded-contradicts"}


def test_public_document_that_cites_one_that_is_not(rules: Rules) -> None:
    """By the text's own words or by the register; only of a document that is to be published."""
    document = _letter(_CITED)
    known = KnownDocument("某方案（云政〔2024〕3号）", Attribute.WITHHELD, (document.quote(Span(0, 8), "register"),))
    found = _of(Case(document, a_declaration(Attribute.PROACTIVE), cited=(known,)), rules, "cites-non-public")
    assert ["登记" in item.message for item in found] == [True, False]
    assert found[1].evidence[0].quote == _CITED
    kept = Case(document, a_declaration(Attribute.WITHHELD, "R16-2c"), cited=(known,))
    assert not _of(kept, rules, "cites-non-public")
    public = KnownDocument("某方案", Attribute.PROACTIVE, known.evidence)
    assert not _of(
        Case(_letter("请照办。"), a_declaration(Attribute.PROACTIVE), cited=(public,)), rules, "cites-non-public"
    )


def test_printed_mark_stands_for_a_declaration_that_is_not_made_yet(rules: Rules) -> None:
    """A letter that prints 此件公开发布 and cites an internal document is told so before anybody declares."""
    marked = _letter(_CITED, marks=(a_mark(Attribute.PROACTIVE),))
    assert _of(Case(marked, a_declaration(None)), rules, "cites-non-public")
    assert not _of(Case(_letter(_CITED), a_declaration(None)), rules, "cites-non-public")
