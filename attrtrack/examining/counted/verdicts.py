"""Counts of what was said of each: names commended (对甲、乙予以表扬……受到表扬的有2个), states told line by line (已整改), names below by group."""

import re
from collections.abc import Iterator
from itertools import takewhile

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import joins, listed_wrongly
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence

_COUNT = r"(?<![第\d.一二三四五六七八九十])(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})"
_JUDGED = re.compile(
    r"(?:对|将|给予)(?P<names>[^，。；：\d]{2,16}?(?:、[^，。；：、\d]{2,16}?)*)(?:予以|给予|进行|提出)(?:通报)?(?P<verdict>[\u4e00-\u9fff]{2})(?=[，。；]|$)"
)
_HELD = re.compile(
    rf"(?:受到?|被|予以|获得?|给予)(?:通报)?(?P<verdict>[\u4e00-\u9fff]{{2}})的[^，。；：\d]{{1,6}}?[有共为]{_COUNT}[个家名位]"
)
_STATE = re.compile(rf"其中，?(?P<state>[已未][\u4e00-\u9fff]{{2}}){_COUNT}[个项条件处家]")
_TITLED = re.compile(
    rf"(?P<items>[^，。；：、“”\d]{{0,10}}“[^“”]+”(?:、[^，。；：、“”\d]{{0,10}}“[^“”]+”)+){_COUNT}[个项种条件家类]"
)
_BY_GROUP = re.compile(r"（共(?P<count>\d{1,2})[个家名所]）：?$")
_GROUP_OF = re.compile(r"^[^，。；：、\d]{2,12}：(?P<names>[^，。；：\d]+)$")
_LEAST, _MOST_LINES = 2, 12


def check_verdicts(paper: Paper) -> Iterator[Contradiction]:
    """Count the names and states that each paragraph, or the lines above and below it, tell."""
    for at, line in enumerate(paper.lines):
        yield from _judged(paper, line)
        yield from _states(paper, line, paper.lines[max(0, at - _MOST_LINES) : at])
        for match in _TITLED.finditer(line.text):
            if match["items"][0] != "“":
                listed = match["items"].count("“")
                yield from listed_wrongly(
                    paper, line, match.span(), count=chinese_number(match["count"]) or 0, listed=listed
                )
        if heading := _BY_GROUP.search(line.text):
            groups = [
                *takewhile(bool, (_GROUP_OF.match(one.text) for one in paper.lines[at + 1 : at + 1 + _MOST_LINES]))
            ]
            names = [name for group in groups if group for name in group["names"].split("、")]
            if len(groups) >= _LEAST and not any(joins(name) or name.endswith("等") for name in names):
                yield from listed_wrongly(paper, line, heading.span(), count=int(heading["count"]), listed=len(names))


def _judged(paper: Paper, line: Sentence) -> Iterator[Contradiction]:
    """Check 对甲县、乙县、丙县予以表扬……受到表扬的县有3个."""
    for held in _HELD.finditer(line.text):
        told = [one for one in _JUDGED.finditer(line.text, 0, held.start()) if one["verdict"] == held["verdict"]]
        items = told[0]["names"].split("、") if len(told) == 1 else []
        if items and not any(joins(item) or "等" in item for item in items):
            yield from listed_wrongly(
                paper, line, held.span(), count=chinese_number(held["count"]) or 0, listed=len(items)
            )


def _states(paper: Paper, line: Sentence, above: tuple[Sentence, ...]) -> Iterator[Contradiction]:
    """Check lines that end in 已整改 or 正在整改 against 其中已整改3项."""
    for match in _STATE.finditer(line.text):
        ended = re.compile(rf"[—：，；。（]{match['state']}[）。；]?$")
        states = [
            re.search(r"[—：，；。（](?:[已未]|正在)[\u4e00-\u9fff]{2}[）。；]?$", one.text) for one in reversed(above)
        ]
        run = list(takewhile(bool, states))
        listed = sum(bool(ended.search(one.text)) for one in above[len(above) - len(run) :])
        if len(run) > _LEAST:
            yield from listed_wrongly(
                paper, line, match.span(), count=chinese_number(match["count"]) or 0, listed=listed
            )
