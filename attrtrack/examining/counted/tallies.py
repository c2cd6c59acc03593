"""Counts against what is counted up beside them: rounds by number, days, names behind a rank, groups that make up a whole."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import TIMES, Quantity, chinese_number, printed, quantities
from attrtrack.examining.text.paper import Paper, Sentence

_COUNT = r"(?<![第\d.一二三四五六七八九十])(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})"
_TURNS = r"次|场|期|批次?|轮|回|个?阶段|步|届|讲|类|档|组|级"
_ROUNDS = re.compile(
    rf"{_COUNT}(?P<unit>{_TURNS})(?P<rest>[^。]{{0,24}}?[：，。；（、][^。；第]{{0,6}}第一(?:{_TURNS}).*)", re.DOTALL
)
_ROUND = re.compile(rf"第(?P<number>[一二三四五六七八九十])(?P<unit>{_TURNS})")
_DATE = r"(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|份|[上中下]旬|[初中底末])?|\d{1,2}日)"
_DATED = re.compile(
    rf"{_COUNT}(?:次|场|期|批次?|轮|回|届)(?P<gap>[^。；：（\d]{{0,24}}[，（：]?(?:分别|依次|先后)?[^。；\d，]{{0,6}})(?P<dates>{_DATE}(?:[、和及与]{_DATE})+)(?P<end>[^\d，。；]{{0,3}})"
)
_ON_DAYS = re.compile(r"具体|时间|日期|分别|依次|（|：")
_RANKED = re.compile(
    r"(?:排名|名列|位列|位居|得分)?[前后](?P<count>[三四五六七八九十]|\d{1,2})[名位]?的?(?:[\u4e00-\u9fff]{0,8}?(?:——|：|(?:分别|依次)[是为]：?)|(?:分别|依次)?[是为有]?：?)(?P<items>[\u4e00-\u9fff]{2,8}■*(?:[、和][\u4e00-\u9fff]{2,8}■*){1,11})"
)
_BRACKETED = re.compile(r"（[^（）]*）")
_GROUP = re.compile(r"[、和及与]")
_WHOLE = re.compile(r"^(?:[，；]?(?:以上|上述|这|[总合]?共计?|合计|总计|一共|[\u4e00-\u9fff]{2,5}共计?)有?)?$")
_APART = re.compile(r"其中|同比|较|比|平均|每|另|增|减|余|左右")
_GROUPED = frozenset("个家名位人所项件部篇处场次户份条期则幅册") | {"人次"}
_MOST_OFF, _NEAR_SUM, _NEARLY = 2, 3, 10


def check_tallies(paper: Paper) -> Iterator[Contradiction]:
    """Count what sentences and paragraphs tell one by one, and add up groups of what a whole is told of."""
    for line in paper.lines:
        yield from _by_number(paper, line)
    for sentence in paper.sentences:
        yield from _by_date(paper, sentence)
        yield from _by_rank(paper, sentence)
        yield from _by_group(paper, sentence)


def _listed(paper: Paper, sentence: Sentence, span: tuple[int, int], count: int, listed: int) -> Contradiction:
    quote = paper.evidence(sentence.start + span[0], sentence.start + span[1])
    return paper.found("count-of-list", quote, count=count, listed=listed)


def _by_number(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 考核两次，第一次在6月，第二次在12月."""
    for match in _ROUNDS.finditer(line.text):
        told = [item["number"] for item in _ROUND.finditer(match["rest"]) if _same(item["unit"], match["unit"])]
        run, count = 0, chinese_number(match["count"]) or 0
        for number in told:
            run += chinese_number(number) == run + 1
        if run > 1 and count > 1 and 0 < abs(count - run) <= _MOST_OFF and len(told) == run:
            yield _listed(paper, line, (match.start(), match.end("unit")), count, run)


def _same(one: str, other: str) -> bool:
    return one.removeprefix("个").rstrip("次") == other.removeprefix("个").rstrip("次") or one == other


def _by_date(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 召开两次会议，时间分别为4月12日和10月19日 and 举办三场（3月、6月、9月各一场）."""
    for match in _DATED.finditer(sentence.text):
        dates = re.split(r"[、和及与]", match["dates"])
        count = chinese_number(match["count"]) or 0
        if (
            _ON_DAYS.search(match["gap"])
            and match["end"][:1] not in {"等", "和", "及"}
            and 0 < abs(count - len(dates)) <= _MOST_OFF
        ):
            several = re.match(r"各(?![一1])", sentence.text[match.end("dates") :])
            more = re.search(rf"[，；]{_DATE}", sentence.text[match.end() :])
            if count > 1 and not several and not more:
                yield _listed(paper, sentence, (match.start(), match.end("dates")), count, len(dates))


def _by_rank(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 排名前三位的甲县、乙县、丙县."""
    text = _BRACKETED.sub(lambda match: "■" * len(match[0]), sentence.text)
    for match in _RANKED.finditer(text):
        names, count = re.split(r"[、和]", match["items"].replace("■", "")), chinese_number(match["count"]) or 0
        alike = len({name[-1] for name in names[:-1]}) == 1 or len(names) > _MOST_OFF
        whole = not re.search("等|的", match["items"])
        if alike and whole and 0 < abs(count - len(names)) <= _MOST_OFF:
            yield _listed(paper, sentence, match.span(), count, len(names))


def _by_group(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 23个部门、11个县区参加，34个单位全部报送 and 一等奖1名、二等奖2名，获奖单位共3家."""
    found = [item for item in quantities(sentence) if not item.depth]
    for at, whole in enumerate(found):
        parts = _groups(sentence.text, found[:at])
        lead = sentence.text[parts[-1].end if parts else 0 : whole.start].rpartition("，")[2]
        joined = bool(parts) and sentence.text[: parts[0].start].endswith("、")
        told = (
            not joined
            and len(parts) > 1
            and _counts_alike(parts, whole)
            and "，" in sentence.text[parts[-1].end : whole.start]
        )
        if not told or not _WHOLE.match(lead) or _APART.search(sentence.text[parts[0].start : whole.end + 4]):
            continue
        values, added = [item.value for item in parts], sum((item.value for item in parts), Decimal(0))
        sums = {sum(values[at:]) for at in range(len(values))}
        near = abs(added - whole.value) <= max(Decimal(_NEAR_SUM), added / _NEARLY)
        turned = sorted(printed(added)) == sorted(printed(whole.value)) and added > _NEARLY
        if whole.value not in sums and (near or turned) and whole.value > max(values):
            yield paper.found(
                "sum-of-parts",
                paper.evidence(sentence.start + parts[0].start, sentence.start + whole.end),
                certainty=Certainty.PROBABLE,
                total=printed(whole.value) + whole.unit,
                parts="＋".join(map(printed, values)),
                added=printed(added) + whole.unit,
            )


def _groups(text: str, before: Sequence[Quantity]) -> list[Quantity]:
    """Return the counts that stand side by side, joined by 、 or 和, at the end of some."""
    parts = list(before[-1:])
    for one, other in reversed(list(pairwise(before))):
        gap = text[one.end : other.start]
        if not _GROUP.search(gap) or re.search(r"[，；：。]", gap):
            break
        parts.insert(0, one)
    return parts


def _counts_alike(parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Whether exact counts of one unit may make up another of a unit of things, their own or not."""
    units = {item.unit for item in parts}
    exact = all(item.whole and not (item.delta or item.earlier) for item in (*parts, whole))
    return exact and len(units) == 1 and {*units, whole.unit} <= _GROUPED - TIMES
