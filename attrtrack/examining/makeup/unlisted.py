"""What a text says to be enclosed, where no line of it names anything enclosed and nothing stands behind."""

import re
from collections.abc import Iterator

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.makeup.enclosed import NUMBER, listings_of
from attrtrack.examining.text.paper import Paper

_POINTED = re.compile(
    r"(?<!《)(?:详见|附见|(?<=》)（(?=附件）)|[见按如照填](?:本通[知报]|本报告)?(?:文[后末]|后附|所附)?(?:的|之)?|(?<!不)[作列]为)(?P<said>附件|(?<=[作列]为)附[表图录])(?!(?!一[并同])[之中内一二三四五六七八九十\d])(?=[，。；：）《要的所格样填]|一[并同][印下公发报]|报送|上报|印发|下发|公布|[列附]于|$)"
)
_ENCLOSED_BEHIND = re.compile(
    r"(?:[见如按照于]|填写|填报|文[后末]|所附|随文|附[有送]|具体为|后(?=附))[^，。；：（）《》]{0,6}?(?P<said>附[表图])(?!之?(?:\d|[一二三四五六七八九十](?![份张个并同]))|[属加带近])"
)
_ENCLOSED = re.compile(r"[》表单案录图书册](?P<said>（?(?:一并|均|已)?附后）?)(?=[，。；]|$)")
_BY_NUMBER = re.compile(rf"(?:[见如按照于为（]|^)(?P<said>附[件表图]{NUMBER}(?![\d号年月日条]))")
_SHOWN = re.compile(r"(?:^|[，；：])(?P<said>附[表图])(?=中“|所[列示])")
_ENDS = re.compile(
    r"(?:[\d一二三四五六七八九十〇○]{1,3}月[\d一二三四五六七八九十]{1,3}日(?:印发)?|（(?:此[件页]|联系)[^（）]*）|抄送：[^\n]*)\s*$"
)
_OTHERS = re.compile(r"(?:[》〕]|号)的?$|(?:通知|意见|方案|办法|规定|要点|条例|细则|文件)的?$")
_LINE = re.compile(r"^[〔（—【]{0,6}附(?!后)[^。]*$")
_DRAWN = re.compile(r"^[〔（—【]{0,6}[表图]")
_NUMBERED = re.compile(rf"附[件表图录]之?{NUMBER}")


def check_unlisted(paper: Paper) -> Iterator[Contradiction]:
    """Check 详见附件, 见后附表 and 名单附后 of a text that encloses nothing; 附后 only where the text is seen to end."""
    elements = any(item.name.startswith("attachment") for item in paper.document.elements)
    if elements or listings_of(paper) or any(_LINE.match(line.text) for line in paper.lines):
        return
    drawn = paper.tables or any(_DRAWN.match(line.text) for line in paper.lines) or _is_numbered(paper)
    ends = _ENDS.search(paper.plain.text)
    loose = () if drawn else (_ENCLOSED_BEHIND, *((_ENCLOSED, _SHOWN) if ends else ()))
    forms = (_POINTED, *loose, *((_BY_NUMBER,) if ends else ()))
    for sentence in paper.sentences:
        for form in forms:
            match = form.search(sentence.text)
            if match is None or (form is not _POINTED and _OTHERS.search(sentence.text[: match.start()])):
                continue
            start = max(sentence.text.rfind(sign, 0, match.start("said")) for sign in "，；：") + 1
            place = paper.evidence(sentence.start + start, sentence.start + match.end("said"))
            yield paper.found("attachment-unlisted", place, reference=place.quote)
            return


def _is_numbered(paper: Paper) -> bool:
    return any(_NUMBERED.search(sentence.text) for sentence in paper.sentences)
