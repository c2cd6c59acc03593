"""Phrases as provincial offices, leagues and towns of Shaanxi, Inner Mongolia and Heilongjiang write: the seventeenth book."""

import calendar
import datetime as dt
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
from report_phrases import Pair, Phrase, off, off_percent, percent, split

YEAR = 2023

HEADS = (
    ("查干淖尔盟行政公署办公室{year}年政府信息公开工作年度报告", "根据《中华人民共和国政府信息公开条例》（国务院令第711号）和自治区政务公开办公室关于编制年度报告的要求，结合行署办公室工作实际，编制本报告。", "查干淖尔盟行政公署办公室"),
    ("泾南市人民政府办公室关于{year}年度政务公开工作考核结果的通报", "各县（市、区）人民政府，市政府各工作部门、直属机构：\n按照年度目标责任考核安排，市政府办公室组织对各地各部门政务公开工作进行了考核，现将有关情况通报如下。", "泾南市人民政府办公室"),
    ("北兴县兴林镇人民政府{year}年政府信息公开工作年度报告", "现将兴林镇{year}年政府信息公开工作情况报告如下。如对本报告有疑问，请与兴林镇党政综合办公室联系。", "北兴县兴林镇人民政府"),
    ("额尔登旗人民政府办公室关于政务公开第三方评估反馈问题整改落实情况的报告", "盟行署办公室：\n收到评估反馈意见后，我旗立即组织研究，逐条认领、逐项整改，现将{year}年度整改情况报告如下。", "额尔登旗人民政府办公室"),
    ("秦岭北麓生态保护服务中心{year}年政府信息公开工作年度报告", "本报告依照《中华人民共和国政府信息公开条例》第五十条规定编制，电子版可在省政府门户网站查阅。", "秦岭北麓生态保护服务中心"),
    ("松岭地区行政公署办公室关于{year}年全区政务公开工作情况的通报", "各县（市、区）人民政府，行署各直属单位：\n现将{year}年全区政务公开工作情况通报如下，请认真对照、抓好改进。", "松岭地区行政公署办公室"),
)  # fmt: skip
HEADINGS = ("总体情况", "工作落实和考核情况", "存在的主要问题及改进情况", "其他需要报告的事项")
FILLERS = (
    "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，以铸牢中华民族共同体意识为主线，推动政务公开工作提质增效。",
    "对照《条例》第十九条、第二十条、第二十一条规定，及时更新机构职能、领导分工、财政信息和应急管理等栏目。",
    "坚持“谁公开、谁审查、谁负责”，落实“三审三校”制度，先审后发，未发生泄密和重大表述错误。",
    "持续优化营商环境，把惠企政策归集到一个页面，实现“一键直达”，企业和农牧民查阅更加方便。",
    "主要领导亲自过问，分管领导靠前指挥，形成办公室牵头、各股室配合、专人负责的工作格局。",
    "聚焦乡村振兴、黑土地保护、义务教育、医疗救助等领域，将基层政务公开标准目录嵌入日常业务。",
    "依申请公开流程进一步规范，接收、登记、审核、答复、归档各环节均有专人负责，群众到窗口即可当面提交。",
    "本机关2023年度未收取信息处理费。《国务院办公厅政府信息公开处理费管理办法》自2021年1月1日起施行以来，一直严格执行。",
)  # fmt: skip

DEPARTMENTS = (
    "发展改革委", "教育局", "民政局", "财政局", "人力资源社会保障局", "自然资源局", "生态环境局", "住房城乡建设局",
    "农牧局", "林业和草原局", "卫生健康委", "应急管理局", "市场监管局", "审计局", "统计局", "医疗保障局",
)  # fmt: skip
TOWNS = (
    "兴林镇", "永安镇", "石门镇", "双河镇", "草滩镇", "太平川镇", "红旗乡", "板桥镇",
    "宝力根苏木", "向阳乡", "柳树河镇", "白音塔拉苏木",
)  # fmt: skip


def added(template: str, low: int, high: int, parts: int) -> Phrase:
    """Make a phrase of a total {t} and whole parts {a}, {b} …; the slip is in one of them."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        values = dict(zip("abcdef", split(rng, whole, parts), strict=False), t=whole)
        key = rng.choice(sorted(values))
        return template.format(**values), template.format(**values | {key: off(rng, values[key])})

    return phrase


def rate(template: str, low: int, high: int, decimals: int = 1) -> Phrase:
    """Make a phrase of a whole {t}, what was well done of it {a}, the rest {r} and the high rate {p} that is wrong."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        part = rng.randint(whole * 17 // 20, whole - 1)
        right, wrong = percent(part, whole, decimals), off_percent(rng, part, whole, decimals)
        told = (template.format(t=whole, a=part, r=whole - part, p=shown) for shown in (right, wrong))
        return next(told), next(told)

    return phrase


