"""Phrases as counties, development zones and bureaus of Guangdong, Zhejiang and Fujian write them; written blind."""

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
    listed,
    numbered,
    points,
    share,
    times,
    twice,
    whole_shares,
)
from report_phrases import Pair, Phrase, off, off_percent, percent, split

HEADS = (
    ("云岭县{year}年政府信息公开工作年度报告", "本报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）和国务院办公厅政府信息公开办公室关于年度报告格式的要求编制。本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。", "云岭县人民政府办公室"),
    ("滨湾经济技术开发区管理委员会{year}年政府信息公开工作年度报告", "根据《中华人民共和国政府信息公开条例》第五十条规定，滨湾经济技术开发区管理委员会编制了本报告，全文由总体情况、存在问题等部分组成，并在管委会门户网上公布。", "滨湾经济技术开发区管理委员会"),
    ("榕浦市自然资源局{year}年政府信息公开工作年度报告", "根据《中华人民共和国政府信息公开条例》要求，现公布榕浦市自然资源局{year}年政府信息公开工作年度报告。如对本报告有疑问，请与局办公室联系。", "榕浦市自然资源局"),
    ("榕浦市政务公开工作领导小组办公室关于{year}年度政务公开第三方评估情况的通报", "各县（市、区）人民政府，各开发区管委会，市直各单位：\n为检验政务公开工作成效，市政务公开办委托第三方机构开展了{year}年度评估。现将有关情况通报如下：", "榕浦市政务公开工作领导小组办公室"),
    ("云岭县人民政府办公室关于{year}年政务公开和政策解读工作情况的报告", "榕浦市人民政府办公室：\n按照通知要求，我县对{year}年政务公开和政策解读工作进行了全面自查。现将有关情况报告如下：", "云岭县人民政府办公室"),
    ("榕浦市市场监督管理局{year}年政务公开工作总结", "{year}年，在市委、市政府的正确领导下，我局紧扣中心工作，以公开促规范、促服务，各项任务顺利完成。", "榕浦市市场监督管理局"),
)  # fmt: skip
HEADINGS = ("总体情况", "重点工作推进情况", "存在的主要问题", "下一步工作安排")
FILLERS = (
    "坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻党的二十大精神，持续深化政务公开，助力营商环境优化提升。",
    "聚焦数字化改革，推动公开平台与一体化政务服务平台数据同源，努力实现“一次填报、多端同步”。",
    "落实“三审三校”制度，上网信息由经办人、科室负责人、分管领导逐级把关，严防泄密和个人隐私泄露。",
    "紧扣“高质量发展”主题，加大助企纾困、民生实事、乡村振兴等领域的公开力度，回应社会关切。",
    "对照上级年度工作要点逐条分解任务，明确责任科室和完成时限，按季度跟踪督促。",
    "对标先进仍有差距，公开的主动性、精准性还不够强，个别信息发布不够及时，业务人员变动较为频繁。",
    "继续推进基层政务公开标准化规范化，动态调整公开事项标准目录，让群众看得到、听得懂、能监督。",
    "将进一步丰富政策传播方式，多用群众听得懂的语言、看得懂的形式，提升公开的温度。",
    "依托村（社区）党群服务中心设置查阅点，为老年人等群体提供帮办代查服务。",
    "加强与宣传、网信等方面的协调联动，妥善做好舆情监测与回应，全年未发生重大负面舆情。",
)

_BUREAUS = (
    "县发展和改革局",
    "县教育局",
    "县财政局",
    "县民政局",
    "县农业农村局",
    "县卫生健康局",
    "县人力资源和社会保障局",
    "县医疗保障局",
)
_FIELDS = ("义务教育", "户籍管理", "社会救助", "养老服务", "公共法律服务", "征地补偿", "保障性住房", "食品药品监管")


