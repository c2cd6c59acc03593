"""What an assessor looks at: the year's figures, the rows behind each number, the documents whose attribute is doubtful.

Every count on a page is read in the same state of the register as the rows that it opens, and off the same standings.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.doubts import Doubt
from attrtrack.domain.measures import AnyMeasure, CountedMeasure, Reading
from attrtrack.domain.register import OverviewRow
from attrtrack.domain.standings import KindCount, LinkCount, QueueWanted, Scope
from attrtrack.domain.worklist import WaitsFor
from attrtrack.errors import UnknownRecordError, UsageError
from attrtrack.metrics import Scoped, codes, counted_measures, lacking, rule_of, signs_of
from attrtrack.workflow.app import App
from attrtrack.workflow.overview import Choices, is_invented, known_choices, measures_in
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.sample import SAMPLE_UNIT
from attrtrack.workflow.standing import reading_standings

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork
    from attrtrack.storage.standing_lists import StandingLists

__all__ = [
    "Assessed",
    "DoubtedPart",
    "DoubtedRow",
    "MeasuredRow",
    "MeasuredRows",
    "Part",
    "Targets",
    "Wanted",
    "all_rows",
    "assessed",
    "documents_in",
    "doubted",
    "doubtful",
    "key_of",
    "lacking",
    "measured_rows",
    "narrowings",
    "targets",
]  # fmt: skip
MOST_ROWS = 200_000
"""Rows that one download may hold."""


class Part(StrEnum):
    """A list behind a figure; `SHORT` is what of the denominator is not in the numerator."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    SHORT = "short"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Assessed:
    """The figures of a scope, what it could be narrowed to, how many documents wait for what, how many are doubtful."""

    scope: Scope
    choices: Choices
    genres: tuple[str, ...]
    documents: int
    invented: int
    measures: tuple[CountedMeasure, ...]
    waiting: dict[WaitsFor, int]
    doubtful: int


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A document or an interpretation behind a figure: whether it `reached` what is measured, or the rule that left it out."""

    id: str
    title: str | None
    number: str | None
    unit: str | None
    invented: bool
    reached: bool
    rule: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of a figure are asked for: a part, narrowed to one rule of exclusion (None: all), and from which on."""

    part: Part
    rule: str | None = None
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True, slots=True)
class MeasuredRows:
    """A figure with its definition, and a part of its rows; `count` of the whole part."""

    measure: CountedMeasure
    definition: str
    source: str
    wanted: Wanted
    count: int
    rows: tuple[MeasuredRow, ...]


@dataclass(frozen=True, slots=True)
class Targets:
    """The figures that have a target, the one that is `chosen`, and that one for every unit (none where a unit is asked for).

    `rows` are documents of it, in whichever reading: what is mended is a document; `count` of all of them.
    """

    choices: Choices
    genres: tuple[str, ...]
    measures: tuple[CountedMeasure, ...]
    chosen: CountedMeasure
    units: tuple[CountedMeasure, ...]
    count: int
    rows: tuple[MeasuredRow, ...]


@dataclass(frozen=True, slots=True)
class DoubtedRow:
    """A document of doubtful attribute with what was found on it."""

    row: OverviewRow
    unit: str | None
    doubts: tuple[Doubt, ...]
    corrected: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why it is doubtful, in words."""
        said = tuple(found.message for found in self.row.findings if found.code in _DOUBTING)
        return said + ((_REPLY,) if Doubt.REPLY in self.doubts else ())


@dataclass(frozen=True, slots=True)
class DoubtedPart:
    """A part of the doubtful documents; how many wait for an assessor's word, and of how many one was given."""

    open: int
    corrected: int
    rows: tuple[DoubtedRow, ...]


_DOUBTING = frozenset({"attribute-doubtful", "reason-doubtful"})
_REPLY = "函复类公文认定为不予公开：回复公众和单位的函一般应当公开，请核对。"


def assessed(app: App, scope: Scope) -> Assessed:
    """Return the figures of a scope with what leads on from them."""
    permitted(app, Right.READ)
    with reading_standings(app) as (work, standings):
        known = known_choices(work)
        found = measures_in(app, standings, scope)
        invented = standings.invented(scope, SAMPLE_UNIT) if SAMPLE_UNIT in known.units else 0
        asked = QueueWanted(unit=scope.unit, year=scope.year, genre=scope.genre)
        return Assessed(
            scope=scope,
            choices=known,
            genres=tuple(standings.figures.genres(Scope(scope.year, scope.unit))),
            documents=documents_in(found),
            invented=invented,
            measures=found,
            waiting=standings.queue.sets(asked, app.today).counts,
            doubtful=standings.figures.doubted(scope)[0],
        )


