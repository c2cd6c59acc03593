"""Accounts over two sentences, wholes divided twice, tables turned on their side, and attachments named in sentences.

Each is written as `{right|slip}`, as in test_wordings_of_offices: the right form says nothing, the slip is found.
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
_BEHIND = "溪口区关于考核情况的通报\n各镇：\n现将考核情况通报如下。\n{}\n溪口区人民政府办公室\n2024年1月22日\n{}"
_ACCOUNTS = (
    "去年结转6件，当年收到申请90件。结果如下：予以公开50件、部分公开20件、不予公开10件、无法提供9件，结转下年{7|5}件。",
    "上年结转4件，本年收到申请50件，予以公开30件，部分公开12件，不予公开{5|7}件，其他处理4件，结转下年度3件。",
    "上年末有效文件40件，本年制发6件，废止3件，截至年末有效{43|45}件。",
    "去年底，在用账号共40个；今年新开6个，注销{2|3}个，现有44个。",
    "新收申请70件，上年结转5件；截至12月底已办结{72|74}件，结转下年3件。",
    "综合组基础得分90分，加2分，扣1分，最后得分{91|92}分。",
)
_DIVIDED = (
    "检查发现问题60个，分别为内容类20个、链接类30个、表述类10个，已整改50个，尚未整改{10|8}个。",
    "公开社会保障、生态环境等领域信息{600|500}条，其中社会保障200条，生态环境350条。",
    "印发政策汇编{13|12}万册，其中发给村6万册、发给社区4万册、发给企业3万册。",
)
_TABLES = (
    "统计情况如下：\n项目\t上年\t本年\t增幅（%）\n接待人次\t400\t500\t{25.0|35.0}\n电话咨询\t200\t150\t-25.0",
    "统计情况如下：\n年份\t访问量\t留言\n2022年\t400\t50\n2023年\t500\t60\n增长\t25%\t{20%|30%}",
    "办件情况如下：\n办件量（单位：件）\t总量\t{950|900}\n\t自然人办件量\t600\n\t法人办件量\t350",
    "得分如下：\n名次\t县区\t组织领导\t内容建设\t加分项\t扣分项\t总得分\n1\t甲县\t20\t60\t3\t1\t82\n2\t乙县\t19\t55\t2\t1\t75\n3\t丙县\t18\t52\t2\t2\t{70|72}",
)
_RIGHT = (
    "公开社会保障、生态环境等领域信息500条，其中社会保障200条，生态环境200条。",
    "评定如下：优秀（5个）：甲局、乙局、丙局、丁局、戊局\n良好（4个）：己局、庚局、辛局、壬局\n一般（2个）：癸局、子局",
    "主要网站访问120万次，其中电脑端60万次、手机端50万次、自助端11万次。",
    "满意率如下：\n项目\t2022年\t2023年\t同比变化\n满意率（%）\t95.2\t97.1\t1.9%",
    "得分如下：\n县区\t基础\t创新\t总分\n甲县\t90\t80\t87.0\n乙县\t80\t90\t83.0\n丙县\t70\t70\t70.0",
    "数量如下：\n信息发布\t总数\t100\n动态类\t30\n政策类\t30\n其中：解读\t10\n公告类\t40",
)
_SHEETS = "附件{0}\n得分情况\n内容一\n附件{1}\n问题清单\n内容二\n"


def _found(text: str, rules: Rules) -> list[Contradiction]:
    return list(examine(Paper(record(read_source(text.encode(), "报告.txt"), rules), rules)).contradictions)


@pytest.mark.parametrize("sentence", [*_ACCOUNTS, *_DIVIDED, *_TABLES])
def test_slip_is_found_in_accounts_and_tables(sentence: str, rules: Rules) -> None:
    """Nothing is said of the right form, something of the one with the slip."""
    right, wrong = (_FRAME.format(_FORKED.sub(side, sentence)) for side in (r"\1", r"\2"))
    assert [item.message for item in _found(right, rules)] == []
    assert _found(wrong, rules)


@pytest.mark.parametrize("sentence", _RIGHT)
def test_parts_of_an_open_list_and_figures_of_another_kind_are_left_alone(sentence: str, rules: Rules) -> None:
    """Examples before 等, counted names, rounded figures, points, weighted scores and nested parts bring nothing."""
    assert [item.message for item in _found(_FRAME.format(sentence), rules)] == []


@pytest.mark.parametrize(
    ("told", "bodies", "code"),
    [
        ("得分情况见附件1，问题清单见附件2。", ("1", "2"), None),
        ("得分情况见附件1。", ("1", "2"), "attachment-unnamed"),
        ("得分情况见附件1，问题清单见附件2，名单见附件3。", ("1", "2"), "attachment-absent"),
        ("得分情况见附件1，请对照附件2整改。", ("1", "2"), None),
        ("有关材料见附件1至2。", ("1", "2"), None),
        ("附件：一、得分情况；二、问题清单", ("一", "二"), None),
        ("附件：一、得分情况；二、问题清单；三、名单", ("一", "二"), "attachment-absent"),
        ("附件：一、得分情况", ("一", "二"), "attachment-unnamed"),
        ("名单见附表2。\n附表：1.得分情况　2.问题清单", ("1", "2"), None),
        ("名单见附表3。\n附表：1.得分情况　2.问题清单", ("1", "2"), "attachment-not-listed"),
    ],
)
def test_attachments_named_in_sentences_are_those_behind(
    told: str, bodies: tuple[str, str], code: str | None, rules: Rules
) -> None:
    """What sentences, a list in Chinese numbers or one of 附表 name is compared with what is headed."""
    sheets = _SHEETS.format(*bodies)
    text = _BEHIND.format(told, sheets.replace("附件", "附表") if "附表" in told else sheets)
    codes = {item.code for item in _found(text, rules)}
    assert (code in codes) if code else not codes
