"""One reason for everything: what only a whole ledger or archive shows of how an office withholds."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.rules import Rules

_BRACKETS = str.maketrans("", "", "“”‘’\"'。，,；;（）()《》")


@dataclass(frozen=True, slots=True)
class Declared:
    """What one row of a ledger declares: whose it is, the attribute, and the reason in the row's words."""

    unit: str | None
    attribute: DisclosureAttribute | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class CatchAll:
    """A reason that a unit gives for too many of its documents: how many of how many."""

    attribute: DisclosureAttribute
    reason: str
    count: int
    rows: int


def catch_alls(declared: Iterable[Declared], rules: Rules) -> dict[Declared, CatchAll]:
    """Return the declarations that a unit makes alike for too many rows, by the office's switches; one pass, no texts.

    The words count, not their sense: the same clause written out for different documents is no catch-all.
    """
    rows: Counter[str | None] = Counter()
    alike: dict[tuple[str | None, DisclosureAttribute, str], list[Declared]] = {}
    reasoned = rules.switch("reason_required_for")
    for one in declared:
        rows[one.unit] += 1
        words = _words(one.reason)
        if one.attribute is not None and one.attribute in reasoned and words:
            alike.setdefault((one.unit, one.attribute, words), []).append(one)
    return {
        one: CatchAll(attribute, (one.reason or "").strip(), len(group), rows[unit])
        for (unit, attribute, _), group in alike.items()
        if _is_too_many(len(group), rows[unit], rules)
        for one in group
    }


def _words(reason: str | None) -> str:
    return "".join((reason or "").split()).translate(_BRACKETS)


def _is_too_many(count: int, rows: int, rules: Rules) -> bool:
    least, most, share = (
        float(rules.switch(name)[0]) for name in ("catch_all_least", "catch_all_count", "catch_all_share")
    )
    return count >= least and (count > most or count / rows > share)


def catch_all_finding(found: CatchAll, rules: Rules) -> Finding:
    """Say of one row that its reason is given for too many."""
    usage = f"{found.rows} 件中有 {found.count} 件用同一句“{found.reason}”认定为{found.attribute.chinese}"
    return rules.finding("reason-catch-all", Evidence(found.reason, None, "declaration"), usage=usage)


def ledger_findings(declared: Sequence[Declared], rules: Rules) -> list[tuple[Finding, ...]]:
    """Return for each row of a ledger, in order, what the rows together show of it."""
    found = catch_alls(declared, rules)
    return [(catch_all_finding(found[one], rules),) if one in found else () for one in declared]
