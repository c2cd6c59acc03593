"""What is told around a mention against the title of its number: a word in the place of another, a count in brackets, a title left out."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.makeup.around import MENTION, Around, around, body_of
from attrtrack.examining.makeup.enclosed import NUMBER, Enclosed, Listing, listings_of
from attrtrack.examining.text.figures import UNITS, chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

GENRE = re.compile(
    r"(?:(?:情况|明细|汇总|统计|登记|对照|一览)*(?:表|单|录|案|图|册)|名单|清单|目录|情况|明细|汇总|统计|一览|结果|汇编|报告|说明)+$"
)
_LOOSE = re.compile(
    r"情况|结果|名单|清单|目录|明细|汇总|统计|一览|说明|概况|数据|材料|信息|内容|记录|总结|报告|工作|完成|有关|相关|具体|主要|各项|所有|全部|年度|本年|全年|部分|方面|指标|标准|方案|要点|问题|整改|自查|评估|考核|通报|附件|如下|开展|填报|报送|部门|单位"
)
_JOINS = re.compile(r"[^\u4e00-\u9fff]|[的和及与等了在将把对按为是]")
_COUNTED = re.compile(
    rf"（(?:共有?|合?计|总计|含|收录)?(?P<count>\d{{1,4}}|[二两三四五六七八九十]{{1,3}})(?P<unit>{UNITS})[\u4e00-\u9fff]{{0,4}}）"
)
_ALONE = re.compile(r"^附(?P<kind>[件表图录])：?[^，。；：\d（）]{2,30}（[^（）]{2,8}）[^，。；：\d（）]{0,12}$")
_RUN = re.compile(r"《[^《》]{3,60}》(?:[、和及与]?《[^《》]{3,60}》)+")
_SENT = re.compile(r"随文|一并|附[送上有后]|后附")
_INSIDE = re.compile(
    rf"附[件表]{NUMBER}?[中里内]?的?[“《](?P<name>[\u4e00-\u9fff]{{2,16}}(?:[表单册]|说明|名单|清单|目录|流程|样式|模板|标准))[”》](?![一该]?[列栏项行])"
)
_BESIDES = re.compile(
    r"(?:[并另同]|同时)附[上送有带]?《?(?P<name>[\u4e00-\u9fff]{2,20}[表单图书册录稿案])》?(?=[，。；、）]|$)"
)
_CLASSES = {
    "rules": re.compile("细则|办法|方案|规定|规程|机制|制度|标准"),
    "results": re.compile("结果|排名|成绩|得分"),
    "figures": re.compile("数据|数字"),
    "names": re.compile("名单|联系人|花名册|通讯录|名册"),
    "lists": re.compile("清单|目录|台账|明细"),
    "reports": re.compile("报告|总结"),
    "forms": re.compile("回执|推荐表|承诺书|样式|模板|格式"),
    "images": re.compile("照片|截图|图片|影像|示意图|流程图|平面图"),
    "tables": re.compile("(?:统计|汇总|一览|登记|明细|对照|反馈)表"),
    "minutes": re.compile("纪要|会议记录"),
    "proofs": re.compile("凭证|票据|发票|回证"),
}
_APART = (
    {"figures", "names"}, {"figures", "rules"}, {"rules", "results"}, {"rules", "names"}, {"rules", "reports"}, {"rules", "lists"}, {"names", "reports"},
    {"names", "forms"}, {"lists", "reports"}, {"results", "forms"}, {"reports", "forms"},
    *({one, other} for one in ("images", "minutes", "proofs") for other in ("rules", "results", "names", "reports", "forms")),
    *({"tables", other} for other in ("images", "minutes", "proofs", "rules")), {"images", "minutes"}, {"images", "proofs"}, {"minutes", "proofs"},
)  # fmt: skip
_NAMED_LAST = re.compile(
    r"(?P<genre>[\u4e00-\u9fff]{2,3}?)[》”]?(?:经[^，。；：（）]{2,10})?(?:（(?:详?见)?|，?(?:具体|详细)?(?:详见|见|列为|作为|请见))?$"
)
_BESIDE = 3
_LEAST_SHARED, _MOST_WORD, _LEAST_AT_END, _LONG_SHARED = 4, 4, 5, 6


def check_matching(paper: Paper) -> Iterator[Contradiction]:
    """Compare the words around each mention with what the list calls it."""
    groups = listings_of(paper)
    if not groups:
        yield from _counted_alone(paper)
        return
    listing = groups[0]
    mentions = list(around(paper, groups))
    for item in listing.items:
        told = [one for one in mentions if (one.kind, one.number) == (item.kind, item.number)]
        if item.number is not None and len(told) == 1:
            yield from _reworded(paper, item, told[0])
        if len(listing.items) == 1 and item.number is None:
            told = [one for one in mentions if one.kind in {item.kind, ""}]
        yield from _counted(paper, item.title, told)
        if len(told) == 1:
            yield from _of_other_class(paper, item, told[0])
    yield from _left_out(paper, groups)
    yield from _besides(paper, groups)
    yield from _inside(paper, groups)


def _reworded(paper: Paper, item: Enclosed, told: Around) -> Iterator[Contradiction]:
    """Check 各市局办结率见附件一 against 附件一 各市局点击率统计: all but one word is the same, and that word is another."""
    whole = re.sub(r"（[^（）]*）|[^\u4e00-\u9fff]", "", item.title)
    bare = GENRE.sub("", whole)
    words = re.sub("[“”《》（）]", "", told.words)
    if bare and (bare in words or whole in words):
        return
    for title in dict.fromkeys((whole, bare)):
        other = _other_word(title, words, told.title)
        if other:
            place = paper.evidence(told.sentence.start + told.start, told.sentence.start + told.end)
            yield paper.found(
                "attachment-name",
                place,
                *item.quoted(paper),
                number=item.number or "",
                named=item.title,
                title=other,
            )
            return


def _other_word(title: str, words: str, defined: str) -> str:
    """Return what is told in the place of a title with another word in it; nothing where that may be the same."""
    for size in range(1, _MOST_WORD + 1):
        for at in range(len(title) - size + 1):
            before, word, after = title[:at], title[at : at + size], title[at + size :]
            if before not in words or after not in words:
                continue
            long = min(len(before), len(after)) > 1 and len(before) + len(after) >= _LONG_SHARED
            if word in words or (_LOOSE.search(word) and not long):
                continue
            if len(before) + len(after) < _LEAST_SHARED and not (defined and len(after) > 1):
                continue
            pattern = rf"{re.escape(before)}(?P<other>[\u4e00-\u9fff]{{{size}}}){re.escape(after)}"
            if before and after:
                match = re.search(pattern, words)
            elif after:
                match = re.fullmatch(pattern, defined) or (
                    re.search(rf"(?:^|[，：、）])(?:其中|将)?{pattern}", words) if len(after) >= _LEAST_AT_END else None
                )
            else:
                match = (
                    re.search(rf"{pattern}(?=■|[，见]|，?(?:详见|请见|列为|作为))", words)
                    if len(before) >= _LEAST_AT_END and size > 1
                    else None
                )
            other = match["other"] if match else ""
            plain = other and not _JOINS.search(other) and (long or not _LOOSE.search(other))
            if plain and not set(other) & set(word):
                return before + other + after
    return ""


def _of_other_class(paper: Paper, item: Enclosed, told: Around) -> Iterator[Contradiction]:
    """Check 测评细则（见附件） against 附件：测评结果: rules are no results, names no report."""
    match = _NAMED_LAST.search(told.lead)
    title = re.sub(r"（[^（）]*）|[^\u4e00-\u9fff]", "", item.title)
    classes = [_class(text) for text in (match["genre"], title)] if match else []
    words = [pattern.search(title[-4:]) for pattern in _CLASSES.values()]
    own = next((word[0] for word in words if word), "")
    if match and set(classes) in _APART and own not in told.words and match["genre"][-2:] not in title:
        yield paper.found(
            "attachment-name",
            paper.evidence(told.sentence.start + told.start, told.sentence.start + told.end),
            *item.quoted(paper),
            number=item.number or "",
            named=item.title,
            title=match["genre"],
        )


def _class(text: str) -> str:
    """Return the class of what words end with; nothing where they end with no word of one."""
    return next((name for name, pattern in _CLASSES.items() if re.search(rf"(?:{pattern.pattern})表?$", text)), "")


def _counted(paper: Paper, title: str, told: Sequence[Around]) -> Iterator[Contradiction]:
    """Check 废止的5件（见附表二） against 附表二：废止文件目录（7件）: the one count of the unit told with the mention."""
    match = _COUNTED.search(title)
    for one in told if match else ():
        lead = one.lead + _bracket(one.rest)
        text = (
            lead if any(match and item.unit == match["unit"] for item in counts_told(Sentence(lead, 0))) else one.rest
        )
        told_of = [item for item in counts_told(Sentence(text, 0)) if match and item.unit == match["unit"]]
        counts = {int(item.value) for item in told_of if item.end >= len(one.lead) - _BESIDE} or {
            int(item.value) for item in told_of
        }
        count = chinese_number(match["count"]) or 0 if match else 0
        if match and len(counts) == 1 and count not in counts:
            place = paper.evidence(one.sentence.start + one.start, one.sentence.start + one.end)
            first = f"{next(iter(counts))}{match['unit']}"
            noun = re.sub(r"（[^（）]*）", "", title)
            yield paper.found("counts-differ", place, noun=noun, first=first, second=match[0].strip("（）"))


def _bracket(rest: str) -> str:
    """Return what stands in brackets directly behind a mention: 见附件（共23家）."""
    match = re.match(r"（[^（）]{1,12}）|，共?[^（），]{1,10}(?=）)", rest)
    return match[0] if match else ""


def _counted_alone(paper: Paper) -> Iterator[Contradiction]:
    """Check the count that the heading of the one table enclosed bears, where no list names it."""
    headed = [line for line in paper.lines if _ALONE.match(line.text)]
    if len(headed) == 1:
        kind = headed[0].text[1]
        told = [one for one in around(paper, [Listing((), (headed[0],))]) if one.kind == kind and one.number is None]
        yield from _counted(paper, headed[0].text[2:], told)


def _left_out(paper: Paper, groups: Sequence[Listing]) -> Iterator[Contradiction]:
    """Check 随文印发《甲表》《乙表》 against a list that has one of them alone."""
    titles = [_plain(item.title) for group in groups for item in group.items]
    for sentence in body_of(paper, groups):
        for run in _RUN.finditer(sentence.text) if _SENT.search(sentence.text) else ():
            told = re.findall("《([^《》]+)》", run[0])
            absent = [one for one in told if not any(_like(_plain(one), title) for title in titles)]
            if (
                len(absent) == 1
                and 0 <= len(told) - len(titles) <= 1
                and not MENTION.search(sentence.text[run.start() :])
            ):
                place = paper.evidence(sentence.start + run.start(), sentence.start + run.end())
                yield paper.found(
                    "attachment-not-listed", place, reference=f"《{absent[0]}》", kind="附件", known=len(titles)
                )


def _besides(paper: Paper, groups: Sequence[Listing]) -> Iterator[Contradiction]:
    """Check 公布《方案》，并附意见反馈表 against a list that has the first alone."""
    titles = [_plain(item.title) for group in groups for item in group.items]
    for sentence in body_of(paper, groups):
        for match in _BESIDES.finditer(sentence.text):
            if not any(_like(match["name"], title) for title in titles):
                place = paper.evidence(sentence.start + match.start("name"), sentence.start + match.end("name"))
                name = match["name"]
                yield paper.found("attachment-not-listed", place, reference=name, kind="附件", known=len(titles))


def _inside(paper: Paper, groups: Sequence[Listing]) -> Iterator[Contradiction]:
    """Check 请看附件中的“填报说明” against a list that has nothing of that name, where nothing enclosed stands behind it."""
    titles = [_plain(item.title) for group in groups for item in group.items]
    if len(groups) > 1 or paper.tables:
        return
    for sentence in body_of(paper, groups):
        for match in _INSIDE.finditer(sentence.text):
            if not any(_like(match["name"], title) for title in titles):
                place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
                name = f"“{match['name']}”"
                yield paper.found("attachment-not-listed", place, reference=name, kind="附件", known=len(titles))


def _plain(title: str) -> str:
    return re.sub(r"（[^（）]*）|[^\u4e00-\u9fffA-Za-z0-9]", "", title)


def _like(one: str, other: str) -> bool:
    """Whether two titles may be of one thing: one holds the other, or most pairs of signs are in both."""
    pairs = [one[at : at + 2] for at in range(len(one) - 1)]
    return one in other or other in one or sum(pair in other for pair in pairs) * 2 > len(pairs)
