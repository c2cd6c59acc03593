"""Recompute every figure of an exported year list from the rows that the workbook itself carries.

Numbers are compared in nine digits, in which two programs write them alike. The sheets named 核对· hold the facts of each row
and, one column a figure, where it was counted: what `Facts` knows is sorted anew from the facts, the rest is added up from there.
"""

import io
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET  # nosec B405 - what is parsed declares nothing

N, D, PENDING, OUTSIDE = "分子", "分母", "排除 link-pending", "排除 outside-validity"
MAX_UNPACKED, SHOWN = 2 << 30, 20
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


def words(element: ET.Element) -> str:
    """Return the text of a string, readings aside."""
    return "".join(part.text or "" for part in (*element.findall("{*}t"), *element.findall("{*}r/{*}t")))


def rows_of(book: zipfile.ZipFile, name: str, shared: list[str]) -> Iterator[Row]:
    """Yield the rows of a sheet that say anything, each by the letters of its columns."""
    for row in elements(book, name, "row"):
        cells: Row = {}
        for cell in row.findall("{*}c"):
            inline, told = cell.find("{*}is"), cell.findtext("{*}v") or ""
            told = words(inline) if inline is not None else shared[int(told)] if cell.get("t") == "s" else told
            cells[cell.get("r", "").rstrip("0123456789")] = sys.intern(told)
        yield from [cells] if any(cells.values()) else []


def tables_of(path: Path) -> dict[str, list[Row]]:
    """Return the sheets named 核对·, the parts of one joined; the last word of a heading is the field it holds."""
    tables: dict[str, list[Row]] = {"核对·解读": [], "核对·关联": []}
    with zipfile.ZipFile(path) as book:
        if sum(info.file_size for info in book.infolist()) > MAX_UNPACKED:
            raise ValueError("文件解压后过大，拒绝读取")
        parts = elements(book, "xl/_rels/workbook.xml.rels", "Relationship")
        targets = {part.get("Id"): "xl/" + part.get("Target", "").removeprefix("/xl/") for part in parts}
        named = [name for name in book.namelist() if name == "xl/sharedStrings.xml"]
        shared = [words(one) for name in named for one in elements(book, name, "si")]
        for sheet in next(elements(book, "xl/workbook.xml", "sheets")):
            if (title := sheet.get("name", "")).startswith("核对·"):
                key = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
                _, headings, *rows = rows_of(book, targets[key], shared)
                fields = {place: text.split()[-1] for place, text in headings.items() if text}
                told = [{field: row.get(place, "") for place, field in fields.items()} for row in rows]
                tables.setdefault(title.partition("（")[0], []).extend(told)
    return tables


