"""What the random sequences found: ways past the journal and the gate from outside, each shut and kept shut."""

import sqlite3
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from signed_off import prepare
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.samples import (
    NOON,
    SWITCHES,
    a_decision,
    a_document,
    add_document,
    an_interpretation,
    proposals_for,
)

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.interpretations import LinkDecision
from attrtrack.errors import StorageUnusableError
from attrtrack.storage import Store, open_store
from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.hashing import Acting, register_functions

MOMENT = "'2024-03-01T04:00:00.000000+00:00'"


@pytest.fixture
def ready(store: Store) -> Store:
    """D1 and D2 are signed, D3 was removed as classified; two interpretations stand linked."""
    with store.unit_of_work("签发人") as work:
        for number in (1, 2, 3):
            name = add_document(work, a_document(title=f"第{number}件"), content_hash=f"h{number}")
            decision = prepare(work, name, a_decision(DisclosureAttribute.WITHHELD, "危及公共安全"))
            work.decisions.add(name, decision, state=State.SIGNED)
        for number in (1, 2):
            made = an_interpretation(title=f"解读{number}", url=f"https://a.example/{number}")
            added = work.interpretations.add(made, unit="甲县", year=2024).id
            work.links.propose(added, proposals_for(added, (f"D{number}", 0.7, LinkDecision.REVIEW)))
        work.documents.remove_classified("D3", "R14-1")
    return store


def refused(engine: Engine, statement: str, words: str = "attrtrack-append") -> None:
    """Assert that a statement is refused by a guard."""
    with pytest.raises(DBAPIError, match=words), engine.begin() as connection:
        connection.exec_driver_sql(statement)


def proven(store: Store) -> bool:
    """Whether journal and register agree."""
    with store.reading() as work:
        return work.journal.prove().ok


LIES: dict[str, tuple[int, Callable[..., object]]] = {
    "attrtrack_actor": (0, lambda: None),
    "attrtrack_origin": (0, lambda: None),
    "attrtrack_hash": (2, lambda _algorithm, _told: None),
    "attrtrack_now": (0, lambda: "gestern"),
}


@pytest.mark.parametrize("name", LIES)
def test_lying_functions_leave_no_entry_out(
    ready: Store, database_url: str, request: pytest.FixtureRequest, name: str
) -> None:
    """OR IGNORE would skip an entry that breaks NOT NULL and keep the row: the door itself refuses."""
    del ready
    if "postgresql" in request.node.name:
        return
    connection = sqlite3.connect(database_url.removeprefix("sqlite:///"))
    register_functions(connection, Acting())
    connection.create_function(name, *LIES[name])
    connection.execute("PRAGMA ignore_check_constraints = ON")
    with pytest.raises(sqlite3.IntegrityError, match="attrtrack-append"):
        connection.execute("UPDATE OR IGNORE interpretations SET title = 'x'")
    connection.close()


def test_a_number_for_a_name_does_not_break_the_chain(ready: Store, database_url: str) -> None:
    """What a function gives as a number is hashed as the text that is kept."""
    if not database_url.startswith("sqlite"):
        return
    connection = sqlite3.connect(database_url.removeprefix("sqlite:///"))
    register_functions(connection, Acting())
    connection.create_function("attrtrack_actor", 0, lambda: 7)
    connection.execute("UPDATE interpretations SET title = 'x'")
    connection.commit()
    connection.close()
    assert proven(ready)


@pytest.mark.usefixtures("ready")
def test_no_row_is_pushed_out_by_its_number(raw: Engine) -> None:
    """A row's number never changes, nor is it taken by another; the hidden one of SQLite's tables neither."""
    refused(
        raw,
        "UPDATE interpretations SET id = 77 WHERE id = (SELECT MAX(id) FROM interpretations)",
        "attrtrack-append|fk_",
    )
    if is_sqlite(raw):
        columns = "interpretation_id, document_id, judgement, evidence, judged_at"
        values = f"2, 1, 'pending', '[]', {MOMENT}"
        refused(raw, "UPDATE OR REPLACE interpretations SET rowid = 2 WHERE id = 1")
        refused(raw, "UPDATE OR REPLACE links SET rowid = 2 WHERE rowid = 1")
        refused(raw, f"INSERT OR REPLACE INTO links (rowid, {columns}) VALUES (1, {values})")  # noqa: S608 - attack
        refused(raw, f"INSERT INTO links (rowid, {columns}) VALUES (-1, {values})")  # noqa: S608 - attack


