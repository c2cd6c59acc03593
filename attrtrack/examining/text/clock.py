"""Times of day as texts state them: 上午8时30分, 14点半, 9:00, with the half of the day that an earlier one names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TIME = re.compile(
    r"(?P<half>上午|早上|早晨|清晨|凌晨|中午|下午|午后|傍晚|晚上|晚间|当晚|夜间)?(?<![\d年月：])(?P<hour>\d{1,2})"
    r"(?:[时点](?:整|(?P<minute>\d{1,2})分?|(?P<thirty>半))?(?!间|长|效|期)|：(?P<past>\d{2})(?![\d：]))"
)
_LATE = re.compile(r"下午|午后|傍晚|晚|夜")
_NOON, _DAY = 12, 24


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day in minutes after midnight, and its place."""

    minutes: int
    start: int
    end: int


def times_in(text: str) -> Iterator[Time]:
    """Yield the times of a text; one that names no half of the day is of that named last, if it would else lie before it."""
    before, late = -1, False
    for match in _TIME.finditer(text):
        hour, minute = int(match["hour"]), 30 if match["thirty"] else int(match["minute"] or match["past"] or 0)
        late = bool(_LATE.search(match["half"])) if match["half"] else late and hour * 60 + minute < before
        hour += _NOON if late and hour < _NOON else 0
        if hour <= _DAY and minute < 60:  # noqa: PLR2004 - of an hour
            before = hour * 60 + minute
            yield Time(before, match.start(), match.end())
