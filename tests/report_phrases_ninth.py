"""A ninth book of phrases, written after four rounds of corrections: a street office, a school board, a port city."""

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
from report_phrases import Pair, Phrase, off, split, summed

QUARTERS = ("北苑社区", "柳荫社区", "朝霞社区", "海棠社区", "东湖社区", "书院社区", "望江社区")
SCHOOLS = ("实验中学", "第二中学", "育才小学", "滨海小学", "职教中心", "特殊教育学校", "第一幼儿园")

HEADS = (
    ("望江街道办事处{year}年政府信息公开工作年度报告", "望江街道办事处向社会公布本年度报告，所列数据由街道党政综合办汇总。", "望江街道办事处"),
    ("海州市教育局{year}年度教育系统信息公开工作情况的报告", "市人民政府办公室：\n现将全市教育系统信息公开工作开展情况报告如下，请审示。", "海州市教育局"),
    ("海州市人民政府办公室关于{year}年度政务公开自查互评情况的通报", "各县（区）人民政府，市政府各部门：\n自查互评已经完成，有关情况通报如下。", "海州市人民政府办公室"),
)  # fmt: skip
FILLERS = (
    "街道党工委书记亲自过问，综合办专人负责。",
    "招生、收费、资助等家长关注的内容做到全程公开。",
    "把政务公开纳入年度综合绩效，与评先评优挂钩。",
    "社区网格员上门宣讲，居民不出楼栋就能了解政策。",
    "个别学校公开栏内容陈旧，检查中已当场指出。",
)
HEADINGS = ("总体情况", "具体做法", "问题分析", "努力方向")


def _ledger(rng: random.Random) -> Pair:
    values = [split(rng, rng.randint(60, 300), 4) for _ in range(2)]
    told = [[*column, sum(column)] for column in values]
    wrong = [list(column) for column in told]
    column, row = rng.randrange(2), rng.randrange(5)
    wrong[column][row] = off(rng, wrong[column][row])
    names = (*rng.sample(QUARTERS, 4), "合计")
    lead = "各社区张贴与入户情况见下表。\n序号\t社区\t张贴（份）\t入户（户）\n"
    right, slipped = (
        lead
        + "\n".join(
            f"{at if name != '合计' else ''}\t{name}\t{one}\t{other}"
            for at, (name, one, other) in enumerate(zip(names, *each, strict=True), start=1)
        )
        for each in (told, wrong)
    )
    return right, slipped


def _schools(rng: random.Random) -> Pair:
    count = rng.randint(4, 6)
    rows = "\n".join(f"{name}\t{92 - at}\t优秀" for at, name in enumerate(rng.sample(SCHOOLS, count)))
    text = "评定优秀等次学校{v}所，名单见下表。\n学校\t得分\t等次\n" + rows
    return text.format(v=count), text.format(v=count + rng.choice([-1, 1]))


