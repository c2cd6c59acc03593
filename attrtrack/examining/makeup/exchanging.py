"""Numbers exchanged: a mention whose words are those of another title of the list, of which no mention bears the number."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.makeup.around import Around, around, body_of
from attrtrack.examining.makeup.enclosed import NUMBER, Enclosed, Listing, listings_of, number_of
from attrtrack.examining.makeup.fitting import bare, contents, told_before, told_behind
from attrtrack.examining.text.paper import Paper

_MENTIONED = re.compile(
    rf"附(?P<kind>[件表图录])之?(?P<numbers>(?!一[并同起道]){NUMBER}(?:(?:[、，和及与至到~—－-]|以及)+附?[件表图录]?{NUMBER})*)"
)
_COUNT = re.compile(r"（(?:共|计)?\d+[^（）]{1,2}）")
_SPAN = re.compile("[至到~—－-]")
_FITS, _FITS_NOT = 0.6, 0.34
_LEAST_NAME = 3


def check_exchanging(paper: Paper) -> Iterator[Contradiction]:
    """Check 模板见附件二，填报说明见附件二 above a list that has 模板 as the first, and 将附件1整改回执填好 where that is the second."""
    groups = listings_of(paper)
    items = groups[0].items if groups else ()
    if len(items) < 2 or any(item.number is None for item in items):  # noqa: PLR2004 - one alone is not exchanged
        return
    yield from _twice(paper, items)
    said = _said(paper, groups)
    for one in around(paper, groups):
        own = next((item for item in items if (item.kind, item.number) == (one.kind, one.number)), None)
        others = [item for item in items if item is not own and bare(item.title)]
        if own is None:
            continue
        other = _called(one, own, others) or _fitted(one, own, [item for item in others if _key(item) not in said])
        if other:
            yield paper.found(
                "attachment-name",
                paper.evidence(one.sentence.start + one.start, one.sentence.start + one.end),
                *own.quoted(paper),
                number=own.number or "",
                named=own.title,
                title=other.title,
            )
            return


def _twice(paper: Paper, items: Sequence[Enclosed]) -> Iterator[Contradiction]:
    """Check 1.优秀单位名单 2.合格单位名单 3.合格单位名单: two numbers of one title."""
    seen: dict[str, Enclosed] = {}
    for item in items:
        first = seen.setdefault(_COUNT.sub("", item.title), item)
        if (
            first.kind == item.kind
            and first.number != item.number
            and item.end
            and len(bare(item.title)) >= _LEAST_NAME
        ):
            yield paper.found(
                "attachment-name",
                *first.quoted(paper),
                *item.quoted(paper),
                number=item.number or "",
                named=item.title,
                title=f"附{first.kind}{first.number}，名称相同",
            )


def _key(item: Enclosed) -> tuple[str, int | None]:
    return item.kind, item.number


def _said(paper: Paper, groups: Sequence[Listing]) -> set[tuple[str, int | None]]:
    """Return the kinds and numbers that the body speaks of, each of a span too."""
    said: set[tuple[str, int | None]] = set()
    for sentence in body_of(paper, groups):
        for match in _MENTIONED.finditer(sentence.text):
            numbers = [number_of(one) for one in re.findall(NUMBER, match["numbers"])]
            if _SPAN.search(match["numbers"]):
                numbers = list(range(min(numbers), max(numbers) + 1))
            said |= {(match["kind"], number) for number in numbers}
    return said


def _called(one: Around, own: Enclosed, others: Sequence[Enclosed]) -> Enclosed | None:
    """Return the item whose title stands directly behind the mention: 附件1整改回执."""
    rest, title = bare(one.rest), bare(own.title)
    for other in others:
        name = bare(other.title)
        whole = len(name) >= _LEAST_NAME and re.match(r"[《“]?[\u4e00-\u9fff]", one.rest) and rest.startswith(name)
        if whole and not title.startswith(name):
            return other
    return None


def _fitted(one: Around, own: Enclosed, others: Sequence[Enclosed]) -> Enclosed | None:
    """Return the item, of a number never told, that has the words told of this one, where its own title has hardly any."""
    before, behind = told_before(one.lead), told_behind(one.rest, freely=True)
    for told in (behind, before):
        if len(told) > 1 and _share(told, own.title) <= _FITS_NOT:
            fits = [other for other in others if _share(told, other.title) - _share(told, own.title) >= _FITS]
            if len(fits) == 1:
                return fits[0]
        if told:
            return None
    return None


def _share(told: str, title: str) -> float:
    """Return how much of what tells the words apart stands in a title, by pairs of signs."""
    words = "".join(part for part in contents(told) if len(part) > 1) or told
    pairs = [words[at : at + 2] for at in range(len(words) - 1)]
    return sum(pair in title for pair in pairs) / max(1, len(pairs))
