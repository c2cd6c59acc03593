"""The notice of a year's result (通报): the whole, the ranks of the units by score or by measure, what is to be mended.

Units of the same value share a rank, the next ranks are left out (1, 2, 2, 4); a unit without a value has no rank.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attrtrack.domain.grades import MendingOrder
from attrtrack.domain.measures import AnyMeasure
from attrtrack.domain.reports import (
    NEW_LINE,
    Block,
    Cell,
    Column,
    Grid,
    Level,
    Number,
    PageBreak,
    Paragraph,
    Part,
    Piece,
    Receipt,
    Report,
    ReportKind,
    Row,
    Strip,
)
from attrtrack.reporting.measured_words import (
    below,
    body,
    day_in_words,
    figures_table,
    fraction,
    heading,
    name_of,
    number,
    percent,
    receipts,
    subheading,
    total,
)
from attrtrack.rules import Rules

NO_UNIT = "未写明单位的文件"
_MOST_LOWEST = 3
_BLANK = "＿＿＿＿＿＿＿＿"
_RANKING = (
    Column("名次", 16), Column("单位", 56, centred=False), Column("图示", 36, centred=False), Column("结果", 22),
    Column("分子/分母", 26),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit's measure with its rank among the units; None where it has no value."""

    unit: str
    measure: AnyMeasure
    rank: int | None


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A unit's score with its rank in its class, as they are printed, and what is remarked."""

    unit: str
    category: str
    score: str
    rank: str | None
    remark: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """A measure over all units, best first; `whole` is the measure of all of them together."""

    whole: AnyMeasure
    units: tuple[RankedUnit, ...]


@dataclass(frozen=True, slots=True)
class ResultNotice:
    """What the notice says: rankings by measure and, where a scheme was applied, scores (with the scheme's name).

    `absent` are units of which the register holds nothing, where that was asked; `orders` those whose grade asks for mending.
    """

    year: int
    made: dt.date
    issuer: str | None
    units: int
    rankings: tuple[Ranking, ...]
    whole: tuple[AnyMeasure, ...]
    absent: tuple[str, ...] = ()
    scores: tuple[ScoredUnit, ...] = ()
    unscored: tuple[tuple[str, str], ...] = ()
    scheme: str | None = None
    orders: tuple[MendingOrder, ...] = ()
    deadline: dt.date | None = None
    addressee: str | None = None
    notice: str | None = None


def result_notice(facts: ResultNotice, rules: Rules) -> Report:
    """Return the notice."""
    about = "政务公开工作考核结果" if facts.scores else "公文公开和政策解读情况"
    title = (f"关于{facts.year}年度", NEW_LINE, f"{about}的通报")
    return Report(ReportKind.NOTICE, title[0] + title[2], facts.made, tuple(_blocks(facts, rules, title)))


def _blocks(facts: ResultNotice, rules: Rules, title: Cell) -> Iterator[Block]:
    yield Paragraph(Level.TITLE, title)
    yield Paragraph(Level.ADDRESSEE, (f"{facts.addressee or _BLANK}：",))
    if facts.notice:
        yield Paragraph(Level.NOTE, (facts.notice,))
    yield body(
        "现将", total("units", Part.UNITS, facts.units, unit=None, year=facts.year),
        f"个单位{facts.year}年度有关情况通报如下。通报中的数字均由公文登记库计算，出处见附件2。",
    )  # fmt: skip
    yield heading(1, "总体情况")
    yield figures_table(facts.whole, facts.year, rules)
    yield heading(2, "名次")
    yield from _scores(facts) if facts.scores else _without_scores()
    yield heading(3, "突出问题")
    yield from _problems(facts, rules)
    yield heading(4, "整改要求")
    until = day_in_words(facts.deadline)
    yield body(f"未达到目标的单位要对照整改清单逐项整改，于{until}前完成，并报送整改情况。")
    yield from _orders(facts)
    yield Paragraph(Level.ATTACHMENT, ("附件：1．各项指标名次",))
    yield Paragraph(Level.ATTACHMENT, ("　　　2．数字出处",))
    yield Paragraph(Level.SIGNATURE, (facts.issuer or _BLANK,))
    yield Paragraph(Level.DATE, (day_in_words(facts.made),))
    yield from _tables(facts, rules)
    yield PageBreak()
    yield Paragraph(Level.NOTE, ("附件2",))
    yield Paragraph(Level.TITLE, ("数字出处",))
    how = f"attrtrack coverage --year {facts.year} --unit 单位 --rows"
    pseudo = ("units", "score") if facts.scores else ("units",)
    yield receipts(facts.whole, pseudo, rules, how=how)


def _scores(facts: ResultNotice) -> Iterator[Block]:
    yield body(
        f"按“{facts.scheme}”计分，各单位得分和名次如下。写明“拟定”的等次是建议，尚待审定；有规则未定的只列得分范围，不排名。"
    )
    columns = (
        Column("名次", 18), Column("单位", 64, centred=False), Column("得分", 36), Column("备注", 38, centred=False),
    )  # fmt: skip
    for category in dict.fromkeys(scored.category for scored in facts.scores):
        rows = tuple(_scored(scored, facts.year) for scored in facts.scores if scored.category == category)
        yield Grid(category or "得分和名次", columns, rows)
    for unit, why in facts.unscored:
        yield Paragraph(Level.NOTE, (f"{unit}：{why}。",))


