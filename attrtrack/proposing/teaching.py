"""What a decided document can teach: the sketch by which like ones are found, and the rules that speak against it.

A rule speaks against a decision not to publish when it proposes `proactive` for a reason that rests on articles 19 to 21
of the regulation (as the reasons table refers to them) at the strength that the office has set. So does the model, when
it is as sure of such a reason as the office has set: rules alone know two thirds of the letters that must be published. On
training letters by writers held out, rules and model at 0.8 stop 96 % of such letters kept back, rules alone 66 %; of the
letters rightly kept back the model asks about 0.7 % more. Past practice teaches over-withholding (an office's own habit is
no proof of the law), so such a decision waits for a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.proposals import Opinion, Voice
from attrtrack.nlp.sketches import Sketch
from attrtrack.proposing.by_rule import Hit
from attrtrack.proposing.studying import Study
from attrtrack.rules.tables import Rules

_TO_BE_PUBLISHED = range(19, 22)


@dataclass(frozen=True, slots=True)
class Teaching:
    """The sketch of a document, and what speaks against what was decided of it: codes of rules or `model`, why, sentences."""

    sketch: Sketch
    opposed: tuple[str, ...]
    because: str
    evidence: tuple[Evidence, ...]


def teaching_of(study: Study, attribute: DisclosureAttribute, *, model: Opinion | None = None) -> Teaching:
    """Return what a document teaches when `attribute` is decided of it; `model` is what the model says of the document."""
    if attribute is DisclosureAttribute.PROACTIVE:
        return Teaching(study.sketch, (), "", ())
    document, rules = study.document, study.rules
    hits = publication_hits(study.hits, rules)
    opposed = [hit.row.code for hit in hits]
    because = [hit.row.text.rstrip("。") for hit in hits[:1]]
    evidence = _quotes(document, hits)
    if model is not None and (named := _sure_of_publication(model, rules)):
        opposed.append(Voice.MODEL.value)
        because = because or [named]
        evidence = evidence or model.evidence
    return Teaching(study.sketch, tuple(opposed), "".join(because), evidence)


def publication_hits(hits: Sequence[Hit], rules: Rules) -> tuple[Hit, ...]:
    """Return the hits by which articles 19 to 21 call for publication, strong enough to be heard before any precedent."""
    least = float(rules.switch("precedent_conflict_strength")[0])
    return tuple(
        hit for hit in hits if hit.strength >= least and _must_be_published(hit.row.attribute, hit.row.reason, rules)
    )


def _sure_of_publication(model: Opinion, rules: Rules) -> str:
    """Say for which reason of articles 19 to 21 the model is sure of publication; empty when it is not."""
    least = float(rules.switch("precedent_conflict_model")[0])
    sure = (model.probability or 0.0) >= least and _must_be_published(model.attribute, model.reason, rules)
    reason = rules.reason(model.reason or "")
    return f"模型有很大把握认为属于“{reason.name}”" if sure and reason is not None else ""


def _must_be_published(attribute: DisclosureAttribute | None, code: str | None, rules: Rules) -> bool:
    from attrtrack.rules.reasons import REGULATION  # noqa: PLC0415 - compiles patterns that a plain suggestion needs not

    reason = rules.reason(code or "")
    if attribute is not DisclosureAttribute.PROACTIVE or reason is None:
        return False
    return any(clause.instrument == REGULATION and clause.article in _TO_BE_PUBLISHED for clause in reason.references)


def _quotes(document: Document, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    return tuple(document.quote(hit.span, f"{Voice.RULES}:{hit.row.code}") for hit in hits if hit.span is not None)
