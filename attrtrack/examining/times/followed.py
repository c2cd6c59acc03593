"""What must follow: a fault mended after it was reported, what 随后 was done, what a document asks for after it was made."""

import re
from collections.abc import Iterator
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.days import Day, days_in
from attrtrack.examining.text.paper import Paper, Sentence

_LATER = re.compile(r"(?P<word>随后|之后|此后|其后|尔后|而后|继而|接着|随即)(?:又|再|还|也|便|即)?[于在]?$")
_RECEIVED = re.compile(r"^，?(?:收到|接到|接|收悉|获悉|得知)[^。；\d]*?(?:后|，)[^。；\d]*[至于到在]$")
_MENDED = re.compile(r"^[^，。；\d]{0,12}(?:到位|整改|办结|完成|完毕|答复|回复|销号|修复|更正|反馈|落实)")
_ASKED = re.compile(r"(?:^|[，；：])(?:务?请|敬请|恳请|望|务必)")
_OF_OTHERS = re.compile(r"曾|原|此前|根据|按照|依据|[“《]|已|通知")
_DUE = re.compile(r"^[底末]?(?:之?前|以前)(?!的)")
_SELF_ISSUED = re.compile(
    r"本(?:通知|函|方案|公告|意见|文件?|通报|工作提示)(?:的?(?:印发|成文|发文|发布|下发)(?:日期|时间)?[为是：]?|自|于)(?=(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)"
)
_LONGEST_GAP = 60


def check_followed(paper: Paper) -> Iterator[Contradiction]:
    """Compare the days of every sentence with the one they follow, and what is asked for with the day it is asked on."""
    for sentence in paper.sentences:
        days = days_in(sentence.text)
        for one, other in pairwise(days):
            if because := _because(sentence.text, one, other):
                yield _found(
                    paper, sentence, (one.start, other.end), _told(sentence, one), _told(sentence, other), because
                )
        yield from _asked(paper, sentence)


def _because(text: str, one: Day, other: Day) -> str:
    gap, rest = text[one.end : other.start], text[other.end :]
    if not one.after(other) or "；" in gap or len(gap) > _LONGEST_GAP:
        return ""
    if later := _LATER.search(gap):
        return f"与“{later['word']}”不符"
    return "办完的日期早于收到的日期" if _RECEIVED.match(gap) and _MENDED.match(rest) else ""


def _asked(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 请于2024年2月20日前报送: what a document asks for is due when it has been made."""
    made = _issued(paper)
    if made is None:
        return
    for day in days_in(sentence.text):
        lead = sentence.text[: day.start]
        told = day.exists and "年" in _told(sentence, day) and not day.is_part and _DUE.match(sentence.text[day.end :])
        if told and _ASKED.search(lead) and not _OF_OTHERS.search(lead) and day.value < made:
            because = "要求完成的期限早于成文日期"
            first = "-".join(f"{part:02d}" for part in made)
            yield _found(paper, sentence, (day.start, day.end), first, _told(sentence, day), because)


def _issued(paper: Paper) -> tuple[int, int, int] | None:
    """Return the day a document is made on: as it is signed, or as it says of itself (本通知印发日期：2024年4月1日)."""
    made = paper.document.date
    if made is not None and made.day:
        return made.year, made.month, made.day
    text = paper.plain.text
    told = [day.value for match in _SELF_ISSUED.finditer(text) for day in days_in(text) if day.start == match.end()]
    return told[0] if len(set(told)) == 1 and told[0][0] else None


def _told(sentence: Sentence, day: Day) -> str:
    return sentence.text[day.start : day.end]


def _found(
    paper: Paper, sentence: Sentence, span: tuple[int, int], first: str, second: str, because: str
) -> Contradiction:
    place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
    return paper.found("dates-out-of-order", place, first=first, second=second, because=because)
