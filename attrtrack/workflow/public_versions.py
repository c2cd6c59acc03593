"""Public versions (删减后公开): passages cut by people, each with its reason, kept beside the original.

Art. 37 of 政府信息公开条例: what can be told apart is told apart, and the rest is published. Nothing is cut by itself: personal
data found in the text are offered, a person cuts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.cuts import Cutting, merged, public_text
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import PersonalData
from attrtrack.domain.evidence import Span
from attrtrack.domain.files import FileKind, FileNote
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import TransitionNotAllowedError, UnknownRecordError, UsageError
from attrtrack.recording.findings import PERSONAL_KINDS
from attrtrack.rules.schema import ReasonRow
from attrtrack.workflow.app import App
from attrtrack.workflow.papers import MadeFile
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.seeing import seen

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

LONGEST_PASSAGE = 5_000
"""Signs of a passage as it is quoted in a form."""
LONGEST_WORDS = 500
MAX_CUTS = 500
"""Entries of one document, taken back ones included."""


@dataclass(frozen=True, slots=True)
class PublicSheet:
    """Text, cuts and files of a document's public version; `offers` are personal data that no cut covers yet.

    `names` are the names of the people who cut and kept, by their logins. `personal` is the catalogue's reason for personal
    data; `why_not` says why nothing can be cut here, None where it can.
    """

    recorded: RecordedDocument
    cutting: Cutting
    offers: tuple[PersonalData, ...]
    files: tuple[FileNote, ...]
    personal: str
    version: int
    why_not: str | None
    names: Mapping[str, str]

    @property
    def cut_out(self) -> tuple[Span, ...]:
        """What is left out, in order, cuts that touch as one."""
        return merged(cut.span for cut in self.cutting.live)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as a form names it: its exact words, and which of several places with these words (1 the first), or all."""

    words: str
    occurrence: int | None = None
    everywhere: bool = False


def public_sheet(app: App, document_id: str) -> PublicSheet:
    """Return what there is of a document's public version; `UnknownRecordError` for a document out of sight."""
    permitted(app, Right.READ, subject=document_id)
    with app.reading() as work:
        recorded = seen(app, work, document_id)
        cutting, files = work.cuts.of_document(document_id), work.files.of_document(document_id)
        return PublicSheet(
            recorded=recorded,
            cutting=cutting,
            offers=_offers(recorded, cutting),
            files=files,
            personal=personal_reason(app),
            version=work.journal.version_of(document_id),
            why_not=_why_not(recorded),
            names=_names(work, cutting, files),
        )


def _names(work: "UnitOfWork", cutting: Cutting, files: Sequence[FileNote]) -> dict[str, str]:
    logins = {note.kept_by for note in files} | {cut.made_by for cut in cutting.cuts}
    logins |= {cut.taken_back.by for cut in cutting.cuts if cut.taken_back}
    return {account.login: account.display_name for account in work.accounts.several(logins)}


def reasons_for_cuts(app: App) -> tuple[ReasonRow, ...]:
    """Return the reasons of the catalogue for which something is not published."""
    return tuple(row for row in app.rules.reasons if row.force in {"must", "may"} and row.proposable)


def personal_words(kind: str) -> str:
    """Name a kind of personal data."""
    return PERSONAL_KINDS.get(kind, "个人信息")


def personal_reason(app: App) -> str:
    """Return the catalogue's reason for personal data: the first that speaks of privacy, else the first of all."""
    rows = reasons_for_cuts(app)
    return next((row.code for row in rows if "隐私" in row.name or "个人" in row.name), rows[0].code)


def cut_passage(app: App, document_id: str, passage: Passage, *, reason: str, because: str) -> int:
    """Cut a passage that is quoted; return at how many places.

    Raises `UsageError` when the words are not in the text, or are there several times and none is chosen.
    """
    permitted(app, Right.DECLARE, Right.REVIEW, subject=document_id)
    with app.unit_of_work() as work:
        recorded = _open(app, work, document_id)
        spans = places_of(recorded.document.text, passage)
        if passage.everywhere:
            covered = merged(cut.span for cut in work.cuts.of_document(document_id).live)
            spans = tuple(span for span in spans if not _is_within(span, covered)) or spans
        _append(app, work, document_id, spans, reason=reason, because=because)
    return len(spans)


