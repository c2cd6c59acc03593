"""A crowd of titles made of real ones: every title again in other places, years and units, and pages that explain some.

Round 0 are the 34,578 real titles. Every further round gives each title another place (for its province, or before it),
another year (in the title, the number and the date) and so another unit; half of those without a year get one in brackets,
the other half differ from their siblings by place and date alone. A unit is a place and one of eight offices, an office
keeping its subjects through all rounds. So every document has near-duplicates: as many as there are rounds, and about one
in eight of them in its own place. Places of the further rounds are made up.

Pages ask for documents drawn at random, their titles written as ledgers write them; a sixth each: whole in 《》, without
carrier and issuer, with three to five signs left out, without the year, with wrong brackets and two signs swapped, without
the place. They appear 0 to 20 days after their document; one in ten says no day.
"""

import datetime as dt
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attrtrack.domain.interpretations import Interpretation, LinkableDocument

PROVINCE = re.compile("河南省|云南省|四川省|广东省|上海市|北京市|浙江省|江苏省|海南省")
PLACES = ("云栖市", "溪口区", "柏川县", "青梧市", "南渚区", "石桥县", "临汀市", "沅平县")
OFFICES = (
    "政府办公室",
    "教育局",
    "财政局",
    "卫生健康委员会",
    "住房和城乡建设局",
    "农业农村局",
    "民政局",
    "市场监督管理局",
)
GOVERNMENTS = {
    "Henan_Provincial_Government": "河南省", "Yunnan_Provincial_Government": "云南省",
    "Sichuan_Provincial_Government": "四川省", "Guangdong_Provincial_Government": "广东省",
    "Shanghai_Municipal_Government": "上海市", "State_Council": "国务院",
    "Hainan_Provincial_Government": "海南省",
}  # fmt: skip
READING = re.compile("解读|读懂|图解|问答|新闻发布会")
"""Some of the titles are of interpretations; they stay in the crowd, but nobody explains them."""
YEAR = re.compile(r"(?:19|20)\d{2}")
CARRIER = re.compile(r"^.{0,40}?关于(?:印发|转发)?《?(.+?)》?的?(?:通知|公告|通告|意见|批复)?$")
PLACE = re.compile(rf"(?:{PROVINCE.pattern}|{'|'.join(PLACES)})(?:人民政府)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A page and the document it explains."""

    page: Interpretation
    right: LinkableDocument


def crowd(rows: Sequence[dict[str, str]], count: int, seed: int = 5) -> list[LinkableDocument]:
    """Return `count` documents made of rows of titles.jsonl."""
    chosen = random.Random(seed)  # noqa: S311 - a sample, not a secret
    return [_document(rows[number % len(rows)], number, number // len(rows), chosen) for number in range(count)]


def _document(row: dict[str, str], number: int, turn: int, chosen: random.Random) -> LinkableDocument:
    office = OFFICES[sum(map(ord, row["title"][-12:-4])) % len(OFFICES)]
    day = _day(row["issued"]) or _day(row["published"])
    written = row["doc_number"] if row["doc_number"] not in {"nan", ""} else None
    if not turn:
        return LinkableDocument(
            str(number), row["title"], written, GOVERNMENTS.get(row["gov"], row["gov"]) + office, day
        )
    place, years = chosen.choice(PLACES), turn % 9 + 1
    moved = day.replace(day=min(day.day, 28), year=day.year - years) if day else None
    title = _moved(PROVINCE.sub(place, row["title"]), years)
    if not PLACE.search(title):
        title = place + title
    if title == row["title"] or (not YEAR.search(title) and moved and chosen.random() < 0.5):
        title += f"（{moved.year if moved else 2030 - years}年）"
    return LinkableDocument(
        str(number), title, written and _moved(place[0] + written[1:], years), place + office, moved
    )


def _moved(text: str, years: int) -> str:
    return YEAR.sub(lambda match: str(int(match[0]) - years), text)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def asked(documents: Sequence[LinkableDocument], count: int, *, unit: bool, seed: int = 9) -> Iterator[Asked]:
    """Yield pages that explain documents drawn at random; `unit`: whether a page says who published it."""
    chosen = random.Random(seed)  # noqa: S311 - a sample, not a secret
    for number in range(count):
        right = chosen.choice(documents)
        while READING.search(right.title):
            right = chosen.choice(documents)
        day = right.date + dt.timedelta(days=chosen.randint(0, 20)) if right.date and chosen.random() < 0.9 else None
        title = DRESSES[number % len(DRESSES)](right.title, chosen)
        yield Asked(Interpretation(f"p{number}", title, None, day, right.issuer if unit else None), right)


def _whole(title: str, _chosen: random.Random) -> str:
    return f"《{title}》政策解读"


def _inner(title: str, _chosen: random.Random) -> str:
    match = CARRIER.match(title)
    return f"一图读懂《{match[1] if match and len(match[1]) > 5 else title}》"


def _shortened(title: str, chosen: random.Random) -> str:
    start = chosen.randint(0, max(len(title) - 5, 0))
    return f"《{title[:start]}{title[start + chosen.randint(3, 5) :]}》解读"


def _without_year(title: str, _chosen: random.Random) -> str:
    return f"《{re.sub(r'（?(?:19|20)[0-9]{2}年?(?:度|）)?', '', title)}》解读"


def _untidy(title: str, chosen: random.Random) -> str:
    place = chosen.randint(0, max(len(title) - 2, 0))
    swapped = title[:place] + title[place : place + 2][::-1] + title[place + 2 :]
    return f"〈{swapped.replace('《', '“').replace('》', '”')}〉解读"


def _without_place(title: str, _chosen: random.Random) -> str:
    return f"【图解】{PLACE.sub('', title)}"


DRESSES = (_whole, _inner, _shortened, _without_year, _untidy, _without_place)
