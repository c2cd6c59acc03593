"""The second voice: the rows of attribute_rules.toml, each a step of the label guide or a line of its table."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Span
from attrtrack.domain.proposals import Opinion, Voice
from attrtrack.nlp.layout import Letter, Sentence
from attrtrack.nlp.sieve import NEVER, Sieve, sieve_of
from attrtrack.rules.schema import AttributeRuleRow

_OF_TITLE = frozenset(("heading", "title", "whole"))
_TITLE_ALONE = frozenset(("heading", "title"))
_ATTRIBUTES = tuple(DisclosureAttribute)
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
    def _unless(self) -> re.Pattern[str]:
        return re.compile(self.row.unless)

    def find(self, letter: Letter, candidates: Collection[int], forbidding: Collection[int]) -> "Hit | None":
        """Return where the rule is fulfilled, or None; the pattern is tried in the candidate lines alone.

        Lines are the sentences of the body and then the title; those of `forbidding` may fulfil the exception.
        """
        if self.row.genres and letter.genre not in self.row.genres:
            return None
        row, sentences = self.row, letter.sentences
        if row.where in _OF_TITLE and len(sentences) in candidates and self._pattern.search(letter.title):
            found = None
        elif (found := self._first(letter, candidates)) is None:
            return None
        if forbidding and self._is_forbidden(letter, forbidding):
            return None
        if found is None:
            return Hit(row, _title_span(letter), row.strength)
        return Hit(row, letter.span(found), _diluted(row.strength, len(sentences)))

    def _first(self, letter: Letter, candidates: Collection[int]) -> Sentence | None:
        sentences, search = letter.sentences, self._pattern.search
        places = _where(self.row.where, len(sentences))
        for number in sorted(candidates):
            if number in places and search(sentences[number].text):
                return sentences[number]
        return None

    def _is_forbidden(self, letter: Letter, candidates: Collection[int]) -> bool:
        lines, search = letter.lines.lines, self._unless.search
        title = len(letter.sentences)
        return any(search(lines[line]) for line in candidates if self.row.where != "heading" or line == title)


class CompiledRules:
    """All rows with a sieve of their patterns, so that a document tries only what may fit."""

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        self._rules = tuple(rules)

    @cached_property
    def _sieve(self) -> Sieve:
        """A sieve of all patterns and then of all exceptions."""
        rows = [rule.row for rule in self._rules]
        return sieve_of((*(row.pattern for row in rows), *(row.unless or NEVER for row in rows)))

    def find_hits(self, letter: Letter) -> tuple["Hit", ...]:
        """Return every rule that the document fulfils, the strongest first."""
        candidates = self._sieve.candidates(letter.lines)
        count = len(self._rules)
        found = (
            self._rules[number].find(letter, candidates[number], candidates.get(number + count, ()))
            for number in sorted(candidates)
            if number < count
        )
        hits = [hit for hit in found if hit is not None]
        return tuple(sorted(hits, key=lambda hit: (-hit.strength, hit.row.code)))


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


def find_hits(letter: Letter, rules: Sequence[CompiledRule]) -> tuple[Hit, ...]:
    """Return every rule that one document fulfils, the strongest first."""
    return CompiledRules(rules).find_hits(letter)


def _where(where: str, sentences: int) -> range:
    """Return the numbers of the sentences where a rule looks."""
    if where == "closing":
        return range(max(sentences - 2, 0), sentences)
    if where == "opening":
        return range(min(2, sentences))
    return range(0) if where in _TITLE_ALONE else range(sentences)


def rule_support(hits: Sequence[Hit]) -> dict[DisclosureAttribute, float]:
    """Return the log-odds that the rules give each attribute: the strongest in full, more of the same in part."""
    support: dict[DisclosureAttribute, float] = {}
    for attribute in _ATTRIBUTES:
        odds = [_log_odds(hit.strength) for hit in hits if hit.row.attribute == attribute]
        if odds:
            support[attribute] = odds[0] + _MORE_OF_THE_SAME * sum(odds[1:3])
    return support


def _log_odds(probability: float) -> float:
    return math.log(probability / (1.0 - probability))


def share(support: Mapping[DisclosureAttribute, float]) -> dict[DisclosureAttribute, float]:
    """Turn log-odds (absent: 0) into probabilities."""
    weights = {attribute: math.exp(support.get(attribute, 0.0)) for attribute in _ATTRIBUTES}
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
