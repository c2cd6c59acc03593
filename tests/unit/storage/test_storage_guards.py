"""The start-up check: each guard taken away or altered, one by one, and the program refuses to run."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from postgresql_servers import PostgreSqlServer
from sqlalchemy.engine import Engine
from unit.storage.conftest import Clock
from unit.storage.samples import SWITCHES

from attrtrack.errors import StorageUnusableError
from attrtrack.storage import Store, open_store, upgrade_database, verify_guards
from attrtrack.storage.engine import WRITING, is_sqlite, make_engine
from attrtrack.storage.guards import (
    BODIES,
    _missing_postgresql,
    _missing_sqlite,
    expected_checks,
    expected_triggers,
)
from attrtrack.storage.revisions import head_revision
from attrtrack.storage.tables import LIVE_INDEXES, metadata


@pytest.fixture
def damage(own_engine: Engine) -> Callable[..., tuple[str, ...]]:
    """Give a function that runs statements, returns the guards then missing, and undoes the statements."""
    find = _missing_sqlite if is_sqlite(own_engine) else _missing_postgresql

    def damage_for_a_moment(*statements: str) -> tuple[str, ...]:
        with own_engine.connect().execution_options(**{WRITING: True}) as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
            missing = tuple(find(connection))
            connection.rollback()
            connection.invalidate()
        return missing

    return damage_for_a_moment


def _schema(change: str) -> tuple[str, ...]:
    return ("PRAGMA writable_schema = ON", f"UPDATE sqlite_master SET {change}")  # noqa: S608 - test's own


def test_a_fresh_database_has_every_guard(own_engine: Engine) -> None:
    """Nothing is missing after the migrations, and a fair number of guards is looked for."""
    verify_guards(own_engine)
    assert len(expected_checks()) > 60
    assert len(expected_triggers(own_engine)) > 33


def test_each_dropped_trigger_is_noticed(own_engine: Engine, damage: Callable[..., tuple[str, ...]]) -> None:
    """Every single trigger, dropped, is named."""
    for name in expected_triggers(own_engine):
        table = max((table for table in metadata.tables if name.startswith(table + "_")), key=len)
        on = "" if is_sqlite(own_engine) else f" ON {table}"
        assert damage(f"DROP TRIGGER {name}{on}") == (name,)


def test_each_dropped_check_is_noticed(own_engine: Engine, damage: Callable[..., tuple[str, ...]]) -> None:
    """Every single CHECK, dropped, is named."""
    for name, (table, condition) in expected_checks().items():
        if is_sqlite(own_engine):
            gone = f"CONSTRAINT {name} CHECK ({condition})".replace("'", "''")
            statements = _schema(f"sql = replace(sql, '{gone}', 'CHECK (1)') WHERE name = '{table}'")
        else:
            statements = (f"ALTER TABLE {table} DROP CONSTRAINT {name}",)
        assert damage(*statements) == (name,)


def test_an_emptied_guard_is_noticed(own_engine: Engine, damage: Callable[..., tuple[str, ...]]) -> None:
    """A guard that bears the right name and does nothing is as good as missing."""
    if is_sqlite(own_engine):
        hollow = "CREATE TRIGGER decisions_delete BEFORE DELETE ON decisions BEGIN SELECT 1; END"
        assert damage("DROP TRIGGER decisions_delete", hollow) == ("decisions_delete",)
        return
    yes = "ALTER TABLE decisions ADD CONSTRAINT ck_decisions_withheld_reason CHECK (true)"
    dropped = "ALTER TABLE decisions DROP CONSTRAINT ck_decisions_withheld_reason"
    assert damage(dropped, yes) == ("ck_decisions_withheld_reason",)
    for name in BODIES:
        hollow = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
        assert damage(hollow) == (name,)
    assert damage("ALTER TABLE decisions DISABLE TRIGGER decisions_delete") == ("decisions_delete",)
    assert damage("ALTER TABLE decisions ENABLE TRIGGER decisions_delete") == ("decisions_delete",)
    never = (
        "DROP TRIGGER decisions_insert ON decisions",
        """CREATE TRIGGER decisions_insert BEFORE INSERT ON decisions FOR EACH ROW WHEN (false)
        EXECUTE FUNCTION attrtrack_decisions_insert()""",
        "ALTER TABLE decisions ENABLE ALWAYS TRIGGER decisions_insert",
    )
    assert damage(*never) == ("decisions_insert",)


@pytest.mark.parametrize("index", LIVE_INDEXES)
def test_the_indexes_of_what_is_live_are_looked_for(damage: Callable[..., tuple[str, ...]], index: str) -> None:
    """Without the partial unique index two decisions, corrections or precedents of a document could be live."""
    assert damage(f"DROP INDEX {index}") == (index,)
    plain = f"CREATE INDEX {index} ON {LIVE_INDEXES[index]} (document_id) WHERE superseded_at IS NULL"
    assert damage(f"DROP INDEX {index}", plain) == (index,)


def test_the_program_refuses_to_open_without_a_guard(
    store: Store, raw: Engine, database_url: str, clock: Clock
) -> None:
    """Opening says in Chinese which guard is gone."""
    store.close()
    on = "" if is_sqlite(raw) else " ON decisions"
    with raw.connect() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER decisions_insert{on}")
        connection.commit()
    with pytest.raises(StorageUnusableError, match="decisions_insert"):
        open_store(database_url, clock=clock, switches=SWITCHES)


def test_models_and_migrations_agree(own_engine: Engine) -> None:
    """What the queries see is what the migrations made: Alembic finds no difference, and the CHECKs bear the same names."""
    with own_engine.connect() as connection, connection.begin():
        opts = {"compare_type": True, "compare_server_default": True, "include_object": _is_on_both}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []
        found = {
            check["name"] for table in metadata.tables for check in sa.inspect(connection).get_check_constraints(table)
        }
    assert found == set(expected_checks())


def _is_on_both(_object: object, name: str | None, _kind: str, _reflected: object, _other: object) -> bool:
    """Leave out what the search has on one database only: the tables of SQLite's index of phrases, PostgreSQL's index."""
    return not str(name).startswith(("search_index", "ix_search_entries_pairs"))


def _set_revision(engine: Engine, revision: str) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")  # noqa: S608 - test's own
        connection.commit()


def test_a_newer_database_is_refused(store: Store, raw: Engine, database_url: str, clock: Clock) -> None:
    """A revision that the program does not know is left alone, also by the upgrade."""
    store.close()
    _set_revision(raw, "9999")
    with pytest.raises(StorageUnusableError, match="attrtrack db upgrade"):
        open_store(database_url, clock=clock, switches=SWITCHES)
    with pytest.raises(StorageUnusableError, match="升级程序"):
        upgrade_database(database_url)


def test_an_older_database_asks_for_the_upgrade(
    store: Store, database_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program never upgrades a register by itself: it says which command does."""
    store.close()
    monkeypatch.setattr("attrtrack.storage.revisions.head_revision", lambda: "9998")
    with pytest.raises(StorageUnusableError, match=r"较早版本.*attrtrack db upgrade"):
        open_store(database_url, clock=clock, switches=SWITCHES)


