"""Stages of one matter out of order: a project finished before it was begun, a course closed before it was opened."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.paper import Paper

_CHAINS = tuple(
    tuple(re.compile(stage) for stage in chain)
    for chain in (
        (
            r"提交|递交|提出|寄出|投递|申请人?于",
            r"收到|收悉|(?<!申请人)签收(?!人)|收件|登记|寄达我|送达我",
            r"(?<!不予)受理|立案",
            r"告知[^，。；]{0,8}补正|补正(?:通知|告知书)|[发作]出补正",
            r"[补提]交[^，。；]{0,6}补正|补正材料|要求补正|予以补正|完成补正|补正完[毕成]|按[期要时]求?补正",
            r"征求第三方|征求[^，。；]{0,6}意见的?函|延期|延长",
            r"(?<!收到)(?<!延期)答复(?!期限|告知)|办结|回复|作出(?!补正|延期|延长)|回函|办理完毕",
            r"^(?!.*(?:补正|延期|延长)).*(?:(?:送|寄)达(?!我)|领取)",
            r"申请(?:行政)?复议|提起(?:行政)?(?:复议|诉讼)",
            r"维持|撤销|驳回|责令",
        ),
        (
            r"起草|草拟|初稿",
            r"征求意见|公开征集|征集意见",
            r"听证|论证|专家评审",
            r"合法性审[查核]|公平竞争审查",
            r"审议|审定|批准|签发|签署|成文|定稿",
            r"印发|下发|发文",
            r"公布|上网|刊发|刊登|挂网|登载|发布|转发",
            r"废止|失效",
        ),
        (
            r"立项|提出方案|制定方案",
            r"招标|采购|磋商",
            r"中标|成交|签约|签订",
            r"动工|开工|启动|开始|动员|部署|进场|开建|筹建|筹备",
            r"试运行|试点|推进|推开|实施(?!方案|细则|意见|办法|计划|情况|条例|规划)",
            r"完工|竣工|建成(?![^。；]{0,30}(?:试运行|上线))|结束|完成|收官|总结|形成[^，。]{0,8}报告|出具",
            r"验收",
            r"投用|投入使用|交付|启用|正式运行",
        ),
        (
            r"发现|查出|交办|责令|下达|接报|指出",
            r"更正|修复|改正|整改|纠正|下架|恢复",
            r"复核|复查|回头看|销号|回访|验收",
        ),
        (r"报名|报到", r"开班|开幕|开课|开讲|开展", r"结业|闭幕|结课|闭馆|撤展"),
        (r"开标|评标", r"公示", r"签订|签约"),
        (
            r"制定|出台|创建|组建|成立|设立|开通|创办",
            r"修订|修改|修正|改版|升级|改组|更名",
            r"废止|撤销|注销|停用|关停|取消|解散|停办",
        ),
        (r"起诉|诉讼", r"开庭|庭审", r"判决|宣判|裁定|判令|撤诉"),
        (r"申报|推荐", r"评审|评选|初评", r"公示", r"表彰|命名|授牌"),
    )
)
_DATE = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d{2})年|(?P<same>同年|当年|次年|翌年))?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|[上中下]旬|[初中底末]|份)?(?!\d)"
    r"|(?<![\d〔])(?P<whole>(?:19|20)\d{2})年(?=[首初修重建成设制出正升更改撤停关废注开印颁完启投]|$)"
)
_UNSURE_BEFORE = re.compile(
    r"(?:拟|将|计划|预计|定于|应|须|曾|此前|之前|先前|原|已|截[至止]|自|从|起|前|届|同期|去年|上年|至|到|—|-|有效|规定|要求|不[晚迟]于)[^，。；]{0,3}$|根据|按照|依据|对照|关于|《"
)
_UNSURE_BEHIND = re.compile(
    r"^(?:[底末]?(?:以|之)?前|起|止|至|到|—|-|截止|的)|拟|将|计划|预计|定于|应|须|曾|原|的(?!通知)|规定|要求|前"
)
_OWN = re.compile(r"[，。；：、（）\n]")
_LONGEST_GAP, _HALF_A_YEAR = 36, 6


@dataclass(frozen=True, slots=True)
class _Event:
    """What is told of a day or month: when (no day: 0), the words, those on both sides of it, and the place."""

    when: tuple[int, int, int]
    words: str
    around: str
    start: int
    end: int
    has_own_year: bool

    def after(self, other: "_Event") -> bool:
        if self.when[1] - other.when[1] > _HALF_A_YEAR and not other.has_own_year:
            return False
        size = next(at for at in (3, 2, 1) if (self.when[at - 1] and other.when[at - 1]) or at == 1)
        return self.when[:size] > other.when[:size]


def check_stages(paper: Paper) -> Iterator[Contradiction]:
    """Compare the days of two stages told one after the other."""
    for sentence in paper.sentences:
        for one, other in pairwise(_events(sentence.text)):
            gap = sentence.text[one.end : other.start]
            if one.when == other.when or len(gap) > _LONGEST_GAP or "；" in gap or "。" in gap:
                continue
            if any(_turned(chain, one, other) for chain in _CHAINS):
                first, second = (sentence.text[item.start : item.end] for item in (one, other))
                place = paper.evidence(sentence.start + one.start, sentence.start + other.end)
                yield paper.found(
                    "dates-out-of-order", place, first=first, second=second, because="后一阶段的日期早于前一阶段"
                )


def is_told_backwards(first: str, second: str) -> bool:
    """Whether the second of two events is an earlier stage of the matter whose later stage was told first."""
    ranks = [(_rank(chain, first), _rank(chain, second)) for chain in _CHAINS]
    return any(one is not None and other is not None and one > other for one, other in ranks)


def _turned(chain: tuple[re.Pattern[str], ...], one: _Event, other: _Event) -> bool:
    """Whether two events are stages of a chain and the later stage lies before the earlier."""
    ranks = [_rank(chain, item.around if "告知书" in item.around else item.words) for item in (one, other)]
    if ranks == [None, None] or ranks[0] == ranks[1]:
        ranks = [_rank(chain, item.around) for item in (one, other)]
    if ranks[0] is None or ranks[1] is None or ranks[0] == ranks[1]:
        return False
    return one.after(other) and ranks[0] < ranks[1]


def _rank(chain: tuple[re.Pattern[str], ...], words: str) -> int | None:
    found = [rank for rank, stage in enumerate(chain) if stage.search(words)]
    return found[-1] if found else None


def _events(text: str) -> Iterator[_Event]:
    """Yield what is told of days with a year of their own or inherited; what looks back or ahead is left out."""
    year, sure = 0, True
    dates = list(_DATE.finditer(text))
    for at, match in enumerate(dates):
        told = match["year"] or match["whole"]
        year = int(told) if told else year + (match["same"] in {"次年", "翌年"})
        end = dates[at + 1].start() if at + 1 < len(dates) else len(text)
        before = _OWN.split(text[(dates[at - 1].end() if at else 0) : match.start()])[-1]
        behind = _OWN.split(text[match.end() : min(end, match.end() + _LONGEST_GAP // 2)])[0]
        words = behind if len(behind.strip("在于，、")) > 1 else before
        sure = not (_UNSURE_BEFORE.search(before) or _UNSURE_BEHIND.search(behind))
        if sure and int(match["month"] or 0) <= 12:  # noqa: PLR2004 - months
            when = (year, int(match["month"] or 0), int(match["day"] or 0))
            yield _Event(when, words, before + behind, match.start(), match.end(), bool(told or match["same"]))
