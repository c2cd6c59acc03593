"""What a person may do with an interpretation, and that every act is kept: confirm, refuse one, refuse all, undo."""

import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.samples import a_document, add_document, an_interpretation, proposals_for

from attrtrack.domain.interpretations import Judgement, LinkDecision, LinkProposals
from attrtrack.domain.judgements import Act
from attrtrack.errors import TransitionNotAllowedError
from attrtrack.storage import Store, UnitOfWork

_AUTO, _REVIEW = LinkDecision.AUTO, LinkDecision.REVIEW
_C, _R, _P, _A = Judgement.CONFIRMED, Judgement.REJECTED, Judgement.PENDING, Judgement.AUTO
FIVE = tuple((f"D{number}", 0.9 - number / 10, _REVIEW) for number in range(1, 6))


@pytest.fixture
def interpreted(store: Store) -> Store:
    """Fill the register with documents D1 to D7 and interpretations I1 to I3."""
    with store.unit_of_work("起草人") as work:
        for number in range(7):
            add_document(work, a_document(title=f"通知{number}"), content_hash=str(number))
        for number in range(3):
            work.interpretations.add(an_interpretation(title=f"解读{number}"), unit="甲县", year=2024)
    return store


def standing(work: UnitOfWork, interpretation: str = "I1") -> dict[str, Judgement]:
    """Return how each pair of an interpretation stands."""
    return {link.document_id: link.judgement for link in work.links.of(interpretation)}


def propose(work: UnitOfWork, *links: tuple[str, float, LinkDecision], to: str = "I1") -> LinkProposals | None:
    """Let the matcher speak."""
    return work.links.propose(to, proposals_for(to, *links))


def test_to_choose_another_document_takes_the_place_of_the_first(interpreted: Store) -> None:
    """The second choice refuses the first; with `also` both are confirmed, and one refused alone touches no other."""
    with interpreted.unit_of_work("审核人") as work:
        propose(work, ("D1", 0.9, _REVIEW), ("D2", 0.5, _REVIEW))
        work.links.act("I1", Act.CHOOSE, "D1", by="审核人")
        assert standing(work) == {"D1": _C, "D2": _R}
        work.links.act("I1", Act.CHOOSE, "D3", by="审核人")
        assert standing(work) == {"D1": _R, "D2": _R, "D3": _C}
        work.links.act("I1", Act.ALSO, "D2", by="审核人")
        assert standing(work) == {"D1": _R, "D2": _C, "D3": _C}
        work.links.act("I1", Act.REJECT, "D3", by="审核人")
        assert standing(work) == {"D1": _R, "D2": _C, "D3": _R}


def test_one_refused_leaves_the_other_suggestions(interpreted: Store) -> None:
    """A single refusal answers for its pair only, and the refused pair does not come back with the next matching."""
    with interpreted.unit_of_work("审核人") as work:
        propose(work, ("D1", 0.9, _AUTO), ("D2", 0.5, _REVIEW))
        work.links.act("I1", Act.REJECT, "D1", by="审核人")
        assert standing(work) == {"D1": _R, "D2": _P}
        kept = propose(work, ("D1", 0.99, _AUTO), ("D2", 0.6, _REVIEW))
        assert kept is not None
        assert [link.document_id for link in kept.links] == ["D2"]
        assert standing(work) == {"D1": _R, "D2": _P}


def test_none_of_five_refuses_five_and_a_new_document_may_come(interpreted: Store) -> None:
    """The five stay refused whatever is matched; a document that arrives later waits for the person, however sure."""
    with interpreted.unit_of_work("审核人") as work:
        propose(work, *FIVE)
        work.links.act("I1", Act.NONE, None, by="审核人")
        propose(work, ("D6", 0.99, _AUTO), *FIVE[:4])
        assert standing(work) == {**dict.fromkeys(("D1", "D2", "D3", "D4", "D5"), _R), "D6": _P}


def test_a_copy_of_a_refused_document_is_refused_too(store: Store) -> None:
    """The same content under another number in the register is the same document to whoever refused it."""
    with store.unit_of_work("审核人") as work:
        for _ in range(2):
            add_document(work, a_document(), content_hash="a" * 64)
        add_document(work, a_document(text="另一份。"), content_hash="b" * 64)
        work.interpretations.add(an_interpretation(), unit="甲县", year=2024)
        work.links.act("I1", Act.REJECT, "D1", by="审核人")
        propose(work, ("D2", 0.9, _AUTO), ("D3", 0.5, _REVIEW))
        assert standing(work) == {"D1": _R, "D3": _P}


