"""How many are enclosed: what sentences count (附件共3份, 后附三张表, 佐证材料五份附后, 三册（附件1至附件3）) against the list."""

import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.makeup.enclosed import NUMBER, Listing, listings_of, number_of
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper

_MANY = r"(?P<many>\d{1,2}|[两二三四五六七八九十]{1,2})"
_UNIT = r"[个份件张册本幅种项类套]"
_NOUN = r"(?:[\u4e00-\u9fff]{0,6}?)(?:附件|附表|附图|附录|材料|文书|表格|表单|样表|图表|表|图|目录|清单|名单|文件|资料|模板|文本)"
_FORMS = (
    re.compile(rf"(?P<said>附[件表图录])(?:材料)?（?(?:共|共有|共计|合计|总计|计|总共|一共|有|为)*{_MANY}(?:{_UNIT})"),
    re.compile(
        rf"(?P<said>附)[^，。；：各每]{{0,12}}?(?<![第前后各每\d])(?:共|计|等|以下|下列|如下)*{_MANY}(?:{_UNIT})(?={_NOUN})"
    ),
    re.compile(
        rf"(?:材料|表格|报表|图表|样表|文书|清单|目录|资料)(?:共|共有|共计|计|等)*{_MANY}(?:{_UNIT})，?(?:一并|随文)?(?P<said>附后|附上|随文|见附件|作为附件|附[于在])"
    ),
    re.compile(
        rf"(?P<said>附)[送上有]?(?:佐证|证明|相关|有关|书面)?(?:材料|资料|表格|报表)(?:共|计)*{_MANY}(?:{_UNIT})"
    ),
    re.compile(
        rf"(?<![第前后各每\d]){_MANY}(?:{_UNIT})(?:{_NOUN})，?(?:一并|均|也|已|随[文函信件])*(?P<said>附[后上送]|随[文函信])"
    ),
    re.compile(rf"(?<![第前后各每\d上这]){_MANY}(?:{_UNIT})(?P<said>附[件表图录])(?![之中内\d])"),
    re.compile(
        rf"(?P<said>附[件表图])(?:清单|目录)?(?:如下)?，(?:共|计|共计|合计)(?:有)?{_MANY}(?:{_UNIT})(?=[：，。；）])"
    ),
    re.compile(rf"(?:以上|上述|这){_MANY}(?:{_UNIT})(?P<said>附[件表图录])"),
    re.compile(rf"(?<![第前后各每\d]){_MANY}[表图]，?(?:一并|均|也|已)*(?P<said>附[后上送])"),
    re.compile(
        rf"(?P<said>附)(?:[后上]|(?=[：，]))[：，]?(?:图表|附件|附表|附图|材料|表格)(?:共有?|共计|计|合计|总计){_MANY}(?:{_UNIT})"
    ),
)
_RANGE = re.compile(
    rf"(?<![第前后各每\d]){_MANY}(?:{_UNIT})?(?:[\u4e00-\u9fff]{{0,4}}?)(?:（|分?别?(?:见|列为|作为|编为|为)|（?详?见)附(?P<kind>[件表图录])(?P<numbers>{NUMBER}(?:[、和及与至到—~－-]+附?[件表图录]?{NUMBER})+)(?![\d号年月])"
)
_ONE = re.compile(
    r"(?:仅|只|共)有?[^，。；：]{0,4}?(?P<said>附[件表图]?)(?:有|上)?(?:共)?[一1][个份张件项](?!式)|(?:仅|只)有?[一1][个份张件项](?P<kind>附[件表图])"
)
_NONE = re.compile(r"(?<![有])(?:无|没有|未附|不附|不再附)附件(?=[，。；）]|$)")
_EMPTY = re.compile(r"^附件：?（?无）?$")
_POINTED = re.compile(r"[见按]附件(?=[，。；）]|$)")
_GATHERED = re.compile("材料|资料|汇编|选编|图片|照片|截图|表格|报表|图表|文书|文本|套表|系列|等|若干|[各多]")
_COPIES = re.compile(r"一式|各[一二三两\d]|每")
_LEAST, _MOST, _MOST_OFF = 2, 15, 3


def check_numbering(paper: Paper) -> Iterator[Contradiction]:
    """Compare the counts that sentences tell of what is enclosed with the list, and with the numbers told beside them."""
    groups = listings_of(paper)
    yield from _none(paper, listed=len(groups[0].items) if groups else 0)
    seen: set[int] = set()
    for sentence in paper.sentences:
        for match in _RANGE.finditer(sentence.text):
            numbers = [number_of(one) for one in re.findall(NUMBER, match["numbers"])]
            spanned = re.search("[至到—~－-]", match["numbers"])
            named = numbers[-1] - numbers[0] + 1 if spanned and len(numbers) == 2 else len(numbers)  # noqa: PLR2004
            count = chinese_number(match["many"]) or 0
            if count >= _LEAST and count != named and abs(count - named) <= _MOST_OFF:
                place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
                yield paper.found("count-of-list", place, count=count, listed=named)
        for form in _FORMS if groups and not _COPIES.search(sentence.text) else ():
            for match in form.finditer(sentence.text):
                count, listed = chinese_number(match["many"]) or 0, _listed(groups[0], match["said"])
                alone = listed < _LEAST and _of_many(groups[0].items[0].title, match["many"])
                if sentence.start + match.start("many") in seen or alone or not _LEAST <= count <= _MOST:
                    continue
                seen.add(sentence.start + match.start("many"))
                if 0 < abs(count - listed) <= _MOST_OFF:
                    place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
                    yield paper.found("count-of-list", place, count=count, listed=listed)


def _none(paper: Paper, *, listed: int) -> Iterator[Contradiction]:
    """Check 本报告无附件 and 仅附一份材料 above a list, and 见附件 above 附件：无."""
    for sentence in paper.sentences if listed else ():
        if none := _NONE.search(sentence.text):
            place = paper.evidence(sentence.start + none.start(), sentence.start + none.end())
            yield paper.found("count-of-list", place, count=0, listed=listed)
        if listed > 1 and (one := _ONE.search(sentence.text)) and not _COPIES.search(sentence.text):
            place = paper.evidence(sentence.start + one.start(), sentence.start + one.end())
            yield paper.found("count-of-list", place, count=1, listed=listed)
    if not listed and any(_EMPTY.match(line.text) and "无" in line.text for line in paper.lines):
        for sentence in paper.sentences:
            if pointed := _POINTED.search(sentence.text):
                place = paper.evidence(sentence.start + pointed.start(), sentence.start + pointed.end())
                yield paper.found("attachment-unlisted", place, reference=place.quote)
                return


def _of_many(title: str, many: str) -> bool:
    """Whether one title may stand for several things: 佐证材料, 制度汇编（五份）."""
    return bool(_GATHERED.search(title)) or many in title


def _listed(listing: Listing, said: str) -> int:
    """Return how many the list has of the kind that is counted, or of all where it has none of it."""
    own = [item for item in listing.items if said == f"附{item.kind}"]
    return len(own or listing.items)
