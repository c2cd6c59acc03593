"""How each pair of an interpretation and a document stood at the end of a past day.

What people said of a pair later changes nothing in it, what they took back later stood then. A ledger speaks of earlier
times: where the first word of a pair is one's, the pair counts as it says, whenever the ledger was handed in; so does a word
of before words were kept one by one, of which nobody knows whose it was. Of what nobody had judged the matcher's suggestion
stands, as it stands now: it is made of the texts, as the rules' proposals are, and is no event.
"""

import datetime as dt

import sqlalchemy as sa

from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.judgements import Act
from attrtrack.storage.tables import judgements, links

_OF_EARLIER = (Act.LEDGER.value, Act.FORMER.value)
_SAID = (Judgement.CONFIRMED.value, Judgement.REJECTED.value)
_PAIR = ("interpretation_id", "document_id")


def linked_then(end: dt.datetime) -> "sa.Subquery":
    """Select the pairs with the `judgement` in force just before a moment; those of which nothing was said are left out."""
    pairs = ever_linked()
    said, last, first = _said(end), judgements.alias(), judgements.alias()
    word = sa.func.coalesce(last.c.word, sa.case((first.c.kind.in_(_OF_EARLIER), first.c.word)))
    judgement = sa.case((word.in_(_SAID), word), else_=links.c.suggested)
    found = (
        pairs.outerjoin(links, _same(links, pairs))
        .outerjoin(said, _same(said, pairs))
        .outerjoin(last, last.c.id == said.c.last)
        .outerjoin(first, first.c.id == said.c.first)
    )
    columns = (*(pairs.c[name] for name in _PAIR), judgement.label("judgement"))
    return sa.select(*columns).select_from(found).where(judgement.is_not(None)).subquery()


def ever_linked() -> "sa.Subquery":
    """Select every pair that is linked or of which anything was ever said."""
    return sa.union(_pairs(links), _pairs(judgements)).subquery()


def _pairs(table: sa.Table) -> "sa.Select[tuple[int, int]]":
    return sa.select(*(table.c[name] for name in _PAIR)).where(table.c.document_id.is_not(None))


def _said(end: dt.datetime) -> "sa.Subquery":
    """Select the keys of the first word on each pair and of the last before a moment."""
    last = sa.func.max(sa.case((judgements.c.judged_at < end, judgements.c.id)))
    columns = [judgements.c[name] for name in _PAIR]
    query = sa.select(*columns, last.label("last"), sa.func.min(judgements.c.id).label("first"))
    return query.where(judgements.c.document_id.is_not(None)).group_by(*columns).subquery()


def _same(one: sa.FromClause, other: sa.FromClause) -> "sa.ColumnElement[bool]":
    return sa.and_(*(one.c[name] == other.c[name] for name in _PAIR))
