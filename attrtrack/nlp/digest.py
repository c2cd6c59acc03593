"""The digest that stands for a trained model: the same numbers and names give the same digest."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.nlp.classifier import Head, Vector


def digest_of(
    features: Sequence[str], scales: Vector, attribute: Head, reasons: Mapping[DisclosureAttribute, Head]
) -> str:
    """Return the SHA-256 over names, scales and heads, numbers taken at the precision in which they are stored."""
    digest = hashlib.sha256("\n".join(features).encode())
    digest.update(np.asarray(scales, dtype="<f4").tobytes())
    for name, head in (("attribute", attribute), *sorted((key.value, value) for key, value in reasons.items())):
        digest.update(f"{name} {' '.join(head.classes)} {head.temperature:.2f}".encode())
        digest.update(np.asarray(head.coefficients, dtype="<f4").tobytes())
        digest.update(np.asarray(head.intercepts, dtype="<f4").tobytes())
    return digest.hexdigest()
