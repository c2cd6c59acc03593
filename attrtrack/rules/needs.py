"""Which documents need an interpretation (应解读): the first row of the table that fits says yes, no or "a person must say".

Rows look at the title without blanks, at its core (what an 印发 notice carries, without 关于印发, 的通知 and trailing
brackets), at the number, or at the head and tail of the text, where clauses of force stand.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.needs import NeedAnswer, NeedProposal
from attrtrack.rules.schema import InterpretationNeedRow
from attrtrack.rules.tables import Rules

UNDETERMINED = "规则表没有对应的一行，由人判断。"
_HEAD, _TAIL = 6_000, 6_000
_TITLE_MOST = 500
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ue000-\uf8ff\ufeff]")
"""Blanks, and characters that nobody sees: controls, marks of direction, private use."""
_ANSWERS = {NeedAnswer.YES: True, NeedAnswer.NO: False, NeedAnswer.OPEN: None}
_BRACKETS_BEHIND = re.compile(r"(?:[（(][^（()）]{0,60}[）)]|[〔\[][^〔〕\[\]]{0,60}[〕\]]|[》”〉])$")
_ENCLOSING = ("）", ")", "〕", "]", "》", "”", "〉")
_NUMBER_BEFORE = re.compile(r"^[^《（(]{2,120}?(?:公告|通告|令)[^《（(]{0,20}号[（(](?=[^（()）]*关于)(.+)[）)]$")
"""A title printed behind its number and in brackets: 某署公告2024年第1号（关于…的公告）."""
_CLOSED = ("）", ")")
_ACTS = ("通知", "公告", "通告", "决定", "命令")
_ACT_BEHIND = re.compile(rf"的?(?:补充)?(?:{'|'.join(_ACTS)})$")
_CARRIES = re.compile("印发|颁发|颁布|发布|公布|下发|制定|批准|同意|修订")
_CARRIER = re.compile(
    rf"^[^《]{{0,120}}?(?:{_CARRIES.pattern})(?:实施|施行|执行|试行)?(?:了|新?修订(?:后)?的|重新修订的)?(?=.)"
)


Tries = Iterable[tuple[int, Sequence[re.Pattern[str]]]]
"""The places of rows in their order, each with the alternatives of its pattern one of which must match."""
Sift = Callable[[str], Tries]
"""Tells which rows may fit anywhere in a text, so that only those are tried, and no more of their patterns than may stand."""


def propose_need(
    title: str | None, number: str | None, rules: Rules, *, text: str | None = None, sift: Sift | None = None
) -> NeedProposal:
    """Return whether a document needs an interpretation, with the row that says so, its reason, and where it shows.

    `needed` is None when the fitting row leaves it to a person, or no row fits.
    """
    views = _views(title, number, text)
    rows: Sequence[InterpretationNeedRow] = rules.interpretation_needed
    tries: Tries = ((place, (_compiled(row.pattern),)) for place, row in enumerate(rows))
    if sift is not None:
        tries = sift("\n".join([view.text for part in views.values() for view in part]))
    for place, alternatives in tries:
        row = rows[place]
        for view in views.get(row.over) or _over(row.over, views):
            found = view.search(row, alternatives)
            if found is not None:
                return NeedProposal(_ANSWERS[row.answer], row.code, f"{row.because}（{row.source}）", found)
    return NeedProposal(None, None, UNDETERMINED)


def needs_interpretation(title: str | None, number: str | None, rules: Rules) -> bool | None:
    """Return whether a document with this title and number needs an interpretation; None when a person must say."""
    return propose_need(title, number, rules).needed


def _over(name: str, views: dict[str, tuple["_View", ...]]) -> tuple["_View", ...]:
    """Return the views that a row looks at; the core of a title is looked for when a row first asks for it."""
    if name == "core" and name not in views and "title" in views:
        views[name] = tuple(view.core() for view in views["title"])
    return views.get(name, ())


class _View:
    """A piece of a source without blanks, with the place of each of its characters in the source."""

    def __init__(self, source: str, name: str, start: int = 0, end: int | None = None) -> None:
        piece = source[start:end]
        self._source, self._name = source, name
        self._places: Sequence[int] = range(start, start + len(piece))
        self.text = piece
        if " " in piece or not piece.isprintable():
            self._places = [place for place in self._places if not _BLANK.match(source, place)]
            self.text = _BLANK.sub("", piece)

    def search(self, row: InterpretationNeedRow, alternatives: Sequence[re.Pattern[str]]) -> Evidence | None:
        """Return what the row recognises, quoted as it stands in the source; None when it does not fit."""
        found = None
        for alternative in alternatives:
            if found := alternative.search(self.text):
                break
        if found is not None and len(alternatives) > 1:
            found = _compiled(row.pattern).search(self.text)
        if found is None or found.start() == found.end():
            return None
        if row.unless and _compiled(row.unless).search(self.text):
            return None
        span = Span(self._places[found.start()], self._places[found.end() - 1] + 1)
        return Evidence.at(self._source, span, self._name)

    def unwrapped(self) -> "_View":
        """Return the view of the title alone where a number stands before it."""
        found = _NUMBER_BEFORE.match(self.text) if self.text.endswith(_CLOSED) else None
        return self if found is None else self._part(*found.span(1))

    def core(self) -> "_View":
        """Return the view of what the title carries."""
        start, end = _core_of(self.text)
        return self if start == end else self._part(start, end)

    def _part(self, start: int, end: int) -> "_View":
        return _View(self._source, self._name, self._places[start], self._places[end - 1] + 1)


def _views(title: str | None, number: str | None, text: str | None) -> dict[str, tuple[_View, ...]]:
    views: dict[str, tuple[_View, ...]] = {}
    if title and len(title) <= _TITLE_MOST:
        views["title"] = (_View(title, "title").unwrapped(),)
    if number:
        views["number"] = (_View(number, "number"),)
    if text:
        views["text"] = tuple(_pieces(text))
    return views


def _pieces(text: str) -> Iterator[_View]:
    if len(text) <= _HEAD + _TAIL:
        yield _View(text, "text")
        return
    yield _View(text, "text", 0, _HEAD)
    yield _View(text, "text", len(text) - _TAIL)


def _core_of(title: str) -> tuple[int, int]:
    end = _without_tail(title, len(title))
    act = _ACT_BEHIND.search(title, 0, end) if title.endswith(_ACTS, 0, end) else None
    if act is not None:
        end = _without_tail(title, act.start())
    carrier = _CARRIER.match(title, 0, end) if _CARRIES.search(title, 0, end) else None
    return (carrier.end() if carrier else 0), end


def _without_tail(title: str, end: int) -> int:
    while (
        title.endswith(_ENCLOSING, 0, end)
        and (found := _BRACKETS_BEHIND.search(title, 0, end)) is not None
        and found.start() > 0
    ):
        end = found.start()
    return end


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
