"""Read, check and hash the rule tables."""

import hashlib
import re
import tomllib
import types
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import EnumType
from importlib import resources
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from attrtrack.errors import RulesInvalidError
from attrtrack.rules.tables import Rules, parse_reference

_KEYS = ("code", "name", "field", "measure")
_ROW_TABLES = tuple(field.name for field in fields(Rules) if field.name not in {"hashes", "version"})


def load_rules(folder: Path | None = None) -> Rules:
    """Load every table from `folder` (default: the tables of the package).

    An office's patterns are tried at loading; those of the package are proven by their examples in the tests, so that a
    command need not compile all of them to use some.

    Raises `RulesInvalidError` naming table, row and field when a table breaks its schema.
    """
    hints = get_type_hints(Rules)
    tables: dict[str, Any] = {}
    hashes: dict[str, str] = {}
    for name in _ROW_TABLES:
        raw = _read(name, folder)
        hashes[name] = hashlib.sha256(raw).hexdigest()[:12]
        row_class = get_args(hints[name])[0]
        tables[name] = tuple(_rows(name, raw, row_class))
        if folder is not None:
            _check_patterns(name, tables[name])
    version = hashlib.sha256("".join(hashes[name] for name in _ROW_TABLES).encode()).hexdigest()[:12]
    rules = Rules(**tables, hashes=hashes, version=version)
    _check_references(rules)
    return rules


def _read(name: str, folder: Path | None) -> bytes:
    try:
        if folder is not None and (folder / f"{name}.toml").is_file():
            raw = (folder / f"{name}.toml").read_bytes()
        else:
            raw = resources.files("attrtrack.rules").joinpath("data", f"{name}.toml").read_bytes()
    except OSError as error:
        raise RulesInvalidError(f"规则表 {name}.toml 无法读取：{error.strerror}。") from error
    return raw.replace(b"\r\n", b"\n")


def _rows(name: str, raw: bytes, row_class: type) -> Iterable[object]:
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
    if not is_dataclass(row_class):
        raise TypeError(row_class)
    hints = get_type_hints(row_class)
    missing, unknown = set(hints) - set(mapping), set(mapping) - set(hints)
    if missing or unknown:
        raise RulesInvalidError(f"{where}：缺少字段 {sorted(missing)}，多余字段 {sorted(unknown)}。")
    values = {name: _value(f"{where} 字段 {name}", mapping[name], kind) for name, kind in hints.items()}
    return row_class(**values)


def _check_patterns(name: str, rows: Iterable[object]) -> None:
    for index, row in enumerate(rows, start=1):
        for field in ("pattern", "unless"):
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
    measures = {row.code for row in rules.measures}
    for target in rules.targets:
        if target.measure not in measures:
            raise RulesInvalidError(f"targets.toml：没有指标 {target.measure}。")
