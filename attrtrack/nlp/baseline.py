"""What must not suffice: a model of length, kind of issuer and stock phrases alone."""

from collections.abc import Callable, Sequence

import numpy as np

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.nlp.corpus import LetterRow
from attrtrack.nlp.fitting import Manner, fit
from attrtrack.rules.tables import Rules

_MANNER = Manner(inverse_penalty=1.0)


def train_baseline(rows: Sequence[LetterRow], rules: Rules) -> Callable[[LetterRow], tuple[DisclosureAttribute, float]]:
    """Train the baseline and return what it says of a letter: an attribute and its probability."""
    phrases = rules.words("stock-phrases")
    groups = sorted({row.issuer_group for row in rows})

    def vector(row: LetterRow) -> list[float]:
        return [
            len(row.text) / 1000,
            *(float(row.issuer_group == group) for group in groups),
            *(float(phrase in row.text) for phrase in phrases),
        ]

    fitted = fit(np.array([vector(row) for row in rows]), [row.label.value for row in rows], _MANNER)

    def predict(row: LetterRow) -> tuple[DisclosureAttribute, float]:
        probabilities = fitted.predict_proba(np.array([vector(row)]))[0]
        best = int(probabilities.argmax())
        return DisclosureAttribute(str(fitted.classes_[best])), float(probabilities[best])

    return predict
