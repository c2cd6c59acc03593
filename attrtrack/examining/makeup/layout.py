"""How a report is made up: head, headings in sequence, page numbers, attachments named and present."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction, Unchecked
from attrtrack.domain.documents import Element
from attrtrack.examining.makeup.enclosed import listings_of
from attrtrack.examining.makeup.inlining import check_inlined
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.nlp.normalizer import normalise

_LEVELS = (
    re.compile(r"^(?P<number>[一二三四五六七八九十]{1,3})、"),
    re.compile(r"^（(?P<number>[一二三四五六七八九十]{1,3})）"),
)
_RESIDUES = (re.compile(r"^(?P<number>\d{1,2})[、.．](?!\d)"), re.compile(r"^（(?P<number>\d{1,2})）"))
_SIGNS = ("一、", "（一）")
_LONGEST_HEADING = 40
_ENOUGH = 500
_REFERENCE = re.compile(r"(?:附件之?|(?<=[见如照])附)(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})(?!\d|号)")
_HEADING = re.compile(
    r"^[〔（—]{0,6}附件?之?(?P<number>\d{1,2}|[一二三四五六七八九十]{0,2})(?P<colon>：?)[〕）—]{0,6}$"
)
_LIST = re.compile(r"^附件?：(?P<number>\d{1,2})[.．、](?!\d(?!\d{3}))")
_NEXT = re.compile(r"^(?P<number>\d{1,2})[.．、](?!\d(?!\d{3}))")
_LONE_HEADING = re.compile(r"\n\s*附\s*件\s*[\d一二三四五六七八九十]{0,2}\s*[：:]?\s*$")
_PART = re.compile(r"（(?P<part>[一二三四五六])）$")
_DIGITS = re.compile(r"\d+")
_FEWEST_PAGES = 2


def check_head(paper: Paper) -> Iterator[Contradiction]:
    """A published report has a title and says who issues it; a text with neither lost its beginning."""
    document = paper.document
    stated = (document.title, document.issuer, document.number, document.date)
    if (
        document.format != "html"
        and not any(stated)
        and len(document.text) >= _ENOUGH
        and any(_LEVELS[0].match(line.text) for line in paper.lines)
    ):
        first = paper.lines[0]
        yield paper.found(
            "head-missing", paper.evidence(first.start, first.start + min(len(first.text), _LONGEST_HEADING))
        )


def check_headings(paper: Paper) -> Iterator[Contradiction]:
    """Headings follow one another; what stands in another numbering in its place is named."""
    for level, (proper, residue) in enumerate(zip(_LEVELS, _RESIDUES, strict=True)):
        found = list(_numbered(paper.lines, proper, residue, level))
        for index, (line, number, is_proper) in enumerate(found):
            if is_proper:
                continue
            before = next((item for item in reversed(found[:index]) if item[2]), None)
            after = found[index + 1] if index + 1 < len(found) else None
            if _stands_for(number, before, after, level):
                place = paper.evidence(line.start, line.start + min(len(line.text), _LONGEST_HEADING // 2))
                yield paper.found("heading-numbering", place, sign=_SIGNS[level], printed=_sign(line.text, residue))
        yield from _gaps(paper, found)


_Numbered = tuple[Sentence, int, bool]


def _numbered(
    lines: Sequence[Sentence], proper: re.Pattern[str], residue: re.Pattern[str], level: int
) -> Iterator[_Numbered]:
    for line in lines:
        if level and _LEVELS[0].match(line.text):
            yield line, 0, True
            continue
        for pattern, is_proper in ((proper, True), (residue, False)):
            if match := pattern.match(line.text):
                yield line, chinese_number(match["number"]) or 0, is_proper


def _stands_for(number: int, before: _Numbered | None, after: _Numbered | None, level: int) -> bool:
    """Whether an Arabic number fills the one place that is missing between Chinese ones."""
    follows = after is not None and after[2] and after[1] == number + 1
    opens = number == 1 and (before is None or (level == 1 and before[1] == 0)) and level == 1
    return follows and (opens or (before is not None and before[1] == number - 1 and number > 1))


def _sign(text: str, residue: re.Pattern[str]) -> str:
    match = residue.match(text)
    return match[0] if match else text[:3]


def _gaps(paper: Paper, found: Sequence[_Numbered]) -> Iterator[Contradiction]:
    proper = [item for item in found if item[2]]
    for (one, number, _), (other, following, _) in pairwise(proper):
        between = any(number < item[1] < following for item in found if not item[2])
        if number and following == number + 2 and not between and len(proper) > 2:  # noqa: PLR2004 - a sequence
            place = paper.evidence(other.start, other.start + min(len(other.text), _LONGEST_HEADING // 2))
            yield paper.found("heading-gap", place, before=one.text[:8], after=other.text[:8])


def check_pages(paper: Paper) -> Iterator[Contradiction]:
    """Page numbers rise one by one; two that do so only when read backwards were mirrored."""
    numbers = [(place, printed, _DIGITS.search(printed)) for place, printed in paper.page_numbers]
    pages = [(place, printed, match[0]) for place, printed, match in numbers if match]
    if len(pages) < _FEWEST_PAGES:
        return
    forwards = [int(page) for _, _, page in pages]
    backwards = [int(page[::-1]) for _, _, page in pages]
    if not _rises(forwards) and _rises(backwards):
        because = f"左右颠倒，应为{'、'.join(map(str, backwards))}"
    elif any(later <= earlier for earlier, later in pairwise(forwards)):
        because = "没有递增"
    else:
        return
    yield paper.found(
        "page-numbers",
        *[paper.quote(paper.line_at(place)) for place, _, _ in pages],
        printed="、".join(printed for _, printed, _ in pages),
        because=because,
    )


def _rises(pages: Sequence[int]) -> bool:
    return all(later == earlier + 1 for earlier, later in pairwise(pages))


def check_attachments(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Attachments that the body names against those that are there, by number and by how they are headed."""
    elements = [item for item in paper.document.elements if item.name.startswith("attachment")]
    named = [item for item in elements if item.name != "attachment_unnamed" and item.span]
    absent = [item for item in named if item.name == "attachment_absent"]
    if absent:
        yield paper.found(
            "attachment-absent",
            *[paper.quote(item.span) for item in absent if item.span],
            certainty=Certainty.SURE if len(absent) < len(named) else Certainty.PROBABLE,
            named=len(named),
            absent="、".join(_called(item, named) for item in absent),
        )
    yield from _unnamed(paper, elements, named)
    yield from _referred(paper, named)
    yield from check_inlined(paper) if not named else ()
    yield from _divided(paper, named)
    yield from _headed(paper, named)
    yield from _counted(paper, named)


