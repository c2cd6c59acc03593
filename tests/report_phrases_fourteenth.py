"""A fourteenth book of phrases, as counties and city bureaus of Henan, Hebei and Shandong report on disclosure.

Annual reports under the national form, self-checks of 政务公开 and notices on websites and on the half-year.
"""

import random
from collections.abc import Callable, Sequence

from report_makers import (
    Attached,
    attachments,
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
from report_phrases import Pair, Phrase, off, split

HEADS = (
    (
        "临渠县人民政府办公室{year}年政府信息公开工作年度报告",
        "根据《中华人民共和国政府信息公开条例》（国务院令第711号）第五十条规定，现公布临渠县人民政府办公室{year}年政府信息公开工作年度报告。如对本报告有疑问，请与本机关联系（电话：0370－5550126）。",
        "临渠县人民政府办公室",
    ),
    (
        "沂阳县{year}年政府信息公开工作年度报告",
        "本报告由沂阳县人民政府办公室按照《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）要求编制。",
        "沂阳县人民政府",
    ),
    (
        "清漳县{year}年政务公开工作自查报告",
        "市政务公开办：\n接到通知后，我县高度重视，对照考核指标逐项开展自查，现将有关情况报告如下。",
        "清漳县政务公开领导小组办公室",
    ),
    (
        "关于{year}年下半年及全年政府网站与政务新媒体检查情况的通报",
        "各乡镇人民政府，县政府各部门：\n为提升政府网站和政务新媒体建设管理水平，县政府办公室组织开展了检查，现将有关情况通报如下：",
        "清漳县人民政府办公室",
    ),
    (
        "汴东市城市管理局{year}年政府信息公开工作年度报告",
        "汴东市城市管理局依据《中华人民共和国政府信息公开条例》编制本报告，报告电子版可在市政府门户网站下载。",
        "汴东市城市管理局",
    ),
    (
        "沂阳市自然资源和规划局关于{year}年度政务公开工作情况的自查报告",
        "市政府办公室：\n按照《关于做好年度政务公开评估工作的通知》要求，我局认真组织自查，现将情况汇报如下：",
        "沂阳市自然资源和规划局",
    ),
)
HEADINGS = ("总体情况", "重点工作推进情况", "存在的主要问题及改进情况", "其他需要报告的事项")
FILLERS = (
    "坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻党的二十大精神，认真落实《条例》和上级部署，持续提升政务公开工作质效。",
    "按照“谁主管、谁负责，谁公开、谁负责”的原则，落实“三审三校”制度，坚决杜绝严重表述错误和个人隐私泄露。",
    "对照基层政务公开标准化规范化要求，动态更新公开事项标准目录，做到应公开尽公开。",
    "主动回应社会关切，围绕“万人助万企”、乡村振兴、城镇老旧小区改造等工作做好权威发布。",
    "没有收取信息处理费，未发生因公开不当引发的负面舆情。",
    "有的同志对政务公开重视不够，栏目更新不够及时，公开内容与群众期盼还有差距。",
    "健全主要领导亲自抓、分管领导具体抓、专人负责办的工作机制，层层压实责任。",
    "落实20个工作日的法定答复时限，加强与当事人的沟通，规范使用统一的答复文书。",
)


def _summed(template: str, low: int, high: int, parts: int) -> Phrase:
    """Make a phrase of a total {t} and all its parts {a}, {b} …; the slip is in any one of the figures."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        values = dict(zip("abcdefgh", split(rng, whole, parts), strict=False), t=whole)
        key = rng.choice(sorted(values))
        return template.format(**values), template.format(**values | {key: off(rng, values[key])})

    return phrase


def _among(template: str, low: int, high: int, parts: int) -> Phrase:
    """Make a phrase of a total {t} and some of its parts {a}, {b} …; the slip is parts that exceed the total."""

    def phrase(rng: random.Random) -> Pair:
        told = rng.randint(low, high)
        values = dict(zip("abcd", split(rng, told, parts), strict=False))
        more, less = told + rng.randint(15, told // 2), told - rng.randint(3, told // 6)
        return template.format(t=more, **values), template.format(t=less, **values)

    return phrase


def _carried(template: str, low: int, high: int) -> Phrase:
    """Make a phrase of what came new {a} and was left over {b}, was done {d} and is carried on {c}: a + b = c + d."""

    def phrase(rng: random.Random) -> Pair:
        new, left, on = rng.randint(low, high), rng.randint(2, 9), rng.randint(1, 8)
        values = {"a": new, "b": left, "c": on, "d": new + left - on}
        key = rng.choice(sorted(values))
        return template.format(**values), template.format(**values | {key: off(rng, values[key])})

    return phrase


def _all_done(template: str, low: int, high: int) -> Phrase:
    """Make a phrase of what was due {t} and what was done {a}, told as the whole; the slip has done less."""

    def phrase(rng: random.Random) -> Pair:
        due = rng.randint(low, high)
        done = due - rng.randint(max(2, due // 40), due // 8)
        return template.format(t=due, a=due), template.format(t=due, a=done)

    return phrase


def _last_day(template: str) -> Phrase:
    """Make a phrase of the last day {d} of a month {m}; the slip is a day that month has not."""

    def phrase(rng: random.Random) -> Pair:
        month, day = rng.choice([(2, 28), (4, 30), (6, 30), (9, 30), (11, 30)])
        slip = rng.choice([29, 30]) if month == 2 else 31
        return template.format(m=month, d=day), template.format(m=month, d=slip)

    return phrase


def _worded(right: str, *wrong: str) -> Phrase:
    """Make a phrase without a draw; the slip is one of those given."""

    def phrase(rng: random.Random) -> Pair:
        return right, rng.choice(wrong)

    return phrase


def _in_months(template: str) -> Phrase:
    """Make a phrase of how many times {v} and in which months {l}; the slip is one more or less said."""

    def phrase(rng: random.Random) -> Pair:
        months = sorted(rng.sample(range(1, 13), rng.randint(3, 5)))
        told = "、".join(f"{month}月" for month in months)
        wrong = len(months) + rng.choice([-1, 1])
        return template.format(v=len(months), l=told), template.format(v=wrong, l=told)

    return phrase


def _and_others(template: str, names: Sequence[str]) -> Phrase:
    """Make a phrase that names some things {l}, perhaps not all, of so many {v}; the slip says fewer than it names."""

    def phrase(rng: random.Random) -> Pair:
        count = rng.randint(3, len(names) - 1)
        told = "、".join(rng.sample(names, count))
        return template.format(v=count + rng.choice([0, 0, 3]), l=told), template.format(v=count - 1, l=told)

    return phrase


def _rows(template: str, names: Sequence[str], remarks: Sequence[str]) -> Phrase:
    """Make a phrase of how many {v} and a table with a row {l} for each; the slip is one more or less said."""

    def phrase(rng: random.Random) -> Pair:
        count = rng.randint(4, len(names) - 1)
        told = "\n".join(
            f"{at}\t{name}\t{rng.choice(remarks)}" for at, name in enumerate(rng.sample(names, count), start=1)
        )
        wrong = count + rng.choice([-1, 1])
        return template.format(v=count, l=told), template.format(v=wrong, l=told)

    return phrase


SUMS: tuple[Phrase, ...] = (
    _summed(
        "全年累计主动公开信息{t}条。从公开渠道看，通过政府门户网站公开{a}条，通过微信公众号公开{b}条，通过其他方式公开{c}条。",
        600, 4200, 3,
    ),
    _summed(
        "各季度主动公开信息情况为：一季度{a}条，二季度{b}条，三季度{c}条，四季度{d}条，全年共计{t}条。", 380, 1900, 4,
    ),
    _carried(
        "2023年新收政府信息公开申请{a}件，上年结转{b}件；本年度办结{d}件，结转下年度继续办理{c}件。", 24, 180,
    ),
    _summed(
        "本年度依申请公开办理结果统计如下：\n办理结果\t数量（件）\n予以公开\t{a}\n部分公开\t{b}\n不予公开\t{c}\n无法提供\t{d}\n其他处理\t{e}\n总计\t{t}",
        46, 210, 5,
    ),
    _summed(
        "因政府信息公开被提起行政复议共{t}件，其中结果维持{a}件，结果纠正{b}件，其他结果{c}件，尚未审结{d}件。", 18, 60, 4,
    ),
    _summed(
        "全年承办人大代表建议{a}件、政协委员提案{b}件，共计{t}件，均已按时办复，办理结果除涉密外全部公开。", 70, 260, 2,
    ),
    _summed(
        "开展行政规范性文件专项清理，纳入清理范围的{t}件文件中，继续有效{a}件，拟修改{b}件，废止{c}件，宣布失效{d}件。",
        48, 190, 4,
    ),
    _summed(
        "政务新媒体全年推送稿件{t}篇，按平台划分，微信{a}篇，微博{b}篇，抖音{c}篇。", 520, 3600, 3,
    ),
    in_hundredths(
        "及时公开惠民惠农补贴资金发放情况，耕地地力保护补贴{a}万元、农机购置与应用补贴{b}万元、实际种粮农民一次性补贴{c}万元，三项共发放{t}万元。",
        150000, 900000, 3,
    ),
    _summed(
        "严格落实“双公示”要求，全年归集公示行政许可{a}条、行政处罚{b}条，两类合计{t}条。", 420, 5200, 2,
    ),
    _among(
        "聚焦重点领域，公开食品药品监管、社会救助等方面内容{t}条，其中食品药品监管{a}条、生态环境{b}条、社会救助和社会福利{c}条。",
        180, 900, 3,
    ),
    _summed(
        "“我要写信”栏目共收到群众留言{t}条，其中咨询类{a}条，求助类{b}条，投诉类{c}条，其他类{d}条。", 160, 980, 4,
    ),
)  # fmt: skip

PERCENTAGES: tuple[Phrase, ...] = (
    change("全年收到政府信息公开申请{n}件，较上年的{o}件增加{d}件，同比增长{p}。", 40, 160),
    share("全年发布政策解读{t}篇，其中图文、视频、动漫等多样化解读{a}篇，占解读总量的{p}。", 60, 240),
    share(
        "在承办的{t}件代表建议中，所提问题已经解决或基本解决的{a}件，占{p}；正在解决或列入计划解决的{r}件，占{q}。",
        48, 160, most=0.8,
    ),
    _all_done("领导信箱全年应办理群众留言{t}件，按期办结{a}件，按期办结率100%。", 48, 320),
    points("第三方测评显示，群众对政务公开工作的满意度为{n}，上年为{o}，提高{d}个百分点。"),
    whole_shares("从内容上看，在全部公开信息中，工作动态类占{a}，政策文件类占{b}，财政资金类占{c}，其余各类占{d}。", 4),
    times("政务新媒体全年总阅读量{n}万次，上年为{o}万次，今年是上年的{x}倍。", 120, 680),
    change("全年发生涉政府信息公开行政复议{n}件，比上年（{o}件）减少{d}件，下降{p}。", 20, 60, down=True),
    full_width(
        share("进驻政务服务大厅的{t}项政务服务事项中，“最多跑一次”事项{a}项，占比{p}。", 420, 1600, 2),
    ),
    share("四季度共抽查政府网站栏目{t}个，合格{a}个，不合格{r}个，合格率为{p}。", 60, 220, 2, most=0.94),
    full_width(
        share("全年制发行政规范性文件{t}件，其中{a}件通过网上征集、座谈会等方式公开征求了意见，占{p}。", 16, 60),
    ),
    change("门户网站访问情况与上年对比如下：\n指标\t2022年\t2023年\t同比增幅\n门户网站访问量（万人次）\t{o}\t{n}\t{p}", 160, 900, decimals=2),
    share("全年办理公共资源交易项目{t}个，实行全流程电子化的{a}个，电子化率达到{p}。", 180, 760, 2),
)  # fmt: skip

DATES: tuple[Phrase, ...] = (
    dated(
        "{m}月{e}日，印发《2023年政务公开工作要点任务分解表》，要求各责任科室于{m}月{l}日前报送贯彻落实情况。",
        "{m}月{l}日，印发《2023年政务公开工作要点任务分解表》，要求各责任科室于{m}月{e}日前报送贯彻落实情况。",
    ),
    dated(
        "《国土空间总体规划（2021—2035年）》草案自2023年{m}月{e}日起至2023年{m}月{l}日止面向社会公开征求意见。",
        "《国土空间总体规划（2021—2035年）》草案自2023年{m}月{l}日起至2023年{m}月{e}日止面向社会公开征求意见。",
    ),
    _worded(
        "本报告中所列数据的统计期限为2023年1月1日至2023年12月31日。",
        "本报告中所列数据的统计期限为2023年1月1日至2022年12月31日。",
        "本报告中所列数据的统计期限为2024年1月1日至2023年12月31日。",
        "本报告中所列数据的统计期限为2023年1月1日至2023年12月32日。",
    ),
    _last_day("截至2023年{m}月{d}日，法定主动公开内容各栏目的历史数据已全部迁移完毕。"),
    _last_day("权责清单经重新梳理审核后，已于{m}月{d}日向社会公布。"),
    _worded(
        "《城市生活垃圾管理办法》已公开发布，自2023年7月1日起施行，有效期至2028年6月30日。",
        "《城市生活垃圾管理办法》已公开发布，自2023年7月1日起施行，有效期至2022年6月30日。",
        "《城市生活垃圾管理办法》已公开发布，自2023年7月1日起施行，有效期至2028年6月31日。",
    ),
    dated(
        "如张某某申请公开征地批复一案，本机关于{m}月{e}日收到申请，经补正后于{n}月{e}日作出答复。",
        "如张某某申请公开征地批复一案，本机关于{m}月{e}日收到申请，经补正后于{b}月{e}日作出答复。",
    ),
    dated(
        "{m}月{e}日收到市政府办公室转来的整改清单后，立即组织核查，至{m}月{l}日全部整改到位。",
        "{m}月{l}日收到市政府办公室转来的整改清单后，立即组织核查，至{m}月{e}日全部整改到位。",
    ),
    dated(
        "将拟保障的公租房家庭名单在公开栏张贴公示，公示时间为{m}月{e}日至{l}日，期间未收到异议。",
        "将拟保障的公租房家庭名单在公开栏张贴公示，公示时间为{m}月{l}日至{e}日，期间未收到异议。",
    ),
    dated(
        "政务公开专题培训班于2023年{m}月{l}日开班，{n}月{e}日结业。",
        "政务公开专题培训班于2023年{m}月{l}日开班，{m}月{e}日结业。",
    ),
    dated(
        "《养老服务设施专项规划》于{m}月{e}日经政府常务会审议通过，{m}月{l}日正式印发，同日在政府信息公开平台发布。",
        "《养老服务设施专项规划》于{m}月{l}日经政府常务会审议通过，{m}月{e}日正式印发，同日在政府信息公开平台发布。",
    ),
    dated(
        "重要文件公开时间见下表：\n文件名称\t成文日期\t公开日期\n关于加强城镇燃气安全管理的通告\t2023年{m}月{e}日\t2023年{m}月{l}日",
        "重要文件公开时间见下表：\n文件名称\t成文日期\t公开日期\n关于加强城镇燃气安全管理的通告\t2023年{m}月{l}日\t2023年{m}月{e}日",
    ),
    dated(
        "信息公开保密审查专项检查从2023年{m}月开始，到2023年{n}月底结束。",
        "信息公开保密审查专项检查从2023年{m}月开始，到2022年{n}月底结束。",
    ),
)

_COLUMNS = (
    "“优化营商环境”",
    "“乡村振兴”",
    "“黄河流域生态保护”",
    "“创建全国文明城市”",
    "“义务教育招生”",
    "“助企纾困”",
    "“保障性住房”",
)
_BRIEFINGS = ("“三夏”生产", "森林防灭火", "招商引资", "城乡供水一体化", "国庆假期文旅活动", "冬季清洁取暖")
_PRAISED = ("财政局", "教育体育局", "人力资源和社会保障局", "卫生健康委", "农业农村局", "市场监管局", "应急管理局")
_FIELDS = ("重大建设项目", "公共资源配置", "义务教育", "就业创业", "安全生产", "社会保险", "农村危房改造")
_OFFICES = ("综合股", "法规股", "财务股", "行政审批股", "信访接待室", "综合执法所")
_TOWNSHIPS = ("柳河镇", "马头镇", "太平乡", "官庄乡", "大石桥乡", "张集镇", "龙泉镇", "白塔乡")

COUNTS: tuple[Phrase, ...] = (
    listed("2023年政府门户网站新开设专题专栏{v}个，分别是{l}。", _COLUMNS, 3, 6),
    listed("全年召开新闻发布会{v}场，主题依次为{l}。", _BRIEFINGS, 3, 5),
    listed("{l}{v}家单位在年度政务公开考核中被评为优秀等次。", _PRAISED, 3, 6),
    listed("{l}{v}个领域的公开事项清单已按新的要求修订。", _FIELDS, 3, 6, figures=True),
    _and_others("对{l}等{v}个股室、所的公开台账进行了抽查。", _OFFICES),
    twice(
        "全年组织“政府开放日”活动{v}场，邀请“两代表一委员”、企业负责人和居民群众走进机关。",
        "{v}场“政府开放日”活动的现场图文均已同步发布。",
        6,
        32,
    ),
    twice(
        "依托便民服务中心、图书馆等场所建成政务公开专区{v}处，",
        "上述{v}处专区均配备了自助查询终端和宣传资料架。",
        12,
        46,
    ),
    twice("编发政府公报{v}期，", "其中第1期至第{v}期电子版均可在线查阅。", 4, 12),
    twice(
        "共明确政务公开专兼职工作人员{v}名，建立了人员台账；",
        "年底前，台账内的{v}名专兼职人员全部参加了保密知识测试。",
        14,
        64,
    ),
    numbered(
        "虽然取得了一定成绩，但仍存在{v}个方面的问题：{l}。",
        lambda at: f"{'一二三四五'[at - 1]}是",
        (
            "公开的主动性有待增强",
            "人员变动频繁，业务水平参差不齐",
            "群众参与的途径不够丰富",
            "部分栏目内容质量不高",
            "公开目录的调整不够及时",
        ),
    ),
    numbered(
        "下一年度重点抓好以下{v}项工作：\n{l}。",
        lambda at: f"{at}.",
        (
            "完善政务公开考评机制",
            "加大重点民生领域公开力度",
            "强化队伍业务能力建设",
            "持续优化信息公开平台功能",
            "做好政策落实的跟踪回应",
        ),
        end="；\n",
    ),
    _in_months("政务公开领导小组全年共召开工作例会{v}次（{l}各一次），逐项调度任务落实。"),
    _rows(
        "12月份对{v}个乡镇的公开栏进行了实地查看，情况如下：\n序号\t乡镇\t查看结果\n{l}",
        _TOWNSHIPS,
        ("更新及时", "更新及时", "更新较慢", "内容不全"),
    ),
)

_TABLES = ("政务公开工作自查情况统计表", "法定主动公开内容落实情况表", "问题整改台账", "政务公开工作人员名册")
_SCORES = ("检查得分情况表", "发现问题清单", "政府网站基本信息表", "政务新媒体账号备案表")
_FORMS = ("主动公开情况统计表", "收到和处理申请情况统计表", "行政复议、行政诉讼情况统计表", "典型案例")


def _referred(names: Sequence[str]) -> Callable[[random.Random], Attached]:
    """Make attachments that sentences of the text send the reader to, besides their list."""

    def made(rng: random.Random) -> Attached:
        count = rng.randint(2, len(names))
        sent = "具体情况见附件{v}，请对照整改并于春节前反馈。"
        listing = "附件：" + "\n".join(f"{at}.{name}" for at, name in enumerate(names[:count], start=1))
        bodies = [
            f"附件{at}\n{name}\n序号\t事项\t备注\n1\t栏目更新\t" for at, name in enumerate(names[:count], start=1)
        ]
        right = f"{sent.format(v=rng.randint(1, count))}\n{listing}"
        shown = "\n".join(bodies)
        if rng.random() < 0.5:
            return right, shown, f"{sent.format(v=count + rng.randint(1, 2))}\n{listing}", shown
        gone = rng.randrange(count)
        return right, shown, right, "\n".join(body for at, body in enumerate(bodies) if at != gone)

    return made


def _single(name: str, sentence: str, body: str) -> Callable[[random.Random], Attached]:
    """Make the one attachment, without a number; the slip is its lack or that nothing names it."""

    def made(rng: random.Random) -> Attached:
        shown = f"附件\n{name}\n{body}"
        if rng.random() < 0.5:
            return f"{sentence}\n附件：{name}", shown, f"{sentence}\n附件：{name}", ""
        return f"特此报告。\n附件：{name}", shown, "特此报告。", shown

    return made


def _lines(mark: str, dot: str, between: str) -> Callable[[Sequence[str]], str]:
    """Return how a list of attachments is printed: its mark, the sign after a number and what parts two of them."""

    def listing(names: Sequence[str]) -> str:
        return mark + between.join(f"{at}{dot}{name}" for at, name in enumerate(names, start=1))

    return listing


ATTACHMENTS: tuple[Callable[[random.Random], Attached], ...] = (
    attachments(
        _TABLES,
        listing=_lines("附件：", ".", "\n"),
        heading=lambda at: f"附件{at}",
        reference="自查中发现的问题详见附件{v}。",
        body="填报单位（盖章）：\n序号\t内容\t责任人",
    ),
    attachments(
        _SCORES,
        listing=_lines("附件：", "．", "\n　　　"),
        heading=lambda at: f"附件 {at}",
        reference="有关账号名称详见附件{v}。",
        body="序号\t名称\t主办部门\t备注",
    ),
    attachments(
        _FORMS,
        listing=_lines("附件: ", "、", "\n"),
        heading=lambda at: f"附件{at}：",
        reference="（其余数据见附件{v}）",
        body="统计指标\t单位\t统计数",
        between="",
    ),
    attachments(
        _TABLES,
        listing=lambda names: "；".join(f"{name}见附件{at}" for at, name in enumerate(names, start=1)) + "。",
        heading=lambda at: f"附件{at}",
        reference="佐证材料见附件{v}。",
        body="（此表由政务公开办汇总填写）",
    ),
    _referred(_SCORES),
    _single("政府信息公开工作年度数据统计表", "有关数据见附件。", "指标名称\t数量"),
    _single("网站栏目不合格问题明细", "具体问题见附件。", "序号\t栏目\t问题描述"),
)
