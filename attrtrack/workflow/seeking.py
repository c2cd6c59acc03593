"""Which document does one interpretation explain? Looked for at once, while somebody waits.

Decision: the index over a large register takes too long to make for one page, so beyond `MOST` documents only those of the
interpretation's unit and of the years about it are compared. A rival may then have been left out, so that nothing is linked
without a person; the job that goes through all of them may still link it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.interpretations import LinkableDocument, LinkDecision, LinkProposals
from attrtrack.domain.register import RecordedInterpretation
from attrtrack.workflow.app import App
from attrtrack.workflow.linking import keep_proposed, proposed_parts
from attrtrack.workflow.permitting import permitted

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

MOST = 5_000
"""Documents that are compared at once (about a second)."""


@dataclass(frozen=True, slots=True)
class Sought:
    """How many documents were proposed, whether a person has decided before, and whether only a part was compared."""

    proposed: int
    settled: bool
    partial: bool


def seek_document(app: App, interpretation_id: str) -> Sought:
    """Propose documents for one interpretation now and keep the proposals, as `link` does for many."""
    permitted(app, Right.JUDGE_LINKS, subject=interpretation_id)
    with app.reading() as work:
        recorded = work.interpretations.get(interpretation_id)
        documents, partial = _compared(work, recorded)
    part = next(proposed_parts(app, [recorded], documents, processes=1))
    if partial:
        part = [(item, _for_a_person(proposals)) for item, proposals in part]
    with app.unit_of_work() as work:
        kept = keep_proposed(work, part)
    return Sought(sum(len(proposals.links) for _, proposals in kept), settled=not kept, partial=partial)


def _compared(work: "UnitOfWork", recorded: RecordedInterpretation) -> tuple[tuple[LinkableDocument, ...], bool]:
    found = tuple(islice(work.documents.linkables(), MOST + 1))
    if len(found) <= MOST:
        return found, False
    return tuple(islice(_near(work, recorded), MOST)), True


def _near(work: "UnitOfWork", recorded: RecordedInterpretation) -> Iterator[LinkableDocument]:
    published = recorded.interpretation.published
    year = published.year if published else recorded.year
    years = [None] if year is None else [year, year - 1]
    return chain.from_iterable(work.documents.linkables(recorded.unit, one) for one in years)


def _for_a_person(proposals: LinkProposals) -> LinkProposals:
    links = tuple(replace(link, decision=LinkDecision.REVIEW) for link in proposals.links)
    return replace(proposals, links=links)
