"""Where in a title each facet stands, sign by sign as the title is written, for whoever shows it to a person."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from attrtrack.domain.evidence import Span
from attrtrack.nlp import titles

_LONGEST = 400
_PATTERNS = (
    ("year", re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|[一二][九〇○零][〇○零一二三四五六七八九]{2}(?=年)")),
    ("period", re.compile(r"[“\"]?(?:十[一二三四五六七八九]?|[七八九])五[”\"]?(?=规划|时期|期间|[\u4e00-\u9fff])")),
    ("series", re.compile(r"第[一二三四五六七八九十百零〇\d]{1,4}(?:批|届|期|次|轮|版|季度)|[(\[](?:第)?(?:[一二三四五六七八九十]{1,3}|[IVXⅠ-Ⅻ]{1,4}|\d{1,4}号|\d{1,2})[)\]]")),
    ("stage", re.compile(r"试行|暂行|征求意见稿|送审稿|草案|修订[版稿]|(?:19|20)\d{2}年修[订正]|(?<=\()修[订正](?=\))")),
)  # fmt: skip


class FacetSpan(NamedTuple):
    """A facet, its words as written, and where they stand in the title."""

    facet: str
    words: str
    span: Span


def facet_spans(title: str) -> tuple[FacetSpan, ...]:
    """Return the words of each facet that stands in a title, in their order; an issuer's field has no span.

    `core` is the name of the document itself, `carrier` what carries it (通知, 批复 …), `kind` what it is called.
    """
    written = title[:_LONGEST]
    folded = _folded(written)
    found = [*_patterned(written, folded), *_named(written, folded)]
    return tuple(sorted(dict.fromkeys(found), key=lambda item: (item.span, item.facet)))


def _folded(title: str) -> str:
    """Return the title in one form of the same length: signs whose plain form is longer stay as they are."""
    plain = (unicodedata.normalize("NFKC", sign) for sign in title)
    return titles.simplify("".join(new if len(new) == 1 else old for old, new in zip(title, plain, strict=True)))


def _patterned(written: str, folded: str) -> Iterator[FacetSpan]:
    for facet, pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            span = Span(*match.span())
            yield FacetSpan(facet, span.of(written), span)


def _named(written: str, folded: str) -> Iterator[FacetSpan]:
    read = titles.facets(written)
    places = sorted((*read.places.provinces, *read.places.locals, *read.countries))
    named = [
        ("core", read.core),
        ("issuer", titles.bare(read.issuer or "")),
        *(("place", titles.bare(one)) for one in places),
    ]
    named += [("kind", kind) for kind in sorted(read.kinds - {read.carrier})]
    for facet, name in named:
        span = _span_of_bare(folded, name)
        if span is not None:
            yield FacetSpan(facet, span.of(written), span)
    if read.carrier and folded.rstrip("》”)").endswith(read.carrier):
        end = len(folded.rstrip("》”)"))
        yield FacetSpan("carrier", read.carrier, Span(end - len(read.carrier), end))


def _span_of_bare(folded: str, name: str) -> Span | None:
    """Find a bare name, which has no brackets and particles, among the signs of a title."""
    kept = [(place, sign) for place, sign in enumerate(folded.lower()) if titles.bare(sign)]
    start = "".join(sign for _, sign in kept).find(name) if name else -1
    return Span(kept[start][0], kept[start + len(name) - 1][0] + 1) if start >= 0 else None
