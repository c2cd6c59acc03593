"""The web application, assembled for `attrtrack serve` and for tests."""

import gc
import threading
from collections import deque
from functools import cache
from itertools import chain
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.routing import BaseRoute

from api import errors
from api.callers import Proxies
from api.metering import Meter, Metered, metrics_folder
from api.oidc import provider_of
from api.openapi import document_of
from api.pages import (
    account,
    account_tokens,
    administration,
    administration_access,
    administration_acts,
    administration_system,
    administration_units,
    auditing,
    checks,
    documentation,
    drafting,
    drafting_acts,
    figures,
    first_run,
    flags,
    health,
    importing,
    interpretations_acts,
    interpretations_new,
    journal_proving,
    lists,
    missing,
    model_page,
    papers,
    public_versions,
    queue,
    queue_acts,
    queue_document,
    reports,
    scores,
    signing_in,
    signing_in_elsewhere,
)
from api.pages import documents as document_pages
from api.pages import exports as export_pages
from api.pages import interpretations as interpretation_pages
from api.pages import jobs as job_pages
from api.pages import journal as journal_pages
from api.pages import needs as need_pages
from api.pages import overview as overview_pages
from api.pages import rules as rule_pages
from api.pages import searching as search_pages
from api.permissions import doors
from api.routes import (
    decisions,
    declarations,
    documents,
    exports,
    gate,
    interpretations,
    jobs,
    journal,
    links,
    measures,
    needs,
    overview,
    proposals,
    publications,
    reexaminations,
    reviews,
    searching,
)
from api.security import Security
from api.throttling import Throttle
from attrtrack.bootstrap import build_app
from attrtrack.config import load_settings
from attrtrack.workflow.app import App
from attrtrack.workflow.indexing import index_settled
from attrtrack.workflow.readiness import readiness
from attrtrack.workflow.standing import settled

STATIC = Path(__file__).parent / "static"
ROUTES = (
    gate,
    overview,
    documents,
    proposals,
    declarations,
    reviews,
    decisions,
    publications,
    reexaminations,
    interpretations,
    links,
    needs,
    measures,
    exports,
    jobs,
    journal,
    searching,
)
PAGES = (
    health,
    documentation,
    overview_pages,
    figures,
    missing,
    flags,
    scores,
    reports,
    checks,
    document_pages,
    drafting,
    drafting_acts,
    papers,
    public_versions,
    queue,
    queue_document,
    queue_acts,
    auditing,
    lists,
    export_pages,
    interpretations_new,
    importing,
    interpretation_pages,
    interpretations_acts,
    need_pages,
    job_pages,
    search_pages,
    signing_in,
    signing_in_elsewhere,
    first_run,
    account,
    account_tokens,
    administration,
    administration_access,
    administration_acts,
    administration_units,
    administration_system,
    rule_pages,
    model_page,
    journal_pages,
    journal_proving,
)


def create_app(app: App | None = None) -> FastAPI:
    """Assemble the porch over `app`, or over one built from the settings; a route without a guard is a `TypeError`.

    `ATTRTRACK_HOSTS` (comma separated) names hosts beyond this machine under which the pages may be opened,
    `ATTRTRACK_PROXIES` the proxies whose word about address and scheme is believed.
    """
    settings = load_settings()
    web = FastAPI(title="attrtrack", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    web.state.attrtrack = app if app is not None else build_app()
    web.state.throttle = Throttle()
    web.state.provider = provider_of(settings)
    web.router.routes.extend(_routes())
    web.mount("/static", StaticFiles(directory=STATIC), name="static")
    web.state.meter = Meter([door.path for door in doors(web)], metrics_folder())
    web.openapi = lambda: document_of(web)  # type: ignore[method-assign]
    errors.install(web)
    web.add_middleware(Security, hosts=settings.hosts.split(","), proxies=Proxies(settings.proxies))
    web.add_middleware(Metered, meter=web.state.meter)
    return web


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """Return the routes of API and pages, put together once a process: they know no program, and cost half a second."""
    whole = APIRouter()
    for module in ROUTES:
        whole.include_router(module.router, prefix="/api/v1")
    for page in PAGES:
        whole.include_router(page.router, include_in_schema=False)
    return tuple(whole.routes)


def serving_app() -> FastAPI:
    """Assemble the porch in a process that serves: register and model are opened before the first request, not by it.

    What is loaded stays as long as the process, so the collector need not walk it again: that held up requests by 150 ms.
    """
    app = build_app()
    readiness(app)
    threading.Thread(
        target=lambda: deque(chain(settled(app), index_settled(app)), 0), name="settling", daemon=True
    ).start()
    web = create_app(app)
    gc.collect()
    gc.freeze()
    return web
