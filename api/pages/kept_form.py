"""The page on which a form that was not taken when its session ended is shown again, to be sent by the same person.

Words are given back to be gone on with; what was chosen is told in words and sent as it was.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from fastapi import Request

from api.kept import UNTYPED, Kept
from api.pages.contexts import DeskView, Page
from api.pages.desk import desk_of
from api.pages.door import own_path
from api.sessions import token_of_session
from attrtrack.domain.access import Role
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.workflow.app import App

_WRITTEN = {
    "title": "标题",
    "text": "正文",
    "words": "文字",
    "because": "说明",
    "comment": "意见",
    "note": "说明",
    "said": "说明",
    "why": "原因",
    "needed_why": "原因",
    "teach_why": "说明",
    "value": "内容",
    "doc_number": "发文字号",
    "number": "发文字号",
    "addressee": "主送机关",
    "issuer": "机关或签发方",
    "date": "日期",
    "day": "日期",
    "published": "发布日期",
    "publisher": "发布者",
    "url": "地址",
    "name": "名称",
    "login": "登录名",
    "subject": "身份编号",
}
"""Fields that a person writes."""
_LONG = frozenset({"text", "words", "because", "comment", "note", "said", "why", "needed_why", "teach_why", "value"})
_CHOSEN = {
    "attribute": "公开属性",
    "reason": "理由",
    "result": "结果",
    "opinion": "意见",
    "secrecy": "保密审查",
    "kept": "复查结果",
    "needed": "应当解读吗",
    "answer": "应当解读吗",
    "genre": "文种",
    "channel": "发布渠道",
    "kind": "类别",
    "role": "角色",
    "unit": "单位",
    "parent": "上级单位",
    "assessed": "考核单位",
    "days": "天数",
    "occurrence": "第几处",
}
"""Fields in which a person chooses; what is chosen by a code of the program has its words below, or says only that it is chosen."""
_VALUES = {
    **{item.value: item.chinese for item in DisclosureAttribute},
    **{item.value: item.chinese for item in Role},
    "agree": "同意",
    "return": "退回",
    "dispute": "有异议",
    "yes": "是",
    "no": "否",
}
_ANY = "已选"


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of the form: its name, its words as a person reads them, and its value.

    `shown` tells a choice in words (None: it is sent unseen); `written`: the value is given back to be gone on with.
    """

    name: str
    words: str
    value: str
    shown: str | None
    written: bool
    long: bool


@dataclass(frozen=True, kw_only=True)
class KeptPage(Page):
    """What was typed, and the button that sends it; `page` is where one was, None where the browser did not say."""

    template: ClassVar[str] = "kept.html"
    address: str
    fields: tuple[FieldView, ...]
    with_file: bool
    lost: tuple[str, ...]
    page: str | None


def kept_page(request: Request, app: App, kept: Kept, *, token: str) -> KeptPage:
    """Show a kept form in the session that begins with this answer."""
    page = own_path(kept.page)
    return KeptPage(
        title="刚才填写的内容还在",
        desk=_desk(request, app, token),
        address=kept.address,
        fields=tuple(_field(app, name, value) for name, value in kept.fields),
        with_file=kept.with_file,
        lost=kept.lost,
        page=page if page != "/" else None,
    )


def _desk(request: Request, app: App, token: str) -> DeskView:
    desk, form_token = desk_of(request, app), token_of_session(token)
    person = None if desk.person is None else replace(desk.person, form_token=form_token)
    return replace(desk, form_token=form_token, person=person, told=None)


def _field(app: App, name: str, value: str) -> FieldView:
    written = name in _WRITTEN
    shown = None if written or name in UNTYPED or not value.strip() else _told(app, value)
    words = _WRITTEN.get(name) or _CHOSEN.get(name, "其他选择")
    return FieldView(name, words, value, shown, written=written, long=name in _LONG)


def _told(app: App, value: str) -> str:
    """Say a choice in words: those of the catalogue of reasons, of the program, or as it stands where it is no code."""
    reason = app.rules.reason(value)
    known = _VALUES.get(value) or (reason.name if reason else None)
    return known or (_ANY if value.isascii() and not value.isdecimal() else value)
