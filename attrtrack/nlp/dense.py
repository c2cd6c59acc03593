"""The heads of a model as matrices: for a process that judges many letters, where loading numpy is paid once.

Decision: weights and values are the same whole numbers in fixed point as in `scoring`, so that both give the same logits.
Letters are counted together: a pass of numpy over one costs nearly as much as one over several.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from itertools import accumulate, chain, pairwise, repeat, starmap
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.features import GRAM_SIZES, Parts, cue_value, damped, text_factor, text_factors
from attrtrack.nlp.grams import GramTables
from attrtrack.nlp.masked_signs import masked_signs, signs_of
from attrtrack.nlp.masking import LINE_END
from attrtrack.nlp.scoring import MOST, NOT_FINITE, WEIGHT
from attrtrack.nlp.vectors import KINDS, ONE, Lookup, worth
from attrtrack.nlp.word_tables import WordTables

Integers = NDArray[np.int64]
_CUE = KINDS.index("cue")
_END, _UNKNOWN = -1, -2
_UNIT = WEIGHT * ONE
_MUCH = 2500
"""Signs of text from which tables find words sooner than a dictionary does."""


@dataclass(frozen=True, slots=True)
class _Head:
    """For each feature and class the weight, and for each class and feature how far it puts the class ahead of the others."""

    weights: Integers
    leads: Integers


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of some letters, once for each kind of term.

    `terms`: the places of those known; `cells`: of which kind and sentence each is; `worth`: what one use of a term is
    worth, by kind and sentence.
    """

    terms: Integers
    cells: Integers
    worth: Integers

    def shares(self, leads: Integers) -> Integers:
        """Add up for each sentence what its terms lead by; doubles hold such sums exactly."""
        sums = np.bincount(self.cells, leads.take(self.terms), minlength=self.worth.size).astype(np.int64)
        shares: Integers = (sums.reshape(self.worth.shape) * self.worth).sum(axis=0)
        return shares


@dataclass(frozen=True, slots=True)
class _Letters:
    """Some letters before the heads of a model: the places of the features that they have, letter by letter, and their values."""

    heads: Mapping[str, _Head]
    places: Integers
    values: Integers
    sentences: _Sentences
    _shares: dict[tuple[str, int], list[float]] = field(default_factory=dict)

    def shares(self, head: str, lane: int) -> list[float]:
        """Return how far all sentences put one class of a head ahead of the mean of the others; added up when first asked for."""
        if (head, lane) not in self._shares:
            leads = self.heads[head].leads
            self._shares[head, lane] = (self.sentences.shares(leads[lane]) / ((len(leads) - 1) * _UNIT)).tolist()
        return self._shares[head, lane]


@dataclass(frozen=True, slots=True)
class DenseScores:
    """One of some letters before the heads of a model: which of their features and which of their sentences it has."""

    letters: _Letters
    features: slice
    sentences: slice

    def logits(self, head: str) -> list[float]:
        """Return what one head says of the letter."""
        weights = self.letters.heads[head].weights.take(self.letters.places[self.features], axis=0)
        logits: list[float] = (self.letters.values[self.features].dot(weights) / _UNIT).tolist()
        return logits

    def shares(self, head: str, lane: int) -> list[float]:
        """Return for each sentence how far it puts one class of a head ahead of the mean of the others."""
        return self.letters.shares(head, lane)[self.sentences]


class _Read(NamedTuple):
    """The places of the words and n-grams that are known, and in which line each stands; what brings each letter's to size."""

    words: tuple[Integers, Integers]
    grams: tuple[Integers, Integers]
    factors: Sequence[tuple[float, float]]


