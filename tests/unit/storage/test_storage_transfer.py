"""A register goes into a file and out of it, or into another database, with nothing lost and every guard in place."""

import datetime as dt
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from register_places import KINDS, register_at
from unit.storage.conftest import Clock
from unit.storage.samples import SWITCHES, a_document, add_document
from unit.storage.test_storage_upgrade import _at_second_revision
from whole_registers import fill, tables, told

from attrtrack.errors import BrokenSourceError, StorageUnusableError, UsageError
from attrtrack.storage import Store, open_store, verify_guards
from attrtrack.storage.engine import WRITING, make_engine
from attrtrack.storage.revisions import head_revision
from attrtrack.storage.tables import metadata
from attrtrack.storage.transfer import BackedUp, Restored, copy_database, open_archive, restore_archive, write_backup
from attrtrack.storage.transfer.inventory import kept_tables

AT = dt.datetime(2024, 3, 2, tzinfo=dt.UTC)
Quiet = Callable[[int], Callable[[], None]]


def quiet(total: int) -> Callable[[], None]:
    """Tell nothing."""
    del total
    return lambda: None


def interrupted(after: int) -> Quiet:
    """Press Ctrl-C after so many rows."""
    rows = iter(range(after))

    def step() -> None:
        if next(rows, None) is None:
            raise KeyboardInterrupt

    return lambda _: step


def backup(url: str, path: Path, *, force: bool = False, telling: Quiet = quiet) -> BackedUp:
    """Back a register up."""
    return write_backup(url, path, at=AT, force=force, told_rows=telling)


def restore(path: Path, url: str, telling: Quiet = quiet) -> Restored:
    """Restore it."""
    with open_archive(path) as archive:
        return restore_archive(archive, url, actor="恢复人", clock=lambda: AT, told=telling)


def copy(url: str, target: str, telling: Quiet = quiet) -> Restored:
    """Copy it."""
    return copy_database(url, target, actor="复制人", clock=lambda: AT, told=telling)


@pytest.fixture(params=KINDS)
def target_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a second empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'target.db'}"
        return
    server = request.getfixturevalue("postgresql_server")
    url = server.create()
    yield url.render_as_string(hide_password=False)
    server.drop(url)


