"""Counts of the text against rows of a table: as many as it lists, as many as have so many points and more."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrtrack.domain.contradictions import Contradiction
from attrtrack.domain.evidence import Span
from attrtrack.examining.text.figures import UNITS, chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.text.tables import Cell, Table, plain_cell

_COUNT = r"(?<![第\d.一二三四五六七八九十])(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_FOLLOWED = re.compile(
    rf"(?P<lead>[^，。；：\d]*){_COUNT}(?:{UNITS})(?:(?P<of>[^，。；：,:\d]{{1,20}})[，,]|[，,](?!(?:具体|详细)?情况))[^，。；：,:\d]{{0,8}}(?:情况|结果)[^，。；：,:\d]{{0,2}}如下[：:]?$"
)
_SCORES = re.compile(r"得分|总分|成绩|分数|评分")
_SIDE = r"(?P<points>\d{1,3}(?:\.\d{1,2})?)分(?:及|（含）)?以(?P<side>[上下])(?:（[^（）]*）)?"
_GRADED = (
    re.compile(rf"(?<![\d.]){_SIDE}的(?P<noun>[^，。；：、\d]{{0,10}}?)[有共]*{_COUNT}[个家]"),
    re.compile(
        rf"{_COUNT}[个家](?P<noun>[^，。；：、\d]{{1,8}}?)(?:的?(?:得分|总分|成绩|评分))?[均都]?[在达到为]{{0,2}}{_SIDE}(?!的)"
    ),
)
_BETWEEN = re.compile(r"\d分[^，。；\d]{0,8}$")
_MOST_OFF, _LEAST_ROWS, _LEAST_NAME = 2, 3, 2


def check_rows_told(paper: Paper) -> Iterator[Contradiction]:
    """Compare the counts of the text with the rows of its tables."""
    tables = [table for table in paper.tables if not table.flat]
    for table in tables:
        yield from _followed(paper, table)
    scored = [(table, scores) for table in tables if (scores := _scores(table))]
    if len(scored) == 1:
        for sentence in paper.sentences:
            yield from _graded(paper, sentence, *scored[0])


def _followed(paper: Paper, table: Table) -> Iterator[Contradiction]:
    """Check 走访了5个乡镇的公开栏，查看情况如下： a column of the table below is headed as what is counted, its rows are numbered."""
    line = paper.line_at(table.span.start)
    match = _FOLLOWED.search(paper.document.text, line.start, line.end)
    rows = table.rows[1:]
    if match is None or not table.is_numbered:
        return
    names = [cell.text for cell in table.rows[0] if len(cell.text) >= _LEAST_NAME]
    lead, of = plain_cell(match["lead"]), plain_cell(match["of"] or "")
    count = chinese_number(match["count"]) or 0
    if any(of.startswith(name) or lead.endswith(name) for name in names) and 0 < abs(count - len(rows)) <= _MOST_OFF:
        quote = paper.quote(Span(match.start("count"), match.end()))
        yield paper.found("count-of-list", quote, count=count, listed=len(rows))


def _scores(table: Table) -> Sequence[Decimal]:
    """Return the points of the rows of a table that has one column of them, nothing if some row has none."""
    columns = [at for at, cell in enumerate(table.rows[0]) if _SCORES.search(cell.text)]
    if len(columns) != 1:
        return []
    cells = [row[columns[0]] if len(row) > columns[0] else None for row in table.rows[1:]]
    numbers = [cell.number for cell in cells if cell is not None and cell.number is not None]
    return numbers if len(numbers) == len(cells) >= _LEAST_ROWS else []


def _graded(paper: Paper, sentence: Sentence, table: Table, scores: Sequence[Decimal]) -> Iterator[Contradiction]:
    """Check 90分以上的乡镇5个 against the points that the table gives; a table where all have them may go on elsewhere."""
    for match in (match for pattern in _GRADED for match in pattern.finditer(sentence.text)):
        limit, count = Decimal(match["points"]), chinese_number(match["count"]) or 0
        fewer = sum(score > limit if match["side"] == "上" else score < limit for score in scores)
        known = {fewer, fewer + sum(score == limit for score in scores)}
        between = _BETWEEN.search(sentence.text[: match.start("points")])
        if between or not _is_headed(table.rows[0], match["noun"]) or count in known or max(known) == len(scores):
            continue
        if abs(count - max(known)) <= _MOST_OFF:
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found("count-of-list", place, count=count, listed=max(known))


def _is_headed(head: Sequence[Cell], noun: str) -> bool:
    """Whether a column is headed by the noun of a count."""
    return any(
        len(cell.text) >= _LEAST_NAME and (noun.endswith(cell.text) or (noun and cell.text.endswith(noun)))
        for cell in head
    )
