"""Rows of a table as they are numbered and counted: no number left out or told twice, as many as told above and behind, and so many of a kind."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.text.tables import Cell, Table

_NUMBERED = re.compile(r"^(?:序号|编号|名次|排名|排序|位次|序列|No\.?)$", re.IGNORECASE)
_RANKED = re.compile(r"^(?:名次|排名|排序|位次)$")
_SUMMED = re.compile(r"^(?:总计|合计|共计|小计|平均|备注|说明|注|总数|全[市县区省])")
_CAPTION = re.compile(
    r"[（(](?:共|合计|总计|计)?(?P<count>\d{1,3}|[二两三四五六七八九十]{1,3})(?:个|家|名|项|件|条|位|人|部|处|篇|起|所|款|类|种|份|张|次|期|户|批)[）)](?:如下)?[:：]?$"
)
_POINTS = re.compile(r"(?:上述|以上|表中|表内|上表|表列|下表|附表|这)(?:的|所列|共|中)*$")
_OPENS = re.compile(r"(?:^|[，：])(?:[^，：。；\d]{0,12}台账[^，：\d]{0,4}，)?$")
_SPEAKS = re.compile(r"上表|表中|表内|以上|上述|上列|台账|清单|名单|[本此该]表|表列|共列|列出")
_AS_SHOWN = re.compile(r"[如从由据][上该此本]表")
_LEADS_ON = re.compile(
    r"^[^，。；：:]*(?:，(?:具体|详细)?(?:名单|情况|清单|详情|目录|分别)?(?:如下|见下表|[为是])?)?(?:(?:如下|下表|附表|见表)[^。]{0,12})?[：:]?$"
)
_FIRST_NUMBER = 1
_LEAST_ROWS, _MOST_OFF, _MOST_KINDS, _LONGEST_KIND = 2, 2, 6, 8


def check_row_numbers(paper: Paper) -> Iterator[Contradiction]:
    """Look at each table that has a row a line."""
    tables = [table for table in paper.tables if not table.flat and len(table.rows) >= _LEAST_ROWS]
    for at, table in enumerate(tables):
        yield from _numbers(paper, table)
        yield from _caption(paper, table)
        yield from _names_beside(paper, table)
        yield from _told_above(paper, table)
        until = tables[at + 1].span.start if at + 1 < len(tables) else len(paper.document.text)
        behind = _behind(paper, table, until)
        if behind is not None:
            yield from _counted(paper, table, behind)
            yield from _of_kinds(paper, table, behind)


def _rows(table: Table) -> list[tuple[Cell, ...]]:
    headless = table.rows[0][0].text == str(_FIRST_NUMBER)
    return [
        row
        for row in table.rows[0 if headless else 1 :]
        if any(cell.text for cell in row) and not any(_SUMMED.match(cell.text) for cell in row[:2])
    ]


def _numbers(paper: Paper, table: Table) -> Iterator[Contradiction]:
    """Check a column 序号 that reads 1, 2, 3, 5, 5; a rank may be shared by rows of equal points."""
    width = min(map(len, table.rows))
    for column in range(width):
        if _NUMBERED.match(table.rows[0][column].text):
            yield from _numbered(paper, table, column)


def _numbered(paper: Paper, table: Table, column: int) -> Iterator[Contradiction]:
    head = table.rows[0][column].text
    cells = [row[column] for row in _rows(table) if len(row) > column]
    numbers = [int(cell.text) if cell.text.isdigit() else 0 for cell in cells]
    if 0 in numbers or numbers[:1] != [_FIRST_NUMBER] or len(numbers) <= _LEAST_ROWS:
        return
    odd = [at for at, (one, other) in enumerate(pairwise(numbers), start=1) if other != one + 1]
    replaced = len(odd) == _LEAST_ROWS and odd[1] == odd[0] + 1 and numbers[-1] == len(numbers)
    alone = len(odd) == 1 and abs(numbers[odd[0]] - numbers[odd[0] - 1] - 1) == 1
    if not (replaced or alone) or (_RANKED.match(head) and not any(_differ(_rows(table), at, column) for at in odd)):
        return
    one, other = cells[odd[0] - 1], cells[odd[0]]
    yield paper.found("heading-gap", paper.quote(other.span), before=f"{head}{one.text}", after=f"{head}{other.text}")


def _differ(rows: Sequence[Sequence[Cell]], at: int, column: int) -> bool:
    """Whether two rows that share a rank have other points."""
    pairs = [
        (one.number, other.number)
        for place, (one, other) in enumerate(zip(rows[at - 1], rows[at], strict=False))
        if place != column and one.number is not None and other.number is not None
    ]
    return rows[at - 1][column].text == rows[at][column].text and bool(pairs) and pairs[-1][0] != pairs[-1][1]


def _caption(paper: Paper, table: Table) -> Iterator[Contradiction]:
    """Check 不合格名单（共3个） above a table."""
    for line in table.caption[-1:]:
        match, rows = _CAPTION.search(line.text), _rows(table)
        count = (chinese_number(match["count"]) or 0) if match else 0
        if match and len(rows) >= _LEAST_ROWS and 0 < abs(count - len(rows)) <= _MOST_OFF:
            yield paper.found("count-of-list", paper.quote(line.span), count=count, listed=len(rows))


def _names_beside(paper: Paper, table: Table) -> Iterator[Contradiction]:
    """Check a column of counts against one of names: 2 beside 甲厅、乙局, where all other rows agree."""
    rows = _rows(table)
    width = min(map(len, table.rows))
    for at in range(width):
        for beside in range(width):
            pairs = [(row[at].number, row[beside].text.split("、"), row[at]) for row in rows]
            named = at != beside and all(len(names) > 1 or number == 1 for number, names, _ in pairs)
            odd = [(number, names, cell) for number, names, cell in pairs if number != len(names)]
            if not named or len(odd) != 1 or len(rows) < _LEAST_ROWS or not odd[0][0]:
                continue
            if abs(int(odd[0][0]) - len(odd[0][1])) <= _MOST_OFF and not re.search("等|[和及与]", "".join(odd[0][1])):
                yield paper.found(
                    "count-of-list", paper.quote(odd[0][2].span), count=int(odd[0][0]), listed=len(odd[0][1])
                )


def _behind(paper: Paper, table: Table, until: int) -> Sentence | None:
    """Return the first sentence behind a table, if it stands right below."""
    for sentence in paper.sentences:
        place = paper.plain.source_span(sentence.start, sentence.start + 1).start
        if table.span.end <= place < until:
            gap = paper.document.text[table.span.end : place]
            return sentence if gap.count("\n") <= _LEAST_ROWS and not gap.strip() else None
    return None


def _counted(paper: Paper, table: Table, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 上述3个问题 behind a table of so many rows."""
    rows, counts = _rows(table), counts_told(sentence)
    for item in counts:
        lead = sentence.text[: item.start]
        clause = re.split("[，；：]", lead)[-1]
        speaks = (
            (_SPEAKS.search(clause) or _AS_SHOWN.search(lead))
            and _is_headed(table, sentence, item)
            and len(rows) not in _values(counts)
        )
        if not (_POINTS.search(lead) or speaks) or len(rows) < _LEAST_ROWS:
            continue
        if 0 < abs(int(item.value) - len(rows)) <= _MOST_OFF and not _adds_up(table, item):
            place = paper.evidence(sentence.start + item.start, sentence.start + item.end)
            yield paper.found("count-of-list", place, count=int(item.value), listed=len(rows))


