"""Documents as the measures see them, now or as of a day.

"As of" is about the day things happened in the world, not the day they were typed in: a ledger imported in May speaks
of March. Documents, publications and interpretations dated after the day are left out; decisions, declarations and
judgements of links are those in force at its end (see `linked_then`). A document or interpretation without a date stays
in, since nothing shows that it came later.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import ISSUED, State
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.measures import MeasuredDocument, MeasuredInterpretation
from attrtrack.domain.reexaminations import Reexamined
from attrtrack.domain.reviews import ReviewResult
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id, interpretation_id
from attrtrack.storage.linked_then import linked_then
from attrtrack.storage.mapping import written_of
from attrtrack.storage.mutual_links import MutualLinks
from attrtrack.storage.needs import need_in_force
from attrtrack.storage.selection import chosen, in_the_register, issued, newest
from attrtrack.storage.tables import (
    corrections,
    decisions,
    declarations,
    documents,
    interpretations,
    links,
    need_decisions,
    publications,
)
from attrtrack.storage.tables_gate import reexaminations, reviews, withdrawals
from attrtrack.storage.transaction import Transaction

Compared = Callable[[str, str], bool | None]
"""Says of an interpretation's text and its document's whether it is an excerpt; None where that cannot be told."""
Conditions = list[sa.ColumnElement[bool]]
_STATES = {state.value: state for state in State}
_ATTRIBUTES = {attribute.value: attribute for attribute in DisclosureAttribute}
_LOOKED_AT = (Reexamined.KEEP.value, Reexamined.CHANGE.value)
_SHORTEST = 100
"""Signs of a text below which nobody says that it is an excerpt."""
_NO_MORE: tuple[int | None, Iterator[AnyRow]] = (None, iter(()))


def measured_documents(
    transaction: Transaction,
    unit: str | None,
    year: int | None,
    *,
    as_of: dt.date | None,
    compared: Compared | None = None,
) -> Iterator[MeasuredDocument]:
    """Yield issued documents in order of entry with their linked interpretations; rejected links are left out.

    Without `compared` no texts are read, and of no interpretation is it known whether it is an excerpt.
    """
    day = None if as_of is None else _Day(as_of, transaction.now.tzinfo)
    conditions = [
        *chosen(unit, year),
        issued() if day is None else sa.or_(in_the_register(), _withdrawn_later(day)),
        *_dated(documents.c.date, day.date.isoformat() if day else None),
    ]
    found = _selected(transaction, conditions, day, compared=compared)
    return found if day is None else (row for row in found if row.state in ISSUED)


def measured_where(
    transaction: Transaction, conditions: Conditions, compared: Compared | None = None
) -> Iterator[MeasuredDocument]:
    """Yield the documents that fit some conditions as they stand now, withdrawn ones too."""
    return _selected(transaction, conditions, None, compared=compared)


def _selected(
    transaction: Transaction, conditions: Conditions, day: "_Day | None", *, compared: Compared | None
) -> Iterator[MeasuredDocument]:
    query = _linked(day, texts=compared is not None).where(*conditions)
    linked = groupby(transaction.stream(query), key=lambda row: row.document_id)
    key, items = next(linked, _NO_MORE)
    mutual = MutualLinks(transaction, conditions, day.date if day else None)
    for row in transaction.stream(_query(day).where(*conditions).order_by(documents.c.id)):
        if row.id != key:
            yield _measured(row, (), past=day is not None)
            continue
        known = mutual.of(key)
        beside = tuple(_interpretation(item, compared, known) for item in items)
        yield _measured(row, beside, past=day is not None)
        key, items = next(linked, _NO_MORE)


@dataclass(frozen=True, slots=True)
class _Day:
    """The day of "as of"; its end is midnight in the zone of the program's clock."""

    date: dt.date
    zone: dt.tzinfo | None

    @property
    def end(self) -> dt.datetime:
        return dt.datetime.combine(self.date + dt.timedelta(days=1), dt.time(), tzinfo=self.zone)


