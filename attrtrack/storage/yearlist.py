"""The year's list (2020 plan, attachment 4 item 5): issued documents with their addresses and interpretations."""

from collections.abc import Iterator
from itertools import groupby

import sqlalchemy as sa

from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.register import ListedInterpretation, YearListRow
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id
from attrtrack.storage.mapping import written_of
from attrtrack.storage.selection import attribute_in_force, chosen, issued, judged, latest_url
from attrtrack.storage.structures import attribute_of
from attrtrack.storage.tables import documents, interpretations, links
from attrtrack.storage.transaction import Transaction

_LINKED = (Judgement.AUTO.value, Judgement.CONFIRMED.value)


def year_list(transaction: Transaction, unit: str | None, year: int | None) -> Iterator[YearListRow]:
    """Yield issued documents by date, with confirmed interpretations; a draft is no document of the year yet."""
    query = (
        sa.select(
            *(documents.c[name] for name in ("id", "title", "number", "genre", "drafting_department", "unit", "date")),
            attribute_in_force().label("attribute"),
            latest_url().label("document_url"),
            interpretations.c.id.label("interpretation"),
            interpretations.c.title.label("interpretation_title"),
            interpretations.c.url.label("interpretation_url"),
            interpretations.c.forms,
        )
        .select_from(
            judged()
            .outerjoin(links, sa.and_(links.c.document_id == documents.c.id, links.c.judgement.in_(_LINKED)))
            .outerjoin(interpretations, interpretations.c.id == links.c.interpretation_id)
        )
        .where(*chosen(unit, year), issued())
        .order_by(documents.c.date, documents.c.id, interpretations.c.id)
    )
    for _, rows in groupby(transaction.stream(query), key=lambda row: row.id):
        yield _listed(list(rows))


def _listed(rows: list[AnyRow]) -> YearListRow:
    row = rows[0]
    return YearListRow(
        id=document_id(row.id),
        title=row.title,
        number=row.number,
        genre=row.genre,
        attribute=attribute_of(row.attribute),
        drafting_department=row.drafting_department,
        document_url=row.document_url,
        interpretations=tuple(
            ListedInterpretation(item.interpretation_title, item.interpretation_url, tuple(item.forms))
            for item in rows
            if item.interpretation is not None
        ),
        unit=row.unit,
        date=written_of(row.date),
    )