def _orders(facts: ResultNotice) -> Iterator[Block]:
    decided = [order for order in facts.orders if order.decided]
    if decided:
        named = "；".join(
            f"{order.unit}为{order.grade}，{f'期限为{day_in_words(order.mend_by)}' if order.mend_by else '期限另行通知'}"
            for order in decided
        )
        yield body(f"按审定的等次责令限期整改的单位：{named}。")
    proposed = [order for order in facts.orders if not order.decided]
    if proposed:
        names = tuple(Number(f"{one.unit}拟定{one.grade}", _remarked(one.unit, facts.year)) for one in proposed)
        pieces = (piece for name in names for piece in ("、", name))
        yield body("等次尚待审定、审定后限期整改的单位：", *tuple(pieces)[1:], "。")


def _remarked(unit: str, year: int) -> Receipt:
    return Receipt("score", None, Part.EXCLUDED, unit, year)


def _scored(scored: ScoredUnit, year: int) -> Row:
    def printed(words: str, part: Part) -> Number:
        return Number(words, Receipt("score", None, part, scored.unit, year))

    rank: Cell = (printed(scored.rank, Part.RANK),) if scored.rank else ("—",)
    return Row((rank, (scored.unit,), (printed(scored.score, Part.VALUE),), (printed(scored.remark, Part.EXCLUDED),)))


def _without_scores() -> Iterator[Block]:
    yield body(
        "本通报没有按考核细则计分，各单位按各项指标分别列出名次，见附件1；结果相同的名次并列，无法计算的不排名。"
    )


def _problems(facts: ResultNotice, rules: Rules) -> Iterator[Block]:
    place, told = 0, set[str]()
    for ranking in facts.rankings:
        if ranking.whole.code in told:  # the other reading of what is told already
            continue
        short = [ranked for ranked in ranking.units if below(ranked.measure)]
        if not short or ranking.whole.target is None:
            continue
        place += 1
        told.add(ranking.whole.code)
        target = percent(ranking.whole.target.value)
        yield subheading(place, f"{name_of(ranking.whole, rules)}没有普遍达到{target}")
        count = number(ranking.whole, Part.BELOW, facts.year, words=str(len(short)))
        yield body(count, "个单位低于目标，其中最低的是", *_lowest(short, facts.year), "。")
    if facts.absent:
        place += 1
        yield subheading(place, "有的单位没有报送资料")
        count = total("units", Part.EXCLUDED, len(facts.absent), unit=None, year=facts.year)
        names = "、".join(facts.absent)
        yield body("登记中没有本年度公文的单位有", count, f"个：{names}。是否按未报资料计分，由考核人员按细则决定。")
    if not place:
        yield body("能够计算的指标，各单位均已达到目标。")


def _lowest(short: Sequence[RankedUnit], year: int) -> Iterator[Piece]:
    last = short[-1].measure.value
    lowest = [ranked for ranked in short if ranked.measure.value == last]
    for place, ranked in enumerate(lowest[:_MOST_LOWEST]):
        yield from ("、" if place else "", ranked.unit)
    yield from ("等" if len(lowest) > _MOST_LOWEST else "", "（", number(lowest[0].measure, Part.VALUE, year), "）")


def _tables(facts: ResultNotice, rules: Rules) -> Iterator[Block]:
    yield PageBreak()
    yield Paragraph(Level.NOTE, ("附件1",))
    yield Paragraph(Level.TITLE, ("各项指标名次",))
    for ranking in facts.rankings:
        target = f"（目标{percent(ranking.whole.target.value)}）" if ranking.whole.target else ""
        name = f"{name_of(ranking.whole, rules)}{target}"
        if all(ranked.rank is None for ranked in ranking.units):
            yield Paragraph(Level.NOTE, (f"{name}：各单位都没有可以计入的对象，不排名。",))
            continue
        valued = [ranked for ranked in ranking.units if ranked.rank is not None]
        yield Grid(name, _RANKING, tuple(_ranked(ranked, facts.year) for ranked in valued))
        if rest := [ranked.unit for ranked in ranking.units if ranked.rank is None]:
            count = number(ranking.whole, Part.UNITS, facts.year, words=str(len(rest)))
            yield Paragraph(Level.NOTE, ("另有", count, f"个单位没有可以计入的对象，不排名：{'、'.join(rest)}。"))


def _ranked(ranked: RankedUnit, year: int) -> Row:
    measure = ranked.measure
    rank = number(measure, Part.RANK, year, words=str(ranked.rank))
    drawn: Cell = () if measure.value is None else (Strip(measure.value, not below(measure)),)
    return Row(((rank,), (ranked.unit,), drawn, (number(measure, Part.VALUE, year),), fraction(measure, year)))
