"""Words around the mention of an attachment against its title, right and with one slip, as branch offices write them.

Each is written as `{right|slip}`; the whole sentences behind them are what must stay silent.
"""

import pytest
from forked_passages import forms, told_of

from attrtrack.rules import Rules

_SLIPS = (
    "从附件一可以看出，各市局办结率差异较大；从附件二可以看出，答复规范性有待提升。\n附件一 各市局{办结率|点击率}统计\n附件二 答复规范性比对",
    "取消证明事项11项，清单见附件1；容缺受理事项8项，清单见附件2。\n附件：1.取消{证明|收费}事项清单　2.容缺受理事项清单",
    "附件1为各乡镇检查得分，附件2为县直部门检查得分。\n附件：1.各乡镇检查得分表\n2.{县直部门|县属学校}检查得分表",
    "开箱记录（附件1）共37条；局长信箱办理记录（附件2）共64条。\n附件：1.开箱记录\n2.{局|县}长信箱办理记录",
    "网站访问量变化趋势见附图1，栏目调整情况见附图2。\n附图1 网站{访问|信息}量变化趋势图\n附图2 栏目调整图",
    "佐证为：附件1为培训签到册，附件2为公开栏照片。\n附件1：培训签到册\n附件2：{公开栏|会议室}照片",
    "随附两件：附件一，学校信息公开情况；附件二，学校财务公开情况。\n附件一：学校信息公开情况\n附件二：学校{财务|食堂}公开情况",
    "继续有效的37件（见附表一），废止的5件（见附表二）。\n附表一：继续有效的文件目录（{37|39}件）\n附表二：废止的文件目录（5件）",
    "现将17条问题列为附件1，5条措施列为附件2。\n附件：1.问题（17条）\n2.措施（{5|7}条）",
    "收费项目共7项，标准见附表。\n附表　收费项目（{7|9}项）标准",
    "随文印发《信息公开申请表》《答复书格式》，供参照使用。\n附件：1.信息公开申请表{\n2.答复书格式|}",
    "整改情况见《错敏信息更正表》（附后）。\n附：{错敏信息|失效链接}更正表",
    "对照测评细则（见附件）逐项打分。\n附件：政务公开测评{细则|结果}",
    "形成任务清单（见附件），共34项。\n附件：整改任务{清单|分析报告}",
    "整改台账附后（附件1），前后对比图一并附上（{附件2|附件1}）。\n附件1　整改台账\n附件2　前后对比图",
    "统计口径参见附件《指标解释》。\n2022年1月19日{\n附件：指标解释|}",
    "现将总结及《统计报表》（附件）报上。{\n附件：统计报表|}",
    "决定予以通报表扬（名单附后），望再接再厉。{\n附件：先进学校名单|}\n二〇一二年二月二十一日",
    "示范窗口14个（附件1），优秀信息员26名（附件2）{，事迹材料编印成册（附件3）|}。\n附件：1.示范窗口名单　2.优秀信息员名单　3.事迹材料汇编",
    "附：\n1.收费公开一览表\n2.招生公开一览表\n以上两表对应正文所述收费公开（附1）和招生公开（{附2|附3}）。",
    "请将《回执》（附件2）传真至办公室，名额分配见附件1。\n附件：\n1.名额分配表\n2.{回执|住宿安排}",
)
_RIGHT = (
    "抽查情况见附件1，整改要求见附件2。\n附件：1.抽查结果汇总表\n2.整改任务清单",
    "评估情况（附件1）和问题（附件2）一并通报。\n附件：1.第三方评估得分表\n2.评估发现问题清单",
    "收到意见23条，采纳情况见附件。\n附件：意见采纳情况表（共2页）",
    "清理文件42件，其中废止5件（附件1）、修改3件（附件2）。\n附件：1.废止文件目录（5件）\n2.修改文件目录（3件）",
    "按照《甲条例》《乙办法》要求，编制了《丙目录》，一并附后。\n附件：丙目录",
    "考核办法（附件1）与先进名单（附件2）印发给你们。\n附件：1.考核办法（试行）\n2.先进单位名单",
    "版本升级到2.0，操作说明见附件。\n附件：平台操作说明",
    "从附件1看，办结率较高；从附件2看，满意率较高。\n附件：1.各县办结率\n2.各县满意率",
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
    """A title called shorter, or by words that mean the same, is no other one."""
    assert told_of(text, rules, left_out=_ELSEWHERE) == []
