"""The tables of the yearly report of the State Council's form: applications (table 3) and cases (table 4)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import printed
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.text.tables import Cell, Table

_NEW, _CARRIED = re.compile(r"本年新收"), re.compile(r"上年(?:结转|转)|结转.*上年")
_LEFT = re.compile(r"结转下年度|转下年度")
_RESULTS = re.compile(r"^[(（]七[)）]?.*总计|^\(七\)总计")
_OUTCOME = re.compile(r"^\([一二三四五六]\)|^\d\.")
_GROUPED = re.compile(r"^\([三四五六]\)")
_ITEM = re.compile(r"^\d\.")
_CASES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_LEAST_RESULTS = 2
_Numbers = list[Decimal]


def check_national(paper: Paper) -> Iterator[Contradiction]:
    """Check the relations printed in the form: new + carried over = handled + carried on, in every column; 总计 = the four results."""
    for table in paper.tables:
        yield from _applications(paper, table)
        yield from _cases(paper, table)


def _row(table: Table, pattern: re.Pattern[str]) -> tuple[Cell, list[Cell]] | None:
    """Return the labelled cell of a row and its figures."""
    for row in table.rows:
        label = next((cell for cell in row if pattern.search(cell.text)), None)
        figures = [cell for cell in row if cell.number is not None]
        if label is not None and figures:
            return label, figures
    return None


def _applications(paper: Paper, table: Table) -> Iterator[Contradiction]:
    rows = [_row(table, pattern) for pattern in (_NEW, _CARRIED, _RESULTS, _LEFT)]
    if any(row is None for row in rows):
        return
    new, carried, handled, left = [row[1] for row in rows if row is not None]
    if not len(new) == len(carried) == len(handled) == len(left):
        return
    for place in range(len(new)):
        coming = _value(new[place]) + _value(carried[place])
        going = _value(handled[place]) + _value(left[place])
        if coming != going:
            column = "总计列" if place == len(new) - 1 else f"第{place + 1}列"
            yield paper.found(
                "table-relation",
                paper.quote(handled[place].span),
                paper.quote(new[place].span),
                name=f"申请情况表{column}",
                left=f"本年新收{new[place].text}＋上年结转{carried[place].text}＝{printed(coming)}",
                right=f"办理结果{handled[place].text}＋结转下年{left[place].text}＝{printed(going)}",
            )
    yield from _results(paper, table, handled)


def _value(cell: Cell) -> Decimal:
    return cell.number or Decimal(0)


def _results(paper: Paper, table: Table, handled: Sequence[Cell]) -> Iterator[Contradiction]:
    """Add up the results above the line （七）总计, column by column."""
    found: list[list[Cell]] = []
    for row in table.rows:
        if any(_RESULTS.search(cell.text) for cell in row):
            break
        label = next((cell.text for cell in row if _OUTCOME.search(cell.text) or _ITEM.search(cell.text)), "")
        figures = [cell for cell in row if cell.number is not None]
        if label and len(figures) == len(handled):
            found.append(figures)
    if len(found) < _LEAST_RESULTS:
        return
    for place, total in enumerate(handled):
        added = sum((_value(row[place]) for row in found), Decimal(0))
        if added != _value(total):
            yield paper.found(
                "table-relation",
                paper.quote(total.span),
                name=f"申请情况表第{place + 1}列",
                left=f"各项办理结果之和为{printed(added)}",
                right=f"总计写的是{total.text}",
            )


def _cases(paper: Paper, table: Table) -> Iterator[Contradiction]:
    """Check each block of 结果维持, 结果纠正, 其他结果, 尚未审结, 总计."""
    for index, row in enumerate(table.rows[:-1]):
        labels = [cell.text for cell in row]
        if labels.count(_CASES[0]) == 0 or len(labels) % len(_CASES):
            continue
        figures = [cell for cell in table.rows[index + 1] if cell.number is not None]
        if len(figures) != len(labels):
            continue
        for start in range(0, len(figures), len(_CASES)):
            block = figures[start : start + len(_CASES)]
            added = sum((_value(cell) for cell in block[:-1]), Decimal(0))
            if added != _value(block[-1]):
                yield paper.found(
                    "table-relation",
                    paper.quote(block[-1].span),
                    name="复议诉讼情况表",
                    left=f"四种结果之和为{printed(added)}",
                    right=f"总计写的是{block[-1].text}",
                )
