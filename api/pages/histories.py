"""The steps of a document in the words of the page: who did what when, and what was said with it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from api.pages.proposals import reason_words
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.histories import Step
from attrtrack.domain.reviews import OpinionResult, ReviewResult, SecrecyResult
from attrtrack.workflow.app import App

_DONE = "done"


@dataclass(frozen=True, slots=True)
class StepView:
    """One step: when (local time, to the minute), who, what in a few words, what was said with it, the address it names."""

    when: str
    who: str
    what: str
    said: tuple[str, ...]
    address: str | None


def step_views(app: App, steps: Iterable[Step]) -> tuple[StepView, ...]:
    """Put the steps that people take into words; what the register does by itself (states, judgements) is left out."""
    return tuple(_view(app, step, what) for step in steps if (what := _what(step)) is not None)


def local(at: dt.datetime) -> str:
    """Print a moment as the wall clock of this machine shows it."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def _view(app: App, step: Step, what: str) -> StepView:
    reason = None if step.action == "opinion" else reason_words(app, step.words.reason)
    said = (f"理由：{reason}" if reason else None, step.words.comment)
    return StepView(local(step.at), step.who, what, tuple(words for words in said if words), step.words.address)


def _what(step: Step) -> str | None:
    if step.outcome != _DONE:
        return _REFUSED.get(step.action)
    said = _SAID.get(step.action)
    return said(step) if said is not None else _ACTS.get(step.action)


_ACTS = {
    "record": "登记为拟稿",
    "publish": "登记公开发布",
    "withdraw": "撤回",
    "withdraw-correction": "撤回考核更正",
    "decide-need": "认定是否需要解读",
    "undo-need": "撤销关于解读的认定",
    "replace-facts": "按新台账更新",
}
_REFUSED = {"declare": "认定没有被接受", "sign": "签发被拒绝", "publish": "登记公开被拒绝"}


def _review(step: Step) -> str:
    if _result(step) == ReviewResult.DISPUTE.value:
        return f"审核：有不同意见，认为应为{_attribute(step)}"
    return f"审核：{_named(_REVIEWS, step)}"


def _reexamined(step: Step) -> str | None:
    return {"keep": "复查：维持不变", "change": "复查：应当改变"}.get(str(step.detail.get("act")))


def _result(step: Step) -> str:
    return str(step.detail.get("result") or "")


def _named(names: Mapping[str, str], step: Step) -> str:
    return names.get(_result(step), "已登记")


def _attribute(step: Step) -> str:
    word = step.words.attribute or step.detail.get("attribute")
    return DisclosureAttribute(str(word)).chinese if word else "（未写明属性）"


_REVIEWS = {item.value: item.chinese for item in ReviewResult}
_SECRECY = {item.value: item.chinese for item in SecrecyResult}
_OPINIONS = {item.value: item.chinese for item in OpinionResult}
_SAID: dict[str, Callable[[Step], str | None]] = {
    "declare": lambda step: f"认定为{_attribute(step)}",
    "review": _review,
    "review-secrecy": lambda step: f"保密审查：{_named(_SECRECY, step)}",
    "opinion": lambda step: f"{step.words.reason or '联合发文单位'}的意见：{_named(_OPINIONS, step)}",
    "decide": lambda step: f"签发，审定为{_attribute(step)}",
    "correct": lambda step: f"考核更正：应为{_attribute(step)}",
    "reexamine": _reexamined,
}
