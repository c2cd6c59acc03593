"""The parts of a document as the proposer reads them: title, opening, sentences of the body, and what to leave out.

Number, signature block, date, copies and contact lines are left out, so that nothing can be learnt from who wrote when.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from attrtrack.domain.evidence import Span
from attrtrack.domain.genres import Genre
from attrtrack.nlp.normalizer import Normalised, normalise, plain, simplify
from attrtrack.nlp.wrapping import Line, breaks, opens, without_page_numbers

_NUMBER_LINE = re.compile(r"[^。；]{0,30}(?:〔|（)?(?:19|20)\d{2}(?:〕|）)[^。；]{0,12}号?")
_BANNER = re.compile(r"[^。；，]{2,40}文件|(?:特急|加急|急件|平急)")
_ADDRESSEE_LINE = re.compile(r"([^。；]{2,160})：(?:[^。；]{0,20}〔\d{4}〕\d{1,5}号)?")
_INTRODUCES = re.compile(r"(?:如下|意见|通知|决定|函复|批复|答复|说明|规定|报告)：$")
_NO_ADDRESSEE = re.compile(
    r"(?:你|贵|您|我|本|现|为了|根据|按照|依据|经|近日|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]|\d)"
)
_NOTE = re.compile(r"（[^（）]{0,60}）")
_TAIL_LINE = re.compile(
    r"附[件表注]?[一二三四五\d]{0,2}(?:：|$)|(?:抄送|抄报|分送|印发|公开方式|公开属性|信息公开选项)"
    r"|(?:联系人|联系电话|联系方式|电话|传真|经办|承办)[^。；，]{0,8}[：\d（]|（[^（）]{0,60}）$"
)
_DATE = r"(?:(?:19|20|二〇|二○|二0|一九)[\d〇○零一二三四五六七八九Xx×]{2}年[^。；，]{1,6}月(?:[^。；，]{1,3}日)?|(?:19|20)\d\d[.\-/]\d{1,2}[.\-/]\d{1,2})"
_DATE_LINE = re.compile(r"[^。；，]{0,40}" + _DATE + r"(?:印发)?(?:（[^（）]{0,20}）)?")
_COPIES = tuple(word + colon for word in ("抄送", "抄报", "分送") for colon in "：:")
_ORGAN = re.compile(
    r".*(?:[局厅委办部处科室院司署队会团社站所馆校园厂店场]|政府|公司|中心|集团|银行|学院|大学|街道|机关|组织|单位|[省市县区镇乡村州盟旗])(?:（[^（）]{0,12}）)?"
)
_SIGNER = re.compile(
    r"[^。；，]{0,12}(?:局长|主任|厅长|县长|市长|镇长|乡长|负责人|签发人)：?[^。；，]{0,8}|（(?:盖章|公章|印章)）|(?:盖章|公章)"
)
_LONGEST_SENTENCE = 500
_ENDS = "。！？；"
_NO_SENTENCE = frozenset(("", *_ENDS))
_PIECE = re.compile(rf"[^{_ENDS}]{{1,{_LONGEST_SENTENCE}}}[{_ENDS}]?|[{_ENDS}]")
_CLOSING = re.compile(
    r"(?:此复|特此\S{1,4}|专此\S{1,4}|感谢\S{0,60}|此致|敬礼|请审阅|妥否，请批示|以上请示\S{0,60}|当否，请\S{1,60})[。！]?"
)
_CLOSES = frozenset("此特专感敬请妥以当")
"""How a closing phrase begins."""
_SENTENCE_SIGN = re.compile(r"[。；：！？，]")
_ANNEXES = re.compile(r"附[件表]?[一二三四五\d]{0,2}：")
_NAME_OF_A_SIGNER = 4
_SHORT_LINE = 32
_HEAD_LINES = 10
_TAIL_LINES = 24
_WIDE_ENOUGH_TO_BREAK = 14
_made = tuple.__new__
"""Makes the many lines and sentences of a letter in half the time that their own constructor takes."""
_GENRE = re.compile(
    "(" + "|".join(sorted((genre.value for genre in Genre), key=len, reverse=True)) + r")(?:（[^（）]*）)?$"
)


class Sentence(NamedTuple):
    """One sentence of the body: its normalised text and where it starts in the normalised document."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Letter:
    """A document laid out for matching; offsets of `sentences` are those of `normalised.text`."""

    normalised: Normalised
    title: str
    genre: str
    addressee: str
    sentences: tuple[Sentence, ...]
    title_span: tuple[int, int] | None

    @cached_property
    def body(self) -> str:
        """All sentences of the body, one a line."""
        return "\n".join(self.lines[:-1])

    @cached_property
    def lines(self) -> list[str]:
        """The sentences of the body and, last, the title."""
        return [*[sentence.text for sentence in self.sentences], self.title]

    @cached_property
    def opening(self) -> str:
        """The first two sentences: what the document answers."""
        return "".join(sentence.text for sentence in self.sentences[:2])

    @cached_property
    def closing(self) -> str:
        """The last two sentences."""
        return "".join(sentence.text for sentence in self.sentences[-2:])

    def span(self, sentence: Sentence) -> Span:
        """Return where the sentence stands in the source text."""
        return self.normalised.source_span(sentence.start, sentence.end)


