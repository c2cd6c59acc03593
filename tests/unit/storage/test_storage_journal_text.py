"""Both databases print what is hashed exactly as Python's json does, so that anybody can recompute it."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from unit.storage.samples import add_document

from attrtrack.storage import Store
from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.hashing import ALGORITHMS, digest_of, float_bits
from attrtrack.storage.migrations.guards_0008_postgresql import image as image_of_postgresql
from attrtrack.storage.migrations.guards_0008_sqlite import image as image_of_sqlite
from attrtrack.storage.migrations.told_0008 import Told
from attrtrack.verify.__main__ import FIELDS, digest

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=30)
QUIET = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
ROW = Told("shown", "whole:i truth:b number:f word day:d", subject="'-'", insert="'-'", update="'-'")


@QUIET
@given(said=st.tuples(TEXT, TEXT, TEXT, TEXT), actor=TEXT.filter(bool), origin=TEXT.filter(bool))
def test_an_entry_is_hashed_alike_by_database_and_python(
    store: Store, said: tuple[str, str, str, str], actor: str, origin: str
) -> None:
    """Whatever stands in an entry, control signs and rare characters included, the two hashes are one."""
    with store.unit_of_work(actor, origin) as work:
        work.journal.append(said[0], said[1], said[2], {"said": said[3]})
        *_, last = work.journal.raw_entries()
        entry = dict(zip((*FIELDS, "hash"), last, strict=True))
        assert digest("sha256", entry) == entry["hash"]
        assert work.journal.verify() is None


@pytest.mark.sqlite("a file has an encoding of its own")
@pytest.mark.parametrize("encoding", ["UTF-16le", "UTF-16be"])
def test_a_register_that_keeps_its_text_otherwise_verifies(
    opened: Callable[[str], Store], tmp_path: Path, encoding: str
) -> None:
    """Somebody made the empty file before the program did, in UTF-16: what is hashed is UTF-8 all the same."""
    path = tmp_path / "register.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"PRAGMA encoding = '{encoding}'; CREATE TABLE x (y); DROP TABLE x")
    store = opened(f"sqlite:///{path}")
    with store.unit_of_work("李拟稿") as work:
        add_document(work)
        assert work.journal.verify() is None
    with store.reading() as work:
        assert work.journal.prove().ok


@QUIET
@given(
    whole=st.none() | st.integers(-(2**63), 2**63 - 1),
    truth=st.none() | st.booleans(),
    number=st.none() | st.floats(allow_nan=False),
    word=st.none() | TEXT,
    day=st.none() | st.dates(),
)
def test_a_row_has_one_image_in_both_databases(own_engine: Engine, **row: object) -> None:
    """Numbers, truth, floats by their bits, days and text are printed alike, hence a register keeps its digests when it moves."""
    sqlite = is_sqlite(own_engine)
    types = {"whole": sa.BigInteger, "truth": sa.Boolean, "number": sa.Float(53), "word": sa.Text, "day": sa.Date}
    shown = sa.select(
        *(sa.cast(sa.bindparam(None, value, types[name]), types[name]).label(name) for name, value in row.items())
        if not sqlite
        else (sa.bindparam(None, value, types[name]).label(name) for name, value in row.items())
    ).subquery("shown")
    image = (image_of_sqlite if sqlite else image_of_postgresql)(ROW, "shown")
    with own_engine.connect() as connection:
        found = connection.execute(sa.select(sa.literal_column(image)).select_from(shown)).scalar_one()
    number, truth, day = row["number"], row["truth"], row["day"]
    expected = [
        row["whole"],
        None if truth is None else int(bool(truth)),
        None if number is None else float_bits(float(str(number))),
        row["word"],
        None if day is None else str(day),
    ]
    assert found == json.dumps(expected, ensure_ascii=False, separators=(",", ":"))


def test_the_two_digests_give_the_published_examples() -> None:
    """FIPS 180-4 and GB/T 32905-2016 print what `abc` becomes."""
    examples = {
        "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sm3": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    }
    assert {name: digest_of(name, "abc") for name in ALGORITHMS} == examples
