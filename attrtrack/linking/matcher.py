"""The matcher: an index over documents, candidates for an interpretation, clues weighed to a probability, a decision."""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence

from attrtrack.domain.evidence import Evidence
from attrtrack.domain.interpretations import Interpretation, LinkableDocument, LinkDecision, LinkProposal, LinkProposals
from attrtrack.linking.asking import Inquiry, Steps, most_of
from attrtrack.linking.candidates import Candidates
from attrtrack.linking.carrying import Carried, packed, unpacked
from attrtrack.linking.collection import Groups, Profiles
from attrtrack.linking.pairs import Pair
from attrtrack.linking.profiles import InterpretationProfile, Listing, profile_interpretation
from attrtrack.linking.weighing import Judged, Weights
from attrtrack.nlp.forking import for_batches
from attrtrack.rules import Rules

_MOST = 5
_SHOWN_FROM = 0.2
_SHOWN_FROM_ODDS = math.log(_SHOWN_FROM / (1 - _SHOWN_FROM))


class Matcher:
    """Proposes documents for interpretations; built once over all documents, it never changes."""

    def __init__(
        self,
        documents: Sequence[LinkableDocument],
        rules: Rules,
        weights: Weights | None = None,
        *,
        processes: int | None = 1,
    ) -> None:
        self._corrections = rules.words("t2s-corrections")
        self._weights = weights or Weights.of(rules)
        self._steps = Steps(most_of(self._weights))
        self._profiles = Profiles(documents, self._corrections)
        self._groups = Groups(documents)
        self._candidates = Candidates(documents, self._corrections, processes)
        self._index = self._candidates.names

    @property
    def index_bytes(self) -> int:
        """Bytes that the index over the documents holds."""
        return self._candidates.size

    def propose(self, interpretation: Interpretation) -> LinkProposals:
        """Return at most five documents, best first; none when no document here is what the page explains."""
        return self._propose_together([interpretation])[0]

    def _carried(self, interpretations: Sequence[Interpretation]) -> Sequence[Carried]:
        return list(map(packed, self._propose_together(interpretations)))

    def _propose_together(self, interpretations: Sequence[Interpretation]) -> Sequence[LinkProposals]:
        pages = [profile_interpretation(interpretation, self._corrections) for interpretation in interpretations]
        return list(map(self._proposals, pages, self._candidates.of(pages)))

    def _proposals(self, page: InterpretationProfile, rows: Sequence[int]) -> LinkProposals:
        ranked = self._ranked(page, rows)
        shown = [item for item in ranked if not item.vetoed and (item.probability >= _SHOWN_FROM or item.exact)][:_MOST]
        doubts = self._doubts(page, ranked) if ranked else ()
        links = (self._proposal(item, doubts if item is ranked[0] else None) for item in shown)
        return LinkProposals(page.interpretation.id, tuple(links))

    def propose_many(
        self, interpretations: Iterable[Interpretation], *, processes: int | None = None
    ) -> Iterator[LinkProposals]:
        """Yield the proposals for many interpretations in their order; `processes` None: two where there are many."""
        return map(unpacked, for_batches(self._carried, interpretations, processes=processes))

    def weighed(self, interpretation: Interpretation) -> tuple[tuple[LinkableDocument, Judged], ...]:
        """Return every document compared with its clues, best first, copies as one: what weights are fitted to."""
        page = profile_interpretation(interpretation, self._corrections)
        ranked = self._ranked(page, self._candidates.of([page])[0], all_of_them=True)
        return tuple((self._profiles[item.row].document, item) for item in ranked)

    def _ranked(self, page: InterpretationProfile, rows: Sequence[int], *, all_of_them: bool = False) -> list[Judged]:
        judged = self._judged(page, rows, all_of_them=all_of_them)
        if len(judged) == 1:
            return judged
        judged.sort(key=self._order)
        best_of_group: dict[str, Judged] = {}
        listed: dict[Listing, str] = {}
        marks = [self._profiles[item.row].mark for item in judged]
        for item, mark in zip(judged, marks, strict=True):
            group = self._groups[item.row]
            listing = self._profiles[item.row].listing if mark and marks.count(mark) > 1 else None
            best_of_group.setdefault(listed.setdefault(listing, group) if listing else group, item)
        return list(best_of_group.values())

    def _order(self, item: Judged) -> tuple[float, bool, str]:
        document = self._profiles[item.row].document
        return (-item.odds, document.same_as is not None, document.id)

    def _judged(self, page: InterpretationProfile, rows: Sequence[int], *, all_of_them: bool) -> list[Judged]:
        """Judge the candidates; left out are those far behind the best, unless one could stand for another here."""
        inquiry, best = Inquiry(page, self._weights, self._steps, _SHOWN_FROM_ODDS), -math.inf
        found: dict[int, Judged] = {}
        given_up: list[int] = []
        for row in rows:
            item = inquiry.judge(self._pair(page, row), row, -math.inf if all_of_them else best - self._weights.ahead)
            if item is None:
                given_up.append(row)
            else:
                best, found[row] = max(best, item.odds), item
        if given_up and self._share_a_document(found, given_up):
            return self._judged(page, rows, all_of_them=True)
        return list(found.values())

    def _pair(self, page: InterpretationProfile, row: int) -> Pair:
        return Pair(page, self._profiles[row], self._index, self._weights.of_clues)

    def _share_a_document(self, found: Collection[int], others: Collection[int]) -> bool:
        """Whether one of these rows is the same document as one of the others: a copy, or listed just so."""
        if not {self._groups[row] for row in found}.isdisjoint([self._groups[row] for row in others]):
            return True
        read = self._profiles
        marks = {read[row].mark for row in found}.intersection([read[row].mark for row in others]) - {None}
        return bool(marks) and not {read[row].listing for row in found if read[row].mark in marks}.isdisjoint(
            [read[row].listing for row in others]
        )

    def _doubts(self, page: InterpretationProfile, ranked: Sequence[Judged]) -> tuple[str, ...]:
        """Say why a machine may not link the best; empty when it may: certain, nothing against it, no other near."""
        best = ranked[0]
        found = [clue.doubt for clue in best.clues if clue.doubt]
        if any(other.rival or best.odds - other.odds < self._weights.ahead for other in ranked[1:]):
            found.append("另有难分先后的文件，须由人选定")
        if page.several_subjects:
            found.append("网页标题点名不止一份文件")
        if best.only_linked and page.title_speaks:
            found.append("网页链接到这份文件，标题点名的却是另一份")
        if not best.named:
            found.append("网页没有点名文件，仅凭用词和时间相近")
        if not best.word_for_word and not best.timely:
            found.append("网页所写名称与文件不尽相同，又没有日期、文号印证")
        if best.odds < self._weights.safe_from:
            found.append("把握不足")
        return tuple(dict.fromkeys(found))

    def _proposal(self, item: Judged, doubts: Sequence[str] | None) -> LinkProposal:
        """Propose a document; `doubts` are what keeps the best of all from being linked, None for those after it."""
        evidence = [clue.evidence for clue in item.clues if clue.evidence is not None]
        evidence += [Evidence(doubt, None, "doubt") for doubt in doubts or ()]
        decision = LinkDecision.AUTO if doubts is not None and not doubts else LinkDecision.REVIEW
        return LinkProposal(self._profiles[item.row].document.id, item.probability, decision, tuple(evidence))
