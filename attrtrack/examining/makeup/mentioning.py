"""What the body says of what is enclosed against the list: kinds and numbers, titles, and what only one side knows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.makeup.enclosed import NUMBER, Enclosed, Listing, listings_of, number_of
from attrtrack.examining.makeup.figured import ABOLISHED
from attrtrack.examining.text.paper import Paper, Sentence

_NUMBER = NUMBER
_MENTION = re.compile(
    rf"附(?P<kind>[件表图录])之?(?P<first>{_NUMBER})(?P<more>(?:(?:[、和及与至到~—－-]|以及)附?[件表图录]?{_NUMBER}(?![年月日号项个份张]))*)(?![\d号年月日条份个张项并同起道])"
)
_SHORT_MENTION = re.compile(rf"（(?:详?见)?附(?P<number>{_NUMBER})）")
_TURN_OF = re.compile(r"第(?P<number>[一二三四五六七八九十]|\d)[个份张件项]附(?P<kind>[件表图])(?!\d)")
_BARE = re.compile(
    r"(?:[见如按照]|填写|填报|文后|所附|随文|附有|详见|附送|具体为)(?:[^，。；：（）《》]{0,6}?)附(?P<kind>[件表图录])(?!之?(?:\d|[一二三四五六七八九十](?![份张个并同]))|[属加带近])"
)
_TITLED = re.compile(r"(?<=（)(?:详?见)?附(?P<kind>[表图录])(?=：)")
_OTHERS = re.compile(r"(?:[》〕]|号)的?$|(?:通知|意见|方案|办法|规定|要点|条例|细则|文件)的?$")
_QUOTED_BEFORE = re.compile(
    r"[《“](?P<title>[^《》“”]{2,60})[》”](?:（(?:详?见|即|附后，见)?|，?(?:详?见|列为|作为|即))$"
)
_QUOTED_BEHIND = re.compile(r"[：]?(?:为|是)?[《“](?P<title>[^《》“”]{2,60})[》”]")
_PLAIN_BEFORE = re.compile(
    r"(?P<title>[\u4e00-\u9fffA-Za-z0-9（）]{3,40}?)(?:（(?:详?见)?|，?(?:具体|详细|可)?(?:详?见|请看|参见|如|列入|列为|作为))$"
)
_IN_BRACKETS = re.compile(r"（(?P<title>[\u4e00-\u9fff]{4,20})）")
_PLAIN_BEHIND = re.compile(r"(?:为|是|：)(?P<title>[\u4e00-\u9fffA-Za-z0-9（）、]{3,40}?)(?=[，。；]|$)")
_LEAD = re.compile(
    r".*(?:[将把的对和及与、，：；请按照写于就]|如下|填报|下发|印发|制定|报送)(?=[\u4e00-\u9fff\dA-Za-z]{3})"
)
_ADDED = re.compile(r"(?:一并|已|均|也|现|随文|同时|另)*(?:附后|附上|附送|报送|印发|下发|报上)$")
_BOTH = re.compile(
    rf"(?P<one>[^，。；：、和]{{3,30}})[和与及](?P<other>[^，。；：、和]{{3,30}}?)(?:已|均|现|拟)?(?:分别|依次)(?:列为|见|作为|为|列入|载于|编为)附件(?P<first>{_NUMBER})[、和及与](?:附件)?(?P<second>{_NUMBER})(?![、和及与])"
)
_PERIOD = re.compile(r"\d{4}年|\d{1,2}月|第?[一二三四]季度|上半年|下半年|第[一二三四五六七八九十]次")
_KINDS = re.compile(
    r"名单|清单|台账|原件|复印件|照片|流程图|趋势图|对照图|方案|办法|目录|指南|报告|细则|机制|回执|模板|证明"
)
_PERIODS = re.compile(r"(?:\d{4}年度?|第?[一二三四]季度|上半年|下半年|\d{1,2}月份?)+")
_ISSUED = re.compile(r"（([^（）]{1,8})）$")
_TITLE = re.compile(r"《([^《》]{3,60})》")
_SAID = re.compile(r"附(?:件|表|图|录|后|上|送)|随文|一并|后附")
_LEAST_TITLE, _SHORT, _MOST_OFF, _ALIKE, _MOSTLY, _NEARLY_SAME = 3, 8, 3, 0.6, 0.6, 0.9
_PAIR = 2
_ENTRY = re.compile(rf"附件?第(?P<entry>{_NUMBER})[项个份张件](?!附)")
_NAMES = {"件": "附件", "表": "附表", "图": "附图", "录": "附录"}


@dataclass(frozen=True, slots=True)
class _Mention:
    kind: str
    numbers: tuple[int, ...]
    sentence: Sentence
    start: int
    end: int


def check_mentioning(paper: Paper) -> Iterator[Contradiction]:
    """Compare the body with the first list of what is enclosed, and look at the list; one that lines broke is left alone."""
    groups = listings_of(paper)
    mentions = list(_mentions(paper, groups))
    if not groups:
        return
    listing = groups[0]
    elements = [item for item in paper.document.elements if item.name in {"attachment", "attachment_absent"}]
    if len(elements) > sum(len(group.items) for group in groups):
        return
    yield from _misnumbered(paper, listing)
    known: set[tuple[str, int | None]] = {
        (item.kind, item.number) for group in groups for item in group.items if item.number is not None
    }
    known |= _headed(paper)
    yield from _unknown(paper, known, mentions)
    yield from _other_kind(paper, groups, mentions)
    yield from _named_otherwise(paper, listing, mentions)
    yield from _titles(paper, listing)
    yield from _unmentioned(paper, listing, mentions)
    yield from _entries(paper, groups)


def _body(paper: Paper, groups: Sequence[Listing]) -> Iterator[Sentence]:
    """Yield the sentences that no list of what is enclosed holds."""
    spans = [
        (line.start, line.start + len(line.text))
        for group in groups
        for line in group.lines
        if not line.text.endswith("附后。")
    ]
    for sentence in paper.sentences:
        if not any(start <= sentence.start < end for start, end in spans):
            yield sentence


def _mentions(paper: Paper, groups: Sequence[Listing]) -> Iterator[_Mention]:
    for sentence in _body(paper, groups):
        for match in _MENTION.finditer(sentence.text):
            if _OTHERS.search(sentence.text[: match.start()]) or match[0] == sentence.text.strip("（）〔〕【】："):
                continue
            numbers = [number_of(one) for one in re.findall(_NUMBER, match[0])]
            if re.search("[至到~—－-]", match["more"]) and len(numbers) == 2:  # noqa: PLR2004 - from, to
                numbers = list(range(numbers[0], numbers[1] + 1))
            yield _Mention(match["kind"], tuple(numbers), sentence, match.start(), match.end())
        for match in _SHORT_MENTION.finditer(sentence.text):
            yield _Mention("件", (number_of(match["number"]),), sentence, match.start(), match.end())
        for match in _TURN_OF.finditer(sentence.text):
            yield _Mention(match["kind"], (number_of(match["number"]),), sentence, match.start(), match.end())


def _headed(paper: Paper) -> set[tuple[str, int | None]]:
    """Return the kinds and numbers that lines head, with nothing or a title behind."""
    heads = (re.match(rf"[〔（【]?附([件表图录])之?({_NUMBER})(?:[〕）】：\s]|$)", line.text) for line in paper.lines)
    return {(match[1], number_of(match[2])) for match in heads if match}


def _place(mention: _Mention) -> tuple[int, int]:
    return mention.sentence.start + mention.start, mention.sentence.start + mention.end


def _misnumbered(paper: Paper, listing: Listing) -> Iterator[Contradiction]:
    """Check that a list of one kind counts from one on: no number left out, none twice."""
    for kind, name in _NAMES.items():
        items = [item for item in listing.items if item.kind == kind and item.number is not None and item.end]
        numbers = [0, *(item.number or 0 for item in items)]
        for (one, other), item in zip(pairwise(numbers), items, strict=True):
            if other != one + 1 and (len(items) > 1 or item.start != listing.lines[0].start):
                if other == 1 and one:
                    break
                place = paper.evidence(item.start, item.end)
                before = f"{name}{one}" if one else "开头"
                yield paper.found("attachment-numbers", place, before=before, after=f"{name}{other}")
                break


def _unknown(paper: Paper, known: set[tuple[str, int | None]], mentions: Sequence[_Mention]) -> Iterator[Contradiction]:
    """Check that each number that the body names is in the list, or heads something."""
    for mention in mentions:
        kinds = [number for kind, number in known if kind == mention.kind]
        beyond = [number for number in mention.numbers if (mention.kind, number) not in known]
        if kinds and beyond and max(beyond) <= max(number or 0 for number in kinds) + _MOST_OFF:
            place = paper.evidence(*_place(mention))
            yield paper.found(
                "attachment-not-listed", place, reference=place.quote, kind=_NAMES[mention.kind], known=len(kinds)
            )


def _other_kind(paper: Paper, groups: Sequence[Listing], mentions: Sequence[_Mention]) -> Iterator[Contradiction]:
    """Check 流程见附表 where what is enclosed is 附图 alone."""
    kinds = {item.kind for group in groups for item in group.items}
    if paper.tables or any(re.match(r"[表图]", line.text) for line in paper.lines):
        return
    bare = [
        (match["kind"], sentence.start + match.start(), sentence.start + match.end())
        for sentence in _body(paper, groups)
        for match in (*_BARE.finditer(sentence.text), *_TITLED.finditer(sentence.text))
    ]
    bare += [(mention.kind, *_place(mention)) for mention in mentions]
    for kind, start, end in bare:
        of_other = kinds == {"件"} and kind in "表图" and not any(kind in item.title for item in groups[0].items)
        if kind not in kinds and ("件" not in {kind, *kinds} or of_other):
            place = paper.evidence(start, end)
            yield paper.found("attachment-not-listed", place, reference=place.quote, kind=_NAMES[kind], known=0)


def _named_otherwise(paper: Paper, listing: Listing, mentions: Sequence[_Mention]) -> Iterator[Contradiction]:
    """Check 《甲表》（附件1）, 附件1为甲表 and 甲表见附件1 against the title of that number."""
    for mention in mentions:
        number = mention.numbers[0]
        own = next((item for item in listing.items if (item.kind, item.number) == (mention.kind, number)), None)
        if own is None or len(mention.numbers) > 1:
            continue
        others = [item for item in listing.items if item is not own]
        lead, rest = mention.sentence.text[: mention.start], mention.sentence.text[mention.end :]
        quoted = _QUOTED_BEHIND.match(rest) or _QUOTED_BEFORE.search(lead)
        plain = (
            None
            if quoted
            else _PLAIN_BEHIND.match(rest)
            or _IN_BRACKETS.match(rest)
            or (None if rest[:1] in {"为", "是", "：", "《"} else _PLAIN_BEFORE.search(lead))
        )
        title = quoted["title"] if quoted else _LEAD.sub("", _ADDED.sub("", plain["title"])) if plain else ""
        if title and _is_other(title, own, others, quoted=quoted is not None):
            yield _otherwise(paper, own, title, _place(mention))
    for sentence in _body(paper, [listing]):
        for match in _BOTH.finditer(sentence.text):
            for title, printed in ((match["one"], match["first"]), (match["other"], match["second"])):
                own = next((item for item in listing.items if item.number == number_of(printed)), None)
                others = [item for item in listing.items if item is not own]
                if own and _is_other(_LEAD.sub("", title), own, others, quoted=False):
                    yield _otherwise(paper, own, title, (sentence.start + match.start(), sentence.start + match.end()))


def _otherwise(paper: Paper, own: Enclosed, title: str, span: tuple[int, int]) -> Contradiction:
    return paper.found(
        "attachment-name",
        paper.evidence(*span),
        *own.quoted(paper),
        number=own.number or "",
        named=own.title,
        title=title,
    )


def _bare_title(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff0-9a-zA-Z]", "", re.sub(r"（[^（）]*）$|（略）", "", text))


def _is_within(short: str, long: str) -> bool:
    """Whether the signs of one title stand in the other in their order: it is called shorter."""
    rest = iter(long)
    return all(sign in rest for sign in short)


def _tail(told: str, title: str) -> int:
    """Return how many signs at the end of what is told stand in a title in their order."""
    return max((size for size in range(len(told) + 1) if _is_within(told[len(told) - size :], title)), default=0)


def _is_other(told: str, own: Enclosed, others: Sequence[Enclosed], *, quoted: bool) -> bool:
    """Whether what is told cannot be the title of its number: it is another's, or has signs in the place of its own."""
    bare, title = _bare_title(told), _bare_title(own.title)
    if quoted and len(bare) == _LEAST_TITLE - 1 and not set(bare) & set(title):
        return True
    if len(bare) < _LEAST_TITLE or _is_within(bare, title) or _is_within(title, bare):
        return False
    periods = [set(_PERIOD.findall(text)) for text in (bare, title)]
    if all(periods) and not periods[0] & periods[1] and _tail(re.sub(r"^\d+", "", bare), title) >= _LEAST_TITLE:
        return True
    best = max((_tail(bare, _bare_title(item.title)) for item in others), default=0)
    if best >= len(bare) or (best > _LEAST_TITLE and best >= _tail(bare, title) + _LEAST_TITLE):
        return True
    kinds = [next(iter(_KINDS.findall(text)[-1:]), "") for text in (bare, title)]
    return quoted or (all(kinds) and kinds[0] not in title and kinds[1] not in bare)


