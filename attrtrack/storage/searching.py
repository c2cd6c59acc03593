"""Finding records by the words in them, newest first: every record found really holds each word, as its lines fold.

Decision: SQLite looks for a word as a phrase of pairs of signs in its index of phrases, which is exact; PostgreSQL finds
the records that hold all pairs of a word, exact up to two signs, and looks for a longer word in their folded lines. Its
own phrases are not used: they know no place beyond 16,383 in a text and 256 places of one pair.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from attrtrack.domain.decisions import State
from attrtrack.domain.searching import Found, FoundRecord, Question
from attrtrack.nlp.searchable import pairs_of
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.identifiers import document_id, interpretation_id
from attrtrack.storage.search_renewal import number_pairs
from attrtrack.storage.selection import attribute_in_force, judged
from attrtrack.storage.structures import attribute_of, personal_data_of
from attrtrack.storage.tables import documents, interpretations
from attrtrack.storage.tables_search import search_entries
from attrtrack.storage.transaction import Transaction

_KINDS = {Found.DOCUMENT: "D", Found.INTERPRETATION: "I"}


class Searching:
    """Searches the index as somebody sees it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def find(self, question: Question, *, before: int | None, limit: int) -> list[FoundRecord]:
        """Return records that hold every word, newest first, those of places before one (None: from the first)."""
        ask = _sqlite if is_sqlite(self._transaction.connection) else _postgresql
        rows = self._transaction.rows(ask(question, before=before, limit=limit))
        return list(self._records({(row.kind, row.record): row.place for row in rows}))

    def _records(self, places: dict[tuple[str, int], int]) -> Iterator[FoundRecord]:
        """Return the records in the order of their places; one that went since it was indexed is left out."""
        found: dict[tuple[str, int], FoundRecord] = {}
        for kind, query, column, made in (
            ("D", _DOCUMENTS, documents.c.id, _document),
            ("I", _INTERPRETATIONS, interpretations.c.id, _interpretation),
        ):
            keys = [key for one, key in places if one == kind]
            if keys:
                for row in self._transaction.rows(query.where(column.in_(keys))):
                    found[kind, row.id] = made(row, places[kind, row.id])
        return (found[one] for one in places if one in found)


def _sqlite(question: Question, *, before: int | None, limit: int) -> sa.Executable:
    """Ask the index of phrases, from its end, for places within what the search is narrowed to: these are gathered once."""
    narrowed = _narrowed(question)
    said = {name: value for name, (_, value) in narrowed.items()}
    conditions = ["search_index MATCH :match"]
    if narrowed:
        within = " AND ".join(condition for condition, _ in narrowed.values())
        conditions.append(f"+search_index.rowid IN (SELECT place FROM search_entries WHERE {within})")  # noqa: S608 - own names
    if before is not None:
        conditions.append("search_index.rowid < :before")
        said["before"] = before
    where = " AND ".join(conditions)
    statement = (
        "SELECT search_entries.place, search_entries.kind, search_entries.record FROM search_index "  # noqa: S608 - own names
        f"CROSS JOIN search_entries ON search_entries.place = search_index.rowid WHERE {where} "
        "ORDER BY search_index.rowid DESC LIMIT :limit"
    )
    match = " AND ".join(map(_phrase, question.words))
    return sa.text(statement).bindparams(match=match, limit=limit, **said)


def _narrowed(question: Question) -> dict[str, tuple[str, Any]]:
    kind = None if question.kind is None else _KINDS[question.kind]
    wanted = {"unit": question.unit, "year": question.year, "kind": kind}
    return {name: (f"search_entries.{name} = :{name}", value) for name, value in wanted.items() if value is not None}


def _phrase(word: str) -> str:
    """Return a word as a phrase of its pairs; a single sign is how a pair begins, or stands last in its line."""
    quoted = " ".join(pairs_of(word) if len(word) == 1 else list(pairs_of(word))[:-1]).replace('"', '""')
    return f'"{quoted}" *' if len(word) == 1 else f'"{quoted}"'


def _postgresql(question: Question, *, before: int | None, limit: int) -> "sa.Select[Any]":
    pairs = sorted({number for word in question.words for number in number_pairs(word, alone=False)})
    held = search_entries.c.pairs.op("@>")(sa.cast(pairs, ARRAY(sa.Integer)))
    conditions: list[sa.ColumnElement[bool]] = [held]
    longer = (word for word in question.words if len(word) > 2)  # noqa: PLR2004 - a pair is exact
    conditions += [sa.func.strpos(search_entries.c.words, sa.cast(word, sa.Text)) > 0 for word in longer]
    conditions += [search_entries.c[name] == value for name, (_, value) in _narrowed(question).items()]
    if before is not None:
        conditions.append(search_entries.c.place < before)
    columns = (search_entries.c.place, search_entries.c.kind, search_entries.c.record)
    return sa.select(*columns).where(*conditions).order_by(search_entries.c.place.desc()).limit(limit)


_SHOWN = ("id", "title", "number", "unit", "year", "date", "text", "personal_data", "state")
_DOCUMENTS = sa.select(
    *(documents.c[name] for name in _SHOWN),
    documents.c.drafting_department.label("department"),
    attribute_in_force().label("attribute"),
).select_from(judged())
_INTERPRETATIONS = sa.select(
    *(interpretations.c[name] for name in ("id", "title", "unit", "year", "published", "text", "url"))
)


def _document(row: AnyRow, place: int) -> FoundRecord:
    return FoundRecord(
        place,
        Found.DOCUMENT,
        document_id(row.id),
        row.title,
        row.number,
        row.unit,
        row.department,
        row.year,
        row.date,
        row.text,
        tuple(item.span for item in personal_data_of(row.personal_data)),
        State(row.state),
        attribute_of(row.attribute),
    )


def _interpretation(row: AnyRow, place: int) -> FoundRecord:
    return FoundRecord(
        place,
        Found.INTERPRETATION,
        interpretation_id(row.id),
        row.title,
        None,
        row.unit,
        None,
        row.year,
        row.published.isoformat() if row.published else None,
        row.text,
        url=row.url,
    )