def _called(item: Element, named: Sequence[Element]) -> str:
    words = "".join(item.text.split())
    return f"附件{named.index(item) + 1}“{words}”" if len(named) > 1 else f"“{words}”"


def _unnamed(paper: Paper, elements: Sequence[Element], named: Sequence[Element]) -> Iterator[Contradiction]:
    unnamed = [item for item in elements if item.name == "attachment_unnamed" and item.span]
    if unnamed and (named or not _is_spoken_of(paper, unnamed)):
        yield paper.found(
            "attachment-unnamed",
            *[paper.quote(item.span) for item in unnamed if item.span],
            names="、".join(f"“{''.join(item.text.split())}”" for item in unnamed),
        )


def _is_spoken_of(paper: Paper, unnamed: Sequence[Element]) -> bool:
    """Whether the body speaks of what is enclosed behind it, by its name or as an attachment; unsure where the body ends nowhere."""
    first = min(item.span.start for item in unnamed if item.span)
    body = _LONE_HEADING.sub("", paper.document.text[:first])
    names = ["".join(item.text.split()) for item in unnamed]
    return paper.document.date is None or "附" in body or any(name in "".join(body.split()) for name in names)


def _referred(paper: Paper, named: Sequence[Element]) -> Iterator[Contradiction]:
    """An attachment that a sentence refers to by number must be among those named or headed."""
    headed = {
        chinese_number(match["number"])
        for line in paper.lines
        if (match := _HEADING.match(line.text)) and match["number"]
    }
    listed = [number for listing in listings_of(paper)[:1] for number in listing.numbers]
    known = max([len(named), *(number or 0 for number in headed), *listed], default=0)
    seen: set[int] = set()
    for sentence in paper.sentences:
        for match in _REFERENCE.finditer(sentence.text):
            number = chinese_number(match["number"]) or 0
            cited = (
                "《" in sentence.text[max(0, match.start() - 30) : match.start()]
                or "号" in sentence.text[max(0, match.start() - 3) : match.start()]
            )
            if number <= known or number in seen or cited or not (named or headed):
                continue
            seen.add(number)
            place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield paper.found("attachment-not-listed", place, reference=match[0], kind="附件", known=known)


