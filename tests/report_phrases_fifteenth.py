"""A fifteenth book of phrases: how departments, prefectures and districts of Sichuan, Hubei and Gansu report a year.

It was written by somebody who had read neither the checks nor the earlier books. The figures of a right phrase always
agree; a slip is one that a careful reader proves from the report alone.
"""

import calendar
import random
from collections.abc import Sequence
from datetime import date, timedelta

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
from report_phrases import Pair, Phrase, off, off_percent, percent, split

_WEEKDAYS = "一二三四五六日"
_BUREAUS = (
    "发展改革局",
    "教育局",
    "民政局",
    "财政局",
    "人社局",
    "自然资源局",
    "住建局",
    "农业农村局",
    "卫健局",
    "医保局",
)
_COUNTIES = ("临江县", "青泥县", "白马区", "沙坪县", "双河市", "石佛区", "牛头县", "五渡县")
_TOWNS = ("城关镇", "清水镇", "马家堰镇", "红旗街道", "河湾街道", "三岔乡", "龙泉街道", "柳林镇")


def added(template: str, low: int, high: int, parts: int) -> Phrase:
    """Make a phrase of a total {t} and its parts {a}, {b} …; the slip is in any of them."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        values = dict(zip("abcdef", split(rng, whole, parts), strict=False), t=whole)
        key = rng.choice(sorted(values))
        return template.format(**values), template.format(**values | {key: off(rng, values[key])})

    return phrase


def _day(day: date) -> str:
    return f"{day.month}月{day.day}"


def _tabbed(rows: Sequence[Sequence[object]]) -> str:
    return "\n" + "\n".join("\t".join(str(cell) for cell in row) for row in rows)


def _requests_table(rng: random.Random) -> Pair:
    """Tell the statutory table of requests; the slip is in one cell."""
    people, bodies = ([rng.randint(40, 160), rng.randint(1, 9)], [rng.randint(12, 50), rng.randint(0, 4)])
    columns = []
    for came in (people, bodies):
        left = rng.randint(0, 5)
        done = sum(came) - left
        columns.append([*came, *split(rng, done, 5), done, left])
    columns.append([one + other for one, other in zip(*columns, strict=True)])
    names = (
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果：（一）予以公开",
        "（二）部分公开",
        "（三）不予公开",
        "（四）无法提供",
        "（五）其他处理",
        "（六）总计",
        "四、结转下年度继续办理",
    )
    column, row = rng.randrange(3), rng.randrange(len(names))
    told = []
    for slipped in (False, True):
        if slipped:
            columns[column][row] = off(rng, columns[column][row])
        rows = [(name, *cells) for name, *cells in zip(names, *columns, strict=True)]
        told.append(
            "收到和处理政府信息公开申请情况如下表：" + _tabbed([("项目", "自然人", "法人或其他组织", "总计"), *rows])
        )
    return told[0], told[1]


def _scored(rng: random.Random) -> Pair:
    """Tell a table of scores of an assessment; the slip is in one total or one part."""
    head = ("序号", "被考核对象", "主动公开", "依申请公开", "政策解读", "平台建设", "监督保障", "总分")
    rows: list[list[object]] = []
    for at, name in enumerate(rng.sample(_BUREAUS, 5), start=1):
        parts = [(full * 10 - rng.randint(5, full * 3)) / 10 for full in (40, 15, 20, 15, 10)]
        rows.append([at, name, *parts, round(sum(parts), 1)])
    right = _tabbed([head, *rows])
    row, cell = rng.choice(rows), rng.choice([2, 4, 7, 7])
    row[cell] = round(float(str(row[cell])) - rng.choice([0.5, 1, 1.5, 3]), 1)
    opening = "年度考核得分情况（满分100分）如下："
    return opening + right, opening + _tabbed([head, *rows])


def _final_score(rng: random.Random) -> Pair:
    base, plus, minus = rng.randint(810, 930), rng.choice([10, 15, 20, 25]), rng.choice([5, 8, 12])
    final = base + plus - minus
    wrong = final + rng.choice([-20, -10, 10, 2 * minus])
    name = rng.choice(_BUREAUS)
    told = (
        f"第三方测评中，{name}基础得分{base / 10:.1f}分，加{plus / 10:.1f}分，扣{minus / 10:.1f}分，最终得{{:.1f}}分。"
    )
    return told.format(final / 10), told.format(wrong / 10)


def _mended(rng: random.Random) -> Pair:
    """Tell faults by their sort and by their state: both make the whole."""
    whole = rng.randint(40, 180)
    values = dict(zip("abcde", split(rng, whole, 3) + split(rng, whole, 2), strict=True), t=whole)
    template = (
        "对照指标全面自查，共梳理出问题{t}个，其中内容更新类{a}个、错敏字词类{b}个、链接失效类{c}个；"
        "目前已整改到位{d}个，正在整改{e}个。"
    )
    key = rng.choice("abcde")
    return template.format(**values), template.format(**values | {key: off(rng, values[key])})


def _grown(template: str, low: int, high: int) -> Phrase:
    """Make a phrase of last year {o}, this year {n}, the growth {d} and its percentage {p}; the slip is in d or p."""

    def phrase(rng: random.Random) -> Pair:
        then = rng.randint(low, high)
        delta = rng.randint(then // 12, then // 2)
        values: dict[str, object] = {"o": then, "n": then + delta, "d": delta, "p": percent(delta, then, 2)}
        slip = {"d": off(rng, delta)} if rng.random() < 0.4 else {"p": off_percent(rng, delta, then, 2)}
        return template.format(**values), template.format(**values | slip)

    return phrase


def _in_tenths(rng: random.Random) -> Pair:
    """Tell a part in words: past so many tenths; the slip is the word one tenth too high."""
    whole, tenths = rng.randint(300, 900), rng.randint(6, 8)
    part = round(whole * (tenths / 10 + rng.uniform(0.02, 0.07)))
    told = f"共收回有效问卷{whole}份，其中{part}份对政务公开工作评价为“满意”，占比超过{{}}成。"
    return told.format(FIGURES[tenths]), told.format(FIGURES[tenths + 1])


def _compared(rng: random.Random) -> Pair:
    """Tell a table of two years and the change; the slip is in one change."""
    rows, slips = [], []
    for name in ("公开专区接待人数（人次）", "政策咨询电话接听量（个）", "查阅点服务人数（人次）"):
        then = rng.randint(300, 2000)
        delta = rng.randint(then // 10, then // 2)
        rows.append([name, then, then + delta, percent(delta, then)])
        slips.append(off_percent(rng, delta, then))
    head = ("服务事项", "2022年", "2023年", "同比增长")
    right, at = _tabbed([head, *rows]), rng.randrange(len(rows))
    rows[at][-1] = slips[at]
    return "线下服务情况见下表：" + right, "线下服务情况见下表：" + _tabbed([head, *rows])


def _period(rng: random.Random) -> Pair:
    told = "本报告所列数据的统计期限自{}年1月1日起至{}年12月31日止。"
    return told.format(2023, 2023), rng.choice([told.format(2022, 2022), told.format(2023, 2022)])


def _valid(rng: random.Random) -> Pair:
    month, years = rng.randint(4, 11), rng.choice([2, 3, 5])
    end = f"{month - 1}月{calendar.monthrange(2023, month - 1)[1]}日"
    told = f"修订后的《政府投资项目管理办法》自2023年{month}月1日起施行，有效期{years}年，至{{}}年{end}止。"
    return told.format(2023 + years), told.format(2023 + years + rng.choice([-1, 1]))


def _weekday(rng: random.Random) -> Pair:
    day = date(2023, rng.randint(3, 11), rng.randint(1, 28))
    wrong = (day.weekday() + rng.randint(1, 6)) % 7
    told = f"2023年{day.month}月{day.day}日（星期{{}}），组织开展“政府开放日”活动，邀请群众代表走进政务服务中心。"
    return told.format(_WEEKDAYS[day.weekday()]), told.format(_WEEKDAYS[wrong])


def _impossible(rng: random.Random) -> Pair:
    month, last = rng.choice([(2, 28), (4, 30), (6, 30), (9, 30), (11, 30)])
    told = "截至2023年{}月{}日，上级通报反馈的栏目更新不及时等问题已全部整改销号。"
    return told.format(month, last), told.format(month, last + rng.choice([1, 1, 2]) if month == 2 else 31)


def _future(rng: random.Random) -> Pair:
    told = "截至{}，基层政务公开标准目录已全部编制完成并对外公布，实现应公开尽公开。"
    return told.format("2023年12月底"), told.format(rng.choice(["2024年12月底", "2024年11月30日", "2024年10月"]))


def _quarter(rng: random.Random) -> Pair:
    at = rng.randint(1, 4)
    first, last = at * 3 - 2, at * 3
    wrong = rng.choice([(first, last + 1)] * (at < 4) + [(first - 1, last)] * (at > 1))
    told = "第{}季度（{}月至{}月）集中开展公开目录“回头看”，逐项核对公开内容的准确性和完整性。"
    return told.format(FIGURES[at], first, last), told.format(FIGURES[at], *wrong)


def _interpreted(rng: random.Random) -> Pair:
    """Tell an interpretation said to stand within three working days of its document, in months without holidays."""
    issued = date(2023, rng.choice([3, 7, 8, 11]), rng.randint(6, 14))
    issued += timedelta(days=-issued.weekday() % 7)
    told = "《稳企惠企若干政策》于{}日印发，解读材料于{}日在同一平台发布，符合3个工作日内解读的要求。"
    soon, late = issued + timedelta(days=rng.randint(1, 3)), issued + timedelta(days=rng.randint(7, 10))
    return told.format(_day(issued), _day(soon)), told.format(_day(issued), _day(late))


def _lasting(rng: random.Random) -> Pair:
    month, day, days = rng.randint(3, 11), rng.randint(5, 20), rng.randint(2, 5)
    told = f"{month}月{day}日至{day + days - 1}日，举办了为期{{}}天的全系统政务公开业务培训。"
    return told.format(days), told.format(days + rng.randint(1, 2))


def _consulted(rng: random.Random) -> Pair:
    start = date(2023, rng.randint(3, 9), rng.randint(1, 28))
    told = "《城市更新实施方案（草案）》于{}日至{}日公开征求意见，征求意见期不少于30日。"
    long, short = start + timedelta(days=rng.randint(30, 33)), start + timedelta(days=rng.randint(9, 20))
    return told.format(_day(start), _day(long)), told.format(_day(start), _day(short))


def _last_year_report(rng: random.Random) -> Pair:
    told = "2022年度政府信息公开工作年度报告于2023年{}日向社会公布，按时完成1月31日前公布的法定任务。"
    return told.format(f"1月{rng.randint(9, 30)}"), told.format(f"2月{rng.randint(2, 16)}")


def _sessions(rng: random.Random) -> Pair:
    count = rng.randint(2, 4)
    days = "、".join(f"{month}月{rng.randint(3, 27)}日" for month in sorted(rng.sample(range(3, 12), count)))
    told = f"先后于{days}举办政务公开专题培训{{}}期，对新任信息员进行集中辅导。"
    return told.format(count), told.format(count + rng.choice([-1, 1]))


def _checked_towns(rng: random.Random) -> Pair:
    count = rng.randint(3, 6)
    faults = ("专区资料陈旧", "村务公开栏更新不及时", "无人值守", "办事指南不准确")
    rows = [(at, name, rng.choice(faults)) for at, name in enumerate(rng.sample(_TOWNS, count), start=1)]
    told = "实地抽查发现问题的镇（街道）共{}家，具体如下："
    table = _tabbed([("序号", "名称", "主要问题"), *rows])
    return told.format(count) + table, told.format(count + rng.choice([-1, 1])) + table


HEADS = (
    ("省自然资源厅{year}年政府信息公开工作年度报告", "根据《中华人民共和国政府信息公开条例》第五十条规定，现公布省自然资源厅{year}年政府信息公开工作年度报告。", "省自然资源厅"),
    ("岷阳市人民政府{year}年政府信息公开工作年度报告", "按照《中华人民共和国政府信息公开条例》要求，结合全市实际，编制本报告。", "岷阳市人民政府"),
    ("汉津市人民政府办公室关于{year}年度政务公开考核结果的通报", "各县（市、区）人民政府，市政府各部门：\n根据年度安排，市政府办公室组织开展了{year}年度政务公开考核，现将有关情况通报如下。", "汉津市人民政府办公室"),
    ("洮源州人民政府办公室关于{year}年政策解读工作情况的报告", "省政府办公厅：\n现将我州{year}年政策解读及政务公开有关工作情况报告如下。", "洮源州人民政府办公室"),
    ("沙坝区人民政府办公室关于{year}年政务公开工作的自查报告", "市政府办公室：\n按照要求，我区对{year}年政务公开工作进行了认真自查，现报告如下。", "沙坝区人民政府办公室"),
)  # fmt: skip
HEADINGS = ("主动公开情况", "依申请公开和平台建设情况", "监督保障情况", "存在的主要问题及改进情况")
FILLERS = (
    "坚持以习近平新时代中国特色社会主义思想为指导，认真贯彻落实党中央、国务院和省委、省政府关于政务公开的决策部署。",
    "主要领导亲自过问、分管领导具体抓，层层压实责任，形成了上下联动、齐抓共管的工作格局。",
    "聚焦乡村振兴、生态环境、稳岗就业等重点领域，持续加大公开力度，保障群众知情权、参与权和监督权。",
    "严格落实“三审三校”制度，坚持“谁公开谁审查、谁审查谁负责”，确保公开内容准确规范。",
    "优化依申请公开办理流程，规范登记、审核、办理、答复、归档各环节，注重与申请人沟通。",
    "坚持政策性文件与解读方案同步组织、同步审签、同步部署，让群众看得懂、用得上。",
    "将政务公开纳入年度目标绩效管理，健全日常监测、定期通报和跟踪督办机制。",
    "虽然取得了一定成绩，但对照上级要求和群众期盼还有差距，公开的主动性、时效性有待增强。",
    "下一步，将持续完善制度机制，提升公开质效，为经济社会高质量发展营造良好环境。",
)  # fmt: skip

SUMS = (
    _requests_table,
    _scored,
    _final_score,
    _mended,
    added("因政府信息公开工作被提起行政复议{t}件，其中结果维持{a}件、结果纠正{b}件、其他结果{c}件、尚未审结{d}件。", 6, 30, 4),
    added("\n信息发布（单位：条）\t总数\t{t}\n概况类信息更新量\t{a}\n政务动态信息更新量\t{b}\n信息公开目录信息更新量\t{c}", 900, 9000, 3),
    added("坚持多形式解读，全年发布解读材料{t}篇，其中文字解读{a}篇、图文解读{b}篇、视频动漫解读{c}篇、新闻发布会解读{d}篇。", 40, 300, 4),
    added("共承办人大代表建议{a}件、政协委员提案{b}件，合计{t}件，均已按期办复，除涉密件外全部公开。", 60, 400, 2),
    added("政务服务便民热线全年受理诉求{t}件，其中咨询类{a}件，求助类{b}件，投诉举报类{c}件，意见类{d}件。", 3000, 40000, 4),
    added("全年作出行政许可决定{a}件、行政处罚决定{b}件、行政强制决定{c}件，三项合计{t}件，均在作出决定之日起7个工作日内公示。", 300, 6000, 3),
    added("编印政府公报{t}万册，其中赠阅机关{a}万册、赠阅村（社区）{b}万册、便民网点取阅{c}万册。", 8, 40, 3),
    added("配备政务公开工作人员{t}名，其中专职{a}名、兼职{b}名。", 20, 160, 2),
    balanced("上年末现行有效行政规范性文件{a}件，本年制发{b}件、废止{c}件，年末现行有效{d}件。", 60, 160, of_stock=True),
    in_hundredths("本年度落实政务公开工作经费{t}万元，其中平台运维{a}万元，专区建设{b}万元，第三方监测{c}万元。", 4000, 30000, 3),
    in_hundredths("政务新媒体全年总阅读量{t}万次，其中微信公众号{a}万次、微博{b}万次、视频号{c}万次。", 9000, 90000, 3),
)  # fmt: skip

PERCENTAGES = (
    share("在本年度办结的{t}件申请中，予以公开和部分公开{a}件，占{p}；不予公开、无法提供及其他处理{r}件，占{q}。", 60, 400, 2),
    share("抽查政府网站和政务新媒体{t}个次，合格{a}个次，合格率为{p}。", 40, 260),
    share("全年电话回访办事群众{t}人次，表示满意的{a}人次，满意率达{p}。", 600, 9000, 2),
    full_width(share("年度政务公开工作要点明确的{t}项任务，已完成{a}项，完成率{p}，其余{r}项正有序推进。", 36, 90)),
    share("年内业务培训应到{t}人，实到{a}人，参训率{p}。", 80, 300),
    share("纳入考核的{t}个单位中，评为优秀等次的{a}个，优秀率{p}。", 60, 120, most=0.4),
    _grown("全年主动发布信息{n}条，较2022年的{o}条增加{d}条，同比增长{p}。", 2000, 30000),
    change("全年政府门户网站总访问量{n}万次，上年为{o}万次，同比增长{p}。", 300, 4000),
    change("因信息公开引发的信访事项{n}件，比上年的{o}件减少{d}件，同比下降{p}。", 20, 90, down=True, decimals=2),
    points("政策性文件解读率由上年的{o}提高到{n}，提升{d}个百分点。"),
    points("重点领域目录规范率为{n}，较上年的{o}提高{d}个百分点。"),
    times("“政策面对面”直播累计观看{n}人次，是上年（{o}人次）的{x}倍。", 3000, 20000),
    full_width(whole_shares("从申请渠道看，网络申请占{a}，信函申请占{b}，当面申请占{c}。", 3)),
    _in_tenths,
    _compared,
)  # fmt: skip

DATES = (
    _period,
    _valid,
    _weekday,
    _impossible,
    _future,
    _quarter,
    _interpreted,
    _lasting,
    _consulted,
    _last_year_report,
    dated(
        "如对某企业{m}月{l}日提出的政府信息公开申请，经补正和征求第三方意见，于{n}月{e}日依法作出答复。",
        "如对某企业{m}月{l}日提出的政府信息公开申请，经补正和征求第三方意见，于{m}月{e}日依法作出答复。",
    ),
    dated(
        "{m}月{e}日至{l}日，抽调业务骨干组成工作组开展实地考核，逐项查看台账资料。",
        "{m}月{l}日至{e}日，抽调业务骨干组成工作组开展实地考核，逐项查看台账资料。",
    ),
    dated(
        "针对网站检测发现的问题，{m}月{e}日印发整改通知，要求责任科室于{m}月{l}日前整改到位。",
        "针对网站检测发现的问题，{m}月{l}日印发整改通知，要求责任科室于{m}月{e}日前整改到位。",
    ),
    dated(
        "政务公开年度工作要点于{b}月{l}日经常务会议审议通过，{m}月{e}日正式印发实施。",
        "政务公开年度工作要点于{m}月{l}日经常务会议审议通过，{m}月{e}日正式印发实施。",
    ),
)

_PROBLEMS = (
    "部分栏目更新不够及时",
    "解读形式较为单一",
    "基层信息员变动频繁",
    "公开平台互动性不强",
    "对条例的理解不够深入",
)
_STEPS = ("健全信息发布审核机制", "加强业务指导和日常监测", "丰富公开形式", "推动公开专区提档升级", "强化督促检查")
_RULES = (
    "《政府信息公开指南》",
    "《主动公开基本目录》",
    "《信息公开保密审查办法》",
    "《政务舆情回应办法》",
    "《公开属性源头认定办法》",
)
_COLUMNS = ("“优化营商环境”", "“稳岗就业”", "“乡村振兴”", "“长江大保护”", "“惠企政策”", "“义务教育”")
_PLATFORMS = ("政府网站", "微信公众号", "政务微博", "抖音号", "政府公报", "政务公开专区")
_FIELDS = ("教育", "卫生健康", "供水", "供电", "供气", "环境保护", "公共交通")
_THEMES = ("“东西部协作”", "“防汛抗旱”", "“文旅融合”", "“保交楼”", "“医保惠民”", "“高标准农田建设”")

COUNTS = (
    _sessions,
    _checked_towns,
    listed("明确{l}{v}个部门为重点领域公开的牵头部门，逐项落实公开责任。", _BUREAUS, 3, 7),
    listed("年度考核评定为“优秀”等次的县（市、区）{v}个：{l}。", _COUNTIES, 3, 6),
    listed("修订完善{l}{v}项制度，进一步夯实公开基础。", _RULES, 2, 4, between=""),
    listed("围绕中心工作，在首页开设{l}{v}个专题专栏，集中公开相关信息。", _COLUMNS, 3, 5, between="", figures=True),
    listed("打造{l}“{v}位一体”公开矩阵，拓宽群众知晓政策的途径。", _PLATFORMS, 3, 5, figures=True),
    listed("督促{l}{v}个领域的公共企事业单位编制信息公开目录。", _FIELDS, 3, 6),
    listed("全年召开新闻发布会{v}场，主题分别为{l}。", _THEMES, 3, 5),
    numbered("工作中主要存在以下{v}个方面的问题：{l}。", lambda at: f"{FIGURES[at]}是", _PROBLEMS),
    numbered("重点抓好{v}项措施：{l}。", lambda at: f"{at}.", _STEPS),
    twice(
        "全年共收到政府信息公开申请{v}件，涉及征地补偿、城镇规划、社会保障等方面。",
        "收到的{v}件申请均在法定期限内办理。",
        30,
        260,
    ),
    twice(
        "共制发行政规范性文件{v}件，全部经过合法性审核。",
        "上述{v}件规范性文件均在门户网站集中公开，并同步报备。",
        6,
        40,
    ),
    twice(
        "今年共办理人大代表建议{v}件。",
        "上述{v}件建议均已按期答复，涉及公共利益的复文全部公开。",
        40,
        180,
    ),
)  # fmt: skip

_TABLE = "序号\t责任单位\t具体情况\t备注\n1\t详见系统导出数据\t按季度更新\t无"
_NAMES = ("2023年度政务公开考核得分表", "存在问题清单", "整改任务分工表", "政策解读优秀案例名单")


def _in_line(names: Sequence[str]) -> str:
    told = [f"{name}见附件{at}" for at, name in enumerate(names, start=1)]
    return "，".join(told) + "。"


def _single(rng: random.Random) -> Attached:
    """Make one unnumbered attachment; the slip is its lacking, its not being named, or a second one spoken of."""
    name = rng.choice(_NAMES)
    listing, body = f"附件：{name}", f"附件\n{name}\n{_TABLE}"
    slips = (
        (listing, "（此件公开发布）"),
        ("特此报告。", body),
        (f"有关明细详见附件2。\n{listing}", body),
    )
    return listing, body, *rng.choice(slips)


ATTACHMENTS = (
    _single,
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + "\n　　　".join(f"{at}.{name}" for at, name in enumerate(names, start=1)),
        heading="附件{}".format,
        reference="各责任主体整改情况详见附件{v}。",
        body=_TABLE,
    ),
    attachments(
        ("政府网站抽查情况表", "政务新媒体抽查情况表", "不合格名单", "单项否决问题明细"),
        listing=lambda names: "\n".join(f"附件{at}：{name}" for at, name in enumerate(names, start=1)),
        heading="附件{}".format,
        reference="（逐项问题见附件{v}）",
        body=_TABLE,
        between="：",
    ),
    attachments(
        ("全年主动公开信息统计表", "依申请公开办理台账", "政策解读统计表", "规范性文件目录"),
        listing=lambda names: "附表：" + "　".join(f"{at}.{name}" for at, name in enumerate(names, start=1)),
        heading="附表{}".format,
        reference="分科室数据见附表{v}。",
        body=_TABLE,
    ),
    attachments(
        ("各县（市、区）得分及排名", "市直部门得分及排名", "主要扣分点汇总", "加分项认定情况"),
        listing=_in_line,
        heading="附件{}".format,
        reference="第三方评估机构的说明见附件{v}。",
        body=_TABLE,
    ),
    attachments(
        ("政策解读材料清单", "重要政策解读方案备案表", "解读形式分类汇总表"),
        listing=lambda names: "附件：" + "；".join(f"{FIGURES[at]}、{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{FIGURES[at]}",
        reference="（具体名单附后，见附件{v}）",
        body=_TABLE,
    ),
)
