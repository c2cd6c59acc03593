"""Searching titles, numbers, units and texts of the register for words: every hit holds each of them, the newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.evidence import Span
from attrtrack.domain.searching import Found, FoundRecord, Question
from attrtrack.errors import StorageUnusableError, UsageError
from attrtrack.nlp.searchable import places_of, words_of
from attrtrack.workflow.app import App
from attrtrack.workflow.indexing import IndexState, indexed
from attrtrack.workflow.permitting import permitted

LONGEST_QUESTION = 200
_SECONDS = 3.0
_BEFORE, _AFTER, _MOST, _OPENING = 30, 70, 3, 90
_BLOT, _CUT = "＊", "…"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words as they may be shown, personal data blotted out, and where in them the words searched for stand."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found; `title` and `text` with the words marked, the text by its passages that hold them."""

    kind: Found
    id: str
    title: Passage | None
    number: Passage | None
    text: Passage | None
    unit: Passage | None
    department: Passage | None
    year: int | None
    day: str | None
    state: State | None
    attribute: DisclosureAttribute | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits, where the next begins (None: nowhere), the words as they were understood, and how far the index is."""

    hits: tuple[Hit, ...]
    after: int | None
    words: tuple[str, ...]
    index: IndexState


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a search is narrowed to; None: not by this."""

    unit: str | None = None
    year: int | None = None
    kind: Found | None = None


def search(
    app: App,
    question: str,
    narrowed: Narrowed,
    *,
    before: int | None = None,
    limit: int = 20,
    seconds: float = _SECONDS,
) -> Hits:
    """Return the records that the person sees and that hold every word, newest first, those after place `before`.

    The index is first brought to the register as it is, for so many seconds at most. Raises `UsageError` for a question
    without a word, `StorageUnusableError` when there is no index and none can be made (a register that cannot be written).
    """
    permitted(app, Right.READ)
    if len(question) > LONGEST_QUESTION:
        raise UsageError(f"检索词太长：最多 {LONGEST_QUESTION} 字，现有 {len(question)} 字。")
    words = words_of(question)
    if not words:
        raise UsageError("请写检索词：标题、文号或正文中的几个字；写几个词，以空格分开。")
    state = indexed(app, seconds=seconds)
    asked = Question(words, narrowed.unit, narrowed.year, narrowed.kind)
    with app.reading() as work:
        if work.search_renewal.stamp() is None:
            raise StorageUnusableError(
                "检索索引还没有建立，登记库现在又不能写入：请稍后再试，或请管理员检查磁盘和权限。"
            )
        found = work.searching.find(asked, before=before, limit=limit + 1)
    after = found[limit - 1].place if len(found) > limit else None
    return Hits(tuple(_hit(item, words) for item in found[:limit]), after, words, state)


def _hit(found: FoundRecord, words: Sequence[str]) -> Hit:
    return Hit(
        kind=found.kind,
        id=found.id,
        title=_marked(found.title, words),
        number=_marked(found.number, words),
        text=None if _is_title(found) else _passages(found.text, found.personal, words=words),
        unit=_marked(found.unit, words),
        department=_marked(found.department, words),
        year=found.year,
        day=found.day,
        state=found.state,
        attribute=found.attribute,
        url=found.url,
    )


def _is_title(found: FoundRecord) -> bool:
    """Whether the text says no more than the title, as that of a ledger's row."""
    return found.title is not None and found.text.strip() == found.title.strip()


def _marked(text: str | None, words: Sequence[str]) -> Passage | None:
    return Passage(text, places_of(text, words)) if text else None


def _passages(text: str, personal: Iterable[Span], *, words: Sequence[str]) -> Passage | None:
    """Return the first places of the text that hold a word, with what stands around them; its beginning where none does."""
    if not text.strip():
        return None
    spans = places_of(text, words)
    windows = _windows(spans, len(text)) if spans else [Span(0, min(_OPENING, len(text)))]
    shown = _blotted(text, personal)
    pieces: list[str] = []
    marked: list[Span] = []
    length = 0
    for window in windows:
        piece = (_CUT if window.start else "") + shown[window.start : window.end]
        shift = length + (1 if window.start else 0) - window.start
        marked += [
            Span(span.start + shift, min(span.end, window.end) + shift)
            for span in spans
            if window.start <= span.start < window.end
        ]
        pieces.append(piece)
        length += len(piece)
    tail = _CUT if windows[-1].end < len(text) else ""
    return Passage("".join(pieces) + tail, tuple(marked))


def _windows(spans: Sequence[Span], length: int) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        window = Span(max(span.start - _BEFORE, 0), min(span.end + _AFTER, length))
        if merged and window.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, min(window.end, merged[-1].start + 2 * (_BEFORE + _AFTER)))
        elif len(merged) < _MOST:
            merged.append(window)
    return merged


def _blotted(text: str, personal: Iterable[Span]) -> str:
    """Return the text on one line, as long as it was, personal data blotted out."""
    chars = list(text)
    for span in personal:
        chars[span.start : span.end] = _BLOT * (min(span.end, len(chars)) - span.start)
    return "".join(" " if char.isspace() else char for char in chars)
