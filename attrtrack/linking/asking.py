"""The clues of one page asked in the order that settles a pair soonest: a hopeless document is given up half-way.

Decision: a bound and no guess. What the clues not asked yet could add at most is known from the table of weights, so a
document is given up only when it could neither be shown, nor stand first, nor leave a doubt about the first.
"""

import math
from collections.abc import Callable, Mapping
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

_SILENT: Mapping[Judge, Callable[[InterpretationProfile], bool]] = {
    clues.title: lambda page: not page.titles,
    clues.number: lambda page: not page.numbers,
    clues.number_contradicts: lambda page: not page.numbers,
    clues.linked: lambda page: not (page.address or page.addresses or page.interpretation.text),
    clues.topic_covered: lambda page: page.title_speaks,
    clues.topic_held: lambda page: page.title_speaks,
    clues.topic_words: lambda page: page.title_speaks,
    clues.topic_short: lambda page: page.title_speaks,
    clues.country: lambda page: not page.countries,
    clues.issuer: lambda page: not page.publisher,
    clues.body: lambda page: not page.interpretation.text,
}
"""When a judge has nothing to say of a page, whatever the document."""

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
    still: float
    """The log-odds that all later judges could add at most."""


class Inquiry:
    """The judges that have something to say of a page; `shown_from` are the log-odds from which a document is shown."""

    def __init__(
        self, page: InterpretationProfile, weights: Weights, most: Mapping[Judge, float], shown_from: float
    ) -> None:
        self._weights, self._shown_from = weights, shown_from
        steps: list[_Step] = []
        still = 0.0
        for judge in reversed(_ORDER):
            silent = _SILENT.get(judge)
            if silent is None or not silent(page):
                steps.append(_Step(judge, still))
                still += most[judge]
        self._steps = tuple(reversed(steps))

    def judge(self, pair: Pair, row: int, least: float) -> Judged | None:
        """Ask the judges; None when the pair stays below `least` (log-odds) and cannot be shown."""
        found: dict[Judge, Clue] = {}
        odds, vetoed, inexact = self._weights.prior, False, False
        for judge, still in self._steps:
            clue = judge(pair)
            if clue is not None:
                found[judge] = clue
                odds += self._weights.of_clues[clue.code] * clue.strength
                vetoed = vetoed or clue.veto
            inexact = inexact or (judge is clues.title and not _names_exactly(clue))
            most = odds + still + _MARGIN
            if most < least and (vetoed or (inexact and most < self._shown_from)):
                return None
        return sum_up(row, (found[judge] for judge in CLUES if judge in found), self._weights)


def _names_exactly(clue: Clue | None) -> bool:
    """Whether the page gives the document's very name: such a document is always shown."""
    return clue is not None and clue.code in NAMED_BY_TITLE and clue.strength >= WORD_FOR_WORD
