"""Sums that the text draws from the rows beside it: 上表所列三项合计382件, 两类案件合计7件."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number, printed, quantities
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.text.tables import plain_cell

_SUMMED = re.compile(
    r"(?P<count>[两二三四五六七八九十]|(?<!\d)\d{1,2})[项类种个组][^，。；\d]{0,12}?(?:合计|共计|总计|总共|累计|共|加起来|相加)[^，。；\d]{0,3}$"
)
_TOTAL = re.compile(r"^(?:总计|合计|总数|共计|小计)$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?$")
_NEAREST, _LEAST, _MOST_BETWEEN = Decimal("0.75"), 2, 1

_Rows = Sequence[Sequence[str]]


def check_sums_told(paper: Paper) -> Iterator[Contradiction]:
    """Compare a sum of so many items with rows that have just so many figures to add: a column's, or a row's totals."""
    if "\t" not in paper.document.text:
        return
    for sentence in paper.sentences:
        for item in quantities(sentence):
            match = _SUMMED.search(sentence.text[: item.start])
            if match is None or item.rough or item.delta or item.earlier:
                continue
            count = chinese_number(match["count"]) or 0
            addends = [numbers for numbers in _addends(_rows_above(paper, sentence)) if len(numbers) == count >= _LEAST]
            sums = [sum(numbers, Decimal(0)) for numbers in addends]
            near = [added for added in sums if min(added, item.value) >= max(added, item.value) * _NEAREST]
            if near and item.value not in sums:
                place = paper.evidence(sentence.start + item.start, sentence.start + item.end)
                yield paper.found(
                    "text-against-table",
                    place,
                    certainty=Certainty.PROBABLE,
                    noun="合计",
                    stated=place.quote,
                    table="＋".join(map(printed, addends[sums.index(near[0])])) + f"＝{printed(near[0])}",
                )


def _rows_above(paper: Paper, sentence: Sentence) -> _Rows:
    """Return the rows of cells that end above a sentence; a heading may stand between two."""
    start = paper.plain.source_span(sentence.start, sentence.start + 1).start
    rows: list[list[str]] = []
    between = 0
    for line in reversed(paper.document.text[:start].split("\n")[:-1]):
        between = 0 if "\t" in line else between + 1
        if between > _MOST_BETWEEN:
            break
        if "\t" in line:
            rows.insert(0, [plain_cell(cell) for cell in line.split("\t")])
    return rows


def _addends(rows: _Rows) -> Iterator[list[Decimal]]:
    """Yield the figures of each column, and those of each row that stand in columns of totals."""
    for at in range(1, max(map(len, rows), default=0)):
        cells = [row[at] for row in rows if len(row) > at and not _TOTAL.match(row[0])]
        yield [Decimal(cell) for cell in cells if _NUMBER.match(cell)]
    totals = [at for at, cell in enumerate(rows[0]) if _TOTAL.match(cell)] if rows else []
    for row in rows[1:]:
        yield [Decimal(row[at]) for at in totals if at < len(row) and _NUMBER.match(row[at])]