SUMS: Sequence[Phrase] = (
    summed("年内公示各类信息{t}条，涉及民政救助{a}条、拆迁安置{b}条、工程招标{c}条、人事任免{d}条。", 60, 900, 4),
    summed("公开渠道使用次数为：公众号{a}次，宣传栏{b}次，广播{c}次，总共{t}次。", 60, 900, 3),
    summed("教育系统公众号{t}个，高中段{a}个、初中段{b}个、小学段{c}个、幼儿园{d}个。", 60, 300, 4),
    balanced("上年末未办结件{a}件，本年受理{b}件，办理完毕{c}件，年末未办结件{d}件。", 60, 600),
    in_hundredths("校务公开经费总计{t}万元。市级承担{a}万元，县级承担{b}万元，学校自筹{c}万元。", 3000, 9000, 3),
    _ledger,
    summed("互评查出问题{t}处：内容类{a}处，时效类{b}处，格式类{c}处，链接类{d}处。", 60, 300, 4),
    summed("接到家长来信{t}封，回复{a}封，转办{b}封，无需回复{c}封。", 60, 300, 3),
    summed("参加开放日活动的居民代表{a}人、企业代表{b}人、媒体代表{c}人，合计{t}人。", 60, 300, 3),
    summed("全市{t}所学校中，{a}所设立公开栏，{b}所设立电子屏，{c}所两者兼有。", 60, 300, 3),
)
PERCENTAGES: Sequence[Phrase] = (
    share("应当公开事项{t}项，实际公开{a}项，公开比例为{p}。", 60, 600),
    share("发出征求意见函{t}份，反馈{a}份，反馈率达{p}。", 60, 600),
    change("宣传栏更新{n}次，比上年的{o}次增加{p}。", 60, 600),
    change("家长投诉量为{n}件，较上年{o}件下降{p}。", 100, 600, down=True),
    points("互评优良率从上一轮的{o}上升到本轮的{n}，上升{d}个百分点。"),
    whole_shares("来访者构成中，居民占{a}、商户占{b}、外来务工人员占{c}。", 3),
    share("{t}所学校中有{a}所达标，达标率{p}；{r}所未达标，占{q}。", 60, 400),
    times("网上查询量由上年的{o}次增至{n}次，是上年的{x}倍。", 100, 900),
    share("清理过期信息{a}条，占排查总数{t}条的{p}。", 100, 900),
)
DATES: Sequence[Phrase] = (
    dated("自查时间为{m}月{e}日至{m}月{l}日，互评时间为{n}月{e}日至{n}月{l}日。", "自查时间为{m}月{e}日至{m}月{l}日，互评时间为{n}月{l}日至{n}月{e}日。"),
    dated("招生简章{m}月{e}日公布，{m}月{l}日报名。", "招生简章{m}月{l}日公布，{m}月{e}日报名。"),
    dated("居民{m}月{e}日递交申请，街道{m}月{l}日书面答复。", "居民{m}月{l}日递交申请，街道{m}月{e}日书面答复。"),
    dated("统计周期：2023.1.1-2023.12.31。", "统计周期：2023.12.31-2023.1.1。"),
    dated("互评数据截至2023年11月30日。", "互评数据截至2023年11月31日。"),
    dated("公示牌{m}月{e}日安装，{n}月{l}日通过验收。", "公示牌{n}月{l}日安装，{m}月{e}日通过验收。"),
    dated("2023年{m}月印发方案，2023年{n}月完成互评。", "2023年{n}月印发方案，2023年{m}月完成互评。"),
    dated("整改方案已于2024年1月{e}日上报。", "整改方案已于2024年{m}月{e}日上报。"),
    dated("考核分两批进行，第一批{m}月{e}日开始，第二批{m}月{l}日开始。", "考核分两批进行，第一批{m}月{l}日开始，第二批{m}月{e}日开始。"),
)  # fmt: skip
COUNTS: Sequence[Phrase] = (
    listed("互评得分居前的{v}个社区是{l}。", QUARTERS, 3, 5),
    listed("{l}等{v}所学校受到表扬。", SCHOOLS, 4, 6),
    listed("对{l}共{v}个社区进行了约谈。", QUARTERS, 3, 5),
    numbered("存在以下{v}个方面问题：{l}。", lambda at: f"{FIGURES[at]}是", ("重视不够", "更新不勤", "形式不多", "保障不足", "考核不严")),
    numbered("今后将做好{v}件事：{l}。", lambda at: f"（{FIGURES[at]}）", ("建目录", "强培训", "促互动", "严考核", "保安全")),
    twice("街道共有公开专栏{v}个。", "这{v}个公开专栏由专人维护。", 10, 60),
    twice("市教育局全年召开新闻发布会{v}场。", "本年度举办新闻发布会{v}场，回应记者提问。", 5, 30),
    twice("共收到居民意见{v}条，", "上述{v}条意见已分类交办。", 20, 200),
    twice("全市教育系统配备公开专员{v}名。", "全部{v}名公开专员均参加了培训。", 40, 200),
    _schools,
)  # fmt: skip
_NAMES = ("互评得分表", "问题清单", "表扬名单", "整改方案")
ATTACHMENTS: Sequence[Callable[[random.Random], Attached]] = (
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + "\n".join(f"{at}.{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}",
        reference="互评情况见附件{v}。",
        body="北苑社区：更新不勤。",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "附件 " + "\n     ".join(f"{at}.{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{at}",
        reference="整改要求参见附件{v}。",
        body="学校\t得分\n实验中学\t90\n育才小学\t88",
    ),
    attachments(
        _NAMES,
        listing=lambda names: "附件：" + "、".join(f"{at}.{name}" for at, name in enumerate(names, start=1)),
        heading=lambda at: f"附件{FIGURES[at]}：",
        reference="名单另见附件{v}。",
        body="一、优秀。\n二、良好。",
    ),
)
