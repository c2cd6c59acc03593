"""Cuts of public versions: appended; one that is taken back has a later entry that says so."""

import sqlalchemy as sa

from attrtrack.domain.cuts import Cut, Cutting, TakenBack
from attrtrack.domain.evidence import Span
from attrtrack.errors import UnknownRecordError
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.mapping import storable
from attrtrack.storage.tables_files import cuts
from attrtrack.storage.transaction import Transaction


class Cuts:
    """What is left out of the public versions of documents."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, document_id: str, span: Span, *, reason: str, because: str) -> str:
        """Append a cut and return its id."""
        values = {"starts": span.start, "ends": span.end, "undoes": None, "reason": reason}
        return self._append(document_id, {**values, "because": storable(because, "说明")})

    def take_back(self, document_id: str, identifier: str, *, because: str | None) -> str:
        """Append the entry that undoes a cut; `UnknownRecordError` when the document has no such cut."""
        key = cut_key(identifier)
        values = {"starts": None, "ends": None, "undoes": key, "reason": None}
        return self._append(document_id, {**values, "because": storable(because, "说明")})

    def of_document(self, document_id: str) -> Cutting:
        """Return all that was ever cut from a document."""
        rows = self._transaction.rows(_OF_DOCUMENT, {"document": document_key(document_id)})
        undone = {row.undoes: _taken_back(row) for row in rows if row.undoes is not None}
        made = tuple(_cut(row, undone.get(row.id)) for row in rows if row.undoes is None)
        return Cutting(made, cut_id(rows[-1].id) if rows else None)

    def _append(self, document_id: str, values: dict[str, object]) -> str:
        said = {"made_by": self._transaction.actor, "made_at": self._transaction.now}
        document = {"document_id": self._transaction.existing_document(document_id)}
        return cut_id(self._transaction.insert(cuts, {**document, **values, **said}))


_OF_DOCUMENT = sa.select(cuts).where(cuts.c.document_id == sa.bindparam("document")).order_by(cuts.c.id)


def cut_id(key: int) -> str:
    """Print the id of an entry."""
    return f"X{key}"


def cut_key(identifier: str) -> int:
    """Return the table key of an entry's id; `UnknownRecordError` for a text that is none."""
    digits = identifier[1:]
    if not (identifier.startswith("X") and digits.isascii() and digits.isdecimal() and len(digits) < 16):  # noqa: PLR2004 - keys are shorter
        raise UnknownRecordError(f"没有编号为“{identifier[:20]}”的删减：请刷新页面后再试。")
    return int(digits)


def _cut(row: AnyRow, taken_back: TakenBack | None) -> Cut:
    span = Span(row.starts, row.ends)
    return Cut(cut_id(row.id), span, row.reason, row.because or "", row.made_by, row.made_at, taken_back)


def _taken_back(row: AnyRow) -> TakenBack:
    return TakenBack(cut_id(row.id), row.made_by, row.made_at, row.because)
