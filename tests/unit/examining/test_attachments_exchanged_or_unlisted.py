"""Numbers exchanged, titles of another thing, figures in titles and what nobody lists, right and with one slip.

Each is written as `{right|slip}`; the whole sentences behind them are what must stay silent.
"""

import pytest
from forked_passages import forms, told_of

from attrtrack.domain.documents import SourceText
from attrtrack.examining import Paper, examine
from attrtrack.recording import record
from attrtrack.rules import Rules

_SLIPS = (
    "样表见附件{一|二}，编制口径见附件二。\n附件：一、年报样表\n二、编制口径",
    "请把附件{2|1}参会回执填好传真。\n附件：1.会议日程\n2.参会回执",
    "请对照附件{1|2}规定的栏目名称，按附件2所列的更新时限办理。\n附件：1.专题栏目名称规范\n2.专题更新时限要求",
    "良好单位见附件1，合格单位见附件2。\n附件：1.{良好|合格}单位名单\n2.合格单位名单",
    "培训安排如下：课程见附件1，报名回执见附件2。\n附件：1.课程\n2.{报名回执|住宿安排}",
    "不达标栏目见附件（按得分排序）。\n附件：{不达标|达标}栏目清单",
    "尚未公开的事项见附件。\n附件：{未|已}公开事项",
    "处理决定事项见后附表格。\n附表：{处理决定|行政许可}事项一览表",
    "80分以上的4个，60分以下的2个（名单附后）。\n附：{60分以下|80分以上}单位名单",
    "原《评分表（2018年版）》停止使用，新版见附件。\n附件：评分表（{2019|2018}年版）",
    "现印发2022年度方案及标准。\n附件：1.2022年度考核方案\n2.{2022|2021}年度考核标准",
    "抽检日期为9月13日，报告见附件。\n附件：抽检报告（抽检日期9月{1|}3日）",
    "2014年的在附表1，2015年的在附表2。\n附表1：2014年数据\n附表2：201{5|6}年数据",
    "共调整37项，取消12项，见附表。\n附表：取消事项（1{2|3}项）",
    "对照附件所列的31个问题整改。\n附件：问题清单（共{31|13}个问题）",
    "评估排名请见文后附件。{\n附件：评估排名|}\n某市人民政府办公室\n2017年12月20日",
    "三季度检查一览表附后，不另行文。{\n附：三季度检查一览表|}\n（此件公开发布）",
    "现公布《清单管理办法》，并附意见反馈表。\n附件：1.清单管理办法{\n2.意见反馈表|}",
    "检查表由各县填写，汇总表由市局填写，两表附后。\n附件：1.检查表{\n2.汇总表|}",
    "网站抽查见附件1，热线抽查见附件2，留言{办理情况见附件3|已全部办结}。\n附件：1.网站抽查\n2.热线抽查\n3.留言办理情况",
    "扣分依据见附件1、附件2。\n附件：1.监测记录；2.报送统计{|；3.签到记录}。不再附其他材料。",
    "正文后附统计表一张（附表：申请情况统计表）。\n附{表|图}：申请情况统计表",
    "请填报附件中的两张表：表1为机构信息表，表2为人员信息表。\n附件：表1 机构信息表\n表2 {人员|经费}信息表",
    "将《补贴公示模板》《救助公示模板》印发给你们（见附件1、附件2）。\n附件：1.补贴公示模板\n2.{救助|搬迁}公示模板",
    "口径请看附件中的“填报说明”。\n附件1：统计表\n附件2：{填报说明|上报流程}",
    "图1所示为总量，图2所示为渠道，图{3|5}所示为类别。\n图1 2018年总量\n图2 2018年渠道\n图3 2018年类别",
)
_RIGHT = (
    "责任分解情况详见附件。\n附件：重点工作台账",
    "各单位按附件2要求自查，结果填入附件1。\n附件：1.自查情况表\n2.自查工作提纲",
    "收费依据见附件。\n附件：行政事业性收费目录清单",
    "专区分布点位见附图，开放时间见附表。\n附图：专区地图\n附表：服务时间安排",
    "总得分不在正文列出，详见附件3。\n附件：1.报送统计\n2.评查结果\n3.总得分",
    "附件1为必填表，附件2为选填表。\n附件：1.基本情况表\n2.意见建议表",
    "佐证材料五份附后。\n附件：佐证材料",
    "将《乙办法》印发给你们，考核指标见附件。\n附件：乙考核指标",
)
_ELSEWHERE = frozenset({"attachment-absent"})


@pytest.mark.parametrize("forked", _SLIPS)
def test_the_slip_is_found_and_the_right_form_is_silent(forked: str, rules: Rules) -> None:
    """The whole passage brings no answer, the same with one slip at least one."""
    right, wrong = forms(forked)
    assert told_of(right, rules, left_out=_ELSEWHERE) == []
    assert told_of(wrong, rules, left_out=_ELSEWHERE)


@pytest.mark.parametrize("text", _RIGHT)
def test_what_may_be_right_is_silent(text: str, rules: Rules) -> None:
    """Other words for the same thing, lists cut out of a longer text and one name for several things are no slips."""
    assert told_of(text, rules, left_out=_ELSEWHERE) == []


def test_what_nobody_lists_is_told_apart_from_what_is_kept_elsewhere(rules: Rules) -> None:
    """附件 that no line names has a code of its own; one that is listed and not in the file keeps the other."""
    for end, code in (("", "attachment-unlisted"), ("附件：评估排名\n", "attachment-absent")):
        text = f"某市通报\n各单位：\n排名请见文后附件。\n{end}某市人民政府办公室\n2017年12月20日\n"
        found = examine(Paper(record(SourceText(name="a.txt", format="txt", text=text), rules), rules)).contradictions
        assert [item.code for item in found] == [code]
