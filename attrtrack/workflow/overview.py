"""The year at a glance: measures, and the documents in order of urgency.

Everything is read from one unchanging state of the register, and every count is the length of a list that can be shown.
Counts and lists come from the standings (see `standing`); the words of a page's documents from the documents themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.measures import CountedMeasure
from attrtrack.domain.register import OverviewRow, RecordedInterpretation
from attrtrack.domain.standings import Scope, StandingRow
from attrtrack.domain.worklist import Urgency, WaitsFor, WorkItem, work_item
from attrtrack.errors import ModelUnusableError
from attrtrack.metrics import Scoped, counted_measures
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.sample import NOTICE, SAMPLE_UNIT
from attrtrack.workflow.standing import reading_standings

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork
    from attrtrack.storage.standing_lists import StandingLists

__all__ = [
    "Choices", "Listed", "Overview", "Place", "Scope", "Versions", "Worklist", "choices", "is_invented", "known_choices",
    "listed", "measures_in", "overview", "sample_notice", "standing_notice", "versions", "worklist", "worklist_after",
]  # fmt: skip
_AWAITING = 20


@dataclass(frozen=True, slots=True)
class Choices:
    """The years (newest first) and units that the register knows."""

    years: tuple[int, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of a list, the number of its interpretations, and whether it belongs to an invented sample."""

    item: WorkItem
    confirmed: int
    pending: int
    invented: bool


