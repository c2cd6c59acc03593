"""Interpretations and links: the matcher suggests, people judge, and their word stands."""

from dataclasses import replace

import pytest
from unit.storage.samples import NOON, a_document, add_document, an_interpretation, proposals_for

from attrtrack.domain.interpretations import Judgement, LinkDecision
from attrtrack.domain.judgements import Act
from attrtrack.errors import UnknownRecordError, UsageError
from attrtrack.storage import Store, UnitOfWork


@pytest.fixture
def interpreted(store: Store) -> Store:
    """Fill the register with documents D1 to D3 and interpretation I1."""
    with store.unit_of_work("起草人") as work:
        for number in range(3):
            add_document(work, a_document(title=f"通知{number}"))
        work.interpretations.add(an_interpretation(), unit="甲县", year=2024)
    return store


def judgements(work: UnitOfWork) -> dict[str, Judgement]:
    """Return the judgement on each pair of I1."""
    return {link.document_id: link.judgement for link in work.links.of("I1")}


def test_the_same_address_and_title_of_a_unit_is_the_same_interpretation(store: Store) -> None:
    """Importing twice adds nothing; another unit's is another; without title and address each is its own."""
    nameless = an_interpretation(title=None, url=None)
    with store.unit_of_work("导入人") as work:
        first = work.interpretations.add(an_interpretation(), unit="甲县", year=2024)
        assert work.interpretations.add(an_interpretation(), unit="甲县", year=2024) == first
        others = [
            work.interpretations.add(an_interpretation(), unit="乙县", year=2023),
            work.interpretations.add(nameless, unit="甲县", year=2024),
            work.interpretations.add(nameless, unit="甲县", year=2024),
        ]
        assert [first.id, *(item.id for item in others)] == ["I1", "I2", "I3", "I4"]
        assert first.interpretation == an_interpretation(id="I1")
        assert work.interpretations.get("I1") == first
        assert [item.id for item in work.interpretations.all("甲县", 2024)] == ["I1", "I3", "I4"]
        with pytest.raises(UnknownRecordError, match="解读"):
            work.interpretations.get("I9")


def test_an_interpretation_added_among_many_is_kept_as_one_added_alone(store: Store) -> None:
    """What is printed before it is inserted stands in the table, and in the digest of its entry, as the types would write it."""
    made = an_interpretation(links=("https://www.jia.example/2.html",), cited_numbers=("甲政发〔2024〕1号",))
    with store.unit_of_work("导入人") as work:
        alone = work.interpretations.add(made, unit="甲县", year=2024)
        added = work.interpretations.add_many([(made, "乙县", 2023), (made, "甲县", 2024)])
    assert added == [("I2", True), ("I1", False)]
    with store.reading() as work:
        among = work.interpretations.get("I2")
        assert among == replace(alone, id="I2", interpretation=replace(made, id="I2"), unit="乙县", year=2023)
        assert work.journal.prove().doubts == 0


def test_suggestions_become_auto_or_pending(interpreted: Store) -> None:
    """What the matcher dares is auto, what it lays before a person is pending; evidence and probability are kept."""
    with interpreted.unit_of_work("系统") as work:
        links = proposals_for("I1", ("D1", 0.98, LinkDecision.AUTO), ("D2", 0.6, LinkDecision.REVIEW))
        work.links.propose("I1", links)
        first, second = work.links.of("I1")
    assert (first.judgement, first.probability, first.judged_by) == (Judgement.AUTO, 0.98, None)
    assert (second.document_id, second.judgement) == ("D2", Judgement.PENDING)
    assert first.evidence == links.links[0].evidence


def test_a_suggestion_never_touches_a_persons_judgement(interpreted: Store) -> None:
    """A confirmed pair stays confirmed, a rejected one rejected, and beside a confirmed one nothing moves at all."""
    with interpreted.unit_of_work("审核人") as work:
        work.links.propose("I1", proposals_for("I1", ("D1", 0.9, LinkDecision.AUTO), ("D2", 0.5, LinkDecision.REVIEW)))
        work.links.judge("I1", "D1", Judgement.REJECTED, "审核人")
        work.links.judge("I1", "D3", Judgement.CONFIRMED, "审核人")
        every = (("D1", 0.99, LinkDecision.AUTO), ("D3", 0.4, LinkDecision.REVIEW))
        assert work.links.propose("I1", proposals_for("I1", *every)) is None
        assert judgements(work) == {
            "D1": Judgement.REJECTED, "D2": Judgement.PENDING, "D3": Judgement.CONFIRMED,
        }  # fmt: skip
        kept = {link.document_id: link for link in work.links.of("I1")}
    assert (kept["D1"].probability, kept["D1"].judged_by, kept["D3"].probability) == (0.9, "审核人", None)


def test_none_of_them_rejects_every_pair(interpreted: Store) -> None:
    """After "none", nothing is linked and nothing of it is suggested again; it may be judged again by a person."""
    with interpreted.unit_of_work("审核人") as work:
        links = proposals_for("I1", ("D1", 0.9, LinkDecision.AUTO), ("D2", 0.5, LinkDecision.REVIEW))
        work.links.propose("I1", links)
        work.links.act("I1", Act.NONE, None, by="审核人")
        work.links.propose("I1", links)
        assert set(judgements(work).values()) == {Judgement.REJECTED}
        work.links.judge("I1", "D1", Judgement.CONFIRMED, "审核人")
        assert judgements(work)["D1"] is Judgement.CONFIRMED


def test_a_person_confirms_or_rejects_and_nothing_else(interpreted: Store) -> None:
    """Pending and auto are the matcher's words; unknown ids are told so."""
    with interpreted.unit_of_work("审核人") as work:
        for judgement in (Judgement.AUTO, Judgement.PENDING):
            with pytest.raises(UsageError):
                work.links.judge("I1", "D1", judgement, "审核人")
        for pair in (("I9", "D1"), ("I1", "D9")):
            with pytest.raises(UnknownRecordError):
                work.links.judge(*pair, Judgement.CONFIRMED, "审核人")
        with pytest.raises(UnknownRecordError):
            work.links.propose("I1", proposals_for("I1", ("D9", 0.5, LinkDecision.REVIEW)))


def test_pending_links_wait_for_a_person(interpreted: Store) -> None:
    """The queue holds interpretations with a pending link until somebody judges."""
    with interpreted.unit_of_work("审核人") as work:
        work.links.propose("I1", proposals_for("I1", ("D2", 0.5, LinkDecision.REVIEW)))
        assert [item.id for item in work.queries.awaiting_judgement("甲县", 2024)] == ["I1"]
        assert work.queries.awaiting_judgement("乙县") == []
        work.links.judge("I1", "D2", Judgement.REJECTED, "审核人")
        assert work.queries.awaiting_judgement() == []
        assert work.journal.head() is not None
        assert {entry.at for entry in work.journal.entries("I1")} == {NOON}
