"""Counts whose names are spread out: over clauses (甲、乙因……，丙因……), groups (第一组查看甲、乙窗口，第二组……), with the rest told as a figure, by 和 alone."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Quantity, chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_END = r"(?:[局委办厅院会社馆站县区镇乡村所校]|中心|公司|集团|街道|社区)"
_NAME = rf"(?:(?![和及与])[\u4e00-\u9fff]){{1,10}}?{_END}"
_NAMED = re.compile(
    rf"(?:另外|此外|以及|而)?(?P<names>{_NAME}(?:[、和及与]{_NAME})*)(?=[因在由被于未没存均都已对把将凭以])"
)
_TWO = re.compile(
    rf"[^，。；：\d]{{0,10}}?(?:，?(?:分别|依次|即)?[是为]|：|，即)：?(?P<one>[\u4e00-\u9fff]{{1,10}}{_END})[和与及](?P<other>[\u4e00-\u9fff]{{1,10}}{_END})(?=[，。；）]|$)"
)
_PAIR = re.compile(
    r"(?:分为|分成|包括|分[有为]?|设[有置]?|采取|采用|[是为有即])(?P<one>[^，。；：、\d和与及]{2,10})[和与及](?P<other>[^，。；：、\d和与及]{2,10}?)(?P<count>[三四五六]|[3-6])(?:种|类|个|项|级|方)"
)
_REST = re.compile(r"(?:剩下|剩余|其余|余下|另外|其他|其它|还有)的?$")
_WHO = re.compile(
    r"(?P<names>[^，。；：、\d“”]{2,14}(?:、[^，。；：、\d“”]{2,14})*)(?:均|都|已|先后|率先|也|全部|分别|由|在|被)"
)
_GROUPED = re.compile(
    r"第[一二三四五六七八九十\d]{1,2}[个小]?[组队批路片站场期][^，。；：、\d]{0,4}?(?:查看|检查|抽查|走访|负责|查|赴|到|看|面向|督导|暗访|培训|验收)(?P<names>[^，。；：\d]+)"
)
_WHOLE_OF = re.compile(
    r"(?:^|(?<=[，。；]))(?:这|以上|上述)?(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})[个家所类处](?P<noun>[\u4e00-\u9fff]{2,6})"
)
_THESE = re.compile(r"(?:^|(?<=[，。；]))(?:这|以上|上述)?(?P<count>[二两三四五六七八九])者(?=[^，。；]{2})")
_ITEMS = re.compile(r"(?:^|[，。；：]|[是为即])(?P<items>[^，。；：、]{2,16}(?:、[^，。；：、]{2,16})+)[，。；]?$")
_QUOTED = re.compile(
    r"“(?P<items>[^“”，。；：]{2,16}(?:、[^“”，。；：、]{2,16})+)”(?P<count>[二两三四五六七八九]|\d{1,2})(?=[\u4e00-\u9fff])"
)
_JOINTLY = re.compile(
    r"(?:与|会同|联合|和|同)(?P<items>[^，。；：、\d]{2,14}(?:、[^，。；：、\d]{2,14})+?)(?:共同|联合|一起|一道|联手)[^。；\d]{0,40}?(?:[，。]|这)?(?P<count>[二两三四五六七八九十]|\d{1,2})(?:个部门|部门|家单位|方|部委|部局|单位)"
)
_CLASSES = re.compile(
    r"(?:^|(?<=[，；]))(?:这|以上|上述)?(?P<count>[二两三四五六七八九]|\d{1,2})(?:个|类|种|批|家|大)(?P<noun>[\u4e00-\u9fff]{1,6}?)(?:均|都|全部|共计|合计|累计|总计|共|中以|之间|目录|加起来|合起来)"
)
_FIGURE = re.compile(r"[^，。；：、\d（）]{2,16}?(?P<value>\d+(?:\.\d+)?)(?P<unit>万?[\u4e00-\u9fff]{1,2})")
_OPEN = re.compile(r"等|其中|如|例|主要|左右|以上|每|各")
_LEAST, _MOST_OFF, _MOST, _LONGEST = 2, 2, 20, 16


def check_spread(paper: Paper) -> Iterator[Contradiction]:
    """Gather the names of each sentence or paragraph and compare their number with the count."""
    for at, sentence in enumerate(paper.sentences):
        counts = [item for item in counts_told(sentence) if item.unit in {"个", "家", "名", "所", "户"}]
        for item in counts:
            if _LEAST <= item.value <= _MOST:
                yield from _over_clauses(paper, sentence, item)
                yield from _just_two(paper, sentence, item)
                yield from _and_the_rest(paper, sentence, item, counts)
        for match in _PAIR.finditer(sentence.text):
            count = chinese_number(match["count"]) or 0
            if match["one"][-1] == match["other"][-1] or len(match["one"]) == len(match["other"]):
                yield from _found(paper, sentence, match.span(), count=count, listed=_LEAST)
        yield from _quoted(paper, sentence)
        yield from _jointly(paper, sentence)
        yield from _with_figures(paper, sentence, paper.sentences[at - 1 : at] if at else ())
    for line in paper.lines:
        yield from _in_groups(paper, line)
        yield from _these(paper, line)


def _found(
    paper: Paper, sentence: Sentence, span: tuple[int, int], *, count: int, listed: int
) -> Iterator[Contradiction]:
    if count > 1 and 0 < abs(count - listed) <= _MOST_OFF:
        place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
        yield paper.found("count-of-list", place, count=count, listed=listed)


def _over_clauses(paper: Paper, sentence: Sentence, item: Quantity) -> Iterator[Contradiction]:
    """Check 受到通报的单位4家，甲公司、乙所因……被点名，丙局因……被点名: every clause behind opens with names."""
    rest = sentence.text[item.end :]
    opened = re.match(r"[^，。；：\d]{0,12}[，：；]", rest)
    clauses = re.split("[，；]", rest[opened.end() :]) if opened else []
    told = [_NAMED.match(clause) for clause in clauses]
    if len(told) < _LEAST or not all(told) or _OPEN.search(rest) or re.search(r"\d", rest):
        return
    names = [name for match in told if match for name in re.split("[、和及与]", match["names"])]
    if len(set(names)) == len(names):
        yield from _found(paper, sentence, (item.start, item.end), count=int(item.value), listed=len(names))


def _just_two(paper: Paper, sentence: Sentence, item: Quantity) -> Iterator[Contradiction]:
    """Check 未出具回执的4家，为丁镇和戊镇."""
    match = _TWO.match(sentence.text, item.end)
    if match and item.value > _LEAST and not _OPEN.search(match[0]) and match["one"][-1] == match["other"][-1]:
        yield from _found(paper, sentence, (item.start, match.end()), count=int(item.value), listed=_LEAST)


def _and_the_rest(
    paper: Paper, sentence: Sentence, item: Quantity, counts: Sequence[Quantity]
) -> Iterator[Contradiction]:
    """Check 下设6个科室，办公室、法规科、规划科、财务科已配备，剩下3个科室……: those named and the rest make the whole."""
    whole = next((other for other in counts if other.end < item.start and other.unit == item.unit), None)
    if whole is None or not _REST.search(sentence.text[: item.start]) or whole.value <= item.value:
        return
    between = sentence.text[whole.end : item.start]
    clauses = [clause for clause in between.split("，") if "、" in clause]
    match = _WHO.match(clauses[0]) if len(clauses) == 1 else None
    if match is None or re.search(r"[；\d]|[和及与等]", between):
        return
    names = match["names"].split("、")
    if max(map(len, names)) <= _LONGEST:
        span = (whole.start, item.end)
        yield from _found(paper, sentence, span, count=int(whole.value), listed=len(names) + int(item.value))


def _in_groups(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 第一组查看人社、民政窗口，第二组查看住建、税务窗口，5个窗口……: the noun closes the names of each group."""
    groups = list(_GROUPED.finditer(line.text))
    whole = _WHOLE_OF.search(line.text, groups[-1].end()) if len(groups) >= _LEAST else None
    if whole is None or whole.start() - groups[-1].end() > _LONGEST:
        return
    noun = whole["noun"][:_LEAST]
    names = [name for group in groups for name in re.split("、", group["names"])]
    closed = all(group["names"].endswith(noun) for group in groups)
    if closed and not _OPEN.search("".join(names)) and not re.search("[和及与]", "".join(names)):
        count = chinese_number(whole["count"]) or 0
        yield from _found(paper, line, whole.span("count"), count=count, listed=len(names))


