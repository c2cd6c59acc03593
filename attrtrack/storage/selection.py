"""Pieces that several queries select by: unit and year, the newest of what is appended."""

from typing import Any

import sqlalchemy as sa

from attrtrack.domain.decisions import ISSUED, State
from attrtrack.storage.tables import decisions, declarations, documents, publications


def chosen(unit: str | None, year: int | None) -> "list[sa.ColumnElement[bool]]":
    """Return the conditions for documents of a unit and a year (None: all)."""
    conditions: list[sa.ColumnElement[bool]] = []
    if unit is not None:
        conditions.append(documents.c.unit == unit)
    if year is not None:
        conditions.append(documents.c.year == year)
    return conditions


def in_the_register() -> "sa.ColumnElement[bool]":
    """Select the documents that have not been withdrawn: those are kept, and neither measured, linked nor counted twice."""
    return documents.c.state != State.WITHDRAWN.value


def issued() -> "sa.ColumnElement[bool]":
    """Select the documents of a year: what has gone out, also while another attribute is sought for it; no draft."""
    made = decisions.alias("made")
    decided = sa.exists().where(made.c.document_id == documents.c.id)
    return sa.or_(
        documents.c.state.in_([state.value for state in ISSUED]),
        sa.and_(in_the_register(), decided),
    )


def latest_url() -> "sa.ScalarSelect[Any]":
    """Select the newest public address of a document."""
    return (
        sa.select(publications.c.url)
        .where(publications.c.document_id == documents.c.id)
        .order_by(publications.c.id.desc())
        .limit(1)
        .correlate(documents)
        .scalar_subquery()
    )


def newest(table: sa.Table, *conditions: "sa.ColumnElement[bool]") -> "sa.ScalarSelect[Any]":
    """Select the key of the newest row that is appended to a document in `table`."""
    return (
        sa.select(sa.func.max(table.c.id))
        .where(table.c.document_id == documents.c.id, *conditions)
        .correlate(documents)
        .scalar_subquery()
    )


def judged() -> sa.Join:
    """Join documents with the decision in force and the newest declaration."""
    return documents.outerjoin(
        decisions, sa.and_(decisions.c.document_id == documents.c.id, decisions.c.superseded_at.is_(None))
    ).outerjoin(declarations, declarations.c.id == newest(declarations))


def attribute_in_force() -> "sa.ColumnElement[Any]":
    """Select the attribute of a `judged` document: decided, else declared, else stated by a ledger or the text."""
    return sa.func.coalesce(decisions.c.attribute, declarations.c.attribute, documents.c.declared_attribute)
