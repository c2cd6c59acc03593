"""What articles 19 to 21 of the regulation name for publication in a document, told to the gate as values.

A rule of those articles speaks when no rule that keeps the document back is as strong: a plan that is approved beside a
firm's undisclosed figures is not simply to be published.
"""

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.duties import NamedForPublication
from attrtrack.domain.proposals import Voice
from attrtrack.proposing.studying import Study
from attrtrack.proposing.teaching import publication_hits


def named_for_publication(study: Study) -> tuple[NamedForPublication, ...]:
    """Return what of a document articles 19 to 21 name, the strongest first; nothing where a barring rule is as strong."""
    hits = study.hits
    against = max((hit.strength for hit in hits if hit.row.attribute is not DisclosureAttribute.PROACTIVE), default=0.0)
    return tuple(
        NamedForPublication(
            hit.row.reason,
            hit.row.text,
            (study.document.quote(hit.span, f"{Voice.RULES}:{hit.row.code}"),) if hit.span is not None else (),
        )
        for hit in publication_hits(hits, study.rules)
        if hit.strength > against
    )
