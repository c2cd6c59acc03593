"""What the text says against what the tables show: units, cases by cause, and figures with the same label."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.examining.counted.counts import Told, told_counts
from attrtrack.examining.text.figures import Quantity, printed, quantities
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.text.tables import Cell, Table, plain_cell

_WHOLE_SET = re.compile(r"考核对象|被考核单位|参评单位|报告单位|参加考核|全部|所有|共有?$|纳入")
_BREAKDOWN = re.compile(r"（[^（）]*\d+个[^（）]*\d+个(?:[^（）]|（[^（）]*）)*）")
_CASES = re.compile(r"\((?P<count>\d{1,4})(?P<unit>[件项次起例])\)")
_TOTAL_COLUMN = re.compile(r"^(?:总计|合计)$")
_GRAM, _FEWEST_UNITS = 4, 3
_POINTS = re.compile(r"(?:下|附|列)表|[见如]表|如下")
_NUMBERING = re.compile(r"^[\d.、()一二三四五六七八九十]+")


def check_units(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Compare the number of units that the text calls all with the rows of the tables that list units."""
    tables = [table for table in paper.tables if _lists_units(table)]
    sizes = [len(_units(table)) for table in tables]
    told: set[Decimal] = set()
    for sentence in paper.sentences if tables else ():
        for item in quantities(sentence):
            fits = item.value in {*sizes, sum(sizes), *told} or abs(item.value - sum(sizes)) * 2 > sum(sizes)
            if item.unit not in {"个", "家"} or item.rough or item.delta or item.depth or fits:
                continue
            if _is_whole(sentence, item):
                told.add(item.value)
                listed = "＋".join(map(str, sizes))
                yield paper.found(
                    "units-differ",
                    paper.evidence(sentence.start + item.start, sentence.start + item.end),
                    *[paper.quote(table.caption[0].span) for table in tables if table.caption],
                    stated=printed(item.value) + item.unit,
                    listed=f"{listed}＝{sum(sizes)}" if len(sizes) > 1 else listed,
                )


def _lists_units(table: Table) -> bool:
    head = "".join(cell.text for cell in table.rows[0]) if table.rows else ""
    return (
        bool(re.search(r"单位|部门|县|市", head))
        and bool(re.search(r"成绩|得分|名次|总分|等次|结果", head))
        and len(_units(table)) >= _FEWEST_UNITS
    )


def _units(table: Table) -> list[Cell]:
    """Return the cells that name the units: the first column with words."""
    name = next((index for index, cell in enumerate(table.rows[0]) if re.search(r"单位|部门|名称|县|市", cell.text)), 0)
    return [row[name] for row in table.rows[1:] if name < len(row) and re.search(r"[\u4e00-\u9fff]", row[name].text)]


def _is_whole(sentence: Sentence, item: Quantity) -> bool:
    behind = sentence.text[item.end : item.end + 40]
    if _BREAKDOWN.match(behind):
        return True
    around = sentence.text[max(0, item.start - 8) : item.start] + re.split(r"[，；。]", behind)[0]
    return bool(_WHOLE_SET.search(around))


_Remark = tuple[Cell, int]


def check_cases(paper: Paper) -> Iterator[Contradiction]:
    """Compare a number of cases in the text with those that the remarks of the tables give to units (……（3件）)."""
    remarks = _remarks(paper)
    for sentence in paper.sentences if remarks else ():
        for item in quantities(sentence):
            alike = next((remarks[key] for key in _beside(sentence, item) if key in remarks), [])
            added = sum(count for _, count in alike)
            if len(alike) > 1 and not item.rough and not item.delta and item.value != added and added < item.value * 3:
                yield paper.found(
                    "cases-differ",
                    paper.evidence(sentence.start + item.start, sentence.start + item.end),
                    *[paper.quote(cell.span) for cell, _ in alike],
                    stated=printed(item.value) + item.unit,
                    parts="＋".join(str(count) for _, count in alike),
                    added=f"{added}{item.unit}",
                    left=printed(abs(item.value - added)) + item.unit,
                )


