"""Who may come through which door: each route declares the rights it needs, or says why it is open to all.

Decisions: a route without a rule cannot be assembled, so nobody can forget one; the rule is asked before a byte of the
body is read; a rule on a router that does not ask it answers nothing at all.
"""

from collections.abc import Callable, Coroutine, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.params import Depends as Dependency
from fastapi.responses import Response
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.routing import BaseRoute, Mount, Route

from api.guarding import guarded
from attrtrack.domain.access import Right

MAX_BODY = 128 * 1024
"""Bytes a body may have where a route does not say otherwise with `takes`: ten thousand characters come back as they were typed."""

_bearer = HTTPBearer(auto_error=False, description="API 令牌（attrtrack token add）；网页用登录后的会话 Cookie。")
_Documented = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


@dataclass(frozen=True, slots=True)
class Needs:
    """The rights a route needs: of each group one; no group at all: it is enough to be signed in."""

    groups: tuple[tuple[Right, ...], ...]

    def __call__(self, request: Request, documented: _Documented) -> None:
        """Make sure that the route's guard was asked; `documented` puts the bearer token into the API documentation."""
        del documented
        _ensure_asked(request)


@dataclass(frozen=True, slots=True)
class OpenToAll:
    """A route that anybody may ask, and why."""

    why: str

    def __call__(self, request: Request) -> None:
        """Make sure that the route's guard was asked."""
        _ensure_asked(request)


@dataclass(frozen=True, slots=True)
class Takes:
    """How many bytes a route's body may have."""

    size: int

    def __call__(self) -> None:
        """Nothing to do: the guard counts while it reads."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What stands at a route's door: groups of rights, one of each is needed (None: open to all), and the size of a body."""

    groups: tuple[tuple[Right, ...], ...] | None
    max_body: int

    def lets(self, rights: AbstractSet[Right]) -> bool:
        """Whether these rights open the door."""
        return self.groups is None or all(rights & set(group) for group in self.groups)


def needs(*rights: Right) -> Any:  # noqa: ANN401 - what FastAPI takes as a dependency has no better name
    """Declare the rights of a route, all needed: `@router.get("/x", dependencies=[needs(Right.READ)])` on a `GuardedRoute` router."""
    return Depends(Needs(tuple((right,) for right in rights)))


def needs_one_of(*rights: Right) -> Any:  # noqa: ANN401 - the same
    """Declare rights of which one is enough."""
    return Depends(Needs((rights,)))


def signed_in() -> Any:  # noqa: ANN401 - the same
    """Declare that a route is for whoever has signed in, whatever the rights."""
    return Depends(Needs(()))


def open_to_all(why: str) -> Any:  # noqa: ANN401 - the same
    """Declare that a route is for everybody, also for those who have not signed in, and why."""
    return Depends(OpenToAll(why))


def takes(size: int) -> Any:  # noqa: ANN401 - the same
    """Declare how many bytes a body of this route may have; without it `MAX_BODY`."""
    return Depends(Takes(size))


class GuardedRoute(APIRoute):
    """A route that asks its rule first: `APIRouter(route_class=GuardedRoute)`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Put the guard before the route's own handler."""
        rule = rule_of(self.dependencies)
        if rule is None:
            raise TypeError(f"{self.path} declares no rule: needs(…), signed_in() or open_to_all(…)")
        return guarded(super().get_route_handler(), rule.groups, max_body=rule.max_body)


def rule_of(dependencies: Sequence[Dependency]) -> Rule | None:
    """Return the rule that a route's dependencies declare, None where they declare none."""
    declared = [item.dependency for item in dependencies]
    rules = [item for item in declared if isinstance(item, Needs | OpenToAll)]
    if not rules:
        return None
    closed = [item.groups for item in rules if isinstance(item, Needs)]
    groups = tuple(group for several in closed for group in several) if closed else None
    return Rule(groups, max((item.size for item in declared if isinstance(item, Takes)), default=MAX_BODY))


@dataclass(frozen=True, slots=True)
class Door:
    """A route as it stands in the assembled application."""

    method: str
    path: str
    rule: Rule


def doors(web: FastAPI) -> Iterator[Door]:
    """Yield every guarded route; raise `TypeError` on a route that no guard watches, except documents open to all."""
    for context in iter_route_contexts(web.routes):
        route = context.original_route
        if isinstance(route, GuardedRoute):
            rule = rule_of(route.dependencies)
            if rule is None:
                raise TypeError(context.path)
            yield from (Door(method, str(context.path), rule) for method in sorted(context.methods or ()))
        elif not _is_document(route, web):
            raise TypeError(f"{route} is not a GuardedRoute")


def _is_document(route: BaseRoute, web: FastAPI) -> bool:
    """Whether a route gives only what the program ships: its style sheet and its OpenAPI document."""
    if isinstance(route, Mount):
        return route.path == "/static"
    return isinstance(route, Route) and route.path == web.openapi_url


def _ensure_asked(request: Request) -> None:
    if not getattr(request.state, "guarded", False):
        raise TypeError(f"{request.url.path}: the router lacks route_class=GuardedRoute")
