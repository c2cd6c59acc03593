"""A document as numbers: masked words, character n-grams and named cues, each under a readable name.

Names: `word:`, `title:`, `gram:`, `cue:` (body), `cue-title:`, `cue-opening:`, `cue-closing:`, `genre:`, `is:`.
Decision: a letter is read once, sentence by sentence, and the document is the sum of its sentences. Words and n-grams are
weighed against how many the text has in all, not against those that a model knows, so that a model looks up its own alone.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from attrtrack.nlp.cues import Cues, cues_of, structural_cues
from attrtrack.nlp.layout import Letter
from attrtrack.nlp.masking import masked_lines, phrases
from attrtrack.rules.tables import Rules

FORMAT = "words+grams+cues/2"
GRAM_SIZES = (2, 3)
_OPENING_CUES = frozenset(("own-matter", "draft", "co-handle", "verify", "research", "upward", "missing"))
_CLOSING_CUES = frozenset(("general-rule", "any-one", "only-this", "handle", "undecided"))
_ENOUGH_HITS = 4
_ENOUGH_SHARE = 0.3
_DAMPED = tuple(1.0 + math.log(max(count, 1)) for count in range(256))


class SentenceParts(NamedTuple):
    """What is read of one sentence: masked words ("" parts phrases), its phrases parted by line feeds, names of cues."""

    words: Sequence[str]
    phrases: str
    cues: Sequence[str]


@dataclass(frozen=True, slots=True)
class Parts:
    """What is read of a letter once: its sentences, the words of its title, and what holds of it as a whole, by name."""

    sentences: tuple[SentenceParts, ...]
    title: Sequence[str]
    whole: Mapping[str, float]

    def document(self) -> dict[str, float]:
        """Return all features of the document."""
        cues = Counter(cue for sentence in self.sentences for cue in sentence.cues)
        return {
            **text_features(self.sentences),
            **{f"cue:{name}": cue_value(count, len(self.sentences)) for name, count in cues.items()},
            **{f"title:{word}": 1.0 for word in self.title if word},
            **self.whole,
        }

    def excerpt(self, numbers: Sequence[int]) -> dict[str, float]:
        """Return what some sentences say, their words, n-grams and cues weighed as if the letter were no more than they."""
        chosen = [self.sentences[number] for number in numbers]
        return {**text_features(chosen), **{f"cue:{name}": 1.0 for sentence in chosen for name in sentence.cues}}


def text_features(sentences: Sequence[SentenceParts]) -> dict[str, float]:
    """Return the words and n-grams of some sentences, weighed together."""
    words = Counter(word for sentence in sentences for word in sentence.words if word)
    grams = Counter(gram for sentence in sentences for gram in _grams(sentence.phrases))
    for_words, for_grams = text_factors(sentences)
    return {
        **{f"word:{word}": damped(count) * for_words for word, count in words.items()},
        **{f"gram:{gram}": damped(count) * for_grams for gram, count in grams.items()},
    }


def _grams(text: str) -> Iterable[str]:
    grams = (text[start : start + size] for size in GRAM_SIZES for start in range(len(text) - size + 1))
    return (gram for gram in grams if "\n" not in gram)


def text_factors(sentences: Iterable[SentenceParts]) -> tuple[float, float]:
    """Return what brings texts of any length to about the same size: a factor for words, one for n-grams."""
    words, signs = 0, 0
    for sentence in sentences:
        words += len(sentence.words) - sentence.words.count("")
        signs += len(sentence.phrases) - sentence.phrases.count("\n")
    return text_factor(words), text_factor(len(GRAM_SIZES) * signs)


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

    def read(self, letter: Letter) -> Parts:
        """Read a letter once: everything that features of the document and of its sentences are made of."""
        *cut, title = masked_lines(f"{letter.body}\n{_matter(letter.title)}")
        *heard, of_title = self.cues.heard(letter.lines)
        sentences = map(SentenceParts, cut, map(phrases, cut), heard)
        return Parts(tuple(sentences) if letter.sentences else (), title, _whole(letter, heard, of_title))


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
