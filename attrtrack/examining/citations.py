"""Titles and wordings of others: cited titles a sign or two away from the known one, lists that lack an item, words that slipped."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction, KnownTitle, Unchecked
from attrtrack.domain.numbers import find_all
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.rules.schema import ReportListRow

_QUOTED = re.compile(r"《(?P<title>[^《》]{6,80})》")
_STAGE = re.compile(r"[（(](?:试行|暂行|草案|征求意见稿|送审稿|修订|20\d{2}[^）)]*)[）)]")
_FIGURES = re.compile(r"[\d〇一二三四五六七八九十]+")
_NO_TITLE = re.compile(r"[^\u4e00-\u9fff0-9a-zA-Z]")
_CARRIED = re.compile(r"(?:印发|转发|批转|发布|公布)《?(?P<name>[^《》]+)》?的(?:通知|公告|决定|函)$")
_SHORTEST = 8
_MOST_CHANGED = 3
_SHARE_CHANGED = 5


def check_titles(paper: Paper) -> Iterator[Contradiction]:
    """Compare every cited title with those known (rule rows, and the register where one is named)."""
    cited = list(_cited(paper))
    known: dict[tuple[str, str], list[tuple[str, KnownTitle]]] = {}
    for item in paper.known_titles if cited else ():
        for core in _cores(item.title):
            known.setdefault(_ends(core), []).append((core, item))
    told: set[str] = set()
    for title, start, end in cited:
        core = _core(title)
        alike = known.get(_ends(core), [])
        if core in told or any(other.endswith(core) for other, _ in alike) or len(core) < _SHORTEST:
            continue
        near = next((item for other, item in alike if slightly_differs(core, other)), None)
        if near is not None:
            told.add(core)
            place = paper.evidence(start, end)
            number = f"（{near.number}）" if near.number else ""
            yield paper.found("cited-title", place, cited=title, known=near.title + number, source=near.source)
    yield from _two_numbers(paper, cited)


def _cited(paper: Paper) -> Iterator[tuple[str, int, int]]:
    for match in _QUOTED.finditer(paper.plain.text):
        yield match["title"].replace("\n", ""), match.start(), match.end()


def _ends(core: str) -> tuple[str, str]:
    """Return what two names that differ slightly have in common: the first three signs and the last two."""
    return core[:_MOST_CHANGED], core[-2:]


def _cores(title: str) -> list[str]:
    """Return the bare names by which a title may be cited: the whole, and what it prints and issues (印发……的通知)."""
    carried = _CARRIED.search(title)
    names = [_core(title), *([_core(carried["name"])] if carried else [])]
    return [name for name in names if len(name) >= _SHORTEST]


def _core(title: str) -> str:
    return _NO_TITLE.sub("", _STAGE.sub("", title.replace("\n", "")))


def slightly_differs(one: str, other: str) -> bool:
    """Whether two names are the same but for one stretch of up to three signs within; figures and the ends must agree."""
    if one == other or abs(len(one) - len(other)) > _MOST_CHANGED or _FIGURES.findall(one) != _FIGURES.findall(other):
        return False
    front = _shared(one, other)
    back = min(_shared(one[::-1], other[::-1]), len(one) - front, len(other) - front)
    changed = max(len(one), len(other)) - front - back
    inside = front >= _MOST_CHANGED and back >= 2  # noqa: PLR2004 - 办法 at least
    return inside and changed <= min(_MOST_CHANGED, max(len(one), len(other)) // _SHARE_CHANGED)


def _shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _two_numbers(paper: Paper, cited: Sequence[tuple[str, int, int]]) -> Iterator[Contradiction]:
    """One title cited with two numbers: one of them is wrong."""
    numbers: dict[str, tuple[str, int, int]] = {}
    for title, start, end in cited:
        behind = paper.plain.text[end : end + 30]
        if not behind.startswith("（"):
            continue
        number = next((str(number) for number, span, _ in find_all(behind) if span.start <= 2), None)  # noqa: PLR2004 - directly behind
        core = _NO_TITLE.sub("", title)
        if number is None:
            continue
        first = numbers.setdefault(core, (number, start, end))
        if first[0] != number:
            yield paper.found(
                "cited-two-numbers",
                paper.evidence(start, end),
                paper.evidence(first[1], first[2]),
                title=title,
                numbers=f"{first[0]}、{number}",
            )


def check_lists(paper: Paper) -> Iterator[Contradiction]:
    """Compare the lists that rules know (the steps of handling an application …) with how the paper lists them."""
    for row in paper.rules.report_lists:
        if row.over == "headings":
            yield from _headings(paper, row)
        else:
            for sentence in paper.sentences:
                yield from _listed(paper, row, sentence)


def _listed(paper: Paper, row: ReportListRow, sentence: Sentence) -> Iterator[Contradiction]:
    hits = [re.search(item, sentence.text) for item in row.items]
    present = [hit for hit in hits if hit]
    if len(present) < row.least or len(present) == len(hits) or not re.search(row.pattern, sentence.text):
        return
    ordered = sorted(present, key=lambda hit: hit.start())
    gaps = [later.start() - earlier.end() for earlier, later in pairwise(ordered)]
    if max(gaps) > 12:  # noqa: PLR2004 - items of one list stand side by side
        return
    missing = [item.split("|")[0] for item, hit in zip(row.items, hits, strict=True) if hit is None]
    place = paper.evidence(sentence.start + ordered[0].start(), sentence.start + ordered[-1].end())
    yield paper.found(
        "list-incomplete",
        place,
        name=row.name,
        listed=len(present),
        whole=len(row.items),
        missing="、".join(missing),
        source=row.source,
    )


def _headings(paper: Paper, row: ReportListRow) -> Iterator[Contradiction]:
    headings = [line for line in paper.lines if re.match(r"[一二三四五六七八九十]、", line.text)]
    hits = [next((line for line in headings if re.search(item, line.text)), None) for item in row.items]
    present = [line for line in hits if line]
    if row.least <= len(present) < len(hits):
        missing = [item.split("|")[0] for item, hit in zip(row.items, hits, strict=True) if hit is None]
        place = paper.evidence(present[-1].start, present[-1].start + len(present[-1].text))
        yield paper.found(
            "list-incomplete",
            place,
            name=row.name,
            listed=len(present),
            whole=len(hits),
            missing="、".join(missing),
            source=row.source,
        )


def check_wordings(paper: Paper) -> Iterator[Contradiction | Unchecked]:
    """Find words that slipped: principles misquoted, terms mistaken for others."""
    for row in paper.rules.report_wordings:
        for sentence in paper.sentences:
            match = re.search(row.pattern, sentence.text)
            if match and not (row.unless and re.search(row.unless, sentence.text)):
                place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
                yield paper.found("wording", place, printed=match[0], right=row.right, source=row.source)
                break


CHECKS = (check_titles, check_lists, check_wordings)
