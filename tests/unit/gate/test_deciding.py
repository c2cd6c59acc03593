"""States and acts."""

import pytest
from builders import NOW, a_declaration, a_document

from attrtrack.domain.attributes import DisclosureAttribute as Attribute
from attrtrack.domain.decisions import State
from attrtrack.errors import GateRefusedError, TransitionNotAllowedError
from attrtrack.gate import Case, ensure_allowed, findings, sign_off
from attrtrack.rules import Rules


def test_refused_sign_off_returns_its_findings(rules: Rules) -> None:
    """Nobody is refused without being told why."""
    declaration = a_declaration(None)
    found = findings(Case(a_document(), declaration), rules)
    with pytest.raises(GateRefusedError) as refusal:
        sign_off(declaration, found, by="王主任", at=NOW, rules_version="r")
    assert refusal.value.findings == found


def test_sign_off_keeps_what_was_declared() -> None:
    """A decision takes over the declaration and adds who, when and by which rules."""
    decision = sign_off(a_declaration(Attribute.WITHHELD, "R16-2c"), (), by="王主任", at=NOW, rules_version="r1")
    assert (decision.attribute, decision.reason, decision.decided_by) == (Attribute.WITHHELD, "R16-2c", "王主任")
    assert decision.rules_version == "r1"


def test_sign_off_without_attribute_is_refused_even_without_findings() -> None:
    """A check that was forgotten does not let an undeclared document through."""
    with pytest.raises(GateRefusedError):
        sign_off(a_declaration(None), (), by="王主任", at=NOW, rules_version="r")


@pytest.mark.parametrize(
    ("act", "state"),
    [
        ("declare", State.ISSUED_ELSEWHERE),
        ("sign", State.ISSUED_ELSEWHERE),
        ("publish", State.DRAFT),
    ],
)
def test_acts_outside_their_states_are_refused(act: str, state: State) -> None:
    """The message names the state and the states from which the act is possible."""
    with pytest.raises(TransitionNotAllowedError, match=state.chinese):
        ensure_allowed(act, state)


@pytest.mark.parametrize(
    ("act", "state"), [("declare", State.DRAFT), ("sign", State.DECLARED), ("publish", State.SIGNED)]
)
def test_the_usual_course_is_allowed(act: str, state: State) -> None:
    """Draft, declared, signed, published."""
    ensure_allowed(act, state)
