"""The kind of a row: how every measure sorts it, as one short text, so that rows of a kind are judged once and counted together.

Of a document: two signs for each measure counted by documents, in the dictionary's order, first as things stand, then as
if every pending link were confirmed; a sign whether a link of it is pending; then who says whether it needs an
interpretation. Of an interpretation: one sign for each measure counted by interpretations, as if its link were confirmed.
"""

from attrtrack.domain.measures import MeasuredDocument, MeasuredInterpretation, Reading
from attrtrack.metrics.counting import DOCUMENT_RULES, INTERPRETATION_RULES, LINK_PENDING, Place, Sorted, Sorter
from attrtrack.rules import Rules

_SIGNS: dict[Sorted, str] = {
    Place.NUMERATOR: "N",
    Place.DENOMINATOR: "D",
    "attribute-not-proactive": "a",
    "attribute-not-asked": "s",
    "attribute-undeclared": "u",
    "channel-unknown": "c",
    "form-unknown": "f",
    "interpretation-not-needed": "n",
    "need-undetermined": "q",
    "not-interpreted": "i",
    "reason-not-required": "r",
    LINK_PENDING: "l",
}
_SORTED = {sign: place for place, sign in _SIGNS.items()}
_PENDING, _SETTLED = "p", "-"


def codes(rules: Rules, reading: Reading) -> tuple[str, ...]:
    """Return the measures counted in one reading, in the dictionary's order: the places of their signs."""
    return tuple(row.code for row in rules.measures if reading.value in row.readings)


class Kinds:
    """Tells the kinds of rows; registers hold few kinds, so each is judged once however many rows there are."""

    def __init__(self, rules: Rules) -> None:
        self._firm, self._imagined = Sorter(rules), Sorter(rules, pending_counts=True)
        self._by_document = [DOCUMENT_RULES[code] for code in codes(rules, Reading.DOCUMENT)]
        self._by_interpretation = [INTERPRETATION_RULES[code] for code in codes(rules, Reading.INTERPRETATION)]
        self._documents: dict[tuple[object, ...], str] = {}
        self._interpretations: dict[tuple[object, ...], str] = {}

    def of(self, row: MeasuredDocument) -> str:
        """Return the kind of a document; what its rules look at is neither which document it is nor where it belongs."""
        items = tuple([(item.forms, item.channels, item.confirmed) for item in row.interpretations])
        looked_at = (
            row.genre, row.attribute, row.reason, row.state, row.needs_interpretation, row.published_on,
            row.attribute_asked, row.need_source, items,
        )  # fmt: skip
        found = self._documents.get(looked_at)
        if found is None:
            found = self._documents[looked_at] = self._judged(row)
        return found

    def of_interpretation(self, item: MeasuredInterpretation) -> str:
        """Return the kind of an interpretation."""
        looked_at = (item.forms, item.channels)
        found = self._interpretations.get(looked_at)
        if found is None:
            places = (rule(self._imagined, item) for rule in self._by_interpretation)
            found = self._interpretations[looked_at] = "".join(_SIGNS[place] for place in places)
        return found

    def _judged(self, row: MeasuredDocument) -> str:
        places = (rule(sorter, row) for rule in self._by_document for sorter in (self._firm, self._imagined))
        pending = _SETTLED if all(item.confirmed for item in row.interpretations) else _PENDING
        return "".join(_SIGNS[place] for place in places) + pending + (row.need_source or "")


def place_of(kind: str, number: int, *, imagined: bool = False) -> Sorted:
    """Return how a measure, by its number among those counted by documents, sorts documents of a kind."""
    return _SORTED[kind[2 * number + imagined]]


def place_of_interpretation(kind: str, number: int, *, confirmed: bool) -> Sorted:
    """Return how a measure, by its number among those counted by interpretations, sorts interpretations of a kind."""
    return _SORTED[kind[number]] if confirmed else LINK_PENDING


def is_pending(kind: str, documents: int) -> bool:
    """Whether a link of such documents waits for a person; `documents` is how many measures are counted by documents."""
    return kind[2 * documents] == _PENDING


def need_source_of(kind: str, documents: int) -> str | None:
    """Return who says whether such documents need an interpretation; None when nobody does."""
    return kind[2 * documents + 1 :] or None


def rule_of(sign: str | None) -> str:
    """Return the rule that a sign stands for; None: no link of the interpretation is confirmed."""
    return LINK_PENDING if sign is None else str(_SORTED[sign])


def is_short(kind: str, code: str, rules: Rules) -> bool:
    """Whether documents of a kind stand below the line of a measure and not above it."""
    return place_of(kind, codes(rules, Reading.DOCUMENT).index(code)) is Place.DENOMINATOR


def signs_of(part: str) -> tuple[str, ...]:
    """Return the signs of the rows of one part of a figure: `numerator`, `short` (of the denominator only), `excluded`."""
    if part == "numerator":
        return (_SIGNS[Place.NUMERATOR],)
    if part == "short":
        return (_SIGNS[Place.DENOMINATOR],)
    return tuple(sign for place, sign in _SIGNS.items() if isinstance(place, str))
