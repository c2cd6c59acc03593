"""Published score tables recomputed: totals, full marks, ranks."""

import random

import pytest
from score_tables import METHODS, Row, Sheet, break_tie, merged, one_row, reranked, stacked, two_rows

from attrtrack.assessing import check_tables
from attrtrack.domain.ledgers import Table, TableRow
from attrtrack.domain.score_checks import RankMethod, ScoreCheck
from attrtrack.errors import BadRowError
from attrtrack.reading import read_table
from attrtrack.reading.plain.tabbed import tables_in_text
from attrtrack.rules import Rules


def a_sheet() -> Sheet:
    """Make a table of eight invented units, three pairs and a triple of which tie."""
    scores = ["20.0,7.0,60.0,1", "20.0,7.0,61.0,", "19.5,7.5,60.0,", "19.0,8.0,60.0,", "20.0,7.0,60.0,", "18.0,6.0,60.0,1.5", "18.5,7.0,60.0,", "18.0,7.5,60.0,", "15.0,5.0,50.0,"]  # fmt: skip
    rows = []
    for place, line in enumerate(scores):
        *sections, bonus = line.split(",")
        total = sum(map(float, sections)) + float(bonus or 0)
        rows.append(Row(f"第{place}局", tuple(sections), bonus, f"{total:.1f}", "0", ""))
    return reranked(Sheet(("20", "8", "70"), tuple(rows)), "dense")


def checked(rules: Rules, *rows: str) -> ScoreCheck:
    """Check a sheet whose cells are parted by commas."""
    made = tuple(TableRow(number, tuple(row.split(","))) for number, row in enumerate(rows, start=1))
    return check_tables([Table("表.csv", "", made)], rules)


@pytest.mark.parametrize("method", METHODS)
def test_the_manner_of_ranking_is_found(rules: Rules, method: str) -> None:
    """Ranks made by each definition are sound, and the manner is told."""
    found = check_tables(read_table(one_row(reranked(a_sheet(), method))[1], "表.csv"), rules)
    assert (found.rank_method, found.rank_findings, found.sound) == (method, (), True)


@pytest.mark.parametrize("dress", [one_row, two_rows, merged])
def test_a_broken_tie_is_one_fault(rules: Rules, dress: type) -> None:
    """Both units and the ranks of all that follow are told, not a fault for each row."""
    sheet = break_tie(a_sheet(), random.Random(3))  # noqa: S311 - repeatable
    name, data = dress(sheet)
    found = check_tables(read_table(data, name), rules)
    (fault,) = found.rank_findings
    assert set(fault.units) == set(sheet.planted.ranks[0])
    assert len(set(fault.expected)) == 1
    assert all(change.published - change.expected == 1 for change in fault.follows)
    assert (found.rank_method, found.totals_wrong, found.caps_exceeded) == (RankMethod.DENSE, (), ())


def test_a_notice_is_read_as_it_was_converted(rules: Rules) -> None:
    """A cell a line, blank cells as tabs alone, is the same table."""
    name, data = stacked(a_sheet())
    found = check_tables(tables_in_text(data.decode(), name), rules)
    assert (found.units, found.sound) == (9, True)
    assert "考核成绩汇总表" in found.tables[0].name


def test_a_wrong_total_names_its_row_and_the_sum(rules: Rules) -> None:
    """The rank that fits the right total is no second fault."""
    found = checked(
        rules, "单位,书面,网上,总分,名次", "甲局,20,8,28,1", "乙局,19,8,29,2", "丙局,18,8,26,3", "丁局,1,2,3,4"
    )
    (fault,) = found.totals_wrong or ()
    assert (fault.unit, fault.row, fault.published, fault.recomputed) == ("乙局", 3, 29, 27)
    assert "书面+网上" in fault.message
    assert found.rank_findings == ()


def test_what_is_above_the_full_mark_is_told(rules: Rules) -> None:
    """The heading's own full mark is the measure; without any, caps are not assessable."""
    found = checked(rules, "单位,书面（20分）,加分,总分", "甲局,20.5,1,21.5", "乙局,20,1,21")
    (fault,) = found.caps_exceeded or ()
    assert (fault.unit, fault.section, fault.value, fault.full_mark) == ("甲局", "书面", fault.value, 20)
    assert checked(rules, "单位,书面,总分", "甲局,20.5,20.5", "乙局,1,1").caps_exceeded is None


