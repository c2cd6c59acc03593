"""`GET /scores`: the units of a year scored by a scheme; each unit's sheet, each loss with its rows; taken along as a workbook.

`POST /scores` scores with a table of what a person found, of which nothing is kept.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import TheApp
from api.pages.assessing_tools import OVERVIEW, tool_tabs
from api.pages.contexts import Crumb, DeskView, Option
from api.pages.desk import TheDesk
from api.pages.downloads import XLSX, saved
from api.pages.forms import attempted
from api.pages.rendering import show
from api.pages.scores_shown import entered_rules, query_of, scored_view, sheet_view
from api.pages.scores_views import ScoreSheetPage, ScoresPage, TypedScore
from api.pages.wording import as_of
from api.permissions import GuardedRoute, needs, takes
from api.sessions import ensure_form
from api.uploads import MAX_FILE, MAX_FORM, SentLetter, TheLetter
from attrtrack.domain.access import Right
from attrtrack.domain.ledgers import Table
from attrtrack.domain.scores import Scores
from attrtrack.errors import UnknownRecordError, UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.assessing import Days, counted_scores, score
from attrtrack.workflow.overview import choices
from attrtrack.workflow.receiving import received_table
from attrtrack.workflow.score_sheets import scores_file

router = APIRouter(route_class=GuardedRoute)
_PATH = "/scores"
_SAVE = "save"
_Word = Annotated[str, Query(max_length=100)]
_Unit = Annotated[str, Query(max_length=500)]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address asks for; without a scheme the empty form."""

    scheme: _Word = ""
    year: _Word = ""
    visit: _Word = ""
    mend_by: _Word = ""

    @property
    def typed(self) -> TypedScore:
        """The same as the form shows it."""
        return TypedScore(self.scheme, self.year, self.visit, self.mend_by)


TheAsked = Annotated[_Asked, Depends()]


@router.get(_PATH, dependencies=[needs(Right.MEASURE)])
def get_scores_page(app: TheApp, desk: TheDesk, asked: TheAsked) -> Response:
    """Show the form, and the table of units where a scheme was chosen."""
    typed = asked.typed
    page = _page(app, desk, typed)
    if not typed.scheme:
        return show(page)
    return attempted(
        lambda: _scores(app, typed),
        again=lambda trouble: replace(page, trouble=trouble),
        done=lambda scores: show(replace(page, scored=scored_view(app, scores, typed))),
    )


@router.get(f"{_PATH}/sheet", dependencies=[needs(Right.MEASURE)])
def get_sheet_page(app: TheApp, desk: TheDesk, asked: TheAsked, *, unit: _Unit = "") -> HTMLResponse:
    """Show the sheet of one unit, which is scored alone: its rank stands in the table of all."""
    typed = asked.typed
    scores = _scored(app, typed, lambda year, days: score(app, typed.scheme, year=year, unit=unit, days=days))
    if not scores.scores:
        raise UnknownRecordError(f"{unit}：{scores.left_out[0][1]}。")
    page = ScoreSheetPage(
        title=unit,
        desk=desk,
        trail=(OVERVIEW, Crumb("考核计分", f"{_PATH}?{query_of(typed)}")),
        scheme=scores.scheme.name,
        sample=scores.scheme.sample,
        year=scores.year,
        sheet=sheet_view(app, scores, scores.scores[0], typed),
        as_of=as_of(app.today),
    )
    return show(page)


@router.get(f"{_PATH}/sheets.xlsx", dependencies=[needs(Right.EXPORT), needs(Right.MEASURE)])
def get_sheets(app: TheApp, asked: TheAsked) -> Response:
    """Return the sheets of all units as a workbook."""
    return _saved(app, _scores(app, asked.typed))


@router.post(_PATH, dependencies=[needs(Right.MEASURE), takes(MAX_FORM)])
def post_scores(request: Request, app: TheApp, desk: TheDesk, letter: TheLetter) -> Response:
    """Score with what a person found, and show it, or return it as a workbook (`act` is `save`)."""
    ensure_form(request, letter.fields.get("form_token", ""))
    typed = _typed(letter.fields)
    page = _page(app, desk, typed)

    def done(scores: Scores) -> Response:
        if letter.fields.get("act") == _SAVE:
            return _saved(app, scores)
        return show(replace(page, scored=scored_view(app, scores, typed, entered=letter.name)))

    return attempted(
        lambda: _scores(app, typed, _entries(app, letter)),
        again=lambda trouble: replace(page, trouble=trouble),
        done=done,
    )


def _typed(fields: Mapping[str, str]) -> TypedScore:
    return TypedScore(*(fields.get(name, "")[:100] for name in ("scheme", "year", "visit", "mend_by")))


def _entries(app: App, letter: SentLetter) -> tuple[Table, ...]:
    upload = letter.upload
    if upload is None:
        raise UsageError("还没有选择文件：请选一份录入扣分、加分的表。")
    return received_table(app, upload.name, upload.data)


def _scores(app: App, typed: TypedScore, entries: tuple[Table, ...] | None = None) -> Scores:
    """Score every unit; a year without any is told as a wrong choice."""
    try:
        return _scored(
            app, typed, lambda year, days: counted_scores(app, typed.scheme, year=year, entries=entries, days=days)
        )
    except UnknownRecordError as error:
        raise UsageError(f"登记中没有 {typed.year} 年有单位的文件，无从计分：请换一个年度，或先导入台账。") from error


def _scored(app: App, typed: TypedScore, scoring: Callable[[int, Days], Scores]) -> Scores:
    """Score by the year and the days that were typed; what cannot be is told in the words of the form."""
    if typed.scheme not in {one.code for one in app.rules.schemes}:
        raise UsageError("没有这份细则：请从所列细则中选择。")
    if not (typed.year.isascii() and typed.year.isdecimal() and len(typed.year) == len("2023")):
        raise UsageError("请选择年度。")
    days = Days(_day(typed.visit, "实地考核的日期"), _day(typed.mend_by, "整改期限"))
    try:
        return scoring(int(typed.year), days)
    except UnknownRecordError as error:
        raise UnknownRecordError("没有这个单位这一年度的得分：请从考核计分的表中点进来。") from error


def _day(text: str, name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{name}看不懂：请写成 2026-06-01。") from error


def _saved(app: App, scores: Scores) -> Response:
    name = f"{scores.scheme.name}_{scores.year}年计分.xlsx"
    return saved(scores_file(app, scores), name, kind=XLSX, plain="scores.xlsx")


def _page(app: App, desk: DeskView, typed: TypedScore) -> ScoresPage:
    known = choices(app)
    chosen = next((one for one in app.rules.schemes if one.code == typed.scheme), None)
    return ScoresPage(
        title="考核计分",
        desk=desk,
        trail=(OVERVIEW,),
        tools=tool_tabs(_PATH),
        schemes=tuple(
            Option(one.code, f"{one.name}{'【示例，不作依据】' if one.sample else ''}") for one in app.rules.schemes
        ),
        years=known.years,
        typed=replace(typed, year=typed.year or str(next(iter(known.years), ""))),
        rules=entered_rules(chosen) if chosen else (),
        largest=MAX_FILE,
    )
