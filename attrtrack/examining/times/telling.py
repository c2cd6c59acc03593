"""Days and months as a paragraph tells them: what was done then, whether it is a term, a period, or looks back or ahead."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from attrtrack.examining.text.days import Day, days_in

_HIDDEN = "※"
_ASIDE = re.compile(r"《[^《》\n]*》|（[^（）\n]*）|〔[^〔〕\n]*〕")
_DAY = r"(?:(?:19|20)\d{2}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|[底初末])?"
_BARE = re.compile(
    rf"{_DAY}(?:(?:至|到|—+|-|~|－)(?:{_DAY}|\d{{1,2}}日)|公布|印发|发布|召开|收到|作出|举行|通过|下发|发出|送达)?"
)
_MONTH = re.compile(
    r"(?<!\d年)(?<![\d.])(?P<month>\d{1,2})月(?=份?(?:[，、；。]|[\u4e00-\u9fff“《]))(?!份?(?:[底末初至到]|[上中下]旬))"
)
_OF_RANGE = re.compile(r"[\d月份起](?:至|到|—+|-|~|－)$")
_YEAR_SAID = re.compile(r"(?:19|20)\d{2}[年.\-/]")
_TO = re.compile(r"起?(?:开始)?(?:至|到|—+|-|~|－)(?:截止)?")
_BREAK = re.compile(r"[，。；：！？、\n]")
_NEXT_YEAR = re.compile(r"(?:次|翌|第二|来)年[^，。；]{0,2}$")
_SAME_YEAR = re.compile(r"(?:同|当)年[^，。；]{0,2}$")
_DUE = re.compile(r"为[^，。；]{0,10}(?:截止|期限|限期)|[底末]?(?:之前|以前|前(?!期|往|后|端|台|来|一|两|几))")
_DUE_BEFORE = re.compile(
    r"(?:不[晚迟]于|最[晚迟][于在]?|截止(?:时间|日期)?[到至于为是：]*|(?:期限|时限|限期)[到至]|限[于在]?)$"
)
_DUE_FOR = re.compile(r"(?:应|须|需|务必|必须|赶)[^，。；]{0,6}[于在]$")
_BEFORE_THAT = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?<![提目当此先日以之年空])(?:之前|以前|前)(?!期|往|后|端|台|来|一|两|几|提)"
)
_UNTIL = re.compile(r"^(?:一?直?[至到]|直[至到]|截[至止]到?|截止到?)$")
_SINCE = re.compile(r"[自从由]$")
_BACK = re.compile(
    r"此前|之前|早在|曾|(?<!同)原|先前|前期|上年|去年|同期|发现|反映|显示|查明|查实|核实|经查|涉及|关于|有效|届|每年|每个?月|根据|依据|按照|依照|对照|参照|截[至止]|规定|上次|上一次|其中|包括|该(?:案|件|项|申请|事项|复议|诉讼)[^，。；\d]{0,4}[系是]"
)
_NAMED = re.compile(r"落款[^，。；]{0,4}$|[对就按据为是与和及]$")
_ANSWERED = re.compile(r"[对就]$")
_TOLD_OF = re.compile(r"[^，。；]{0,16}(?:反映|通报|指出|反馈|曝光|报道|交办|转来|来信|提出)[^，。；]{0,4}的")
_MOVED_TO = re.compile(r"(?:延期|延长|推迟|顺延|延续|展期|提前)[至到]$")
_LABEL = re.compile(r"(?:日期|时间)(?:[为是：]|)$")
_AHEAD = re.compile(
    r"(?:拟|将|计划|预计|(?<![决规认评])定|(?<![反响])应|应当|须|需|(?<![重主])要|(?<!申)请|务必|力争|争取|确保|必须|(?<![许认])可)(?:最迟|最晚)?(?:[于在]|$)|明年|下一步"
)
_ATTRIBUTE = re.compile(
    r"(?!邀请|召集|约谈|走访|督促|表彰|联系)[^，。；：、]{0,16}?的(?![^，。；：、]{0,1}(?:$|[，。；]))"
)
_LONGEST_WORDS, _MONTHS, _HALF_A_YEAR = 24, 12, 6


@dataclass(frozen=True, slots=True)
class Told:
    """A day, month or period of a paragraph: its first and last day, the words before and behind it, and what it is told as.

    `role` is done, label (收到日期为), due (前), since (自 … 起), until (至), ahead (将于), attribute (… 作出的决定) or aside.
    """

    first: Day
    last: Day
    lead: str
    rest: str
    role: str
    has_own_year: bool

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.first.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.last.end

    @property
    def is_day(self) -> bool:
        """Whether it is one day, no period and no month."""
        return self.first.value == self.last.value and not self.first.is_part

    @property
    def words(self) -> str:
        """The words told of it, without its own place in time."""
        return self.lead + self.rest

    def is_before(self, other: Day) -> bool:
        """Whether it surely begins before another day; without a year of its own it may be of the year after."""
        mine = self.first
        if bool(mine.year) != bool(other.year):
            return False
        thirds = mine.is_part and other.is_part and mine.day > 1 and other.day > 1
        if (mine.is_part or other.is_part) and not thirds and (mine.year, mine.month) == (other.year, other.month):
            return False
        far = other.month - mine.month > _HALF_A_YEAR
        return mine.value < other.value and not (far and not self.has_own_year)


@lru_cache(maxsize=256)
def hidden(text: str) -> str:
    """Return a text of the same length in which titles and what stands in brackets is covered."""
    return _ASIDE.sub(_covered, text)


def _covered(match: re.Match[str]) -> str:
    """Cover a bracket; of one that holds nothing but a day or a period, only the brackets themselves."""
    bare = _BARE.fullmatch(match[0][1:-1]) if match[0].startswith("（") else None
    return f"{_HIDDEN}{match[0][1:-1]}{_HIDDEN}" if bare else _HIDDEN * len(match[0])


@lru_cache(maxsize=256)
def told_in(text: str) -> tuple[Told, ...]:
    """List the days, months and periods of a paragraph in their order."""
    covered = hidden(text)
    days = sorted((*days_in(covered), *_months(covered)), key=lambda day: day.start)
    periods = list(_periods(covered, [day for day in days if day.exists]))
    found: list[Told] = []
    year = 0
    for at, (first, last) in enumerate(periods):
        before = covered[(periods[at - 1][1].end if at else 0) : first.start]
        behind = covered[last.end : periods[at + 1][0].start if at + 1 < len(periods) else len(covered)]
        lead = _BREAK.split(before)[-1].replace(_HIDDEN, "")[-_LONGEST_WORDS:]
        own = _YEAR_SAID.match(covered, first.start) is not None
        year = first.year if own else year + bool(_NEXT_YEAR.search(lead))
        own = own or bool(_SAME_YEAR.search(lead))
        begins = replace(first, year=year)
        ends = replace(last, year=last.year if _YEAR_SAID.match(covered, last.start) else year)
        role = _role(lead, behind, is_period=first is not last)
        found.append(Told(begins, ends, lead, _rest(behind), role, own))
    return tuple(found)


def _months(text: str) -> Iterator[Day]:
    for match in _MONTH.finditer(text):
        if 1 <= int(match["month"]) <= _MONTHS and not _OF_RANGE.search(
            text[max(0, match.start() - 4) : match.start()]
        ):
            yield Day(0, int(match["month"]), 1, match.start(), match.end(), is_part=True)


def _periods(text: str, days: Sequence[Day]) -> Iterator[tuple[Day, Day]]:
    at = 0
    while at < len(days):
        joined = at + 1 < len(days) and _TO.fullmatch(text[days[at].end : days[at + 1].start].replace(_HIDDEN, ""))
        yield days[at], days[at + bool(joined)]
        at += 1 + bool(joined)


def _rest(behind: str) -> str:
    """Return the words behind a day; those behind its comma if it stands alone before one."""
    clauses = _BREAK.split(behind.replace(_HIDDEN, ""))
    return clauses[0][:_LONGEST_WORDS] or (clauses[1][:_LONGEST_WORDS] if behind.startswith("，") else "")


def _role(lead: str, behind: str, *, is_period: bool) -> str:
    behind = behind.replace(_HIDDEN, "")
    signs = (
        ("until", _UNTIL.match(lead)),
        ("due", _DUE.match(behind) or _DUE_BEFORE.search(lead)),
        ("due", _DUE_FOR.search(lead) and _BEFORE_THAT.match(behind)),
        ("aside", _BACK.search(lead) or _BEFORE_THAT.match(behind)),
        ("ahead", _AHEAD.search(lead) or _MOVED_TO.search(lead)),
        ("label", _LABEL.search(lead)),
        ("attribute", _ANSWERED.search(lead) and _TOLD_OF.match(behind)),
        ("aside", not is_period and _NAMED.search(lead)),
        ("since", _SINCE.search(lead) or behind.startswith(("起", "开始，"))),
        ("attribute", _ATTRIBUTE.match(_BREAK.split(behind)[0] + "，")),
    )
    return next((role for role, sign in signs if sign), "done")
