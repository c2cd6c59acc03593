"""Years told in relation to one another: 上年（2020年）beside 2021年, carried to a later year, told in turn, so many years since one of them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.telling import hidden

_YEAR = re.compile(r"(?<![\d〔])((?:19|20)\d{2})年(?!版|第)")
_CALLED = re.compile(
    r"(?:(?P<last>去年|上一?年度?|上一年度|前一年度?)|(?P<next>明年|来年|次年|翌年|下一?年度?|第二年)|(?P<now>今年|本年度?|当年|报告年度))(?:同期|结转|全年|[初末底])?[”\"]?(?:（|，?(?:即|指的?是?|是|为)|的)(?:即)?(?P<year>(?:19|20)\d{2})年"
)
_STEPS = {"last": -1, "next": 1, "now": 0}
_CARRIED = re.compile(
    r"(?:结转|转结|转接|结存|延续|顺延|延期|推迟|跨|转|移|留|放)(?:至|到|入|给|在|往)?(?P<year>(?:19|20)\d{2})年(?!\d)"
)
_LEADING = re.compile(
    r"(?:^|[，、；：。（])(?:[^，。；：、\d]{0,4}[在于至到])?(?P<year>(?:19|20)\d{2})年(?!\d{1,2}月|以?前|之前|[至到—-])(?=[^，、；。]{1,24})"
)
_COMPARING = re.compile(r"较|比|相比|同期|计划|目标|将|超|其中|持平|增长|下降|减少|增加")
_COUNT = r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})"
_LONG = re.compile(
    rf"(?P<how>逾|超过?|近|将近|满|达|已有|走过|历时|历经|连续[^，。；\d]{{0,6}}|坚持了?|持续了?|运行了?|实施了?|试行了?|整整|经过|不足|不到|迎来[^，。；\d]{{0,10}}|共|来|在)?(?:了)?(?<![\d第前近每十年]){_COUNT}(?P<more>[多余])?(?:个)?(?P<unit>年头|周年|年度|载|年(?!级|期|[以之]?[前后内]|[度均报检审]|一[次届度])|届)"
)
_YEARS_ON = re.compile(rf"(?<![\d第前近]){_COUNT}年[之以]?后(?:的|，?即|（|，)?(?P<year>(?:19|20)\d{{2}})年")
_BEGINS = re.compile(
    r"[自从由][^，。；]{0,6}$|^[^，。；\d]{0,12}(?:起|以来|成立|挂牌|建立|施行|实施|上线|开通|创办|设立|建站|创刊|建成|开办|开设|启动|推行|实行)"
)
_LONGEST_GAP = 60


def check_year_steps(paper: Paper) -> Iterator[Contradiction]:
    """Compare the years of every paragraph with what is said of their relation."""
    for line in paper.lines:
        text = _uncovered(line.text)
        named = [(match, int(match[1])) for match in _YEAR.finditer(text)]
        if len(named) < 2:  # noqa: PLR2004 - one beside the other
            continue
        yield from _called(paper, line, text, named)
        yield from _carried(paper, line, text, named)
        for match in _YEARS_ON.finditer(text):
            count, year = chinese_number(match["count"]) or 0, int(match["year"])
            begun = [(one, told) for one, told in named if one.end() <= match.start()]
            if begun and all(told != year - count for _, told in begun):
                yield _found(paper, line, begun[-1][0].span(), match.span("year"), f"与“{count}年后”不符")
    for sentence in paper.sentences:
        yield from _in_turn(paper, sentence)
        yield from _since(paper, sentence)


_Named = Sequence[tuple[re.Match[str], int]]
_TITLE = re.compile(r"《[^《》\n]*》|〔[^〔〕\n]*〕")


def _uncovered(text: str) -> str:
    """Return a text of the same length in which titles and the years of numbers are covered."""
    return _TITLE.sub(lambda match: "※" * len(match[0]), text)


def _called(paper: Paper, line: Sentence, text: str, named: _Named) -> Iterator[Contradiction]:
    """Check 与上年（2019年）相比，2021年…: some other year named beside is the one it is seen from."""
    for match in _CALLED.finditer(text):
        step = next(_STEPS[name] for name in _STEPS if match[name])
        seen = int(match["year"]) - step
        others = [(one, year) for one, year in named if not match.start() <= one.start() < match.end()]
        near = [(one, year) for one, year in others if abs(one.start() - match.start()) <= _LONGEST_GAP]
        if step and near and all(year != seen for _, year in near):
            one = min((one for one, _ in near), key=lambda one: abs(one.start() - match.start()))
            yield _found(paper, line, match.span(), one.span(), f"与“{match[0].strip('（，')}”的说法不符")


def _carried(paper: Paper, line: Sentence, text: str, named: _Named) -> Iterator[Contradiction]:
    """Check 2022年完成16项，其余3项结转至2021年."""
    for match in _CARRIED.finditer(text):
        before = [one for one, _ in named if one.end() <= match.start() and "。" not in text[one.end() : match.start()]]
        sure = len({one[1] for one in before}) == 1 and not text.startswith(("的", "结转"), match.end())
        if sure and int(before[-1][1]) >= int(match["year"]):
            yield _found(paper, line, before[-1].span(), match.span("year"), "只能结转到以后的年份")


def _in_turn(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 2018年…，2019年…，2017年…: of three and more years that each open a clause, the one that falls back."""
    told = list(_LEADING.finditer(hidden(sentence.text)))
    years = [int(match["year"]) for match in told]
    if len(years) < 3 or len(set(years)) != len(years) or _COMPARING.search(sentence.text):  # noqa: PLR2004 - a run
        return
    falls = [at for at, (one, other) in enumerate(pairwise(years)) if one > other]
    near = all(other.start() - one.end() <= _LONGEST_GAP for one, other in pairwise(told))
    if len(falls) == 1 and near and years[0] != max(years):
        one, other = told[falls[0]], told[falls[0] + 1]
        yield _found(paper, sentence, one.span("year"), other.span("year"), "依次叙述的年份中有一个倒退")


