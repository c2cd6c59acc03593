"""How fast the register takes in ledgers and answers the measures, beside a bare executemany in the same run."""

import datetime as dt
import sqlite3
import statistics
import time
from pathlib import Path

from measuring import in_full

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.storage import NewDocument, open_store
from attrtrack.storage.mapping import document_values

ROWS = in_full(100_000, in_ci=30_000)
RATIO = 25
"""Processor seconds of the register to those of the bare insert: measured 14 to 19; a busy machine alone fails nothing."""


def ledger_document(number: int) -> Document:
    """Make a ledger row's document."""
    return Document(
        text="",
        format="xlsx",
        title=f"关于第{number}项水利工程建设的通知",
        number=f"甲政发〔{2000 + number % 24}〕{number}号",
        genre=Genre.NOTICE,
        issuers=("甲县人民政府",),
        date=WrittenDate(2000 + number % 24, 1 + number % 12, 1 + number % 28),
        declared_attribute=DisclosureAttribute.PROACTIVE,
        drafting_department="水务局",
    )


def bare_seconds(path: Path, rows: list[Document]) -> float:
    """Return the processor seconds (median of three) of a bare executemany: the same text, no checks, no triggers."""
    names = [name for name, value in document_values(rows[0]).items() if not isinstance(value, list)]
    values = [tuple(document_values(row)[name] for name in names) for row in rows]
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    marks = ", ".join("?" * len(names))
    seconds = []
    for run in range(3):
        connection.execute(f"CREATE TABLE bare{run} (id INTEGER PRIMARY KEY, {', '.join(names)})")
        begun = time.process_time()
        with connection:
            connection.executemany(f"INSERT INTO bare{run} ({', '.join(names)}) VALUES ({marks})", values)  # noqa: S608 - own names
        seconds.append(time.process_time() - begun)
    connection.close()
    return statistics.median(seconds)


def test_a_hundred_thousand_ledger_rows_enter_beside_a_bare_insert(tmp_path: Path) -> None:
    """The bulk path keeps checks, triggers, mapping and journal on and stays within a small multiple of a bare insert."""
    documents = [ledger_document(number) for number in range(ROWS)]
    bare = bare_seconds(tmp_path / "bare.db", documents)
    store = open_store(
        f"sqlite:///{tmp_path / 'register.db'}", clock=lambda: dt.datetime(2024, 3, 1, tzinfo=dt.UTC), switches={}
    )
    begun, worked = time.perf_counter(), time.process_time()
    with store.unit_of_work("导入人") as work:
        identifiers = work.documents.add_many(
            NewDocument(document, f"{number:064x}", f"单位{number % 80}", State.ISSUED_ELSEWHERE)
            for number, document in enumerate(documents)
        )
    register, processor = time.perf_counter() - begun, time.process_time() - worked
    begun = time.perf_counter()
    with store.reading() as work:
        measured = sum(1 for _ in work.queries.measured_documents())
    reading = time.perf_counter() - begun
    begun = time.perf_counter()
    with store.reading() as work:
        one = sum(1 for _ in work.queries.measured_documents("单位7", 2007))
        page = len(work.queries.overview(limit=50, offset=1000))
    page_seconds = time.perf_counter() - begun
    store.close()
    print(
        f"\n{ROWS} rows: register {processor:.2f} s of processor ({register:.2f} s by the clock), bare executemany {bare:.2f} s, ratio {processor / bare:.1f}; "
        f"measured_documents {reading:.2f} s; one unit and year ({one} rows) with a page {page_seconds * 1000:.0f} ms"
    )
    assert (len(identifiers), measured, page) == (ROWS, ROWS, 50)
    assert processor / bare < RATIO
