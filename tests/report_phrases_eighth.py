"""An eighth book of phrases, written after three rounds of corrections: a development zone, a hospital, a provincial department."""

import random
from collections.abc import Callable, Sequence

from report_makers import (
    FIGURES,
    Attached,
    attachments,
    balanced,
    change,
    dated,
    full_width,
    in_hundredths,
    listed,
    numbered,
    points,
    share,
    times,
    twice,
    whole_shares,
)
from report_phrases import Pair, Phrase, off, split, summed

WARDS = ("门诊部", "住院部", "检验科", "药剂科", "医务处", "护理部", "信息科", "院办")
PARKS = ("东片区", "南片区", "滨湖片区", "空港片区", "高铁片区", "科创片区", "港口片区")

HEADS = (
    ("临港经济开发区{year}年政府信息公开工作年度报告", "本年度报告由开发区管委会综合办公室编制，涵盖管委会及所属各局。", "临港经济开发区管理委员会"),
    ("省立第三医院{year}年度院务公开情况报告", "根据公共企事业单位信息公开有关规定，现将本院年度情况报告如下。", "省立第三医院"),
    ("省农业农村厅关于{year}年度系统政务公开考评情况的通报", "各市（州）农业农村局，厅机关各处室、直属各单位：\n考评结果已经厅党组会议审议，通报如下。", "省农业农村厅"),
)  # fmt: skip
FILLERS = (
    "强化源头把关，公文起草时同步明确公开方式。",
    "定期梳理高频咨询事项，编成问答供社会公众查询。",
    "院务公开栏、电子屏、官方网站三处同步更新。",
    "注重用数据说话，统计口径与上年保持一致。",
    "仍需在回应关切的时效上下更大功夫。",
)
HEADINGS = ("年度概况", "重点事项", "短板弱项", "改进打算")


def _cross(rng: random.Random) -> Pair:
    rows = [(name, split(rng, rng.randint(40, 300), 2)) for name in rng.sample(PARKS, 4)]
    told = [[name, *values, sum(values)] for name, values in rows]
    wrong = [list(row) for row in told]
    at, column = rng.randrange(4), rng.randint(1, 3)
    wrong[at][column] = off(rng, int(wrong[at][column]))
    lead = "各片区受理情况如下表所示。\n片区\t线上\t线下\t合计\n"
    right, slipped = (lead + "\n".join("\t".join(map(str, row)) for row in each) for each in (told, wrong))
    return right, slipped


def _growths(rng: random.Random) -> Pair:
    rows = [
        (name, rng.randint(50, 300), rng.randint(5, 60)) for name in ("网站访问", "窗口咨询", "热线接听", "信件办理")
    ]
    rates = [f"{delta / then * 100:.2f}%" for _, then, delta in rows]
    wrong = list(rates)
    at = rng.randrange(4)
    wrong[at] = f"{float(rates[at][:-1]) + rng.uniform(2, 8):.2f}%"
    lead = "主要指标变动如下。\n指标\t本年\t上年\t增幅\n"
    right, slipped = (
        lead
        + "\n".join(
            f"{name}\t{then + delta}\t{then}\t{rate}" for (name, then, delta), rate in zip(rows, each, strict=True)
        )
        for each in (rates, wrong)
    )
    return right, slipped


def _grades(rng: random.Random) -> Pair:
    names = rng.sample(WARDS, 6)
    cut = rng.randint(2, 4)
    text = "一等奖{v}个（{a}），二等奖{w}个（{b}）。"
    words = {"a": "、".join(names[:cut]), "b": "、".join(names[cut:])}
    return text.format(v=cut, w=6 - cut, **words), text.format(v=cut + rng.choice([-1, 1]), w=6 - cut, **words)


