"""Facets of titles, and what contradicts what."""

import pytest

from attrtrack.nlp.titles import clean, contradictions, corrected, facets, quoted, strip_labels, topics


@pytest.mark.parametrize(
    ("title", "core"),
    [
        ("云栖市人民政府办公室关于印发《云栖市临时救助办法（试行）》的通知", "云栖市临时救助办法试行"),
        ("云栖市人民政府办公室关于印发云栖市临时救助办法的通知", "云栖市临时救助办法"),
        ("甲部 乙部关于加强冷链物流建设的意见", "加强冷链物流建设意见"),
        ("甲署公告2024年第7号（关于进口德国苹果植物检疫要求的公告）", "进口德国苹果植物检疫要求"),
        ("冷链物流管理办法（甲部令第6号）", "冷链物流管理办法"),
        ("国务院关于《某流域发展规划》的批复", "某流域发展规划"),
        ("甲部等7部门公告2026年第8号公布《鼓励进口目录》", "鼓励进口目录"),
    ],
)
def test_the_core_is_what_the_document_carries(title: str, core: str) -> None:
    """Carrier, issuer and number go; the carried name stays."""
    assert facets(title).core == core


@pytest.mark.parametrize(
    "title",
    [
        "【文字解读】《云栖市临时救助办法》政策解读",
        "一图读懂｜云栖市临时救助办法",
        "图解：云栖市临时救助办法",
        "《云栖市临时救助办法》答记者问",
        "政策解读：云栖市临时救助办法",
    ],
)
def test_labels_of_form_are_no_part_of_the_name(title: str) -> None:
    """What tells the form of an interpretation leaves its document's name behind."""
    assert facets(title).core == "云栖市临时救助办法"


@pytest.mark.parametrize(
    ("said", "document", "facet"),
    [
        ("江州省能源规划", "江州省能源规划", None),
        ("广东省能源规划", "湖南省能源规划", "place"),
        ("云栖市甲区救助办法", "云栖市乙区救助办法", "place"),
        ("关于进口德国苹果要求的公告", "关于进口法国苹果要求的公告", "country"),
        ("2024年政务公开要点", "2025年政务公开要点", "year"),
        ("“十四五”水利规划", "“十五五”水利规划", "period"),
        ("处罚裁量基准（二）", "处罚裁量基准（三）", "series"),
        ("第一批归类决定", "归类决定（II）", "series"),
        ("救助办法（征求意见稿）", "救助办法", "stage"),
        ("救助办法（试行）", "救助办法（暂行）", "stage"),
        ("关于修改《救助办法》的决定", "救助办法", "action"),
        ("救助条例", "救助规划", "kind"),
        ("市府办转发省府办关于防汛工作的通知", "省府办关于防汛工作的通知", "carrier"),
    ],
)
def test_a_contradicting_facet_is_named(said: str, document: str, facet: str | None) -> None:
    """Each facet vetoes by its own name; equal titles contradict in nothing."""
    found = contradictions(facets(said), facets(document))
    assert facet in found if facet else not found


@pytest.mark.parametrize(
    ("said", "document"),
    [
        ("救助办法", "云栖市救助办法（试行）"),
        ("水利规划", "“十五五”水利规划（2026—2030年）"),
        ("关于2024年第一批归类决定的公告", "关于发布2024年归类决定（I）的公告"),
        ("水利规划", "国务院关于印发《水利规划》的通知"),
    ],
)
def test_what_a_title_leaves_out_contradicts_nothing(said: str, document: str) -> None:
    """A missing place, year, stage or kind is no contradiction."""
    assert contradictions(facets(said), facets(document)) == ()


def test_the_issuer_field_gives_the_place_that_the_title_leaves_out() -> None:
    """A provincial plan is not the plan of the same name that the State Council issued."""
    said, document = facets("广东省“无废城市”建设方案"), facets("“无废城市”建设方案", "国务院办公厅")
    assert "place" in contradictions(said, document)


def test_traditional_characters_and_stray_annotations_are_read() -> None:
    """A converted or broken title has the same core."""
    assert facets("空氣質(zhì)量改善行動計劃").core == facets("空气质量改善行动计划").core
    assert corrected("整合最佳化方案", ("最佳化=优化",)) == "整合最佳化方案"
    assert corrected("區域整合最佳化方案", ("最佳化=优化",)) == "区域整合优化方案"


def test_outermost_quotations_keep_their_place() -> None:
    """Nested titles belong to the outer one, and offsets are those of the given text."""
    text = "解读《关于执行〈甲目录〉的公告》和《乙办法》"
    assert [text[start:end] for _, start, end in quoted(text)] == ["关于执行〈甲目录〉的公告", "乙办法"]


def test_topics_split_a_title_without_quotation() -> None:
    """The part before a colon may be the document's name."""
    assert "体育建设“十五五”规划" in topics("体育建设“十五五”规划：加快发展职业体育")
    assert strip_labels(clean("某办法解读来啦")) == "某办法"


def test_a_hostile_title_is_cut() -> None:
    """A title of a million signs costs no more than a long one."""
    assert len(facets("关于" * 500_000).core) <= 400
