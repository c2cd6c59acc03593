"""A sixth book of phrases, written before the checks were read: a department head's dry report and a bulletin of many clauses."""

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

SECTIONS = ("办公室", "法规股", "规划股", "执法大队", "监测站", "审批股", "财务股", "信访室")
CITIES = ("凤翔市", "临洮市", "宁江市", "安岳市", "南华市", "石泉市", "龙川市", "永泰市")
THINGS = ("机构职能", "权责清单", "财政预决算", "招标采购", "行政执法", "环境监测", "应急预案", "人事任免")
BOOKLETS = ("《办事一本通》", "《政策百问》", "《惠企政策汇编》", "《群众明白卡》", "《基层实务手册》", "《案例选》")

HEADS = (
    ("龙川市生态环境局{year}年政府信息公开工作年度报告", "现公布龙川市生态环境局{year}年政府信息公开工作年度报告。如对本报告有疑问，请与局办公室联系。", "龙川市生态环境局"),
    ("关于{year}年全省政府网站与政务新媒体运行情况的通报", "各市（州）人民政府，省政府各部门：\n根据监测和人工核查结果，现就全省有关运行情况通报如下。", "南屏省人民政府办公厅"),
    ("永泰县水务局关于{year}年度政务公开工作的报告", "县人民政府：\n现将我局本年度此项工作报告如下，请审阅。", "永泰县水务局"),
    ("石泉市人民政府办公室关于{year}年度政务公开考核结果的通报", "各区县人民政府，市政府各部门、有关单位：\n考核工作现已结束，结果经市政府审定，予以通报。", "石泉市人民政府办公室"),
)  # fmt: skip
FILLERS = (
    "局党组专题研究部署，明确一名班子成员分管，日常事务由局办公室承担。",
    "凡涉及群众切身利益的事项，一律按程序公开，接受社会监督。",
    "对外发布的内容实行三审三校，未出现政治性、政策性差错。",
    "各地各部门加强统筹，公开质量稳中有进，群众获取信息更为便捷。",
    "线下设置查阅点，备有纸质目录，由专人引导查阅。",
    "同时也要看到，少数单位重视不够，栏目维护跟不上，需引以为戒。",
)
HEADINGS = ("工作落实情况", "数据说明", "存在问题与改进情况", "其他需要报告的事项")


def _grid(rng: random.Random) -> Pair:
    columns = [split(rng, rng.randint(40, 200), 3) for _ in range(2)]
    names = [*rng.sample(CITIES, 3), "总计"]
    wrong = [[*column, sum(column)] for column in columns]
    right = [list(column) for column in wrong]
    column, row = rng.randrange(2), rng.randrange(4)
    wrong[column][row] = off(rng, wrong[column][row])
    lead = "各市监测问题分布如下。\n市名\t链接失效\t内容错漏\n"
    shown, slipped = (
        "\n".join(f"{name}\t{first}\t{second}" for name, first, second in zip(names, *told, strict=True))
        for told in (right, wrong)
    )
    return f"{lead}{shown}", f"{lead}{slipped}"


def _wide(rng: random.Random) -> Pair:
    rows = [(name, split(rng, rng.randint(30, 160), 3)) for name in rng.sample(SECTIONS, 3)]
    told = [(name, [*values, sum(values)]) for name, values in rows]
    at = rng.randrange(3)
    wrong = [
        (name, [*values[:3], off(rng, values[3])] if here == at else values) for here, (name, values) in enumerate(told)
    ]
    lead = "各股室供稿数量如下。\n股室\t动态类\t业务类\t公告类\t小计\n"
    shown, slipped = (
        "\n".join("\t".join([name, *map(str, values)]) for name, values in each) for each in (told, wrong)
    )
    return f"{lead}{shown}", f"{lead}{slipped}"


