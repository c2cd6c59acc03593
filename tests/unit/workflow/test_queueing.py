"""The queue: who waits for what, in which order, with how many days left."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from great_registers import DRAFTERS, UNITS, fill
from register_places import register_at
from unit.workflow.test_standing import opened

from attrtrack.domain.access import OPEN
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.browsing import Wanted as Listing
from attrtrack.domain.decisions import State
from attrtrack.domain.findings import Severity
from attrtrack.domain.measures import MeasuredDocument, MeasuredInterpretation
from attrtrack.domain.reviews import ReviewResult
from attrtrack.domain.standings import Asked, Course, Scope, Source, waits_of
from attrtrack.domain.worklist import WaitsFor
from attrtrack.storage.sight import WIDE
from attrtrack.workflow import browsing
from attrtrack.workflow.app import App
from attrtrack.workflow.queueing import Wanted, drafted_by, missing_interpretations, queue, queue_choices

COUNT = 800
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
ASKED = Asked(review=False, secrecy=True)
PROACTIVE, WITHHELD = DisclosureAttribute.PROACTIVE, DisclosureAttribute.WITHHELD
DECLARED = Course("甲", declared_by="甲", declared_at=NOON, declared=PROACTIVE)
SIGNED = replace(DECLARED, decided=PROACTIVE, decided_at=NOON + dt.timedelta(hours=1), secrecy_by="乙")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Give a register with documents in every state, which no test changes."""
    app = opened(register_at(tmp_path_factory.mktemp("queue") / "register.db"))
    fill(app.store, COUNT)
    yield app
    app.store.close()


def waits(state: State, course: Course, *, asked: Asked = ASKED, **facts: object) -> list[str]:
    """Return what a document waits for, most urgent first."""
    row = MeasuredDocument("D1", "通知", None, None, None, None, PROACTIVE, None, state, None, None)
    row = replace(row, **facts)  # type: ignore[arg-type]
    found = waits_of(Source(row, course), asked=asked, uninterpreted=False, reexamined=False)
    return [one.value for one in WaitsFor if one in found]


@pytest.mark.parametrize(
    ("state", "course", "expected"),
    [
        (State.DRAFT, Course("甲", worst=Severity.BLOCK), ["declare"]),
        (State.RETURNED, replace(DECLARED, reviewed=ReviewResult.RETURN), ["declare"]),
        (State.DECLARED, DECLARED, ["review", "secrecy"]),
        (State.DECLARED, replace(DECLARED, worst=Severity.BLOCK), ["blocked", "review", "secrecy"]),
        (State.DECLARED, replace(DECLARED, worst=Severity.FLAG, secrecy_by="乙"), ["doubtful", "review", "sign"]),
        (State.DECLARED, replace(DECLARED, secrecy_by=" 甲 "), ["review", "secrecy"]),
        (State.REVIEWED, replace(DECLARED, reviewed=ReviewResult.AGREE), ["secrecy"]),
        (State.REVIEWED, replace(DECLARED, reviewed=ReviewResult.DISPUTE, declared=WITHHELD), ["doubtful", "sign"]),
        (State.SIGNED, SIGNED, ["publish"]),
        (State.SIGNED, replace(SIGNED, worst=Severity.FLAG), ["publish", "check"]),
        (State.SIGNED, replace(SIGNED, declared_at=NOON + dt.timedelta(days=9)), ["review", "sign", "publish"]),
        (State.WITHDRAWN, replace(DECLARED, worst=Severity.BLOCK), []),
    ],
)
def test_what_a_document_waits_for(state: State, course: Course, expected: list[str]) -> None:
    """Each state by what has been done and what the gate found; a person's own secrecy review does not count."""
    assert waits(state, course) == expected


def test_an_office_that_wants_its_word_first_signs_after_it() -> None:
    """With the switch on, signing waits for the review; a pending link waits for a person whatever else."""
    asked = Asked(review=True, secrecy=False)
    assert waits(State.DECLARED, DECLARED, asked=asked) == ["review"]
    pending = (MeasuredInterpretation("I1", (), (), confirmed=False),)
    assert waits(State.ISSUED_ELSEWHERE, Course("甲"), attribute=None, interpretations=pending) == ["judge", "check"]
    assert waits(State.ISSUED_ELSEWHERE, Course("甲"), attribute=None, attribute_asked=False) == []


def test_the_queue_is_in_order_and_counts_each_document_once(office: App) -> None:
    """Page by page the same as at once; counts are the lengths of the lists; nearest day first within a heading."""
    rows, place = [], None
    while True:
        part = queue(office, Wanted(), limit=90, after=place)
        rows += part.rows
        place = part.next
        if place is None:
            break
    assert len({row.id for row in rows}) == len(rows) == part.total == sum(part.counts.values())
    assert all(one.place < other.place for one, other in pairwise(rows))
    assert [*rows] == [*queue(office, Wanted(), limit=COUNT).rows]
    seen = {row.waits_for for row in rows}
    assert seen >= set(WaitsFor) - {WaitsFor.SECRECY, WaitsFor.PUBLISH}
    for code in WaitsFor:
        alone = queue(office, Wanted(waits_for=code), limit=COUNT)
        assert alone.rows == tuple(row for row in rows if row.waits_for is code)
        assert part.counts[code] == alone.total == len(alone.rows)
    assert all(row.why for row in rows)


