"""`GET /reports`: a unit's self-check report, the year's notice, the rectification list: looked at here, taken along as docx or HTML."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from api.dependencies import TheApp
from api.pages.assessing_tools import OVERVIEW, tool_tabs
from api.pages.contexts import DeskView, Option
from api.pages.desk import TheDesk
from api.pages.downloads import DOCX, HTML, saved
from api.pages.forms import attempted
from api.pages.rendering import show
from api.pages.reports_tables import PART, Opened
from api.pages.reports_views import MendingView, PaperView, ReportsPage, TypedReport, block_views, mending_unit
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.reports import Report, ReportKind
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.overview import choices
from attrtrack.workflow.reports import UnitToMend, Wanted, report, report_file, units_to_mend

router = APIRouter(route_class=GuardedRoute)
_PATH = "/reports"
_KINDS = (
    Option("self-check", "自查报告", "一个单位的，附印证材料清单。"),
    Option("notice", "通报", "各单位的情况和名次。"),
    Option("rectification", "整改清单", "逐项列出涉及的文件、整改要求和期限。"),
)
_CATEGORIES = ("", "A", "B")
_MOST_UNITS = 5
"""Units whose rectification list is shown as it will be printed; of more, the units are listed, each leading to its own."""
_Short = Annotated[str, Query(max_length=40)]
_Long = Annotated[str, Query(max_length=500)]
_Number = Annotated[int, Query(ge=0, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address asks for; nothing at all is the empty form."""

    kind: _Short = ""
    year: _Short = ""
    unit: _Long = ""
    deadline: _Short = ""
    addressee: Annotated[str, Query(alias="to", max_length=200)] = ""
    category: Annotated[str, Query(alias="class", max_length=2)] = ""
    scheme: Annotated[str, Query(max_length=100)] = ""
    all_units: Annotated[bool, Query()] = False

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        named = {
            "kind": self.kind, "year": self.year, "unit": self.unit, "deadline": self.deadline, "to": self.addressee,
            "class": self.category, "scheme": self.scheme, "all_units": "true" if self.all_units else "",
        }  # fmt: skip
        return urlencode({name: value for name, value in named.items() if value})


TheAsked = Annotated[_Asked, Depends()]


@router.get(_PATH, dependencies=[needs(Right.MEASURE)])
def get_reports_page(
    app: TheApp, desk: TheDesk, asked: TheAsked, *, table: _Number = 0, offset: _Number = 0
) -> Response:
    """Show the form, and the report as it will be printed; of its long tables one may be shown whole, from a row on."""
    page, address = _page(app, desk, asked), f"{_PATH}?{asked.query}"
    if not asked.kind:
        return show(page)
    return attempted(
        lambda: _made(app, asked),
        again=lambda trouble: replace(page, trouble=trouble),
        done=lambda made: show(
            replace(page, paper=_paper(made, asked, Opened(address, table, offset, own=app.access.home)))
            if isinstance(made, Report)
            else replace(page, mending=_mending(made, asked, offset, own=app.access.home))
        ),
    )


def _made(app: App, asked: _Asked) -> Report | tuple[UnitToMend, ...]:
    """Return the report, or the units of one that is too long for a page."""
    wanted = _wanted(app, asked)
    if wanted.kind is ReportKind.RECTIFICATION and wanted.unit is None:
        units = units_to_mend(app, wanted)
        if len(units) > _MOST_UNITS:
            return units
    return report(app, wanted)


def _paper(made: Report, asked: _Asked, opened: Opened) -> PaperView:
    return PaperView(
        title=made.title,
        landscape=made.landscape,
        numbers=sum(1 for _ in made.numbers()),
        blocks=block_views(made, opened),
        docx=f"{_PATH}/paper.docx?{asked.query}",
        html=f"{_PATH}/paper.html?{asked.query}",
    )


