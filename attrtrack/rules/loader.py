"""Read, check and hash the rule tables.

Decision: a command parses only the tables it asks for. The tables of the package are proven by the tests, those of an
office are checked, every one, before any command does anything; the version covers the bytes of all of them in any case.
"""

import datetime as dt
import hashlib
import pkgutil
import re
import tomllib
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from enum import EnumType
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin

from attrtrack.errors import RulesInvalidError
from attrtrack.rules.schema import LIST_PLACES, SIGN_PLACES
from attrtrack.rules.switches import check_switches
from attrtrack.rules.tables import Rows, Rules, parse_reference

if TYPE_CHECKING:
    from attrtrack.domain.schemes import Scheme

SHIPPED = ("shanxi-2020-sample", "xinzhou-2022")
"""The schemes of the package."""
NEED_PLACES = ("title", "core", "number", "text")
_CONDITION = r"〔[^〔〕]+〕 (?:为|不为|未写|早于|不超过) (?:〔[^〔〕]+〕|[^\s〔〕]+)"
_STEP = re.compile(rf"(?:分子|分母|排除 [a-z-]+|不详 [a-z-]+)：{_CONDITION}(?: 并且 {_CONDITION})*")
_DAYS = (0, 2)
_KEYS = ("code", "name", "field", "measure", "day")
_ROW_CLASSES = {
    field.name: get_args(field.type)[0] for field in fields(Rules) if field.name not in {"hashes", "version", "schemes"}
}


def load_rules(folder: Path | None = None) -> Rules:
    """Load every table from `folder` (default: the tables of the package).

    Raises `RulesInvalidError` naming table, row and field when a table breaks its schema: at once for an office's own
    tables, at the first use of a table of the package.
    """
    raws = {name: _read(name, folder) for name in _ROW_CLASSES}
    schemes = dict(_scheme_files(folder))
    hashes = {name: hashlib.sha256(raw).hexdigest()[:12] for name, raw in raws.items()}
    hashes["schemes/*"] = hashlib.sha256(b"".join(schemes.values())).hexdigest()[:12]
    tables: dict[str, Any] = {
        name: Rows(partial(_table, name, raws[name], row_class)) for name, row_class in _ROW_CLASSES.items()
    }
    version = hashlib.sha256("".join(hashes.values()).encode()).hexdigest()[:12]
    tables["schemes"] = Rows(partial(_read_schemes, schemes))
    rules = Rules(**tables, hashes=hashes, version=version)
    if folder is not None:
        check_rules(rules)
        check_switches(rules.gate, load_rules().gate)
    return rules


def check_rules(rules: Rules) -> None:
    """Check every table, every pattern and every reference from one table to another; raises `RulesInvalidError`."""
    for name in _ROW_CLASSES:
        _check_patterns(name, getattr(rules, name))
    _check_references(rules)
    _check_needs(rules)
    _check_schemes(rules)


def _read(name: str, folder: Path | None) -> bytes:
    try:
        if folder is not None and (folder / f"{name}.toml").is_file():
            raw = (folder / f"{name}.toml").read_bytes()
        else:
            raw = pkgutil.get_data("attrtrack.rules", f"data/{name}.toml") or b""
    except OSError as error:
        raise RulesInvalidError(f"规则表 {name}.toml 无法读取：{error.strerror}。") from error
    return raw.replace(b"\r\n", b"\n")