def test_an_undo_is_an_entry_of_its_own_and_brings_back_what_was(interpreted: Store) -> None:
    """Undone act by act, down to the matcher's own suggestions; the table and the journal keep everything."""
    with interpreted.unit_of_work("审核人") as work:
        propose(work, ("D1", 0.98, _AUTO), ("D2", 0.5, _REVIEW))
        at_first = standing(work)
        work.links.act("I1", Act.CHOOSE, "D3", by="甲")
        chosen = standing(work)
        work.links.act("I1", Act.NONE, None, by="乙")
        assert standing(work) == {"D1": _R, "D2": _R, "D3": _R}
        work.links.act("I1", Act.UNDO, None, by="丙")
        assert standing(work) == chosen
        assert [link.judged_by for link in work.links.of("I1") if link.judgement is _C] == ["甲"]
        work.links.act("I1", Act.UNDO, None, by="丙")
        assert standing(work) == at_first == {"D1": _A, "D2": _P}
        with pytest.raises(TransitionNotAllowedError, match="没有可以撤销的判定"):
            work.links.act("I1", Act.UNDO, None, by="丙")
        acts = work.links.acts("I1")
        assert [(act.act, act.by) for act in acts] == [
            (Act.CHOOSE, "甲"), (Act.NONE, "乙"), (Act.UNDO, "丙"), (Act.UNDO, "丙"),
        ]  # fmt: skip
        assert [act.undoes for act in acts] == [None, None, acts[1].number, acts[0].number]
        told = [entry.action for entry in work.journal.entries("I1")]
        assert told[:3] == ["record", "propose-link", "propose-link"]
        assert told.count("judge-link") == len(acts)


def test_none_without_any_suggestion_is_kept_and_can_be_taken_back(interpreted: Store) -> None:
    """That nothing here is explained is a word of its own: said twice it is kept once, undone it is gone."""
    with interpreted.unit_of_work("审核人") as work:
        assert work.links.act("I1", Act.NONE, None, by="甲")
        assert not work.links.act("I1", Act.NONE, None, by="甲")
        propose(work, ("D1", 0.98, _AUTO))
        assert standing(work) == {"D1": _P}
        work.links.act("I1", Act.UNDO, None, by="甲")
        propose(work, ("D1", 0.98, _AUTO))
        assert standing(work) == {"D1": _A}


def test_the_same_word_twice_is_one_entry(interpreted: Store) -> None:
    """An act that changes nothing is not kept, so that an undo always changes something."""
    with interpreted.unit_of_work("审核人") as work:
        assert work.links.act("I1", Act.CHOOSE, "D1", by="甲")
        assert not work.links.act("I1", Act.CHOOSE, "D1", by="乙")
        assert not work.links.act("I1", Act.ALSO, "D1", by="乙")
        assert len(work.links.acts("I1")) == 1


def test_a_ledger_read_again_overrules_nobody(interpreted: Store) -> None:
    """What a ledger links a person may refuse; the same ledger imported once more does not link it again."""
    pairs = [("I1", "D1"), ("I2", "D1")]
    with interpreted.unit_of_work("导入人") as work:
        assert work.links.judge_many(pairs, _C, "导入人") == [True, True]
        work.links.act("I1", Act.REJECT, "D1", by="审核人")
        assert work.links.judge_many(pairs, _C, "导入人") == [False, False]
        assert standing(work) == {"D1": _R}
        work.links.act("I1", Act.UNDO, None, by="审核人")
        assert standing(work) == {"D1": _C}


def test_who_refuses_what_was_confirmed_is_not_overruled(interpreted: Store) -> None:
    """A person confirms, the ledger says the same, the person thinks again: the ledger imported once more stays silent."""
    with interpreted.unit_of_work("审核人") as work:
        work.links.act("I1", Act.CHOOSE, "D1", by="审核人")
        assert work.links.judge_many([("I1", "D1")], _C, "导入人") == [False]
        work.links.act("I1", Act.REJECT, "D1", by="审核人")
        assert work.links.judge_many([("I1", "D1")], _C, "导入人") == [False]
        assert standing(work) == {"D1": _R}


def test_a_ledger_that_states_a_pair_anew_is_news(interpreted: Store) -> None:
    """A person refused a suggestion; what an office later lists as linked is linked, and both are kept."""
    with interpreted.unit_of_work("审核人") as work:
        propose(work, ("D1", 0.9, _REVIEW))
        work.links.act("I1", Act.REJECT, "D1", by="审核人")
        assert work.links.judge_many([("I1", "D1")], _C, "导入人") == [True]
        assert standing(work) == {"D1": _C}
        assert [act.act for act in work.links.acts("I1")] == [Act.REJECT, Act.LEDGER]


def test_a_ledger_confirms_what_was_only_suggested(interpreted: Store) -> None:
    """The pair keeps the matcher's evidence, and taken back it waits for a person again."""
    with interpreted.unit_of_work("导入人") as work:
        propose(work, ("D1", 0.6, _REVIEW))
        assert work.links.judge_many([("I1", "D1"), ("I1", "D2")], _C, "导入人") == [True, True]
        assert [(link.document_id, link.probability) for link in work.links.of("I1")] == [("D1", 0.6), ("D2", None)]
        work.links.act("I1", Act.UNDO, None, by="审核人")
        work.links.act("I1", Act.UNDO, None, by="审核人")
        assert standing(work) == {"D1": _P}


