"""A published score table recomputed: totals, full marks, ranks, each row that does not fit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from attrtrack.assessing.headings import Kind
from attrtrack.assessing.rank_checks import Contender, Explained, cost_of, judged
from attrtrack.assessing.rank_faults import rank_faults
from attrtrack.assessing.tables import ScoredRow, ScoreTable, published_rank, score_tables
from attrtrack.assessing.totals import Totals, exceeded_caps, recomputed_totals, rounded, unread_cells
from attrtrack.domain.ledgers import Table
from attrtrack.domain.score_checks import RankMethod, ScoreCheck, TableCheck
from attrtrack.errors import BadRowError, SourceTooLargeError
from attrtrack.rules import Rules

MOST_UNITS = 2000
"""Units that one file may score; a province has some hundreds of counties and departments."""


@dataclass(frozen=True, slots=True)
class _Summed:
    """A table with its totals, and its rankings: all its units together, or apart by group."""

    table: ScoreTable
    totals: Totals
    rankings: tuple[tuple[Contender, ...], ...]


def check_tables(read: Sequence[Table], rules: Rules) -> ScoreCheck:
    """Check every score table of a file; `BadRowError` where there is none, `SourceTooLargeError` for too many rows."""
    tables = [table for sheet in read for table in _joined(list(score_tables(sheet, rules)))]
    if not tables:
        raise BadRowError(
            "没有找到成绩表：表头应有“单位”一列，以及分项得分、总分、名次等列。请核对文件，或把表格另存为 xlsx、csv。"
        )
    if sum(len(table.rows) for table in tables) > MOST_UNITS:
        raise SourceTooLargeError(f"成绩表超过 {MOST_UNITS} 行，不像是一份成绩汇总表：请核对文件，或拆分后再试。")
    summed = [_summed(table) for table in tables]
    ways = iter(judged([ranking for one in summed for ranking in one.rankings]))
    return ScoreCheck(tuple(_checked(one, [next(ways) for _ in one.rankings]) for one in summed))


def _joined(blocks: list[ScoreTable]) -> list[ScoreTable]:
    """Join blocks of a sheet under the same heading (printed again on each page); their units stay told apart by group."""
    found: list[ScoreTable] = []
    for number, block in enumerate(blocks, start=1):
        rows = (
            tuple(replace(row, group=f"{number}|{row.group}") for row in block.rows) if len(blocks) > 1 else block.rows
        )
        if found and [column.path for column in found[-1].columns] == [column.path for column in block.columns]:
            found[-1] = replace(found[-1], rows=(*found[-1].rows, *rows), skipped=(*found[-1].skipped, *block.skipped))
        else:
            found.append(replace(block, rows=rows))
    return found


def _summed(table: ScoreTable) -> _Summed:
    totals = recomputed_totals(table)
    ranks = table.of(Kind.RANK)
    groups: dict[str, list[Contender]] = defaultdict(list)
    for row in table.rows if ranks else ():
        contender = _contender(row, totals, rank=published_rank(row, ranks[-1]))
        if contender is not None:
            groups[row.group].append(contender)
    ranked = [_doubted(group) for group in groups.values()]
    apart = tuple(tuple(group) for group in ranked if any(one.rank is not None for one in group))
    together = tuple(one for group in ranked for one in group)
    if len(apart) > 1 and cost_of([together]) < cost_of(apart):
        apart = (together,)
    return _Summed(table, totals, apart)


def _contender(row: ScoredRow, totals: Totals, *, rank: Decimal | None) -> Contender | None:
    """Return a unit as it stands in the ranking; None where it has no total, or neither total nor rank."""
    if totals.column is None:
        return None
    published, total = row.figure(totals.column), totals.recomputed.get(row.number)
    right = None if total is None else rounded(total, totals.places)
    score = right if published.value is None or (published.blank and right is not None) else published.value
    if score is None or (published.blank and rank is None):
        return None
    return Contender(row.number, row.unit, score, () if right is None or right == score else (right,), rank)


def _doubted(group: list[Contender]) -> list[Contender]:
    """Let a unit of a wrong total stand also where its rank puts it: between those ranked around it."""
    sure = [(one.rank, one.score) for one in group if one.rank is not None and not one.otherwise]
    return [replace(one, fitting=_fitting(one, sure)) if one.otherwise else one for one in group]


def _fitting(one: Contender, sure: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    above = [score for rank, score in sure if one.rank is not None and rank < one.rank]
    below = [score for rank, score in sure if one.rank is not None and rank > one.rank]
    if not above and not below:
        return None
    high = min(above) if above else max(below) + 1
    low = max(below) if below else high - 1
    return (high + low) / 2


def _checked(summed: _Summed, ways: Sequence[Explained]) -> TableCheck:
    table, totals = summed.table, summed.totals
    notes = [totals.note] if totals.note else []
    if table.skipped:
        notes.append(f"{'、'.join(dict.fromkeys(table.skipped))}等 {len(table.skipped)} 行不是单位，未参加复核。")
    notes.extend(_rank_notes(table, ways))
    caps = exceeded_caps(table)
    if caps is None:
        notes.append("表头没有写明各项满分，是否超过满分无从复核。")
    return TableCheck(
        name=table.name,
        units=len(table.rows),
        formula=totals.formula.name if totals.formula else "",
        totals_wrong=totals.wrong,
        caps_exceeded=caps,
        rank_method=_method(ways),
        rank_findings=tuple(fault for way in ways for fault in rank_faults(table.name, way)),
        unread=tuple(unread_cells(table, totals)),
        notes=tuple(notes),
    )


def _method(ways: Iterable[Explained]) -> RankMethod | None:
    found = {way.method if way.has_ties() else RankMethod.NO_TIES for way in ways}
    decided = found - {RankMethod.NO_TIES}
    return RankMethod.MIXED if len(decided) > 1 else next(iter(decided or found), None)


def _rank_notes(table: ScoreTable, ways: Sequence[Explained]) -> list[str]:
    notes = []
    if not table.of(Kind.RANK):
        notes.append("没有名次一列，名次无从复核。")
    for way in ways:
        if way.unranked:
            notes.append(f"{'、'.join(one.unit for one in way.unranked)}没有列名次，按不参加排名对待。")
        if way.method is RankMethod.ORDINAL and way.has_ties():
            notes.append("同分的单位名次有先后，表中没有写明先后的依据。")
    return notes
