"""Measures in the words of a report: each number with its receipt, and the table in which the receipts open."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from attrtrack.domain.measures import AnyMeasure, MeasureState, Reading
from attrtrack.domain.reports import (
    NEW_LINE,
    Cell,
    Column,
    Grid,
    Level,
    Named,
    Number,
    Paragraph,
    Part,
    Piece,
    Receipt,
    Row,
)
from attrtrack.rules import Rules

READINGS = {Reading.DOCUMENT: "按文件", Reading.INTERPRETATION: "按解读"}
COUNTED = {Reading.DOCUMENT: "份", Reading.INTERPRETATION: "件"}
UNDEFINED, NOT_ASSESSABLE = "无法计算", "不能评定"
BLANK_DAY = "　　　　年　　月　　日"
_CHINESE = "零一二三四五六七八九十"
_TENS = 10
_PSEUDO = {
    "targets": ("有目标的指标", "本年度有目标的指标项数；值不低于目标的为达到，没有数值的另计"),
    "units": ("单位", "登记中本年度有文件的单位个数；低于目标的单位个数按各单位该项指标的值计"),
    "score": ("考核得分", "按考核细则计算；每一处扣分都有来由，用 attrtrack score 列出"),
}


def percent(value: float | None) -> str:
    """Write a share as reports do; what has no value is told as such."""
    return UNDEFINED if value is None else f"{value * 100:.1f}%"


def value_words(measure: AnyMeasure) -> str:
    """Write a measure's value; where there is none, whether nothing is to be counted or the register does not tell."""
    return NOT_ASSESSABLE if measure.state is MeasureState.NOT_ASSESSABLE else percent(measure.value)


def day_in_words(day: dt.date | None) -> str:
    """Write a day in Arabic figures as a signature does; None is left to be filled in by hand."""
    return BLANK_DAY if day is None else f"{day.year}年{day.month}月{day.day}日"


def ordinal(number: int) -> str:
    """Write the number of a heading: 一, 十一, 二十; up to ninety-nine."""
    tens, ones = divmod(number, _TENS)
    head = "" if tens == 0 else ("十" if tens == 1 else _CHINESE[tens] + "十")
    return head + (_CHINESE[ones] if ones or not tens else "")


def name_of(measure: AnyMeasure, rules: Rules) -> str:
    """Return the measure's name, with its reading where the dictionary knows more than one."""
    readings = next((row.readings for row in rules.measures if row.code == measure.code), ())
    return f"{measure.name}（{READINGS[measure.reading]}）" if len(readings) > 1 else measure.name


def counts(measure: AnyMeasure) -> dict[Part, int]:
    """Return the counts of a measure by part; `SHORT` is what of the denominator is not in the numerator."""
    numerator, denominator = len(measure.numerator), len(measure.denominator)
    return {
        Part.NUMERATOR: numerator,
        Part.DENOMINATOR: denominator,
        Part.SHORT: denominator - numerator,
        Part.EXCLUDED: len(measure.excluded),
    }


def number(measure: AnyMeasure, part: Part, year: int, *, words: str | None = None) -> Number:
    """Return one number of a measure as it is printed; `words` where it is derived from more than this measure."""
    if words is None:
        words = value_words(measure) if part is Part.VALUE else str(counts(measure)[part])
    return Number(words, Receipt(measure.code, measure.reading, part, measure.unit, year))


def total(kind: str, part: Part, count: int, *, unit: str | None, year: int) -> Number:
    """Return a number counted over measures or units, not over rows."""
    return Number(str(count), Receipt(kind, None, part, unit, year))


def fraction(measure: AnyMeasure, year: int) -> Cell:
    """Return numerator and denominator as a cell."""
    return (number(measure, Part.NUMERATOR, year), "/", number(measure, Part.DENOMINATOR, year))


def below(measure: AnyMeasure) -> bool:
    """Whether a measure has a target and a value that does not reach it."""
    return measure.target is not None and measure.value is not None and measure.value < measure.target.value


