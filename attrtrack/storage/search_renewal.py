"""Keeping the search index as the register is: along the journal, from the entry up to which it is made.

As with the standings writers do nothing for it, and whoever searches has it renewed, part by part, each a transaction of
its own. An index made by another folding is emptied and made anew. Of the texts that change (a ledger that is imported
again, a page that completes an interpretation) nothing stays behind: what was indexed is kept, packed, beside it.
"""

import datetime as dt
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from attrtrack.nlp.searchable import FORMAT, folded, pairs_of
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.recorded import parts_of
from attrtrack.storage.renewal import Touched, journal_end, touched
from attrtrack.storage.tables import documents, interpretations
from attrtrack.storage.tables_search import search_entries, search_stamp
from attrtrack.storage.transaction import Transaction

ENTRIES = 2_000
"""How many journal entries are gone through in one transaction."""
RECORDS = 500
"""How many records are indexed in one transaction."""
_IDLE = 500
_BITS, _SIGN = 16, 2**31
_FIRST_DAY, _DAYS = dt.date(1900, 1, 1).toordinal(), 2**17
_SERIALS = 2**32


@dataclass(frozen=True, slots=True)
class SearchStamp:
    """Up to which journal entry the index is made, by which folding; up to which keys while it is made from the first."""

    sequence: int
    version: str
    documents: int | None
    interpretations: int | None

    @property
    def whole(self) -> bool:
        """Whether every record is in the index, be it behind the journal or not."""
        return self.version == FORMAT and self.documents is None and self.interpretations is None


