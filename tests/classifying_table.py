"""The table of the measured systems, and the bounds that attrtrack is held to."""

import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from deletions import Deletion

from attrtrack.nlp.evaluation_text import aligned, number, percent
from attrtrack.nlp.figures import Figures, Judged, Share

SUREST = 0.85
_REASONS_SHOWN = 15
Column = tuple[str, Callable[[Figures], str]]


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure and where it must lie: at `limit` or above, or at it or below; an unknown figure holds nothing."""

    name: str
    value: Share
    limit: float
    at_most: bool = False

    @property
    def holds(self) -> bool:
        """Whether the figure lies where it must."""
        if self.value is None:
            return False
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    def __str__(self) -> str:
        """Write the bound with its figure and whether it holds."""
        figure = "unknown" if self.value is None else f"{self.value:.3f}"
        sign = "<=" if self.at_most else ">="
        return f"{'held' if self.holds else 'NOT HELD'}: {self.name} {figure} ({sign} {self.limit:g})"


def _worst(one: Figures) -> str:
    worst = one.worst_group
    return "—" if worst is None else f"{percent(worst.balanced_accuracy)} {worst.name} n={worst.letters}"


def surest(one: Figures) -> Share:
    """Return the share right among the surest letters."""
    return dict(one.coverage).get(SUREST)


COLUMNS: Sequence[Column] = (
    ("n", lambda one: str(one.letters)),
    ("bal.acc.", lambda one: percent(one.balanced_accuracy)),
    ("strict acc.", lambda one: percent(one.strict_accuracy)),
    ("hard (n)", lambda one: f"{percent(one.hard_balanced_accuracy)} ({one.hard_letters})"),
    ("worst group", _worst),
    ("pairs (n)", lambda one: f"{percent(one.pairs_right)} ({one.pairs})"),
    ("answered", lambda one: percent(one.answered)),
    ("precise", lambda one: percent(one.precision_answered)),
    ("surest 85%", lambda one: percent(surest(one))),
    ("reason 1st", lambda one: percent(one.reason_first)),
    ("in three", lambda one: percent(one.reason_in_three)),
    ("ECE", lambda one: number(one.calibration_error)),
    ("F2 withheld", lambda one: number(one.f2_withheld)),
)


def systems_table(title: str, by_system: Mapping[str, Figures], *, milliseconds: Mapping[str, float]) -> str:
    """Write one line a system."""
    head = ["", *(name for name, _ in COLUMNS), "ms/letter"]
    rows = [[name, *(told(one) for _, told in COLUMNS), f"{milliseconds[name]:.2f}"] for name, one in by_system.items()]
    return "\n".join([title, *aligned([head, *rows])])


def confusion_table(title: str, one: Figures) -> str:
    """Write how many letters of each label were proposed as what."""
    labels, said = (sorted({pair[place] for pair in one.confusion}) for place in (0, 1))
    rows = [[label, *(str(one.confusion.get((label, name), 0)) for name in said)] for label in labels]
    return "\n".join([title, *aligned([["label \\ proposed", *said], *rows])])


def doubts_table(judged: Sequence[Judged]) -> str:
    """Write how letters handed over would have fared, beside those answered."""
    handed = [one for one in judged if one.prediction.abstained]
    right = sum(one.right for one in handed)
    return f"handed over with a doubt: {len(handed)} of {len(judged)}; the best guess was right for {right} of them"


def errors_table(judged: Sequence[Judged]) -> str:
    """Write which letters were answered wrongly without doubt, and which reasons are most often taken for which."""
    wrong = [one for one in judged if not one.right and not one.prediction.abstained]
    ids = ", ".join(f"{one.truth.id} ({one.truth.label.value} as {one.prediction.attribute})" for one in wrong)
    missed = Counter(
        f"{one.truth.reason} as {one.prediction.reasons[0]}"
        for one in judged
        if one.prediction.attribute == one.truth.label
        and one.prediction.reasons
        and one.prediction.reasons[0] != one.truth.reason
    )
    reasons = ", ".join(f"{name} x{count}" for name, count in missed.most_common(_REASONS_SHOWN))
    return f"answered wrongly ({len(wrong)}): {ids}\nreasons missed ({missed.total()}): {reasons}"


def deletions_table(deletions: Sequence[Deletion]) -> str:
    """Write what deleting quotations does, beside deleting as many other sentences by lot."""
    drops = [one.whole - one.unquoted for one in deletions]
    others = [one.whole - one.other for one in deletions if one.other is not None]
    rows = [
        ["deleted", "documents", "score lower", "median drop (log-odds)"],
        ["the quoted spans", str(len(drops)), percent(share_lowered(drops)), f"{statistics.median(drops):.2f}"],
        ["as many others", str(len(others)), percent(share_lowered(others)), f"{statistics.median(others):.2f}"],
    ]
    return "\n".join(["Deleting sentences (held-out proposals)", *aligned(rows)])


def share_lowered(drops: Sequence[float]) -> Share:
    """Return the share of the drops that are drops."""
    return sum(drop > 0 for drop in drops) / len(drops) if drops else None
