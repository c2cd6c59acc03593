"""The second voice: the rows of attribute_rules.toml, each a step of the label guide or a line of its table."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Span
from attrtrack.domain.proposals import Opinion, Voice
from attrtrack.nlp.layout import Letter
from attrtrack.nlp.sieve import Candidates, Sieve, sieve_of
from attrtrack.rules.schema import AttributeRuleRow

_OF_TITLE = frozenset(("heading", "title", "whole"))
_TITLE_ALONE = frozenset(("heading", "title"))
_ATTRIBUTES = tuple(DisclosureAttribute)
_MORE_OF_THE_SAME = 0.35
_MAX_EVIDENCE = 3
_LETTER_LENGTH = 40


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A row as it is tried on letters; an empty `unless` never forbids."""

    row: AttributeRuleRow

    def find(self, letter: Letter, candidates: Candidates) -> "Hit | None":
        """Return where the rule is fulfilled, or None.

        Lines are the sentences of the body and then the title; any of them may fulfil the exception.
        """
        row, sentences = self.row, letter.sentences
        if row.genres and letter.genre not in row.genres:
            return None
        of_title = row.where in _OF_TITLE and candidates.first(row.pattern, (len(sentences),)) is not None
        number = None if of_title else candidates.first(row.pattern, _where(row.where, len(sentences)))
        if not of_title and number is None:
            return None
        if row.unless and candidates.first(row.unless, _excepted(row.where, len(sentences))) is not None:
            return None
        if number is None:
            return Hit(row, _title_span(letter), row.strength)
        return Hit(row, letter.span(sentences[number]), _diluted(row.strength, len(sentences)))


class CompiledRules:
    """All rows with a sieve of their patterns, so that a document tries only what may fit."""

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        self._rules = tuple(rules)

    @cached_property
    def patterns(self) -> tuple[str, ...]:
        """All patterns and exceptions, for a sieve."""
        rows = [rule.row for rule in self._rules]
        return (*(row.pattern for row in rows), *(row.unless for row in rows if row.unless))

    @cached_property
    def _sieve(self) -> Sieve:
        return sieve_of(self.patterns)

    def find_hits(self, letter: Letter, candidates: Candidates | None = None) -> tuple["Hit", ...]:
        """Return every rule that the document fulfils, the strongest first.

        `candidates`: which patterns may stand in which of its lines, where that is known.
        """
        known = self._sieve.candidates(letter.lines) if candidates is None else candidates
        found = [rule.find(letter, known) for rule in self._rules if rule.row.pattern in known.tries]
        return tuple(sorted([hit for hit in found if hit is not None], key=lambda hit: (-hit.strength, hit.row.code)))


@lru_cache(maxsize=4)
def compiled_rules(rows: Sequence[AttributeRuleRow]) -> CompiledRules:
    """Compile a table of rules, once for all who ask by it."""
    return CompiledRules([CompiledRule(row) for row in rows])


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


def _excepted(where: str, sentences: int) -> range:
    """Return the numbers of the lines where an exception may stand."""
    return range(sentences if where == "heading" else 0, sentences + 1)


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
