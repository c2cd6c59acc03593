"""A fifth book of phrases, written before the checks were read: the office of another province, with bulletins and self-checks."""

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
from report_phrases import Pair, Phrase, off, percent, split, summed

PLACES = ("河西州", "罗甸镇", "三汊河街道", "岩脚乡", "平坝新区", "茶店镇", "红崖乡", "大桥街道")
ORGANS = ("州发展改革委", "州科技局", "州司法局", "州财政局", "州住建局", "州交通运输局", "州卫生健康委", "州审计局")
FIELDS = ("义务教育", "户籍管理", "社会救助", "养老服务", "公共法律服务", "就业创业", "食品药品监管", "保障性住房")
PAPERS = (
    "《信息审查办法》",
    "《新闻发布制度》",
    "《舆情回应规程》",
    "《公开指南编制规范》",
    "《责任追究暂行规定》",
    "《考勤细则》",
)

HEADS = (
    ("清源州{year}年度政府信息公开工作报告", "本报告依照《中华人民共和国政府信息公开条例》第四十九条、第五十条的规定编写，全文由四个部分组成，电子版可在州政府门户网站下载。", "清源州人民政府"),
    ("关于{year}年度全州政务公开工作第三方评估情况的通报", "各县（市）人民政府，州政府各工作部门、各直属机构：\n受州政府办公室委托，评估机构对全州政务公开工作开展了评估。经州政府同意，现通报如下：", "清源州人民政府办公室"),
    ("清源州自然资源局{year}年政务公开工作自查报告", "州政府办公室：\n按照通知要求，我局对照指标逐条开展自查，现将有关情况报告如下。", "清源州自然资源局"),
    ("平坝新区管委会{year}年度法治政府建设暨政务公开工作情况汇报", "在州委、州政府正确领导下，新区管委会扎实推进各项任务，现汇报如下：", "平坝新区管理委员会"),
)  # fmt: skip
FILLERS = (
    "我州始终把公开透明作为法治政府建设的基本要求，压实主体责任，细化任务分工。",
    "聚焦稳增长、促改革、惠民生，持续加大重点领域信息的发布力度，做到应公开尽公开。",
    "健全保密审查机制，坚持“谁公开、谁审查、谁负责”，守牢安全底线。",
    "畅通线上线下渠道，做到来访有人接、来电有人听、来信有人回。",
    "加强队伍建设，配齐配强专兼职人员，经费列入本级财政预算予以保障。",
    "对照上级要求和群众期盼，工作中仍有短板弱项，需要在今后的工作中加以改进。",
)
HEADINGS = ("基本情况", "工作开展情况", "存在的不足及原因", "2024年工作安排")


def _grid(rng: random.Random) -> Pair:
    values = split(rng, rng.randint(60, 400), 4)
    wrong = [*values, sum(values)]
    at = rng.randrange(5)
    wrong[at] = off(rng, wrong[at])
    names = (*rng.sample(ORGANS, 4), "合计")
    right, slipped = (
        "\n".join(f"{name}\t{value}" for name, value in zip(names, told, strict=True))
        for told in ([*values, sum(values)], wrong)
    )
    lead = "各单位报送信息情况见附表。\n单位\t采用条数\n"
    return f"{lead}{right}", f"{lead}{slipped}"


def _rates(rng: random.Random) -> Pair:
    rows = [(name, rng.randint(20, 60)) for name in rng.sample(PLACES, 3)]
    told = [(name, whole, whole - rng.randint(2, 9)) for name, whole in rows]
    shown = [percent(part, whole) for _, whole, part in told]
    at = rng.randrange(3)
    wrong = [f"{float(one[:-1]) - rng.randint(3, 12):.1f}%" if here == at else one for here, one in enumerate(shown)]
    right, slipped = (
        "\n".join(f"{name}\t{whole}\t{part}\t{rate}" for (name, whole, part), rate in zip(told, rates, strict=True))
        for rates in (shown, wrong)
    )
    lead = "各地台账报送情况如下。\n地区\t应报数\t实报数\t报送率\n"
    return f"{lead}{right}", f"{lead}{slipped}"


