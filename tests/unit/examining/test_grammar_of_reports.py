"""Sentences by which the checks were made to read more than known wordings: each kind, its right form and one slip.

Each is written as `{right|slip}`, as in test_wordings_of_offices; the letters behind them are what must stay silent.
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
_ATTACHED = (
    "溪口区关于考核情况的通报\n各镇：\n{}\n附件：1.考核得分表\n2.失分情况说明\n溪口区人民政府办公室\n2024年1月22日\n"
    "附件1\n考核得分表\n内容一\n{}\n失分情况说明\n内容二\n"
)
_SLIPS = (
    "受理的94件申请中，企业提交31件，公民提交{63|36}件。",
    "行政诉讼6起，一审{4|5}起，二审2起。",
    "六个片区分别上报21、18、{26|36}、15、30和12条，共122条。",
    "办理人大代表建议24件（其中A类15件、B类{7|9}件、C类2件）。",
    "新增公开事项18项，取消5项，公开事项总数从146项增加到{159|169}项。",
    "剔除重复件15件后，实际有效件为{280|208}件，而全年收件295件。",
    "全市23个部门、11个县区参加考评，{34|35}个参评单位全部报送了材料。",
    "评出一等奖1名、二等奖2名、三等奖3名，获奖单位共{6|7}家。",
    "2023年受理申请175件，同比增长{16.7|19.7}%，2022年为150件。",
    "在全部申请中，自然人提出的占{83.3|88.3}%（150件），法人提出的占16.7%（30件）。",
    "排名前三的栏目合计占总点击量的72%，分别为35%、{22|32}%和15%。",
    "应答复申请118件均已答复，答复率{100|98}%。",
    "老年人申请占总申请量的三分之一，150件申请中有{50|65}件由老年人提出。",
    "第三次推进会于9月召开，第四次推进会于{11月|8月}召开。",
    "5月召开动员会、6月全面自查、{7月|4月}整改提升、8月总结验收。",
    "第二季度（4月至{6月|9月}）集中整治网站内容。",
    "评估工作从10月开始，到{12月|8月}结束。",
    "针对3月份通报的问题，该局于{4月|2月}全部完成整改。",
    "1月至3月部署，4月至{6月|8月}自查，7月至9月整改，10月至12月总结。",
    "征求意见稿{3月8日|4月18日}在网站公布，公众可于4月8日前反馈意见。",
    "审查制度2019年制定，{2023年|2018年}修订。",
    "聘期三年，自2021年7月1日至{2024年6月30日|2025年6月30日}。",
    "全年组织考核{两|三}次，第一次在6月，第二次在12月。",
    "召开{两|三}次会议，时间分别为4月12日和10月19日。",
    "全年发布公报{12|11}期，每月一期，每期印数2000册。",
    "对排名前三位的临江区、永丰县、高台县{|、安定县}予以表扬。",
    "全年设立查阅点{36|38}处，其中，图书馆8处、档案馆9处、政务大厅19处。36处查阅点免费开放。",
    "共收到申请{68|86}件。对收到的68件申请，均按规定时限答复。",
    "统计数据见表1，申请情况见表{2|3}。\n表1 主动公开情况\n项目\t件数\n规章\t3\n表2 申请情况\n项目\t件数\n新收\t12",
)
_RIGHT = (
    "高级岗位由38个调整为45个，中级由152个调整为168个，初级核减23个，总量763个不变。",
    "午餐60至69周岁8元，70至79周岁6元，80周岁以上4元。",
    "以返利名义的38条，以旅居名义的27条，以讲座名义的23条，其他8条。",
    "已执行21件，剩余17件，其中9件涉及搬迁。",
    "登记失业率2.6%，全年新增就业9870人，就业困难人员实现就业1214人。",
    "空调开启时间4月15日至11月10日，加班须提前一天报。",
    "1968年11月下放，1972年4月恢复，1983年8月移交，1984年3月签订交接书，以1983年8月为准。",
    "其中3名消费者代表主张先压减成本；2名代表要求缓至采暖期后实施。",
    "排名前五的客户为浙江、印度、孟加拉的染厂。",
    "中标公告6月9日发布，招标公告于5月10日发布。",
    "2月14日召开动员会，2月20日印发实施方案，3月全面启动。",
    "减少文件1200份，较上年的4800份减少25%。",
)


def _found(text: str, rules: Rules) -> list[Contradiction]:
    return list(examine(Paper(record(read_source(text.encode(), "报告.txt"), rules), rules)).contradictions)


@pytest.mark.parametrize("sentence", _SLIPS)
def test_slip_is_found_in_words_of_any_author(sentence: str, rules: Rules) -> None:
    """Nothing is said of the right sentence, something of the one with the slip."""
    right, wrong = (_FRAME.format(_FORKED.sub(side, sentence)) for side in (r"\1", r"\2"))
    assert [item.message for item in _found(right, rules)] == []
    assert _found(wrong, rules)


@pytest.mark.parametrize("sentence", _RIGHT)
def test_figures_that_only_stand_side_by_side_are_left_alone(sentence: str, rules: Rules) -> None:
    """Prices, changes, remainders and tellings in another order bring nothing."""
    assert [item.message for item in _found(_FRAME.format(sentence), rules)] == []


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("详见附件1、2、3。", "附件2"),
        ("有关表格见附件1-3。", "附件2"),
        ("《失分情况说明》见附件1，请对照整改。", "附件2"),
        ("请填写《自查表》（见附件3）。", "附件2"),
        ("随文附送三个附件。", "附件2"),
        ("现将情况通报如下。", "附件3"),
    ],
)
def test_attachments_are_called_by_the_numbers_and_names_they_have(body: str, heading: str, rules: Rules) -> None:
    """A number beyond the list, a number of another name, a count or a heading that does not fit is told."""
    right = _ATTACHED.format("得分见附件1，《失分情况说明》见附件2。", "附件2")
    assert [item.message for item in _found(right, rules)] == []
    assert _found(_ATTACHED.format(body, heading), rules)


def test_attachment_that_is_spoken_of_and_nowhere_named(rules: Rules) -> None:
    """A text that refers to its attachment has one."""
    text = _FRAME.format("请按附件要求填报。{}")
    assert [item.code for item in _found(text.format(""), rules)] == ["attachment-unlisted"]
    assert (
        _found(text.format("\n附件：自查表").replace("2月5日\n", "2月5日\n附件\n自查表\n单位：\t时间：\n"), rules) == []
    )