def _query(day: _Day | None) -> "sa.Select[Any]":
    published = first_published(day)
    return sa.select(
        *(documents.c[name] for name in ("id", "title", "number", "genre", "unit", "date", "year")),
        *(documents.c[name] for name in ("attribute_asked", "needs_interpretation", "need_origin", "need_proposed")),
        documents.c.need_rule,
        need_decisions.c.needed.label("need_decided"),
        documents.c.state,
        decisions.c.attribute.label("decided"),
        decisions.c.reason.label("decided_reason"),
        declarations.c.id.label("declaration"),
        declarations.c.attribute.label("stated"),
        declarations.c.reason.label("stated_reason"),
        documents.c.declared_attribute,
        documents.c.declared_reason,
        published.label("published_on"),
        _any_publication(day).label("is_published"),
        _corrected(day).label("corrected"),
        reviews.c.result,
        reviews.c.attribute.label("disputed"),
        reviews.c.declaration_id.label("reviewed"),
        _examined(day).label("examined"),
    ).select_from(_joined(day))


def _withdrawn_later(day: _Day) -> "sa.ColumnElement[bool]":
    later = withdrawals.c.withdrawn_at >= day.end
    return sa.exists().where(withdrawals.c.document_id == documents.c.id, later)


def _any_publication(day: _Day | None) -> "sa.ColumnElement[bool]":
    mine = publications.c.document_id == documents.c.id
    return sa.exists().where(mine, *_dated(publications.c.published, day.date if day else None))


def _corrected(day: _Day | None) -> "sa.ScalarSelect[Any]":
    """Select what an assessor said that the attribute should be, as it was in force."""
    then = _of_then(corrections, day, at=corrections.c.corrected_at)
    return sa.select(corrections.c.attribute).where(*then).limit(1).correlate(documents).scalar_subquery()


def _examined(day: _Day | None) -> "sa.ColumnElement[bool]":
    """Select whether somebody looked at the document again; a day set for it is no look."""
    until = [] if day is None else [reexaminations.c.examined_at < day.end]
    looked = (reexaminations.c.document_id == documents.c.id, reexaminations.c.act.in_(_LOOKED_AT))
    return sa.exists().where(*looked, *until)


def _linked(day: _Day | None, *, texts: bool) -> "sa.Select[Any]":
    """Select the interpretations of documents, document by document: most documents have none, and need no join."""
    columns = [interpretations.c[name] for name in ("id", "forms", "channels", "published")]
    long = sa.func.length(interpretations.c.text) >= _SHORTEST
    said = [sa.case((long, table.c.text)).label(f"{table.name}_text") for table in (interpretations, documents)]
    pairs = links if day is None else linked_then(day.end)
    joined = pairs.join(interpretations, interpretations.c.id == pairs.c.interpretation_id)
    return (
        sa.select(pairs.c.document_id, *columns, pairs.c.judgement, *(said if texts else ()))
        .select_from(joined.join(documents, documents.c.id == pairs.c.document_id))
        .where(
            pairs.c.judgement != Judgement.REJECTED.value,
            *_dated(interpretations.c.published, day.date if day else None),
        )
        .order_by(pairs.c.document_id, interpretations.c.id)
    )


def _joined(day: _Day | None) -> sa.Join:
    said = [] if day is None else [declarations.c.declared_at < day.end]
    reviewed = [] if day is None else [reviews.c.reviewed_at < day.end]
    return (
        documents.outerjoin(decisions, sa.and_(*_of_then(decisions, day)))
        .outerjoin(declarations, declarations.c.id == newest(declarations, *said))
        .outerjoin(need_decisions, sa.and_(*_of_then(need_decisions, day)))
        .outerjoin(reviews, reviews.c.id == newest(reviews, *reviewed))
    )


