"""The catalogues of a year (主动公开、依申请公开、不予公开目录), over the rows of the year's list."""

from collections.abc import Callable
from pathlib import Path

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.errors import EmptyListError, UsageError
from attrtrack.recording.summaries import summary_sentence
from attrtrack.reporting.catalogues import Catalogue, CatalogueRow, catalogue_page, catalogue_row, catalogue_workbook
from attrtrack.workflow.app import App
from attrtrack.workflow.listing import ensure_file, write_whole
from attrtrack.workflow.permitting import permitted

_WRITERS: dict[str, Callable[[Catalogue], bytes]] = {
    ".xlsx": catalogue_workbook,
    ".html": catalogue_page,
    ".htm": catalogue_page,
}


def catalogue(app: App, attribute: DisclosureAttribute, year: int, *, unit: str | None = None) -> Catalogue:
    """Return the issued documents of a year that have an attribute; `EmptyListError` where there is none."""
    permitted(app, Right.EXPORT)
    with app.reading() as work:
        wanted = {row.id for row in work.queries.year_list(unit, year) if row.attribute is attribute}
        documents = work.queries.declared_documents(unit, year) if wanted else iter(())
        rows = [
            catalogue_row(found, _quoted(found.document, attribute), rules=app.rules)
            for found in documents
            if found.id in wanted
        ]
    if not rows:
        raise EmptyListError(f"登记中没有 {year} 年{attribute.chinese}的公文，未生成目录。")
    return Catalogue(attribute, year, unit, tuple(sorted(rows, key=_order)))


def export_catalogue(app: App, attribute: DisclosureAttribute, year: int, *, out: Path, unit: str | None = None) -> int:
    """Write a catalogue as xlsx or html, by the ending of the file's name, and return the number of documents."""
    write = _WRITERS.get(out.suffix.lower())
    if write is None:
        raise UsageError("目录可以写成 .xlsx 或 .html：请在 --out 里写明文件名和后缀。")
    ensure_file(out)
    made = catalogue(app, attribute, year, unit=unit)
    write_whole(out, write(made))
    return len(made.rows)


def _quoted(document: Document, attribute: DisclosureAttribute) -> str | None:
    """Quote a sentence; of what is given on request only one that says why it is made, the rest waits for a request."""
    span = summary_sentence(document, purpose_only=attribute is not DisclosureAttribute.PROACTIVE)
    return None if span is None else document.text[span.start : span.end]


def _order(row: CatalogueRow) -> tuple[str, int]:
    return row.date or "9999", int(row.index[1:])
