"""Counts against the items that are listed beside them: 等5个市, 分六个部分, 三个方面：一是……二是……."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.domain.evidence import Span
from attrtrack.examining.counted.items import may_be_two, mismatch
from attrtrack.examining.text.figures import UNITS, chinese_number
from attrtrack.examining.text.paper import Paper, Sentence

_COUNT = r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_PLACES = r"地|国|省|市|县|区|州|镇|乡|街道"
_KINDS = rf"个|家|名|种|所|大|项|部|{_PLACES}"
_THINGS = "人|位|户|期|章|节|编|类|款|支|处|栋|座|幅|张|本|册|门|村|校|站|岗|讲|案|道|步|关|层|批|件|条|篇|次|场"
_PARTS_OF = "部分|板块|维度|环节|层级|单位(?!的)|部门(?!的)"
_COUNTED_APART = frozenset("部")
_CLOSED = re.compile(
    rf"(?P<etc>等)?(?P<comma>，)?(?P<all>共计?|合计|总计|计(?=\d)|这|以上|上述)?(?<![第\d.一二三四五六七八九十]){_COUNT}(?P<kind>{_PARTS_OF}|{_KINDS}|{_THINGS})(?P<of>[\u4e00-\u9fff]{{0,10}})"
)
_LED = re.compile(
    rf"(?<![第\d.一二三四五六七八九十]){_COUNT}(?:{_KINDS}|{UNITS}|[章节编])(?P<of>[\u4e00-\u9fff]{{0,12}}?)(?:(?:的?(?P<turn>分别|依次|，即|，具体|，[它他她]们|，[\u4e00-\u9fff]{{0,5}}(?:分别|依次)|，(?:名单|获[\u4e00-\u9fff]{{0,2}}者|获[奖选评][\u4e00-\u9fff]{{2}}|人选|成员|名称|对象)(?=[是为])))?[是为有即]?：?(?<=[是为有即：])|：|，?(?:分别)?(?:位于|分布[在于]|设[在于]))(?P<items>[^，。；：]+、[^，。；：]+)"
)
_ORDERED = re.compile(r"(?P<number>[一二三四五六七八九十])(?:是|把(?!手)|抓|要(?!求|点|件|素))")
_MARKS = (
    re.compile(r"（(?P<number>[一二三四五六七八九十]|\d{1,2})）"),
    re.compile(r"[第其](?P<number>[一二三四五六七八九十])(?=[，、：是])"),
    re.compile(r"(?<=[：；，。])(?P<number>\d{1,2})(?=[\u4e00-\u9fff])"),
    re.compile(r"(?<![\d.])(?P<number>\d{1,2})[.．、](?!\d)"),
    re.compile(r"(?:^|(?<=[：；，。]))(?P<number>[一二三四五六七八九十])、"),
)
_MARKED = re.compile(
    rf"(?<![第\d.一二三四五六七八九十]){_COUNT}(?:(?:个|项|大|条|点|类|种|件)[\u4e00-\u9fff]{{0,12}})?[：，。；]\s*(?=（[一1]）|[第其]一[，、：是]|1[.．、](?!\d)|一、|(?<=：)1[\u4e00-\u9fff])"
)
_ANNOUNCED = re.compile(
    rf"(?!一){_COUNT}(?:个|项|大|条|点)?(?:方面|问题|措施|任务|重点|特点|不足|短板|要求|工作)?(?:(?![二两三四五六七八九][个项大条点])[^，。；：（）\d]){{0,12}}[：，。；]\s*一[是要把抓]"
)
_NOT_PLACES = re.compile(r"[和及与]|[一二三四五六七八九十两](?![川平会明台亚门河方原])")
_BECOMES = re.compile(r"[为到至成][\d一二两三四五六七八九十]")
_PERSON = re.compile(r"^(?:[\u4e00-\u9fff]某某?|[\u4e00-\u9fff]{2,3})$")
_TITLED = re.compile(r"(?:主任|[局科处院校所组队会市县区乡镇村部]长|书记|专员|干部|经理|代表|会计|秘书)$")
_FIGURED = re.compile(r"^[^、]*\d[^、\d]*[有是为即](?=[\u4e00-\u9fff]{2,12}、)")
_NUMBERING = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_QUOTED = re.compile(
    rf"(?<![》”])(?<![》”][、和及与])(?P<titles>(?:《[^《》]+》[、和及与]?){{2,}}|(?<![、和及与])(?:“[^“”]+”[、和及与]?){{2,}})(?P<etc>等)?(?:，?共)?{_COUNT}(?:个|项|部|份|件|种|本|篇|大|类|家|期|条|章)"
)
_NAMED = re.compile(
    rf"(?<![第\d.一二三四五六七八九十]){_COUNT}(?:{UNITS}|大)[\u4e00-\u9fff]{{0,10}}(?:，?(?:分别|依次)?[是为即]：?|：|（)(?P<items>(?:[“《][^“”《》]+[”》][、和及与]?){{2,}})"
)
_SLOGAN = re.compile(
    rf"“{_COUNT}(?:个|项|大)?(?P<of>[\u4e00-\u9fff]{{1,4}})”[\u4e00-\u9fff]{{0,4}}?(?:（|，?即|：|，|是?指|包括)(?P<items>[^，。；：（）]+、[^，。；：（）]+)"
)
_BRACKETED = re.compile(
    rf"(?<![第\d.一二三四五六七八九十])(?:前|连续)?{_COUNT}(?:年|季度|个月|{_KINDS}|{UNITS})(?P<of>[\u4e00-\u9fff]{{0,8}})（(?:分别|依次)?[是为即在于]?：?(?P<items>[^（）；，]+、[^（）；，]+)）"
)
_PARTED = re.compile(
    rf"(?<![第\d.一二三四五六七八九十]){_COUNT}(?:{_KINDS}|{UNITS})[^，。；：\d]{{0,10}}，[\u4e00-\u9fff]{{0,5}}(?:分别|依次)[是为]：?(?P<items>[^，。；：]{{1,16}}(?:；[^，。；：]{{1,16}}){{2,}})$"
)
_NO_LIST = re.compile(r"等|含|如|包括|其中|以下|以上|街道|开发区|园区|管委会|直属机构|\d(?!\d*(?:年|月|季度)$)")
_PARTS = re.compile(rf"(?:分为?|共|包括|由)(?:以下)?{_COUNT}个?(?:部分|方面|章节)")
_FIRST_LEVEL = re.compile(r"^(?P<number>[一二三四五六七八九十]{1,2})、")
_TABLED = re.compile(
    rf"(?<![第\d.一二三四五六七八九十]){_COUNT}(?:个|家|名|位|所|{_PLACES})(?P<of>[\u4e00-\u9fff]{{0,16}}?)(?:如下|[（，]?[\u4e00-\u9fff]{{0,4}}[见如](?:下表|附表))"
    rf"|(?<![第\d.一二三四五六七八九十]){_COUNT.replace('count', 'told')}(?:{_KINDS}|{UNITS})，(?:具体|详细)?(?:情况|名单|目录|清单|内容|名称)?(?:分别)?(?:如下|[为是])：$"
    rf"|(?:以下|下列|如下|(?:附|下|本|此)表[^。，；]{{0,14}}?){_COUNT.replace('count', 'below')}(?:{_KINDS}|{UNITS})"
)
_SUMMED = re.compile(r"^(?:总计|合计|共计|小计|平均|备注|说明|注)")
_BELOW = re.compile(
    rf"(?:下列|以下|如下)的?{_COUNT}(?:个|家|项|件|部|份|名|条|类)[^。；，]{{0,20}}(?:，[^。；，]{{0,12}})?[：。]?$"
    rf"|(?<![第\d.])(?P<named>\d{{1,3}})(?:个|家|项|件|部|份|名|条|类)[^。；，]{{0,14}}(?:如下|名单)：?$"
)
_HAS = re.compile(rf"(?<![第\d.一二三四五六七八九十]){_COUNT}(?:{_KINDS}|{UNITS})[^。；，：\d]{{0,14}}：$")
_FIRST_OF = re.compile(
    rf"(?<![第\d.一二三四五六七八九十]){_COUNT}(?:个|项|大|条|点|件)[^，。；：\d]{{0,14}}[：，。；]\s*首先"
)
_NEXT_OF = re.compile(r"(?<=[，；。])(?:其次|再次|再者|然后|接着|最后|第[二三四五六])")
_LONGEST_LINE, _LONGEST_NAME = 40, 4
_CHOICE = re.compile(r"符合|满足|具[有备]|任[一意]|或|以上")
_NUMBERED = re.compile(r"^(?:（?\d{1,3}[.．、）]|[①-⑳·•●▪■◆○]\s*(?=\S))")
_PARENTHESES = re.compile(r"（[^（）]*）")
_LABELLED = re.compile(
    r"(?:^|(?<=[\n。；）：]))[^，。；：（）\n]{1,12}（共?(?P<count>\d{1,3})(?:个|家|名|件|项|位)）：\n?(?P<items>[^。；：\n]{5,})"
)
_DATED = re.compile(r"\d{1,4}(?:年|月|月份|季度|月\d{1,2}日)$")
_NUMBERED_FROM = re.compile(
    rf"(?<![第\d.])(?P<count>\d{{1,3}})(?:{UNITS})[^，。；：（\d]{{0,14}}(?:，|（)(?:编号|序号|代码|排序)[\u4e00-\u9fff]{{0,2}}?[自从由为]?第?[A-Z]{{0,3}}(?P<first>\d{{1,4}})号?(?:至|到|—+|-|~|－)第?[A-Z]{{0,3}}(?P<last>\d{{1,4}})"
)
_SERIES = re.compile(
    r"(?P<count>\d{1,4})(?P<unit>[期号辑批份次届轮季])(?:（|，?(?:即|从|为|自)|，编号)(?:编号)?[为从自]?总?第?(?P<first>\d{1,5})(?!\d|月)(?P=unit)?[^，。；\d]{0,4}(?:至|到|—+|-|~|－)总?第?(?P<last>\d{1,5})(?P=unit)?"
)
_NUMBERED_ON = re.compile(
    r"第(?P<first>\d{1,4})(?P<unit>[期号辑批份次届轮季])?[^，。；\d]{0,5}(?:至|到|—+|-|~|－)第?(?P<last>\d{1,4})(?P<kind>[期号辑批份次届轮季])(?![^，。；]*[上下]半年)[^。；\d]{0,12}?(?<!第)(?P<count>\d{1,4})(?P=kind)(?![^。；]*第\d)"
)
_OF_EACH = re.compile(r"[每各][^，。；]{0,3}$")
_NAMED_SO = frozenset("局委办厅县区市镇乡社院站所校处科股")
_LEAST_ITEMS, _LEAST_OF_PLACES, _LONGEST_ITEM = 3, 2, 16


def check_listings(paper: Paper) -> Iterator[Contradiction]:
    """Compare stated numbers of items with the items listed."""
    for sentence in paper.sentences:
        yield from _closed(paper, sentence)
        yield from _titles(paper, sentence)
        yield from _named(paper, sentence)
        yield from _bracketed(paper, sentence)
        yield from _series(paper, sentence)
        yield from _parted(paper, sentence)
    for index, line in enumerate(paper.lines):
        yield from _ordered(paper, line, paper.lines[index + 1 : index + 16])
        yield from _marked(paper, line)
        yield from _in_turn(paper, line)
        yield from _lines(paper, line, paper.lines[index + 1 : index + 16])
        yield from _below(paper, line, paper.lines[index + 1 :])
    for sentence in paper.sentences:
        yield from _led(paper, sentence)
    yield from _labelled(paper)
    yield from _tabled(paper)
    yield from _parts(paper)


def _closed(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    text = _PARENTHESES.sub(lambda match: "■" * len(match[0]), sentence.text)
    for match in _CLOSED.finditer(text):
        items = _items_before(text, match.start())
        count = chinese_number(match["count"]) or 0
        if match["comma"] and not match["all"]:
            continue
        apart = match["kind"] in _COUNTED_APART and not match["etc"]
        goes_on = text.startswith("、", match.end()) and not match["etc"]
        if goes_on or (items and items[-1].endswith(("各", "均", "每", "的"))):
            continue
        organs = bool(items) and all(item[-1:] in _NAMED_SO for item in items)
        places = re.fullmatch(_PLACES, match["kind"]) is not None
        persons = match["kind"] in {"位", "名", "人"} and all(_PERSON.match(item) for item in items)
        least = _LEAST_OF_PLACES if organs or places or persons else _LEAST_ITEMS
        named_apart = places and items and _NOT_PLACES.search("".join(items[-1:]))
        if match["kind"] == "人" and any(len(item) > _LONGEST_NAME and not _TITLED.search(item) for item in items):
            continue
        joined = bool(match["all"] and items and re.search(r"[和及与]", items[-1]))
        if (
            apart
            or named_apart
            or len(items) + joined < least
            or not mismatch(items, count, is_open=bool(match["etc"]))
        ):
            continue
        start = match.start() - sum(map(len, items)) - len(items) + 1
        yield _found(paper, sentence, (max(start, 0), match.end("kind")), len(items), count)


def _led(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 前4个县分别是甲、乙、丙、丁."""
    text = _PARENTHESES.sub(lambda match: "■" * len(match[0]), sentence.text)
    for match in _LED.finditer(text):
        items = match["items"].split("、")
        count = chinese_number(match["count"]) or 0
        dated = all(_DATED.search(item) for item in items)
        whole = (dated or not re.search(r"等|\d", match["items"])) and all(len(item) <= _LONGEST_ITEM for item in items)
        ends = match[0][: match.start("items") - match.start()].endswith("：") and match.end() == len(text)
        least = _LEAST_OF_PLACES if match["turn"] or ends else _LEAST_ITEMS
        several = re.search(r"分别|依次", match["turn"] or "") or match[0][
            : match.start("items") - match.start()
        ].endswith("：")
        if _BECOMES.search(match[0][: match.start("items") - match.start()]):
            continue
        single = match["count"] == "1" and several and not _OF_EACH.search(text[: match.start()])
        if whole and (single or (len(items) >= least and mismatch(items, count, is_open=False))):
            yield _found(paper, sentence, (match.start(), match.end()), len(items), count)


