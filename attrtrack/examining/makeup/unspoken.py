"""Something enclosed whose name the body hardly speaks of: not yet a slip, but where one would be looked for first."""

from typing import NamedTuple

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.makeup.around import body_of
from attrtrack.examining.makeup.enclosed import Enclosed, listings_of
from attrtrack.examining.makeup.fitting import bare
from attrtrack.examining.makeup.matching import GENRE
from attrtrack.examining.text.paper import Paper

_LEAST = 0.6
"""The share of its pairs of characters that stand nowhere in the body."""


class _Unspoken(NamedTuple):
    """A name enclosed, how much of it the body does not speak of, and the longest stretch of that."""

    share: float
    item: Enclosed
    words: str


def name_to_look_at(paper: Paper) -> Contradiction | None:
    """Return the name enclosed that the body speaks of least, where it hardly speaks of it at all."""
    groups = listings_of(paper)
    body = "".join(sentence.text for sentence in body_of(paper, groups)) if groups else ""
    found = [_unspoken(item, body) for group in groups[:1] for item in group.items if item.end]
    least = max(found, key=lambda one: one.share, default=None)
    if least is None or least.share < _LEAST:
        return None
    item = least.item
    return paper.found(
        "attachment-to-look-at", paper.evidence(item.start, item.end), title=item.title, words=least.words
    )


def _unspoken(item: Enclosed, body: str) -> _Unspoken:
    title = bare(item.title)
    about = GENRE.sub("", title) or title
    pairs = [about[at : at + 2] for at in range(len(about) - 1)]
    runs, start = [""], 0
    for at, pair in enumerate(pairs):
        if pair in body:
            start = at + 1
        else:
            runs.append(about[start : at + 2])
    return _Unspoken(sum(pair not in body for pair in pairs) / max(1, len(pairs)), item, max(runs, key=len))
