"""`GET /figures/…`: the rates by unit, year, quarter and genre, and the rows behind each number."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import HTMLResponse

from api.dependencies import Offset, TheApp
from api.pages.assessing_views import ChoosingView, DownloadView, FigurePage, GroupedPage, GroupView, RowView
from api.pages.contexts import Crumb, TabView
from api.pages.desk import TheDesk
from api.pages.grouping import Sorting, name_of, ordered, scope_of
from api.pages.rendering import show
from api.pages.slicing import TheSlice
from api.pages.views import MAIN, figure_view
from api.pages.wording import DIMENSIONS, EXCLUSIONS, READINGS, as_of, link, scope_words
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.measures import AnyMeasure, Reading
from attrtrack.errors import UnknownRecordError
from attrtrack.workflow.app import App
from attrtrack.workflow.assessing_views import (
    MeasuredRow,
    MeasuredRows,
    Part,
    Wanted,
    key_of,
    measured_rows,
    narrowings,
)
from attrtrack.workflow.figures import Grouped, Grouping, figures_by
from attrtrack.workflow.overview import Scope

router = APIRouter(route_class=GuardedRoute)
ROWS, GROUPS = 100, 60
_FIRST = "interpretation-rate-document"
_Name = Annotated[str, Path(max_length=60)]
_Word = Annotated[str | None, Query(max_length=60)]
_HEADINGS = {
    Part.NUMERATOR: ("分子", "已经达到的；也在分母之内。"),
    Part.DENOMINATOR: ("分母", "计入的全部，各注明是否达到。"),
    Part.SHORT: ("未达到", "在分母、不在分子：补上这些，比率就上升。"),
    Part.EXCLUDED: ("不计入", "不在分母；每一行写明按哪条规则没有计入。"),
}


@dataclass(frozen=True, slots=True)
class _View:
    """How a table by unit, year, quarter or genre is shown: one figure or all three rates, in which order, from which row."""

    figure: Annotated[str | None, Query(alias="show", max_length=60)] = None
    sort: Literal["name", "documents", "value", "lack"] = "name"
    order: Literal["up", "down"] = "up"
    offset: Offset = 0

    @property
    def sorting(self) -> Sorting:
        """The order of the rows."""
        return Sorting(self.sort, self.figure or _FIRST, descending=self.order == "down")

    @property
    def kept(self) -> dict[str, str]:
        """What the links of the page keep of it."""
        return {"sort": self.sort, "order": self.order, **({"show": self.figure} if self.figure else {})}


def _wanted(part: Part = Part.DENOMINATOR, rule: _Word = None, offset: Offset = 0) -> Wanted:
    return Wanted(part, (rule or None) if part is Part.EXCLUDED else None, ROWS, offset)


@router.get("/figures/by/{dimension}", dependencies=[needs(Right.MEASURE)])
def get_grouped_page(
    app: TheApp,
    scope: TheSlice,
    desk: TheDesk,
    *,
    dimension: Grouping,
    view: Annotated[_View, Depends()],
) -> HTMLResponse:
    """Show the rates of every unit, year, quarter or genre."""
    whole = replace(scope, **{dimension: None})
    named = _named(app, view.figure)
    found = figures_by(app, whole, dimension, only={item.code for item in named if _is_shown(item, view.figure)})
    known = narrowings(app, whole)
    measures, groups, offset = _shown(found, view.figure), ordered(found, view.sorting), view.offset
    path, kept = f"/figures/by/{dimension}", view.kept
    before, after = _leaves(path, scope, offset, kept=kept, rows=GROUPS, count=len(groups))
    page = GroupedPage(
        title=f"{DIMENSIONS[dimension]}看指标",
        desk=desk,
        choosing=ChoosingView(path, scope, *known, tuple(kept.items()), without=dimension),
        subject=scope_words(whole),
        as_of=as_of(app.today),
        named=DIMENSIONS[dimension][1:],
        dimensions=tuple(
            TabView(name, link(f"/figures/by/{code}", scope, **kept), None, here=code == dimension)
            for code, name in DIMENSIONS.items()
        ),
        shown=tuple(_tabs(named, path, scope, chosen=view.figure)),
        sorts=tuple(_sorts(path, scope, view.sorting, kept=kept)),
        heads=tuple(f"{item.name}（{READINGS[item.reading]}）" for item in measures),
        single=view.figure is not None,
        rows=tuple(_group(one, whole, dimension, shown=view.figure) for one in groups[offset : offset + GROUPS]),
        count=len(groups),
        before=before,
        after=after,
        downloads=_downloads(f"/lists/by/{dimension}", scope) if "export" in desk.may else (),
        trail=(Crumb("总览", link("/", scope)),),
    )
    return show(page)


@router.get("/figures/{code}/{reading}", dependencies=[needs(Right.MEASURE)])
def get_figure_page(
    app: TheApp,
    scope: TheSlice,
    desk: TheDesk,
    *,
    code: _Name,
    reading: _Name,
    asked: Annotated[Wanted, Depends(_wanted)],
) -> HTMLResponse:
    """Show one part of what is behind a figure: numerator, denominator, what is short of it, what was left out."""
    part, offset = asked.part, asked.offset
    found = measured_rows(app, scope, code, reading, wanted=asked)
    path = f"/figures/{code}/{reading}"
    kept = {"part": part.value, **({"rule": asked.rule} if asked.rule else {})}
    before, after = _leaves(path, scope, offset, kept=kept, rows=ROWS, count=found.count)
    page = FigurePage(
        title=found.measure.name,
        desk=desk,
        subject=scope_words(scope),
        as_of=as_of(app.today),
        view=figure_view(found.measure, scope),
        definition=found.definition,
        source=found.source,
        parts=tuple(_parts(found, path, scope)),
        rules=tuple(_rules(found, path, scope)),
        explanation=_HEADINGS[part][1],
        rows=tuple(_row_view(row) for row in found.rows),
        count=found.count,
        first=offset + 1,
        before=before,
        after=after,
        downloads=_downloads(f"/lists{path}", scope) if "export" in desk.may else (),
        trail=(Crumb("总览", link("/", scope)),),
    )
    return show(page)


def _leaves(
    path: str, scope: Scope, offset: int, *, kept: dict[str, str], rows: int, count: int
) -> tuple[str | None, str | None]:
    """Return the addresses of the rows before and after."""
    before = link(path, scope, **kept, offset=max(offset - rows, 0)) if offset else None
    return before, link(path, scope, **kept, offset=offset + rows) if offset + rows < count else None


def _downloads(path: str, scope: Scope) -> tuple[DownloadView, ...]:
    return tuple(DownloadView(f"下载 {kind}", link(f"{path}.{kind}", scope)) for kind in ("xlsx", "csv"))


def _parts(found: MeasuredRows, path: str, scope: Scope) -> Iterator[TabView]:
    numerator, denominator = len(found.measure.numerator), len(found.measure.denominator)
    counts = (numerator, denominator, denominator - numerator, len(found.measure.excluded))
    for part, count in zip(Part, counts, strict=True):
        here = found.wanted.part is part
        yield TabView(_HEADINGS[part][0], link(path, scope, part=part.value), count, here=here)


def _rules(found: MeasuredRows, path: str, scope: Scope) -> Iterator[TabView]:
    if found.wanted.part is Part.EXCLUDED:
        every = link(path, scope, part=Part.EXCLUDED.value)
        yield TabView("全部规则", every, len(found.measure.excluded), here=found.wanted.rule is None)
        for rule, count in found.measure.excluded_by:
            href = link(path, scope, part=Part.EXCLUDED.value, rule=rule)
            yield TabView(EXCLUSIONS.get(rule, rule), href, count, here=found.wanted.rule == rule)


def _row_view(row: MeasuredRow) -> RowView:
    href = f"/documents/{row.id}" if row.id.startswith("D") else f"/interpretations/{row.id}"
    told = EXCLUSIONS.get(row.rule, row.rule) if row.rule else ("达到" if row.reached else "未达到")
    return RowView(row, row.title or "（无标题）", told, href)


@dataclass(frozen=True, slots=True)
class _Named:
    """A measure of the dictionary in one reading."""

    code: str
    name: str
    reading: Reading
    key: str


def _named(app: App, chosen: str | None) -> list[_Named]:
    """Return what can be shown; `UnknownRecordError` when something else is asked for."""
    every = [
        _Named(row.code, row.name, Reading(reading), f"{row.code}-{reading}")
        for row in app.rules.measures
        for reading in row.readings
    ]
    if chosen is not None and chosen not in {item.key for item in every}:
        raise UnknownRecordError("没有这个指标：请从本页上方的指标中选择。")
    return every


def _is_shown(item: _Named, chosen: str | None) -> bool:
    return item.key == chosen if chosen else item.code in MAIN


def _shown(found: tuple[Grouped, ...], chosen: str | None) -> list[AnyMeasure]:
    """Return the measures of the columns: one that was chosen, or the three rates."""
    every = found[0].measures if found else ()
    return [item for item in every if chosen in {None, key_of(item)}]


def _group(one: Grouped, scope: Scope, dimension: Grouping, *, shown: str | None) -> GroupView:
    within = scope_of(one, scope, dimension)
    figures = tuple(figure_view(item, within, key=f"-{one.key}") for item in _shown((one,), shown))
    href = None if within is None else link("/", within)
    return GroupView(name_of(one, dimension), one.documents, href, figures)


def _tabs(named: list[_Named], path: str, scope: Scope, *, chosen: str | None) -> Iterator[TabView]:
    yield TabView("三项比率", link(path, scope), None, here=chosen is None)
    for item in named:
        several = sum(other.code == item.code for other in named) > 1
        name = f"{item.name}（{READINGS[item.reading]}）" if several else item.name
        yield TabView(name, link(path, scope, show=item.key), None, here=item.key == chosen)


def _sorts(path: str, scope: Scope, sorting: Sorting, *, kept: dict[str, str]) -> Iterator[TabView]:
    """Yield the orders; the one in use leads to its reverse."""
    words = {"name": "名称", "documents": "公文份数", "value": "现值", "lack": "还差"}
    if "show" not in kept:
        words["value"], words["lack"] = "政策解读率", "还差解读"
    for code, name in words.items():
        here = sorting.by == code
        turned = sorting.descending if here else code == "name"
        href = link(path, scope, **{**kept, "sort": code, "order": "up" if turned else "down"})
        ways = ("倒序", "正序") if code == "name" else ("从大到小", "从小到大")
        told = f"{name}（{ways[not sorting.descending]}）" if here else name
        yield TabView(told, href, None, here=here)
