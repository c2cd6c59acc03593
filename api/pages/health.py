"""`/healthz`, `/readyz` and `/metrics`: for the machine that watches the service."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from api.dependencies import TheCaller, TheProgram
from api.metering import Meter, lines_of
from api.permissions import GuardedRoute, open_to_all
from api.sessions import acting_app
from attrtrack.domain.access import Right
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.readiness import readiness, standing

router = APIRouter(route_class=GuardedRoute)
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/healthz", dependencies=[open_to_all("只说进程活着，不含任何登记内容。")])
def get_health() -> Response:
    """Say that the process answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz", dependencies=[open_to_all("只说各部分能不能用；为什么不能用只告诉本机。")])
def get_readiness(program: TheProgram, asking: TheCaller) -> Response:
    """Say whether register, guards, model and disk can be used; what is the matter is told to this machine alone."""
    found = readiness(program)
    ready = all(item.trouble is None for item in found)
    parts = {
        item.part: "ok" if item.trouble is None else item.trouble if asking.is_local else "failed" for item in found
    }
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({"ready": ready, "parts": parts}, status)


@router.get("/metrics", dependencies=[open_to_all("只有本机，或持有“管理系统”权限令牌的，才得到答复。")])
def get_metrics(request: Request, program: TheProgram, asking: TheCaller) -> Response:
    """Return counters of all serving processes and numbers of the register, in Prometheus' text format."""
    if not asking.is_local:
        permitted(acting_app(request), Right.MANAGE_SYSTEM, subject="/metrics")
    meter = request.app.state.meter
    if not isinstance(meter, Meter):
        raise TypeError(meter)
    now = standing(program)
    numbers = [
        "# HELP attrtrack_documents Documents by state.",
        "# TYPE attrtrack_documents gauge",
        *(f'attrtrack_documents{{state="{state.value}"}} {count}' for state, count in sorted(now.documents.items())),
        "# HELP attrtrack_journal_entries_total Entries of the journal.",
        "# TYPE attrtrack_journal_entries_total counter",
        f"attrtrack_journal_entries_total {now.journal}",
    ]
    return PlainTextResponse("\n".join((*lines_of(meter.totals()), *numbers, "")), media_type=_PROMETHEUS)