def narrowings(app: App, scope: Scope) -> tuple[Choices, tuple[str, ...]]:
    """Return the years, units and genres that a page can be narrowed to."""
    permitted(app, Right.READ, Right.MEASURE)
    with reading_standings(app) as (work, standings):
        return known_choices(work), tuple(standings.figures.genres(Scope(scope.year, scope.unit)))


def targets(app: App, scope: Scope, figure: str, wanted: Wanted) -> Targets:
    """Return the figures that have a target; of one of them (else `UnknownRecordError`) the documents wanted, and every unit's."""
    permitted(app, Right.MEASURE)
    with reading_standings(app) as (work, standings):
        kinds = [kind for kind, _ in standings.kinds(scope, "unit")]
        found = counted_measures(kinds, standings.link_kinds(scope), Scoped(scope.year, scope.unit, app.rules))
        measures = tuple(one for one in found if one.target is not None)
        chosen = next((one for one in measures if key_of(one) == figure), None)
        if chosen is None:
            raise UnknownRecordError("没有这个目标：请从本页上方的目标中选择。")
        mended = next(one for one in measures if (one.code, one.reading) == (chosen.code, Reading.DOCUMENT))
        return Targets(
            choices=known_choices(work),
            genres=tuple(standings.figures.genres(Scope(scope.year, scope.unit))),
            measures=measures,
            chosen=chosen,
            units=() if scope.unit else tuple(_of_units(app, standings, scope, kinds, chosen=chosen)),
            count=_count(mended, wanted),
            rows=tuple(_rows(work, _Asked(app, standings, scope, measure=mended), wanted)),
        )


def _of_units(
    app: App, standings: "StandingLists", scope: Scope, kinds: Iterable[KindCount], *, chosen: CountedMeasure
) -> Iterator[CountedMeasure]:
    """Yield a figure of every unit from the kinds by unit; interpretations are read where they are what is counted."""
    documents, linked = defaultdict[str, list[KindCount]](list), defaultdict[str, list[LinkCount]](list)
    for kind in kinds:
        if kind.group is not None:
            documents[str(kind.group)].append(kind)
    for link in standings.link_kinds(scope, "unit") if chosen.reading is Reading.INTERPRETATION else ():
        linked[str(link.group)].append(link)
    for unit, own in documents.items():
        found = counted_measures(own, linked[unit], Scoped(scope.year, unit, app.rules), only={chosen.code})
        yield next(one for one in found if key_of(one) == key_of(chosen))


def key_of(measure: AnyMeasure) -> str:
    """Return the word that names a measure in one reading."""
    return f"{measure.code}-{measure.reading.value}"


def documents_in(measures: Sequence[CountedMeasure]) -> int:
    """Return how many documents were measured: those of a denominator and those left out of it."""
    counted = next((one for one in measures if one.reading is Reading.DOCUMENT), None)
    return 0 if counted is None else len(counted.denominator) + len(counted.excluded)


def measured_rows(app: App, scope: Scope, code: str, reading: str, *, wanted: Wanted) -> MeasuredRows:
    """Return a part of the rows behind a figure; `UnknownRecordError` when there is no such measure or reading."""
    permitted(app, Right.MEASURE)
    with reading_standings(app) as (work, standings):
        measure = _measure(app, standings, scope, code=code, reading=reading)
        rows = tuple(_rows(work, _Asked(app, standings, scope, measure=measure), wanted))
    told = next(row for row in app.rules.measures if row.code == code)
    return MeasuredRows(measure, told.definition, told.source, wanted, _count(measure, wanted), rows)


