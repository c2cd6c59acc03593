"""The web application, assembled for `attrtrack serve` and for tests."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api import errors
from api.pages import documents as document_pages
from api.pages import figures as figure_pages
from api.pages import lists as list_pages
from api.pages import overview as overview_pages
from api.routes import coverage, documents, overview
from api.security import Security
from attrtrack.bootstrap import build_app
from attrtrack.config import load_settings
from attrtrack.workflow.app import App

STATIC = Path(__file__).parent / "static"


def create_app(app: App | None = None) -> FastAPI:
    """Assemble the porch over `app`, or over one built from the settings.

    `ATTRTRACK_HOSTS` (comma separated) names hosts beyond this machine under which the pages may be opened.
    """
    web = FastAPI(title="attrtrack", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    web.state.attrtrack = app if app is not None else build_app()
    for module in (overview, coverage, documents):
        web.include_router(module.router, prefix="/api/v1")
    for page in (overview_pages, figure_pages, document_pages, list_pages):
        web.include_router(page.router, include_in_schema=False)
    web.mount("/static", StaticFiles(directory=STATIC), name="static")
    errors.install(web)
    web.add_middleware(Security, hosts=load_settings().hosts.split(","))
    return web