@pytest.fixture(scope="module")
def filled_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a full register that the tests only read."""
    url = register_at(tmp_path_factory.mktemp("whole") / "sample.db")
    fill(url)
    return url


def without_last_entry(rows: dict[str, list[list[Any]]]) -> dict[str, list[list[Any]]]:
    """Leave out the entry that says where the register came from."""
    return {**rows, "journal": rows["journal"][:-1]}


def prove(url: str, word: str) -> None:
    """Open the register as the program does: guards, chain, and the last entry; the gate refuses as ever."""
    store = open_store(url, clock=lambda: AT, switches=SWITCHES)
    with store.reading() as work:
        assert work.journal.verify() is None
        head = work.journal.head()
    with store.unit_of_work("甲") as work:
        identifier = add_document(work, a_document(title="恢复以后登记的"))
    store.close()
    assert head is not None
    assert head.action in {word, "set-switch"}
    engine = make_engine(url)
    verify_guards(engine)
    engine.dispose()
    assert identifier.startswith("D")


def test_every_table_of_the_register_is_carried(store: Store, database_url: str) -> None:
    """What is carried is read from the catalogue; it is all but what is made again, and no table waits for one behind it."""
    del store
    engine = make_engine(database_url)
    with engine.connect() as connection, connection.begin():
        carried = kept_tables(connection)
    engine.dispose()
    derived = {"standings", "standing_links", "standing_stamp", "search_entries", "search_stamp", "job_products"}
    assert {table.name for table in carried} == set(metadata.tables) - derived
    assert all(table.key for table in carried)


def test_a_backup_is_restored_into_either_database(database_url: str, target_url: str, tmp_path: Path) -> None:
    """Every row of every table comes back to the letter, superseded decisions and journal too; then the guards speak again."""
    fill(database_url)
    before, path = told(database_url), tmp_path / "登记.backup"
    done = backup(database_url, path)
    assert (done.rows, done.revision, done.current) == (sum(map(len, before.values())), head_revision(), True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    restored = restore(path, target_url)
    assert (restored.rows, restored.tables, restored.head) == (done.rows, len(before), done.head)
    assert without_last_entry(told(target_url)) == before
    assert told(database_url) == before
    prove(target_url, "restore")


def test_a_register_is_copied_into_either_database(database_url: str, target_url: str) -> None:
    """The same without a file; the new journal goes on with who copied it, and names no address."""
    fill(database_url)
    before = told(database_url)
    done = copy(database_url, target_url)
    assert done.rows == sum(map(len, before.values()))
    after = told(target_url)
    assert without_last_entry(after) == before
    assert "复制人" in after["journal"][-1]
    assert not any("://" in str(value) for value in after["journal"][-1])
    prove(target_url, "copy")


def test_a_restored_register_refuses_raw_sql(store: Store, database_url: str, target_url: str, tmp_path: Path) -> None:
    """The triggers that were set aside for the load are back: nothing passes them that did not pass before."""
    with store.unit_of_work("甲") as work:
        add_document(work)
    backup(database_url, tmp_path / "a.backup")
    restore(tmp_path / "a.backup", target_url)
    engine = make_engine(target_url)
    for statement in (
        "UPDATE documents SET state = 'signed'",
        "UPDATE documents SET text = 'x'",
        "DELETE FROM documents",
        "UPDATE journal SET actor = 'x'",
    ):
        with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="attrtrack-"):
            connection.execution_options(**{WRITING: True}).exec_driver_sql(statement)
    engine.dispose()


def test_an_older_register_is_backed_up_and_upgraded_by_its_restoring(
    database_url: str, target_url: str, tmp_path: Path
) -> None:
    """A register of revision 0002 is backed up as it is; restored, it stands at the program's revision with all it had."""
    engine = make_engine(database_url)
    _at_second_revision(engine)
    engine.dispose()
    done = backup(database_url, tmp_path / "a.backup")
    assert (done.revision, done.current) == ("0002", False)
    restored = restore(tmp_path / "a.backup", target_url)
    assert (restored.taken_at, restored.revision) == ("0002", head_revision())
    store = open_store(target_url, clock=lambda: AT, switches=SWITCHES)
    with store.reading() as work:
        assert [link.document_id for link in work.links.of("I3")] == ["D3"]
    store.close()


def test_only_an_empty_database_is_filled(filled_url: str, target_url: str, tmp_path: Path) -> None:
    """A database in which anything stands is refused and stays as it is, for both commands."""
    backup(filled_url, tmp_path / "a.backup")
    restore(tmp_path / "a.backup", target_url)
    before = told(target_url)
    with pytest.raises(StorageUnusableError, match="不是空的"):
        restore(tmp_path / "a.backup", target_url)
    with pytest.raises(StorageUnusableError, match="不是空的"):
        copy(filled_url, target_url)
    assert told(target_url) == before


def test_ctrl_c_leaves_the_target_empty_and_the_next_try_succeeds(
    filled_url: str, target_url: str, tmp_path: Path
) -> None:
    """Interrupted in the midst of the rows, nothing of them stays: neither tables nor a new file."""
    backup(filled_url, tmp_path / "a.backup")
    for act in (lambda telling: restore(tmp_path / "a.backup", target_url, telling),
                lambda telling: copy(filled_url, target_url, telling)):  # fmt: skip
        with pytest.raises(KeyboardInterrupt):
            act(interrupted(300))
        assert tables(target_url) == []
    restore(tmp_path / "a.backup", target_url)
    prove(target_url, "restore")


