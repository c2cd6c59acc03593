"""The parts of a letter as places of what one model knows: its own names are looked up, nothing else is counted.

Values are whole numbers in fixed point, so that a scorer can add up all classes of a head in one sum. Every use of a word
or n-gram is worth the same; what further uses of it are worth less is one correction for the document.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain, repeat
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from attrtrack.nlp.features import GRAM_SIZES, Parts, cue_value, damped, text_factor

ONE = 1 << 20
"""What stands for 1."""
Vector = tuple[Sequence[int], Sequence[int]]
"""A sparse vector: the places of the features that a text has, and their values in fixed point, not yet scaled."""
UNKNOWN = -1
"""The place of what the model does not know; it weighs nothing."""


class Uses(NamedTuple):
    """One kind of feature in a letter: the places used one after the other, and how many up to the end of each sentence.

    `worth` is what a use is worth, `correction` what further uses of the same are worth less.
    """

    places: Sequence[int]
    ends: Sequence[int]
    worth: int
    correction: Vector


class LetterVector(NamedTuple):
    """A letter by places: its words, n-grams and cues by sentence, and what is of no sentence."""

    uses: tuple[Uses, ...]
    whole: Vector


class Lookup:
    """The names of a model's features kind by kind; n-grams are found all at once by an automaton."""

    def __init__(self, features: Sequence[str]) -> None:
        self._places = {name: place for place, name in enumerate(features)}
        kinds: dict[str, dict[str, int]] = {}
        for name, place in self._places.items():
            kind, _, rest = name.partition(":")
            kinds.setdefault(kind, {})[rest] = place
        self._words, self._cues, self._titles = (kinds.get(kind, {}) for kind in ("word", "cue", "title"))
        grams = {gram: place for gram, place in kinds.get("gram", {}).items() if len(gram) in GRAM_SIZES}
        self._grams = tuple(grams.values())
        self._automaton = AhoCorasick(grams, store_patterns=False)

    def vector(self, features: Mapping[str, float]) -> Vector:
        """Arrange named values as a vector; names the model never met are left out."""
        places = self._places
        known = {places[name]: value for name, value in features.items() if name in places}
        return list(known), [round(value * ONE) for value in known.values()]

    def letter(self, parts: Parts) -> LetterVector:
        """Look a letter up; its document has the values of `vector(parts.document())`."""
        sentences = parts.sentences
        cue = partial(cue_value, sentences=len(sentences))
        return LetterVector(
            (
                self._of_words([sentence.words for sentence in sentences]),
                self._of_grams([sentence.phrases for sentence in sentences]),
                _uses(*_known(self._cues, [sentence.cues for sentence in sentences]), cue, 1.0),
            ),
            self._whole(parts),
        )

    def _whole(self, parts: Parts) -> Vector:
        places, values = self.vector(parts.whole)
        titles = {self._titles[word] for word in parts.title if word in self._titles}
        return [*places, *titles], [*values, *[ONE] * len(titles)]

    def _of_words(self, sentences: Sequence[Sequence[str]]) -> Uses:
        places, ends = _known(self._words, sentences)
        parting = sum([words.count("") for words in sentences])
        return _uses(places, ends, damped, text_factor(len(places) - parting))

    def _of_grams(self, sentences: Sequence[str]) -> Uses:
        text = "\n".join(sentences)
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        numbers, _, ends = zip(*found, strict=True) if found else ((), (), ())
        closes = accumulate([len(sentence) + 1 for sentence in sentences])
        signs = len(text) - text.count("\n")
        return _uses(
            list(map(self._grams.__getitem__, numbers)),
            [bisect_right(ends, close) for close in closes],
            damped,
            text_factor(len(GRAM_SIZES) * signs),
        )


def _known(places: Mapping[str, int], sentences: Sequence[Sequence[str]]) -> tuple[list[int], list[int]]:
    """Return the places of the names in all sentences, and how many there are up to the end of each sentence."""
    names = chain.from_iterable(sentences)
    return list(map(places.get, names, repeat(UNKNOWN))), list(accumulate(map(len, sentences)))


def _uses(places: Sequence[int], ends: Sequence[int], value: Callable[[int], float], factor: float) -> Uses:
    """Weigh the uses of one kind; `value` of how often a feature is used, times `factor`, is what it is worth in all."""
    one = value(1)
    several = {place: count for place, count in Counter(places).items() if count > 1}
    less = {count: math.floor((value(count) - count * one) * factor * ONE) for count in set(several.values())}
    correction = list(several), [less[count] for count in several.values()]
    return Uses(places, ends, math.floor(one * factor * ONE), correction)
