"""The parts of a letter as the terms of what one model knows, and how often each is used.

Values are whole numbers in fixed point, so that every way to add them up gives the same sum. Every use of a word or
n-gram is worth the same; what further uses of it are worth less is one correction for the document.
"""

import math
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from attrtrack.nlp.features import GRAM_SIZES, Parts, cue_value, damped, text_factors
from attrtrack.nlp.masking import LINE_END

ONE = 1 << 20
"""What stands for 1."""
Vector = tuple[Sequence[int], Sequence[int]]
"""A sparse vector: the places of the features that a text has, and their values in fixed point, not yet scaled."""
KINDS = ("word", "gram", "cue")
"""The kinds of features that stand in sentences."""


class Terms(NamedTuple):
    """The terms of a letter, one after the other, a line end after every sentence; some are unknown to the model.

    `text` is the words joined, in which the n-grams stand; `factors` bring the kinds (as `KINDS`) to their size;
    `whole`: what is of no sentence.
    """

    words: Sequence[str]
    text: str
    cues: Sequence[str]
    factors: tuple[float, ...]
    sentences: int
    whole: Vector


class Uses(NamedTuple):
    """How one kind of term is used in a letter: those known, one after the other, a line end after every sentence.

    `once` has each term once, the first of them as `worth`; `several` those used more than once, `more` what their further
    uses are worth in all.
    """

    terms: Sequence[str]
    once: Sequence[str]
    worth: int
    several: Sequence[str]
    more: Sequence[int]


class Lookup:
    """The names of a model's features kind by kind; n-grams are found all at once by an automaton."""

    def __init__(self, features: Sequence[str]) -> None:
        self._places = {name: place for place, name in enumerate(features)}
        kinds: dict[str, dict[str, int]] = {}
        for name, place in self._places.items():
            kind, _, rest = name.partition(":")
            kinds.setdefault(kind, {})[sys.intern(rest)] = place
        self.kinds = tuple(kinds.get(kind, {}) for kind in KINDS)
        self._titles = kinds.get("title", {})
        self.grams = {gram: place for gram, place in kinds.get("gram", {}).items() if len(gram) in GRAM_SIZES}

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick([*self.grams, LINE_END], store_patterns=True)

    def vector(self, features: Mapping[str, float]) -> Vector:
        """Arrange named values as a vector; names the model never met are left out."""
        places = self._places
        known = {places[name]: value for name, value in features.items() if name in places}
        return list(known), [round(value * ONE) for value in known.values()]

    def terms(self, parts: Parts) -> Terms:
        """Look up what may be known of a letter; its document has the values of `vector(parts.document())`."""
        text = "".join(parts.words)
        return Terms(
            parts.words,
            text,
            [name for names in parts.cues for name in (*names, LINE_END)],
            (*text_factors(parts.words, text), 1.0),
            len(parts.cues),
            self.whole(parts),
        )

    def grams_in(self, text: str) -> Sequence[str]:
        """Return the n-grams known that stand in a text, and its line ends, as they follow one another."""
        found: Sequence[str] = self._automaton.find_matches_as_strings(text, overlapping=True)
        return found

    def whole(self, parts: Parts) -> Vector:
        """Arrange what is of no sentence as a vector; the words of the title are among it."""
        places, values = self.vector(parts.whole)
        titles = {self._titles[word] for word in parts.title if word in self._titles}
        return [*places, *titles], [*values, *[ONE] * len(titles)]


def worth(value: Callable[[int], float], factor: float, count: int) -> int:
    """Return what `count` uses of a term are worth: as often what one is, and a correction for the further ones."""
    one = value(1)
    uses = count * math.floor(one * factor * ONE)
    return uses + math.floor((value(count) - count * one) * factor * ONE) if count > 1 else uses


def uses_of(terms: Terms, lookup: Lookup) -> list[Uses]:
    """Count the terms of a letter that are known, kind by kind."""
    kinds = terms.words, lookup.grams_in(terms.text), terms.cues
    values: tuple[Callable[[int], float], ...] = (damped, damped, partial(cue_value, sentences=terms.sentences))
    return [
        _uses([term for term in kind if term in names or term == LINE_END], value, factor)
        for kind, names, value, factor in zip(kinds, lookup.kinds, values, terms.factors, strict=True)
    ]


def _uses(terms: Sequence[str], value: Callable[[int], float], factor: float) -> Uses:
    counts = Counter(terms)
    counts.pop(LINE_END, None)
    worths = {count: worth(value, factor, count) for count in {1, *counts.values()}}
    several = {term: worths[count] - worths[1] for term, count in counts.items() if count > 1}
    return Uses(terms, list(counts), worths[1], list(several), list(several.values()))
