"""Measure whether interpretations are excerpts of their documents, over the register or for two files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.copying import ContentElement, CopyMeasure
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.register import RecordedInterpretation
from attrtrack.errors import ClassifiedMaterialError, InputRefusedError
from attrtrack.gate import Explained, explaining_findings
from attrtrack.linking.copying import FEWEST, copy_measure
from attrtrack.linking.elements import content_elements
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.reading import read_file, shared_reader

if TYPE_CHECKING:
    from attrtrack.reading.isolation import IsolatedReader
    from attrtrack.storage import UnitOfWork

STANDING = (Judgement.CONFIRMED, Judgement.AUTO, Judgement.PENDING)
_CALLED_UP_TO = 60


@dataclass(frozen=True, slots=True)
class Copied:
    """A passage as it stands in the interpretation and in the document."""

    here: Evidence
    there: Evidence
    quotation: bool


@dataclass(frozen=True, slots=True)
class MeasuredPair:
    """An interpretation beside its document: ids (or file names), titles, how their link stands, and what was found.

    `judgement` is None for two files; `measure.share` is None where it could not be told, `why_not` then says why.
    """

    interpretation_id: str
    document_id: str
    interpretation_title: str | None
    document_title: str | None
    judgement: Judgement | None
    measure: CopyMeasure
    copied: tuple[Copied, ...]
    elements: tuple[ContentElement, ...]
    findings: tuple[Finding, ...]
    why_not: str | None

    @property
    def missing(self) -> tuple[ContentElement, ...]:
        """The elements that the office asks for and that are not there."""
        return tuple(element for element in self.elements if element.asked and element.evidence is None)


def measured_pairs(app: App, *, unit: str | None = None, year: int | None = None) -> tuple[MeasuredPair, ...]:
    """Measure every interpretation of the register that is linked to a document, rejected pairs left out, worst first.

    The pairs that cannot be measured (no text in the register, or too little) come last, with the reason.
    """
    permitted(app, Right.READ)
    with app.reading() as work:
        pairs = [pair for recorded in work.interpretations.all(unit, year) for pair in _of(app, work, recorded)]
    return tuple(sorted(pairs, key=_worst_first))


def _worst_first(pair: MeasuredPair) -> tuple[float, int]:
    """Sort by the share; those that a person confirmed go before suggestions of the same share."""
    return (-1.0 if pair.measure.share is None else pair.measure.share) * -1, STANDING.index(
        pair.judgement or Judgement.CONFIRMED
    )


def _of(app: App, work: "UnitOfWork", recorded: RecordedInterpretation) -> Iterator[MeasuredPair]:
    for link in work.links.of(recorded.id):
        if link.judgement in STANDING:
            document = work.documents.get(link.document_id).document
            yield measured_pair(app, recorded, link.document_id, document, link.judgement)


def measured_pair(
    app: App, recorded: RecordedInterpretation, document_id: str, document: Document, judgement: Judgement | None
) -> MeasuredPair:
    """Measure one interpretation of the register against one document, both at hand."""
    item = recorded.interpretation
    return _measured(
        app, (recorded.id, document_id, item.title, document.title), item.text, document, judgement=judgement
    )


def measured_files(app: App, interpretation_name: str, document_name: str) -> MeasuredPair:
    """Measure one interpretation against one document, both read from files; needs no register, keeps nothing."""
    with shared_reader((interpretation_name, document_name)) as reader:
        page = _read(app, interpretation_name, reader)
        document = _read(app, document_name, reader)
    names = (interpretation_name, document_name, page.title or PurePath(interpretation_name).name, document.title)
    return _measured(app, names, page.text, document, judgement=None)


def _read(app: App, name: str, reader: "IsolatedReader | None") -> Document:
    """Read one of the two files; a refusal says of which, that of a classified one leaves its name out of every log."""
    try:
        return read_file(app, name, reader=reader)
    except ClassifiedMaterialError:
        raise
    except InputRefusedError as error:
        if name not in error.message:
            error.message = f"{name}：{error.message}"
        raise


def explained(app: App, called: str | None, text: str, document: Document) -> Explained:
    """Return an interpretation as the gate looks at it: how much of it is copied, which elements it has."""
    measure = copy_measure(text, document.text)
    elements = content_elements(text, app.rules) if measure.signs >= FEWEST else ()
    return Explained(_called(called), measure, elements)


def explained_of(app: App, work: "UnitOfWork", document_id: str, document: Document) -> tuple[Explained, ...]:
    """Return the interpretations that a person has linked to the document and whose text the register holds."""
    confirmed = [link for link in work.links.of_document(document_id) if link.judgement is Judgement.CONFIRMED]
    pages = [work.interpretations.get(link.interpretation_id).interpretation for link in confirmed]
    return tuple(explained(app, page.title or page.id, page.text, document) for page in pages if page.text)


def _called(title: str | None) -> str:
    words = " ".join((title or "").split()) or "（无标题）"
    words = words if len(words) <= _CALLED_UP_TO else words[: _CALLED_UP_TO - 1] + "…"
    return f"“{words}”"


def _measured(
    app: App,
    names: tuple[str, str, str | None, str | None],
    text: str,
    document: Document,
    *,
    judgement: Judgement | None,
) -> MeasuredPair:
    looked_at = explained(app, names[2] or names[0], text, document)
    copied = tuple(
        Copied(Evidence.at(text, item.span, "interpretation"), document.quote(item.source, "document"), item.quotation)
        for item in looked_at.measure.spans
    )
    return MeasuredPair(
        *names,
        judgement,
        looked_at.measure,
        copied,
        looked_at.elements,
        explaining_findings(looked_at, document, app.rules),
        _why_not(looked_at.measure, text, document.text),
    )


def _why_not(measure: CopyMeasure, text: str, document_text: str) -> str | None:
    if measure.share is not None:
        return None
    if not text.strip():
        return "没有解读的正文"
    if measure.signs < FEWEST:
        return f"解读的文字太少（{measure.signs} 字，至少要 {FEWEST} 字）"
    return "没有文件的正文" if not document_text.strip() else "文件的正文太少"
