"""All measures by unit over a million documents: the standings of a register, repeated in the database itself."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from great_registers import UNITS, fill
from measuring import in_full

from attrtrack.bootstrap import build_app
from attrtrack.domain.standings import Scope
from attrtrack.storage.engine import make_engine
from attrtrack.workflow.app import App
from attrtrack.workflow.assessing_views import Part, Wanted, measured_rows
from attrtrack.workflow.figures import figures_by
from attrtrack.workflow.overview import overview

SEED = in_full(4_000, in_ci=1_000)
"""Documents that are really recorded; their standings are repeated under other keys."""
TIMES = in_full(334, in_ci=134)
LIMITS = {"sqlite": 2.0, "postgresql": 1.0}
"""Seconds for every measure of every unit of a million documents; in CI a tenth of them, by the same limits."""
FOLDED = 100_000


def test_all_measures_by_unit_over_a_million_documents(database_url: str) -> None:
    """Every unit with every measure in both readings, at most two seconds on SQLite and one on PostgreSQL."""
    app = build_app(database_url, "王办理")
    fill(app.store, SEED)
    scope = Scope(None, None)
    before = figures_by(app, scope, "unit")
    _repeat(database_url)
    found = [_seconds(app, scope) for _ in range(5)]
    wall, processor = min(one[0] for one in found), min(one[1] for one in found)
    after = figures_by(app, scope, "unit")
    narrow, page = _other_seconds(app)
    kinds = _count(database_url, "SELECT count(DISTINCT kind) FROM standings")
    total = sum(one.documents for one in after)
    name = database_url.partition(":")[0].partition("+")[0]
    print(
        f"\n{name}: {total} documents of {kinds} kinds, {len(after)} units, {len(after[0].measures)} figures each: {wall:.2f} s, {processor:.2f} s of this "
        f"process; "
        f"front page of all {narrow:.2f} s; a page of rows {page * 1000:.0f} ms"
    )
    app.store.close()
    assert total == sum(one.documents for one in before) * TIMES
    for one, other in zip(before, after, strict=True):
        assert [len(item.denominator) * TIMES for item in one.measures] == [
            len(item.denominator) for item in other.measures
        ]
        assert [item.value for item in one.measures] == [item.value for item in other.measures]
    assert (processor if name == "sqlite" else wall) <= LIMITS[name]


def _seconds(app: App, scope: Scope) -> tuple[float, float]:
    """Return seconds, and those of this process: SQLite works in it, and a busy machine should not decide."""
    begun, worked = time.perf_counter(), time.process_time()
    figures_by(app, scope, "unit")
    return time.perf_counter() - begun, time.process_time() - worked


def _other_seconds(app: App) -> tuple[float, float]:
    begun = time.perf_counter()
    overview(app, Scope(None, None), limit=0)
    seen = time.perf_counter() - begun
    begun = time.perf_counter()
    measured_rows(app, Scope(2024, UNITS[4]), "publication-days", "document", wanted=Wanted(Part.EXCLUDED))
    return seen, time.perf_counter() - begun


def _count(url: str, query: str) -> int:
    with _unguarded(url) as connection:
        return int(connection.execute(sa.text(query)).scalar() or 0)


def _repeat(url: str) -> None:
    """Give every standing so many twins; their documents are not there, for nothing that is measured reads them."""
    with _unguarded(url) as connection:
        indexes = [*connection.execute(sa.text(_INDEXES[connection.dialect.name]))]
        for name, _ in indexes:
            connection.execute(sa.text(f"DROP INDEX {name}"))
        for table, keys in (("standings", ("document_id",)), ("standing_links", ("document_id", "interpretation_id"))):
            columns = [column["name"] for column in sa.inspect(connection).get_columns(table)]
            shown = ", ".join(f"{name} + {FOLDED} * n" if name in keys else name for name in columns)
            numbers = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < :last) "
            statement = f"INSERT INTO {table} ({', '.join(columns)}) {numbers} SELECT {shown} FROM s, {table}"  # noqa: S608 - our own names
            connection.execute(sa.text(statement), {"last": TIMES - 1})
        for _, definition in indexes:
            connection.execute(sa.text(definition))
    if url.startswith(
        "postgresql"
    ):  # which does so by itself in a while; SQLite is left without statistics, as the program leaves it
        engine = make_engine(url)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT", attrtrack_writing=True) as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))
        engine.dispose()


_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name LIKE 'standing%'",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'standing%' AND indexname NOT LIKE '%pkey'",
}
"""What the database is without while the rows are written: built afterwards, an index takes a tenth of the time."""


@contextmanager
def _unguarded(url: str) -> Iterator[sa.Connection]:
    """Open a connection that asks for no document behind a standing."""
    engine = make_engine(url)
    with engine.connect().execution_options(attrtrack_writing=True) as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
            yield connection
    engine.dispose()