def _stages(rng: random.Random) -> Pair:
    month = rng.randint(3, 7)
    rows = (
        ("动员部署", f"2023年{month}月1日", f"2023年{month}月20日"),
        ("自查自纠", f"2023年{month + 1}月1日", f"2023年{month + 2}月15日"),
        ("总结提升", f"2023年{month + 3}月1日", f"2023年{month + 4}月10日"),
    )
    at = rng.randrange(3)
    wrong = [(name, end, start) if here == at else (name, start, end) for here, (name, start, end) in enumerate(rows)]
    lead = "专项行动分阶段推进，安排如下表。\n阶段\t起始时间\t结束时间\n"
    right, slipped = ("\n".join("\t".join(row) for row in told) for told in (rows, wrong))
    return f"{lead}{right}", f"{lead}{slipped}"


def _rows(rng: random.Random) -> Pair:
    count = rng.randint(4, 7)
    table = "\n".join(f"{at}\t{name}\t{95.5 - at}" for at, name in enumerate(rng.sample(ORGANS, count), start=1))
    told = "得分靠前的{v}家州直机关列表如下。\n序号\t机关名称\t得分\n" + table
    return told.format(v=count), told.format(v=count + rng.choice([-1, 1]))


def _years(rng: random.Random) -> Pair:
    count = rng.randint(3, 5)
    told = "、".join(f"{year}年" for year in range(2024 - count, 2024))
    text = "我州已连续{v}年（{l}）在省级评估中位居前列。"
    figures = "零一二三四五六"
    return text.format(v=figures[count], l=told), text.format(v=figures[count + rng.choice([-1, 1])], l=told)