def _added(template: str, low: int, high: int, parts: int) -> Phrase:
    """Make a phrase of a total {t} and parts {a}, {b} …, the first the greatest; the slip is in any of the figures."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        first = whole * rng.randint(42, 60) // 100
        values = dict(zip("abcde", [first, *split(rng, whole - first, parts - 1)], strict=False), t=whole)
        key = rng.choice(sorted(values))
        return template.format(**values), template.format(**values | {key: off(rng, values[key])})

    return phrase


def _money(template: str, low: int, high: int, parts: int) -> Phrase:
    """Make a phrase of a sum of money {t} and its parts, with two decimals; one of the parts or the sum is too great."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        values = dict(zip("abcd", split(rng, whole, parts), strict=False), t=whole)
        key = rng.choice(sorted(values))
        wrong = values | {key: values[key] + rng.choice([9, 90, 100, 150, 270])}
        right, slipped = ({name: f"{one / 100:.2f}" for name, one in told.items()} for told in (values, wrong))
        return template.format(**right), template.format(**slipped)

    return phrase


def _requests(rng: random.Random) -> Pair:
    new, carried, pending = rng.randint(26, 95), rng.randint(1, 5), rng.randint(1, 4)
    whole = new + carried - pending
    given = whole * rng.randint(45, 60) // 100
    partly, refused, lacking, other = split(rng, whole - given, 4)
    values = {"n": new, "c": carried, "a": given, "b": partly, "d": refused, "e": lacking, "f": other, "g": pending}
    template = (
        "2023年，共新收政府信息公开申请{n}件，上年结转{c}件。办理结果为：予以公开{a}件，部分公开{b}件，"
        "不予公开{d}件，本机关无法提供{e}件，不予处理及其他处理{f}件，结转下年度继续办理{g}件。"
    )
    key = rng.choice(sorted(values))
    return template.format(**values), template.format(**values | {key: off(rng, values[key])})


def _quarters(rng: random.Random) -> Pair:
    rows = [[rng.randint(low, low * 3) for _ in range(4)] for low in (310, 160, 22)]
    names = ("门户网", "微信公众号", "政务微博")
    at, slip = rng.randrange(3), rng.choice(["cell", "total"])
    cell = rng.randrange(4)

    def table(*, slipped: bool) -> str:
        lines = ["发布平台\t第一季度\t第二季度\t第三季度\t第四季度\t合计"]
        for row, (name, cells) in enumerate(zip(names, rows, strict=True)):
            told = [*cells, sum(cells)]
            if slipped and row == at:
                told[cell if slip == "cell" else 4] = wrong
            lines.append("\t".join([name, *map(str, told)]))
        return "门户网和主要政务新媒体分季度发布数量如下（单位：条）：\n" + "\n".join(lines)

    wrong = off(rng, rows[at][cell] if slip == "cell" else sum(rows[at]))
    return table(slipped=False), table(slipped=True)


def _scores(template: str, full: Sequence[int]) -> Phrase:
    """Make a phrase of scores {a}, {b} …, each out of its full marks, and their total {t}; the slip is in one."""

    def phrase(rng: random.Random) -> Pair:
        got = [marks * 100 - rng.randint(marks, marks * 20) for marks in full]
        values = dict(zip("abcde", got, strict=False), t=sum(got))
        key = rng.choice(sorted(values))
        wrong = values | {key: values[key] - rng.choice([10, 45, 90, 100, 200])}
        right, slipped = ({name: f"{one / 100:.2f}" for name, one in told.items()} for told in (values, wrong))
        return template.format(**right), template.format(**slipped)

    return phrase