SUMS: Sequence[Phrase] = (
    summed("全区全年产生政府信息{t}条，公文类占{a}条，会议类占{b}条，统计类占{c}条，其余{d}条为动态类。", 200, 3000, 4),
    summed("门诊公示屏发布{a}次，病区公示栏发布{b}次，官网发布{c}次，总量为{t}次。", 100, 900, 3),
    summed("投诉{t}起，按责任归属，医疗{a}起、护理{b}起、收费{c}起、后勤{d}起。", 40, 300, 4),
    balanced("期初库存文件{a}件，当期入库{b}件，当期清理{c}件，期末库存{d}件。", 100, 900),
    in_hundredths("门户网站总流量{t}万次，移动端{a}万次，电脑端{b}万次。", 3000, 30000, 2),
    _cross,
    summed("{a}家企业、{b}家社会组织、{c}家院校共{t}家单位参加了政府开放日。", 40, 200, 3),
    summed("征求到意见{t}条。采纳{a}条，部分采纳{b}条，未采纳{c}条。", 40, 400, 3),
    summed("厅系统{t}个单位参评，得分90分以上{a}个，80分至90分{b}个，80分以下{c}个。", 40, 120, 3),
    summed("全年宣传投入{t}元，其中制作费{a}元、投放费{b}元、劳务费{c}元。", 20000, 90000, 3),
    summed("新增行政许可事项{a}项、行政确认事项{b}项、其他权力{c}项，权责清单共新增{t}项。", 40, 200, 3),
)
PERCENTAGES: Sequence[Phrase] = (
    full_width(share("{t}条建议中，{a}条得到落实，落实率{p}。", 40, 300)),
    full_width(share("网办件{a}件，占同期全部办件{t}件的比重为{p}。", 300, 3000)),
    full_width(change("全年点击{n}次，同比提升{p}（上年同期{o}次）。", 300, 3000)),
    full_width(change("投诉起数由{o}起下降为{n}起，降幅为{p}。", 100, 400, down=True)),
    full_width(points("院务公开知晓率{n}，比上年（{o}）高出{d}个百分点。")),
    full_width(whole_shares("服务对象来源：本市{a}，省内其他市{b}，省外{c}。", 3)),
    times("咨询量达{n}人次，是上年同期{o}人次的{x}倍。", 300, 3000),
    full_width(_growths),
    full_width(share("发出整改通知{t}份，收回整改报告{a}份，回收率为{p}。", 60, 200)),
    full_width(share("考评对象{t}家，其中优良{a}家，优良率{p}。", 40, 120)),
    full_width(share("抽样{t}份病案首页公示内容，{a}份无差错，无差错率为{p}。", 100, 600)),
)
DATES: Sequence[Phrase] = (
    dated("信息采集期间为2023年{m}月{e}日至2023年{m}月{l}日。", "信息采集期间为2023年{m}月{l}日至2023年{m}月{e}日。"),
    dated("{m}月{e}日发出征集启事，{m}月{l}日截稿，{n}月{e}日评审。", "{m}月{l}日发出征集启事，{m}月{e}日截稿，{n}月{e}日评审。"),
    dated("患者{m}月{e}日投诉，院方{m}月{l}日反馈结果。", "患者{m}月{l}日投诉，院方{m}月{e}日反馈结果。"),
    dated("价格公示牌于2023-{m:02}-{e:02}制作，2023-{m:02}-{l:02}上墙。", "价格公示牌于2023-{m:02}-{l:02}制作，2023-{m:02}-{e:02}上墙。"),
    dated("统计时点为2023年6月30日24时。", "统计时点为2023年6月31日24时。"),
    dated("“十四五”期间（2021年—2025年）分年度推进。", "“十四五”期间（2025年—2021年）分年度推进。"),
    dated("试点从2023年{m}月起，到2023年{n}月止。", "试点从2023年{n}月起，到2023年{m}月止。"),
    dated("首轮考评{m}月{e}日结束，次轮考评{n}月{l}日结束。", "首轮考评{n}月{l}日结束，次轮考评{m}月{e}日结束。"),
    dated("考评组{m}月{e}日进驻，{m}月{l}日撤离。", "考评组{m}月{l}日进驻，{m}月{e}日撤离。"),
    dated("公示期满（2023年{m}月{l}日）后，结果于2023年{n}月{e}日生效。", "公示期满（2023年{n}月{l}日）后，结果于2023年{m}月{e}日生效。"),
)  # fmt: skip
COUNTS: Sequence[Phrase] = (
    _grades,
    twice("开发区现有信息发布平台{v}个。", "目前在用的{v}个信息发布平台均通过安全测评。", 10, 60),
    twice("医院共设置公开栏{v}处，", "所设{v}处公开栏每月更新。", 20, 90),
    twice("召开新闻通气会{v}场。", "参加这{v}场新闻通气会的媒体共计100余家次。", 5, 40),
    listed("{v}个科室被评为先进：{l}。", WARDS, 3, 6, figures=True),
    listed("走访{l}{v}个片区。", PARKS, 3, 5),
    listed("由{l}等{v}个科室组成的专班负责落实。", WARDS, 4, 6),
    numbered("突出{v}个重点。一是{l}。", lambda at: "" if at == 1 else f"{FIGURES[at]}是", ("抓时效", "抓质量", "抓互动", "抓安全", "抓队伍")),
    numbered("具体做到{v}个统一：{l}。", lambda _: "统一", ("标识", "格式", "时限", "流程", "口径"), end="、"),
    twice("全年答复{v}件。", "\n事项\t件数\n答复\t{v}\n咨询\t41", 60, 300),
    listed("设立{v}个公开专区（{l}）。", PARKS, 3, 6),
    twice("编发《公开简报》{v}期，", "{v}期《公开简报》均报送省厅。", 10, 50),
)  # fmt: skip
_NAMES = ("考评得分表", "扣分事项说明", "典型材料", "整改时限表")
ATTACHMENTS: Sequence[Callable[[random.Random], Attached]] = (
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + "\n".join(f"{at}. {name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}",
        reference="扣分原因详见附件{v}。",
        body="本表由考评组提供。",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + "，".join(f"{at}.{name}" for at, name in enumerate(names, start=1)) + "。",
        heading=lambda at: f"【附件{at}】",
        reference="（见附件{v}）",
        body="单位\t得分\n东片区\t91\n南片区\t90",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "附件：\n" + "\n".join(f"附件{at} {name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}",
        reference="有关要求见附件{v}。",
        body="一、按期完成。\n二、逾期通报。",
    ),
)
