"""What somebody sees who may see some units only: every question, on both databases, as if the rest were not there."""

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from signed_off import decide
from unit.storage.samples import (
    NOON,
    a_decision,
    a_document,
    a_proposal,
    add_document,
    an_interpretation,
    proposals_for,
)

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.interpretations import LinkDecision, Publication
from attrtrack.errors import UnknownRecordError
from attrtrack.storage import Store, UnitOfWork
from attrtrack.storage.sight import SEEN
from attrtrack.storage.tables import metadata

HERE, THERE = "甲县", "乙县"
SIGHT = frozenset({HERE, "甲县丙局"})


@pytest.fixture
def filled(store: Store) -> Store:
    """Give documents 1 and 3 here, 2 there, 4 nowhere; interpretations 1 here, 2 there (of 1), 3 there (of 2)."""
    with store.unit_of_work("某人") as work:
        for place, unit in enumerate((HERE, THERE, HERE, None)):
            identifier = add_document(
                work,
                a_document(title=f"通知{place}", number=f"甲政发〔2024〕{place}号"),
                unit=unit,
                content_hash=f"{place:064}",
                state=State.ISSUED_ELSEWHERE if place == 2 else State.DRAFT,
            )
            work.proposals.add(identifier, a_proposal())
            work.evaluations.add(identifier, (), "r1")
            if place == 2:
                continue
            work.declarations.add(identifier, Declaration(DisclosureAttribute.PROACTIVE, None, "某人", NOON))
            work.documents.set_state(identifier, State.DECLARED)
            if place != 3:
                decide(work, identifier, a_decision(decided_at=NOON))
                work.documents.set_state(identifier, State.SIGNED)
            work.publications.add(identifier, Publication(f"https://example.gov.cn/{place}", dt.date(2024, 1, 9), None))
        for place, unit in enumerate((HERE, THERE, THERE)):
            made = an_interpretation(title=f"解读{place}", url=f"https://example.gov.cn/jd/{place}")
            work.interpretations.add(made, unit=unit, year=2024)
        for interpretation, linked in (("I1", ("D3", "D2")), ("I2", ("D1",)), ("I3", ("D2",))):
            pairs = [(document, 0.6, LinkDecision.REVIEW) for document in linked]
            work.links.propose(interpretation, proposals_for(interpretation, *pairs))
    return store


Question = Callable[[UnitOfWork], Any]
QUESTIONS: dict[str, tuple[Question, Any]] = {
    "overview": (lambda work: [row.id for row in work.queries.overview()], ["D3", "D1"]),
    "states": (lambda work: sum(work.queries.count_by_state().values()), 2),
    "attributes": (lambda work: sum(work.queries.count_by_attribute().values()), 2),
    "units": (lambda work: work.queries.units(), [HERE]),
    "measured": (lambda work: [row.id for row in work.queries.measured_documents()], ["D1", "D3"]),
    "issued": (lambda work: list(work.queries.issued_documents()), [("D1", HERE), ("D3", HERE)]),
    "titles": (
        lambda work: list(work.queries.titles(limit=9)),
        [("通知0", "甲政发〔2024〕0号"), ("通知2", "甲政发〔2024〕2号")],
    ),
    "as of": (
        lambda work: [row.id for row in work.queries.measured_documents(as_of=dt.date(2024, 5, 1))],
        ["D1", "D3"],
    ),
    "declared": (lambda work: [row.id for row in work.queries.declared_documents()], ["D1", "D3"]),
    "linkable": (lambda work: [row.id for row in work.documents.linkables()], ["D1", "D3"]),
    "several": (lambda work: sorted(work.documents.several(["D1", "D2", "D3", "D4"])), ["D1", "D3"]),
    "has": (lambda work: [work.documents.has(name) for name in ("D1", "D2", "D4")], [True, False, False]),
    "by content": (lambda work: work.documents.find_by_hash(f"{1:064}"), None),
    "by number": (lambda work: work.documents.find_by_number("甲政发〔2024〕1号"), []),
    "bearers": (lambda work: work.documents.bearers_of(["甲政发〔2024〕1号"], limit=9), {}),
    "newest proposal": (lambda work: work.proposals.latest("D2"), None),
    "newest declaration": (lambda work: work.declarations.latest("D2"), None),
    "publications": (lambda work: work.publications.of("D2"), ()),
    "found by the gate": (lambda work: work.evaluations.latest("D2"), None),
    "waiting for a person": (lambda work: [row.id for row in work.queries.awaiting_judgement()], ["I1", "I2"]),
    "of another unit, asked by name": (lambda work: list(work.queries.measured_documents(THERE)), []),
}


