"""A scheme applied to the faults of a unit: each rule's own cap, then the level-1 weight, then bonuses, grave deductions last.

The method of the 2020 plan (晋政办函〔2020〕42号, part three): a fault of level 2 or 3 may cost more than its own
indicator's weight, but a level-1 indicator loses no more than its weight. Bonuses stay within a share of the parent's
weight; the parent of a level-1 indicator, or of none, is the full mark. Grave deductions are held by no cap.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from attrtrack.assessing.figures import shown
from attrtrack.assessing.ranking import ranks_of
from attrtrack.domain.schemes import Bonus, Deduction, Scheme
from attrtrack.domain.scores import Fault, Gain, Loss, LossLine, Missing, OpenRule, Score, SectionScore
from attrtrack.errors import BadRowError
from attrtrack.rules.schemes import ROUNDINGS

_NOTHING, _HUNDRED = Decimal(0), Decimal(100)


def score_unit(
    scheme: Scheme,
    class_code: str,
    *,
    unit: str,
    faults: Sequence[Fault],
    missing: Sequence[Missing] = (),
    open_rules: Sequence[OpenRule] = (),
) -> Score:
    """Score one unit; raises `BadRowError` for a fault by a rule that does not count for its class."""
    _known(scheme, class_code, faults, missing)
    losses = list(_losses(scheme, faults))
    absent = {one.indicator: one for one in missing}
    sections = tuple(
        _section(scheme, one.code, losses, missing=absent.get(one.code)) for one in scheme.sections(class_code)
    )
    gains = tuple(_gains(scheme, class_code, faults, frozenset(absent)))
    grave = tuple(loss for loss in losses if loss.indicator is None)
    full = scheme.assessed_class(class_code).full_mark
    exact = _exact(scheme, full, sections, (gains, grave))
    worst = [*losses, *_worst(scheme, open_rules)]
    least = tuple(
        _section(scheme, one.code, worst, missing=absent.get(one.code)) for one in scheme.sections(class_code)
    )
    score = Score(
        unit=unit,
        class_code=class_code,
        full_mark=full,
        sections=sections,
        gains=gains,
        grave=grave,
        exact=exact,
        total=_rounded(scheme, exact),
        lowest=_rounded(scheme, _exact(scheme, full, least, (gains, grave))),
        open=tuple(open_rules),
    )
    return replace(score, grade_proposed=_grade(scheme, score))


def _exact(
    scheme: Scheme, full: Decimal, sections: Sequence[SectionScore], beside: tuple[Sequence[Gain], Sequence[Loss]]
) -> Decimal:
    gains, grave = beside
    total = sum((one.score for one in sections), _NOTHING)
    total += sum((one.points for one in gains), _NOTHING) - sum((one.points for one in grave), _NOTHING)
    return total * _HUNDRED / full if scheme.normalise == "divide" else total


def _rounded(scheme: Scheme, exact: Decimal) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-scheme.places), ROUNDINGS[scheme.rounding])


def _grade(scheme: Scheme, score: Score) -> str | None:
    """Propose the grade of a complete score; one below the last threshold (0) has the last grade."""
    if not scheme.grades or not score.complete:
        return None
    return next((one.name for one in scheme.grades if score.total >= one.least), scheme.grades[-1].name)


def _worst(scheme: Scheme, open_rules: Sequence[OpenRule]) -> Iterator[Loss]:
    """Yield what the open rules would cost at most: their cap, else the whole weight of their section."""
    rules = {rule.code: rule for rule in scheme.deductions}
    for one in open_rules:
        rule = rules[one.rule]
        if rule.indicator is not None:
            most = scheme.section_of(rule.indicator).weight if rule.cap is None else rule.cap
            yield Loss(rule.code, rule.indicator, most, most, one.why, (), ())


def _known(scheme: Scheme, class_code: str, faults: Sequence[Fault], missing: Sequence[Missing]) -> None:
    rules = {rule.code: rule for rule in scheme.rules}
    sections = {one.code for one in scheme.sections(class_code)}
    for fault in faults:
        rule = rules.get(fault.rule)
        if rule is None or (rule.indicator is not None and not scheme.counts_for(rule.indicator, class_code)):
            raise BadRowError(f"细则 {scheme.code} 的{class_code}类没有规则 {fault.rule[:40]}：请核对规则代码。")
        if fault.count < 0:
            raise BadRowError(f"规则 {fault.rule} 的次数不能是负数：请核对。")
    for one in missing:
        if one.indicator not in sections:
            raise BadRowError(
                f"细则 {scheme.code} 的{class_code}类没有一级指标 {one.indicator[:40]}：未报资料只能记在一级指标上。"
            )


def _losses(scheme: Scheme, faults: Iterable[Fault]) -> Iterator[Loss]:
    rules = {rule.code: rule for rule in scheme.deductions}
    for rule, found in _by_rule(faults, rules):
        asked = rule.points * sum((fault.count for fault in found), _NOTHING)
        points = asked if rule.cap is None else min(asked, rule.cap)
        if asked:
            yield Loss(rule.code, rule.indicator, asked, points, _reason(found), _rows(found), _evidence(found))


def _by_rule(faults: Iterable[Fault], rules: dict[str, Deduction]) -> Iterator[tuple[Deduction, list[Fault]]]:
    found = defaultdict[str, list[Fault]](list)
    for fault in faults:
        found[fault.rule].append(fault)
    yield from ((rule, found[code]) for code, rule in rules.items() if code in found)


def _reason(faults: Sequence[Fault]) -> str:
    return "；".join(dict.fromkeys(fault.reason for fault in faults if fault.reason))


def _rows(faults: Sequence[Fault]) -> tuple[str, ...]:
    return tuple(row for fault in faults for row in fault.rows)


def _evidence(faults: Sequence[Fault]) -> tuple[str, ...]:
    return tuple(fault.evidence for fault in faults if fault.evidence)


def _section(scheme: Scheme, code: str, losses: Sequence[Loss], *, missing: Missing | None) -> SectionScore:
    indicator = scheme.indicator(code)
    own = tuple(loss for loss in losses if loss.indicator and scheme.section_of(loss.indicator).code == code)
    asked = sum((loss.points for loss in own), _NOTHING)
    lost = indicator.weight if missing is not None else min(asked, indicator.weight)
    words = None if missing is None else f"{scheme.missing_words}：{missing.reason}（{missing.evidence}）"
    return SectionScore(code, indicator.name, indicator.weight, own, asked, lost, words)


def _gains(scheme: Scheme, class_code: str, faults: Sequence[Fault], absent: frozenset[str]) -> Iterator[Gain]:
    """Yield what is added, by the bonuses of one parent in the order of the scheme until its share is used up.

    A section of which nothing was handed in scores 0 as a whole: its bonuses count for nothing.
    """
    left: dict[tuple[str | None, Decimal], Decimal] = {}
    for bonus in scheme.bonuses:
        found = [fault for fault in faults if fault.rule == bonus.code]
        asked = bonus.points * sum((fault.count for fault in found), _NOTHING)
        if not asked:
            continue
        parent, share = _parent(scheme, bonus), scheme.bonus_share if bonus.share is None else bonus.share
        weight = scheme.assessed_class(class_code).full_mark if parent is None else scheme.indicator(parent).weight
        free = left.setdefault((parent, share), weight * share)
        points = min(asked, free) if bonus.most is None else min(asked, bonus.most, free)
        if bonus.indicator is not None and scheme.section_of(bonus.indicator).code in absent:
            points = _NOTHING
        left[parent, share] = free - points
        yield Gain(bonus.code, bonus.indicator, asked, points, _reason(found), _rows(found), _evidence(found))


def _parent(scheme: Scheme, bonus: Bonus) -> str | None:
    return None if bonus.indicator is None else scheme.indicator(bonus.indicator).parent


def ranked(scheme: Scheme, scores: Iterable[Score]) -> tuple[Score, ...]:
    """Rank the complete scores class by class, best first, the others behind them without rank.

    Units of one total are told apart by the sections that the scheme names, else they share a rank as it says.
    """
    order = {one.code: place for place, one in enumerate(scheme.classes)}
    sorted_scores = sorted(
        scores, key=lambda one: (order[one.class_code], [-key for key in _keys(scheme, one)], one.unit)
    )
    found: list[Score] = []
    for _, group in groupby(sorted_scores, key=lambda one: one.class_code):
        of_class = list(group)
        members = [one for one in of_class if one.complete]
        places: list[tuple[Decimal, ...]] = [_keys(scheme, one) for one in members]
        ranks = ranks_of(places, scheme.ranking)
        found.extend(replace(one, rank=rank) for one, rank in zip(members, ranks, strict=True))
        found.extend(one for one in of_class if not one.complete)
    return tuple(found)


def _keys(scheme: Scheme, score: Score) -> tuple[Decimal, ...]:
    sections = {one.code: one.score for one in score.sections}
    return (score.total, *(sections.get(code, _NOTHING) for code in scheme.tie_break))


def loss_sheet(scheme: Scheme, score: Score) -> tuple[LossLine, ...]:
    """Return the score sheet in four columns; its losses add up to exactly what is lost, caps shown as lines of their own."""
    return tuple(_lines(scheme, score))


def _lines(scheme: Scheme, score: Score) -> Iterator[LossLine]:
    for section in score.sections:
        if section.missing is not None:
            yield LossLine(section.name, section.weight, section.lost, section.missing)
            continue
        for loss in section.losses:
            indicator = scheme.indicator(loss.indicator or section.code)
            yield LossLine(indicator.name, indicator.weight, loss.points, _told(scheme, loss), loss=loss)
        if section.asked > section.lost:
            over = section.asked - section.lost
            reason = f"一级指标最多扣 {shown(section.weight)} 分，少扣 {shown(over)} 分"
            yield LossLine(section.name, section.weight, -over, reason)
    for loss in score.grave:
        yield LossLine("重大扣分", None, loss.points, _told(scheme, loss), loss=loss)


def _told(scheme: Scheme, loss: Loss) -> str:
    rule = next(rule for rule in scheme.deductions if rule.code == loss.rule)
    capped = f"（应扣 {shown(loss.asked)} 分，本条最多扣 {shown(loss.points)} 分）" if loss.asked > loss.points else ""
    return f"{rule.text}：{loss.reason}{capped}" if loss.reason else f"{rule.text}{capped}"
