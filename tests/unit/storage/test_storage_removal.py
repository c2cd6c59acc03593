"""A document that turns out to be classified leaves; nothing else can be deleted that way unseen."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from signed_off import decide
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.samples import a_decision, a_document, a_full_document, a_proposal, add_document

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.interpretations import Publication
from attrtrack.domain.reviews import CoIssuerOpinion, OfficeReview, OpinionResult, ReviewResult
from attrtrack.errors import UnknownRecordError
from attrtrack.storage import Store

TABLES = (
    "documents",
    "proposals",
    "declarations",
    "decisions",
    "evaluations",
    "publications",
    "links",
    "judgements",
    "reviews",
    "secrecy_reviews",
    "opinions",
    "reexaminations",
)


def a_published_document(store: Store) -> str:
    """Put a document into every table of the register and return its id."""
    with store.unit_of_work("甲") as work:
        identifier = add_document(work, a_full_document())
        work.proposals.add(identifier, a_proposal())
        work.declarations.add(identifier, Declaration(DisclosureAttribute.PROACTIVE))
        work.evaluations.add(identifier, a_full_document().findings, "r1")
        decide(work, identifier, a_decision())
        work.documents.set_state(identifier, State.SIGNED)
        work.reviews.add(identifier, OfficeReview(ReviewResult.AGREE, "水库巡线", "审核人"))
        work.reviews.add_opinion(identifier, CoIssuerOpinion("乙局", OpinionResult.AGREE, "水库巡线", "审核人"))
        work.reexaminations.schedule(identifier, dt.date(2025, 2, 1))
        work.publications.add(identifier, Publication("https://a.example/", dt.date(2024, 2, 1), "government-website"))
    return identifier


def test_removal_leaves_rule_time_and_user(store: Store, raw: Engine) -> None:
    """Every table is emptied of the document; the journal names the rule and nothing of the document."""
    identifier = a_published_document(store)
    with store.unit_of_work("乙") as work:
        work.documents.remove_classified(identifier, "R14-1")
    store.scrub()
    with raw.connect() as connection:
        counts = [connection.execute(sa.text(f"SELECT COUNT(*) FROM {table}")).scalar() for table in TABLES]  # noqa: S608 - our own names
    assert counts == [0] * len(TABLES)
    with store.reading() as work:
        (last,) = (entry for entry in work.journal.entries() if entry.action == "remove-classified")
        assert (last.action, last.actor, last.subject, last.detail) == (
            "remove-classified",
            "乙",
            "-",
            '{"rule":"R14-1"}',
        )
        assert work.journal.verify() is None
        with pytest.raises(UnknownRecordError):
            work.documents.get(identifier)


def test_a_withdrawn_document_can_be_removed_too(store: Store, raw: Engine) -> None:
    """Why it was withdrawn goes with it."""
    with store.unit_of_work("甲") as work:
        identifier = add_document(work)
        work.reviews.withdraw(identifier, "水库巡线口令")
        work.documents.set_state(identifier, State.WITHDRAWN)
    with store.unit_of_work("乙") as work:
        work.documents.remove_classified(identifier, "R14-1")
    with raw.connect() as connection:
        assert connection.execute(sa.text("SELECT COUNT(*) FROM withdrawals")).scalar() == 0


def test_the_id_is_not_given_again(store: Store) -> None:
    """An id that officials wrote down never means another document."""
    identifier = a_published_document(store)
    with store.unit_of_work("乙") as work:
        work.documents.remove_classified(identifier, "R14-1")
    with store.unit_of_work("甲") as work:
        assert add_document(work, a_document()) != identifier


def test_unknown_documents_are_told(store: Store) -> None:
    """There is nothing to remove under an unknown id."""
    with store.unit_of_work("乙") as work, pytest.raises(UnknownRecordError):
        work.documents.remove_classified("D99", "R14-1")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO removals (document_id, rule, removed_at, removed_by) VALUES (1, 'R14-1', '2024-03-01', '某人')",
        "DELETE FROM documents WHERE id = 1",
        "DELETE FROM proposals WHERE document_id = 1",
        "DELETE FROM decisions WHERE document_id = 1",
        "DELETE FROM publications WHERE document_id = 1",
        "DELETE FROM evaluations WHERE document_id = 1",
    ],
)
def test_raw_removal_without_a_journal_entry_is_refused(store: Store, raw: Engine, statement: str) -> None:
    """The database lets nothing go that the journal does not know of."""
    a_published_document(store)
    with pytest.raises(DBAPIError, match="attrtrack-append"), raw.begin() as connection:
        connection.exec_driver_sql(statement)


def test_removals_themselves_stay(store: Store, raw: Engine) -> None:
    """The record of a removal is append-only."""
    identifier = a_published_document(store)
    with store.unit_of_work("乙") as work:
        work.documents.remove_classified(identifier, "R14-1")
    for statement in ("DELETE FROM removals", "UPDATE removals SET rule = 'x'"):
        with pytest.raises(DBAPIError, match="attrtrack-append"), raw.begin() as connection:
            connection.exec_driver_sql(statement)


@pytest.mark.sqlite("of the file itself")
def test_no_word_stays_in_the_file(opened: Callable[[str], Store], tmp_path: Path) -> None:
    """On SQLite the freed pages and the write-ahead log hold none of the words."""
    store = opened(f"sqlite:///{tmp_path / 'register.db'}")
    identifier = a_published_document(store)
    with store.unit_of_work("乙") as work:
        work.documents.remove_classified(identifier, "R14-1")
    store.scrub()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"remove-classified" in kept
    for words in ("河道清淤", "甲政发〔2024〕1号", "清淤办法"):
        assert words.encode() not in kept
