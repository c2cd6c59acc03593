"""The kind of a row: how every measure sorts it, as one short text, so that rows of a kind are judged once and counted together.

Of a document: a sign for each measure counted by documents, in the dictionary's order; a sign whether a link of it is
pending; if so, the signs that each measure would have if every pending link were confirmed; then who says whether it needs
an interpretation. The sign of a numerator tells whether the document would stand there by the links alone that people confirmed.
Of an interpretation beside one document: one sign for each measure counted by interpretations, as if its
link were confirmed. Of its kinds beside several documents the last in order counts, those of confirmed links before others:
so the signs that give way to what is known are figures, which stand before letters in every order.
"""

from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.genres import answers
from attrtrack.domain.measures import MeasuredDocument, MeasuredInterpretation, Reading
from attrtrack.metrics.counting import (
    DOCUMENT_RULES,
    INTERPRETATION_RULES,
    LINK_PENDING,
    OUTSIDE_VALIDITY,
    Place,
    Sorted,
    Sorter,
    interpreted_in_time,
    published_in_time,
)
from attrtrack.rules import Rules

_SIGNS: dict[Sorted, str] = {
    Place.NUMERATOR: "N",
    Place.DENOMINATOR: "D",
    Place.AUTOMATIC: "M",
    OUTSIDE_VALIDITY: "0",
    "text-missing": "1",
    "attribute-not-proactive": "a",
    "published-before-made": "b",
    "channel-unknown": "c",
    "day-unknown": "d",
    "publication-unknown": "e",
    "form-unknown": "f",
    "not-signed": "g",
    "not-published": "h",
    "not-interpreted": "i",
    "interpretation-date-unknown": "j",
    "not-kept-back": "k",
    LINK_PENDING: "l",
    "links-unread": "m",
    "interpretation-not-needed": "n",
    "no-term-set": "o",
    "publication-date-unknown": "p",
    "need-undetermined": "q",
    "reason-not-required": "r",
    "attribute-not-asked": "s",
    "not-a-reply": "t",
    "attribute-undeclared": "u",
    "not-reviewed": "v",
}
_SORTED = {sign: place for place, sign in _SIGNS.items()}
_PENDING, _SETTLED = "p", "-"


def codes(rules: Rules, reading: Reading) -> tuple[str, ...]:
    """Return the measures counted in one reading, in the dictionary's order: the places of their signs."""
    return tuple(row.code for row in rules.measures if reading.value in row.readings)


