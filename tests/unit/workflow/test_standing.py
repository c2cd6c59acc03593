"""Standings: the same figures and lists as the register itself, made again along the journal, whoever changes it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from great_registers import UNITS, fill
from register_places import register_at
from whole_registers import fill as fill_sample

from attrtrack.bootstrap import build_app
from attrtrack.domain.access import OPEN
from attrtrack.domain.decisions import State
from attrtrack.domain.findings import Severity
from attrtrack.domain.measures import Measure, MeasuredDocument, Reading
from attrtrack.domain.standings import Scope
from attrtrack.domain.worklist import Urgency, urgency_of
from attrtrack.errors import StorageUnusableError
from attrtrack.metrics import measures
from attrtrack.storage.engine import make_engine
from attrtrack.storage.measured import measured_where
from attrtrack.storage.tables import documents
from attrtrack.workflow import standing
from attrtrack.workflow.app import App
from attrtrack.workflow.figures import PARTS, Grouping, Window, figure, figures_by
from attrtrack.workflow.measuring import coverage
from attrtrack.workflow.overview import overview, worklist, worklist_after
from attrtrack.workflow.registering import declare

COUNT = 600
SCOPES = (
    Scope(None, None), Scope(2023, None), Scope(None, UNITS[4]), Scope(2024, UNITS[4]), Scope(None, "别处"),
    Scope(2024, None, policy_kind="policy"),
)  # fmt: skip


def opened(url: str) -> App:
    """Open a register on a fixed day."""
    app = build_app(url, "王办理")
    return replace(app, clock=lambda: dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), make_store=lambda: app.store)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Give a register with documents in every state, which no test changes."""
    app = opened(register_at(tmp_path_factory.mktemp("standing") / "register.db"))
    fill(app.store, COUNT)
    yield app
    app.store.close()


def rows_of(app: App, scope: Scope) -> tuple[MeasuredDocument, ...]:
    """Return the documents as the register itself has them."""
    with app.reading() as work:
        copied = standing.compared(app.rules)
        every = tuple(work.queries.measured_documents(unit=scope.unit, year=scope.year, compared=copied))
    return tuple(row for row in every if scope.policy_kind in {None, app.rules.policy_kind(row.need_rule)})


def counted(measure: Measure) -> tuple[object, ...]:
    """Return what a figure says of itself, with counts for rows."""
    rules = Counter(item.rule for item in measure.excluded)
    return (
        measure.code, measure.reading, measure.unit, measure.year, measure.state, measure.value, measure.target, measure.range,
        len(measure.numerator), len(measure.denominator), rules, measure.need_sources, measure.rules_version, measure.automatic,
    )  # fmt: skip


def of_the_register(app: App, scope: Scope) -> list[tuple[object, ...]]:
    """Return every figure of a scope, counted over the documents themselves."""
    found = measures(rows_of(app, scope), year=scope.year, unit=scope.unit, rules=app.rules)
    return [counted(measure) for measure in found]


def of_the_standings(app: App, scope: Scope) -> list[tuple[object, ...]]:
    """Return the same as the front page has it."""
    return [
        (
            item.code, item.reading, item.unit, item.year, item.state, item.value, item.target, item.range,
            len(item.numerator), len(item.denominator), Counter(dict(item.excluded_by)), item.need_sources,
            item.rules_version, item.automatic,
        )
        for item in overview(app, scope, limit=0).measures
    ]  # fmt: skip


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_figures_are_those_of_the_register_itself(crowded: App, scope: Scope) -> None:
    """Counts, rows, ranges, sources and rules of every measure are the same, whichever way they are asked for."""
    expected = measures(rows_of(crowded, scope), year=scope.year, unit=scope.unit, rules=crowded.rules)
    assert coverage(crowded, year=scope.year, unit=scope.unit, policy_kind=scope.policy_kind) == expected
    assert of_the_standings(crowded, scope) == of_the_register(crowded, scope)


@pytest.mark.parametrize("scope", SCOPES[:3], ids=str)
def test_every_part_of_a_figure_holds_its_rows_in_order(crowded: App, scope: Scope) -> None:
    """Read a page at a time, each part is what the measure lists, and what is left out names its rule."""
    for measure in measures(rows_of(crowded, scope), year=scope.year, unit=scope.unit, rules=crowded.rules):
        lists = {
            "short": [(key, None) for key in measure.denominator if key not in set(measure.numerator)],
            "numerator": [(key, None) for key in measure.numerator],
            "excluded": [(item.id, item.rule) for item in measure.excluded],
        }
        for part in PARTS:
            found = []
            for offset in range(0, COUNT, 150):
                page = figure(crowded, scope, measure.code, measure.reading, window=Window(part, 150, offset)).parts[0]
                found += [(row.id, row.rule) for row in page.rows]
                assert page.count == len(lists[part])
            assert found == lists[part]


@pytest.mark.parametrize("by", ["unit", "year", "quarter", "genre", "policy_kind"])
def test_groups_are_measured_like_scopes_of_their_own(crowded: App, by: Grouping) -> None:
    """The figures of a unit among all units are those of that unit alone; together the groups hold every document."""
    groups = figures_by(crowded, Scope(None, None), by)
    assert sum(group.documents for group in groups) == len(rows_of(crowded, Scope(None, None)))
    for group in groups[:3]:
        alone = overview(crowded, replace(Scope(None, None), **{by: group.key}), limit=0)
        assert [replace(item, year=None, unit=None, target=None) for item in group.measures] == [
            replace(item, year=None, unit=None, target=None) for item in alone.measures
        ]


