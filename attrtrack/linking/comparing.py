"""Two titles beside each other: which facets agree, which differ, which only one of them says, and where each stands.

For whoever judges a link: plain likeness hides what tells two documents apart (place, year, batch, stage, kind).
"""

from collections.abc import Iterable

from attrtrack.domain.compared_titles import ComparedFacet, ComparedTitles, TitlePiece, Verdict
from attrtrack.nlp.title_clashes import contradictions, doubts
from attrtrack.nlp.title_spans import FacetSpan, facet_spans
from attrtrack.nlp.titles import facets

FACETS = {"place": "地区", "year": "年份", "period": "时期", "series": "批次", "stage": "阶段", "kind": "文种"}
"""The facets that are compared, as officials call them, in the order in which they are told."""
_KIND = "kind"
"""Told only where both titles name one: an interpretation is not called by its document's genre."""


def compared_titles(here: str, there: str) -> ComparedTitles:
    """Compare the title of an interpretation (`here`) with that of a document."""
    one, other = facet_spans(here), facet_spans(there)
    said, read = facets(here), facets(there)
    differing = {*contradictions(said, read), *doubts(said, read)}
    verdicts: dict[str, Verdict] = {}
    found: list[ComparedFacet] = []
    for code, name in FACETS.items():
        mine, theirs = _words(one, code), _words(other, code)
        if (mine and theirs) or ((mine or theirs) and code != _KIND):
            verdicts[code] = _verdict(mine, theirs, clashes=code in differing)
            found.append(ComparedFacet(name, mine, theirs, verdicts[code]))
    return ComparedTitles(tuple(found), _pieces(here, one, verdicts), _pieces(there, other, verdicts))


def _verdict(here: tuple[str, ...], there: tuple[str, ...], *, clashes: bool) -> Verdict:
    if not (here and there):
        return Verdict.ONE_SIDED
    return Verdict.DIFFERS if clashes else Verdict.AGREES


def _words(spans: Iterable[FacetSpan], code: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.words for item in spans if item.facet == code))


def _pieces(title: str, spans: Iterable[FacetSpan], verdicts: dict[str, Verdict]) -> tuple[TitlePiece, ...]:
    """Cut a title at its facets; of two that overlap the first is shown."""
    pieces: list[TitlePiece] = []
    end = 0
    for item in spans:
        verdict = verdicts.get(item.facet)
        if verdict is None or item.span.start < end:
            continue
        if item.span.start > end:
            pieces.append(TitlePiece(title[end : item.span.start], None))
        pieces.append(TitlePiece(item.words, verdict))
        end = item.span.end
    if title[end:]:
        pieces.append(TitlePiece(title[end:], None))
    return tuple(pieces)