class Kinds:
    """Tells the kinds of rows; registers hold few kinds, so each is judged once however many rows there are."""

    def __init__(self, rules: Rules) -> None:
        self._sorters = (Sorter(rules), Sorter(rules, pending_counts=True))
        self._by_people = Sorter(rules, automatic_counts=False)
        self._by_document = [(code, DOCUMENT_RULES[code]) for code in codes(rules, Reading.DOCUMENT)]
        self._by_interpretation = [(code, INTERPRETATION_RULES[code]) for code in codes(rules, Reading.INTERPRETATION)]
        self._validity = {row.code: (row.valid_from, row.valid_to) for row in rules.measures}
        self._outside: dict[WrittenDate | int | None, frozenset[str]] = {}
        self._documents: dict[tuple[object, ...], str] = {}
        self._interpretations: dict[tuple[object, ...], str] = {}

    def of(self, row: MeasuredDocument) -> str:
        """Return the kind of a document; what its rules look at is neither which document it is nor where it belongs.

        Days are looked at by what comes of them: there are many days, and three answers.
        """
        items = tuple(
            [
                (item.forms, item.channels, item.confirmed, item.automatic, item.mutual, item.published is None)
                for item in row.interpretations
            ]
        )
        sorters = (*self._sorters, self._by_people) if items else self._sorters[:1]
        dated = (published_in_time(sorters[0], row), *(interpreted_in_time(sorter, row) for sorter in sorters))
        looked_at = (
            row.genre, answers(row.genre, row.title), row.attribute, row.reason, row.state, row.needs_interpretation,
            row.published_on is None, row.published, row.attribute_asked, row.need_source, row.checked, row.examined,
            self._outside_of(row), items, dated,
        )  # fmt: skip
        found = self._documents.get(looked_at)
        if found is None:
            found = self._documents[looked_at] = self._judged(row)
        return found

    def of_interpretation(self, item: MeasuredInterpretation, row: MeasuredDocument) -> str:
        """Return the kind of an interpretation beside one of its documents."""
        outside = self._outside_of(row)
        looked_at = (item.forms, item.channels, item.copied, outside)
        found = self._interpretations.get(looked_at)
        if found is None:
            imagined = self._sorters[1]
            places = (
                OUTSIDE_VALIDITY if code in outside else rule(imagined, item) for code, rule in self._by_interpretation
            )
            found = self._interpretations[looked_at] = "".join(_SIGNS[place] for place in places)
        return found

    def _judged(self, row: MeasuredDocument) -> str:
        outside = self._outside_of(row)
        firm, imagined, by_people = (
            [_SIGNS[OUTSIDE_VALIDITY if code in outside else rule(sorter, row)] for code, rule in self._by_document]
            for sorter in (*self._sorters, self._by_people)
        )
        above = _SIGNS[Place.NUMERATOR]
        told = (
            _SIGNS[Place.AUTOMATIC] if sign == above != other else sign
            for sign, other in zip(firm, by_people, strict=True)
        )
        settled = all(item.confirmed for item in row.interpretations)
        return "".join((*told, *(_SETTLED if settled else (_PENDING, *imagined)), row.need_source or ""))

    def _outside_of(self, row: MeasuredDocument) -> frozenset[str]:
        """Return the measures that do not speak of documents made when this one was."""
        made = row.date or row.year_stated
        if made not in self._outside:
            first, last = _span(made)
            self._outside[made] = frozenset(
                code for code, (since, until) in self._validity.items() if last < since or (until and first > until)
            )
        return self._outside[made]


def _span(made: WrittenDate | int | None) -> tuple[str, str]:
    """Return the first and the last day on which a document may have been made; of an unknown day, all."""
    if made is None:
        return "", "9999-12-31"
    if isinstance(made, int):
        return f"{made:04d}-01-01", f"{made:04d}-12-31"
    if made.day:
        return made.isoformat(), made.isoformat()
    return f"{made.isoformat()}-01", f"{made.isoformat()}-31"


def place_of(kind: str, number: int, documents: int, *, imagined: bool = False) -> Sorted:
    """Return how a measure, by its number among those counted by documents, sorts documents of a kind.

    `documents` is how many measures are counted by documents, here and below.
    """
    return _SORTED[kind[documents + 1 + number if imagined and is_pending(kind, documents) else number]]


def place_of_interpretation(kind: str, number: int, *, confirmed: bool) -> Sorted:
    """Return how a measure, by its number among those counted by interpretations, sorts interpretations of a kind."""
    return _SORTED[kind[number]] if confirmed else LINK_PENDING


def is_pending(kind: str, documents: int) -> bool:
    """Whether a link of such documents waits for a person."""
    return kind[documents] == _PENDING


def need_source_of(kind: str, documents: int) -> str | None:
    """Return who says whether such documents need an interpretation; None when nobody does."""
    return kind[documents + 1 + (documents if is_pending(kind, documents) else 0) :] or None


def rule_of(sign: str | None) -> str:
    """Return the rule that a sign stands for; None: no link of the interpretation is confirmed."""
    return LINK_PENDING if sign is None else str(_SORTED[sign])


def is_short(kind: str, code: str, rules: Rules) -> bool:
    """Whether documents of a kind stand below the line of a measure and not above it."""
    counted = codes(rules, Reading.DOCUMENT)
    return place_of(kind, counted.index(code), len(counted)) is Place.DENOMINATOR


def signs_of(part: str) -> tuple[str, ...]:
    """Return the signs of the rows of one part of a figure: `numerator`, `short` (of the denominator only), `excluded`."""
    if part == "numerator":
        return tuple(_SIGNS[place] for place in Place if place.is_above)
    if part == "short":
        return (_SIGNS[Place.DENOMINATOR],)
    return tuple(sign for place, sign in _SIGNS.items() if isinstance(place, str))
