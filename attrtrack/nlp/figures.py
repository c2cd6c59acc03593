"""What a voice is worth: figures counted from what it said of letters whose label is known.

Decision: a share of nothing is None, never 0 or 1; an answer that a careful reviewer could defend counts as right.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.nlp.classifier import Model
from attrtrack.nlp.corpus import LetterRow

BINS = 10
COVERAGES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.7, 0.5)
NO_OPINION = "none"
_IN_THREE = 3
_BETA_SQUARED = 4

Share = float | None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a voice said of a letter: attribute (None: no opinion), its probability, reasons best first, whether it abstained."""

    attribute: DisclosureAttribute | None
    probability: float
    reasons: tuple[str, ...] = ()
    abstained: bool = False


Predictor = Callable[[LetterRow], Prediction]
PredictorFactory = Callable[[Model], Predictor]
"""Makes a voice from the model of a fold; one that learns nothing passes the model over."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of a letter, without its text; `reason` None where nobody gave one."""

    id: str
    label: DisclosureAttribute
    acceptable: tuple[DisclosureAttribute, ...]
    reason: str | None = None
    hard: bool = False
    group: str = ""
    pair: str | None = None
    issuer: str = ""
    year: str = ""

    @classmethod
    def of(cls, row: LetterRow) -> "Truth":
        """Take what a labelled letter says of itself."""
        return cls(
            id=row.id,
            label=row.label,
            acceptable=row.acceptable,
            reason=row.reason,
            hard=row.difficulty == "hard",
            group=row.issuer_group,
            pair=row.pair,
            issuer=row.issuer,
            year=row.year,
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A letter whose label is known, and what was predicted for it."""

    truth: Truth
    prediction: Prediction

    @property
    def right(self) -> bool:
        """Whether the attribute is one that a careful reviewer could defend."""
        return self.prediction.attribute in self.truth.acceptable

    @property
    def counted_as(self) -> DisclosureAttribute | None:
        """The attribute predicted, a defensible one counting as the label."""
        return self.truth.label if self.right else self.prediction.attribute


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """One kind of issuer (or issuer, or year): how many letters, and the mean over its attributes of the share right."""

    name: str
    letters: int
    balanced_accuracy: Share


@dataclass(frozen=True, slots=True)
class Figures:
    """The worth of one voice; shares of 1, None where there was nothing to count; `confusion` counts (label, predicted)."""

    letters: int
    balanced_accuracy: Share
    accuracy: Share
    strict_accuracy: Share
    hard_letters: int
    hard_balanced_accuracy: Share
    by_group: tuple[GroupFigure, ...]
    pairs: int
    pairs_right: Share
    macro_f1: Share
    f2_withheld: Share
    reason_first: Share
    reason_in_three: Share
    calibration_error: Share
    answered: Share
    precision_answered: Share
    coverage: tuple[tuple[float, Share], ...]
    confusion: Mapping[tuple[str, str], int]

    @property
    def worst_group(self) -> GroupFigure | None:
        """The kind of issuer that fares worst."""
        known = [group for group in self.by_group if group.balanced_accuracy is not None]
        return min(known, key=lambda group: group.balanced_accuracy or 0.0, default=None)


def figures(judged: Sequence[Judged]) -> Figures:
    """Compute every figure from the judged letters; a voice without opinion counts as wrong."""
    hard = [one for one in judged if one.truth.hard]
    answered = [one for one in judged if one.prediction.attribute is not None and not one.prediction.abstained]
    reasoned = [one for one in judged if one.truth.reason and one.prediction.attribute == one.truth.label]
    if not any(one.prediction.reasons for one in reasoned):
        reasoned = []
    pairs = _pairs(judged)
    return Figures(
        letters=len(judged),
        balanced_accuracy=balanced_accuracy(judged),
        accuracy=share(one.right for one in judged),
        strict_accuracy=share(one.prediction.attribute == one.truth.label for one in judged),
        hard_letters=len(hard),
        hard_balanced_accuracy=balanced_accuracy(hard),
        by_group=by_group(judged, lambda truth: truth.group),
        pairs=len(pairs),
        pairs_right=share(all(one.right for one in pair) for pair in pairs),
        macro_f1=macro_f1(judged),
        f2_withheld=f_score(judged, DisclosureAttribute.WITHHELD, beta_squared=_BETA_SQUARED),
        reason_first=share(one.truth.reason in one.prediction.reasons[:1] for one in reasoned),
        reason_in_three=share(one.truth.reason in one.prediction.reasons[:_IN_THREE] for one in reasoned),
        calibration_error=calibration_error(judged),
        answered=share(one.prediction.attribute is not None and not one.prediction.abstained for one in judged),
        precision_answered=share(one.right for one in answered),
        coverage=coverage(judged),
        confusion=Counter((one.truth.label.value, one.prediction.attribute or NO_OPINION) for one in judged),
    )


def share(answers: Iterable[bool]) -> Share:
    """Return the share of the answers that are true."""
    counts = Counter(answers)
    return counts[True] / counts.total() if counts else None


def _mean(values: Iterable[Share]) -> Share:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def balanced_accuracy(judged: Sequence[Judged]) -> Share:
    """Return the mean, over the attributes that the letters bear, of the share that is right."""
    return _mean(share(one.right for one in judged if one.truth.label == label) for label in DisclosureAttribute)


def by_group(judged: Sequence[Judged], name_of: Callable[[Truth], str]) -> tuple[GroupFigure, ...]:
    """Return the figure of each group of letters, by name."""
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(name_of(one.truth), []).append(one)
    return tuple(GroupFigure(name, len(groups[name]), balanced_accuracy(groups[name])) for name in sorted(groups))


def _pairs(judged: Sequence[Judged]) -> list[tuple[Judged, ...]]:
    """Return the contrast pairs: letters that share a pair's name and differ in their label."""
    pairs: dict[str, list[Judged]] = {}
    for one in judged:
        if one.truth.pair:
            pairs.setdefault(one.truth.pair, []).append(one)
    return [tuple(members) for members in pairs.values() if len({one.truth.label for one in members}) > 1]


def macro_f1(judged: Sequence[Judged]) -> Share:
    """Return the mean over the three attributes of F1."""
    return _mean(f_score(judged, attribute, beta_squared=1) for attribute in DisclosureAttribute) if judged else None


def f_score(judged: Sequence[Judged], wanted: DisclosureAttribute, *, beta_squared: int) -> Share:
    """Return F-beta of one attribute; None when it is neither borne nor predicted."""
    borne = sum(one.truth.label == wanted for one in judged)
    predicted = sum(one.counted_as == wanted for one in judged)
    both = sum(one.truth.label == wanted == one.counted_as for one in judged)
    either = beta_squared * borne + predicted
    return (1 + beta_squared) * both / either if either else None


def calibration_error(judged: Sequence[Judged]) -> Share:
    """Return the expected calibration error: mean distance of stated probability and share right, over ten bins."""
    spoken = [one for one in judged if one.prediction.attribute is not None]
    bins: dict[int, list[Judged]] = {}
    for one in spoken:
        bins.setdefault(min(int(one.prediction.probability * BINS), BINS - 1), []).append(one)
    distance = sum(
        abs(sum(one.prediction.probability for one in members) - sum(one.right for one in members))
        for members in bins.values()
    )
    return distance / len(spoken) if spoken else None


def coverage(judged: Sequence[Judged]) -> tuple[tuple[float, Share], ...]:
    """Return the share right among the surest letters, for several shares of all; what was abstained from comes last."""

    def sureness(one: Judged) -> tuple[bool, float, str]:
        return one.prediction.abstained, -one.prediction.probability, one.truth.id

    ranked = sorted(judged, key=sureness)
    return tuple(
        (covered, share(one.right for one in ranked[: max(1, round(covered * len(ranked)))])) for covered in COVERAGES
    )
