"""What clues are worth together: weights of the table summed to a probability that can be read line by line."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from attrtrack.linking.clues import NAMED_BY_TITLE
from attrtrack.linking.pairs import Clue
from attrtrack.linking.timing import FAR_IN_TIME, TIMELY
from attrtrack.rules import Rules

_PRIOR, _SAFE_FROM, _AHEAD = "prior", "automatic", "ahead"
_MOST_ODDS = 30.0
WORD_FOR_WORD, _NEARLY_WORD_FOR_WORD = 0.95, 0.9


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of clues, the prior, and from where a machine may link: log-odds, and log-odds ahead of the next."""

    of_clues: Mapping[str, float]
    prior: float
    safe_from: float
    ahead: float

    @classmethod
    def of(cls, rules: Rules) -> "Weights":
        """Read the table link_weights."""
        rows = {row.code: row.weight for row in rules.link_weights}
        return cls(rows, rows[_PRIOR], rows[_SAFE_FROM], rows[_AHEAD])


class Judged(NamedTuple):
    """A document under judgement: its row, the log-odds that it is what the page explains, and the clues."""

    row: int
    odds: float
    clues: tuple[Clue, ...]

    @property
    def probability(self) -> float:
        """The probability 0..1 of the log-odds."""
        return 1 / (1 + math.exp(-max(-_MOST_ODDS, min(self.odds, _MOST_ODDS))))

    @property
    def vetoed(self) -> bool:
        """Whether something contradicts the pair, so that nobody is shown it."""
        return any(clue.veto for clue in self.clues)

    @property
    def word_for_word(self) -> bool:
        """Whether the page gives this document's very name, number or address, but for words that say little."""
        return any(
            clue.names and (clue.code not in NAMED_BY_TITLE or clue.strength >= _NEARLY_WORD_FOR_WORD)
            for clue in self.clues
        )

    @property
    def timely(self) -> bool:
        """Whether time speaks for the pair."""
        return any(clue.code in TIMELY for clue in self.clues)

    @property
    def exact(self) -> bool:
        """Whether the page gives this document's very name."""
        return any(clue.code in NAMED_BY_TITLE and clue.strength >= WORD_FOR_WORD for clue in self.clues)

    @property
    def rival(self) -> bool:
        """Whether the page gives this document's very name, and neither time nor anything else rules it out."""
        return self.exact and not self.vetoed and not any(clue.code in FAR_IN_TIME for clue in self.clues)

    @property
    def only_linked(self) -> bool:
        """Whether a hyperlink alone names the document: neither its name nor its number stands on the page."""
        return {clue.code for clue in self.clues if clue.names} == {"linked"}

    @property
    def named(self) -> bool:
        """Whether the page names the document by title, number or address, be it not word for word."""
        return any(clue.names for clue in self.clues)


def sum_up(row: int, clues: Iterable[Clue], weights: Weights) -> Judged:
    """Sum the clues of a pair to log-odds."""
    found = tuple(clues)
    odds = weights.prior + sum(weights.of_clues[clue.code] * clue.strength for clue in found)
    return Judged(row, odds, found)
