"""What is kept back comes up again on its day."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from builders import LETTER
from signed_off import DRAFTER, acting, sign_as_others

from attrtrack.domain.reexaminations import months_later
from attrtrack.errors import TransitionNotAllowedError, UsageError
from attrtrack.workflow import registering
from attrtrack.workflow.app import App
from attrtrack.workflow.reexamining import due_for_reexamination, reexamine


def signed(app: App, folder: Path, attribute: str = "withheld", reason: str | None = "R16-2c") -> str:
    """Record, declare and sign a letter, and return its id."""
    (folder / "函.txt").write_text(LETTER, encoding="utf-8")
    identifier = registering.record_file(app, str(folder / "函.txt")).record.id
    registering.declare(acting(app, DRAFTER), identifier, attribute, reason)
    sign_as_others(app, identifier)
    return identifier


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2024-01-31", 1, "2024-02-29"), ("2024-02-29", 12, "2025-02-28"), ("2024-11-30", 3, "2025-02-28")],
)
def test_months_end_where_they_end(day: str, months: int, later: str) -> None:
    """A day that a month lacks is its last."""
    assert months_later(dt.date.fromisoformat(day), months).isoformat() == later


def test_a_signed_document_comes_up_after_a_year(app: App, tmp_path: Path) -> None:
    """Not today; within sixty days before its day as coming, from its day on as overdue; then kept, a year later again."""
    identifier = signed(app, tmp_path)
    due = months_later(app.today, 12)
    assert list(due_for_reexamination(app)) == []
    (coming,) = due_for_reexamination(app, due - dt.timedelta(days=30))
    assert (coming.id, coming.due, coming.overdue, coming.gone) == (identifier, due, False, None)
    (overdue,) = due_for_reexamination(app, due)
    assert overdue.overdue
    later = replace(app, clock=lambda: dt.datetime.combine(due, dt.time(9), dt.UTC), make_store=lambda: app.store)
    reexamine(later, identifier, "keep", "仍在磋商")
    assert list(due_for_reexamination(app, due)) == []
    (again,) = due_for_reexamination(app, months_later(due, 12))
    assert again.due == months_later(due, 12)


def test_what_shall_change_stands_first_until_it_is_signed_anew(app: App, tmp_path: Path) -> None:
    """The old decision holds meanwhile; a new one for publication needs no day any more."""
    identifier = signed(app, tmp_path)
    reexamine(app, identifier, "change", "已正式印发")
    (waiting,) = due_for_reexamination(app)
    assert (waiting.id, waiting.due) == (identifier, None)
    registering.declare(acting(app, DRAFTER), identifier, "proactive", None, because="已正式印发")
    sign_as_others(app, identifier)
    assert list(due_for_reexamination(app, dt.date(2099, 1, 1))) == []
    with pytest.raises(TransitionNotAllowedError, match="不用复查"):
        reexamine(app, identifier, "keep", "x")


def test_a_reason_that_no_longer_holds_is_told_at_once(app: App, tmp_path: Path) -> None:
    """When the catalogue of reasons drops a row, what was withheld by it comes up before its day."""
    identifier = signed(app, tmp_path)
    reasons = tuple(row for row in app.rules.reasons if row.code != "R16-2c")
    store = app.store
    newer = replace(app, rules=replace(app.rules, reasons=reasons), make_store=lambda: store)
    (found,) = due_for_reexamination(newer)
    assert (found.id, found.overdue) == (identifier, False)
    assert found.gone is not None


@pytest.mark.parametrize(("result", "why"), [("perhaps", "x"), ("keep", " ")])
def test_a_result_needs_its_word_and_its_reason(app: App, tmp_path: Path, result: str, why: str) -> None:
    """Neither an unknown answer nor a blank reason is kept."""
    identifier = signed(app, tmp_path)
    with pytest.raises(UsageError):
        reexamine(app, identifier, result, why)
