"""Figures that belong together: how they are read, which relations are offered, and what the shipped model doubts."""

import pytest
from forked_passages import forms, in_report

from attrtrack.domain.certainty import Certainty
from attrtrack.examining import Paper, examine
from attrtrack.examining.related.figures import COUNT, DAY, SHARE, SPAN, FiguredText
from attrtrack.examining.related.relations import (
    BALANCE,
    CHANGE,
    ELAPSED,
    LISTED,
    MEAN,
    MORE_TIMES,
    PART,
    PERIOD_MEAN,
    PRODUCT,
    REST,
    SAME,
    STEP,
    SUM,
    relations,
)
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
