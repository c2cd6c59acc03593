"""What the page of exports is made of."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Option, Page, TroubleView
from api.pages.importing_views import ExportView, JobView


@dataclass(frozen=True, slots=True)
class ExportRow:
    """An export of one's own: its job and its file."""

    job: JobView
    file: ExportView


@dataclass(frozen=True, kw_only=True)
class ExportsPage(Page):
    """The form that asks for a year's list, and one's own exports; `asked` says how large the chosen one would be."""

    template: ClassVar[str] = "exports.html"
    years: tuple[Option, ...]
    units: tuple[Option, ...]
    year: str
    unit: str
    asked: str | None
    limit: str
    rows: tuple[ExportRow, ...]
    trouble: TroubleView | None = None
