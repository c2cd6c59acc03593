"""The receipts of a year list: the rows behind every figure, the figures, and by which rules they were counted.

Their sheets are named 核对· and read by `attrtrack.verify`: each heading ends with the field it holds, so that no ledger column
is called like it and the sheets are never imported. A measure is a column of signs, a fact a column of values; both follow the
domain, so that a measure or a fact that is new stands here without a word of its own.
"""

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.measures import Measure, MeasuredDocument, MeasuredInterpretation, Reading
from attrtrack.reporting.cells import Formats, put
from attrtrack.reporting.check_sheets import set_up_page
from attrtrack.rules import Rules
from attrtrack.rules.reasons import resolve_reason
from attrtrack.rules.workdays import interpretation_term

MAX_ROWS = 1_000_000
_READINGS = {Reading.DOCUMENT: "按文件", Reading.INTERPRETATION: "按解读"}
_SHEETS = {Reading.DOCUMENT: "核对·公文", Reading.INTERPRETATION: "核对·解读"}
_NUMERATOR, _DENOMINATOR = "分子", "分母"
_NAMES = {
    "id": "编号",
    "title": "标题",
    "number": "文号",
    "genre": "文种",
    "unit": "单位",
    "date": "成文日期",
    "attribute": "公开属性",
    "reason": "理由",
    "clause": "理由对应条款",
    "state": "状态",
    "needs_interpretation": "是否应解读",
    "need_source": "应解读由谁定",
    "published_on": "公开日期",
    "attribute_asked": "来源有无公开属性栏",
    "year_stated": "台账年度",
    "forms": "解读形式",
    "channels": "解读渠道",
    "confirmed": "关联已确认",
    "need_rule": "合乎哪条解读规则",
    "published": "登记了公开",
    "checked": "审核更正意见",
    "examined": "复查过",
    "copied": "系摘抄",
    "mutual": "两页互链",
    "automatic": "系统自动关联而无人判定",
}
_OF_LINKS = {"published": "解读发布日期"}
_SHARES = frozenset({"value", "low", "high", "target"})
_LONG = frozenset({"title", "condition", "reason", "definition", "source", "value", "meaning"})
_WIDE, _SIGN, _NARROW = 48, 28, 16
_A3, _HEADER_POINTS = 8, 34
_OF_INTERPRETATION = ("forms", "channels")

Cell = str | float | None


