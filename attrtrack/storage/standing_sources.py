"""What standings are computed from, for some documents at a time: what the measures look at, and what was done to them."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.doubts import Doubt
from attrtrack.domain.findings import Severity
from attrtrack.domain.reviews import ReviewResult
from attrtrack.domain.standings import Course, Source
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.evaluations import of_the_text
from attrtrack.storage.identifiers import document_id
from attrtrack.storage.measured import Compared, measured_where
from attrtrack.storage.selection import newest
from attrtrack.storage.structures import attribute_of
from attrtrack.storage.tables import corrections, decisions, declarations, documents, evaluations
from attrtrack.storage.tables_gate import reexaminations, reviews, secrecy_reviews
from attrtrack.storage.transaction import Transaction


def sources_of(transaction: Transaction, keys: Sequence[int], compared: Compared) -> Iterator[Source]:
    """Yield the sources of those of these documents that there are; for as many keys as one statement can ask for."""
    yield from _sources(transaction, documents.c.id.in_(keys), compared)


def sources_between(transaction: Transaction, first: int, last: int, *, compared: Compared) -> Iterator[Source]:
    """Yield the sources of all documents entered from the first key to the last."""
    yield from _sources(transaction, documents.c.id.between(first, last), compared)


def _sources(transaction: Transaction, condition: "sa.ColumnElement[bool]", compared: Compared) -> Iterator[Source]:
    courses = {document_id(row.id): _course(row) for row in transaction.stream(_COURSES.where(condition))}
    for measured in measured_where(transaction, [condition], compared):
        yield Source(measured, courses[measured.id])


def _joined() -> "sa.Select[Any]":
    live = sa.and_(decisions.c.document_id == documents.c.id, decisions.c.superseded_at.is_(None))
    return sa.select(
        documents.c.id,
        documents.c.recorded_by,
        evaluations.c.gravest,
        *_told(),
        declarations.c.id.label("declaration"),
        declarations.c.declared_by,
        declarations.c.declared_at,
        declarations.c.attribute.label("declared"),
        reviews.c.result,
        reviews.c.declaration_id.label("reviewed"),
        secrecy_reviews.c.reviewed_by.label("secrecy_by"),
        decisions.c.id.label("decision"),
        decisions.c.attribute.label("decided"),
        decisions.c.reason.label("decided_reason"),
        decisions.c.decided_at,
        reexaminations.c.decision_id.label("examined"),
        reexaminations.c.act,
        reexaminations.c.due,
        _corrected().label("corrected"),
    ).select_from(
        documents.outerjoin(evaluations, evaluations.c.id == newest(evaluations, of_the_text()))
        .outerjoin(declarations, declarations.c.id == newest(declarations))
        .outerjoin(reviews, reviews.c.id == newest(reviews))
        .outerjoin(secrecy_reviews, secrecy_reviews.c.id == newest(secrecy_reviews))
        .outerjoin(decisions, live)
        .outerjoin(reexaminations, reexaminations.c.id == newest(reexaminations))
    )


_BY_FINDING = {Doubt.ATTRIBUTE: "attribute-doubtful", Doubt.REASON: "reason-doubtful"}


def _told() -> "list[sa.ColumnElement[bool]]":
    """Select whether the judgement found each doubt; the codes stand in its findings as they are kept."""
    kept = sa.cast(evaluations.c.findings, sa.Text)
    return [kept.contains(f'"{code}"').label(f"told_{doubt.value}") for doubt, code in _BY_FINDING.items()]


def _corrected() -> "sa.ColumnElement[bool]":
    live = sa.and_(corrections.c.document_id == documents.c.id, corrections.c.superseded_at.is_(None))
    return sa.exists().where(live)


_COURSES = _joined()

_UNSAID = {None, ReviewResult.RETRACT.value}


def _course(row: AnyRow) -> Course:
    (
        _, recorded_by, gravest, attribute_doubtful, reason_doubtful, declaration, declared_by, declared_at, declared, result, reviewed, secrecy_by,
        decision, decided, decided_reason, decided_at, examined, act, due, corrected,
    ) = row  # fmt: skip
    return Course(
        recorded_by=recorded_by,
        worst=None if gravest is None else Severity(gravest),
        declared_by=declared_by,
        declared_at=declared_at,
        declared=attribute_of(declared),
        reviewed=ReviewResult(result) if result not in _UNSAID and reviewed == declaration else None,
        secrecy_by=secrecy_by,
        decided=attribute_of(decided),
        decided_reason=decided_reason,
        decided_at=decided_at,
        examined=(act, due) if act is not None and examined == decision else None,
        doubts=frozenset(
            one for one, found in zip(_BY_FINDING, (attribute_doubtful, reason_doubtful), strict=True) if found
        ),
        corrected=bool(corrected),
    )
