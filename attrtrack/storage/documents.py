"""Documents of the register: their facts, state and what is attached to them."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.interpretations import LinkableDocument
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import TransitionNotAllowedError
from attrtrack.storage import identifiers
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.decisions import Decisions
from attrtrack.storage.declarations import Declarations
from attrtrack.storage.identifiers import document_key, unknown_record
from attrtrack.storage.journal import Journal
from attrtrack.storage.linkables import linkable_documents
from attrtrack.storage.mapping import document_of, document_values, storable, twin_hash, unit_key
from attrtrack.storage.publications import Publications
from attrtrack.storage.tables import documents
from attrtrack.storage.transaction import Transaction

_BATCH = 1000


class NewDocument(NamedTuple):
    """A document for the bulk path; plain tuples of the first four work as well."""

    document: Document
    content_hash: str
    unit: str | None
    state: State
    file_name: str | None = None


class Documents:
    """The documents; facts of one recorded here never change, those of a ledger may be replaced by a newer ledger."""

    def __init__(self, transaction: Transaction, journal: Journal) -> None:
        self._transaction = transaction
        self._journal = journal

    def add(
        self, document: Document, *, content_hash: str, unit: str | None, file_name: str | None, state: State
    ) -> RecordedDocument:
        """Add a document and return its record; none may enter as signed or published (`GateRefusedError`)."""
        key = self._transaction.next_key(documents)
        row = self._values(NewDocument(document, content_hash, unit, state, file_name))
        self._transaction.execute(documents.insert(), {"id": key, **row})
        identifier = identifiers.document_id(key)
        self._journal.append("record", identifier, "done", {"content_hash": content_hash, "state": state.value})
        return RecordedDocument(identifier, document, state, unit, file_name, content_hash, self._transaction.now)

    def add_many(self, rows: Iterable[NewDocument | tuple[Document, str, str | None, State]]) -> list[str]:
        """Add many documents fast and return their ids; one journal entry holds the range and a digest of the hashes."""
        digest, keys, iterator = hashlib.sha256(), list[int](), iter(rows)
        while batch := [NewDocument(*row) for row in islice(iterator, _BATCH)]:
            values = []
            for row in batch:
                keys.append(self._transaction.next_key(documents))
                digest.update(f"{row.content_hash}\n".encode())
                values.append({"id": keys[-1], **self._values(row)})
            self._transaction.execute(documents.insert(), values)
        if keys:
            subject = f"{identifiers.document_id(keys[0])}-{identifiers.document_id(keys[-1])}"
            self._journal.append("record", subject, "done", {"count": len(keys), "digest": digest.hexdigest()})
        return [identifiers.document_id(key) for key in keys]

    def _values(self, new: NewDocument) -> dict[str, Any]:
        return {
            "state": new.state.value,
            "unit": unit_key(new.unit),
            "content_hash": storable(new.content_hash, "内容摘要", limit=128),
            "twin_hash": twin_hash(new.document.number, new.document.title, new.unit),
            "file_name": storable(new.file_name, "文件名"),
            "recorded_at": self._transaction.now,
            "recorded_by": self._transaction.actor,
            **document_values(new.document),
        }

    def get(self, document_id: str) -> RecordedDocument:
        """Return a document with all that is attached to it; `UnknownRecordError` when there is none."""
        row = self._transaction.first(sa.select(documents).where(documents.c.id == document_key(document_id)))
        if row is None:
            raise unknown_record("D", document_id)
        return self._recorded(row)

    def find_by_hash(self, content_hash: str) -> RecordedDocument | None:
        """Return the first document recorded with this content, or None."""
        found = self._found(documents.c.content_hash == content_hash, limit=1)
        return found[0] if found else None

    def find_by_number(self, number: str) -> list[RecordedDocument]:
        """Return every document that bears this number, oldest first."""
        return self._found(documents.c.number == number)

    def find_ledger_twin(self, unit: str | None, number: str | None, title: str | None) -> RecordedDocument | None:
        """Return the document of this unit with this number and title, or None; one from a ledger goes first.

        A document recorded here is found as well (see its `state`), so that a ledger does not count it twice.
        """
        twin = twin_hash(number, title, unit)
        if twin is None:
            return None
        found = self._found(documents.c.twin_hash == twin)
        from_ledger = [item for item in found if item.state is State.ISSUED_ELSEWHERE]
        return next(iter(from_ledger or found), None)

    def replace_ledger_facts(self, document_id: str, document: Document) -> None:
        """Replace the facts of a document that came from a ledger by what a newer ledger states.

        Raises `TransitionNotAllowedError` for a document recorded here: its facts are its own text's.
        """
        row = self._transaction.first(
            sa.select(documents.c.state, documents.c.unit).where(documents.c.id == document_key(document_id))
        )
        if row is None:
            raise unknown_record("D", document_id)
        if row.state != State.ISSUED_ELSEWHERE:
            raise TransitionNotAllowedError("这份公文是在本系统登记的，台账不能改写它的内容：请核对台账。")
        twin = twin_hash(document.number, document.title, row.unit)
        values = {"twin_hash": twin, **document_values(document)}
        self._transaction.execute(
            documents.update().where(documents.c.id == document_key(document_id)).values(**values)
        )
        self._journal.append("replace-facts", document_id, "done", {"attribute": values["declared_attribute"]})

    def set_state(self, document_id: str, state: State) -> None:
        """Move a document on; without a live decision the database refuses signed and published (`GateRefusedError`)."""
        row = self._transaction.first(sa.select(documents.c.state).where(documents.c.id == document_key(document_id)))
        if row is None:
            raise unknown_record("D", document_id)
        if row.state == state:
            return
        self._transaction.execute(
            documents.update().where(documents.c.id == document_key(document_id)).values(state=state.value)
        )
        self._journal.append("set-state", document_id, "done", {"from": row.state, "to": state.value})

    def linkables(self, unit: str | None = None, year: int | None = None) -> Iterator[LinkableDocument]:
        """Yield what linking needs to know of each document, in order of entry."""
        return linkable_documents(self._transaction, unit, year)

    def _found(self, condition: "sa.ColumnElement[bool]", limit: int | None = None) -> list[RecordedDocument]:
        query = sa.select(documents).where(condition).order_by(documents.c.id).limit(limit)
        return [self._recorded(row) for row in self._transaction.rows(query)]

    def _recorded(self, row: AnyRow) -> RecordedDocument:
        identifier = identifiers.document_id(row.id)
        recorded_at: dt.datetime = row.recorded_at
        return RecordedDocument(
            id=identifier,
            document=document_of(row),
            state=State(row.state),
            unit=row.unit,
            file_name=row.file_name,
            content_hash=row.content_hash,
            recorded_at=recorded_at,
            declaration=Declarations(self._transaction, self._journal).latest(identifier),
            decision=Decisions(self._transaction, self._journal).live(identifier),
            publications=Publications(self._transaction, self._journal).of(identifier),
        )
