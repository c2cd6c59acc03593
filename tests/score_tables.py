"""Score tables made from the two of the 2022 notice: dressed in many manners, changed in known places."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import xlsxwriter

MARKS = {"1": ("26", "10", "64"), "2": ("22", "8", "70")}
SECTIONS = ("书面考核", "网上考核", "征询考核")
PUBLISHED_FAULT = frozenset({"市城市管理局", "市行政审批局"})


@dataclass(frozen=True)
class Row:
    """A unit as published."""

    unit: str
    sections: tuple[str, ...]
    bonus: str
    total: str
    rank: str
    remark: str


@dataclass(frozen=True)
class Planted:
    """What was changed: units whose total, cap or rank no longer fits (each rank change is a set: one of it must be named)."""

    totals: frozenset[str] = frozenset()
    caps: frozenset[str] = frozenset()
    ranks: tuple[frozenset[str], ...] = ()
    method: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table with what is wrong in it."""

    marks: tuple[str, ...]
    rows: tuple[Row, ...]
    planted: Planted = field(default_factory=Planted)


def published(path: Path) -> dict[str, Sheet]:
    """Return the two tables by their published columns, with the one fault that stands in the second."""
    rows: dict[str, list[Row]] = {"1": [], "2": []}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            sections = (row["written"], row["online"], row["survey"])
            one = Row(row["unit"], sections, row["bonus"], row["published_total"], row["published_rank"], row["remark"])
            rows[row["table"]].append(one)
    faults = {"1": Planted(method="no-ties"), "2": Planted(ranks=(PUBLISHED_FAULT,), method="dense")}
    return {key: Sheet(MARKS[key], tuple(found), faults[key]) for key, found in rows.items()}


def number(cell: str) -> Decimal:
    """Return a cell as a number; words and blanks are 0."""
    try:
        return Decimal(cell)
    except ArithmeticError:
        return Decimal(0)


def reranked(sheet: Sheet, method: str) -> Sheet:
    """Rank the rows anew by a method, from the definition of each; the rows stand by total."""
    rows = sorted(sheet.rows, key=lambda row: -number(row.total))
    totals = [number(row.total) for row in rows]
    found = []
    for place, row in enumerate(rows):
        total = number(row.total)
        above = sum(other > total for other in totals)
        level = totals.count(total)
        rank: int | float = {
            "dense": len({other for other in totals if other > total}) + 1,
            "competition": above + 1,
            "modified": above + level,
            "ordinal": place + 1,
            "fractional": above + (level + 1) / 2,
        }[method]
        found.append(replace(row, rank=f"{rank:g}"))
    tied = any(len(list(group)) > 1 for _, group in groupby(totals))
    planted = replace(sheet.planted, ranks=(), method=method if tied else "no-ties")
    return replace(sheet, rows=tuple(found), planted=planted)


def _put(sheet: Sheet, index: int, row: Row, planted: Planted) -> Sheet:
    return replace(sheet, rows=(*sheet.rows[:index], row, *sheet.rows[index + 1 :]), planted=planted)


def _unsummed(sheet: Sheet) -> frozenset[str]:
    """Return the units whose sections and bonus are not their total."""
    sums = ((row, sum(map(number, (*row.sections, row.bonus)))) for row in sheet.rows)
    return frozenset(row.unit for row, total in sums if total != number(row.total))


def _numeric(row: Row) -> list[int]:
    return [place for place, cell in enumerate(row.sections) if cell.replace(".", "").isdigit()]


def change_section(sheet: Sheet, chance: random.Random) -> Sheet:
    """Change the score of one section by up to three points within its full mark; the total stays."""
    index = chance.randrange(len(sheet.rows))
    row = sheet.rows[index]
    place = chance.choice(_numeric(row))
    value, most = number(row.sections[place]), number(sheet.marks[place])
    steps = [Decimal(step) / 10 for step in range(-30, 31) if step and 0 <= value + Decimal(step) / 10 <= most]
    cells = list(row.sections)
    cells[place] = f"{value + chance.choice(steps)}"
    return _put(sheet, index, replace(row, sections=tuple(cells)), sheet.planted)


def change_total(sheet: Sheet, chance: random.Random) -> Sheet:
    """Change one total by up to three points; sections and ranks stay."""
    index = chance.randrange(len(sheet.rows))
    row = sheet.rows[index]
    total = f"{number(row.total) + Decimal(chance.choice([step for step in range(-30, 31) if step])) / 10}"
    return _put(sheet, index, replace(row, total=total), sheet.planted)


