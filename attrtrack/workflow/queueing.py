"""What waits for whom: the office's queue, the documents that need an interpretation, a drafter's own documents.

Which documents a page shows is read off the standings (see `standing`); their words and findings off the documents
themselves, of this page only. Days are counted from the day on which the page is asked for.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.findings import Severity
from attrtrack.domain.register import OverviewRow
from attrtrack.domain.standings import QueueWanted as Wanted
from attrtrack.domain.standings import Scope, StandingRow
from attrtrack.domain.worklist import Urgency, WaitsFor
from attrtrack.rules.workdays import is_provisional
from attrtrack.workflow.app import App
from attrtrack.workflow.overview import is_invented
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.standing import reading_standings

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

__all__ = [
    "Choice", "DraftedPart", "MissingPart", "MissingRow", "Place", "Position", "QueueChoices", "QueuePart", "QueueRow", "Wanted",
    "drafted_by", "missing_interpretations", "position", "queue", "queue_choices",
]  # fmt: skip
Place = tuple[int, ...]
"""Where a document stands in a list: as a cursor it says where the next part begins."""
Choice = tuple[str | int, int]
"""A value that a list can be narrowed to, and how many documents it would leave."""
_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A document that waits; `why` are the first sentences, `days_left` counts calendar days and is negative when overdue.

    `waits_for` None: there is nothing to do. `provisional`: the day was counted over a year whose holidays are not known yet.
    """

    id: str
    title: str | None
    number: str | None
    unit: str | None
    genre: str | None
    attribute: DisclosureAttribute | None
    attribute_words: str
    state: State
    urgency: Urgency
    waits_for: WaitsFor | None
    also: tuple[WaitsFor, ...]
    why: tuple[str, ...]
    due: dt.date | None
    days_left: int | None
    provisional: bool
    drafter: str | None
    invented: bool
    place: Place


@dataclass(frozen=True, slots=True)
class QueuePart:
    """A part of the queue: `counts` by what is waited for, each document once; `total` of the list that is shown."""

    counts: dict[WaitsFor, int]
    total: int
    rows: tuple[QueueRow, ...]
    next: Place | None
    previous: Place | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a document stands in a queue: its number from the beginning (1: the first), what it waits for, its neighbours."""

    number: int
    total: int
    waits: tuple[WaitsFor, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class QueueChoices:
    """What the queue can be narrowed to, each with how many documents; reasons are codes."""

    units: tuple[Choice, ...]
    years: tuple[Choice, ...]
    genres: tuple[Choice, ...]
    reasons: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A document that needs an interpretation; `due` None: it has not been published, or nobody knows when."""

    id: str
    title: str | None
    number: str | None
    unit: str | None
    published_on: dt.date | None
    due: dt.date | None
    days_left: int | None
    provisional: bool
    pending: int
    place: Place


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part of the documents that need an interpretation, nearest day first."""

    total: int
    rows: tuple[MissingRow, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class DraftedPart:
    """A part of somebody's own documents, newest first; `counts` of all of them by state, `next` goes into `before`."""

    counts: dict[State, int]
    total: int
    rows: tuple[QueueRow, ...]
    next: int | None


def queue(
    app: App, wanted: Wanted, *, limit: int = 50, after: Place | None = None, before: Place | None = None
) -> QueuePart:
    """Return the documents that wait, most urgent first and the nearest day first among equals: those after a place.

    With `before` the last ones before a place, still in order. A place stays where it is when others come and go.
    """
    permitted(app, Right.READ)
    today = app.today
    with reading_standings(app) as (work, standings):
        sets = standings.queue.sets(wanted, today)
        if before is None:
            found = standings.queue.after(sets, wanted, today, limit=limit + 1, place=after)
        else:
            found = standings.queue.before(sets, wanted, today, limit=limit + 1, place=before)
        more = len(found) > limit
        shown = found[-limit:] if before is not None else found[:limit]
        rows = _rows(work, shown, today)
    counts = sets.counts
    total = counts[wanted.waits_for] if wanted.waits_for else sum(counts.values())
    further = more if before is None else bool(shown)
    earlier = after is not None if before is None else more
    return QueuePart(
        counts,
        total,
        rows,
        next=shown[-1].place if further and shown else None,
        previous=shown[0].place if earlier and shown else None,
    )


