"""An eleventh book of phrases: a provincial department of natural resources, in the tone of one that weighs cases."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from report_makers import (
    FIGURES,
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
from report_phrases import Pair, Phrase, off, percent, split

HEADS = (
    (
        "岭东省自然资源厅{year}年政府信息公开工作年度报告",
        "本报告依照《中华人民共和国政府信息公开条例》第五十条编制，向社会公布，公众如有疑问，可与本厅办公室联系。",
        "岭东省自然资源厅",
    ),
    (
        "岭东省自然资源厅办公室关于{year}年度全系统政务公开核查情况的通报",
        "各市自然资源局，厅机关各处室、直属事业机构：\n核查工作已经结束，现就查明的情况通报如下。",
        "岭东省自然资源厅办公室",
    ),
    (
        "岭东省自然资源厅关于{year}年度政务公开工作自查情况的报告",
        "省政府办公厅：\n接到自查要求后，我厅即行对照检查，现将有关情况报告如下。",
        "岭东省自然资源厅",
    ),
    (
        "岭东省自然资源厅{year}年度信息公开情况说明",
        "现将本厅一年来办理信息公开事项的情况，向社会各界说明如下。",
        "岭东省自然资源厅",
    ),
)
HEADINGS = ("基本情况", "履职情况", "查明的问题", "整改安排")
FILLERS = (
    "凡涉及土地征收、矿业权出让的事项，一律公开在先、实施在后，接受群众监督。",
    "厅党组对此项工作负总责，厅办公室具体承办，各处室按职责分头落实。",
    "经办人员对每一件来件登记在册，来有记录、去有回音。",
    "拟公开的图件先行脱密处理，再送保密机构审核，未经审核的不得上网。",
    "基层所站普遍设置了查阅点，村民不出村即可查到本村的征地材料。",
    "个别地方仍存在重登记、轻公开的倾向，对群众追问的事项答非所问。",
    "对于成因复杂的历史遗留事项，坚持实事求是，能公开多少就公开多少。",
    "专业术语偏多、图多字少，普通读者不易看懂，这一状况有待改变。",
)


def added(template: str, low: int, high: int, parts: int, *, grouped: bool = False) -> Phrase:
    """Make a phrase of a total {t} and its parts {a}, {b} …; the slip is in one of them."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        values = dict(zip("abcdef", split(rng, whole, parts), strict=False), t=whole)
        key = rng.choice(sorted(values))
        right, wrong = (
            template.format(**{name: f"{value:,}" if grouped else str(value) for name, value in told.items()})
            for told in (values, values | {key: off(rng, values[key])})
        )
        return right, wrong

    return phrase


def points_lost(rng: random.Random) -> Pair:
    """Tell a score out of a hundred and what was taken off."""
    lost = [rng.randint(1, 9) * 5 for _ in range(3)]
    left = 1000 - sum(lost)
    told = "以100分为满分，因目录更新迟缓扣{:.1f}分，因链接失效扣{:.1f}分，因答复文书格式不规范扣{:.1f}分，".format(
        *(value / 10 for value in lost)
    )
    return (
        f"{told}自评最后得分为{left / 10:.1f}分。",
        f"{told}自评最后得分为{(left + rng.choice([-30, -15, 10, 20])) / 10:.1f}分。",
    )


def in_tenths(rng: random.Random) -> Pair:
    """Say of a part that it is more than so many tenths."""
    whole, tenths = rng.randint(400, 900), rng.randint(5, 7)
    part = round(whole * (tenths + rng.choice([0.3, 0.5])) / 10)
    told = f"档案馆查阅大厅接待来馆群众{whole}人次，其中{part}人次当场取得所需材料，"
    return f"{told}超过{FIGURES[tenths]}成。", f"{told}超过{FIGURES[tenths + 2]}成。"


def per_thousand(rng: random.Random) -> Pair:
    """Tell a rate of errors in thousandths."""
    pages, faults = rng.randint(2000, 6000), rng.randint(12, 60)
    rate = faults * 1000 / pages
    told = f"随机抽取网页{pages}个逐一核对，发现文字差错{faults}处，差错率为"
    return f"{told}{rate:.2f}‰。", f"{told}{rate * rng.choice([0.6, 1.4, 1.7]):.2f}‰。"