def score_sheet(rng: random.Random) -> Pair:
    """Print a sheet of points by indicator, bonus and deduction; one cell of it, or one total, is wrong."""
    rows = [
        (name, rng.randint(3200, 3900), rng.randint(1500, 1900), rng.randint(1600, 2900), rng.randint(1, 8) * 25,
         rng.randint(1, 6) * 50)
        for name in rng.sample(TOWNS, 4)
    ]  # fmt: skip
    at, cell, slip = rng.randrange(4), rng.randrange(6), rng.choice([-1, 1]) * rng.choice([10, 50, 90, 100, 200])

    def sheet(*, slipped: bool) -> str:
        lines = ["乡镇考核得分构成如下表。\n序号\t乡镇\t主动公开\t依申请公开\t平台与保障\t加分\t扣分\t总分"]
        for index, (name, open_, asked, base, plus, minus) in enumerate(rows):
            cells = [open_, asked, base, plus, minus, open_ + asked + base + plus - minus]
            if slipped and index == at:
                cells[cell] += abs(slip) if cells[cell] < 400 else slip
            lines.append(f"{index + 1}\t{name}\t" + "\t".join(f"{value / 100:.2f}" for value in cells))
        return "\n".join(lines)

    return sheet(slipped=False), sheet(slipped=True)


SUMS = (
    added("政府网站工作年度报表主要数据：\n信息发布（单位：条）\t总数\t{t}\n概况类信息更新量\t{a}\n政务动态更新量\t{b}\n信息公开目录信息更新量\t{c}", 600, 9000, 3),
    added("2023年，共收到政府信息公开申请{t}件，其中自然人{a}件，法人或其他组织{b}件。", 12, 260, 2),
    added("从办理结果看，全年办结依申请公开事项{t}件，其中予以公开{a}件，部分公开{b}件，不予公开{c}件，无法提供{d}件，其他处理{e}件。", 40, 240, 5),
    balanced("本年新收政府信息公开申请{a}件，上年结转{b}件；截至年底已办结{d}件，结转下年度继续办理{c}件。", 60, 300, of_stock=True),
    added("因政府信息公开工作被提起行政复议{t}件，其中结果维持{a}件，结果纠正{b}件，其他结果{c}件，无尚未审结案件。", 9, 46, 3),
    balanced("上年末现行有效规范性文件{a}件，本年制发{b}件、废止{c}件，现行有效{d}件。", 60, 220, of_stock=True),
    in_hundredths("通过“一卡通”系统公示发放惠农惠牧补贴资金{t}万元，其中草原生态保护补助奖励{a}万元，耕地地力保护补贴{b}万元，农机购置补贴{c}万元。", 90000, 900000, 3),
    added("“互动交流”栏目全年收到网民留言{t}条，其中咨询类{a}条，投诉类{b}条，求助类{c}条。", 90, 1300, 3),
    added("行政许可、行政处罚、行政强制等执法结果应公开尽公开：行政许可{a}件，行政处罚{b}件，行政强制{c}件，三项合计{t}件。", 80, 2200, 3),
    added("政务新媒体方面，微信公众号推送{a}条，微博发布{b}条，抖音号发布{c}条，全年共计推送{t}条。", 300, 5000, 3),
    score_sheet,
    added("辖区{t}个村级组织全部设立村务公开栏，其中行政村{a}个，社区{b}个。", 14, 190, 2),
)  # fmt: skip