def _yearly(rng: random.Random) -> Pair:
    rows = []
    for name in ("专题专栏", "政策图解", "访谈直播"):
        then = rng.randint(20, 90)
        rows.append((name, then, then + rng.randint(5, 30)))
    rates = [percent(now - then, then) for _, then, now in rows]
    at = rng.randrange(3)
    slips = [f"{float(one[:-1]) + rng.randint(4, 15):.1f}%" if here == at else one for here, one in enumerate(rates)]
    lead = "主要数据与上年对比如下。\n项目\t2022年\t2023年\t增长率\n"
    shown, slipped = (
        "\n".join(f"{name}\t{then}\t{now}\t{rate}" for (name, then, now), rate in zip(rows, told, strict=True))
        for told in (rates, slips)
    )
    return f"{lead}{shown}", f"{lead}{slipped}"


def _register(rng: random.Random) -> Pair:
    months = sorted(rng.sample(range(2, 11), 3))
    days = [(rng.randint(1, 9), rng.randint(12, 20)) for _ in months]
    at = rng.randrange(3)
    shown, slipped = (
        "\n".join(
            f"{number}\t2023-{month:02}-{(late if swap and number - 1 == at else early):02}"
            f"\t2023-{month:02}-{(early if swap and number - 1 == at else late):02}"
            for number, (month, (early, late)) in enumerate(zip(months, days, strict=True), start=1)
        )
        for swap in (False, True)
    )
    lead = "部分答复事项办理时间登记如下。\n序号\t收到日期\t答复日期\n"
    return f"{lead}{shown}", f"{lead}{slipped}"


def _roll(rng: random.Random) -> Pair:
    count = rng.randint(4, 7)
    table = "\n".join(f"{at}\t{name}\t较好" for at, name in enumerate(rng.sample(CITIES, count), start=1))
    told = "共有{v}个市被评定为较好等次（见下表）。\n序号\t市\t等次\n" + table
    return told.format(v=count), told.format(v=count + rng.choice([-1, 1]))


def _levels(rng: random.Random) -> Pair:
    names = rng.sample(CITIES, 7)
    first, second = rng.randint(2, 3), rng.randint(2, 4)
    groups = ("、".join(names[:first]), "、".join(names[first : first + second]))
    text = "评为优秀的{v}个：{a}；评为良好的{w}个：{b}。"
    wrong = second + rng.choice([-1, 1])
    right = text.format(v=first, w=second, a=groups[0], b=groups[1])
    return right, text.format(v=first, w=wrong, a=groups[0], b=groups[1])


def _quarters(rng: random.Random) -> Pair:
    told = "2022年第四季度至2023年第{q}季度连续监测未发现单项否决问题。"
    wrong = "2023年第四季度至2023年第{q}季度连续监测未发现单项否决问题。"
    quarter = rng.randint(1, 3)
    return told.format(q="零一二三"[quarter]), wrong.format(q="零一二三"[quarter])


