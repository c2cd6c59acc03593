"""The gate asked from outside, and kept judgements judged again by other rules."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import LETTER, a_declaration, a_document
from register_insides import kept_in
from signed_off import DRAFTER, acting, sign_as_others

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evaluations import GateAct, Replayed
from attrtrack.domain.reviews import Course, SecrecyResult, SecrecyReview
from attrtrack.errors import ClassifiedMaterialError
from attrtrack.workflow import registering
from attrtrack.workflow.app import App
from attrtrack.workflow.gating import ask_gate
from attrtrack.workflow.replaying import replay

_P, _U, _W = DisclosureAttribute
FACTS = Course("王主任", secrecy=SecrecyReview(SecrecyResult.CLEARED, "钱保密", personal_data_cleared=True))


def switched(app: App, code: str, *values: str) -> App:
    """Return the program on the same register by the rules of an office that has set one switch."""
    gate = tuple(row._replace(values=values) if row.code == code else row for row in app.rules.gate)
    store = app.store
    return replace(app, rules=replace(app.rules, gate=gate, version="other"), make_store=lambda: store)


def one(app: App, act: GateAct) -> Replayed:
    """Return the only replayed judgement of an act."""
    (found,) = [item for item in replay(app) if item.act is act]
    return found


def test_an_office_system_is_answered_and_the_answer_is_kept(app: App) -> None:
    """Passed with the facts given, blocked without them; what is kept has digests and elements, no text."""
    answer = ask_gate(app, a_document(), a_declaration(_P), facts=FACTS)
    assert answer.passed
    assert answer.proposal is not None
    without = ask_gate(app, a_document(), a_declaration(_P))
    assert not without.passed
    assert {"secrecy-review-missing", "check-skipped"} <= {item.code for item in without.findings}
    with app.reading() as work:
        kept = work.evaluations.get(answer.decision_id)
    assert (kept.document_id, kept.passed, kept.unit) == (None, True, app.unit)
    assert kept.given["document"]["title"] == a_document().title
    assert "住房公积金" not in repr(kept)
    assert all(not item.message and not item.evidence for item in kept.findings)


@pytest.mark.parametrize("reason", ["R14-1", None])
def test_nothing_is_kept_of_a_classified_letter(app: App, tmp_path: Path, reason: str | None) -> None:
    """A sign of secrecy in the text, or secrecy as the reason: only rule, time and user stay."""
    text = LETTER if reason else "机密★5年\n" + LETTER
    with pytest.raises(ClassifiedMaterialError):
        ask_gate(app, a_document(text), a_declaration(_W, reason), facts=FACTS)
    with app.reading() as work:
        assert list(work.evaluations.kept()) == []
        last = work.journal.head()
    assert last is not None
    assert (last.action, last.subject, last.outcome) == ("gate", "-", "refused")
    assert "加装电梯".encode() not in kept_in(tmp_path / "register.db")


def test_the_same_rules_judge_the_same(app: App, tmp_path: Path) -> None:
    """Every kept judgement that ran the checks is repeated, and nothing flips."""
    _signed(app, tmp_path)
    ask_gate(app, a_document(), a_declaration(_P), facts=FACTS)
    replayed = list(replay(app))
    assert {item.act for item in replayed} == {GateAct.DECLARE, GateAct.SIGN, GateAct.GATE}
    assert not [item for item in replayed if item.flips or item.findings_gone or item.findings_new]
    letters = [item.document_id for item in replayed if item.act is GateAct.GATE]
    assert letters == [None]


def _signed(app: App, folder: Path) -> str:
    (folder / "函.txt").write_text(LETTER, encoding="utf-8")
    identifier = registering.record_file(app, str(folder / "函.txt")).record.id
    registering.declare(acting(app, DRAFTER), identifier, "on_request", "U27-1")
    sign_as_others(app, identifier)
    return identifier


def test_newer_rules_flip_what_they_would_refuse(app: App, tmp_path: Path) -> None:
    """An office that now wants its review sees which sign-offs would not pass, and by which code."""
    identifier = _signed(app, tmp_path)
    strict = switched(app, "office_review_required", "on")
    found = one(strict, GateAct.SIGN)
    assert (found.document_id, found.before, found.after, found.flips) == (identifier, True, False, True)
    assert (found.findings_new, found.findings_gone) == (("review-missing",), ())
    assert found.rules_before == app.rules.version
    assert not one(strict, GateAct.DECLARE).flips
    told: list[int] = []
    assert len(list(replay(strict, year=2025, unit=app.unit, telling=told.append))) == len(told) == 2
    assert list(replay(strict, unit="别的局")) == list(replay(strict, year=1999)) == []


def test_laxer_rules_flip_what_they_would_let_pass(app: App) -> None:
    """A letter that was refused for want of a secrecy review would pass where an office asks for none."""
    ask_gate(app, a_document(), a_declaration(_P), facts=replace(FACTS, secrecy=None))
    found = one(switched(app, "secrecy_review_required", "off"), GateAct.GATE)
    assert (found.before, found.after, found.findings_gone) == (False, True, ("secrecy-review-missing",))
    assert "cites_regulation_in_force" in found.carried_over


def test_what_the_text_showed_is_carried_over_where_no_text_was_kept(app: App) -> None:
    """A letter that cites the old regulation is still told so after its text is gone."""
    text = LETTER.replace("特此函复。", "根据《中华人民共和国政府信息公开条例》（国务院令第492号）办理。\n特此函复。")
    answer = ask_gate(app, a_document(text), a_declaration(_P), facts=FACTS)
    assert "regulation-outdated" in {item.code for item in answer.findings}
    found = one(app, GateAct.GATE)
    assert (found.findings_gone, found.findings_new) == ((), ())
