"""Rows asked for by many keys at once: the same answer as key by key, however many there are and whatever stands in them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from unit.storage.samples import a_document, an_interpretation

from attrtrack.domain.decisions import State
from attrtrack.storage import NewDocument, Store
from attrtrack.storage.recorded import PART
from attrtrack.storage.sight import WIDE

MANY = 2 * PART + 3
"""Keys that need three statements where some hundred go into each."""
ODD = ('引"号\\', "';--", "％_%", "[1]", "1")
"""Numbers that would break a list, were they not printed into it as they should be."""
WALKED = re.compile(r"SCAN (documents|interpretations|links|mine|joined|whose)\b")
"""A step of a plan that reads a table, by its own name or by those that `sight` gives it, from end to end."""


def _new(number: str, title: str) -> NewDocument:
    document = a_document(number=number, title=title)
    return NewDocument(document, "ab", "甲县", State.ISSUED_ELSEWHERE)


def test_many_keys_are_answered_as_each_alone(store: Store) -> None:
    """Every document of a batch is found again by its number and title, and nothing that was not asked for."""
    numbers = [*ODD, *(f"甲政发〔2024〕{number}号" for number in range(MANY))]
    with store.unit_of_work("导入人") as work:
        added = work.documents.add_many([_new(number, "通知") for number in numbers])
        wanted = [("甲县", number, "通知") for number in numbers[:-1]]
        found = work.documents.find_ledger_twins([*wanted, ("甲县", "没有", "通知")])
        bearers = work.documents.bearers_of([*numbers[:-1], "没有"], limit=3)
    assert {key[1]: record.id for key, record in found.items()} == dict(zip(numbers[:-1], added, strict=False))
    assert bearers == {number: [(one, "通知")] for number, one in zip(numbers[:-1], added, strict=False)}


def test_the_oldest_bearers_of_each_number_are_named(store: Store) -> None:
    """Of a number that many documents bear the first ones are told, in order of entry, and of another all the same."""
    with store.unit_of_work("导入人") as work:
        work.documents.add_many([_new("一号", f"通知{place}") for place in range(5)])
        work.documents.add_many([_new("二号", "别的通知")])
        bearers = work.documents.bearers_of(["二号", "一号"], limit=2)
        assert work.documents.bearers_of([], limit=2) == {}
    assert bearers == {"一号": [("D1", "通知0"), ("D2", "通知1")], "二号": [("D6", "别的通知")]}


@pytest.mark.sqlite("its plans are made without statistics")
@pytest.mark.parametrize("seen", [0, 1, WIDE + 1], ids=["all units", "one unit", "many units"])
def test_what_a_batch_asks_is_found_by_an_index(opened: Callable[[str], Store], tmp_path: Path, seen: int) -> None:
    """No question of a batch walks through a table, which would cost more the more is registered, whatever units are seen."""
    store, questions = opened(f"sqlite:///{tmp_path / 'register.db'}"), list[str]()
    units = frozenset(f"{number}县" for number in range(seen)) or None
    with store.unit_of_work("导入人", units=units) as work:
        driver = work.documents._transaction._driver
        driver.set_trace_callback(questions.append)
        work.documents.find_ledger_twins([("甲县", "一号", "通知")])
        work.documents.bearers_of(["一号"], limit=2)
        work.interpretations.linked_to(["D1"])
        work.interpretations.add_printed([(work.interpretations.printed(an_interpretation(), "甲县"), 2024)])
        work.links._standing([("I1", "D1")])
        driver.set_trace_callback(None)
        asked = [question for question in questions if "json_each" in question]
        plans = [[row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {question}")] for question in asked]
    assert len(plans) >= len(("twins", "bearers", "linked", "known", "placed", "standing"))
    assert [step for plan in plans for step in plan if WALKED.match(step)] == []
