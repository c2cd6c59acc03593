"""Phrases of reports in which figures hang together: each makes a right sentence and one with a single slip in it.

Written by hand in the ways offices write; nothing is taken from a published report.
"""

import random
from collections.abc import Callable, Sequence

Pair = tuple[str, str]
Phrase = Callable[[random.Random], Pair]

COUNTIES = ("溪口区", "松林县", "白石县", "临江县", "青禾县", "双桥区", "北坪县", "云岭县", "望海区", "长滩县")
BUREAUS = ("市教育局", "市民政局", "市水利局", "市商务局", "市统计局", "市体育局", "市医保局", "市气象局", "市林业局")


def percent(part: int, whole: int, decimals: int = 1) -> str:
    """Print a share as reports do."""
    return f"{part / whole * 100:.{decimals}f}%"


def off(rng: random.Random, value: int) -> int:
    """Return another figure as a slip makes it: a few more or less, or one digit mistaken."""
    if rng.random() < 0.5 or value < 30:
        return value + rng.choice([-3, -2, -1, 1, 2, 3, 4] if value > 5 else [1, 2])
    digits = list(str(value))
    place = rng.randrange(1, len(digits))
    digits[place] = str((int(digits[place]) + rng.randint(1, 9)) % 10)
    return int("".join(digits))


def off_percent(rng: random.Random, part: int, whole: int, decimals: int = 1) -> str:
    """Return a percentage that is some points away."""
    right = part / whole * 100
    wrong = right + rng.choice([-1, 1]) * rng.uniform(1.2, 9)
    return f"{wrong if 0 < wrong < 100 else right - rng.uniform(1.2, 9):.{decimals}f}%"


def split(rng: random.Random, whole: int, count: int) -> list[int]:
    """Split a number into so many parts, none of them nothing."""
    cuts = sorted(rng.sample(range(1, whole), count - 1))
    return [later - earlier for earlier, later in zip([0, *cuts], [*cuts, whole], strict=True)]


