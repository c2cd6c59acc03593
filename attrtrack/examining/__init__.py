"""Examining: what a published notice or annual report says against itself, each with place and reason.

Decision: a check speaks only where the wording binds the figures to one another (其中, 占, 较去年, 合计, the same noun with the
same doing, channel and period); everything else is left alone, or said to be unchecked. Every check is a row of
`report_checks.toml`, whose whole-text examples and counter-examples are tested. Of sentences in which they find nothing, a
model that right texts have taught says which figures seem to belong together and do not fit: doubts, and told as such.
"""

from collections.abc import Callable, Iterable, Iterator

from attrtrack.domain.contradictions import Contradiction, Examination, Unchecked
from attrtrack.examining import amounts, citations, counted, makeup, rates, tabled, times
from attrtrack.examining.related import check_doubts
from attrtrack.examining.text.paper import Paper

__all__ = ["CHECKS", "Paper", "examine"]

Check = Callable[[Paper], Iterator[Contradiction | Unchecked]]
CHECKS: tuple[Check, ...] = (
    *makeup.CHECKS,
    *times.CHECKS,
    *amounts.CHECKS,
    *rates.CHECKS,
    *counted.CHECKS,
    *tabled.CHECKS,
    *citations.CHECKS,
)
_KEPT_ELSEWHERE = "attachment-absent"
"""What is told of every file whose attachments lie beside it: it says nothing of what the report tells."""


def examine(paper: Paper) -> Examination:
    """Ask every check; findings come in the order of the text, each sentence once.

    Of a report in which nothing is found one place is named to be looked at first: figures that may not fit, else a name enclosed.
    """
    answers = list(dict.fromkeys(answer for check in CHECKS for answer in check(paper)))
    found = [answer for answer in answers if isinstance(answer, Contradiction)]
    doubts = check_doubts(paper)
    found += [doubt for doubt in doubts.told if not any(_meet(doubt, other) for other in found)]
    left = tuple(answer for answer in answers if isinstance(answer, Unchecked))
    is_clear = all(item.code == _KEPT_ELSEWHERE for item in found)
    first_look = (doubts.first_look or makeup.name_to_look_at(paper)) if is_clear else None
    return Examination(tuple(_once(sorted(found, key=_place))), left, first_look)


def _once(found: Iterable[Contradiction]) -> Iterator[Contradiction]:
    """Yield the answers in their order, of several by one check about the same place the first."""
    kept: list[Contradiction] = []
    for item in found:
        if not any(_is_again(item, other) for other in kept):
            kept.append(item)
            yield item


def _is_again(item: Contradiction, other: Contradiction) -> bool:
    """Whether an answer of the same check lies within an earlier one, or meets it and says the same."""
    one, before = (found.evidence[0].span if found.evidence else None for found in (item, other))
    if item.code != other.code or one is None or before is None:
        return False
    return one.end <= before.end or (one.start < before.end and item.message == other.message)


def _meet(doubt: Contradiction, other: Contradiction) -> bool:
    """Whether another answer is of figures that a doubt is of."""
    spans = [one.span for one in other.evidence if one.span]
    return any(
        one.span.start < span.end and span.start < one.span.end for one in doubt.evidence if one.span for span in spans
    )


def _place(found: Contradiction) -> int:
    span = found.evidence[0].span if found.evidence else None
    return span.start if span else 0