def _since(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 2009年开办，到2012年已逾十年: no two years named lie so far apart."""
    text = _uncovered(sentence.text)
    named = [(match, int(match[1])) for match in _YEAR.finditer(text)]
    years = sorted({year for _, year in named})
    begun = [
        match
        for match, _ in named
        if _BEGINS.search(text[max(0, match.start() - 8) : match.start()])
        or _BEGINS.search(text[match.end() : match.end() + 18])
    ]
    if len(years) != 2 or not begun or re.search(r"较|比|同期", text):  # noqa: PLR2004 - from one to the other
        return
    apart = years[1] - years[0]
    for match in _LONG.finditer(text):
        count = chinese_number(match["count"]) or 0
        how = (match["how"] or "").rstrip("了")
        in_a_row = match["unit"] in {"年头", "年度", "届"} or (how.startswith("连续") and "每年" in text)
        if not (how or in_a_row or match["unit"] == "周年") or how in {"共", "来", "在"}:
            continue
        if how.startswith(("不足", "不到", "近", "将近")):
            fits = apart <= count <= apart + 2
        elif how.startswith(("逾", "超")) or match["more"]:
            fits = count <= apart + 1 and apart < count * 2
        elif match["unit"] == "周年":
            fits = count == apart
        else:
            fits = count in ({apart + 1} if in_a_row else {apart, apart + 1})
        if not fits and apart:
            span = min(named[0][0].start(), match.start()), max(named[-1][0].end(), match.end())
            place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
            yield paper.found("period-length", place, stated=match[0], counted=f"{apart}年")


def _found(paper: Paper, line: Sentence, one: tuple[int, int], other: tuple[int, int], because: str) -> Contradiction:
    place = paper.evidence(line.start + min(one[0], other[0]), line.start + max(one[1], other[1]))
    first, second = line.text[one[0] : one[1]].strip("，、；：。（"), line.text[other[0] : other[1]]
    return paper.found("dates-out-of-order", place, first=first, second=second, because=because)
