"""Proposals as plain tuples, in which they go from one process to another in a third of the time that values take."""

from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.interpretations import LinkDecision, LinkProposal, LinkProposals

_Line = tuple[str, int | None, int, str]
_Link = tuple[str, float, bool, tuple[_Line, ...]]
Carried = tuple[str, tuple[_Link, ...]]


def packed(proposals: LinkProposals) -> Carried:
    """Return the proposals of a page as tuples."""
    links = [
        (link.document_id, link.probability, link.decision is LinkDecision.AUTO, tuple(map(_line, link.evidence)))
        for link in proposals.links
    ]
    return proposals.interpretation_id, tuple(links)


def unpacked(carried: Carried) -> LinkProposals:
    """Return the proposals that were packed."""
    links = [
        LinkProposal(
            document_id, probability, LinkDecision.AUTO if automatic else LinkDecision.REVIEW, tuple(map(_read, lines))
        )
        for document_id, probability, automatic, lines in carried[1]
    ]
    return LinkProposals(carried[0], tuple(links))


def _line(evidence: Evidence) -> _Line:
    span = evidence.span
    return evidence.quote, span.start if span else None, span.end if span else 0, evidence.source


def _read(line: _Line) -> Evidence:
    quote, start, end, source = line
    return Evidence(quote, None if start is None else Span(start, end), source)