def test_days_left_are_counted_from_today(office: App) -> None:
    """Overdue is negative, what is still in time is not; what comes up in more than 60 days is not shown."""
    for row in queue(office, Wanted(), limit=COUNT).rows:
        if row.waits_for is WaitsFor.OVERDUE:
            assert row.days_left is not None
            assert row.days_left < 0
        if row.waits_for is WaitsFor.PUBLISH:
            assert row.days_left is not None
            assert row.days_left >= 0
        if row.waits_for is WaitsFor.REEXAMINE and row.days_left is not None:
            assert row.days_left <= 60


def test_one_document_after_the_other_and_back(office: App) -> None:
    """The keys j and k: after a row comes the next, before it the last."""
    rows = queue(office, Wanted(), limit=30).rows
    for one, other in pairwise(rows):
        assert queue(office, Wanted(), limit=1, after=one.place).rows == (other,)
        assert queue(office, Wanted(), limit=1, before=other.place).rows == (one,)
    back = queue(office, Wanted(), limit=10, before=rows[20].place)
    assert back.rows == rows[10:20]
    assert (back.next, back.previous) == (rows[19].place, rows[10].place)
    assert queue(office, Wanted(), limit=10, before=rows[5].place).previous is None


def test_the_queue_is_narrowed(office: App) -> None:
    """By unit, year, genre, reason and drafter; the choices say how many each would leave."""
    choices = queue_choices(office, Wanted())
    for field, offered in (
        ("unit", choices.units), ("year", choices.years), ("genre", choices.genres), ("reason", choices.reasons),
    ):  # fmt: skip
        assert offered
        for value, count in offered[:2]:
            found = queue(office, Wanted(**{field: value}), limit=COUNT)  # type: ignore[arg-type]
            assert len(found.rows) == found.total <= count
            assert field in {"year", "reason"} or {getattr(row, field) for row in found.rows} == {value}
    own = queue(office, Wanted(drafter=DRAFTERS[7]), limit=COUNT)
    assert own.rows
    assert {row.drafter for row in own.rows} == {DRAFTERS[7]}


def test_what_is_out_of_sight_is_not_in_the_queue(office: App) -> None:
    """Somebody of one unit sees, counts and leafs through that unit's documents only."""
    one = office.acting_as("王办理", replace(OPEN, units=frozenset({UNITS[4]})), origin="cli")
    seen, all_of_it = queue(one, Wanted(), limit=COUNT), queue(office, Wanted(unit=UNITS[4]), limit=COUNT)
    assert seen == all_of_it
    assert {row.unit for row in seen.rows} == {UNITS[4]}
    assert [value for value, _ in queue_choices(one, Wanted()).units] == [UNITS[4]]


def test_somebody_of_many_units_leafs_through_them_in_order(office: App) -> None:
    """Where many units are seen the list is walked in its own order; it holds the same documents."""
    units = frozenset(UNITS[: WIDE + 1])
    many = office.acting_as("王办理", replace(OPEN, units=units), origin="cli")
    whole = browsing.documents(office, Listing(), before=None, limit=COUNT)
    expected = [row for row in whole if row.unit in units]
    assert browsing.documents(many, Listing(), before=None, limit=COUNT) == expected
    assert browsing.documents(many, Listing(), before=None, limit=7) == expected[:7]


def test_documents_that_need_an_interpretation(office: App) -> None:
    """All that the rate counts below the line and not above it, nearest day first, those not published last."""
    scope, rows, place = Scope(None, None), [], None
    while True:
        part = missing_interpretations(office, scope, limit=40, after=place)
        rows += part.rows
        place = part.next
        if place is None:
            break
    assert len({row.id for row in rows}) == part.total
    days = [row.due or dt.date.max for row in rows]
    assert days == sorted(days)
    assert any(row.due for row in rows)
    assert all((row.due is None) == (row.published_on is None) for row in rows)


def test_a_drafters_own_documents(office: App) -> None:
    """What somebody recorded or declared, newest first, part by part."""
    whole = drafted_by(office, DRAFTERS[7], limit=COUNT)
    keys = [int(row.id[1:]) for row in whole.rows]
    assert keys == sorted(keys, reverse=True)
    assert len(keys) == whole.total > 5
    first = drafted_by(office, DRAFTERS[7], limit=3)
    assert (first.rows, first.next) == (whole.rows[:3], keys[2])
    assert drafted_by(office, DRAFTERS[7], limit=3, before=first.next).rows == whole.rows[3:6]
    assert drafted_by(office, "导入人", limit=1).total == COUNT


def test_a_drafters_own_documents_by_state(office: App) -> None:
    """The counts are of all, rows and total of the states asked for; a cursor stays within them."""
    whole = drafted_by(office, "导入人", limit=COUNT)
    wanted = (State.SIGNED, State.DRAFT)
    expected = tuple(row for row in whole.rows if row.state in wanted)
    found = drafted_by(office, "导入人", limit=COUNT, states=wanted)
    assert found.counts == whole.counts == Counter(row.state for row in whole.rows)
    assert (found.rows, found.total) == (expected, len(expected))
    first = drafted_by(office, "导入人", limit=2, states=wanted)
    assert drafted_by(office, "导入人", limit=2, states=wanted, before=first.next).rows == expected[2:4]
