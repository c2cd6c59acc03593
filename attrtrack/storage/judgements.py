"""Judgements of people on links: appended act by act, never edited; an undo is an act that says what was said before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import sqlalchemy as sa

from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.judgements import Act, LinkAct
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id, document_key, interpretation_id, interpretation_key
from attrtrack.storage.mapping import Values, storable
from attrtrack.storage.printed import PrintedForm
from attrtrack.storage.recorded import parts_of
from attrtrack.storage.tables import judgements
from attrtrack.storage.transaction import Transaction

Pair = tuple[str, str]
"""Ids of an interpretation and a document."""
_OPEN = "open"
_FORM = PrintedForm(
    judgements,
    late=("id", "act", "interpretation_id", "document_id"),
    common=("kind", "undoes", "judged_by", "judged_at"),
)


class Judgements:
    """Every act of every person on every interpretation."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def acts(self, interpretation_id: str) -> list[LinkAct]:
        """Return the acts on an interpretation, oldest first."""
        mine = judgements.c.interpretation_id == interpretation_key(interpretation_id)
        rows = self._transaction.rows(sa.select(judgements).where(mine).order_by(judgements.c.id))
        return [_act_of(list(group)) for _, group in groupby(rows, key=lambda row: row.act)]

    def add(
        self,
        interpretation_id: str,
        act: Act,
        *,
        words: Mapping[str, Judgement | None],
        by: str,
        undoes: int | None = None,
    ) -> None:
        """Append an act with the word on each document that it touches; the pairs of `Links` must follow it."""
        common = self._common(act, by=by, undoes=undoes)
        rows = [{**row, **common} for row in self._rows(interpretation_key(interpretation_id), words)]
        self._transaction.insert_all(judgements, rows)

    def add_pairs(self, pairs: Sequence[Pair], judgement: Judgement, by: str) -> None:
        """Append a ledger's word on many pairs, an act each."""
        rows = []
        for interpretation, document in pairs:
            key = self._transaction.next_key(judgements)
            rows.append((key, key, interpretation_key(interpretation), document_key(document), judgement.value))
        self._transaction.insert_printed(_FORM, rows, self._common(Act.LEDGER, by=by, undoes=None))

    def overruled(self, pairs: Iterable[Pair]) -> set[Pair]:
        """Return the pairs that were confirmed, by whomever, and refused since: a ledger read again brings no news."""
        wanted = set(pairs)
        found: set[Pair] = set()
        for part in parts_of({interpretation_key(pair[0]) for pair in wanted}):
            mine = sa.select(judgements).where(judgements.c.interpretation_id.in_(part), judgements.c.word != _OPEN)
            said: set[Pair] = set()
            for row in self._transaction.rows(mine.order_by(judgements.c.id)):
                pair = (interpretation_id(row.interpretation_id), document_id(row.document_id))
                confirmed = row.word == Judgement.CONFIRMED.value
                if confirmed:
                    said.add(pair)
                if not confirmed and pair in said:
                    found.add(pair)
                else:
                    found.discard(pair)
        return found & wanted

    def _common(self, act: Act, *, by: str, undoes: int | None) -> Values:
        said = {"kind": act.value, "undoes": undoes, "judged_by": storable(by, "判定人")}
        return {**said, "judged_at": self._transaction.now}

    def _rows(self, interpretation: int, words: Mapping[str, Judgement | None]) -> Iterator[Values]:
        """Make the rows of an act; one that touches no document has a row all the same."""
        named: list[tuple[int | None, Judgement | None]] = [
            (document_key(document), word) for document, word in words.items()
        ]
        first: int | None = None
        for document, word in named or [(None, None)]:
            key = self._transaction.next_key(judgements)
            first = first or key
            pair = {"interpretation_id": interpretation, "document_id": document}
            yield {"id": key, "act": first, **pair, "word": word.value if word else _OPEN}


def _act_of(rows: Sequence[AnyRow]) -> LinkAct:
    first = rows[0]
    words = (
        (document_id(row.document_id), None if row.word == _OPEN else Judgement(row.word))
        for row in rows
        if row.document_id is not None
    )
    return LinkAct(
        number=first.act,
        interpretation_id=interpretation_id(first.interpretation_id),
        act=Act(first.kind),
        words=tuple(words),
        by=first.judged_by,
        at=first.judged_at,
        undoes=first.undoes,
    )