def cut_personal_data(app: App, document_id: str, chosen: Iterable[int], *, reason: str, because: str = "") -> int:
    """Cut personal data offered, by where each begins in the text; return how many were cut."""
    permitted(app, Right.DECLARE, Right.REVIEW, subject=document_id)
    wanted = set(chosen)
    with app.unit_of_work() as work:
        recorded = _open(app, work, document_id)
        offers = _offers(recorded, work.cuts.of_document(document_id))
        spans = merged(item.span for item in offers if item.span.start in wanted)
        if not spans:
            raise UsageError("没有选中要删去的个人信息：请勾选后再点“删去选中的”。")
        _append(app, work, document_id, spans, reason=reason, because=because)
    return len(spans)


def take_cut_back(app: App, document_id: str, cut: str, *, because: str | None = None) -> None:
    """Take a cut back by a new entry; the cut stays on record. `UnknownRecordError` for no such cut."""
    permitted(app, Right.DECLARE, Right.REVIEW, subject=document_id)
    with app.unit_of_work() as work:
        _open(app, work, document_id)
        found = next((item for item in work.cuts.of_document(document_id).cuts if item.id == cut), None)
        if found is None:
            raise UnknownRecordError("这份公文没有这处删减：请刷新页面后再试。")
        if not found.live:
            raise TransitionNotAllowedError("这处删减已经恢复，不用再恢复。")
        work.cuts.take_back(document_id, cut, because=because or None)


def keep_public_version(app: App, document_id: str) -> str:
    """Make the public version as the cuts stand and keep it beside the original; return the id of the file."""
    permitted(app, Right.DECLARE, Right.REVIEW, subject=document_id)
    with app.unit_of_work() as work:
        recorded = _open(app, work, document_id)
        cutting = work.cuts.of_document(document_id)
        _ensure_cut(cutting)
        if any(note.cut == cutting.last for note in work.files.of_document(document_id)):
            raise TransitionNotAllowedError("现在的删减已经留存过公开版：有新的删减或恢复后再留存。")
        made = _made(work, recorded, cutting)
        kind, name, last = FileKind.PUBLIC, made.name, cutting.last
        return work.files.keep(document_id, made.content, kind=kind, name=name, form="docx", cut=last)


def public_version_of(app: App, document_id: str) -> MadeFile:
    """Return the public version as docx, as the cuts stand now."""
    permitted(app, Right.READ, subject=document_id)
    with app.reading() as work:
        recorded = seen(app, work, document_id)
        cutting = work.cuts.of_document(document_id)
        _ensure_cut(cutting)
        return _made(work, recorded, cutting)


def public_text_of(app: App, document_id: str) -> MadeFile:
    """Return the public version as plain text, as the cuts stand now."""
    permitted(app, Right.READ, subject=document_id)
    with app.reading() as work:
        recorded = seen(app, work, document_id)
        cutting = work.cuts.of_document(document_id)
    _ensure_cut(cutting)
    text = public_text(recorded.document.text, [cut.span for cut in cutting.live])
    return MadeFile(f"{document_id}删减后公开.txt", text.encode())


def kept_public_version_of(app: App, document_id: str, file_id: str) -> MadeFile:
    """Return a public version kept with a document; `UnknownRecordError` for any other file."""
    permitted(app, Right.READ, subject=document_id)
    with app.reading() as work:
        seen(app, work, document_id)
        kept = work.files.get(document_id, file_id)
    if kept.note.kind is not FileKind.PUBLIC:
        raise UnknownRecordError(f"这份公文没有编号为“{kept.note.id}”的公开版：请核对编号。")
    return MadeFile(kept.note.name, kept.content)