def all_rows(app: App, scope: Scope, code: str, reading: str) -> tuple[CountedMeasure, tuple[MeasuredRow, ...]]:
    """Return every row behind a figure, denominator first, then what was left out; `UsageError` where they are too many."""
    permitted(app, Right.EXPORT)
    with reading_standings(app) as (work, standings):
        measure = _measure(app, standings, scope, code=code, reading=reading)
        if len(measure.denominator) + len(measure.excluded) > MOST_ROWS:
            raise UsageError(f"行数超过 {MOST_ROWS}：请先选定年度或单位，再下载。")
        asked = _Asked(app, standings, scope, measure=measure)
        wanted = (Wanted(part, limit=MOST_ROWS) for part in (Part.DENOMINATOR, Part.EXCLUDED))
        return measure, tuple(row for part in wanted for row in _rows(work, asked, part))


def doubtful(app: App, scope: Scope, *, corrected: bool, limit: int = 50, offset: int = 0) -> DoubtedPart:
    """Return documents whose attribute or reason is doubtful, newest entry first: those open, or those corrected."""
    permitted(app, Right.READ)
    with reading_standings(app) as (work, standings):
        waiting, done = standings.figures.doubted(scope)
        found = standings.figures.doubtful(scope, corrected=corrected, limit=limit, offset=offset)
        shown = {one.id: one for one in found}
        titles = work.queries.titles_of(list(shown))
        rows = tuple(
            DoubtedRow(row, titles[row.id].unit, tuple(sorted(shown[row.id].doubts)), corrected)
            for row in work.queries.overview_of(list(shown))
        )
    return DoubtedPart(waiting, done, rows)


def doubted(app: App, document_id: str) -> DoubtedRow | None:
    """Return what is doubtful of one document; None where nothing is."""
    permitted(app, Right.READ)
    with reading_standings(app) as (work, standings):
        found = standings.figures.doubt_of(document_id)
        rows = work.queries.overview_of([] if found is None else [found.id])
        unit = work.documents.get(document_id).unit
    return DoubtedRow(rows[0], unit, tuple(sorted(found.doubts)), found.corrected) if found and rows else None


def _measure(app: App, standings: "StandingLists", scope: Scope, *, code: str, reading: str) -> CountedMeasure:
    found = (one for one in measures_in(app, standings, scope) if (one.code, one.reading) == (code, reading))
    measure = next(found, None)
    if measure is None:
        raise UnknownRecordError(f"没有指标 {code[:40]}（{reading[:20]}）：请从首页的数字点进来。")
    return measure


@dataclass(frozen=True)
class _Asked:
    """A figure whose rows are read."""

    app: App
    standings: "StandingLists"
    scope: Scope
    measure: CountedMeasure

    @property
    def place(self) -> int:
        """Return where the sign of the measure stands in the kinds of rows."""
        return codes(self.app.rules, self.measure.reading).index(self.measure.code)


def _count(measure: CountedMeasure, wanted: Wanted) -> int:
    if wanted.rule is not None:
        return dict(measure.excluded_by).get(wanted.rule, 0)
    numerator, denominator = len(measure.numerator), len(measure.denominator)
    return {
        Part.NUMERATOR: numerator,
        Part.DENOMINATOR: denominator,
        Part.SHORT: denominator - numerator,
        Part.EXCLUDED: len(measure.excluded),
    }[wanted.part]


def _signs(wanted: Wanted) -> tuple[str, ...]:
    if wanted.part is Part.DENOMINATOR:
        return (*signs_of("numerator"), *signs_of("short"))
    found = signs_of(wanted.part.value)
    return found if wanted.rule is None else tuple(sign for sign in found if rule_of(sign) == wanted.rule)


def _rows(work: "UnitOfWork", asked: _Asked, wanted: Wanted) -> Iterator[MeasuredRow]:
    signs, page = _signs(wanted), {"limit": wanted.limit, "offset": wanted.offset}
    excluded = wanted.part is Part.EXCLUDED
    found: Sequence[tuple[str, str | None]]
    if asked.measure.reading is Reading.DOCUMENT:
        found = asked.standings.documents_of(asked.scope, asked.place, signs, **page)
    else:
        pending = excluded and wanted.rule in {None, rule_of(None)}
        found = asked.standings.interpretations_of(asked.scope, asked.place, signs, **page, pending=pending)
    titles = work.queries.titles_of([key for key, _ in found])
    reached = signs_of("numerator")
    for key, sign in found:
        titled = titles.get(key)
        if titled is not None:
            yield MeasuredRow(
                id=key,
                title=titled.title or None,
                number=titled.number,
                unit=titled.unit,
                invented=is_invented(titled.unit),
                reached=sign in reached,
                rule=rule_of(sign) if excluded else None,
            )
