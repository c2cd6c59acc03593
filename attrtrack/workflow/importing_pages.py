"""Bring saved web pages of interpretations into the register: each page read once, known again by its address and title.

Decision: a folder of saved pages may hold the pages of documents, too. A page at an address where a document is registered
as published is that document's, and nothing is read of it but its links (文件与解读互链); it makes no interpretation. An
address that is also an interpretation's is the interpretation's, as it was before. So an office hands in both sides as it
hands in one, and nobody has to say which page is which.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.documents import SourceText
from attrtrack.domain.interpretations import Interpretation
from attrtrack.domain.pages import Page
from attrtrack.domain.register import RecordedInterpretation
from attrtrack.errors import AttrtrackError, BadRowError, ClassifiedMaterialError, InputRefusedError
from attrtrack.linking import recognise_channels, recognise_forms
from attrtrack.reading.pages import is_page
from attrtrack.recording import refuse_classified_name
from attrtrack.recording.secrecy import refuse_classified
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.reading_batch import LoadedPage, ReadingBatch, RefusedFile
from attrtrack.workflow.walking import FoundFile, find_files

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

DOCUMENT_PAGE = "document-page"
"""What became of a page of a document whose links are new."""
_AT_ONCE = 50
_BESIDE = ("_files", ".files", "_file", "-files")
_PAGE_ENDINGS = (".html", ".htm", ".shtml", ".xhtml")


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """One saved page: what became of it (imported, updated, unchanged, refused), its id, what was read of it, or why not.

    `documents` are those whose own page it is: then there is no interpretation, and the outcome is `DOCUMENT_PAGE` or unchanged.
    """

    file: str
    outcome: str
    id: str | None = None
    interpretation: Interpretation | None = None
    error: AttrtrackError | None = None
    documents: tuple[str, ...] = ()


class _TrialOver(Exception):  # noqa: N818 - no error: leaves the unit of work so that nothing of a trial is kept
    """A dry run has reached its end."""


def find_pages(paths: Sequence[str]) -> Iterator[FoundFile]:
    """Yield the files named, and the saved pages below folders; what a browser saved beside a page is left out."""
    named = set(paths)
    for found in find_files(paths):
        if found.name in named or found.error is not None or (is_page(found.name) and not _is_beside(found.name)):
            yield found


def _is_beside(name: str) -> bool:
    """Whether a file lies in the folder of pictures and frames that a browser makes beside the page it saves."""
    for folder in PurePath(name).parents:
        ending = next((ending for ending in _BESIDE if folder.name.endswith(ending)), None)
        if ending and any(
            Path(folder.parent, folder.name.removesuffix(ending) + page).is_file() for page in _PAGE_ENDINGS
        ):
            return True
    return False


def import_pages(
    app: App, found: Iterable[FoundFile], batch: ReadingBatch, *, dry_run: bool = False
) -> Iterator[ImportedPage]:
    """Read and keep pages, some dozens a transaction; what is yielded has been kept, so that an interruption loses none.

    The same page again changes nothing; a page of an interpretation that a ledger named before completes it.
    """
    permitted(app, Right.IMPORT)
    pages = batch.pages(found)
    while part := list(islice(pages, _AT_ONCE)):
        outcomes: list[ImportedPage] = []
        with suppress(_TrialOver), app.unit_of_work() as work:
            outcomes = [page_outcome(app, work, name, read) for name, read in part]
            if dry_run:
                raise _TrialOver
        yield from outcomes


def keep_page(app: App, name: str, read: LoadedPage | RefusedFile) -> ImportedPage:
    """Keep one page that has been read, in a transaction of its own."""
    permitted(app, Right.IMPORT)
    with app.unit_of_work() as work:
        return page_outcome(app, work, name, read)


def keep_interpretation(app: App, given: Interpretation) -> ImportedPage:
    """Keep an interpretation of which only fields are given, its forms and channels read off them."""
    permitted(app, Right.IMPORT, Right.RECORD)
    texts = [text for text in (given.title, given.publisher, given.text) if text]
    refuse_classified(SourceText(name="row", format="row", text="\n".join(texts)), app.rules)
    made = replace(
        given,
        forms=recognise_forms(given.title, given.url, given.text, app.rules),
        channels=recognise_channels(given.url, given.publisher, app.rules, text=given.text),
    )
    with app.unit_of_work() as work:
        return _kept(app, work, "", made)


def page_outcome(app: App, work: "UnitOfWork", name: str, read: LoadedPage | RefusedFile) -> ImportedPage:
    """Keep one page in the open transaction, or tell why not; of a classified one the journal has the rule alone."""
    try:
        page = accepted_page(app, name, read)
        return _of_documents(work, name, page) or _read(app, work, name, page=page)
    except ClassifiedMaterialError as refusal:
        work.journal.append("record", "-", "refused", {"rule": refusal.rule})
        return ImportedPage(name, "refused", error=refusal)
    except InputRefusedError as refusal:
        return ImportedPage(name, "refused", error=refusal)


def accepted_page(app: App, name: str, read: LoadedPage | RefusedFile) -> Page:
    """Return a page that was read and bears no sign of secrecy."""
    refuse_classified_name(name, app.rules)
    if isinstance(read, RefusedFile):
        raise read.error
    refuse_classified(read.saved.source, app.rules)
    page = read.saved.page
    if page.title is None and page.address is None:
        raise BadRowError("网页里既没有标题也没有地址，以后无法辨认是否同一件：请用浏览器重新保存完整网页。")
    return page


def _of_documents(work: "UnitOfWork", name: str, page: Page) -> ImportedPage | None:
    """Keep the links of a page of documents; None where it is the page of none, or of an interpretation."""
    if page.address is None or work.interpretations.at_address(page.address, unit=None):
        return None
    found = work.page_links.documents_at(page.address)
    new = [work.page_links.read_of_document(one, page.address, page.linked) for one in found]
    return ImportedPage(name, DOCUMENT_PAGE if any(new) else "unchanged", documents=found) if found else None


def _read(app: App, work: "UnitOfWork", name: str, *, page: Page) -> ImportedPage:
    """Keep the interpretation that a page is, and what it links to."""
    kept = _kept(app, work, name, interpretation_of(app, page))
    if page.address is None or kept.id is None:
        return kept
    new = work.page_links.read_of_interpretation(kept.id, page.address, page.linked)
    return replace(kept, outcome="updated") if new and kept.outcome == "unchanged" else kept


def _kept(app: App, work: "UnitOfWork", name: str, made: Interpretation) -> ImportedPage:
    year = made.published.year if made.published else None
    known = _known(app, work, made)
    if known is None:
        added = work.interpretations.add(made, unit=app.home_unit, year=year)
        return ImportedPage(name, "imported", added.id, made)
    outcome = "updated" if work.interpretations.complete(known, made, year=year) else "unchanged"
    return ImportedPage(name, outcome, known.id, made)


def _known(app: App, work: "UnitOfWork", made: Interpretation) -> RecordedInterpretation | None:
    """Return the record that a page belongs to; one without address is the one called so of its day, before any other."""
    called_so = work.interpretations.known_by_title(made, unit=app.home_unit)
    if called_so is not None and made.url is None:
        return called_so
    known = work.interpretations.known(made, unit=app.home_unit)
    if known is None and app.home_unit is None:
        known = work.interpretations.known_anywhere(made)
    return known or called_so


def interpretation_of(app: App, page: Page) -> Interpretation:
    """Make the interpretation that a page is, its forms and channels read off the page."""
    return Interpretation(
        id="",
        title=page.title,
        url=page.address,
        published=page.published,
        publisher=page.publisher,
        text=page.text,
        forms=recognise_forms(page.title, page.address, page.text, app.rules, parts=page.parts),
        channels=recognise_channels(page.address, page.publisher, app.rules, text=page.text),
        links=tuple(address for address, _ in page.links),
    )
