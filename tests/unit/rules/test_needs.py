"""Which documents need an interpretation: every row both ways, the order, the reasons and their places."""

from importlib.resources import files
from pathlib import Path

import pytest

from attrtrack.domain.needs import NeedAnswer, NeedProposal
from attrtrack.errors import RulesInvalidError
from attrtrack.nlp.first_fits import FirstFits
from attrtrack.rules import Rules, load_rules
from attrtrack.rules.loader import NEED_PLACES
from attrtrack.rules.needs import UNDETERMINED, needs_interpretation, propose_need
from attrtrack.rules.schema import InterpretationNeedRow

ROWS = tuple(load_rules().interpretation_needed)
ANSWERS = {NeedAnswer.YES: True, NeedAnswer.NO: False, NeedAnswer.OPEN: None}


def proposed(rules: Rules, row: InterpretationNeedRow, words: str) -> NeedProposal:
    """Put words where a row looks, and ask the whole table."""
    if row.over == "number":
        return propose_need(None, words, rules)
    if row.over == "text":
        return propose_need(None, None, rules, text=words)
    return propose_need(words, None, rules)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_row_answers_for_its_examples_and_no_counterexample(rules: Rules, row: InterpretationNeedRow) -> None:
    """No earlier row takes an example away; a counterexample is another row's or nobody's."""
    assert row.examples
    assert row.counterexamples
    for example in row.examples:
        found = proposed(rules, row, example)
        assert (found.row, found.needed) == (row.code, ANSWERS[row.answer])
    assert all(proposed(rules, row, words).row != row.code for words in row.counterexamples)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_proposal_quotes_what_it_rests_on(rules: Rules, row: InterpretationNeedRow) -> None:
    """The quotation stands in title, number or text at its span, and the reason is the row's sentence with its source."""
    for example in row.examples:
        found = proposed(rules, row, example)
        assert found.evidence is not None
        assert found.evidence.span is not None
        assert found.evidence.span.of(example) == found.evidence.quote != ""
        assert row.because in found.reason
        assert row.source in found.reason


def test_the_order_is_stated_and_ascending() -> None:
    """The order of the file is the order of asking, so that a row moved by hand is noticed."""
    orders = [row.order for row in ROWS]
    assert orders == sorted(set(orders))


def test_rows_look_where_there_is_something_to_look_at() -> None:
    """A row over an unknown place would never fit."""
    assert {row.over for row in ROWS} == set(NEED_PLACES)


def test_what_no_row_fits_is_undetermined(rules: Rules) -> None:
    """Nobody knows is an answer, and it says so."""
    assert propose_need("我市地铁取消乘客测温", None, rules) == NeedProposal(None, None, UNDETERMINED)
    assert propose_need(None, None, rules).needed is None
    assert propose_need("  ", "", rules, text=" ").needed is None


def test_a_normative_number_outweighs_the_title(rules: Rules) -> None:
    """Numbers of the 规 series are normative documents whatever the title says, forwarding included."""
    assert needs_interpretation("关于调整市防汛指挥部成员的通知", "云政办规〔2025〕9号", rules) is True
    assert needs_interpretation("转发市水务局《市管河道管理范围的规定》的通知", "沪府办规〔2018〕5号", rules) is True


def test_a_page_that_explains_is_not_explained(rules: Rules) -> None:
    """Neither the number nor the kind in its title makes an interpretation a document to interpret."""
    assert needs_interpretation("《某市临时救助办法》政策解读", "某府规〔2024〕3号", rules) is False


@pytest.mark.parametrize(
    ("title", "needed"),
    [
        ("某省人民政府办公厅\n关于印发某省\n旅游发展规划（2021—2025年）的通知", True),
        ("某省人民政府办公厅关于印发某省旅游发展规划（2021—2025年）的通知\ue003", True),
        ("某市政府关于印发《某市排水办法（试行）》的通知（废止）", True),
        ("关于发布实施《中药饮片炮制规范》2018年版的公告", True),
        ("某市药品监督管理局关于做好档案移交的通知", False),
        ("某市发展改革委员会关于召开座谈会的通知", False),
        ("某省政府关于某县国土空间规划的批复", False),
    ],
)
def test_carriers_brackets_and_agencies_do_not_mislead(rules: Rules, title: str, needed: bool) -> None:
    """What counts is the document carried, not the words around it or in the name of who issued it."""
    assert needs_interpretation(title, None, rules) is needed


