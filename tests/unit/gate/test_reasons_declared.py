"""Reasons as people and office systems write them: combined, in digits, negated, by default; and improbable ones."""

import pytest
from builders import a_declaration, a_document, a_proposal

from attrtrack.domain.attributes import DisclosureAttribute as Attribute
from attrtrack.domain.findings import Severity
from attrtrack.domain.proposals import ReasonLikelihood
from attrtrack.gate import Case, findings
from attrtrack.rules import Rules


def _codes(rules: Rules, attribute: Attribute, reason: str) -> list[str]:
    return [item.code for item in findings(Case(a_document(), a_declaration(attribute, reason)), rules)]


@pytest.mark.parametrize(
    "reason",
    [
        "其他不宜公开", "内部管理", "“工作秘密”", "工 作 秘 密", "內部資料", "《内部资料》", "涉密", "同上", "N/A", "此件不公开",
        "可能引发舆情", "不涉及公众利益", "非主动公开范围", "正在研究",
    ],
)  # fmt: skip
def test_reason_without_clause_in_any_dress_blocks(rules: Rules, reason: str) -> None:
    """Quotes, blanks, converted characters, denials and defaults do not make a legal reason."""
    assert "reason-without-clause" in _codes(rules, Attribute.WITHHELD, reason)


@pytest.mark.parametrize(
    ("attribute", "reason"),
    [
        (Attribute.WITHHELD, "危及国防、外交、国家主权和领土完整"),
        (Attribute.WITHHELD, "危及国家经济、金融利益"),
        (Attribute.WITHHELD, "危及公共安全、社会稳定"),
        (Attribute.WITHHELD, "可能不当损害第三方合法权益(商业秘密、个人隐私)"),
        (Attribute.WITHHELD, "不成熟的过程性信息"),
        (Attribute.WITHHELD, "与履行外部职责没有直接关系的纯属内部事务"),
        (Attribute.ON_REQUEST, "涉及个别的公民、法人或其他组织且法律法规并未规定必须公开"),
        (Attribute.ON_REQUEST, "国家有关行业政策明确规定依申请公开"),
        (Attribute.WITHHELD, "《条例》第16条第(2)款"),
        (Attribute.WITHHELD, "条例16条2款"),
        (Attribute.WITHHELD, "政府信息公开条例第十五条、第十六条第二款"),
        (Attribute.WITHHELD, "条例第十九条、第十六条第二款"),
    ],
)
def test_wordings_of_office_systems_with_a_clause_pass(rules: Rules, attribute: Attribute, reason: str) -> None:
    """The choices that office systems offer, digits, and several clauses carry the attribute."""
    assert _codes(rules, attribute, reason) == []


def test_part_without_clause_is_noted_not_blocked(rules: Rules) -> None:
    """The part with a clause carries the attribute; the thin part is named so that it can go."""
    found = findings(Case(a_document(), a_declaration(Attribute.WITHHELD, "内部资料，属于过程性信息")), rules)
    assert [(item.code, item.severity) for item in found] == [("reason-part-void", Severity.NOTE)]
    assert "内部资料" in found[0].message


def test_clauses_none_of_which_carries_block(rules: Rules) -> None:
    """Two clauses for publication do not carry withholding; state secrecy among others still takes the document out."""
    assert _codes(rules, Attribute.WITHHELD, "条例第十九条、第二十一条") == ["reason-does-not-carry"]
    assert _codes(rules, Attribute.WITHHELD, "R14-1") == ["secret-reason"]


_LIKELY = (ReasonLikelihood("R16-2c", 0.7), ReasonLikelihood("R16-2d", 0.26), ReasonLikelihood("R16-1b", 0.03))


@pytest.mark.parametrize(
    ("reason", "doubtful"),
    [("R16-2c", False), ("R16-2d", False), ("R16-1b", True), ("R15-1", True), ("条例第十六条第二款", False)],
)
def test_improbable_reason_is_flagged(rules: Rules, reason: str, doubtful: bool) -> None:
    """Below the one threshold beside a proposal above the other; a clause that leaves the likely reason open is none."""
    proposal = a_proposal(Attribute.WITHHELD, 0.9, reason="R16-2c", reasons=_LIKELY)
    found = findings(Case(a_document(), a_declaration(Attribute.WITHHELD, reason), proposal), rules)
    assert ("reason-doubtful" in {item.code for item in found}) is doubtful


def test_no_reason_is_doubted_by_an_unsure_ranking(rules: Rules) -> None:
    """A proposal without a likely reason of its own doubts nobody's."""
    flat = tuple(ReasonLikelihood(code, 0.2) for code in ("R16-2c", "R16-2d", "R16-2e", "R16-1a", "R16-1c"))
    proposal = a_proposal(Attribute.WITHHELD, 0.9, reason="R16-2c", reasons=flat)
    found = findings(Case(a_document(), a_declaration(Attribute.WITHHELD, "R15-1"), proposal), rules)
    assert "reason-doubtful" not in {item.code for item in found}
