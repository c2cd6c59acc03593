"""How many years lie between two years told: 近五年（2018—2022年）, 2016年至2020年的五年间, 2010年挂牌，2020年迎来十周年."""

import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper

_Y = r"(?<![\d〔])(?:19|20)\d{2}年"
_YEARS_LONG = re.compile(
    r"(?<![\d十])(?P<count>[二两三四五六七八九十]|\d{1,2})年(?:来|间|以来|内)?(?:，?（(?:即)?|，即)(?P<one>(?:19|20)\d{2})年?(?:至|到|—+|-|~|－)(?P<other>(?:19|20)\d{2})年?(?:）|(?=[，。；])|$)"
)
_SINCE = re.compile(
    rf"(?P<one>{_Y})(?!\d)[^。；\d]{{0,16}}?(?:至|到|截至|截止)(?P<other>{_Y})(?!\d)[底末初]?[^。；\d]{{0,10}}(?:已满?|正好|恰好|刚好|已有|已经|走过|整整|历时|历经|满|达|运行|坚持了?|持续|经过|连续)(?:[^，。；\d]{0, 6}(?=[^，。；\d]{1, 3}个年头))?(?:了|整整)?(?P<count>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})(?P<unit>年|个年头)(?!\d)"
)
_LISTED = re.compile(
    r"(?<!\d)(?P<years>(?:(?:19|20)\d{2}年?[、和及]){1,8}(?:19|20)\d{2}年)(?:度|，)?[^。；\d]{0,16}?连续(?P<count>[两二三四五六七八九十]|\d{1,2})年"
)
_IN_A_ROW = re.compile(
    r"连续(?P<count>[两二三四五六七八九十]|\d{1,2})年(?:来|内|里)?（(?P<years>(?:(?:19|20)\d{2}年?(?:度)?[、和及]){1,8}(?:19|20)\d{2})年?(?:度)?）"
)
_RECENT = re.compile(
    r"(?:近|过去|这|前|连续|最近)?(?P<count>[两二三四五六七八九十]|\d{1,2})年(?:来|间|里)?（(?P<years>(?:(?:19|20)\d{2}年?(?:度)?[、和及]){1,8}(?:19|20)\d{2})年?(?:度)?）"
)
_ANNIVERSARY = re.compile(
    rf"(?P<one>{_Y})[^。；\d]{{0,16}}(?:成立|挂牌|建立|施行|实施|上线|开通|创办|设立|建站|创刊|建成)[^。；\d]{{0,8}}，(?:到|至)?(?P<other>{_Y})[^。；\d]{{0,16}}?(?P<count>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})周年"
)
_SPAN = re.compile(
    r"(?<!\d)(?P<one>(?:19|20)\d{2})年?(?:至|到|—+|-|~|－)(?P<other>(?:19|20)\d{2})年(?!\d)[）]?，?的?这?(?P<count>[两二三四五六七八九十]|\d{1,2})(?:个年度|年)(?:间|来|里|中|时间|以来|期间)"
)
_YEARLY = re.compile(
    rf"(?P<one>{_Y})(?!\d)[^。；\d]{{0,40}}每年[^，。；\d]{{0,6}}[一1](?P<unit>[次届场期轮])[^，。；\d]{{0,10}}，(?:[至到]|截至)(?P<other>{_Y})[底末]?[^。；\d]{{0,12}}?(?P<count>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})(?P<of>[次届场期轮年])"
)
_FROM_TO = re.compile(
    rf"[从由自](?P<one>{_Y})(?!\d)[^。；，]{{0,20}}?[到至](?P<other>{_Y})(?!\d)[^。；，]{{0,16}}，(?P<count>[两二三四五六七八九十]|\d{{1,2}})年(?:间|来)"
)
_VALID = re.compile(
    rf"(?P<one>{_Y})(?!\d)[^。；\d]{{1,16}}有效期(?:限)?[为是]?(?P<count>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}})年，(?:将|至|到|[于在])?(?P<other>{_Y})(?!\d)[^，。；\d]{{0,4}}(?:到期|届满|期满|失效)"
)
_BOTH, _COUNTED, _APART = (0, 1), (1,), (0,)
_READERS = (
    (_YEARS_LONG, _COUNTED),
    (_SPAN, _COUNTED),
    (_VALID, _BOTH),
    (_FROM_TO, _BOTH),
    (_YEARLY, _COUNTED),
    (_ANNIVERSARY, _APART),
    (_SINCE, _BOTH),
)
"""How the years between are counted: with the first and the last, or by what lies between."""


def check_year_spans(paper: Paper) -> Iterator[Contradiction]:
    """Compare every count of years with the years it is told of."""
    for sentence in paper.sentences:
        for pattern, ways in _READERS:
            for match in pattern.finditer(sentence.text):
                years = int(match["other"][:4]) - int(match["one"][:4])
                count = chinese_number(match["count"]) or 0
                if years > 0 and count not in {years + more for more in _ways(match, ways)}:
                    place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
                    counted = f"{years + ways[-1]}年"
                    yield paper.found("period-length", place, stated=f"{match['count']}年", counted=counted)
        for match in (
            *_LISTED.finditer(sentence.text),
            *_IN_A_ROW.finditer(sentence.text),
            *_RECENT.finditer(sentence.text),
        ):
            named = sorted(int(year) for year in re.findall(r"\d{4}", match["years"]))
            years = named[-1] - named[0] + 1
            if chinese_number(match["count"]) != years or len(named) != years:
                place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
                yield paper.found("period-length", place, stated=f"{match['count']}年", counted=f"{years}年")


def _ways(match: re.Match[str], ways: tuple[int, ...]) -> tuple[int, ...]:
    """Return how years may be counted; so many full years are those between, unless counted as 个年头."""
    if match.re is _SINCE and match["unit"] == "年" and "连续" not in match[0]:
        return _APART
    return ways
