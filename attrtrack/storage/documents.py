"""Documents of the register: their facts, state and what is attached to them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.interpretations import LinkableDocument
from attrtrack.domain.needs import NeedProposal
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import TransitionNotAllowedError
from attrtrack.storage import identifiers
from attrtrack.storage.among import Ask, rows_among
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_key, unknown_record
from attrtrack.storage.linkables import linkable_documents
from attrtrack.storage.mapping import Values, document_values, need_values, storable, twin_hash, unit_key
from attrtrack.storage.printed import PrintedForm, PrintedRow
from attrtrack.storage.recorded import PRESENT, parts_of, recorded_documents
from attrtrack.storage.search_renewal import SearchRenewal
from attrtrack.storage.selection import in_the_register
from attrtrack.storage.tables import (
    corrections,
    decisions,
    declarations,
    documents,
    evaluations,
    judgements,
    links,
    need_decisions,
    precedent_hashes,
    precedents,
    proposals,
    publications,
    removals,
)
from attrtrack.storage.tables_answers import idempotency_keys
from attrtrack.storage.tables_files import cuts, kept_files
from attrtrack.storage.tables_gate import opinions, reexaminations, reviews, secrecy_reviews, withdrawals
from attrtrack.storage.tables_jobs import job_products
from attrtrack.storage.tables_pages import page_links
from attrtrack.storage.transaction import Transaction

_BATCH = 1000

Twin = tuple[str | None, str | None, str | None]
"""Unit, number and title: what makes a ledger row the same document as another."""
Bearer = tuple[str, str | None]
"""Id and title of a document that bears a number."""


PlainDocument = (
    tuple[Document, str, str | None, State] | tuple[Document, str, str | None, State, str | None, NeedProposal | None]
)
"""A `NewDocument` as a plain tuple, of its first four fields or of all."""


class NewDocument(NamedTuple):
    """A document for the bulk path; plain tuples work as well."""

    document: Document
    content_hash: str
    unit: str | None
    state: State
    file_name: str | None = None
    need: NeedProposal | None = None


_FORM = PrintedForm(documents, late=("id",), common=("recorded_at", "recorded_by"))


class PrintedDocument(NamedTuple):
    """A new document printed for its row, with what tells whether it is there already."""

    twin: str | None
    row: PrintedRow


def printed_document(new: NewDocument | PlainDocument) -> PrintedDocument:
    """Print the row of a new document, all but its key and who records it when; `BadRowError` for what no row can hold."""
    values = _values(NewDocument(*new))
    return PrintedDocument(values["twin_hash"], _FORM.print(values))


def _values(new: NewDocument) -> Values:
    return {
        "state": new.state.value,
        "unit": unit_key(new.unit),
        "content_hash": storable(new.content_hash, "内容摘要", limit=128),
        "twin_hash": twin_hash(new.document.number, new.document.title, new.unit),
        "file_name": storable(new.file_name, "文件名"),
        **document_values(new.document),
        **need_values(new.need),
    }


class Documents:
    """The documents; facts of one recorded here never change, those of a ledger may be replaced by a newer ledger."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(
        self,
        document: Document,
        *,
        content_hash: str,
        unit: str | None,
        file_name: str | None,
        state: State,
        need: NeedProposal | None = None,
    ) -> RecordedDocument:
        """Add a document and return its record; none may enter as signed or published (`GateRefusedError`)."""
        key = self._transaction.next_key(documents)
        row = _values(NewDocument(document, content_hash, unit, state, file_name, need))
        self._transaction.execute(documents.insert(), {"id": key, **row, **self._recorded()})
        identifier = identifiers.document_id(key)
        return RecordedDocument(identifier, document, state, unit, file_name, content_hash, self._transaction.now)

    def add_many(self, rows: Iterable[NewDocument | PlainDocument]) -> list[str]:
        """Add many documents fast and return their ids."""
        keys, iterator = list[str](), iter(rows)
        while batch := [printed_document(row) for row in islice(iterator, _BATCH)]:
            keys += self.add_printed(batch)
        return keys

    @staticmethod
    def printed(new: PlainDocument) -> PrintedDocument:
        """Print the row of a new document; see `printed_document`."""
        return printed_document(new)

    def add_printed(self, made: Sequence[PrintedDocument]) -> list[str]:
        """Add documents whose rows were printed beforehand and return their ids."""
        keys = [self._transaction.next_key(documents) for _ in made]
        numbered = [(key, *one.row) for key, one in zip(keys, made, strict=True)]
        self._transaction.insert_printed(_FORM, numbered, self._recorded())
        return [identifiers.document_id(key) for key in keys]

    def _recorded(self) -> Values:
        return {"recorded_at": self._transaction.now, "recorded_by": self._transaction.actor}

    def get(self, document_id: str) -> RecordedDocument:
        """Return a document with all that is attached to it; `UnknownRecordError` when there is none."""
        key = document_key(document_id)
        found = recorded_documents(self._transaction, self._transaction.rows(_ONE, {"key": key}))
        if not found:
            raise unknown_record("D", document_id)
        self._transaction.met(key)
        return found[0]

    def several(self, document_ids: Iterable[str]) -> dict[str, RecordedDocument]:
        """Return those of these documents that there are, by id, asked for together."""
        keys = map(document_key, document_ids)
        return {found.id: found for part in parts_of(keys) for found in self._found(documents.c.id.in_(part))}

    def has(self, document_id: str) -> bool:
        """Whether the register holds this document."""
        key = document_key(document_id)
        return self._transaction.first(sa.select(documents.c.id).where(documents.c.id == key)) is not None

    def find_by_hash(self, content_hash: str) -> RecordedDocument | None:
        """Return the first document recorded with this content that has not been withdrawn, or None."""
        found = self._found(sa.and_(documents.c.content_hash == content_hash, in_the_register()), limit=1)
        return found[0] if found else None

    def find_by_number(self, number: str) -> list[RecordedDocument]:
        """Return every document that bears this number, oldest first."""
        return self._found(sa.and_(documents.c.number == number, in_the_register()))

    def find_ledger_twin(self, unit: str | None, number: str | None, title: str | None) -> RecordedDocument | None:
        """Return the document of this unit with this number and title, or None; one from a ledger goes first.

        A document recorded here is found as well (see its `state`), so that a ledger does not count it twice.
        """
        return self.find_ledger_twins([(unit, number, title)]).get((unit, number, title))

    def find_ledger_twins(self, wanted: Iterable[Twin]) -> dict[Twin, RecordedDocument]:
        """Return the `find_ledger_twin` of each unit, number and title that has one, asked for together."""
        return self.twins_by_hash(
            {twin_hash(number, title, unit): (unit, number, title) for unit, number, title in wanted}
        )

    def twins_by_hash(self, digests: Mapping[str | None, Twin]) -> dict[Twin, RecordedDocument]:
        """Return the same, for what has been printed and bears its digest already."""
        found: dict[Twin, RecordedDocument] = {}
        wanted = (digest for digest in digests if digest is not None)
        rows = list(rows_among(self._transaction, _IN_ORDER.where, documents.c.twin_hash, keys=wanted))
        for row, record in zip(rows, recorded_documents(self._transaction, rows), strict=True):
            known = found.setdefault(digests[row.twin_hash], record)
            if known.state is not State.ISSUED_ELSEWHERE and record.state is State.ISSUED_ELSEWHERE:
                found[digests[row.twin_hash]] = record
        return found

    def bearers_of(self, numbers: Iterable[str], *, limit: int) -> dict[str, list[Bearer]]:
        """Return id and title of the first `limit` documents that bear each number, oldest first."""
        found: dict[str, list[Bearer]] = {}
        asked = rows_among(self._transaction, _first(limit), documents.c.number, keys=dict.fromkeys(numbers))
        for row in asked:
            found.setdefault(row.number, []).append((identifiers.document_id(row.id), row.title))
        return found

    def coming_id(self, ahead: int) -> str:
        """Return the id that the document after the next `ahead` will get; sure, because writers take turns."""
        return identifiers.document_id(self._transaction.coming_key(documents, ahead))

    def replace_ledger_facts(self, document_id: str, document: Document, need: NeedProposal | None = None) -> None:
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
        values = {"twin_hash": twin, **document_values(document), **need_values(need)}
        self._transaction.execute(
            documents.update().where(documents.c.id == document_key(document_id)).values(**values)
        )

    def set_state(self, document_id: str, state: State) -> None:
        """Move a document on; without a live decision the database refuses signed and published (`GateRefusedError`)."""
        key = document_key(document_id)
        row = self._transaction.first(STATE, {"key": key})
        if row is None:
            raise unknown_record("D", document_id)
        if row.state != state:
            self._transaction.write(MOVE, {"key": key, "to": state.value})

    def remove_classified(self, document_id: str, rule: str) -> None:
        """Delete a document that turned out to be classified, with all that quotes it; only rule, time and user stay.

        The freed places of the database still hold the words until `Store.scrub` is called after the commit (保密法 art. 31).
        """
        key = self._transaction.existing_document(document_id)
        said = {"removed_at": self._transaction.now, "removed_by": self._transaction.actor}
        self._transaction.execute(removals.insert(), {"document_id": key, "rule": rule, **said})
        signed = documents.c.state.in_([State.SIGNED.value, State.PUBLISHED.value])
        unsigned = documents.update().where(documents.c.id == key, signed).values(state=State.WITHDRAWN.value)
        self._transaction.execute(unsigned)  # the database lets none be signed without its decision, not for a moment
        taught = sa.select(precedents.c.id).where(precedents.c.document_id == key)
        self._transaction.execute(precedent_hashes.delete().where(precedent_hashes.c.precedent_id.in_(taught)))
        undone = cuts.delete().where(cuts.c.document_id == key, cuts.c.undoes.is_not(None))
        self._transaction.execute(kept_files.delete().where(kept_files.c.document_id == key))
        self._transaction.execute(undone)
        for table in (
            cuts, page_links, precedents, corrections, need_decisions, links, judgements, publications, reexaminations, decisions,
            evaluations, reviews, opinions, secrecy_reviews, withdrawals, proposals, declarations,
        ):  # fmt: skip
            self._transaction.execute(table.delete().where(table.c.document_id == key))
        for quoting in (idempotency_keys, job_products):  # kept answers and lists may quote it
            self._transaction.execute(quoting.delete())
        SearchRenewal(self._transaction).forget_document(key)
        self._transaction.execute(documents.delete().where(documents.c.id == key))

    def linkables(self, unit: str | None = None, year: int | None = None) -> Iterator[LinkableDocument]:
        """Yield what linking needs to know of each document, in order of entry."""
        return linkable_documents(self._transaction, unit, year)

    def _found(self, condition: "sa.ColumnElement[bool]", limit: int | None = None) -> list[RecordedDocument]:
        return recorded_documents(self._transaction, self._rows(condition, limit))

    def _rows(self, condition: "sa.ColumnElement[bool]", limit: int | None = None) -> Sequence[AnyRow]:
        return self._transaction.rows(_IN_ORDER.where(condition).limit(limit))


_IN_ORDER = sa.select(documents).order_by(documents.c.id)


@cache
def _first(limit: int) -> Ask:
    """Return the question for the first `limit` bearers of each of some numbers."""
    place = sa.func.row_number().over(partition_by=documents.c.number, order_by=documents.c.id).label("place")

    def ask(bearing: "sa.ColumnElement[bool]") -> "sa.Select[Any]":
        ranked = sa.select(documents.c.id, documents.c.number, documents.c.title, place).where(bearing).subquery()
        return sa.select(ranked).where(ranked.c.place <= limit).order_by(ranked.c.id)

    return ask


_KEYED = documents.c.id == sa.bindparam("key")
_ONE = sa.select(documents, *PRESENT).where(_KEYED)
STATE = sa.select(documents.c.state).where(_KEYED)
"""In which state a document stands."""
MOVE = documents.update().where(_KEYED).values(state=sa.bindparam("to"))
"""Puts a document into another state."""
