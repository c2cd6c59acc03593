"""Likeness of whole letters: a bottom-k sketch of hashed masked word triples, small enough to keep a hundred thousand.

A sketch holds the 64 smallest 64-bit hashes (signed, as SQL keeps them) of the letter's title and sentences, with
numbers, dates and places masked; two sketches give an estimate of the Jaccard likeness of the triples behind them
(Broder 1997), within about 0.06. Of a very long text the first hundred thousand characters are taken, so that signing one
does not keep other writers waiting. Hashes are kept and compared, never words: no text can be read from a sketch.
"""

import hashlib
import struct
from collections.abc import Iterable

from attrtrack.nlp.layout import Letter
from attrtrack.nlp.masking import masked_words

Sketch = tuple[int, ...]
SIZE = 64
_TRIPLE = 3
_FEWEST = 6
_LONGEST = 100_000
_SIGNED = struct.Struct("<q")


def sketch_of(letter: Letter) -> Sketch:
    """Return the sketch of a letter, ascending; empty for a text too short to be told from others."""
    found, left = set(triple_hashes(letter.title)), _LONGEST
    for sentence in letter.sentences:
        found.update(triple_hashes(sentence.text[:left]))
        left -= len(sentence.text)
        if left <= 0:
            break
    return tuple(sorted(found)[:SIZE]) if len(found) >= _FEWEST else ()


def triple_hashes(text: str) -> frozenset[int]:
    """Return the hashes of the word triples of one sentence; a sentence of fewer words counts as one."""
    words = [word for word in masked_words(text) if not word.isspace()]
    starts = range(max(len(words) - _TRIPLE, 0) + 1) if words else ()
    return frozenset(_hashed(" ".join(words[start : start + _TRIPLE])) for start in starts)


def _hashed(words: str) -> int:
    value: int = _SIGNED.unpack(hashlib.blake2b(words.encode(), digest_size=8).digest())[0]
    return value


def likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """Estimate the Jaccard likeness 0..1 of what two sketches were made of; an empty sketch is like nothing."""
    first, second = set(one), set(other)
    if not first or not second:
        return 0.0
    united = sorted(first | second)[:SIZE]
    return sum(value in first and value in second for value in united) / len(united)
