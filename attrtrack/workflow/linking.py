"""Propose which document an interpretation explains, and keep what a person says of it."""

from collections.abc import Iterator, Sequence

from attrtrack.domain.interpretations import Interpretation, Judgement, LinkableDocument, LinkProposals
from attrtrack.domain.register import RecordedLink
from attrtrack.linking import Matcher
from attrtrack.workflow.app import App


def link_batch(
    app: App, documents: Sequence[LinkableDocument], interpretations: Sequence[Interpretation]
) -> Iterator[LinkProposals]:
    """Propose links between given rows; nothing is stored."""
    matcher = Matcher(documents, app.rules)
    for interpretation in interpretations:
        yield matcher.propose(interpretation)


def link(app: App, *, unit: str | None = None, year: int | None = None) -> Iterator[LinkProposals]:
    """Propose links for every interpretation of the register that nobody has judged, and keep the proposals."""
    with app.reading() as work:
        matcher = Matcher(tuple(work.documents.linkables()), app.rules)
        waiting = [item for item in work.interpretations.all(unit, year) if not _is_judged(work.links.of(item.id))]
    for recorded in waiting:
        proposals = matcher.propose(recorded.interpretation)
        with app.unit_of_work() as work:
            work.links.propose(recorded.id, proposals)
        yield proposals


def _is_judged(links: Sequence[RecordedLink]) -> bool:
    return any(link.judgement in {Judgement.CONFIRMED, Judgement.REJECTED} for link in links)


def judge(app: App, interpretation_id: str, document_id: str | None) -> tuple[RecordedLink, ...]:
    """Keep a person's judgement: this document, or none of them; it can be judged again, the journal keeps both.

    Naming a document answers the other suggestions too; one that is right as well is judged by a call of its own.
    """
    with app.unit_of_work() as work:
        work.interpretations.get(interpretation_id)
        if document_id is None:
            work.links.judge_none(interpretation_id, app.actor)
        else:
            work.documents.get(document_id)
            for link in work.links.of(interpretation_id):
                if link.judgement in {Judgement.PENDING, Judgement.AUTO}:
                    work.links.judge(interpretation_id, link.document_id, Judgement.REJECTED, app.actor)
            work.links.judge(interpretation_id, document_id, Judgement.CONFIRMED, app.actor)
        return tuple(work.links.of(interpretation_id))
