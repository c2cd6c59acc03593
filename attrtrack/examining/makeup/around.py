"""The words around a mention of something enclosed: what the body says that it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attrtrack.examining.makeup.enclosed import NUMBER, Listing, number_of
from attrtrack.examining.text.paper import Paper, Sentence

MENTION = re.compile(
    rf"(?:第(?P<turn>[一二三四五六七八九十\d]{{1,2}})[个份张件项])?(?:附(?P<kind>[件表图录])(?:之(?![中内后间])|格(?!式))?|(?<=[，；：。])(?P<short>[表图])(?={NUMBER}(?:[为是列]|反映)))(?P<number>(?!一[并同起道]){NUMBER}(?![\d二三四五六七八九十个份张项册幅种]|一(?![并同起道])))?(?P<more>[、和及与至到—~-]附?[件表图录]?{NUMBER})?"
)
_BEHIND = re.compile(
    r"(?:一并)?附后|附在(?:文|报告)?后|附于文?后|随[文函信](?:印发|下发|发送|附上|附送|报送|寄送)|(?:一并|现予)(?:印发|下发|附上|附送)"
)
_DEFINED = re.compile(r"(?:，?就是|为|是|：|，即|反映|列明|载明|列出)(?P<title>[\u4e00-\u9fff]{3,30})(?=[，。；]|$)")
_CLAUSE = re.compile(r"[。；]")


@dataclass(frozen=True, slots=True)
class Around:
    """A mention of one number: the words around it up to the mentions beside it, and what it is said to be."""

    kind: str
    number: int | None
    sentence: Sentence
    start: int
    end: int
    lead: str
    rest: str
    title: str

    @property
    def words(self) -> str:
        """The words before and behind, the mention itself left out."""
        return f"{self.lead}■{self.rest}"


def body_of(paper: Paper, groups: Sequence[Listing]) -> Iterator[Sentence]:
    """Yield the sentences that no list of what is enclosed holds."""
    spans = [(line.start, line.start + len(line.text)) for group in groups for line in group.lines]
    for sentence in paper.sentences:
        if not any(start <= sentence.start < end for start, end in spans):
            yield sentence


def around(paper: Paper, groups: Sequence[Listing]) -> Iterator[Around]:
    """Yield the mentions of one number, or of none, with the words around them; 附后 and the like are of no kind."""
    for sentence in body_of(paper, groups):
        found = list(MENTION.finditer(sentence.text))
        if not found and (behind := _BEHIND.search(sentence.text)):
            lead, rest = _CLAUSE.split(sentence.text[: behind.start()])[-1], sentence.text[behind.end() :]
            yield Around("", None, sentence, *behind.span(), lead, _CLAUSE.split(rest)[0], "")
        for at, match in enumerate(found):
            if match["more"] or sentence.text[match.end() : match.end() + 1] in {"、", "和", "至"}:
                continue
            opens = found[at - 1].end() if at else 0
            closes = found[at + 1].start() if at + 1 < len(found) else len(sentence.text)
            lead = _CLAUSE.split(sentence.text[opens : match.start()])[-1]
            rest = _CLAUSE.split(sentence.text[match.end() : closes])[0]
            defined = _DEFINED.match(sentence.text, match.end())
            printed = match["number"] or match["turn"]
            number = number_of(printed) if printed else None
            title = defined["title"] if defined else ""
            yield Around(
                match["kind"] or match["short"], number, sentence, match.start(), match.end(), lead, rest, title
            )
