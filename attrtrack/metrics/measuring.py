"""Every measure of the dictionary over the rows of a year and a unit."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from attrtrack.domain.measures import (
    Excluded,
    Measure,
    MeasuredDocument,
    MeasuredInterpretation,
    MeasureState,
    Reading,
    Target,
)
from attrtrack.metrics.counting import (
    ASKING_NEED,
    DOCUMENT_RULES,
    INTERPRETATION_RULES,
    NEED_RULES,
    DocumentRule,
    Place,
    Sorted,
    Sorter,
)
from attrtrack.rules import Rules
from attrtrack.rules.schema import MeasureRow


@dataclass(frozen=True, slots=True)
class _Count:
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    excluded: tuple[Excluded, ...]

    @property
    def value(self) -> float | None:
        """The ratio; None when the denominator is empty."""
        return len(self.numerator) / len(self.denominator) if self.denominator else None


def measures(
    rows: Sequence[MeasuredDocument], *, year: int | None, unit: str | None, rules: Rules
) -> tuple[Measure, ...]:
    """Return every measure of the dictionary in each of its readings; rows of other years and units are excluded by name.

    A measure whose denominator is empty is undefined. `range` is the value if every pending link were rejected and if
    every one were confirmed, in ascending order; None when nothing is pending or either is undefined.
    """
    scoped = _scoped(rows, year, unit)
    return tuple(
        _measure(row, Reading(reading), scoped, year=year, unit=unit, rules=rules)
        for row in rules.measures
        for reading in row.readings
    )


@dataclass(frozen=True, slots=True)
class _Scoped:
    """Rows as ids with their kind and the rule that leaves them out of scope; interpretations once each.

    Rows of one kind are alike in all that the rules look at, so each kind is judged once however large the register is.
    """

    rows: list[tuple[str, int, str | None]]
    kinds: list[MeasuredDocument]
    interpretations: list[tuple[MeasuredInterpretation, str | None]]
    pending: bool


def _scoped(rows: Sequence[MeasuredDocument], year: int | None, unit: str | None) -> _Scoped:
    numbers: dict[tuple[object, ...], int] = {}
    kinds: list[MeasuredDocument] = []
    scoped: list[tuple[str, int, str | None]] = []
    linked: list[tuple[MeasuredDocument, str | None]] = []
    for row in rows:
        kind = _kind(row)
        if kind not in numbers:
            numbers[kind] = len(kinds)
            kinds.append(replace(row, id="", title="", number=None, unit=None, date=None))
        out = _out_of_scope(row, year, unit)
        scoped.append((row.id, numbers[kind], out))
        if row.interpretations:
            linked.append((row, out))
    pending = any(not item.confirmed for row, out in linked if out is None for item in row.interpretations)
    return _Scoped(scoped, kinds, _interpretations(linked), pending)


def _kind(row: MeasuredDocument) -> tuple[object, ...]:
    """Return all that a rule may look at: neither which document it is nor where it belongs."""
    interpretations = tuple([(item.forms, item.channels, item.confirmed) for item in row.interpretations])
    return (
        row.genre, row.attribute, row.reason, row.state, row.needs_interpretation, row.published_on,
        row.attribute_asked, row.need_source, interpretations,
    )  # fmt: skip


def _out_of_scope(row: MeasuredDocument, year: int | None, unit: str | None) -> str | None:
    if unit is not None and row.unit != unit:
        return "other-unit"
    if year is None:
        return None
    if row.year is None:
        return "year-unknown"
    return None if row.year == year else "other-year"


def _measure(
    row: MeasureRow,
    reading: Reading,
    scoped: _Scoped,
    *,
    year: int | None,
    unit: str | None,
    rules: Rules,
) -> Measure:
    count = _counter(row.code, reading, scoped)
    firm = count(Sorter(rules))
    asked = reading is Reading.DOCUMENT and row.code in ASKING_NEED
    return Measure(
        code=row.code,
        name=row.name,
        unit=unit,
        year=year,
        reading=reading,
        state=MeasureState.UNDEFINED if firm.value is None else MeasureState.DEFINED,
        value=firm.value,
        target=_target(row.code, year, rules),
        numerator=firm.numerator,
        denominator=firm.denominator,
        excluded=_with_needs(firm.excluded, scoped) if asked else firm.excluded,
        range=_range(row.code, reading, firm, scoped, lambda: count(Sorter(rules, pending_counts=True))),
        dictionary_version=rules.hashes["measures"],
        rules_version=rules.version,
        need_sources=_need_sources(firm.denominator, scoped) if asked else None,
    )


def _need_sources(denominator: Iterable[str], scoped: _Scoped) -> tuple[tuple[str, int], ...]:
    """Count who said that the documents of the denominator need an interpretation, the most frequent first."""
    said = _needs_of(scoped)
    counted = Counter(source for key in denominator if (source := said[key]) is not None)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _with_needs(excluded: tuple[Excluded, ...], scoped: _Scoped) -> tuple[Excluded, ...]:
    said = _needs_of(scoped)
    return tuple(
        replace(item, need=said[item.id]) if item.rule in NEED_RULES and said[item.id] else item for item in excluded
    )


def _needs_of(scoped: _Scoped) -> dict[str, str | None]:
    sources = [kind.need_source for kind in scoped.kinds]
    return {identifier: sources[kind] for identifier, kind, _ in scoped.rows}


def _counter(code: str, reading: Reading, scoped: _Scoped) -> Callable[[Sorter], _Count]:
    if reading is Reading.DOCUMENT:
        return lambda sorter: _count_documents(sorter, DOCUMENT_RULES[code], scoped)
    by_interpretation = INTERPRETATION_RULES[code]
    items = scoped.interpretations
    return lambda sorter: _count((item.id, out or by_interpretation(sorter, item)) for item, out in items)


def _count_documents(sorter: Sorter, rule: DocumentRule, scoped: _Scoped) -> _Count:
    places = [rule(sorter, kind) for kind in scoped.kinds]
    return _count((identifier, out or places[kind]) for identifier, kind, out in scoped.rows)


def _count(judged: Iterable[tuple[str, Sorted]]) -> _Count:
    numerator: list[str] = []
    denominator: list[str] = []
    excluded: list[Excluded] = []
    for identifier, place in judged:
        if isinstance(place, str):
            excluded.append(Excluded(identifier, place))
            continue
        denominator.append(identifier)
        if place is Place.NUMERATOR:
            numerator.append(identifier)
    return _Count(tuple(numerator), tuple(denominator), tuple(excluded))


def _interpretations(
    scoped: Sequence[tuple[MeasuredDocument, str | None]],
) -> list[tuple[MeasuredInterpretation, str | None]]:
    """Return each interpretation once, confirmed if any of its links is, in scope if any of its documents is."""
    found: dict[str, tuple[MeasuredInterpretation, str | None]] = {}
    for row, out in scoped:
        for item in row.interpretations:
            known = found.get(item.id)
            if known is None or (known[1] is not None and out is None):
                found[item.id] = (item, out)
            elif item.confirmed and not known[0].confirmed and (known[1] is None) == (out is None):
                found[item.id] = (replace(known[0], confirmed=True), known[1])
    return list(found.values())


def _range(
    code: str,
    reading: Reading,
    firm: _Count,
    scoped: _Scoped,
    imagined: Callable[[], _Count],
) -> tuple[float, float] | None:
    if reading is Reading.DOCUMENT and code not in _TOUCHED_BY_LINKS:
        return None
    if not scoped.pending:
        return None
    other = imagined().value
    if firm.value is None or other is None:
        return None
    return min(firm.value, other), max(firm.value, other)


_TOUCHED_BY_LINKS = frozenset({"interpretation-rate", "diversified-rate", "off-website-rate"})


def _target(code: str, year: int | None, rules: Rules) -> Target | None:
    """Return the target of a year; over all years the one that is still open."""
    for row in reversed(rules.targets):
        fits = row.year_to == 0 if year is None else row.year_from <= year and (row.year_to == 0 or year <= row.year_to)
        if row.measure == code and fits:
            return Target(row.measure, row.value, row.year_from, row.year_to or None, row.source)
    return None
