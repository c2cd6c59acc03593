"""The list of what is enclosed, of whatever kind (附件, 附表, 附图, 附录) and way of numbering, as the lines of a text give it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence

NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[A-H](?![A-Za-z]))"
_NUMBER = NUMBER
_LABEL = re.compile(
    rf"^[〔（【]?附(?P<kind>[件表图录]|(?=：))\s*(?:之\s*)?(?P<number>{_NUMBER})?[〕）】]?(?P<sign>\s*[：.．、]\s*|\s+|(?=《|（共)|$)"
)
_GLUED = re.compile(
    rf"^附(?P<kind>[件表图录])(?P<number>\d(?=(?:19|20)\d{{2}}年)|{_NUMBER}(?=[\u4e00-\u9fff《]))(?P<sign>)(?![为是中和与及至到的所年月日号并同起份张个项])"
)
_ITEM = re.compile(rf"(?P<number>{_NUMBER})(?:[.．、](?!\d+[.．])|\s+(?=[\u4e00-\u9fff《]))\s*")
_NEXT = re.compile(
    rf"[；;。，\s](?={_NUMBER}[.．、])|(?<=[\u4e00-\u9fff》）])(?=[2-9][.．、](?:《|\d{{4}}年|[\u4e00-\u9fff]{{2}}))"
)
_SENTENCE = re.compile(r"[。！？；]\s*\S|，|。$")
_ENCLOSED = re.compile(r"附后[：。]?$|附[上送]如下[：。]?$|作为附件[：。]?$")
_COUNTED = re.compile(r"^（共[^（）]{1,4}）：?$")
_NOTE = re.compile(r"（[^（）]*[：，。].*$")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One line or item that names something enclosed: its kind (件, 表, 图, 录), number and title, and its place."""

    kind: str
    number: int | None
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The names enclosed that stand together: the first is the list, later ones head what is enclosed."""

    items: tuple[Enclosed, ...]
    lines: tuple[Sentence, ...]

    @property
    def numbers(self) -> list[int]:
        """The numbers that the items bear."""
        return [item.number for item in self.items if item.number is not None]


def number_of(printed: str) -> int:
    """Read the number of something enclosed: figures, characters or a letter."""
    return ord(printed) - ord("A") + 1 if printed.isascii() and printed.isalpha() else chinese_number(printed) or 0


def listings_of(paper: Paper) -> list[Listing]:
    """Return the groups of lines that name what is enclosed, in order."""
    found: list[Listing] = []
    at = 0
    while at < len(paper.lines):
        items, end = _group(paper.lines, at)
        if items:
            found.append(Listing(tuple(items), tuple(paper.lines[at:end])))
        at = max(end, at + 1)
    return found


def _group(lines: Sequence[Sentence], at: int) -> tuple[list[Enclosed], int]:
    """Read the items that begin on a line; return them and the index behind them."""
    items, end = _labelled(lines, at)
    while items and end < len(lines):
        more, following = _labelled(lines, end)
        if not more or more[0].number is None:
            break
        items, end = [*items, *more], following
    if items or not _ENCLOSED.search(lines[at].text):
        return items, end
    numbered, end = _numbered(lines, at + 1, "件")
    return (numbered, end) if len(numbered) > 1 else ([], at)


def _labelled(lines: Sequence[Sentence], at: int) -> tuple[list[Enclosed], int]:
    """Read 附件1：甲, 附表：甲, 附件：1．甲 with the numbered lines below, and 附件：一、甲；二、乙."""
    line = lines[at]
    label = _LABEL.match(line.text) or _GLUED.match(line.text)
    rest = line.text[label.end() :] if label else ""
    if label is None or len(line.text) > _LONGEST * 3 or rest.startswith(("略", "无")):
        return [], at
    kind = label["kind"] or "件"
    if label["number"]:
        whole = bool(rest) and not _SENTENCE.search(rest) and len(rest) <= _LONGEST
        return (
            ([_item(line, kind, number_of(label["number"]), label.end(), len(line.text))], at + 1)
            if whole
            else ([], at)
        )
    if not rest or _COUNTED.match(rest):
        items, end = _numbered(lines, at + 1, kind)
        return (items, end) if items else ([], at)
    inline = _inline(line, label.end(), kind)
    if inline:
        more, end = _numbered(lines, at + 1, kind)
        return [*inline, *more], end
    alone = not _SENTENCE.search(rest) and len(rest) <= _LONGEST and "：" in label["sign"]
    return ([_item(line, kind, None, label.end(), len(line.text))], at + 1) if alone else ([], at)


def _numbered(lines: Sequence[Sentence], at: int, kind: str) -> tuple[list[Enclosed], int]:
    items: list[Enclosed] = []
    while at < len(lines) and (found := _inline(lines[at], 0, kind)):
        items += found
        at += 1
    return items, at


def _inline(line: Sentence, start: int, kind: str) -> list[Enclosed]:
    """Read the items that a line counts from a place on: 1．甲；2．乙."""
    starts = [start, *(match.end() for match in _NEXT.finditer(line.text, start))]
    items: list[Enclosed] = []
    for begin, end in zip(starts, [*starts[1:], len(line.text)], strict=True):
        match = _ITEM.match(line.text, begin)
        title = _NOTE.sub("", line.text[match.end() : end]).strip("；;。， ") if match else ""
        if match is None or not title or len(title) > _LONGEST or _SENTENCE.search(title):
            return []
        items.append(_item(line, kind, number_of(match["number"]), match.end(), end))
    return items


def _item(line: Sentence, kind: str, number: int | None, start: int, end: int) -> Enclosed:
    title = _NOTE.sub("", line.text[start:end]).strip("；;。，： ")
    return Enclosed(kind, number, title, line.start + start, line.start + end)
