"""Schemes applied: the limits of the 2020 method, worked by hand."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from attrtrack.assessing import assessment_tasks, loss_sheet, ranked, score_unit
from attrtrack.domain.schemes import Scheme
from attrtrack.domain.score_checks import RankMethod
from attrtrack.domain.scores import Fault, Missing, OpenRule, Score
from attrtrack.errors import BadRowError, RulesInvalidError
from attrtrack.rules import load_rules
from attrtrack.rules.schemes import read_scheme

HEAD = """
[scheme]
code = "s"
name = "细则"
sample = true
method_source = ""
weights_source = ""
year_from = 2020
year_to = 0
bonus_share = "0.20"
missing_words = "未报资料记0分"
places = 1
rounding = "half-up"
normalise = "{normalise}"
ranking = "dense"
tie_break = []
notice_days = 15
[[class]]
code = "A"
name = "A类"
full_mark = "{full}"
categories = ["A"]
"""


def an_indicator(code: str, weight: str, parent: str = "") -> str:
    """Write an indicator."""
    return (
        f'[[indicator]]\ncode = "{code}"\nname = "指标{code}"\nparent = "{parent}"\nweight = "{weight}"\nclasses = []\n'
    )


def a_deduction(code: str, indicator: str, points: str = "1", cap: str = "") -> str:
    """Write a deduction that a person enters; without an indicator it is grave."""
    grave = "false" if indicator else "true"
    return (
        f'[[deduction]]\ncode = "{code}"\nindicator = "{indicator}"\nsource = "entered"\nper = "case"\n'
        f'points = "{points}"\nfloor = ""\ncap = "{cap}"\ngrave = {grave}\ntext = "扣分"\n'
    )


def a_bonus(code: str, indicator: str, share: str = "") -> str:
    """Write a bonus."""
    return f'[[bonus]]\ncode = "{code}"\nindicator = "{indicator}"\npoints = "1"\nmost = ""\nshare = "{share}"\ntext = "加分"\nsource = ""\n'


def a_scheme(*parts: str, full: str = "100", normalise: str = "none") -> Scheme:
    """Read a scheme with two level-1 indicators of 10 and 90, the first with children of 3 and 7."""
    indicators = [an_indicator("1", "10"), an_indicator("1.1", "3", "1"), an_indicator("1.2", "7", "1"), an_indicator("2", str(Decimal(full) - 10))]  # fmt: skip
    return read_scheme("s", "\n".join([HEAD.format(full=full, normalise=normalise), *indicators, *parts]).encode())


def scored(scheme: Scheme, *faults: tuple[str, str], **values: object) -> Score:
    """Score a unit by how many times each rule applies."""
    made = [Fault(rule, Decimal(count), "查实", evidence="记录") for rule, count in faults]
    return score_unit(scheme, "A", unit="甲局", faults=made, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("faults", "lost"), [("5", "5"), ("14", "10"), ("10", "10"), ("0", "0")])
def test_a_lower_level_may_lose_more_than_its_weight_but_not_more_than_level_one(faults: str, lost: str) -> None:
    """5 points under a level-2 weight of 3 cost 5; 14 points under a level-1 weight of 10 cost 10."""
    score = scored(a_scheme(a_deduction("r", "1.1")), ("r", faults))
    assert (score.sections[0].lost, score.total) == (Decimal(lost), 100 - Decimal(lost))


def test_a_rule_keeps_its_own_cap() -> None:
    """A rule capped at 2 takes 2 of 5, and the sheet says what it would have been."""
    score = scored(scheme := a_scheme(a_deduction("r", "1.1", cap="2")), ("r", "5"))
    assert score.sections[0].lost == 2
    assert "应扣 5 分" in loss_sheet(scheme, score)[0].reason


@pytest.mark.parametrize(("indicator", "most"), [("1.1", "2"), ("1", "20"), ("", "20")])
def test_a_bonus_is_cut_at_a_fifth_of_the_weight_above(indicator: str, most: str) -> None:
    """Level 2 adds up to a fifth of level 1, level 1 and the whole up to a fifth of the full mark."""
    score = scored(a_scheme(a_bonus("b", indicator)), ("b", "50"))
    assert [(gain.asked, gain.points) for gain in score.gains] == [(50, Decimal(most))]
    assert score.exact == 100 + Decimal(most)


def test_bonuses_of_one_parent_share_its_fifth() -> None:
    """Two under one level-1 weight of 10 add 2 together; an explicit exception has its own share."""
    score = scored(a_scheme(a_bonus("b", "1.1"), a_bonus("c", "1.2")), ("b", "1.5"), ("c", "1.5"))
    assert [gain.points for gain in score.gains] == [Decimal("1.5"), Decimal("0.5")]
    assert scored(a_scheme(a_bonus("b", "1.1", share="0.5")), ("b", "9")).gains[0].points == 5


def test_grave_deductions_come_last_and_are_held_by_no_cap() -> None:
    """All sections lost and 15 grave points: the total is below 0."""
    score = scored(a_scheme(a_deduction("g", ""), a_deduction("r", "1.1"), a_deduction("q", "2")), ("g", "15"), ("r", "99"), ("q", "99"))  # fmt: skip
    assert score.total == -15


def test_nothing_handed_in_scores_nothing() -> None:
    """A section without material is 0 whatever else was found in it, its bonuses included, and says why."""
    scheme = a_scheme(a_deduction("r", "1.1"), a_bonus("b", "1.1"))
    score = scored(scheme, ("r", "2"), ("b", "1"), missing=[Missing("1", "书面材料", "催报函")])
    assert (score.total, score.gains[0].points) == (90, 0)
    assert loss_sheet(scheme, score)[0].reason == "未报资料记0分：书面材料（催报函）"
    with pytest.raises(BadRowError, match="一级指标"):
        scored(scheme, missing=[Missing("1.1", "", "")])


def test_the_sheet_adds_up_to_what_is_lost() -> None:
    """A cap of level 1 is a line of its own that gives back what it spares."""
    scheme = a_scheme(a_deduction("r", "1.1"), a_deduction("q", "1.2"), a_deduction("g", ""))
    score = scored(scheme, ("r", "8"), ("q", "6"), ("g", "1"))
    lines = loss_sheet(scheme, score)
    assert [line.lost for line in lines] == [8, 6, -4, 1]
    assert score.full_mark - sum(line.lost for line in lines) == score.exact == 89
    assert {line.rectified for line in lines} == {""}


def test_another_full_mark_is_kept_or_divided() -> None:
    """A class of 95 ends at 95, or at 100 where the scheme divides (81.86 of 100.64 become 81.3)."""
    assert scored(a_scheme(full="95")).total == 95
    divided = a_scheme(a_deduction("r", "2"), full="100.64", normalise="divide")
    assert scored(divided, ("r", "18.78")).total == Decimal("81.3")


@pytest.mark.parametrize(("rounding", "total"), [("half-up", "99.3"), ("half-even", "99.2")])
def test_halves_are_rounded_as_the_scheme_says(rounding: str, total: str) -> None:
    """99.25 to one place; decimals know that it is a half."""
    scheme = replace(a_scheme(a_deduction("r", "2", points="0.25")), rounding=rounding)
    assert scored(scheme, ("r", "3")).total == Decimal(total)


def test_open_rules_leave_a_range_and_no_rank() -> None:
    """What the register cannot say counts neither way: the score is a span, without grade and rank."""
    scheme = a_scheme(a_deduction("r", "1.1"), a_deduction("c", "2", cap="4"))
    score = scored(scheme, open_rules=[OpenRule("r", "资料不足"), OpenRule("c", "资料不足")])
    assert (score.total, score.lowest, score.complete, score.grade_proposed) == (100, 86, False, None)
    first, second = ranked(scheme, [score, replace(scored(scheme, ("r", "1")), unit="乙局")])
    assert [(first.unit, first.rank), (second.unit, second.rank)] == [("乙局", 1), ("甲局", None)]


@pytest.mark.parametrize(
    ("method", "ranks"),
    [("dense", [1, 2, 2, 3]), ("competition", [1, 2, 2, 4]), ("modified", [1, 3, 3, 4]), ("ordinal", [1, 2, 3, 4]), ("fractional", [1, 2.5, 2.5, 4])],
)  # fmt: skip
def test_ties_are_ranked_as_the_scheme_says(method: str, ranks: list[float]) -> None:
    """Two of the same total, or told apart by a section that the scheme names."""
    scheme = replace(a_scheme(a_deduction("r", "1.1"), a_deduction("q", "2")), ranking=RankMethod(method))
    scores = [replace(scored(scheme, one), unit=f"第{place}局") for place, one in enumerate([("r", "0"), ("r", "3"), ("q", "3"), ("r", "5")])]  # fmt: skip
    assert [float(one.rank or 0) for one in ranked(scheme, scores)] == ranks
    keyed = replace(scheme, tie_break=("1",))
    assert [one.unit for one in ranked(keyed, scores)] == ["第0局", "第2局", "第1局", "第3局"]
    assert [float(one.rank or 0) for one in ranked(keyed, scores)] == [1, 2, 3, 4]


def test_units_are_told_fifteen_days_ahead_and_those_that_fail_mend() -> None:
    """The day of the visit less 15; a term of mending for the proposed grade that asks for it, none where none is set."""
    grades = "".join(
        f'[[grade]]\nname = "{name}"\nleast = "{least}"\nrectify = {flag}\n'
        for name, least, flag in (("合格", 60, "false"), ("不合格", 0, "true"))
    )
    scheme = a_scheme(a_deduction("q", "2"), grades)
    scores = [scored(scheme), replace(scored(scheme, ("q", "41")), unit="乙局")]
    assert [score.grade_proposed for score in scores] == ["合格", "不合格"]
    visit, mend_by = dt.date(2024, 3, 1), dt.date(2024, 6, 30)
    tasks = [(task.unit, task.due) for task in assessment_tasks(scheme, scores, visit=visit, mend_by=mend_by)]
    assert tasks == [("甲局", dt.date(2024, 2, 15)), ("乙局", dt.date(2024, 2, 15)), ("乙局", mend_by)]
    assert not list(assessment_tasks(scheme, scores, visit=None, mend_by=None))


def test_a_rule_of_another_class_or_of_none_is_refused() -> None:
    """A fault by an unknown rule is no silence."""
    with pytest.raises(BadRowError, match="没有规则"):
        scored(a_scheme(), ("nowhere", "1"))


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('weight = "3"', 'weight = "4"', "下级合计"),
        ('weight = "90"', 'weight = "80"', "一级指标合计"),
        ('weight = "3"', "weight = 3.0", "带引号"),
        ('points = "1"', 'points = "-1"', "不小于 0"),
        ('source = "entered"', 'source = "measure:x"', "per"),
        ('indicator = "1.1"', 'indicator = "9"', "不存在"),
        ('ranking = "dense"', 'ranking = "alphabetic"', "之一"),
        ("grave = false", "grave = true", "重大扣分"),
        ("places = 1", "places = 1\ncolour = 1", "多余"),
        ('text = "扣分"', "", "缺少字段"),
    ],
)  # fmt: skip
def test_a_scheme_that_does_not_add_up_is_refused(right: str, wrong: str, told: str) -> None:
    """File, row and field are named."""
    indicators = [an_indicator("1", "10"), an_indicator("1.1", "3", "1"), an_indicator("1.2", "7", "1"), an_indicator("2", "90")]  # fmt: skip
    text = "\n".join([HEAD.format(full="100", normalise="none"), *indicators, a_deduction("r", "1.1")])
    assert right in text
    with pytest.raises(RulesInvalidError, match=told):
        read_scheme("s", text.replace(right, wrong, 1).encode())


def test_only_one_shipped_scheme_invents_and_says_so() -> None:
    """The sample is marked, names its method's paper, and says that its points are no one's."""
    sample, published = load_rules().schemes
    assert (sample.sample, published.sample) == (True, False)
    assert "42号" in sample.method_source
    assert "不得作为正式考核依据" in sample.weights_source
    assert not published.grades
