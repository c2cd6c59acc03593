"""Attachments named and listed, by kind, number and title, in many wordings, right and with one slip.

Each is written as `{right|slip}`; the whole sentences behind them are what must stay silent.
"""

import re

import pytest

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining import Paper, examine
from attrtrack.reading import read_source
from attrtrack.recording import record
from attrtrack.rules import Rules

_FORKED = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_FRAME = "甲地政府信息公开工作情况报告\n\n现将有关情况报告如下。\n{}\n"
_SLIPS = (
    "得分情况见附图一、{附图二|附图四}。\n附图一 市直单位得分分布图\n附图二 县（市、区）得分分布图",
    "本报告附有指标统计附表一份，数据截至2009年。\n{附表|附图}：政府信息公开情况统计表",
    "考核结果详见附件1，问题清单详见附件{2|3}。\n附件：1.考核结果汇总表；2.问题清单",
    "现将《考核细则》（附件1）、《任务分工表》（附件2）印发给你们。\n附件：\n1.考核细则\n2.{任务分工表|任务进度表}",
    "现将自查表（见附件1）、整改台账（见附件2）报上。\n附件1 自查表\n{附件2|附件1} 整改台账",
    "通报如下，得分情况见附表1，扣分明细见附表2{，整改要求见附表3|}。\n附表1：得分情况表\n附表2：扣分明细表\n附表3：整改要求",
    "详见附件1—{3|4}。\n附件：1.甲表\n2.乙表\n3.丙表",
    "请填写《{联络员登记表|联络员信息表}》（见附件）。\n附件：联络员登记表",
    "一季度情况见附件1，二季度情况见附件2。\n附件：1.{一|三}季度抽查情况\n2.二季度抽查情况",
    "检查标准（附件1）已印发，请对照整改，填报整改反馈表（附件{2|1}）。\n附件：1.检查标准\n2.整改反馈表",
    "附件：1.自评表；2.佐证材料目录；{3|4}.联系人名单",
    "附件1为考核指标，附件2为加分标准，附件3为{联系人名单|加分标准}。\n附件：1.考核指标\n2.加分标准\n3.联系人名单",
    "流程见{附图|附表}，申请人可按流程办理。\n附图：申请办理流程图",
    "情况如附表所示。\n{附表|附图}：修订前后对照表",
    "错别字清单见附件一，错链清单见附件二，隐私清单见{附件三|附件四}。\n附件：一、错别字清单\n二、错链清单\n三、隐私清单",
    "将5月份监测情况和6月份监测情况分别列为附件1、附件2。\n附件：1．5月份监测情况\n2．{6|7}月份监测情况",
    "现随文附上《典型案例》《{优秀作品|优秀解读}目录》，请参阅。\n附件：1.典型案例\n2.优秀作品目录",
    "有关数据详见文后附表。{\n附表：统计表|}",
    "请填报：{附件2|附件1}《整改台账》，并附《自查报告》（附件1）。\n附件：1.自查报告\n2.整改台账",
    "现将2022年度考核结果（附件1）和存在问题（附件2）予以通报。\n附件：1.2022年度考核结果\n2.{存在问题清单|经验做法汇编}",
    "整改情况填入附件{2|3}，于月底前报送；问题清单见附件1。\n附件1.问题清单\n附件2.整改情况表",
    "各单位公开情况统计表详见附表一至附表{三|四}。\n附表一：主动公开统计表\n附表二：依申请公开统计表\n附表三：复议诉讼统计表",
    "具体指标和分值见《评估指标体系》（附件）。\n附件：{评估指标体系|评估实施方案}",
    "为便于操作，制定了申请表（见附件1）、受理回执（见附件2）、答复书（见附件3）三种文书样式。\n附件：1.申请表\n2.受理回执\n{3|4}.答复书",
    "见附件1（考核方案）、附件2（评分细则）。\n附件：1.考核方案\n2.{评分细则|考核结果}",
    "随文印发附件{3|4}个。\n附件：1.指南\n2.目录\n3.流程图",
    "统计表见附件。\n{附件：统计表|}\n某某局\n2020年1月15日",
    "指标列于附表A，否决情况列于附表B。\n附表A 监测指标\n{附表B|附表C} 否决情况",
    "按照附件第{2|4}项所列方式处理。\n附件\n1. 首次不合格：书面提醒\n2. 连续不合格：约谈\n3. 多次不合格：追责",
    "随报告公布以下{两|三}个附件：\n附件1《解读目录》\n附件2《场次一览》",
)
_RIGHT = (
    "请按附件要求填报。\n附件：1.填报要求\n2.登记表",
    "详见附件1至附件3。\n附件：1.甲表\n2.乙表\n3.丙表",
    "名单附后。\n附件：先进单位名单",
    "请对照《自查清单》（见附件1）自查，并将《自查报告》（模板见附件2）报我办。\n附件：1.自查清单\n2.自查报告模板",
    "附件1所列事项由各单位自行认领，认领结果于3月底前报送。",
    "详见附件。\n附件：2023年度考核结果",
    "《政府信息公开条例》附件2不作为本次填报依据。",
    "根据《2022年工作要点》（国办发〔2022〕8号）附件1要求逐项落实。",
    "现将《政务公开考核办法》印发给你们。考核指标见附件1，联系人名单填写附件2后报送。\n附件：1.政务公开考核指标体系\n2.联系人名单（样表）",
    "年度统计表附后，请审阅。\n附件：2020年政府信息公开情况统计表",
    "附件1至附件4由市政务公开办汇总，附件5由各单位自行留存。\n附件：1.自查表\n2.台账\n3.统计表\n4.名单\n5.照片",
    "请各单位按附表1的格式填写，附表2不填。\n附表1：主动公开情况表\n附表2：依申请公开情况表",
    "申请情况附后，处理结果见附件2，收费情况见附件1。\n附件：1.收费情况表\n2.处理结果表",
    "考核得分见附件1，扣分原因见附件2。\n附件：1.考核得分表\n2.失分明细",
)


def _found(text: str, rules: Rules) -> list[Contradiction]:
    """Examine a passage; what its attachments hold stands elsewhere."""
    paper = Paper(record(read_source(_FRAME.format(text).encode(), "报告.txt"), rules), rules)
    return [item for item in examine(paper).contradictions if item.code != "attachment-absent"]


@pytest.mark.parametrize("passage", _SLIPS)
def test_slip_is_found_in_attachments(passage: str, rules: Rules) -> None:
    """Nothing is said of the right passage, something of the one with the slip."""
    assert [item.message for item in _found(_FORKED.sub(r"\1", passage), rules)] == []
    assert _found(_FORKED.sub(r"\2", passage), rules)


@pytest.mark.parametrize("passage", _RIGHT)
def test_right_passage_is_left_alone_in_attachments(passage: str, rules: Rules) -> None:
    """Parts that are told only in part, ties of ranks, and lists of other things bring nothing."""
    assert [item.message for item in _found(passage, rules)] == []
