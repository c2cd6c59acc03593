"""A document as numbers: masked words, character n-grams and named cues, each under a readable name.

Names: `word:`, `title:`, `gram:`, `cue:` (body), `cue-title:`, `cue-opening:`, `cue-closing:`, `genre:`, `is:`.
Decision: a letter is read once, sentence by sentence, and the document is the sum of its sentences. Words and n-grams are
weighed against how many the text has in all, not against those that a model knows, so that a model looks up its own alone.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import add

from attrtrack.nlp.cues import Cues, Heard, cues_of, structural_cues
from attrtrack.nlp.layout import Letter
from attrtrack.nlp.masking import LINE_END, PAUSE, SEAM, masked, plain_words_of
from attrtrack.nlp.sieve import Candidates, sieve_of
from attrtrack.rules.tables import Rules

FORMAT = "words+grams+cues/2"
GRAM_SIZES = (2, 3)
_OPENING_CUES = frozenset(("own-matter", "draft", "co-handle", "verify", "research", "upward", "missing"))
_CLOSING_CUES = frozenset(("general-rule", "any-one", "only-this", "handle", "undecided"))
_ENOUGH_HITS = 4
_ENOUGH_SHARE = 0.3
_DAMPED = tuple(1.0 + math.log(max(count, 1)) for count in range(256))


@dataclass(frozen=True)
class Parts:
    """What is read of a letter once.

    `plain`: the words of the body before they are masked, a line end after every sentence, a seam after every word; `cues`:
    the names of those that stand in each sentence; `title`: the masked words of the title; `whole`: what holds of the letter
    as a whole, by name.
    """

    plain: str
    cues: Sequence[Sequence[str]]
    title: Sequence[str]
    whole: Mapping[str, float]

    @cached_property
    def words(self) -> list[str]:
        """The masked words of the body."""
        return masked(self.plain)

    @property
    def sentences(self) -> list[Sequence[str]]:
        """The words of each sentence."""
        ends = [place for place, word in enumerate(self.words) if word == LINE_END]
        return [self.words[start:end] for start, end in zip([0, *[end + 1 for end in ends]], ends, strict=False)]

    def document(self) -> dict[str, float]:
        """Return all features of the document."""
        cues = Counter(chain.from_iterable(self.cues))
        return {
            **text_features(self.words),
            **{f"cue:{name}": cue_value(count, len(self.cues)) for name, count in cues.items()},
            **{f"title:{word}": 1.0 for word in self.title if not word.isspace()},
            **self.whole,
        }

    def excerpt(self, numbers: Sequence[int]) -> dict[str, float]:
        """Return what some sentences say, their words, n-grams and cues weighed as if the letter were no more than they."""
        sentences = self.sentences
        words = [word for number in numbers for word in (*sentences[number], LINE_END)]
        return {**text_features(words), **{f"cue:{name}": 1.0 for number in numbers for name in self.cues[number]}}


def text_features(words: Sequence[str]) -> dict[str, float]:
    """Return the words and n-grams of some masked words, weighed together."""
    text = "".join(words)
    for_words, for_grams = text_factors(words, text)
    return {
        **{f"word:{word}": damped(count) * for_words for word, count in Counter(words).items() if not word.isspace()},
        **{f"gram:{gram}": damped(count) * for_grams for gram, count in _grams(text).items() if gram.isalpha()},
    }


def _grams(text: str) -> Counter[str]:
    """Count all pairs and triples of signs; those with a pause or line end in them are no n-grams."""
    pairs = list(map(add, text, text[1:]))
    return Counter(chain(pairs, map(add, pairs, text[2:])))


def text_factors(words: Sequence[str], text: str) -> tuple[float, float]:
    """Return what brings texts of any length to about the same size, for words and for n-grams; `text`: the words joined."""
    parting = text.count(PAUSE) + text.count(LINE_END)
    return text_factor(len(words) - parting), text_factor(len(GRAM_SIZES) * (len(text) - parting))


def text_factor(terms: int) -> float:
    """Return what brings texts of any length to about the same size, of how many words or n-grams they may be."""
    return 1.0 / math.sqrt(max(terms, 1))


def damped(count: int) -> float:
    """Return what a term that is used `count` times weighs: each further use adds less."""
    return _DAMPED[count] if count < len(_DAMPED) else 1.0 + math.log(count)


def cue_value(count: int, sentences: int) -> float:
    """Return what a cue that stands in `count` of so many sentences weighs."""
    return math.sqrt(min(1.0, count / max(_ENOUGH_HITS, _ENOUGH_SHARE * sentences)))


@dataclass(frozen=True, slots=True)
class Extractor:
    """Turns letters into named values; it knows the lexicon, never a label."""

    cues: Cues

    @classmethod
    def of(cls, rules: Rules) -> "Extractor":
        """Make the extractor of one set of rules."""
        return cls(cues_of(rules))

    def features(self, letter: Letter) -> dict[str, float]:
        """Return all features of a document."""
        return self.read(letter).document()

    def read(self, letter: Letter, candidates: Candidates | None = None) -> Parts:
        """Read a letter once: everything that features of the document and of its sentences are made of.

        `candidates`: which cues may stand in which of its lines, where that is known.
        """
        if candidates is None:
            candidates = sieve_of(self.cues.patterns).candidates(letter.lines)
        return self.read_many((letter,), (self.cues.heard(candidates),))[0]

    def read_many(self, letters: Sequence[Letter], heard: Iterable[Heard]) -> list[Parts]:
        """Read some letters, of which it is known what cues stand in which line."""
        words = plain_words_of([f"{letter.body}\n{_matter(letter.title)}" for letter in letters])
        return list(map(_parts, letters, words, heard))


def _parts(letter: Letter, words: str, cues: Sequence[Sequence[str]]) -> Parts:
    body, end, title = words.rpartition(LINE_END + SEAM)
    *heard, of_title = cues
    return Parts(body + end if letter.sentences else "", heard, masked(title), _whole(letter, heard, of_title))


def _whole(letter: Letter, heard: Sequence[Sequence[str]], of_title: Iterable[str]) -> dict[str, float]:
    opening = _OPENING_CUES.intersection(*[{name for names in heard[:2] for name in names}])
    closing = _CLOSING_CUES.intersection(*[{name for names in heard[-2:] for name in names}])
    return {
        **{f"cue-title:{name}": 1.0 for name in of_title},
        **{f"cue-opening:{name}": 0.5 for name in sorted(opening)},
        **{f"cue-closing:{name}": 0.5 for name in sorted(closing)},
        **{f"is:{name}": 1.0 for name in structural_cues(letter)},
        f"genre:{letter.genre}": 1.0,
    }


def _matter(title: str) -> str:
    """Return what the title is about: the part after the issuer's 关于."""
    return title.split("关于", 1)[-1]
