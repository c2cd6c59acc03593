"""Totals all but right: what somebody who miscounted or mistyped would have printed."""

from collections.abc import Sequence
from decimal import Decimal

from attrtrack.examining.text.figures import Quantity, printed

NEARLY = Decimal("0.85")
"""How near the lesser of two sums comes to the greater where one is a slip of the other."""
_LEAST, _NEXT_TO_NOTHING = 20, 4


def misses_by_a_digit(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether a total of some size misses the sum of its parts by one digit, or by next to nothing."""
    added = int(sum(part.value for part in parts))
    if not max(part.value for part in parts) < total.value >= _LEAST:
        return False
    one, other = str(added), str(int(total.value))
    digits = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return added != total.value and (digits or abs(added - total.value) <= _NEXT_TO_NOTHING)


def slipped(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether a total misses the sum of its parts by little, or by one digit: by a slip rather than by meaning less."""
    added = sum((part.value for part in parts), Decimal(0))
    if added != total.value and sorted(printed(added)) == sorted(printed(total.value)) and added > _LEAST:
        return True
    if added == total.value or max(part.value for part in parts) >= total.value:
        return False
    if digits_swapped(total, parts):
        return True
    one, other = printed(added), printed(total.value)
    digits = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return digits or min(added, total.value) >= max(added, total.value) * NEARLY


def digits_swapped(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether a total would be right if two digits of it or of one part changed places."""
    added = sum((part.value for part in parts), Decimal(0))
    return _is_turned(added, total.value) or any(
        _is_turned(part.value, part.value + total.value - added) for part in parts
    )


def _is_turned(one: Decimal, other: Decimal) -> bool:
    """Whether two figures have the same digits in another order."""
    first, second = printed(one), printed(other) if other > 0 else ""
    return first != second and len(first) == len(second) > 1 and sorted(first) == sorted(second)
