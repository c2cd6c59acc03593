"""Whole registers for the tests of backup, restore and copy: the sample year in a database, told row by row, and archives taken apart."""

import hashlib
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from attrtrack.bootstrap import build_app
from attrtrack.storage.engine import make_engine
from attrtrack.storage.transfer.inventory import take_inventory
from attrtrack.storage.transfer.rows import read_rows
from attrtrack.workflow import sample

FIRST = b"attrtrack-backup 1\n"
SEAL = 65

Lines = list[Any]


def fill(url: str) -> None:
    """Make a register with documents of every state, decisions, links and judgements: the sample year."""
    app = build_app(url, "甲")
    for _ in sample.load(app):
        pass
    app.store.close()


def told(url: str) -> dict[str, list[list[Any]]]:
    """Return every carried row of a database, by table."""
    engine = make_engine(url)
    with engine.connect() as connection, connection.begin():
        found = take_inventory(connection)
        rows = {table.name: list(read_rows(connection, table)) for table in found.tables}
    engine.dispose()
    return rows


def tables(url: str) -> list[str]:
    """Return the tables of a database, none when its file is not there."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).exists():
        return []
    engine = sa.create_engine(url)
    names = sa.inspect(engine).get_table_names()
    engine.dispose()
    return names


def lines_of(archive: bytes) -> Lines:
    """Take an archive apart: its lines as values."""
    return [json.loads(line) for line in zlib.decompress(archive[len(FIRST) : -SEAL]).splitlines()]


def packed(lines: Lines) -> bytes:
    """Put lines together as the program would, with digests of the tables as they stand and a right seal."""
    return sealed(
        b"".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for line in lines)
    )


def sealed(stream: bytes, *, level: int = 9) -> bytes:
    """Compress a stream and seal it."""
    body = FIRST + zlib.compress(stream, level)
    return body + hashlib.sha256(body).hexdigest().encode() + b"\n"


def with_table(lines: Lines, name: str, change: Callable[[list[dict[str, Any]]], object]) -> Lines:
    """Change the rows of one table (as objects by column), and make counts and digest agree again."""
    header, place, made = lines[0][0], 1, [lines[0]]
    for table in header["tables"]:
        rows, place = lines[place : place + table["rows"]], place + table["rows"] + 1
        if table["name"] == name:
            names = [column for column, _ in table["columns"]]
            objects = [dict(zip(names, row, strict=True)) for row in rows]
            change(objects)
            rows = [[item[column] for column in names] for item in objects]
            table["rows"] = len(rows)
        text = b"".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for row in rows)
        made += [*rows, {"sha256": hashlib.sha256(text).hexdigest()}]
    return made
