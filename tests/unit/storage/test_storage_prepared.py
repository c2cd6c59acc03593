"""Statements run straight by SQLite's driver say, keep and refuse what SQLAlchemy would."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError

from attrtrack.storage.columns import Moment, Structure
from attrtrack.storage.engine import make_engine
from attrtrack.storage.prepared import Prepared, prepared

_NOON = dt.datetime(2024, 3, 1, 12, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.sqlite("its statements are compiled by the program itself")
_METADATA = sa.MetaData()
_KEPT = sa.Table(
    "kept",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("word", sa.Text, nullable=False),
    sa.Column("so", sa.Boolean),
    sa.Column("day", sa.Date),
    sa.Column("at", Moment),
    sa.Column("parts", Structure),
)
_ROWS: list[dict[str, Any]] = [
    {"id": 1, "word": "此件公开", "so": True, "day": dt.date(2024, 2, 29), "at": _NOON, "parts": ["甲", {"乙": 1}]},
    {"id": 2, "word": "", "so": False, "day": None, "at": None, "parts": []},
    {"id": 3, "word": "'; --", "so": None, "day": None, "at": None, "parts": None},
]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    """An open transaction on a file of SQLite that has one table of every kind of column."""
    engine = make_engine(f"sqlite:///{tmp_path / 'kept.db'}")
    with engine.connect().execution_options(attrtrack_writing=True) as opened:
        _METADATA.create_all(opened)
        yield opened
        opened.rollback()
    engine.dispose()


def _ready(connection: sa.Connection, statement: sa.ClauseElement, *names: str) -> Prepared:
    return prepared(connection.dialect, statement, names)


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection


def test_values_go_and_come_as_through_sqlalchemy(connection: sa.Connection) -> None:
    """What is written here SQLAlchemy reads, what it reads is read here, column for column, absence kept apart from empty."""
    insert = _ready(connection, _KEPT.insert(), *_ROWS[0])
    insert.write(_driver(connection), _ROWS[0])
    insert.write_all(_driver(connection), _ROWS[1:])
    query = sa.select(_KEPT).where(_KEPT.c.id >= sa.bindparam("least")).order_by(_KEPT.c.id)
    read = _ready(connection, query, "least").rows(_driver(connection), {"least": 1})
    usual = connection.execute(query, {"least": 1}).all()
    assert [row._asdict() for row in read] == [dict(row._mapping) for row in usual] == _ROWS


def test_rows_are_reached_by_name_and_by_place(connection: sa.Connection) -> None:
    """A column without a name of its own, or named like another, is still there by its place."""
    _ready(connection, _KEPT.insert(), *_ROWS[0]).write(_driver(connection), _ROWS[0])
    query = sa.select(_KEPT.c.word, sa.func.max(_KEPT.c.id), _KEPT.c.word.label("class"))
    (row,) = _ready(connection, query).rows(_driver(connection), {})
    assert (row.word, tuple(row)) == ("此件公开", ("此件公开", 1, "此件公开"))


def test_values_written_into_the_statement_hold(connection: sa.Connection) -> None:
    """Constants of a statement are bound beside the values that are given; a given value goes before a default."""
    _ready(connection, _KEPT.insert(), *_ROWS[0]).write(_driver(connection), _ROWS[0])
    update = _KEPT.update().where(_KEPT.c.id == sa.bindparam("key")).values(so=False, word=sa.bindparam("to"))
    _ready(connection, update, "key", "to").write(_driver(connection), {"key": 1, "to": "改了"})
    row = connection.execute(sa.select(_KEPT)).one()
    assert (row.word, row.so, row.at) == ("改了", False, _NOON)


def test_refusals_come_out_as_sqlalchemy_raises_them(connection: sa.Connection) -> None:
    """A broken constraint and a missing table keep their kinds, by which they are told to people."""
    insert = _ready(connection, _KEPT.insert(), "id", "word")
    insert.write(_driver(connection), {"id": 1, "word": "一"})
    for refused in ({"id": 1, "word": "二"}, {"id": 2, "word": None}):
        with pytest.raises(IntegrityError):
            insert.write(_driver(connection), refused)
        with pytest.raises(IntegrityError):
            insert.write_all(_driver(connection), [refused])
    with pytest.raises(OperationalError):
        _ready(connection, sa.text("SELECT 1 FROM nowhere")).rows(_driver(connection), {})
    assert connection.execute(sa.select(sa.func.count()).select_from(_KEPT)).scalar_one() == 1


def test_only_what_is_in_sight_is_read(connection: sa.Connection) -> None:
    """A question is narrowed to the units of whoever asks; without units it is not."""
    documents = sa.Table("documents", sa.MetaData(), sa.Column("id", sa.Integer), sa.Column("unit", sa.Text))
    documents.create(connection)
    rows = [{"id": 1, "unit": "甲"}, {"id": 2, "unit": "乙"}]
    _ready(connection, documents.insert(), "id", "unit").write_all(_driver(connection), rows)
    query = _ready(connection, sa.select(documents.c.id).where(documents.c.id > sa.bindparam("after")), "after")
    for units, seen in ((None, [1, 2]), (frozenset({"乙"}), [2]), (frozenset[str](), [])):
        found = query.rows(_driver(connection), {"after": 0}, units=units)
        assert [row.id for row in found] == seen


def test_a_statement_is_compiled_once(connection: sa.Connection) -> None:
    """The same statement with the same names is ready already; other names make another insert."""
    insert = _KEPT.insert()
    assert _ready(connection, insert, "id", "word") is _ready(connection, insert, "id", "word")
    assert _ready(connection, insert, "id", "word") is not _ready(connection, insert, "id", "word", "so")
