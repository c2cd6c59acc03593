"""The journal: a chain that shows where it was touched, and keeps nothing of refused files."""

import hashlib
import json

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from unit.storage.samples import NOON, a_document, add_document

from attrtrack.storage import Store
from attrtrack.storage.engine import is_sqlite


def test_an_entry_is_bound_to_the_one_before_it(store: Store) -> None:
    """Anybody can recompute the hash from the entry's own fields with the standard library."""
    with store.unit_of_work("甲\n乙", "web 10.1.2.3") as work:
        before = work.journal.head()
        entry = work.journal.append("sign", "D1", "refused", {"findings": ["reason-missing"], "说明": "缺"})
    assert before is not None
    at = "2024-03-01T04:00:00.000000+00:00"
    fields = [before.sequence + 1, at, "甲\n乙", "web 10.1.2.3", "sign", "D1", "refused", entry.detail, before.hash]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    assert entry.hash == hashlib.sha256(text.encode()).hexdigest()
    assert entry.at == NOON
    assert json.loads(entry.detail) == {"findings": ["reason-missing"], "说明": "缺"}


def test_every_write_of_a_repository_is_journalled(store: Store) -> None:
    """Adding a document is in the journal of the same transaction, under the actor's name, without text or title."""
    with store.unit_of_work("起草人") as work:
        one = add_document(work, a_document(text="不入日志的正文", title="不入日志的标题"))
        (entry,) = work.journal.entries(one)
    assert (entry.actor, entry.action, entry.subject, entry.outcome) == ("起草人", "record", "D1", "done")
    assert "不入日志" not in entry.detail


def test_a_refused_file_leaves_rule_user_and_time_only(store: Store) -> None:
    """An entry that names the rule of a refusal can hold nothing that would tell of the file."""
    with store.unit_of_work("起草人") as work:
        entry = work.journal.append("record", "-", "refused", {"rule": "level-star"})
        assert entry.detail == '{"rule":"level-star"}'
        for subject, detail in (
            ("某文件.docx", {"rule": "level-star"}),
            ("-", {"rule": "level-star", "title": "某标题"}),
            ("-", {"rule": "某标题"}),
            ("-", {"rule": ["某标题"]}),
        ):
            with pytest.raises(ValueError, match="refused file"):
                work.journal.append("record", subject, "refused", detail)


@pytest.fixture
def written(store: Store, raw: Engine) -> Engine:
    """Write five entries, then take the journal's guards away as an owner of the database could."""
    with store.unit_of_work("起草人") as work:
        for number in range(5):
            work.journal.append("step", f"D{number}", "done", {"n": number})
    with raw.connect() as connection:
        for name in ("journal_update", "journal_delete"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}" + ("" if is_sqlite(raw) else " ON journal"))
        connection.commit()
    return raw


@pytest.mark.parametrize(
    ("tampering", "first_bad"),
    [
        ("UPDATE journal SET actor = '别人' WHERE sequence = 4", 4),
        ("UPDATE journal SET at = '2024-03-01T05:00:00.000000+00:00' WHERE sequence = 3", 3),
        ("UPDATE journal SET at = '2024-03-01T04:00:00+00:00' WHERE sequence = 3", 3),
        ("UPDATE journal SET detail = '{}' WHERE sequence = 7", 7),
        ("UPDATE journal SET hash = previous_hash WHERE sequence = 5", 5),
        ("DELETE FROM journal WHERE sequence = 4", 4),
        ("DELETE FROM journal WHERE sequence = 1", 1),
        ("UPDATE journal SET sequence = 99 WHERE sequence = 7", 7),
    ],
)
def test_tampering_is_found_where_it_begins(store: Store, written: Engine, tampering: str, first_bad: int) -> None:
    """Each change, removal or renumbering breaks the chain at the entry concerned."""
    with store.reading() as work:
        assert work.journal.verify() is None
    with written.connect() as connection:
        connection.execute(sa.text(tampering.replace(":", "\\:")))
        connection.commit()
    with store.reading() as work:
        assert work.journal.verify() == first_bad


def test_entries_are_read_by_subject_and_in_pages(store: Store) -> None:
    """A page of the journal starts after a sequence and has a limit."""
    with store.unit_of_work("起草人") as work:
        for number in range(4):
            work.journal.append("step", f"D{number % 2}", "done", {})
        assert [entry.sequence for entry in work.journal.entries("D1")] == [4, 6]
        assert [entry.sequence for entry in work.journal.entries(after=3, limit=2)] == [4, 5]


def test_the_newest_entry_of_a_subject_is_its_version(store: Store) -> None:
    """A record's version moves with every change of it, and with no other."""
    with store.unit_of_work("起草人") as work:
        one, other = add_document(work), add_document(work)
        version = work.journal.version_of(one)
        assert work.journal.version_of("D9") == 0
        work.journal.append("step", other, "done", {})
        assert work.journal.version_of(one) == version
        work.journal.append("step", one, "done", {})
        assert work.journal.version_of(one) > version
