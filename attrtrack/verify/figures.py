"""Recompute every figure of an exported list by the steps of its 核对·口径; where the program counted a row is only compared."""

import datetime as dt
import io
import sys
import zipfile
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET  # nosec B405 - what is parsed declares nothing

MAX_UNPACKED, STRINGS = 2 << 30, "xl/sharedStrings.xml"
N, D, WHOLE_DAY, SATURDAY, SHOWN = "分子", "分母", len("2000-01-01"), 5, 20
CALENDAR = range(dt.date(1900, 1, 1).toordinal(), dt.date(2200, 1, 1).toordinal())
TESTS: dict[str, Callable[[set[str], set[str]], bool]] = {
    "为": lambda told, values: bool(told & values),
    "不为": lambda told, values: not told & values,
    "未写": lambda told, values: not any(value in text for text in told for value in values),
    "早于": lambda told, values: min(told) < min(values),
    "不超过": lambda told, values: "空" not in told and float(min(told)) <= float(min(values)),
}
Row = dict[str, str]


def elements(book: zipfile.ZipFile, name: str, wanted: str) -> Iterator[ET.Element]:
    """Yield the elements of a part by their name; a part that declares entities or a document type is refused."""
    data = book.read(name)
    if any(mark in data for mark in (b"<!DOCTYPE", b"<!ENTITY", b"\0")):
        raise ValueError(f"{name} 里有实体或文档类型声明，拒绝读取")
    for _, element in ET.iterparse(io.BytesIO(data)):  # noqa: S314  # nosec B314
        if element.tag.rpartition("}")[2] == wanted:
            yield element
            element.clear()


def text_of(cell: ET.Element, shared: list[str]) -> str:
    """Return what a cell or a shared string says, readings aside, numbers to nine digits."""
    told, kind, string = cell.findtext("{*}v"), cell.get("t", "n"), next(cell.iterfind("{*}is"), cell)
    if not told:
        return sys.intern("".join(part.text or "" for part in string.findall("{*}t") or string.findall("{*}r/{*}t")))
    return shared[int(told)] if kind == "s" else f"{float(told):.9g}" if kind == "n" else sys.intern(told)


def tables_of(path: Path) -> dict[str, list[Row]]:
    """Return the sheets headed 核对·, the parts of one joined, each cell by the Chinese and the English name of its column."""
    tables = defaultdict[str, list[Row]](list)
    with zipfile.ZipFile(path) as book:
        if sum(info.file_size for info in book.infolist()) > MAX_UNPACKED:
            raise ValueError("文件解压后过大，拒绝读取")
        shared = [text_of(one, []) for part in book.namelist() if part == STRINGS for one in elements(book, part, "si")]
        for part in (name for name in book.namelist() if name.startswith("xl/worksheets/sheet")):
            lines = (line.findall("{*}c") for line in elements(book, part, "row"))
            told = ({cell.attrib["r"].rstrip("0123456789"): text_of(cell, shared) for cell in line} for line in lines)
            filled = (row for row in told if any(row.values()))
            title, _, _ = next(filled, {"A": ""}).get("A", "").partition("：")
            if title.startswith("核对·"):
                names = [(name, place) for place, heading in next(filled).items() for name in heading.split()]
                tables[title] += [{name: row.get(place, "") for name, place in names} for row in filled]
    return dict(tables)


