"""Pages that might explain a real document, made from its title: some only written otherwise, some about another document.

Nothing here asks attrtrack what a title says: places, years and stages are exchanged in the words of the title, and what
is right follows from how the page was made. A page about another document has no right answer, unless one of the titles
is, sign for sign, what the page names.
"""

import datetime as dt
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import opencc
from rapidfuzz import fuzz

from attrtrack.domain.interpretations import Interpretation, LinkableDocument

TEMPLATES = (
    "《{}》政策解读", "一图读懂《{}》", "关于《{}》的解读", "《{}》答记者问", "【文字解读】《{}》", "图解：《{}》", "政策解读：{}",
    "{}解读", "《{}》新闻发布会", "解读《{}》", "一图读懂｜{}", "专家解读：《{}》",
)  # fmt: skip
PLACES = (
    ["广东", "河南", "四川", "云南", "海南", "湖南", "湖北", "浙江", "江苏", "山东", "福建", "陕西", "甘肃", "贵州"],
    ["广州", "深圳", "郑州", "成都", "昆明", "海口", "武汉", "长沙", "杭州", "洛阳", "三亚", "南京", "西安", "佛山"],
)
YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-3])\d(?=年)")
NO_DOCUMENT = re.compile("解读|读懂|图解|一图|速览|看懂|问答|新闻发布会|答记者问")
CARRIED = re.compile(r"(?:关于)?(?:印发|发布|公布)(?P<inner>.{8,}?)的?(?:通知|公告|通告)$")
ISSUED_BY = re.compile(r"^[^《》]{3,80}?(?:人民政府办公厅|人民政府|办公厅|委员会|厅|局|委)等?(?=关于|印发)")
_PLACES = re.compile("|".join(PLACES[0] + PLACES[1]))
_STAGES = re.compile("试行|暂行|修订|征求意见稿")
SHORTEST = 10
NEAR = 85


@dataclass(frozen=True)
class Made:
    """A page, how its title was changed, whether that makes it another document, and the documents that are right."""

    page: Interpretation
    change: str
    changed: str
    right: frozenset[str]
    told_apart: bool
    """Whether place, year or stage contradict the document the page was made from: nobody should be shown that one."""
    source: str


def told(title: str) -> tuple[set[str], set[str], set[str]]:
    """Return the places, years and stages that a title names, of those that are exchanged here."""
    plain_signs = unicodedata.normalize("NFKC", title)
    return tuple(set(pattern.findall(plain_signs)) for pattern in (_PLACES, YEAR, _STAGES))  # type: ignore[return-value]


def contradicts(changed: str, title: str) -> bool:
    """Whether a real title names another place, year or stage than the page, where both name one."""
    return any(
        one and other and not (one <= other or other <= one)
        for one, other in zip(told(changed), told(title), strict=True)
    )


def fits(changed: str, title: str) -> bool:
    """Whether a real title is what a page names but for the issuer and a few signs, in the same place, year and stage."""
    near = fuzz.ratio(plain(ISSUED_BY.sub("", changed)), plain(ISSUED_BY.sub("", title))) >= NEAR
    return near and told(changed) == told(title)


def plain(title: str) -> str:
    """Return a title without brackets, blanks and particles, so that only signs that tell are compared."""
    folded = unicodedata.normalize("NFKC", title).lower()
    return re.sub(r"[^0-9a-z一-鿿]|关于|的", "", folded)


@cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _place(name: str, chance: random.Random) -> str | None:
    for tier in PLACES:
        held = [place for place in tier if place in name]
        if held:
            others = [place for place in tier if place not in name]
            return name.replace(held[0], chance.choice(others))
    return None


def _year(name: str, chance: random.Random) -> str | None:
    found = YEAR.search(name)
    by = chance.choice((-3, -2, -1, 1, 2, 3))
    return YEAR.sub(lambda year: str(int(year[0]) + by), name) if found else None


def _stage_added(name: str, chance: random.Random) -> str | None:
    if re.search("试行|暂行|修订|草案|征求", name) or not re.search("(?:办法|规定|细则|方案|条例|意见|规则)$", name):
        return None
    return name + chance.choice(("（试行）", "（暂行）", "（2019年修订）"))


def _draft(name: str, _chance: random.Random) -> str | None:
    return None if re.search("草案|征求", name) else name + "（征求意见稿）"


def _stage_dropped(name: str, _chance: random.Random) -> str | None:
    shorter = re.sub(r"[（(](?:试行|暂行)[）)]", "", name)
    return shorter if shorter != name else None