def _told_above(paper: Paper, table: Table) -> Iterator[Contradiction]:
    """Check 现将列入台账的4项问题公布如下 right above a table of so many rows that heads a column as what is counted."""
    rows, line = _rows(table), paper.line_at(table.span.start)
    start = paper.plain.position(line.start)
    for sentence in paper.sentences:
        if not start <= sentence.start < paper.plain.position(line.end) or table.rows[0][0].number is not None:
            continue
        counts = counts_told(sentence)
        alike = [item for item in counts if _is_headed(table, sentence, item)]
        ends = sentence.start + len(sentence.text) >= paper.plain.position(line.end)
        announced = ends and re.search("如下|下表|附表|见表|[：:]$", sentence.text)
        if not announced or len(alike) != 1 or not _LEADS_ON.match(sentence.text[alike[0].end :]):
            continue
        if len(rows) < _LEAST_ROWS or len(rows) in _values(counts):
            continue
        if 0 < abs(int(alike[0].value) - len(rows)) <= _MOST_OFF and not _adds_up(table, alike[0]):
            place = paper.evidence(sentence.start + alike[0].start, sentence.start + alike[0].end)
            yield paper.found("count-of-list", place, count=int(alike[0].value), listed=len(rows))


def _values(counts: Sequence[Quantity]) -> set[int]:
    return {int(item.value) for item in counts}


