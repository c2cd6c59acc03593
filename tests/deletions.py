"""Whether the sentences that a proposal quotes carry it: what becomes of its attribute when they are gone."""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Span
from attrtrack.domain.proposals import Proposal
from attrtrack.proposing import Proposer
from attrtrack.proposing.letters import lay_out


@dataclass(frozen=True, slots=True)
class Deletion:
    """The log-odds of the proposed attribute: of the whole text, without its quotations, without as many other sentences.

    `other` is None where there is no other sentence.
    """

    whole: float
    unquoted: float
    other: float | None


def delete(proposer: Proposer, document: Document, *, seed: str) -> Deletion | None:
    """Delete the quoted spans, then as many other sentences by lot; None for a proposal that names no attribute."""

    def shares_without(spans: Sequence[Span]) -> Mapping[DisclosureAttribute, float]:
        return proposer.weigh_many((without(document, spans),))[0][1]

    ((proposal, shares),) = proposer.weigh_many((document,))
    if proposal.attribute is None:
        return None
    quoted = _quoted(proposal)
    others = _by_lot(proposer, document, quoted=quoted, seed=seed)
    return Deletion(
        whole=_odds(shares, proposal.attribute),
        unquoted=_odds(shares_without(quoted), proposal.attribute),
        other=_odds(shares_without(others), proposal.attribute) if others else None,
    )


def without(document: Document, spans: Sequence[Span]) -> Document:
    """Return the document without some passages; if its title is among them, the title that it states goes too."""
    text, end = "", 0
    for span in sorted(spans):
        text += document.text[end : max(span.start, end)]
        end = max(end, span.end)
    lost = {_bare(span.of(document.text)) for span in spans}
    is_title_lost = any(_bare(document.title or "") in passage for passage in lost)
    return replace(document, text=text + document.text[end:], title=None if is_title_lost else document.title)


def _bare(text: str) -> str:
    return "".join(text.split())


def _quoted(proposal: Proposal) -> list[Span]:
    return [evidence.span for evidence in proposal.evidence if evidence.span is not None]


def _by_lot(proposer: Proposer, document: Document, *, quoted: Sequence[Span], seed: str) -> list[Span]:
    letter = lay_out(document, proposer.rules)
    spans = [letter.span(sentence) for sentence in letter.sentences]
    free = [span for span in spans if not any(_overlap(span, other) for other in quoted)]
    return random.Random(seed).sample(free, min(len(quoted), len(free)))  # noqa: S311 - a draw that anybody can repeat


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _odds(shares: Mapping[DisclosureAttribute, float], wanted: DisclosureAttribute) -> float:
    """Return log-odds, from the other shares: near 1 the share itself has no digits left."""
    return math.log(shares[wanted]) - math.log(sum(share for name, share in shares.items() if name != wanted))