def read_letter(
    text: str,
    *,
    title: str | None = None,
    genre: str | None = None,
    addressee: str | None = None,
    corrections: Sequence[str] = (),
) -> Letter:
    """Lay out `text`; what the caller knows of title, genre and addressee is taken before what is found."""
    normalised = normalise(text, corrections)
    if normalised.converted:
        title, addressee = simplify(title or ""), simplify(addressee or "")
    given_title, given_addressee = _bare(title), _bare(addressee)
    lines = without_page_numbers(_lines(normalised))
    head = _head(lines, given_addressee)
    body = _without_tail(lines[head.end :])
    holes = list(breaks(body))
    found_title = "".join(line.text for line in head.title)
    return Letter(
        normalised=normalised.without(holes) if holes else normalised,
        title=given_title or found_title,
        genre=genre or _genre_of(given_title or found_title),
        addressee=given_addressee or head.addressee,
        sentences=_sentences(_joined(body, holes) if holes else body),
        title_span=(head.title[0].start, head.title[-1].end) if head.title else None,
    )


def _bare(text: str | None) -> str:
    return "".join(plain(text).split()) if text else ""


def _lines(normalised: Normalised) -> list[Line]:
    """Part the text; a line is parted from the one before by an empty line or by two columns of white space."""
    leaps, texts = normalised.offsets.leaps, normalised.text.split("\n")
    starts = accumulate([len(text) + 1 for text in texts], initial=0)
    lines = [
        _made(Line, (text, start, not before or leaps.get(start, 0) > 1))
        for before, text, start in zip(("\n", *texts), texts, starts, strict=False)
        if text
    ]
    return lines if _blanks_are_rare(lines) else [Line(line.text, line.start) for line in lines]


def _blanks_are_rare(lines: Sequence[Line]) -> bool:
    return sum([line.parted for line in lines]) * 2 < len(lines)


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines of the title, the addressee, and how many lines all that and the number take."""

    title: tuple[Line, ...]
    addressee: str
    end: int


def _head(lines: Sequence[Line], addressee: str) -> _Head:
    at = _addressee_line(lines, addressee)
    if at is None:
        count = _head_without_addressee(lines)
        return _Head(_title(lines[:count]), "", count)
    first = _first_of_addressee(lines, at)
    if addressee:
        return _Head(_title(lines[:first]), addressee, at + 1)
    found = _ADDRESSEE_LINE.fullmatch("".join([line.text for line in lines[first : at + 1]]))
    return _Head(_title(lines[:first]), found[1] if found else lines[at].text[:-1], at + 1)


def _title(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Take the lines of the title: no number, note or banner of the issuer."""
    kept = [line for line in lines if not _is_beside_the_title(line.text)]
    return tuple(line for line in kept if not _BANNER.fullmatch(line.text)) or tuple(kept)


def _is_beside_the_title(line: str) -> bool:
    return ("）" in line or "〕" in line) and bool(_NUMBER_LINE.fullmatch(line) or _NOTE.fullmatch(line))


