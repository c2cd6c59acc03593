"""Counts of one thing told twice: the same noun, the same doing, channel, organs and period, and another figure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from attrtrack.domain.contradictions import Contradiction
from attrtrack.domain.evidence import Evidence
from attrtrack.examining.text.figures import TIMES, Quantity, printed, quantities, same_unit
from attrtrack.examining.text.paper import Paper, Sentence

_VERB = re.compile(
    r"公开发布|主动公开|推送|发布|公开|收到|接收|受理|办理|办结|答复|回复|回应|制发|印发|出台|制定|新增|废止|清理|召开|举办|开展|组织|编发|编辑|刊发|刊登"
    r"|制作|编制|报送|征集|采纳|新制作|举行|开设|关停|维护|检查|抽查|通报|整改|审查|备案|开通|更新|引发|承办|撰写|推出|转载|建成|整合|设立|处理|发生|存在|有"
)
_SAME_DOING = (
    frozenset({"发布", "公开发布", "推送", "推出", "公开", "主动公开", "制作", "撰写"}),
    frozenset({"收到", "接收", "受理"}),
    frozenset({"召开", "举办", "开展", "组织", "举行"}),
    frozenset({"答复", "回复", "回应"}),
    frozenset({"制发", "印发", "出台", "制定"}),
    frozenset({"编发", "编辑", "刊发", "编制", "印发"}),
    frozenset({"办结", "办理", "处理"}),
    frozenset({"检查", "抽查", "开展"}),
)
_EMPTY = frozenset({"", "有", "存在", "发生"})
_CHANNELS = (
    "门户网站",
    "网站",
    "微信",
    "微博",
    "公报",
    "新媒体",
    "APP",
    "客户端",
    "公众号",
    "头条",
    "抖音",
    "报刊",
    "报纸",
    "电视",
    "信函",
    "邮件",
    "网络",
    "当面",
    "现场",
    "专栏",
    "热线",
)
_ORGANS = (
    "县区", "区县", "各县", "县（市、区）", "县级", "乡镇", "街道", "市直", "省直", "部门", "市级", "省级", "市本级", "本级", "全市", "全省", "全县", "全区",
    "我局", "我委", "我厅", "我办", "市政府", "省政府", "县政府", "区政府", "办公室",
)  # fmt: skip
_PERIODS = re.compile(
    r"上半年|下半年|[一二三四1-4]季度|\d{1,2}月份?|截至|截止|历年|(?<!今年)(?<!年)以来|五年|三年|每[月年季周日]|当日|平均"
)
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_PLANNED = re.compile(r"计划|力争|拟|目标|预计|将|争取|确保|下一步|到(?:19|20)\d{2}年|应当?|不得")
_FILLERS = re.compile(
    r"^(?:其中|全年|全市|全省|全县|全区|今年|本年度?|年内|一年来|共|共计|累计|总共|合计|各类|有关|相关|通过|并|又|已|还|先后|的|了|为|我市|我局|我县|我区|我省|政府|及时|依法|主动|按时|积极)+"
)
_ENDINGS = re.compile(
    r"(?:全年|年内|本年度?|今年|一年来|先后|共计?|累计|合计|总计|总数|数量|数|件数|达到?|为|有|约|的|了|是|已|各|等|均|总|量)+$"
)
_RIGHT_END = re.compile(r"[的和与及等在于已均被由以因较比占从]|[^\u4e00-\u9fff（）]|" + "公开|发布|办结|答复")
_GENERIC = frozenset(
    [
        "信息",
        "文件",
        "事项",
        "问题",
        "意见",
        "单位",
        "项目",
        "工作",
        "部门",
        "内容",
        "材料",
        "服务",
        "数据",
        "情况",
        "活动",
        "任务",
        "群众",
        "企业",
        "人员",
        "稿件",
        "条目",
        "案件",
        "建议",
        "措施",
        "方面",
        "会议",
        "业务",
        "干部",
        "职工",
        "网站",
        "指标",
        "重点",
        "平台",
        "领域",
        "制度",
        "专栏",
        "栏目",
        "资料",
        "电话",
        "来信",
        "留言",
        "诉求",
    ]
)
_CLOSING_VERB = re.compile(rf"(?:{_VERB.pattern})$")
_ASKED_BY = re.compile(r"^.*(?:提交|提出)的")
_OF_OTHERS = re.compile("其中[^，。；：]{2,}")
_EACH = re.compile(r"下列|以下|上述|每|按|标准|不超过|以[上下]")
_LEAST_NOUN, _MOST_TELLINGS = 3, 40


@dataclass(frozen=True, slots=True)
class Told:
    """A count with what it counts: noun, doing, channels, organs, year or period."""

    quantity: Quantity
    sentence: Sentence
    noun: str
    doing: str
    channels: frozenset[str]
    organs: frozenset[str]
    year: str
    period: str

    def contradicts(self, other: "Told") -> bool:
        """Whether both must mean the same thing, and give another figure."""
        return (
            self.noun == other.noun
            and self.quantity.value != other.quantity.value
            and same_unit(self.quantity.unit, other.quantity.unit)
            and _same_doing(self.doing, other.doing)
            and (len(self.noun) >= _LEAST_NOUN or self.doing == other.doing)
            and self.channels == other.channels
            and (self.organs == other.organs or not (self.organs and other.organs))
            and (self.year == other.year or not (self.year and other.year))
            and self.period == other.period
        )


def _same_doing(one: str, other: str) -> bool:
    return one == other or one in _EMPTY or other in _EMPTY or any({one, other} <= doings for doings in _SAME_DOING)


def told_counts(paper: Paper) -> tuple[Told, ...]:
    """Return every exact count of the running text whose noun can be told."""
    return tuple(_told(paper))


def check_counts(paper: Paper) -> Iterator[Contradiction]:
    """Compare the counts of one thing across sentences; each later figure is told once."""
    by_noun: dict[str, list[Told]] = {}
    for told in told_counts(paper):
        by_noun.setdefault(told.noun, []).append(told)
    for group in by_noun.values():
        yield from _differing(paper, group)


def _differing(paper: Paper, group: Sequence[Told]) -> Iterator[Contradiction]:
    """Tell each figure that differs once; of three tellings the one that stands alone is the doubtful one."""
    seen: set[int] = set()
    group = group[:_MOST_TELLINGS]
    for one, other in combinations(group, 2):
        if one.sentence is other.sentence or not one.contradicts(other):
            continue
        first, second = (other, one) if _agreed(other, group) and not _agreed(one, group) else (one, other)
        if id(second) not in seen:
            seen.add(id(second))
            yield paper.found(
                "counts-differ",
                _evidence(paper, second),
                _evidence(paper, first),
                noun=second.noun,
                first=printed(first.quantity.value) + first.quantity.unit,
                second=printed(second.quantity.value) + second.quantity.unit,
            )


def _agreed(told: Told, group: Sequence[Told]) -> bool:
    """Whether another sentence tells the same figure of the same thing."""
    return any(item.sentence is not told.sentence and item.quantity.value == told.quantity.value for item in group)


def _evidence(paper: Paper, told: Told) -> Evidence:
    start = told.sentence.start
    return paper.evidence(start + told.quantity.start, start + told.quantity.end)


def _told(paper: Paper) -> Iterator[Told]:
    synonyms = [(row.name, re.compile(row.pattern)) for row in paper.rules.report_referents]
    for sentence in paper.sentences:
        for item in quantities(sentence):
            if item.delta or item.rough or item.earlier or not item.whole or item.unit in TIMES:
                continue
            noun, doing = ("", "") if _is_of_list(sentence.text, item) else _noun(item)
            noun = next((name for name, pattern in synonyms if pattern.fullmatch(noun)), noun)
            if len(noun) < (_LEAST_NOUN - bool(doing)) or noun in _GENERIC or _EACH.search(noun):
                continue
            lead = sentence.text[: item.start]
            clause = re.split(r"[，；：]", lead)[-1]
            if _PLANNED.search(lead) or _OF_OTHERS.match(clause):
                continue
            yield Told(
                item,
                sentence,
                noun,
                doing or _inherited(lead),
                _words(clause, _CHANNELS) or _words(lead, _CHANNELS),
                _words(clause, _ORGANS),
                ("", *_YEAR.findall(lead))[-1],
                _period(lead),
            )


def _is_of_list(text: str, item: Quantity) -> bool:
    """Whether the words before a count are the last of a list, and what it counts stands behind (甲、乙、丙3个片区)."""
    return bool(item.after) and text[: item.start - len(item.label)].endswith("、") and len(item.label) > 0


def _period(lead: str) -> str:
    other = _PERIODS.search(re.split(r"[；]", lead)[-1])
    return other[0] if other else ""


def _words(text: str, words: Sequence[str]) -> frozenset[str]:
    found = {word for word in words if word in text}
    return frozenset(word for word in found if not any(word != other and word in other for other in found))


def _inherited(lead: str) -> str:
    """Return the doing that a list of parts takes from the words before it."""
    verbs = _VERB.findall(lead)
    return verbs[0] if verbs and ("其中" in lead or "：" in lead) else ""


def _noun(item: Quantity) -> tuple[str, str]:
    """Split the label of a count into what is counted and what was done; the words behind the unit serve when none stand before."""
    label = _ASKED_BY.sub("", _cleaned(item.label))
    right = _cleaned(_RIGHT_END.split(item.after)[0])
    closing = _CLOSING_VERB.search(label)
    if closing and len(label) - len(closing[0]) >= _LEAST_NOUN:
        return _cleaned(_without_verb(label[: closing.start()])[0]), closing[0]
    noun, doing = _without_verb(label)
    if len(noun) >= 2:  # noqa: PLR2004 - one sign is no noun
        return noun, doing
    return (right, doing or label) if len(right) >= 2 else (label, "")  # noqa: PLR2004 - the same


def _without_verb(label: str) -> tuple[str, str]:
    """Take off everything up to the verbs that lead a label; a verb within a noun (新闻发布会) stays."""
    verb = _VERB.search(label)
    doing = ""
    while verb is not None:
        rest = _cleaned(label[verb.end() :])
        if len(rest) < 2 and not (rest == "" and verb.end() == len(label) and verb.start() == 0):  # noqa: PLR2004 - the verb is part of a noun
            break
        label, doing = rest, verb[0]
        verb = _VERB.match(label)
    return label, doing


def _cleaned(words: str) -> str:
    return _ENDINGS.sub("", _FILLERS.sub("", words))
