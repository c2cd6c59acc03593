"""Likeness of whole letters: a bottom-k sketch of hashed masked word triples, small enough to keep a hundred thousand.

A sketch holds the 64 smallest 64-bit hashes (signed, as SQL keeps them) of the letter's title and sentences, with
numbers, dates and places masked; two sketches give an estimate of the Jaccard likeness of the triples behind them
(Broder 1997), within about 0.06. Of a very long text the first hundred thousand characters are taken, so that signing one
does not keep other writers waiting. Hashes are kept and compared, never words: no text can be read from a sketch.
"""

import struct
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from attrtrack.nlp.layout import Letter
from attrtrack.nlp.masking import LINE_END, PAUSE, masked_words

Sketch = tuple[int, ...]
SIZE = 64
_TRIPLE = 3
_FEWEST = 6
_LONGEST = 100_000
_HASH = 8
_PARTED = "\0"
"""Stands in no masked word, so that all are encoded at once."""


def sketch_of(letter: Letter) -> Sketch:
    """Return the sketch of a letter, ascending; empty for a text too short to be told from others."""
    body = "\n".join(sentence.text for sentence in letter.sentences)[: _LONGEST + len(letter.sentences)]
    found = triple_hashes(f"{letter.title}\n{body}")
    return tuple(sorted(found)[:SIZE]) if len(found) >= _FEWEST else ()


def triple_hashes(text: str) -> frozenset[int]:
    """Return the hashes of the word triples of sentences, one a line; a sentence of fewer words counts as one."""
    found = set[bytes]()
    words = [word for word in masked_words(text) if word != PAUSE]
    encoded = _PARTED.join(words).encode().split(_PARTED.encode()) if words else []
    start = 0
    for end in (*[place for place, word in enumerate(words) if word == LINE_END], len(words)):
        found.update(_triples(encoded[start:end]))
        start = end + 1
    digests = [blake2b(triple, digest_size=_HASH).digest() for triple in found]
    return frozenset(struct.unpack(f"<{len(digests)}q", b"".join(digests)))


def _triples(words: Sequence[bytes]) -> Iterable[bytes]:
    if len(words) > _TRIPLE:
        return map(b" ".join, zip(words, words[1:], words[2:], strict=False))
    return (b" ".join(words),) if words else ()


def likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """Estimate the Jaccard likeness 0..1 of what two sketches were made of; an empty sketch is like nothing."""
    first, second = set(one), set(other)
    if not first or not second:
        return 0.0
    united = sorted(first | second)[:SIZE]
    return sum(value in first and value in second for value in united) / len(united)