def places_of(text: str, passage: Passage) -> tuple[Span, ...]:
    """Return where a quoted passage stands in the text, one place or all; line ends may be written either way."""
    words = passage.words.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not words:
        raise UsageError("请写出要删去的原文：从正文中原样复制。")
    if len(words) > LONGEST_PASSAGE:
        raise UsageError(f"要删去的原文太长：一次最多 {LONGEST_PASSAGE} 字，现有 {len(words)} 字，请分几次删去。")
    places = _places(text, words)
    if not places:
        raise UsageError("正文里没有这些字：请从正文中原样复制，包括标点和空格。")
    if passage.everywhere:
        return tuple(Span(start, start + len(words)) for start in places)
    chosen = passage.occurrence
    if chosen is None and len(places) > 1:
        raise UsageError(f"这些字在正文里有 {len(places)} 处：请写明是第几处，或者勾选“同样的字全部删去”。")
    if chosen is not None and not 1 <= chosen <= len(places):
        raise UsageError(f"这些字在正文里有 {len(places)} 处，没有第 {chosen} 处：请核对。")
    start = places[(chosen or 1) - 1]
    return (Span(start, start + len(words)),)


def _places(text: str, words: str) -> list[int]:
    found, start = [], text.find(words)
    while start >= 0:
        found.append(start)
        start = text.find(words, start + len(words))
    return found


def _offers(recorded: RecordedDocument, cutting: Cutting) -> tuple[PersonalData, ...]:
    covered = merged(cut.span for cut in cutting.live)
    return tuple(
        item
        for item in recorded.document.personal_data
        if item.kind in PERSONAL_KINDS and item.span.end > item.span.start and not _is_within(item.span, covered)
    )


def _is_within(span: Span, covered: Sequence[Span]) -> bool:
    return any(item.start <= span.start and span.end <= item.end for item in covered)


def _why_not(recorded: RecordedDocument) -> str | None:
    if recorded.state is State.ISSUED_ELSEWHERE:
        return "这份公文是从台账导入的，没有正文，不能制作公开版：请上传原文件登记。"
    if recorded.state is State.WITHDRAWN:
        return "这份公文已经撤回，不能再制作公开版。"
    if not recorded.document.text.strip():
        return "这份公文没有正文，不能制作公开版。"
    return None


def _open(app: App, work: "UnitOfWork", document_id: str) -> RecordedDocument:
    recorded = seen(app, work, document_id)
    if (why := _why_not(recorded)) is not None:
        raise TransitionNotAllowedError(why)
    return recorded


def _ensure_cut(cutting: Cutting) -> None:
    if not cutting.live:
        raise TransitionNotAllowedError("还没有删减：请先删去不宜公开的内容；全文可以公开的，直接公开原件。")


def _append(
    app: App, work: "UnitOfWork", document_id: str, spans: Sequence[Span], *, reason: str, because: str
) -> None:
    """Append a cut for each span; a span that is left out as a whole already, a reason off the list are refused."""
    words = because.strip()
    if reason not in {row.code for row in reasons_for_cuts(app)}:
        raise UsageError("请从列出的理由中选一条。")
    if len(words) > LONGEST_WORDS:
        raise UsageError(f"说明太长：最多 {LONGEST_WORDS} 字，现有 {len(words)} 字。")
    cutting = work.cuts.of_document(document_id)
    if len(cutting.cuts) + len(spans) > MAX_CUTS:
        raise UsageError(f"一份公文最多删减 {MAX_CUTS} 处：这样多的，请改为依申请公开或不予公开。")
    covered = merged(cut.span for cut in cutting.live)
    for span in spans:
        if _is_within(span, covered):
            raise TransitionNotAllowedError("这一处已经删去了，不用再删。")
        work.cuts.add(document_id, span, reason=reason, because=words)


def _made(work: "UnitOfWork", recorded: RecordedDocument, cutting: Cutting) -> MadeFile:
    from attrtrack.reporting.public_version import public_docx  # noqa: PLC0415 - lxml is loaded when first needed

    kept = work.files.original(recorded.id) if recorded.document.format == "docx" else None
    spans, document = [cut.span for cut in cutting.live], recorded.document
    original = kept.content if kept is not None and kept.note.format == "docx" else None
    content = public_docx(document.text, spans, original=original, title=document.title)
    return MadeFile(f"{recorded.id}删减后公开.docx", content)
