"""Counts that point back at names: a table above, the list just told, names told turn by turn or with their titles, the one count of a unit."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.domain.evidence import Span
from attrtrack.examining.text.figures import UNITS, chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_COUNT = r"(?P<count>\d{1,3}|[二两三四五六七八九十]{1,3})"
_AFTER_TABLE = re.compile(
    rf"(?:注：)?(?:以上|上述|上列|上表|表中|表内|(?<=：)?本?(?=共[设有列计]))(?:所列|列出)?的?[^，。；：\d]{{0,12}}?(?:共计?|合计|总计)?{_COUNT}[个家名项条所件处人位户](?!月|以上)"
)
_SUMMED = re.compile(r"^(?:总计|合计|共计|小计|平均|备注|说明|注)")
_BACK = re.compile(
    rf"(?:(?:上述|以上|前述|上列)(?:所列|所述|列出|提到)?的?(?:这)?|(?<![\u4e00-\u9fff])这|(?<=[对就围绕照从把将])这){_COUNT}(?:{UNITS}|大|方面)"
)
_LISTS = re.compile(
    r"(?:《[^《》]{2,60}》[、，]?){2,}|(?:“[^“”]{2,40}”[、，]?){2,}"
    r"|(?:即|包括|分为|[有是为：])(?P<items>[^，。；：、（）“”《》\d]{2,16}(?:、[^，。；：、（）“”《》\d]{2,16}){2,})(?=[，。；]|$)"
)
_IN_TURN = re.compile(
    r"(?P<turn>第[一二三四五六七八九十\d]{1,2}|(?<=[，；：、])另?一(?=[路组队批]))[\u4e00-\u9fff]{0,6}?(?:抽查|检查|查看|督查|督导|调研|走访|巡查|负责|走进|覆盖|涉及|培训|联系|评估|考核|赴|到|去)(?:了)?(?P<names>[^，。；：\d（）“”《》]+)(?=[，。；]|$)"
)
_ALL_OF_THEM = re.compile(
    rf"(?:共计?|合计|累计|总计|总共|一共)[\u4e00-\u9fff]{{0,8}}?{_COUNT}[个家所处名户站县市区镇乡村校](?!月|以上)"
)
_WITH_TITLES = re.compile(
    rf"(?:[有为是：]|包括)(?P<names>[^。；：\d（）]{{4,120}})，(?:上述|以上|这)?{_COUNT}[人名位](?=[\u4e00-\u9fff])"
)
_TITLE = re.compile(
    r"代表|干部|主任|书记|局长|科长|处长|所长|校长|院长|经理|专家|律师|教授|委员|医生|教师|居民|村民|会计|员"
)
_ALONE = re.compile(
    rf"(?:^|(?<=[，；。]))(?:上述|以上)?{_COUNT}(?P<unit>{UNITS})(?=均|都|全部|皆|悉数|无一|已全部|已均|合计|共计|累计|加起来|合起来)"
)
_NAME, _LEAST, _MOST_OFF, _LONGEST, _NEAR, _LONGEST_LINE, _BEFORE = 4, 2, 2, 16, 40, 80, 3


def check_pointing(paper: Paper) -> Iterator[Contradiction]:
    """Count what stands before each count that points back."""
    yield from _after_table(paper)
    for line in paper.lines:
        yield from _in_turn(paper, line)
    for at, sentence in enumerate(paper.sentences):
        before = paper.sentences[max(0, at - _BEFORE) : at]
        yield from _of_list(paper, sentence, before[-1:])
        yield from _with_titles(paper, sentence)
        yield from _alone(paper, sentence, before)


def _number(match: re.Match[str]) -> int:
    return chinese_number(match["count"]) or 0


def _found(
    paper: Paper, sentence: Sentence, span: tuple[int, int], *, count: int, listed: int
) -> Iterator[Contradiction]:
    if count > 1 and 0 < abs(count - listed) <= _MOST_OFF:
        place = paper.evidence(sentence.start + span[0], sentence.start + span[1])
        yield paper.found("count-of-list", place, count=count, listed=listed)


def _after_table(paper: Paper) -> Iterator[Contradiction]:
    """Check 以上扣分单位共计4家 in the line right below a table of so many rows, numbered from one on."""
    for table in paper.tables:
        below = paper.document.text[table.span.end :].lstrip()
        start = len(paper.document.text) - len(below)
        match = _AFTER_TABLE.match(below.partition("\n")[0][:_LONGEST_LINE])
        rows = [row for row in table.rows[1:] if any(cell.text for cell in row) and not _SUMMED.match(row[0].text)]
        numbered = [row[0].text for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
        if match and numbered and len(rows) >= _LEAST and 0 < abs(_number(match) - len(rows)) <= _MOST_OFF:
            quote = paper.quote(Span(start, start + match.end()))
            yield paper.found("count-of-list", quote, count=_number(match), listed=len(rows))


def _of_list(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 五公开即决策公开、……、结果公开。把这5项要求……: the one list of the passage, and no other count of the kind."""
    for match in _BACK.finditer(sentence.text):
        texts = [*(one.text for one in before), sentence.text[: match.start()]]
        lists = [found for text in texts for found in _LISTS.finditer(text)]
        if len(lists) != 1 or re.search(r"等|[和及与]|一是|首先|其一", lists[0][0]):
            continue
        items = lists[0]["items"].split("、") if lists[0]["items"] else re.findall("[》”]", lists[0][0])
        told = {
            int(item.value)
            for one in (*before, Sentence(sentence.text[: match.start()], 0))
            for item in counts_told(one)
            if item.value > 1
        }
        if _number(match) not in told:
            yield from _found(paper, sentence, match.span(), count=_number(match), listed=len(items))


