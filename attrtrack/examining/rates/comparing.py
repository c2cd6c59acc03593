"""Figures set beside the percentage that is told of them: which may belong together, what they make, what is wrong."""

import re
from collections.abc import Sequence
from decimal import Decimal

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import Percentage, Quantity, same_unit
from attrtrack.examining.text.paper import Paper, Sentence

RATE = re.compile(r"(?P<name>[\u4e00-\u9fff]{0,8}(?:率|比例))[^，；。\d]{0,8}$")
OF_NO_COUNTS = re.compile(r"出生|死亡|增长|满意|接通|支持|知晓|准确|差错|点击|关注|好评|网办|及格|认可|到达")
PLAN = re.compile(r"计划|任务|目标|指标|预算|应(?!用|急|对)")
STEM = re.compile(r"(?:按期|按时|及时|限时|总体|综合|实际|平均|全部|已)?(?P<stem>[\u4e00-\u9fff]{2})(?:率|比例)$")
NEGATED = re.compile(r"不|未|没有|无")
_LIMIT = re.compile(
    r"(?:规定|要求|标准|上限|下限|目标|指标|红线|警戒线|不[低高]于|不[超少]过?于?|设定)[^，。；\d]{0,4}$"
)
"""How a rate is named, its stem, and rates told of what is not counted; figures of a plan; what is told as not done."""
TRIFLE = Decimal("0.002")
"""A share below it is told of what is bad, and so is no rest of a whole."""
_TOO_FAR, _LONGEST = 4, 16


def is_limit(text: str, place: Percentage) -> bool:
    """Whether a percentage is one that must be reached or kept below, not one that was (目标为95%)."""
    return bool(_LIMIT.search(text[max(0, place.start - _LONGEST) : place.start]))


def different(pairs: Sequence[tuple[Quantity, Quantity]]) -> bool:
    """Whether any part is less than its whole."""
    return any(part.value != whole.value for part, whole in pairs)


def pairs_up(part: Quantity, whole: Quantity) -> bool:
    """Whether one figure may be a part of another: the same unit, something, and no more than it."""
    same = part is not whole and part.unit and same_unit(part.unit, whole.unit) and not whole.delta
    return bool(same) and 0 < part.value <= whole.value


def readings(part: Quantity, whole: Quantity) -> list[Decimal]:
    """Return the share of the part and, as rates are told of what is good, that of the rest."""
    share, of_both = part.value / whole.value, part.value / (part.value + whole.value)
    return [share, 1 - share, of_both, 1 - of_both] if share > TRIFLE else [share]


def comparable(worked_out: Decimal, stated: Decimal) -> bool:
    """Whether two percentages may be two answers to one question; far apart, the figures were taken for something else."""
    return min(worked_out, stated) * _TOO_FAR >= max(worked_out, stated)


def percent(share: Decimal, place: Percentage) -> str:
    """Print a share with the decimals of the percentage told, one at least."""
    return f"{share * 100:.{max(place.decimals, 1)}f}%"


def wrong_percentage(
    paper: Paper,
    sentence: Sentence,
    place: Percentage,
    because: str,
    *,
    others: Sequence[Quantity] = (),
    certainty: Certainty | None = None,
) -> Contradiction:
    """Make the contradiction that a percentage is not what `because` makes it; `others` are the figures behind it."""
    stated = paper.evidence(sentence.start + place.start, sentence.start + place.end)
    rest = [paper.evidence(sentence.start + item.start, sentence.start + item.end) for item in others]
    return paper.found("percentage", stated, *rest, certainty=certainty, stated=stated.quote, because=because)


def slipped(worked_out: Decimal, place: Percentage, most: Decimal) -> bool:
    """Whether a percentage is within `most` points of what is worked out, or that with its digits turned."""
    near = abs(worked_out - place.value) <= most
    shown = f"{worked_out:.{place.decimals}f}"
    return near or sorted(shown) == sorted(f"{place.value:.{place.decimals}f}")