def test_lists_hold_every_document_once_most_urgent_first(crowded: App) -> None:
    """Pages by place and by offset are the same list, and each urgency is what the register itself says."""
    scope, found, place = Scope(None, None), list[str](), None
    while True:
        total, rows, place = worklist_after(crowded, scope, None, limit=70, after=place)
        found += [row.item.row.id for row in rows]
        if place is None:
            break
    assert len(found) == len(set(found)) == total == COUNT
    offsets = [worklist(crowded, scope, None, limit=90, offset=start).rows for start in range(0, COUNT, 90)]
    assert [row.item.row.id for rows in offsets for row in rows] == found
    assert [row.item.row.id for rows in offsets for row in rows if row.item.urgency is Urgency.REFUSED] == [
        key for key, urgency in reversed(_urgencies(crowded).items()) if urgency is Urgency.REFUSED
    ]


def _urgencies(app: App) -> dict[str, Urgency]:
    with app.reading() as work:
        rows = tuple(measured_where(work.documents._transaction, [documents.c.state != State.WITHDRAWN.value]))
        worst = work.evaluations.worst((Severity.BLOCK, Severity.FLAG))
    (rate,) = [
        item
        for item in measures(rows_of(app, Scope(None, None)), year=None, unit=None, rules=app.rules)
        if (item.code, item.reading) == ("interpretation-rate", Reading.DOCUMENT)
    ]
    short = set(rate.denominator) - set(rate.numerator)
    return {
        row.id: urgency_of(
            row.state, worst.get(row.id), unlabelled=row.attribute is None and row.attribute_asked, uninterpreted=row.id in short
        )
        for row in rows
    }  # fmt: skip


def test_what_is_written_is_seen_whoever_writes_it(database_url: str) -> None:
    """Acts, raw SQL, a removal: the next figures are those of the register, on both databases."""
    app, scope = opened(database_url), Scope(None, None)
    fill(app.store, 60)
    assert of_the_standings(app, scope) == of_the_register(app, scope)
    before = overview(app, scope).documents
    declare(app, "D7", "不予公开", "R16-2c")
    engine = make_engine(database_url)
    with engine.connect().execution_options(attrtrack_writing=True) as connection, connection.begin():
        connection.execute(
            sa.text("UPDATE links SET judgement = 'pending', suggested = 'pending' WHERE document_id < 20")
        )
        connection.execute(sa.text("UPDATE documents SET needs_interpretation = true WHERE state = 'issued_elsewhere'"))
        connection.execute(sa.text("UPDATE interpretations SET forms = '[\"picture\"]'"))
    assert of_the_standings(app, scope) == of_the_register(app, scope)
    with app.unit_of_work() as work:
        work.documents.remove_classified("D2", "R1")
    with engine.connect() as connection:
        for table in ("standings", "standing_links"):
            left = connection.execute(sa.text(f"SELECT count(*) FROM {table} WHERE document_id = 2")).scalar()  # noqa: S608
            assert left == 0
    engine.dispose()
    assert of_the_standings(app, scope) == of_the_register(app, scope)
    assert overview(app, scope).documents == before - 1
    app.store.close()


def test_nothing_of_it_is_journalled(crowded: App) -> None:
    """Reading lists writes derived rows and no entry."""
    overview(crowded, Scope(None, None))
    with crowded.reading() as work:
        before = work.journal.head()
    with crowded.store.unit_of_work("某人") as work:
        stamp = work.renewal.stamp()
        assert stamp is not None
        work.renewal._set(replace(stamp, version="旧"))
    overview(crowded, Scope(None, None))
    with crowded.reading() as work:
        assert work.journal.head() == before


def test_other_rules_make_them_anew(crowded: App) -> None:
    """A register whose standings were made by other rules is not read by them; a command leaves them to the service."""
    overview(crowded, Scope(None, None))
    other = replace(crowded, rules=replace(crowded.rules, version="000000000000"), make_store=lambda: crowded.store)
    assert not standing.renewed(other, anew=False)
    assert {item.rules_version for item in coverage(other)} == {"000000000000"}
    assert standing.renewed(crowded, anew=False)
    assert standing.renewed(other)
    assert not standing.renewed(crowded, anew=False)


def test_a_register_that_cannot_be_written_shows_the_same(crowded: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a right to write, lists are made in memory, for those who see one unit too."""
    scope = Scope(None, None)
    one = crowded.acting_as("王办理", replace(OPEN, units=frozenset({UNITS[4]})), origin="cli")
    expected = overview(crowded, scope), overview(one, scope)
    with crowded.store.unit_of_work("某人") as work:
        work.renewal._set(replace(work.renewal.stamp(), version="旧"))  # type: ignore[type-var]

    def refused(*_: object, **__: object) -> Iterator[None]:
        raise StorageUnusableError("数据库是只读的。")

    monkeypatch.setattr(standing, "renewing", refused)
    assert (overview(crowded, scope), overview(one, scope)) == expected
    assert len(rows_of(one, scope)) < expected[1].documents < expected[0].documents


def test_the_sample_year_is_the_same_in_both_ways(tmp_path: Path) -> None:
    """The year that people see first, too."""
    url = register_at(tmp_path / "register.db")
    fill_sample(url)
    app = opened(url)
    for scope in (Scope(None, None), Scope(2025, None)):
        assert of_the_standings(app, scope) == of_the_register(app, scope)
    with app.reading() as work:
        states = work.queries.count_by_state()
    assert overview(app, Scope(None, None)).documents == sum(states.values()) - states.get(State.WITHDRAWN, 0)
    app.store.close()
