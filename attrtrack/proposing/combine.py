"""From a hearing to an answer: who is followed, which reasons carry it, which sentences show it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.genres import Genre
from attrtrack.domain.proposals import ReasonLikelihood, Voice
from attrtrack.nlp.classifier import Classification
from attrtrack.proposing.by_rule import Hit
from attrtrack.proposing.hearing import CONDITIONS, Hearing
from attrtrack.rules.schema import PrecedenceRow
from attrtrack.rules.tables import Rules

MAX_REASONS = 5
MAX_EVIDENCE = 4
LETTER_REASONS = frozenset({"L-A", "L-B"})
LETTER_GENRES = frozenset({"", "函", "意见", *(genre.value for genre in Genre if genre.is_reply)})
_LEAST_SHARE = 0.1
_FLOOR = 1e-4
_LEAST = math.log(_FLOOR)


class Answer(NamedTuple):
    """The attribute followed with its pooled probability, and why a person must look, if so."""

    attribute: DisclosureAttribute | None
    probability: float | None
    abstained: bool
    doubt: str | None


def answer(hearing: Hearing, rows: Sequence[PrecedenceRow]) -> Answer:
    """Apply the first row of the precedence table whose condition holds."""
    row = next(row for row in rows if CONDITIONS[row.when](hearing))
    attribute = _followed(row.follow, hearing)
    return Answer(
        attribute=attribute,
        probability=None if attribute is None else hearing.pooled[attribute],
        abstained=row.abstain,
        doubt=row.doubt or None,
    )


def _followed(follow: str, hearing: Hearing) -> DisclosureAttribute | None:
    if follow == "none":
        return None
    if follow == Voice.MARK:
        return hearing.mark.attribute
    if follow == Voice.PRECEDENT and hearing.precedents is not None:
        return hearing.precedents.attribute
    if follow == Voice.RULES and hearing.rules.attribute is not None:
        return hearing.rules.attribute
    return hearing.likeliest


def rank_reasons(
    attribute: DisclosureAttribute | None,
    hits: Sequence[Hit],
    *,
    classification: Classification | None,
    genre: str,
    rules: Rules,
    taught: Mapping[str, float] | None = None,
) -> tuple[ReasonLikelihood, ...]:
    """Return the likeliest reasons that can carry `attribute`, best first, by rules and model together.

    The reasons of the rule for letters of reply are for such letters only; a reason that a rule names starts
    from a tenth at least, so that reasons rare in training can be found; so does one that precedents name (`taught`).
    """
    if attribute is None:
        return ()
    weights: dict[str, float] = {}
    if classification is not None:
        weights = {
            code: math.log(share) if share > _FLOOR else _LEAST for code, share in classification.reasons[attribute]
        }
    least = math.log(_LEAST_SHARE) if weights else 0.0
    for hit in hits:
        if hit.row.attribute == attribute:
            bonus = math.log(hit.strength / (1.0 - hit.strength))
            weights[hit.row.reason] = max(weights.get(hit.row.reason, least), least) + bonus
    for code, odds in (taught or {}).items():
        weights[code] = max(weights.get(code, least), least) + odds
    carrying = rules.proposable(attribute)
    if genre not in LETTER_GENRES:
        carrying -= LETTER_REASONS
    ranked = sorted([(-math.exp(weight), code) for code, weight in weights.items() if code in carrying])
    total = math.fsum([power for power, _ in ranked])
    return tuple([ReasonLikelihood(code, power / total) for power, code in ranked[:MAX_REASONS]])


def gather_evidence(
    document: Document, hearing: Hearing, attribute: DisclosureAttribute | None
) -> tuple[Evidence, ...]:
    """Return the passages of the voices that agree with the answer; if none quotes, a sentence of the document itself."""
    if attribute is None:
        return ()
    unique = {evidence.span: evidence for evidence in _agreeing(hearing, attribute)}
    return tuple(unique.values())[:MAX_EVIDENCE] or _fallback(document, hearing)


def _agreeing(hearing: Hearing, attribute: DisclosureAttribute) -> Iterator[Evidence]:
    for opinion in (hearing.mark, hearing.precedents, hearing.rules, hearing.model):
        if opinion is not None and opinion.attribute == attribute:
            yield from (evidence for evidence in opinion.evidence if evidence.span is not None)


def _fallback(document: Document, hearing: Hearing) -> tuple[Evidence, ...]:
    """Quote the first sentence of the body, or all the text when it has no sentence."""
    letter = hearing.letter
    if letter.sentences:
        return (document.quote(letter.span(letter.sentences[0]), Voice.RULES),)
    return (document.quote(letter.normalised.source_span(0, len(letter.normalised.text)), Voice.RULES),)
