"""The plain rows that programs read of an audit (JSON Lines)."""

from collections.abc import Iterable, Iterator

from attrtrack.domain.audits import AuditedRow, Suspicion
from attrtrack.workflow.audit_rows import RefusedRow
from attrtrack.workflow.shapes import Row, error_row, evidence_row


def suspicion_row(item: Suspicion) -> Row:
    """Return what `audit` prints of one document that was audited."""
    return {
        "id": item.row.id,
        "declared": item.declared.value,
        "proposed": item.proposed.value if item.proposed else None,
        "score": round(item.score, 4),
        "reason": item.reason,
        "evidence": [evidence_row(evidence) for evidence in item.evidence],
        "audited": True,
        "flagged": item.flagged,
        "probability": None if item.probability is None else round(item.probability, 4),
        "doubt": item.doubt,
        "catch_all": item.catch_all,
        **_place(item.row),
    }


def unaudited_row(row: AuditedRow) -> Row:
    """Return what `audit` prints of a document of which no attribute was declared: the same fields, nothing judged."""
    return {
        "id": row.id,
        "declared": None,
        "proposed": None,
        "score": None,
        "reason": None,
        "evidence": [],
        "audited": False,
        "flagged": False,
        "probability": None,
        "doubt": "没有认定公开属性，未审查",
        "catch_all": False,
        **_place(row),
    }


def audit_rows(suspicions: Iterable[Suspicion], unaudited: Iterable[AuditedRow]) -> Iterator[Row]:
    """Yield the ranking, best first, then what was not audited."""
    yield from map(suspicion_row, suspicions)
    yield from map(unaudited_row, unaudited)


def refused_audit_row(refused: RefusedRow) -> Row:
    """Return `{"id"|"row","error"}` of a refused row, `{"file","error"}` of a refused ledger."""
    place: Row = {"file": refused.file}
    if refused.row is not None:
        place["row"] = refused.row
    if refused.id is not None:
        place["id"] = refused.id
    return {**place, "error": error_row(refused.error)}


def _place(row: AuditedRow) -> Row:
    return {
        "letter_of_reply": row.letter_of_reply,
        "by_title": row.by_title,
        "declared_reason": row.declared_reason,
        "title": row.title,
        "doc_number": row.number,
        "genre": row.genre,
        "unit": row.unit,
        "file": row.file,
        "row": row.row,
    }
