"""Agreeing with many declarations at once: only with those that nothing and nobody speaks against.

Decision: what may be agreed to unread is asked of the register again for each document, in the use case itself; that a page
offered it is not enough.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.people import same_person
from attrtrack.domain.proposals import Proposal
from attrtrack.errors import TransitionNotAllowedError
from attrtrack.workflow.app import App
from attrtrack.workflow.histories import named
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.registering import Recorded
from attrtrack.workflow.reviewing import review
from attrtrack.workflow.seeing import seen

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

_SPEAKING = frozenset({Severity.BLOCK, Severity.FLAG})


def accept_undisputed(app: App, document_id: str) -> Recorded:
    """Agree with a declaration that is as proposed and undisputed; `TransitionNotAllowedError` says what speaks against it."""
    permitted(app, Right.REVIEW, subject=document_id)
    with app.reading() as work:
        recorded = seen(app, work, document_id)
        found = work.evaluations.latest(document_id) or ()
        against = [*_not_waiting(recorded.state), *_against(app, work, document_id, recorded.declaration, found)]
    if against:
        raise TransitionNotAllowedError(f"{against[0]}请打开这份文件逐项办理。")
    return review(app, document_id, "agree")


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether a declaration may be agreed to unread: the version that was looked at, and what speaks against it, if anything."""

    version: int
    against: str | None


def offers(app: App, document_ids: Sequence[str]) -> dict[str, Offer]:
    """Say of declared documents whether they may be agreed to unread.

    What the gate found is not asked here: a list by what is waited for has taken those documents out already.
    """
    permitted(app, Right.READ)
    with app.reading() as work:
        found = work.documents.several(document_ids)
        return {
            identifier: Offer(
                work.journal.version_of(identifier),
                next(_against(app, work, identifier, recorded.declaration, ()), None),
            )
            for identifier, recorded in found.items()
            if app.access.sees(recorded.unit)
        }


def _not_waiting(state: State) -> Iterator[str]:
    if state is not State.DECLARED:
        yield f"文件现为“{state.chinese}”，不是待审核。"


def _against(
    app: App, work: "UnitOfWork", document_id: str, said: Declaration | None, found: Sequence[Finding]
) -> Iterator[str]:
    """Yield what speaks against agreeing unread."""
    proposal = work.proposals.latest(document_id)
    if said is None or said.attribute is None:
        yield "起草部门还没有认定。"
    elif same_person(said.declared_by, app.actor):
        yield "认定人不得审核自己的认定。"
    else:
        yield from _disagreement(said.attribute, proposal)
    last = work.reviews.of_declaration(document_id)
    if last and last[-1].result.stands:
        yield f"{named(work, last[-1].by)}已经审核过：{last[-1].result.chinese}。"
    if any(finding.severity in _SPEAKING for finding in found):
        yield "有需要核对的问题。"


def _disagreement(declared: DisclosureAttribute, proposal: Proposal | None) -> Iterator[str]:
    if proposal is None or proposal.attribute is None:
        yield "系统没有建议可以对照。"
    elif proposal.abstained:
        yield "系统拿不准。"
    elif proposal.attribute is not declared:
        yield f"起草部门认定为{declared.chinese}，系统建议{proposal.attribute.chinese}。"
    elif any(opinion.attribute not in {None, declared} for opinion in proposal.voices):
        yield "各方意见不一致。"