def summed(template: str, low: int, high: int, parts: int) -> Phrase:
    """Make a phrase of a total {t} and parts {a}, {b} …; the slip is in the total or in one part."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        values = split(rng, whole, parts)
        names = dict(zip("abcdef", values, strict=False))
        wrong = dict(names, t=whole)
        key = rng.choice(sorted(wrong))
        wrong[key] = off(rng, wrong[key])
        return template.format(t=whole, **names), template.format(**wrong)

    return phrase


SUMS: Sequence[Phrase] = (
    summed("全年共收到政府信息公开申请{t}件，其中自然人申请{a}件，法人或其他组织申请{b}件。", 30, 400, 2),
    summed(
        "本年度通过门户网站主动公开政府信息{t}条，其中：工作动态{a}条，通知公告{b}条，政策文件{c}条，其他信息{d}条。",
        300,
        9000,
        4,
    ),
    summed("从申请方式看，网络申请{a}件、信函申请{b}件、当面申请{c}件，合计{t}件。", 40, 300, 3),
    summed(
        "办结的{t}件申请中，予以公开{a}件，部分公开{b}件，不予公开{c}件，无法提供{d}件，不予处理{e}件。", 60, 500, 5
    ),
    summed("因政府信息公开引起的行政复议{t}件（结果维持{a}件、结果纠正{b}件、尚未审结{c}件）。", 20, 80, 3),
    summed("热线全年受理群众诉求{t}件，直接答复{a}件，转办{b}件。", 2000, 60000, 2),
    summed("市政府办公室全年制发文件{t}份，按公开属性分，主动公开{a}份，依申请公开{b}份，不予公开{c}份。", 60, 400, 3),
    summed("现行有效的行政规范性文件共{t}件，其中市政府文件{a}件、部门文件{b}件。", 40, 300, 2),
    summed("考核对象共{t}个，包括县（区）政府{a}个和市直部门{b}个。", 20, 70, 2),
    summed("全市参加考核的单位有{t}家（县区{a}家，市直部门{b}家，开发区{c}家）。", 30, 90, 3),
    summed("共编发政府公报{t}期，上半年{a}期，下半年{b}期。", 12, 36, 2),
    summed("人大代表建议{a}件、政协提案{b}件，共计{t}件，均已在网站公开答复。", 60, 400, 2),
    summed("开展政策解读{t}次，分别为文字解读{a}次、图解{b}次、视频解读{c}次。", 40, 300, 3),
    summed("政务新媒体账号由各单位自查，现有账号{t}个，其中微信{a}个、微博{b}个、其他平台{c}个。", 30, 200, 3),
    summed("抽查发现问题{t}个：内容不更新的{a}个，链接失效的{b}个，错别字的{c}个。", 20, 150, 3),
)


def _share(template: str, low: int, high: int, decimals: int = 1) -> Phrase:
    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        part = rng.randint(whole // 2, whole - 2)
        values = {"t": whole, "a": part, "r": whole - part}
        right = template.format(p=percent(part, whole, decimals), q=percent(whole - part, whole, decimals), **values)
        wrong = template.format(
            p=off_percent(rng, part, whole, decimals), q=off_percent(rng, whole - part, whole, decimals), **values
        )
        return right, wrong

    return phrase


def _growth(template: str, low: int, high: int, *, down: bool = False) -> Phrase:
    def phrase(rng: random.Random) -> Pair:
        then = rng.randint(low, high)
        delta = rng.randint(then // 10 + 1, then // 2)
        values = {"n": then - delta if down else then + delta, "o": then, "d": delta}
        right, wrong = percent(delta, then), off_percent(rng, delta, then)
        return template.format(p=right, **values), template.format(p=wrong, **values)

    return phrase


PERCENTAGES: Sequence[Phrase] = (
    _share("全年收到申请{t}件，按期办结{a}件，按期办结率{p}。", 60, 400),
    _share("全年主动公开文件{t}份，其中以图表、视频等方式解读{a}份，占{p}。", 40, 300),
    _share("市级共有政务新媒体{t}个，完成备案{a}个，备案率为{p}。", 50, 200, 2),
    _share("检查各类网站{t}家，合格{a}家，合格率{p}。", 40, 120),
    _share("检查各类网站{t}家，不合格{r}家，合格率为{p}。", 40, 120),
    _share("承办建议提案{t}件，已答复{a}件，答复率达到{p}。", 60, 300),
    _growth("全年发布信息{n}条，比上年的{o}条增长{p}。", 300, 6000),
    _growth("今年共收到申请{n}件，较去年{o}件减少{p}。", 80, 500, down=True),
    _growth("行政许可事项由{o}项压减为{n}项，减少{d}项，压减率{p}。", 100, 400, down=True),
    _growth("网站独立用户访问{n}人次，较上年增加{d}人次，增长{p}。", 3000, 90000),
    _growth("上年公开信息{o}条，本年公开{n}条，同比增长{p}。", 300, 6000),
    _share("在{t}件申请中，予以公开的有{a}件，占总数的{p}。", 60, 400),
    _share("今年制定规范性文件{t}件，公开征求意见{a}件，占比{p}。", 20, 90),
    _share("收到网民留言{t}条，回复{a}条，回复率{p}。", 200, 3000, 2),
    _share("两类申请中，自然人申请{a}件、法人申请{r}件，全年共{t}件，分别占{p}和{q}。", 60, 300),
)


def _dates(right: str, wrong: str) -> Phrase:
    def phrase(rng: random.Random) -> Pair:
        month, early, late = rng.randint(2, 11), rng.randint(1, 12), rng.randint(15, 28)
        values = {"m": month, "e": early, "l": late, "n": month + 1, "b": month - 1}
        return right.format(**values), wrong.format(**values)

    return phrase


DATES: Sequence[Phrase] = (
    _dates(
        "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "本报告所列数据的统计期限自2023年12月31日起至2023年1月1日止。",
    ),
    _dates("数据统计时间为2023年1月1日至12月31日。", "数据统计时间为2023年12月1日至1月31日。"),
    _dates(
        "某公司于2023年{m}月{e}日提出申请，我局于2023年{m}月{l}日作出答复。",
        "某公司于2023年{m}月{l}日提出申请，我局于2023年{m}月{e}日作出答复。",
    ),
    _dates(
        "2023年{m}月{e}日收到张某的申请，同年{m}月{l}日答复本人。",
        "2023年{m}月{l}日收到张某的申请，同年{m}月{e}日答复本人。",
    ),
    _dates(
        "2023年{m}月{e}日至{m}月{l}日，对全市网站进行了检查。", "2023年{m}月{l}日至{m}月{e}日，对全市网站进行了检查。"
    ),
    _dates(
        "意见征集从2023年{m}月{l}日开始，到2023年{n}月{l}日结束。",
        "意见征集从2023年{m}月{l}日开始，到2023年{b}月{l}日结束。",
    ),
    _dates("2023年{m}月{l}日召开了全市政务公开培训会。", "2024年{n}月{l}日召开了全市政务公开培训会。"),
    _dates("2023年2月28日印发了年度工作要点。", "2023年2月30日印发了年度工作要点。"),
    _dates(
        "按照《云栖市政务公开工作方案》（云政办发〔2023〕{e}号）要求，各项任务已经完成。",
        "按照《云栖市政务公开工作方案》（云政办发〔2026〕{e}号）要求，各项任务已经完成。",
    ),
    _dates(
        "该件2023年{m}月{e}日登记，2023年{m}月{l}日送达申请人。",
        "该件2023年{m}月{l}日登记，2023年{m}月{e}日送达申请人。",
    ),
)


def _twice(first: str, second: str, low: int, high: int) -> Phrase:
    """Make two sentences that tell one count; the slip is in the second."""

    def phrase(rng: random.Random) -> Pair:
        value = rng.randint(low, high)
        right, wrong = f"{first}\n{second}", off(rng, value)
        return right.format(v=value, w=value), right.format(v=value, w=wrong)

    return phrase


def _listed(template: str, names: Sequence[str], low: int, high: int) -> Phrase:
    def phrase(rng: random.Random) -> Pair:
        count = rng.randint(low, high)
        listed = "、".join(rng.sample(names, count))
        wrong = count + rng.choice([-1, 1])
        return template.format(l=listed, v=count), template.format(l=listed, v=wrong)

    return phrase


_FIGURES = "零一二三四五六七八九"
_FAULTS = ("认识还不到位", "内容更新不及时", "解读形式单一", "人员配备不足", "栏目设置不规范")


def _faults(template: str) -> Phrase:
    def phrase(rng: random.Random) -> Pair:
        count = rng.randint(3, 5)
        told = "；".join(f"{_FIGURES[at + 1]}是{fault}" for at, fault in enumerate(_FAULTS[:count]))
        return template.format(v=_FIGURES[count], l=told), template.format(
            v=_FIGURES[count + rng.choice([-1, 1])], l=told
        )

    return phrase


def _table(text: str, label: str, others: Sequence[str]) -> Phrase:
    """Make a sentence and a table that tell one count."""

    def phrase(rng: random.Random) -> Pair:
        value = rng.randint(15, 300)
        rows = "\n".join(f"{name}\t{rng.randint(3, 90)}" for name in others)
        table = f"\n项目\t数量\n{label}\t{{w}}\n{rows}"
        return (text + table).format(v=value, w=value), (text + table).format(v=value, w=off(rng, value))

    return phrase


COUNTS: Sequence[Phrase] = (
    _twice(
        "全年通过市政府门户网站发布政策解读{v}件，公众反映良好。",
        "市政府门户网站全年发布政策解读材料{w}件，其中图解占一半以上。",
        40,
        300,
    ),
    _twice(
        "2023年全市共收到政府信息公开申请{v}件，全部依法答复。",
        "一年来，全市收到信息公开申请{w}件，没有一件超期。",
        40,
        400,
    ),
    _twice("全年召开新闻发布会{v}场，及时回应社会关切。", "新闻发布会共举办{w}场，主要负责人出席成为常态。", 12, 60),
    _twice(
        "全市办理行政复议案件{v}件，均已审结。",
        "因信息公开被申请行政复议的情况：全市办理行政复议案件{w}件，同比持平。",
        12,
        60,
    ),
    _twice(
        "年内新制定规范性文件{v}件，全部公开。",
        "在规范性文件管理方面，年内制定规范性文件{w}件，清理一批过期文件。",
        12,
        60,
    ),
    _twice(
        "全年举办政务公开业务培训班{v}期。",
        "队伍建设方面，全年共举办政务公开业务培训班{w}期，参训干部收获很大。",
        12,
        40,
    ),
    _listed("对{l}等{v}个县区予以通报表扬。", COUNTIES, 4, 7),
    _listed("{l}{v}个部门未按时报送材料。", BUREAUS, 4, 7),
    _listed("被评为优秀等次的有{l}，共{v}个县区。", COUNTIES, 4, 8),
    _faults("工作中还存在{v}个方面的不足：{l}。"),
    _faults("主要有以下{v}个问题：{l}。"),
    _table("全年受理政府信息公开申请{v}件，具体情况见下表。", "政府信息公开申请", ("建议提案", "热线来电")),
    _table("全年在网站发布政策解读{v}篇，有关数据如下。", "政策解读", ("意见征集", "在线访谈")),
)


def attached(rng: random.Random) -> tuple[str, str, str, str]:
    """Return the list of attachments and their texts, right and with one slip."""
    names = ["考核结果一览表", "存在问题清单", "优秀案例选编"][: rng.randint(2, 3)]
    listed = "附件：" + "\n".join(f"{at}.{name}" for at, name in enumerate(names, start=1))
    bodies = [
        f"附件{at}\n{name}\n一、溪口区按时完成全部任务。\n二、松林县还有两项任务需要抓紧。"
        for at, name in enumerate(names, start=1)
    ]
    right = "\n".join(bodies)
    slip = rng.choice(["absent", "unlisted", "reference", "unnamed"])
    if slip == "absent":
        gone = rng.randrange(len(bodies))
        return listed, right, listed, "\n".join(body for at, body in enumerate(bodies) if at != gone)
    if slip == "unlisted":
        return listed, right, listed.rpartition("\n")[0], right
    if slip == "reference":
        return listed, right, f"详细情况见附件{len(names) + 1}。\n{listed}", right
    return listed, right, listed, f"{right}\n附件{len(names) + 1}\n整改任务分解表\n一、限期整改的事项由各单位落实。"
