"""Totals and rates that offices of many branches tell: outcomes of one thing, marks out of a hundred, figures behind their share.

Each is written as `{right|slip}`: the right form says nothing, the slip is found.
"""

import re

import pytest

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining import Paper, examine
from attrtrack.reading import read_source
from attrtrack.recording import record
from attrtrack.rules import Rules

_FORKED = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_FRAME = "云栖市政府信息公开工作情况报告\n\n现将有关情况报告如下。\n{}\n"
_SLIPS = (
    "收到的28件申请全部办结，结果为：准予公开{12件|14件}，部分准予公开7件，不予公开4件，告知不掌握3件，其他2件。",
    "全年受理行政复议申请9件，其中{维持5|维持6}件，撤销2件，尚未审结2件。",
    "62条整改意见里，已落实的{51条|53条}，正在落实的8条，暂缓实施的3条。",
    "评估采用百分制：信息发布50分，{解读回应20分|解读回应25分}，办事服务20分，互动交流10分。",
    "测评总分100分，其中制度建设占15分，公开内容占{45分|40分}，公开渠道占25分，社会评价占15分。",
    "一月至六月发布信息310条，七月至十二月发布信息402条，年度发布总量{712|722}条。",
    "上年结转申请4件，本年新收38件，共42件；已办结{39件|37件}，转下年3件。",
    "年初在册账号37个，年内新开2个、注销8个，{年末在册31|年末在册33}个。",
    "接受问卷调查的群众共500人，回收有效答卷480份，认为“很满意”的408份，占有效答卷的{85%|82%}。",
    "全年接待查阅1200人次，占服务大厅总人次的{四分之一|三分之一}；服务大厅总人次为4800人次。",
    "热线满意率为{97%|95%}，按回访量1000件计，满意970件。",
    "平均办理天数由12天缩短为9天，缩短{25%|35%}。",
    "网站响应时间从3.2秒降至2.4秒，降幅{25%|20%}。",
    "全市36个部门、12个县区共48家单位参加评估，优秀20家，{良好22家|良好24家}，合格6家。",
    "全年公开信息2 460条，比上年的2 050条增长{20%|25%}。",
    "重点领域信息占主动公开总量1500条的{40%|45%}，即600条。",
    "抽查网页500个，其中发现错链15个，{错链率3%|错链率5%}，高于不超过1%的要求。",
    "新媒体阅读量120万次，转发量3.6万次，{转发率3%|转发率5%}。",
    "支出合计860万元，由三部分组成：人员经费{540|450}万元，公用经费120万元，项目经费200万元。",
    "2022年我局收到申请25件。按申请方式分，当面申请3件，网络申请{18件|16件}，信函申请4件。",
    "第一季度抽查网站20家，第二季度22家，第三季度19家，第四季度23家，全年累计抽查{84|94}家次。",
    "考核满分为100分，设组织管理20分、主动公开{50分|55分}、依申请公开20分、监督10分，另有附加分5分。",
    "类别\t数量\n许可\t120\n处罚\t35\n以上两类{合计155|合计165}件，均已上网。",
    "单位\t2022年\t2023年\t增幅（%）\n甲局\t40\t50\t2{5.0|4.0}\n乙局\t80\t84\t5.0\n丙局\t20\t18\t-10.0",
    "全年培训3期，参训人员分别为56人、72人、64人，累计{192|182}人次。",
    "清理前共有规范性文件96件，清理后继续有效{71件|77件}，修改13件，废止12件。",
    "对47件申请作出答复的情况是：同意公开{22件|25件}，同意部分公开9件，不同意公开6件，非本机关职责7件，重复申请3件。",
    "截至11月底，86项任务已完成71项，{推进中12|推进中15}项，未启动3项。",
    "100分的总分里，制度10分，{内容50|内容55}分，平台25分，保障15分。",
    "全市学校共计212所，其中小学{120所|112所}，初中56所，高中24所，中职12所。",
    "信息公开专栏访问量58.4万次，同比增加14.6万次，增长{33.3%|23.3%}。",
    "渠道\t件数\n当面\t5\n网络\t{31|37}\n信函\t9\n合计\t45",
)
_RIGHT = (
    "公开率达98.5%（目标为95%），较上年提高1.2个百分点。",
    "主动公开信息1200条，其中网站公开1200条，微信公开600条，公报公开30条。",
    "全市15家单位参评，12家达标，达标率80%，同比提高10个百分点，3家未达标，占20%。",
    "领导小组由局长任组长，2名副局长任副组长，成员9名，共12人。",
    "网上答复30件（占60%），纸质答复20件（占40%），均按期答复，按期答复率100%。",
    "全县12个乡镇中，有8个建立了专区，其中达标的6个，未达标的2个。",
    "报送信息400篇，被采用100篇，采用率25%，是全系统平均水平12.5%的两倍。",
    "公开目录由120项增加为140项，系新增26项、取消6项。",
    "2021年发布解读40篇，是2020年20篇的2倍，图解占比超过五成。",
    "栏目由20个减少至4个，更新率由81%提高到95%，提高14个百分点。",
    "类别\t维持\t纠正\t总计\t维持\t纠正\t总计\n甲局\t3\t1\t4\t2\t0\t2",
)


def _found(text: str, rules: Rules) -> list[Contradiction]:
    source = read_source(_FRAME.format(text).encode(), "报告.txt")
    return list(examine(Paper(record(source, rules), rules)).contradictions)


@pytest.mark.parametrize("passage", _SLIPS)
def test_slip_is_found(passage: str, rules: Rules) -> None:
    """Nothing is said of the right form, something of the one with the slip."""
    right, wrong = (_FORKED.sub(side, passage) for side in (r"\1", r"\2"))
    assert [item.message for item in _found(right, rules)] == []
    assert _found(wrong, rules)


@pytest.mark.parametrize("passage", _RIGHT)
def test_right_passage_is_left_alone(passage: str, rules: Rules) -> None:
    """Nothing is said where figures only look as if they were parts, wholes or changes of one another."""
    assert [item.message for item in _found(passage, rules)] == []