def test_the_upgrade_creates_and_is_idempotent(database_url: str) -> None:
    """Running the upgrade on an empty database makes it; running it again changes nothing."""
    assert upgrade_database(database_url) == head_revision()
    assert upgrade_database(database_url) == head_revision()
    engine = make_engine(database_url)
    verify_guards(engine)
    engine.dispose()


def test_somebody_elses_database_is_not_touched(database_url: str, clock: Clock) -> None:
    """A database with other tables is refused before anything is created in it."""
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE payroll (id int)")
        connection.commit()
    with pytest.raises(StorageUnusableError, match="其他程序的表"):
        open_store(database_url, clock=clock, switches=SWITCHES)
    assert sa.inspect(engine).get_table_names() == ["payroll"]
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "写法不对"),
        ("mysql://x/y", "不支持"),
        ("sqlite:////no/such/folder/x.db", "无法建立或打开"),
        ("postgresql+psycopg://nobody@127.0.0.1:1/none", "无法使用"),
    ],
)
def test_an_unusable_address_is_told_in_chinese(url: str, said: str, clock: Clock) -> None:
    """No traceback of a driver reaches the user."""
    with pytest.raises(StorageUnusableError, match=said):
        open_store(url, clock=clock, switches=SWITCHES)


@pytest.mark.sqlite("of the file itself")
def test_a_file_that_is_no_database_is_told_so(tmp_path: Path, clock: Clock) -> None:
    """A text file at the database's place is left as it is."""
    path = tmp_path / "letter.db"
    path.write_text("这不是数据库。" * 200, encoding="utf-8")
    with pytest.raises(StorageUnusableError, match="不是 SQLite 数据库"):
        open_store(f"sqlite:///{path}", clock=clock, switches=SWITCHES)
    assert path.read_text(encoding="utf-8").startswith("这不是数据库")


@pytest.mark.sqlite("of the file itself")
def test_a_new_file_is_readable_by_its_owner_only(tmp_path: Path, clock: Clock) -> None:
    """A register holds documents that are not public."""
    path = tmp_path / "register.db"
    open_store(f"sqlite:///{path}", clock=clock, switches=SWITCHES).close()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.postgresql
def test_the_register_may_live_in_a_schema_of_its_own(postgresql_server: PostgreSqlServer, clock: Clock) -> None:
    """The triggers look into the register's schema, whatever it is called."""
    url = postgresql_server.create()
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql('CREATE SCHEMA "Register A"')
        connection.exec_driver_sql(f'ALTER DATABASE "{url.database}" SET search_path = "Register A"')
        connection.commit()
    engine.dispose()
    open_store(url.render_as_string(hide_password=False), clock=clock, switches=SWITCHES).close()
    postgresql_server.drop(url)


def test_another_door_to_the_journal_is_noticed(own_engine: Engine, damage: Callable[..., tuple[str, ...]]) -> None:
    """A view that leads elsewhere, or a rule that swallows entries, is named."""
    if is_sqlite(own_engine):
        elsewhere = "CREATE VIEW journal_acts AS SELECT action, subject, outcome, detail FROM journal WHERE 0"
        assert "journal_acts" in damage("DROP VIEW journal_acts", elsewhere)
        return
    table = "CREATE TABLE journal_acts (action text, subject text, outcome text, detail text)"
    assert damage("DROP VIEW journal_acts", table) == ("journal_acts",)
    rule = "CREATE RULE swallowed AS ON INSERT TO journal DO INSTEAD NOTHING"
    assert damage(rule) == ("swallowed",)
    assert damage("CREATE FUNCTION attrtrack_hash() RETURNS text LANGUAGE sql AS 'SELECT 1::text'") == (
        "attrtrack_hash",
    )
