"""Files and cuts in the register: appended, proven when they are read, and gone with a document that is removed."""

import hashlib

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.samples import a_document, add_document

from attrtrack.domain.evidence import Span
from attrtrack.domain.files import MAX_KEPT, FileKind
from attrtrack.errors import SourceTooLargeError, StorageUnusableError, UnknownRecordError
from attrtrack.storage import Store, UnitOfWork
from attrtrack.storage.engine import is_sqlite

WORDS = "水库巡线".encode()
_DIGEST = hashlib.sha256(WORDS).hexdigest()
_FILE = (
    "INSERT INTO kept_files (id, document_id, kind, name, format, size, sha256, cut_id, kept_by, kept_at, content) "
    "VALUES ({id}, {document}, '{kind}', '甲.docx', 'docx', {size}, '{digest}', {cut}, '某人', '2024-03-01', {content})"
)
_CUT = (
    "INSERT INTO cuts (id, document_id, starts, ends, undoes, reason, because, made_by, made_at) "
    "VALUES ({id}, {document}, {starts}, {ends}, {undoes}, {reason}, NULL, '某人', '2024-03-01')"
)


def keep(work: UnitOfWork, document: str, kind: FileKind = FileKind.ORIGINAL, cut: str | None = None) -> str:
    """Keep our words as a file."""
    return work.files.keep(document, WORDS, kind=kind, name="甲.docx", form="docx", cut=cut)


@pytest.fixture
def cut_document(store: Store) -> str:
    """Give D1, whose original is kept, with X1 taken back by X2 and X3 in force; D2 has neither."""
    with store.unit_of_work("甲") as work:
        first, second = add_document(work), add_document(work, a_document(text="另一份"))
        keep(work, first)
        made = work.cuts.add(first, Span(0, 2), reason="R15-2", because="姓名")
        work.cuts.take_back(first, made, because="误删")
        work.cuts.add(first, Span(2, 4), reason="R15-2", because="")
    assert (first, second, made) == ("D1", "D2", "X1")
    return first


def test_files_and_cuts_come_back(store: Store, cut_document: str) -> None:
    """The bytes, their digest, who kept them; each cut with its reason, one taken back with its own."""
    with store.unit_of_work("乙") as work:
        kept = keep(work, cut_document, FileKind.PUBLIC, cut="X3")
    with store.reading() as work:
        original, public = work.files.of_document(cut_document)
        cutting = work.cuts.of_document(cut_document)
        assert work.files.original(cut_document) == work.files.get(cut_document, original.id)
        assert work.files.get(cut_document, kept).content == WORDS
        assert (work.files.original("D2"), work.cuts.of_document("D2").cuts) == (None, ())
        with pytest.raises(UnknownRecordError):
            work.files.get("D2", original.id)
        assert work.journal.verify() is None
    assert (original.kind, original.size, original.sha256, original.cut) == (FileKind.ORIGINAL, 12, _DIGEST, None)
    assert (public.kind, public.kept_by, public.cut) == (FileKind.PUBLIC, "乙", "X3")
    back, live = cutting.cuts
    assert (back.because, back.taken_back and back.taken_back.because, live.span) == ("姓名", "误删", Span(2, 4))
    assert (cutting.live, cutting.last) == ((live,), "X3")


STATEMENTS = [
    "UPDATE kept_files SET name = '乙.docx'",
    "UPDATE kept_files SET content = NULL",
    "DELETE FROM kept_files",
    "UPDATE cuts SET ends = 9 WHERE id = 1",
    "DELETE FROM cuts WHERE id = 3",
    _FILE.format(id=9, document=1, kind="original", size=12, digest=_DIGEST, cut="NULL", content="{words}"),
    _FILE.format(id=9, document=2, kind="public", size=12, digest=_DIGEST, cut="NULL", content="{words}"),
    _FILE.format(id=9, document=2, kind="public", size=12, digest=_DIGEST, cut="3", content="{words}"),
    _FILE.format(id=9, document=2, kind="draft", size=12, digest=_DIGEST, cut="NULL", content="{words}"),
    _FILE.format(id=9, document=2, kind="original", size=13, digest=_DIGEST, cut="NULL", content="{words}"),
    _FILE.format(id=9, document=2, kind="original", size=12, digest="ab", cut="NULL", content="{words}"),
    _FILE.format(id=9, document=2, kind="original", size=0, digest=_DIGEST, cut="NULL", content="{nothing}"),
    _FILE.format(id=9, document=7, kind="original", size=12, digest=_DIGEST, cut="NULL", content="{words}"),
    _CUT.format(id=9, document=1, starts="NULL", ends="NULL", undoes=1, reason="NULL"),
    _CUT.format(id=9, document=2, starts="NULL", ends="NULL", undoes=3, reason="NULL"),
    _CUT.format(id=9, document=1, starts="NULL", ends="NULL", undoes=2, reason="NULL"),
    _CUT.format(id=9, document=1, starts=4, ends=4, undoes="NULL", reason="'R15-2'"),
    _CUT.format(id=9, document=1, starts=-1, ends=4, undoes="NULL", reason="'R15-2'"),
    _CUT.format(id=9, document=1, starts=1, ends=4, undoes="NULL", reason="' \u3000'"),
    _CUT.format(id=9, document=1, starts=1, ends=4, undoes="NULL", reason="NULL"),
    _CUT.format(id=9, document=1, starts="NULL", ends="NULL", undoes="NULL", reason="'R15-2'"),
]