class Facts:
    """The rows of an export with what its rules said; `imagined` counts links that wait for a person as confirmed."""

    def __init__(self, tables: dict[str, list[Row]], *, imagined: bool = False) -> None:
        self.said = {row["key"]: set(row["value"].split("、")) for row in tables["核对·版本"]}
        items = {row["id"]: row for row in tables["核对·解读"]}
        self.made = {row["id"]: [row["date"] or row["year_stated"]] for row in tables["核对·公文"]}
        firm = {link["id"] for link in tables["核对·关联"] if link["confirmed"] == "是"}
        self.of, self.confirmed = defaultdict[str, list[Row]](list), set(items) if imagined else firm
        for link in tables["核对·关联"]:
            if link["confirmed"] == "是" or imagined:
                self.of[link["document"]].append(items[link["id"]])
            if link["confirmed"] == "是" or (imagined and link["id"] not in firm):
                self.made.setdefault(link["id"], []).extend(self.made[link["document"]])

    def places(self, told: Row, rows: list[Row]) -> list[str] | None:
        """Return where a figure counts rows, None where that is not told here anew; what was made out of its time is out."""
        rule, since, until = self._rule(told["code"], told["reading"]), told["valid_from"], told["valid_to"] or "9"
        out = {k for k, days in self.made.items() if not any(since <= f"{x or 9}-99" and x <= until for x in days)}
        return [OUTSIDE if row["id"] in out else rule(row) for row in rows] if rule else None

    def _rule(self, code: str, reading: str) -> Callable[[Row], str] | None:
        if field := {"diversified-rate": "forms", "off-website-rate": "channels"}.get(code):
            return lambda row: (self._best if reading == "按文件" else self._item)(row, field)
        own = {"interpretation-rate": self._interpreted, "labelled-rate": _labelled, "reasoned-rate": self._reasoned}
        return own.get(code)

    def _interpreted(self, row: Row) -> str:
        if row["attribute"] != "主动公开" and (row["attribute"] or not row["published_on"]):
            return f"排除 {'attribute-not-proactive' if row['attribute'] else 'attribute-undeclared'}"
        if row["needs_interpretation"] != "是":
            return f"排除 {'interpretation-not-needed' if row['needs_interpretation'] else 'need-undetermined'}"
        return N if self.of[row["id"]] else D

    def _reasoned(self, row: Row) -> str:
        if row["attribute"] not in self.said["reason_required_for"]:
            return "排除 reason-not-required" if row["attribute"] else "排除 attribute-undeclared"
        return N if row["clause"] else D

    def _item(self, row: Row, field: str) -> str:
        if row["id"] not in self.confirmed or not row[field]:
            return f"排除 {field[:-1]}-unknown" if row["id"] in self.confirmed else PENDING
        return N if self.said[f"counting_{field}"] & set(row[field].split("、")) else D

    def _best(self, row: Row, field: str) -> str:
        places = [self._item(item, field) for item in self.of[row["id"]]] or ["排除 not-interpreted"]
        return N if N in places else next((place for place in places if place != D), D)


def _labelled(row: Row) -> str:
    return N if row["attribute"] else D if row["attribute_asked"] == "是" else "排除 attribute-not-asked"


def recomputed(path: Path) -> list[dict[str, Any]]:
    """Return each figure of an export as recomputed, with what differs from what is stated; no differences: it holds."""
    facts = (tables := tables_of(path)), Facts(tables), Facts(tables, imagined=True)
    return [_recomputed(told, *facts) for told in tables["核对·指标"]]


def _recomputed(told: Row, tables: dict[str, list[Row]], *facts: Facts) -> dict[str, Any]:
    rows, sign = tables["核对·公文" if told["reading"] == "按文件" else "核对·解读"], f"#{told['code']}"
    anew, imagined = (one.places(told, rows) for one in facts)
    places = anew or [row[sign] for row in rows]
    made, value = _counted(places)
    if told["low"] and imagined:
        ends = sorted((value, _counted(imagined)[1]), key=lambda end: float(end or 0))
        made |= {"low": ends[0], "high": ends[1]}
    made["value"] = "" if told["state"] == "not_assessable" else value
    wrong = [f"{key} 写明 {told[key] or '无'}，重算 {x or '无'}" for key, x in made.items() if _shown(told[key]) != x]
    odd = [(row["id"], row[sign], place) for row, place in zip(rows, places, strict=True) if row[sign] != place]
    wrong += [f"{key} 写明“{stated}”，按事实为“{place}”" for key, stated, place in odd[:SHOWN]]
    found = {key: told[key] for key in ("code", "name", "reading")} | made
    return found | {"from_facts": anew is not None, "rows_differing": len(odd), "differences": wrong}


def _counted(places: list[str]) -> tuple[dict[str, str], str]:
    above, below = places.count(N), places.count(N) + places.count(D)
    made = {"numerator": above, "denominator": below, "excluded": len(places) - below}
    return {name: _shown(number) for name, number in made.items()}, _shown(above / below if below else "")


def _shown(number: object) -> str:
    return f"{float(str(number)):.9g}" if str(number) else ""