DECLARED = Declaration(DisclosureAttribute.PROACTIVE, None, "某人", NOON)
ACTS: list[Callable[[UnitOfWork, str], Any]] = [
    lambda work, name: work.documents.get(name),
    lambda work, name: work.documents.set_state(name, State.SIGNED),
    lambda work, name: work.proposals.add(name, a_proposal()),
    lambda work, name: work.declarations.add(name, DECLARED),
    lambda work, name: work.decisions.add(name, a_decision()),
    lambda work, name: work.publications.add(name, Publication("https://example.gov.cn/x", None, None)),
    lambda work, name: work.documents.remove_classified(name, "R1"),
]


def test_questions_are_answered_from_what_is_seen(filled: Store) -> None:
    """Each list, count and look-up holds the documents of the units seen, and what belongs to them."""
    with filled.reading(SIGHT) as work:
        found = {name: ask(work) for name, (ask, _) in QUESTIONS.items()}
    assert found == {name: answer for name, (_, answer) in QUESTIONS.items()}
    with filled.reading() as work:
        assert [name for name, (ask, answer) in QUESTIONS.items() if ask(work) == answer] == []


def test_who_sees_no_unit_sees_nothing(filled: Store) -> None:
    """An account without units, or whose units have no document, finds an empty register."""
    for units in (frozenset[str](), frozenset({"别处"})):
        with filled.reading(units) as work:
            assert work.queries.overview() == []
            assert work.documents.several(["D1", "D2", "D3", "D4"]) == {}
            assert work.queries.awaiting_judgement() == []


def test_out_of_sight_answers_like_what_is_not_there(filled: Store) -> None:
    """Reading or changing a record of another unit is the very error of an unknown one, and changes nothing."""
    said = {_refusal(filled, act, name) for name in ("D2", "D4", "D99") for act in ACTS}
    assert len(said) == 1


def _refusal(store: Store, act: Callable[[UnitOfWork, str], Any], identifier: str) -> str:
    with pytest.raises(UnknownRecordError) as refusal, store.unit_of_work("某人", units=SIGHT) as work:
        act(work, identifier)
    return refusal.value.message.replace(identifier, "D?")


def test_writing_within_sight_counts_keys_over_everything(filled: Store) -> None:
    """A document added by somebody who sees little gets the next key of all, and is seen by its unit."""
    with filled.unit_of_work("某人", units=SIGHT) as work:
        added = [add_document(work, a_document(title=f"新{place}"), unit=HERE) for place in range(2)]
        assert work.documents.get(added[0]).unit == HERE
    assert added == ["D5", "D6"]
    with filled.reading(SIGHT) as work:
        newest = [row.id for row in work.queries.overview()]
    assert newest == ["D6", "D5", "D3", "D1"]
    assert all(int(one[1:]) > int(other[1:]) for one, other in pairwise(newest))


def test_measures_are_the_same_whoever_looks(filled: Store) -> None:
    """A unit's own people and those who see everything read the same figures, with interpretations of other units."""
    with filled.reading(SIGHT) as work:
        own = list(work.queries.measured_documents(HERE))
    with filled.reading() as work:
        assert list(work.queries.measured_documents(HERE)) == own
    assert [len(row.interpretations) for row in own] == [1, 1]


def test_every_table_that_names_a_document_is_narrowed() -> None:
    """A table of a later revision that belongs to documents cannot be forgotten."""
    named = {table.name for table in metadata.tables.values() if "document_id" in table.c}
    assert named - {"removals"} <= set(SEEN)