SUMS: Sequence[Phrase] = (
    summed("全年新收依申请公开件{t}件，其中网络渠道{a}件，信函渠道{b}件，现场递交{c}件，传真渠道{d}件。", 60, 900, 4),
    summed(
        "来信来访按内容划分，土地房产类{a}件、财政资金类{b}件、行政执法类{c}件、其他类{d}件，共计{t}件。", 60, 900, 4
    ),
    summed(
        "办理结果中，予以公开、部分公开、不予公开、无法提供的分别为{a}件、{b}件、{c}件和{d}件，合计{t}件。", 40, 500, 4
    ),
    in_hundredths(
        "门户平台年度浏览量{t}万人次，其中电脑端{a}万人次、移动端{b}万人次、自助终端{c}万人次。", 9000, 90000, 3
    ),
    summed("累计发放宣传资料{t}份（折页{a}份、海报{b}份、口袋书{c}份）。", 600, 9000, 3),
    _grid,
    balanced("上年结转{a}件，本年新收{b}件，当年办结{c}件，结转下年度继续办理{d}件。", 60, 600),
    balanced("现行有效的行政规范性文件，年初{a}件，年内新制定{b}件、废止{c}件，年末{d}件。", 60, 300, of_stock=True),
    summed("全州{t}个乡镇（街道）中，建成标准化专区的{a}个，正在建设的{b}个，尚未启动的{c}个。", 40, 120, 3),
    summed("组织政策宣讲{t}场：春季{a}场，夏季{b}场，秋季{c}场，冬季{d}场。", 20, 120, 4),
    summed("评估总分为{t}分，由主动发布{a}分、平台管理{b}分、互动回应{c}分、保障监督{d}分组成。", 100, 120, 4),
    summed("集中轮训{t}人次，县直机关{a}人次，乡镇{b}人次，其余{c}人次为村（社区）工作人员。", 200, 2000, 3),
    in_hundredths("全年安排专项经费{t}万元，已支出{a}万元，结余{b}万元。", 3000, 30000, 2),
    summed("清理前共有各类账号{t}个，此次保留{a}个、注销{b}个、归并{c}个。", 40, 200, 3),
    summed("收到信访转办件{t}件，除{a}件由来信人主动撤回外，其余{b}件均已办结。", 30, 300, 2),
    summed("“公示公告”专栏上半年更新{a}条，下半年更新{b}条，全年累计更新{t}条。", 200, 3000, 2),
)
PERCENTAGES: Sequence[Phrase] = (
    full_width(share("应当公开的权责事项{t}项，已上网公开{a}项，公开率{p}。", 120, 900)),
    full_width(share("在{t}名受访群众中，表示满意或基本满意的有{a}人，占比{p}。", 200, 2000)),
    full_width(change("全年新增主动公开条目{n}条，较上年的{o}条增加{d}条，增幅达{p}。", 900, 9000)),
    full_width(change("诉讼案件由上年同期的{o}件降至{n}件，同比下降{p}。", 20, 90, down=True)),
    full_width(points("按期答复率为{n}，上年为{o}，同比提高{d}个百分点。")),
    full_width(points("网页差错率从年初的{o}下降到年末的{n}，降低了{d}个百分点。", down=True)),
    full_width(share("抽查各类站点{t}个次，合格{a}个次、不合格{r}个次，合格率和不合格率分别为{p}、{q}。", 60, 400)),
    full_width(whole_shares("从来件渠道看，网络、信函、当面三种方式占比分别为{a}、{b}和{c}。", 3)),
    full_width(share("年度计划制发图解{t}件，实际制发{a}件，完成计划的{p}。", 40, 200)),
    times("短视频播放量达{n}万次，是上年（{o}万次）的{x}倍。", 40, 400),
    full_width(share("共核对历史数据{t}条，发现差错{a}条，差错率为{p}。", 300, 3000, 2, most=0.1)),
    full_width(_rates),
    full_width(change("“三公”经费支出由上年的{o}万元压减至{n}万元，压减{p}。", 200, 900, down=True)),
    full_width(share("办理网民来信{t}封，七日内回复{a}封，占总数的{p}；超过七日回复{r}封，占{q}。", 100, 900)),
    full_width(share("{t}个参评科室中有{a}个达到良好以上等次，良好率为{p}。", 40, 90, 2)),
)
DATES: Sequence[Phrase] = (
    dated("专项整治自2023年{m}月{e}日起至2023年{n}月{l}日止。", "专项整治自2023年{n}月{l}日起至2023年{m}月{e}日止。"),
    dated("抽查发现，某县3号件{m}月{e}日收件，{m}月{l}日作出答复。", "抽查发现，某县3号件{m}月{l}日收件，{m}月{e}日作出答复。"),
    dated("本报告中所列数据的统计期限自2023年1月1日起至2023年12月31日止。", "本报告中所列数据的统计期限自2023年12月31日起至2023年1月1日止。"),
    dated("各项指标数据截至2023年11月30日。", "各项指标数据截至2023年11月31日。"),
    dated("《管理办法》于{m}月{e}日印发，自{m}月{l}日起施行，有效期至2028年{m}月{e}日。", "《管理办法》于{m}月{e}日印发，自{m}月{l}日起施行，有效期至2022年{m}月{e}日。"),
    dated("推进会的通知于{m}月{e}日下发，推进会于{m}月{l}日召开。", "推进会的通知于{m}月{l}日下发，推进会于{m}月{e}日召开。"),
    dated("三年行动方案的实施期限为2023年至2025年。", "三年行动方案的实施期限为2023年至2021年。"),
    dated("草案从{m}月{e}日开始征求意见，到{n}月{l}日结束。", "草案从{n}月{l}日开始征求意见，到{m}月{e}日结束。"),
    dated("决定书{m}月{e}日送达当事人，当事人于{m}月{l}日提起诉讼。", "决定书{m}月{l}日送达当事人，当事人于{m}月{e}日提起诉讼。"),
    dated("公示期：2023.{m}.{e}—2023.{m}.{l}，其间未收到异议。", "公示期：2023.{m}.{l}—2023.{m}.{e}，其间未收到异议。"),
    dated("上述台账已于2024年1月{e}日报省政府办公厅备案。", "上述台账已于2024年{m}月{e}日报省政府办公厅备案。"),
    dated("{m}月上旬动员部署，{m}月中旬自查自评，{m}月下旬集中整改。", "{m}月下旬动员部署，{m}月中旬自查自评，{m}月上旬集中整改。"),
    dated("先后于{b}月、{m}月、{n}月召开三次调度会。", "先后于{m}月、{n}月、{b}月召开三次调度会。"),
    _stages,
    dated("要求于{m}月{e}日前整改到位，{m}月{l}日组织了复核。", "要求于{m}月{l}日前整改到位，{m}月{e}日组织了复核。"),
    dated("2022年度报告于2023年1月{l}日向社会公布，早于1月31日的规定时限。", "2022年度报告于2023年2月{l}日向社会公布，早于1月31日的规定时限。"),
)  # fmt: skip
COUNTS: Sequence[Phrase] = (
    twice("州政府召开常务会议研究公开事项{v}次，", "这{v}次会议的议定事项均已落实。", 4, 40),
    twice("全年制发解读稿件{v}篇。", "已发布的{v}篇解读稿件全部与文件相互关联。", 20, 300),
    twice("共受理行政复议申请{v}起，", "上述{v}起行政复议申请均依法审结。", 5, 60),
    listed("经评议，确定{l}共{v}家单位为示范单位。", ORGANS, 3, 6),
    listed("修订印发{l}{v}项制度。", PAPERS, 3, 5, between="", figures=True),
    listed("除{l}{v}地外，其余乡镇（街道）均已达标。", PLACES, 2, 5, figures=True),
    listed("率先在{l}{v}个领域编制事项标准目录。", FIELDS, 3, 7),
    listed("综合得分排名前{v}位的依次是：{l}。", ORGANS, 3, 6, figures=True),
    listed("本次共抽查{v}个地方，分别为{l}。", PLACES, 3, 6),
    numbered("重点抓了{v}件事：{l}。", lambda at: f"{FIGURES[at]}是", ("清底数", "补短板", "建机制", "强督导", "促提升")),
    numbered("对照检查，主要有{v}条不足：{l}。", lambda at: f"（{at}）", ("更新滞后", "解读单一", "互动偏少", "力量薄弱", "培养不够")),
    numbered("做到“{v}个到位”，即{l}。", lambda _: "", ("组织领导到位", "制度建设到位", "人员配备到位", "经费保障到位", "督促检查到位"), end="、"),
    _rows,
    _years,
    twice("全年公开行政许可结果{v}条，具体见下表。", "\n类别\t条数\n行政许可\t{v}\n行政处罚\t17", 40, 400),
    twice("本次评估共对{v}个机构进行打分。", "从得分看，{v}个机构的平均分为82.6分。", 20, 90),
)  # fmt: skip
_NAMES = ("评估结果汇总表", "问题整改台账", "典型经验做法", "评估指标体系")
ATTACHMENTS: Sequence[Callable[[random.Random], Attached]] = (
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + "\n　　　".join(f"{at}．{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}",
        reference="有关情况见附件{v}。",
        body="河西州、茶店镇的有关情况见正文，其他地区没有需要说明的事项。",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + "；".join(f"{at}.{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}：",
        reference="逐项得分情况（详见附件{v}）已反馈各单位。",
        body="一、总体较好。\n二、个别地方还有差距。",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "\n".join(f"附件{at}：{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}",
        reference="请对照附件{v}抓好落实。",
        body="序号\t内容\n1\t按时报送\n2\t按时整改",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "附件：\n" + "\n".join(f"{at}. {name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件 {at}",
        reference="具体名单列于附件{v}。",
        body="以上内容由州政府办公室负责解释。",
    ),
)
