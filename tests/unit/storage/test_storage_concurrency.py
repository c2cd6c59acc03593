"""Two programs writing at once: they wait for each other and the chain stays whole."""

import subprocess
import sys
import threading

import pytest
from unit.storage.conftest import Clock
from unit.storage.samples import NOON, SWITCHES, add_document

from attrtrack.storage import Store, open_store

WRITER = """
import datetime as dt, sys
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.storage import open_store

store = open_store(sys.argv[1], clock=lambda: dt.datetime.now(dt.UTC), switches={"reason_required_for": ("withheld",)})
for number in range(40):
    with store.unit_of_work(sys.argv[2]) as work:
        known = list(work.journal.entries())
        work.documents.add(
            Document(text="x"), content_hash="h", unit=sys.argv[2], file_name=None, state=State.DRAFT
        )
store.close()
"""


def test_processes_that_start_on_an_empty_database_together_all_get_through(database_url: str, clock: Clock) -> None:
    """Three processes create the register, read before they write, and lose nothing."""
    command = [sys.executable, "-c", WRITER, database_url]
    writers = [subprocess.Popen([*command, name], stderr=subprocess.PIPE, text=True) for name in ("甲", "乙", "丙")]
    told = [writer.communicate(timeout=120)[1] for writer in writers]
    assert [(writer.returncode, text) for writer, text in zip(writers, told, strict=True)] == [(0, "")] * 3
    store = open_store(database_url, clock=clock, switches=SWITCHES)
    with store.reading() as work:
        assert work.journal.verify() is None
        assert sum(work.queries.count_by_state().values()) == 120
        assert work.queries.units() == sorted(("甲", "乙", "丙"))
    store.close()


def test_threads_share_one_store(store: Store) -> None:
    """The web porch's threads use one open register."""
    failures: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(20):
                with store.unit_of_work("网页") as work:
                    add_document(work)
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with store.reading() as work:
        assert work.journal.verify() is None
        assert sum(work.queries.count_by_state().values()) == 80


def test_a_reader_sees_one_state_while_a_writer_commits(store: Store) -> None:
    """What is read in one go does not change underneath, and does not hold the writer up."""
    with store.reading() as reader:
        assert reader.queries.count_by_state() == {}
        with store.unit_of_work("起草人") as work:
            add_document(work)
        assert reader.queries.count_by_state() == {}
    with store.reading() as reader:
        assert sum(reader.queries.count_by_state().values()) == 1


@pytest.mark.sqlite("only SQLite works in memory")
def test_a_store_in_memory_works_within_one_thread(clock: Clock) -> None:
    """Trials and tests may do without a file."""
    store = open_store("sqlite://", clock=clock, switches=SWITCHES)
    with store.unit_of_work("起草人") as work:
        add_document(work)
        assert work.journal.verify() is None
    store.close()


def test_a_clock_without_zone_is_a_programming_error(database_url: str) -> None:
    """A moment of which nobody could say when it was is not stored."""
    with pytest.raises(ValueError, match="time zone"):
        open_store(database_url, clock=lambda: NOON.replace(tzinfo=None), switches=SWITCHES)
