"""Days that fall back: what a paragraph goes on to tell of, with nothing that says it looks back, did not happen before what it told."""

import re
from collections.abc import Iterator
from itertools import pairwise

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.paper import Paper
from attrtrack.examining.times.telling import Told, hidden, told_in

_LOOKS_BACK = re.compile(
    r"此前|之前|早在|(?<!按)原|曾|提前|上年|去年|前年|分别|其中|最|比|较|另|占|先于|早于|晚于|先前|前期|其余|依次|《|截|改期|除|如|例如|包括|涉及|有效|期限|应|逾期|迟|晚|[系该]|实际|落款|日期|此次|而|已|经查|与|传达|引用|同步|不服|距|；|是"
)
_PREPARED = re.compile(r"通知|预告|公告|公示|方案|材料|议程|邀请|预案|征集|报名|听证")
_TELLING, _GOING_ON = frozenset({"done", "label", "attribute"}), frozenset({"done", "label", "ahead", "since"})
_DOING = re.compile(
    r"报送|提交|完成|公开|发布|召开|举[办行]|公布|印发|办结|答复|整改|上线|检查|培训|通报|更新|宣讲|受理|申请|开展"
)
_DOER = re.compile(r"[局镇委厅办院校部乡县市区道所站村处科府][于在将]?$|^[A-Z甲乙丙丁]")
_CITED = re.compile(r"会议|精神|文件|来函|通知|的")
_EXPLAINED = re.compile(r"之前|以前|[^，。；]{0,2}前[一二三四五六七八九十\d]|早|先于|前期")
_LONGEST_GAP = 120


def check_falling(paper: Paper) -> Iterator[Contradiction]:
    """Compare each day of every paragraph with the one told before it, whatever is told of them."""
    for line in paper.lines:
        told = [item for item in told_in(line.text) if item.role != "aside"]
        covered = hidden(line.text) if len(told) > 1 else ""
        for one, other in pairwise(told):
            gap = covered[one.end : other.start]
            apart = re.search(r"[。；]", gap) and one.first.year != other.first.year
            behind = covered[other.end :].partition("。")[0]
            if (
                apart
                or len(gap) > _LONGEST_GAP
                or not _falls(one, other)
                or _EXPLAINED.search(behind[2:])
                or _PREPARED.search(other.lead)
            ):
                continue
            if not _LOOKS_BACK.search(one.lead + gap + other.rest) and not _are_parallel(one, other):
                place = paper.evidence(line.start + one.start, line.start + other.end)
                first, second = line.text[one.start : one.end], line.text[other.start : other.end]
                yield paper.found(
                    "dates-out-of-order",
                    place,
                    certainty=Certainty.PROBABLE,
                    first=first,
                    second=second,
                    because="后说的事日期在前",
                )


def _are_parallel(one: Told, other: Told) -> bool:
    """Whether two days are told of parallel matters: of two doers, or of the same doing; or the second belongs to what is cited."""
    shared = set(_DOING.findall(one.words)) & set(_DOING.findall(other.words))
    doers = _DOER.search(one.lead.strip()) and _DOER.search(other.lead.strip())
    return bool(shared or doers or _CITED.search(other.rest))


def _falls(one: Told, other: Told) -> bool:
    """Whether a day or a third of a month lies before the one told last, and both tell of what was done."""
    if one.role not in _TELLING or other.role not in _GOING_ON or not other.is_before(one.first):
        return False
    return not any(item.first.is_part and item.first.day == 1 for item in (one, other))
