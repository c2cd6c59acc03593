"""Tables of a report: empty ones, totals of rows and columns, ranks, and the text against them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.examining.text.figures import printed
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.text.tables import Cell, Table

_TOTAL = re.compile(r"^(?:总计|合计|总数|共计|小计)$|^[\u4e00-\u9fff]{0,4}(?:总计|合计)$")
_FULL_MARK, _TOTAL_MARK = re.compile(r"权重|分值|满分|标准分"), re.compile(r"^(?:总分|总得分|得分合计)$")
_OF_WHICH = re.compile(r"^其中|小计$|^其中[:：]")
_OF_PERIODS, _PERIOD = re.compile(r"^全年$"), re.compile(r"[季月]度?$|半年$")
_NOT_ADDED = re.compile(r"率|占比|比例|名次|排名|序号|^[^\d]{0,3}年[度份]?$|编号|日期|得分|平均|%")
_MARKS = frozenset({"得分", "实得分", "本级得分", "考核得分", "自评得分"})
_FEWEST_EMPTY, _FEWEST_ROWS = 3, 2
_ORDINALS = re.compile(r"^[\d.、()一二三四五六七八九十]+$")


def check_empty(paper: Paper) -> Iterator[Contradiction]:
    """A grid with many rows and not one figure or word lost what stood in it."""
    for table in paper.tables:
        filled = [cell for row in table.rows[1:] for cell in row if cell.text]
        digits = any(cell.number is not None for cell in filled)
        cells = sum(len(row) for row in table.rows)
        if len(table.rows) > _FEWEST_EMPTY and not digits and len(filled) * 10 < cells:
            row = next((cell for row in table.rows for cell in row if cell.text), None)
            place = row.span if row else table.span
            yield paper.found("table-empty", paper.quote(place), rows=len(table.rows), title=_named(table))


def _named(table: Table) -> str:
    return f"（{table.caption[-1].text}）" if table.caption else ""


def check_totals(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Add up rows and columns that a total closes."""
    for table in paper.tables:
        if table.flat or len(table.rows) < _FEWEST_ROWS:
            continue
        yield from _columns(paper, table)
        yield from _rows(paper, table)


def _columns(paper: Paper, table: Table) -> Iterator[Contradiction]:
    for index, row in enumerate(table.rows):
        if not row or not _is_total(row):
            continue
        level: list[Sequence[Cell]] = [other for other in table.rows[:index] if len(other) == len(row)]
        above = max(level, _ragged(table.rows[:index], row), key=len)
        below = [other for other in table.rows[index + 1 :] if len(other) == len(row)] if not _figures(above) else []
        parts = [other for other in (below or above) if not _OF_WHICH.search(other[0].text)]
        fixed = _gives_marks(table, parts, row)
        if _TOTAL_MARK.match(row[0].text) and not fixed:
            continue
        columns = (_column(table, parts, place, cell, marks=fixed) for place, cell in enumerate(row))
        wrong = [item for item in columns if item is not None]
        right = sum(1 for place, cell in enumerate(row) if _fits(parts, place, cell))
        if wrong and (right or len(wrong) == 1):
            yield from (_told(paper, cell, added, parts) for cell, added, parts in wrong)


def _is_total(row: Sequence[Cell]) -> bool:
    """Whether a row is called a total, in its first cell or behind its number."""
    numbered = len(row) > 1 and _ORDINALS.match(row[0].text or "1") and _TOTAL.match(row[1].text)
    return bool(_TOTAL.match(row[0].text) or _TOTAL_MARK.match(row[0].text) or numbered)


def _gives_marks(table: Table, parts: Sequence[Sequence[Cell]], row: Sequence[Cell]) -> bool:
    """Whether a column of full marks adds up in a row: then the marks beside it do as well."""
    return any(
        _FULL_MARK.search(_heading(table, place)) and _fits(parts, place, cell) for place, cell in enumerate(row)
    )


def _heading(table: Table, place: int) -> str:
    return "".join(row[place].text for row in table.rows[:2] if place < len(row) and row[place].number is None)


def _ragged(rows: Sequence[Sequence[Cell]], total: Sequence[Cell]) -> list[Sequence[Cell]]:
    """Return rows set flush right with a total, as many figures at their end, whatever labels stand before them."""
    count = len(_before(total, len(total)))
    alike = [row for row in rows if len(_before(row, len(row))) == count > 0]
    return [(row[-count - 1], *row[-count:]) for row in alike if len(row) > count]


def _figures(rows: Sequence[Sequence[Cell]]) -> bool:
    return any(cell.number is not None for row in rows for cell in row[1:])


def _numbers(parts: Sequence[Sequence[Cell]], place: int) -> list[Decimal]:
    return [number for row in parts if place < len(row) and (number := row[place].number) is not None]


def _column(
    table: Table, parts: Sequence[Sequence[Cell]], place: int, cell: Cell, *, marks: bool
) -> tuple[Cell, Decimal, list[Decimal]] | None:
    heading, numbers = _heading(table, place), _numbers(parts, place)
    if cell.number is None or len(numbers) < _FEWEST_ROWS or "%" in cell.text:
        return None
    if _NOT_ADDED.search(heading) and not (marks and heading in _MARKS):
        return None
    added = sum(numbers, Decimal(0))
    if added == cell.number or not added or not cell.number or min(added, cell.number) * 2 < max(added, cell.number):
        return None
    return cell, added, numbers


