"""What the kinds of jobs have in common: work cut into parts, each of which is one transaction.

Decision: a part is prepared outside its transaction (reading, matching, scoring) and written inside it, together with the
job's cursor. After a kill the cursor says where to go on: what was committed is not done again, what was not has left nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.jobs import Job, Told
from attrtrack.workflow.app import App

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Part:
    """How far a job is after this part (`cursor`), how much is done with it, and how it is written.

    `write` returns what the part came to: numbers are added up over the parts, lists joined up to `MOST_LISTED`.
    """

    cursor: Told
    size: int
    write: "Callable[[UnitOfWork], Told]"


@dataclass(frozen=True, slots=True)
class Plan:
    """How much there is to do in all (None: nobody can say), and the parts that are left of it."""

    total: int | None
    parts: Iterator[Part]


@dataclass(frozen=True, slots=True)
class KindOfJob:
    """One kind: the right it needs, the parameters it knows, whether files are handed in, and its plan from a cursor on.

    `for_a_year`: the year must be stated.
    """

    right: Right
    parameters: frozenset[str]
    takes_files: bool
    plan: Callable[[App, Job], Plan]
    for_a_year: bool = False


def merged(result: Told | None, told: Told) -> Told:
    """Add what a part came to, to what the parts before it did; told values of other kinds replace."""
    sums: dict[str, object] = dict(result or {})
    for name, value in told.items():
        sums[name] = _joined(sums.get(name), value)
    return sums


def _joined(before: object, value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(before, int) and isinstance(value, int):
        return before + value
    if isinstance(before, list) and isinstance(value, list):
        return [*before, *value][:MOST_LISTED]
    return value[:MOST_LISTED] if isinstance(value, list) else value


def number_at(cursor: Told | None, name: str) -> int:
    """Read a number of a cursor; 0 at the beginning."""
    value = (cursor or {}).get(name, 0)
    if not isinstance(value, int):
        raise TypeError(name)
    return value


def whole(parameters: Mapping[str, object], name: str) -> int | None:
    """Read a whole number among checked parameters."""
    value = parameters.get(name)
    return value if isinstance(value, int) else None


def words(parameters: Mapping[str, object], name: str) -> str | None:
    """Read words among checked parameters."""
    value = parameters.get(name)
    return value if isinstance(value, str) else None