def doubled(rng: random.Random) -> Pair:
    """Say of a figure that it has doubled."""
    then = rng.randint(40, 160)
    told = f"地质灾害预警短讯由上年的{then}条增至{{}}条，翻了一番。"
    return told.format(then * 2), told.format(round(then * rng.choice([1.3, 1.5, 2.7])))


def three_rates(rng: random.Random) -> Pair:
    """Tell a total, three parts and the share of each in order."""
    whole = rng.randint(300, 800)
    parts = split(rng, whole, 3)
    shares = [percent(part, whole, 2) for part in parts]
    at = rng.randrange(3)
    slip = percent(parts[at] + rng.choice([9, 15, 24]), whole, 2)
    told = f"在{whole}宗土地出让公告中，住宅用地{parts[0]}宗、工业用地{parts[1]}宗、商服用地{parts[2]}宗，占比依次为"
    return (
        f"{told}{'、'.join(shares)}。",
        f"{told}{'、'.join(slip if here == at else one for here, one in enumerate(shares))}。",
    )


def _day(rng: random.Random) -> date:
    day = date(2023, 3, 1) + timedelta(days=rng.randint(0, 240))
    return day - timedelta(days=max(0, day.weekday() - 4))


def _told(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def impossible(template: str) -> Phrase:
    """Make a phrase of a day {d}; the slip is a day the calendar lacks."""

    def phrase(rng: random.Random) -> Pair:
        month = rng.choice([4, 6, 9, 11])
        return (
            template.format(d=f"2023年{month}月{rng.randint(20, 30)}日"),
            template.format(d=rng.choice([f"2023年{month}月31日", "2023年2月29日", "2023年2月30日"])),
        )

    return phrase


def on_weekday(template: str) -> Phrase:
    """Make a phrase of a day {d} and its day of the week {w}; the slip is in the latter."""

    def phrase(rng: random.Random) -> Pair:
        day = _day(rng)
        other = (day.weekday() + rng.randint(1, 3)) % 5
        return (
            template.format(d=_told(day), w="一二三四五"[day.weekday()]),
            template.format(d=_told(day), w="一二三四五"[other]),
        )

    return phrase


def lasting(template: str, low: int, high: int) -> Phrase:
    """Make a phrase of a period from {s} to {e} and its days {v}; the slip is well beyond how ends are counted."""

    def phrase(rng: random.Random) -> Pair:
        start, days = _day(rng), rng.randint(low, high)
        values = {"s": _told(start), "e": _told(start + timedelta(days=days - 1))}
        return template.format(v=days, **values), template.format(v=days + rng.randint(4, 9), **values)

    return phrase


def in_quarter(rng: random.Random) -> Pair:
    """Tell a day and the quarter it lies in."""
    quarter, day = rng.randint(2, 4), rng.randint(3, 26)
    month = quarter * 3 - rng.randint(0, 2)
    told = f"季度（{month}月{day}日），省厅对沿海五市的海域使用公示牌作了一次实地查看。"
    return f"第{FIGURES[quarter]}{told}", f"第{FIGURES[quarter % 4 + 1]}{told}"


def of_number(rng: random.Random) -> Pair:
    """Tell when a document was issued and the year in its number."""
    month, day, serial = rng.randint(2, 11), rng.randint(2, 27), rng.randint(5, 60)
    told = "2023年{m}月{d}日，我厅印发《征地信息公开指引》（岭自然资发〔{y}〕{s}号），各地遵照办理。"
    return (
        told.format(m=month, d=day, s=serial, y=2023),
        told.format(m=month, d=day, s=serial, y=2024),
    )


def hearing(rng: random.Random) -> Pair:
    """Tell when a hearing began and ended, and how long it was."""
    minutes, hours = rng.choice([10, 20, 30, 40]), rng.randint(2, 3)
    told = f"矿区规划听证于9月{rng.randint(11, 15)}日上午8时30分开始，{_clock(hours, minutes)}结束，历时"
    return f"{told}{hours}小时{minutes}分钟。", f"{told}{hours + rng.choice([-1, 1])}小时{minutes}分钟。"


def _clock(hours: int, minutes: int) -> str:
    at = 8 * 60 + 30 + hours * 60 + minutes
    return f"{at // 60}时{at % 60}分" if at % 60 else f"{at // 60}时整"


def cases_in_table(rng: random.Random) -> Pair:
    """Tabulate when matters were accepted and closed; the slip closes one before it was accepted."""
    things = ("采矿权延续", "临时用地备案", "测绘成果领用", "海域权属核查")
    starts = [_day(rng) for _ in things]
    ends = [start + timedelta(days=rng.randint(5, 18)) for start in starts]
    at = rng.randrange(len(things))
    slipped = [start - timedelta(days=20) if here == at else ends[here] for here, start in enumerate(starts)]
    right, wrong = (
        "\n".join(
            ["抽查的案卷记载如下：", "序号\t事项\t受理日期\t办结日期"]
            + [f"{here}\t{row[0]}\t{_told(row[1])}\t{_told(row[2])}" for here, row in enumerate(rows, start=1)]
        )
        for rows in (list(zip(things, starts, last, strict=True)) for last in (ends, slipped))
    )
    return right, wrong


def years_running(rng: random.Random) -> Pair:
    """Tell since when a platform runs and for how many years."""
    since = rng.randint(2014, 2020)
    told = f"“岭东地图”公共服务平台{since}年6月开通，到2023年6月已连续运行"
    return f"{told}{2023 - since}年。", f"{told}{2023 - since + rng.choice([-2, 2, 3])}年。"


def rows_told(opening: str, header: str, rows: Sequence[str]) -> Phrase:
    """Make a table and a sentence before it that says how many {v} rows it has; the slip is in the sentence."""

    def phrase(rng: random.Random) -> Pair:
        count = rng.randint(3, len(rows) - 1)
        table = "\n".join([header, *(f"{at}\t{row}" for at, row in enumerate(rows[:count], start=1))])
        return (
            f"{opening.format(v=count)}\n{table}",
            f"{opening.format(v=count + rng.choice([-1, 1, 2]))}\n{table}",
        )

    return phrase


def two_groups(rng: random.Random) -> Pair:
    """Name in brackets the members of two groups after the count of each."""
    cities = rng.sample(("云台市", "东浦市", "石门市", "清河市", "长汀市", "北湾市", "白沙市", "梅岭市"), 7)
    first = rng.randint(2, 4)
    told = "经评议，列为优秀等次的{}个（{}），列为良好等次的{}个（{}）。"
    names = ["、".join(cities[:first]), "、".join(cities[first:])]
    at = rng.randrange(2)
    counts = [first, 7 - first]
    slipped = [count + (rng.choice([-1, 1]) if here == at else 0) for here, count in enumerate(counts)]
    return told.format(counts[0], names[0], counts[1], names[1]), told.format(
        slipped[0], names[0], slipped[1], names[1]
    )


def in_both_figures(rng: random.Random) -> Pair:
    """Tell a count in Chinese figures and again in Arabic ones."""
    count = rng.randint(4, 9)
    told = f"年内举办“国土开放日”{FIGURES[count]}场，社会反响良好；上述{{}}场开放日的实录均已上传。"
    return told.format(count), told.format(count + rng.choice([-2, -1, 1, 2]))


SUMS = (
    added(
        "不动产登记资料查询共{t}宗，其中窗口查询{a}宗，自助终端查询{b}宗，掌上查询{c}宗。", 3000, 20000, 3, grouped=True
    ),
    added(
        "本年度以我厅为被告的信息公开行政诉讼案件共{t}宗，查其结果，维持{a}宗，纠正{b}宗，其他处理{c}宗，尚未审结{d}宗。",
        40,
        90,
        4,
    ),
    in_hundredths(
        "征地信息平台上传批次用地共计{t}公顷，按用途分，城镇建设{a}公顷、交通{b}公顷、水利{c}公顷。", 20000, 90000, 3
    ),
    balanced("上年结转的公开申请{a}件，本年新收{b}件；本年办结{c}件，结转下年继续办理{d}件。", 200, 500),
    added("卫星影像图全年对外提供{t}幅，一季度{a}幅，二季度{b}幅，三季度{c}幅，四季度{d}幅。", 300, 900, 4),
    in_hundredths(
        "全年用于政务公开的经费支出合计{t}万元，分别为平台运行维护{a}万元、第三方评估{b}万元、材料印制{c}万元。",
        6000,
        20000,
        3,
    ),
    added("应予公开的矿业权出让合同{t}份，已经公开{a}份，尚未公开{b}份，余件正在脱密。", 120, 400, 2),
    points_lost,
    added(
        "人大代表建议和政协提案的办理结果公开情况见下表。\n类别\t省人大建议\t省政协提案\t全国两会转办\t合计\n件数\t{a}\t{b}\t{c}\t{t}",
        80,
        200,
        3,
    ),
    added("上半年上架测绘成果目录{a}条，下半年上架{b}条，全年累计{t}条。", 200, 800, 2),
    added(
        "门户网站政策问答栏答复提问{t}则：土地类{a}则，矿产类{b}则，海洋类{c}则，测绘类{d}则，林草类{e}则。",
        150,
        600,
        5,
    ),
)
PERCENTAGES = (
    share("核查组调阅答复文书{t}份，其中说理充分、援引准确的{a}份，占{p}；说理欠缺的{r}份，占{q}。", 120, 400),
    change("受理耕地保护举报线索{n}条，上年同期为{o}条，增加{d}条，增幅{p}。", 200, 800),
    change("因公开引发的信访由{o}批次降至{n}批次，减少{d}批次，降幅为{p}。", 60, 240, down=True, decimals=2),
    points("社会公众对登记服务的满意率为{n}，较上年的{o}上升{d}个百分点。"),
    points("逾期答复的风险有所抬头，按期率由{o}跌至{n}，下降{d}个百分点。", down=True),
    times("公众号“岭东国土”全年阅读人数{n}万人，上年为{o}万人，今年是上年的{x}倍。", 20, 90),
    share("应当移交档案馆的规划图件{t}张，实际移交{a}张，移交率{p}。", 200, 700, 2),
    full_width(whole_shares("从申请人的身份看，自然人占{a}，商业企业占{b}，科研机构占{c}，其他组织占{d}。", 4)),
    in_tenths,
    per_thousand,
    doubled,
    three_rates,
)
DATES = (
    impossible("岭东省国土空间规划图册于{d}在厅大门公示栏张贴，供公众抄录。"),
    on_weekday("{d}（星期{w}），分管副厅长做客广播电台，就宅基地确权回答听众提问。"),
    lasting("《岭东省海岸带保护条例（草案）》公开征求意见，自{s}起至{e}止，为期{v}天。", 15, 40),
    lasting("采矿权出让结果公示期为{v}日，即{s}至{e}，其间未收到异议。", 7, 15),
    in_quarter,
    of_number,
    hearing,
    cases_in_table,
    years_running,
    dated(
        "当事人张某于2023年{m}月{e}日提交查阅请求，我厅于同年{m}月{l}日作出答复并送达。",
        "当事人张某于2023年{m}月{l}日提交查阅请求，我厅于同年{m}月{e}日作出答复并送达。",
    ),
    dated(
        "基准地价更新成果于2023年{b}月{l}日通过专家验收，{m}月{e}日经省政府批准，{n}月{e}日向社会公布。",
        "基准地价更新成果于2023年{n}月{l}日通过专家验收，{m}月{e}日经省政府批准，{n}月{e}日向社会公布。",
    ),
    dated(
        "新版公开指南已于2023年{m}月{l}日启用，旧版同时停止使用。",
        "新版公开指南已于2024年{m}月{l}日启用，旧版同时停止使用。",
    ),
    dated(
        "本文所列数据的统计期限自2023年1月1日起，至2023年12月31日止。",
        "本文所列数据的统计期限自2023年1月1日起，至2022年12月31日止。",
    ),
)
COUNTS = (
    listed(
        "年度抽查覆盖{l}，共{v}市。",
        ("云台", "东浦", "石门", "清河", "长汀", "北湾", "白沙"),
        3,
        6,
    ),
    listed(
        "列入标准化目录的领域有{v}个，即{l}。",
        ("土地征收", "矿业权出让", "测绘资质", "海域使用", "不动产登记", "地质灾害防治", "规划许可"),
        3,
        6,
        figures=True,
    ),
    numbered(
        "核查发现，主要存在{v}个方面的不足：{l}。",
        lambda at: f"{FIGURES[at]}是",
        ("目录与实际脱节", "图件清晰度不够", "告知救济途径的文字有遗漏", "历史资料上网进度偏慢", "基层所站人手紧张"),
    ),
    numbered(
        "新的一年拟办{v}件实事：{l}。",
        lambda at: f"（{at}）",
        ("开通地籍图在线查阅", "重排公开目录", "编印办事图册", "设立海岛查阅点", "推行答复文书范本"),
    ),
    twice(
        "全省共建成自然资源公开查阅点{v}处，遍布山区海岛。",
        "这{v}处查阅点均配备专人值守。",
        60,
        300,
    ),
    twice(
        "经逐件复核，列入督办台账的疑难案件为{v}宗。",
        "截至年底，台账内{v}宗疑难案件全部办结销号。",
        12,
        60,
    ),
    rows_told(
        "经查，以下{v}个栏目超过三个月没有更新：",
        "序号\t栏目名称\t主管处室",
        (
            "土地供应计划\t开发利用处",
            "测绘资质公告\t测绘管理处",
            "矿山储量通报\t矿保处",
            "海岛名录\t海域处",
            "执法案件公示\t执法局",
        ),
    ),
    two_groups,
    in_both_figures,
    listed(
        "荣获“公开示范窗口”称号的有{v}家：\n{l}。",
        (
            "云台市不动产登记中心",
            "东浦市测绘档案馆",
            "石门市土地交易中心",
            "清河市海域管理站",
            "长汀市规划展览馆",
            "北湾市矿业权交易所",
        ),
        3,
        5,
        between="；\n",
    ),
    listed(
        "公开工作领导小组由厅长任组长，{v}名副组长分别是{l}。",
        ("副厅长周岩", "副厅长何远征", "总规划师沈岱", "总工程师陆川", "一级巡视员方若海"),
        2,
        4,
    ),
)


def _lines(names: Sequence[str]) -> str:
    return "附件：" + "\n      ".join(f"{at}．{name}" for at, name in enumerate(names, start=1))


def _in_row(names: Sequence[str]) -> str:
    return "附件：" + "；".join(f"{at}.{name}" for at, name in enumerate(names, start=1))


def _under_heading(names: Sequence[str]) -> str:
    return "\n".join(["附件目录", *(f"附件{FIGURES[at]}：{name}" for at, name in enumerate(names, start=1))])


ATTACHMENTS = (
    attachments(
        ("信息公开事项统计表", "各市公开核查结果一览表", "典型案例选编", "常用答复文书示范文本"),
        listing=_lines,
        heading=lambda at: f"附件{at}",
        reference="各市失分明细载于附件{v}，请自行对照。",
        body="（填报口径以省厅通知为准）",
    ),
    attachments(
        ("征地公告检查记录", "失效链接清单", "整改时限表", "联络员通讯录"),
        listing=_in_row,
        heading=lambda at: f"附件{at}：",
        reference="核查经过详见附件{v}。",
        body="以上内容由核查组整理，经被核查方确认无误。",
        between="",
    ),
    attachments(
        ("主动公开目录调整对照表", "海域使用权公示样张", "登记资料查询须知", "图件脱密规程"),
        listing=_under_heading,
        heading=lambda at: f"附件{FIGURES[at]}",
        reference="调整理由见附件{v}所附说明。",
        body="本件由厅办公室负责解释。",
    ),
)
