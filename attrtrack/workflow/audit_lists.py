"""What audits of the register came to, as lists: the ranking that a job has kept by ids, with the documents as they are now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.audits import AuditedRow, AuditSummary, SameReason, Suspicion
from attrtrack.domain.jobs import Job, JobKind
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import EmptyListError, UnknownRecordError
from attrtrack.workflow.app import App
from attrtrack.workflow.jobs import listed, status
from attrtrack.workflow.permitting import permitted

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

_NEWEST = 500
_Kept = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SuspectedDocument:
    """A place of the ranking: what was held against the attribute then, and the attribute now where it is another."""

    number: int
    suspicion: Suspicion
    now: DisclosureAttribute | None


@dataclass(frozen=True, slots=True)
class AuditList:
    """A part of the ranking of one audit; `total` is all that was kept of it, `summary` None until the audit has ended."""

    job: Job
    summary: AuditSummary | None
    total: int
    rows: tuple[SuspectedDocument, ...]


def audits(app: App, *, limit: int = 20) -> list[Job]:
    """Return the newest audits that the person acting may look at."""
    permitted(app, Right.RUN_JOBS)
    return [job for job in listed(app, limit=_NEWEST) if job.kind is JobKind.AUDIT][:limit]


def audit_list(app: App, job_id: str, *, limit: int, offset: int = 0) -> AuditList:
    """Return a part of an audit's ranking; documents that are out of sight or gone are left out."""
    permitted(app, Right.RUN_JOBS)
    job = status(app, job_id)
    if job.kind is not JobKind.AUDIT:
        raise UnknownRecordError(f"登记中没有编号为“{job_id[:20]}”的审查：请从审查清单进入。")
    kept = _kept(job)
    with app.reading() as work:
        rows = tuple(_suspected(app, work, kept[offset : offset + limit], first=offset + 1))
    return AuditList(job, _summary(app, job), len(kept), rows)


def audit_file(app: App, job_id: str) -> bytes:
    """Return an audit's ranking as a workbook; `EmptyListError` where there is none yet."""
    from attrtrack.reporting.audit_list import audit_workbook  # noqa: PLC0415 - xlsxwriter is loaded where a file is made

    permitted(app, Right.RUN_JOBS)
    found = audit_list(app, job_id, limit=_NEWEST)
    if found.summary is None or not found.rows:
        raise EmptyListError("这次审查还没有清单：请等它办完，或者重新发起。")
    ranked = [row.suspicion for row in found.rows]
    return audit_workbook(ranked, found.summary, rules=app.rules, today=app.today)


def _kept(job: Job) -> Sequence[_Kept]:
    return _several(job.result or {}, "suspicions")


def _summary(app: App, job: Job) -> AuditSummary | None:
    told = job.result or {}
    if not job.state.ended or "audited" not in told:
        return None
    return AuditSummary(
        audited=_count(told, "audited"),
        flagged=_count(told, "flagged"),
        hidden_letters=_count(told, "hidden_letters"),
        not_audited=_count(told, "not_audited"),
        by_title=_count(told, "by_title"),
        learnt_from_archive=bool(told.get("learnt_from_archive")),
        by_unit=tuple((row[0], row[1], row[2]) for row in _several(told, "by_unit") if app.access.sees(row[0])),
        same_reasons=tuple(
            map(_same_reason, (row for row in _several(told, "same_reasons") if app.access.sees(row["unit"])))
        ),
        taught_by_office=bool(told.get("taught_by_office")),
    )


def _several(told: Mapping[str, object], name: str) -> Sequence[Any]:
    """Return a list that a job has kept; empty where an earlier program kept none."""
    found = told.get(name)
    return found if isinstance(found, list) else ()


def _same_reason(kept: _Kept) -> SameReason:
    return SameReason(
        kept["unit"], DisclosureAttribute(kept["declared"]), kept["reason"], count=kept["count"], rows=kept["rows"]
    )


def _count(told: Mapping[str, object], name: str) -> int:
    value = told.get(name, 0)
    return value if isinstance(value, int) else 0


def _suspected(app: App, work: "UnitOfWork", kept: Sequence[_Kept], *, first: int) -> Iterator[SuspectedDocument]:
    found = work.documents.several([row["id"] for row in kept])
    for number, row in enumerate(kept, start=first):
        recorded = found.get(row["id"])
        if recorded is not None and app.access.sees(recorded.unit):
            declared = DisclosureAttribute(row["declared"])
            now = recorded.attribute if recorded.attribute is not declared else None
            yield SuspectedDocument(number, _suspicion(work, recorded, row), now)


def _suspicion(work: "UnitOfWork", recorded: RecordedDocument, row: _Kept) -> Suspicion:
    proposal = work.proposals.latest(recorded.id)
    document, proposed = recorded.document, row["proposed"]
    reason = recorded.decision or recorded.declaration
    return Suspicion(
        row=AuditedRow(
            id=recorded.id,
            file=None,
            row=None,
            title=document.title,
            number=document.number,
            genre=document.genre.value if document.genre else None,
            unit=recorded.unit,
            declared=DisclosureAttribute(row["declared"]),
            declared_reason=reason.reason if reason else document.declared_reason,
            letter_of_reply=bool(row.get("letter_of_reply")),
            by_title=not document.text.strip(),
        ),
        declared=DisclosureAttribute(row["declared"]),
        proposed=DisclosureAttribute(proposed) if proposed else None,
        score=float(row["score"]),
        flagged=bool(row["flagged"]),
        probability=None,
        reason=row.get("reason"),
        evidence=proposal.evidence if proposal and proposal.attribute and proposal.attribute.value == proposed else (),
        doubt=row.get("doubt"),
        catch_all=bool(row.get("catch_all")),
    )