PERCENTAGES = (
    rate("全年到期应答复的政府信息公开申请{t}件，按期答复{a}件，按期答复率{p}。", 40, 300),
    change("门户网站全年访问量{n}人次，较上年的{o}人次增加{d}人次，同比增长{p}。", 80000, 900000, decimals=2),
    whole_shares("从内容上看，在全部主动公开的信息中，财政资金类占{a}，重大项目类占{b}，社会保障类占{c}，其他类占{d}。", 4),
    points("据社情民意调查中心电话访问，群众对政务公开的满意率为{n}，比上年（{o}）提高{d}个百分点。"),
    change("政务公开专区服务情况见下表。\n指标\t2022年\t2023年\t增幅\n现场接待群众（人次）\t{o}\t{n}\t{p}", 300, 6000, decimals=2),
    share("随机抽查政务服务办事指南{t}份，要素齐全的{a}份，占{p}；要素缺失或表述不准确的{r}份，占{q}。", 40, 220),
    rate("2023年制发行政规范性文件{t}件，同步配发解读材料{a}件，解读率为{p}。", 20, 90),
    rate("第三方评估反馈问题{t}个，目前已整改完成{a}个，整改完成率{p}，剩余{r}个正在推进。", 24, 130),
    change("全年受理政府信息公开申请{n}件，同比减少{d}件，下降{p}（上年为{o}件）。", 60, 420, down=True),
    rate("应报送“双公示”数据{t}条，及时报送{a}条，及时率{p}。", 400, 6000, 2),
    share("全年发布各类解读稿件{t}篇，其中图解、视频、动漫等形式的{a}篇，占比{p}。", 40, 260, most=0.7),
    times("今年通过“政策微讲堂”专栏推送惠民短视频{n}个，是上年（{o}个）的{x}倍。", 40, 300),
    rate("12345政务服务便民热线转办事项{t}件，已办结{a}件，办结率达{p}，未办结的{r}件均在时限之内。", 200, 3000, 2),
)  # fmt: skip


def period(rng: random.Random) -> Pair:
    """Tell the period the figures are of; the slip ends it before it begins."""
    template = rng.choice(
        (
            "本报告所列数据的统计期限自2023年1月1日起至{y}年12月31日止。",
            "以上数据统计时间为2023年1月1日至{y}年12月31日。",
        )
    )
    return template.format(y=YEAR), template.format(y=YEAR - 1)


def impossible(rng: random.Random) -> Pair:
    """Tell a last day of a month; the slip is the day after it."""
    month = rng.choice((2, 6, 11))
    last = calendar.monthrange(YEAR, month)[1]
    template = f"2023年{month}月{{d}}日，邀请法律顾问为各股室、站所工作人员作了政务公开专题培训。"
    return template.format(d=last), template.format(d=last + 1)


def lasting(rng: random.Random) -> Pair:
    """Tell the days a campaign took, first and last counted; the slip is in their number."""
    begin = dt.date(YEAR, rng.randint(3, 10), rng.randint(1, 28))
    days = rng.randint(8, 40)
    end = begin + dt.timedelta(days=days - 1)
    template = f"政务公开宣传活动自{begin.month}月{begin.day}日启动，至{end.month}月{end.day}日结束，历时{{v}}天。"
    return template.format(v=days), template.format(v=days + rng.choice([-1, 1]) * rng.randint(4, 6))


def weekday(rng: random.Random) -> Pair:
    """Tell a date with its day of the week; the slip is another day."""
    day = dt.date(YEAR, rng.choice((3, 7, 8, 11)), rng.randint(1, 28))
    day += dt.timedelta(days=max(0, day.weekday() - 4) and 7 - day.weekday())
    template = f"2023年{day.month}月{day.day}日（星期{{v}}）举办“政府开放日”，邀请企业代表、群众代表走进政务大厅。"
    at = day.weekday()
    return template.format(v="一二三四五"[at]), template.format(v="一二三四五"[(at + rng.randint(1, 4)) % 5])


def quarter(rng: random.Random) -> Pair:
    """Tell the day a quarter's inspection ended; the slip is a day before the quarter began."""
    which = rng.randint(2, 4)
    template = f"{FIGURES[which]}季度政府网站抽查于{{m}}月{rng.randint(8, 27)}日完成，抽查结果已在全区通报。"
    month = rng.randint(which * 3 - 1, which * 3)
    return template.format(m=month), template.format(m=month - 3)


def validity(rng: random.Random) -> Pair:
    """Tell how long a document is in force and until when; the slip is in the last year."""
    month, day, years = rng.randint(2, 11), rng.randint(2, 27), rng.choice((2, 3, 5))
    template = (
        f"新印发的《政府信息公开申请办理规范》自{YEAR}年{month}月{day}日起施行，"
        f"有效期{years}年，至{{y}}年{month}月{day - 1}日止。"
    )
    return template.format(y=YEAR + years), template.format(y=YEAR + years + rng.choice((-1, 1)))


