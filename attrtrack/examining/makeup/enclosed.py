"""The list of what is enclosed, of whatever kind (附件, 附表, 附图, 附录) and way of numbering, as the lines of a text give it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from attrtrack.domain.evidence import Evidence
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.nlp.normalizer import normalise

NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[A-H](?![A-Za-z])|[甲乙丙丁戊](?![\u4e00-\u9fff]?方|级|类))"
_STEMS = "甲乙丙丁戊"
_NUMBER = NUMBER
_LABEL = re.compile(
    rf"^(?:[^，。；：]{{0,12}}[见有送](?=附件：\s*1[.．、]))?[〔（【]?附(?P<kind>[件表图录]|(?=：))(?:目录|清单|列表|名称|一览)?\s*(?:之\s*)?(?P<number>{_NUMBER})?[〕）】]?(?P<sign>\s*[：.．、]\s*|\s+|(?=《|（共)|$)"
)
_GLUED = re.compile(
    rf"^附(?P<kind>[件表图录])(?P<number>\d(?=(?:19|20)\d{{2}}[年—~－-])|{_NUMBER}(?=[\u4e00-\u9fff《]))(?P<sign>)(?![为是中和与及至到的所并同起份张个项]|年(?![终度中])|月(?![报度])|日(?!常)|号(?!码))"
)
_ITEM = re.compile(rf"(?P<number>{_NUMBER})(?:[.．、](?!\d+[.．])|\s+(?=[\u4e00-\u9fff《]))\s*")
_NEXT = re.compile(
    rf"[；;。，\s](?={_NUMBER}[.．、])|(?<=[\u4e00-\u9fff》）])(?=[2-9][.．、](?:《|\d{{4}}年|[\u4e00-\u9fff]{{2}}))"
)
_SENTENCE = re.compile(r"[。！？；]\s*\S|，|。$")
_ENCLOSED = re.compile(r"附后[：。]?$|附[上送]如下[：。]?$|作为附件[：。]?$")
_COUNTED = re.compile(r"^（共[^（）]{1,4}）：?$")
_NOTE = re.compile(r"（[^（）]*[：，。].*$")
_OF_TABLES = re.compile(rf"^(?:附件：?)?(?P<kind>[表图])(?P<number>{_NUMBER})[：.．、\s]*(?=[《\u4e00-\u9fff\d])")
_ROW = re.compile(rf"附(?P<kind>[件表图录])\s*(?P<number>{_NUMBER})$")
_HEAD = re.compile(rf"^[〔（【]?附(?P<kind>[件表图录])(?P<number>{_NUMBER})?：?[〕）】]?$")
_UNSIGNED = re.compile(r"^附(?P<kind>[件表图])(?P<title>(?![中内所要里清目列格])《?[\u4e00-\u9fff].*)$")
_TITLE = re.compile(
    r"^[\u4e00-\u9fff（）《》“”、\d—-]{2,40}(?:表|图|单|册|录|书|案|法|则|记录|报告|照片|样本|格式|材料|情况|结果|汇编)$"
)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One line or item that names something enclosed: its kind (件, 表, 图, 录), number and title, and its place."""

    kind: str
    number: int | None
    title: str
    start: int
    end: int

    def quoted(self, paper: Paper) -> tuple[Evidence, ...]:
        """Quote the line; nothing where a cell of a table holds the name."""
        return (paper.evidence(self.start, self.end),) if self.end else ()


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
    """Read the number of something enclosed: figures, characters, a letter or a stem."""
    if printed in _STEMS:
        return _STEMS.index(printed) + 1
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
    return found or _rows(paper) or _heads(paper.lines) or _alone(paper.lines)


def _rows(paper: Paper) -> list[Listing]:
    """Read a table that has 附件1 in its first column and the names beside it."""
    for table in paper.tables:
        rows = [(row[0], next((cell for cell in row[1:] if cell.text.strip()), None)) for row in table.rows if row]
        items = [
            Enclosed(match["kind"], number_of(match["number"]), normalise(title.text).text, 0, 0)
            for label, title in rows
            if title and (match := _ROW.match(normalise(label.text).text))
        ]
        if len(items) > 1:
            return [Listing(tuple(items), ())]
    return []


