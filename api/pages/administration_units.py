"""`GET /administration/units`: the units as a tree, a new one, and one unit that is moved or closed."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import Offset, TheApp
from api.pages.administration import LONGEST, LOOKS, typed_unit
from api.pages.administration_views import ConfirmPage, UnitPage, UnitsPage
from api.pages.administration_words import UNITS, places, unit_href, unit_view
from api.pages.contexts import Crumb, DeskView, TroubleView
from api.pages.desk import TheDesk
from api.pages.forms import Typed, attempted, ensure_short, own_form, seen
from api.pages.rendering import show
from api.pages.telling import done
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.workflow.accounts import add_unit, close_unit, move_unit
from attrtrack.workflow.administering import UnitRow, UnitSheet, has_top_unit, unit_names, unit_part, unit_sheet
from attrtrack.workflow.app import App

router = APIRouter(route_class=GuardedRoute)
ROWS = 100
_TRAIL = (Crumb("单位", UNITS),)
_Name = Annotated[str, Query(max_length=500)]


@router.get(UNITS, dependencies=[LOOKS])
def get_units_page(app: TheApp, desk: TheDesk, q: _Name = "", offset: Offset = 0) -> HTMLResponse:
    """Show some of the tree."""
    return show(_units_page(app, desk, q, offset=offset))


@router.post(UNITS, dependencies=[LOOKS, own_form()])
def post_unit(
    request: Request, app: TheApp, desk: TheDesk, *, name: Typed = "", parent: Typed = "", top: Typed = ""
) -> Response:
    """Add a unit."""
    return attempted(
        lambda: add_unit(
            app,
            ensure_short(name, LONGEST, name="单位名称"),
            typed_unit(app, parent),
            top=top == "on",
        ),
        again=lambda trouble: _units_page(app, desk, "", name=name, parent=parent, trouble=trouble),
        done=lambda made: done(request, UNITS, f"已增加单位：{made.name}。"),
    )


@router.get(f"{UNITS}/one", dependencies=[LOOKS])
def get_unit_page(app: TheApp, desk: TheDesk, name: _Name) -> HTMLResponse:
    """Show one unit."""
    return show(_unit_page(app, desk, name))


@router.post(f"{UNITS}/one", dependencies=[needs(Right.MANAGE_ROLES), own_form()])
def post_move(
    request: Request, app: TheApp, desk: TheDesk, *, name: _Name, parent: Typed = "", version: Typed = ""
) -> Response:
    """Put a unit below another, which changes who sees its documents."""
    return attempted(
        lambda: move_unit(
            seen(app, unit_sheet(app, name).subject, version),
            name,
            typed_unit(app, parent),
        ),
        again=lambda trouble: _unit_page(app, desk, name, parent=parent, trouble=trouble),
        done=lambda made: done(
            request, unit_href(made.name), f"上级单位已改为{made.parent}。" if made.parent else "已没有上级单位。"
        ),
    )


@router.get(f"{UNITS}/closing", dependencies=[LOOKS])
def get_closing_page(app: TheApp, desk: TheDesk, name: _Name) -> HTMLResponse:
    """Ask once more."""
    return show(_closing_page(unit_sheet(app, name), desk))


@router.post(f"{UNITS}/closing", dependencies=[LOOKS, own_form()])
def post_closing(request: Request, app: TheApp, desk: TheDesk, *, name: _Name, version: Typed = "") -> Response:
    """Close a unit for ever."""
    return attempted(
        lambda: close_unit(seen(app, unit_sheet(app, name).subject, version), name),
        again=lambda trouble: _closing_page(unit_sheet(app, name), desk, trouble),
        done=lambda made: done(request, UNITS, f"已撤销单位：{made.name}。"),
    )


def _units_page(
    app: App,
    desk: DeskView,
    text: str,
    *,
    offset: int = 0,
    name: str = "",
    parent: str = "",
    trouble: TroubleView | None = None,
) -> UnitsPage:
    rows, total = unit_part(app, text.strip(), offset=offset, limit=ROWS)
    return UnitsPage(
        title="单位",
        desk=desk,
        places=places(desk, UNITS),
        text=text.strip(),
        rows=tuple(map(unit_view, rows)),
        total=total,
        before=_link(text, max(0, offset - ROWS)) if offset else None,
        after=_link(text, offset + ROWS) if offset + ROWS < total else None,
        name=name,
        parent=parent,
        has_top=has_top_unit(app),
        units=unit_names(app),
        trouble=trouble,
    )


def _unit_page(
    app: App, desk: DeskView, name: str, *, parent: str | None = None, trouble: TroubleView | None = None
) -> UnitPage:
    sheet = unit_sheet(app, name)
    return UnitPage(
        title=sheet.unit.name,
        desk=desk,
        trail=_TRAIL,
        view=unit_view(UnitRow(sheet.unit, 0, sheet.accounts)),
        parent=parent if parent is not None else sheet.unit.parent or "",
        version=str(sheet.version),
        units=unit_names(app),
        close=f"{UNITS}/closing?{urlencode({'name': name})}",
        trouble=trouble,
    )


def _closing_page(sheet: UnitSheet, desk: DeskView, trouble: TroubleView | None = None) -> ConfirmPage:
    name = sheet.unit.name
    return ConfirmPage(
        title="撤销单位",
        desk=desk,
        trail=(*_TRAIL, Crumb(name, unit_href(name))),
        question=f"撤销单位“{name}”？",
        consequences=(
            "撤销以后不能恢复，也不能再建同名的单位。",
            "它的公文照旧保留，由上级单位查看。",
            "还有下级单位或在用账号的，不能撤销：请先调整。",
        ),
        action=f"{UNITS}/closing?{urlencode({'name': name})}",
        hidden={"version": str(sheet.version)},
        button="撤销单位",
        back=unit_href(name),
        trouble=trouble,
    )


def _link(text: str, offset: int) -> str:
    kept = {name: value for name, value in (("q", text.strip()), ("offset", str(offset))) if value not in {"", "0"}}
    return f"{UNITS}?{urlencode(kept)}" if kept else UNITS
