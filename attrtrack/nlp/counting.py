"""Counts words, n-grams and cues of many letters at once: the values of `Parts.document` and `Parts.excerpt`, packed.

Decision: an n-gram is a number from the start, its signs side by side, so that counting is sorting in numpy; a string is
made of the few that become features. Sums and products are those of `features`, to the last bit.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from attrtrack.nlp.features import GRAM_SIZES, Parts, cue_value, damped, text_factor
from attrtrack.nlp.masking import LINE_END, PAUSE
from attrtrack.nlp.packing import Packed, numbering

_BITS = 63 // max(GRAM_SIZES)
_SIGN = (1 << _BITS) - 1
Numbers = NDArray[np.int64]


class Text(NamedTuple):
    """A text to count: its masked words, and what else it has, by name."""

    words: Sequence[str]
    others: Mapping[str, float]


def document(parts: Parts) -> Text:
    """Return the whole of a letter as a text to count."""
    cues = Counter(chain.from_iterable(parts.cues))
    return Text(
        parts.words,
        {
            **{f"cue:{name}": cue_value(count, len(parts.cues)) for name, count in cues.items()},
            **{f"title:{word}": 1.0 for word in parts.title if not word.isspace()},
            **parts.whole,
        },
    )


def excerpt(parts: Parts, numbers: Sequence[int]) -> Text:
    """Return some sentences of a letter as a text to count."""
    sentences = parts.sentences if numbers else ()
    words = [word for number in numbers for word in (*sentences[number], LINE_END)]
    return Text(words, {f"cue:{name}": 1.0 for number in numbers for name in parts.cues[number]})


def pack(texts: Sequence[Text]) -> Packed:
    """Count and pack texts, one row each."""
    words, of_words = _words(texts)
    others, of_others = _others(texts)
    grams, of_grams = _grams(texts)
    names = [*(f"word:{word}" for word in words), *others]
    rows = np.concatenate([of_words.rows, of_others.rows, of_grams.rows])
    places = np.concatenate([of_words.places, of_others.places + len(words), of_grams.places + len(names)])
    values = np.concatenate([of_words.values, of_others.values, of_grams.values])
    order = np.argsort(rows, kind="stable")
    return Packed(
        names,
        grams,
        np.bincount(rows, minlength=len(texts)).astype(np.intc),
        places[order].astype(np.intc),
        values[order].astype(np.float32),
    )


def gram_names(grams: Numbers) -> list[str]:
    """Return the names of the features that n-grams' numbers stand for."""
    most = max(GRAM_SIZES)
    signs = np.full((len(grams), most + 1), ord(LINE_END), dtype=np.uint32)
    for at in range(most):
        signs[:, at] = grams >> _BITS * (most - 1 - at) & _SIGN
    lines = signs.tobytes().decode("utf-32-le").replace("\0", "")
    return [f"gram:{gram}" for gram in lines.split(LINE_END)[:-1]]


class _Cells(NamedTuple):
    """Cells of a table: the row, the place among the names of one kind and the value of each."""

    rows: Numbers
    places: Numbers
    values: NDArray[np.float64]


def _words(texts: Sequence[Text]) -> tuple[list[str], _Cells]:
    known = numbering()
    breaks = len({known[PAUSE], known[LINE_END]})
    words = chain.from_iterable(text.words for text in texts)
    numbers = np.fromiter(map(known.__getitem__, words), dtype=np.int64)
    rows = np.repeat(np.arange(len(texts)), [len(text.words) for text in texts])
    real = numbers >= breaks
    rows, places = rows[real], numbers[real] - breaks
    return list(known)[breaks:], _weighed(rows, places, np.bincount(rows, minlength=len(texts)))


def _others(texts: Sequence[Text]) -> tuple[list[str], _Cells]:
    known = numbering()
    names = chain.from_iterable(text.others for text in texts)
    places = np.fromiter(map(known.__getitem__, names), dtype=np.int64)
    values = np.fromiter(chain.from_iterable(text.others.values() for text in texts), dtype=np.float64)
    return list(known), _Cells(np.repeat(np.arange(len(texts)), [len(text.others) for text in texts]), places, values)


def _grams(texts: Sequence[Text]) -> tuple[Numbers, _Cells]:
    lines = ["".join([*text.words, LINE_END]) for text in texts]
    signs = np.frombuffer("".join(lines).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    rows = np.repeat(np.arange(len(texts)), [len(line) for line in lines])
    real = (signs != ord(PAUSE)) & (signs != ord(LINE_END))
    found = list(_found(signs, rows, real))
    keys, places = np.unique(np.concatenate([keys for keys, _ in found]), return_inverse=True)
    totals = len(GRAM_SIZES) * np.bincount(rows[real], minlength=len(texts))
    return keys, _weighed(np.concatenate([rows for _, rows in found]), places, totals)


def _found(signs: Numbers, rows: Numbers, real: NDArray[np.bool_]) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield for each size the n-grams that nothing parts, one after the other, and their rows."""
    for size in GRAM_SIZES:
        count = max(len(signs) - size + 1, 0)
        keys, whole = np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.bool_)
        for at in range(size):
            keys = keys << _BITS | signs[at : at + count]
            whole &= real[at : at + count]
        yield keys[whole], rows[:count][whole]


def _weighed(rows: Numbers, places: Numbers, totals: Numbers) -> _Cells:
    """Weigh how often each row uses each place against how many uses (`totals`) the row has in all."""
    width = int(places.max(initial=0)) + 1
    used, counts = np.unique(rows * width + places, return_counts=True)
    by_count = np.array([damped(count) for count in range(int(counts.max(initial=0)) + 1)])
    factors = np.array([text_factor(total) for total in totals.tolist()])
    rows, places = np.divmod(used, width)
    return _Cells(rows, places, by_count[counts] * factors[rows])
