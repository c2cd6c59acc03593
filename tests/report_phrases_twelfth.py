"""Phrases of a county in the south, by an author who knew neither the checks nor the earlier books."""

import calendar
import random
from collections.abc import Callable, Mapping, Sequence

from report_makers import FIGURES, Attached, dated, in_hundredths, listed, numbered, twice, whole_shares
from report_phrases import Pair, Phrase, off, off_percent, percent

HEADS = (
    ("桐江县{year}年政府信息公开工作年度报告", "本报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）第五十条和国务院办公厅统一格式编制。如有疑问，请与桐江县人民政府办公室联系。", "桐江县人民政府办公室"),
    ("桐江县人民政府办公室关于{year}年度政务公开工作考核情况的通报", "各乡镇人民政府、街道办事处，县直各单位：\n根据年度工作安排，县政府办公室组织开展了{year}年度政务公开工作考核。经县政府同意，现将有关情况通报如下：", "桐江县人民政府办公室"),
    ("桐江县政务公开领导小组办公室关于{year}年政务公开第三方评估情况的通报", "各乡镇、街道，县直各部门：\n为进一步提升全县政务公开质量，县政务公开领导小组办公室委托第三方机构开展了评估，现通报如下：", "桐江县政务公开领导小组办公室"),
    ("桐江县{year}年政务公开工作自查报告", "市政务公开办公室：\n按照通知要求，我县对照年度任务分工逐条开展自查，现将自查情况报告如下：", "桐江县人民政府办公室"),
    ("桐江县司法局{year}年政府信息公开工作年度报告", "现向社会公布桐江县司法局{year}年政府信息公开工作年度报告，电子版可在桐江县人民政府门户网站查阅下载。", "桐江县司法局"),
)  # fmt: skip
HEADINGS = ("总体情况", "公开平台和重点领域工作情况", "监督保障情况", "存在的主要问题及改进情况")
FILLERS = (
    "2023年，我县坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，认真落实省、市关于政务公开工作的部署要求。",
    "县委、县政府把政务公开列入重要议事日程，明确由县政府常务副县长分管，县政府办公室具体牵头。",
    "坚持“谁公开、谁审查，谁审查、谁负责”，严格落实三审三校和保密审查，守牢信息发布安全底线。",
    "坚持“决策、执行、管理、服务、结果”五公开，做到应公开尽公开、应上网尽上网。",
    "聚焦稳岗就业、义务教育、医疗卫生、乡村振兴等领域，持续深化基层政务公开标准化规范化。",
    "对照《条例》第二十条、第二十一条规定的内容，动态调整主动公开目录，及时补齐缺漏。",
    "部分乡镇对政务公开重视不够，人员更换频繁，业务不够熟练，信息更新不及时的现象仍然存在。",
    "政策的通俗化、图示化表达还不够多，与群众的期待相比还有一定差距。",
    "把政务公开纳入全县年度绩效考评，对推进不力的予以提醒、约谈，责令限期整改。",
    "我县无发出收费通知的情况，无因政务公开工作被追究责任的情形。",
    "拓宽群众参与的途径，邀请人大代表、政协委员、企业负责人和群众代表走进机关、了解政府工作。",
    "县图书馆、档案馆和各便民服务点均设立查阅处，由专人引导，方便老年人查阅办理。",
)
_TOWNS = ("兴安镇", "石桥镇", "东洲镇", "大坪镇", "白沙镇", "麻溪镇", "双河乡", "云岭乡", "茶山乡", "坪上乡")


def _told(template: str, draw: Callable[[random.Random], dict[str, int]]) -> Phrase:
    """Make a phrase of figures that hang together; the slip is in any one of them."""

    def phrase(rng: random.Random) -> Pair:
        values = draw(rng)
        key = rng.choice(sorted(values))
        return template.format(**values), template.format(**values | {key: off(rng, values[key])})

    return phrase


def _summed(template: str, low: int, high: int, parts: int) -> Phrase:
    """Make a phrase of a total {t} and its parts {a}, {b} …."""

    def draw(rng: random.Random) -> dict[str, int]:
        values = [rng.randint(low, high) for _ in range(parts)]
        return dict(zip("abcdefgh", values, strict=False), t=sum(values))

    return _told(template, draw)


