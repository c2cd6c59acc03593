"""A report laid out for checking: sentences without line breaks, tables with cells, and the way back to the source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction, KnownTitle, Unchecked
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.examining.text.tables import Cell, Table, read_tables
from attrtrack.nlp.normalizer import Normalised, normalise
from attrtrack.nlp.relation_model import RelationModel
from attrtrack.rules import Rules

_SENTENCE_END = re.compile(r"[。！？\n]")
_OPENS = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.．、](?!\d(?!\d{3}年))|附[件表图录]|附：|抄送|联系人|（(?:此件|联系)|—|第[一二三四五六七八九十百]+[章条]|[^，。；：（）\s]{1,12}（共?\d{1,3}[个家名件项位]）："
)
_RUNS_ON = re.compile(r"[\u4e00-\u9fff，、（《“\d]$")
_SPACED = re.compile(r"(?<![\d.,，])\d{1,3}(?:[ \u00a0\u2009]\d{3})+(?!\d)")
_BLANK = re.compile(r"[^\d]")
_STRAIGHT = re.compile(r'"([^"\n“”]*)"')
_LABELLED = re.compile(r"附[件表图录]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})?(?:[：\s]|$|\d|[.．、])")
_NO_TITLE = re.compile(
    r"。$|^[\u4e00-\u9fffA-Z×]{2,20}(?:办公[室厅]|局|厅|委员会|政府|办事处|公司|集团|协会|学院|大学|学校|小学|中学|医院|中心)$|^填[报表](?:单位|人)："
)
_LEAST_WRAPPED = 22
_RULES = "rules"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text: its normalised words and where they begin in the normalised text."""

    text: str
    start: int


@dataclass(frozen=True)
class Paper:
    """A document with everything that checks look at.

    `page_numbers` are (offset in the text, number as printed) of page numbers that stood on lines of their own. `relations`
    tells which figures belong together; None: figures are compared where words bind them, and nothing is doubted beyond.
    """

    document: Document
    rules: Rules
    page_numbers: tuple[tuple[int, str], ...] = ()
    known_titles: tuple[KnownTitle, ...] = ()
    relations: RelationModel | None = None

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the text."""
        return read_tables(self.document.text)

    @cached_property
    def plain(self) -> Normalised:
        """The text normalised, its wrapped lines rejoined; cells of tables become lines of blanks, straight quotes curved ones."""
        text = list(self.document.text)
        for table in self.tables:
            for place in range(table.span.start, table.span.end):
                text[place] = text[place] if text[place] in "\r\n" else " "
        whole = normalise(_STRAIGHT.sub(r"“\1”", "".join(text)), self.rules.words("t2s-corrections"))
        return whole.without(sorted((*_wraps(whole.text), *_spaced(whole.text))))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of running text, those of tables left out."""
        return tuple(_sentences(self.plain.text))

    @cached_property
    def lines(self) -> tuple[Sentence, ...]:
        """The paragraphs of running text."""
        found, start = [], 0
        for line in self.plain.text.split("\n"):
            if line:
                found.append(Sentence(line, start))
            start += len(line) + 1
        return tuple(found)

    @cached_property
    def captions(self) -> tuple[Cell, ...]:
        """The lines printed above the tables."""
        return tuple(line for table in self.tables for line in table.caption)

    def line_at(self, place: int) -> Span:
        """Return the last printed line that ends at or before an offset of the source."""
        before = self.document.text[:place].rstrip()
        start = before.rfind("\n") + 1
        return Span(start + len(before[start:]) - len(before[start:].lstrip()), len(before))

    def evidence(self, start: int, end: int) -> Evidence:
        """Quote the source for a range of the normalised text."""
        return self.quote(self.plain.source_span(start, end))

    def quote(self, span: Span) -> Evidence:
        """Quote the source."""
        return Evidence.at(self.document.text, span, _RULES)

    def found(
        self, code: str, /, *evidence: Evidence, certainty: Certainty | None = None, **names: object
    ) -> Contradiction:
        """Make the contradiction `code` with the sentence of its row filled in."""
        row = self.rules.report_check(code)
        return Contradiction(code, row.text.format(**names), certainty or row.certainty, evidence)

    def unchecked(self, code: str, /, **names: object) -> Unchecked:
        """Make the sentence by which the check `code` says what it could not judge."""
        return Unchecked(code, self.rules.report_check(code).not_checked.format(**names))


def _wraps(text: str) -> Iterator[tuple[int, int]]:
    """Yield the line breaks that only a margin made."""
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    lines = [text[start : end - 1] for start, end in pairwise(starts)]
    for index, (line, following) in enumerate(pairwise(lines)):
        wrapped = len(line) >= _LEAST_WRAPPED and _RUNS_ON.search(line) and following
        titled = _LABELLED.match(line) and _NO_TITLE.search(following)
        if wrapped and not titled and not _OPENS.match(following):
            yield starts[index + 1] - 1, starts[index + 1]


def _spaced(text: str) -> Iterator[tuple[int, int]]:
    """Yield the blanks that part the thousands of a figure (3 500)."""
    for number in _SPACED.finditer(text):
        yield from (match.span() for match in _BLANK.finditer(text, *number.span()))


def _sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() > start:
            yield Sentence(text[start : match.start()], start)
        start = match.end()
    if start < len(text):
        yield Sentence(text[start:], start)