def test_a_backup_is_one_moment_of_a_register_that_others_write(
    store: Store, opened: Callable[[str], Store], database_url: str, target_url: str, tmp_path: Path
) -> None:
    """Somebody records documents all the while: the file holds one state, no document without its journal entry."""
    with store.unit_of_work("甲") as work:
        for number in range(200):
            add_document(work, a_document(title=f"先有{number}"), content_hash=f"{number:064x}")
    written, stop = [], threading.Event()

    def write() -> None:
        with_store = opened(database_url)
        while not stop.is_set():
            with with_store.unit_of_work("乙") as work:
                written.append(add_document(work, a_document(title="同时"), content_hash=f"{len(written):063x}f"))

    writer = threading.Thread(target=write)
    writer.start()

    def slowly(total: int) -> Callable[[], None]:
        del total
        return lambda: stop.wait(0.0005) and None

    done = backup(database_url, tmp_path / "a.backup", telling=slowly)
    during = len(written)
    stop.set()
    writer.join()
    restore(tmp_path / "a.backup", target_url)
    rows = told(target_url)
    recorded = {row for entry in rows["journal"] for row in entry if isinstance(row, str) and row[:1] == "D"}
    assert during > 0
    assert 200 <= len(rows["documents"]) <= 200 + during
    assert len(recorded) == len(rows["documents"])
    assert done.head is not None


def test_a_copy_is_withdrawn_when_the_source_went_on(store: Store, database_url: str, target_url: str) -> None:
    """What is written while the copy runs would be lost with the old register: so it is said, and nothing is copied."""
    with store.unit_of_work("甲") as work:
        add_document(work)

    def writing(total: int) -> Callable[[], None]:
        del total
        with store.unit_of_work("乙") as work:
            add_document(work, a_document(title="其间登记"), content_hash="1" * 64)
        return lambda: None

    with pytest.raises(StorageUnusableError, match="又有新的记录"):
        copy(database_url, target_url, writing)
    assert tables(target_url) == []


def test_a_file_that_is_there_is_kept_without_force(store: Store, database_url: str, tmp_path: Path) -> None:
    """Not overwritten unasked; asked, replaced whole; interrupted, the old one stays and no other file is left."""
    del store
    path = tmp_path / "a.backup"
    path.write_bytes(b"old")
    with pytest.raises(UsageError, match="--force"):
        backup(database_url, path)
    with pytest.raises(KeyboardInterrupt):
        backup(database_url, path, force=True, telling=interrupted(1))
    assert path.read_bytes() == b"old"
    backup(database_url, path, force=True)
    assert path.read_bytes().startswith(b"attrtrack-backup 1\n")
    assert [item.name for item in tmp_path.iterdir() if item.suffix == ".part"] == []


def test_a_file_that_comes_meanwhile_is_kept_too(store: Store, database_url: str, tmp_path: Path) -> None:
    """Another program takes the name during the backup: its file stays."""
    del store
    path = tmp_path / "a.backup"

    def taking(total: int) -> Callable[[], None]:
        path.write_bytes(b"another's")
        return quiet(total)

    with pytest.raises(UsageError, match="--force"):
        backup(database_url, path, telling=taking)
    assert path.read_bytes() == b"another's"


def test_what_is_no_register_is_not_backed_up(database_url: str, tmp_path: Path) -> None:
    """An empty database gives no backup and no file."""
    with pytest.raises(StorageUnusableError, match=r"没有公文登记|没有这个数据库文件"):
        backup(database_url, tmp_path / "a.backup")
    assert not (tmp_path / "a.backup").exists()


@pytest.mark.sqlite("takes its guards out of SQLite's own catalogue")
def test_a_register_tampered_with_does_not_go_over(clock: Clock, tmp_path: Path) -> None:
    """Where somebody took the guards away and signed a document without decision, the copy says which and writes nothing."""
    url, target = f"sqlite:///{tmp_path / 'a.db'}", f"sqlite:///{tmp_path / 'b.db'}"
    store = open_store(url, clock=clock, switches=SWITCHES)
    with store.unit_of_work("甲") as work:
        add_document(work)
    store.close()
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
        for name in names:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE documents SET state = 'signed'")
    engine.dispose()
    with pytest.raises(BrokenSourceError, match="D1 已签发或已公开而没有有效的审定"):
        copy(url, target)
    assert tables(target) == []
