"""What stands around every page: who acts, where one may go, what the last act has done."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.dependencies import TheApp
from api.pages.contexts import DeskView, PlaceView
from api.pages.people import the_person
from api.pages.telling import heard
from api.sessions import form_token
from attrtrack.domain.access import Right
from attrtrack.workflow.app import App
from attrtrack.workflow.overview import standing_notice, versions


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the head of every page leads to, for whoever has one of the rights; `of` are the addresses below it."""

    name: str
    href: str
    rights: frozenset[Right]
    of: tuple[str, ...] = ()


PLACES = (
    Place("我的公文", "/drafts", frozenset({Right.RECORD})),
    Place("办理", "/queue", frozenset({Right.REVIEW, Right.SIGN}), ("/audit",)),
    Place("解读", "/interpretations", frozenset({Right.READ}), ("/needs",)),
    Place(
        "总览",
        "/",
        frozenset({Right.MEASURE}),
        ("/figures", "/missing", "/flags", "/scores", "/reports", "/checks", "/exports"),
    ),
    Place("任务", "/jobs", frozenset({Right.IMPORT, Right.RUN_JOBS}), ("/imports",)),
    Place("规则", "/rules", frozenset(Right)),
    Place("账号", "/administration", frozenset({Right.MANAGE_ACCOUNTS, Right.MANAGE_ROLES})),
    Place("日志", "/journal", frozenset({Right.READ_JOURNAL})),
)
"""In the order of the day: draft, handle, interpret, count, look after the system."""
_READING = (Right.READ, Right.MEASURE, Right.EXPORT)


def the_desk(request: Request, app: TheApp) -> DeskView:
    """Return the surroundings of a page for the person acting."""
    return desk_of(request, app)


def desk_of(request: Request, app: App) -> DeskView:
    """Return the surroundings of a page for a program with somebody acting."""
    reads = any(app.access.may(right) for right in _READING)
    return DeskView(
        person=the_person(request, app),
        places=places(request.url.path, app),
        told=heard(request),
        form_token=form_token(request),
        may=frozenset(right.value for right in Right if app.access.may(right)),
        notice=standing_notice(app) if reads else None,
        versions=versions(app) if reads else None,
    )


def places(path: str, app: App) -> tuple[PlaceView, ...]:
    """Return where one may go, with the place marked in which one is."""
    return tuple(
        PlaceView(place.name, place.href, here=_is_in(path, place))
        for place in PLACES
        if any(app.access.may(right) for right in place.rights)
    )


def _is_in(path: str, place: Place) -> bool:
    return path == place.href or any(path == below or path.startswith(f"{below}/") for below in (place.href, *place.of))


TheDesk = Annotated[DeskView, Depends(the_desk)]
