"""Counts of sentences that point at a table: as many as its numbered rows, or as its cells of one value."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.text.tables import Table

_POINTS = re.compile(r"[如见](?:上|下|左|右|附)?[列述]?表|(?:上|下)表所|[列详]表?如[上下]|名单如[上下]|目录如[上下]")
_WITHIN = re.compile(r"(?:表|上表|下表|表格)[中内里]|[上下]表|据表|由表")
_OTHERWISE = re.compile(r"其中|其余|部分|主要|节选|摘[录自]|前[\d一二三四五六七八九十]+|分别|平均|每|较|比")
_VALUED = re.compile(
    r"(?P<value>[\u4e00-\u9fffA-Z]{1,8}?)(?:类|等次|等级|档)?的?(?:有|共|为|各)?(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})[个家名件项所处期份]"
)
_LEAST, _MOST_OFF, _FAR = 2, 2, 60


def check_rows_pointed(paper: Paper) -> Iterator[Contradiction]:
    """Compare the one count of a sentence that points at the only table with its rows, and each count of a value with its cells."""
    tables = [table for table in paper.tables if not table.flat]
    if len(tables) != 1:
        return
    (table,) = tables
    for sentence in paper.sentences:
        yield from _of_rows(paper, sentence, table)
        yield from _of_values(paper, sentence, table)


def _of_rows(paper: Paper, sentence: Sentence, table: Table) -> Iterator[Contradiction]:
    """Check 全镇共设公开栏4处，详见上表: its rows are numbered from one on, and no other count stands in the sentence."""
    rows, told = len(table.rows) - 1, counts_told(sentence)
    if not table.is_numbered or rows < _LEAST or len(told) != 1 or not _POINTS.search(sentence.text):
        return
    (count,) = told
    apart = _OTHERWISE.search(sentence.text) or not _is_beside(paper, sentence, table)
    if not apart and count.value > 1 and 0 < abs(count.value - rows) <= _MOST_OFF:
        place = paper.evidence(sentence.start, sentence.start + len(sentence.text))
        yield paper.found("count-of-list", place, count=int(count.value), listed=rows)


def _of_values(paper: Paper, sentence: Sentence, table: Table) -> Iterator[Contradiction]:
    """Check 表中等次为优秀的1家，良好的3家: so many cells of one column hold nothing but the value."""
    within = _WITHIN.search(sentence.text)
    if within is None or not _is_beside(paper, sentence, table):
        return
    columns = [[row[at].text for row in table.rows[1:] if at < len(row)] for at in range(len(table.rows[0]))]
    for match in _VALUED.finditer(sentence.text, within.end()):
        listed = _cells_holding(columns, match["value"])
        count = chinese_number(match["count"]) or 0
        if listed and count and 0 < abs(count - listed) <= _MOST_OFF:
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found("count-of-list", place, count=count, listed=listed)


def _cells_holding(columns: Sequence[Sequence[str]], words: str) -> int:
    """Return how many cells of a column hold the value that words end with; 0 where none does, or no value comes twice."""
    repeated = [column for column in columns if len(set(column)) < len(column)]
    held = [column.count(value) for column in repeated for value in set(column) if value and words.endswith(value)]
    return held[0] if len(held) == 1 else 0


def _is_beside(paper: Paper, sentence: Sentence, table: Table) -> bool:
    """Whether a sentence stands on the lines right above or below a table."""
    span = paper.plain.source_span(sentence.start, sentence.start + len(sentence.text))
    return 0 <= table.span.start - span.end <= _FAR or 0 <= span.start - table.span.end <= _FAR
