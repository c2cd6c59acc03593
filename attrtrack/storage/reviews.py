"""Reviews by the office, secrecy reviews, opinions of co-issuers, withdrawals: appended, never edited."""

import sqlalchemy as sa

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.reviews import (
    CoIssuerOpinion,
    OfficeReview,
    OpinionResult,
    ReviewResult,
    SecrecyResult,
    SecrecyReview,
)
from attrtrack.errors import TransitionNotAllowedError
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.mapping import storable, unit_key
from attrtrack.storage.tables import declarations
from attrtrack.storage.tables_gate import opinions, reviews, secrecy_reviews, withdrawals
from attrtrack.storage.transaction import Transaction


class Reviews:
    """What others than drafter and signatory said of documents."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, document_id: str, review: OfficeReview) -> None:
        """Append the office's word on the newest declaration; `TransitionNotAllowedError` when nobody has declared."""
        key = self._transaction.existing_document(document_id)
        attribute = None if review.attribute is None else review.attribute.value
        values = {
            "document_id": key,
            "declaration_id": self._declaration(key),
            "result": review.result.value,
            "attribute": attribute,
            "reason": storable(review.reason, "理由"),
            "comment": storable(review.comment, "意见"),
            "reviewed_by": review.by,
            "reviewed_at": review.at or self._transaction.now,
        }
        self._transaction.insert(reviews, values)

    def of_declaration(self, document_id: str) -> tuple[OfficeReview, ...]:
        """Return the office's words on the newest declaration of a document, oldest first."""
        return tuple(map(_review, self._transaction.rows(_REVIEWS, {"key": document_key(document_id)})))

    def of(self, document_id: str) -> tuple[OfficeReview, ...]:
        """Return all that the office has ever said of a document, oldest first."""
        query = sa.select(reviews).where(reviews.c.document_id == document_key(document_id)).order_by(reviews.c.id)
        return tuple(map(_review, self._transaction.rows(query)))

    def add_secrecy(self, document_id: str, review: SecrecyReview) -> None:
        """Append a secrecy review."""
        key = self._transaction.existing_document(document_id)
        values = {
            "document_id": key,
            "result": review.result.value,
            "note": storable(review.note, "说明"),
            "personal_data_cleared": review.personal_data_cleared,
            "reviewed_by": review.by,
            "reviewed_at": review.at or self._transaction.now,
        }
        self._transaction.insert(secrecy_reviews, values)

    def secrecy(self, document_id: str) -> tuple[SecrecyReview, ...]:
        """Return the secrecy reviews of a document, oldest first."""
        rows = self._transaction.rows(_SECRECY, {"key": document_key(document_id)})
        return tuple(map(_secrecy, rows))

    def add_opinion(self, document_id: str, opinion: CoIssuerOpinion) -> None:
        """Append what a co-issuer said of the newest declaration."""
        key = self._transaction.existing_document(document_id)
        values = {
            "document_id": key,
            "declaration_id": self._declaration(key),
            "unit": unit_key(opinion.unit),
            "result": opinion.result.value,
            "comment": storable(opinion.comment, "意见"),
            "recorded_by": opinion.by,
            "recorded_at": opinion.at or self._transaction.now,
        }
        self._transaction.insert(opinions, values)

    def opinions(self, document_id: str) -> tuple[CoIssuerOpinion, ...]:
        """Return what co-issuers said of the newest declaration, oldest first."""
        return tuple(map(_opinion, self._transaction.rows(_OPINIONS, {"key": document_key(document_id)})))

    def withdraw(self, document_id: str, because: str) -> None:
        """Append why a document is withdrawn; its state is moved by the caller."""
        key = self._transaction.existing_document(document_id)
        values = {
            "document_id": key,
            "because": storable(because, "原因"),
            "withdrawn_by": self._transaction.actor,
            "withdrawn_at": self._transaction.now,
        }
        self._transaction.execute(withdrawals.insert(), values)

    def withdrawn_because(self, document_id: str) -> str | None:
        """Return why a document was withdrawn; None when it was not."""
        query = sa.select(withdrawals.c.because).where(withdrawals.c.document_id == document_key(document_id))
        row = self._transaction.first(query)
        return None if row is None else str(row[0])

    def _declaration(self, key: int) -> int:
        row = self._transaction.first(sa.select(_NEWEST), {"key": key})
        if row is None or row[0] is None:
            raise TransitionNotAllowedError("文件还没有认定公开属性，不能办理：请先由起草人认定（attrtrack declare）。")
        return int(row[0])


_NEWEST = (
    sa.select(sa.func.max(declarations.c.id)).where(declarations.c.document_id == sa.bindparam("key")).scalar_subquery()
)
_REVIEWS = sa.select(reviews).where(reviews.c.declaration_id == _NEWEST).order_by(reviews.c.id)
_OPINIONS = sa.select(opinions).where(opinions.c.declaration_id == _NEWEST).order_by(opinions.c.id)
_SECRECY = (
    sa.select(secrecy_reviews)
    .where(secrecy_reviews.c.document_id == sa.bindparam("key"))
    .order_by(secrecy_reviews.c.id)
)


def _review(row: AnyRow) -> OfficeReview:
    attribute = None if row.attribute is None else DisclosureAttribute(row.attribute)
    return OfficeReview(
        ReviewResult(row.result), row.comment, row.reviewed_by, row.reviewed_at, attribute=attribute, reason=row.reason
    )


def _secrecy(row: AnyRow) -> SecrecyReview:
    return SecrecyReview(
        SecrecyResult(row.result),
        row.reviewed_by,
        row.reviewed_at,
        note=row.note,
        personal_data_cleared=row.personal_data_cleared,
    )


def _opinion(row: AnyRow) -> CoIssuerOpinion:
    return CoIssuerOpinion(row.unit, OpinionResult(row.result), row.comment, row.recorded_by, row.recorded_at)
