"""The slips of a ranking in words: the units concerned, what they should be, and what ranks would follow."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from attrtrack.assessing.figures import shown
from attrtrack.assessing.rank_checks import Explained, slipping
from attrtrack.domain.score_checks import RankChange, RankFault


def rank_faults(table: str, way: Explained) -> Iterator[RankFault]:
    """Yield one fault for each slip; two neighbours that changed places are one."""
    slips = list(slipping(way))
    swapped = {
        one
        for (one, shifted), (other, too) in pairwise(slips)
        if not shifted and not too and other == one + 1 and _crossed(way, one, other)
    }
    for index, shifted in slips:
        if index - 1 in swapped and not shifted:
            continue
        if shifted:
            yield _shifted(table, way, index)
        elif index in swapped:
            yield _fault(table, way, (index, index + 1), f"名次对调了：{_each(way, (index, index + 1))}。")
        else:
            yield _alone(table, way, index)


def _crossed(way: Explained, one: int, other: int) -> bool:
    first, second = way.order[one].rank, way.order[other].rank
    return (
        first is not None
        and second is not None
        and first > second
        and first - way.right[one] == way.right[other] - second
    )


def _tied(way: Explained, index: int) -> tuple[int, ...]:
    return tuple(place for place, score in enumerate(way.scores) if score == way.scores[index])


def _alone(table: str, way: Explained, index: int) -> RankFault:
    contender, tied = way.order[index], _tied(way, index)
    right = f"应为第{shown(way.right[index])}名"
    if contender.rank is None:
        return _fault(table, way, (index,), f"{contender.unit}总分 {shown(way.scores[index])}，没有公布名次，{right}。")
    off = _off_by(way, index)
    if off:
        right = (
            f"照公布的排法应为第{shown(way.right[index] + off)}名（前面的差错更正后为第{shown(way.right[index])}名）"
        )
    others = f"，与{'、'.join(way.order[one].unit for one in tied if one != index)}同分" if len(tied) > 1 else ""
    message = f"{contender.unit}总分 {shown(way.scores[index])}{others}，{right}，公布为第{shown(contender.rank)}名。"
    return _fault(table, way, (index, *(one for one in tied if one != index)), message)


def _off_by(way: Explained, index: int) -> Decimal:
    """Return by how much the ranks around a place are off because of slips before it."""
    for place in range(index - 1, -1, -1):
        rank = way.order[place].rank
        if place not in way.path.alone and rank is not None:
            return rank - way.right[place] if index not in way.path.shifts else Decimal(0)
    return Decimal(0)


def _shifted(table: str, way: Explained, index: int) -> RankFault:
    tied = _tied(way, index)
    before = way.order[index - 1] if index else None
    follows = tuple(_follows(way, index, tied))
    if before is not None and index - 1 in tied and before.rank != way.order[index].rank:
        score = shown(way.scores[index])
        said = f"{'、'.join(way.order[one].unit for one in tied)}同为 {score} 分，公布的名次是{_ranks(way, tied)}；{_by_method(way)}应{_right(way, tied)}"
        return _fault(table, way, tied, f"{said}{_told(follows)}。", follows)
    if before is not None and before.rank == way.order[index].rank:
        places = (index - 1, index)
        scores = "、".join(shown(way.scores[one]) for one in places)
        said = f"{'、'.join(way.order[one].unit for one in places)}总分不同（{scores}），却同列第{_ranks(way, (index,))}名，应{_right(way, places)}"
        return _fault(table, way, places, f"{said}{_told(follows)}。", follows)
    if before is not None and way.order[index].rank == way.right[index]:
        said = f"{before.unit}第{_ranks(way, (index - 1,))}名之后是{way.order[index].unit}第{_ranks(way, (index,))}名，名次不连续"
        return _fault(table, way, (index,), f"{said}：前面的差错到这里抵消了。")
    said = f"{way.order[index].unit}应为第{shown(way.right[index])}名，公布为第{_ranks(way, (index,))}名，名次不连续"
    return _fault(table, way, (index, *_slipped_tie(way, index)), f"{said}{_told(follows)}。", follows)


def _slipped_tie(way: Explained, index: int) -> tuple[int, ...]:
    """Return the tie right before a place where one of it has a wrong rank: the ranks after it may go back to that."""
    tied = _tied(way, index - 1) if index else ()
    return tied if len(tied) > 1 and {*tied} & {*way.path.alone} else ()


def _by_method(way: Explained) -> str:
    return (
        f"其他同分单位的排法是{way.method.chinese}，" if len(set(way.scores)) + 1 < len(way.scores) else "按同样的排法"
    )


def _follows(way: Explained, index: int, named: Sequence[int]) -> Iterator[RankChange]:
    """Yield the units after a shift, up to the next, whose rank changes once it is mended."""
    end = next((shift for shift in way.path.shifts if shift > index), len(way.order))
    for place in range(index, end):
        contender, right = way.order[place], way.right[place]
        if contender.rank in {None, right} or place in named or place in way.path.alone:
            continue
        if contender.rank is not None:
            yield RankChange(contender.unit, contender.row, contender.rank, right)


def _told(follows: Sequence[RankChange]) -> str:
    if not follows:
        return ""
    last = follows[-1]
    return (
        f"；其后 {len(follows)} 个单位的名次随之改变，从{follows[0].unit}（第{shown(follows[0].published)}名改为第{shown(follows[0].expected)}名）"
        f"到{last.unit}（第{shown(last.published)}名改为第{shown(last.expected)}名）"
    )


def _each(way: Explained, places: Sequence[int]) -> str:
    return "，".join(
        f"{way.order[one].unit}总分 {shown(way.scores[one])}，应为第{shown(way.right[one])}名，公布为第{_ranks(way, (one,))}名"
        for one in places
    )


def _ranks(way: Explained, places: Sequence[int]) -> str:
    return "、".join("（无）" if (rank := way.order[one].rank) is None else shown(rank) for one in places)


def _right(way: Explained, places: Sequence[int]) -> str:
    ranks = [way.right[one] for one in places]
    same = len(set(ranks)) == 1 and len(ranks) > 1
    return f"同为第{shown(ranks[0])}名" if same else "为" + "、".join(f"第{shown(rank)}名" for rank in ranks)


def _fault(
    table: str, way: Explained, places: Sequence[int], message: str, follows: tuple[RankChange, ...] = ()
) -> RankFault:
    named = [way.order[one] for one in places]
    return RankFault(
        table=table,
        units=tuple(contender.unit for contender in named),
        rows=tuple(contender.row for contender in named),
        published=tuple(contender.rank for contender in named),
        expected=tuple(way.right[one] for one in places),
        follows=follows,
        message=message,
    )
