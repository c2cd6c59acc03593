"""What is named as enclosed, in quotes or one after another, against the titles of the list: the one name and the one title that stay alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.makeup.around import MENTION, body_of
from attrtrack.examining.makeup.enclosed import NUMBER, Enclosed, listings_of, number_of
from attrtrack.examining.makeup.fitting import bare, contents, replaced, told_before
from attrtrack.examining.text.paper import Paper, Sentence

_QUOTED = re.compile(r"《(?P<title>[^《》]{2,60})》")
_OWN = re.compile(r"查[收阅]|审[阅议]|填[写报好]|印发|下发|转发|附|随文|一并|报送|报上|张贴|见《|印制|编印|发给")
_CITED = re.compile(
    r"(?:根据|按照|依据|依照|遵照|贯彻|落实|参照|违反|符合|执行|学习|出台|修订|按|据|到|在|(?<!制定|编制|拟定|起草|汇总|整理|填好|形成|修订|所附|随附|附上)的|以及[^《]{0,6})$"
)
_OTHERS = re.compile(r"^(?:〔|（[^（）]*号|第|规定|要求|精神|的?(?:要求|规定|精神|通知|基础))")
_PART = r"[\u4e00-\u9fff“”《》]{2,40}"
_AND = r"(?:以及|(?<![涉以顾])及|和|(?<!参)与)"
_RUN = re.compile(
    rf"(?P<run>{_PART}?(?:、{_PART}?)+{_AND}{_PART}|{_PART}?{_AND}{_PART}|{_PART}?(?:、{_PART}?)*、{_PART})"
)
_SENT = re.compile(
    r"分别|依次|[作列]为附件|附后|附[上于在有送]|[分列]于|附[件表图]|随文|一并|印发给|报上|各一份|各[一1][份张]|列[为入]附件"
)
_NUMBERS = re.compile(rf"附[件表图录]{NUMBER}(?:[、和及与至到—~－-]附?[件表图录]?{NUMBER})+")
_LEAD = re.compile(
    r".*(?:[将把的对就由为经]|包括|分别[是为]|依次[是为]|有|编制了?|印发|下发|形成|制定了?|涵盖|上述|以上|下列|附上|后附|公布)(?=[\u4e00-\u9fff]{2})"
)
_TAIL = re.compile(
    r"(?:[一二两三四五六七八九十\d]+(?:[个类份项种]|领域).*|分别.*|依次.*|作为.*|一并.*|均.*|已.*|附.*|各[一1].*|随文.*|印发.*|报上.*|(?:具体|详细)?(?:详见|请见|见|载于|列于|列入).*|等)$"
)
_ALL = re.compile(r"以上|上述|[一二两三四五六七八九十][张份个种]?(?=[表件图单])")
_DOCUMENT = re.compile(r"(?:函|通知|意见|条例|批复|决定|法)$")
_ALIKE, _NEAR, _NEARBY = 0.6, 4, 24


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    sentence: Sentence
    start: int
    end: int


def check_pairing(paper: Paper) -> Iterator[Contradiction]:
    """Compare the names of a text that are said to be enclosed with the titles of its list."""
    groups = listings_of(paper)
    if not groups:
        return
    items = groups[0].items
    body = list(body_of(paper, groups))
    quoted = _quoted(body)
    yield from _alone(paper, quoted, items, body)
    text = "\n".join(sentence.text for sentence in body)
    for sentence in body:
        yield from _in_turn(paper, sentence, items, text)
        yield from _quoted_in_turn(paper, sentence, items)


def _quoted(body: Sequence[Sentence]) -> list[_Name]:
    found: dict[str, _Name] = {}
    for sentence in body:
        for match in _QUOTED.finditer(sentence.text) if _OWN.search(sentence.text) else ():
            lead = sentence.text[max(0, match.start() - _NEARBY) : match.start()]
            rest = sentence.text[match.end() : match.end() + _NEARBY]
            if not _CITED.search(lead) and not _OTHERS.match(rest):
                found.setdefault(bare(match["title"]), _Name(match["title"], sentence, match.start(), match.end()))
    return list(found.values())


def _alone(
    paper: Paper, names: Sequence[_Name], items: Sequence[Enclosed], body: Sequence[Sentence]
) -> Iterator[Contradiction]:
    """Check 填写《自评表》 against a list that has 互评表 in its place."""
    titles = {item: bare(item.title) for item in items}
    alone = [name for name in names if not any(_within(bare(name.text), title) for title in titles.values())]
    told = [bare(name.text) for name in names]
    rest = re.sub("《[^《》]*》", "", "\n".join(sentence.text for sentence in body))
    left = [
        item
        for item, title in titles.items()
        if not any(_within(title, one) for one in told) and not all(_is_in(part, rest) for part in contents(title))
    ]
    if len(left) == 1 and alone and not _is_pointed_at(left[0], body, alone):
        ratios = [SequenceMatcher(None, bare(name.text), titles[left[0]], autojunk=False).ratio() for name in alone]
        name = alone[ratios.index(max(ratios))]
        if max(ratios) > _ALIKE or (len(alone) == 1 and len(names) == len(items) and not _DOCUMENT.search(name.text)):
            yield _otherwise(paper, left[0], name.text, name.sentence, name.start, name.end)


def _is_pointed_at(item: Enclosed, body: Sequence[Sentence], names: Sequence[_Name]) -> bool:
    """Whether the body points at an item by its number, or at what is enclosed at all, elsewhere than beside a name."""
    for sentence in body:
        beside = {place for name in names if name.sentence is sentence for place in (name.start, name.end)}
        for match in MENTION.finditer(sentence.text):
            own = match["number"] is None or number_of(match["number"]) == item.number or match["more"]
            said = "".join(contents(_ALL.sub("", told_before(sentence.text[: match.start()], at_once=True))))
            if (
                own
                and len(said) > 1
                and not any(abs(place - edge) <= _NEAR for place in beside for edge in match.span())
            ):
                return True
    return False


def _in_turn(paper: Paper, sentence: Sentence, items: Sequence[Enclosed], text: str) -> Iterator[Contradiction]:
    """Check 甲、乙和丙分别见附件1、附件2、附件3 and 甲、乙和丙一并附上: each against its own title."""
    numbers = _NUMBERS.search(sentence.text)
    said = _SENT.search(sentence.text)
    if numbers is None and re.search(rf"附[件表图录]{NUMBER}", sentence.text):
        return
    listed = list(items)
    if numbers:
        figures = [number_of(one) for one in re.findall(NUMBER, numbers[0])]
        if re.search("[至到—~－-]", numbers[0]) and len(figures) == 2:  # noqa: PLR2004 - from, to
            figures = list(range(figures[0], figures[1] + 1))
        listed = [item for figure in figures for item in items if item.number == figure]
        if len(listed) != len(figures):
            return
    after = numbers is not None and re.match("(?:分别|依次)?[为是：]", sentence.text[numbers.end() :])
    opens, closes = (numbers.end(), None) if numbers and after else (0, numbers.start() if numbers else None)
    for run in _RUN.finditer(sentence.text, opens, len(sentence.text) if closes is None else closes):
        names = [one for one in re.split(f"、|{_AND}", run["run"]) if one]
        names = [bare(_LEAD.sub("", names[0])), *map(bare, names[1:-1]), bare(_TAIL.sub("", names[-1]))]
        if len(names) < 2 or not all(names):  # noqa: PLR2004 - one alone is not in turn
            continue
        if said and numbers is None and abs(len(names) - len(listed)) == 1 and min(len(names), len(listed)) > 1:
            yield from _one_more(paper, sentence, run, names, listed)
            continue
        if len(names) != len(listed):
            continue
        at = _misfit(names, listed, text, exact=not (said or numbers))
        if at is not None:
            yield _otherwise(paper, listed[at], names[at], sentence, run.start(), run.end())
            return


def _quoted_in_turn(paper: Paper, sentence: Sentence, items: Sequence[Enclosed]) -> Iterator[Contradiction]:
    """Check 《甲》《乙》印发给你们（见附件1、附件2）: each quoted name against the title of its number."""
    names = [match["title"] for match in _QUOTED.finditer(sentence.text)]
    numbers = _NUMBERS.search(sentence.text)
    figures = [number_of(one) for one in re.findall(NUMBER, numbers[0])] if numbers else []
    listed = [item for figure in figures for item in items if item.number == figure]
    if not len(names) == len(figures) == len(listed):
        return
    pairs = [
        (name, item) for name, item in zip(names, listed, strict=True) if not _within(bare(name), bare(item.title))
    ]
    if len(pairs) == 1 < len(names) and numbers:
        start = sentence.text.index(pairs[0][0])
        yield _otherwise(paper, pairs[0][1], pairs[0][0], sentence, start, start + len(pairs[0][0]))


def _misfit(names: Sequence[str], items: Sequence[Enclosed], text: str, *, exact: bool) -> int | None:
    """Return the place of the one name that does not fit the title in its place, where all others do."""
    titles = [bare(item.title) for item in items]
    pairs = list(zip(names, titles, strict=True))
    fits = [
        name == title if exact else _shares(name, title) and not replaced(name, title, text) for name, title in pairs
    ]
    at = fits.index(False) if fits.count(False) == 1 else None
    return at if at is not None and contents(names[at]) and not _within(*pairs[at]) else None


def _one_more(
    paper: Paper, sentence: Sentence, run: re.Match[str], names: Sequence[str], items: Sequence[Enclosed]
) -> Iterator[Contradiction]:
    """Check 甲、乙和丙一并附上 against a list of 甲 and 乙, and 甲和乙附后 against one of 甲, 乙 and 丙 that the body never calls."""
    titles = [bare(item.title) for item in items]
    untold = [name for name in names if not any(_shares(name, title) for title in titles)]
    unsaid = [
        item for item, title in zip(items, titles, strict=True) if not any(_shares(name, title) for name in names)
    ]
    place = paper.evidence(sentence.start + run.start(), sentence.start + run.end())
    if len(names) > len(items) and len(untold) == 1 and not unsaid and contents(untold[0]):
        yield paper.found("attachment-not-listed", place, reference=untold[0], kind="附件", known=len(items))
    elif len(names) < len(items) and len(unsaid) == 1 and not untold:
        text = "".join(one.text for one in paper.sentences)
        if (
            unsaid[0].end
            and text.count(unsaid[0].title) == 1
            and not re.search(rf"附[件表图录]{NUMBER}", sentence.text)
        ):
            yield paper.found("attachment-unnamed", *unsaid[0].quoted(paper), names=f"“{unsaid[0].title}”")


def _otherwise(paper: Paper, item: Enclosed, title: str, sentence: Sentence, start: int, end: int) -> Contradiction:
    return paper.found(
        "attachment-name",
        paper.evidence(sentence.start + start, sentence.start + end),
        *item.quoted(paper),
        number=item.number or "",
        named=item.title,
        title=title,
    )


def _shares(name: str, title: str) -> bool:
    """Whether a name and a title have a word in common."""
    words = "".join(contents(name))
    short = words if len(words) > 1 else name
    return any(short[at : at + 2] in title for at in range(len(short) - 1))


def _is_in(part: str, text: str) -> bool:
    """Whether half of a word's pairs of signs stand in a text."""
    pairs = [part[at : at + 2] for at in range(max(1, len(part) - 1))]
    return sum(pair in text for pair in pairs) * 2 >= len(pairs)


def _within(short: str, long: str) -> bool:
    """Whether the signs of one stand in the other in their order, or the other way round."""
    return any(all(sign in rest for sign in one) for one, rest in ((short, iter(long)), (long, iter(short))))
