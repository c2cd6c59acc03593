"""What the page of a search is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Option, Page, TroubleView
from attrtrack.workflow.searching import Passage


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a passage; `sought` where they are what was searched for."""

    text: str
    sought: bool


@dataclass(frozen=True, slots=True)
class HitView:
    """A record found: its address (None: it has no page), and its lines with the words marked."""

    href: str | None
    title: tuple[Stretch, ...]
    number: tuple[Stretch, ...]
    unit: tuple[Stretch, ...]
    department: tuple[Stretch, ...]
    passage: tuple[Stretch, ...]
    id: str
    what: str
    day: str | None


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """The form with what was typed, and what was found (None: nothing has been searched for yet)."""

    template: ClassVar[str] = "searching.html"
    question: str
    year: str
    unit: str
    kind: str
    years: tuple[Option, ...]
    units: tuple[Option, ...]
    kinds: tuple[Option, ...]
    hits: tuple[HitView, ...] | None
    summary: str
    unsure: str | None
    narrowed: bool
    first: str | None
    after: str | None
    trouble: TroubleView | None


def stretches(passage: Passage | None) -> tuple[Stretch, ...]:
    """Cut a passage where the words searched for begin and end."""
    return () if passage is None else tuple(_cut(passage))


def _cut(passage: Passage) -> Iterator[Stretch]:
    done = 0
    for span in passage.spans:
        if done < span.start:
            yield Stretch(passage.text[done : span.start], sought=False)
        yield Stretch(passage.text[span.start : span.end], sought=True)
        done = span.end
    if done < len(passage.text):
        yield Stretch(passage.text[done:], sought=False)
