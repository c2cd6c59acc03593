"""Which documents need an interpretation (应解读): a person's decision first, else a ledger's word, else the rules' proposal.

Decision: the three are kept apart. What a ledger states is a fact of the document; what the rules propose is made anew
whenever the table changes (`renew`); what a person decides is appended and undone, and no proposal touches it.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

import sqlalchemy as sa

from attrtrack.domain.needs import DocumentNeed, NeedDecision, NeedProposal, NeedSource, source_of
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id as identifier_of
from attrtrack.storage.identifiers import document_key, unknown_record
from attrtrack.storage.mapping import need_values, storable
from attrtrack.storage.selection import chosen
from attrtrack.storage.tables import documents, need_decisions
from attrtrack.storage.transaction import Transaction

_RULE = "rule"
_BATCH = 500


class Needs:
    """Decisions and proposals on the need of an interpretation; reasons stay out of the journal, like every note."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def decide(self, document_id: str, decision: NeedDecision) -> None:
        """Append a person's decision, superseding the live one."""
        key = self._transaction.existing_document(document_id)
        self._supersede(key)
        self._transaction.insert(
            need_decisions,
            {
                "document_id": key,
                "needed": decision.needed,
                "because": storable(decision.because, "说明"),
                "decided_by": decision.decided_by,
                "decided_at": decision.decided_at,
                "rules_version": decision.rules_version,
            },
        )

    def undo(self, document_id: str) -> bool:
        """End the live decision, so that ledger and rules speak again; return whether there was one."""
        return self._supersede(self._transaction.existing_document(document_id))

    def get(self, document_id: str) -> DocumentNeed:
        """Return all that is said of a document's need; `UnknownRecordError` when there is no such document."""
        row = self._transaction.first(_ONE, {"key": document_key(document_id)})
        if row is None:
            raise unknown_record("D", document_id)
        return _need(row)

    def doubtful(
        self, unit: str | None = None, year: int | None = None, *, after: int = 0, limit: int | None = None
    ) -> Iterator[DocumentNeed]:
        """Yield, in order of entry, the documents whose need nobody knows, and those of which the rules say otherwise.

        Only those entered after the document with key `after`, at most `limit` of them (None: all).
        """
        said = sa.func.coalesce(need_decisions.c.needed, _stated())
        doubt = sa.or_(
            sa.and_(said.is_(None), documents.c.need_proposed.is_(None)),
            said != documents.c.need_proposed,
        )
        query = _query().where(doubt, documents.c.id > after, *chosen(unit, year)).order_by(documents.c.id)
        return map(_need, self._transaction.stream(query.limit(limit)))

    def texts(self, unit: str | None = None, year: int | None = None) -> Iterator[tuple[DocumentNeed, str]]:
        """Yield every document with its text, in order of entry: what the rules need to propose anew."""
        query = _query().add_columns(documents.c.text).where(*chosen(unit, year)).order_by(documents.c.id)
        return ((_need(row), row.text) for row in self._transaction.stream(query))

    def renew(self, proposals: Iterable[tuple[str, NeedProposal]]) -> int:
        """Put new proposals in place of the old; return how many there were."""
        iterator, done = iter(proposals), 0
        statement = documents.update().where(documents.c.id == sa.bindparam("key"))
        values: dict[str, sa.BindParameter[object]] = {
            name: sa.bindparam(f"new_{name}") for name in ("need_proposed", "need_rule")
        }
        while batch := list(islice(iterator, _BATCH)):
            rows = [
                {"key": document_key(one), **{f"new_{name}": value for name, value in need_values(proposal).items()}}
                for one, proposal in batch
            ]
            self._transaction.execute(statement.values(**values), rows)
            done += len(rows)
        return done

    def _supersede(self, key: int) -> bool:
        done = self._transaction.execute(
            need_decisions.update()
            .where(need_decisions.c.document_id == key, need_decisions.c.superseded_at.is_(None))
            .values(superseded_at=self._transaction.now)
        )
        return bool(done.rowcount)


def need_in_force(
    person: bool | None,  # noqa: FBT001 - three answers of one kind, in the order in which they are followed
    stated: bool | None,  # noqa: FBT001 - as above
    proposed: bool | None,  # noqa: FBT001 - as above
    *,
    origin: str | None,
    rule: str | None,
) -> tuple[bool | None, str | None]:
    """Return the need that is followed, and who says so; an older register's rules wrote where only a ledger states now."""
    if origin == _RULE:
        stated = None
    said = person if person is not None else stated
    unrecorded = origin == NeedSource.UNRECORDED
    return (
        proposed if said is None else said,
        source_of(person=person, stated=stated, unrecorded=unrecorded, row=rule),
    )


def _stated() -> "sa.ColumnElement[bool | None]":
    return sa.case(
        (documents.c.need_origin == _RULE, sa.null()),
        else_=documents.c.needs_interpretation,
    )


def _query() -> "sa.Select[tuple[object, ...]]":
    live = sa.and_(need_decisions.c.document_id == documents.c.id, need_decisions.c.superseded_at.is_(None))
    return sa.select(
        *(documents.c[name] for name in ("id", "title", "number", "unit", "needs_interpretation")),
        *(documents.c[name] for name in ("need_origin", "need_proposed", "need_rule")),
        *(need_decisions.c[name] for name in ("needed", "because", "decided_by", "decided_at", "rules_version")),
    ).select_from(documents.outerjoin(need_decisions, live))


_ONE = _query().where(documents.c.id == sa.bindparam("key"))


def _need(row: AnyRow) -> DocumentNeed:
    decided = (
        None
        if row.needed is None
        else NeedDecision(row.needed, row.because, row.decided_by, row.decided_at, row.rules_version)
    )
    return DocumentNeed(
        id=identifier_of(row.id),
        title=row.title,
        number=row.number,
        unit=row.unit,
        stated=None if row.need_origin == _RULE else row.needs_interpretation,
        stated_unrecorded=row.need_origin == NeedSource.UNRECORDED,
        proposed=row.need_proposed,
        row=row.need_rule,
        decision=decided,
    )