def _mending(units: tuple[UnitToMend, ...], asked: _Asked, begin: int, *, own: str | None) -> MendingView:
    def at(offset: int) -> str:
        return f"{_PATH}?{asked.query}&offset={offset}#preview"

    ordered = sorted(units, key=lambda one: (one.unit != own, -len(one.measures), -one.short, one.unit))
    end = begin + PART
    return MendingView(
        count=len(units),
        units=tuple(mending_unit(one, f"{_PATH}?{replace(asked, unit=one.unit).query}") for one in ordered[begin:end]),
        before=at(max(begin - PART, 0)) if begin else None,
        after=at(end) if end < len(units) else None,
        docx=f"{_PATH}/paper.docx?{asked.query}",
        html=f"{_PATH}/paper.html?{asked.query}",
    )


def _page(app: App, desk: DeskView, asked: _Asked) -> ReportsPage:
    known = choices(app)
    return ReportsPage(
        title="生成报告",
        desk=desk,
        trail=(OVERVIEW,),
        tools=tool_tabs(_PATH),
        kinds=_KINDS,
        years=known.years,
        units=known.units,
        schemes=tuple(Option(one.code, f"{one.name}{'【示例】' if one.sample else ''}") for one in app.rules.schemes),
        typed=TypedReport(
            kind=asked.kind or ReportKind.NOTICE.value,
            year=asked.year or str(next(iter(known.years), "")),
            unit=asked.unit,
            deadline=asked.deadline,
            addressee=asked.addressee,
            category=asked.category,
            scheme=asked.scheme,
            all_units=asked.all_units,
        ),
    )


@router.get(f"{_PATH}/paper.docx", dependencies=[needs(Right.EXPORT), needs(Right.MEASURE)])
def get_report_as_word(app: TheApp, asked: TheAsked) -> Response:
    """Return the report as docx."""
    made, data = report_file(app, _wanted(app, asked), ".docx")
    return saved(data, f"{made.title}.docx", kind=DOCX, plain="report.docx")


@router.get(f"{_PATH}/paper.html", dependencies=[needs(Right.EXPORT), needs(Right.MEASURE)])
def get_report_as_page(app: TheApp, asked: TheAsked) -> Response:
    """Return the report as one page of HTML to keep."""
    made, data = report_file(app, _wanted(app, asked), ".html")
    return saved(data, f"{made.title}.html", kind=HTML, plain="report.html")


def _wanted(app: App, asked: _Asked) -> Wanted:
    """Return what is asked for, or say in the words of the form what does not go together."""
    kind, deadline = _kind(asked), _day(asked.deadline)
    if not (asked.year.isascii() and asked.year.isdecimal() and len(asked.year) == len("2023")):
        raise UsageError("请选择年度。")
    if kind is ReportKind.SELF_CHECK and asked.scheme:
        raise UsageError("自查报告不评分：评分细则请选“不评分”。")
    if asked.scheme and asked.scheme not in {one.code for one in app.rules.schemes}:
        raise UsageError("没有这份细则：请从所列细则中选择。")
    if deadline is not None and deadline < app.today:
        raise UsageError(f"整改期限 {deadline} 已经过去：请核对日期。")
    if asked.category not in _CATEGORIES:
        raise UsageError("考核对象的类别应为 A 或 B。")
    return Wanted(
        kind=kind,
        year=int(asked.year),
        unit=asked.unit or None,
        category=asked.category or None,
        deadline=deadline,
        addressee=asked.addressee.strip() or None,
        scheme=asked.scheme or None,
        all_units=asked.all_units,
    )


def _kind(asked: _Asked) -> ReportKind:
    """Return the kind of report, which must go together with the unit and with what it lists."""
    kind = next((one for one in ReportKind if one.value == asked.kind), None)
    if kind is None:
        raise UsageError("请选择要生成哪一种报告。")
    if kind is ReportKind.SELF_CHECK and not asked.unit:
        raise UsageError("自查报告是一个单位的：请选择单位。")
    if kind is ReportKind.NOTICE and asked.unit:
        raise UsageError("通报说的是各单位：单位请选“全部单位”。一个单位的情况用自查报告或整改清单。")
    if asked.all_units and kind is not ReportKind.NOTICE:
        raise UsageError("“列出没有报送资料的单位”只用于通报：请去掉。")
    return kind


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError("整改期限看不懂：请写成 2026-06-01。") from error