def _remarks(paper: Paper) -> dict[tuple[str, str], list[_Remark]]:
    """Return the counts in brackets of all remarks by the last signs before them and their unit."""
    found: dict[tuple[str, str], list[_Remark]] = {}
    for table in paper.tables:
        for cell in (cell for row in table.rows for cell in row):
            for match in _CASES.finditer(cell.text):
                cause = cell.text[max(0, match.start() - _GRAM) : match.start()]
                if len(cause) == _GRAM:
                    found.setdefault((cause, match["unit"]), []).append((cell, int(match["count"])))
    return found


def _beside(sentence: Sentence, item: Quantity) -> Iterator[tuple[str, str]]:
    """Yield every four signs in a row beside a count, with its unit; no other figure stands between."""
    before = re.split(r"[，；。\d]", sentence.text[max(0, item.start - 16) : item.start])[-1]
    after = re.split(r"[，；。\d]", sentence.text[item.end : item.end + 10])[0]
    for text in (before, after):
        for at in range(len(text) - _GRAM + 1):
            yield text[at : at + _GRAM], item.unit


def check_labels(paper: Paper) -> Iterator[Contradiction]:
    """Compare a count of the text with the table row that bears the same label, with the doing before or behind it or without."""
    rows = _by_label(paper)
    told: set[str] = set()
    for count in told_counts(paper) if rows else ():
        wanted = {count.noun, count.doing + count.noun, count.noun + count.doing}
        alike = [row for label in sorted(wanted) for row in rows.get(label, ())] or _named_shorter(count, rows)
        if not alike or count.period or count.noun in told or any(value == count.quantity.value for _, value in alike):
            continue
        told.add(count.noun)
        start = count.sentence.start
        yield paper.found(
            "text-against-table",
            paper.evidence(start + count.quantity.start, start + count.quantity.end),
            paper.quote(alike[0][0].span),
            noun=count.noun,
            stated=printed(count.quantity.value) + count.quantity.unit,
            table=printed(alike[0][1]),
        )


def _named_shorter(count: Told, rows: Mapping[str, list[tuple[Cell, Decimal]]]) -> list[tuple[Cell, Decimal]]:
    """Return the one row whose label opens the noun of a sentence that points at the table (行政许可结果……见下表)."""
    if not _POINTS.search(count.sentence.text):
        return []
    labels = [label for label in rows if len(label) >= _GRAM and count.noun.startswith(label)]
    return rows[labels[0]] if len(labels) == 1 else []


def _by_label(paper: Paper) -> dict[str, list[tuple[Cell, Decimal]]]:
    """Return the figures of tables by the label of their row; a noun known by several names stands under one."""
    synonyms = [(row.name, re.compile(row.pattern)) for row in paper.rules.report_referents]
    found: dict[str, list[tuple[Cell, Decimal]]] = {}
    for table in (table for table in paper.tables if not table.flat):
        for label, cell, number in _labelled(table):
            named = next((name for name, pattern in synonyms if pattern.fullmatch(label)), label)
            found.setdefault(named, []).append((cell, number))
    return found


def _labelled(table: Table) -> Iterator[tuple[str, Cell, Decimal]]:
    """Yield label, cell and figure of rows that hold one figure only, or whose table has a column of totals."""
    head = next((row for row in table.rows[:4] if any(_TOTAL_COLUMN.match(cell.text) for cell in row)), None)
    place = max((i for i, cell in enumerate(head) if _TOTAL_COLUMN.match(cell.text)), default=None) if head else None
    for row in table.rows:
        words = [cell for cell in row if cell.text and cell.number is None]
        figures = [cell for cell in row if cell.number is not None]
        ordinal = figures and figures[0] is row[0] and len(figures) > 1
        figures = figures[1:] if ordinal else figures
        chosen = row[place] if place is not None and head is not None and len(row) == len(head) else None
        cell = chosen if chosen is not None and chosen.number is not None else figures[0] if len(figures) == 1 else None
        if words and cell is not None and cell.number is not None:
            yield _label(words[0]), cell, cell.number


def _label(cell: Cell) -> str:
    bare = re.sub(r"\([^()]*\)$", "", _NUMBERING.sub("", plain_cell(cell.text)))
    return re.sub(r"(?:数量|总数|件数|数|总量|量)$", "", bare)
