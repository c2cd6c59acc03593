"""How the router of a resource is made: guarded, strict about parameters, gathered under its Chinese name."""

from fastapi import APIRouter, Depends

from api.parameters import known_only
from api.permissions import GuardedRoute


def resource(name: str) -> APIRouter:
    """Return the router of a resource; `name` is its heading in the documentation."""
    return APIRouter(route_class=GuardedRoute, tags=[name], dependencies=[Depends(known_only)])
