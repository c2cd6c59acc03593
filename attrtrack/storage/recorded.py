"""Rows of documents as the register's records, with what is attached to them fetched for many at once."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, islice
from typing import Any, TypeVar

import sqlalchemy as sa

from attrtrack.domain.decisions import Decision, Declaration, State
from attrtrack.domain.interpretations import Publication
from attrtrack.domain.precedents import Correction
from attrtrack.domain.register import RecordedDocument
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id
from attrtrack.storage.mapping import correction_of, decision_of, declaration_of, document_of, publications_of
from attrtrack.storage.tables import corrections, decisions, declarations, documents, evaluations, publications
from attrtrack.storage.transaction import Transaction

PART = 500
"""Keys asked for in one statement; both databases take some thousands."""

Item = TypeVar("Item")


def parts_of(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items in lists that one statement can ask for."""
    rest = iter(items)
    while part := list(islice(rest, PART)):
        yield part


def recorded_documents(transaction: Transaction, rows: Sequence[AnyRow]) -> list[RecordedDocument]:
    """Return the records of rows of `documents`, each with declaration, decision and publications."""
    return [record for part in parts_of(rows) for record in _recorded(transaction, part)]


def _recorded(transaction: Transaction, rows: Sequence[AnyRow]) -> Iterator[RecordedDocument]:
    keys = [row.id for row in rows]
    said = _declarations(transaction, keys)
    decided = _decisions(transaction, keys) if _present(rows, decisions) else {}
    published = _publications(transaction, keys) if _present(rows, publications) else {}
    corrected = _corrections(transaction, keys) if _present(rows, corrections) else {}
    for row in rows:
        yield RecordedDocument(
            id=document_id(row.id),
            document=document_of(row),
            state=State(row.state),
            unit=row.unit,
            file_name=row.file_name,
            content_hash=row.content_hash,
            recorded_at=row.recorded_at,
            declaration=said.get(row.id),
            decision=decided.get(row.id),
            publications=published.get(row.id, ()),
            correction=corrected.get(row.id),
        )


_DECLARATIONS = sa.select(declarations).order_by(declarations.c.document_id, declarations.c.id)
_PUBLICATIONS = sa.select(publications).order_by(publications.c.document_id, publications.c.id)
_CORRECTIONS = sa.select(corrections).where(corrections.c.superseded_at.is_(None))
_DECISIONS = (
    sa.select(decisions, evaluations.c.code.label("evaluation_code"))
    .outerjoin(evaluations, evaluations.c.id == decisions.c.evaluation_id)
    .where(decisions.c.superseded_at.is_(None))
)


PRESENT = tuple(
    sa.exists().where(table.c.document_id == documents.c.id).label(f"has_{table.name}")
    for table in (decisions, publications, corrections)
)
"""Asked for beside a document: whether there is anything in the tables of which most documents have nothing."""


def _present(rows: Sequence[AnyRow], table: sa.Table) -> bool:
    """Whether something may be attached to documents; rows that do not say may have anything."""
    return any(getattr(row, f"has_{table.name}", True) for row in rows)


@cache
def _of_one(query: "sa.Select[Any]", table: sa.Table) -> "sa.Select[Any]":
    return query.where(table.c.document_id == sa.bindparam("key"))


def _attached(
    transaction: Transaction, query: "sa.Select[Any]", table: sa.Table, keys: Sequence[int]
) -> Sequence[AnyRow]:
    """Return the rows attached to some documents; to one, as every act needs them, by a statement made once."""
    if len(keys) == 1:
        return transaction.rows(_of_one(query, table), {"key": keys[0]})
    return transaction.rows(query.where(table.c.document_id.in_(keys)))


def _declarations(transaction: Transaction, keys: Sequence[int]) -> dict[int, Declaration]:
    rows = _attached(transaction, _DECLARATIONS, declarations, keys)
    return {row.document_id: declaration_of(row) for row in rows}


def _decisions(transaction: Transaction, keys: Sequence[int]) -> dict[int, Decision]:
    return {row.document_id: decision_of(row) for row in _attached(transaction, _DECISIONS, decisions, keys)}


def _corrections(transaction: Transaction, keys: Sequence[int]) -> dict[int, Correction]:
    return {row.document_id: correction_of(row) for row in _attached(transaction, _CORRECTIONS, corrections, keys)}


def _publications(transaction: Transaction, keys: Sequence[int]) -> dict[int, tuple[Publication, ...]]:
    rows = _attached(transaction, _PUBLICATIONS, publications, keys)
    return {key: publications_of(group) for key, group in groupby(rows, key=lambda row: row.document_id)}
