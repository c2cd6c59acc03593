"""Documents and pages that come over the network: bytes or fields instead of a file of this machine, the same rules."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import NoReturn

from attrtrack.domain.documents import Document
from attrtrack.domain.interpretations import Interpretation
from attrtrack.domain.ledgers import Table
from attrtrack.domain.score_checks import ScoreCheck
from attrtrack.errors import AttrtrackError, BadRowError, ClassifiedMaterialError
from attrtrack.publishing import ensure_address
from attrtrack.reading.guarded import read_guarded, tables_guarded
from attrtrack.reading.isolation import IsolatedReader
from attrtrack.recording import refuse_classified_name
from attrtrack.workflow import batches
from attrtrack.workflow.app import App
from attrtrack.workflow.examining import ExaminedReport, check_sent_report
from attrtrack.workflow.importing_pages import ImportedPage, keep_interpretation, keep_page
from attrtrack.workflow.reading import read_document
from attrtrack.workflow.reading_batch import LoadedFile, LoadedPage, RefusedFile
from attrtrack.workflow.registering import Recorded, record_document, record_read
from attrtrack.workflow.score_checking import check_sent_scores


def received_text(app: App, fields: Mapping[str, object]) -> Document:
    """Make the document that fields describe (those of a `suggest` row); the journal tells of a classified one."""
    try:
        return batches.document_of(fields, app.rules)
    except ClassifiedMaterialError as refusal:
        _tell_refusal(app, refusal)


def received_file(app: App, name: str, data: bytes) -> Document:
    """Read an uploaded document that is not to be kept; the journal tells of a classified one."""
    try:
        return read_document(app, data, name)
    except ClassifiedMaterialError as refusal:
        _tell_refusal(app, refusal)


def received_report(app: App, name: str, data: bytes) -> ExaminedReport:
    """Examine an uploaded report, of which nothing is kept; the journal tells of a classified one."""
    try:
        return check_sent_report(app, data, name)
    except ClassifiedMaterialError as refusal:
        _tell_refusal(app, refusal)


def received_scores(app: App, name: str, data: bytes) -> ScoreCheck:
    """Check an uploaded score table, of which nothing is kept; the journal tells of a classified one."""
    try:
        return check_sent_scores(app, data, name)
    except ClassifiedMaterialError as refusal:
        _tell_refusal(app, refusal)


def received_table(app: App, name: str, data: bytes) -> tuple[Table, ...]:
    """Read an uploaded table that is not to be kept; the journal tells of a classified one."""
    try:
        refuse_classified_name(name, app.rules)
        return tables_guarded(data, name)
    except ClassifiedMaterialError as refusal:
        _tell_refusal(app, refusal)


def record_text(app: App, fields: Mapping[str, object]) -> Recorded:
    """Keep a document given as fields; the same fields again are the same document."""
    stated = {name: value for name, value in sorted(fields.items()) if value is not None}
    digest = hashlib.sha256(json.dumps(stated, ensure_ascii=False).encode(errors="surrogatepass")).hexdigest()
    return record_document(app, received_text(app, fields), content_hash=digest, file_name=None)


def record_upload(app: App, name: str, data: bytes) -> Recorded:
    """Keep an uploaded document, as `record_file` does a file of this machine."""
    return record_read(app, name, _loaded(app, name, data))


def _loaded(app: App, name: str, data: bytes) -> LoadedFile | RefusedFile:
    try:
        refuse_classified_name(name, app.rules)
        source = read_guarded(data, PurePath(name).name, None)
    except AttrtrackError as error:
        return RefusedFile(error)
    return LoadedFile(source, hashlib.sha256(data).hexdigest(), "", data)


def record_interpretation(app: App, made: Interpretation) -> ImportedPage:
    """Keep an interpretation given as fields; one that is known is completed."""
    if not made.title and not made.url:
        raise BadRowError("标题和地址都是空的：至少要有一项。")
    if made.url:
        ensure_address(made.url)
    try:
        return _ended(keep_interpretation(app, made))
    except ClassifiedMaterialError as refusal:
        _tell_refusal(app, refusal)


def record_page_upload(app: App, name: str, data: bytes) -> ImportedPage:
    """Keep the interpretation that an uploaded saved web page is."""
    with IsolatedReader() as reader:
        try:
            read: LoadedPage | RefusedFile = LoadedPage(reader.page(data, PurePath(name).name), "")
        except AttrtrackError as error:
            read = RefusedFile(error)
    return _ended(keep_page(app, name, read))


def _ended(page: ImportedPage) -> ImportedPage:
    if page.error is not None:
        raise page.error
    return page


def _tell_refusal(app: App, refusal: ClassifiedMaterialError) -> NoReturn:
    """Keep in the journal that something classified was refused: rule, time and user, nothing of it."""
    with app.unit_of_work() as work:
        work.journal.append("record", "-", "refused", {"rule": refusal.rule})
    raise refusal
