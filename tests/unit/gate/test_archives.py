"""One reason for everything: what the rows of a ledger show together."""

import pytest
from builders import a_declaration, a_document
from hypothesis import given
from hypothesis import strategies as st

from attrtrack.domain.attributes import DisclosureAttribute as Attribute
from attrtrack.gate import Case, Declared, catch_alls, findings, ledger_findings
from attrtrack.rules import Rules, load_rules

_RULES = load_rules()


def _rows(unit: str, *reasons: str | None) -> list[Declared]:
    return [Declared(unit, Attribute.WITHHELD if reason else Attribute.PROACTIVE, reason) for reason in reasons]


def test_same_words_for_most_of_a_units_rows_are_flagged(rules: Rules) -> None:
    """Six of ten rows of one unit with one sentence, however it is quoted or spaced; another unit is not meant."""
    rows = [
        *_rows("甲局", *["过程性信息"] * 3, "“过程性信息”", "过程性 信息", "过程性信息。", None, None, None, None),
        *_rows("乙局", "过程性信息", None),
    ]
    found = ledger_findings(rows, rules)
    assert [bool(row) for row in found] == [*[True] * 6, *[False] * 6]
    assert "10 件中有 6 件" in found[0][0].message
    assert found[0][0].code == "reason-catch-all"


def test_many_alike_are_flagged_even_in_a_long_ledger(rules: Rules) -> None:
    """More than the number that an office has set, whatever the share."""
    rows = _rows("甲局", *["属于内部管理信息"] * 21, *[None] * 500)
    assert sum(map(bool, ledger_findings(rows, rules))) == 21


@pytest.mark.parametrize("reasons", [["过程性信息"] * 4, [f"理由{number}" for number in range(40)], [None] * 40])
def test_few_or_different_reasons_are_no_habit(rules: Rules, reasons: list[str | None]) -> None:
    """Four rows show no habit; different words, or none, are no catch-all."""
    assert not catch_alls(_rows("甲局", *reasons), rules)


@given(
    st.lists(
        st.builds(Declared, st.sampled_from(["甲", None]), st.sampled_from([*Attribute, None]), st.text(max_size=4))
    )
)
def test_every_row_gets_an_answer_in_its_place(rows: list[Declared]) -> None:
    """As many answers as rows; a flagged row has an attribute that needs a reason, and states one."""
    found = ledger_findings(rows, _RULES)
    assert len(found) == len(rows)
    for row, shown in zip(rows, found, strict=True):
        if shown:
            assert row.attribute in _RULES.switch("reason_required_for")
            assert (row.reason or "").strip()


@pytest.mark.parametrize("reason", ["其他不宜公开的信息", "其他不宜公开", "系统默认"])
def test_default_of_an_office_system_is_a_catch_all_on_one_document(rules: Rules, reason: str) -> None:
    """The words that a system enters by itself are named as such, beside the block."""
    codes = [item.code for item in findings(Case(a_document(), a_declaration(Attribute.WITHHELD, reason)), rules)]
    assert codes == ["reason-without-clause", "reason-catch-all"]


@pytest.mark.parametrize("reason", ["敏感", "过程性信息"])
def test_other_faults_and_proper_reasons_are_no_default(rules: Rules, reason: str) -> None:
    """A thin reason is thin, not a default."""
    found = findings(Case(a_document(), a_declaration(Attribute.WITHHELD, reason)), rules)
    assert "reason-catch-all" not in {item.code for item in found}
