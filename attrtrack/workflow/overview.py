"""The year at a glance: measures, and the documents in order of urgency.

Everything is read from one unchanging state of the register, and every count is the length of a list that can be shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.findings import Severity
from attrtrack.domain.measures import Measure, MeasuredDocument, Reading
from attrtrack.domain.register import OverviewRow, RecordedInterpretation
from attrtrack.domain.worklist import Urgency, WorkItem, urgency_of, work_item
from attrtrack.errors import ModelUnusableError
from attrtrack.metrics import measures
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.sample import NOTICE, SAMPLE_UNIT

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

INTERPRETED = "interpretation-rate"
_AWAITING = 20


@dataclass(frozen=True, slots=True)
class Scope:
    """The year and unit a page speaks of; None means all."""

    year: int | None
    unit: str | None


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
    measures: tuple[Measure, ...]
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


def overview(app: App, scope: Scope, *, limit: int = 50) -> Overview:
    """Return the year at a glance with at most `limit` documents of each urgency."""
    permitted(app, Right.READ)
    with app.reading() as work:
        known = known_choices(work)
        standing = _standing(app, work, scope)
        lists = tuple(
            Worklist(urgency, len(ids), 0, standing.listed(work, ids[:limit]))
            for urgency, ids in standing.by_urgency.items()
        )
        awaiting = work.queries.awaiting_judgement(scope.unit, scope.year, limit=_AWAITING + 1)
    return Overview(
        scope=scope,
        choices=known,
        documents=len(standing.rows),
        invented=sum(is_invented(row.unit) for row in standing.rows.values()),
        measures=standing.figures,
        worklists=lists,
        awaiting=tuple(awaiting[:_AWAITING]),
        awaiting_more=len(awaiting) > _AWAITING,
        sample_notice=sample_notice(known.units),
    )


def worklist(app: App, scope: Scope, urgency: Urgency | None, *, limit: int, offset: int) -> Worklist:
    """Return a part of the documents of one urgency, or of all documents with the most urgent first."""
    permitted(app, Right.READ)
    with app.reading() as work:
        standing = _standing(app, work, scope)
        chosen = [key for item, ids in standing.by_urgency.items() if urgency in {None, item} for key in ids]
        return Worklist(urgency, len(chosen), offset, standing.listed(work, chosen[offset : offset + limit]))


Place = tuple[int, ...]
"""Where a document stands in the whole list: the rank of its urgency, and its entry counted back from `_NEWEST`."""
_NEWEST = 10**14


def worklist_after(
    app: App, scope: Scope, urgency: Urgency | None, *, limit: int, after: Place | None
) -> tuple[int, tuple[Listed, ...], Place | None]:
    """Return how many documents there are, those after a place in the list, and the place where the next part begins.

    A place stays where it is when others are added or become more urgent.
    """
    permitted(app, Right.READ)
    with app.reading() as work:
        standing = _standing(app, work, scope)
        chosen = [
            ((rank, _NEWEST - int(key[1:])), key)
            for rank, (item, ids) in enumerate(standing.by_urgency.items())
            if urgency in {None, item}
            for key in ids
        ]
        rest = [item for item in chosen if after is None or item[0] > after]
        rows = standing.listed(work, [key for _, key in rest[:limit]])
    return len(chosen), rows, rest[limit - 1][0] if len(rest) > limit else None


@dataclass(frozen=True, slots=True)
class _Standing:
    """Every document of a scope as the measures see it, and its id under its urgency, newest entry first."""

    rows: dict[str, MeasuredDocument]
    figures: tuple[Measure, ...]
    short: frozenset[str]
    by_urgency: dict[Urgency, list[str]]

    def listed(self, work: "UnitOfWork", document_ids: Sequence[str]) -> tuple[Listed, ...]:
        """Return the documents of one page; only theirs are the words read."""
        return tuple(self._listed(row) for row in work.queries.overview_of(document_ids))

    def _listed(self, row: OverviewRow) -> Listed:
        found = self.rows[row.id]
        confirmed = sum(item.confirmed for item in found.interpretations)
        pending = len(found.interpretations) - confirmed
        item = work_item(row, uninterpreted=row.id in self.short)
        return Listed(item=item, confirmed=confirmed, pending=pending, invented=is_invented(found.unit))


def _standing(app: App, work: "UnitOfWork", scope: Scope) -> _Standing:
    rows = {row.id: row for row in work.queries.measured_documents(unit=scope.unit, year=scope.year)}
    figures = measures(tuple(rows.values()), year=scope.year, unit=scope.unit, rules=app.rules)
    short = uninterpreted(figures)
    worst = work.evaluations.worst((Severity.BLOCK, Severity.FLAG))
    by_urgency: dict[Urgency, list[str]] = {urgency: [] for urgency in Urgency}
    for key, row in reversed(rows.items()):
        unlabelled = row.attribute is None and row.attribute_asked
        urgency = urgency_of(row.state, worst.get(key), unlabelled=unlabelled, uninterpreted=key in short)
        by_urgency[urgency].append(key)
    return _Standing(rows, figures, short, by_urgency)


def uninterpreted(figures: Iterable[Measure]) -> frozenset[str]:
    """Return the documents that the interpretation rate counts below the line and not above it."""
    for measure in figures:
        if measure.code == INTERPRETED and measure.reading is Reading.DOCUMENT:
            return frozenset(measure.denominator) - frozenset(measure.numerator)
    return frozenset()
