"""How many members the lists of a text have: names by 、, clauses behind a colon, titles, numbered points, lines, figures in a row."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrtrack.examining.text.figures import chinese_number

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_MARKS = {
    "first-is": re.compile(r"([一二三四五六七八九十])(?:是|要|抓|看|查)"),
    "chapters": re.compile(r"(?:^|[\n。；：])([一二三四五六七八九十])、"),
    "bracketed": re.compile(r"（([一二三四五六七八九十])）"),
    "numbered": re.compile(r"(?:^|[\n。；：])(\d{1,2})[.．、](?!\d)"),
    "numbered-brackets": re.compile(r"（(\d{1,2})）"),
    "ordinals": re.compile(r"第([一二三四五六七八九十])[，：、是]"),
    "circled": re.compile(f"([{_CIRCLED}])"),
}
_ENUMERATED = re.compile(r"[^，；：。！\n（）]*、[^，；：。！\n（）]*")
_HEADING = re.compile(r"(?:^|(?<=[\n。；：]))[一二三四五六七八九十]{1,3}、")
"""The number of a chapter: its 、 parts no names."""
_JOINS = re.compile(r"[和及与]")
_COLON = re.compile(r"：([^。！：\n]+)")
_LINE = re.compile(r"[^\n]+")
_NEAR, _NEAR_DAYS, _MOST_ROW = 30, 40, 12


class Listing(NamedTuple):
    """A list: what divides it, how many members it has at least and at most, where it stands."""

    manner: str
    least: int
    most: int
    start: int
    end: int


def lists_in(text: str, counts: Sequence[tuple[int, int, str]], days: Sequence[tuple[int, int]]) -> Iterator[Listing]:
    """Yield the lists of a text; `counts` are (start, end, unit) of its quantities, `days` (start, end) of its days."""
    yield from _marked(text)
    yield from _enumerated(text)
    yield from _quoted(text)
    yield from _behind_colons(text)
    yield from _rows(text, counts)
    yield from _days_told(text, days)
    lines = [match.span() for match in _LINE.finditer(text)]
    if len(lines) > 2:  # noqa: PLR2004 - one that leads, two that follow
        yield Listing("lines", len(lines) - 1, len(lines) - 1, lines[1][0], lines[-1][1])


def _marked(text: str) -> Iterator[Listing]:
    for manner, pattern in _MARKS.items():
        run: list[re.Match[str]] = []
        for match in pattern.finditer(text):
            sign = match[1]
            number = _CIRCLED.index(sign) + 1 if sign in _CIRCLED else chinese_number(sign) or 0
            if number == len(run) + 1:
                run.append(match)
                continue
            yield from _of_run(manner, run)
            run = [match] if number == 1 else []
        yield from _of_run(manner, run)


def _of_run(manner: str, run: Sequence[re.Match[str]]) -> Iterator[Listing]:
    if len(run) > 1:
        yield Listing(manner, len(run), len(run), run[0].start(), run[-1].end())


def _enumerated(text: str) -> Iterator[Listing]:
    for match in _ENUMERATED.finditer(_HEADING.sub(lambda heading: heading[0][:-1] + "\n", text)):
        last = match[0].rsplit("、", 1)[1]
        count = match[0].count("、") + 1
        manner = "names-and-more" if "等" in last[:12] else "names"
        yield Listing(manner, count, count + bool(_JOINS.search(last)), *match.span())


def _quoted(text: str) -> Iterator[Listing]:
    for opened, closed, manner in (("《", "》", "titles"), ("“", "”", "quotes")):
        pattern = rf"(?:{opened}[^{opened}{closed}\n]*{closed}(?:（[^（）]*）)?(?:[、和及与，；]|以及)?){{2,}}"
        for match in re.finditer(pattern, text):
            count = match[0].count(opened)
            yield Listing(manner, count, count, *match.span())


def _behind_colons(text: str) -> Iterator[Listing]:
    for match in _COLON.finditer(text):
        for sign, manner in (("；", "semicolons"), ("，", "commas")):
            count = match[1].count(sign) + 1
            if count > 1:
                yield Listing(manner, count, count, *match.span(1))


def _rows(text: str, counts: Sequence[tuple[int, int, str]]) -> Iterator[Listing]:
    """Yield how many quantities of one unit stand in a row, the first and the last with and without."""
    for run in _runs(text, counts):
        for first in range(min(2, len(run))):
            for last in range(max(first + 1, len(run) - 2), len(run)):
                count = last - first + 1
                if count <= _MOST_ROW:
                    yield Listing("quantities", count, count, run[first][0], run[last][1])


def _runs(text: str, counts: Sequence[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    run: list[tuple[int, int, str]] = []
    for item in counts:
        between = text[run[-1][1] : item[0]] if run else ""
        if run and (item[2] != run[-1][2] or len(between) >= _NEAR or "。" in between or "\n" in between):
            if len(run) > 1:
                yield run
            run = []
        run.append(item)
    if len(run) > 1:
        yield run


def _days_told(text: str, days: Sequence[tuple[int, int]]) -> Iterator[Listing]:
    run: list[tuple[int, int]] = []
    for day in (*days, None):
        between = text[run[-1][1] : day[0]] if run and day else "。"
        if run and (day is None or len(between) >= _NEAR_DAYS or "。" in between):
            if len(run) > 1:
                yield Listing("days", len(run), len(run), run[0][0], run[-1][1])
            run = []
        if day:
            run.append(day)