def test_matching_again_without_news_writes_nothing(interpreted: Store) -> None:
    """The journal of a nightly job does not grow by what did not change."""
    with interpreted.unit_of_work("系统") as work:
        propose(work, ("D1", 0.6, _REVIEW), ("D2", 0.5, _REVIEW))
        entries = len(list(work.journal.entries()))
        propose(work, ("D1", 0.6, _REVIEW), ("D2", 0.5, _REVIEW))
        assert len(list(work.journal.entries())) == entries
        propose(work, ("D1", 0.7, _REVIEW))
        assert len(list(work.journal.entries())) > entries


def test_two_persons_and_the_matcher_at_once(interpreted: Store) -> None:
    """Writers take turns: whoever comes last is the one in force, both are kept, and no suggestion stands over them."""
    failures: list[BaseException] = []

    def run(act: object) -> None:
        try:
            for _ in range(8):
                act()  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    def choose(document: str, by: str) -> None:
        with interpreted.unit_of_work(by) as work:
            work.links.act("I1", Act.CHOOSE, document, by=by)

    def match() -> None:
        with interpreted.unit_of_work("系统") as work:
            propose(work, ("D1", 0.99, _AUTO), ("D4", 0.5, _REVIEW))

    acts = (lambda: choose("D1", "甲"), lambda: choose("D2", "乙"), match)
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with interpreted.reading() as work:
        last = work.links.acts("I1")[-1]
        confirmed = {key for key, value in standing(work).items() if value is _C}
        assert confirmed == {document for document, word in last.words if word is _C}
        assert set(standing(work).values()) <= {_C, _R, _P}
        assert work.journal.verify() is None


_ANY = "INSERT INTO judgements (id, act, interpretation_id, document_id, kind, word, judged_by, judged_at) VALUES "
_LINK = "INSERT INTO links (interpretation_id, document_id, judgement, evidence, judged_by, judged_at) VALUES "
_REPLACED = "INSERT OR REPLACE INTO judgements SELECT id, act, interpretation_id, document_id, kind, "
_RELINKED = "INSERT OR REPLACE INTO links SELECT interpretation_id, document_id, "
ATTACKS = [
    "UPDATE judgements SET word = 'rejected'",
    "DELETE FROM judgements",
    "UPDATE links SET judgement = 'rejected' WHERE judgement = 'confirmed'",
    "UPDATE links SET judgement = 'auto', judged_by = NULL WHERE judgement = 'confirmed'",
    "UPDATE links SET judgement = 'confirmed', judged_by = '甲' WHERE judgement = 'pending'",
    "UPDATE links SET judged_by = '别人' WHERE judgement = 'confirmed'",
    "UPDATE links SET judged_at = '2020-01-01T00:00:00.000000+00:00' WHERE judgement = 'confirmed'",
    "DELETE FROM links WHERE judgement = 'confirmed'",
    "TRUNCATE judgements",
    "TRUNCATE judgements CASCADE",
    _REPLACED + "'rejected', undoes, judged_by, judged_at FROM judgements",
    _RELINKED + "'pending', 0.5, evidence, NULL, judged_at, 'pending' FROM links WHERE judgement = 'confirmed'",
    _LINK + "(2, 5, 'confirmed', '[]', '甲', '2024')",
    _ANY + "(99, 99, 1, 1, 'choose', 'rejected', ' ', '2024')",
    _ANY + "(99, 99, 1, 1, 'undo', 'open', '甲', '2024')",
    _ANY + "(-5, -5, 1, 1, 'choose', 'rejected', '甲', '2024')",
    _ANY + "(1, 1, 1, 1, 'choose', 'rejected', '甲', '2024') ON CONFLICT (id) DO UPDATE SET word = 'rejected'",
]


def attack(engine: Engine, statement: str) -> None:
    """Run a statement as an intruder would and commit it."""
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
        connection.commit()


@pytest.mark.parametrize("statement", ATTACKS)
def test_the_database_itself_keeps_judgements_and_links_together(
    interpreted: Store, raw: Engine, statement: str
) -> None:
    """Neither is a judgement rewritten, nor does a link say what nobody said, whoever writes."""
    with interpreted.unit_of_work("审核人") as work:
        propose(work, ("D2", 0.5, _REVIEW))
        work.links.act("I1", Act.ALSO, "D1", by="审核人")
    with pytest.raises(DBAPIError):
        attack(raw, statement)
    with interpreted.reading() as work:
        assert standing(work) == {"D1": _C, "D2": _P}
