"""Tables by unit, year, quarter or genre: their names, their order, and the scope that a row opens."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from api.pages.wording import POLICY_KINDS, QUARTERS
from attrtrack.workflow.assessing_views import key_of, lacking
from attrtrack.workflow.figures import Grouped, Grouping
from attrtrack.workflow.overview import Scope

_NAMELESS = {
    "unit": "（没有写明单位）",
    "year": "（年度不明）",
    "quarter": "（月份不明）",
    "genre": "（文种不明）",
    "policy_kind": "（其他文件）",
}


@dataclass(frozen=True, slots=True)
class Sorting:
    """By what a table is ordered: its names, its documents, or the value or lack of one figure."""

    by: str
    figure: str
    descending: bool


def name_of(one: Grouped, dimension: Grouping) -> str:
    """Return what a row is called."""
    if one.key is None:
        return _NAMELESS[dimension]
    if dimension == "quarter":
        return QUARTERS[int(one.key)]
    if dimension == "policy_kind":
        return POLICY_KINDS.get(str(one.key), str(one.key))
    return f"{one.key}年" if dimension == "year" else str(one.key)


def scope_of(one: Grouped, scope: Scope, dimension: Grouping) -> Scope | None:
    """Return the scope of a row; None for what has no unit, year, quarter or genre, which no address can name."""
    return None if one.key is None else replace(scope, **{dimension: one.key})  # type: ignore[arg-type]


def ordered(found: Iterable[Grouped], sorting: Sorting) -> list[Grouped]:
    """Return the rows in order; what has no value stands last, whichever way."""
    groups = list(found)
    if sorting.by == "name":
        return groups[::-1] if sorting.descending else groups
    numbers = {id(one): _number(one, sorting) for one in groups}
    known = [one for one in groups if numbers[id(one)] is not None]
    known.sort(key=lambda one: numbers[id(one)] or 0, reverse=sorting.descending)
    return known + [one for one in groups if numbers[id(one)] is None]


def _number(one: Grouped, sorting: Sorting) -> float | None:
    if sorting.by == "documents":
        return one.documents
    measure = next((item for item in one.measures if key_of(item) == sorting.figure), None)
    if measure is None:
        return None
    return measure.value if sorting.by == "value" else lacking(measure)
