"""`GET` and `POST /checks/report` and `/checks/scores`: a published report or table of scores is checked, and nothing of it kept."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import TheApp
from api.pages.assessing_tools import OVERVIEW, tool_tabs
from api.pages.checks_views import (
    CheckedTable,
    CheckReportPage,
    CheckScoresPage,
    ContradictionView,
    ExaminedView,
    PlaceQuoted,
    RankFaultView,
    RowFault,
)
from api.pages.contexts import DeskView
from api.pages.desk import TheDesk
from api.pages.forms import attempted
from api.pages.quoting import MarkedText, marked_text
from api.pages.rendering import show
from api.pages.wording import shortened
from api.permissions import GuardedRoute, needs, takes
from api.sessions import ensure_form
from api.uploads import MAX_FILE, MAX_FORM, MAX_LETTER, SentLetter, TheLetter
from attrtrack.domain.access import Right
from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction, Examination
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.score_checks import CapFault, RankFault, ScoreCheck, TableCheck, TotalFault
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.examining import ExaminedReport
from attrtrack.workflow.receiving import received_report, received_scores

router = APIRouter(route_class=GuardedRoute)
_REPORT, _SCORES = "/checks/report", "/checks/scores"
_PASTED = "粘贴的文字.txt"
_CERTAIN = {Certainty.SURE: "确定", Certainty.PROBABLE: "很可能", Certainty.POSSIBLE: "可能"}
_MOST_PLACES, _MOST_OTHERS, _MOST_ALIKE = 300, 4, 3
_SENTENCE_ENDS = "。！？；\n"
_AROUND = 60
_ALWAYS = "只核对写在文中的数字和所列的规则：数字本身是否属实、没有给出基数的百分比、图片里的内容，都没有核对。"


@router.get(_REPORT, dependencies=[needs(Right.READ)])
def get_report_check(desk: TheDesk) -> HTMLResponse:
    """Show the form that takes a report."""
    return show(_report_page(desk))


@router.post(_REPORT, dependencies=[needs(Right.READ), takes(MAX_LETTER)])
def post_report_check(request: Request, app: TheApp, desk: TheDesk, letter: TheLetter) -> Response:
    """Check a report, a file or a pasted text, and show where it contradicts itself."""
    ensure_form(request, letter.fields.get("form_token", ""))
    typed = letter.fields.get("text", "").replace("\r\n", "\n")
    page = replace(_report_page(desk), typed="" if letter.data is not None else typed)
    return attempted(
        lambda: _examined(app, letter, typed),
        again=lambda trouble: replace(page, trouble=trouble),
        done=lambda examined: show(replace(page, examined=examined)),
    )


def _report_page(desk: DeskView) -> CheckReportPage:
    return CheckReportPage(title="核对报告", desk=desk, trail=(OVERVIEW,), tools=tool_tabs(_REPORT), largest=MAX_FILE)


def _examined(app: App, letter: SentLetter, typed: str) -> ExaminedView:
    upload = letter.upload
    if upload is None and not typed.strip():
        raise UsageError("还没有选择文件，也没有粘贴文字：请任选一种。")
    name, data = (upload.name, upload.data) if upload else (_PASTED, typed.encode("utf-8", "replace"))
    return _examined_view(name if upload else "粘贴的文字", received_report(app, name, data))


def _examined_view(name: str, examined: ExaminedReport) -> ExaminedView:
    first = examined.found.first_look
    every = [item for found in examined.found.told for item in found.evidence]
    text = marked_text(examined.document, (), every, most=_MOST_PLACES)
    return ExaminedView(
        name=name,
        title=examined.document.title,
        found=tuple(_contradiction(found, text) for found in examined.found.contradictions),
        first_look=_contradiction(first, text) if first else None,
        unchecked=tuple(_unchecked(examined.found)),
        text=text,
    )


def _contradiction(found: Contradiction, text: MarkedText | None) -> ContradictionView:
    return ContradictionView(
        sure=found.certainty is Certainty.SURE,
        certainty=_CERTAIN[found.certainty],
        message=found.message,
        places=tuple(_place(item, text) for item in _apart(found.evidence)),
    )


def _apart(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the places of a finding that do not lie within another of them."""
    spans = [item.span for item in evidence if item.span]
    return [item for item in evidence if not any(_is_within(item.span, span) for span in spans)][: 1 + _MOST_OTHERS]


def _is_within(one: Span | None, other: Span) -> bool:
    return one is not None and one != other and other.start <= one.start and one.end <= other.end


