"""Personal data in running text: identity card numbers, mobile numbers, bank cards, each proved by its own rule."""

import datetime as dt
import re
from collections.abc import Iterator

from attrtrack.domain.evidence import Span

_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<![0-9A-Za-z./-])(?:(?:\+|00)86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z]|\.\d)")
_CARD = re.compile(
    r"(?<![0-9A-Za-z.])(?:62|60|3[57]|4\d|5[1-5])\d{2}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?(?![0-9A-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_CARD_LENGTHS = range(15, 20)


def find_identifiers(text: str) -> Iterator[tuple[str, Span]]:
    """Yield kind (`id-card`, `mobile`, `bank-card`) and span of each passage, in order of place, without overlaps."""
    found: list[tuple[str, Span]] = []
    covered = bytearray(len(text))
    for kind, pattern, holds in (
        ("id-card", _IDENTITY, _is_identity),
        ("mobile", _MOBILE, bool),
        ("bank-card", _CARD, _is_card),
    ):
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(covered[start:end]) and holds(match[0]):
                covered[start:end] = b"\x01" * (end - start)
                found.append((kind, Span(start, end)))
    yield from sorted(found, key=lambda hit: hit[1])


def _is_identity(number: str) -> bool:
    """Whether the birth date exists and the check character is right (GB 11643—1999)."""
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == number[17].upper()


def _is_card(number: str) -> bool:
    """Whether the digits satisfy the Luhn check of payment cards (ISO/IEC 7812)."""
    digits = [int(char) for char in number if char.isdigit()]
    if len(digits) not in _CARD_LENGTHS:
        return False
    doubled = (digit if place % 2 == 0 else sum(divmod(digit * 2, 10)) for place, digit in enumerate(reversed(digits)))
    return sum(doubled) % 10 == 0
