"""A seventh book of phrases, written after two rounds of corrections: a plain-spoken county, a hotline centre, a city bulletin."""

import random
from collections.abc import Callable, Sequence

from report_makers import (
    FIGURES,
    Attached,
    attachments,
    balanced,
    change,
    dated,
    in_hundredths,
    listed,
    numbered,
    points,
    share,
    times,
    twice,
    whole_shares,
)
from report_phrases import Pair, Phrase, off, percent, split, summed

TOWNS = ("沙湾镇", "清水镇", "白果乡", "金竹乡", "罗场镇", "双河镇", "九龙乡", "官渡镇")
BODIES = ("教育局", "民政局", "农业农村局", "文旅局", "应急局", "退役军人局", "市场监管局", "医保局")

HEADS = (
    ("沙湾县{year}年度政务公开工作总结", "今年以来，我县坚持以群众需求为导向抓公开，现将主要情况总结如下。", "沙湾县人民政府办公室"),
    ("临河市12345热线中心{year}年度信息公开年报", "本中心依据条例要求公布{year}年度年报，数据以中心台账为准。", "临河市12345热线中心"),
    ("临河市人民政府办公室关于{year}年政务公开专项督查情况的通报", "各区（县）人民政府，市级各部门：\n督查组对部分地方和单位进行了实地督查，通报如下。", "临河市人民政府办公室"),
)  # fmt: skip
FILLERS = (
    "把公开要求写进各科室岗位职责，做到事事有人管。",
    "坚持凡是群众想知道的都讲清楚，凡是办事要用的都摆出来。",
    "发布前查内容、查格式、查隐私，发布后查显示、查链接。",
    "利用赶集日、村民会把政策送到田间地头，群众反响良好。",
    "也有个别科室存在应付思想，需要在下一步着力纠正。",
)
HEADINGS = ("做了哪些工作", "取得什么成效", "还有哪些差距", "接下来怎么干")


def _crowned(rng: random.Random) -> Pair:
    values = split(rng, rng.randint(60, 500), 4)
    told = [sum(values), *values]
    wrong = list(told)
    at = rng.randrange(5)
    wrong[at] = off(rng, wrong[at])
    names = ("全县合计", *rng.sample(TOWNS, 4))
    lead = "各乡镇公开信息条数见下表。\n乡镇\t条数\n"
    right, slipped = (
        lead + "\n".join(f"{name}\t{value}" for name, value in zip(names, each, strict=True)) for each in (told, wrong)
    )
    return right, slipped


def _parts_of_hundred(rng: random.Random) -> Pair:
    values = split(rng, rng.randint(150, 600), 4)
    rates = [percent(value, sum(values)) for value in values]
    wrong = list(rates)
    at = rng.randrange(4)
    wrong[at] = f"{float(rates[at][:-1]) + rng.choice([-1, 1]) * rng.uniform(1.5, 4):.1f}%".replace("-", "")
    names = ("咨询类", "求助类", "投诉类", "建议类")
    lead = "来电分类情况如下。\n类别\t件数\t占比\n"
    right, slipped = (
        lead
        + "\n".join(f"{name}\t{value}\t{rate}" for name, value, rate in zip(names, values, each, strict=True))
        + f"\n合计\t{sum(values)}\t100.0%"
        for each in (rates, wrong)
    )
    return right, slipped


def _files(rng: random.Random) -> Pair:
    month = rng.randint(3, 9)
    days = [(rng.randint(1, 9), rng.randint(14, 27)) for _ in range(3)]
    at = rng.randrange(3)
    lead = "抽取的三份案卷时间节点如下。\n案卷号\t收件\t答复\n"
    right, slipped = (
        lead
        + "\n".join(
            f"{number}号\t{month + number}月{late if swap and number == at else early}日\t{month + number}月{early if swap and number == at else late}日"
            for number, (early, late) in enumerate(days)
        )
        for swap in (False, True)
    )
    return right, slipped


def _roll(rng: random.Random) -> Pair:
    count = rng.randint(4, 7)
    table = "\n".join(f"{name}\t-{at}.5" for at, name in enumerate(rng.sample(BODIES, count), start=1))
    told = "被扣分单位{v}个，详情如下：\n单位\t扣分\n" + table
    return told.format(v=count), told.format(v=count + rng.choice([-1, 1]))


