"""The web application, assembled for `attrtrack serve` and for tests."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api import errors
from api.callers import Proxies
from api.metering import Meter, Metered, metrics_folder
from api.oidc import provider_of
from api.openapi import document_of
from api.pages import account, documentation, figures, health, lists, signing_in, signing_in_elsewhere
from api.pages import documents as document_pages
from api.pages import overview as overview_pages
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
)
from api.security import Security
from api.throttling import Throttle
from attrtrack.bootstrap import build_app
from attrtrack.config import load_settings
from attrtrack.workflow.app import App
from attrtrack.workflow.readiness import readiness

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
)
PAGES = (
    health,
    documentation,
    overview_pages,
    figures,
    document_pages,
    lists,
    signing_in,
    signing_in_elsewhere,
    account,
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
    for module in ROUTES:
        web.include_router(module.router, prefix="/api/v1")
    for page in PAGES:
        web.include_router(page.router, include_in_schema=False)
    web.mount("/static", StaticFiles(directory=STATIC), name="static")
    web.state.meter = Meter([door.path for door in doors(web)], metrics_folder())
    web.openapi = lambda: document_of(web)  # type: ignore[method-assign]
    errors.install(web)
    web.add_middleware(Security, hosts=settings.hosts.split(","), proxies=Proxies(settings.proxies))
    web.add_middleware(Metered, meter=web.state.meter)
    return web


def serving_app() -> FastAPI:
    """Assemble the porch in a process that serves: register and model are opened before the first request, not by it."""
    app = build_app()
    readiness(app)
    return create_app(app)
