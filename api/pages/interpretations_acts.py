"""What is done to one interpretation: judged, its document looked for anew, its forms and channels set."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.dependencies import TheApp
from api.pages import interpretations_words as words
from api.pages.contexts import DeskView, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import Typed, attempted, own_form, seen
from api.pages.interpretations import interpretation_page, narrowed, wanted_in
from api.pages.interpretations_views import InterpretationPage, ScopeView
from api.pages.telling import done
from api.pages.wording import shortened
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.judgements import Act
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.comparing import still_waiting
from attrtrack.workflow.linking import Judged, judge
from attrtrack.workflow.seeking import Sought, seek_document
from attrtrack.workflow.signs import set_signs

router = APIRouter(route_class=GuardedRoute)
_DONE = {
    Act.CHOOSE: "已判定",
    Act.ALSO: "已另判定",
    Act.REJECT: "已否定",
    Act.NONE: "已判定为不关联任何公文",
    Act.UNDO: "已撤销上一次判定",
}


@dataclass(frozen=True, slots=True)
class ScopeForm:
    """What every form of the page bears: the version seen, and from which list one came."""

    version: Typed = ""
    year: Typed = ""
    unit: Typed = ""
    sought: Typed = ""


TheScope = Annotated[ScopeForm, Depends()]


def _scope(app: App, form: ScopeForm) -> ScopeView:
    year = form.year if form.year.isascii() and form.year.isdecimal() and len(form.year) == len("2023") else None
    return narrowed(app, year, form.unit[:500])


def _again(
    app: App, desk: DeskView, interpretation_id: str, *, scope: ScopeView, sought: str
) -> Callable[[TroubleView], InterpretationPage]:
    """Return what shows the page again with the trouble on top."""
    return lambda trouble: replace(
        interpretation_page(app, desk, interpretation_id, scope, sought=sought), trouble=trouble
    )


@router.post("/interpretations/{interpretation_id}/judgements", dependencies=[needs(Right.JUDGE_LINKS), own_form()])
def post_judgement(
    request: Request, app: TheApp, desk: TheDesk, interpretation_id: str, said: Typed, form: TheScope
) -> Response:
    """Keep what a person says (`choose:D12`, `none`), and open the next interpretation that waits."""
    scope = _scope(app, form)

    def act() -> tuple[Act, Judged]:
        name, document_id = _parsed(said)
        acting = seen(app, interpretation_id, form.version)
        return name, judge(acting, interpretation_id, document_id, act=name)

    again = _again(app, desk, interpretation_id, scope=scope, sought=form.sought[:200])
    return attempted(act, again=again, done=lambda result: _led_on(request, app, *result, scope=scope))


def _parsed(said: str) -> tuple[Act, str | None]:
    name, _, document_id = said.partition(":")
    if name not in _DONE or len(document_id) > 20:  # noqa: PLR2004 - the longest id
        raise UsageError("页面不完整：请刷新后重新判定。")
    return Act(name), document_id or None


def _led_on(request: Request, app: App, act: Act, judged: Judged, *, scope: ScopeView) -> Response:
    """Tell what was done and open the next that waits; who has taken something back stays where that is."""
    here, item = judged.recorded.id, judged.recorded.interpretation
    chosen = next((one.document_id for one in judged.links if one.judgement is Judgement.CONFIRMED), "")
    called = f"“{shortened(item.title or item.url or words.UNTITLED, 40)}”（{here}）"
    what = f"，解读的是 {chosen}" if act in {Act.CHOOSE, Act.ALSO} and chosen else ""
    sentence = f"{_DONE[act]}：{called}{what}。" if judged.changed else f"此前已是这样，没有改动：{called}。"
    own = words.address_of(f"/interpretations/{here}", scope.query)
    if act not in {Act.CHOOSE, Act.NONE}:
        return done(request, own, sentence, undo=None if act is Act.UNDO else f"{own}#acts")
    _, following = still_waiting(app, wanted_in(scope), after=here)
    path = f"/interpretations/{following}" if following else "/interpretations"
    return done(request, words.address_of(path, scope.query), sentence, undo=f"{own}#acts")


@router.post("/interpretations/{interpretation_id}/candidates", dependencies=[needs(Right.JUDGE_LINKS), own_form()])
def post_candidates(request: Request, app: TheApp, desk: TheDesk, interpretation_id: str, form: TheScope) -> Response:
    """Look for the document again, among all that have come in since."""
    scope = _scope(app, form)
    own = words.address_of(f"/interpretations/{interpretation_id}", scope.query)
    return attempted(
        lambda: seek_document(seen(app, interpretation_id, form.version), interpretation_id),
        again=_again(app, desk, interpretation_id, scope=scope, sought=""),
        done=lambda found: done(request, own, sought_words(found)),
    )


def sought_words(found: Sought) -> str:
    """Say what a search for the document came to."""
    if found.settled:
        return "已有人判定过公文，没有改动。"
    where = "公文很多，只比对了本单位相近年份的：" if found.partial else ""
    if not found.proposed:
        return f"{where}没有找到可能的公文。请另选一份，或者判定“都不是”。"
    return f"{where}找到 {found.proposed} 份可能的公文，请判定。"


@router.post("/interpretations/{interpretation_id}/signs", dependencies=[needs(Right.JUDGE_LINKS), own_form()])
def post_signs(
    request: Request,
    app: TheApp,
    desk: TheDesk,
    interpretation_id: str,
    *,
    form: TheScope,
    forms: Annotated[list[str], Form()] = [],  # noqa: B006 - FastAPI copies it
    channels: Annotated[list[str], Form()] = [],  # noqa: B006 - the same
) -> Response:
    """Set forms and channels as a person says they are."""
    scope = _scope(app, form)
    own = words.address_of(f"/interpretations/{interpretation_id}", scope.query)

    def again(trouble: TroubleView) -> InterpretationPage:
        page = interpretation_page(app, desk, interpretation_id, scope)
        setting = replace(page.setting, chosen=frozenset(forms), through=frozenset(channels), open=True)
        return replace(page, setting=setting, trouble=trouble)

    return attempted(
        lambda: set_signs(seen(app, interpretation_id, form.version), interpretation_id, forms, channels),
        again=again,
        done=lambda changed: done(request, own, "形式和渠道已改定，指标按此计算。" if changed else "没有改动。"),
    )
