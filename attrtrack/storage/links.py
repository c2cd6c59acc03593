"""Links between interpretations and documents: suggested by the matcher, judged by people, whose word stands."""

import hashlib
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.interpretations import Judgement, LinkDecision, LinkProposal, LinkProposals
from attrtrack.domain.register import RecordedLink
from attrtrack.errors import UsageError
from attrtrack.storage.engine import compact_json
from attrtrack.storage.identifiers import document_id, document_key, interpretation_id, interpretation_key, range_of
from attrtrack.storage.journal import Journal
from attrtrack.storage.mapping import link_of
from attrtrack.storage.recorded import parts_of
from attrtrack.storage.structures import evidence_rows
from attrtrack.storage.tables import links
from attrtrack.storage.transaction import Transaction

_BY_A_PERSON = (Judgement.CONFIRMED, Judgement.REJECTED)
_MEANING = {LinkDecision.AUTO: Judgement.AUTO, LinkDecision.REVIEW: Judgement.PENDING}

Pair = tuple[str, str]
"""Ids of an interpretation and a document."""


class Links:
    """The present judgement on each pair; the journal keeps the earlier ones."""

    def __init__(self, transaction: Transaction, journal: Journal) -> None:
        self._transaction = transaction
        self._journal = journal

    def propose(self, interpretation_id: str, proposals: LinkProposals) -> None:
        """Replace the matcher's earlier suggestions for an interpretation by these; judgements of people stay untouched.

        A pair that a person rejected is not suggested again.
        """
        key = self._transaction.existing_interpretation(interpretation_id)
        judged = {link.document_id for link in self.of(interpretation_id) if link.judgement in _BY_A_PERSON}
        fresh = {link.document_id: link for link in reversed(proposals.links) if link.document_id not in judged}
        rows = [self._suggestion(key, link) for link in reversed(fresh.values())]
        self._transaction.execute(
            links.delete().where(
                links.c.interpretation_id == key,
                links.c.judgement.in_([meaning.value for meaning in _MEANING.values()]),
            )
        )
        if rows:
            self._transaction.execute(links.insert(), rows)
        detail = {link.document_id: link.decision.value for link in fresh.values()}
        self._journal.append("propose-links", interpretation_id, "done", {"links": detail})

    def _suggestion(self, key: int, link: LinkProposal) -> dict[str, Any]:
        return {
            "interpretation_id": key,
            "document_id": self._transaction.existing_document(link.document_id),
            "judgement": _MEANING[link.decision].value,
            "probability": link.probability,
            "evidence": evidence_rows(link.evidence),
            "judged_by": None,
            "judged_at": self._transaction.now,
        }

    def judge(self, interpretation_id: str, document_id: str, judgement: Judgement, by: str) -> None:
        """Keep a person's judgement on a pair, suggested or not: confirmed or rejected, nothing else (`UsageError`)."""
        if judgement not in _BY_A_PERSON:
            raise UsageError("人工判断只能是“确认”或“否定”。")
        key = self._transaction.existing_interpretation(interpretation_id)
        document = self._transaction.existing_document(document_id)
        said = {"judgement": judgement.value, "judged_by": by, "judged_at": self._transaction.now}
        known = sa.and_(links.c.interpretation_id == key, links.c.document_id == document)
        if self._transaction.execute(links.update().where(known).values(**said)).rowcount == 0:
            row: dict[str, Any] = {
                "interpretation_id": key,
                "document_id": document,
                "probability": None,
                "evidence": [],
                **said,
            }
            self._transaction.execute(links.insert(), row)
        detail = {"document": document_id, "judgement": judgement.value, "by": by}
        self._journal.append("judge-link", interpretation_id, "done", detail)

    def judge_many(self, pairs: Sequence[Pair], judgement: Judgement, by: str) -> list[bool]:
        """Keep one person's judgement on many pairs and return for each whether it changed anything.

        New pairs share one journal entry (range, count, digest); one that was judged otherwise before has its own.
        """
        if judgement not in _BY_A_PERSON:
            raise UsageError("人工判断只能是“确认”或“否定”。")
        known = self._judgements(pairs)
        changed, fresh = list[bool](), list[Pair]()
        for pair in pairs:
            before = known.get(pair)
            changed.append(before is not judgement)
            if before is None:
                fresh.append(pair)
            elif changed[-1]:
                self.judge(*pair, judgement, by)
            known[pair] = judgement
        if fresh:
            self._insert_judged(fresh, judgement, by)
        return changed

    def _judgements(self, pairs: Sequence[Pair]) -> dict[Pair, Judgement]:
        found: dict[Pair, Judgement] = {}
        columns = (links.c.interpretation_id, links.c.document_id, links.c.judgement)
        for part in parts_of({interpretation_key(pair[0]) for pair in pairs}):
            for row in self._transaction.rows(sa.select(*columns).where(links.c.interpretation_id.in_(part))):
                found[interpretation_id(row[0]), document_id(row[1])] = Judgement(row[2])
        return found

    def _insert_judged(self, pairs: Sequence[Pair], judgement: Judgement, by: str) -> None:
        said = {"judgement": judgement.value, "judged_by": by, "judged_at": self._transaction.now}
        digest, rows = hashlib.sha256(), list[dict[str, Any]]()
        for pair in pairs:
            digest.update(f"{compact_json(pair)}\n".encode())
            keys = {"interpretation_id": interpretation_key(pair[0]), "document_id": document_key(pair[1])}
            rows.append({**keys, "probability": None, "evidence": [], **said})
        self._transaction.execute(links.insert(), rows)
        detail = {"judgement": judgement.value, "by": by, "count": len(rows), "digest": digest.hexdigest()}
        self._journal.append("judge-link", range_of(pair[0] for pair in pairs), "done", detail)

    def judge_none(self, interpretation_id: str, by: str) -> None:
        """Keep that the interpretation explains none of the documents it is linked to: every pair is rejected."""
        key = self._transaction.existing_interpretation(interpretation_id)
        self._transaction.execute(
            links.update()
            .where(links.c.interpretation_id == key, links.c.judgement != Judgement.REJECTED.value)
            .values(judgement=Judgement.REJECTED.value, judged_by=by, judged_at=self._transaction.now)
        )
        self._journal.append("judge-link", interpretation_id, "done", {"document": None, "by": by})

    def of_document(self, document_id: str) -> list[RecordedLink]:
        """Return the judgements on every pair of a document, in order of the interpretations' entry."""
        pairs = sa.select(links).where(links.c.document_id == document_key(document_id))
        return [link_of(row) for row in self._transaction.rows(pairs.order_by(links.c.interpretation_id))]

    def of(self, interpretation_id: str) -> list[RecordedLink]:
        """Return the judgements on every pair of an interpretation, likeliest first."""
        query = (
            sa.select(links)
            .where(links.c.interpretation_id == interpretation_key(interpretation_id))
            .order_by(links.c.probability.desc().nulls_last(), links.c.document_id)
        )
        return [link_of(row) for row in self._transaction.rows(query)]
