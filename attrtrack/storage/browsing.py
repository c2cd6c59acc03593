"""Lists read part by part: each part begins after the key where the last one ended, so that newcomers shift nothing."""

from collections.abc import Collection

import sqlalchemy as sa

from attrtrack.domain.browsing import ListedDocument, Wanted
from attrtrack.domain.decisions import State
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.register import RecordedInterpretation, RecordedLink
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id, interpretation_id, interpretation_key
from attrtrack.storage.mapping import interpretation_of, link_of
from attrtrack.storage.recorded import parts_of
from attrtrack.storage.selection import attribute_in_force, chosen, judged, newest
from attrtrack.storage.structures import attribute_of, findings_of
from attrtrack.storage.tables import documents, evaluations, interpretations, links
from attrtrack.storage.transaction import Transaction


class Browsing:
    """The lists that programs leaf through."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def documents(self, wanted: Wanted, *, before: int | None, limit: int) -> list[ListedDocument]:
        """Return documents, newest entry first, those entered before the one with key `before`."""
        attribute = attribute_in_force().label("attribute")
        columns = [documents.c[name] for name in ("id", "title", "number", "unit", "year", "state")]
        source = judged().outerjoin(evaluations, evaluations.c.id == newest(evaluations))
        query = sa.select(*columns, attribute, evaluations.c.findings).select_from(source)
        query = query.where(*chosen(wanted.unit, wanted.year))
        if before is not None:
            query = query.where(documents.c.id < before)
        if wanted.state is not None:
            query = query.where(documents.c.state == wanted.state.value)
        if wanted.number is not None:
            query = query.where(documents.c.number == wanted.number)
        if wanted.attribute is not None:
            query = query.where(attribute_in_force() == wanted.attribute.value)
        return [_listed(row) for row in self._transaction.rows(query.order_by(documents.c.id.desc()).limit(limit))]

    def interpretations(
        self, unit: str | None, year: int | None, *, after: int, limit: int, waiting: bool = False
    ) -> list[RecordedInterpretation]:
        """Return interpretations in order of entry, those after key `after`; or only those that wait for a person."""
        query = sa.select(interpretations).where(interpretations.c.id > after)
        if unit is not None:
            query = query.where(interpretations.c.unit == unit)
        if year is not None:
            query = query.where(interpretations.c.year == year)
        if waiting:
            pending = sa.and_(
                links.c.interpretation_id == interpretations.c.id, links.c.judgement == Judgement.PENDING.value
            )
            query = query.where(sa.exists().where(pending))
        rows = self._transaction.rows(query.order_by(interpretations.c.id).limit(limit))
        return [interpretation_of(row) for row in rows]

    def links_of(self, interpretation_ids: Collection[str]) -> dict[str, list[RecordedLink]]:
        """Return the pairs of some interpretations, likeliest first."""
        found: dict[str, list[RecordedLink]] = {identifier: [] for identifier in interpretation_ids}
        for part in parts_of(interpretation_key(identifier) for identifier in interpretation_ids):
            query = sa.select(links).where(links.c.interpretation_id.in_(part))
            for row in self._transaction.rows(
                query.order_by(links.c.probability.desc().nulls_last(), links.c.document_id)
            ):
                found[interpretation_id(row.interpretation_id)].append(link_of(row))
        return found


def _listed(row: AnyRow) -> ListedDocument:
    return ListedDocument(
        id=document_id(row.id),
        title=row.title,
        number=row.number,
        unit=row.unit,
        year=row.year,
        state=State(row.state),
        attribute=attribute_of(row.attribute),
        findings=findings_of(row.findings or ()),
    )
