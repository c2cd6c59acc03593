"""Figures that belong together: how they are read, which relations are offered, and what the shipped model doubts."""

import pytest
from forked_passages import forms, in_report

from attrtrack.domain.certainty import Certainty
from attrtrack.examining import Paper, examine
from attrtrack.examining.related.figures import COUNT, DAY, SHARE, SPAN, FiguredText
from attrtrack.examining.related.kinds import (
    BACK,
    BALANCE,
    CHANGE,
    COVERED,
    DIFFERENCE,
    ELAPSED,
    GAIN,
    LASTED,
    LISTED,
    LOSS,
    MEAN,
    MORE_TIMES,
    NEXT_YEAR,
    ORDER,
    PART,
    PERIOD_MEAN,
    PRODUCT,
    REST,
    SAME,
    SAME_YEAR,
    STEP,
    SUM,
    YEAR_BEFORE,
    YEARS,
    YEARS_COVERED,
    Relation,
)
from attrtrack.examining.related.relations import relations
from attrtrack.examining.related.saying import because
from attrtrack.examining.related.slips import CHANGED, FAR, LOST, TURNED, numbers_of_slip
from attrtrack.nlp.relation_model import RelationModel, load_relation_model
from attrtrack.reading import read_source
from attrtrack.recording import record
from attrtrack.resources import REPORTS, models_folder
from attrtrack.rules import Rules


@pytest.fixture(scope="module")
def model() -> RelationModel:
    """The model that the program ships."""
    return load_relation_model(models_folder(None) / REPORTS)


def _doubts(passage: str, rules: Rules, model: RelationModel | None) -> list[str]:
    source = read_source(in_report(passage).encode(), "报告.txt")
    found = examine(Paper(record(source, rules), rules, relations=model)).contradictions
    return [item.message for item in found if item.code == "figures-doubtful"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("公开1，204条", [(COUNT, 1204, "条")]),
        ("访问量135.3万次", [(COUNT, 1_353_000, "次")]),
        ("占12.5‰", [(SHARE, 1.25, "")]),
        ("百分之九十五点五", [(SHARE, 95.5, "")]),
        ("办理用时16个工作日", [(SPAN, 16, "工作日")]),
        ("共三个方面", [(COUNT, 3, "方")]),
        ("2023年3月1日答复", [(DAY, 738580, "")]),
        ("〔2023〕5号文件第20条，电话：8812345", []),
        ("\n3.1市场监测\n4应急响应\nIPv6、5G", []),
        ("9：00—17：00", []),
    ],
)
def test_figures_are_read(text: str, told: list[tuple[str, float, str]]) -> None:
    """Whatever is counted is read with its unit; years, hours, numbers of documents and of chapters are none."""
    assert [(figure.kind, figure.value, figure.unit) for figure in FiguredText.of(text).told] == told


@pytest.mark.parametrize(
    ("name", "passage"),
    [
        (SUM, "公开{120|130}条，其中网站70条、微信50条"),
        (BALANCE, "年初结转20件，新收110件，办结118件，年末{12|18}件"),
        (PRODUCT, "编印12期，每期3000册，共{3.6|3.8}万册"),
        (PART, "收到200件，办结190件，占{95|97}%"),
        (CHANGE, "由400条增加到500条，增长{25|35}%"),
        (REST, "合格的占82%，其余{18|28}%不合格"),
        (STEP, "由90.2%升至93.5%，提高{3.3|2.3}个百分点"),
        (MEAN, "12场共480人，场均{40|50}人"),
        (MORE_TIMES, "由20篇增加到60篇，增长{2|3}倍"),
        (PERIOD_MEAN, "全年2184条，月均{182|192}条"),
        (LISTED, "{三|四}个方面：一是组织，二是公开，三是监督"),
        (SAME, "组织培训4次，这{4|5}次培训"),
        (ELAPSED, "2023年3月1日至3月5日公示，共{5|8}天"),
        (ORDER, "2023年3月11日受理，2023年3月{1|}2日答复"),
        (BACK, "2023年5月15日施行，之前的{4|6}月已经办过讲座"),
        (LASTED, "自2022年10月8日试运行到2023年1月7日，历时{三|五}个月"),
        (COVERED, "2022年4月至2022年7月集中清理，前后{4|6}个月"),
        (SAME_YEAR, "2023年12月31日前，202{3|0}年收到的申请都已办结"),
        (NEXT_YEAR, "2022年度报告于202{3|2}年1月公布"),
        (YEAR_BEFORE, "2022年公开31条，比202{1|2}年多3条"),
        (YEARS, "2009年建成，到2015年已运行{6|8}年"),
        (YEARS_COVERED, "2009年至2015年这{7|9}年"),
    ],
)
def test_relations_are_offered(name: str, passage: str) -> None:
    """The same relation is offered of both forms of a passage; it holds in the right one only."""
    right, wrong = (
        [found.holds for found in relations(FiguredText.of(text)) if found.name == name] for text in forms(passage)
    )
    assert any(right)
    assert wrong
    assert sum(wrong) < sum(right)


