"""Fit the weights of the clues of linking, on the pairs of pages and documents that a matcher compares.

The figures judged by hand are the prior: the fit is the mode of a logistic model whose weights lie around them, so that
a clue that the pages hardly show keeps what officials go by. Nothing is drawn at random; the same pages give the same
weights. `SPREAD` and the bound of a machine's link are set beforehand and fitted to nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from attrtrack.domain.interpretations import Interpretation
from attrtrack.linking import Matcher
from attrtrack.linking.weighing import Judged, Weights
from attrtrack.rules import Rules

SPREAD = 4.0
NEAREST = 5
STEPS = 60
SMALLEST = 1e-7
_STIFF = 1e6
NOT_CLUES = ("prior", "automatic", "ahead")
KEPT = (
    "number-contradicts", "facets-contradict", "page-of-draft", "page-of-many", "document-is-reading",
    "document-on-reading", "document-is-reply", "date-before", "date-early", "date-past", "year-apart",
)  # fmt: skip
"""What speaks against a pair, and is too rare among the pages to be fitted, stays as judged."""


@dataclass(frozen=True)
class Compared:
    """One page's compared documents: which publisher, the clues of each, and which is right."""

    page: str
    publisher: str
    judged: tuple[Judged, ...]
    right: tuple[bool, ...]


def publisher_of(page: Interpretation) -> str:
    """Return the publisher without what brackets and mirrors add: the group that is left out together."""
    return re.sub(r"[（(].*", "", page.publisher or "").strip()


def compared(
    matcher: Matcher, pages: Iterable[Interpretation], truth: Mapping[str, str | None], original: Mapping[str, str]
) -> Iterator[Compared]:
    """Compare every page with its nearest candidates; twins (the 批复 of the same plan) teach nothing and are left out."""
    for page in pages:
        found = [
            (judged, original[document.id] == truth[page.id]) for document, judged in matcher.weighed(page)[:NEAREST]
        ]
        found = [(judged, right) for judged, right in found if right or not judged.rival]
        yield Compared(
            page.id, publisher_of(page), tuple(judged for judged, _ in found), tuple(right for _, right in found)
        )


def hand_weights(rules: Rules) -> dict[str, float]:
    """Return what was judged by hand before any fit."""
    return {row.code: row.judged for row in rules.link_weights}


def fitted(seen: Sequence[Compared], judged: Mapping[str, float]) -> dict[str, float]:
    """Return the weights that the pages seen make of those judged by hand, by Newton's steps with halving."""
    codes = [code for code in judged if code not in NOT_CLUES]
    place = {code: index + 1 for index, code in enumerate(codes)}
    clues = [item.clues for page in seen for item in page.judged]
    given = np.zeros((len(clues), len(codes) + 1))
    given[:, 0] = 1.0
    for row, found in enumerate(clues):
        for clue in found:
            given[row, place[clue.code]] += clue.strength
    right = np.array([answer for page in seen for answer in page.right], dtype=float)
    start = np.array([judged["prior"], *(judged[code] for code in codes)])
    held = np.array([False, *(code in KEPT for code in codes)])
    weights = _mode(given, right, start, np.where(held, _STIFF, 1 / SPREAD**2))
    return {**judged, "prior": float(weights[0]), **{code: float(weights[place[code]]) for code in codes}}


def _mode(
    given: NDArray[np.float64], right: NDArray[np.float64], start: NDArray[np.float64], narrow: NDArray[np.float64]
) -> NDArray[np.float64]:
    weights = start.copy()

    def cost(at: NDArray[np.float64]) -> float:
        odds = given @ at
        return float(np.sum(np.logaddexp(0, odds) - right * odds) + np.sum(narrow / 2 * (at - start) ** 2))

    reached = cost(weights)
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-np.clip(given @ weights, -30, 30)))
        slope = given.T @ (sure - right) + narrow * (weights - start)
        bend = (given * (sure * (1 - sure))[:, None]).T @ given + np.diag(narrow)
        step = np.linalg.solve(bend, slope)
        size = 1.0
        while size > SMALLEST and cost(weights - size * step) > reached:
            size /= 2
        weights = weights - size * step
        before, reached = reached, cost(weights)
        if before - reached < SMALLEST:
            break
    return weights


def with_weights(base: Weights, values: Mapping[str, float]) -> Weights:
    """Return weights of the same bounds with other values."""
    return replace(base, of_clues=values, prior=values["prior"])
