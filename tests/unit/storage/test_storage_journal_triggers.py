"""The journal written by the database itself: raw, bulk and ORM-less writes leave an entry in the same transaction."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.conftest import Clock
from unit.storage.samples import (
    NOON,
    SWITCHES,
    a_document,
    a_full_document,
    a_proposal,
    add_document,
    an_interpretation,
    proposals_for,
)

from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.interpretations import LinkDecision, Publication
from attrtrack.domain.journal_proofs import DoubtfulRow, RowDoubt
from attrtrack.domain.register import JournalEntry
from attrtrack.errors import StorageUnusableError
from attrtrack.storage import Store, open_store
from attrtrack.storage.engine import WRITING, is_sqlite, make_engine
from attrtrack.storage.migrations.told import TOLD
from attrtrack.storage.migrations.told_0008 import DATE, INTEGER, JSON, NUMBER, TRUTH, UNTOLD, Told
from attrtrack.storage.tables import metadata

_KINDS: tuple[tuple[type[sa.types.TypeEngine[Any]], str], ...] = (
    (sa.Boolean, TRUTH),
    (sa.Integer, INTEGER),
    (sa.Float, NUMBER),
    (sa.JSON, JSON),
    (sa.Date, DATE),
)
SECRET = ("不入日志的正文", "不入日志的标题", "甲政发〔2024〕1号", "不入日志的理由", "https://不入日志.example/")


def _kind(column: "sa.Column[Any]") -> str:
    return next((kind for made, kind in _KINDS if isinstance(column.type, made)), "t")


def entries(store: Store) -> list[JournalEntry]:
    """Return every entry."""
    with store.reading() as work:
        return list(work.journal.entries())


def test_every_table_is_told_of_or_has_a_reason() -> None:
    """A table, a column or a kind that the triggers do not know of fails here, not in a court."""
    told = {item.table: item for item in TOLD}
    assert set(told) | set(UNTOLD) - {"alembic_version"} == set(metadata.tables)
    assert not set(told) & set(UNTOLD)
    for name, item in told.items():
        columns = {column.name: _kind(column) for column in metadata.tables[name].columns}
        assert item.kinds | {column: columns[column] for column in item.unwatched} == columns, name
        assert not set(item.kinds) & set(item.unwatched), name
        assert item.key == tuple(metadata.tables[name].primary_key.columns.keys()), name


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.table)
def test_only_short_columns_are_told(told: Told) -> None:
    """What people write is digested, never copied: no title, number, text, reason, note or address."""
    words = {
        "title",
        "number",
        "text",
        "reason",
        "because",
        "note",
        "comment",
        "url",
        "message",
        "name",
        "declared_reason",
    }
    assert not words & set(told.safe)
    assert set(told.safe) <= set(told.kinds)


@pytest.fixture
def filled(store: Store) -> Store:
    """Fill the register: D1 with all that is attached to it, I1 suggested for it."""
    return fill(store)


@pytest.fixture
def filled_sqlite(opened: Callable[[str], Store], tmp_path: Path) -> tuple[Store, str]:
    """Give a filled register on SQLite with its address, for what only SQLite does."""
    url = f"sqlite:///{tmp_path / 'register.db'}"
    return fill(opened(url)), url


def fill(store: Store) -> Store:
    """Put a row into most tables."""
    with store.unit_of_work("起草人", "web 10.1.2.3") as work:
        document = a_full_document()
        add_document(work, a_document(text=SECRET[0], title=SECRET[1], number=SECRET[2]), state=State.ISSUED_ELSEWHERE)
        add_document(work, document)
        work.proposals.add("D1", a_proposal())
        work.declarations.add("D2", Declaration(None, SECRET[3]))
        work.publications.add("D1", Publication(SECRET[4], None, None))
        work.interpretations.add(an_interpretation(), unit="甲县", year=2024)
        work.links.propose("I1", proposals_for("I1", ("D1", 1 / 3, LinkDecision.AUTO)))
    return store


def test_entries_hold_who_where_and_what_and_no_word(filled: Store) -> None:
    """Each row has its entry with actor, origin, time and digest; nothing that a document says is in any of them."""
    written = [entry for entry in entries(filled) if entry.actor == "起草人"]
    assert [(entry.action, entry.subject) for entry in written] == [
        ("record", "D1"), ("record", "D2"), ("propose", "D1"), ("declare", "D2"), ("publish", "D1"), ("record", "I1"),
        ("propose-link", "I1"),
    ]  # fmt: skip
    assert {(entry.origin, entry.at) for entry in written} == {("web 10.1.2.3", NOON)}
    assert all(len(json.loads(entry.detail)["digest"]) == 64 for entry in written)
    assert not [word for entry in written for word in SECRET if word in entry.detail]
    with filled.reading() as work:
        proof = work.journal.prove(work.journal.checkpoint())
    assert (proof.ok, proof.outside_entries, proof.rows) == (True, 0, len(written) + len(SWITCHES))


def test_a_change_of_state_says_from_and_to(filled: Store) -> None:
    """An update tells what moved; one that changes nothing is no entry."""
    with filled.unit_of_work("起草人") as work:
        work.declarations.add("D2", Declaration(a_full_document().declared_attribute, "理由"))
        work.documents.set_state("D2", State.DECLARED)
        version = work.journal.version_of("D2")
        work.documents.set_state("D2", State.DECLARED)
        assert work.journal.version_of("D2") == version
    said = [json.loads(entry.detail) for entry in entries(filled) if entry.action == "set-state"]
    assert [(item["row"], item["from"], item["to"]) for item in said] == [("documents/2", "draft", "declared")]


def test_raw_writes_stand_as_written_from_outside(filled: Store, raw: Engine) -> None:
    """Whoever writes past the program is in the journal all the same, under the database's name for them."""
    with raw.begin() as connection:
        connection.exec_driver_sql("UPDATE interpretations SET title = '改写' WHERE id = 1")
        connection.exec_driver_sql("DELETE FROM links WHERE document_id = 1")
    last = entries(filled)[-2:]
    assert [(entry.action, entry.subject) for entry in last] == [("replace-facts", "I1"), ("drop-link", "I1")]
    assert all(entry.actor.startswith("outside:") for entry in last)
    with filled.reading() as work:
        proof = work.journal.prove()
    assert (proof.ok, proof.outside_entries, proof.outside) == (True, 2, tuple(entry.sequence for entry in last))


