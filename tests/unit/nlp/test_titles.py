"""Facets of titles, and what contradicts what."""

import pytest

from attrtrack.nlp.places import places
from attrtrack.nlp.title_clashes import contradictions, doubts
from attrtrack.nlp.titles import clean, corrected, facets, names_of, quoted, strip_labels, topics


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


@pytest.mark.parametrize(
    ("said", "document", "facet"),
    [
        ("供水办法（试行）", "供水办法", "stage"),
        ("供水办法", "供水办法（2024年修订）", "stage"),
        ("政务公开要点", "2024年政务公开要点", "year"),
        ("水利规划", "“十五五”水利规划", "period"),
        ("归类决定", "归类决定（Ⅱ）", "series"),
        ("甲省人民政府关于防汛的通知", "转发防汛办关于防汛的通知", "carrier"),
        ("广东省人民政府关于公园的规定", "广东省人民政府 广西壮族自治区人民政府关于公园的规定", "place"),
        ("四川省供水办法", "四川省乐山市供水办法", "place"),
    ],
)
def test_what_one_title_leaves_out_is_a_doubt(said: str, document: str, facet: str) -> None:
    """A facet on one side alone is for a person; it is named, and no equal title has it."""
    assert facet in doubts(facets(said), facets(document))
    assert doubts(facets(document), facets(document)) == ()


@pytest.mark.parametrize(
    ("name", "locals_", "level"),
    [
        ("宝山区供水办法", {"宝山区"}, 4),
        ("东城区停车办法", {"东城区"}, 4),
        ("贫困山区开发规定", set(), None),
        ("老城区改造方案", set(), None),
        ("加快棚户区改造的意见", set(), None),
        ("命名上海市节水小区", set(), None),
        ("继续对报考外省市高校的考生", set(), None),
        ("乙州市丙县供水办法", {"乙州市", "丙县"}, 4),
    ],
)
def test_only_names_of_places_are_places(name: str, locals_: set[str], level: int | None) -> None:
    """A verb before 市 or 区, and a kind of district (老城区), are no place."""
    found = places(name)
    assert (set(found.locals), found.level) == (locals_, level)


def test_the_state_council_on_a_province_is_national() -> None:
    """Who issues decides the level; whom it is about stays a place."""
    found = facets("国务院关于四川省系统推进改革方案的批复").places
    assert (set(found.provinces), found.level) == ({"四川"}, 1)


def test_a_forwarded_issuer_lends_its_place_where_no_other_is_named() -> None:
    """转发甲省人大… is of that province; an issuer in front says its own."""
    one, other = facets("转发四川省人大常委会关于水利的决议的通知"), facets("转发云南省人大常委会关于水利的决议的通知")
    assert "place" in contradictions(one, other)


def test_the_state_does_not_speak_for_a_nameless_city() -> None:
    """市政府办公厅 without its city is local all the same."""
    national = facets("国务院办公厅转发纠风办关于纠风工作意见的通知")
    local = facets("市政府办公厅转发纠风办关于纠风工作意见的通知")
    assert "place" in contradictions(national, local)
    assert "place" in contradictions(local, national)


@pytest.mark.parametrize(
    ("title", "core"),
    [
        ("云栖市渔业局等关于印发《云栖市渔港管理办法》的通知", "云栖市渔港管理办法"),
        ("云栖市渔业局等关于进一步做好渔港工作的通知", "进一步做好渔港工作"),
        ("云栖市人民政府关于批转市渔业局、市财政局制订的《云栖市渔港管理办法》的通知", "云栖市渔港管理办法"),
        ("云栖市人民政府关于印发修订后的《云栖市渔港管理办法》的通知", "云栖市渔港管理办法"),
        ("云栖市渔业发展第十四个五年规划", "云栖市渔业发展十四五规划"),
    ],
)
def test_the_core_is_the_document_that_is_carried(title: str, core: str) -> None:
    """等 without a count, who drafted it and 修订后的 are no part of the name; a five-year plan has one spelling."""
    assert facets(title).core == core


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("关于印发《云栖市渔港管理办法》和《云栖市渔船管理办法》的通知", {"云栖市渔港管理办法", "云栖市渔船管理办法"}),
        ("关于印发推进渔港扩建、支持渔船更新等行动方案的通知", {"推进渔港扩建行动方案", "支持渔船更新行动方案"}),
    ],
)
def test_a_notice_that_carries_several_bears_the_name_of_each(title: str, names: set[str]) -> None:
    """《甲》和《乙》, and 甲、乙等行动方案."""
    assert names <= set(facets(title).names)
    assert names <= set(names_of(title))


def test_a_letter_or_a_word_for_zero_is_one_year() -> None:
    """二O三五, 二○三五 and 二零三五 are one year."""
    cores = {facets(f"云栖市二{zero}三五年远景目标纲要").core for zero in "O○零〇"}
    assert len(cores) == 1


def test_the_place_behind_a_year_is_read() -> None:
    """2024年云栖区… is of 云栖区."""
    assert facets("2024年云栖区渔政工作要点").places.locals == {"云栖区"}
