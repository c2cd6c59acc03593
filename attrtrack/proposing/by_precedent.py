"""The fourth voice: like documents of the register that a person has decided or an assessor corrected.

Decision: a precedent speaks by likeness. Below `FLOOR` it is silent; a letter half alike shifts an open question; the
same text, or one with a sentence changed, decides. On the training letters two letters of one writer are less than 0.1
alike, contrast pairs (one deciding sentence apart) 0.1, at most 0.42, copies with a sentence exchanged 0.8.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.precedents import PrecedentMatch
from attrtrack.domain.proposals import Opinion, Voice
from attrtrack.nlp.layout import Letter
from attrtrack.nlp.sketches import triple_hashes
from attrtrack.proposing.by_rule import Hit, share
from attrtrack.proposing.hearing import Hearing, logarithms, pool
from attrtrack.proposing.teaching import publication_hits
from attrtrack.rules.tables import Rules

FLOOR = 0.25
"""Likeness from which a precedent speaks at all."""
_FULL = 12.0
_CAP = 18.0
_MORE_OF_THE_SAME = 0.35
_SHOWN = 3


def strength(match: PrecedentMatch) -> float:
    """Return the log-odds that one precedent gives its attribute: weight times share times the square of likeness above the floor."""
    above = max(match.likeness - FLOOR, 0.0) / (1.0 - FLOOR)
    return match.precedent.lesson.weight * match.share * _FULL * above * above


def precedent_support(matches: Sequence[PrecedentMatch]) -> dict[DisclosureAttribute, float]:
    """Return the log-odds that precedents give each attribute: the strongest in full, two more of the same in part."""
    support: dict[DisclosureAttribute, float] = {}
    for attribute in DisclosureAttribute:
        odds = sorted((strength(match) for match in matches if _says(match, attribute)), reverse=True)
        if odds and odds[0] > 0.0:
            support[attribute] = odds[0] + _MORE_OF_THE_SAME * sum(odds[1:3])
    highest = max(support.values(), default=0.0)
    return {name: value * min(1.0, _CAP / highest) for name, value in support.items()}


def reason_support(matches: Sequence[PrecedentMatch], attribute: DisclosureAttribute) -> dict[str, float]:
    """Return how strongly precedents of one attribute speak for each reason that they give (log-odds)."""
    support: dict[str, float] = {}
    for match in matches:
        reason = match.precedent.lesson.reason
        if reason is not None and _says(match, attribute):
            support[reason] = max(support.get(reason, 0.0), strength(match))
    return support


def with_precedents(
    hearing: Hearing, document: Document, matches: Sequence[PrecedentMatch], *, hits: Sequence[Hit], rules: Rules
) -> Hearing:
    """Return a hearing at which the precedents have spoken too."""
    taught = precedent_support(matches)
    return replace(
        hearing,
        pooled=pool(logarithms(hearing.pooled), taught),
        precedents=hear_precedents(document, hearing.letter, matches, support=taught),
        taught=taught,
        taught_reasons={attribute: reason_support(matches, attribute) for attribute in taught},
        nearest=max(match.likeness for match in matches),
        to_be_published=bool(publication_hits(hits, rules)),
    )


def hear_precedents(
    document: Document,
    letter: Letter,
    matches: Sequence[PrecedentMatch],
    *,
    support: Mapping[DisclosureAttribute, float],
) -> Opinion | None:
    """Return what the precedents say together, with the sentences shared with them; None when none is like enough."""
    if not support:
        return None
    shares = share(support)
    attribute = max(shares, key=lambda name: shares[name])
    mine = sorted((match for match in matches if _says(match, attribute)), key=strength, reverse=True)
    return Opinion(
        Voice.PRECEDENT,
        attribute,
        reason=mine[0].precedent.lesson.reason,
        probability=shares[attribute],
        evidence=_shared_sentences(document, letter, mine[:_SHOWN]),
    )


def _says(match: PrecedentMatch, attribute: DisclosureAttribute) -> bool:
    return match.precedent.lesson.attribute is attribute


def _shared_sentences(document: Document, letter: Letter, matches: Sequence[PrecedentMatch]) -> tuple[Evidence, ...]:
    """Quote, for each precedent, the sentence of this document that shares most with it."""
    hashes = [(triple_hashes(sentence.text), sentence) for sentence in letter.sentences]
    quoted = []
    for match in matches:
        kept = frozenset(match.precedent.lesson.sketch)
        shared, sentence = max(
            ((len(kept & own), one) for own, one in hashes), key=lambda pair: pair[0], default=(0, None)
        )
        if sentence is not None and shared:
            quoted.append(document.quote(letter.span(sentence), f"{Voice.PRECEDENT}:{match.precedent.document_id}"))
    return tuple(quoted)