def _heads(lines: Sequence[Sentence]) -> list[Listing]:
    """Read 附件1 on a line of its own and its title on the next, where no list names what is enclosed."""
    items: list[Enclosed] = []
    held: list[Sentence] = []
    for line, below in pairwise(lines):
        label = _HEAD.match(line.text)
        if label and len(below.text) <= _LONGEST and not _SENTENCE.search(below.text) and not _HEAD.match(below.text):
            number = number_of(label["number"]) if label["number"] else None
            items.append(_item(below, label["kind"], number, 0, len(below.text)))
            held += [line, below]
    numbers = [item.number for item in items]
    whole = numbers == list(range(1, len(items) + 1)) or numbers == [None]
    return [Listing(tuple(items), tuple(held))] if items and whole else []


def _alone(lines: Sequence[Sentence]) -> list[Listing]:
    """Read the one line 附件网站运行单位名录, printed with a wide blank in place of a colon, where nothing else names what is enclosed."""
    found = [(line, match) for line in lines if (match := _UNSIGNED.match(line.text)) and _TITLE.match(match["title"])]
    if len(found) != 1:
        return []
    line, match = found[0]
    return [Listing((_item(line, match["kind"], None, match.start("title"), len(line.text)),), (line,))]


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
    if _SENTENCE.search(rest) or len(rest) > _LONGEST or "：" not in label["sign"]:
        return [], at
    end = at + 1
    while _TITLE.match(rest) and end < len(lines) and _TITLE.match(lines[end].text):
        end += 1
    more = [_item(below, kind, None, 0, len(below.text)) for below in lines[at + 1 : end]]
    return _of_tables(lines[at:end]) or [_item(line, kind, None, label.end(), len(line.text)), *more], end


def _of_tables(lines: Sequence[Sentence]) -> list[Enclosed]:
    """Read 附件：表1 甲 and 表2 乙 on the line below; nothing where one line has no such number."""
    labels = [_OF_TABLES.match(line.text) for line in lines]
    items = [
        _item(line, label["kind"], number_of(label["number"]), label.end(), len(line.text))
        for line, label in zip(lines, labels, strict=True)
        if label
    ]
    return items if len(items) == len(lines) > 1 else []


def _numbered(lines: Sequence[Sentence], at: int, kind: str) -> tuple[list[Enclosed], int]:
    items: list[Enclosed] = []
    while at < len(lines) and (found := _inline(lines[at], 0, kind)):
        items += found
        at += 1
    return items, at


def _inline(line: Sentence, start: int, kind: str) -> list[Enclosed]:
    """Read the items that a line counts from a place on: 1．甲；2．乙, or those of its first sentence: 1．甲；2．乙。不再附其他材料."""
    first = line.text.find("。", start) + 1
    return _counted(line, start, len(line.text), kind) or (
        items if first and len(items := _counted(line, start, first, kind)) > 1 else []
    )


def _counted(line: Sentence, start: int, close: int, kind: str) -> list[Enclosed]:
    """Read the items between two places of a line; none where one of them is no title."""
    starts = [start, *(match.end() for match in _NEXT.finditer(line.text, start, close))]
    items: list[Enclosed] = []
    for begin, end in zip(starts, [*starts[1:], close], strict=True):
        match = _ITEM.match(line.text, begin)
        title = _NOTE.sub("", line.text[match.end() : end]).strip("；;。， ") if match else ""
        if match is None or not title or len(title) > _LONGEST or _SENTENCE.search(title):
            return []
        items.append(_item(line, kind, number_of(match["number"]), match.end(), end))
    return items


def _item(line: Sentence, kind: str, number: int | None, start: int, end: int) -> Enclosed:
    title = _NOTE.sub("", line.text[start:end]).strip("；;。，： ")
    return Enclosed(kind, number, title, line.start + start, line.start + end)