def _place(item: Evidence, text: MarkedText | None) -> PlaceQuoted:
    """Quote a place within its sentence, personal data blotted out as in the text."""
    span = item.span
    if span is None or text is None or span.start not in text.anchors:
        return PlaceQuoted("", shortened(item.quote), "", None)
    whole = text.blotted
    begin = max((whole.rfind(sign, 0, span.start) + 1 for sign in _SENTENCE_ENDS), default=0)
    ends = [end + 1 for sign in _SENTENCE_ENDS if (end := whole.find(sign, span.end)) >= 0]
    before, after = whole[begin : span.start], whole[span.end : min(ends, default=len(whole))]
    before = f"…{before[-_AROUND:]}" if len(before) > _AROUND else before
    after = f"{after[:_AROUND]}…" if len(after) > _AROUND else after
    return PlaceQuoted(before.lstrip(), shortened(span.of(whole)), after.rstrip(), span.start)


def _unchecked(found: Examination) -> Iterator[str]:
    """Say what was not checked, a few of each kind and how many more."""
    for code, count in Counter(item.code for item in found.unchecked).items():
        yield from [item.message for item in found.unchecked if item.code == code][:_MOST_ALIKE]
        if count > _MOST_ALIKE:
            yield f"另有 {count - _MOST_ALIKE} 处同样的情况。"
    yield _ALWAYS


@router.get(_SCORES, dependencies=[needs(Right.MEASURE)])
def get_scores_check(desk: TheDesk) -> HTMLResponse:
    """Show the form that takes a table of scores."""
    return show(_scores_page(desk))


@router.post(_SCORES, dependencies=[needs(Right.MEASURE), takes(MAX_FORM)])
def post_scores_check(request: Request, app: TheApp, desk: TheDesk, letter: TheLetter) -> Response:
    """Compute a table of scores anew and show each row that does not fit."""
    ensure_form(request, letter.fields.get("form_token", ""))
    page = _scores_page(desk)

    def act() -> tuple[str, ScoreCheck]:
        upload = letter.upload
        if upload is None:
            raise UsageError("还没有选择文件：请选一份成绩表。")
        return upload.name, received_scores(app, upload.name, upload.data)

    return attempted(
        act,
        again=lambda trouble: replace(page, trouble=trouble),
        done=lambda made: show(_checked(page, *made)),
    )


def _scores_page(desk: DeskView) -> CheckScoresPage:
    return CheckScoresPage(title="复核成绩表", desk=desk, trail=(OVERVIEW,), tools=tool_tabs(_SCORES), largest=MAX_FILE)


def _checked(page: CheckScoresPage, name: str, checked: ScoreCheck) -> CheckScoresPage:
    tables = tuple(_table(table) for table in checked.tables)
    count = sum(len(table.faults) + len(table.rank_faults) for table in tables)
    return replace(page, name=name, tables=tables, count=count)


def _table(table: TableCheck) -> CheckedTable:
    return CheckedTable(
        name=table.name or "成绩表",
        units=table.units,
        sums=_sums(table),
        caps=_counted(table.caps_exceeded, "没有超过满分的", "处超过表头写明的满分"),
        ranks="表里没有名次，无从复核"
        if table.rank_method is None
        else f"{_counted(table.rank_findings, '全部相符', '处不符')}；排法：{table.rank_method.chinese}",
        faults=tuple(_faults(table)),
        rank_faults=tuple(map(_rank_fault, table.rank_findings)),
        unchecked=(*(cell.message for cell in table.unread), *table.notes),
    )


def _sums(table: TableCheck) -> str:
    if table.totals_wrong is None:
        return "看不出总分怎样加成，无从复核"
    formula = f"；加法：{table.formula}" if table.formula else ""
    return f"{_counted(table.totals_wrong, '全部相符', '个单位不符')}{formula}"


def _counted(found: tuple[object, ...] | None, none: str, some: str) -> str:
    if found is None:
        return "表头没有写明满分，无从复核"
    return f"{len(found)} {some}" if found else none


def _faults(table: TableCheck) -> Iterator[RowFault]:
    """Yield the rows at fault by total or full mark, in the order of the table."""
    totals = [
        RowFault(one.row, one.unit, _bare(one), _figure(one.published), _figure(one.recomputed))
        for one in table.totals_wrong or ()
    ]
    caps = [
        RowFault(one.row, one.unit, _bare(one), _figure(one.value), f"不超过 {_figure(one.full_mark)}")
        for one in table.caps_exceeded or ()
    ]
    yield from sorted([*totals, *caps], key=lambda one: one.row)


def _bare(fault: TotalFault | CapFault) -> str:
    """Return what is wrong without row and unit, which stand beside it."""
    return fault.message.removeprefix(f"第{fault.row}行 {fault.unit}：")


def _rank_fault(fault: RankFault) -> RankFaultView:
    follows = ((one.unit, _figure(one.published), _figure(one.expected)) for one in fault.follows)
    return RankFaultView(fault.message, tuple(follows))


def _figure(value: Decimal | None) -> str:
    return "不是数" if value is None else f"{value:f}"