SUMS = (
    _requests,
    _added("全年共发布政策解读材料{t}篇，其中文字解读{a}篇、图解{b}篇、音视频解读{c}篇、专家解读{d}篇。", 60, 180, 4),
    balanced(
        "截至上年末，现行有效的行政规范性文件共{a}件；本年新制发{b}件，废止或宣布失效{c}件，截至本年末现行有效{d}件。",
        40,
        120,
        of_stock=True,
    ),
    _scores(
        "本次评估综合得分为{t}分，其中主动公开{a}分，基层政务公开{b}分，平台建设{c}分，监督保障{d}分。",
        (40, 20, 25, 15),
    ),
    _scores(
        "评估得分情况如下：\n一级指标\t满分\t得分\n决策公开\t30\t{a}\n管理和服务公开\t35\t{b}\n回应关切\t20\t{c}\n"
        "组织保障\t15\t{d}\n合计\t100\t{t}",
        (30, 35, 20, 15),
    ),
    _added(
        "全年12345便民服务平台共受理诉求件{t}件，其中咨询类{a}件，求助类{b}件，投诉举报类{c}件，其他类{d}件，均按时限回复。",
        2100,
        9800,
        4,
    ),
    _added(
        "因政府信息公开引起的行政复议案件共{t}件，其中结果维持{a}件，结果纠正{b}件，其他结果{c}件，尚未审结{d}件。",
        9,
        26,
        4,
    ),
    _quarters,
    _money(
        "全年政务公开工作经费支出{t}万元，其中平台运行维护{a}万元，第三方评估服务{b}万元，宣传印刷{c}万元。",
        3800,
        9600,
        3,
    ),
    _money(
        "持续推进惠企政策“免申即享”，全年兑现各类奖补资金{t}万元，其中上半年{a}万元，下半年{b}万元。", 120000, 860000, 2
    ),
    _added("全年承办市、县人大代表建议{a}件，政协委员提案{b}件，合计{t}件，除涉密外答复全文均已上网。", 90, 240, 2),
    _added(
        "全年就重大行政决策公开征集意见，共收到社会各界意见{t}条，其中采纳{a}条，部分采纳{b}条，未采纳{c}条，"
        "采纳情况及理由均已反馈。",
        60,
        380,
        3,
    ),
    _added(
        "2023年，通过政府门户网站发布信息{a}条，通过政务新媒体发布{b}条，通过广播电视和报刊等发布{c}条，"
        "累计发布各类信息{t}条。",
        3200,
        9700,
        3,
    ),
    _added("上半年编发政务公开工作简报{a}期，下半年编发{b}期，全年共编发{t}期。", 12, 40, 2),
    _added("2023年主动公开政府信息{t}条，其中机构职能类{b}条、政策文件类{c}条、业务工作类{a}条、财政资金类{d}条。", 900, 5200, 4),
)  # fmt: skip


def _grades(rng: random.Random) -> Pair:
    counts = [rng.randint(6, 14), rng.randint(15, 29), rng.randint(3, 9)]
    whole, at = sum(counts), rng.randrange(3)
    right = [percent(one, whole) for one in counts]
    wrong = [off_percent(rng, counts[at], whole) if here == at else one for here, one in enumerate(right)]
    template = "本次共评估{t}家单位，评定为优秀的{a}家，占{p}；良好的{b}家，占{q}；一般的{c}家，占{r}。"
    a, b, c = counts
    told = [template.format(t=whole, a=a, b=b, c=c, p=one[0], q=one[1], r=one[2]) for one in (right, wrong)]
    return told[0], told[1]


PERCENTAGES = (
    share("全年制发公文{t}件，其中属性确定为主动公开的{a}件，主动公开率为{p}。", 160, 520),
    share("全年出台涉企政策文件{t}件，同步配发图文解读的{a}件，解读率达{p}。", 24, 70, 2),
    full_width(share("共发放群众满意度调查问卷{t}份，收回有效问卷{a}份，有效回收率{p}。", 300, 1500)),
    share("随机抽查公开栏目{t}个，更新及时的{a}个，占{p}；更新不及时的{r}个，占{q}。", 40, 130),
    share("现有依申请政务服务事项{t}项，其中可全程网办{a}项，全程网办率{p}。", 900, 1800, 2),
    share("政务服务“好差评”系统全年收到有效评价{t}条，其中好评{a}条，好评率{p}。", 2000, 9000, 2),
    change("门户网站全年总访问量{n}万次，比上年的{o}万次增加{d}万次，同比增长{p}。", 110, 620),
    change("全年新收政府信息公开申请{n}件，较上年的{o}件减少{d}件，同比下降{p}。", 40, 190, down=True, decimals=2),
    change("全年通过网上平台更新工作动态类信息{n}条，上年为{o}条，同比增长{p}。", 700, 2600),
    full_width(change("政务新媒体总关注人数由上年末的{o}人增至{n}人，增幅为{p}。", 5200, 48000)),
    points("据第三方调查，群众对政务公开工作的满意度为{n}，较上年的{o}提高{d}个百分点。"),
    points("政务热线一次性办结率由上年的{o}降至{n}，下降{d}个百分点，需引起重视。", down=True),
    whole_shares(
        "从申请方式看，通过网络提交的占{a}，信函提交的占{b}，当面提交的占{c}，其他方式占{d}。",
        4,
    ),
    times("政务新媒体全年短视频总播放量{n}万次，上年为{o}万次，今年播放量是上年的{x}倍。", 25, 160),
    _grades,
)