class SearchRenewal:
    """Compares the stamp with the journal and indexes again what is behind."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def whole(self) -> bool:
        """Whether all records are in the index, be it behind the journal or not."""
        stamp = self.stamp()
        return stamp is not None and stamp.whole

    def behind(self) -> bool:
        """Whether anything is to be indexed again before the index tells how the register is."""
        stamp = self.stamp()
        if stamp is None or not stamp.whole:
            return True
        found = touched(self._transaction, stamp.sequence, limit=ENTRIES)
        return bool(found.documents or found.interpretations) or found.entries >= _IDLE

    def stamp(self) -> SearchStamp | None:
        """Return how far the index is; None when none has been made."""
        row = self._transaction.first(_STAMP, {})
        return None if row is None else SearchStamp(*row)

    def count(self) -> int:
        """Return how many records there are to index from the first."""
        return sum(
            int(self._transaction.rows(sa.select(sa.func.count()).select_from(table))[0][0])
            for table in (documents, interpretations)
        )

    def step(self) -> int | None:
        """Index one part again; return how many records that was, None when there was nothing to do."""
        stamp = self.stamp()
        if stamp is None or stamp.version != FORMAT:
            self._empty()
            stamp = SearchStamp(journal_end(self._transaction), FORMAT, 0, 0)
        if stamp.documents is not None:
            done, last = self._fill(documents, stamp.documents)
            self._set(replace(stamp, documents=last))
            return done
        if stamp.interpretations is not None:
            done, last = self._fill(interpretations, stamp.interpretations)
            self._set(replace(stamp, interpretations=last))
            return done
        found = touched(self._transaction, stamp.sequence, limit=ENTRIES)
        if not found.entries:
            return None
        self._set(replace(stamp, sequence=found.last))
        return self._renew(found)

    def _renew(self, found: Touched) -> int:
        for table, keys in ((documents, found.documents), (interpretations, found.interpretations)):
            for part in parts_of(sorted(keys)):
                rows = self._transaction.rows(_SOURCES[table.name].where(table.c.id.in_(part)))
                self._replace(table, part, rows)
        return len(found.documents) + len(found.interpretations)

    def _fill(self, table: sa.Table, after: int) -> tuple[int, int | None]:
        """Index the next records of a table; return how many, and the key of the last unless there are no more."""
        query = _SOURCES[table.name].where(table.c.id > after).order_by(table.c.id).limit(RECORDS)
        rows = self._transaction.rows(query)
        self._replace(table, [row.id for row in rows], rows)
        return len(rows), int(rows[-1].id) if len(rows) == RECORDS else None

    def _replace(self, table: sa.Table, keys: Sequence[int], rows: Iterable[AnyRow]) -> None:
        """Put entries in place of those that there are of the records with these keys; what is the same stays."""
        kind = _KINDS[table.name]
        mine = sa.and_(search_entries.c.kind == kind, search_entries.c.record.in_(keys))
        known = {row.record: row for row in self._transaction.rows(_ENTRIES.where(mine))} if keys else {}
        fresh = {row.id: _entry(kind, row) for row in rows}
        same = {key for key, entry in fresh.items() if key in known and _told(known[key]) == _told_of(entry)}
        self._drop([row for key, row in known.items() if key not in same])
        self._put([entry for key, entry in fresh.items() if key not in same])

    def forget_all(self) -> None:
        """Empty the index, so that it is made from the first."""
        self._empty()
        self._transaction.execute(search_stamp.delete())

    def forget_document(self, key: int) -> None:
        """Take a document out of the index at once, whatever the journal says later."""
        mine = sa.and_(search_entries.c.kind == _KINDS["documents"], search_entries.c.record == key)
        self._drop(self._transaction.rows(_ENTRIES.where(mine)))

    def _drop(self, rows: Sequence[AnyRow]) -> None:
        if not rows:
            return
        if is_sqlite(self._transaction.connection):
            gone = [{"place": row.place, "words": _tokens(row.words)} for row in rows]
            self._transaction.execute(_UNINDEX, gone)
        for part in parts_of(row.place for row in rows):
            self._transaction.execute(search_entries.delete().where(search_entries.c.place.in_(part)))

    def _put(self, entries: Sequence[dict[str, Any]]) -> None:
        if not entries:
            return
        if is_sqlite(self._transaction.connection):
            self._transaction.execute(search_entries.insert(), [{**entry, "pairs": None} for entry in entries])
            indexed = [{"place": entry["place"], "words": _tokens(entry["words"])} for entry in entries]
            self._transaction.execute(_INDEX, indexed)
        else:
            rows = [{**entry, "pairs": numbers_of(entry["words"])} for entry in entries]
            self._transaction.execute(search_entries.insert(), rows)

    def _empty(self) -> None:
        self._transaction.execute(search_entries.delete())
        if is_sqlite(self._transaction.connection):
            self._transaction.execute(sa.text("INSERT INTO search_index(search_index) VALUES ('delete-all')"))

    def _set(self, stamp: SearchStamp) -> None:
        self._transaction.execute(search_stamp.delete())
        values = {
            "sequence": stamp.sequence,
            "version": stamp.version,
            "documents": stamp.documents,
            "interpretations": stamp.interpretations,
        }
        self._transaction.execute(search_stamp.insert(), {"id": 1, **values})


_STAMP = sa.select(
    search_stamp.c.sequence, search_stamp.c.version, search_stamp.c.documents, search_stamp.c.interpretations
)
_ENTRIES = sa.select(*(search_entries.c[name] for name in ("place", "kind", "record", "unit", "year", "words")))
_INDEX = sa.text("INSERT INTO search_index(rowid, words) VALUES (:place, :words)")
_UNINDEX = sa.text("INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', :place, :words)")
_KINDS = {"documents": "D", "interpretations": "I"}
_SOURCES: dict[str, "sa.Select[Any]"] = {
    "documents": sa.select(
        *(documents.c[name] for name in ("id", "unit", "year", "date", "recorded_at", "title", "number", "text")),
        documents.c.drafting_department.label("department"),
    ),
    "interpretations": sa.select(
        *(interpretations.c[name] for name in ("id", "unit", "year", "recorded_at", "title", "text")),
        sa.cast(interpretations.c.published, sa.Text).label("date"),
        sa.null().label("number"),
        sa.null().label("department"),
    ),
}


def _entry(kind: str, row: AnyRow) -> dict[str, Any]:
    said = (row.title, row.number, row.unit, row.department, row.text)
    words = "\n".join(line for part in said if part for line in folded(part).split("\n") if line)
    day = _day(row.date) or row.recorded_at.date().toordinal()
    place = min(max(day - _FIRST_DAY, 0), _DAYS - 1) * _SERIALS + row.id * 2 + (kind == "I")
    return {"place": place, "kind": kind, "record": row.id, "unit": row.unit, "year": row.year, "words": words}


def _day(text: str | None) -> int | None:
    """Return the number of a day, of a month that of its first."""
    if not text:
        return None
    return dt.date.fromisoformat(text if len(text) > len("2023-05") else f"{text}-01").toordinal()


def _told(row: AnyRow) -> tuple[Any, ...]:
    return row.place, row.unit, row.year, row.words


def _told_of(entry: dict[str, Any]) -> tuple[Any, ...]:
    return entry["place"], entry["unit"], entry["year"], entry["words"]


def _tokens(words: str) -> str:
    return " ".join(pair for line in words.split("\n") for pair in pairs_of(line))


def numbers_of(words: str) -> list[int]:
    """Return each sign and each two signs that stand together in folded lines as a number of 32 bits, each once, rising."""
    found: set[int] = set()
    for line in words.split("\n"):
        found.update(number_pairs(line, alone=True))
    return sorted(found)


def number_pairs(line: str, *, alone: bool) -> Iterator[int]:
    """Yield the pairs of a line by its 16-bit units; its single units as well, or where it has but one."""
    coded = line.encode("utf-16-le")
    units = struct.unpack(f"<{len(coded) // 2}H", coded)
    for at in range(len(units) - 1):
        pair = units[at] << _BITS | units[at + 1]
        yield pair - 2 * _SIGN if pair >= _SIGN else pair
    if alone or len(units) == 1:
        yield from units