@pytest.mark.parametrize(
    ("title", "needed"),
    [
        ("关于加强政府门户网站内容保障工作的意见", False),
        ("关于加强门户网站安全管理的意见", True),
        ("某市机关事务管理办法", True),
        ("关于印发《某市水务局保密工作管理办法》的通知", False),
        ("关于印发某某节能公司集团组建方案的通知", False),
        ("关于印发某市鼓励企业集团发展方案的通知", True),
        ("关于批准某市土地利用总体规划的通知", False),
        ("关于印发某市土地利用总体规划的通知", True),
        ("关于印发某市自行车赛工作方案的通知", False),
        ("关于印发某市体育赛事活动管理办法的通知", True),
        ("关于免征部分政府性基金的通知", True),
    ],
)
def test_the_government_at_its_own_work_is_told_from_policy(rules: Rules, title: str, needed: bool) -> None:
    """The same kinds of paper, once for the office itself, an event or one case, once for everybody."""
    assert needs_interpretation(title, None, rules) is needed


def test_evidence_keeps_to_the_title_as_it_is_written(rules: Rules) -> None:
    """Line breaks inside the words found stay in the quotation."""
    title = "关于成立某市防汛\n领导小组的通知"
    found = propose_need(title, None, rules)
    assert found.evidence is not None
    assert found.evidence.span is not None
    assert found.evidence.quote == found.evidence.span.of(title)
    assert "\n" in found.evidence.quote


def test_clauses_of_force_in_the_text_outweigh_forwarding_by_the_own_office(rules: Rules) -> None:
    """A forwarded department's paper that sets rules for a time is one to interpret; a superior's is not, an approval neither."""
    clause = "第二十条　本办法自2024年3月1日起施行，有效期5年。"
    long_text = "第一条　为规范管理，制定本办法。" * 1200 + clause
    forwarded = "转发市农委关于加强经营性物业管理意见的通知"
    assert needs_interpretation(forwarded, None, rules) is False
    found = propose_need(forwarded, None, rules, text=long_text)
    assert found.needed is True
    assert found.evidence is not None
    assert found.evidence.span is not None
    assert found.evidence.span.of(long_text) == found.evidence.quote
    assert propose_need("转发国务院关于能源管理意见的通知", None, rules, text=clause).needed is False
    assert propose_need("关于某县管理办法的批复", None, rules, text=clause).needed is False


def test_a_title_out_of_all_measure_is_not_searched(rules: Rules) -> None:
    """A hostile title costs nothing."""
    assert propose_need("关于" * 100_000, None, rules).needed is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("order = 20\n", "order = 5\n", "order"), ('over = "core"', 'over = "body"', "over")],
)
def test_an_offices_table_out_of_order_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    """An office that numbers rows otherwise than they stand, or looks where nothing is, is told so before anything runs."""
    table = files("attrtrack.rules").joinpath("data/interpretation_needed.toml").read_text(encoding="utf-8")
    (tmp_path / "interpretation_needed.toml").write_text(table.replace(old, new), encoding="utf-8")
    with pytest.raises(RulesInvalidError, match=f"interpretation_needed.toml .*{said}"):
        load_rules(tmp_path)


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("某署公告2024年第14号（关于进口某国种猪检疫和卫生要求的公告）", "公告〔2024〕14号"),
        ("某署 某部公告2023年第195号（关于发布《特殊物品检疫准入管理办法》的公告）", None),
        ("某区管理办法（修订）", "署令〔2022〕256号"),
        ("关于印发《某某体系建设“十五五”规划》的通知（发改能源〔2026〕942号）", None),
    ],
)
def test_numbers_before_and_behind_a_title_are_looked_past(rules: Rules, title: str, number: str | None) -> None:
    """Ministries print the number before the title and the title in brackets, or the number behind it."""
    found = propose_need(title, number, rules)
    assert found.needed is True
    assert found.evidence is not None
    assert found.evidence.span is not None
    source = number if found.evidence.source == "number" else title
    assert source is not None
    assert found.evidence.span.of(source) == found.evidence.quote


def test_sifting_changes_no_answer(rules: Rules) -> None:
    """Whether all rows are tried or only those that may fit, the same row says the same of the same place."""
    sift = FirstFits([row.pattern for row in rules.interpretation_needed]).tries
    for words in [text for row in ROWS for text in (*row.examples, *row.counterexamples)]:
        for title, number, text in ((words, None, words), (None, words, None), (None, None, words)):
            plain = propose_need(title, number, rules, text=text)
            assert propose_need(title, number, rules, text=text, sift=sift) == plain