def change_rank(sheet: Sheet, chance: random.Random) -> Sheet:
    """Give one unit another rank."""
    index = chance.randrange(len(sheet.rows))
    row = sheet.rows[index]
    other = chance.choice([rank for rank in range(1, len(sheet.rows) + 1) if str(rank) != row.rank])
    planted = replace(sheet.planted, ranks=(*sheet.planted.ranks, frozenset({row.unit})))
    return _put(sheet, index, replace(row, rank=str(other)), planted)


def break_tie(sheet: Sheet, chance: random.Random) -> Sheet:
    """Rank the units of one tie one after another, and all below them one lower, as the notice did (dense ranks)."""
    ties = [
        place
        for place in range(1, len(sheet.rows))
        if sheet.rows[place].total == sheet.rows[place - 1].total
        and sheet.rows[place].rank == sheet.rows[place - 1].rank
    ]
    if not ties:
        return sheet
    broken = chance.choice(ties)
    rows = [
        replace(row, rank=str(int(row.rank) + 1)) if place >= broken else row for place, row in enumerate(sheet.rows)
    ]
    tied = frozenset(row.unit for row in sheet.rows if row.total == sheet.rows[broken].total)
    return replace(sheet, rows=tuple(rows), planted=replace(sheet.planted, ranks=(*sheet.planted.ranks, tied)))


def exceed_cap(sheet: Sheet, chance: random.Random) -> Sheet:
    """Raise one section above its full mark, total and ranks following."""
    index = chance.randrange(len(sheet.rows))
    row = sheet.rows[index]
    place = chance.choice(_numeric(row))
    value = number(sheet.marks[place]) + Decimal(chance.randrange(1, 20)) / 10
    cells = list(row.sections)
    cells[place] = f"{value}"
    total = f"{number(row.total) + value - number(row.sections[place])}"
    planted = replace(sheet.planted, caps=sheet.planted.caps | {row.unit})
    changed = _put(sheet, index, replace(row, sections=tuple(cells), total=total), planted)
    return reranked(changed, "dense")


def lower_mark(sheet: Sheet, chance: random.Random) -> Sheet:
    """State a full mark that some units have exceeded."""
    place = chance.randrange(len(sheet.marks))
    values = sorted({number(row.sections[place]) for row in sheet.rows}, reverse=True)
    mark = values[min(chance.randrange(1, 4), len(values) - 1)]
    above = frozenset(row.unit for row in sheet.rows if number(row.sections[place]) > mark)
    marks = (*sheet.marks[:place], f"{mark}", *sheet.marks[place + 1 :])
    return replace(sheet, marks=marks, planted=replace(sheet.planted, caps=sheet.planted.caps | above))


Cells = list[list[str]]
Dress = Callable[[Sheet], tuple[str, bytes]]


def _body(sheet: Sheet) -> Cells:
    return [[row.unit, *row.sections, row.bonus, row.total, row.rank, row.remark] for row in sheet.rows]


def _marked(sheet: Sheet) -> list[str]:
    return [f"{name}（{mark}分）" for name, mark in zip(SECTIONS, sheet.marks, strict=True)]


def _csv(cells: Cells) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(cells)
    return stream.getvalue().encode("utf-8-sig")


def one_row(sheet: Sheet) -> tuple[str, bytes]:
    """One row of headings with the full marks in them."""
    return "表.csv", _csv([["单位", *_marked(sheet), "综合加分", "总成绩", "名次", "备注"], *_body(sheet)])


def numbered(sheet: Sheet) -> tuple[str, bytes]:
    """A title, a column of serial numbers, other words for the same columns, ranks as words."""
    head = ["序号", "被考核单位", *_marked(sheet), "加分项", "总分", "排名", "加分说明"]
    body = [[str(place), *row[:6], f"第{row[6]}名", row[7]] for place, row in enumerate(_body(sheet), start=1)]
    return "表.csv", _csv([["2022年度政务公开考核成绩"], head, *body])


def row_of_marks(sheet: Sheet) -> tuple[str, bytes]:
    """The full marks in a row of their own below the headings, a row of averages at the end."""
    marks = ["满分", *sheet.marks, "", "100", "", ""]
    return "表.csv", _csv(
        [
            ["单位名称", *SECTIONS, "加分", "合计", "位次", "备注"],
            marks,
            *_body(sheet),
            ["平均分", "20", "8", "60", "", "90"],
        ]
    )


