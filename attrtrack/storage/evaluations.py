"""Evaluations of the gate: what it found, on which input, by which rules; appended whole, so that they can be repeated."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.evaluations import Evaluation, GateAct
from attrtrack.domain.findings import Finding, Severity, gravest
from attrtrack.errors import UnknownRecordError
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.engine import compact_json
from attrtrack.storage.identifiers import document_id, document_key
from attrtrack.storage.mapping import unit_key
from attrtrack.storage.structures import finding_rows, findings_of
from attrtrack.storage.tables import declarations, documents, evaluations, proposals
from attrtrack.storage.transaction import Transaction

_CODE_BYTES = 10


class Evaluations:
    """What the gate found on documents, and on letters that it was only asked about."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(
        self,
        document_id: str | None,
        findings: Sequence[Finding],
        rules_version: str,
        *,
        act: GateAct = GateAct.GATE,
        given: Mapping[str, Any] | None = None,
        model_version: str | None = None,
        unit: str | None = None,
    ) -> Evaluation:
        """Append a judgement with its input (`given`) and a digest of what it looked at; a block makes it not passed.

        It is bound to the newest declaration of the document. `unit` is said for a letter outside the register only.
        """
        key = None if document_id is None else self._transaction.existing_document(document_id)
        code = f"G-{secrets.token_hex(_CODE_BYTES)}"
        looked_at = self._looked_at(key)
        said, worst = dict(given or {}), gravest(findings)
        values = {
            "document_id": key,
            "input_digest": _digest(said if key is None else looked_at),
            "findings": finding_rows(findings),
            "gravest": worst,
            "rules_version": rules_version,
            "evaluated_at": self._transaction.now,
            "code": code,
            "act": act.value,
            "outcome": "blocked" if worst is Severity.BLOCK else "passed",
            "declaration_id": looked_at[1] if key is not None else None,
            "unit": unit_key(unit) if key is None else None,
            "input": said,
            "model_version": model_version,
            "evaluated_by": self._transaction.actor,
        }
        self._transaction.judgements[code] = self._transaction.insert(evaluations, values)
        return Evaluation(
            code,
            act,
            document_id,
            tuple(findings),
            worst is not Severity.BLOCK,
            rules_version,
            model_version,
            said,
            self._transaction.actor,
            self._transaction.now,
            unit,
        )

    def get(self, code: str) -> Evaluation:
        """Return a judgement by its public id; `UnknownRecordError` when there is none."""
        row = self._transaction.first(_whole().where(evaluations.c.code == code))
        if row is None:
            raise UnknownRecordError(f"登记中没有编号为“{code[:30]}”的把关记录：请核对编号（形如 G-…）。")
        return _evaluation(row)

    def kept(
        self, unit: str | None = None, year: int | None = None, *, units: frozenset[str] | None = None
    ) -> Iterator[Evaluation]:
        """Yield the judgements that can be repeated, in order of entry; `units` are those whose documents are seen.

        Of a document the newest of each act counts; a letter outside the register belongs to the year it was asked in.
        """
        conditions: list[sa.ColumnElement[bool]] = [evaluations.c.input.is_not(None), evaluations.c.code.is_not(None)]
        whose = sa.func.coalesce(documents.c.unit, evaluations.c.unit)
        if unit is not None:
            conditions.append(whose == unit)
        if units is not None:
            conditions.append(whose.in_(sorted(units)))
        if year is not None:
            asked = sa.type_coerce(evaluations.c.evaluated_at, sa.Text).startswith(f"{year:04}-")
            conditions.append(sa.or_(documents.c.year == year, sa.and_(documents.c.id.is_(None), asked)))
        later = evaluations.alias("later")
        superseded = sa.exists().where(
            later.c.document_id == evaluations.c.document_id,
            later.c.act == evaluations.c.act,
            later.c.id > evaluations.c.id,
        )
        query = _whole().where(*conditions, ~superseded).order_by(evaluations.c.id)
        yield from map(_evaluation, self._transaction.stream(query))

    def latest(self, document_id: str) -> tuple[Finding, ...] | None:
        """Return the findings of the newest evaluation; None when the gate has never looked."""
        query = sa.select(evaluations.c.findings).where(
            evaluations.c.document_id == document_key(document_id), of_the_text()
        )
        row = self._transaction.first(query.order_by(evaluations.c.id.desc()).limit(1))
        return None if row is None else findings_of(row.findings)

    def worst(self, severities: Sequence[Severity]) -> dict[str, Severity]:
        """Return the documents whose newest evaluation found one of these severities at worst, by id."""
        newest = sa.select(sa.func.max(evaluations.c.id)).where(of_the_text()).group_by(evaluations.c.document_id)
        query = sa.select(evaluations.c.document_id, evaluations.c.gravest).where(
            evaluations.c.gravest.in_([severity.value for severity in severities]),
            evaluations.c.document_id.is_not(None),
            evaluations.c.id.in_(newest),
        )
        return {document_id(row[0]): Severity(row[1]) for row in self._transaction.rows(query)}

    def _looked_at(self, key: int | None) -> list[Any]:
        """Return content hash, newest declaration and newest proposal of a document."""
        return list(self._transaction.first(_LOOKED_AT, {"key": key}) or ())


_LOOKED_AT = sa.select(
    documents.c.content_hash,
    *(
        sa.select(sa.func.max(table.c.id)).where(table.c.document_id == sa.bindparam("key")).scalar_subquery()
        for table in (declarations, proposals)
    ),
).where(documents.c.id == sa.bindparam("key"))


def of_the_text(table: sa.FromClause = evaluations) -> "sa.ColumnElement[bool]":
    """Select the judgements of a document itself; what registering a publication found says nothing of its sign-off."""
    return sa.or_(table.c.act.is_(None), table.c.act != GateAct.PUBLISH.value)


def _digest(value: object) -> str:
    return hashlib.sha256(compact_json(value).encode()).hexdigest()


def _whole() -> "sa.Select[Any]":
    return sa.select(evaluations, documents.c.unit.label("whose")).select_from(
        evaluations.outerjoin(documents, documents.c.id == evaluations.c.document_id)
    )


def _evaluation(row: AnyRow) -> Evaluation:
    return Evaluation(
        code=row.code,
        act=GateAct(row.act),
        document_id=None if row.document_id is None else document_id(row.document_id),
        findings=findings_of(row.findings),
        passed=row.outcome == "passed",
        rules_version=row.rules_version,
        model_version=row.model_version,
        given=row.input,
        evaluated_by=row.evaluated_by,
        evaluated_at=row.evaluated_at,
        unit=row.whose or row.unit,
    )
