"""What people wrote about one document, row by row: the words that the journal names by their row and does not repeat."""

from collections.abc import Iterator

import sqlalchemy as sa

from attrtrack.domain.histories import Words
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.structures import attribute_of
from attrtrack.storage.tables import corrections, decisions, declarations, publications
from attrtrack.storage.tables_gate import opinions, reexaminations, reviews, secrecy_reviews, withdrawals
from attrtrack.storage.transaction import Transaction

_COLUMNS: tuple[tuple[sa.Table, dict[str, str]], ...] = (
    (declarations, {"attribute": "attribute", "reason": "reason", "comment": "because"}),
    (reviews, {"attribute": "attribute", "reason": "reason", "comment": "comment"}),
    (secrecy_reviews, {"comment": "note"}),
    (opinions, {"reason": "unit", "comment": "comment"}),
    (decisions, {"attribute": "attribute", "reason": "reason", "comment": "because"}),
    (corrections, {"attribute": "attribute", "reason": "reason", "comment": "note"}),
    (publications, {"address": "url"}),
    (reexaminations, {"comment": "because"}),
    (withdrawals, {"comment": "because"}),
)
"""Which column of each table is which of the words; of an opinion the unit stands in the place of the reason."""


class Past:
    """The words of the rows of one document."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def words_of(self, document_id: str) -> dict[str, Words]:
        """Return the words of each row about a document by the row's name in the journal (`reviews/5`)."""
        return dict(self._words(document_key(document_id)))

    def _words(self, key: int) -> Iterator[tuple[str, Words]]:
        for table, named in _COLUMNS:
            columns = [table.c[column].label(name) for name, column in named.items()]
            query = sa.select(_key_of(table).label("key"), *columns).where(table.c.document_id == key)
            for row in self._transaction.rows(query):
                yield f"{table.name}/{row.key}", _words(row, named)


def _key_of(table: sa.Table) -> "sa.ColumnElement[int]":
    return table.c.id if "id" in table.c else table.c.document_id


def _words(row: AnyRow, named: dict[str, str]) -> Words:
    said = {name: getattr(row, name) for name in named}
    if "attribute" in said:
        said["attribute"] = attribute_of(said["attribute"])
    return Words(**said)