class Figure:
    """A figure as an export states it, with the steps by which its rows are sorted."""

    def __init__(self, said: Row, tables: dict[str, list[Row]], workdays: list[str]) -> None:
        self.key, sheet = ("document", "核对·公文") if said["reading"] == "按文件" else ("id", "核对·解读")
        self.said, self.workdays, self.rows = said, workdays, tables[sheet]
        common = {f"〔{row['说明'].split('（')[0]}〕": set(row["内容"].split("、")) for row in tables["核对·版本"]}
        made = ((row["id"], row["date"] or row["year_stated"] or "9") for row in tables["核对·公文"])
        self.outside = {key for key, day in made if f"{day}-99" < said["valid_from"] or (said["valid_to"] or "9") < day}
        counted = said["code"], said["reading"]
        steps = [row for row in tables.get("核对·口径", []) if (row["code"], row["reading"]) == counted]
        self.steps = [(row["place"], [one.split() for one in row["condition"].split("并且")]) for row in steps]
        tests = {" ".join(one[1:-1]) for _, step in self.steps for one in step}
        if not steps or "#" in str(self.steps) or not tests <= TESTS.keys():
            raise ValueError(f"核对·口径 里 {said['code']} 没有步骤（早先写出的清单，请重新导出），或者步骤看不懂")
        sides = dict.fromkeys(side for _, step in self.steps for one in step for side in one[::2])
        self.fixed = common | {side: set(side.split("、")) for side in sides if not side.startswith("〔")}
        self.facts = [side[1:-1] for side in sides if side.startswith("〔")]
        self.names = [side for side in sides if side not in {*self.fixed, "〔工作日〕"}]
        self.span = [name for name in (steps[0]["days_from"], steps[0]["days_to"]) if name]
        self.digest = sha256(repr([list(row.values()) for row in steps]).encode()).hexdigest()[:12]

    def places(self, links: list[Row]) -> Iterator[tuple[str, str]]:
        """Yield where each row counts if these links do, and the working days behind it."""
        beside = defaultdict[str, list[Row]](list)
        for link in links:
            beside[link[self.key]].append(link)
        for row in self.rows:
            timely = [link for link in beside[row["id"]] if link["document"] not in self.outside]
            days = self._days(row, timely) if self.span else ""
            told = self.fixed | {name: self._told(name[1:-1], row, timely) for name in self.names}
            told["〔工作日〕"] = {days or "空"}
            fitting = (place for place, step in self.steps if all(TESTS[test](told[a], told[b]) for a, test, b in step))
            in_time = row["id"] not in self.outside and (timely or not beside[row["id"]])
            place = next(fitting, D) if in_time else "不详 outside-validity"
            yield place, days if place in (N, D) else ""

    def _told(self, name: str, row: Row, links: list[Row]) -> set[str]:
        return {word or "空" for one in ([row] if name in row else links) for word in one[name].split("、")}

    def _days(self, row: Row, links: list[Row]) -> str:
        begins, ends = (min(self._told(name, row, links) - {"空"}, default="") for name in self.span)
        if not ends or len(begins) < WHOLE_DAY:
            return ""
        return str(bisect_left(self.workdays, ends) - bisect_right(self.workdays, begins) + 1 if begins < ends else 0)

    def compared(self, every: list[Row]) -> dict[str, object]:
        """Return the figure as recomputed, with what differs from what is stated."""
        confirmed = [link for link in every if link["confirmed"] == "是"]
        places = list(self.places(confirmed))
        made = _counted(places)
        if "关联已确认" in self.facts:
            firm = {link["id"] for link in confirmed if self.key == "id"}
            people = self.places([link for link in confirmed if link["automatic"] != "是"])
            imagined = self.places([link for link in every if link["confirmed"] == "是" or link["id"] not in firm])
            ends = sorted(filter(None, (made["value"], _counted(imagined)["value"])), key=float)
            low, high = ends if len(ends) > 1 and len(every) > len(confirmed) else ("", "")
            automatic = sum(one[0] == N != other[0] for one, other in zip(places, people, strict=True))
            made |= {"automatic": str(automatic), "low": low, "high": high}
        compared = [(key, self.said[key], told) for key, told in made.items()]
        sign, term = (f"{self.said['name']}{kind}#{self.said['code']}" for kind in ("", "：工作日"))
        for row, (place, days) in zip(self.rows, places, strict=True):
            compared.append((row["id"], row[sign], place.replace("不详", "排除")))
            compared.append((f"{row['id']} 工作日", row.get(term, ""), days))
        wrong = [f"{what} 写明“{said}”，按事实为“{told}”" for what, said, told in compared if said != told]
        odd = sum(said != told for _, said, told in compared[len(made) :])
        found = {"facts": self.facts, "steps": self.digest, "rows_differing": odd, "differences": wrong[:SHOWN]}
        return {key: self.said[key] for key in ("code", "name", "reading")} | made | found


def recomputed(path: Path) -> list[dict[str, object]]:
    """Return each figure of an export as recomputed, with what differs from what is stated; no differences: it holds."""
    tables = tables_of(path)
    items, other = {row["id"]: row for row in tables["核对·解读"]}, {row["day"] for row in tables["核对·工作日"]}
    links = [items[link["id"]] | link | {"关联已确认": "是"} for link in tables["核对·关联"]]
    days = map(dt.date.fromordinal, CALENDAR)
    workdays = [str(day) for day in days if (day.weekday() < SATURDAY) != (str(day) in other)]
    return [Figure(said, tables, workdays).compared(links) for said in tables["核对·指标"]]


def _counted(places: Iterable[tuple[str, str]]) -> Row:
    rules = [place for place, _ in places]
    above, below = rules.count(N), rules.count(N) + rules.count(D)
    empty = "not_assessable" if any(rule.startswith("不详") for rule in rules) else "undefined"
    counts = {"numerator": str(above), "denominator": str(below), "excluded": str(len(rules) - below)}
    return counts | {"value": f"{above / below:.9g}" if below else "", "state": "defined" if below else empty}