@pytest.mark.parametrize(
    ("name", "passage", "own", "of_a_part"),
    [
        (SUM, "共公开1250条，其中网站713条、微信492条", TURNED, FAR),
        (SUM, "共公开1205条，其中网站700条、微信550条", TURNED, TURNED),
        (BALANCE, "年初结转20件，新收110件，办结118件，年末18件", CHANGED, CHANGED),
        (PART, "收到200件，办结190件，占97%", CHANGED, CHANGED),
        (CHANGE, "由400条增加到500条，增长52%", TURNED, FAR),
        (GAIN, "收到120件，比上年多20件，增长30%", CHANGED, CHANGED),
        (LOSS, "收到80件，比上年少20件，下降10%", CHANGED, FAR),
        (REST, "合格的占82%，其余28%不合格", CHANGED, CHANGED),
        (STEP, "由90.2%升至93.5%，提高3.5个百分点", CHANGED, CHANGED),
        (PRODUCT, "编印12期，每期3000册，共3.8万册", CHANGED, FAR),
        (MEAN, "12场共480人，场均46人", CHANGED, FAR),
        (MORE_TIMES, "由20篇增加到60篇，增长3倍", CHANGED, CHANGED),
        (SAME, "组织培训24次，这42次培训", TURNED, TURNED),
        (DIFFERENCE, "上年1213条，本年1007条，减少26条", LOST, FAR),
        (ORDER, "2023年3月11日受理，2023年3月2日答复", FAR, FAR),
    ],
)
def test_slips_are_told_from_chance(name: str, passage: str, own: float, of_a_part: float) -> None:
    """How the target, and the part nearest to right, would have to be mistyped for a relation to hold."""
    slips = [
        numbers_of_slip(found) for found in relations(FiguredText.of(passage)) if found.name == name and not found.holds
    ]
    assert (own, of_a_part) in {(slip[1], slip[3]) for slip in slips}


@pytest.mark.parametrize(
    ("name", "passage", "told"),
    [
        (BACK, "2023年5月15日施行，之前的6月已经办过讲座", "前面的日期是5月15日"),
        (LASTED, "自2022年10月8日试运行到2023年1月8日，历时五个月", "从10月8日到1月8日是3.02个月"),
        (SAME_YEAR, "2023年12月31日前，2020年收到的申请都已办结", "前面写的是2023年"),
        (NEXT_YEAR, "2022年度报告于2022年1月公布", "前面年份的下一年是2023年"),
        (YEARS, "2009年建成，到2015年已运行8年", "从2009年到2015年是6年"),
    ],
)
def test_doubts_of_dates_are_told(name: str, passage: str, told: str) -> None:
    """What days and years give is told as it can be done again."""
    found: list[Relation] = [one for one in relations(FiguredText.of(passage)) if one.name == name and not one.holds]
    assert told in {because(one) for one in found}


_PASSAGE = "所有2460户农户中，领取了政务公开便民联系卡的有2214户，发放面达到{90|92}%，外出务工的246户等其返乡后补发。"


