"""Documents as the measures see them, now or as of a day.

"As of" is about the day things happened in the world, not the day they were typed in: a ledger imported in May speaks
of March. Documents, publications and interpretations dated after the day are left out, decisions and declarations are
those in force at its end, links are judged as they are now (what explains what is knowledge, not an event). A
document or interpretation without a date stays in, since nothing shows that it came later.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.measures import MeasuredDocument, MeasuredInterpretation
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id, interpretation_id
from attrtrack.storage.mapping import written_of
from attrtrack.storage.selection import chosen, newest
from attrtrack.storage.tables import decisions, declarations, documents, interpretations, links, publications
from attrtrack.storage.transaction import Transaction

Conditions = list[sa.ColumnElement[bool]]


def measured_documents(
    transaction: Transaction, unit: str | None, year: int | None, *, as_of: dt.date | None
) -> Iterator[MeasuredDocument]:
    """Yield documents in order of entry with their linked interpretations; rejected links are left out."""
    day = None if as_of is None else _Day(as_of, transaction.now.tzinfo)
    query = _query(day).where(*chosen(unit, year)).order_by(documents.c.id, interpretations.c.id)
    for _, rows in groupby(transaction.stream(query), key=lambda row: row.id):
        yield _measured(list(rows), past=day is not None)


@dataclass(frozen=True, slots=True)
class _Day:
    """The day of "as of"; its end is midnight in the zone of the program's clock."""

    date: dt.date
    zone: dt.tzinfo | None

    @property
    def end(self) -> dt.datetime:
        return dt.datetime.combine(self.date + dt.timedelta(days=1), dt.time(), tzinfo=self.zone)


def _query(day: _Day | None) -> "sa.Select[Any]":
    published = _first_published(day)
    return (
        sa.select(
            *(documents.c[name] for name in ("id", "title", "number", "genre", "unit", "year", "date", "state")),
            *(documents.c[name] for name in ("declared_attribute", "declared_reason", "attribute_asked", "needs_interpretation")),
            decisions.c.attribute.label("decided"),
            decisions.c.reason.label("decided_reason"),
            declarations.c.id.label("declaration"),
            declarations.c.attribute.label("stated"),
            declarations.c.reason.label("stated_reason"),
            published.label("published_on"),
            interpretations.c.id.label("interpretation"),
            interpretations.c.forms,
            interpretations.c.channels,
            links.c.judgement,
        )
        .select_from(_joined(day))
        .where(*_dated(documents.c.date, day.date.isoformat() if day else None))
    )


def _joined(day: _Day | None) -> sa.Join:
    in_force: Conditions = [decisions.c.document_id == documents.c.id]
    said: Conditions = []
    if day is None:
        in_force.append(decisions.c.superseded_at.is_(None))
    else:
        in_force += [
            decisions.c.decided_at < day.end,
            sa.or_(decisions.c.superseded_at.is_(None), decisions.c.superseded_at >= day.end),
        ]
        said.append(declarations.c.declared_at < day.end)
    return (
        documents.outerjoin(decisions, sa.and_(*in_force))
        .outerjoin(declarations, declarations.c.id == newest(declarations, *said))
        .outerjoin(links, sa.and_(links.c.document_id == documents.c.id, links.c.judgement != Judgement.REJECTED.value))
        .outerjoin(
            interpretations,
            sa.and_(
                interpretations.c.id == links.c.interpretation_id,
                *_dated(interpretations.c.published, day.date if day else None),
            ),
        )
    )


def _dated(column: "sa.Column[Any]", last: dt.date | str | None) -> Conditions:
    return [] if last is None else [sa.or_(column.is_(None), column <= last)]


def _first_published(day: _Day | None) -> "sa.ScalarSelect[Any]":
    later = publications.alias("later")
    corrected = sa.exists().where(
        later.c.document_id == publications.c.document_id,
        later.c.url == publications.c.url,
        later.c.id > publications.c.id,
    )
    conditions = [publications.c.document_id == documents.c.id, ~corrected]
    if day is not None:
        conditions.append(publications.c.published <= day.date)
    return sa.select(sa.func.min(publications.c.published)).where(*conditions).correlate(documents).scalar_subquery()


def _measured(rows: list[AnyRow], *, past: bool) -> MeasuredDocument:
    row = rows[0]
    attribute, reason = _in_force(row)
    return MeasuredDocument(
        id=document_id(row.id),
        title=row.title or "",
        number=row.number,
        genre=row.genre,
        unit=row.unit,
        date=written_of(row.date),
        attribute=attribute,
        reason=reason,
        state=_state_then(row) if past else State(row.state),
        needs_interpretation=row.needs_interpretation,
        attribute_asked=row.attribute_asked,
        year_stated=row.year if row.date is None else None,
        published_on=None if row.published_on is None else row.published_on.isoformat(),
        interpretations=tuple(
            MeasuredInterpretation(
                id=interpretation_id(item.interpretation),
                forms=tuple(item.forms),
                channels=tuple(item.channels),
                confirmed=item.judgement != Judgement.PENDING,
            )
            for item in rows
            if item.interpretation is not None
        ),
    )


def _in_force(row: AnyRow) -> tuple[DisclosureAttribute | None, str | None]:
    """Return the attribute in force with the reason given beside it, not one given for another attribute."""
    for attribute, reason in (
        (row.decided, row.decided_reason),
        (row.stated, row.stated_reason),
        (row.declared_attribute, row.declared_reason),
    ):
        if attribute is not None:
            return DisclosureAttribute(attribute), reason
    return None, row.stated_reason or row.declared_reason


def _state_then(row: AnyRow) -> State:
    """Return the state at the day; a decision counts where the document has been signed since."""
    now = State(row.state)
    if now is State.ISSUED_ELSEWHERE:
        return now
    if row.decided is not None and now in {State.SIGNED, State.PUBLISHED}:
        return State.PUBLISHED if now is State.PUBLISHED and row.published_on is not None else State.SIGNED
    return State.DRAFT if row.declaration is None else State.DECLARED
