"""How fast a register of 100,000 documents is backed up, restored and copied, beside what the databases do by themselves."""

import datetime as dt
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from measuring import in_full
from postgresql_servers import PostgreSqlServer

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.storage import NewDocument, open_store
from attrtrack.storage.transfer import copy_database, open_archive, restore_archive, write_backup

ROWS = in_full(100_000, in_ci=5_000)
SLOWEST = 2_000
"""Rows a second below which something is wrong; see the printed figures for what is usual."""
BODY = (
    "各乡镇人民政府，县政府各部门：为做好第{}号河道清淤工作，现将有关事项通知如下。"
    + "加强组织领导，明确责任分工，按时上报进度。" * 40
)
NOW = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)


def documents() -> Iterator[NewDocument]:
    """Make documents with a body of some 900 characters each."""
    for number in range(ROWS):
        made = Document(
            text=BODY.format(number),
            format="docx",
            title=f"关于第{number}项水利工程建设的通知",
            number=f"甲政发〔{2000 + number % 24}〕{number}号",
            genre=Genre.NOTICE,
            issuers=("甲县人民政府",),
            date=WrittenDate(2000 + number % 24, 1 + number % 12, 1 + number % 28),
            declared_attribute=DisclosureAttribute.PROACTIVE,
        )
        yield NewDocument(made, f"{number:064x}", f"单位{number % 80}", State.ISSUED_ELSEWHERE)


def timed(act: Callable[[], object]) -> float:
    """Return the seconds of an act by the clock."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def quiet(total: int) -> Callable[[], None]:
    """Tell nothing."""
    del total
    return lambda: None


def restore(path: Path, url: str) -> None:
    """Restore an archive."""
    with open_archive(path) as archive:
        restore_archive(archive, url, actor="甲", clock=lambda: NOW, told=quiet)


@pytest.mark.postgresql
def test_a_hundred_thousand_documents_go_over(tmp_path: Path, postgresql_server: PostgreSqlServer) -> None:
    """Backup, restore and copy each way, every row read back and compared; beside them the copies that compare nothing."""
    folder = tmp_path
    source, path = f"sqlite:///{folder / 'a.db'}", folder / "a.backup"
    store = open_store(source, clock=lambda: NOW, switches={})
    with store.unit_of_work("导入人") as work:
        work.documents.add_many(documents())
    store.close()
    served = postgresql_server.create()
    target = served.render_as_string(hide_password=False)
    done = []

    def back_up(url: str, name: str) -> None:
        done.append(write_backup(url, folder / name, at=NOW, force=False, told_rows=quiet))

    def bare() -> None:
        with sqlite3.connect(folder / "a.db") as one, sqlite3.connect(folder / "bare.db") as other:
            one.backup(other)
        one.close()
        other.close()

    dump = ["pg_dump", "-Fc", "-Z1", "-h", str(served.query["host"]), "-U", "postgres", "-f", str(folder / "x.dump")]
    seconds = {
        "backup of SQLite": timed(lambda: back_up(source, "a.backup")),
        "restore into SQLite": timed(lambda: restore(path, f"sqlite:///{folder / 'b.db'}")),
        "copy SQLite to PostgreSQL": timed(
            lambda: copy_database(source, target, actor="甲", clock=lambda: NOW, told=quiet)
        ),
        "backup of PostgreSQL": timed(lambda: back_up(target, "b.backup")),
        "copy PostgreSQL to SQLite": timed(
            lambda: copy_database(target, f"sqlite:///{folder / 'c.db'}", actor="甲", clock=lambda: NOW, told=quiet)
        ),
        "SQLite's own page copy, nothing compared": timed(bare),
        "pg_dump -Z1, nothing compared": timed(
            lambda: subprocess.run([*dump, str(served.database)], check=True, capture_output=True)
        ),
    }
    postgresql_server.drop(served)
    rows = done[0].rows
    print(
        f"\n{ROWS} documents, {rows} rows, {(folder / 'a.db').stat().st_size >> 20} MB of SQLite, backup {done[0].size >> 20} MB"
    )
    for name, spent in seconds.items():
        print(f"  {name}: {spent:.1f} s, {rows / spent:,.0f} rows/s")
    assert done[1].rows == rows + 1
    assert all(rows / spent > SLOWEST for spent in seconds.values())