class DenseScorer:
    """The heads of a model, a row of weights for each feature."""

    def __init__(
        self, heads: Mapping[str, Sequence["array[float]"]], scales: "array[float]", *, lookup: Lookup
    ) -> None:
        self.heads = {name: _fixed(weights, np.array(scales)) for name, weights in heads.items()}
        self._width = len(scales)
        words, _, cues = lookup.kinds
        self._words, self._cues = ({**places, LINE_END: _END} for places in (words, cues))
        self._tables, self._grams = WordTables(words), GramTables(lookup.grams)
        self._lookup = lookup
        self._kinds = np.zeros(len(scales), dtype=np.intp)
        for kind, places in enumerate(lookup.kinds):
            self._kinds[list(places.values())] = kind

    def scores(self, letters: Sequence[Parts]) -> list[DenseScores]:
        """Look up the places of the terms of letters and count them."""
        counts = [len(parts.cues) for parts in letters]
        read = self._read(letters)
        terms, cells = self._looked_up(letters, read, sum(counts))
        owner = np.arange(len(letters)).repeat(counts)
        whole, given = self._whole(letters)
        firsts = np.tile(owner * self._width, len(KINDS))
        used, uses = self._counted(np.concatenate((firsts.take(cells) + terms, whole)), len(letters))
        owners, places = np.divmod(used, self._width)
        worths = _Worths(read.factors, counts)
        values = worths.of(owners, self._kinds[places], uses)
        values[used.searchsorted(whole)] = given
        together = _Letters(self.heads, places, values, _Sentences(terms, cells, worths.once()))
        bounds = owners.searchsorted(np.arange(len(letters) + 1)).tolist()
        ends = list(accumulate(counts, initial=0))
        return list(
            map(DenseScores, repeat(together), starmap(slice, pairwise(bounds)), starmap(slice, pairwise(ends)))
        )

    def _read(self, letters: Sequence[Parts]) -> _Read:
        """Find the words and n-grams of letters: word by word where there are few, for every pass of numpy has its price."""
        plain = [parts.plain for parts in letters]
        if sum(map(len, plain)) < _MUCH:
            texts = ["".join(parts.words) for parts in letters]
            words = _known(self._words, chain.from_iterable([parts.words for parts in letters]))
            factors = [text_factors(parts.words, text) for parts, text in zip(letters, texts, strict=True)]
            return _Read(words, self._grams.found(signs_of("".join(texts))), factors)
        masked = masked_signs(plain)
        factors = [(text_factor(words), text_factor(len(GRAM_SIZES) * signs)) for words, signs in masked.counts(plain)]
        return _Read(self._tables.found(masked), self._grams.found(masked.signs.take(masked.text)), factors)

    def _looked_up(self, letters: Sequence[Parts], read: _Read, sentences: int) -> tuple[Integers, Integers]:
        """Return the places of all terms that are known, and of which kind and sentence each is."""
        cues = [name for parts in letters for names in parts.cues for name in (*names, LINE_END)]
        found = read.words, read.grams, _known(self._cues, cues)
        cells = [lines + kind * sentences for kind, (_, lines) in enumerate(found)]
        return np.concatenate([places for places, _ in found]), np.concatenate(cells)

    def _counted(self, cells: Integers, letters: int) -> tuple[Integers, Integers]:
        """Return each cell once, in order, and how often it is used; numbers as short as they may be are sorted soonest."""
        used, uses = np.unique(cells.astype(np.min_scalar_type(letters * self._width)), return_counts=True)
        return used.astype(np.int64), uses

    def _whole(self, letters: Sequence[Parts]) -> tuple[Integers, Integers]:
        """Return the cells of the features that are of no sentence, and their values."""
        whole = list(map(self._lookup.whole, letters))
        cells = [number * self._width + place for number, (places, _) in enumerate(whole) for place in places]
        return _integers(cells), _integers([value for _, values in whole for value in values])


class _Worths:
    """What the uses of terms are worth in each of some letters."""

    def __init__(self, factors: Sequence[tuple[float, float]], sentences: Sequence[int]) -> None:
        self._scaled = np.array([(*of_text, 1.0) for of_text in factors]) * ONE
        self._sentences = np.array(sentences)

    def of(self, letters: Integers, kinds: NDArray[np.intp], counts: Integers) -> Integers:
        """Return what `counts` uses of terms of some kinds are worth in some of the letters."""
        scaled = self._scaled[letters, kinds]
        values = _dampings(int(counts.max(initial=0)).bit_length())[counts]
        further = np.floor((values - counts) * scaled).astype(np.int64)
        worths: Integers = counts * np.floor(scaled).astype(np.int64) + further
        cues = (kinds == _CUE).nonzero()[0]
        worths[cues] = list(map(_worth_of_cue, counts[cues].tolist(), self._sentences[letters[cues]].tolist()))
        return worths

    def once(self) -> Integers:
        """Return what one use is worth, by kind and sentence."""
        once = np.floor(self._scaled).astype(np.int64)
        once[:, _CUE] = [_worth_of_cue(1, sentences) for sentences in self._sentences.tolist()]
        by_sentence: Integers = once.T.repeat(self._sentences, axis=1)
        return by_sentence


@cache
def _dampings(bits: int) -> NDArray[np.float64]:
    """Return what terms weigh, by how often they are used, as far as so many bits can count."""
    return np.array([damped(count) for count in range(1 << bits)], dtype=np.float64)


@lru_cache(maxsize=4096)
def _worth_of_cue(count: int, sentences: int) -> int:
    return worth(partial(cue_value, sentences=sentences), 1.0, count)


def _known(places: Mapping[str, int], terms: Iterable[str]) -> tuple[Integers, Integers]:
    """Return the places of the terms that are known, and in which line each stands."""
    order = _integers(list(map(places.get, terms, repeat(_UNKNOWN))))
    known = (order >= 0).nonzero()[0]
    return order[known], (order == _END).cumsum()[known]


def _integers(numbers: Sequence[int]) -> Integers:
    """Make an array of whole numbers, several times as fast as numpy does of a list."""
    return np.frombuffer(array("q", numbers), dtype=np.int64) if numbers else np.empty(0, dtype=np.int64)


def _fixed(columns: Sequence["array[float]"], scales: NDArray[np.float64]) -> _Head:
    """Return scaled weights in fixed point; raises `ModelUnusableError` for what is no number."""
    scaled = np.array([*columns], dtype=np.float64).T * scales[:, np.newaxis]
    if not (np.abs(scaled) < MOST).all():
        raise ModelUnusableError(NOT_FINITE)
    weights = np.rint(scaled * WEIGHT).astype(np.int64)
    leads = len(columns) * weights - weights.sum(axis=1, keepdims=True)
    return _Head(np.ascontiguousarray(weights), np.ascontiguousarray(leads.T))
