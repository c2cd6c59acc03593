"""States and acts."""

from dataclasses import replace

import pytest
from builders import NOW, a_declaration, a_document

from attrtrack.domain.attributes import DisclosureAttribute as Attribute
from attrtrack.domain.decisions import State
from attrtrack.domain.reviews import ReviewResult
from attrtrack.errors import GateRefusedError, TransitionNotAllowedError
from attrtrack.gate import TRANSITIONS, Case, ensure_allowed, findings, sign_off, state_declared, state_reviewed
from attrtrack.rules import Rules
from attrtrack.storage.migrations import guards_0006_postgresql as postgresql
from attrtrack.storage.migrations import guards_0006_sqlite as sqlite


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


def test_the_database_knows_the_same_steps() -> None:
    """The triggers of both databases permit exactly the steps of the gate's table."""
    steps = {f"{state.value}>{after.value}" for state, next_ones in TRANSITIONS.items() for after in next_ones}
    assert set(sqlite.TRANSITIONS) == set(postgresql.TRANSITIONS) == steps
    assert set(TRANSITIONS) == set(State)


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.ISSUED_ELSEWHERE])
def test_nothing_leads_on_from_the_end(state: State) -> None:
    """What is withdrawn, or came from a ledger, is neither declared, reviewed nor signed."""
    for act in ("declare", "review", "review-secrecy", "sign", "withdraw", "reexamine"):
        with pytest.raises(TransitionNotAllowedError, match=state.chinese):
            ensure_allowed(act, state)


def test_only_a_new_declaration_or_a_withdrawal_leads_on_from_returned() -> None:
    """A returned document is not reviewed or signed as it is."""
    for act in ("review", "sign", "publish"):
        with pytest.raises(TransitionNotAllowedError, match="重新认定"):
            ensure_allowed(act, State.RETURNED)
    ensure_allowed("declare", State.RETURNED)
    ensure_allowed("withdraw", State.RETURNED)


@pytest.mark.parametrize("state", [State.SIGNED, State.PUBLISHED])
def test_what_is_settled_stays_so_until_the_new_decision(state: State) -> None:
    """Declaring and reviewing anew moves no signed document; it cannot be withdrawn."""
    assert state_declared(state) is state_reviewed(state, ReviewResult.RETURN) is state
    with pytest.raises(TransitionNotAllowedError):
        ensure_allowed("withdraw", state)


def test_reviews_move_what_is_open() -> None:
    """Agreement and dispute lead to the signatory, a return back to the drafter."""
    assert state_reviewed(State.DECLARED, ReviewResult.DISPUTE) is State.REVIEWED
    assert state_reviewed(State.REVIEWED, ReviewResult.RETURN) is State.RETURNED
    assert state_declared(State.RETURNED) is State.DECLARED


def test_a_decision_keeps_both_reasons_for_a_change() -> None:
    """The drafter's reason for the change and the signatory's own stand together, once where they are the same."""
    declaration = replace(a_declaration(Attribute.PROACTIVE), because="理由消失")
    stated = {"by": "王主任", "at": NOW, "rules_version": "r"}
    assert sign_off(declaration, (), because="同意公开", **stated).because == "理由消失；同意公开"
    assert sign_off(declaration, (), because="理由消失", **stated).because == "理由消失"
    assert sign_off(a_declaration(Attribute.PROACTIVE), (), because=" ", **stated).because is None
