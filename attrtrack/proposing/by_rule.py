"""The second voice: the rows of attribute_rules.toml, each a step of the label guide or a line of its table."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain, repeat

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Span
from attrtrack.domain.proposals import Opinion, Voice
from attrtrack.nlp.layout import Letter
from attrtrack.nlp.sieve import Candidates, Sieve, sieve_of
from attrtrack.rules.schema import AttributeRuleRow

_OF_TITLE = frozenset(("heading", "title", "whole"))
_OF_BODY = frozenset(("body", "whole"))
_TITLE = -1
"""Stands for the title among the numbers of sentences."""
_OPENING = _CLOSING = 2
_ATTRIBUTES = tuple(DisclosureAttribute)
_NO_HIT = Opinion(Voice.RULES, None)
_MORE_OF_THE_SAME = 0.35
_MAX_EVIDENCE = 3
_LETTER_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Searched:
    """Some letters and which patterns may stand in their lines: of each letter the sentences of the body, then the title.

    `starts`: the number of each letter's first line, and last how many lines there are; `owners` and `genres`: whose each line
    is, and of what genre that letter is.
    """

    letters: Sequence[Letter]
    candidates: Candidates
    starts: Sequence[int]
    owners: Sequence[int]
    genres: Sequence[str]


def search(letters: Sequence[Letter], sieve: Sieve) -> Searched:
    """Look for patterns in all lines of some letters at once."""
    sizes = [len(letter.sentences) + 1 for letter in letters]
    return Searched(
        letters,
        sieve.candidates(list(chain.from_iterable([letter.lines for letter in letters]))),
        list(accumulate(sizes, initial=0)),
        list(chain.from_iterable(map(repeat, range(len(letters)), sizes))),
        list(chain.from_iterable(map(repeat, [letter.genre for letter in letters], sizes))),
    )


@dataclass(frozen=True)
class CompiledRule:
    """A row as it is tried on letters; an empty `unless` never forbids."""

    row: AttributeRuleRow

    @cached_property
    def genres(self) -> frozenset[str]:
        """The genres that the rule speaks of; none: all."""
        return frozenset(self.row.genres)

    def find(self, searched: Searched) -> "Iterator[tuple[int, Hit]]":
        """Yield the numbers of the letters that fulfil the rule, and where; any line may fulfil the exception."""
        row = self.row
        for number, line in self._firsts(searched).items():
            letter, start = searched.letters[number], searched.starts[number]
            sentences = len(letter.sentences)
            excepted = range(start + (sentences if row.where == "heading" else 0), start + sentences + 1)
            if row.unless and searched.candidates.first(row.unless, excepted) is not None:
                continue
            if line == _TITLE:
                yield number, Hit(row, _title_span(letter), row.strength)
            else:
                yield number, Hit(row, letter.span(letter.sentences[line]), _diluted(row.strength, sentences))

    def _firsts(self, searched: Searched) -> dict[int, int]:
        """Return for each letter of the rule's genres where its pattern stands first: the title comes before any sentence."""
        where, genres, starts, candidates = self.row.where, self.genres, searched.starts, searched.candidates
        firsts: dict[int, int] = {}
        for source, places in candidates.tries[self.row.pattern]:
            for place in [place for place in places if not genres or searched.genres[place] in genres]:
                number = searched.owners[place]
                line = _looked_at(where, place - starts[number], starts[number + 1] - starts[number] - 1)
                if line is not None and line < firsts.get(number, place + 1) and candidates.fits(source, place):
                    firsts[number] = line
        return firsts


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

    def find_hits(self, letter: Letter) -> tuple["Hit", ...]:
        """Return every rule that the document fulfils, the strongest first."""
        return self.find_in(search((letter,), self._sieve))[0]

    def find_in(self, searched: Searched) -> list[tuple["Hit", ...]]:
        """Return for each of some letters every rule that it fulfils, the strongest first."""
        found: list[list[Hit]] = [[] for _ in searched.letters]
        for rule in [rule for rule in self._rules if rule.row.pattern in searched.candidates.tries]:
            for number, hit in rule.find(searched):
                found[number].append(hit)
        return [tuple(sorted(hits, key=lambda hit: (-hit.strength, hit.row.code))) for hits in found]


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


def _looked_at(where: str, line: int, sentences: int) -> int | None:
    """Return the number of the sentence or `_TITLE` when a rule looks at a line, or None."""
    if line == sentences:
        return _TITLE if where in _OF_TITLE else None
    if where in _OF_BODY:
        return line
    looked = (where == "opening" and line < _OPENING) or (where == "closing" and line >= sentences - _CLOSING)
    return line if looked else None


def rule_support(hits: Sequence[Hit]) -> dict[DisclosureAttribute, float]:
    """Return the log-odds that the rules give each attribute: the strongest in full, more of the same in part."""
    support: dict[DisclosureAttribute, float] = {}
    for attribute in _ATTRIBUTES if hits else ():
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
        return _NO_HIT
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