def _scheme_files(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield the schemes of the program, then those of the office; one of the same name takes the program's place."""
    own = sorted((folder / "schemes").glob("*.toml")) if folder is not None else []
    for name in (*SHIPPED, *(path.stem for path in own if path.stem not in SHIPPED)):
        yield name, _read(f"schemes/{name}", folder)


def _read_schemes(schemes: Mapping[str, bytes]) -> "tuple[Scheme, ...]":
    from attrtrack.rules.schemes import read_scheme  # noqa: PLC0415 - few commands score, all load the rules

    return tuple(read_scheme(name, raw) for name, raw in schemes.items())


def _check_schemes(rules: Rules) -> None:
    """Schemes are told apart by code, and ask for measures and findings that there are."""
    known = {
        "measure": {row.code for row in rules.measures},
        "finding": {row.code for row in rules.findings},
        "entered": {""},
    }
    codes: set[str] = set()
    for scheme in rules.schemes:
        if scheme.code in codes:
            raise RulesInvalidError(f"schemes：细则代码 {scheme.code} 重复。")
        codes.add(scheme.code)
        for rule in scheme.deductions:
            if rule.subject not in known[rule.kind]:
                raise RulesInvalidError(f"schemes {scheme.code} {rule.code}：没有 {rule.source}。")


def _table(name: str, raw: bytes, row_class: type) -> tuple[object, ...]:
    return tuple(_rows(name, raw, row_class))


def _rows(name: str, raw: bytes, row_class: type) -> Iterator[object]:
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesInvalidError(f"规则表 {name}.toml 不是有效的 TOML：{error}。") from error
    rows = data.get("row", [])
    if set(data) - {"row"} or not rows or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RulesInvalidError(f"规则表 {name}.toml 应由一个或多个 [[row]] 组成。")
    seen: set[object] = set()
    for index, mapping in enumerate(rows, start=1):
        row = _row(f"{name}.toml 第 {index} 行", mapping, row_class)
        key = _key(row)
        if key in seen:
            raise RulesInvalidError(f"规则表 {name}.toml 第 {index} 行的代码 {key} 重复。")
        seen.add(key)
        yield row


def _key(row: object) -> object:
    key = next(getattr(row, name) for name in _KEYS if hasattr(row, name))
    return (key, getattr(row, "year_from", None))


def _row(where: str, mapping: Mapping[str, Any], row_class: type) -> object:
    hints: Mapping[str, Any] = row_class.__annotations__
    if hints.keys() != mapping.keys():
        missing, unknown = set(hints) - set(mapping), set(mapping) - set(hints)
        raise RulesInvalidError(f"{where}：缺少字段 {sorted(missing)}，多余字段 {sorted(unknown)}。")
    values = {name: _value(f"{where} 字段 {name}", mapping[name], kind) for name, kind in hints.items()}
    return row_class(**values)


def _check_patterns(name: str, rows: Iterable[object]) -> None:
    for index, row in enumerate(rows, start=1):
        for field in ("heading", "pattern", "unless"):
            try:
                re.compile(getattr(row, field, ""))
            except re.error as error:
                raise RulesInvalidError(
                    f"{name}.toml 第 {index} 行字段 {field} 不是有效的正则表达式：{error}。"
                ) from error


def _value(where: str, value: object, kind: Any) -> object:  # noqa: ANN401 - a type hint is any object
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise RulesInvalidError(f"{where} 应为列表。")
        return tuple(_value(where, item, get_args(kind)[0]) for item in value)
    if isinstance(kind, types.UnionType):
        raise TypeError(kind)
    if isinstance(kind, EnumType):
        try:
            return kind(value)
        except ValueError as error:
            raise RulesInvalidError(f"{where} 的值 {value!r} 不在允许范围内。") from error
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise RulesInvalidError(f"{where} 的类型应为 {kind.__name__}。")
    return value


def _check_references(rules: Rules) -> None:
    codes = {row.code for row in rules.reasons}
    for row in rules.reasons:
        for text in row.references:
            try:
                parse_reference(text)
            except ValueError as error:
                raise RulesInvalidError(f"reasons.toml {row.code}：法条写法 {text!r} 不对。") from error
    for rule in rules.attribute_rules:
        if rule.reason not in codes:
            raise RulesInvalidError(f"attribute_rules.toml {rule.code}：没有理由代码 {rule.reason}。")
    findings = {row.code for row in rules.findings}
    for fault in rules.text_faults:
        if fault.finding not in findings:
            raise RulesInvalidError(f"text_faults.toml {fault.code}：没有问题代码 {fault.finding}。")
    _check_page_signs(rules)
    _check_reports(rules)
    _check_days(rules)
    _check_policy_kinds(rules)
    _check_targets(rules)
    _check_steps(rules)


def _check_policy_kinds(rules: Rules) -> None:
    needs = {row.code for row in rules.interpretation_needed}
    for kind in rules.policy_kinds:
        if unknown := sorted(set(kind.rules) - needs):
            raise RulesInvalidError(
                f"policy_kinds.toml {kind.code}：interpretation_needed.toml 没有这样的代码 {'、'.join(unknown)}。"
            )


def _check_targets(rules: Rules) -> None:
    measures = {row.code for row in rules.measures}
    for target in rules.targets:
        if target.measure not in measures:
            raise RulesInvalidError(f"targets.toml：没有指标 {target.measure}。")
    for remedy in rules.remedies:
        if remedy.measure not in measures:
            raise RulesInvalidError(f"remedies.toml：没有指标 {remedy.measure}。")


def _check_steps(rules: Rules) -> None:
    """Every measure has its steps in each of its readings, and no others have any."""
    counted = {f"{row.code}/{reading}" for row in rules.measures for reading in row.readings}
    if odd := sorted(counted ^ {row.code for row in rules.measure_steps}):
        raise RulesInvalidError(f"measure_steps.toml：与 measures.toml 的指标和统计对象对不上 {'、'.join(odd)}。")
    for row in rules.measure_steps:
        if len(row.days) not in _DAYS or not all(_STEP.fullmatch(step) for step in row.steps):
            raise RulesInvalidError(f"measure_steps.toml {row.code}：days 或步骤的写法不对。")


def _check_days(rules: Rules) -> None:
    """The dictionary's validity and the office's own working days are days of the calendar."""
    dated = [(f"measures.toml {row.code}", day) for row in rules.measures for day in (row.valid_from, row.valid_to)]
    for where, day in [*dated, *((f"workdays.toml {row.day or '（空）'}", row.day or "?") for row in rules.workdays)]:
        try:
            fits = not day or dt.date.fromisoformat(day).isoformat() == day
        except ValueError:
            fits = False
        if not fits:
            raise RulesInvalidError(f"{where}：日期 {day} 应写成 2026-01-31 的样子。")


def _check_reports(rules: Rules) -> None:
    """Every known list says where it stands, in patterns that compile."""
    for row in rules.report_lists:
        if row.over not in LIST_PLACES or not 0 < row.least <= len(row.items):
            raise RulesInvalidError(
                f"report_lists.toml {row.code}：over 应为 {'、'.join(LIST_PLACES)} 之一，least 不超过 items 的项数。"
            )
        try:
            re.compile("|".join(row.items))
        except re.error as error:
            raise RulesInvalidError(f"report_lists.toml {row.code}：items 不是有效的正则表达式：{error}。") from error


def _check_page_signs(rules: Rules) -> None:
    forms, channels = {row.code for row in rules.forms}, {row.code for row in rules.channels}
    for sign in rules.page_signs:
        if sign.where not in SIGN_PLACES:
            raise RulesInvalidError(f"page_signs.toml {sign.code}：where 应为 {'、'.join(SIGN_PLACES)} 之一。")
        if bool(sign.form) == bool(sign.channel) or not {sign.form} <= {"", *forms}:
            raise RulesInvalidError(f"page_signs.toml {sign.code}：应写 forms.toml 的一种形式或一种渠道，只写一个。")
        if not {sign.channel} <= {"", *channels}:
            raise RulesInvalidError(f"page_signs.toml {sign.code}：channels.toml 没有渠道 {sign.channel}。")
    disputed = {row.code for row in rules.forms if row.disputed}
    for switch, known in (("disputed_forms_diversified", disputed), ("form_by_default", forms)):
        unknown = sorted(set(rules.switch(switch)) - known)
        if unknown:
            raise RulesInvalidError(f"gate.toml {switch}：forms.toml 没有这样的代码 {'、'.join(unknown)}。")


def _check_needs(rules: Rules) -> None:
    """Rows are asked in the order of the file, which must be the order they state; each looks at a known place."""
    last = 0
    for row in rules.interpretation_needed:
        if row.order <= last:
            raise RulesInvalidError(
                f"interpretation_needed.toml {row.code}：order 应比上一行的大，自上而下即先后次序。"
            )
        if row.over not in NEED_PLACES:
            raise RulesInvalidError(f"interpretation_needed.toml {row.code}：over 只能是 {'、'.join(NEED_PLACES)}。")
        last = row.order
