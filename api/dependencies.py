"""What routes are given: the program with the person acting, and the year and unit that a request speaks of."""

from typing import Annotated

from fastapi import Depends, Query, Request

from api.callers import Caller
from api.sessions import caller, program
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.overview import Scope, choices

_FIRST, _LAST = 1949, 2100
YearText = Annotated[
    str | None,
    Query(alias="year", max_length=4, pattern="^([0-9]{4})?$", description="年度；不写为最近一年，空为全部年度"),
]
UnitText = Annotated[
    str | None, Query(alias="unit", max_length=500, description="单位；不写为本机设置的单位，空为全部单位")
]


def the_app(request: Request) -> App:
    """Return the program as the guard has found who acts; on a route that is open to all nobody does, and it fails."""
    app = getattr(request.state, "acting", None)
    if not isinstance(app, App):
        raise TypeError(f"{request.url.path}: nobody acts here; the route lacks needs(…) or signed_in()")
    return app


TheApp = Annotated[App, Depends(the_app)]
TheProgram = Annotated[App, Depends(program)]
"""The program with nobody acting, for routes open to all: health, sign-in."""
TheCaller = Annotated[Caller, Depends(caller)]


def the_scope(app: TheApp, year: YearText = None, unit: UnitText = None) -> Scope:
    """Return the year and unit asked for; left out, the newest year and the unit of the settings; empty means all."""
    known = choices(app) if year is None or unit is None else None
    chosen_unit = unit or None
    if unit is None and known is not None and app.unit in known.units:
        chosen_unit = app.unit
    if year is None:
        return Scope(next(iter(known.years), None) if known else None, chosen_unit)
    return Scope(_year(year), chosen_unit)


def _year(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and _FIRST <= int(text) <= _LAST):
        raise UsageError(f"年度应是 {_FIRST}—{_LAST} 之间的四位数字，例如 year=2023。")
    return int(text)


TheScope = Annotated[Scope, Depends(the_scope)]
Limit = Annotated[int, Query(ge=1, le=500, description="最多几行")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="从第几行起（0 为第一行）")]
