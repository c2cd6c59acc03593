"""Words and numbers as the pages print them."""

import datetime as dt
import re
from urllib.parse import urlencode, urlsplit

from attrtrack.domain.measures import AnyMeasure, MeasureState, Reading
from attrtrack.workflow.overview import Scope

QUARTERS = {1: "第一季度", 2: "第二季度", 3: "第三季度", 4: "第四季度"}
DIMENSIONS = {"unit": "按单位", "year": "按年度", "quarter": "按季度", "genre": "按文种", "policy_kind": "按种类"}
POLICY_KINDS = {"normative": "规范性文件", "policy": "政策性文件"}
"""The kinds that the program's own table tells apart; one of an office's own stands by its code."""
READINGS = {Reading.DOCUMENT: "按文件", Reading.INTERPRETATION: "按解读"}
COUNTED = {Reading.DOCUMENT: "份", Reading.INTERPRETATION: "件"}
_SOURCES = {
    "declaration": "认定的理由",
    "mark": "附注标注",
    "rules": "规则",
    "model": "模型",
    "precedent": "本机关先例",
}
UNDEFINED = "无法计算"
_COMMAND = re.compile(r"（[^（）]*attrtrack [^（）]*）")
_CERTAIN = 0.99
EXCLUSIONS = {
    "other-unit": "属于别的单位",
    "other-year": "成文日期在别的年度",
    "year-unknown": "没有成文日期，不知属于哪一年度",
    "attribute-not-proactive": "不是主动公开的文件",
    "attribute-undeclared": "没有标明公开属性，也没有公开发布的记录",
    "need-undetermined": "没有确定是否需要解读",
    "interpretation-not-needed": "不需要解读",
    "not-interpreted": "还没有确认的解读",
    "attribute-not-asked": "来源台账没有公开属性一栏",
    "link-pending": "解读的是哪份文件，还没有判定",
    "form-unknown": "看不出解读形式",
    "channel-unknown": "看不出发布渠道",
    "reason-not-required": "不须说明理由",
    "outside-validity": "成文时这项指标还没有施行，或已不再施行",
    "not-reviewed": "没有人审核或更正过它的公开属性",
    "not-a-reply": "不是函复类公文",
    "not-signed": "还没有签发",
    "not-published": "没有公开发布的记录",
    "publication-unknown": "外来台账没有公开地址，是否公开不详",
    "publication-date-unknown": "公开日期不详",
    "published-before-made": "公开日期早于成文日期，请核对",
    "day-unknown": "成文日期没有写到日",
    "no-term-set": "没有规定解读的时限",
    "interpretation-date-unknown": "解读的发布日期不详",
    "links-unread": "没有同时读到文件页面和解读页面的链接",
    "text-missing": "登记中没有解读或文件的正文，量不出",
    "not-kept-back": "主动公开的，不须复查",
}
"""The rules that leave a row out of a measure, by code."""


def percent(value: float | None) -> str:
    """Print a share; undefined is told as such."""
    return UNDEFINED if value is None else f"{value * 100:.1f}".rstrip("0").rstrip(".") + "%"


def sure(probability: float | None) -> str | None:
    """Print how sure a voice is; nothing is ever quite certain, and nothing quite impossible."""
    if probability is None:
        return None
    if probability > _CERTAIN:
        return "99%以上"
    return "不足1%" if probability < 1 - _CERTAIN else f"{probability:.0%}"


def address(text: str | None) -> str | None:
    """Return an address that a reader may follow (http, https), or None."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.hostname else None


def without_commands(sentence: str) -> str:
    """Leave out what a sentence says to those who type commands: on a page there is a button."""
    return _COMMAND.sub("", sentence)


def shortened(text: str, limit: int = 120) -> str:
    """Print a quotation on one line, cut where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def source_words(source: str) -> str:
    """Say who brings a piece of evidence; of a precedent also which document it is."""
    voice, _, code = source.partition(":")
    return " ".join(part for part in (_SOURCES.get(voice, ""), code if voice == "precedent" else "") if part)


def day_words(day: dt.date) -> str:
    """Print a day as letters do."""
    return f"{day.year}年{day.month}月{day.day}日"


def as_of(day: dt.date) -> str:
    """Say of which day the figures of a page are: paper outlives the register's state."""
    return f"截至{day_words(day)}"


def scope_words(scope: Scope) -> str:
    """Say of which unit, year, quarter, genre and kind of document a page speaks."""
    parts = [scope.unit or "全部单位", f"{scope.year}年" if scope.year else "全部年度"]
    parts += [QUARTERS[scope.quarter]] if scope.quarter else []
    kind = scope.policy_kind and POLICY_KINDS.get(scope.policy_kind, scope.policy_kind)
    return " · ".join([*parts, *(word for word in (scope.genre, kind) if word)])


def link(path: str, scope: Scope, **more: object) -> str:
    """Return the address of another page on the same year and unit, quarter and genre."""
    narrowed = {"quarter": scope.quarter, "genre": scope.genre, "policy_kind": scope.policy_kind}
    kept = {name: value for name, value in narrowed.items() if value}
    return f"{path}?{urlencode({'year': scope.year or '', 'unit': scope.unit or '', **kept, **more})}"


def verdict(measure: AnyMeasure) -> str:
    """Say how a figure stands to its target, in words that need no colour."""
    if measure.value is None:
        return "分母为零" if measure.state is MeasureState.UNDEFINED else "资料不足，不能评定"
    if measure.target is None:
        return "没有目标"
    return "达到目标" if measure.value >= measure.target.value else "低于目标"