SUMS: Sequence[Phrase] = (
    summed("本局收到公民、法人提交的依申请公开件{t}份。其中：公民{a}份，企业{b}份，社会组织{c}份。", 30, 400, 3),
    summed("办理结果为：公开{a}件；部分公开{b}件；不予公开{c}件；其他处理{d}件。以上总计{t}件。", 40, 500, 4),
    balanced("信访件年初未办结{a}件，本期收到{b}件；本期办结{c}件，期末未办结{d}件。", 40, 400),
    balanced("栏目年初共{a}个，当年增设{b}个，撤并{c}个，年末实有{d}个。", 60, 400, of_stock=True),
    summed("在编人员{t}名，按职级分，科级{a}名，股级{b}名，一般干部{c}名。", 30, 120, 3),
    summed("向社会公布监测数据{t}组，包括水质{a}组、大气{b}组、噪声{c}组、土壤{d}组。", 60, 900, 4),
    _grid,
    _wide,
    in_hundredths("网站群总访问{t}万次。省级门户{a}万次，市级门户{b}万次，部门网站{c}万次。", 9000, 90000, 3),
    summed("被通报单位{t}个，即省直部门{a}个、市级{b}个、县级{c}个。", 20, 90, 3),
    summed("问题线索已整改{a}条，正在整改{b}条，列入长期整改{c}条，总数为{t}条。", 30, 300, 3),
    in_hundredths("本年度公开经费{t}万元：网站运维{a}万元，印刷{b}万元，培训{c}万元，设备{d}万元。", 3000, 9000, 4),
    summed("第一批{a}项、第二批{b}项、第三批{c}项，三批合计公布{t}项证明事项。", 40, 200, 3),
    summed("诉讼结果维持{a}件，撤销{b}件，驳回{c}件，全年共发生{t}件诉讼。", 20, 90, 3),
    summed("公众号推文{t}篇（其中原创{a}篇，转载{b}篇）。", 60, 900, 2),
    summed("代表建议和委员提案一共{t}件，前者{a}件，后者{b}件。", 30, 200, 2),
)
PERCENTAGES: Sequence[Phrase] = (
    share("应答复{t}件，按时答复{a}件，按时答复率{p}。", 60, 600),
    share("{t}条监测数据中，{a}条一次审核通过，通过率为{p}，其余{r}条退回修改。", 100, 900),
    change("公开信息数量同比增长{p}（去年{o}条，今年{n}条）。", 300, 3000),
    change("公众来电{n}次，同比减少{d}次，降幅{p}。", 100, 900, down=True),
    points("满意度为{n}，较去年的{o}上升{d}个百分点。"),
    points("失效链接率由{o}降为{n}，回落{d}个百分点。", down=True),
    whole_shares("按申请主体统计，公民占{a}，企业占{b}，其他组织占{c}，三者合为全部。", 3),
    whole_shares("问题类型构成：更新类{a}，错别字类{b}，链接类{c}，其他类{d}。", 4),
    share("全省在运行网站{t}家，合格{a}家，总体合格率{p}；不合格{r}家，不合格率{q}。", 200, 1500, 2),
    times("浏览人次由去年的{o}万增加到{n}万，为去年的{x}倍。", 60, 700),
    share("预算安排{t}万元，实际支出{a}万元，预算执行率{p}。", 60, 300, 2),
    share("发放问卷{t}份，收回有效问卷{a}份，有效率{p}。", 200, 2000),
    _yearly,
    share("市本级{a}个部门通过验收，占全部{t}个部门的{p}。", 30, 60),
    share("随机拨测{t}部电话，无人接听{a}部，占{p}。", 60, 300, most=0.2),
    change("今年组织座谈{n}场，比去年多{d}场，增长{p}。", 20, 90),
)
DATES: Sequence[Phrase] = (
    dated("本次监测时段为{m}月{e}日至{m}月{l}日。", "本次监测时段为{m}月{l}日至{m}月{e}日。"),
    dated("来件人{m}月{e}日提出请求，我局{m}月{l}日书面答复。", "来件人{m}月{l}日提出请求，我局{m}月{e}日书面答复。"),
    dated("本年度报告统计数据起止日期为2023年1月1日至2023年12月31日。", "本年度报告统计数据起止日期为2023年1月1日至2022年12月31日。"),
    dated("考核材料报送截止时间为2023年{m}月30日。", "考核材料报送截止时间为2023年2月30日。"),
    _register,
    dated("《实施细则》2023年{m}月{l}日经会议审议通过，2023年{n}月{e}日正式印发。", "《实施细则》2023年{n}月{l}日经会议审议通过，2023年{m}月{e}日正式印发。"),
    dated("新址自{m}月{l}日起启用，旧址同日停用；搬迁工作自{b}月{e}日开始。", "新址自{m}月{l}日起启用，旧址同日停用；搬迁工作自{n}月{e}日开始。"),
    _quarters,
    dated("机构名称于2023年{m}月变更，变更申请于2023年{b}月获批。", "机构名称于2023年{m}月变更，变更申请于2023年{n}月获批。"),
    dated("反馈单{m}月{e}日发出，{m}月{l}日收回整改回执。", "反馈单{m}月{l}日发出，{m}月{e}日收回整改回执。"),
    dated("考核实施时间：2023年{m}月{e}日-{n}月{l}日。", "考核实施时间：2023年{n}月{e}日-{m}月{l}日。"),
    dated("规划期为2021—2025年。", "规划期为2025—2021年。"),
    dated("系统{m}月{e}日开始试运行，{n}月{l}日转入正式运行。", "系统{n}月{l}日开始试运行，{m}月{e}日转入正式运行。"),
    dated("2022年的考核已于2023年{m}月结束。", "2022年的考核已于2021年{m}月结束。"),
    dated("截至2024年1月{e}日，所通报问题已全部整改。", "截至2024年{m}月{e}日，所通报问题已全部整改。"),
    dated("第一轮核查在{m}月{e}日完成，第二轮核查在{n}月{l}日完成。", "第一轮核查在{n}月{l}日完成，第二轮核查在{m}月{e}日完成。"),
)  # fmt: skip
COUNTS: Sequence[Phrase] = (
    twice("本年度处理不合规稿件{v}件。", "上述不合规稿件{v}件，均已退回。", 5, 90),
    twice("本年纳入监测的网站为{v}家。", "对{v}家被监测网站逐一出具了报告。", 30, 300),
    twice("编制公开目录{v}个。", "目前，{v}个公开目录全部挂网。", 10, 90),
    twice("本局办结信函来件{v}件。", "\n类型\t数量\n信函来件\t{v}\n电话咨询\t63", 80, 300),
    listed("参加检查的有{l}等{v}个股室的人员。", SECTIONS, 3, 6),
    listed("主动公开目录分为{v}类：{l}。", THINGS, 4, 8),
    listed("编印{l}，共{v}种读本。", BOOKLETS, 3, 5, between=""),
    listed("上榜的{v}市为{l}。", CITIES, 3, 6, figures=True),
    listed("{l}（{v}市）未按期上报。", CITIES, 2, 5),
    numbered("整改措施有{v}：{l}。", lambda at: f"{FIGURES[at]}、", ("健全台账", "定期通报", "压实责任", "强化培训", "严格奖惩")),
    numbered("明年拟做好{v}项工作。{l}。", lambda at: f"第{FIGURES[at]}，", ("修订目录", "充实力量", "改版网站", "开展培训", "规范流程")),
    numbered("落实“{v}个一”要求，即{l}。", lambda _: "", ("一份清单", "一套流程", "一支队伍", "一个平台", "一本台账"), end="、"),
    numbered("存在{v}类情形：{l}。", lambda at: f"{at}.", ("长期不更新", "错链断链", "泄露隐私", "答非所问", "功能不可用")),
    _roll,
    _levels,
    listed("派出{v}个小组，分赴{l}。", CITIES, 3, 6),
)  # fmt: skip
_NAMES = ("单项否决网站名单", "抽查评分表", "整改责任分工", "突出问题图例")
ATTACHMENTS: Sequence[Callable[[random.Random], Attached]] = (
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + "\n".join(f"{at}.{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}",
        reference="对附件{v}所列单位予以点名。",
        body="说明：排名不分先后。",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "附：" + "\n".join(f"{at}．{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附{at}",
        reference="明细见附{v}。",
        body="市名\t得分\n凤翔市\t92\n宁江市\t88",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + "\n".join(f"（{at}）{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件（{at}）",
        reference="整改情况请按附件{v}的格式报送。",
        body="逾期未报的，视为未整改。",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + "　".join(f"{at}.{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{FIGURES[at]}",
        reference="通报名单（附件{v}）已抄送组织部门。",
        body="一、网站类。\n二、新媒体类。",
    ),
)
