"""Sentences about days and counts, each with one slip: the right form says nothing, the slip is found.

Each is written as `before{right|slip}after`; none is of a book of phrases.
"""

import re

import pytest

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining import Paper, examine
from attrtrack.reading import read_source
from attrtrack.recording import record
from attrtrack.rules import Rules

_FORKED = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_FRAME = (
    "云栖市人民政府办公室关于2023年度全市政务公开工作情况的通报\n云政办函〔2024〕6号\n"
    "各县（区）人民政府，市直各单位：\n{}\n云栖市人民政府办公室\n2024年2月5日\n"
)
_DATES = (
    "以上统计数据的时间范围为{2023年1月1日至2023年12月31日|2021年1月1日至2021年12月31日}。",
    "新版办事指南已于{2月28日|2月29日}替换到位。",
    "听证方案于5月8日至{5月22日|5月12日}公示，公示期不少于10天。",
    "《停车管理规定》于11月7日印发，图解于{11月9日|11月20日}发布，达到5个工作日内解读的标准。",
    "5月16日接到群众来信后，值班人员当天转办，{5月24日|5月4日}办结。",
    "《招生政策》于4月11日发布，随后在{4月20日|4月2日}召开了说明会。",
    "请各县（区）于{2024年3月5日|2024年1月20日}前反馈意见。",
    "网站内容清查的结果已于{2024年1月31日|2024年5月31日}前全部公布。",
    "{2024年1月17日|2024年4月17日}，全市召开年度公开工作总结会，对先进单位作了表扬。",
    "三季度新媒体巡查于{9月12日|5月12日}结束。",
    "6月20日，转发《2023年全省公开工作安排》，要求各单位于{7月10日|6月10日}前上报进展。",
)
_COUNTS = (
    "先后于3月2日、6月8日、9月21日召开联席会议{3|4}次，研究重点问题。",
    "形成网站、公报、广播、公开栏“{四|五}位一体”的公开格局。",
    "开办夜校{四|三}期，每期一个主题，依次为公文写作、信息检索、答复规范、档案移交。",
    "编印简报9期，其中第1期至第{9|12}期已装订成册。",
    "现有热线{2|1}个，分别为民生热线、营商热线。",
    "市财政局、市民政局、市林业和草原局、市审计局{4|5}家单位获得通报表扬。",
    "评定结果如下：\n优秀等次（{3|4}个）：市发展和改革委员会、市文化和旅游局、市财政局\n良好等次（2个）：市民政局、市水利局",
    "上半年对{3|4}个县区的查阅点作了暗访，暗访结果如下：\n序号\t县区\t结果\n1\t东县\t好\n2\t西县\t好\n3\t南县\t中",
    "省级检查共指出问题{3|2}条，处理情况如下：\n序号\t问题\t处理\n1\t空白栏目\t已补\n2\t失效链接\t已删\n3\t错字\t已改",
    "得分80分以上的乡镇{2|3}个。\n名次\t乡镇\t得分\n1\t东镇\t91.2\n2\t西镇\t84\n3\t南镇\t76.5\n4\t北镇\t70",
    "有{2|1}个乡镇得分在80分以上。\n名次\t乡镇\t得分\n1\t东镇\t91.2\n2\t西镇\t84\n3\t南镇\t76.5\n4\t北镇\t70",
)
_RIGHT = (
    "2020年的方案已于2月29日废止。",
    "公示自4月3日至4月7日，期限不少于5天。",
    "四季度培训方案于9月20日完成。",
    "四季度抽查于1月8日完成。",
    "根据上级“请于2023年6月1日前报送”的要求，各县（区）均已报送。",
    "按照通知，请2023年3月1日前录用的人员参加培训。",
    "编印简报9期，其中第1期至第6期刊登在网站上。",
    "于4月8日、9日举办培训班1期。",
    "于4月8日、5月9日在两地举办培训各3期。",
    "市教育局、市财政局和市民政局、市水利局4家单位获得表扬。",
    "市教育局、市水利局、市财政局和市民政局4家单位获得表扬。",
    "抽查网站4家，具体问题如下：\n序号\t网站\t问题\n1\t甲局\t空白栏目\n2\t乙局\t链接失效\n3\t丙局\t错字",
    "得分80分以上90分以下的乡镇3个。\n名次\t乡镇\t得分\n1\t东镇\t91.2\n2\t西镇\t84\n3\t南镇\t76.5\n4\t北镇\t70",
    "得分60分以上的乡镇6个，前4名如下。\n名次\t乡镇\t得分\n1\t东镇\t91.2\n2\t西镇\t84\n3\t南镇\t76.5\n4\t北镇\t70",
    "网站、公众号、公开栏等“四位一体”的公开格局基本形成。",
)
"""What looks like a slip and is none."""


def _found(sentence: str, rules: Rules) -> tuple[Contradiction, ...]:
    source = read_source(_FRAME.format(sentence).encode(), "报告.txt")
    return examine(Paper(record(source, rules), rules)).contradictions


@pytest.mark.parametrize("sentence", [*_DATES, *_COUNTS])
def test_slip_is_found_and_the_right_form_left_alone(sentence: str, rules: Rules) -> None:
    """A report of one sentence: nothing is said of it when it is right, something when it has the slip."""
    right, wrong = (_FORKED.sub(side, sentence) for side in (r"\1", r"\2"))
    assert [item.message for item in _found(right, rules)] == []
    assert _found(wrong, rules)


@pytest.mark.parametrize("sentence", _RIGHT)
def test_what_only_looks_like_a_slip_is_left_alone(sentence: str, rules: Rules) -> None:
    """Nothing is said of a report of one sentence that is right."""
    assert [item.message for item in _found(sentence, rules)] == []