@pytest.mark.sqlite("PostgreSQL hashes by itself")
def test_a_connection_that_cannot_hash_cannot_write(filled_sqlite: tuple[Store, str]) -> None:
    """SQLite has no digest: a plain connection reads, and each of its writes is refused."""
    store, url = filled_sqlite
    before = entries(store)
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM documents").scalar_one() == 2
        for statement in (
            "UPDATE interpretations SET title = '改写'",
            "INSERT INTO journal_acts VALUES ('step', '-', 'done', '{}')",
            "DELETE FROM links",
        ):
            with pytest.raises(DBAPIError, match="no such function"):
                connection.exec_driver_sql(statement)
    engine.dispose()
    assert entries(store) == before


def without_triggers(engine: Engine, table: str, *statements: str) -> None:
    """Run statements with the triggers of a table switched off, as an owner of the database can."""
    with engine.begin() as connection:
        if not is_sqlite(engine):
            for statement in (f"ALTER TABLE {table} DISABLE TRIGGER ALL", *statements):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
            return
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        triggers = connection.exec_driver_sql(query, (table,)).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.exec_driver_sql(statement)
        for _, made in triggers:
            connection.exec_driver_sql(made)


@pytest.mark.parametrize(
    ("table", "statement", "doubtful"),
    [
        ("documents", "UPDATE documents SET title = '改写' WHERE id = 1", ("documents/1", RowDoubt.ALTERED)),
        ("proposals", "UPDATE proposals SET probability = 0.9100000000000001", ("proposals/1", RowDoubt.ALTERED)),
        ("publications", "DELETE FROM publications", ("publications/1", RowDoubt.LOST)),
        (
            "declarations",
            "INSERT INTO declarations (id, document_id, declared_by, declared_at) VALUES (9, 2, '甲', '2024')",
            ("declarations/9", RowDoubt.UNRECORDED),
        ),
        (
            "removals",
            "INSERT INTO removals VALUES (7, 'R14-1', '2024', '甲')",
            ("removals/7", RowDoubt.UNRECORDED),
        ),
    ],
)
def test_what_was_done_with_the_triggers_off_is_found(
    filled: Store, raw: Engine, table: str, statement: str, doubtful: tuple[str, RowDoubt]
) -> None:
    """The chain is whole, but the register no longer says what its journal tells."""
    without_triggers(raw, table, statement)
    with filled.reading() as work:
        proof = work.journal.prove()
        assert work.journal.verify() is None
    assert proof.doubtful == (DoubtfulRow(*doubtful),)
    assert not proof.ok


