"""The matcher: an index over documents, candidates for an interpretation, clues summed to a probability, a decision."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attrtrack.domain.interpretations import Interpretation, LinkableDocument, LinkDecision, LinkProposal, LinkProposals
from attrtrack.linking import clues
from attrtrack.linking.profiles import InterpretationProfile, profile_document, profile_interpretation
from attrtrack.nlp.similarity import NameIndex
from attrtrack.rules import Rules

_MOST = 5
_CANDIDATES = 25
_LINKED_FROM = 0.5
_SHOWN_FROM = 0.2
_SAFE_FROM = 0.95
_MARGIN = 0.3


@dataclass(frozen=True, slots=True)
class _Judged:
    row: int
    probability: float
    clues: tuple[clues.Clue, ...]

    @property
    def safe(self) -> bool:
        """Whether nothing contradicts and something exact speaks for the pair."""
        return (
            self.probability >= _SAFE_FROM
            and any(clue.exact for clue in self.clues)
            and not any(clue.veto for clue in self.clues)
        )


class Matcher:
    """Proposes documents for interpretations; built once over all documents, it never changes."""

    def __init__(self, documents: Sequence[LinkableDocument], rules: Rules) -> None:
        self._corrections = rules.words("t2s-corrections")
        self._profiles = tuple(profile_document(document, self._corrections) for document in documents)
        self._index = NameIndex([profile.facets.names for profile in self._profiles])
        self._groups = _groups(documents)
        self._by_number: dict[tuple[str, int], list[int]] = defaultdict(list)
        for row, profile in enumerate(self._profiles):
            for key in profile.numbers:
                self._by_number[key.series, key.serial].append(row)

    def propose(self, interpretation: Interpretation) -> LinkProposals:
        """Return at most five documents, best first; none when no document here is what the page explains."""
        page = profile_interpretation(interpretation, self._corrections)
        judged = sorted((self._judge(page, row) for row in self._candidates(page)), key=self._order)
        best_of_group: dict[str, _Judged] = {}
        for item in judged:
            best_of_group.setdefault(self._groups[item.row], item)
        ranked = list(best_of_group.values())[:_MOST]
        if not ranked or ranked[0].probability < _LINKED_FROM:
            return LinkProposals(interpretation.id, ())
        shown = [item for item in ranked if item.probability >= _SHOWN_FROM]
        links = tuple(self._proposal(item, page, ranked) for item in shown)
        return LinkProposals(interpretation.id, links)

    def _order(self, item: _Judged) -> tuple[float, bool, str]:
        document = self._profiles[item.row].document
        return (-item.probability, document.same_as is not None, document.id)

    def _candidates(self, page: InterpretationProfile) -> Iterable[int]:
        rows: dict[int, None] = {}
        for named in page.titles:
            for name in named.facets.names:
                rows.update(dict.fromkeys(self._index.exact(name)[: 4 * _CANDIDATES]))
            rows.update((row, None) for row, _ in self._index.near(named.facets.core, _CANDIDATES))
        for number in page.numbers:
            rows.update(
                dict.fromkeys(self._by_number.get((number.key.series, number.key.serial), ())[: 4 * _CANDIDATES])
            )
        if not page.title_speaks:
            rows.update((row, None) for row, _ in self._index.near(page.lead, _CANDIDATES))
        return rows

    def _judge(self, page: InterpretationProfile, row: int) -> _Judged:
        found = tuple(judge(page, self._profiles[row], self._index) for judge in clues.CLUES)
        odds = clues.PRIOR + sum(clue.points for clue in found)
        return _Judged(row, 1 / (1 + math.exp(-odds)), found)

    def _proposal(self, item: _Judged, page: InterpretationProfile, ranked: Sequence[_Judged]) -> LinkProposal:
        others = [other.probability for other in ranked if other is not item]
        alone = item is ranked[0] and all(item.probability - other >= _MARGIN for other in others)
        safe = alone and item.safe and not page.several_subjects and self._time_agrees(page, item)
        evidence = tuple(clue.evidence for clue in item.clues if clue.evidence is not None)
        decision = LinkDecision.AUTO if safe else LinkDecision.REVIEW
        return LinkProposal(self._profiles[item.row].document.id, item.probability, decision, evidence)

    def _time_agrees(self, page: InterpretationProfile, item: _Judged) -> bool:
        """Whether time speaks for the pair: a fitting date, an exact number, or the same year in both titles."""
        profile = self._profiles[item.row]
        by_name = dict(zip((judge.__name__ for judge in clues.CLUES), item.clues, strict=True))
        if by_name["number"].exact or by_name["dates"].points > 0:
            return True
        return any(named.facets.years and named.facets.years == profile.facets.years for named in page.titles)


def _groups(documents: Sequence[LinkableDocument]) -> tuple[str, ...]:
    """Return the group of each document: copies (same_as, followed to its end) count as one."""
    target = {document.id: document.same_as for document in documents}

    def root(identifier: str) -> str:
        seen = {identifier}
        while (following := target.get(identifier)) and following not in seen:
            seen.add(following)
            identifier = following
        return identifier

    return tuple(root(document.id) for document in documents)