def _day(when: date) -> str:
    return f"{when.year}年{when.month}月{when.day}日"


def _no_such_day(template: str) -> Phrase:
    """Make a phrase of one day {d} of 2023; the slip is a day its month does not have."""

    def phrase(rng: random.Random) -> Pair:
        month, beyond = rng.choice([(2, 29), (2, 30), (4, 31), (6, 31), (9, 31), (11, 31)])
        right, wrong = (f"2023年{month}月{day}日" for day in (rng.randint(8, 28), beyond))
        return template.format(d=right), template.format(d=wrong)

    return phrase


def _in_force(rng: random.Random) -> Pair:
    start, years = date(2023, rng.randint(3, 11), rng.choice([1, 1, 10, 15, 20])), rng.choice([2, 3, 5])
    name = rng.choice(["公共租赁住房管理办法", "促进产业高质量发展若干规定", "户外广告设置管理办法"])
    template = "修订后的《{n}》自{s}起施行，有效期{y}年，至{e}止，文件全文及说明已同步上网。"
    ends = [
        start.replace(year=start.year + years + slip) - timedelta(days=1)
        for slip in (0, rng.choice([-1, 1, 2] if years > 2 else [1, 2]))
    ]
    right, wrong = (template.format(n=name, s=_day(start), y=years, e=_day(end)) for end in ends)
    return right, wrong


def _consulted(rng: random.Random) -> Pair:
    start, days = date(2023, rng.randint(3, 10), rng.randint(4, 27)), rng.choice([10, 15, 30])
    template = "《城乡居民用水价格调整方案（征求意见稿）》于{s}至{e}向社会公开征求意见，为期{d}天，并举行了听证会。"
    right, wrong = (start + timedelta(days=days - 1 + slip) for slip in (0, rng.choice([-6, -5, 5, 6, 10])))
    first, second = (template.format(s=_day(start), e=f"{end.month}月{end.day}日", d=days) for end in (right, wrong))
    return first, second


def _rectify_by(rng: random.Random) -> Pair:
    day = rng.randint(5, 28)
    template = "请存在问题的责任主体认真对照整改，并于{d}前将整改报告报送政务公开办。"
    wrong = rng.choice([f"2023年2月{day}日", f"2024年1月{rng.randint(4, 15)}日"])
    return template.format(d=f"2024年2月{day}日"), template.format(d=wrong)


def _this_month(rng: random.Random) -> Pair:
    template = "2024年{m}月{d}日，组织召开年度政务公开工作推进会，对各项指标完成情况逐项作了点评。"
    day = rng.randint(8, 18)
    return template.format(m=1, d=day), template.format(m=rng.choice([2, 3, 4]), d=day)