def test_a_removal_leaves_entries_that_tell_nothing_and_agree(filled: Store) -> None:
    """After a document has been removed as classified the register still agrees with its journal."""
    with filled.unit_of_work("乙") as work:
        work.documents.remove_classified("D1", "R14-1")
    with filled.reading() as work:
        assert work.journal.prove().ok
    told = [entry for entry in entries(filled) if entry.actor == "乙"]
    assert told[0].detail == '{"rule":"R14-1"}'
    assert {entry.action for entry in told[1:]} == {"remove", "drop-link"}
    assert all(set(json.loads(entry.detail)) == {"row"} for entry in told[1:])


def test_the_digest_is_changed_by_an_entry_of_the_chain(
    store: Store, database_url: str, clock: Clock, opened: Callable[[str], Store]
) -> None:
    """SM3 from its own entry on; everything before stays as it was hashed, and the whole verifies."""
    store.close()
    changed = open_store(database_url, clock=clock, switches=SWITCHES, journal_hash="sm3")
    with changed.unit_of_work("起草人") as work:
        add_document(work, a_full_document())
    told = entries(changed)
    assert [entry.action for entry in told[-2:]] == ["set-journal-hash", "record"]
    changed.close()
    again = opened(database_url)
    with again.reading() as work:
        proof = work.journal.prove()
        taken = work.journal.checkpoint()
    assert proof.ok
    assert taken is not None
    assert (taken.algorithm, taken.sequence) == ("sm3", len(told))
    with pytest.raises(StorageUnusableError, match="ATTRTRACK_JOURNAL_HASH"):
        open_store(database_url, clock=clock, switches=SWITCHES, journal_hash="md5")


def test_nobody_outside_changes_the_digest(store: Store, raw: Engine) -> None:
    """A weaker or another digest cannot be slipped in."""
    del store
    for statement in (
        "INSERT INTO journal_algorithms VALUES (1, 'sm3', '2024', '某人')",
        "INSERT INTO journal_algorithms VALUES (1, 'md5', '2024', '某人')",
    ):
        with pytest.raises(DBAPIError, match="attrtrack-append"), raw.begin() as connection:
            connection.exec_driver_sql(statement)


@pytest.mark.sqlite("only SQLite replaces rows unseen")
def test_rows_are_not_pushed_out_unseen(filled_sqlite: tuple[Store, str]) -> None:
    """INSERT OR REPLACE fires no trigger for the row that it pushes out: it is refused wherever it could."""
    store, url = filled_sqlite
    before = entries(store)
    engine = make_engine(url)
    for table in ("interpretations", "documents", "proposals", "links", "publications"):
        copied = f"REPLACE INTO {table} SELECT * FROM {table}"  # noqa: S608 - own names
        writing = engine.connect().execution_options(**{WRITING: True})
        with writing as connection, pytest.raises(DBAPIError, match="attrtrack-append"):
            connection.exec_driver_sql(copied)
    engine.dispose()
    assert entries(store) == before


def test_unique_columns_are_guarded_on_sqlite() -> None:
    """Every unique index that could push a row out is known to a guard of this revision or an earlier one."""
    guarded = {"decisions", "corrections", "precedents", "need_decisions"}
    for told in TOLD:
        table = metadata.tables[told.table]
        unique = {tuple(c.columns.keys()) for c in table.constraints if isinstance(c, sa.UniqueConstraint)}
        unique |= {tuple(index.columns.keys()) for index in table.indexes if index.unique}
        assert not unique or told.table in guarded or unique <= set(told.unique), told.table
