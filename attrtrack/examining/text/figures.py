"""Figures in running text: quantities with unit, label and scope, and percentages with the precision they are printed in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache

from attrtrack.examining.text.fractions import fractions_in
from attrtrack.examining.text.paper import Sentence

UNITS = (
    "平方公里|平方米|立方米|公顷|公斤|千克|千瓦时|万人次|人次|件次|户次|条次|家次|批次|车次|班次|架次|航次|台次|场次|册次|亿元|万元|公里|课时|学时|小时|分钟|秒钟?|毫秒|千米"
    "|个(?:工作日|自然日|月|小时)|件|条|个(?!百分点)|项|家|篇|部|份|期|场|次|人|户|宗|起|例"
    "|名|处|张|幅|辆|套|台|批|段|本|册|卷|座|所|元|亩|吨|栋|幢|则|只|位|类|款|支|集|组|种|门|间|天|字|封次|封|通|页|笔|单|轮|届|堂|项次|篇次|站|个次|分(?![之钟别类布析])"
    "|讲|票|案|块|面|枚|株|棵|头|艘|架|列|节|趟|遍|题(?![材目库为])|栏(?![目杆])|招(?![标聘商生录考])|档(?!案)|米|对|盒|箱|袋|帧|道|口|盏|席|床|桩|村|校|岗|行(?!政|业|动|为|程)|标段|点位|信箱|支队|小组"
)
TIMES = frozenset({"秒", "秒钟", "毫秒", "分钟", "小时", "课时", "学时", "个工作日", "个自然日", "个月", "个小时"})
"""Units in which time is told: no count of things."""
_ARABIC = r"\d{1,3}(?:，\d{3})+(?:\.\d+)?(?![\d，])|\d+(?:\.\d+)?"
_CHINESE = r"[一二两三四五六七八九十百]{1,4}"
_QUANTITY = re.compile(
    rf"(?P<about>(?<![预节契])约为?|(?<![附最相])近|超过?|逾|达到?|至少|不少于|不低于|不超过|多达|将近|上(?=[百千万])|第)?"
    rf"(?<![\d.])(?P<number>{_ARABIC})(?P<scale>[百千万亿]*)(?P<more>[余多几]?)(?P<after>万?)(?P<unit>{UNITS}|(?<=[万亿])(?=[，；、（）增减升降]|[到至]\d|$))(?P<rest>以上(?![合总各共所]|[两三四五六七八九]个?)|左右|以内|以下|之多)?"
)
_SPELLED = re.compile(
    rf"(?P<about>约|近|超过?|逾|至少|不少于|不低于|不超过|第)?(?<![\d.第每同统逐之零百千一二两三四五六七八九十])(?P<number>[一二两三四五六七八九十]{{1,3}})(?P<scale>)(?P<more>[余多几]?)(?P<after>)"
    rf"(?P<unit>{UNITS})(?!之|龙|式|性|网通|码|流|致|体|旦)(?P<rest>以上|左右|以内|以下|之多)?"
)
_SHARING_UNIT = re.compile(
    rf"(?:分别|依次)[\u4e00-\u9fff]{{0,6}}：?(?P<numbers>(?:(?:{_ARABIC})、)*(?:{_ARABIC}))(?:、|和|及|与)$"
)
_PERCENT = re.compile(
    r"(?P<about>约为?|近|超过?|逾|达到?|不低于|不少于|至少|高达)?(?:(?<![\d.])(?P<number>\d+(?:\.\d+)?)(?P<sign>[%‰]|个?百分点)|百分之(?P<words>[零一二三四五六七八九十百]+)(?:点(?P<tail>[零一二三四五六七八九]+))?)(?P<rest>以上|左右|以内|以下)?"
)
_ROUGH = {"约", "约为", "近", "超", "超过", "逾", "至少", "不少于", "不低于", "不超过", "多达", "将近", "上", "高达"}
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_CUT = re.compile(r"[，；：。、（）“”《》]|其中|以及|分别")
_DELTA = re.compile(
    r"(?:增加|减少|增长|下降|压减|上升|下跌|净增|净减|(?<!新)增|减|多|少|提高|降低|精简|压缩|缩短|提前)了?$"
)
_OTHER_YEAR = re.compile(
    r"上一?年|上季度?|上个?月|去年|前年|同期|往年|上年度|较(?![好大快多高差低小慢强弱长短重轻])|同比|比(?!例|重|较|对|如)"
)
_LONGEST_LABEL = 24
_UNIT_CLASSES = (
    frozenset("件条篇个份部项则"),
    frozenset("次场期"),
    frozenset({"家", "个", "所"}),
    frozenset({"人", "名", "位"}),
    frozenset({"人次", "次"}),
)
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit: the value, whether it is rounded off or a change, what is printed before and after it.

    `step` is the smallest difference that the way of printing shows (135.3万: 1000); `depth` the brackets it stands in.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    rough: bool
    delta: bool
    earlier: bool
    depth: int
    step: Decimal
    label: str
    after: str

    @property
    def slack(self) -> Decimal:
        """How far the value may be off by rounding; nothing for a count."""
        return Decimal(0) if self.step == 1 else self.step / 2

    @property
    def whole(self) -> bool:
        """Whether it is an exact count."""
        return not self.rough and self.step <= 1 and self.value == int(self.value)


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage: the number printed, its decimals, whether it is rounded off, whether it counts points.

    `bounds`: from where to where one told in words may be meant (近七成: 60 to 70).
    """

    value: Decimal
    decimals: int
    start: int
    end: int
    rough: bool
    points: bool
    bounds: tuple[Decimal, Decimal] | None = None

    def fits(self, share: Decimal, slack: Decimal = _NONE) -> bool:
        """Whether a share (1 is the whole) is printed so, rounded or cut off; a rough one may be a little away.

        `slack` is how far the share may be off because its own figures are rounded.
        """
        percent = abs(share) * 100
        if self.bounds:
            return self.bounds[0] <= percent <= self.bounds[1]
        step = Decimal(1).scaleb(-self.decimals)
        if self.rough:
            return abs(percent - self.value) <= max(step, self.value / 20)
        if slack:
            return abs(percent - self.value) <= step + slack * 100
        return self.value in {percent.quantize(step, ROUND_HALF_UP), percent.quantize(step, ROUND_DOWN)}


