"""The rule tables as people read them: which there are, whose they are, what stands in each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from attrtrack.errors import UnknownRecordError
from attrtrack.rules import Rules, load_rules
from attrtrack.rules.tables import parse_reference
from attrtrack.workflow.app import App

_NO_TABLES = frozenset({"hashes", "version", "schemes"})


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row with its values by field, clauses printed; `usual` are those that came with the program where the office differs.

    `usual` is None where the row is the program's, and empty where only the office has it.
    """

    values: Mapping[str, Any]
    usual: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class RuleTable:
    """A table by name with its hash; `own`: the office has changed it against the one that came with the program."""

    name: str
    hash: str
    rows: Sequence[RuleRow]
    own: bool


def rule_tables(app: App) -> list[RuleTable]:
    """Return every table, in the order in which the program names them."""
    return [_table(app.rules, field.name) for field in fields(Rules) if field.name not in _NO_TABLES]


def rule_table(app: App, name: str) -> RuleTable:
    """Return one table; `UnknownRecordError` when there is none."""
    if name not in app.rules.hashes:
        raise UnknownRecordError("没有这张规则表：请从规则目录进入。")
    return _table(app.rules, name)


def rule_names(app: App) -> dict[str, dict[str, str]]:
    """Return the names of what rows mention by code, by the field that does."""
    rules = app.rules
    return {
        "reason": {row.code: row.name for row in rules.reasons},
        "measure": {row.code: row.name for row in rules.measures},
        "form": {row.code: row.name for row in rules.forms},
        "channel": {row.code: row.name for row in rules.channels},
    }


def _table(rules: Rules, name: str) -> RuleTable:
    own = rules.hashes[name] != _shipped().hashes[name]
    shipped = [row._asdict() for row in getattr(_shipped(), name)] if own else []
    usual = {_key(values): values for values in shipped}
    rows = [_row(row._asdict(), usual, own=own) for row in getattr(rules, name)]
    return RuleTable(name, rules.hashes[name], rows, own)


def _row(values: dict[str, Any], usual: Mapping[object, dict[str, Any]], *, own: bool) -> RuleRow:
    shipped = usual.get(_key(values), {})
    differs = own and shipped != values
    return RuleRow(_printed(values), _printed(shipped) if differs else None)


def _key(values: Mapping[str, Any]) -> object:
    named = next(values[name] for name in ("code", "name", "field", "measure", "day") if name in values)
    return named, values.get("year_from")


def _printed(values: dict[str, Any]) -> dict[str, Any]:
    if "references" not in values:
        return values
    return {**values, "references": tuple(str(parse_reference(text)) for text in values["references"])}


@cache
def _shipped() -> Rules:
    return load_rules()