def test_two_that_changed_places_are_one_fault(rules: Rules) -> None:
    """Neighbours whose ranks are swapped are told together."""
    found = checked(
        rules, "单位,得分,名次", *(f"第{place}局,{90 - place},{rank}" for place, rank in enumerate((1, 3, 2, 4, 5), 1))
    )
    (fault,) = found.rank_findings
    assert set(fault.units) == {"第2局", "第3局"}
    assert "对调" in fault.message


def test_a_missing_rank_within_the_ranking_is_told(rules: Rules) -> None:
    """A gap where a unit without rank stands is a fault; units beside the ranking are not."""
    gap = checked(rules, "单位,总分,名次,书面", "甲局,9,1,9", "乙局,8,,8", "丙局,7,3,7", "丁局,6,4,6")
    assert [fault.units for fault in gap.rank_findings] == [("乙局",)]
    beside = checked(rules, "单位,总分,名次,书面", "甲局,9,1,9", "乙局,8,不参加排名,8", "丙局,7,2,7", "丁局,6,3,6")
    assert beside.rank_findings == ()
    assert any("乙局" in note for note in beside.tables[0].notes)


def test_words_where_a_number_should_be_are_told(rules: Rules) -> None:
    """The row is not judged, and neither is it passed over."""
    found = checked(rules, "单位,书面,网上,总分", "甲局,20,8,28", "乙局,待定,8,8", "丙局,1,1,2")
    assert [(cell.unit, cell.text) for cell in found.unread] == [("乙局", "待定")]
    assert (found.totals_wrong, found.sound) == ((), False)


@pytest.mark.parametrize(
    ("rows", "formula"),
    [
        (("单位,书面（40%）,网上（60%）,总分", "甲局,90,80,84", "乙局,70,80,76", "丙局,60,50,54"), "书面×40"),
        (("单位,扣分,总分", "甲局,3.5,96.5", "乙局,0,100", "丙局,10,90"), "100 分减去扣分"),
        (("单位,申请件数,书面（20分）,网上（10分）,总分", "甲局,7,20,8,28", "乙局,3,19,8,27", "丙局,9,1,2,3"), "书面+网上"),
        (("单位,书面,网上,小计,加分,总分", "甲局,20,8,28,1,29", "乙局,19,8,27,,27", "丙局,18,8,26,2,28"), "书面+网上+加分"),
        (("单位,书面（50分）,重点（30分）,总分", "甲局,40,24,80", "乙局,50,30,100", "丙局,20,12,40"), "÷80×100"),
    ],
)  # fmt: skip
def test_the_sum_is_found_where_the_plain_one_explains_nothing(
    rules: Rules, rows: tuple[str, ...], formula: str
) -> None:
    """Weights, deductions, counts beside the scores, subtotals and divided totals."""
    found = checked(rules, *rows)
    assert formula in found.tables[0].formula
    assert found.totals_wrong == ()


def test_totals_of_an_unknown_sum_are_not_judged(rules: Rules) -> None:
    """Where most rows do not add up, the table is not all wrong: the sum is unknown, and that is said."""
    found = checked(rules, "单位,书面,网上,总分", *(f"第{n}局,{n},{n * n},{n * 7 + 3}" for n in range(2, 9)))
    assert found.totals_wrong is None
    assert "看不出" in found.tables[0].notes[0]


def test_groups_are_ranked_apart_or_together_as_the_ranks_say(rules: Rules) -> None:
    """A column of groups says whether ranks begin anew; the ranks themselves decide."""
    rows = ["A,甲局,9,{},9", "A,乙局,8,{},8", "B,丙局,7,{},7", "B,丁局,6,{},6"]
    for ranks in ((1, 2, 1, 2), (1, 2, 3, 4)):
        found = checked(
            rules, "类别,单位,总分,名次,书面", *(row.format(rank) for row, rank in zip(rows, ranks, strict=True))
        )
        assert (found.rank_findings, found.rank_method) == ((), "no-ties")


def test_one_broken_tie_alone_is_a_manner_of_ranking(rules: Rules) -> None:
    """With nothing to compare it with, it is noted and no fault."""
    found = checked(rules, "单位,总分,名次,书面", "甲局,9,1,9", "乙局,9,2,9", "丙局,7,3,7")
    assert (found.rank_method, found.rank_findings) == ("ordinal", ())
    assert any("先后" in note for note in found.tables[0].notes)


def test_a_file_without_score_table_is_refused_with_advice(rules: Rules) -> None:
    """What was expected is said."""
    with pytest.raises(BadRowError, match="单位"):
        checked(rules, "标题,文号", "某通知,某发〔2024〕1号")
