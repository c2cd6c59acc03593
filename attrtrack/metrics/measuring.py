"""Every measure of the dictionary over the rows of a year and a unit, by their kinds (see `kinds`)."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from attrtrack.domain.measures import (
    CountedMeasure,
    Days,
    Excluded,
    Measure,
    MeasuredDocument,
    MeasureState,
    Reading,
    RowCount,
    Target,
)
from attrtrack.domain.standings import ON_ITS_WAY, KindCount, LinkCount
from attrtrack.metrics.counting import (
    ASKING_NEED,
    DAYS,
    LINK_PENDING,
    NEED_RULES,
    TOUCHED_BY_LINKS,
    UNKNOWING_RULES,
    Place,
    Sorted,
    Sorter,
)
from attrtrack.metrics.kinds import Kinds, codes, is_pending, need_source_of, place_of, place_of_interpretation
from attrtrack.rules import Rules
from attrtrack.rules.schema import MeasureRow


class DaysBehind(NamedTuple):
    """The working days that measures count of a document, by code; `provisional` of these reach into an unknown year."""

    days: dict[str, int]
    provisional: frozenset[str]


_NO_DAYS = DaysBehind({}, frozenset())


class KindRow(NamedTuple):
    """A document with its kind; `out` is the rule that leaves it out of every measure, None within the year and unit."""

    id: str
    kind: str
    out: str | None = None
    behind: DaysBehind = _NO_DAYS


class KindItem(NamedTuple):
    """An interpretation with its kind, confirmed if any of its links is; `by_people`: its kind by links of people alone, if any."""

    id: str
    kind: str
    confirmed: bool
    out: str | None = None
    by_people: str | None = None


@dataclass(frozen=True, slots=True)
class Scoped:
    """What a measure says it speaks of."""

    year: int | None
    unit: str | None
    rules: Rules


def measures(
    rows: Sequence[MeasuredDocument], *, year: int | None, unit: str | None, rules: Rules
) -> tuple[Measure, ...]:
    """Return every measure of the dictionary in each of its readings; rows of other years and units are excluded by name.

    A measure whose denominator is empty is undefined, or not assessable where the register does not tell what it counts. `range` is the value if every pending link were rejected and if
    every one were confirmed, in ascending order; None when nothing is pending or either is undefined.
    """
    kinds, documents, items = Kinds(rules), list[KindRow](), dict[str, KindItem]()
    behind = days_behind(rules)
    for row in rows:
        out = _out_of_scope(row, year, unit)
        documents.append(KindRow(row.id, kinds.of(row), out, behind(row)))
        for item in row.interpretations:
            kind, said = kinds.of_interpretation(item, row), item.confirmed and not item.automatic
            found = KindItem(item.id, kind, item.confirmed, out, kind if said else None)
            items[item.id] = _one_of(items.get(item.id), found)
    return measures_of(documents, tuple(items.values()), Scoped(year, unit, rules))


def days_behind(rules: Rules) -> Callable[[MeasuredDocument], DaysBehind]:
    """Return the function that tells how many working days lie behind a document, as things stand."""
    sorter, calendar = Sorter(rules), rules.calendar

    def told(row: MeasuredDocument) -> DaysBehind:
        if row.published_on is None:
            return _NO_DAYS
        found = {code: days for code, rule in DAYS.items() if (days := rule(sorter, row)) is not None}
        reached = {"publication-days": row.published_on}
        if "interpretation-days" in found:
            dated = (item.published for item in sorter.counted(row.interpretations) if item.published is not None)
            reached["interpretation-days"] = min(dated).isoformat()
        unknown = (code for code in found if int(reached[code][:4]) not in calendar.years)
        return DaysBehind(found, frozenset(unknown))

    return told


def _out_of_scope(row: MeasuredDocument, year: int | None, unit: str | None) -> str | None:
    if unit is not None and row.unit != unit:
        return "other-unit"
    if year is None:
        return None
    if row.year is None:
        return "year-unknown"
    return None if row.year == year else "other-year"


def _one_of(known: KindItem | None, found: KindItem) -> KindItem:
    """Return an interpretation met again: confirmed if any of its links is, in scope if any of its documents is.

    Its kind is the last in order of those beside a document of the same standing, see `kinds`.
    """
    if known is None or (known.out is not None and found.out is None):
        return found
    if (known.out is None) != (found.out is None):
        return known
    confirmed, kind = max((known.confirmed, known.kind), (found.confirmed, found.kind))
    by_people = max(filter(None, (known.by_people, found.by_people)), default=None)
    return known._replace(confirmed=confirmed, kind=kind, by_people=by_people)


def measures_of(documents: Sequence[KindRow], items: Sequence[KindItem], scoped: Scoped) -> tuple[Measure, ...]:
    """Return every measure in each of its readings over rows whose kinds are known; each interpretation stands in `items` once."""
    listed = {
        Reading.DOCUMENT: _Listed([(one.id, one.kind, one.out) for one in documents], documents),
        Reading.INTERPRETATION: _Listed([(one.id, (one.kind, one.confirmed, one.by_people), one.out) for one in items]),
    }
    width = len(codes(scoped.rules, Reading.DOCUMENT))
    pending = any(is_pending(str(kind), width) for kind in listed[Reading.DOCUMENT].counts)
    return tuple(
        _measure(row, reading, listed[reading], scoped=scoped, pending=pending)
        for row in scoped.rules.measures
        for reading in map(Reading, row.readings)
    )


_Key = str | tuple[str, bool, str | None]
"""A kind of documents, or a kind of interpretations with whether they are confirmed, and their kind by links of people alone."""
_Places = dict[_Key, tuple[Sorted, Sorted]]
"""Where the rows of each key stand, as things are and if all pending links were confirmed."""


class _Listed:
    """Rows with their keys and the rules that leave them out of scope; how many in scope have each key."""

    def __init__(self, rows: list[tuple[str, _Key, str | None]], documents: Sequence[KindRow] = ()) -> None:
        self.rows = rows
        self.documents = documents
        self.counts = Counter(key for _, key, out in rows if out is None)


def _places(row: MeasureRow, reading: Reading, keys: Iterable[_Key], rules: Rules) -> _Places:
    counted = codes(rules, reading)
    number, width = counted.index(row.code), len(counted)
    return {
        key: (place_of(key, number, width), place_of(key, number, width, imagined=True))
        if isinstance(key, str)
        else (
            _place_of_item(key, number),
            place_of_interpretation(key[0], number, confirmed=True),
        )
        for key in keys
    }


def _place_of_item(key: tuple[str, bool, str | None], number: int) -> Sorted:
    kind, confirmed, by_people = key
    place = place_of_interpretation(kind, number, confirmed=confirmed)
    if place is not Place.NUMERATOR:
        return place
    said = LINK_PENDING if by_people is None else place_of_interpretation(by_people, number, confirmed=True)
    return place if said is place else Place.AUTOMATIC


def _measure(row: MeasureRow, reading: Reading, listed: _Listed, *, scoped: Scoped, pending: bool) -> Measure:
    places = _places(row, reading, listed.counts, scoped.rules)
    above = {key for key, (place, _) in places.items() if isinstance(place, Place) and place.is_above}
    below = {key for key, (place, _) in places.items() if isinstance(place, Place)}
    numerator = tuple([identifier for identifier, key, out in listed.rows if key in above and out is None])
    denominator = tuple([identifier for identifier, key, out in listed.rows if key in below and out is None])
    width, asked = len(codes(scoped.rules, Reading.DOCUMENT)), _asks_need(row, reading)
    sources = {key: need_source_of(str(key), width) for key in listed.counts} if asked else {}
    rules = {key: str(place) for key, (place, _) in places.items()}
    said = {key: source for key, source in sources.items() if rules[key] in NEED_RULES}
    excluded = tuple(
        [
            Excluded(identifier, out) if out else Excluded(identifier, rules[key], said.get(key))
            for identifier, key, out in listed.rows
            if out or key not in below
        ]
    )
    firm, imagined = (_counted_places(listed.counts, places, which) for which in (0, 1))
    needs = Counter({key: count for key, count in listed.counts.items() if key in below})
    known = {one.id: one.behind for one in listed.documents} if row.code in DAYS else {}
    return Measure(
        **_header(
            row,
            reading,
            _value(firm),
            scoped=scoped,
            left_out={rules[key] for key in listed.counts if key not in below},
        ),
        numerator=numerator,
        denominator=denominator,
        excluded=excluded,
        range=_range(row, reading, (_value(firm), _value(imagined))) if pending else None,
        need_sources=_need_sources(_by_source(needs, sources)) if asked else None,
        days=tuple(_days(row.code, denominator, known)) if row.code in DAYS else None,
        automatic=firm[Place.AUTOMATIC] if _rests_on_links(row, reading) else None,
    )


def _days(code: str, denominator: Iterable[str], known: dict[str, DaysBehind]) -> Iterator[Days]:
    for identifier in denominator:
        behind = known[identifier]
        if code in behind.days:
            yield Days(identifier, behind.days[code], code in behind.provisional)


def _counted_places(counts: Counter[_Key], places: _Places, which: int) -> Counter[Sorted]:
    found = Counter[Sorted]()
    for key, count in counts.items():
        found[places[key][which]] += count
    return found


def _by_source(counts: Counter[_Key], sources: dict[_Key, str | None]) -> Counter[str | None]:
    found = Counter[str | None]()
    for key, count in counts.items():
        found[sources[key]] += count
    return found


def counted_measures(
    documents: Iterable[KindCount], items: Iterable[LinkCount], scoped: Scoped, *, only: Collection[str] | None = None
) -> tuple[CountedMeasure, ...]:
    """Return every measure in each of its readings over counts of kinds, as `measures` would of the rows themselves.

    `only`: the codes of those that are asked for (None: all).
    """
    counted: dict[Reading, Counter[_Key]] = {reading: Counter() for reading in Reading}
    for one in documents:
        if one.kind != ON_ITS_WAY:
            counted[Reading.DOCUMENT][one.kind] += one.count
    for item in items:
        counted[Reading.INTERPRETATION][item.kind, item.confirmed, item.by_people] += item.count
    width = len(codes(scoped.rules, Reading.DOCUMENT))
    pending = any(is_pending(str(kind), width) for kind in counted[Reading.DOCUMENT])
    return tuple(
        _counted(row, reading, counted[reading], scoped=scoped, pending=pending)
        for row in scoped.rules.measures
        if only is None or row.code in only
        for reading in map(Reading, row.readings)
    )


def _counted(
    row: MeasureRow, reading: Reading, counts: Counter[_Key], *, scoped: Scoped, pending: bool
) -> CountedMeasure:
    places = _places(row, reading, counts, scoped.rules)
    firm, imagined = _counted_places(counts, places, 0), _counted_places(counts, places, 1)
    value = _value(firm)
    width, asked = len(codes(scoped.rules, Reading.DOCUMENT)), _asks_need(row, reading)
    needs = Counter({key: count for key, count in counts.items() if isinstance(places[key][0], Place)})
    sources = {key: need_source_of(str(key), width) for key in counts} if asked else {}
    left_out = {place: count for place, count in firm.items() if isinstance(place, str)}
    return CountedMeasure(
        **_header(row, reading, value, scoped=scoped, left_out=set(left_out)),
        numerator=RowCount(_above(firm)),
        denominator=RowCount(_above(firm) + firm[Place.DENOMINATOR]),
        excluded=RowCount(sum(left_out.values())),
        excluded_by=tuple(sorted(left_out.items(), key=lambda item: (-item[1], item[0]))),
        range=_range(row, reading, (value, _value(imagined))) if pending else None,
        need_sources=_need_sources(_by_source(needs, sources)) if asked else None,
        automatic=firm[Place.AUTOMATIC] if _rests_on_links(row, reading) else None,
    )


def _header(
    row: MeasureRow, reading: Reading, value: float | None, *, scoped: Scoped, left_out: Collection[str]
) -> dict[str, Any]:
    unknown = not UNKNOWING_RULES.isdisjoint(left_out)
    empty = MeasureState.NOT_ASSESSABLE if unknown else MeasureState.UNDEFINED
    return {
        "code": row.code,
        "name": row.name,
        "unit": scoped.unit,
        "year": scoped.year,
        "reading": reading,
        "state": empty if value is None else MeasureState.DEFINED,
        "value": value,
        "target": _target(row.code, scoped.year, scoped.rules),
        "dictionary_version": scoped.rules.hashes["measures"],
        "rules_version": scoped.rules.version,
    }


def _asks_need(row: MeasureRow, reading: Reading) -> bool:
    return reading is Reading.DOCUMENT and row.code in ASKING_NEED


def _need_sources(said: Counter[str | None]) -> tuple[tuple[str, int], ...]:
    """Return who said that the documents of the denominator need an interpretation, the most frequent first."""
    known = ((source, count) for source, count in said.items() if source is not None)
    return tuple(sorted(known, key=lambda item: (-item[1], item[0])))


def _value(places: Counter[Sorted]) -> float | None:
    """Return the ratio; None when the denominator is empty."""
    denominator = _above(places) + places[Place.DENOMINATOR]
    return _above(places) / denominator if denominator else None


def _above(places: Counter[Sorted]) -> int:
    return sum(places[place] for place in Place if place.is_above)


def _rests_on_links(row: MeasureRow, reading: Reading) -> bool:
    return reading is Reading.INTERPRETATION or row.code in TOUCHED_BY_LINKS


def _range(row: MeasureRow, reading: Reading, values: tuple[float | None, float | None]) -> tuple[float, float] | None:
    if not _rests_on_links(row, reading):
        return None
    firm, imagined = values
    return None if firm is None or imagined is None else (min(firm, imagined), max(firm, imagined))


def _target(code: str, year: int | None, rules: Rules) -> Target | None:
    """Return the target of a year; over all years the one that is still open."""
    for row in reversed(rules.targets):
        fits = row.year_to == 0 if year is None else row.year_from <= year and (row.year_to == 0 or year <= row.year_to)
        if row.measure == code and fits:
            return Target(row.measure, row.value, row.year_from, row.year_to or None, row.source)
    return None
