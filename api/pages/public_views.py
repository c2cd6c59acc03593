"""What the page of a public version is made of: the text with its cuts, the forms, what has been cut and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from api.pages.contexts import Option, Page, TroubleView
from api.pages.histories import local
from api.pages.proposals import reason_words
from attrtrack.domain.cuts import LEFT_OUT, Cut, TakenBack, merged, public_text
from attrtrack.domain.evidence import Span
from attrtrack.domain.files import FileKind
from attrtrack.workflow.app import App
from attrtrack.workflow.public_versions import PublicSheet, personal_words, reasons_for_cuts

PART = 12_000
"""Code points of a text that are shown at a time."""
_AROUND, _SHOWN, _BLOT = 12, 60, "＊"


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of the text; `cut`: it is left out of the public version."""

    text: str
    cut: bool


@dataclass(frozen=True, slots=True)
class OfferView:
    """Personal data found: what kind, the words, and those around them; `start` names it in the form."""

    start: int
    kind: str
    words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CutView:
    """One cut: the words, why, who and when; `taken_back` says by whom and when it was undone.

    `again` counts the places at which the same words still stand in the public version.
    """

    id: str
    words: str
    reason: str
    because: str
    made: str
    taken_back: str | None
    again: int


@dataclass(frozen=True, slots=True)
class FileView:
    """A kept public version: its address, when and by whom it was kept, whether it is what the cuts say now."""

    href: str
    kept: str
    present: bool


@dataclass(frozen=True, slots=True)
class TypedCut:
    """What was typed into the form of a cut."""

    words: str = ""
    occurrence: str = ""
    everywhere: bool = False
    reason: str = ""
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicPage(Page):
    """The public version of one document; `may_cut` says whether the forms are open, `why_not` why they are for nobody."""

    template: ClassVar[str] = "public.html"
    document_id: str
    number: str | None
    path: str
    version: int
    may_cut: bool
    why_not: str | None
    pieces: tuple[TextPiece, ...]
    preview: str
    before: str | None
    after: str | None
    from_start: bool
    offers: tuple[OfferView, ...]
    personal: str
    cuts: tuple[CutView, ...]
    live: int
    files: tuple[FileView, ...]
    kept_now: bool
    reasons: tuple[Option, ...]
    typed: TypedCut
    trouble: TroubleView | None


def reason_options(app: App) -> tuple[Option, ...]:
    """Return the reasons for which something is left out, with their clauses."""
    return tuple(Option(row.code, reason_words(app, row.code) or row.name) for row in reasons_for_cuts(app))


def text_pieces(sheet: PublicSheet, start: int, *, may_cut: bool) -> tuple[TextPiece, ...]:
    """Return a part of the text with its cuts; who may not cut sees neither what is cut nor personal data."""
    text, window = sheet.recorded.document.text, Span(start, min(start + PART, len(sheet.recorded.document.text)))
    shown = text if may_cut else _blotted(sheet)
    edges = {edge for span in sheet.cut_out for edge in (span.start, span.end) if window.start < edge < window.end}
    found = []
    for first, last in pairwise(sorted({window.start, *edges, window.end})):
        is_cut = any(span.start <= first and last <= span.end for span in sheet.cut_out)
        found.append(TextPiece(shown[first:last] if may_cut or not is_cut else LEFT_OUT, is_cut))
    return tuple(found)


def preview_of(sheet: PublicSheet, start: int, *, may_cut: bool) -> str:
    """Return the same part as the public version prints it."""
    text = sheet.recorded.document.text if may_cut else _blotted(sheet)
    made, end, last = [], start, min(start + PART, len(text))
    for span in sheet.cut_out:
        if span.end <= start or span.start >= last:
            continue
        made += [text[end : max(span.start, start)], LEFT_OUT]
        end = span.end
    return "".join((*made, text[end:last]))


def offer_views(sheet: PublicSheet) -> tuple[OfferView, ...]:
    """Return the personal data that no cut covers, with a few words around each."""
    text = sheet.recorded.document.text
    return tuple(
        OfferView(
            item.span.start,
            personal_words(item.kind),
            item.span.of(text)[:_SHOWN],
            text[max(item.span.start - _AROUND, 0) : item.span.start].rpartition("\n")[2],
            text[item.span.end : item.span.end + _AROUND].partition("\n")[0],
        )
        for item in sheet.offers
    )


def cut_views(app: App, sheet: PublicSheet, *, may_cut: bool) -> tuple[CutView, ...]:
    """Return all cuts, newest first."""
    left = public_text(sheet.recorded.document.text, sheet.cut_out)
    return tuple(_cut_view(app, sheet, cut, left=left, may_cut=may_cut) for cut in reversed(sheet.cutting.cuts))


def file_views(sheet: PublicSheet) -> tuple[FileView, ...]:
    """Return the kept public versions, newest first."""
    return tuple(
        FileView(
            f"/documents/{sheet.recorded.id}/files/{note.id}",
            f"{local(note.kept_at)}　{sheet.names.get(note.kept_by, note.kept_by)}",
            note.cut == sheet.cutting.last,
        )
        for note in reversed(sheet.files)
        if note.kind is FileKind.PUBLIC
    )


def _cut_view(app: App, sheet: PublicSheet, cut: Cut, *, left: str, may_cut: bool) -> CutView:
    words, names = cut.span.of(sheet.recorded.document.text), sheet.names
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}……（共 {len(words)} 字）"
    back = cut.taken_back
    return CutView(
        id=cut.id,
        words=shown if may_cut else f"{LEFT_OUT}（{len(words)} 字）",
        reason=reason_words(app, cut.reason) or cut.reason,
        because=cut.because,
        made=f"{names.get(cut.made_by, cut.made_by)}　{local(cut.made_at)}",
        taken_back=_taken_back(back, names) if back else None,
        again=left.count(words) if cut.live else 0,
    )


def _taken_back(back: TakenBack, names: Mapping[str, str]) -> str:
    why = f"：{back.because}" if back.because else ""
    return f"{names.get(back.by, back.by)}　{local(back.at)}{why}"


def _blotted(sheet: PublicSheet) -> str:
    letters = list(sheet.recorded.document.text)
    for span in merged(item.span for item in sheet.recorded.document.personal_data):
        for place in range(span.start, min(span.end, len(letters))):
            letters[place] = _BLOT
    return "".join(letters)
