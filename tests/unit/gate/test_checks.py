"""The gate's checks, each with a case that fires and one that does not."""

import pytest
from builders import a_declaration, a_document, a_mark, a_proposal

from attrtrack.domain.attributes import DisclosureAttribute as Attribute
from attrtrack.domain.decisions import Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Severity
from attrtrack.domain.proposals import Proposal
from attrtrack.gate import CHECKS, Case, findings, is_blocked
from attrtrack.rules import Rules


def codes(
    rules: Rules, declaration: Declaration, document: Document | None = None, proposal: Proposal | None = None
) -> set[str]:
    """Return the codes of all findings of a case."""
    return {item.code for item in findings(Case(document or a_document(), declaration, proposal), rules)}


def test_no_attribute_blocks(rules: Rules) -> None:
    """A document without an attribute is not signed."""
    found = findings(Case(a_document(), a_declaration(None)), rules)
    assert [item.code for item in found] == ["attribute-missing"]
    assert is_blocked(found)


@pytest.mark.parametrize("attribute", [Attribute.ON_REQUEST, Attribute.WITHHELD])
def test_no_reason_blocks_where_an_office_wants_one(rules: Rules, attribute: Attribute) -> None:
    """Withheld and on-request documents need a reason by default."""
    assert codes(rules, a_declaration(attribute)) == {"reason-missing"}


def test_blank_reason_is_no_reason(rules: Rules) -> None:
    """White space does not pass as a reason."""
    assert "reason-missing" in codes(rules, a_declaration(Attribute.WITHHELD, " \u3000 "))


def test_proactive_needs_no_reason(rules: Rules) -> None:
    """Disclosure is the norm and needs no ground."""
    assert codes(rules, a_declaration(Attribute.PROACTIVE)) == set()


@pytest.mark.parametrize("reason", ["敏感", "工作秘密", "内部资料", "其他不宜公开的信息"])
def test_reason_that_is_no_legal_reason_blocks(rules: Rules, reason: str) -> None:
    """Words that resolve to no clause of the regulation are refused."""
    assert "reason-without-clause" in codes(rules, a_declaration(Attribute.WITHHELD, reason))


def test_reason_that_does_not_carry_the_attribute_blocks(rules: Rules) -> None:
    """A consultation letter's reason cannot carry disclosure on request."""
    assert "reason-does-not-carry" in codes(rules, a_declaration(Attribute.ON_REQUEST, "R16-2c"))


def test_proper_reason_passes(rules: Rules) -> None:
    """A reason code of the catalogue that carries the attribute raises nothing."""
    assert codes(rules, a_declaration(Attribute.WITHHELD, "R16-2c")) == set()


def test_state_secret_as_reason_blocks(rules: Rules) -> None:
    """A document withheld as a state secret must leave the system, not be signed in it."""
    assert "secret-reason" in codes(rules, a_declaration(Attribute.WITHHELD, "R14-1"))


def test_mark_that_contradicts_blocks(rules: Rules) -> None:
    """A printed mark that says otherwise than the declaration stops the sign-off."""
    document = a_document(marks=(a_mark(Attribute.PROACTIVE),))
    found = findings(Case(document, a_declaration(Attribute.WITHHELD, "R16-2c")), rules)
    assert [(item.code, item.severity) for item in found] == [("mark-contradicts", Severity.BLOCK)]


def test_mark_that_agrees_raises_nothing(rules: Rules) -> None:
    """An agreeing mark is no finding."""
    assert codes(rules, a_declaration(Attribute.PROACTIVE), a_document(marks=(a_mark(Attribute.PROACTIVE),))) == set()


def test_confident_other_proposal_is_a_flag_not_a_block(rules: Rules) -> None:
    """The suggestion never touches the decision: it only asks a person to look."""
    proposal = a_proposal(Attribute.PROACTIVE, 0.95, reason="L-A")
    found = findings(Case(a_document(), a_declaration(Attribute.WITHHELD, "R16-2c"), proposal), rules)
    assert [(item.code, item.severity) for item in found] == [("attribute-doubtful", Severity.FLAG)]
    assert found[0].evidence == proposal.evidence


@pytest.mark.parametrize(("probability", "abstained"), [(0.5, False), (0.99, True)])
def test_weak_or_abstaining_proposal_says_nothing(rules: Rules, probability: float, abstained: bool) -> None:
    """An unsure proposal does not flag what a person declared."""
    proposal = a_proposal(Attribute.PROACTIVE, probability, abstained=abstained)
    assert codes(rules, a_declaration(Attribute.WITHHELD, "R16-2c"), proposal=proposal) == set()


def test_unlikely_reason_is_flagged(rules: Rules) -> None:
    """The right attribute with a reason that the text does not support is flagged."""
    proposal = a_proposal(Attribute.WITHHELD, 0.9, reason="R16-2c")
    assert codes(rules, a_declaration(Attribute.WITHHELD, "R16-1b"), proposal=proposal) == {"reason-doubtful"}


def test_checks_explain_themselves_and_differ() -> None:
    """Each check has a sentence of its own."""
    sentences = [check.__doc__ for check in CHECKS]
    assert all(sentences)
    assert len(set(sentences)) == len(CHECKS)
