"""A held-out book: reports and bulletins of offices of the north and west, by an author who had seen no check or book."""

import random
import re
from collections.abc import Mapping, Sequence

from report_makers import (
    FIGURES,
    attachments,
    change,
    dated,
    listed,
    numbered,
    share,
    times,
    twice,
    whole_shares,
)
from report_phrases import Pair, Phrase, off, off_percent, percent, split

_COUNTIES = ("朔原区", "白河县", "青石县", "柳林堡区", "永固县", "沙泉县", "临洮川县", "西屏市", "红崖子县")


def _summed(template: str, low: int, high: int, parts: int, *, hundredths: bool = False) -> Phrase:
    """Make a phrase of a total {t} and its parts {a}, {b} …, none of them dwarfed; the slip is in one of the figures."""

    def shown(values: Mapping[str, int]) -> str:
        return template.format(
            **{name: f"{value / 100:.2f}" if hundredths else value for name, value in values.items()}
        )

    def phrase(rng: random.Random) -> Pair:
        mean = rng.randint(low, high) // parts
        drawn = [rng.randint(mean * 2 // 5 + 1, mean * 8 // 5 + 1) for _ in range(parts)]
        values = dict(zip("abcdef", drawn, strict=False), t=sum(drawn))
        key = rng.choice(sorted(values))
        return shown(values), shown(values | {key: off(rng, values[key])})

    return phrase


def _handled(rng: random.Random) -> Pair:
    """Tell what became of the requests of the year and of those carried over."""
    template = (
        "全年新收政府信息公开申请{n}件，上年结转{u}件。本年度共办理答复{t}件，其中予以公开{a}件，部分公开{b}件，不予公开{c}件，"
        "本机关不掌握相关信息等无法提供{d}件，其他处理{e}件；结转下年度继续办理{k}件。"
    )
    done, before, after = rng.randint(60, 400), rng.randint(2, 15), rng.randint(1, 14)
    values = dict(zip("abcde", split(rng, done, 5), strict=True), t=done, u=before, k=after, n=done + after - before)
    key = rng.choice(sorted(values))
    return template.format(**values), template.format(**values | {key: off(rng, values[key])})


def _stock(rng: random.Random) -> Pair:
    """Tell how many rules were in force, how many came and went, and how many are left."""
    template = (
        "严格落实规范性文件动态清理要求，年初现行有效的规范性文件共{a}件，本年度新制发{b}件，废止和宣布失效{c}件，"
        "截至年末现行有效{d}件，均已在政府信息公开平台集中展示。"
    )
    before, made, gone = rng.randint(90, 420), rng.randint(8, 40), rng.randint(4, 30)
    values = {"a": before, "b": made, "c": gone, "d": before + made - gone}
    key = rng.choice("abcd")
    return template.format(**values), template.format(**values | {key: off(rng, values[key])})


SUMS = (
    _summed(
        "全年通过各种方式主动公开政府信息{t}条，其中政府门户网站公开{a}条，政务新媒体公开{b}条，"
        "公示栏、电子显示屏、便民服务手册等其他方式公开{c}条。",
        1800,
        26000,
        3,
    ),
    _handled,
    _summed(
        "收到和处理政府信息公开申请情况如下表：\n"
        "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"
        "一、本年新收政府信息公开申请数量\t{a}\t{b}\t0\t0\t{c}\t{d}\t{t}\n"
        "二、上年结转政府信息公开申请数量\t3\t1\t0\t0\t0\t0\t4",
        60,
        420,
        4,
    ),
    _summed(
        "全年因政府信息公开引发行政复议案件{t}件，其中结果维持{a}件，结果纠正{b}件，其他结果{c}件，尚未审结{d}件。",
        12,
        70,
        4,
    ),
    _stock,
    _summed(
        "认真做好人大代表建议和政协提案办理结果公开工作，全年承办建议提案{t}件，其中人大代表建议{a}件、政协提案{b}件，"
        "除涉及国家秘密和工作秘密的以外，办理复文全文向社会公开。",
        40,
        480,
        2,
    ),
    _summed(
        "坚持政策文件与解读材料同步起草、同步审签、同步发布，全年发布政策解读材料{t}篇，其中文字解读{a}篇、图文图表解读{b}篇、"
        "音视频解读{c}篇、领导干部和专家解读{d}篇。",
        90,
        700,
        4,
    ),
    _summed(
        "截至12月底，正常运行并纳入备案管理的政务新媒体账号共{t}个，其中微信公众号{a}个、微博{b}个、抖音号{c}个、今日头条号{d}个，"
        "较好地形成了协同联动的传播矩阵。",
        48,
        360,
        4,
    ),
    _summed(
        "按照“谁执法谁公示”的要求，及时归集公示行政执法结果信息，全年公示行政许可决定{a}件、行政处罚决定{b}件、"
        "行政强制决定{c}件，合计{t}件。",
        900,
        15000,
        3,
    ),
    _summed(
        "通过惠民惠农财政补贴资金“一卡通”阳光平台公开补贴发放信息，涉及资金{t}万元，其中草原生态保护补助奖励资金{a}万元、"
        "耕地地力保护补贴资金{b}万元、农机购置与应用补贴资金{c}万元。",
        200000,
        2600000,
        3,
        hundredths=True,
    ),
    _summed(
        "12345政务服务便民热线第一季度受理群众诉求{a}件、第二季度{b}件、第三季度{c}件、第四季度{d}件，全年累计受理{t}件。",
        8000,
        96000,
        4,
    ),
    _summed(
        "重点民生领域信息公开情况如下：\n领域\t公开数量（条）\n乡村振兴\t{a}\n义务教育\t{b}\n社会救助\t{c}\n"
        "医疗卫生\t{d}\n生态环境\t{e}\n合计\t{t}",
        600,
        5200,
        5,
    ),
)  # fmt: skip


def _budgets(rng: random.Random) -> Pair:
    """Set out in a table how many of each county's budgets are published, with one rate wrong in the slip."""
    head = "各地预决算公开情况见下表：\n地区\t应公开（家）\t已公开（家）\t公开率\n"
    rows = []
    for name in rng.sample(_COUNTIES, 4):
        whole = rng.randint(48, 110)
        rows.append((name, whole, rng.randint(whole * 7 // 10, whole - 1)))
    at = rng.randrange(4)
    right = [f"{name}\t{whole}\t{part}\t{percent(part, whole, 1)}" for name, whole, part in rows]
    name, whole, part = rows[at]
    wrong = [*right[:at], f"{name}\t{whole}\t{part}\t{off_percent(rng, part, whole, 1)}", *right[at + 1 :]]
    return head + "\n".join(right), head + "\n".join(wrong)


def _high(template: str, low: int, high: int, decimals: int) -> Phrase:
    """Make a phrase of a whole {t}, its greater part {a}, the small rest {r} and the high rate {p} offices like to tell."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        part = rng.randint(whole * 86 // 100, whole - 1)
        values = {"t": whole, "a": part, "r": whole - part}
        right, wrong = percent(part, whole, decimals), off_percent(rng, part, whole, decimals)
        return template.format(p=right, **values), template.format(p=wrong, **values)

    return phrase


def _turned(rng: random.Random) -> Pair:
    """Tell by how much a figure fell; in the slip it is said to have grown."""
    then = rng.randint(900, 7000)
    now = then - rng.randint(then // 20, then // 3)
    told = f"公共资源交易平台全年公开交易项目信息{now}条，上年为{then}条，受项目总量影响，同比{{}}{percent(then - now, then, 1)}。"
    return told.format("下降"), told.format("增长")


def _satisfied(rng: random.Random) -> Pair:
    """Tell a rate then and now and the points between them, which are wrong in the slip."""
    then, rise = rng.randint(780, 890), rng.randint(11, 80)
    told = (
        f"据年度第三方问卷调查，公众对政府信息公开工作的总体满意度为{(then + rise) / 10:.1f}%，"
        f"较上年度（{then / 10:.1f}%）提高{{:.1f}}个百分点。"
    )
    return told.format(rise / 10), told.format((rise + rng.choice([-10, -4, 3, 10, 20])) / 10)


PERCENTAGES = (
    _turned,
    _high("第四季度共抽查政府网站{t}家次，总体合格{a}家次，不合格{r}家次，总体合格率{p}。", 60, 180, 1),
    change("依申请公开数量持续上升，全年共收到政府信息公开申请{n}件，较上年的{o}件增长{p}，答复的规范性面临更高要求。", 60, 420),
    _high("政务服务“好差评”系统全年收到企业群众主动评价{t}条，其中好评{a}条，好评率为{p}。", 3000, 48000, 2),
    share("持续推进政务服务“一网通办”，梳理公布政务服务事项{t}项，其中可全程网上办理的{a}项，占比达{p}。", 900, 2400, 2),
    _satisfied,
    share("重大行政决策事项草案公开征求意见期间，共收到社会公众意见{t}条，其中采纳{a}条、占{p}，未采纳{r}条、占{q}，"
          "未采纳的均逐条说明了理由。", 120, 900, most=0.8),
    _high("行政许可和行政处罚等信用信息“双公示”工作有序推进，应当报送信用信息{t}条，在7个工作日内报送{a}条，及时报送率为{p}。",
          2000, 30000, 2),
    change("全面公开“三公”经费预决算，本年度“三公”经费支出{n}万元，较上年的{o}万元减少{d}万元，下降{p}。", 300, 1900, down=True),
    whole_shares("从主动公开的内容看，政策文件类信息占{a}，财政资金类信息占{b}，公共服务类信息占{c}，机构职能和人事等其他信息占{d}。", 4),
    change("政务新媒体影响力稳步提升，主账号关注用户达到{n}人，上年同期为{o}人，同比增长{p}。", 18000, 420000, decimals=2),
    _budgets,
    times("积极回应社会关切，全年组织新闻发布会、在线访谈等活动{n}场次，是上年{o}场次的{x}倍。", 12, 40),
    _high("全年通过领导信箱、网上留言板等渠道收到网民留言{t}条，按期办复{a}条，按期办复率{p}。", 400, 5200, 1),
)  # fmt: skip


def _impossible(template: str) -> Phrase:
    """Make a phrase of the last day {x} of a short month; the slip is the day after, which no calendar has."""

    def phrase(rng: random.Random) -> Pair:
        month, last = rng.choice([(2, 28), (4, 30), (6, 30), (9, 30), (11, 30)])
        return template.format(x=f"{month}月{last}日"), template.format(x=f"{month}月{last + rng.choice([1, 1, 2])}日")

    return phrase


def _in_force(rng: random.Random) -> Pair:
    """Tell how many years a rule is in force and until when; in the slip the years do not lead there."""
    month, day, years = rng.randint(3, 10), rng.randint(2, 28), rng.choice([2, 3, 5])
    told = f"修订印发《政府信息公开保密审查办法》，自2023年{month}月{day}日起施行，有效期{years}年，至{{}}年{month}月{day - 1}日止。"
    return told.format(2023 + years), told.format(2023 + years + rng.choice([-1, 1]))


def _on_show(rng: random.Random) -> Pair:
    """Tell how many days something is on show and from when until when; in the slip the days are not so many."""
    month, day = rng.randint(4, 11), rng.randint(1, 14)
    told = f"拟表扬的先进集体和先进个人名单已在办公区公示7天（{month}月{day}日至{month}月{{}}日），公示期内未收到异议。"
    return told.format(day + 6), told.format(day + 6 + rng.choice([-3, -2, 3, 4]))


DATES = (
    dated(
        "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "本报告所列数据的统计期限自2023年1月1日起至2022年12月31日止。",
    ),
    dated(
        "年度工作要点任务分解表于2023年{m}月{e}日印发，要求各责任处（科）室于{m}月{l}日前制定具体落实计划。",
        "年度工作要点任务分解表于2023年{m}月{l}日印发，要求各责任处（科）室于{m}月{e}日前制定具体落实计划。",
    ),
    dated(
        "2023年{m}月{l}日至{n}月{e}日，采取自查自纠、交叉互查、重点抽查相结合的方式开展了专项检查。",
        "2023年{m}月{l}日至{b}月{e}日，采取自查自纠、交叉互查、重点抽查相结合的方式开展了专项检查。",
    ),
    dated(
        "办理周期较往年明显缩短，如王某于{m}月{e}日提交的土地征收类政府信息公开申请，经补正后于{m}月{l}日作出书面答复。",
        "办理周期较往年明显缩短，如王某于{m}月{l}日提交的土地征收类政府信息公开申请，经补正后于{m}月{e}日作出书面答复。",
    ),
    dated(
        "截至2023年12月31日，上级反馈的各项问题已全部整改到位并逐一对账销号。",
        "截至2024年12月31日，上级反馈的各项问题已全部整改到位并逐一对账销号。",
    ),
    dated(
        "{m}月{e}日召开政务公开领导小组会议，专题研究重点任务落实工作，会后于{m}月{l}日印发了会议纪要。",
        "{m}月{l}日召开政务公开领导小组会议，专题研究重点任务落实工作，会后于{m}月{e}日印发了会议纪要。",
    ),
    dated(
        "《城市供热管理办法（征求意见稿）》自{m}月{l}日起向社会公开征求意见，至{n}月{l}日结束，意见采纳情况已及时向社会反馈。",
        "《城市供热管理办法（征求意见稿）》自{m}月{l}日起向社会公开征求意见，至{b}月{l}日结束，意见采纳情况已及时向社会反馈。",
    ),
    dated(
        "对季度检查中发现的栏目更新不及时、错别字等问题，于{m}月{l}日下发整改通知，相关责任主体于{n}月{e}日前全部报送了整改报告。",
        "对季度检查中发现的栏目更新不及时、错别字等问题，于{m}月{l}日下发整改通知，相关责任主体于{b}月{e}日前全部报送了整改报告。",
    ),
    dated(
        "《2022年政府信息公开工作年度报告》已于2023年1月{l}日向社会公布，接受社会各界监督。",
        "《2022年政府信息公开工作年度报告》已于2022年1月{l}日向社会公布，接受社会各界监督。",
    ),
    _impossible("按照季度监测和随机抽检安排，对信息公开平台进行了全面体检，截至2023年{x}，失效链接已全部修复。"),
    _impossible("2023年{x}前，完成了政府信息公开指南和机构职能目录的更新工作。"),
    _in_force,
    _on_show,
)  # fmt: skip


def _spoken(phrase: Phrase) -> Phrase:
    """Write two of a thing as one says it: 两项, not 二项."""

    def said(rng: random.Random) -> Pair:
        right, wrong = phrase(rng)
        return re.sub("二(?=[个次项大])", "两", right), re.sub("二(?=[个次项大])", "两", wrong)

    return said


def _meetings(rng: random.Random) -> Pair:
    """Tell how often a body met and on which days."""
    count = rng.randint(2, 5)
    days = [f"{month}月{rng.randint(3, 28)}日" for month in sorted(rng.sample(range(2, 13), count))]
    told = f"主要负责同志先后{{}}次主持召开专题会议研究部署，时间分别为{'、'.join(days[:-1])}和{days[-1]}。"
    return told.format(FIGURES[count]), told.format(FIGURES[count + rng.choice([-1, 1])])


def _named_sites(rng: random.Random) -> Pair:
    """Tell how many sites failed and set them out in a table."""
    faults = (
        "首页栏目超过两周未更新",
        "存在空白栏目",
        "互动交流栏目长期未回应",
        "服务事项办事指南不准确",
        "链接不可用",
    )
    count = rng.randint(2, 5)
    rows = [
        f"{at}\t{name}政府网站\t{fault}"
        for at, (name, fault) in enumerate(zip(rng.sample(_COUNTIES, count), faults, strict=False), start=1)
    ]
    told = "本次抽查共发现不合格网站{}家，具体情况如下：\n序号\t网站名称\t主要问题\n" + "\n".join(rows)
    return told.format(count), told.format(count + rng.choice([-1, 1]))


def _mark(at: int) -> str:
    return f"{FIGURES[at]}是"


def _bracketed(at: int) -> str:
    return f"（{FIGURES[at]}）"


_PROBLEMS: Sequence[str] = (
    "思想认识还不够到位，个别地方对政务公开工作重要性认识不足，主动公开意识不强",
    "公开内容还不够精准，与人民群众的期待相比仍有差距",
    "基层工作力量比较薄弱，人员变动频繁，业务能力有待提升",
    "平台建设管理还不够规范，个别栏目设置不合理、内容更新不及时",
    "监督检查机制还不够健全，督促整改的力度需要进一步加大",
)
_COUNTS: Sequence[Phrase] = (
    listed("从评估结果看，{l}{v}个县（市、区）工作基础扎实、成效明显，评为优秀等次，予以通报表扬。", _COUNTIES, 3, 6),
    listed(
        "全面推进基层政务公开标准化规范化建设，编制完成{l}共{v}个领域的公开事项标准目录。",
        (
            "国土空间规划",
            "义务教育",
            "户籍管理",
            "社会救助",
            "养老服务",
            "公共法律服务",
            "就业",
            "医疗卫生",
            "安全生产",
        ),
        4,
        8,
    ),
    numbered("对照新形势新要求，工作中还存在{v}个方面的问题：{l}。", _mark, _PROBLEMS),
    numbered(
        "下一步，将着力做好以下{v}项重点工作。{l}。",
        _bracketed,
        (
            "聚焦中心任务，持续加大稳经济、促就业、保民生等重点领域信息公开力度",
            "坚持问题导向，逐项抓好评估反馈问题的整改落实",
            "加强队伍建设，不断提高工作人员依法公开的能力和水平",
            "强化平台支撑，推动政府信息资源规范化、数字化管理",
            "严格监督问责，对工作不力、造成不良影响的依规依纪处理",
        ),
        end="。",
    ),
    twice(
        "检查组通过现场查看、查阅资料、模拟暗访等方式，共发现问题线索{v}条，当场反馈、建立台账、限期整改。",
        "经复核，上述{v}条问题线索均已办结销号。",
        12,
        160,
    ),
    twice(
        "依托各级政务服务大厅、图书馆、档案馆等场所设立政府信息查阅点{v}个。",
        "全部{v}个查阅点均配备了查询设备和引导人员，年内免费为群众提供查阅服务。",
        8,
        96,
    ),
    twice(
        "年内举办政府信息公开业务培训班{v}期，实现了从事公开工作人员轮训全覆盖。",
        "{v}期培训班均邀请专家学者和业务骨干授课，重点讲解条例适用、保密审查、答复文书制作等内容。",
        3,
        14,
    ),
    listed(
        "不断健全制度体系，先后制定印发{l}{v}项制度，做到有章可循、有据可依。",
        (
            "《政务公开工作考核办法》",
            "《政府信息主动公开工作制度》",
            "《政府信息依申请公开工作规程》",
            "《政府信息公开保密审查制度》",
            "《政府信息公开责任追究制度》",
            "《政策解读工作实施办法》",
        ),
        2,
        5,
        between="",
        figures=True,
    ),
    listed(
        "紧扣全年重点任务，突出抓好{l}{v}大领域信息公开，让公开内容更有温度。",
        ("优化营商环境", "重大建设项目", "生态保护治理", "公共资源交易", "食品药品安全", "乡村振兴"),
        3,
        5,
        figures=True,
    ),
    listed(
        "调整充实政务公开工作领导小组，由主要负责同志任组长，成员由{l}{v}个处（科）室的主要负责人担任。",
        ("办公室", "政策法规处", "人事教育处", "规划财务处", "行政审批处", "综合执法处", "信息中心"),
        3,
        6,
    ),
    _meetings,
    _named_sites,
)
COUNTS = tuple(_spoken(phrase) for phrase in _COUNTS)

HEADS = (
    (
        "朔原市{year}年政府信息公开工作年度报告",
        "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和国务院办公厅关于年度报告格式的有关要求，现向社会公布朔原市{year}年政府信息公开工作年度报告。如对本报告有疑问，请与朔原市人民政府办公室联系。",
        "朔原市人民政府办公室",
    ),
    (
        "北陇省自然资源厅{year}年政府信息公开工作年度报告",
        "本年度报告依据《中华人民共和国政府信息公开条例》第四十九条、第五十条的规定编制，电子版可在厅门户网站下载。",
        "北陇省自然资源厅",
    ),
    (
        "朔原市人民政府办公室关于{year}年度政务公开工作考核评估情况的通报",
        "各县（区）人民政府，市直有关部门：\n按照年度工作安排，市政府办公室组织对各县（区）、市直有关部门{year}年度政务公开工作进行了考核评估，现将有关情况通报如下。",
        "朔原市人民政府办公室",
    ),
    (
        "北陇省人民政府办公厅关于{year}年度政务公开第三方评估情况的通报",
        "各市（州）人民政府，省政府各部门，中央在陇各有关单位：\n为客观反映各地各部门政务公开工作成效，省政府办公厅委托第三方机构开展了年度评估。经省政府同意，现将有关情况通报如下。",
        "北陇省人民政府办公厅",
    ),
    (
        "祁安市关于{year}年度政务公开工作落实情况的自查报告",
        "省政府办公厅：\n按照《关于开展{year}年度政务公开工作自查的通知》要求，我市对照指标体系逐项开展自查，现将有关情况报告如下。",
        "祁安市人民政府办公室",
    ),
    (
        "乌川市生态环境局{year}年度政务公开工作自查报告",
        "市政务公开工作领导小组办公室：\n现将我局{year}年度政务公开工作自查情况报告如下。",
        "乌川市生态环境局",
    ),
)  # fmt: skip
HEADINGS = ("总体情况", "主要工作及成效", "存在的主要问题", "下一步工作打算")
FILLERS = (
    "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，认真落实《条例》各项规定，以公开促落实、强监管、优服务。",
    "严格执行政府信息公开保密审查制度，坚持“先审查、后公开”“一事一审”，全年未发生失泄密事件。",
    "牢固树立以人民为中心的发展思想，聚焦社会关注的热点难点，不断提升政府工作透明度和公信力。",
    "持续优化依申请公开办理流程，健全登记、审核、办理、答复、归档等制度，切实保障公众合法权益。",
    "按照集约化建设要求，完善平台功能，优化栏目设置，推动信息检索更加便捷、服务更加智能。",
    "加强舆情监测研判，对涉及本地本系统的重要舆情做到早发现、早报告、早处置，及时回应社会关切。",
    "将政务公开工作纳入年度目标责任考核体系，加强日常指导和督促检查，推动各项任务落地见效。",
    "与先进地区相比，工作中仍存在一些短板和弱项，需要在今后的工作中认真加以改进。",
    "按照《政府信息公开信息处理费管理办法》有关规定执行，本年度未收取信息处理费。",
)  # fmt: skip


def _dotted(names: Sequence[str]) -> str:
    return "附件：" + "\n".join(f"{at}.{name}" for at, name in enumerate(names, start=1))


def _repeated(names: Sequence[str]) -> str:
    return "\n".join(f"附件{at}：{name}" for at, name in enumerate(names, start=1))


def _referred(names: Sequence[str]) -> str:
    told = "，".join(f"{name}见附件{at}" for at, name in enumerate(names, start=1))
    return f"{told}。\n{_dotted(names)}"


ATTACHMENTS = (
    attachments(
        ("政务公开工作评估得分情况表", "评估发现主要问题清单", "典型经验做法", "整改情况反馈表"),
        listing=_referred,
        heading="附件{}".format,
        reference="整改落实情况请按附件{v}的格式于2月底前书面报送。",
        body="（由政务公开工作主管机构汇总编制）",
    ),
    attachments(
        ("政府信息主动公开情况统计表", "政府信息公开申请办理情况统计表", "行政复议和行政诉讼情况统计表"),
        listing=_dotted,
        heading="附件{}".format,
        reference="有关数据详见附件{v}。",
        body="填报单位（盖章）：\t填报人：\t联系电话：",
    ),
    attachments(
        ("抽查发现问题台账", "政府网站与政务新媒体检查指标", "普遍性问题整改任务分工", "联系人名单"),
        listing=_repeated,
        heading="附件{}：".format,
        reference="具体情况见附件{v}。",
        body="（表内事项按发现时间先后排列）",
        between="",
    ),
    attachments(
        ("重点任务完成情况自评表", "佐证材料目录", "创新案例"),
        listing=_dotted,
        heading="附件{}".format,
        reference="自评依据详见附件{v}。",
        body="（以下内容由责任处（科）室提供）",
    ),
)
