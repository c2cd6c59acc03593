"""Counts of what a passage tells in turn by 首先, 其次 and 最后, told before it or after it."""

import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import listed_wrongly
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence

_COUNT = r"(?P<count>\d{1,2}|[二两三四五六七八九十])(?:个?方面|[点条项个种大][\u4e00-\u9fff]{0,6})"
_BEFORE = re.compile(rf"(?<![第\d]){_COUNT}[^，。；：、]{{0,8}}(?:[：:]|$)")
_AFTER = re.compile(rf"(?:这|上述|以上){_COUNT}")
_TURNS = ("首先", "其次", "再次", "再者", "此外", "最后")
_TURN = re.compile(rf"(?:^|(?<=[，；：。\n]))({'|'.join(_TURNS)})(?:是|要)?(?=[，、：\u4e00-\u9fff])")


def check_firstly(paper: Paper) -> Iterator[Contradiction]:
    """Compare the count that leads a passage told in turn, or that looks back on it, with its turns."""
    for line in paper.lines:
        turns = list(_TURN.finditer(line.text))
        if not turns or turns[0][1] != _TURNS[0] or len(turns) == 1 or len({turn[1] for turn in turns}) < len(turns):
            continue
        first, last = turns[0], turns[-1]
        before = _last(_BEFORE, line, first.start())
        after = _AFTER.search(line.text, last.end()) if last[1] == _TURNS[-1] else None
        for match in (before, after):
            if match:
                count = chinese_number(match["count"]) or 0
                yield from listed_wrongly(paper, line, match.span(), count=count, listed=len(turns))


def _last(pattern: re.Pattern[str], line: Sentence, end: int) -> re.Match[str] | None:
    """Return the last match before the first turn, in the sentence that leads to it."""
    start = line.text.rfind("。", 0, max(0, end - 1)) + 1
    return max(pattern.finditer(line.text, start, end), key=re.Match.start, default=None)