def _quoted(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check “解读方案、解读材料、解读人员”四同步: the number stands right behind the quoted list."""
    for match in _QUOTED.finditer(sentence.text):
        items = re.split("[、和及与]", match["items"])
        if "等" not in match["items"] and not sentence.text[match.end() :].startswith(
            ("次", "期", "场", "年", "月", "篇")
        ):
            count = chinese_number(match["count"]) or 0
            yield from _found(paper, sentence, match.span(), count=count, listed=len(items))


def _jointly(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 我部与外交部、商务部、海关总署共同印发……，五部门联合……: those named and who names them."""
    for match in _JOINTLY.finditer(sentence.text):
        items = re.split("[、和及与]", match["items"])
        if not re.search("等", match["items"]) and not re.search("、", sentence.text[: match.start()]):
            count = chinese_number(match["count"]) or 0
            yield from _found(paper, sentence, match.span("count"), count=count, listed=len(items) + 1)


def _with_figures(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 继续有效的136件，废止17件，宣布失效9件，两类文件均已公布: clauses of one figure each are as many as the classes."""
    for match in _CLASSES.finditer(sentence.text):
        lead = sentence.text[: match.start()].rstrip("，；") or "".join(one.text for one in before)
        clauses = re.split("[，；、：]", lead)
        figures = [_FIGURE.fullmatch(clause) for clause in clauses if re.search(r"\d", clause)]
        told = [figure["unit"] for figure in figures if figure]
        if len(told) < len(figures) or len(set(told)) > 1 or ("；" in lead and "、" in lead):
            continue
        count = chinese_number(match["count"]) or 0
        explained = any(int(item.value) == count for item in counts_told(Sentence(lead, 0)))
        if len(told) >= _LEAST and not explained and not re.search("共|其中|合计|总", lead):
            yield from _found(paper, sentence, match.span("count"), count=count, listed=len(told))


def _these(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 一个窗口、一个公开栏、一本手册，四者互为补充."""
    for match in _THESE.finditer(line.text):
        quoted = list(re.finditer(r"“(?P<items>[^“”，。；：、]+(?:、[^“”，。；：、]+)+)”", line.text[: match.start()]))
        listed = _ITEMS.search(line.text[: match.start()]) or (quoted[-1] if quoted else None)
        items = re.split("[、和与]|(?<!涉)及", listed["items"]) if listed else []
        if len(items) >= _LEAST and not re.search("等|其中", listed["items"] if listed else ""):
            count = chinese_number(match["count"]) or 0
            yield from _found(paper, line, match.span(), count=count, listed=len(items))
