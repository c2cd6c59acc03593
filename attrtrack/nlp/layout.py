"""The parts of a document as the proposer reads them: title, opening, sentences of the body, and what to leave out.

Number, signature block, date, copies and contact lines are left out, so that nothing can be learnt from who wrote when.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from attrtrack.domain.evidence import Span
from attrtrack.domain.genres import Genre
from attrtrack.nlp.normalizer import Normalised, is_traditional, normalise, simplify

_NUMBER_LINE = re.compile(r"[^。；]{0,30}(?:〔|（)?(?:19|20)\d{2}(?:〕|）)[^。；]{0,12}号?")
_ADDRESSEE_LINE = re.compile(r"[^。；]{2,120}：")
_INTRODUCES = re.compile(r"(?:如下|意见|通知|决定|函复|批复|答复|说明)：$")
_TAIL_LINE = re.compile(
    r"(?:抄送|附件|附：|联系人|联系电话|联系方式|电话|经办|承办|印发|公开方式|公开属性|信息公开选项|（[^（）]{0,60}）$)"
    r"|[^。；，]{0,40}(?:19|20|二〇|二○)[\d〇○零一二三四五六七八九]{2}年[^。；，]{1,6}月(?:[^。；，]{1,3}日)?(?:印发)?$"
)
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_CLOSING = re.compile(
    r"(?:此复|特此\S{1,4}|专此\S{1,4}|感谢\S*|此致|请审阅|妥否，请批示|以上请示\S*|当否，请\S+)[。！]?$"
)
_SHORT_LINE = 32
_HEAD_LINES = 8
_GENRE = re.compile(
    "(" + "|".join(sorted((genre.value for genre in Genre), key=len, reverse=True)) + r")(?:（[^（）]*）)?$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
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
        return "\n".join(sentence.text for sentence in self.sentences)

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
    lines = _lines(normalised.text)
    addressee_at = _addressee_line(lines)
    head, rest = lines[:addressee_at], lines[addressee_at:]
    found_addressee = ""
    if rest and addressee_at is not None:
        found_addressee, rest = rest[0].text[:-1], rest[1:]
    if addressee_at is None:
        head, rest = _head_without_addressee(lines)
    if is_traditional(text):
        title, addressee = simplify(title or ""), simplify(addressee or "")
    given = "".join(normalise(title or "").text.split())
    title_lines = [line for line in head if not _NUMBER_LINE.fullmatch(line.text)]
    found = "".join(line.text for line in title_lines)
    kept = _without_tail(rest)
    return Letter(
        normalised=normalised,
        title=given or found,
        genre=genre or _genre_of(given or found),
        addressee="".join(normalise(addressee or "").text.split()) or found_addressee,
        sentences=tuple(_sentences(kept)),
        title_span=(title_lines[0].start, title_lines[-1].end) if title_lines else None,
    )


def _lines(text: str) -> list[Sentence]:
    return [Sentence(match.group(), match.start()) for match in re.finditer(r"[^\n]+", text)]


def _addressee_line(lines: Sequence[Sentence]) -> int | None:
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if _ADDRESSEE_LINE.fullmatch(line.text) and not _INTRODUCES.search(line.text):
            return index
    return None


def _head_without_addressee(lines: Sequence[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Take short lines without a full stop at the top as the head; a text of one line has no head."""
    count = 0
    while (
        count < min(len(lines) - 1, 4) and len(lines[count].text) <= 2 * _SHORT_LINE and "。" not in lines[count].text
    ):
        count += 1
    return list(lines[:count]), list(lines[count:])


def _without_tail(lines: Sequence[Sentence]) -> list[Sentence]:
    kept = list(lines)
    while len(kept) > 1 and _is_tail(kept[-1].text):
        kept.pop()
    return kept


def _is_tail(line: str) -> bool:
    return bool(_TAIL_LINE.match(line)) or (len(line) <= _SHORT_LINE and not re.search(r"[。；！？：]", line))


def _sentences(lines: Sequence[Sentence]) -> list[Sentence]:
    return [
        Sentence(match.group(), line.start + match.start())
        for line in lines
        for match in _SENTENCE.finditer(line.text)
        if not _CLOSING.fullmatch(match.group())
    ]


def _genre_of(title: str) -> str:
    match = _GENRE.search(title)
    return match.group(1) if match else ""