def _is_headed(table: Table, sentence: Sentence, item: Quantity) -> bool:
    """Whether two signs of what is counted stand in a heading of the table: the noun behind the unit or before the figure."""
    before = re.split(r"[，；：。、（）\d]", sentence.text[: item.start])[-1]
    behind = re.split(r"[，；：。、（）\d]|[的均都已]", sentence.text[item.end :])[0]
    noun = behind[:_LONGEST_KIND] or re.sub("[共有计达为了]+$", "", before)[-4:]
    heads = " ".join(cell.text for cell in table.rows[0])
    return any(noun[at : at + 2] in heads for at in range(len(noun) - 1))


def _adds_up(table: Table, item: Quantity) -> bool:
    """Whether a column of the table adds up to a count, or has it as its total."""
    width = min(len(row) for row in table.rows)
    columns = [[row[at].number for row in _rows(table)] for at in range(1, width)]
    sums = {sum(number for number in column if number is not None) for column in columns if any(column)}
    return item.value in sums or any(cell.number == item.value for row in table.rows for cell in row[1:])


def _of_kinds(paper: Paper, table: Table, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 采纳2条，部分采纳1条，未采纳1条 against a column that says of each row which it is."""
    rows = _rows(table)
    width = min(map(len, table.rows))
    for at in range(1, width):
        kinds = [row[at].text for row in rows]
        if (
            len(set(kinds)) == len(kinds)
            or len(set(kinds)) > _MOST_KINDS
            or not all(0 < len(kind) <= _LONGEST_KIND for kind in kinds)
        ):
            continue
        told = [
            (kind, item)
            for item in counts_told(sentence)
            for kind in sorted(set(kinds), key=len, reverse=True)[:_MOST_KINDS]
            if _is_of(sentence, item, kind)
        ]
        wrong = [(kind, item) for kind, item in told if int(item.value) != kinds.count(kind)]
        alone = len(wrong) == 1 and len(told) > _LEAST_ROWS
        if len(told) >= _LEAST_ROWS and wrong and (alone or sum(item.value for _, item in told) == len(rows)):
            kind, item = wrong[0]
            place = paper.evidence(sentence.start + item.start - len(kind), sentence.start + item.end)
            yield paper.found("count-of-list", place, count=int(item.value), listed=kinds.count(kind))
            return


def _is_of(sentence: Sentence, item: Quantity, kind: str) -> bool:
    """Whether a count is of the rows of a kind: its word begins the clause and stands right before the figure."""
    clause = re.split(r"[，、；：。]|其中", sentence.text[: item.start])[-1]
    return re.fullmatch(rf"(?:拟|已|建议|应|予以)?{re.escape(kind)}(?:的|了)?(?:有|为)?", clause) is not None
