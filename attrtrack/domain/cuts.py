"""Cuts: passages that the public version of a document leaves out (区分处理, 政府信息公开条例第三十七条)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from attrtrack.domain.evidence import Span

LEFT_OUT = "［略］"
"""What a cut shows as: officials read it at once, it does not tell how long the passage was, as blocks would, and it lives
through copying, screen readers and old fonts."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage to be left out: where it stands in `document.text`, why, and who said so.

    `reason` is a code of the reason catalogue or `personal-data`; `because` the person's own words. `taken_back` says by
    whom and when the cut was undone by a later entry, which leaves this one as it is.
    """

    id: str
    span: Span
    reason: str
    because: str
    made_by: str
    made_at: dt.datetime
    taken_back: "TakenBack | None" = None

    @property
    def live(self) -> bool:
        """Whether the passage is left out as things stand."""
        return self.taken_back is None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The entry that undid a cut."""

    id: str
    by: str
    at: dt.datetime
    because: str | None


@dataclass(frozen=True, slots=True)
class Cutting:
    """All that was ever cut from a document, oldest first; `last` is the newest entry of all (`X5`), None before the first."""

    cuts: tuple[Cut, ...] = ()
    last: str | None = None

    @property
    def live(self) -> tuple[Cut, ...]:
        """The cuts in force, in order of the text."""
        return tuple(sorted((cut for cut in self.cuts if cut.live), key=lambda cut: cut.span))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap or touch as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def public_text(text: str, cuts: Iterable[Span]) -> str:
    """Return the text with each passage replaced by `LEFT_OUT`; cuts that touch are one."""
    made, end = [], 0
    for span in merged(cuts):
        made += [text[end : span.start], LEFT_OUT]
        end = span.end
    return "".join((*made, text[end:]))