DATES = (
    dated(
        "《促进民营经济发展若干措施》于2023年{m}月{e}日正式印发，配套解读材料于{m}月{l}日随后上线。",
        "《促进民营经济发展若干措施》于2023年{m}月{l}日正式印发，配套解读材料于{m}月{e}日随后上线。",
    ),
    dated(
        "如某群众于2023年{m}月{l}日提出公开征地批文的申请，受理后于{n}月{e}日作出答复并邮寄送达。",
        "如某群众于2023年{n}月{e}日提出公开征地批文的申请，受理后于{m}月{l}日作出答复并邮寄送达。",
    ),
    dated(
        "对上级通报的错链、错别字问题，于2023年{m}月{e}日接到交办单后立即处理，{m}月{l}日全部整改到位。",
        "对上级通报的错链、错别字问题，于2023年{m}月{l}日接到交办单后立即处理，{m}月{e}日全部整改到位。",
    ),
    dated(
        "本次评估自2023年{m}月{e}日启动，至2023年{n}月{l}日结束，采取网上巡查与实地走访相结合的方式。",
        "本次评估自2023年{n}月{e}日启动，至2023年{m}月{l}日结束，采取网上巡查与实地走访相结合的方式。",
    ),
    dated(
        "《国土空间总体规划（草案）》于2023年{b}月{l}日结束公示，经修改完善，{m}月{e}日提请常务会议审议，{m}月{l}日正式公布。",
        "《国土空间总体规划（草案）》于2023年{n}月{l}日结束公示，经修改完善，{m}月{e}日提请常务会议审议，{m}月{l}日正式公布。",
    ),
    dated(
        "2022年度政府信息公开工作年度报告已于2023年1月{l}日在门户网向社会公布。",
        "2022年度政府信息公开工作年度报告已于2022年1月{l}日在门户网向社会公布。",
    ),
    dated(
        "本部分数据的统计时段为2023年1月1日至2023年12月31日，{m}月起新增的子站一并纳入。",
        "本部分数据的统计时段为2023年1月1日至2022年12月31日，{m}月起新增的子站一并纳入。",
    ),
    _no_such_day("{d}，以“走进政府、共话发展”为主题举办政府开放日活动，邀请人大代表、企业家、居民代表走进政务服务中心。"),
    _no_such_day("{d}，主要负责同志走进“民生在线”直播间，就不动产登记便民举措与网友互动交流。"),
    _no_such_day("门户网新版于{d}上线试运行，优化了检索、适老化与无障碍功能。"),
    _in_force,
    _consulted,
    _rectify_by,
    _this_month,
)  # fmt: skip


def _open_list(template: str, names: Sequence[str], low: int, high: int) -> Phrase:
    """Make a phrase of things named {l} before an open-ended 等 and their count {v}; the slip says fewer than named."""

    def phrase(rng: random.Random) -> Pair:
        count = rng.randint(low, high)
        told = "、".join(rng.sample(names, count))
        return template.format(l=told, v=count), template.format(l=told, v=count - 1)

    return phrase


def _stale_months(rng: random.Random) -> Pair:
    months = sorted(rng.sample(range(1, 13), rng.randint(2, 5)))
    template = "经核查，“人事信息”栏目有{v}个月未更新（{l}）。"
    told = "、".join(f"{month}月" for month in months)
    wrong = len(months) + rng.choice([-1, 1])
    return template.format(v=len(months), l=told), template.format(v=wrong, l=told)


def _named_table(rng: random.Random) -> Pair:
    count = rng.randint(3, 6)
    faults = ("机构职能信息未及时更新", "财政预决算公开不完整", "政策文件未分类展示", "公开指南联系电话有误")
    rows = [f"{at}\t{name}\t{rng.choice(faults)}" for at, name in enumerate(rng.sample(_BUREAUS, count), start=1)]
    template = "对以下{v}家问题较为突出的单位予以点名通报：\n序号\t单位名称\t主要问题\n{l}"
    wrong = count + rng.choice([-1, 1])
    told = "\n".join(rows)
    return template.format(v=count, l=told), template.format(v=wrong, l=told)


_FAULTS = (
    "公开意识有待加强，少数同志对公开工作的重要性认识不到位",
    "公开内容不够丰富，与群众实际需求还有差距",
    "业务能力有待提升，对新要求、新标准把握不够精准",
    "公开形式较为单一，互动交流还不够充分",
    "协同机制不够顺畅，信息报送存在滞后现象",
)
_STEPS = (
    "压实主体责任，完善工作机制",
    "突出重点领域，深化主动公开",
    "强化平台建设，提升服务水平",
    "加强业务指导，提高队伍素质",
    "严格督查问效，推动任务落实",
)


def _spoken(phrase: Phrase) -> Phrase:
    """Say 两个 and 两项 as people write them, where the maker counts 二."""

    def said(rng: random.Random) -> Pair:
        right, wrong = phrase(rng)
        return right, wrong.replace("二个", "两个").replace("二项", "两项")

    return said