DATES = (
    period,
    impossible,
    lasting,
    weekday,
    quarter,
    validity,
    dated(
        "{m}月{e}日转发省级政务公开工作要点，要求各站所于{m}月{l}日前报送任务分工。",
        "{m}月{l}日转发省级政务公开工作要点，要求各站所于{m}月{e}日前报送任务分工。",
    ),
    dated(
        "考核组自2023年{m}月{l}日起开展实地核查，至{n}月{e}日全部结束。",
        "考核组自2023年{n}月{e}日起开展实地核查，至{m}月{l}日全部结束。",
    ),
    dated(
        "申请人苏某于2023年{m}月{e}日当面提交政府信息公开申请，本机关于2023年{m}月{l}日作出答复。",
        "申请人苏某于2023年{m}月{e}日当面提交政府信息公开申请，本机关于2023年{b}月{l}日作出答复。",
    ),
    dated(
        "评估反馈的栏目空白问题，已于2023年{n}月{l}日前全部整改到位。",
        "评估反馈的栏目空白问题，已于2024年{n}月{l}日前全部整改到位。",
    ),
    dated(
        "《2022年政府信息公开工作年度报告》于2023年1月{l}日在门户网站公布。",
        "《2022年政府信息公开工作年度报告》于2022年1月{l}日在门户网站公布。",
    ),
    dated(
        "《农村人居环境整治实施方案》于{m}月{e}日印发，解读材料于{m}月{l}日在“政策解读”栏目发布，随后又在{n}月{e}日作了补充解读。",
        "《农村人居环境整治实施方案》于{m}月{e}日印发，解读材料于{m}月{l}日在“政策解读”栏目发布，随后又在{b}月{e}日作了补充解读。",
    ),
)  # fmt: skip


def grades(rng: random.Random) -> Pair:
    """List the units of three grades, each with how many they are; the slip is in one number."""
    counts = [rng.randint(3, 5), rng.randint(2, 4), rng.randint(2, 3)]
    names = rng.sample(DEPARTMENTS, sum(counts))
    at, slip = rng.randrange(3), rng.choice([-1, 1])

    def told(*, slipped: bool) -> str:
        lines, left = ["考核等次评定如下："], list(names)
        for index, (grade, count) in enumerate(zip(("优秀", "良好", "一般"), counts, strict=True)):
            taken, left = left[:count], left[count:]
            said = count + (slip if slipped and index == at else 0)
            lines.append(f"{grade}等次（{said}个）：{'、'.join(taken)}")
        return "\n".join(lines)

    return told(slipped=False), told(slipped=True)


def ranking(rng: random.Random) -> Pair:
    """Print a ranking and say how many of it have 90 points and more; the slip is in that number."""
    count = rng.randint(6, 8)
    scores = sorted((rng.randint(7810, 9790) for _ in range(count - 2)), reverse=True)
    scores = [9860, *scores, 7630]
    above = sum(score >= 9000 for score in scores)
    rows = "\n".join(
        f"{at}\t{name}\t{score / 100:.2f}"
        for at, (name, score) in enumerate(zip(rng.sample(TOWNS, count), scores, strict=True), start=1)
    )
    template = f"从考核得分看，90分以上的乡镇{{v}}个，其余乡镇均在90分以下。\n名次\t乡镇\t得分\n{rows}"
    return template.format(v=above), template.format(v=above + rng.choice([-1, 1]))


def sittings(rng: random.Random) -> Pair:
    """Tell how many times a group met and on which days; the slip is in the number."""
    count = rng.randint(2, 4)
    days = "、".join(f"{month}月{rng.randint(8, 27)}日" for month in sorted(rng.sample(range(2, 12), count)))
    said = [f"{FIGURES[value]}次" if value != 2 else "两次" for value in (count, count + rng.choice([-1, 1]))]
    template = f"政务公开领导小组全年召开会议{{v}}，时间分别为{days}，研究解决突出问题。"
    return template.format(v=said[0]), template.format(v=said[1])


def and_others(template: str, names: Sequence[str]) -> Phrase:
    """Make a phrase that names things {l} with 等 and their number {v}; the slip is a number less than those named."""

    def phrase(rng: random.Random) -> Pair:
        count = rng.randint(3, 5)
        told = "、".join(rng.sample(names, count))
        return template.format(l=told, v=count), template.format(l=told, v=count - 1)

    return phrase


def rows_told(rng: random.Random) -> Pair:
    """Say how many faults were found and give them as a numbered table; the slip is in the number."""
    faults = (
        ("栏目更新不及时", "已补充更新"), ("错别字未纠正", "已更正"), ("附件无法下载", "已重新上传"),
        ("外部链接失效", "已删除"), ("图片不能显示", "已修复"), ("办事指南要素不全", "已补全"),
    )  # fmt: skip
    count = rng.randint(3, 5)
    rows = "\n".join(f"{at}\t{name}\t{done}" for at, (name, done) in enumerate(faults[:count], start=1))
    template = f"年内省级普查共反馈问题{{v}}条，整改情况如下：\n序号\t问题\t整改结果\n{rows}"
    return template.format(v=count), template.format(v=count + rng.choice([-1, 1]))