def position(app: App, wanted: Wanted, document_id: str) -> Position | None:
    """Return where a document stands in the queue; None where it does not wait, or for something else than what is wanted."""
    permitted(app, Right.READ)
    today = app.today
    with reading_standings(app) as (work, standings):
        if not work.documents.has(document_id):
            return None
        own = standings.queue.find(wanted, today, int(document_id[1:]))
        if own is None:
            return None
        sets = standings.queue.sets(wanted, today)
        earlier = standings.queue.earlier(sets, wanted, today, place=own.place)
        before = standings.queue.before(sets, wanted, today, limit=1, place=own.place)
        after = standings.queue.after(sets, wanted, today, limit=1, place=own.place)
    return Position(
        number=earlier + 1,
        total=sets.counts[wanted.waits_for] if wanted.waits_for else sum(sets.counts.values()),
        waits=tuple(one for one in (own.waits_for, *own.also) if one is not None),
        before=before[0].id if before else None,
        after=after[0].id if after else None,
    )


def queue_choices(app: App, wanted: Wanted) -> QueueChoices:
    """Return the units, years, genres and reasons of the documents that wait, most first."""
    permitted(app, Right.READ)
    with reading_standings(app) as (_, standings):
        found = standings.queue.choices(wanted)
    return QueueChoices(*(tuple(found[name]) for name in ("unit", "year", "genre", "reason")))


def missing_interpretations(app: App, scope: Scope, *, limit: int = 50, after: Place | None = None) -> MissingPart:
    """Return the documents that need an interpretation and have none confirmed, with the days left for it."""
    permitted(app, Right.READ)
    today = app.today
    with reading_standings(app) as (work, standings):
        total, found = standings.uninterpreted(scope, today, limit=limit + 1, after=after)
        shown = found[:limit]
        keys = [row.id for row in shown]
        titles, published = work.queries.titles_of(keys), work.queries.published_on(keys)
    rows = tuple(
        MissingRow(
            id=row.id,
            title=titles[row.id].title,
            number=titles[row.id].number,
            unit=row.unit,
            published_on=published.get(row.id),
            due=row.due,
            days_left=_left(row.due, today),
            provisional=row.due is not None and is_provisional(row.due),
            pending=row.pending,
            place=row.place,
        )
        for row in shown
        if row.id in titles
    )
    return MissingPart(total, rows, shown[-1].place if len(found) > limit else None)


def drafted_by(
    app: App, login: str, *, limit: int = 50, before: int | None = None, states: Collection[State] = ()
) -> DraftedPart:
    """Return the documents that somebody recorded or declared on last, newest first, withdrawn ones too.

    `states`: those in one of them; all where none is named.
    """
    permitted(app, Right.READ)
    today = app.today
    with reading_standings(app) as (work, standings):
        counts, found = standings.drafted(login, today, limit=limit + 1, before=before, states=states)
        rows = _rows(work, found[:limit], today)
    total = sum(count for state, count in counts.items() if not states or state in states)
    return DraftedPart(counts, total, rows, int(found[limit - 1].id[1:]) if len(found) > limit else None)


def _rows(work: "UnitOfWork", found: Sequence[StandingRow], today: dt.date) -> tuple[QueueRow, ...]:
    standing = {row.id: row for row in found}
    return tuple(_row(row, standing[row.id], today) for row in work.queries.overview_of(list(standing)))


def _row(row: OverviewRow, standing: StandingRow, today: dt.date) -> QueueRow:
    return QueueRow(
        id=row.id,
        title=row.title,
        number=row.number,
        unit=standing.unit,
        genre=standing.genre,
        attribute=row.attribute,
        attribute_words=row.attribute_words,
        state=row.state,
        urgency=standing.urgency,
        waits_for=standing.waits_for,
        also=standing.also,
        why=_why(row, standing),
        due=standing.due,
        days_left=_left(standing.due, today),
        provisional=standing.due is not None and is_provisional(standing.due),
        drafter=standing.drafter,
        invented=is_invented(standing.unit),
        place=standing.place,
    )


_TOLD = {
    WaitsFor.BLOCKED: (Severity.BLOCK,),
    WaitsFor.DOUBTFUL: (Severity.FLAG,),
    WaitsFor.DECLARE: (Severity.BLOCK, Severity.FLAG),
    WaitsFor.CHECK: (Severity.BLOCK, Severity.FLAG),
}
"""Of what is waited for, the findings that say why; elsewhere, or without such findings, its own sentence does."""


def _why(row: OverviewRow, standing: StandingRow) -> tuple[str, ...]:
    if standing.waits_for is None:
        return ()
    told = _TOLD.get(standing.waits_for, ())
    said = [item.message for severity in told for item in row.findings if item.severity is severity]
    if not said or standing.waits_for is WaitsFor.DECLARE:
        said.insert(0, standing.waits_for.sentence)
    said += [one.sentence for one in standing.also if one not in _TOLD]
    return tuple(said[:_SENTENCES])


def _left(due: dt.date | None, today: dt.date) -> int | None:
    return None if due is None else (due - today).days