_UPPER = ["单位", "各分项考核结果", "", "", "综合加分", "总成绩", "名次", "备注"]


def two_rows(sheet: Sheet) -> tuple[str, bytes]:
    """Two rows of headings as a spreadsheet with merged cells is saved to csv."""
    return "表.csv", _csv([_UPPER, ["", *_marked(sheet), "", "", "", ""], *_body(sheet)])


def short_row(sheet: Sheet) -> tuple[str, bytes]:
    """Two rows of headings, the upper without the cells that its merged one covers."""
    return "表.csv", _csv([[cell for cell in _UPPER if cell], ["", *_marked(sheet), "", "", "", ""], *_body(sheet)])


def merged(sheet: Sheet) -> tuple[str, bytes]:
    """A workbook with merged headings, numbers as numbers."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet("成绩")
        page.merge_range(0, 0, 0, 7, "政务公开工作考核成绩汇总表")
        for column, words in enumerate(_UPPER):
            if words and column != 1:
                page.merge_range(1, column, 2, column, words)
        page.merge_range(1, 1, 1, 3, _UPPER[1])
        for column, words in enumerate(_marked(sheet), start=1):
            page.write(2, column, words)
        for place, cells in enumerate(_body(sheet), start=3):
            for column, cell in enumerate(cells):
                if cell:
                    page.write(place, column, float(cell) if cell.replace(".", "").isdigit() else cell)
    return "表.xlsx", stream.getvalue()


def stacked(sheet: Sheet) -> tuple[str, bytes]:
    """A notice whose table was converted to a cell a line."""
    cells = [[cell for cell in _UPPER if cell], ["", *_marked(sheet), "", "", "", ""], *_body(sheet)]
    table = "\n".join("".join(f"\t{cell}\n" for cell in row) for row in cells)
    return (
        "通报.txt",
        f"关于2022年度考核情况的通报\n各单位：\n现将考核结果予以通报。\n\n附件：\n考核成绩汇总表\n{table}\n".encode(),
    )


def bare(sheet: Sheet) -> tuple[str, bytes]:
    """English headings without full marks, recomputed columns of somebody else beside them (and wrong)."""
    head = [
        "table",
        "unit",
        "written",
        "online",
        "survey",
        "bonus",
        "published_total",
        "recomputed_total",
        "published_rank",
        "dense_rank",
        "remark",
    ]
    body = [["1", *row[:6], "1.0", row[6], "1", row[7]] for row in _body(sheet)]
    return "表.csv", _csv([head, *body])


MARKED: tuple[Dress, ...] = (one_row, numbered, row_of_marks, two_rows, short_row, merged, stacked)
DRESSES: tuple[Dress, ...] = (*MARKED, bare)
METHODS = ("dense", "competition", "modified", "ordinal", "fractional")


def shuffled(sheet: Sheet, chance: random.Random) -> Sheet:
    """Put the rows in the order of the administrative list, say: not that of the ranks."""
    rows = list(sheet.rows)
    chance.shuffle(rows)
    return replace(sheet, rows=tuple(rows))


CHANGES: tuple[Callable[[Sheet, random.Random], Sheet], ...] = (change_section, change_total, change_rank)


def made(base: Sequence[Sheet], seed: int) -> tuple[Sheet, str, bytes]:
    """Make one table: a base, its ranks by a method, up to two changes, and a dress."""
    chance = random.Random(seed)  # noqa: S311 - repeatable trials
    sheet, dresses = chance.choice(base), DRESSES
    kind = chance.randrange(8)
    if kind == 0:
        sheet = reranked(sheet, chance.choice(METHODS))
    elif kind == 1:
        sheet = break_tie(reranked(sheet, "dense"), chance)
    elif kind == 2:
        sheet, dresses = exceed_cap(sheet, chance), MARKED
    elif kind == 3:
        sheet, dresses = lower_mark(sheet, chance), MARKED
    elif kind == 4:
        sheet = chance.choice(CHANGES)(reranked(sheet, chance.choice(METHODS)), chance)
    elif kind < 7:
        for _ in range(chance.randrange(1, 3)):
            sheet = chance.choice(CHANGES)(sheet, chance)
    if chance.random() < 0.2:
        sheet = shuffled(sheet, chance)
    sheet = replace(sheet, planted=replace(sheet.planted, totals=_unsummed(sheet)))
    name, data = chance.choice(dresses)(sheet)
    return sheet, name, data
