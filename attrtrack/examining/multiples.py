"""How many times as great a figure is as an earlier one."""

import re
from collections.abc import Iterator
from decimal import Decimal

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.figures import Quantity, printed, quantities, same_unit
from attrtrack.examining.paper import Paper, Sentence

_TIMES = re.compile(r"(?P<about>约为?|近|超过?|逾|达到?)?(?<![\d.])(?P<number>\d+(?:\.\d+)?)倍(?P<more>[多以余])?")
_ROUGH = frozenset({"约", "约为", "近", "超", "超过", "逾"})


def check_multiples(paper: Paper) -> Iterator[Contradiction]:
    """Check 是上年的2.8倍 against the two figures of its sentence; 增长1.8倍 may be read either way."""
    for sentence in paper.sentences:
        for match in _TIMES.finditer(sentence.text):
            pair = _then_and_now(sentence, match.start())
            if pair is not None and not match["more"] and match["about"] not in _ROUGH:
                yield from _compared(paper, sentence, match, *pair)


def _then_and_now(sentence: Sentence, place: int) -> tuple[Quantity, Quantity] | None:
    clause = sentence.text.rfind("；", 0, place)
    near = [item for item in quantities(sentence) if clause < item.start < place and not (item.rough or item.delta)]
    thens = [item for item in near if item.earlier and item.value]
    nows = [item for item in near if not item.earlier]
    if len(thens) != 1 or len(nows) != 1 or not same_unit(thens[0].unit, nows[0].unit):
        return None
    return thens[0], nows[0]


def _compared(
    paper: Paper, sentence: Sentence, match: re.Match[str], then: Quantity, now: Quantity
) -> Iterator[Contradiction]:
    stated, ratio = Decimal(match["number"]), now.value / then.value
    step = Decimal(1).scaleb(-len(match["number"].partition(".")[2]))
    slack = step + (now.slack + then.slack * ratio) / then.value
    if min(abs(ratio - stated), abs(ratio - 1 - stated)) < slack:
        return
    place = paper.evidence(sentence.start + match.start("number"), sentence.start + match.end("number") + 1)
    others = [paper.evidence(sentence.start + item.start, sentence.start + item.end) for item in (now, then)]
    because = f"{printed(now.value)}÷{printed(then.value)}＝{ratio:.2f}"
    yield paper.found("percentage", place, *others, stated=place.quote, because=because)
