"""The clues of one page asked in the order that settles a pair soonest: a hopeless document is given up half-way.

Decision: a bound and no guess. What the clues not asked yet could add at most is known from the table of weights, so a
document is given up only when it could neither be shown, nor stand first, nor leave a doubt about the first.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

from attrtrack.linking import clues
from attrtrack.linking.clues import CLUES, NAMED_BY_TITLE, Judge
from attrtrack.linking.pairs import Clue, Pair
from attrtrack.linking.profiles import InterpretationProfile
from attrtrack.linking.timing import dates
from attrtrack.linking.weighing import WORD_FOR_WORD, Judged, Weights, sum_up

CODES: Mapping[Judge, frozenset[str]] = {
    clues.title: NAMED_BY_TITLE | {"title-background"},
    clues.number: frozenset({"number-subject", "number-issued", "number-cited", "number-beside"}),
    clues.linked: frozenset({"linked"}),
    clues.topic_covered: frozenset({"topic-covered"}),
    clues.topic_held: frozenset({"topic-held"}),
    clues.topic_words: frozenset({"topic-words"}),
    clues.topic_short: frozenset({"topic-short"}),
    clues.country: frozenset({"country-shared"}),
    clues.issuer: frozenset({"issuer-agrees", "issuer-apart"}),
    clues.body: frozenset({"body"}),
    clues.number_contradicts: frozenset({"number-contradicts", "number-apart"}),
    clues.facets_contradict: frozenset({"facets-contradict"}),
    clues.kind_of_page: frozenset({"page-of-draft", "page-of-many"}),
    clues.kind_of_document: frozenset({"document-is-reading", "document-on-reading", "document-is-reply"}),
}
"""What each judge may answer, with a strength of 1 at most; one that is not listed may add without bound."""


class _Said(NamedTuple):
    """What a page says at all."""

    titles: bool
    numbers: bool
    addresses: bool
    topic_alone: bool
    countries: bool
    publisher: bool
    text: bool

    @classmethod
    def of(cls, page: InterpretationProfile) -> "_Said":
        """Look at a page."""
        text = bool(page.interpretation.text)
        return cls(
            titles=bool(page.titles),
            numbers=bool(page.numbers),
            addresses=bool(text or page.address or page.addresses),
            topic_alone=not page.title_speaks,
            countries=bool(page.countries),
            publisher=bool(page.publisher),
            text=text,
        )


_NEEDS: Mapping[Judge, str] = {
    clues.title: "titles",
    clues.number: "numbers",
    clues.number_contradicts: "numbers",
    clues.linked: "addresses",
    clues.topic_covered: "topic_alone",
    clues.topic_held: "topic_alone",
    clues.topic_words: "topic_alone",
    clues.topic_short: "topic_alone",
    clues.country: "countries",
    clues.issuer: "publisher",
    clues.body: "text",
}
"""What a page must say for a judge to have something to say of it, whatever the document."""

_SETTLING: tuple[Judge, ...] = (dates, clues.facets_contradict, clues.title)
_ORDER = (*_SETTLING, *(judge for judge in CLUES if judge not in _SETTLING))
_MARGIN = 1e-6


def most_of(weights: Weights) -> Mapping[Judge, float]:
    """Return the log-odds that each judge could add at most."""
    return {
        judge: max(0.0, *(weights.of_clues.get(code, 0.0) for code in CODES[judge])) if judge in CODES else math.inf
        for judge in CLUES
    }


class _Step(NamedTuple):
    judge: Judge
    place: int
    """Where the judge's clue stands among all clues."""
    still: float
    """The log-odds that all later judges could add at most."""


class Steps:
    """The judges to ask, in their order, for each kind of page; what says the same at all is of one kind."""

    def __init__(self, most: Mapping[Judge, float]) -> None:
        self._most = most
        self._known: dict[_Said, tuple[_Step, ...]] = {}

    def of(self, page: InterpretationProfile) -> tuple[_Step, ...]:
        """Return the judges that have something to say of a page."""
        said = _Said.of(page)
        return self._known.get(said) or self._known.setdefault(said, self._read(said))

    def _read(self, said: _Said) -> tuple[_Step, ...]:
        steps: list[_Step] = []
        still = 0.0
        for judge in reversed(_ORDER):
            if judge not in _NEEDS or getattr(said, _NEEDS[judge]):
                steps.append(_Step(judge, CLUES.index(judge), still))
                still += self._most[judge]
        return tuple(reversed(steps))


class Inquiry:
    """The judges that have something to say of a page; `shown_from` are the log-odds from which a document is shown."""

    def __init__(self, page: InterpretationProfile, weights: Weights, steps: Steps, shown_from: float) -> None:
        self._weights, self._shown_from = weights, shown_from
        self._steps = steps.of(page)

    def judge(self, pair: Pair, row: int, least: float) -> Judged | None:
        """Ask the judges; None when the pair stays below `least` (log-odds) and cannot be shown."""
        found: list[tuple[int, Clue]] = []
        of_clues = self._weights.of_clues
        odds, vetoed, inexact = self._weights.prior, False, False
        for judge, place, still in self._steps:
            clue = judge(pair)
            if clue is not None:
                found.append((place, clue))
                odds += of_clues[clue.code] * clue.strength
                vetoed = vetoed or clue.veto
            inexact = inexact or (judge is clues.title and not _names_exactly(clue))
            most = odds + still + _MARGIN
            if most < least and (vetoed or (inexact and most < self._shown_from)):
                return None
        return sum_up(row, [clue for _, clue in sorted(found)], self._weights)


def _names_exactly(clue: Clue | None) -> bool:
    """Whether the page gives the document's very name: such a document is always shown."""
    return clue is not None and clue.code in NAMED_BY_TITLE and clue.strength >= WORD_FOR_WORD