def _in_turn(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 第一批到甲院、乙院，第二批到丙院，共到3家医院."""
    turns = list(_IN_TURN.finditer(line.text))
    told = [chinese_number(match["turn"][1:]) or at for at, match in enumerate(turns, start=1)]
    whole = _ALL_OF_THEM.search(line.text, turns[-1].end()) if turns else None
    if whole is None or told != list(range(1, len(told) + 1)) or len(told) < _LEAST:
        return
    names = [name for match in turns for name in match["names"].split("、")]
    plain = all(1 < len(name) <= _LONGEST and not re.search("[和及与]", name) for name in names)
    is_open = any(name.endswith("等") and len(name) > _LEAST for name in names)
    if plain and not is_open and whole.start() - turns[-1].end() <= _NEAR and len(set(names)) == len(names):
        yield from _found(paper, line, whole.span(), count=_number(whole), listed=len(names))


def _with_titles(paper: Paper, sentence: Sentence) -> Iterator[Contradiction]:
    """Check 有居民代表王某某、李某某，社区干部赵某，3人围绕……: clauses of a title and names."""
    for match in _WITH_TITLES.finditer(sentence.text):
        clauses = [clause.split("、") for clause in match["names"].split("，")]
        titled = all(_TITLE.search(clause[0]) and len(clause[0]) <= _LONGEST for clause in clauses)
        named = all(1 < len(name) <= _NAME or _TITLE.search(name) for clause in clauses for name in clause[1:])
        listed = sum(map(len, clauses))
        if titled and named and listed > _LEAST and not re.search("等|[和及与]", match["names"]):
            yield from _found(paper, sentence, match.span("count"), count=_number(match), listed=listed)


def _alone(paper: Paper, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Check 收到复议3件，申请人是……；3件均已结案: the unit alone, of which one count was told, or one with its parts."""
    for match in _ALONE.finditer(sentence.text):
        told = [
            int(item.value)
            for item in counts_told(sentence)
            if item.end <= match.start() and item.unit == match["unit"]
        ]
        for one in reversed(before):
            if not told or max(told) == 1:
                told = [int(item.value) for item in counts_told(one) if item.unit == match["unit"]] + told
        whole, parts = (told[0], told[1:]) if told else (0, [])
        count = _number(match)
        single = whole > 1 and (not parts or set(parts) == {whole} or sum(parts) == whole)
        if single and count not in {whole, *parts} and 0 < abs(count - whole) <= max(_MOST_OFF, whole // 5):
            place = paper.evidence(sentence.start + match.start("count"), sentence.start + match.end("unit"))
            yield paper.found(
                "counts-differ", place, noun=match["unit"], first=f"{whole}{match['unit']}", second=place.quote
            )
