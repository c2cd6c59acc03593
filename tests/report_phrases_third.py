"""A third book of phrases: tables, money, ministries' and schools' ways of writing; the checks were corrected by it after it was first tried."""

import random
from collections.abc import Sequence

from report_phrases import Pair, Phrase, _dates, _growth, _share, _twice, off, split, summed

SUMS: Sequence[Phrase] = (
    summed("过去一年，我厅在官方网站更新内容{t}条。按栏目统计：要闻{a}条、公告{b}条、法规{c}条、数据{d}条。", 200, 3000, 4),
    summed("全省共有行政机关{t}家报送年报，其中省级{a}家，设区市{b}家，县级{c}家。", 100, 900, 3),
    summed("年度部门预算支出{t}万元，包括基本支出{a}万元、项目支出{b}万元。", 300, 9000, 2),
    summed("学校全年回复校长信箱{t}封，其中学生来信{a}封、家长来信{b}封、教职工来信{c}封。", 60, 500, 3),
    summed("本院接到公开申请{t}件（网上提交{a}件，邮寄{b}件，当场提交{c}件），较好地保障了群众知情权。", 20, 200, 3),
    summed("第一季度受理{a}件、第二季度受理{b}件、第三季度受理{c}件、第四季度受理{d}件，全年共受理{t}件。", 80, 900, 4),
    summed("政策文件库收录文件{t}件，现行有效{a}件，已废止{b}件。", 100, 900, 2),
    summed("涉及信息公开的投诉举报{t}件，其中，属实{a}件，不属实{b}件，其他{c}件。", 20, 90, 3),
)  # fmt: skip

PERCENTAGES: Sequence[Phrase] = (
    _share("收到群众申请{t}件，当年办理完毕{a}件，办结率为{p}，其余结转下年。", 60, 400),
    _share("重点任务{t}项，已完成{a}项，完成率{p}。", 30, 90),
    _share("公开文件{t}件，占制发文件总数的比例较高；其中配有解读的{a}件，占{p}。", 40, 300),
    _growth("全年网站发稿{n}篇，较上一年度的{o}篇提升{p}。", 300, 6000),
    _growth("申请件数从上年的{o}件降至{n}件，降幅为{p}。", 80, 600, down=True),
    _growth("举办活动{n}场，比去年多{d}场，增长{p}。", 40, 200),
    _share("{t}家受检单位中有{a}家达标，达标率{p}。", 40, 120),
)


def _printed(rng: random.Random) -> Pair:
    """Make a date of meeting after the report's own; a planned one is no slip."""
    day = rng.randint(1, 28)
    right = f"2023年11月{day}日，省政府办公厅组织了第三方评估，评估结果已反馈各单位。"
    return right, right.replace("2023年11月", "2024年6月")


DATES: Sequence[Phrase] = (
    _dates("统计口径为2023年1月1日零时至2023年12月31日二十四时。", "统计口径为2023年12月31日零时至2023年1月1日二十四时。"),
    _dates("征求意见时间：2023年{m}月{e}日—2023年{m}月{l}日。", "征求意见时间：2023年{m}月{l}日—2023年{m}月{e}日。"),
    _dates("申请人王某2023年{m}月{e}日递交申请，我厅2023年{n}月{e}日作出答复决定。", "申请人王某2023年{n}月{e}日递交申请，我厅2023年{m}月{e}日作出答复决定。"),
    _dates("平台于2023年6月30日上线。", "平台于2023年6月31日上线。"),
    _printed,
)  # fmt: skip


def _grid(rng: random.Random) -> Pair:
    """Make the national form's table of applications, in short."""
    new, carried, left = rng.randint(60, 300), rng.randint(1, 9), rng.randint(1, 9)
    done = new + carried - left
    open_, part, not_ = split(rng, done, 3)
    table = (
        "申请情况如下：\n项目\t自然人\t法人\t总计\n一、本年新收政府信息公开申请数量\t{a}\t0\t{a}\n二、上年结转政府信息公开申请数量\t{b}\t0\t{b}\n"
        "（一）予以公开\t{c}\t0\t{c}\n（二）部分公开\t{d}\t0\t{d}\n（三）不予公开\t{e}\t0\t{e}\n（七）总计\t{t}\t0\t{t}\n四、结转下年度继续办理\t{f}\t0\t{f}"
    )
    values = {"a": new, "b": carried, "c": open_, "d": part, "e": not_, "t": done, "f": left}
    return table.format(**values), table.format(**dict(values, t=off(rng, done)))


COUNTS: Sequence[Phrase] = (
    _twice(
        "去年以来，省厅全年出台规范性文件{v}件。", "上述全年出台的规范性文件{w}件，均在二十个工作日内公开。", 12, 60
    ),
    _twice("全年组织政策吹风会{v}场。", "政策吹风会全年组织{w}场，记者提问热烈。", 12, 60),
    _twice("收到政府信息公开申请{v}件。", "办理情况：全年收到的政府信息公开申请{w}件中，没有逾期答复的。", 30, 300),
    _twice("本年度受理行政复议{v}件。", "有关行政复议的情况说明：本年度受理行政复议{w}件。", 12, 60),
    _grid,
)