@dataclass(frozen=True, slots=True)
class Worklist:
    """The documents of one urgency (None: of all, most urgent first): how many, and a part of them from `offset`."""

    urgency: Urgency | None
    count: int
    offset: int
    rows: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The year at a glance; `awaiting` are interpretations whose link a person must judge (a part if `awaiting_more`)."""

    scope: Scope
    choices: Choices
    documents: int
    invented: int
    measures: tuple[CountedMeasure, ...]
    worklists: tuple[Worklist, ...]
    awaiting: tuple[RecordedInterpretation, ...]
    awaiting_more: bool
    sample_notice: str | None


@dataclass(frozen=True, slots=True)
class Versions:
    """By which rules and which model the program speaks; `model_notice` says why there is no model."""

    rules: str
    model: str | None
    model_notice: str | None


def versions(app: App) -> Versions:
    """Return the versions; a model that cannot be used hides no page, the page says so."""
    try:
        model = app.proposer.model
    except ModelUnusableError as error:
        return Versions(app.rules.version, None, error.message)
    if model is None:
        return Versions(app.rules.version, None, "没有训练好的模型，建议只按规则和标注作出。")
    return Versions(app.rules.version, model.version, None)


def choices(app: App) -> Choices:
    """Return the years and units that the register knows."""
    permitted(app, Right.READ, Right.MEASURE, Right.EXPORT)
    with app.reading() as work:
        return known_choices(work)


def known_choices(work: "UnitOfWork") -> Choices:
    """Return the years and units of an open reading."""
    return Choices(tuple(sorted(work.queries.years(), reverse=True)), tuple(work.queries.units()))


def is_invented(unit: str | None) -> bool:
    """Whether a unit is the invented office of the sample."""
    return unit == SAMPLE_UNIT


def sample_notice(units: Iterable[str]) -> str | None:
    """Return the warning that pages show while the sample is in the register."""
    return NOTICE if SAMPLE_UNIT in units else None


def standing_notice(app: App) -> str | None:
    """Return the warning that every page shows while the sample is in the register."""
    permitted(app, Right.READ, Right.MEASURE, Right.EXPORT)
    with app.reading() as work:
        return sample_there(work)


def sample_there(work: "UnitOfWork") -> str | None:
    """Return the warning of an open reading."""
    return NOTICE if work.queries.has_unit(SAMPLE_UNIT) else None


def overview(app: App, scope: Scope, *, limit: int = 50) -> Overview:
    """Return the year at a glance with at most `limit` documents of each urgency."""
    permitted(app, Right.READ)
    with reading_standings(app) as (work, standings):
        known = known_choices(work)
        counts = _counts(app, standings, scope)
        lists = tuple(
            Worklist(urgency, count, 0, listed(work, standings.by_urgency(scope, urgency, app.today, limit=limit)))
            for urgency, count in counts.by_urgency.items()
        )
        awaiting = work.queries.awaiting_judgement(scope.unit, scope.year, limit=_AWAITING + 1)
        invented = standings.invented(scope, SAMPLE_UNIT) if SAMPLE_UNIT in known.units else 0
    return Overview(
        scope=scope,
        choices=known,
        documents=sum(counts.by_urgency.values()),
        invented=invented,
        measures=counts.figures,
        worklists=lists,
        awaiting=tuple(awaiting[:_AWAITING]),
        awaiting_more=len(awaiting) > _AWAITING,
        sample_notice=sample_notice(known.units),
    )


def worklist(app: App, scope: Scope, urgency: Urgency | None, *, limit: int, offset: int) -> Worklist:
    """Return a part of the documents of one urgency, or of all documents with the most urgent first."""
    permitted(app, Right.READ)
    with reading_standings(app) as (work, standings):
        rows: list[StandingRow] = []
        passed = offset
        counts = _counts(app, standings, scope).by_urgency
        for one in _urgencies(urgency):
            if passed < counts[one] and len(rows) < limit:
                rows += standings.by_urgency(scope, one, app.today, limit=limit - len(rows), offset=passed)
            passed = max(passed - counts[one], 0)
        return Worklist(urgency, sum(counts[one] for one in _urgencies(urgency)), offset, listed(work, rows))


Place = tuple[int, ...]
"""Where a document stands in the whole list: the rank of its urgency, and its entry counted back from `_NEWEST`."""
_NEWEST = 10**14
_RANKS = tuple(Urgency)


def worklist_after(
    app: App, scope: Scope, urgency: Urgency | None, *, limit: int, after: Place | None
) -> tuple[int, tuple[Listed, ...], Place | None]:
    """Return how many documents there are, those after a place in the list, and the place where the next part begins.

    A place stays where it is when others are added or become more urgent.
    """
    permitted(app, Right.READ)
    reached, entry = (after[0], _NEWEST - after[1]) if after else (0, None)
    with reading_standings(app) as (work, standings):
        rows: list[StandingRow] = []
        for rank, one in enumerate(_RANKS):
            if one in _urgencies(urgency) and rank >= reached and len(rows) <= limit:
                before = entry if rank == reached else None
                rows += standings.by_urgency(scope, one, app.today, limit=limit + 1 - len(rows), before=before)
        shown = listed(work, rows[:limit])
        counts = _counts(app, standings, scope).by_urgency
    last = _place(rows[limit - 1]) if len(rows) > limit else None
    return sum(counts[one] for one in _urgencies(urgency)), shown, last


def _urgencies(urgency: Urgency | None) -> tuple[Urgency, ...]:
    return _RANKS if urgency is None else (urgency,)


def _place(row: StandingRow) -> Place:
    return _RANKS.index(row.urgency), _NEWEST - int(row.id[1:])


@dataclass(frozen=True, slots=True)
class _Counts:
    """The measures of a scope, and how many of its documents are of each urgency."""

    figures: tuple[CountedMeasure, ...]
    by_urgency: dict[Urgency, int]


def _counts(app: App, standings: "StandingLists", scope: Scope) -> _Counts:
    by_urgency = dict.fromkeys(Urgency, 0)
    kinds = []
    for kind, urgency in standings.kinds(scope):
        kinds.append(kind)
        by_urgency[urgency] += kind.count
    scoped = Scoped(scope.year, scope.unit, app.rules)
    return _Counts(counted_measures(kinds, standings.link_kinds(scope), scoped), by_urgency)


def measures_in(app: App, standings: "StandingLists", scope: Scope) -> tuple[CountedMeasure, ...]:
    """Return the measures of a scope from open standings."""
    return _counts(app, standings, scope).figures


def listed(work: "UnitOfWork", rows: Sequence[StandingRow]) -> tuple[Listed, ...]:
    """Return the documents of one page; only theirs are the words read."""
    standing = {row.id: row for row in rows}
    return tuple(_listed_row(row, standing[row.id]) for row in work.queries.overview_of(list(standing)))


def _listed_row(row: OverviewRow, standing: StandingRow) -> Listed:
    item = work_item(row, uninterpreted=WaitsFor.INTERPRET in {standing.waits_for, *standing.also})
    return Listed(item, standing.confirmed, standing.pending, invented=is_invented(standing.unit))
