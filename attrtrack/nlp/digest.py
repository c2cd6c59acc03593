"""The digest that stands for a trained model: the same numbers and names give the same digest."""

import hashlib
import sys
from array import array
from collections.abc import Mapping, Sequence

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.nlp.classifier import Head


def digest_of(
    features: Sequence[str], scales: "array[float]", attribute: Head, reasons: Mapping[DisclosureAttribute, Head]
) -> str:
    """Return the SHA-256 over names, scales and heads, numbers as they are stored."""
    digest = hashlib.sha256("\n".join(features).encode())
    digest.update(stored(scales))
    for name, head in (("attribute", attribute), *sorted((key.value, value) for key, value in reasons.items())):
        digest.update(f"{name} {' '.join(head.classes)} {head.temperature:.2f}".encode())
        for weights in head.weights:
            digest.update(stored(weights))
        digest.update(stored(head.intercepts))
    return digest.hexdigest()


def stored(numbers: "array[float]") -> bytes:
    """Return single-precision numbers as they lie in the file: little end first."""
    return _little_ended(numbers).tobytes()


def restored(data: bytes) -> "array[float]":
    """Return the numbers that `stored` wrote."""
    return _little_ended(array("f", data))


def _little_ended(numbers: "array[float]") -> "array[float]":
    if sys.byteorder == "little":
        return numbers
    turned = array("f", numbers)
    turned.byteswap()
    return turned