COUNTS = (
    grades,
    ranking,
    sittings,
    rows_told,
    listed("{l}{v}个部门未按时报送年度报告，予以通报批评。", DEPARTMENTS, 3, 6),
    and_others("{l}等{v}个镇（苏木乡）便民服务中心设立了政务公开专区。", TOWNS),
    listed(
        "本年度先后修订{l}{v}项制度。",
        ("《政府信息公开审查制度》", "《政府信息公开责任追究制度》", "《信息发布协调制度》", "《政务舆情回应制度》", "《依申请公开办理制度》"),
        3, 4, between="",
    ),
    numbered(
        "对照上级要求，工作中还存在{v}个方面的不足：{l}。", lambda at: f"{FIGURES[at]}是",
        ("主动公开的意识不够强，有的站所仍等着催", "公开内容质量不高，解读形式较为单一", "业务人员变动频繁，工作衔接不够紧密", "互动回应不够及时，答复较为笼统", "村级公开栏维护不到位"),
    ),
    numbered(
        "下一步，将采取以下{v}条措施加以改进：\n{l}。", lambda at: f"（{FIGURES[at]}）",
        ("加强业务学习，提高工作人员能力", "压实公开责任，做到专人专岗", "细化公开目录，及时更新内容", "强化督促检查，定期通报情况", "拓宽参与途径，听取群众意见"), end="；\n",
    ),
    twice("全年召开新闻发布会{v}场，", "主要负责人带头发布；上述{v}场发布会的实录均已上网。", 4, 30),
    twice("全年编印政府公报{v}期，免费赠阅到村。", "上述{v}期公报的电子版均已上网，可按期查询。", 4, 24),
    twice("办理人大代表建议情况：全年共承办人大代表建议{v}件，全部按时答复。", "\n项目\t承办（件）\n人大代表建议\t{v}", 8, 90),
)  # fmt: skip


SHEET = "序号\t事项\t办理情况\n1\t公开指南修订\t已完成\n2\t公开目录调整\t已完成"
ROLL = "（具体分值和名单通过电子政务内网另行发送，此处从略）"
LEDGER = "序号\t工作内容\t责任股室\t完成情况\n1\t栏目内容保障\t综合股\t长期坚持\n2\t信息发布审核\t文秘股\t长期坚持"


def alone(name: str, reference: str) -> Callable[[random.Random], Attached]:
    """Make one attachment without a number; the slip is none there, none named, or a reference to a second."""

    def made(rng: random.Random) -> Attached:
        listing, body = f"附件：{name}", f"附件\n{name}\n{SHEET}"
        slips = (
            (listing, ""),
            ("", body),
            (f"{reference}\n{listing}", body),
        )
        return listing, body, *rng.choice(slips)

    return made


def misnumbered(names: tuple[str, str]) -> Callable[[random.Random], Attached]:
    """Make two attachments; the slip numbers the second body as a third, or repeats the first number."""

    def made(rng: random.Random) -> Attached:
        listing = f"附件：1.{names[0]}\n      2.{names[1]}"
        first = f"附件1\n{names[0]}\n{LEDGER}\n"
        wrong = rng.choice((3, 1))
        return listing, f"{first}附件2\n{names[1]}\n{LEDGER}", listing, f"{first}附件{wrong}\n{names[1]}\n{LEDGER}"

    return made


ATTACHMENTS = (
    attachments(
        ("2023年度政务公开考核得分表", "2023年度政务公开考核等次名单", "考核发现主要问题清单", "政务公开加分项目认定表"),
        listing=lambda names: "附件：" + "\n      ".join(f"{at}.{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}",
        reference="具体情况详见附件{v}。",
        body=ROLL,
    ),
    attachments(
        ("政务公开整改责任分工表", "公开栏目保障分工表", "信息审核流程分工表"),
        listing=lambda names: "附：" + "\n".join(f"{at}.{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附{at}",
        reference="（相关责任分工见附{v}）",
        body=LEDGER,
    ),
    alone("政府信息主动公开目录调整情况表", "目录调整的详细情况见附件2。"),
    misnumbered(("政府网站运行维护责任表", "政务新媒体运行维护责任表")),
)  # fmt: skip
