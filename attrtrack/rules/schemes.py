"""Reading and checking the schemes: one TOML file each, points as quoted decimals, every weight adding up.

Decision: a number of points is text in the file ("0.5"), so that it stays the decimal that the paper prints.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from attrtrack.domain.schemes import AssessedClass, Bonus, Deduction, Grade, Indicator, Per, Scheme
from attrtrack.domain.score_checks import RankMethod
from attrtrack.errors import RulesInvalidError

ROUNDINGS = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN}
_PARTS = ("scheme", "class", "indicator", "deduction", "bonus", "grade")
_DEEPEST, _MOST = 3, 2000
_RANKINGS = frozenset(RankMethod) - {RankMethod.NO_TIES, RankMethod.MIXED}


def read_scheme(name: str, raw: bytes) -> Scheme:
    """Read one scheme; raises `RulesInvalidError` naming file, part, row and field."""
    where = f"schemes/{name}.toml"
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesInvalidError(f"规则表 {where} 不是有效的 TOML：{error}。") from error
    if set(data) - set(_PARTS) or not isinstance(data.get("scheme"), dict):
        raise RulesInvalidError(
            f"规则表 {where} 应由 [scheme] 和 {'、'.join(f'[[{part}]]' for part in _PARTS[1:])} 组成。"
        )
    head = _Row(f"{where} [scheme]", data["scheme"])
    levels: dict[str, int] = {}
    scheme = Scheme(
        code=head.text("code"),
        name=head.text("name"),
        sample=head.flag("sample"),
        method_source=head.text("method_source"),
        weights_source=head.text("weights_source"),
        year_from=head.number("year_from"),
        year_to=head.number("year_to") or None,
        bonus_share=head.decimal("bonus_share"),
        missing_words=head.text("missing_words"),
        places=head.number("places"),
        rounding=head.one_of("rounding", *ROUNDINGS),
        normalise=head.one_of("normalise", "none", "divide"),
        ranking=RankMethod(head.one_of("ranking", *sorted(_RANKINGS))),
        tie_break=head.texts("tie_break"),
        notice_days=head.number("notice_days"),
        classes=tuple(_class(row) for row in _rows(where, data, "class")),
        indicators=tuple(_indicator(row, levels) for row in _rows(where, data, "indicator")),
        deductions=tuple(_deduction(row) for row in _rows(where, data, "deduction")),
        bonuses=tuple(_bonus(row) for row in _rows(where, data, "bonus")),
        grades=tuple(_grade(row) for row in _rows(where, data, "grade")),
    )
    head.finish()
    _check(where, scheme)
    return scheme


class _Row:
    """One row of a file: fields are taken out one by one; what is left over is unknown."""

    def __init__(self, where: str, mapping: Mapping[str, Any]) -> None:
        self.where = where
        self._left = dict(mapping)

    def _take(self, field: str) -> object:
        if field not in self._left:
            raise RulesInvalidError(f"{self.where}：缺少字段 {field}。")
        return self._left.pop(field)

    def fault(self, field: str, wanted: str) -> RulesInvalidError:
        return RulesInvalidError(f"{self.where} 字段 {field} 应为{wanted}。")

    def text(self, field: str) -> str:
        value = self._take(field)
        if not isinstance(value, str):
            raise self.fault(field, "文字")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        value = self._take(field)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fault(field, "文字的列表")
        return tuple(value)

    def flag(self, field: str) -> bool:
        value = self._take(field)
        if not isinstance(value, bool):
            raise self.fault(field, " true 或 false")
        return value

    def number(self, field: str) -> int:
        value = self._take(field)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fault(field, "不小于 0 的整数")
        return value

    def decimal(self, field: str) -> Decimal:
        found = self.decimal_or_none(field)
        if found is None:
            raise self.fault(field, '带引号的数，如 "0.5"')
        return found

    def decimal_or_none(self, field: str) -> Decimal | None:
        value = self._take(field)
        try:
            found = Decimal(value) if isinstance(value, str) and value else None
        except InvalidOperation as error:
            raise self.fault(field, '带引号的数，如 "0.5"') from error
        if not isinstance(value, str) or (found is not None and not 0 <= found <= _MOST):
            raise self.fault(field, '带引号的、不小于 0 的数，如 "0.5"')
        return found

    def one_of(self, field: str, *words: str) -> str:
        value = self.text(field)
        if value not in words:
            raise self.fault(field, f" {'、'.join(words)} 之一")
        return value

    def finish(self) -> None:
        if self._left:
            raise RulesInvalidError(f"{self.where}：多余字段 {sorted(self._left)}。")


def _rows(where: str, data: Mapping[str, Any], part: str) -> Iterator[_Row]:
    rows = data.get(part, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or len(rows) > _MOST:
        raise RulesInvalidError(f"规则表 {where} 的 {part} 应写成 [[{part}]]。")
    for number, mapping in enumerate(rows, start=1):
        yield _Row(f"{where} 第 {number} 个 [[{part}]]", mapping)


def _finished(row: _Row, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever a row is made into
    made = make()
    row.finish()
    return made


def _class(row: _Row) -> AssessedClass:
    made: AssessedClass = _finished(
        row,
        lambda: AssessedClass(row.text("code"), row.text("name"), row.decimal("full_mark"), row.texts("categories")),
    )
    return made


def _indicator(row: _Row, levels: dict[str, int]) -> Indicator:
    code, parent = row.text("code"), row.text("parent") or None
    if parent is not None and parent not in levels:
        raise RulesInvalidError(f"{row.where}：上级指标 {parent} 应写在前面。")
    level = 1 if parent is None else levels[parent] + 1
    if level > _DEEPEST or code in levels:
        raise RulesInvalidError(f"{row.where}：指标 {code} 重复，或超过三级。")
    levels[code] = level
    made: Indicator = _finished(
        row,
        lambda: Indicator(code, row.text("name"), parent, level, row.decimal("weight"), row.texts("classes")),
    )
    return made


def _deduction(row: _Row) -> Deduction:
    made: Deduction = _finished(
        row,
        lambda: Deduction(
            code=row.text("code"),
            indicator=row.text("indicator") or None,
            source=row.text("source"),
            per=Per(row.one_of("per", *(per.value for per in Per))),
            points=row.decimal("points"),
            floor=row.decimal_or_none("floor"),
            cap=row.decimal_or_none("cap"),
            grave=row.flag("grave"),
            text=row.text("text"),
        ),
    )
    return made


def _bonus(row: _Row) -> Bonus:
    made: Bonus = _finished(
        row,
        lambda: Bonus(
            code=row.text("code"),
            indicator=row.text("indicator") or None,
            points=row.decimal("points"),
            most=row.decimal_or_none("most"),
            share=row.decimal_or_none("share"),
            text=row.text("text"),
            source=row.text("source"),
        ),
    )
    return made


def _grade(row: _Row) -> Grade:
    made: Grade = _finished(row, lambda: Grade(row.text("name"), row.decimal("least"), row.flag("rectify")))
    return made


def _check(where: str, scheme: Scheme) -> None:
    """Weights add up for every class, codes are told apart, rules name what is there."""
    codes = [rule.code for rule in scheme.rules]
    named = [*codes, *(one.code for one in scheme.indicators)]
    if (
        not scheme.classes
        or len(set(codes)) < len(codes)
        or len({one.code for one in scheme.classes}) < len(scheme.classes)
    ):
        raise RulesInvalidError(f"规则表 {where}：应有至少一类单位；各类、各条规则的代码不能重复。")
    known = {one.code for one in scheme.indicators}
    for one in scheme.rules:
        if one.indicator is not None and one.indicator not in known:
            raise RulesInvalidError(f"规则表 {where}：{one.code} 所属的指标 {one.indicator} 不存在。")
    if unknown := sorted(set(scheme.tie_break) - set(named)):
        raise RulesInvalidError(f"规则表 {where}：tie_break 中没有这样的指标：{'、'.join(unknown)}。")
    _check_deductions(where, scheme)
    _check_weights(where, scheme)
    least = [grade.least for grade in scheme.grades]
    if least != sorted(least, reverse=True) or len(set(least)) < len(least) or (least and least[-1]):
        raise RulesInvalidError(f'规则表 {where}：等次应从高到低，分数不重复，最后一等的 least 为 "0"。')


def _check_deductions(where: str, scheme: Scheme) -> None:
    for rule in scheme.deductions:
        if rule.grave == (rule.indicator is not None):
            raise RulesInvalidError(f"规则表 {where}：{rule.code} 应属于一个指标，重大扣分（grave）则不属于任何指标。")
        if (rule.per is Per.POINT) != (rule.floor is not None):
            raise RulesInvalidError(f"规则表 {where}：{rule.code} 按百分点扣分（point）时应写 floor，其他情形不写。")
        if rule.kind not in {"measure", "finding", "entered"} or (rule.kind == "entered") != (rule.subject == ""):
            raise RulesInvalidError(
                f"规则表 {where}：{rule.code} 的 source 应为 measure:代码、finding:代码 或 entered。"
            )
        if (rule.per is Per.POINT and rule.kind != "measure") or (rule.per is Per.CASE) != (rule.kind == "entered"):
            raise RulesInvalidError(
                f"规则表 {where}：{rule.code} 的 per 与 source 不配：指标按 row 或 point，问题按 row，人工录入按 case。"
            )


def _check_weights(where: str, scheme: Scheme) -> None:
    for assessed in scheme.classes:
        total = sum((one.weight for one in scheme.sections(assessed.code)), Decimal(0))
        if total != assessed.full_mark:
            raise RulesInvalidError(
                f"规则表 {where}：{assessed.name}的一级指标合计 {total}，应等于满分 {assessed.full_mark}。"
            )
        for parent in scheme.indicators:
            below = [
                one
                for one in scheme.indicators
                if one.parent == parent.code and scheme.counts_for(one.code, assessed.code)
            ]
            summed = sum((one.weight for one in below), Decimal(0))
            if below and scheme.counts_for(parent.code, assessed.code) and summed != parent.weight:
                raise RulesInvalidError(
                    f"规则表 {where}：指标 {parent.code} 的下级合计 {summed}，应等于它的分值 {parent.weight}。"
                )