def test_doubts_are_told_with_their_sum(rules: Rules, model: RelationModel) -> None:
    """What no words bind is doubted, with the sum that anybody can do again; the right form is not, nor without a model."""
    right, wrong = forms(_PASSAGE)
    assert _doubts(right, rules, model) == []
    assert _doubts(wrong, rules, None) == []
    (told,) = _doubts(wrong, rules, model)
    assert "2214户÷2460户＝90%" in told


def test_a_doubt_is_probable_and_quotes_its_figure(rules: Rules, model: RelationModel) -> None:
    """The stretch of the figures that are bound to one another is quoted as it is printed."""
    text = in_report(forms(_PASSAGE)[1])
    source = read_source(text.encode(), "报告.txt")
    (found,) = examine(Paper(record(source, rules), rules, relations=model)).contradictions
    assert found.certainty is Certainty.PROBABLE
    assert [one.quote for one in found.evidence] == ["2460户农户中，领取了政务公开便民联系卡的有2214户，发放面达到92%"]
    assert all(one.span is not None and one.quote == one.span.of(source.text) for one in found.evidence)


def test_what_is_worth_a_look_is_no_finding(rules: Rules) -> None:
    """Of a report in which nothing is found one place is named that is to be looked at first, never a document's number."""
    wavering = RelationModel(9.0, {}, -0.5, (), ())
    text = in_report("根据甲政发〔2022〕6号文件，2021年接待群众上半年1240人，下半年1860人，一年里接待了3700人。")
    paper = Paper(record(read_source(text.encode(), "报告.txt"), rules), rules, relations=wavering)
    found = examine(paper)
    assert found.contradictions == ()
    assert found.first_look is not None
    assert found.first_look.certainty is Certainty.POSSIBLE
    assert "〕" not in found.first_look.message
    text = in_report("共公开文件80件，其中规范性文件20件，占35%。接待群众上半年1240人，下半年1860人，一年3700人。")
    found = examine(Paper(record(read_source(text.encode(), "报告.txt"), rules), rules, relations=wavering))
    assert [item.code for item in found.contradictions] == ["percentage"]
    assert found.first_look is None


def test_years_that_differ_by_rule_are_not_doubted(rules: Rules, model: RelationModel) -> None:
    """A circular of 2024 about 2023 is the rule, as are periods that end in another year: nothing is told of either."""
    head = "云栖市人民政府办公室关于2023年度政务公开工作情况的通报\n云政办函〔2024〕6号\n\n各县（区）人民政府，市直各单位：\n\n"
    body = "现将2023年度政务公开工作情况通报如下。全年举办培训4期，参加人员320人次。网站由某公司管护，服务期一年，自2022年7月1日至2023年6月30日，中标价38.6万元。\n\n云栖市人民政府办公室\n2024年2月5日\n"
    source = read_source(f"{head}{body}".encode(), "报告.txt")
    assert examine(Paper(record(source, rules), rules, relations=model)).told == ()


@pytest.mark.parametrize("title", ["关于印发接待办法的通知", "关于接待工作的意见", "关于接待事项的复函"])
def test_only_accounts_are_doubted(title: str, rules: Rules, model: RelationModel) -> None:
    """Rules, plans and letters name figures side by side that have nothing to do with one another."""
    text = in_report(forms(_PASSAGE)[1]).replace("甲地政府信息公开工作情况报告", f"甲市人民政府{title}")
    paper = Paper(record(read_source(text.encode(), "文件.txt"), rules), rules, relations=model)
    assert "figures-doubtful" not in {item.code for item in examine(paper).contradictions}


def test_doubts_are_few(rules: Rules) -> None:
    """A report is told one doubt for every 5,000 characters begun, the likeliest, even by a model that doubts everything."""
    suspicious = RelationModel(9.0, {}, 9.0, (), ())
    wrong = "接待群众，上半年1240人，下半年1860人，一年里接待了3700人；走访企业，上半年18家，下半年22家，一年走访44家。"
    assert len(_doubts(wrong, rules, suspicious)) == 1
    assert len(_doubts(f"{wrong}\n{'院落整洁有序。' * 800}", rules, suspicious)) == 2
