"""How a standing is kept: what it waits for as a set of bits, its days as whole numbers that sort."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from attrtrack.domain.doubts import Doubt
from attrtrack.domain.standings import LinkStanding, Scope, Standing
from attrtrack.domain.worklist import WaitsFor
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_key, interpretation_key

BITS = {
    WaitsFor.BLOCKED: 1,
    WaitsFor.DOUBTFUL: 2,
    WaitsFor.DECLARE: 4,
    WaitsFor.REVIEW: 8,
    WaitsFor.SECRECY: 16,
    WaitsFor.SIGN: 32,
    WaitsFor.REEXAMINE: 64,
    WaitsFor.PUBLISH: 128,
    WaitsFor.INTERPRET: 256,
    WaitsFor.JUDGE: 512,
    WaitsFor.CHECK: 1024,
}
"""OVERDUE has none: it is PUBLISH when its day is past."""
DAYS = {"publication-days": ("publish_days", 1), "interpretation-days": ("interpret_days", 2)}
"""By the code of the measure that counts them: the column of working days, and the bit that says they are provisional."""
BY_PEOPLE = "p"
DOUBT_BITS = {Doubt.ATTRIBUTE: 1, Doubt.REASON: 2, Doubt.REPLY: 4}


def narrowed_by(scope: Scope) -> dict[str, Any]:
    """Return the columns by which a scope is narrowed; None where it is not."""
    names = ("unit", "year", "quarter", "genre", "policy_kind")
    return {name: getattr(scope, name) for name in names}


def bits_of(waits: Iterable[WaitsFor]) -> int:
    """Return a set as bits."""
    return sum(BITS[one] for one in waits)


def number_of(day: dt.date | None) -> int | None:
    """Return a day as a whole number, 20260131."""
    return None if day is None else day.year * 10_000 + day.month * 100 + day.day


def day_of(number: int | None) -> dt.date | None:
    """Return the day of such a number."""
    return None if number is None else dt.date(number // 10_000, number // 100 % 100, number % 100)


def values_of(standing: Standing) -> dict[str, Any]:
    """Return a standing as a row."""
    attribute = standing.attribute
    return {
        "document_id": document_key(standing.id),
        "unit": standing.unit,
        "year": standing.year,
        "quarter": standing.quarter,
        "genre": standing.genre,
        "state": standing.state.value,
        "attribute": None if attribute is None else attribute.value,
        "reason": standing.reason,
        "kind": standing.kind,
        "urgency": standing.urgency.value,
        "waits": bits_of(standing.waits),
        "recorded_by": standing.recorded_by,
        "declared_by": standing.declared_by,
        "confirmed": standing.confirmed,
        "pending": standing.pending,
        "publish_by": number_of(standing.publish_by),
        "reexamine_by": number_of(standing.reexamine_by),
        "interpret_by": number_of(standing.interpret_by),
        "doubts": sum(DOUBT_BITS[one] for one in standing.doubts),
        "corrected": int(standing.corrected),
        "policy_kind": standing.policy_kind,
        **{column: standing.days.get(code) for code, (column, _) in DAYS.items()},
        "provisional": sum(bit for code, (_, bit) in DAYS.items() if code in standing.provisional),
    }


def days_in(row: AnyRow) -> tuple[dict[str, int], frozenset[str]]:
    """Return the working days of a row by the measures that count them, and which of these are provisional."""
    days = {code: getattr(row, column) for code, (column, _) in DAYS.items()}
    unsure = frozenset(code for code, (_, bit) in DAYS.items() if row.provisional & bit)
    return {code: number for code, number in days.items() if number is not None}, unsure


def link_values_of(standing: Standing, link: LinkStanding) -> dict[str, Any]:
    """Return an interpretation of a document as a row.

    Its kind is led by whether the link is confirmed, so that such sort last, and ends with whether a person confirmed it.
    """
    return {
        "document_id": document_key(standing.id),
        "interpretation_id": interpretation_key(link.interpretation_id),
        "unit": standing.unit,
        "year": standing.year,
        "quarter": standing.quarter,
        "genre": standing.genre,
        "policy_kind": standing.policy_kind,
        "kind": f"{int(link.confirmed)}{link.kind}{BY_PEOPLE if link.by_people else '-'}",
    }
