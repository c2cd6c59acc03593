"""Parameters that a route does not know, or that come twice, are refused instead of passed over."""

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import ParamTypes
from fastapi.routing import APIRoute

from attrtrack.errors import UsageError


def known_only(request: Request) -> None:
    """Refuse a query parameter that the route does not have, and one written twice."""
    names = [name for name, _ in request.query_params.multi_items()]
    if not names:
        return
    route = request.scope.get("route")
    known = _known(route) if isinstance(route, APIRoute) else set()
    strange = sorted({name for name in names if name not in known})
    if strange:
        shown = "、".join(name[:40] for name in strange[:5])
        raise UsageError(f"没有参数 {shown}：请对照接口说明检查拼写。")
    if len(set(names)) != len(names):
        raise UsageError("有参数写了两次：每个参数只写一次。")


def _known(route: APIRoute) -> set[str]:
    return {field.alias for field in get_flat_params(route.dependant) if field.field_info.in_ is ParamTypes.query}  # type: ignore[attr-defined]
