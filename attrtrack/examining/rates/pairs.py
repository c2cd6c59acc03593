"""A percentage and the only two counts it can come from: of its sentence, of its part between ；, or of what is told right behind it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.rates.changes import is_of_year_before, is_turned
from attrtrack.examining.rates.comparing import (
    NEGATED,
    OF_NO_COUNTS,
    PLAN,
    RATE,
    STEM,
    TRIFLE,
    is_limit,
    pairs_up,
    percent,
    readings,
    wrong_percentage,
)
from attrtrack.examining.text.figures import Percentage, Quantity, percentages, printed, quantities, share_slack
from attrtrack.examining.text.paper import Paper, Sentence

_OF_COUNT = re.compile(
    r"[^，。；]{0,16}[，（]?(?:约?占(?:总[\u4e00-\u9fff]{0,4}|全[\u4e00-\u9fff]{0,5}|比)?|比例|[^，。；]{0,6}率|也?就?是)?[为达约]?"
)
_OUT_OF = re.compile(r"[^，。；]{0,10}(?:中|里|之中|当中)的?，?[^，。；\d]{0,12}|，[^，。；\d]{2,12}")
_IN_BRACKETS = re.compile(r"[^，。；（]{0,6}（[^（）\d]{0,8}")
_THAT_IS = re.compile(r"[^，。；]{0,8}[，（](?:即|计|共|为|也就是|合|仅|只有|才|达)[^，。；\d]{0,4}")
_CHANGED = re.compile(r"超出|超额|同比|(?<!新)增|减|降|提高|上升|较|比上|比去")
_EXPLAINED = re.compile(r"（[^（）]*）|，(?:即|也就是|其中)[^，。；]*(?:，[^，。；]*)?")
_AMONG = re.compile(r"中有?$|其中")
_PART_AND_WHOLE = 2
_NEAR = Decimal(12)


def check_pair(paper: Paper, sentence: Sentence, place: Percentage) -> Iterator[Contradiction]:
    """Check a percentage against the only two counts that go with it, wherever they stand, if it is near what they make."""
    counts, explained = _counts(sentence, place)
    if not counts or place.points or place.rough:
        return
    if is_of_year_before(sentence, counts[1]) and not _CHANGED.search(sentence.text):
        return
    part, whole = sorted(counts, key=lambda item: item.value)
    lead = sentence.text[: place.start].rpartition("，")[2]
    if part.rough or whole.rough or part.unit == "分" or not (pairs_up(part, whole) or _is_rate_of(lead, part, whole)):
        return
    asked = None if place.bounds else OF_NO_COUNTS.search(lead)
    told_of = part.label + part.after
    if asked and asked[0] not in told_of and not (asked[0] == "差错" and "错" in told_of):
        return
    named = STEM.search(lead) if place.end <= min(item.start for item in counts) and not place.bounds else None
    if named and not explained and named["stem"] not in "".join(item.label + item.after for item in counts):
        return
    behind = bool(place.bounds) and place.end <= counts[0].start and not NEGATED.search(sentence.text)
    behind = behind or (bool(place.bounds) and bool(_THAT_IS.fullmatch(sentence.text, place.end, counts[-1].start)))
    told = [part.value / whole.value] if behind else readings(part, whole)
    if _AMONG.search(sentence.text[counts[0].end : counts[1].start]) and whole is counts[0]:
        told = told[:2]
    changed = not explained and _CHANGED.search(sentence.text)
    shares = _changes(sentence, counts) if changed else told
    fits = any(place.fits(share, share_slack(part, whole)) for share in shares)
    near = _NEAR * 2 if place.bounds else _NEAR
    if place.bounds and not _is_of_count(sentence.text, place, counts):
        return
    if shares and not fits and min(abs(share * 100 - place.value) for share in shares) <= near:
        because = f"{printed(counts[0].value)}与{printed(counts[1].value)}算得{percent(shares[0], place)}"
        yield wrong_percentage(paper, sentence, place, because, others=(part, whole), certainty=Certainty.PROBABLE)


def is_explained(sentence: Sentence, place: Percentage) -> bool:
    """Whether the two counts right behind a percentage bear it out, whatever is told before it."""
    counts, explained = _counts(sentence, place)
    pairs = [sorted(counts, key=lambda item: item.value)] if explained else []
    return any(pairs_up(*pair) and any(place.fits(share) for share in readings(*pair)) for pair in pairs)


def _counts(sentence: Sentence, place: Percentage) -> tuple[list[Quantity], bool]:
    """Return the two counts of a percentage, and whether they stand right behind it to explain it (98%（应公示625户，实际620户）)."""
    found = [item for item in quantities(sentence) if not item.delta]
    others = [item for item in percentages(sentence) if item is not place] if len(found) == _PART_AND_WHOLE else []
    others = [item for item in others if not is_limit(sentence.text, item)]
    if len(found) == _PART_AND_WHOLE and not others:
        return found, False
    explained = _EXPLAINED.match(sentence.text, place.end)
    inside = [item for item in found if explained and item.end <= explained.end() and item.start > place.end]
    if len(inside) == _PART_AND_WHOLE and not any(item.earlier or is_turned(sentence, item) for item in inside):
        return inside, True
    return [], False


def _is_rate_of(lead: str, part: Quantity, whole: Quantity) -> bool:
    """Whether a rate is named after what one of two counts of different things counts (网页2000个，差错24处，差错率)."""
    name = RATE.search(lead)
    stem = STEM.search(name["name"]) if name else None
    return stem is not None and stem["stem"] in part.label and part.value < whole.value


def _is_of_count(text: str, place: Percentage, counts: Sequence[Quantity]) -> bool:
    """Whether a share in words is that of a count directly before it (294人次……，超过八成) or behind it (四分之三，即375名)."""
    before = [item for item in counts if item.end <= place.start]
    if not before and RATE.search(text[: place.start]):
        return True
    if before and _OF_COUNT.fullmatch(text, before[-1].end, place.start):
        return True
    inside = _IN_BRACKETS.fullmatch(text, place.end, counts[0].start)
    whole_and_part = inside or (not before and _OUT_OF.fullmatch(text, counts[0].end, counts[1].start))
    return bool(whole_and_part) or any(_THAT_IS.fullmatch(text, place.end, item.start) for item in counts)


def _changes(sentence: Sentence, counts: Sequence[Quantity]) -> list[Decimal]:
    """Return what two counts make of a change, if one of them is told to be that of before."""
    thens = [item for item in counts if item.earlier or is_turned(sentence, item)]
    thens = thens or [item for item in counts if PLAN.search(item.label)]
    if len(thens) != 1 or not thens[0].value:
        return []
    now = next(item for item in counts if item is not thens[0])
    ratio = now.value / thens[0].value
    return [share for share in (abs(ratio - 1), ratio) if share > TRIFLE]
