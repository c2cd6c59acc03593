"""A tenth book of phrases: a county's yearly reports, notices and self-checks, written without a look at the checks."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from report_makers import (
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

HEADS = (
    ("青岚县{year}年政府信息公开工作年度报告", "本报告依据《中华人民共和国政府信息公开条例》第四十九条、第五十条编制，由青岚县人民政府办公室汇总。", "青岚县人民政府办公室"),
    ("青岚县人民政府办公室关于{year}年度全县政务公开工作评估结果的通报", "各乡镇人民政府、街道办事处，县直各有关方面：\n为压实责任、改进工作，县政府办公室组织了{year}年度政务公开评估，现将结果予以通报。", "青岚县人民政府办公室"),
    ("青岚县{year}年度政务公开工作自查报告", "市政府办公室：\n按照年度工作安排，我县认真开展自查，现报告如下。", "青岚县人民政府"),
    ("青岚县行政审批服务局{year}年政府信息公开工作年度报告", "现向社会公布本局{year}年政府信息公开工作年度报告，欢迎监督。", "青岚县行政审批服务局"),
    ("关于{year}年全县基层政务公开标准化规范化工作推进情况的通报", "各乡镇（街道），县直各有关方面：\n现将{year}年有关工作推进情况通报如下。", "青岚县政务公开领导小组办公室"),
)  # fmt: skip
HEADINGS = ("工作开展情况", "重点任务落实情况", "日常监督与保障", "不足之处及改进方向")
FILLERS = (
    "县政府主要领导对政务公开工作作出批示，要求把公开透明贯穿于决策、执行、管理、服务、结果全过程。",
    "坚持“谁公开、谁审查、谁负责”，严把政治关、法律关、保密关、文字关。",
    "同时也要看到，个别栏目更新还不够及时，公开内容与群众期盼仍有差距。",
    "明确专人负责日常维护，发现错敏信息、失效链接立即处置。",
    "坚持线上线下一体推进，方便老年人等群体就近查询政策。",
    "县政府办公室充分发挥牵头抓总作用，统筹推进、跟踪问效。",
    "围绕助企纾困、稳岗就业等重点，主动回应社会关切。",
)


def _told(template: str, draw: Callable[[random.Random], dict[str, int]], slips: str) -> Phrase:
    """Make a phrase of drawn figures; the slip is in one of those named."""

    def phrase(rng: random.Random) -> Pair:
        values = draw(rng)
        key = rng.choice(slips)
        return template.format(**values), template.format(**values | {key: off(rng, values[key])})

    return phrase


def _parts(low: int, high: int, count: int) -> Callable[[random.Random], dict[str, int]]:
    """Draw a total {t} and its parts {a}, {b} …."""

    def draw(rng: random.Random) -> dict[str, int]:
        whole = rng.randint(low, high)
        return dict(zip("abcde", split(rng, whole, count), strict=False)) | {"t": whole}

    return draw


def _self_assessed(rng: random.Random) -> Pair:
    template = (
        "对照年度考核细则逐项打分，基础分100分，主动公开方面扣{a}分，平台建设方面扣{b}分，组织保障方面扣{c}分，"
        "自评得分{t}分。"
    )
    taken = dict(zip("abc", (rng.randint(1, 6) * 5 for _ in range(3)), strict=True))
    values = taken | {"t": 1000 - sum(taken.values())}
    key = rng.choice("abct")
    wrong = values | {key: values[key] + rng.choice([5, 10])}
    right, slipped = ({name: f"{value / 10:.1f}" for name, value in told.items()} for told in (values, wrong))
    return template.format(**right), template.format(**slipped)


SUMS: Sequence[Phrase] = (
    _told(
        "2023年全县新收政府信息公开申请{t}件，其中自然人提出{a}件，商业企业提出{b}件，社会公益组织提出{c}件，"
        "法律服务机构提出{d}件。",
        _parts(90, 420, 4),
        "abcdt",
    ),
    balanced("上年度结转依申请公开事项{a}件，本年度新收{b}件，本年度办理完毕{c}件，结转下年度继续办理{d}件。", 60, 300),
    _told(
        "政府信息公开行政复议情况见下表。\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n{a}\t{b}\t{c}\t{d}\t{t}",
        _parts(14, 60, 4),
        "abcdt",
    ),
    _told(
        "全年承办县人大代表建议{a}件、县政协委员提案{b}件，共计{t}件，办理结果已按规定向社会公开。",
        _parts(80, 260, 2),
        "abt",
    ),
    _told(
        "配套制作解读材料{t}篇，包括文字解读{a}篇、图文解读{b}篇、视频解读{c}篇。",
        _parts(40, 190, 3),
        "abct",
    ),
    _told(
        "“青岚发布”推送微信图文{a}条、微博{b}条、抖音作品{c}条，三个平台全年累计推送{t}条。",
        _parts(900, 4800, 3),
        "abct",
    ),
    _told(
        "目前，全县已建成政务公开专区{t}个，其中县级{a}个、乡镇（街道）级{b}个、村（社区）级{c}个。",
        _parts(60, 240, 3),
        "abct",
    ),
    in_hundredths(
        "全年安排政务公开工作经费{t}万元，其中平台运行维护{a}万元，第三方评估{b}万元，资料印制{c}万元。", 2500, 9800, 3
    ),
    _self_assessed,
    balanced(
        "2022年底全县现行有效行政规范性文件{a}件，2023年新制定{b}件、废止{c}件，2023年底现行有效{d}件。",
        60,
        200,
        of_stock=True,
    ),
    _told(
        "12345政务服务便民热线全年接到群众来电{t}个，其中当场答复{a}个，其余{b}个转交承办。",
        _parts(5200, 19800, 2),
        "abt",
    ),
    _told(
        "首批试点乡镇公开事项数量如下：\n乡镇\t公开事项（项）\n石桥镇\t{a}\n柳河镇\t{b}\n大坪乡\t{c}\n合计\t{t}",
        _parts(300, 900, 3),
        "abct",
    ),
)


def _open_days(rng: random.Random) -> Pair:
    template = "全年举办政府开放日活动{n}场次，较上年增加{d}场次，增长{p}。"
    then = rng.randint(16, 48)
    more = rng.randint(then // 5, then // 2)
    values = {"n": then + more, "d": more}
    return (
        template.format(**values, p=percent(more, then)),
        template.format(**values, p=off_percent(rng, more, then)),
    )


def _districts(rng: random.Random) -> Pair:
    right, wrong = (["片区\t目录事项（项）\t已公开（项）\t公开率"] for _ in range(2))
    slipped = rng.randrange(3)
    for at, name in enumerate(("城关片区", "东部片区", "西部片区")):
        whole = rng.randint(120, 480)
        part = rng.randint(whole // 2, whole - 9)
        told = percent(part, whole)
        row = f"{name}\t{whole}\t{part}\t"
        right.append(row + told)
        wrong.append(row + (off_percent(rng, part, whole) if at == slipped else told))
    opening = "标准目录落实情况如下表所示：\n"
    return opening + "\n".join(right), opening + "\n".join(wrong)


PERCENTAGES: Sequence[Phrase] = (
    share("收到的{t}件申请中，在线提交{a}件，占比{p}；信函及当面提交{r}件，占比{q}。", 80, 400),
    change("县政府门户网站全年页面浏览量{n}万次，上年同期为{o}万次，同比增长{p}。", 180, 900),
    points("第三方评估显示，群众对政务公开的满意度为{n}，上年为{o}，上升{d}个百分点。"),
    whole_shares("县长信箱来信中，反映城乡建设的占{a}，反映劳动社保的占{b}，反映交通出行的占{c}，反映其他事项的占{d}。", 4),
    times("政务短视频播放量达到{n}万次，是上年{o}万次的{x}倍。", 120, 600),
    share("全年抽查政府网站和政务新媒体{t}家次，合格{a}家次，合格率为{p}。", 60, 240),
    share("网民留言{t}条，按期办结{a}条，按期办结率{p}。", 300, 2400, 2),
    share("面向企业和群众发放调查问卷{t}份，收回有效问卷{a}份，有效回收率{p}。", 500, 3000),
    change("全年收到涉及政务公开的信访投诉{n}件，比上年的{o}件减少{d}件，下降{p}。", 40, 160, down=True),
    _open_days,
    share("全县{t}个预算部门中，{a}个在规定时限内公开了决算，按时公开率为{p}，其余{r}个经督促后补充公开。", 50, 110),
    _districts,
)  # fmt: skip


def _calendar(rng: random.Random) -> Pair:
    template = (
        "2023年{m}月{d}日（星期一）至{n}月{e}日（星期{w}），邀请人大代表、政协委员和群众代表分批走进县政务服务大厅，"
        "现场体验办事流程。"
    )
    first = date(2023, 3, 6) + timedelta(days=rng.randrange(240) // 7 * 7)
    last = first + timedelta(days=3)
    told = {"m": first.month, "d": first.day, "n": last.month, "e": last.day}
    return template.format(**told, w="四"), template.format(**told, w=rng.choice("二三五六"))


def _lasting(rng: random.Random) -> Pair:
    template = "2023年{m}月{e}日至{m}月{l}日，在全县开展了为期{v}天的政务公开主题宣传活动。"
    first, days = rng.randint(2, 12), rng.randint(7, 15)
    told = {"m": rng.randint(4, 11), "e": first, "l": first + days - 1}
    return template.format(**told, v=days), template.format(**told, v=days + rng.choice([-3, 4, 5, 10]))


DATES: Sequence[Phrase] = (
    dated(
        "2023年{m}月{e}日至{m}月{l}日，县政府办公室组织人员对各乡镇政务公开栏开展实地检查。",
        "2023年{m}月{l}日至{m}月{e}日，县政府办公室组织人员对各乡镇政务公开栏开展实地检查。",
    ),
    dated(
        "文中所列数据的统计期限为2023年1月1日至2023年12月31日。",
        "文中所列数据的统计期限为2023年1月1日至2022年12月31日。",
    ),
    dated(
        "第二季度督查发现的问题，已于2023年6月30日前全部整改到位。",
        "第二季度督查发现的问题，已于2023年6月31日前全部整改到位。",
    ),
    dated(
        "例如，居民李某2023年{m}月{e}日提交申请，县自然资源局于2023年{m}月{l}日作出答复，程序规范、依据充分。",
        "例如，居民李某2023年{m}月{l}日提交申请，县自然资源局于2023年{m}月{e}日作出答复，程序规范、依据充分。",
    ),
    dated(
        "《青岚县城区停车管理办法（征求意见稿）》2023年{m}月{e}日至{l}日公开征求意见，"
        "意见采纳情况于2023年{n}月{e}日公布。",
        "《青岚县城区停车管理办法（征求意见稿）》2023年{m}月{e}日至{l}日公开征求意见，"
        "意见采纳情况于2023年{b}月{e}日公布。",
    ),
    dated(
        "《青岚县农村供水管理办法》经2023年{m}月{l}日县政府常务会议审议通过，于2023年{n}月{e}日印发。",
        "《青岚县农村供水管理办法》经2023年{m}月{l}日县政府常务会议审议通过，于2023年{b}月{e}日印发。",
    ),
    dated(
        "截至2024年1月15日，2023年度依法公开的文件材料已全部移交县档案馆、图书馆。",
        "截至2024年3月15日，2023年度依法公开的文件材料已全部移交县档案馆、图书馆。",
    ),
    _lasting,
    _calendar,
    dated(
        "2023年2月28日，印发《青岚县2023年政务公开工作要点》，细化任务、明确时限。",
        "2023年2月30日，印发《青岚县2023年政务公开工作要点》，细化任务、明确时限。",
    ),
    dated(
        "2023年{m}月{l}日发出通知，2023年{n}月{e}日如期举办全县政务公开业务培训班。",
        "2023年{m}月{l}日发出通知，2023年{b}月{e}日如期举办全县政务公开业务培训班。",
    ),
    dated(
        "县政府门户网站适老化改造于2023年{m}月{e}日启动，2023年{m}月{l}日完成并上线运行。",
        "县政府门户网站适老化改造于2023年{m}月{l}日启动，2023年{m}月{e}日完成并上线运行。",
    ),
    dated(
        "新修订的《青岚县小型水库管理办法》自2023年5月1日起施行，有效期5年，至2028年4月30日止。",
        "新修订的《青岚县小型水库管理办法》自2023年5月1日起施行，有效期5年，至2026年4月30日止。",
    ),
)


def _series(rng: random.Random) -> dict[str, int]:
    first, count = rng.randint(21, 60), rng.randint(6, 18)
    return {"a": first, "b": first + count - 1, "v": count}


_PROBLEMS = (
    "主动公开的深度不够",
    "政策宣传的形式不够丰富",
    "基层公开队伍不够稳定",
    "数据共享利用不够充分",
    "互动回应的质量不高",
)
_TASKS = ("持续拓展公开领域", "加强平台规范管理", "提升队伍业务能力", "强化监督问责", "推进目录动态调整")
_OFFICES = ("县教育局", "县水利局", "县民政局", "县卫生健康局", "县农业农村局", "县交通运输局", "县应急管理局")
_TOWNS = ("城关镇", "石桥镇", "柳河镇", "白塔镇", "大坪乡", "松林乡", "南湖街道", "北关街道")
_FIELDS = ("义务教育", "医疗卫生", "养老服务", "生态环境", "食品药品监管", "公共文化服务", "保障性住房")
_ACCOUNTS = ("“青岚林业”微信公众号", "“青岚供销”微博", "“松林之声”微信公众号", "“白塔党建”抖音号", "“青岚体育”头条号")

COUNTS: Sequence[Phrase] = (
    numbered("对照上级要求，主要存在{v}个方面的不足：{l}。", lambda at: f"{'一二三四五'[at - 1]}是", _PROBLEMS),
    numbered("2024年将重点抓好以下{v}项工作：{l}。", lambda at: f"（{at}）", _TASKS),
    twice(
        "全年召开新闻发布会{v}场，就社会关注的热点作出权威回应。",
        "上述{v}场新闻发布会均由县融媒体中心同步直播。",
        8,
        36,
    ),
    listed("{l}{v}个部门在评估中被评为优秀。", _OFFICES, 3, 6),
    listed("各乡镇（街道）评议结果为优秀等次的（{v}个）：{l}。", _TOWNS, 3, 6),
    _told("编印《青岚县人民政府公报》{v}期（第1期至第{b}期），免费向社会赠阅。", lambda rng: dict.fromkeys("vb", rng.randint(6, 14)), "vb"),
    _told("对链接可用性每月巡检一次，全年共巡检{v}次，逐次建立台账。", lambda _rng: {"v": 12}, "v"),
    twice("县政府门户网站新设专题专栏{v}个。", "为保证更新，新设的{v}个专题专栏均已明确责任人。", 6, 28),
    listed("聚焦{l}{v}个重点领域，编制完成标准目录。", _FIELDS, 3, 6, figures=True),
    listed("经核查，以下{v}个账号长期不更新，已予以关停：\n{l}", [f"·{name}" for name in _ACCOUNTS], 3, 5, between="\n"),
    twice("全年共发出整改提醒函{v}份。", "到年底，{v}份提醒函指出的问题已全部销号。", 9, 48),
    _told("编发政务公开工作简报{v}期（总第{a}期至总第{b}期）。", _series, "v"),
)  # fmt: skip

_BODY = "（本表由青岚县人民政府办公室统一制作，数据由各责任主体填报。）"


def _single(rng: random.Random) -> Attached:
    name = rng.choice(["青岚县2023年度政务公开评估得分表", "青岚县政务公开问题整改台账"])
    named, body = f"附件：{name}", f"附件\n\n{name}\n{_BODY}"
    return (named, body, named, "") if rng.random() < 0.5 else (named, body, "", body)


def _lines(names: Sequence[str]) -> str:
    return "附件：" + "\n　　　".join(f"{at}．{name}" for at, name in enumerate(names, start=1))


ATTACHMENTS: Sequence[Callable[[random.Random], Attached]] = (
    attachments(
        ("各乡镇（街道）评估得分情况表", "县直各部门评估得分情况表", "存在问题清单", "优秀案例汇编目录"),
        listing=_lines,
        heading=lambda at: f"附件{at}",
        reference="有关责任分工见附件{v}。",
        body=_BODY,
    ),
    attachments(
        ("2023年政府网站普查情况统计表", "失效链接明细", "错敏词明细", "整改反馈表"),
        listing=lambda names: "附件：\n" + "\n".join(f"{at}、{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}：",
        reference="（整改结果请按附件{v}格式报送）",
        body=_BODY,
        between="",
    ),
    attachments(
        ("基层政务公开标准目录", "政务公开专区建设名单", "典型做法摘编", "任务分工表"),
        listing=lambda names: (
            "具体情况见" + "、".join(f"《{name}》（附件{at}）" for at, name in enumerate(names, start=1)) + "。"
        ),
        heading=lambda at: f"附件{at}",
        reference="逾期未完成的事项另见附件{v}。",
        body=_BODY,
    ),
    _single,
)