def _of_then(table: sa.Table, day: _Day | None, *, at: "sa.Column[Any] | None" = None) -> Conditions:
    """Return the conditions for the row of a document that is in force: live now, or live at the end of a day."""
    mine: Conditions = [table.c.document_id == documents.c.id]
    if day is None:
        return [*mine, table.c.superseded_at.is_(None)]
    live = sa.or_(table.c.superseded_at.is_(None), table.c.superseded_at >= day.end)
    said = table.c.decided_at if at is None else at
    return [*mine, said < day.end, live]


def _dated(column: "sa.Column[Any]", last: dt.date | str | None) -> Conditions:
    return [] if last is None else [sa.or_(column.is_(None), column <= last)]


def first_published(day: "_Day | None") -> "sa.ScalarSelect[Any]":
    """Select the first day on which a document was published (None: as it is known now), corrected entries aside."""
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


def _interpretation(row: AnyRow, compared: Compared | None, mutual: Mapping[int, bool], /) -> MeasuredInterpretation:
    both = compared is not None and row.interpretations_text and row.documents_text
    return MeasuredInterpretation(
        id=interpretation_id(row.id),
        forms=tuple(row.forms),
        channels=tuple(row.channels),
        confirmed=row.judgement != Judgement.PENDING,
        published=row.published,
        copied=compared(row.interpretations_text, row.documents_text) if compared and both else None,
        mutual=mutual.get(row.id),
        automatic=row.judgement == Judgement.AUTO,
    )


def _measured(row: AnyRow, interpreted: tuple[MeasuredInterpretation, ...], *, past: bool) -> MeasuredDocument:
    # taken apart in the order of `_query`: asking a row for each column by name costs more than all else here
    (
        key, title, number, genre, unit, date, year, asked, stated, origin, proposed, rule, person,
        state, decided, decided_reason, declaration, said, said_reason, ledger_said, ledger_reason, published_on,
        published, corrected, result, disputed, reviewed, examined,
    ) = row  # fmt: skip
    need, source = need_in_force(person, stated, proposed, origin=origin, rule=rule)
    attribute, reason = _in_force((decided, decided_reason), (said, said_reason), (ledger_said, ledger_reason))
    if past:
        state = _state_then(State(state), decided=decided, declared=declaration, published=published_on)
    return MeasuredDocument(
        id=document_id(key),
        title=title or "",
        number=number,
        genre=genre,
        unit=unit,
        date=written_of(date),
        attribute=attribute,
        reason=reason,
        state=_STATES[state],
        needs_interpretation=need,
        need_source=source,
        attribute_asked=asked,
        year_stated=year if date is None else None,
        published_on=None if published_on is None else published_on.isoformat(),
        published=bool(published),
        need_rule=rule,
        checked=_checked(corrected, result if reviewed == declaration else None, disputed=disputed, said=said),
        examined=bool(examined),
        interpretations=interpreted,
    )


_Said = tuple[str | None, str | None]


def _in_force(decided: _Said, said: _Said, ledger: _Said) -> tuple[DisclosureAttribute | None, str | None]:
    """Return the attribute in force with the reason given beside it, not one given for another attribute."""
    for attribute, reason in (decided, said, ledger):
        if attribute is not None:
            return _ATTRIBUTES[attribute], reason
    return None, said[1] or ledger[1]


def _checked(
    corrected: str | None, result: str | None, *, disputed: str | None, said: str | None
) -> DisclosureAttribute | None:
    """Return what a person who looked at the attribute said it should be: an assessor, else the office of what is declared."""
    if corrected is not None:
        return _ATTRIBUTES[corrected]
    named = {ReviewResult.AGREE.value: said, ReviewResult.DISPUTE.value: disputed}.get(result or "")
    return None if named is None else _ATTRIBUTES[named]


def _state_then(now: State, *, decided: str | None, declared: int | None, published: dt.date | None) -> State:
    """Return the state at the day; what was decided on then had been signed."""
    if now is State.ISSUED_ELSEWHERE:
        return now
    if decided is not None:
        return State.PUBLISHED if now is State.PUBLISHED and published is not None else State.SIGNED
    return State.DRAFT if declared is None else State.DECLARED