def _entries(paper: Paper, groups: Sequence[Listing]) -> Iterator[Contradiction]:
    """Check 附件第4项 against the items that follow."""
    items = [item for group in groups for item in group.items]
    for match in _ENTRY.finditer(paper.plain.text):
        if len(groups) == 1 and len(items) > 1 and len(items) < number_of(match["entry"]) <= len(items) + _MOST_OFF:
            place = paper.evidence(*match.span())
            yield paper.found("attachment-not-listed", place, reference=place.quote, kind="附件", known=len(items))


def _titles(paper: Paper, listing: Listing) -> Iterator[Contradiction]:
    """Check 《甲目录》附后 and 附件：《甲目录》 against the titles of the list: hardly another, but not the same."""
    titles = [_bare_title(item.title) for item in listing.items]
    for item in listing.items:
        yield from _of_other_time(paper, listing, item)
    text = "\n".join(sentence.text for sentence in _body(paper, [listing]))
    for sentence in _body(paper, [listing]):
        for match in _TITLE.finditer(sentence.text):
            if re.match(ABOLISHED, sentence.text[match.end() :]):
                continue
            told, stages = _bare_title(match[1]), _ISSUED.findall(match[1])
            restyled = [item for item in listing.items if stages and _ISSUED.findall(item.title) not in ([], stages)]
            if restyled and told == _bare_title(restyled[0].title):
                span = (sentence.start + match.start(), sentence.start + match.end())
                yield _otherwise(paper, restyled[0], match[1], span)
            if any(_is_within(told, title) or _is_within(title, told) for title in titles):
                continue
            ratios = [SequenceMatcher(None, told, title, autojunk=False).ratio() for title in titles]
            item = listing.items[ratios.index(max(ratios))]
            if _is_told_too(_bare_title(item.title), told, text.replace(match[0], "")):
                continue
            numbered = re.match(rf"》[（，]?(?:详?见)?附件{_NUMBER}", sentence.text[match.end() - 1 :])
            near = sentence.text[max(0, match.start() - 8) : match.end() + 12]
            alone = len(titles) == 1 and re.match(r"》（(?:详?见)?附[件后]）", sentence.text[match.end() - 1 :])
            if alone:
                yield _otherwise(paper, item, match[1], (sentence.start + match.start(), sentence.start + match.end()))
                continue
            said = _SAID.search(near) or max(ratios) > _NEARLY_SAME
            if max(ratios) > _ALIKE and not numbered and len(told) > _LEAST_TITLE and said:
                yield _otherwise(paper, item, match[1], (sentence.start + match.start(), sentence.start + match.end()))


