"""A fourth book of phrases, written last; one phrase of it corrected the checks (the 上 of 网上 is no "about")."""

import random
from collections.abc import Sequence

from report_phrases import Pair, Phrase, _dates, _growth, _listed, _share, _twice, summed

OFFICES = ("市档案馆", "市图书馆", "市文化馆", "市博物馆", "市体育馆", "市青少年宫", "市科技馆")

SUMS: Sequence[Phrase] = (
    summed("公开专区接待来访{t}人次：查阅资料{a}人次，咨询政策{b}人次，自助打印{c}人次。", 100, 2000, 3),
    summed("年度公开的{t}项重大行政决策事项里，规划类{a}项，项目类{b}项，价格类{c}项。", 12, 60, 3),
    summed("网站全年发布稿件{t}篇，原创{a}篇，转载{b}篇。", 300, 5000, 2),
    summed("共梳理公开事项{t}项，涉及教育{a}项、卫生{b}项、社保{c}项、住房{d}项。", 100, 900, 4),
    summed("今年的申请中，邮寄{a}件、网上{b}件、当面{c}件，总计{t}件。", 40, 300, 3),
    summed("公开招聘{t}人，其中管理岗{a}人、专业技术岗{b}人。", 20, 200, 2),
    summed("年末存量规范性文件{t}件（继续有效{a}件、宣布失效{b}件、废止{c}件）。", 60, 300, 3),
    summed("新媒体矩阵推送信息{t}条，其中微信{a}条、微博{b}条、短视频{c}条。", 300, 5000, 3),
)

PERCENTAGES: Sequence[Phrase] = (
    _share("{t}件建议已有{a}件被采纳，采纳率{p}。", 40, 200),
    _share("随机抽取{t}个栏目，更新及时的{a}个，及时率{p}。", 40, 200),
    _share("全年答复申请{t}件，其中全部公开{a}件，占答复总量的{p}。", 60, 400),
    _share("收到投诉{t}件，属实的有{r}件，占{q}。", 40, 300),
    _growth("全年推送信息{n}条，去年为{o}条，增幅达{p}。", 300, 5000),
    _growth("信件数量比上年减少{d}件，由{o}件降为{n}件，降低{p}。", 80, 600, down=True),
    _share("纳入台账的{t}项任务完成{a}项，任务完成率为{p}。", 40, 200),
    _growth("参加培训{n}人次，同比增加{d}人次，上升{p}。", 100, 900),
)

DATES: Sequence[Phrase] = (
    _dates("本年度报告数据起止时间：2023年1月1日—12月31日。", "本年度报告数据起止时间：2023年12月1日—1月31日。"),
    _dates("专项整治从2023年{m}月{e}日起，至{m}月{l}日止。", "专项整治从2023年{m}月{l}日起，至{m}月{e}日止。"),
    _dates(
        "赵某的申请2023年{m}月{e}日登记，2023年{m}月{l}日送达答复书。",
        "赵某的申请2023年{m}月{l}日登记，2023年{m}月{e}日送达答复书。",
    ),
    _dates("2023年{m}月{l}日，市政府办公室印发了工作提示。", "2024年{n}月{l}日，市政府办公室印发了工作提示。"),
    _dates("新版目录于2023年9月30日发布。", "新版目录于2023年9月31日发布。"),
)


def _ways(rng: random.Random) -> Pair:
    count = rng.randint(3, 4)
    words = ("建章立制", "充实队伍", "更新平台", "加强督查")[:count]
    told = "；".join(f"{'一二三四'[at]}是{word}" for at, word in enumerate(words))
    text = "从{v}个方面推进工作：{l}。"
    return text.format(v="一二三四五"[count - 1], l=told), text.format(v="一二三四五"[count], l=told)


COUNTS: Sequence[Phrase] = (
    _twice("全年共收到依申请公开申请{v}件。", "依申请公开方面，全年收到申请{w}件，数量略有上升。", 30, 300),
    _twice("全年举行新闻发布会{v}次。", "舆论引导有力，新闻发布会全年举行{w}次。", 12, 60),
    _twice("编印政府公报{v}期，免费发放。", "全年编印政府公报{w}期，覆盖所有村居。", 12, 48),
    _twice("公开答复人大代表建议{v}件。", "建议办理结果公开情况：共公开答复人大代表建议{w}件。", 30, 200),
    _listed("开放日活动走进{l}等{v}家单位。", OFFICES, 4, 6),
    _ways,
)
