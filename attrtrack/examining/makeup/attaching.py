"""How a text speaks of its attachments: several named by number at once, each by its name, and tables and figures of its own."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.domain.documents import Element
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.nlp.normalizer import normalise

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
_SEVERAL = re.compile(
    rf"附[件表](?P<one>{_NUMBER})(?:(?P<to>[至到]|—+|-|~|－)|[、和及与])附?[件表]?(?P<other>{_NUMBER})(?P<more>(?:[、和及与]附?[件表]?{_NUMBER})*)(?![\d号年月日条])"
)
_ONE = re.compile(
    rf"附[件表](?P<number>{_NUMBER})(?![\d号年月日条一二三四五六七八九十]|[、和及与至到—~-]附?[件表]?{_NUMBER})"
)
_OTHERS = re.compile(r"[》号）]的?[^，。；：（]{0,4}$")
_OWN = re.compile(r"[见详按如照（将把填附为]$|^$|[，。；：]$")
_LEADS = re.compile(r"[》”]?(?:，|，?(?:详细?)?[见如]|，?具体[见如]|（(?:详?[见如])?|的?(?:样表|模板|格式)?[见如])$")
_HEADING = re.compile(rf"^[〔（—]{{0,6}}附[件表]?之?(?P<number>{_NUMBER})：?[〕）—]{{0,6}}$")
_CAPTION = re.compile(
    rf"^(?:附[件表图]?：)?(?P<form>样?)(?P<kind>[表图])(?P<number>\d(?=(?:19|20)\d{{2}}[年—~－-])|{_NUMBER})(?:[：.．、（ \u3000-]|(?=[\u4e00-\u9fff]|(?:19|20)\d{{2}}))"
)
_POINTED = re.compile(
    rf"(?:[见如由从在和及、与]|详见)(?P<kind>[表图])(?P<number>{_NUMBER})(?!\d|[、.]\d)|(?:^|[，；：。的、和])(?P<own>样?[表图])(?P<other>{_NUMBER})(?=反映|所[列示载]|列|[为是供由]|统计|收录|适用)"
)
_LONGEST_CAPTION, _LEAST_NAME, _MOST_NAME, _MOST_OFF = 40, 3, 30, 3


def check_attaching(paper: Paper) -> Iterator[Contradiction]:
    """Compare how sentences speak of attachments, tables and figures with those that there are."""
    elements = [
        item for item in paper.document.elements if item.name in {"attachment", "attachment_absent"} and item.span
    ]
    first = min((item.span.start for item in elements if item.span), default=0)
    body = [
        one
        for one in paper.sentences
        if not elements or paper.plain.source_span(one.start, one.start + 1).start < first
    ]
    if elements:
        for sentence in body:
            yield from _several(paper, sentence, elements)
            yield from _by_name(paper, sentence, elements)
        yield from _misnumbered(paper, elements)
    yield from _captions(paper)


def _several(paper: Paper, sentence: Sentence, elements: Sequence[Element]) -> Iterator[Contradiction]:
    """Check 详见附件1、3 and 见附件1至3, （见附件3） behind a title of its own, and 附表3 where the list calls them so: none is greater than those there are."""
    headed = [chinese_number(match["number"]) or 0 for line in paper.lines if (match := _HEADING.match(line.text))]
    known = max(len(elements), *headed, 0)
    of_tables = any(line.text.startswith("附表：") for line in paper.lines)
    for match in (*_SEVERAL.finditer(sentence.text), *_ONE.finditer(sentence.text)):
        lead = sentence.text[: match.start()]
        numbers = [chinese_number(item) or 0 for item in re.findall(_NUMBER, match[0])]
        ours = "《" not in lead[-_MOST_NAME:] or (_OWN.search(lead) and not _OTHERS.search(lead))
        several = len(numbers) > 1 or "《" in lead[-_MOST_NAME:] or (of_tables and match[0].startswith("附表"))
        if ours and several and known < max(numbers) <= known + _MOST_OFF:
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found("attachment-not-listed", place, reference=match[0], kind="附件", known=known)


def _by_name(paper: Paper, sentence: Sentence, elements: Sequence[Element]) -> Iterator[Contradiction]:
    """Check 《问题清单》见附件2: an attachment called by its name bears the number it has in the list."""
    names = [_bare(item.text) for item in elements]
    for match in _ONE.finditer(sentence.text):
        number, lead = chinese_number(match["number"]) or 0, _LEADS.sub("", sentence.text[: match.start()])
        rest = sentence.text[match.end() :]
        behind = rest[:1] in {*"为是：《反列载显所系"} or any(name and _bare(rest).startswith(name) for name in names)
        if behind or not 0 < number <= len(names) or lead == sentence.text[: match.start()]:
            continue
        told = _bare(lead[-_MOST_NAME:])
        called = [at for at, name in enumerate(names) if len(name) >= _LEAST_NAME and told.endswith(name)]
        span = elements[number - 1].span
        if called and number - 1 not in called and span:
            name = names[called[-1]]
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found(
                "attachment-name", place, paper.quote(span), number=number, named=names[number - 1], title=name
            )


def _misnumbered(paper: Paper, elements: Sequence[Element]) -> Iterator[Contradiction]:
    """Check that what is headed 附件3 below is not the second of the list, where no heading 附件2 stands."""
    names = [_bare(item.text) for item in elements]
    headed = [
        (chinese_number(match["number"]) or 0, line, paper.lines[at + 1])
        for at, line in enumerate(paper.lines[:-1])
        if (match := _HEADING.match(line.text))
    ]
    numbers = {number for number, _, _ in headed}
    for number, line, title in headed:
        same = [at + 1 for at, name in enumerate(names) if name and name == _bare(title.text)]
        if len(names) > 1 and len(same) == 1 and same[0] != number and same[0] not in numbers:
            place = paper.evidence(line.start, line.start + len(line.text))
            if number > len(names):
                yield paper.found(
                    "attachment-not-listed", place, reference=f"附件{number}", kind="附件", known=len(names)
                )
            else:
                title_of = names[number - 1]
                yield paper.found("attachment-name", place, number=number, named=title_of, title=names[same[0] - 1])


def _captions(paper: Paper) -> Iterator[Contradiction]:
    """Check 见表3, 表三反映诉讼 and 样表二供区县使用 against the captions of the text: 表1, 表2."""
    known: dict[str, set[int]] = {}
    printed = [line.text for line in paper.lines]
    for text in (*printed, *(normalise(cell.text).text for cell in paper.captions)):
        match = _CAPTION.match(text)
        if match and len(text) <= _LONGEST_CAPTION and not text.endswith("。"):
            known.setdefault(match["form"] + match["kind"], set()).add(chinese_number(match["number"]) or 0)
    for sentence in paper.sentences if known else ():
        for match in _POINTED.finditer(sentence.text) if sentence.text not in printed else ():
            kind, number = match["kind"] or match["own"], chinese_number(match["number"] or match["other"]) or 0
            numbers = known.get(kind, set())
            left_out = len(numbers) > 1 and number not in numbers and (number < max(numbers) or kind.startswith("样"))
            if numbers and (max(numbers) < number <= max(numbers) + _MOST_OFF or left_out):
                start = match.start("kind" if match["kind"] else "own")
                place = paper.evidence(sentence.start + start, sentence.start + match.end())
                yield paper.found("attachment-not-listed", place, reference=place.quote, kind=kind, known=len(numbers))


def _bare(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff0-9a-zA-Z]|docx?$|xlsx?$|pdf$", "", normalise(text).text)