def _fits(parts: Sequence[Sequence[Cell]], place: int, cell: Cell) -> bool:
    numbers = _numbers(parts, place)
    return cell.number is not None and len(numbers) >= _FEWEST_ROWS and sum(numbers, Decimal(0)) == cell.number


def _rows(paper: Paper, table: Table) -> Iterator[Contradiction]:
    """Check a last column headed 总计 or 合计 against the columns before it, up to one headed alike (two tables side by side)."""
    head = next((row for row in table.rows[:4] if row and _total_columns(row)), None)
    if head is None:
        return
    totals = _total_columns(head)
    place = max(totals)
    first = max((at + 1 for at in totals if at < place and head[at].text == head[place].text), default=0)
    if all(cell.text for cell in head) and all(len(row) == len(head) + 1 for row in table.rows if row is not head):
        head, place, first = (table.rows[-1][0], *head), place + 1, first and first + 1
    body = [row for row in table.rows if len(row) == len(head) and row is not head and row[place].number is not None]
    outcomes = [
        (row[place], sum(numbers, Decimal(0)), numbers)
        for row in body
        if len(numbers := _before(row[first:], place - first)) > 1
    ]
    wrong = [item for item in outcomes if item[0].number != item[1]]
    proven = len(outcomes) == 1 or any(item[0].number == item[1] for item in outcomes)
    if wrong and (len(wrong) * 3 <= len(outcomes) or (len(wrong) == 1 and proven)):
        yield from (_told(paper, *item) for item in wrong)


def _total_columns(head: Sequence[Cell]) -> list[int]:
    """Return the places headed as totals; 全年 is one behind quarters, months or halves."""
    periods = any(_PERIOD.search(cell.text) for cell in head)
    return [
        at
        for at, cell in enumerate(head)
        if at and (_TOTAL.match(cell.text) or (periods and _OF_PERIODS.match(cell.text)))
    ]


def _before(row: Sequence[Cell], place: int) -> list[Decimal]:
    numbers: list[Decimal] = []
    for cell in reversed(row[:place]):
        if cell.number is None:
            break
        numbers.append(cell.number)
    return numbers[::-1]


def _told(paper: Paper, cell: Cell, added: Decimal, parts: Sequence[Decimal]) -> Contradiction:
    return paper.found(
        "table-total",
        paper.quote(cell.span),
        total=cell.text,
        parts="＋".join(map(printed, parts)) if len(parts) <= 12 else f"{len(parts)}个数",  # noqa: PLR2004 - a line of figures
        added=printed(added),
    )


_RANK, _SCORE = re.compile(r"^(?:名次|排名|位次|排序)$"), re.compile(r"总成绩|总分|总得分|合计|得分|成绩$")


def check_ranks(paper: Paper) -> Iterator[Contradiction]:
    """Compare the ranks of a table with its totals: equal totals share a rank where they do so elsewhere in it."""
    for table in paper.tables:
        rows = list(_ranked(table))
        if len(rows) > _FEWEST_EMPTY:
            yield from _ties(paper, rows)
            yield from _order(paper, rows)


_Ranked = tuple[Cell, Decimal, Cell, int]


def _ranked(table: Table) -> Iterator[_Ranked]:
    """Yield unit, total, rank cell and rank of every row."""
    head = table.rows[0]
    rank = next((index for index, cell in enumerate(head) if _RANK.match(cell.text)), None)
    scores = [index for index, cell in enumerate(head) if _SCORE.search(cell.text)]
    if rank is None or not scores:
        return
    name = next((index for index, cell in enumerate(head) if re.search(r"单位|部门|名称|县", cell.text)), 0)
    for row in table.rows[1:]:
        if len(row) > max(rank, scores[-1]):
            total, place = row[scores[-1]].number, row[rank].number
            if total is not None and place is not None and place == int(place):
                yield row[name], total, row[rank], int(place)


def _ties(paper: Paper, rows: Sequence[_Ranked]) -> Iterator[Contradiction]:
    """Name units of equal totals with different ranks; ranks that no two units share at all are a method of their own."""
    ties = [(one, other) for one, other in pairwise(rows) if one[1] == other[1]]
    apart = [(one, other) for one, other in ties if one[3] != other[3]]
    if not apart or len(apart) == len(ties) > 1:
        return
    for one, other in apart:
        behind = sum(1 for row in rows if row[3] >= other[3])
        yield paper.found(
            "rank-of-tie",
            paper.quote(other[2].span),
            paper.quote(one[2].span),
            certainty=Certainty.SURE if len(ties) > len(apart) else Certainty.PROBABLE,
            units=f"{one[0].text}、{other[0].text}",
            total=printed(one[1]),
            ranks=f"{one[3]}、{other[3]}",
            shared=one[3],
            behind=behind,
        )


def _order(paper: Paper, rows: Sequence[_Ranked]) -> Iterator[Contradiction]:
    """A unit with more points cannot stand behind one with fewer."""
    for one, other in pairwise(rows):
        if (one[1] - other[1]) * (other[3] - one[3]) < 0:
            yield paper.found(
                "rank-order",
                paper.quote(other[2].span),
                units=f"{one[0].text}（{printed(one[1])}分，第{one[3]}名）、{other[0].text}（{printed(other[1])}分，第{other[3]}名）",
            )
