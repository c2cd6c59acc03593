"""More phrases of reports, written after the checks were, by somebody else's habits: districts, hospitals, schools, bureaus."""

import random
from collections.abc import Sequence

from report_phrases import Pair, Phrase, _dates, _growth, _listed, _share, _twice, off, split, summed

STREETS = ("永安街道", "河口镇", "柳林镇", "石门乡", "东关街道", "南庄镇", "马家沟乡", "新城街道")

SUMS: Sequence[Phrase] = (
    summed("2023年，全区各单位累计发布各类信息{t}篇：区政府网站{a}篇、微信公众号{b}篇、今日头条{c}篇。", 500, 9000, 3),
    summed("在收到的{t}件申请中，自然人{a}件，商业企业{b}件，科研机构{c}件，其他{d}件。", 60, 500, 4),
    summed("本机关现有规章{a}部、规范性文件{b}部，共{t}部。", 20, 90, 2),
    summed("截至年底，主动公开各类信息{t}条（概况类信息{a}条，政务动态{b}条，信息公开目录{c}条）。", 300, 5000, 3),
    summed("全年公开行政处罚决定{t}条，分别是：市场监管领域{a}条、城市管理领域{b}条、交通运输领域{c}条。", 60, 900, 3),
    summed("行政诉讼案件总计{t}起，其中，维持{a}起，纠正{b}起，其他结果{c}起。", 12, 60, 3),
    summed("答复情况为：予以公开{a}件；部分公开{b}件；不予公开{c}件；总计{t}件。", 60, 300, 3),
    summed("全县{t}个单位接受了检查，按类别分为乡镇{a}个、县直部门{b}个、公共企事业单位{c}个。", 30, 120, 3),
    summed("办理市长信箱来信{t}封次中，咨询类{a}件、投诉类{b}件、建议类{c}件，三类合计{t}件。", 100, 900, 3),
    summed("收取信息处理费{t}元，由两笔构成：第一笔{a}元，第二笔{b}元。", 200, 3000, 2),
    summed("转交办理的{t}个问题，已解决{a}个，正在解决{b}个。", 30, 200, 2),
    summed("组织专题培训{t}人次，上半年培训{a}人次，下半年培训{b}人次。", 200, 2000, 2),
)

PERCENTAGES: Sequence[Phrase] = (
    _share("应公开事项{t}项，实际公开{a}项，公开率{p}。", 60, 400),
    _share("{t}个参评单位中，优秀{r}个，优秀率{q}。", 40, 90),
    _share("共梳理问题{t}个，完成整改{a}个，整改完成率{p}。", 40, 200),
    _share("发布解读材料{t}件，图解{a}件，图解占比达{p}。", 40, 300),
    _share("{t}条留言已办结{a}条，办结率{p}，{r}条正在办理。", 100, 900),
    _growth("受理依申请公开{n}件，同比增加{d}件，增幅{p}。", 60, 500),
    _growth("全年访问量由{o}人次提高到{n}人次，提高{p}。", 9000, 90000),
    _growth("与上一年的{o}件相比，本年受理{n}件，下降了{p}。", 80, 600, down=True),
    _growth("申请量为{n}件，同比（上年{o}件）上升{p}。", 60, 400),
    _share("规范性文件{t}件，已解读的{a}件，解读率为{p}。", 30, 120),
    _share("发放调查问卷{t}份，收回有效问卷{a}份，回收率{p}。", 200, 900),
    _share("申请人为自然人的{a}件，占全部{t}件申请的{p}。", 60, 400),
)

DATES: Sequence[Phrase] = (
    _dates("数据截取时段为2023年1月1日—2023年12月31日。", "数据截取时段为2023年12月31日—2023年1月1日。"),
    _dates(
        "我办{m}月份开展检查（2023年{m}月{e}日至2023年{m}月{l}日），并反馈了结果。",
        "我办{m}月份开展检查（2023年{m}月{l}日至2023年{m}月{e}日），并反馈了结果。",
    ),
    _dates(
        "2023年{m}月{e}日受理的李某申请，于2023年{m}月{l}日办结。",
        "2023年{m}月{l}日受理的李某申请，于2023年{m}月{e}日办结。",
    ),
    _dates(
        "公示期为2023年{m}月{e}日到{m}月{l}日，没有收到异议。", "公示期为2023年{m}月{l}日到{m}月{e}日，没有收到异议。"
    ),
    _dates("2023年{m}月{e}日，我区公布了基层政务公开事项目录。", "2024年{m}月{e}日，我区公布了基层政务公开事项目录。"),
    _dates("2023年4月30日完成了栏目调整。", "2023年4月31日完成了栏目调整。"),
    _dates(
        "《关于做好信息公开工作的通知》（溪政办发〔2022〕{e}号）印发以来，各单位积极行动。",
        "《关于做好信息公开工作的通知》（溪政办发〔2025〕{e}号）印发以来，各单位积极行动。",
    ),
    _dates(
        "2023年{m}月{e}日接到举报，{m}月{l}日书面回复举报人。", "2023年{m}月{l}日接到举报，{m}月{e}日书面回复举报人。"
    ),
)

_ORDINALS = ("一", "二", "三", "四", "五", "六")


def _measures(template: str) -> Phrase:
    def phrase(rng: random.Random) -> Pair:
        count = rng.randint(3, 5)
        words = ("抓学习", "抓制度", "抓平台", "抓督导", "抓考核")[:count]
        told = "，".join(f"{_ORDINALS[at]}是{word}" for at, word in enumerate(words))
        return template.format(v=_ORDINALS[count - 1], l=told), template.format(v=_ORDINALS[count], l=told)

    return phrase


def _numbered(rng: random.Random) -> Pair:
    count = rng.randint(3, 5)
    rows = "\n".join(f"{at}.{name}党政办公室" for at, name in enumerate(STREETS[:count], start=1))
    return f"以下{count}个单位未完成任务：\n{rows}", f"以下{count + 1}个单位未完成任务：\n{rows}"


def _rows(rng: random.Random) -> Pair:
    values = split(rng, rng.randint(60, 300), 4)
    rows = "\n".join(f"{name}\t{value}" for name, value in zip(STREETS, values, strict=False))
    table = "各镇街公开情况如下：\n单位\t公开数量（条）\n{rows}\n合计\t{v}"
    return table.format(rows=rows, v=sum(values)), table.format(rows=rows, v=off(rng, sum(values)))


COUNTS: Sequence[Phrase] = (
    _twice("我区全年受理依申请公开{v}件。", "如前所述，全年受理依申请公开{w}件，均在法定期限内办结。", 30, 300),
    _twice(
        "共召开区政府常务会议{v}次，会议议题全部公开。", "今年以来共召开区政府常务会议{w}次，邀请市民代表列席。", 12, 60
    ),
    _twice("全年公开发布规范性文件{v}件。", "规范性文件公开发布{w}件，同步解读。", 12, 60),
    _twice("制作图解{v}个，点击量较高。", "政策图解全年制作图解{w}个，形式更加生动。", 31, 90),
    _twice("区人民政府公报出版{v}期。", "赠阅点不断增加，全年区人民政府公报出版{w}期。", 12, 40),
    _listed("通报批评{l}等{v}个镇街。", STREETS, 4, 6),
    _listed("得分靠前的{v}个镇街分别是{l}。", STREETS, 4, 6),
    _measures("我们重点采取了{v}项措施：{l}。"),
    _measures("{v}个方面的经验值得推广。{l}。"),
    _numbered,
    _rows,
)