def _is_told_too(title: str, told: str, text: str) -> bool:
    """Whether the end of a title that the name told has not is told of elsewhere: 考核指标 beside 印发《考核办法》."""
    start = next((at for at, (one, other) in enumerate(zip(title, told, strict=False)) if one != other), len(told))
    return len(title) - start >= _LEAST_TITLE - 1 and title[start:] in text


def _of_other_time(paper: Paper, listing: Listing, item: Enclosed) -> Iterator[Contradiction]:
    """Check 2010年统计表附后 against a list that has that of 2009: the words are the same, what stands before them is not."""
    time = _PERIODS.match(item.title)
    opening = item.title[time.end() :][:_LEAST_TITLE] if time else ""
    if time is None or len(opening) < _LEAST_TITLE:
        return
    told = [
        (sentence, match)
        for sentence in _body(paper, [listing])
        for match in re.finditer(rf"({_PERIODS.pattern}){re.escape(opening)}", sentence.text)
    ]
    known = [_PERIODS.match(other.title) for other in listing.items]
    times = {match[0] for match in known if match}
    if (
        told
        and all(match[1] not in times for _, match in told)
        and len({len(match[1]) for _, match in told} | {len(time[0])}) == 1
    ):
        sentence, match = told[0]
        if _SAID.search(sentence.text):
            yield _otherwise(paper, item, match[0], (sentence.start + match.start(), sentence.start + match.end()))


