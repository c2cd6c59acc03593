"""The rule tables in the words of those who read them: what each is for, what its fields are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.findings import Severity
from attrtrack.domain.needs import NeedAnswer


@dataclass(frozen=True, slots=True)
class TableWords:
    """What a table is called, what it is for, and beside which others it stands."""

    title: str
    purpose: str
    group: str


_ATTRIBUTES, _GATE, _READINGS, _MEASURES, _TEXTS = "公开属性和理由", "把关", "解读", "考核", "读公文和台账"
GROUPS = (_ATTRIBUTES, _GATE, _READINGS, _MEASURES, _TEXTS)
TABLES = {
    "attributes": TableWords("公开属性", "三种公开属性，和台账、表单中的各种叫法。", _ATTRIBUTES),
    "reasons": TableWords("理由目录", "每条理由的条款、能支撑的属性、可以直接引用的文字。", _ATTRIBUTES),
    "reason_faults": TableWords("不成立的理由", "常见的错误写法，和应当怎么改。", _ATTRIBUTES),
    "attribute_rules": TableWords("属性规则", "正文怎么写，就提出什么属性和理由。", _ATTRIBUTES),
    "marks": TableWords("公开标注", "认得出的“此件公开发布”等标注。", _ATTRIBUTES),
    "precedence": TableWords("意见的先后", "标注、规则、模型、本机关先例不一致时听谁的，何时交人工。", _ATTRIBUTES),
    "gate": TableWords("把关开关", "本单位可以调整的设定，现在是什么。", _GATE),
    "findings": TableWords("问题清单", "把关时会提出的问题，哪些阻止签发。", _GATE),
    "text_faults": TableWords("正文里的问题写法", "引用失效法规、自相矛盾等写法。", _GATE),
    "secrecy": TableWords("涉密标志", "见到就拒收的国家秘密标志。", _GATE),
    "handling": TableWords("传阅保管字样", "“内部资料”“注意保存”等字样，只提请核实。", _GATE),
    "interpretation_needed": TableWords("哪些文件应当解读", "自上而下，第一条合上的为准。", _READINGS),
    "interpretation_elements": TableWords("解读的内容要素", "背景、依据、主要内容等，怎么看出有没有。", _READINGS),
    "forms": TableWords("解读形式", "文字、图解、视频等，哪些计入多样化。", _READINGS),
    "channels": TableWords("发布渠道", "政府网站和其他渠道怎么分。", _READINGS),
    "page_signs": TableWords("网页标志", "从网址、标题和正文看出形式和渠道。", _READINGS),
    "link_weights": TableWords("解读关联的线索", "每条线索的分值，自动关联的门槛。", _READINGS),
    "measures": TableWords("考核指标", "每项指标的口径和统计对象。", _MEASURES),
    "measure_steps": TableWords("口径的步骤", "每项指标怎样归类的第二份写法，随清单导出，供不靠系统重算。", _MEASURES),
    "targets": TableWords("考核目标", "各年度的目标，由哪份文件定。", _MEASURES),
    "policy_kinds": TableWords("文件种类", "规范性文件、政策性文件各由哪些规则认出，指标按此分看。", _MEASURES),
    "workdays": TableWords("工作日", "本单位另定的工作日和休息日，先于各年通知的日历。", _MEASURES),
    "units": TableWords("考核单位", "考核方案所列的单位和别称。", _MEASURES),
    "evidence_items": TableWords("印证材料", "A、B 类考核对象各要准备什么，登记库能提供哪些。", _MEASURES),
    "remedies": TableWords("整改要求", "哪项指标没有达到目标时，要求怎么改。", _MEASURES),
    "score_headers": TableWords("成绩表的栏目", "复核别人公布的成绩表时，各栏是什么。", _MEASURES),
    "report_checks": TableWords("报告检查", "通报和年度报告里查哪些自相矛盾，多有把握。", _MEASURES),
    "report_lists": TableWords("报告里的清单", "项数固定的清单，如依申请公开的步骤。", _MEASURES),
    "report_wordings": TableWords("报告里的笔误", "常见的误写和正确的写法。", _MEASURES),
    "report_referents": TableWords("报告里的说法", "同一样东西的几种叫法。", _MEASURES),
    "known_titles": TableWords("文件名", "核对过的文件名，用来认出差一两个字的引用。", _MEASURES),
    "genres": TableWords("文种", "法定文种和函复类，由标题怎么认。", _TEXTS),
    "headers": TableWords("台账表头", "各地台账的栏目叫法。", _TEXTS),
    "lexicon": TableWords("词表", "分词、套话和正文线索。", _TEXTS),
}
"""Every table by name, in the order in which a page lists them."""

FIELDS = {
    "code": "代码", "name": "名称", "synonyms": "也写作", "source": "来源", "statutory": "法定文种", "is_reply": "函复类",
    "endings": "标题以此结尾", "examples": "认得出的写法", "counterexamples": "不算的写法", "attributes": "能支撑的属性",
    "references": "条款", "force": "力度", "proposable": "系统可以提出", "sentence": "理由文字", "must_show": "须写明",
    "pattern": "查找的写法", "advice": "怎么改", "finding": "提出的问题", "unless": "出现这些就不算", "attribute": "公开属性",
    "redacted": "删减后公开", "where": "在哪里找", "severity": "轻重", "text": "给人看的话", "values": "现在的设定",
    "meaning": "管什么", "when": "条件", "follow": "听谁的", "abstain": "交人工", "doubt": "疑点", "reason": "理由",
    "strength": "把握", "genres": "文种", "guide": "标注指南条目", "diversified": "计入多样化", "disputed": "各地口径不一",
    "off_website": "政府网站以外", "measure": "指标", "value": "目标", "year_from": "自", "year_to": "至", "definition": "口径",
    "readings": "统计对象", "valid_from": "施行日期", "valid_to": "废止日期", "rules": "表明种类的规则",
    "day": "日期", "is_workday": "上班", "order": "次序", "over": "看哪里", "answer": "结论", "kind": "种类",
    "because": "说明", "asked": "缺少时提示", "heading": "小标题写法", "category": "类别", "aliases": "别称", "field": "栏目代码",
    "purpose": "用途", "words": "词", "weight": "分值", "judged": "人工初值", "form": "形式", "channel": "渠道", "rank": "先后",
    "least": "至少出现几次", "number": "第几项", "provided": "登记库可提供", "fault": "问题", "demand": "整改要求",
    "certainty": "把握", "not_checked": "没有查的", "items": "各项", "right": "正确的写法", "title": "文件名",
    "days": "工作日起止", "steps": "步骤",
}  # fmt: skip
TECHNICAL = frozenset({"pattern", "heading", "unless", "examples", "counterexamples", "guide", "words", "when"})
"""Fields that only those who change rules need: folded on the page."""
_WORDS: dict[str, dict[str, str]] = {
    "force": {"must": "不得公开", "may": "可以不公开", "basis": "公开的依据"},
    "follow": {"mark": "标注", "rules": "规则", "precedent": "本机关先例", "together": "合起来看", "none": "没有"},
    "readings": {"document": "按文件", "interpretation": "按解读"},
    "values": {"on": "开", "off": "关", **{item.value: item.chinese for item in DisclosureAttribute}},
    "where": {
        "heading": "标题", "title": "标题", "opening": "开头", "body": "正文", "closing": "结尾", "whole": "标题和正文",
        "head": "版头、版记、页眉等处", "anywhere": "全文", "address": "网址", "publisher": "发布者", "source": "网址和发布者",
        "links": "正文链接", "publication": "文件的公开地址",
    },
    "over": {"title": "标题", "core": "标题里被印发的文件名", "number": "文号", "text": "正文"},
}  # fmt: skip
_SEVERITIES = {Severity.BLOCK: "阻止签发", Severity.FLAG: "提示", Severity.NOTE: "说明"}
_ANSWERS = {NeedAnswer.YES: "应当解读", NeedAnswer.NO: "不需要解读", NeedAnswer.OPEN: "未定，由人判断"}
_SHARES = frozenset({"value", "strength"})
_OPEN_YEAR = "没有期限"


def value_words(field: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> str:  # noqa: ANN401 - a cell of any table
    """Print a cell; `names` are the names of what it mentions by code, by field."""
    if isinstance(value, tuple | list):
        return ("；" if field == "steps" else "、").join(value_words(field, item, names) for item in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Enum):
        return _of_kind(value)
    if field == "year_to" and value == 0:
        return _OPEN_YEAR
    if field in _SHARES and isinstance(value, float):
        return f"{value:.0%}"
    text = str(value)
    return names.get(field, {}).get(text) or _WORDS.get(field, {}).get(text, text)


def field_words(field: str) -> str:
    """Say what a field is called; one without a word is shown by its name."""
    return FIELDS.get(field, field)


def searched(values: Iterable[str], text: str) -> bool:
    """Whether one of a row's values holds a text, whatever its case."""
    return any(text.casefold() in value.casefold() for value in values)


def _of_kind(value: Enum) -> str:
    if isinstance(value, DisclosureAttribute):
        return value.chinese
    if isinstance(value, Severity):
        return _SEVERITIES[value]
    return _ANSWERS[value] if isinstance(value, NeedAnswer) else str(value.value)