def _requests(rng: random.Random) -> dict[str, int]:
    answers = [rng.randint(3, 40) for _ in range(5)]
    carried, left = rng.randint(1, 9), rng.randint(1, 9)
    answered = sum(answers)
    return dict(zip("abcde", answers, strict=True), t=answered, o=carried, n=answered + left - carried, l=left)


def _disputes(rng: random.Random) -> dict[str, int]:
    review, suit = ([rng.randint(1, 9) for _ in range(size)] for size in (4, 3))
    return dict(zip("abcdefg", review + suit, strict=True), t=sum(review), u=sum(suit))


_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_HANDLED = ("三、本年度办理结果\t（一）予以公开", "（二）部分公开", "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理")  # fmt: skip


def _requests_table(rng: random.Random) -> Pair:
    columns: list[list[int]] = []
    for applicant in _APPLICANTS:
        most = {"自然人": 30, "商业企业": 7, "法律服务机构": 3}.get(applicant, 0)
        results = [rng.randint(0, most) for _ in _HANDLED]
        left = rng.randint(0, most // 5)
        carried = rng.randint(0, min(most // 5, sum(results)))
        columns.append([sum(results) + left - carried, carried, *results, sum(results), left])
    rows = [[*row, sum(row)] for row in zip(*columns, strict=True)]
    wrong = [list(row) for row in rows]
    row, column = rng.randrange(len(rows)), rng.choice([0, 1, 4, 6])
    wrong[row][column] = off(rng, rows[row][column])
    return _requests_shown(rows), _requests_shown(wrong)


def _requests_shown(rows: Sequence[Sequence[int]]) -> str:
    first, last = (
        ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"),
        ("（七）总计", "四、结转下年度继续办理"),
    )
    names = (*first, *_HANDLED, *last)
    lines = ["\t".join((name, *map(str, row))) for name, row in zip(names, rows, strict=True)]
    return "收到和处理政府信息公开申请情况如下：\n" + "\n".join(["\t".join(("", *_APPLICANTS, "总计")), *lines])


def _quarters(rng: random.Random) -> Pair:
    """Make a table of four quarters with a line of totals; the slip is in one cell."""
    rows = [[rng.randint(900, 3200), rng.randint(100, 800)] for _ in range(4)]
    rows = [[*row, sum(row)] for row in rows]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    wrong = [list(row) for row in rows]
    row, column = rng.randrange(5), rng.randrange(3)
    wrong[row][column] = off(rng, rows[row][column])
    right, slipped = (
        "\n".join(
            "\t".join((name, *map(str, row)))
            for name, row in zip(("一季度", "二季度", "三季度", "四季度", "合计"), table, strict=True)
        )
        for table in (rows, wrong)
    )
    lead = "全县12345热线工单分季度办理情况见下表（单位：件）。\n季度\t咨询类\t投诉举报类\t小计\n"
    return lead + right, lead + slipped


def _shares(template: str, low: int, high: int, parts: int, *, decimals: int = 2) -> Phrase:
    """Make a phrase of a whole {t}, parts {a}, {b} … and their shares {pa}, {pb} …; the slip is in one share."""

    def phrase(rng: random.Random) -> Pair:
        values = dict(zip("abcdef", (rng.randint(low, high) for _ in range(parts)), strict=False))
        whole = sum(values.values())
        shown = {f"p{name}": percent(value, whole, decimals) for name, value in values.items()}
        key = rng.choice([name for name in values if f"{{p{name}}}" in template])
        wrong = shown | {f"p{key}": off_percent(rng, values[key], whole, decimals)}
        return template.format(t=whole, **values, **shown), template.format(t=whole, **values, **wrong)

    return phrase


def _rates(template: str, low: int, high: int, *, least: float = 0.8, decimals: int = 1) -> Phrase:
    """Make a phrase of {t}, of these {a}, a rate {p}, of those {b}, a rate {q}; the slip is in one rate."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        part = rng.randint(int(whole * least), whole - 2)
        inner = rng.randint(int(part * least), part - 1)
        shown = {"p": percent(part, whole, decimals), "q": percent(inner, part, decimals)}
        key = rng.choice([name for name in shown if f"{{{name}}}" in template])
        told, base = (part, whole) if key == "p" else (inner, part)
        slips = (off_percent(rng, told, base, decimals) for _ in range(99))
        slip = next(slip for slip in slips if slip != percent(inner, whole, decimals))
        figures = {"t": whole, "a": part, "b": inner, "r": whole - part}
        return template.format(**figures, **shown), template.format(**figures, **shown | {key: slip})

    return phrase


def _grown(template: str, low: int, high: int, *, down: bool = False, decimals: int = 2) -> Phrase:
    """Make a phrase of then {o}, now {n}, the difference {d} and its share {p}; often the slip takes the wrong base."""

    def phrase(rng: random.Random) -> Pair:
        then = rng.randint(low, high)
        delta = rng.randint(then // 7 + 1, then // 2)
        now = then - delta if down else then + delta
        slip = rng.choice([percent(delta, now, decimals), off_percent(rng, delta, then, decimals)])
        figures = {"o": then, "n": now, "d": delta}
        right = percent(delta, then, decimals)
        return template.format(p=right, **figures), template.format(p=slip, **figures)

    return phrase


def _points(template: str, *, down: bool = False) -> Phrase:
    """Make a phrase of a rate then {o}, now {n} and the points between them {d}; the slip tells more or fewer points."""

    def phrase(rng: random.Random) -> Pair:
        low, delta = rng.randint(620, 860), rng.randint(15, 120)
        slip = delta + rng.choice([-10, 10, 9, 18, 27])
        then, now = (low + delta, low) if down else (low, low + delta)
        rates = {"o": f"{then / 10:.1f}%", "n": f"{now / 10:.1f}%"}
        return template.format(d=f"{delta / 10:.1f}", **rates), template.format(d=f"{slip / 10:.1f}", **rates)

    return phrase


def _villages(rng: random.Random) -> Pair:
    """Make a table of what each town had to publish, what it did publish and the rate; the slip is in one rate."""
    towns = rng.sample(_TOWNS, 4)
    rows = [(whole := rng.randint(120, 480), rng.randint(int(whole * 0.8), whole - 1)) for _ in towns]
    right = [percent(part, whole, 2) for whole, part in rows]
    at = rng.randrange(4)
    wrong = [off_percent(rng, rows[at][1], rows[at][0], 2) if here == at else told for here, told in enumerate(right)]
    lead = "村级财务公开情况抽查结果如下：\n名称\t应公开（条）\t已公开（条）\t公开率\n"
    told, slipped = (
        lead
        + "\n".join(f"{town}\t{row[0]}\t{row[1]}\t{rate}" for town, row, rate in zip(towns, rows, rates, strict=True))
        for rates in (right, wrong)
    )
    return told, slipped


def _no_such_day(template: str) -> Phrase:
    """Make a phrase of a month {m} and a day {d}; the slip is a day that the month has not."""

    def phrase(rng: random.Random) -> Pair:
        month, day = rng.choice([(2, 28), (4, 30), (6, 30), (9, 28), (11, 30)])
        wrong = 31 if month != 2 else rng.choice([29, 30])
        return template.format(m=month, d=day), template.format(m=month, d=wrong)

    return phrase


def _valid_until(rng: random.Random) -> Pair:
    month = rng.randint(3, 11)
    last = calendar.monthrange(2028, month - 1)[1]
    template = "《桐江县农村村民住房建设管理办法》自2023年{m}月1日起施行，有效期5年，至{y}年{b}月{last}日止。"
    told = (template.format(m=month, b=month - 1, last=last, y=year) for year in (2028, rng.choice([2025, 2026, 2027])))
    return next(told), next(told)


def _shown_table(rng: random.Random) -> Pair:
    """Make a table of drafts shown to the public, each from a day to a day; the slip turns one round."""
    names = rng.sample(("城区停车收费标准", "老旧小区改造方案", "农贸市场搬迁方案", "校车运营补助办法"), 3)
    spans = [
        (month := rng.randint(2, 10), day := rng.randint(1, 20), month + 1, day + rng.randint(0, 5)) for _ in names
    ]
    at = rng.randrange(3)
    turned = [(*span[2:], *span[:2]) if here == at else span for here, span in enumerate(spans)]
    lead = "民生事项征求意见情况如下：\n序号\t事项名称\t开始时间\t截止时间\n"
    right, wrong = (
        lead
        + "\n".join(
            f"{number}\t{name}\t2023年{span[0]}月{span[1]}日\t2023年{span[2]}月{span[3]}日"
            for number, (name, span) in enumerate(zip(names, told, strict=True), start=1)
        )
        for told in (spans, turned)
    )
    return right, wrong


def _held_on(rng: random.Random) -> Pair:
    count = rng.randint(3, 5)
    months = sorted(rng.sample(range(1, 13), count))
    days = "、".join(f"{month}月{rng.randint(2, 28)}日" for month in months)
    template = "全年召开政务公开工作推进会议{v}次，时间分别为{l}。"
    return template.format(v=count, l=days), template.format(v=count + rng.choice([-1, 1]), l=days)


def _grades(rng: random.Random) -> Pair:
    towns = rng.sample(_TOWNS, len(_TOWNS))
    first, second = rng.randint(2, 4), rng.randint(2, 4)
    parts = (towns[:first], towns[first : first + second], towns[first + second :])
    counts = [len(part) for part in parts]
    at = rng.randrange(3)
    wrong = [count + (rng.choice([-1, 1]) if here == at else 0) for here, count in enumerate(counts)]
    told = []
    for shown in (counts, wrong):
        grades = zip(("优秀", "良好", "一般"), shown, parts, strict=True)
        lines = (f"{grade}等次（{count}个）：{'、'.join(part)}。" for grade, count, part in grades)
        told.append("\n".join(("根据得分情况，确定结果如下：", *lines)))
    return told[0], told[1]


def _decisions(rng: random.Random) -> Pair:
    """Say how many decisions a table holds; the slip is in the sentence."""
    names = ("县城供水价格调整方案", "国土空间总体规划", "殡葬设施专项规划", "义务教育学区划分方案", "河道采砂规划")
    count = rng.randint(3, 5)
    rows = "\n".join(f"{at}\t{name}" for at, name in enumerate(rng.sample(names, count), start=1))
    template = "编制并公布县政府重大行政决策事项目录，共{v}项，具体为：\n序号\t事项\n{l}"
    return template.format(v=count, l=rows), template.format(v=count + rng.choice([-1, 1]), l=rows)


def _systems(rng: random.Random) -> Pair:
    """Name rules and say there are so many 等; the slip says fewer than are named."""
    names = rng.sample(
        (
            "信息发布审核制度",
            "政府信息主动公开目录管理办法",
            "舆情回应工作规程",
            "依法公开责任追究办法",
            "信息员管理办法",
        ),
        4,
    )
    told = "".join(f"《{name}》" for name in names)
    template = "健全长效机制，先后制定{l}等{v}项制度，推动公开工作常态长效。"
    return template.format(l=told, v=4), template.format(l=told, v=rng.choice([2, 3]))


def _spoken(template: str, mark: Callable[[int], str], things: Sequence[str]) -> Phrase:
    """Make a phrase of numbered points; a slip to two is written as it is spoken."""
    phrase = numbered(template, mark, things)

    def said(rng: random.Random) -> Pair:
        right, wrong = phrase(rng)
        return right, wrong.replace("二项", "两项").replace("二个", "两个")

    return said


SUMS: Sequence[Phrase] = (
    _summed("2023年，通过县政府门户网站主动公开政府信息{t}条，其中概况类信息{a}条、政务动态信息{b}条、信息公开目录信息{c}条、其他{d}条。", 90, 4200, 4),
    _told("2023年，全县新收政府信息公开申请{n}件，上年结转{o}件；全年答复{t}件，结转下年度办理{l}件。答复件中，予以公开{a}件，部分公开{b}件，不予公开{c}件，无法提供{d}件，其他处理{e}件。", _requests),
    _requests_table,
    _told("因政府信息公开引发的行政复议{t}件，其中结果维持{a}件，结果纠正{b}件，其他结果{c}件，尚未审结{d}件；行政诉讼{u}件，其中结果维持{e}件，其他结果{f}件，尚未审结{g}件。", _disputes),
    _summed("“桐江发布”微信公众号推送{a}条，抖音号推送{b}条，微博推送{c}条，三个账号合计推送{t}条。", 60, 1900, 3),
    _summed("2023年县政府系统共承办人大代表建议{a}件、政协委员提案{b}件，总计{t}件，已全部办复，复文除涉密外均在网上公布。", 38, 180, 2),
    _summed("在行政执法信息公示平台公示行政许可{a}条、行政处罚{b}条、行政强制{c}条，行政检查{d}条，共{t}条。", 15, 2600, 4),
    in_hundredths("惠农补贴公开方面，公示补贴资金{t}万元，其中耕地地力保护补贴{a}万元、农机购置补贴{b}万元、公益林生态补偿{c}万元。", 300000, 900000, 3),
    _summed("组织开展规范性文件专项清理，共清理{t}件，其中继续有效{a}件，拟修改{b}件，废止{c}件，宣布失效{d}件。", 3, 48, 4),
    _quarters,
    _summed("全年制作各类解读材料{t}篇，其中文字解读{a}篇，图片解读{b}篇，视频解读{c}篇。", 6, 70, 3),
    in_hundredths("公开政府采购项目信息，全年采购金额{t}万元，其中：货物类{a}万元，工程类{b}万元，服务类{c}万元。", 500000, 2500000, 3),
)  # fmt: skip
PERCENTAGES: Sequence[Phrase] = (
    _grown("全县政府网站全年主动公开信息{n}条，较2022年的{o}条增加{d}条，同比增长{p}。", 4000, 12000),
    _grown("2023年共受理政府信息公开申请{n}件，比上年减少{d}件（上年{o}件），同比下降{p}。", 90, 320, down=True),
    _shares("群众来信来访共{t}件，从反映内容看，征地拆迁类{a}件，占{pa}；劳动社保类{b}件，占{pb}；城乡建设类{c}件，占{pc}；其余{d}件，占{pd}。", 40, 260, 4),
    _rates("全年12345政务服务便民热线共派发工单{t}件，承办单位按时办结{a}件，按时办结率{p}。", 2400, 9800, least=0.93, decimals=2),
    _rates("本次抽查政府网站及栏目{t}个，合格{a}个，不合格{r}个，合格率为{p}。", 40, 130, least=0.75),
    _points("第四季度全县政务新媒体抽查合格率为{n}，较第三季度的{o}提高{d}个百分点。"),
    _points("县直预算单位决算公开及时率由上年的{o}降至{n}，下降{d}个百分点，主要是机构调整后衔接不畅。", down=True),
    _villages,
    _grown("2023年，县政府门户网站访问量{n}人次，2022年为{o}人次，同比增长{p}。", 800000, 3000000, decimals=1),
    _shares("全县纳入清单管理的政务服务事项{t}项，其中可全程网办{a}项，占{pa}；只需到现场一次的{b}项，占{pb}。", 300, 1200, 2, decimals=1),
    _rates("办理人大代表建议{t}件，代表表示满意的{a}件，满意率{p}。", 48, 170, least=0.85),
    whole_shares("从发布主体看，县直机关发布的占{a}，乡镇占{b}，街道占{c}。", 3),
    _rates("开展政务公开满意度调查，发放问卷{t}份，收回有效问卷{a}份，有效回收率{p}；在有效问卷中，评价为“满意”的{b}份，占{q}。", 500, 1500),
    _rates("全年县政府及县政府办公室印发规范性文件{t}件，已配发解读的{a}件，解读率{p}。", 18, 46, least=0.7),
)  # fmt: skip
DATES: Sequence[Phrase] = (
    dated("本报告中所列数据的统计期限为2023年1月1日至2023年12月31日。", "本报告中所列数据的统计期限为2023年1月1日至2022年12月31日。"),
    dated("如{m}月{e}日县自然资源局收到张某的信息公开申请，{m}月{l}日即作出答复，并邮寄送达。", "如{m}月{l}日县自然资源局收到张某的信息公开申请，{m}月{e}日即作出答复，并邮寄送达。"),
    dated("《桐江县城市管理若干规定（征求意见稿）》于2023年{m}月{e}日至{n}月{e}日面向社会公开征求意见。", "《桐江县城市管理若干规定（征求意见稿）》于2023年{m}月{e}日至{b}月{e}日面向社会公开征求意见。"),
    _no_such_day("2023年{m}月{d}日，县政务服务中心举办“政府开放日”活动，邀请市民代表现场参观。"),
    _valid_until,
    dated("{m}月{e}日县政务公开办下发整改通知书，要求相关责任人于{m}月{l}日前完成整改并书面反馈。", "{m}月{l}日县政务公开办下发整改通知书，要求相关责任人于{m}月{e}日前完成整改并书面反馈。"),
    dated("2023年{m}月{e}日至{m}月{l}日，分批举办全县政务公开业务培训班，提升信息员业务能力。", "2023年{m}月{l}日至{m}月{e}日，分批举办全县政务公开业务培训班，提升信息员业务能力。"),
    dated("2023年{m}月{l}日，印发《桐江县2023年政务公开工作要点》（桐政办发〔2023〕{e}号），细化任务分工。", "2022年{m}月{l}日，印发《桐江县2023年政务公开工作要点》（桐政办发〔2023〕{e}号），细化任务分工。"),
    dated("市级反馈的错敏词、空白栏目等问题，已于2023年{m}月{l}日全部整改到位。", "市级反馈的错敏词、空白栏目等问题，已于2024年{m}月{l}日全部整改到位。"),
    dated("上半年，县政府办公室先后于2月{e}日、5月{l}日组织两轮自查。", "上半年，县政府办公室先后于2月{e}日、8月{l}日组织两轮自查。"),
    _shown_table,
    dated("李某诉县公安局政府信息公开一案，法院于{m}月{e}日立案，{n}月{l}日判决驳回原告诉讼请求。", "李某诉县公安局政府信息公开一案，法院于{m}月{e}日立案，{b}月{l}日判决驳回原告诉讼请求。"),
    dated("《桐江县招商引资奖励办法》经{m}月{e}日县政府常务会议审议通过，{m}月{l}日正式印发并同步公开。", "《桐江县招商引资奖励办法》经{m}月{l}日县政府常务会议审议通过，{m}月{e}日正式印发并同步公开。"),
    _no_such_day("县城公交票价调整听证会于2023年{m}月{d}日举行，听证报告已向社会公布。"),
)  # fmt: skip
COUNTS: Sequence[Phrase] = (
    listed("检查发现，{l}{v}家单位存在信息更新不及时的问题。", ("县住房城乡建设局", "县水利局", "县民政局", "县商务局", "县林业局", "县文广旅体局", "县统计局"), 3, 6),
    _grades,
    _spoken("针对上述不足，下一步重点做好{v}项工作：{l}。", lambda at: f"{FIGURES[at]}是", ("加强业务学习，补齐能力短板", "加强平台建设，提升服务水平", "加强督促检查，压实工作责任", "加强内容审核，确保发布安全", "加强协调联动，凝聚工作合力")),
    _spoken("从评估情况看，主要存在以下{v}个方面的问题：{l}。", lambda at: f"（{FIGURES[at]}）", ("公开内容不够全面", "目录更新不够及时", "政民互动不够活跃", "查阅点管理不够规范", "数据报送不够准确")),
    _held_on,
    twice("全县已建成乡镇（街道）政务公开专区{v}个，实现全覆盖。", "{v}个专区均配备电脑、打印机和宣传资料架。", 11, 28),
    twice("年内举办政务公开业务培训{v}期，每期安排专题授课。", "通过{v}期培训，基层工作人员的业务水平明显提升。", 3, 9),
    listed("在首页显著位置新开设{l}{v}个专栏，集中展示工作成效。", ("“优化营商环境”", "“乡村振兴”", "“稳岗就业”", "“养老服务”", "“减税降费”", "“义务教育”"), 3, 5),
    _systems,
    _decisions,
    listed("全年举办新闻发布会{v}场，主题分别为：{l}。", ("春耕备耕", "防汛救灾", "义务教育招生", "茶产业发展", "文化旅游节", "安全生产"), 3, 5, between="；"),
    twice("对停止维护的{v}个政务新媒体账号予以关停。", "上述{v}个账号均已按程序注销并向社会公告。", 4, 19),
    listed("年内完成{l}{v}个领域基层政务公开标准目录的修订并重新公布。", ("食品药品监管", "公共法律服务", "社会救助", "保障性住房", "户籍管理", "安全生产", "涉农补贴"), 4, 6, figures=True),
)  # fmt: skip
_ENCLOSED = (
    ("2023年度政务公开考核得分表", "序号\t名称\t得分\n1\t县教育局\t93.6\n2\t县交通运输局\t91.2\n3\t县审计局\t88.7"),
    ("政务公开存在问题清单", "序号\t责任主体\t具体问题\n1\t大坪镇\t机构简介未更新\n2\t茶山乡\t链接打不开"),
    ("2024年政务公开重点任务分工表", "重点任务\t牵头\t完成时限\n规范目录管理\t县政府办公室\t6月底前"),
    ("政务公开联络员名单", "姓名\t职务\n陈某\t办公室副主任\n黄某\t四级主任科员"),
)


def _enclosed(
    listing: Callable[[Sequence[str]], str], heading: str, referring: Mapping[int, str]
) -> Callable[[random.Random], Attached]:
    """Make a list of attachments, perhaps with a sentence that refers to them, and the attachments themselves."""

    def made(rng: random.Random) -> Attached:
        taken = rng.sample(_ENCLOSED, rng.randint(2, 3))
        count = len(taken)
        names = [name for name, _ in taken]
        bodies = [f"{heading.format(v=at)}\n{name}\n{body}" for at, (name, body) in enumerate(taken, start=1)]
        spare = next(one for one in _ENCLOSED if one not in taken)
        said = referring.get(count, "")
        right, shown = said + listing(names), "\n".join(bodies)
        slip = rng.choice(["absent", "absent", "unlisted", "named", "unnamed"])
        if slip == "absent":
            gone = rng.randrange(count)
            return right, shown, right, "\n".join(one for at, one in enumerate(bodies) if at != gone)
        if slip == "unlisted":
            return right, shown, said + listing(names[:-1]), shown
        if slip == "named":
            return right, shown, said + listing([*names, spare[0]]), shown
        return right, shown, right, "\n".join([*bodies, f"{heading.format(v=count + 1)}\n{spare[0]}\n{spare[1]}"])

    return made


def _single(rng: random.Random) -> Attached:
    """Make one attachment without a number; the slip leaves out its name or refers to a second."""
    name, body = rng.choice(_ENCLOSED)
    right, shown = f"附件：{name}", f"附件\n{name}\n{body}"
    wrong = rng.choice([f"其余事项详见附件2。\n{right}", "（联系人：县政府办公室政务公开股）"])
    return right, shown, wrong, shown


ATTACHMENTS: Sequence[Callable[[random.Random], Attached]] = (
    _enclosed(lambda names: "附件：" + "\n".join(f"{at}.{name}" for at, name in enumerate(names, start=1)), "附件{v}", {}),
    _enclosed(lambda names: "附件：" + "\n　　　".join(f"{at}．{name}" for at, name in enumerate(names, start=1)), "附件{v}", {2: "具体情况见附件1、附件2。\n", 3: "具体情况见附件1、附件2和附件3。\n"}),
    _enclosed(lambda names: "附件:\n" + "\n".join(f"{at}、{name}" for at, name in enumerate(names, start=1)), "附件{v}：", {}),
    _single,
)  # fmt: skip
