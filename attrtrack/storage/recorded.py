"""Rows of documents as the register's records, with what is attached to them fetched for many at once."""

from collections.abc import Iterable, Iterator, Sequence
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
from attrtrack.storage.tables import corrections, decisions, declarations, publications
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
    decided = _decisions(transaction, keys)
    published = _publications(transaction, keys)
    corrected = _corrections(transaction, keys)
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


def _attached(table: sa.Table, keys: Sequence[int]) -> "sa.Select[Any]":
    return sa.select(table).where(table.c.document_id.in_(keys)).order_by(table.c.document_id, table.c.id)


def _declarations(transaction: Transaction, keys: Sequence[int]) -> dict[int, Declaration]:
    return {row.document_id: declaration_of(row) for row in transaction.rows(_attached(declarations, keys))}


def _decisions(transaction: Transaction, keys: Sequence[int]) -> dict[int, Decision]:
    live = _attached(decisions, keys).where(decisions.c.superseded_at.is_(None))
    return {row.document_id: decision_of(row) for row in transaction.rows(live)}


def _corrections(transaction: Transaction, keys: Sequence[int]) -> dict[int, Correction]:
    live = _attached(corrections, keys).where(corrections.c.superseded_at.is_(None))
    return {row.document_id: correction_of(row) for row in transaction.rows(live)}


def _publications(transaction: Transaction, keys: Sequence[int]) -> dict[int, tuple[Publication, ...]]:
    rows = transaction.rows(_attached(publications, keys))
    return {key: publications_of(group) for key, group in groupby(rows, key=lambda row: row.document_id)}
