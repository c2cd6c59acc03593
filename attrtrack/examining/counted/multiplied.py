"""Counts that follow by number: 23户各1件 makes 23件, 一式两份 with 5家 10份, 12期 ends with 第12期, 每月一期 makes 12期."""

import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import near_slip
from attrtrack.examining.text.figures import chinese_number, counts_told
from attrtrack.examining.text.paper import Paper, Sentence

_COUNT = r"\d{1,4}|[一二两三四五六七八九十]{1,3}"
_NOT_BEFORE = r"(?<![第\d.一二三四五六七八九十])"
_HOLDERS = "户|家|名|人|所|位|个"
_EACH = re.compile(
    rf"{_NOT_BEFORE}(?P<many>{_COUNT})(?P<holder>{_HOLDERS})(?!月|小时|工作日)[^，。；：\d]{{0,20}}?(?:分别|各自?|每[户家名人所位个])[^。；：\d]{{0,20}}?(?P<per>{_COUNT})(?P<unit>[件份本册篇条场次期项张封台套幅])(?!以)[^。；]{{0,4}}[，。；][^，。；\d]{{0,10}}?(?P<tie>共计?|合计|累计|总计|受理|收到|接收|登记|发放|一共|总共)了?(?P<total>{_COUNT})(?P=unit)"
)
_COPIES = re.compile(
    rf"{_NOT_BEFORE}(?P<many>{_COUNT})(?:{_HOLDERS})[^。；\d]{{0,40}}?一式(?P<per>[二两三四五六]|\d)份[^。；\d]{{0,8}}?(?:共计?|合计|总计|一共|总共)(?P<total>{_COUNT})(?P<unit>份)"
)
_LAST_OF = re.compile(
    rf"{_NOT_BEFORE}(?P<count>\d{{1,3}})(?P<unit>[期号辑批次场讲届])(?P<between>[^。；]{{0,60}}?)(?:末|最后一|收官|最末一|尾)(?P=unit)(?P<led>[^，。；\d]{{0,4}}(?:\d{{1,2}}月)?[^，。；\d]{{0,10}}?)第(?P<last>\d{{1,3}})(?P=unit)"
)
_FIRST = re.compile(r"第(?P<number>\d{1,4}|[一二三四五六七八九十]{1,3})[期号辑批次场讲届]|首期|创刊|总第")
_REGULAR = re.compile(
    rf"{_NOT_BEFORE}(?P<count>\d{{1,3}}|[二两三四五六七八九十]{{1,3}})(?P<unit>[期次轮场批篇份辑])，?(?:[^，。；：\d]{{0,8}}?)(?:平均)?(?P<period>每个?月|每半月|每旬|每个?季度?|每两个月|每双月|每半年|按月|按季度?)(?:[编出刊发印推召开举办组织]{{0,3}})(?P<per>[一1二2两])(?P=unit)(?P<after>[^。；]{{0,24}})"
)
_WHOLE_YEAR = re.compile(
    r"从未[间中]断|从不间断|没有间断|未[曾有]?间断|无一[间中]断|期期|(?:从|由)?1月(?:份)?(?:起)?[到至—-]12月|月月|季季|一期不落|一期未断|雷打不动|从无[间中]断"
)
_YEAR = re.compile(r"全年|今年|本年|年内|去年|(?:19|20)\d{2}年")
_PART_OF_YEAR = re.compile(r"半年|季度(?!一|1)|截至|月起|以来|\d月(?:份)?[至到—-](?!12)")
_IN_YEAR = {"每月": 12, "每个月": 12, "按月": 12, "每半月": 24, "每旬": 36, "每两个月": 6, "每双月": 6, "每半年": 2}
_QUARTERS, _EACH_AND_ALL = 4, 2


def check_multiplied(paper: Paper) -> Iterator[Contradiction]:
    """Work out each total, last number or year's count from what stands beside it."""
    for sentence in paper.sentences:
        for match in (*_EACH.finditer(sentence.text), *_COPIES.finditer(sentence.text)):
            yield from _times(paper, sentence, match)
        for match in _LAST_OF.finditer(sentence.text):
            yield from _last(paper, sentence, match)
        for match in _REGULAR.finditer(sentence.text):
            yield from _regular(paper, sentence, match)


def _number(text: str) -> int:
    return chinese_number(text) or 0


def _times(paper: Paper, sentence: Sentence, match: re.Match[str]) -> Iterator[Contradiction]:
    """Check 23户居民分别提交申请各1件，受理23件 and 与5家街道签订协议，一式两份，共10份."""
    many, per, total = _number(match["many"]), _number(match["per"]), _number(match["total"])
    between = sentence.text[match.start() : match.end()]
    told = [one for one in counts_told(sentence) if match.start() <= one.start < match.end()]
    alike = sum(one.unit == match["unit"] for one in told)
    if many > 1 and alike <= _EACH_AND_ALL and not re.search("[余多]|以上|至少|左右|其[中余]", between):
        worked_out = many * per
        if near_slip(total, worked_out):
            place = paper.evidence(sentence.start + match.start("total"), sentence.start + match.end())
            yield paper.found(
                "figure-follows",
                place,
                worked_out=f"{worked_out}{match['unit']}",
                stated=match["total"] + match["unit"],
            )


def _last(paper: Paper, sentence: Sentence, match: re.Match[str]) -> Iterator[Contradiction]:
    """Check 简报12期，每月1期，最后一期为12月编发的第12期: numbered from one on."""
    first = _FIRST.search(match["between"])
    if (first and first["number"] and _number(first["number"]) != 1) or "总第" in match[0]:
        return
    count, last = int(match["count"]), int(match["last"])
    if near_slip(count, last) and count > 1:
        place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
        yield paper.found("count-of-list", place, count=count, listed=last)


def _regular(paper: Paper, sentence: Sentence, match: re.Match[str]) -> Iterator[Contradiction]:
    """Check 简报14期，每月一期，从未间断: the whole year through."""
    around = sentence.text[: match.start()] + match["after"]
    whole = _WHOLE_YEAR.search(match["after"])
    if whole is None or not _YEAR.search(sentence.text) or _PART_OF_YEAR.search(around):
        return
    expected = _IN_YEAR.get(match["period"], _QUARTERS) * _number(match["per"])
    stated = _number(match["count"])
    if near_slip(stated, expected):
        place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
        yield paper.found(
            "rounds-of-year",
            place,
            period=match["period"].removeprefix("每"),
            unit=match["unit"],
            expected=expected,
            stated=stated,
        )