def _stage_swapped(name: str, _chance: random.Random) -> str | None:
    if "试行" in name:
        return name.replace("试行", "暂行")
    return name.replace("暂行", "试行") if "暂行" in name else None


def _issuer_dropped(name: str, _chance: random.Random) -> str | None:
    shorter = ISSUED_BY.sub("", name)
    return shorter if shorter != name else None


def _year_dropped(name: str, _chance: random.Random) -> str | None:
    shorter = re.sub(r"(?:19|20)\d\d年度?", "", name, count=1)
    return shorter if shorter != name else None


def _place_dropped(name: str, _chance: random.Random) -> str | None:
    """Leave the place out of the name itself; an issuer without its place would be no issuer."""
    issuer = ISSUED_BY.match(name)
    rest = name[issuer.end() :] if issuer else name
    shorter = re.sub(f"(?:{'|'.join(PLACES[0] + PLACES[1])})[省市](?!人民政府|委)", "", rest)
    return name.removesuffix(rest) + shorter if shorter != rest else None


def _in_traditional(name: str, _chance: random.Random) -> str | None:
    return str(_traditional().convert(name))


def _wrong_brackets(name: str, chance: random.Random) -> str | None:
    if not re.search(r"[（(《]", name):
        return None
    for pair, others in (("（）", ("()", "[]", "【】")), ("《》", ("〈〉", "<>", "“”"))):
        other = chance.choice(others)
        name = name.replace(pair[0], other[0]).replace(pair[1], other[1])
    return name


def _as_is(name: str, _chance: random.Random) -> str | None:
    return name


Change = Callable[[str, random.Random], str | None]
HARMLESS: Mapping[str, Change] = {
    "as it is": _as_is, "issuer dropped": _issuer_dropped, "year dropped": _year_dropped, "place dropped": _place_dropped,
    "Traditional": _in_traditional, "wrong brackets": _wrong_brackets,
}  # fmt: skip
ANOTHER: Mapping[str, Change] = {
    "place swapped": _place, "year swapped": _year, "draft": _draft, "stage swapped": _stage_swapped,
}  # fmt: skip
DOUBTFUL: Mapping[str, Change] = {"stage added": _stage_added, "stage dropped": _stage_dropped}
"""One of the two says a stage and the other is silent: never for a machine, but a person may be asked."""


def named(title: str, chance: random.Random) -> str:
    """Return what a page would name: the whole title, or half the time what the title carries."""
    carried = CARRIED.search(title)
    inner = carried["inner"].strip("《》") if carried else ""
    return inner if inner.count("《") == inner.count("》") == 0 < len(inner) and chance.random() < 0.5 else title


def pages(documents: Sequence[LinkableDocument], many: int, seed: int = 5) -> Iterator[Made]:
    """Make `many` pages, each change as often as titles allow it."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    fit = [
        item for item in documents if item.date and len(item.title) >= SHORTEST and not NO_DOCUMENT.search(item.title)
    ]
    bearing = _bearing(documents)
    changes = [*HARMLESS.items(), *ANOTHER.items(), *DOUBTFUL.items()]
    made = 0
    while made < many:
        change, how = changes[made % len(changes)]
        source = chance.choice(fit)
        name = named(source.title, chance)
        changed = how(name, chance)
        if changed is None or len(plain(changed)) < SHORTEST:
            continue
        right = bearing.get(plain(changed), frozenset())
        if change in HARMLESS:
            right = right | bearing[plain(name)]
        if change in DOUBTFUL:
            right = frozenset()
        yield Made(_page(made, changed, source, name, chance), change, changed, right, change in ANOTHER, source.id)
        made += 1


def _bearing(documents: Iterable[LinkableDocument]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for item in documents:
        carried = CARRIED.search(item.title)
        names = {plain(item.title), plain(ISSUED_BY.sub("", item.title))} | (
            {plain(carried["inner"])} if carried else set()
        )
        for name in names:
            found[name].add(item.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _page(number: int, changed: str, source: LinkableDocument, name: str, chance: random.Random) -> Interpretation:
    """Most pages bear a day: soon after their document, in the year that they name."""
    title = chance.choice(TEMPLATES).format(changed)
    before, after = YEAR.search(name), YEAR.search(changed)
    by = int(after[0]) - int(before[0]) if before and after else 0
    day = source.date + dt.timedelta(days=chance.randrange(0, 15) + round(365.25 * by)) if source.date else None
    return Interpretation(f"H{number}", title, published=day if chance.random() < 0.7 else None)