def _addressee_line(lines: Sequence[Line], given: str) -> int | None:
    for index, line in enumerate(lines[:_HEAD_LINES]):
        text = line.text
        if given and text.rstrip("：") == given:
            return index
        if _ADDRESSEE_LINE.fullmatch(text) and not _INTRODUCES.search(text) and not _NO_ADDRESSEE.match(text):
            return index
        if index and "。" in text:
            return None
    return None


def _first_of_addressee(lines: Sequence[Line], at: int) -> int:
    """Return where an addressee broken over several lines begins: after the end of the title."""
    first = at
    while first and not _ends_the_title(lines[first - 1].text) and len(lines[first - 1].text) >= _WIDE_ENOUGH_TO_BREAK:
        first -= 1
    return first if any(_ends_the_title(line.text) for line in reversed(lines[:first])) else at


def _ends_the_title(line: str) -> bool:
    return _GENRE.search(line) is not None or _is_beside_the_title(line)


def _head_without_addressee(lines: Sequence[Line]) -> int:
    """Count the lines of the head: short ones that are no sentence, until the title ends; one line alone has no head."""
    most = min(len(lines) - 1, 5)
    ended = False
    for count, line in enumerate(lines[: max(most, 0)]):
        beside = _is_beside_the_title(line.text)
        if not beside and (
            ended or opens(line.text) or len(line.text) > 2 * _SHORT_LINE or _SENTENCE_SIGN.search(line.text)
        ):
            return count
        ended = ended or _GENRE.search(line.text) is not None
    return max(most, 0)


def _without_tail(lines: Sequence[Line]) -> list[Line]:
    """Leave out signature, date, copies, contact and the list of annexes; everything else is body."""
    kept = list(lines)
    first = max(len(kept) - _TAIL_LINES, 1)
    copies = [at for at, line in enumerate(kept[first:], first) if line.text.startswith(_COPIES)]
    del kept[copies[0] if copies else len(kept) :]
    dated = False
    while len(kept) > 1:
        line = kept[-1].text
        is_date = _DATE_LINE.fullmatch(line) is not None
        if not is_date and not _is_tail(line, dated=dated):
            break
        dated = dated or is_date
        kept.pop()
    annexes = next((at for at in range(max(len(kept) - 8, 1), len(kept)) if _begins_annexes(kept[at].text)), len(kept))
    if not any("。" in line.text for line in kept[annexes:]):
        del kept[annexes:]
    return kept


def _begins_annexes(line: str) -> bool:
    return line[0] == "附" and _ANNEXES.match(line) is not None


def _is_tail(line: str, *, dated: bool) -> bool:
    """Whether a line that is no date is left out."""
    if _TAIL_LINE.match(line) or _SIGNER.fullmatch(line):
        return True
    if len(line) > _SHORT_LINE or _SENTENCE_SIGN.search(line) or opens(line):
        return False
    return _ORGAN.fullmatch(line) is not None or (dated and len(line) <= _NAME_OF_A_SIGNER)


def _joined(lines: Sequence[Line], holes: Iterable[tuple[int, int]]) -> list[Line]:
    """Return the lines as they stand once the holes, each between two of them, are left out."""
    joined: list[tuple[int, list[str]]] = []
    ends = {end: end - start for start, end in holes}
    gone = 0
    for line in lines:
        hole = ends.get(line.start, 0)
        gone += hole
        if hole:
            joined[-1][1].append(line.text)
        else:
            joined.append((line.start - gone, [line.text]))
    return [Line("".join(pieces), start) for start, pieces in joined]


def _sentences(lines: Sequence[Line]) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    for text, start, _ in lines:
        at = start
        for piece in _pieces(text):
            if piece not in _NO_SENTENCE and (piece[0] not in _CLOSES or not _CLOSING.fullmatch(piece)):
                sentences.append(_made(Sentence, (piece, at)))
            at += len(piece)
    return tuple(sentences)


def _pieces(line: str) -> list[str]:
    """Part a line after every sign that ends a sentence; the pieces joined are the line."""
    if len(line) > _LONGEST_SENTENCE:
        return _PIECE.findall(line)
    for end in _ENDS:
        line = line.replace(end, f"{end}\n")
    return line.split("\n")


def _genre_of(title: str) -> str:
    match = _GENRE.search(title)
    return match.group(1) if match else ""
