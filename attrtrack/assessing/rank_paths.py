"""How published ranks came to be: the fewest slips that explain them under one method.

A slip is either a rank that is wrong by itself, or a step after which all ranks are off by as much (a tie that was broken,
a rank left out). Ranks less right ranks are a line; the cheapest way along it, of `shifts` and cells of their own, is sought.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

ALONE, SHIFT_AT_A_TIE, SHIFT = 20, 21, 22
_MOST_SHIFTS = 40
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Path:
    """The slips: where a shift begins, which ranks are wrong by themselves, and what it all costs."""

    cost: int
    shifts: tuple[int, ...]
    alone: tuple[int, ...]

    @property
    def slips(self) -> int:
        """How many slips there are."""
        return len(self.shifts) + len(self.alone)


def cheapest(published: Sequence[Decimal], right: Sequence[Decimal], natural: Sequence[bool]) -> Path:
    """Return the cheapest explanation; `natural` says at which places a shift is likely (beside a tie)."""
    off = [one - other for one, other in zip(published, right, strict=True)]
    if not any(off):
        return Path(0, (), ())
    states = [_NOTHING, *(state for state, _ in Counter(off).most_common(_MOST_SHIFTS) if state != _NOTHING)]
    costs = {state: (0 if state == _NOTHING else None) for state in states}
    known: dict[Decimal, int] = {state: cost for state, cost in costs.items() if cost is not None}
    back: list[dict[Decimal, Decimal]] = []
    for index, here in enumerate(off):
        step = SHIFT_AT_A_TIE if natural[index] else SHIFT
        least = min(known, key=lambda state: (known[state], abs(state)))
        came: dict[Decimal, Decimal] = {}
        reached: dict[Decimal, int] = {}
        for state in states:
            stay, move = known.get(state), known[least] + step
            came[state] = state if stay is not None and stay <= move else least
            reached[state] = (stay if came[state] == state and stay is not None else move) + (
                ALONE if here != state else 0
            )
        known = reached
        back.append(came)
    return _walked(off, back, known)


def _walked(off: Sequence[Decimal], back: Sequence[dict[Decimal, Decimal]], known: dict[Decimal, int]) -> Path:
    state = min(known, key=lambda one: (known[one], abs(one)))
    cost = known[state]
    shifts: list[int] = []
    alone: list[int] = []
    for index in range(len(off) - 1, -1, -1):
        if off[index] != state:
            alone.append(index)
        before = back[index][state]
        if before != state:
            shifts.append(index)
        state = before
    return Path(cost, tuple(reversed(shifts)), tuple(reversed(alone)))