def _brands(rng: random.Random) -> Pair:
    names = rng.sample(("阳光小院", "板凳会", "公开角", "民情茶座", "政策夜校", "指尖大厅"), rng.randint(3, 5))
    count = len(names)
    told = "打造{v}个公开品牌，即" + "".join(f"“{name}”" for name in names) + "。"
    return told.format(v=count), told.format(v=count + rng.choice([-1, 1]))


SUMS: Sequence[Phrase] = (
    summed(
        "{t}件来件当中，{a}件涉及征地拆迁，{b}件涉及劳动社保，{c}件涉及教育卫生，剩下{d}件涉及其他方面。", 60, 600, 4
    ),
    summed("四个季度依次发布动态{a}条、{b}条、{c}条、{d}条，全年{t}条。", 200, 2000, 4),
    summed("共接待来访{t}批次，县级领导接待{a}批次，部门接待{b}批次，窗口接待{c}批次。", 60, 300, 3),
    _crowned,
    summed(
        "主动公开政府信息{t}条，较好完成任务。分栏目看，机构信息{a}条，政策法规{b}条，工作动态{c}条。", 300, 3000, 3
    ),
    summed("办培训班{a}期、讲座{b}期、现场观摩{c}期，三项加起来{t}期。", 20, 90, 3),
    balanced("上年度遗留{a}件，今年又收到{b}件，一共办结{c}件，还剩{d}件没有办完。", 40, 400),
    summed("全县核定专职岗位{t}个，实有在岗{a}个，空缺{b}个。", 30, 120, 2),
    summed("基层服务点位{t}个；其中县级{a}个，乡级{b}个，村级{c}个。", 60, 400, 3),
    in_hundredths("设备经费总额{t}万元（省级补助{a}万元，市级配套{b}万元，县级自筹{c}万元）。", 4000, 20000, 3),
    summed("参与评价{t}人次：非常满意{a}人次、满意{b}人次、一般{c}人次、不满意{d}人次。", 300, 3000, 4),
    summed("经纸质渠道公开{a}份、经电子渠道公开{b}份，两者相加{t}份。", 100, 900, 2),
    summed("梳理目录{t}条，保留{a}条，删去{b}条，另有{c}条待定。", 100, 600, 3),
    summed("举报线索{t}条，属实{a}条、部分属实{b}条、不属实{c}条。", 30, 200, 3),
)
PERCENTAGES: Sequence[Phrase] = (
    share("{t}家单位报了材料，{a}家达到要求（占{p}）。", 40, 120),
    share("办结来件{a}件，办结率为{p}（应办{t}件）。", 60, 600),
    change("与上年的{o}件相比，今年立案{n}件，增长了{p}。", 60, 600),
    change("今年差错{n}处，去年{o}处，降低{p}。", 60, 600, down=True),
    points("测评得分率由{o}变为{n}，提升{d}个百分点。"),
    whole_shares("信息构成为：文字类{a}、图片类{b}、视频类{c}、其余类{d}。", 4),
    share("{a}人参加了业务考试，占应考{t}人的{p}。", 60, 600),
    share("支出公开经费{a}万元，为年初预算{t}万元的{p}。", 60, 300),
    times("短视频点赞量{n}次，相当于前年{o}次的{x}倍。", 300, 2000),
    _parts_of_hundred,
    share("合格点位{a}个，合格率{p}；不合格点位{r}个，不合格率{q}；共检查点位{t}个。", 60, 300),
    share("电话回访{t}人，{a}人表示认可，认可度{p}。", 100, 600),
    share("达标乡镇{a}个，达标面{p}，全县共有乡镇{t}个。", 20, 60),
    share("{p}的来电（{a}个）一次办成，全年来电共{t}个。", 200, 3000),
    share("县级部门{t}个，按月更新的有{a}个，更新率达{p}。", 30, 80),
)
DATES: Sequence[Phrase] = (
    dated("问卷调查于{m}月{e}日启动，{m}月{l}日收官。", "问卷调查于{m}月{l}日启动，{m}月{e}日收官。"),
    dated("征集公告挂网时间：{m}月{e}日至{l}日。", "征集公告挂网时间：{m}月{l}日至{e}日。"),
    dated("该件2023/{m}/{e}签收，2023/{m}/{l}寄出答复书。", "该件2023/{m}/{l}签收，2023/{m}/{e}寄出答复书。"),
    dated("督查数据的采集区间是2023年{m}月到{n}月。", "督查数据的采集区间是2023年{n}月到{m}月。"),
    dated("局长办公会（{m}月{e}日）研究后，{m}月{l}日上报审批。", "局长办公会（{m}月{l}日）研究后，{m}月{e}日上报审批。"),
    dated("网站改版{m}月{e}日动工，{n}月{l}日上线。", "网站改版{n}月{l}日动工，{m}月{e}日上线。"),
    _files,
    dated("《方案》自2023年{m}月1日起执行，至2023年{n}月30日终止。", "《方案》自2023年{n}月1日起执行，至2023年{b}月20日终止。"),
    dated("本年度（2023年1月1日—2023年12月31日）无重大变更事项。", "本年度（2023年1月1日—2022年12月31日）无重大变更事项。"),
    dated("数据采集的截止日为2023年9月30日。", "数据采集的截止日为2023年9月31日。"),
    dated("第一次约谈在{b}月{e}日，第二次约谈在{m}月{l}日，第三次约谈在{n}月{e}日。", "第一次约谈在{n}月{e}日，第二次约谈在{m}月{l}日，第三次约谈在{b}月{e}日。"),
    dated("遴选报名{m}月{e}日开始，笔试安排在{m}月{l}日。", "遴选报名{m}月{l}日开始，笔试安排在{m}月{e}日。"),
    dated("2021年至2023年，群众满意度连年提高。", "2023年至2021年，群众满意度连年提高。"),
    dated("受理日期：2023年{m}月{e}日；办结日期：2023年{m}月{l}日。", "受理日期：2023年{m}月{l}日；办结日期：2023年{m}月{e}日。"),
    dated("自查阶段（{m}月{e}日—{m}月{l}日）、整改阶段（{n}月{e}日—{n}月{l}日）均按时完成。", "自查阶段（{m}月{l}日—{m}月{e}日）、整改阶段（{n}月{e}日—{n}月{l}日）均按时完成。"),
)  # fmt: skip
COUNTS: Sequence[Phrase] = (
    twice("聘请社会监督员{v}名。", "社会监督员（{v}名）均已持证上岗。", 10, 60),
    listed("进入前列的是{l}，合计{v}个部门。", BODIES, 3, 6),
    listed("{l}，以上{v}家单位请予改进。", BODIES, 3, 6),
    numbered("主要抓手有{v}个：{l}。", lambda at: f"其{FIGURES[at]}，", ("建章立制", "典型引路", "督查问效", "群众评议", "结果运用")),
    numbered("推进“{v}公开”（{l}）。", lambda _: "", ("决策公开", "执行公开", "管理公开", "服务公开", "结果公开"), end="、"),
    _roll,
    _brands,
    listed("{v}个牵头部门：{l}。", BODIES, 3, 6),
    twice("印制办事指南{v}册。", "印制的{v}册办事指南已全部发放。", 200, 3000),
    twice("年初台账登记问题{v}个。", "经核实，台账所列{v}个问题已逐项销号。", 20, 90),
    twice("全年共收到监督举报{v}件（见附表）。", "\n事项\t件数\n监督举报\t{v}\n意见征集\t11", 20, 200),
    listed("新增{v}处查阅点，位于{l}。", TOWNS, 3, 6),
    numbered("工作中有{v}点体会：{l}。", lambda at: "〇①②③④⑤"[at], ("领导重视是前提", "群众参与是关键", "技术支撑是保障", "督查考核是手段", "队伍建设是基础")),
    listed("到{l}等地调研，共{v}个乡镇。", TOWNS, 3, 6),
    twice("政务大厅进驻事项{v}项，", "{v}项进驻事项全部公布办事流程。", 100, 900),
)  # fmt: skip
_NAMES = ("督查发现问题清单", "乡镇得分情况表", "优秀案例汇编", "责任分解表")
ATTACHMENTS: Sequence[Callable[[random.Random], Attached]] = (
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + "\n".join(f"{at}.《{name}》" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}",
        reference="督查发现的具体问题见附件{v}。",
        body="沙湾镇、清水镇各一项。",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + "\n".join(f"{at}、{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}：",
        between="",
        reference="有关安排按附件{v}执行。",
        body="以上情况截至年底。",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "附表：" + "\n".join(f"{at}.{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附表{at}",
        reference="详细数据见附表{v}。",
        body="单位\t数量\n沙湾镇\t3\n清水镇\t2",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + " ".join(f"{at}.{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}",
        between=" ",
        reference="（附件{v}）",
        body="说明：本表由办公室汇总。",
    ),
)
