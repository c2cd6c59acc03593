"""The rows behind one figure, by title."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from attrtrack.domain.access import Right
from attrtrack.domain.measures import CountedMeasure, Reading
from attrtrack.domain.standings import KindCount, LinkCount, Scope
from attrtrack.errors import UnknownRecordError
from attrtrack.metrics import Scoped, codes, counted_measures, rule_of, signs_of
from attrtrack.rules import Rules
from attrtrack.workflow.app import App
from attrtrack.workflow.overview import is_invented, known_choices, measures_in, sample_notice
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.standing import reading_standings

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork
    from attrtrack.storage.standing_lists import StandingLists

PARTS = ("short", "numerator", "excluded")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row behind a figure: a document or an interpretation; `rule` says what left it out of the measure."""

    id: str
    title: str | None
    number: str | None
    invented: bool
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class FigurePart:
    """A list behind a figure: `short` (in the denominator, not in the numerator), `numerator` or `excluded`."""

    code: str
    count: int
    offset: int
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure with its definition, the paper it comes from, and the rows behind it."""

    scope: Scope
    measure: CountedMeasure
    definition: str
    source: str
    parts: tuple[FigurePart, ...]
    sample_notice: str | None


@dataclass(frozen=True, slots=True)
class Window:
    """Which part is shown (None: all, each from its start), how many rows of it, and from which row on."""

    part: str | None
    limit: int
    offset: int


def figure(app: App, scope: Scope, code: str, reading: str, *, window: Window) -> Figure:
    """Return the rows behind a figure; `UnknownRecordError` when there is no such measure and reading."""
    permitted(app, Right.MEASURE)
    with reading_standings(app) as (work, standings):
        found = measures_in(app, standings, scope)
        measure = next((item for item in found if (item.code, item.reading) == (code, reading)), None)
        if measure is None:
            raise UnknownRecordError(f"没有指标 {code[:40]}（{reading[:20]}）：请从首页的数字点进来。")
        asked = _Asked(app.rules, scope, measure)
        parts = tuple(_part(work, standings, asked, part=part, window=window) for part in _shown(window))
        units = known_choices(work).units
    told = next(row for row in app.rules.measures if row.code == code)
    return Figure(scope, measure, told.definition, told.source, parts, sample_notice(units))


Grouping = Literal["unit", "year", "quarter", "genre", "policy_kind"]


@dataclass(frozen=True, slots=True)
class Grouped:
    """The measures of one unit, year, quarter (1 to 4) or genre; `key` None: of what has none."""

    key: str | int | None
    documents: int
    measures: tuple[CountedMeasure, ...]


def figures_by(app: App, scope: Scope, by: Grouping, *, only: Collection[str] | None = None) -> tuple[Grouped, ...]:
    """Return every measure of every unit, year, quarter or genre of a scope, in order of the key, what has none last.

    `only`: the codes of the measures that are asked for (None: all).
    """
    permitted(app, Right.MEASURE)
    with reading_standings(app) as (_, standings):
        documents, linked = defaultdict[_Key, list[KindCount]](list), defaultdict[_Key, list[LinkCount]](list)
        for kind, _urgency in standings.kinds(scope, by):
            documents[kind.group].append(kind)
        for link in standings.link_kinds(scope, by):
            linked[link.group].append(link)
    ordered = sorted(documents, key=lambda key: (key is None, key or 0 if by in {"year", "quarter"} else str(key)))
    return tuple(
        Grouped(
            key,
            sum(kind.count for kind in documents[key]),
            counted_measures(documents[key], linked[key], _scoped(app, scope, by, key=key), only=only),
        )
        for key in ordered
    )


_Key = str | int | None


def _scoped(app: App, scope: Scope, by: Grouping, *, key: _Key) -> Scoped:
    year = int(key) if by == "year" and key is not None else scope.year
    unit = str(key) if by == "unit" and key is not None else scope.unit
    return Scoped(year, unit, app.rules)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A measure whose rows are asked for."""

    rules: Rules
    scope: Scope
    measure: CountedMeasure

    @property
    def sign(self) -> int:
        """The place of its sign in the kinds of rows."""
        return codes(self.rules, self.measure.reading).index(self.measure.code)

    def count(self, part: str) -> int:
        """Return how many rows a part has."""
        numerator, denominator = len(self.measure.numerator), len(self.measure.denominator)
        return {"numerator": numerator, "short": denominator - numerator, "excluded": len(self.measure.excluded)}[part]


def _shown(window: Window) -> tuple[str, ...]:
    return tuple(part for part in PARTS if window.part in {None, part})


def _part(work: "UnitOfWork", standings: "StandingLists", asked: _Asked, *, part: str, window: Window) -> FigurePart:
    offset = window.offset if window.part else 0
    signs, page = signs_of(part), {"limit": window.limit, "offset": offset}
    excluded = part == "excluded"
    found: list[tuple[str, str | None]]
    if asked.measure.reading is Reading.DOCUMENT:
        found = [*standings.documents_of(asked.scope, asked.sign, signs, **page)]
    else:
        found = standings.interpretations_of(asked.scope, asked.sign, signs, **page, pending=excluded)
    return FigurePart(part, asked.count(part), offset, tuple(_rows(work, found, excluded=excluded)))


def _rows(work: "UnitOfWork", found: Sequence[tuple[str, str | None]], *, excluded: bool) -> Iterator[FigureRow]:
    titles = work.queries.titles_of([key for key, _ in found])
    for key, sign in found:
        titled = titles.get(key)
        if titled is not None:
            rule = rule_of(sign) if excluded else None
            yield FigureRow(key, titled.title or None, titled.number, is_invented(titled.unit), rule)
