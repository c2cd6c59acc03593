"""The tables of reasons and of faults: every example resolves to its row, no counter-example does."""

import pytest

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.rules import Rules, load_rules
from attrtrack.rules.reasons import resolve_reason

_RULES = load_rules()
_REASONS = {row.code: row for row in _RULES.reasons}
_FAULTS = {row.code: row for row in _RULES.reason_faults}


@pytest.mark.parametrize("code", _REASONS)
def test_reason_resolves_from_its_own_words(code: str, rules: Rules) -> None:
    """Code, name, synonyms, the ready sentence and the examples of a reason resolve to it (or leave it open)."""
    row = _REASONS[code]
    for text in (row.code, row.code.lower(), row.name, *row.synonyms, row.sentence, *row.examples):
        found = resolve_reason(text, rules)
        assert code in found.candidates, text
        assert found.fault is None


@pytest.mark.parametrize("code", _REASONS)
def test_reason_does_not_take_its_counterexamples(code: str, rules: Rules) -> None:
    """No counter-example of a reason resolves to it, and each reason has some."""
    assert _REASONS[code].counterexamples
    for text in _REASONS[code].counterexamples:
        assert resolve_reason(text, rules).code != code, text


@pytest.mark.parametrize("code", _FAULTS)
def test_fault_is_found_in_its_examples_only(code: str, rules: Rules) -> None:
    """Every example of a fault resolves to that fault and to no reason; no counter-example does."""
    for text in _FAULTS[code].examples:
        found = resolve_reason(text, rules)
        assert (found.code, found.fault) == (None, _FAULTS[code]), text
    assert _FAULTS[code].counterexamples
    for text in _FAULTS[code].counterexamples:
        assert resolve_reason(text, rules).fault != _FAULTS[code], text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("《中华人民共和国政府信息公开条例》第十六条第二款，征求意见函", "R16-2c"),
        ("依据条例第16条第1款（后勤管理）", "R16-1b"),
        ("《政府信息公开条例》第十四条、第十五条，涉及个人隐私", "R15-2"),
        ("内部资料，依据《政府信息公开条例》第十五条，含商业秘密", "R15-1"),
        ("《反恐怖主义法》第六十三条", "R14-2"),
        ("《保密法》第十三条", "R14-1"),
        ("政府信息公开条例第二十条第(八)项", "P20-08"),
        ("敏感个人信息", "R15-2"),
    ],
)
def test_clause_and_words_together_tell_the_reason(text: str, code: str, rules: Rules) -> None:
    """A cited clause is told apart by the words beside it, in the writings that ledgers use."""
    assert resolve_reason(text, rules).code == code


def test_clause_that_holds_several_reasons_keeps_all_candidates(rules: Rules) -> None:
    """A clause cited without words leaves every reason it holds, never state secrets."""
    assert resolve_reason("《政府信息公开条例》第十六条第二款", rules).candidates == (
        "R16-2a",
        "R16-2b",
        "R16-2c",
        "R16-2d",
        "R16-2e",
    )
    assert "R14-1" not in resolve_reason("条例第十四条", rules).candidates


def test_words_of_no_table_are_neither_reason_nor_fault(rules: Rules) -> None:
    """What nobody knows resolves to nothing, so that the gate can say so."""
    found = resolve_reason("甲乙丙丁", rules)
    assert (found.code, found.fault, found.quote) == (None, None, "甲乙丙丁")


def test_reason_carries_one_attribute_of_its_family(rules: Rules) -> None:
    """Letters of the code tell what a reason can carry: P and L publish, U waits for a request, R withholds."""
    family = {
        "P": DisclosureAttribute.PROACTIVE,
        "L": DisclosureAttribute.PROACTIVE,
        "U": DisclosureAttribute.ON_REQUEST,
        "R": DisclosureAttribute.WITHHELD,
    }
    for row in rules.reasons:
        assert row.attributes == (family[row.code[0]],)


def test_only_state_secrets_are_never_proposed(rules: Rules) -> None:
    """R14-1 removes a document from the system; it is the one reason that is never proposed."""
    assert [row.code for row in rules.reasons if not row.proposable] == ["R14-1"]


def test_force_follows_the_law(rules: Rules) -> None:
    """Articles 14 and 15 say must, article 16 says may, the others are a basis of disclosure."""
    for row in rules.reasons:
        expected = "must" if row.code.startswith(("R14", "R15")) else "may" if row.code.startswith("R16") else "basis"
        assert row.force == expected