def state_words(measure: AnyMeasure) -> str:
    """Say how a measure stands to its target."""
    if measure.target is None:
        return "没有目标"
    if measure.value is None:
        return value_words(measure)
    return "未达到" if below(measure) else "达到"


def sentence(measure: AnyMeasure, year: int, rules: Rules) -> Iterator[Piece]:
    """Yield one sentence on a measure: its value with fraction, what is left out, the span of what is pending."""
    counted = COUNTED[measure.reading]
    yield f"{name_of(measure, rules)}"
    if measure.value is None:
        yield "没有可以计入的对象，"
    yield from ("为" if measure.value is not None else "", number(measure, Part.VALUE, year))
    yield from ("（", *fraction(measure, year), "），不计入", number(measure, Part.EXCLUDED, year), counted)
    if measure.range is not None:
        low, high = (
            number(measure, part, year, words=percent(share))
            for part, share in zip((Part.LOWEST, Part.HIGHEST), measure.range, strict=True)
        )
        yield from ("，待判定的关联全部判定后在", low, "至", high, "之间")
    yield "。"


def figures_table(measures: Iterable[AnyMeasure], year: int, rules: Rules) -> Grid:
    """Return the table of every measure with its value, fraction, what is left out, target and how it stands to that."""
    rows = (
        Row(
            (
                (name_of(measure, rules),),
                (number(measure, Part.VALUE, year),),
                fraction(measure, year),
                (number(measure, Part.EXCLUDED, year),),
                (percent(measure.target.value) if measure.target else "—",),
                (state_words(measure),),
            )
        )
        for measure in measures
    )
    columns = (
        Column("指标", 52, centred=False), Column("结果", 22), Column("分子/分母", 26), Column("不计入", 16),
        Column("目标", 20), Column("情况", 20),
    )  # fmt: skip
    return Grid(f"{year}年度指标完成情况", columns, tuple(rows))


def to_mend(measures: Sequence[AnyMeasure]) -> list[AnyMeasure]:
    """Return the measures below their target; of one counted both ways, documents go before interpretations: they are mended."""
    short = [measure for measure in measures if below(measure)]
    documents = {measure.code for measure in short if measure.reading is Reading.DOCUMENT}
    return [measure for measure in short if measure.reading is Reading.DOCUMENT or measure.code not in documents]


def listed(rows: Sequence[Named], most: int) -> Iterator[Piece]:
    """Yield names of documents, the first `most` of them."""
    for place, row in enumerate(rows[:most]):
        yield from ("；" if place else "", row)
    if len(rows) > most:
        yield "等"


def receipts(measures: Iterable[AnyMeasure], pseudo: Iterable[str], rules: Rules, *, how: str) -> Grid:
    """Return the table in which every number of a report opens: definition, source, and `how` its rows are shown."""
    told = {row.code: row for row in rules.measures}
    rows, seen = [], set[str]()
    for measure in measures:
        anchor = Receipt(measure.code, measure.reading, Part.VALUE, None, 0).opens
        if anchor not in seen:
            seen.add(anchor)
            row = told[measure.code]
            name: Cell = (name_of(measure, rules), NEW_LINE, measure.code)
            rows.append(Row((name, (row.definition,), (row.source,)), anchor))
    rows += [Row(((_PSEUDO[code][0],), (_PSEUDO[code][1],), ("",)), code) for code in pseudo]
    version = next((f"指标词典 {item.dictionary_version}，规则 {item.rules_version}。" for item in measures), "")
    columns = (Column("指标", 40), Column("口径", 68, centred=False), Column("出处", 48, centred=False))
    return Grid(f"{version}每个数背后的行：{how}", columns, tuple(rows))


def body(*pieces: Piece) -> Paragraph:
    """Return a paragraph of the body."""
    return Paragraph(Level.BODY, pieces)


def heading(place: int, words: str) -> Paragraph:
    """Return a heading of the first level (一、)."""
    return Paragraph(Level.HEADING, (f"{ordinal(place)}、{words}",))


def subheading(place: int, words: str) -> Paragraph:
    """Return a heading of the second level (（一）)."""
    return Paragraph(Level.SUBHEADING, (f"（{ordinal(place)}）{words}",))
