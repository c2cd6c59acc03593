"""Terms that are said to be kept, against the days beside them: 征求意见期不少于30日, 符合3个工作日内解读的要求."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.days import Day, days_in
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.elapsed import readings
from attrtrack.rules.workdays import is_workday

_NUMBER = r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?P<unit>工作日|(?:自然|日历)?[日天])"
_AT_LEAST = re.compile(
    rf"(?:(?:期|期限|时间|时长|时限)[均都已]?|(?<=日)，)(?P<told>(?:不得?[少低短]于|至少|最少){_NUMBER})(?![内后前])"
)
_WITHIN = re.compile(
    rf"(?:符合|满足|达到|落实|做到|兑现|遵守)了?[^，。；\d]{{0,8}}?(?P<told>{_NUMBER}以?内)[^，。；\d]{{0,12}}(?:要求|规定|时限|标准|承诺)"
)
_NOT_OVER = re.compile(rf"(?:[未没](?:有|曾)?|并未)(?:超过?|超出|逾|突破)了?(?P<told>{_NUMBER})(?![内后])")
_SET_ASIDE = re.compile(r"扣除|延期|延长|顺延|中止|第三方|不计")
_TO = re.compile(r"起?(?:至|到|—+|-|~|－)")
_TWO, _LONGEST_GAP = 2, 40


def check_promised(paper: Paper) -> Iterator[Contradiction]:
    """Compare every term that a sentence says was kept with the two days it tells."""
    for sentence in paper.sentences:
        for match in _AT_LEAST.finditer(sentence.text):
            days = _days_before(sentence, match.start())
            joined = [pair for pair in pairwise(days) if _TO.fullmatch(sentence.text, pair[0].end, pair[1].start)]
            lasted = _lasted(paper, *joined[0], match["unit"]) if len(joined) == 1 else []
            if lasted and max(lasted) < _count(match):
                yield _found(paper, sentence, joined[0], match, lasted=max(lasted))
        not_over = () if _SET_ASIDE.search(sentence.text) else _NOT_OVER.finditer(sentence.text)
        for match in (*_WITHIN.finditer(sentence.text), *not_over):
            days = _days_before(sentence, match.start())
            if len(days) != _TWO or "；" in sentence.text[days[0].end : match.start()]:
                continue
            lasted = [days - 1 for days in _lasted(paper, days[0], days[1], match["unit"])]
            slack = match.re is _NOT_OVER and match["unit"] == "工作日"
            if lasted and min(lasted) > _count(match) + slack:
                yield _found(paper, sentence, (days[0], days[1]), match, lasted=min(lasted))


def _count(match: re.Match[str]) -> int:
    return chinese_number(match["number"]) or 0


def _days_before(sentence: Sentence, place: int) -> Sequence[Day]:
    """Return the days told before a term, none if one of them is no day or lies far from it."""
    days = [day for day in days_in(sentence.text) if day.end <= place]
    sure = days and all(day.exists and not day.is_part for day in days) and place - days[-1].end <= _LONGEST_GAP
    return days if sure else []


def _lasted(paper: Paper, one: Day, other: Day, unit: str) -> list[int]:
    """Return how many days, or days of work, lie from one to the other, both counted, in each year they may be of."""
    found = []
    for begin, end in readings(paper, one, other):
        span = [begin + dt.timedelta(days=at) for at in range((end - begin).days + 1)]
        found.append(sum(map(is_workday, span)) if unit == "工作日" else len(span))
    return [days for days in found if days > 0]


def _found(
    paper: Paper, sentence: Sentence, days: tuple[Day, Day], match: re.Match[str], *, lasted: int
) -> Contradiction:
    place = paper.evidence(sentence.start + days[0].start, sentence.start + match.end())
    counted = f"{lasted}个工作日" if match["unit"] == "工作日" else f"{lasted}天"
    return paper.found("period-length", place, stated=match["told"], counted=counted)