@lru_cache(maxsize=512)
def quantities(sentence: Sentence) -> tuple[Quantity, ...]:
    """Read the quantities of a sentence, in order; ordinals are left out."""
    text = sentence.text
    found: list[Quantity] = []
    last = 0
    for match in _QUANTITY.finditer(text):
        if match["about"] == "第" or _is_number_of_something_else(text, match):
            continue
        item = _quantity(text, match, last)
        found += [*_listed_before(text, match, item), item]
        last = match.end()
    return tuple(found)


@lru_cache(maxsize=512)
def counts_told(sentence: Sentence) -> tuple[Quantity, ...]:
    """Read the exact counts of a sentence in figures and in characters (三项), in order: no changes, no other year's, no time."""
    text, found, last = sentence.text, list(quantities(sentence)), 0
    for match in _SPELLED.finditer(text):
        quoted = text.rfind("“", 0, match.start()) > text.rfind("”", 0, match.start())
        if match["about"] != "第" and not quoted:
            found.append(_quantity(text, match, last))
            last = match.end()
    exact = (item for item in found if item.whole and not (item.delta or item.earlier) and item.unit not in TIMES)
    return tuple(sorted(exact, key=lambda item: item.start))


def _listed_before(text: str, match: re.Match[str], item: Quantity) -> Iterator[Quantity]:
    """Yield the figures that share the unit of the last of their list (21、18和36条)."""
    run = _SHARING_UNIT.search(text[: match.start("number")])
    if run is None or match["scale"] or not match["number"].isdigit():
        return
    for number in re.finditer(_ARABIC, run["numbers"]):
        start, end = run.start("numbers") + number.start(), run.start("numbers") + number.end()
        value = Decimal(number[0].replace("，", ""))
        step = Decimal(1).scaleb(-len(number[0].partition(".")[2]))
        yield replace(item, value=value, start=start, end=end, step=step, after="")