def _titles(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 《甲办法》《乙规定》两项制度."""
    for match in _QUOTED.finditer(sentence.text):
        titles = re.findall(r"《[^《》]+》|“[^“”]+”", match["titles"])
        count = chinese_number(match["count"]) or 0
        if mismatch(titles, count, is_open=bool(match["etc"])) or (
            count == 1 and titles[0][0] == "《" and not match["etc"]
        ):
            yield _found(paper, sentence, match.span(), len(titles), count)


def _named(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 三个品牌，即“甲”“乙”“丙” and “五公开”（决策公开、执行公开……）."""
    for match in _NAMED.finditer(sentence.text):
        items = re.findall(r"[“《][^“”《》]+[”》]", match["items"])
        if mismatch(items, chinese_number(match["count"]) or 0, is_open=sentence.text.startswith("等", match.end())):
            yield _found(paper, sentence, match.span(), len(items), chinese_number(match["count"]) or 0)
    for match in _SLOGAN.finditer(sentence.text):
        items = match["items"].split("、")
        alike = len(items) >= _LEAST_ITEMS and all(match["of"] in item for item in items)
        if alike and mismatch(items, chinese_number(match["count"]) or 0, is_open=False):
            yield _found(paper, sentence, match.span(), len(items), chinese_number(match["count"]) or 0)


def _bracketed(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 连续三年（2021年、2022年、2023年）and 三个县（甲县、乙县、丙县）."""
    for match in _BRACKETED.finditer(sentence.text):
        items = _apart(match["items"])
        short = all(1 < len(item) <= _LONGEST_ITEM and not _NO_LIST.search(item) for item in items)
        if (
            short
            and (
                len(items) >= _LEAST_ITEMS
                or all(map(_DATED.search, items))
                or (chinese_number(match["count"]) == _LEAST_ITEMS and match["of"])
            )
            and mismatch(items, chinese_number(match["count"]) or 0, is_open=False)
        ):
            yield _found(paper, sentence, match.span(), len(items), chinese_number(match["count"]) or 0)


def _apart(items: str) -> list[str]:
    """Part a list at 、, one of months or years at 和 too."""
    pieces = re.split(r"[、和及与]", items)
    return pieces if all(_DATED.fullmatch(piece) for piece in pieces) else items.split("、")


def _series(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 简报12期（总第41期至第52期）."""
    for match in (
        *_SERIES.finditer(sentence.text),
        *_NUMBERED_ON.finditer(sentence.text),
        *_NUMBERED_FROM.finditer(sentence.text),
    ):
        count, listed = int(match["count"]), int(match["last"]) - int(match["first"]) + 1
        if listed > 1 and count != listed:
            yield _found(paper, sentence, match.span(), listed, count)


def _parted(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 发布会4场，主题分别为：甲；乙；丙；丁."""
    for match in _PARTED.finditer(sentence.text):
        items, count = match["items"].split("；"), chinese_number(match["count"]) or 0
        if not items[-1].endswith("等") and mismatch(items, count, is_open=False):
            yield _found(paper, sentence, match.span(), len(items), count)


def _items_before(text: str, end: int) -> list[str]:
    """Return the items, parted by 、, that stand directly before a count."""
    start = max(text.rfind(sign, 0, end) for sign in "，。；：“《\n") + 1
    listed = _FIGURED.sub("", _NUMBERING.sub("", text[start:end]))
    if "、" not in listed or listed.endswith("、") or re.search(r"\d", listed):
        return []
    return listed.split("、")


def _labelled(paper: Paper) -> Iterator[Contradiction]:
    """Check A类（11个）：甲、乙、丙……, on one line or with the items below."""
    for match in _LABELLED.finditer(paper.plain.text):
        items = re.sub(r"\d+(?:个|家)[^、]*$", "", _PARENTHESES.sub("", match["items"])).split("、")
        count = int(match["count"])
        if len(items) > 1 and count not in {len(items), len(items) + may_be_two(items[-1], items)}:
            yield _found(
                paper, Sentence(match[0], match.start()), (0, match.end("count") + 1 - match.start()), len(items), count
            )


def _found(paper: Paper, sentence: Sentence, place: tuple[int, int], listed: int, count: int) -> Contradiction:
    quote = paper.evidence(sentence.start + place[0], sentence.start + place[1])
    return paper.found("count-of-list", quote, count=count, listed=listed)


def _ordered(paper: Paper, line: Sentence, following: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 三个方面：一是……二是……, within a paragraph or over those that follow."""
    match = _ANNOUNCED.search(line.text)
    if match is None:
        return
    numbers = [chinese_number(found["number"]) or 0 for found in _ORDERED.finditer(line.text, match.end() - 2)]
    for later in following:
        opening = _ORDERED.match(later.text)
        if opening is None or (chinese_number(opening["number"]) or 0) != numbers[-1] + 1:
            break
        numbers += [chinese_number(found["number"]) or 0 for found in _ORDERED.finditer(later.text)]
    run = 0
    for number in numbers:
        if number != run + 1:
            break
        run = number
    count = chinese_number(match["count"]) or 0
    if run > 1 and count > 1 and count != run:
        yield _found(paper, line, (match.start(), match.end()), run, count)


def _marked(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 三类情形：1.……；2.…… and 五项工作。第一，……；第二，……, within a paragraph."""
    for match in _MARKED.finditer(line.text):
        mark = next(mark for mark in _MARKS if mark.match(line.text, match.end()))
        run = 0
        for found in mark.finditer(line.text, match.end()):
            if (chinese_number(found["number"]) or 0) != run + 1:
                break
            run += 1
        count = chinese_number(match["count"]) or 0
        if run > 1 and count > 1 and 0 < abs(count - run) <= 2:  # noqa: PLR2004 - a slip is near
            yield _found(paper, line, match.span(), run, count)


def _below(paper: Paper, line: Sentence, following: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 下列5份文件： against the numbered lines below."""
    match = _BELOW.search(line.text)
    if match is None or _CHOICE.search(line.text[max(0, match.start() - 6) :]):
        return
    listed = 0
    for later in following:
        if not _NUMBERED.match(later.text):
            break
        listed += 1
    count = chinese_number(match["count"] or match["named"]) or 0
    if listed > 1 and count != listed:
        yield _found(paper, line, (match.start(), match.end()), listed, count)


def _lines(paper: Paper, line: Sentence, following: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 入选的有3家： against the lines below that end with ；, up to the one that ends with 。."""
    match = _HAS.search(line.text)
    listed = 0
    for later in following if match else ():
        if len(later.text) > _LONGEST_LINE or later.text[-1] not in "；。、":
            return
        listed += 1
        if later.text.endswith("。"):
            break
    count = chinese_number(match["count"]) or 0 if match else 0
    if match and listed > 1 and mismatch(["甲"] * listed, count, is_open=False):
        yield _found(paper, line, match.span(), listed, count)


def _in_turn(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 三个方面：首先……其次……最后……, within a paragraph."""
    for match in _FIRST_OF.finditer(line.text):
        rest = line.text[match.end() :]
        run, count = 1 + len(_NEXT_OF.findall(rest)), chinese_number(match["count"]) or 0
        if re.search("最后|再次", rest) and count > 1 and 0 < abs(count - run) <= 2:  # noqa: PLR2004 - a slip is near
            yield _found(paper, line, match.span(), run, count)


def _tabled(paper: Paper) -> Iterator[Contradiction]:
    """Check 5个县得分如下 against the rows of the table below."""
    for table in paper.tables:
        line = paper.line_at(table.span.start)
        counts = list(_TABLED.finditer(paper.document.text, line.start, line.end)) if not table.flat else []
        rows = [row for row in table.rows[1:] if any(cell.text for cell in row) and not _SUMMED.match(row[0].text)]
        told = next((number for number in counts[0].group("count", "told", "below") if number), "") if counts else ""
        count = (chinese_number(told) or 0) if len(counts) == 1 else 0
        numbers = [row[0].text for row in rows]
        least = 1 if numbers == [str(at) for at in range(1, len(rows) + 1)] else _LEAST_ITEMS - 1
        if len(rows) > least and count >= least and 0 < abs(count - len(rows)) <= 2:  # noqa: PLR2004 - a slip is near
            quote = paper.quote(Span(counts[0].start(), counts[0].end()))
            yield paper.found("count-of-list", quote, count=count, listed=len(rows))


def _parts(paper: Paper) -> Iterator[Contradiction]:
    """Check 分六个部分 against the headings of the first level."""
    headings = [match for line in paper.lines if (match := _FIRST_LEVEL.match(line.text))]
    numbers = [chinese_number(match["number"]) or 0 for match in headings]
    for sentence in paper.sentences:
        match = _PARTS.search(sentence.text)
        if match is None or not re.search(r"报告|全文|内容|通报", sentence.text[: match.start()]):
            continue
        count = chinese_number(match["count"]) or 0
        if numbers and sorted(numbers) == list(range(1, len(numbers) + 1)) and count != len(numbers):
            yield _found(paper, sentence, (match.start(), match.end()), len(numbers), count)
