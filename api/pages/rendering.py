"""Contexts become pages: templates escape everything, and a name that the Context lacks is an error."""

from dataclasses import fields
from functools import cache
from http import HTTPStatus
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages.contexts import Page
from api.pages.telling import forget
from api.pages.wording import address, percent, shortened, source_words

TEMPLATES = Path(__file__).parent.parent / "templates"


@cache
def environment() -> Environment:
    """Return the template environment."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(percent=percent, address=address, shortened=shortened, source_words=source_words)
    return made


def show(page: Page, *, status: HTTPStatus = HTTPStatus.OK) -> HTMLResponse:
    """Render a page; what it tells of the last act is told once."""
    values = {field.name: getattr(page, field.name) for field in fields(page)}
    answer = HTMLResponse(environment().get_template(page.template).render(values), status)
    if page.desk.told is not None:
        forget(answer)
    return answer
