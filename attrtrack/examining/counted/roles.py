"""Counts of persons against those told by their offices: 由6人组成，组长由书记担任，成员为甲、乙、丙主任各一名."""

import re
from collections.abc import Iterator
from itertools import takewhile

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.counted.items import joins, listed_wrongly
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper

_COUNT = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_ROLE = (
    r"(?:(?:常务|第一|执行|纪检)?副?(?:组长|主任|队长|班长|站长|理事长|秘书长|会长|主席|召集人|总指挥|指挥长|馆长|局长|镇长|乡长|校长|院长)"
    r"|(?:专职|兼职|特邀|普通)?(?:成员|组员|委员|队员|班员|理事|秘书|干事|联络员|信息员|顾问|专家|书记员))"
)
_GROUP = re.compile(
    rf"(?P<count>{_COUNT})(?P<unit>[人名位])(?:同志|成员|干部|工作人员)?(?:组成|构成)?(?:，其中|[，：（])由?(?P<rest>{_ROLE}[^。\n）]*)"
)
_PIECE = re.compile(rf"[，；](?:另[有设])?|[、和](?={_ROLE})")
_LED = re.compile(rf"^{_ROLE}(?:分别|依次)?(?:由|为|是|：|来自)?")
_FIGURE = re.compile(rf"(?<![第\d])({_COUNT})[名位人]")
_FIGURED = re.compile(rf"^[^，；、\d]{{0,4}}?{_ROLE}{_COUNT}[名位人](?!副)")
_EACH = re.compile(r"各(?:有|派|抽|出)?[一1][名位人]$")
_OPEN = re.compile(r"等|若干|数[名位人]|轮流|以上|[余多][名位人]")
_LEAST = 2


def check_roles(paper: Paper) -> Iterator[Contradiction]:
    """Add up the persons of every office behind a count of persons."""
    for sentence in paper.sentences:
        for match in _GROUP.finditer(sentence.text):
            pieces = [piece for piece in _PIECE.split(match["rest"]) if piece]
            if _FIGURED.match(pieces[0]):
                pieces = list(takewhile(_FIGURED.match, pieces))
            held = [_held(piece) for piece in pieces if _LED.match(piece)]
            if len(held) < _LEAST or _OPEN.search(match["rest"]) or not all(most for _, most in held):
                continue
            count = chinese_number(match["count"]) or 0
            least, most = (sum(one[at] for one in held) for at in (0, 1))
            if not least <= count <= most:
                listed = least if count < least else most
                yield from listed_wrongly(paper, sentence, match.span(), count=count, listed=listed)


def _held(piece: str) -> tuple[int, int]:
    """Return how many persons hold an office at least and at most; nothing where that cannot be told."""
    named = _LED.sub("", piece)
    each = _EACH.search(named)
    figures = [] if each else _FIGURE.findall(named)
    if figures:
        number = chinese_number(figures[0]) or 0
        return (number, number) if len(figures) == 1 else (0, 0)
    if not named or re.search(r"\d", named[: each.start()] if each else named):
        return (0, 0)
    items = named.split("、")
    joined = joins(items[-1])
    return len(items), len(items) + joined
