"""A whole divided once more by its state: 问题126个，其中甲类……；已整改84个，正在整改42个."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, printed, quantities
from attrtrack.examining.text.paper import Paper, Sentence

_DONE = re.compile(r"已(?:经)?(?:全部|完成)?(?P<doing>[\u4e00-\u9fff]{2})")
_UNDONE = re.compile(r"(?:正在?|尚在|[还仍]在|尚未|还未|[未待]|尚待|有待)(?P<doing>[\u4e00-\u9fff]{2})")
_WHOLE, _DIVIDED = re.compile(r"其中|包括|分别|："), re.compile(r"[；，]")
_PARTS, _NEAR = 2, Decimal("0.75")


def check_states(paper: Paper) -> Iterator[Contradiction]:
    """Behind a whole and its parts, what is done and what of the same is being done make the whole again."""
    for sentence in paper.sentences:
        found = [item for item in quantities(sentence) if not (item.delta or item.rough or item.earlier or item.depth)]
        for at, (done, undone) in enumerate(pairwise(found)):
            parts = found[1:at]
            if len(parts) >= _PARTS and _are_states(sentence, done, undone) and done.unit == undone.unit:
                yield from _judged(paper, sentence, found[0], parts, states=(done, undone))


def _are_states(sentence: Sentence, done: Quantity, undone: Quantity) -> bool:
    """Whether two figures tell what is done and what of the same doing is not, side by side."""
    one, other = _DONE.search(done.label), _UNDONE.search(undone.label)
    gap = sentence.text[done.end : undone.start]
    beside = bool(_DIVIDED.match(gap)) and not re.search(r"其中|占|率", gap)
    return beside and one is not None and other is not None and one["doing"] == other["doing"]


def _judged(
    paper: Paper, sentence: Sentence, total: Quantity, parts: list[Quantity], *, states: tuple[Quantity, Quantity]
) -> Iterator[Contradiction]:
    """Tell two states that do not make a whole which its parts before them do make."""
    alike = {item.unit for item in (total, *parts, *states)} == {total.unit}
    listed = _WHOLE.search(sentence.text[total.end : parts[0].start])
    whole = sum((item.value for item in parts), Decimal(0)) == total.value
    added = sum((item.value for item in states), Decimal(0))
    near = min(added, total.value) >= max(added, total.value) * _NEAR
    if alike and listed and whole and near and added != total.value:
        yield paper.found(
            "sum-of-parts",
            paper.evidence(sentence.start + total.start, sentence.start + states[1].end),
            certainty=Certainty.PROBABLE,
            total=printed(total.value) + total.unit,
            parts="＋".join(printed(item.value) for item in states),
            added=printed(added) + total.unit,
        )