def _divided(paper: Paper, named: Sequence[Element]) -> Iterator[Contradiction]:
    """One attachment named without number, but several headed by its name behind: （一）, （二）."""
    if len(named) != 1 or named[0].span is None:
        return
    name = "".join(named[0].text.split())
    behind = [item for item in paper.captions if item.span.start > named[0].span.end and item.text.startswith(name)]
    parts = [item for item in behind if _PART.search(item.text.replace("(", "（").replace(")", "）"))]
    if len(parts) > 1:
        yield paper.found(
            "attachment-divided",
            paper.quote(named[0].span),
            *[paper.quote(item.span) for item in parts],
            name=name,
            count=len(parts),
        )


def _headings_of_attachments(paper: Paper) -> Iterator[tuple[int, Sentence, str]]:
    """Yield number, line and title of every attachment headed by a number (附件2, and its title below)."""
    for index, line in enumerate(paper.lines):
        match = _HEADING.match(line.text)
        if match and match["number"]:
            below = [later.text for later in paper.lines[index + 1 : index + 3]]
            yield chinese_number(match["number"]) or 0, line, "\n".join(below)


def _headed(paper: Paper, named: Sequence[Element]) -> Iterator[Contradiction]:
    """The title below 附件2 is the second of the names that the body lists."""
    for number, line, below in _headings_of_attachments(paper):
        if not (len(named) > 1 and 0 < number <= len(named)) or not below:
            continue
        name, title = _bare(named[number - 1].text), below.split("\n")[0]
        short = len(title) <= _LONGEST_HEADING and not title.endswith(("。", "：", "；"))
        first = _bare(title)
        same = name in _bare(below) or first in name or name.startswith(first) or first.endswith(name)
        span = named[number - 1].span
        if short and not same and span:
            start = line.start + len(line.text) + 1
            place = paper.evidence(start, start + len(title))
            yield paper.found("attachment-name", place, paper.quote(span), number=number, named=name, title=title)


def _bare(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff0-9a-zA-Z]|docx?$|xlsx?$|pdf$", "", normalise(text).text)


def _counted(paper: Paper, named: Sequence[Element]) -> Iterator[Contradiction]:
    """Numbers of attachments follow one another, in the list and in the headings."""
    headed = [(number, line) for number, line, _ in _headings_of_attachments(paper)]
    for rows in (list(_listed_numbers(paper)), () if named else headed):
        for (number, _), (following, line) in pairwise(rows):
            if following > number + 1:
                place = paper.evidence(line.start, line.start + min(len(line.text), _LONGEST_HEADING))
                yield paper.found("attachment-numbers", place, before=f"附件{number}", after=f"附件{following}")


def _listed_numbers(paper: Paper) -> Iterator[tuple[int, Sentence]]:
    """Yield the numbers of the first list 附件：1.…… with their lines."""
    start = next((index for index, line in enumerate(paper.lines) if _LIST.match(line.text)), None)
    for index, line in enumerate(paper.lines[start:] if start is not None else ()):
        match = _LIST.match(line.text) if index == 0 else _NEXT.match(line.text)
        if match is None:
            return
        yield int(match["number"]), line