def _unmentioned(paper: Paper, listing: Listing, mentions: Sequence[_Mention]) -> Iterator[Contradiction]:
    """Check 附件1 and 附件3 told of in the body, 附件2 in the list alone; the first may be what the text itself issues."""
    numbered = [item for item in listing.items if item.number is not None]
    body = list(_body(paper, [listing]))
    told = {(mention.kind, number) for mention in mentions for number in mention.numbers}
    said = any((item.kind, item.number) in told for item in numbered) or any(
        _is_enclosed(sentence.text, item) for sentence in body for item in numbered
    )
    text = "\n".join(sentence.text for sentence in body)
    loose = re.search(r"(?<![个份张])附[件表图录](?![\d一二三四五六七八九十之])", text)
    all_told = re.search(rf"(?:上述|以上|这)(?P<many>{_NUMBER})[个份张]附[件表图]", text)
    if len(numbered) < _PAIR or not said or loose or (all_told and number_of(all_told["many"]) == len(numbered)):
        return
    bracketed = {number_of(one) for one in re.findall(rf"》（附件({_NUMBER})）", text)}
    for item in numbered if len(bracketed) == len(numbered) - 1 > 1 else ():
        if (
            item.number not in bracketed
            and f"《{item.title}》" in text
            and (item.kind, item.number) not in told
            and item.end
        ):
            yield paper.found("attachment-unnamed", paper.evidence(item.start, item.end), names=f"“{item.title}”")
    unsaid = [item for item in numbered if (item.kind, item.number) not in told]
    last = len(unsaid) == 1 and len(numbered) > _PAIR and f"《{unsaid[0].title}》" not in text
    silent = [item for item in unsaid if last or not _is_spoken_of(text, item)]
    if silent and silent[0].end and silent[0] is not numbered[0]:
        quotes = [quote for item in silent for quote in item.quoted(paper)]
        yield paper.found("attachment-unnamed", *quotes, names="、".join(f"“{item.title}”" for item in silent))


def _is_enclosed(text: str, item: Enclosed) -> bool:
    return bool(re.search(rf"{re.escape(item.title)}[》”]?（?(?:一并)?附后", text))


def _is_spoken_of(text: str, item: Enclosed) -> bool:
    """Whether the body tells a title, or most of a long one, in so many words."""
    title, words = _bare_title(item.title), _bare_title(text)
    size = len(title) if len(title) <= _SHORT else int(len(title) * _MOSTLY) + 1
    return any(title[at : at + size] in words for at in range(len(title) - size + 1))
