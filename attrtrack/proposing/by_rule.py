"""The second voice: the rows of attribute_rules.toml, each a step of the label guide or a line of its table."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Span
from attrtrack.domain.proposals import Opinion, Voice
from attrtrack.nlp.layout import Letter, Sentence
from attrtrack.rules.schema import AttributeRuleRow

_MORE_OF_THE_SAME = 0.35
_MAX_EVIDENCE = 3
_LETTER_LENGTH = 40


@dataclass(frozen=True)
class CompiledRule:
    """A row whose patterns are compiled when a document first needs them; an empty `unless` never forbids."""

    row: AttributeRuleRow

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.row.pattern)

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return re.compile(self.row.unless) if self.row.unless else None

    def find(self, letter: Letter) -> "Hit | None":
        """Return where the rule is fulfilled, or None."""
        if self.row.genres and letter.genre not in self.row.genres:
            return None
        hit = next(self._places(letter), None)
        return None if hit is None or self._is_forbidden(letter) else hit

    def _is_forbidden(self, letter: Letter) -> bool:
        if (unless := self._unless) is None:
            return False
        return bool(unless.search(letter.title) or (self.row.where != "heading" and unless.search(letter.body)))

    def _places(self, letter: Letter) -> Iterator["Hit"]:
        if self.row.where in {"heading", "title", "whole"} and self._pattern.search(letter.title):
            yield Hit(self.row, _title_span(letter), self.row.strength)
        if self.row.where not in {"heading", "title"}:
            for sentence in _sentences(letter, self.row.where):
                if self._pattern.search(sentence.text):
                    yield Hit(self.row, letter.span(sentence), _diluted(self.row.strength, len(letter.sentences)))


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule fulfilled, the sentence that fulfils it (None: a title that is not in the text), and its strength here."""

    row: AttributeRuleRow
    span: Span | None
    strength: float


def _diluted(strength: float, sentences: int) -> float:
    """Weaken what one sentence says of a long document: it need not be the substance."""
    odds = _log_odds(strength) * min(1.0, _LETTER_LENGTH / max(sentences, 1))
    return 1.0 / (1.0 + math.exp(-odds))


def _title_span(letter: Letter) -> Span | None:
    if letter.title_span is None:
        return None
    start, end = letter.title_span
    printed = letter.normalised.text[start:end].replace("\n", "")
    return letter.normalised.source_span(start, end) if letter.title in printed else None


def _sentences(letter: Letter, where: str) -> Sequence[Sentence]:
    if where == "opening":
        return letter.sentences[:2]
    if where == "closing":
        return letter.sentences[-2:]
    return letter.sentences


def find_hits(letter: Letter, rules: Sequence[CompiledRule]) -> tuple[Hit, ...]:
    """Return every rule that the document fulfils, the strongest first."""
    hits = [hit for rule in rules if (hit := rule.find(letter)) is not None]
    return tuple(sorted(hits, key=lambda hit: (-hit.strength, hit.row.code)))


def rule_support(hits: Sequence[Hit]) -> dict[DisclosureAttribute, float]:
    """Return the log-odds that the rules give each attribute: the strongest in full, more of the same in part."""
    support: dict[DisclosureAttribute, float] = {}
    for attribute in DisclosureAttribute:
        odds = [_log_odds(hit.strength) for hit in hits if hit.row.attribute == attribute]
        if odds:
            support[attribute] = odds[0] + _MORE_OF_THE_SAME * sum(odds[1:3])
    return support


def _log_odds(probability: float) -> float:
    return math.log(probability / (1.0 - probability))


def share(support: Mapping[DisclosureAttribute, float]) -> dict[DisclosureAttribute, float]:
    """Turn log-odds (absent: 0) into probabilities."""
    weights = {attribute: math.exp(support.get(attribute, 0.0)) for attribute in DisclosureAttribute}
    total = math.fsum(weights.values())
    return {attribute: weight / total for attribute, weight in weights.items()}


def hear_rules(document: Document, hits: Sequence[Hit]) -> Opinion:
    """Return what the rules say together, with the sentences they rest on; no hit, no opinion."""
    if not hits:
        return Opinion(Voice.RULES, None)
    shares = share(rule_support(hits))
    attribute = max(shares, key=lambda name: shares[name])
    mine = [hit for hit in hits if hit.row.attribute == attribute]
    return Opinion(
        Voice.RULES,
        attribute,
        reason=mine[0].row.reason,
        probability=shares[attribute],
        evidence=tuple(
            document.quote(hit.span, f"{Voice.RULES}:{hit.row.code}") for hit in mine[:_MAX_EVIDENCE] if hit.span
        ),
    )
