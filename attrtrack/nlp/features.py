"""A document as numbers: masked words, character n-grams and named cues, each under a readable name.

Names: `word:`, `title:`, `gram:`, `cue:` (body), `cue-title:`, `cue-opening:`, `cue-closing:`, `genre:`, `is:`.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from attrtrack.nlp.cues import Cues, compile_cues, structural_cues
from attrtrack.nlp.layout import Letter, Sentence
from attrtrack.nlp.masking import masked_words, phrases
from attrtrack.rules.tables import Rules

FORMAT = "words+grams+cues/1"
_OPENING_CUES = ("own-matter", "draft", "co-handle", "verify", "research", "upward", "missing")
_CLOSING_CUES = ("general-rule", "any-one", "only-this", "handle", "undecided")
_GRAM_SIZES = (2, 3)
_ENOUGH_HITS = 4
_ENOUGH_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Extractor:
    """Turns letters into named values; it knows the lexicon, never a label."""

    cues: Cues

    @classmethod
    def of(cls, rules: Rules) -> "Extractor":
        """Make the extractor of one set of rules."""
        return cls(compile_cues(rules))

    def features(self, letter: Letter) -> dict[str, float]:
        """Return all features of a document."""
        return {
            **self._text_features(letter.body),
            **{f"title:{word}": 1.0 for word in masked_words(_matter(letter.title)) if word},
            **dict(self._cue_features(letter)),
            **{f"is:{name}": 1.0 for name in structural_cues(letter)},
            f"genre:{letter.genre}": 1.0,
        }

    def sentence_features(self, sentence: Sentence) -> dict[str, float]:
        """Return what one sentence adds: its words, n-grams and cues, weighed as if it were alone."""
        cues = {
            f"cue:{name}": 0.5
            for name, pattern in self.cues.patterns.items()
            if pattern.search(sentence.text) is not None
        }
        return {**self._text_features(sentence.text), **cues}

    def _text_features(self, text: str) -> dict[str, float]:
        words = masked_words(text)
        grams = Counter(
            run[start : start + size]
            for run in phrases(words)
            for size in _GRAM_SIZES
            for start in range(len(run) - size + 1)
        )
        named_words = Counter(f"word:{word}" for word in words if word)
        return {**_weighed(named_words), **_weighed(Counter({f"gram:{gram}": n for gram, n in grams.items()}))}

    def _cue_features(self, letter: Letter) -> Iterator[tuple[str, float]]:
        enough = max(_ENOUGH_HITS, _ENOUGH_SHARE * len(letter.sentences))
        for name, pattern in self.cues.patterns.items():
            hits = self.cues.hits(name, letter.body)
            if hits:
                yield f"cue:{name}", math.sqrt(min(1.0, hits / enough))
            if pattern.search(letter.title):
                yield f"cue-title:{name}", 1.0
            if name in _OPENING_CUES and pattern.search(letter.opening):
                yield f"cue-opening:{name}", 0.5
            if name in _CLOSING_CUES and pattern.search(letter.closing):
                yield f"cue-closing:{name}", 0.5


def _matter(title: str) -> str:
    """Return what the title is about: the part after the issuer's 关于."""
    return title.split("关于", 1)[-1]


def _weighed(counts: Counter[str]) -> dict[str, float]:
    """Damp repeated terms and bring every text to length 1."""
    values = {name: 1.0 + math.log(count) for name, count in counts.items()}
    length = math.sqrt(math.fsum(value * value for value in values.values())) or 1.0
    return {name: value / length for name, value in values.items()}
