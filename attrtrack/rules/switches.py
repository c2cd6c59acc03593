"""An office's gate switches must be there and of the program's kind: a number for a number, a day for a day, on or off."""

import datetime as dt
from collections.abc import Callable, Sequence

from attrtrack.errors import RulesInvalidError
from attrtrack.rules.schema import GateRow

_ON_OFF = {"on", "off"}


def check_switches(office: Sequence[GateRow], program: Sequence[GateRow]) -> None:
    """Compare an office's table with the program's own; raises `RulesInvalidError` naming the switch and what to write."""
    given = {row.code: row.values for row in office}
    known = {row.code: row.values for row in program}
    for code in given.keys() - known.keys():
        raise RulesInvalidError(f"gate.toml：没有名为 {code} 的开关，请核对写法。")
    for code, values in known.items():
        if code not in given:
            raise RulesInvalidError(f"规则表 gate.toml 缺少开关 {code}：请从软件自带的 gate.toml 补上这一行。")
        for fits, wanted in _KINDS:
            if values and fits(values) and not (given[code] and fits(given[code])):
                raise RulesInvalidError(f"gate.toml {code} 的值应为{wanted}，如 {list(values)}。")


def _is_number(values: Sequence[str]) -> bool:
    try:
        return len(values) == 1 and float(values[0]) >= 0
    except ValueError:
        return False


def _is_day(values: Sequence[str]) -> bool:
    try:
        return len(values) == 1 and dt.date.fromisoformat(values[0]) is not None
    except ValueError:
        return False


def _is_on_off(values: Sequence[str]) -> bool:
    return len(values) == 1 and set(values) <= _ON_OFF


_KINDS: tuple[tuple[Callable[[Sequence[str]], bool], str], ...] = (
    (_is_number, "一个不小于 0 的数"),
    (_is_day, "一个日期"),
    (_is_on_off, "on 或 off"),
)
"""What the program's own value shows, and how it is said; other switches are lists of codes."""