def test_nobody_outside_says_how_the_chain_is_hashed(ready: Store, raw: Engine) -> None:
    """A forged change of the digest would break the chain for the next verification."""
    for detail in ('{"to":"sm3"}', '{"row":"journal_algorithms/1","digest":"' + "0" * 64 + '","to":"sm3"}'):
        refused(raw, f"INSERT INTO journal_acts VALUES ('set-journal-hash', '-', 'done', '{detail}')")  # noqa: S608 - attack
    assert proven(ready)


def test_an_entry_cut_short_does_not_stop_the_verification(ready: Store, raw: Engine) -> None:
    """A detail that begins like a row's and never ends is passed by."""
    with raw.begin() as connection:
        connection.execute(
            sa.text("INSERT INTO journal_acts (action, subject, outcome, detail) VALUES ('x', '-', 'done', :detail)"),
            {"detail": '{"row":"documents/1'},
        )
    assert proven(ready)


@pytest.mark.usefixtures("ready")
def test_no_document_is_signed_without_its_decision_not_even_on_the_way_out(raw: Engine) -> None:
    """Whoever says that a document was classified cannot take its decision alone; a removed number is not used again."""
    with raw.connect() as connection:
        if is_sqlite(raw):
            acting = Acting()
            acting.begin("system", "cli", None)
            register_functions(connection.connection.driver_connection, acting)
        else:
            connection.exec_driver_sql("SELECT set_config('attrtrack.actor', 'system', false)")
        connection.exec_driver_sql(f"INSERT INTO removals VALUES (1, 'R14-1', {MOMENT}, 'system')")  # noqa: S608 - attack
        with pytest.raises(DBAPIError, match="attrtrack-append"):
            connection.exec_driver_sql("DELETE FROM decisions WHERE document_id = 1")
    names = [
        column["name"] for column in sa.inspect(raw).get_columns("documents") if column["name"] not in {"id", "state"}
    ]
    columns = ", ".join(names)
    again = f"SELECT 3, 'draft', {columns} FROM documents WHERE id = 1"  # noqa: S608 - attack
    refused(raw, f"INSERT INTO documents (id, state, {columns}) {again}")


@pytest.mark.usefixtures("ready")
def test_a_guard_that_nobody_made_is_found_at_start_up(store: Store, database_url: str, raw: Engine) -> None:
    """A trigger more, rows hidden by a policy, a table that adds rows unguarded: the register is not opened."""
    store.close()
    scripts = ["CREATE TRIGGER zzz AFTER UPDATE ON documents BEGIN SELECT RAISE(IGNORE); END|DROP TRIGGER zzz"]
    if not is_sqlite(raw):
        scripts = [
            "CREATE TRIGGER zzz BEFORE UPDATE ON documents EXECUTE FUNCTION attrtrack_refuse('x')|DROP TRIGGER zzz ON documents",
            "ALTER TABLE decisions ENABLE ROW LEVEL SECURITY|ALTER TABLE decisions DISABLE ROW LEVEL SECURITY",
            "CREATE TABLE more () INHERITS (decisions)|DROP TABLE more",
        ]
    for script in scripts:
        done, undone = script.split("|")
        with raw.begin() as connection:
            connection.exec_driver_sql(done)
        with pytest.raises(StorageUnusableError, match=r"zzz|decisions"):
            open_store(database_url, clock=lambda: NOON, switches=SWITCHES)
        with raw.begin() as connection:
            connection.exec_driver_sql(undone)
    open_store(database_url, clock=lambda: NOON, switches=SWITCHES).close()
