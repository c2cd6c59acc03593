"""The text of a document with the sentences that were quoted marked where they stand.

Decision: personal data found in the text are blotted out, since these pages ask nobody for a name yet; of a long text
only the surroundings of what is quoted are shown, so that no page grows with the document.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence, Span

WHOLE = 12_000
"""Code points up to which a text is shown as a whole."""
_AROUND, _OPENING, _LONGEST, _MOST = 240, 800, 600, 40
_BLOT = "＊"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: `carries` the proposal, is `questioned` by a finding; `left_out` code points stand before it."""

    text: str
    carries: bool
    questioned: bool
    anchor: int | None
    left_out: int


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The shown pieces in order, the offsets that links may lead to, how much is left out at the end, and the whole."""

    pieces: tuple[Piece, ...]
    anchors: frozenset[int]
    left_out: int
    blotted: str

    def quoted(self, item: Evidence) -> str:
        """Return a quotation as it may be shown: as in the text, personal data blotted out there too."""
        return item.span.of(self.blotted) if item.span and item.span.start in self.anchors else item.quote


def marked_text(
    document: Document,
    carrying: Iterable[Evidence],
    questioned: Iterable[Evidence],
    *,
    also: Iterable[Span] = (),
    most: int = _MOST,
) -> MarkedText | None:
    """Mark what was quoted; None where there is no text. A quotation that is not in the text at its place is not marked.

    `also` are places that links lead to without a mark: of what was read; `most` places of a kind are marked.
    """
    text = document.text
    if not text.strip():
        return None
    carry, doubt = _places(text, carrying, most), _places(text, questioned, most)
    read = tuple(span for span in also if span.end <= len(text))[:most]
    anchors = frozenset(span.start for span in (*carry, *doubt, *read))
    edges = anchors | {span.end for span in (*carry, *doubt)}
    shown = _blotted(document)
    pieces: list[Piece] = []
    end = 0
    for window in _windows(len(text), (*carry, *doubt, *read)):
        inside = (edge for edge in edges if window.start < edge < window.end)
        for start, stop in pairwise((window.start, *sorted(inside), window.end)):
            piece = Piece(
                shown[start:stop],
                carries=_covered(start, stop, carry),
                questioned=_covered(start, stop, doubt),
                anchor=start if start in anchors else None,
                left_out=max(start - end, 0) if start == window.start else 0,
            )
            pieces.append(piece)
        end = window.end
    return MarkedText(tuple(pieces), anchors, len(text) - end, shown)


def _covered(start: int, stop: int, spans: Iterable[Span]) -> bool:
    return any(span.start <= start and stop <= span.end for span in spans)


def _places(text: str, evidence: Iterable[Evidence], most: int) -> tuple[Span, ...]:
    """Return where quotations stand, each once, a very long one by its beginning."""
    found = {item.span for item in evidence if item.span and item.quote and item.span.of(text) == item.quote}
    return tuple(Span(span.start, min(span.end, span.start + _LONGEST)) for span in sorted(found)[:most])


def _windows(length: int, spans: Sequence[Span]) -> list[Span]:
    if length <= WHOLE:
        return [Span(0, length)]
    wanted = [Span(0, _OPENING)] + [
        Span(max(span.start - _AROUND, 0), min(span.end + _AROUND, length)) for span in spans
    ]
    merged: list[Span] = []
    for span in sorted(wanted):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _blotted(document: Document) -> str:
    chars = list(document.text)
    for item in document.personal_data:
        for place in range(item.span.start, min(item.span.end, len(chars))):
            chars[place] = _BLOT
    return "".join(chars)