COUNTS = (
    _spoken(numbered("一年来虽取得一定成绩，但仍存在{v}个方面的问题：{l}。", lambda at: f"{FIGURES[at]}是", _FAULTS)),
    _spoken(numbered("下一步，将着重抓好以下{v}项工作：{l}。", lambda at: f"（{FIGURES[at]}）", _STEPS)),
    _spoken(numbered("明年将从{v}个方面持续发力：{l}。", lambda at: f"{at}.", _STEPS)),
    listed("在门户网首页新设{v}个专题，分别是{l}。", ("“优化营商环境”", "“百千万工程”", "“共同富裕”", "“稳就业促发展”", "“防汛防台风”", "“河湖长制”"), 3, 5),
    listed("按照标准化目录要求，重点梳理公开了{l}{v}个领域的事项清单。", _FIELDS, 3, 6),
    _open_list("围绕{l}等{v}个试点领域编制了公开事项标准目录。", _FIELDS, 3, 6),
    listed("{l}{v}家单位在本次评估中被评为优秀等次，予以通报表扬。", _BUREAUS, 3, 5),
    listed("评估结果排名靠前的单位有{v}家：{l}。", _BUREAUS, 3, 6),
    listed("现有在用政务新媒体账号{v}个，分别为{l}。", ("微信公众号", "新浪微博", "抖音号", "视频号", "今日头条号"), 2, 4),
    listed("全年组织业务培训{v}期，每期一个专题，依次为{l}。", ("条例解析", "平台操作", "保密审查", "答复文书制作", "舆情应对"), 3, 4, figures=True),
    twice("全年召开新闻发布会{v}场，主要负责人带头出席。", "上述{v}场新闻发布会的实录均已在门户网公布。", 5, 28),
    twice("依托政务服务大厅、图书馆、档案馆和村（社区）便民点建成政务公开专区{v}个。", "上述{v}个专区均已配齐查询终端和宣传资料。", 12, 68),
    twice("制定年度政务公开工作要点任务分解表，细化任务{v}项。", "截至年底，上述{v}项任务已全部完成。", 18, 56),
    _stale_months,
    _named_table,
)  # fmt: skip


def _in_column(names: Sequence[str]) -> str:
    return "附件：" + "\n\u3000\u3000\u3000".join(f"{at}.{name}" for at, name in enumerate(names, start=1))


def _one_by_one(names: Sequence[str]) -> str:
    return "\n".join(f"附件{at}：{name}" for at, name in enumerate(names, start=1))


def _referred_to(names: Sequence[str]) -> str:
    told = "，".join(f"{name}见附件{at}" for at, name in enumerate(names, start=1))
    return f"有关情况一并印发，其中{told}。\n附件：\n" + "\n".join(
        f"{at}. {name}" for at, name in enumerate(names, start=1)
    )


def _single(rng: random.Random) -> Attached:
    name, other = rng.sample(("政务公开工作整改台账", "政府信息公开工作情况统计表", "政务公开联络员信息表"), 2)
    right, shown = f"附件：{name}", f"附件\n{name}\n填报单位：\t填报人：\n序号\t事项\t完成情况"
    slip = rng.choice(["reference", "listed", "unlisted"])
    if slip == "reference":
        return right, shown, f"（{other}见附件2）\n{right}", shown
    if slip == "listed":
        return right, shown, f"附件：1.{name}\n\u3000\u3000\u30002.{other}", shown.replace("附件\n", "附件1\n")
    return right, shown, "（此件公开发布）", shown


ATTACHMENTS = (
    attachments(
        ("政务公开第三方评估得分及排名表", "政务公开第三方评估问题清单", "问题整改情况反馈表", "政务公开评估指标体系"),
        listing=_in_column,
        heading=lambda at: f"附件{at}",
        reference="（评估方法说明详见附件{v}）",
        body="填报单位：\t填报日期：\n序号\t项目\t说明",
    ),
    attachments(
        ("政策解读工作情况统计表", "政府信息公开申请办理台账", "基层政务公开标准目录调整情况表", "行政规范性文件目录"),
        listing=_one_by_one,
        heading=lambda at: f"附件{at}：",
        reference="有关佐证材料见附件{v}。",
        body="填报单位（盖章）：\n序号\t名称\t备注",
        between="",
    ),
    attachments(
        ("得分排名情况", "扣分明细", "整改台账样表", "联络员名单"),
        listing=_referred_to,
        heading=lambda at: f"附件{at}",
        reference="评估说明见附件{v}。",
        body="序号\t单位名称\t备注",
    ),
    _single,
)
