"""Links between interpretations and documents: suggested by the matcher, judged by people, whose word stands.

Decision: `judgements` holds what people said, act by act; a row of `links` shows how its pair stands. Triggers refuse a
link that says otherwise than the last judgement of its pair, so that no suggestion can ever stand in for a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.interpretations import Judgement, LinkDecision, LinkProposal, LinkProposals
from attrtrack.domain.judgements import Act, LinkAct, Word, last_in_force, words_restored, words_said
from attrtrack.domain.register import RecordedLink
from attrtrack.errors import TransitionNotAllowedError, UsageError
from attrtrack.storage.among import rows_among
from attrtrack.storage.identifiers import document_id, document_key, interpretation_id, interpretation_key
from attrtrack.storage.judgements import Judgements, Pair
from attrtrack.storage.mapping import link_of
from attrtrack.storage.printed import PrintedForm
from attrtrack.storage.recorded import parts_of
from attrtrack.storage.structures import evidence_rows
from attrtrack.storage.tables import documents, links
from attrtrack.storage.transaction import Transaction

_BY_A_PERSON = (Judgement.CONFIRMED, Judgement.REJECTED)
_MEANING = {LinkDecision.AUTO: Judgement.AUTO, LinkDecision.REVIEW: Judgement.PENDING}
_SINGLE = {Judgement.CONFIRMED: Act.ALSO, Judgement.REJECTED: Act.REJECT}


class Links:
    """How each pair stands; what people said one after the other is kept by `Judgements`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._judgements = Judgements(transaction)

    def propose(self, interpretation_id: str, proposals: LinkProposals) -> LinkProposals | None:
        """Replace the matcher's earlier suggestions for an interpretation by these, and return those that were kept.

        Where a person confirmed a document nothing is touched (None). A pair that a person rejected, or a copy of its
        document, is not suggested again; where a person has said anything, nothing is linked without a person.
        """
        key = self._transaction.existing_interpretation(interpretation_id)
        standing = self.of(interpretation_id)
        if any(link.judgement is Judgement.CONFIRMED for link in standing):
            return None
        rejected = [link.document_id for link in standing if link.judgement is Judgement.REJECTED]
        spoken = bool(rejected) or last_in_force(self._judgements.acts(interpretation_id)) is not None
        refused = set(rejected) | self._copies(rejected, [link.document_id for link in proposals.links])
        kept = {link.document_id: link for link in reversed(proposals.links) if link.document_id not in refused}
        fresh = [replace(link, decision=LinkDecision.REVIEW) if spoken else link for link in reversed(kept.values())]
        if [_told(link) for link in fresh] != [_told_of(link) for link in standing if link.judgement in _SUGGESTED]:
            self._replace(key, fresh)
        return LinkProposals(interpretation_id, tuple(fresh))

    def _replace(self, key: int, fresh: Sequence[LinkProposal]) -> None:
        rows = [self._suggestion(key, link) for link in fresh]
        suggested = links.c.judgement.in_([meaning.value for meaning in _SUGGESTED])
        self._transaction.execute(links.delete().where(links.c.interpretation_id == key, suggested))
        if rows:
            self._transaction.execute(links.insert(), rows)

    def _copies(self, rejected: Sequence[str], proposed: Sequence[str]) -> set[str]:
        """Return the proposed documents that are copies, by the very same content, of rejected ones."""
        if not rejected or not proposed:
            return set()
        keys = {document_key(identifier) for identifier in (*rejected, *proposed)}
        query = sa.select(documents.c.id, documents.c.content_hash).where(documents.c.text != "")
        hashes: dict[str, str] = {}
        for part in parts_of(keys):
            rows = self._transaction.rows(query.where(documents.c.id.in_(part)))
            hashes.update((document_id(row.id), row.content_hash) for row in rows)
        refused = {hashes[identifier] for identifier in rejected if identifier in hashes}
        return {identifier for identifier in proposed if hashes.get(identifier) in refused}

    def _suggestion(self, key: int, link: LinkProposal) -> dict[str, Any]:
        meaning = _MEANING[link.decision].value
        return {
            "interpretation_id": key,
            "document_id": self._transaction.existing_document(link.document_id),
            "judgement": meaning,
            "probability": link.probability,
            "evidence": evidence_rows(link.evidence),
            "judged_by": None,
            "judged_at": self._transaction.now,
            "suggested": meaning,
        }

    def act(self, interpretation_id: str, act: Act, document_id: str | None, *, by: str) -> bool:
        """Keep a person's act on an interpretation (see `words_said`); False where it changes nothing, and is not kept.

        An undo takes back the last act that has not been taken back; `TransitionNotAllowedError` when there is none.
        """
        self._transaction.existing_interpretation(interpretation_id)
        if document_id is not None:
            self._transaction.existing_document(document_id)
        if act is Act.UNDO:
            self._undo(interpretation_id, by)
            return True
        standing = {link.document_id: link.judgement for link in self.of(interpretation_id)}
        words = words_said(act, document_id, standing)
        if not words and (act is not Act.NONE or self._none_said(interpretation_id)):
            return False
        self._judgements.add(interpretation_id, act, words=dict(words), by=by)
        self._stand(interpretation_id, {key: Word(word, by, self._transaction.now) for key, word in words.items()})
        return True

    def _none_said(self, interpretation_id: str) -> bool:
        last = last_in_force(self._judgements.acts(interpretation_id))
        return last is not None and last.act is Act.NONE

    def _undo(self, interpretation_id: str, by: str) -> None:
        acts = self._judgements.acts(interpretation_id)
        target = last_in_force(acts)
        if target is None:
            raise TransitionNotAllowedError(f"{interpretation_id} 没有可以撤销的判定。")
        restored = words_restored(acts, target)
        words = {document: word.judgement if word else None for document, word in restored.items()}
        self._judgements.add(interpretation_id, Act.UNDO, words=words, by=by, undoes=target.number)
        self._stand(interpretation_id, restored)

    def _stand(self, interpretation_id: str, words: Mapping[str, Word | None]) -> None:
        """Let the pairs say what was last said of them; where nobody says anything, what the matcher suggested."""
        key = interpretation_key(interpretation_id)
        known = {link.document_id for link in self.of(interpretation_id)}
        for document, word in words.items():
            pair = sa.and_(links.c.interpretation_id == key, links.c.document_id == document_key(document))
            if word is None or word.judgement is None:
                self._reopen(pair)
            elif document in known:
                self._transaction.execute(links.update().where(pair).values(**_said(word)))
            else:
                row = {"interpretation_id": key, "document_id": document_key(document), **_UNSUGGESTED, **_said(word)}
                self._transaction.execute(links.insert(), row)

    def _reopen(self, pair: "sa.ColumnElement[bool]") -> None:
        self._transaction.execute(links.delete().where(pair, links.c.suggested.is_(None)))
        opened = {"judgement": links.c.suggested, "judged_by": None, "judged_at": self._transaction.now}
        self._transaction.execute(links.update().where(pair).values(**opened))

    def judge(self, interpretation_id: str, document_id: str, judgement: Judgement, by: str) -> None:
        """Keep a person's judgement on one pair, suggested or not: confirmed or rejected, nothing else (`UsageError`)."""
        if judgement not in _BY_A_PERSON:
            raise UsageError("人工判断只能是“确认”或“否定”。")
        self.act(interpretation_id, _SINGLE[judgement], document_id, by=by)

    def judge_many(self, pairs: Sequence[Pair], judgement: Judgement, by: str) -> list[bool]:
        """Keep a ledger's word on many pairs and return for each whether it changed anything.

        A ledger that states a pair anew outweighs an earlier refusal; it does not overrule one of a pair that had been
        confirmed before, since whoever refused it knew what ledgers say. A pair that the matcher links already stays the
        matcher's: the year's list names it too, and a list that comes back is no person's word on it.
        """
        if judgement not in _BY_A_PERSON:
            raise UsageError("人工判断只能是“确认”或“否定”。")
        standing = self._standing(pairs)
        known = dict(standing)
        overruled = self._judgements.overruled(pair for pair in pairs if known.get(pair) is Judgement.REJECTED)
        changed, said = list[bool](), list[Pair]()
        for pair in pairs:
            told = {judgement, Judgement.AUTO} if judgement is Judgement.CONFIRMED else {judgement}
            changed.append(pair not in overruled and known.get(pair) not in told)
            if changed[-1]:
                said.append(pair)
                known[pair] = judgement
        if said:
            self._keep_many(said, judgement, by, standing=standing)
        return changed

    def _keep_many(
        self, pairs: Sequence[Pair], judgement: Judgement, by: str, *, standing: Mapping[Pair, Judgement]
    ) -> None:
        """Keep the word on each pair, those that stood otherwise one by one, new ones together."""
        word = Word(judgement, by, self._transaction.now)
        for interpretation, document in (pair for pair in pairs if pair in standing):
            self._judgements.add(interpretation, Act.LEDGER, words={document: judgement}, by=by)
            self._stand(interpretation, {document: word})
        fresh = [pair for pair in pairs if pair not in standing]
        if not fresh:
            return
        self._judgements.add_pairs(fresh, judgement, by)
        none = _FORM.print(_UNSUGGESTED)
        rows = [(interpretation_key(one), document_key(two), *none) for one, two in fresh]
        self._transaction.insert_printed(_FORM, rows, _said(word))

    def _standing(self, pairs: Sequence[Pair]) -> dict[Pair, Judgement]:
        found: dict[Pair, Judgement] = {}
        keys = {interpretation_key(pair[0]) for pair in pairs}
        for row in rows_among(self._transaction, _STANDING.where, links.c.interpretation_id, keys=keys):
            found[interpretation_id(row[0]), document_id(row[1])] = Judgement(row[2])
        return found

    def acts(self, interpretation_id: str) -> list[LinkAct]:
        """Return what people did with an interpretation, oldest first."""
        return self._judgements.acts(interpretation_id)

    def of_document(self, document_id: str) -> list[RecordedLink]:
        """Return the judgements on every pair of a document, in order of the interpretations' entry."""
        return [link_of(row) for row in self._transaction.rows(_PAIRS, {"key": document_key(document_id)})]

    def of(self, interpretation_id: str) -> list[RecordedLink]:
        """Return the judgements on every pair of an interpretation, likeliest first."""
        query = (
            sa.select(links)
            .where(links.c.interpretation_id == interpretation_key(interpretation_id))
            .order_by(links.c.probability.desc().nulls_last(), links.c.document_id)
        )
        return [link_of(row) for row in self._transaction.rows(query)]


_STANDING = sa.select(links.c.interpretation_id, links.c.document_id, links.c.judgement)
_PAIRS = sa.select(links).where(links.c.document_id == sa.bindparam("key")).order_by(links.c.interpretation_id)
_SUGGESTED = tuple(_MEANING.values())
_UNSUGGESTED: dict[str, Any] = {"probability": None, "evidence": [], "suggested": None}
_FORM = PrintedForm(links, late=("interpretation_id", "document_id"), common=("judgement", "judged_by", "judged_at"))


def _said(word: Word) -> dict[str, Any]:
    assert word.judgement is not None  # noqa: S101 - a word taken back reopens the pair instead
    return {"judgement": word.judgement.value, "judged_by": word.by, "judged_at": word.at}


def _told(link: LinkProposal) -> tuple[object, ...]:
    return (link.document_id, _MEANING[link.decision], link.probability, link.evidence)


def _told_of(link: RecordedLink) -> tuple[object, ...]:
    return (link.document_id, link.judgement, link.probability, link.evidence)
