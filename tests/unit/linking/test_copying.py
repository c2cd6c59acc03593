"""The share of an interpretation that is copied: near 1 for an excerpt, low for an explanation, None where nobody can tell."""

from attrtrack.linking.copying import copy_measure

DOCUMENT = """云栖市居家养老服务补贴办法
第一条 为规范居家养老服务补贴发放，根据《云栖市养老服务条例》，制定本办法。
第二条 本市户籍、年满八十周岁且经评估为中度以上失能的老年人，可以申请居家养老服务补贴。
第三条 补贴标准为中度失能每人每月三百元，重度失能每人每月五百元，由区民政部门按季度发放到本人账户。
第四条 申请人应当向户籍所在地街道办事处提交申请表和身份证明，街道办事处在十个工作日内完成初审。
第五条 老年人身体状况发生变化的，家属应当在三十日内告知街道办事处，由评估机构重新评估。
"""
EXCERPT = """《云栖市居家养老服务补贴办法》解读
一、申请条件
本市户籍、年满八十周岁且经评估为中度以上失能的老年人可申请居家养老服务补贴。
二、补贴标准
补贴标准为中度失能每人每月三百元,重度失能每人每月五百元,区民政部门按季度发放到本人账户。
三、办理程序
申请人要向户籍所在地街道办事处提交申请表和身份证明，街道办事处在十个工作日内完成初审。
"""
EXPLANATION = """《云栖市居家养老服务补贴办法》解读
过去两年，许多家庭反映请人上门照料花费不小，旧的补贴只看年龄不看身体，真正需要帮助的人反而拿得少。
这次改动的想法很简单：谁更需要，就多帮谁。八十岁以上、自己吃饭洗澡有困难的老人，评估以后分两档领钱，
能自理一部分的少一些，完全要人照料的多一些，钱直接打到卡上，三个月一次。
举个例子，张奶奶今年八十三岁，去年摔伤以后下不了床，女儿带着身份证到街道窗口填一张表，两个星期左右就知道结果。
以后病情轻了或者重了，打个电话说一声，会有人再上门看。
"""


def test_an_excerpt_is_found() -> None:
    """Sentences taken over with other punctuation and a word or two changed are nearly all of the excerpt."""
    measure = copy_measure(EXCERPT, DOCUMENT)
    assert measure.share is not None
    assert measure.share >= 0.8
    for item in measure.spans:
        assert item.span.of(EXCERPT)[:4] == item.source.of(DOCUMENT)[:4]


def test_an_explanation_is_its_own_words() -> None:
    """The same rules told in other words are no copy."""
    measure = copy_measure(EXPLANATION, DOCUMENT)
    assert measure.share is not None
    assert measure.share <= 0.1


def test_too_little_to_tell_is_none() -> None:
    """A caption of a picture, or a document without its text, has no share; it is not 0."""
    assert copy_measure("一图读懂补贴办法", DOCUMENT).share is None
    assert copy_measure(EXCERPT, "").share is None
    assert copy_measure("", DOCUMENT).share is None
    assert copy_measure(EXPLANATION, "特此公告。").share is None


def test_a_long_quotation_is_marked_as_one() -> None:
    """A clause quoted with quotation marks counts, because an excerpt may stand in them, and is told as a quotation."""
    clause = "补贴标准为中度失能每人每月三百元，重度失能每人每月五百元，由区民政部门按季度发放到本人账户。"
    measure = copy_measure(f"{EXPLANATION}原文是：“{clause}”", DOCUMENT)
    assert [item.quotation for item in measure.spans] == [True]


def test_the_share_is_that_of_the_own_words() -> None:
    """What is added in one's own words lowers the share as it should."""
    alone, diluted = copy_measure(EXCERPT, DOCUMENT), copy_measure(EXCERPT + EXPLANATION, DOCUMENT)
    assert alone.share is not None
    assert diluted.share is not None
    copied = sum(item.own for item in alone.spans)
    assert abs(diluted.share - copied / diluted.own) < 0.05


def test_a_copy_stays_a_copy_when_lines_are_broken() -> None:
    """A text broken at a fixed width, as it comes out of a PDF file, is measured the same."""
    flat = EXCERPT.replace("\n", "")
    broken = "\n".join(flat[start : start + 23] for start in range(0, len(flat), 23))
    one, other = copy_measure(flat, DOCUMENT).share, copy_measure(broken, DOCUMENT).share
    assert one is not None
    assert other is not None
    assert abs(one - other) < 0.05
