"""The heads of a model as matrices: for a process that judges many letters, where loading numpy is paid once.

Decision: weights and values are the same whole numbers in fixed point as in `scoring`, so that both give the same logits.
Letters are counted together: a pass of numpy over one costs nearly as much as one over several.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial
from itertools import accumulate, chain, repeat
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
_FEW_CLASSES = 4
"""Classes of which it is quicker to add up the weights for all letters than for each."""
_ONE_LETTER = 2
"""The bounds of one letter: where it begins and where it ends."""
_MUCH = 2500
"""Signs of text from which tables find words sooner than a dictionary does."""


@dataclass(frozen=True)
class _Head:
    """For each feature and class the weight, and for each class and feature how far it puts the class ahead of the others."""

    weights: Integers
    leads: Integers

    @cached_property
    def lanes(self) -> Integers:
        """The weights once more, class by class."""
        return np.ascontiguousarray(self.weights.T)


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
    """Some letters before the heads of a model: the places of the features that they have, letter by letter, and their values.

    `bounds` and `ends`: where the features and the sentences of each letter begin, and last where those of the last end.
    """

    heads: Mapping[str, _Head]
    places: Integers
    values: Integers
    sentences: _Sentences
    bounds: Sequence[int]
    ends: Sequence[int]
    _logits: dict[str, list[list[float]]] = field(default_factory=dict)
    _shares: dict[tuple[str, int], list[float]] = field(default_factory=dict)

    def logits(self, head: str, number: int) -> list[float]:
        """Return what one head says of a letter; a head of few classes is asked for all of several letters at once."""
        if len(self.ends) > _ONE_LETTER and len(self.heads[head].leads) <= _FEW_CLASSES:
            if head not in self._logits:
                self._logits[head] = self._of_all(self.heads[head].lanes)
            return self._logits[head][number]
        features = slice(self.bounds[number], self.bounds[number + 1])
        weights = self.heads[head].weights.take(self.places[features], axis=0)
        logits: list[float] = (self.values[features].dot(weights) / _UNIT).tolist()
        return logits

    def _of_all(self, lanes: Integers) -> list[list[float]]:
        """Return the logits of every letter, from running sums over all of them; whole numbers add up the same."""
        sums = [np.concatenate(([0], (self.values * lane.take(self.places)).cumsum())) for lane in lanes]
        logits: list[list[float]] = (np.diff([of_class.take(self.bounds) for of_class in sums]).T / _UNIT).tolist()
        return logits

    def shares(self, head: str, lane: int, number: int) -> list[float]:
        """Return how far each sentence of a letter puts one class of a head ahead of the mean of the others.

        Those of all letters are added up when one is first asked for.
        """
        if (head, lane) not in self._shares:
            leads = self.heads[head].leads
            self._shares[head, lane] = (self.sentences.shares(leads[lane]) / ((len(leads) - 1) * _UNIT)).tolist()
        return self._shares[head, lane][self.ends[number] : self.ends[number + 1]]


class DenseScores(NamedTuple):
    """One of some letters before the heads of a model."""

    letters: _Letters
    number: int

    def logits(self, head: str) -> list[float]:
        """Return what one head says of the letter."""
        return self.letters.logits(head, self.number)

    def shares(self, head: str, lane: int) -> list[float]:
        """Return for each sentence how far it puts one class of a head ahead of the mean of the others."""
        return self.letters.shares(head, lane, self.number)


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
        self._words, self._cues = {**words, LINE_END: _END}, cues
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
        bounds = owners.searchsorted(np.arange(len(letters) + 1)).tolist()
        ends = list(accumulate(counts, initial=0))
        together = _Letters(self.heads, places, values, _Sentences(terms, cells, worths.once()), bounds, ends)
        return list(map(DenseScores, repeat(together), range(len(letters))))

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
        found = read.words, read.grams, _heard(self._cues, [names for parts in letters for names in parts.cues])
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


def _heard(places: Mapping[str, int], cues: Sequence[Sequence[str]]) -> tuple[Integers, Integers]:
    """Return the places of the cues that are known, and in which line each stands; `cues` has those of each line."""
    order = _integers(list(map(places.get, chain.from_iterable(cues), repeat(_UNKNOWN))))
    known = (order >= 0).nonzero()[0]
    return order[known], np.arange(len(cues)).repeat(list(map(len, cues)))[known]


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
