"""The register gone through again as jobs: new proposals for every document, new link proposals for every interpretation.

Decision: both append suggestions and touch no decision. What a job re-examines is settled when it first counts (`until`):
a document that comes in later has been judged by the present rules already. One process each: a worker has threads, and
a process forked beside them could inherit a lock that nobody will open.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.jobs import Job, Told
from attrtrack.domain.proposals import Proposal
from attrtrack.workflow.app import App
from attrtrack.workflow.job_parts import Part, Plan, number_at, whole, words
from attrtrack.workflow.linking import Proposed, keep_proposed, proposed_parts, unlinked

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

_DOCUMENTS = 100


def plan_proposing(app: App, job: Job) -> Plan:
    """Plan fresh proposals by the present rules, model and precedents for the documents of a unit and year."""
    unit, year = words(job.parameters, "unit"), whole(job.parameters, "year")
    until = words(job.cursor or {}, "until")
    with app.reading() as work:
        until = until or work.sweep.last()
        total = 0 if until is None else work.sweep.count(unit, year, until=until)
    return Plan(total, iter(()) if until is None else _proposing_parts(app, job, until))


def _proposing_parts(app: App, job: Job, until: str) -> Iterator[Part]:
    unit, year = words(job.parameters, "unit"), whole(job.parameters, "year")
    after = words(job.cursor or {}, "after")
    while True:
        with app.reading() as work:
            identifiers = work.sweep.after(after, until=until, unit=unit, year=year, limit=_DOCUMENTS)
            fresh = _fresh_proposals(app, work, identifiers)
        if not identifiers:
            return
        after = identifiers[-1]
        yield Part({"after": after, "until": until}, len(identifiers), _keeping(fresh))


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A new proposal, whether it says otherwise than the one before, and the decision in force if it says otherwise."""

    id: str
    proposal: Proposal
    changed: bool
    unlike: DisclosureAttribute | None


def _fresh_proposals(app: App, work: "UnitOfWork", identifiers: Sequence[str]) -> list[_Fresh]:
    """Propose for documents of the open snapshot."""
    from attrtrack.workflow.learning import precedents_like  # noqa: PLC0415 - loaded where proposals are made

    several = work.documents.several(identifiers)
    alike = [
        precedents_like(app, work, recorded.document, unit=recorded.unit, excluding=identifier)
        for identifier, recorded in several.items()
    ]
    proposals = app.proposer.propose_many([recorded.document for recorded in several.values()], alike)
    found = []
    for (identifier, recorded), fresh in zip(several.items(), proposals, strict=True):
        before = work.proposals.latest(identifier)
        decided = recorded.decision.attribute if recorded.decision else None
        changed = before is not None and before.attribute is not fresh.attribute
        unlike = decided if fresh.attribute not in {None, decided} else None
        found.append(_Fresh(identifier, fresh, changed, unlike))
    return found


def _keeping(fresh: Sequence[_Fresh]) -> "Callable[[UnitOfWork], Told]":
    def keep(work: "UnitOfWork") -> Told:
        kept = [item for item in fresh if work.documents.has(item.id)]
        for item in kept:
            work.proposals.add(item.id, item.proposal)
        unlike = [
            {"id": item.id, "decided": item.unlike.value, "proposed": str(item.proposal.attribute)}
            for item in kept
            if item.unlike is not None
        ]
        changed = sum(item.changed for item in kept)
        return {"proposed": len(kept), "changed": changed, "unlike_decision": unlike, "unlike_decisions": len(unlike)}

    return keep


def plan_linking(app: App, job: Job) -> Plan:
    """Plan link proposals for the interpretations of a unit and year without a confirmed document."""
    unit, year = words(job.parameters, "unit"), whole(job.parameters, "year")
    after = number_at(job.cursor, "after")
    waiting, documents = unlinked(app, unit=unit, year=year)
    left = [item for item in waiting if int(item.id[1:]) > after]
    parts = proposed_parts(app, left, documents, processes=1) if left else iter(())
    return Plan(job.done + len(left), (_link_part(part) for part in parts))


def _link_part(part: Sequence[Proposed]) -> Part:
    def keep(work: "UnitOfWork") -> Told:
        kept = keep_proposed(work, part)
        return {"proposed": len(kept), "with_documents": sum(bool(proposals.links) for _, proposals in kept)}

    return Part({"after": int(part[-1][0].id[1:])}, len(part), keep)
