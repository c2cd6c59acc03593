"""A unit's self-check report (自查报告): how its measures stand, what is short, and the list of evidence of its class.

What only the unit knows (measures taken, people responsible, evidence at hand) is left blank to be filled in, never invented.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from attrtrack.domain.measures import Measure, Reading
from attrtrack.domain.reports import (
    NEW_LINE,
    Bars,
    Block,
    Column,
    Grid,
    Level,
    Named,
    Number,
    PageBreak,
    Paragraph,
    Part,
    Report,
    ReportBar,
    ReportKind,
    Row,
)
from attrtrack.reporting.measured_words import (
    COUNTED,
    UNDEFINED,
    below,
    body,
    day_in_words,
    figures_table,
    heading,
    listed,
    name_of,
    number,
    percent,
    receipts,
    sentence,
    subheading,
    to_mend,
    total,
)
from attrtrack.rules import Rules

_MOST_NAMED = 30
_BLANK = "＿＿＿＿＿＿＿＿"


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """What a self-check report says: the unit's measures and, by measure and reading, the rows that are short.

    `category` is the unit's class in the assessment plan (A, B), None where no plan names it. `notice` is said of a sample.
    """

    unit: str
    year: int
    made: dt.date
    category: str | None
    measures: tuple[Measure, ...]
    short: Mapping[tuple[str, Reading], tuple[Named, ...]]
    deadline: dt.date | None = None
    addressee: str | None = None
    notice: str | None = None


def self_check_report(facts: SelfCheck, rules: Rules) -> Report:
    """Return the report."""
    about = f"{facts.year}年度政务公开工作自查报告"
    return Report(ReportKind.SELF_CHECK, facts.unit + about, facts.made, tuple(_blocks(facts, rules, about)))


def _blocks(facts: SelfCheck, rules: Rules, about: str) -> Iterator[Block]:
    yield Paragraph(Level.TITLE, (facts.unit, NEW_LINE, about))
    yield Paragraph(Level.ADDRESSEE, (f"{facts.addressee or _BLANK}：",))
    if facts.notice:
        yield Paragraph(Level.NOTE, (facts.notice,))
    yield body(
        f"按照考核通知要求，我单位对{facts.year}年度制发的非涉密公文的公开属性、公开时效和政策解读情况进行了自查。"
        "报告中的数字均由公文登记库计算，出处见附件2。"
    )
    yield from _overall(facts)
    yield from _figures(facts, rules)
    yield from _problems(facts, rules)
    yield from _remedies(facts, rules)
    yield Paragraph(Level.ATTACHMENT, ("附件：1．印证材料清单",))
    yield Paragraph(Level.ATTACHMENT, ("　　　2．数字出处",))
    yield Paragraph(Level.SIGNATURE, (facts.unit,))
    yield Paragraph(Level.DATE, (day_in_words(facts.made),))
    yield from _evidence(facts, rules)
    yield PageBreak()
    yield Paragraph(Level.NOTE, ("附件2",))
    yield Paragraph(Level.TITLE, ("数字出处",))
    how = f"attrtrack coverage --year {facts.year} --unit {facts.unit} --rows"
    yield receipts(facts.measures, ("targets",), rules, how=how)


def _overall(facts: SelfCheck) -> Iterator[Block]:
    aimed = [measure for measure in facts.measures if measure.target is not None]
    short = [measure for measure in aimed if below(measure)]
    undefined = [measure for measure in aimed if measure.value is None]
    reached = len(aimed) - len(short) - len(undefined)
    yield heading(1, "总体情况")

    def count(part: Part, of: int) -> Number:
        return total("targets", part, of, unit=facts.unit, year=facts.year)

    yield body(
        "本年度有目标的指标中，达到目标的", count(Part.NUMERATOR, reached),
        "项，未达到的", count(Part.BELOW, len(short)),
        "项，没有数值的", count(Part.EXCLUDED, len(undefined)), "项。",
    )  # fmt: skip


def _figures(facts: SelfCheck, rules: Rules) -> Iterator[Block]:
    yield heading(2, "各项指标")
    yield figures_table(facts.measures, facts.year, rules)
    bars = tuple(
        ReportBar(name_of(measure, rules), number(measure, Part.VALUE, facts.year), measure.value, measure.target.value)
        for measure in facts.measures
        if measure.target is not None
    )
    if bars:
        yield Bars("有目标的指标完成情况", bars)


def _problems(facts: SelfCheck, rules: Rules) -> Iterator[Block]:
    yield heading(3, "存在的问题")
    short = to_mend(facts.measures)
    for place, measure in enumerate(short, start=1):
        target = percent(measure.target.value) if measure.target else UNDEFINED
        yield subheading(place, f"{name_of(measure, rules)}未达到{target}的目标")
        rows = facts.short.get((measure.code, measure.reading), ())
        yield body(*sentence(measure, facts.year, rules))
        yield body(
            "涉及", number(measure, Part.SHORT, facts.year), f"{COUNTED[measure.reading]}：", *listed(rows, _MOST_NAMED), "。"
        )  # fmt: skip
    if not short:
        yield body("能够计算的指标均已达到目标。")
    undefined = [name_of(measure, rules) for measure in facts.measures if measure.value is None]
    if undefined:
        yield body(
            "没有数值的指标：", "、".join(undefined), "。无法计算的是没有可以计入的文件，不能评定的是登记没有写明。"
        )


def _remedies(facts: SelfCheck, rules: Rules) -> Iterator[Block]:
    told = {row.measure: row for row in rules.remedies}
    yield heading(4, "整改打算")
    codes = dict.fromkeys(measure.code for measure in to_mend(facts.measures))
    for place, code in enumerate(codes, start=1):
        remedy = told.get(code)
        demand = f"{remedy.fault}的，{remedy.demand}" if remedy else f"{_BLANK}{_BLANK}"
        until = day_in_words(facts.deadline)
        yield body(f"{place}．{demand}。责任人：{_BLANK}；完成时限：{until}前。")
    if not codes:
        yield body(f"{_BLANK}{_BLANK}{_BLANK}")


def _evidence(facts: SelfCheck, rules: Rules) -> Iterator[Block]:
    yield PageBreak()
    yield Paragraph(Level.NOTE, ("附件1",))
    yield Paragraph(Level.TITLE, ("印证材料清单",))
    if facts.category is None:
        yield Paragraph(
            Level.NOTE, ("考核方案没有列出本单位，不知是哪一类考核对象：两类清单都附上，请用 --class 写明。",)
        )
    columns = (
        Column("序号", 16), Column("材料", 70, centred=False), Column("登记库可提供", 38, centred=False),
        Column("有无及页码", 32),
    )  # fmt: skip
    for category in (facts.category,) if facts.category else ("A", "B"):
        rows = tuple(
            Row(((str(row.number),), (row.text,), (row.provided or "—",), ("",)))
            for row in rules.evidence_items
            if row.category == category
        )
        yield Grid(f"{category}类考核对象", columns, rows)