@dataclass(frozen=True, slots=True)
class Receipts:
    """What the figures rest on: the measures, the rows they were counted over, titles of interpretations by id.

    `stated` is what else is told of the export (unit, year, versions, checkpoint): key, Chinese name, value.
    """

    measures: Sequence[Measure]
    documents: Sequence[MeasuredDocument]
    titles: Mapping[str, str | None]
    stated: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet to write: its name, what it is for, its headings, its rows."""

    name: str
    told: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_receipts(book: Workbook, formats: Formats, receipts: Receipts, *, rules: Rules) -> Iterator[None]:
    """Add the sheets of the receipts to a workbook, made and written one after the other; yield at every document of 核对·公文."""
    sheets: Sequence[Callable[[], _Sheet]] = (
        lambda: _figures(receipts, rules),
        lambda: _steps(receipts, rules),
        lambda: _documents(receipts, rules),
        lambda: _interpretations(receipts),
        lambda: _links(receipts),
        lambda: _workdays(receipts, rules),
        lambda: _stated(receipts, rules),
    )
    for made in sheets:
        sheet = made()
        counts = sheet.name == _SHEETS[Reading.DOCUMENT]
        yield from (step for step in _write(book, formats, sheet) if counts)


def _figures(receipts: Receipts, rules: Rules) -> _Sheet:
    told = {row.code: row for row in rules.measures}
    headings = (
        "指标 name", "口径 reading", "数值 value", "分子 numerator", "分母 denominator", "不计入 excluded", "状态 state",
        "分子中仅凭系统自动关联的 automatic",
        "下限 low", "上限 high", "目标 target", "代码 code", "适用起 valid_from", "适用止 valid_to", "定义 definition", "出处 source",
    )  # fmt: skip
    rows = (
        (
            one.name, _READINGS[one.reading], one.value, len(one.numerator), len(one.denominator), len(one.excluded),
            one.state.value, one.automatic, *(one.range or (None, None)), one.target.value if one.target else None, one.code,
            told[one.code].valid_from, told[one.code].valid_to, told[one.code].definition, told[one.code].source,
        )
        for one in receipts.measures
    )  # fmt: skip
    return _Sheet(
        "核对·指标", "每个指标的数值和构成；可用 python -m attrtrack.verify figures 本文件 重算", headings, rows
    )


def _steps(receipts: Receipts, rules: Rules) -> _Sheet:
    """Tell how each measure sorts its rows: its definition said a second time, which the verifier follows and the program does not."""
    told = {row.code: row for row in rules.measure_steps}
    rows = (
        (one.name, one.code, _READINGS[one.reading], *(days or (None, None)), str(number), *step.split("：", 1))
        for one in receipts.measures
        for days, steps in [told[f"{one.code}/{one.reading}"][1:]]
        for number, step in enumerate(steps, start=1)
    )
    headings = (
        "指标 name", "代码 code", "口径 reading", "工作日起 days_from", "工作日止 days_to", "次序 step", "归入 place", "条件 condition",
    )  # fmt: skip
    return _Sheet(
        "核对·口径",
        "自上而下，条件都合的第一步说一行归入哪里，都不合的归入分母；〔〕里是这一行或其关联的事实，或者核对·版本的一项，空即没有写",
        headings,
        rows,
    )


def _documents(receipts: Receipts, rules: Rules) -> _Sheet:
    known = [field.name for field in fields(MeasuredDocument) if field.name != "interpretations"]
    known.insert(known.index("reason") + 1, "clause")
    clauses: dict[str, str | None] = {}
    signs = _signs(receipts.measures, Reading.DOCUMENT, [row.id for row in receipts.documents])

    def clause(reason: str | None) -> str | None:
        if reason and reason not in clauses:
            clauses[reason] = resolve_reason(reason, rules).code
        return clauses.get(reason or "")

    def cells(row: MeasuredDocument) -> Iterator[Cell]:
        return (clause(row.reason) if name == "clause" else _said(getattr(row, name)) for name in known)

    timed = [(one, {row.id: row.days for row in one.days}) for one in receipts.measures if one.days is not None]
    rows = (
        (*cells(row), *signed, *(days.get(row.id) for _, days in timed))
        for row, signed in zip(receipts.documents, signs, strict=True)
    )
    headings = [*map(_heading, known), *_signed(receipts.measures, Reading.DOCUMENT)]
    headings += [f"{one.name}：工作日#{one.code}" for one, _ in timed]
    return _Sheet(
        _SHEETS[Reading.DOCUMENT], "指标所数的每份公文：据以计数的事实，以及它在各指标中归入哪里", headings, rows
    )


def _interpretations(receipts: Receipts) -> _Sheet:
    items = {item.id: item for row in receipts.documents for item in row.interpretations}
    signs = _signs(receipts.measures, Reading.INTERPRETATION, list(items))
    rows = (
        (key, receipts.titles.get(key), *(_said(getattr(item, name)) for name in _OF_INTERPRETATION), *signed)
        for (key, item), signed in zip(items.items(), signs, strict=True)
    )
    headings = [
        *map(_heading, ("id", "title", *_OF_INTERPRETATION)),
        *_signed(receipts.measures, Reading.INTERPRETATION),
    ]
    return _Sheet(_SHEETS[Reading.INTERPRETATION], "关联到这些公文的每件解读；形式和渠道为规则表的代码", headings, rows)


def _links(receipts: Receipts) -> _Sheet:
    known = [field.name for field in fields(MeasuredInterpretation) if field.name not in {"id", *_OF_INTERPRETATION}]
    rows = (
        (row.id, item.id, *(_said(getattr(item, name)) for name in known))
        for row in receipts.documents
        for item in row.interpretations
    )
    headings = [
        "公文 document",
        "解读 id",
        *(f"{_OF_LINKS.get(name, _NAMES.get(name, '事实'))} {name}" for name in known),
    ]
    return _Sheet("核对·关联", "公文与解读的每对关联：已确认的计入，待判定的只计入区间；已否定的不列", headings, rows)


def _workdays(receipts: Receipts, rules: Rules) -> _Sheet:
    """List the days on which people do otherwise than the week says, in the years of the days that the rows state."""
    years = {int(day[:4]) for row in receipts.documents for day in _days_of(row)}
    first, last = (dt.date(min(years), 1, 1), dt.date(max(years), 12, 31)) if years else (dt.date.max, dt.date.min)
    rows = ((day.isoformat(), _said(rules.calendar.is_workday(day))) for day in rules.calendar.exceptions(first, last))
    return _Sheet(
        "核对·工作日",
        "所涉年度中调休上班的周末和放假的平日；其余周一至周五上班，次日起算，末日是休息日的顺延",
        ("日期 day", "上班 works"),
        rows,
    )


def _days_of(row: MeasuredDocument) -> Iterator[str]:
    days = (row.date, row.published_on, *(item.published for item in row.interpretations))
    return filter(None, map(_said, days))


def _stated(receipts: Receipts, rules: Rules) -> _Sheet:
    off_website = [row.code for row in rules.channels if row.off_website]
    reasoned = [DisclosureAttribute(code).chinese for code in rules.switch("reason_required_for")]
    rows = (
        *receipts.stated,
        ("rules_version", "规则版本", rules.version),
        ("dictionary_version", "指标词典版本", rules.hashes["measures"]),
        ("counting_forms", "算作多样化的解读形式", "、".join(sorted(rules.diversified_forms))),
        ("counting_channels", "算作非政府网站的渠道", "、".join(sorted(off_website))),
        ("reason_required_for", "须说明理由的公开属性", "、".join(reasoned)),
        ("interpretation_workdays", "解读期限（工作日；0即没有规定）", str(interpretation_term(rules) or 0)),
    )
    return _Sheet(
        "核对·版本", "这份清单据以生成的范围、规则、词典和日志检查点", ("项 key", "说明 meaning", "内容 value"), rows
    )


def _signs(measures: Sequence[Measure], reading: Reading, keys: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
    """Yield for each row where each measure of a reading counts it."""
    columns = [_column(measure, keys) for measure in measures if measure.reading is reading]
    return zip(*columns, strict=True) if columns else (() for _ in keys)


def _column(measure: Measure, keys: Sequence[str]) -> list[str | None]:
    said = {rule: f"排除 {rule}" for rule in {one.rule for one in measure.excluded}}
    places = {one.id: said[one.rule] for one in measure.excluded}
    places |= dict.fromkeys(measure.denominator, _DENOMINATOR)
    places |= dict.fromkeys(measure.numerator, _NUMERATOR)
    return [places.get(key) for key in keys]


def _signed(measures: Sequence[Measure], reading: Reading) -> list[str]:
    return [f"{measure.name}#{measure.code}" for measure in measures if measure.reading is reading]


def _heading(name: str) -> str:
    return f"{_NAMES.get(name, '事实')} {name}"


def _said(value: object) -> str | None:
    """Write a fact as text; what is not there is an empty cell."""
    if value is None or isinstance(value, bool):
        return None if value is None else "是" if value else "否"
    if isinstance(value, DisclosureAttribute):
        return value.chinese
    if isinstance(value, WrittenDate):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return "、".join(filter(None, map(_said, value)))
    return str(value)


def _write(book: Workbook, formats: Formats, sheet: _Sheet) -> Iterator[None]:
    """Write the rows of a sheet on as many pages as they need, and yield at every row."""
    page, number, row = None, 0, MAX_ROWS
    styles = [formats.share if _field(heading) in _SHARES else formats.plain for heading in sheet.headings]
    for cells in sheet.rows:
        if page is None or row >= MAX_ROWS:
            number, row = number + 1, 2
            page = _page(book, formats, sheet, number=number)
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                put(page, (row, column), cell, style=formats.plain, link=None)
            elif cell is not None:
                page.write_number(row, column, cell, styles[column])
        row += 1
        yield
    if page is None:
        _page(book, formats, sheet, number=1)


def _page(book: Workbook, formats: Formats, sheet: _Sheet, *, number: int) -> Worksheet:
    page = book.add_worksheet(sheet.name if number == 1 else f"{sheet.name}（{number}）")
    page.set_row(1, _HEADER_POINTS)
    put(page, (0, 0), f"{sheet.name}：{sheet.told}", style=formats.summary, link=None)
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, _width(_field(heading)))
        put(page, (1, column), heading, style=formats.header, link=None)
    set_up_page(page, header_row=1)
    page.set_paper(_A3)
    return page


def _field(heading: str) -> str:
    return heading.rsplit(maxsplit=1)[-1]


def _width(field: str) -> int:
    return _WIDE if field in _LONG else _SIGN if "#" in field and "：" not in field else _NARROW