def refused(raw: Engine, statement: str) -> bool:
    """Whether the database refuses a statement by itself."""
    on_sqlite = is_sqlite(raw)
    words, nothing = (f"X'{data.hex()}'" if on_sqlite else f"'\\x{data.hex()}'::bytea" for data in (WORDS, b""))
    try:
        with raw.begin() as connection:
            connection.exec_driver_sql(statement.replace("{words}", words).replace("{nothing}", nothing))
    except DBAPIError:
        return True
    return False


def test_the_database_refuses_by_itself(raw: Engine, cut_document: str) -> None:
    """Nothing is changed or deleted, no second original, no public version without a cut of its own, no cut undone twice."""
    assert cut_document == "D1"
    assert [statement for statement in STATEMENTS if not refused(raw, statement)] == []
    lawful = _FILE.format(id=9, document=2, kind="original", size=12, digest=_DIGEST, cut="NULL", content="{words}")
    assert not is_sqlite(raw) or not refused(raw, lawful)


def test_bytes_that_are_not_those_kept_are_told(store: Store, raw: Engine, cut_document: str) -> None:
    """Where somebody got past the triggers, reading the file says so instead of handing it out."""
    with raw.begin() as connection:
        if is_sqlite(raw):
            for name in ("kept_files_update", "kept_files_journal_update"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql("UPDATE kept_files SET content = CAST(X'00' || substr(content, 2) AS BLOB)")
        else:
            connection.exec_driver_sql("ALTER TABLE kept_files DISABLE TRIGGER USER")
            connection.exec_driver_sql("UPDATE kept_files SET content = set_byte(content, 0, 0)")
    with store.reading() as work, pytest.raises(StorageUnusableError):
        work.files.original(cut_document)


def test_a_removed_document_takes_its_files_and_cuts_along(store: Store, raw: Engine, cut_document: str) -> None:
    """Of a document that turned out to be classified neither file nor cut stays."""
    with store.unit_of_work("乙") as work:
        keep(work, cut_document, FileKind.PUBLIC, cut="X3")
    with store.unit_of_work("乙") as work:
        work.documents.remove_classified(cut_document, "R14-1")
    with raw.connect() as connection:
        left = [connection.execute(sa.text(f"SELECT COUNT(*) FROM {name}")).scalar() for name in ("kept_files", "cuts")]  # noqa: S608 - our own names
    assert left == [0, 0]


def test_ids_that_are_none_are_unknown(store: Store, cut_document: str) -> None:
    """A forged id of a file or a cut is answered like one that is not there."""
    with store.unit_of_work("甲") as work:
        for identifier in ("", "F", "X", "F1x", "X-1", "F١", "F9999999999999999999", "X9999999999999999999"):
            with pytest.raises(UnknownRecordError):
                work.files.get(cut_document, identifier)
            with pytest.raises(UnknownRecordError):
                work.cuts.take_back(cut_document, identifier, because=None)


def test_a_file_may_have_so_many_bytes_and_no_more(store: Store, cut_document: str) -> None:
    """A byte above the cap is refused with a sentence."""
    with store.unit_of_work("甲") as work, pytest.raises(SourceTooLargeError, match="请"):
        work.files.keep(cut_document, bytes(MAX_KEPT + 1), kind=FileKind.ORIGINAL, name="甲", form="docx")