def _is_number_of_something_else(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 1) : match.start()]
    return before in {"第", "-", "/", "—"} or (match["unit"] == "分" and before in {"时", "点", "："})


def _quantity(text: str, match: re.Match[str], last: int) -> Quantity:
    figures = match["number"].replace("，", "")
    printed = figures if figures[0].isdigit() else str(chinese_number(figures) or 0)
    scale = Decimal(1)
    for sign in match["scale"] + match["after"]:
        scale *= _SCALES[sign]
    unit = match["unit"]
    if unit.startswith("万") and unit != "万元":
        scale, unit = scale * 10_000, unit[1:]
    decimals = len(printed.partition(".")[2])
    before = text[last : match.start()]
    label = _CUT.split(before.removesuffix("（"))[-1][-_LONGEST_LABEL:]
    clause = re.split(r"[，；：。]", before)[-1]
    after = _CUT.split(text[match.end() : match.end() + _LONGEST_LABEL])[0]
    return Quantity(
        value=Decimal(printed) * scale,
        unit=unit,
        start=match.start("number"),
        end=match.end(),
        rough=bool(match["more"] or match["rest"]) or match["about"] in _ROUGH,
        delta=bool(_DELTA.search(text[max(0, match.start("number") - 8) : match.start("number")])),
        earlier=bool(_OTHER_YEAR.search(clause)),
        depth=text.count("（", 0, match.start()) - text.count("）", 0, match.start()),
        step=scale * Decimal(1).scaleb(-decimals) if scale > 1 else Decimal(1).scaleb(-decimals),
        label=label,
        after=re.split(r"\d", after)[0],
    )


@lru_cache(maxsize=512)
def percentages(sentence: Sentence) -> tuple[Percentage, ...]:
    """Read the percentages of a sentence, in order, those told in words among them."""
    printed = [_percentage(match) for match in _PERCENT.finditer(sentence.text)]
    spoken = [
        Percentage(item.value, 0, item.start, item.end, rough=False, points=False, bounds=(item.low, item.high))
        for item in fractions_in(sentence.text)
    ]
    return tuple(sorted((*printed, *spoken), key=lambda item: item.start))


def _percentage(match: re.Match[str]) -> Percentage:
    tail = "".join(str("零一二三四五六七八九".index(sign)) for sign in match["tail"] or "")
    number = match["number"] or f"{chinese_number(match['words']) or 0}.{tail}".rstrip(".")
    decimals, per_mille = len(number.partition(".")[2]), match["sign"] == "‰"
    return Percentage(
        Decimal(number) / (10 if per_mille else 1),
        decimals + per_mille,
        match.start("number") if match["number"] else match.start("words") - len("百分之"),
        match.start("rest") if match["rest"] else match.end(),
        bool(match["rest"]) or (match["about"] in _ROUGH and not (decimals and match["about"].startswith("约"))),
        bool(match["sign"]) and match["sign"] not in "%‰",
    )


def chinese_number(text: str) -> int | None:
    """Read a count written in Arabic or Chinese figures up to 百; None for anything else."""
    if text.isdigit():
        return int(text)
    if not re.fullmatch(_CHINESE, text):
        return None
    total, digit = 0, 0
    for sign in text:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = "零一二三四五六七八九".find(sign) if sign != "两" else 2
    return total + digit


def same_unit(one: str, other: str) -> bool:
    """Whether two units may count the same things (名 and 人)."""
    return one == other or any({one, other} <= units for units in _UNIT_CLASSES)


def share_slack(part: Quantity, whole: Quantity) -> Decimal:
    """Return how far the share of two rounded figures may be off; one told less finely than the other is a round one."""
    finer = min(part.slack, whole.slack)
    return (finer + finer * part.value / whole.value) / whole.value if whole.value else Decimal(0)


def printed(value: Decimal) -> str:
    """Print a figure without an exponent or superfluous zeros."""
    return f"{value.normalize():f}" if value != value.to_integral() else str(int(value))
