"""How sure a model may be: its probabilities fitted to letters of writers that it has not seen.

Decision: whole writers are held out in a bounded number of groups, so that calibration costs the same however many
writers there are; the temperature never sharpens below 0.5, because offices write less alike than training letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.nlp.corpus import LetterRow
from attrtrack.nlp.fitting import Manner, fit_letters
from attrtrack.nlp.preparing import Prepared, Progress, untold
from attrtrack.nlp.splits import writer_groups
from attrtrack.nlp.vocabulary import Numbers, choose_space

_GROUPS = 5
_TOLERANCE = 1e-3
_TEMPERATURES = np.round(np.arange(0.5, 2.01, 0.05), 2)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The temperature that suits unseen writers, and the figures seen on the way; without them it is 1."""

    temperature: float = 1.0
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Unseen:
    """What models that did not see them say of letters: logits of shape (letters, classes)."""

    rows: tuple[LetterRow, ...]
    classes: tuple[str, ...]
    logits: Numbers


def calibrate(prepared: Prepared, manner: Manner, *, progress: Progress = untold) -> Calibration:
    """Choose the temperature; with too few writers to hold any out there is nothing to choose by."""
    rougher = replace(manner, tolerance=max(manner.tolerance, _TOLERANCE))
    unseen = unseen_logits(prepared, rougher, writer_groups(prepared.rows, _GROUPS), progress=progress)
    if unseen is None:
        return Calibration()
    labels = [unseen.classes.index(row.label.value) for row in unseen.rows]
    losses = [_loss(unseen.logits / temperature, labels) for temperature in _TEMPERATURES]
    best = int(np.argmin(losses))
    said = [unseen.classes[place] for place in unseen.logits.argmax(axis=1)]
    right = sum(name in row.acceptable for name, row in zip(said, unseen.rows, strict=True))
    figures = {
        "unseen_writer_accuracy": round(right / len(unseen.rows), 4),
        "unseen_writer_log_loss": round(losses[best], 4),
    }
    return Calibration(float(_TEMPERATURES[best]), figures)


def unseen_logits(
    prepared: Prepared, manner: Manner, groups: Sequence[int], *, progress: Progress = untold
) -> Unseen | None:
    """Hold out one group of letters after the other and score it by a model of the rest.

    `groups` has a number for each letter. None when the rest of some group lacks an attribute.
    """
    held = np.asarray(groups)
    numbers = np.unique(held)
    rows: list[LetterRow] = []
    logits: list[Numbers] = []
    classes: tuple[str, ...] = ()
    for done, number in enumerate(numbers, start=1):
        seen, unseen = prepared.part(np.flatnonzero(held != number)), prepared.part(np.flatnonzero(held == number))
        if len(set(seen.labels)) < len(DisclosureAttribute):
            return None
        space = choose_space(seen.table, seen.writers)
        fitted = fit_letters(space, seen, seen.labels, manner)
        classes = fitted.classes
        logits.append(fitted.logits(space.matrix(unseen.table)))
        rows += unseen.rows
        progress("校准", done, len(numbers))
    return Unseen(tuple(rows), classes, np.concatenate(logits))


def _loss(logits: Numbers, labels: Sequence[int]) -> float:
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-log_probabilities[np.arange(len(labels)), list(labels)].mean())
