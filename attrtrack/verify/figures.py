"""Recompute every figure of an exported year list from the facts of its rows, which the workbook itself carries.

The columns of the sheets 核对· in which the program says where it counted a row are compared with that, and used for nothing.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

sheets, sorting = (import_module(f"{__package__}.{name}" if __package__ else name) for name in ("sheets", "sorting"))
N, D, PENDING, OUTSIDE = "分子", "分母", "排除 link-pending", "排除 outside-validity"
BETTER = (OUTSIDE, "排除 text-missing", D, N)
"""Beside several documents an interpretation counts by the last of these."""
TOUCHED = ("interpretation-rate", "interpretation-days", *sorting.LINKED)
ALONE, CONFIRMED, IMAGINED = range(3)
SATURDAY, SHOWN = 5, 20
Row = dict[str, str]
Answers = tuple[tuple[str, Callable[..., object]], ...]


class Facts:
    """The rows of an export with the links that are counted: of all (`IMAGINED`), those `CONFIRMED`, or people's `ALONE`."""

    def __init__(self, tables: dict[str, list[Row]], which: int) -> None:
        self.said = {row["key"]: set(row["value"].split("、")) for row in tables["核对·版本"]}
        self.term, self.workdays = int(float(min(self.said["interpretation_workdays"]))), list(_workdays(tables))
        self.made = {row["id"]: row["date"] or row["year_stated"] for row in tables["核对·公文"]}
        items = {row["id"]: row for row in tables["核对·解读"]}
        firm = {link["id"] for link in tables["核对·关联"] if link["confirmed"] == "是"}
        self.of, self.beside = defaultdict[str, list[Row]](list), defaultdict[str, list[Row]](list)
        for link in tables["核对·关联"]:
            counts = IMAGINED if link["confirmed"] != "是" else CONFIRMED if link["automatic"] == "是" else ALONE
            if counts <= which:
                self.of[link["document"]].append(items[link["id"]] | link)
            if counts <= which and (counts < IMAGINED or link["id"] not in firm):
                self.beside[link["id"]].append(items[link["id"]] | link)

    def places(self, told: Row, rows: list[Row]) -> list[str]:
        """Return where a figure counts rows; what was made out of its time is left out."""
        code, since, until = told["code"], told["valid_from"], told["valid_to"] or "9"
        out = {key for key, day in self.made.items() if not (since <= f"{day or 9}-99" and day <= until)}
        if told["reading"] == "按文件":
            return [OUTSIDE if row["id"] in out else self._document(code, row) for row in rows]
        return [self._item(sorting.LINKED[code][1], self.beside[row["id"]], out) for row in rows]

    def _place(self, answers: Answers, row: Row) -> str:
        place = next((place for place, fits in answers if fits(self, row)), D)
        return place if place in (N, D) else f"排除 {place}"

    def _document(self, code: str, row: Row) -> str:
        if code in sorting.DOCUMENTS:
            return self._place(sorting.DOCUMENTS[code][1], row)
        places = [self._place(sorting.LINKED[code][1], item) for item in self.of[row["id"]]] or ["排除 not-interpreted"]
        return N if N in places else next((place for place in places if place != D), D)

    def _item(self, answers: Answers, links: list[Row], out: set[str]) -> str:
        places = [OUTSIDE if link["document"] in out else self._place(answers, link) for link in links]
        return max(places, key=lambda one: BETTER.index(one) if one in BETTER else len(BETTER), default=PENDING)

    def days(self, code: str, row: Row) -> int | None:
        """Return the working days behind a row, None where a day is not known; the first day is not counted (民法典 arts 201, 203)."""
        dated = (
            [row["published_on"]] if code == "publication-days" else [one["published"] for one in self.of[row["id"]]]
        )
        begins, reached = (
            row["date" if code == "publication-days" else "published_on"],
            min(filter(None, dated), default=""),
        )
        if not begins or not reached or reached <= begins:
            return 0 if begins and reached else None
        return bisect_left(self.workdays, reached) - bisect_right(self.workdays, begins) + 1


def _workdays(tables: dict[str, list[Row]]) -> Iterator[str]:
    """Yield the working days between the first and the last day told: the weekdays, but for those of the sheet."""
    told = [row[field] for row in tables["核对·公文"] for field in ("date", "published_on")]
    told += [link["published"] for link in tables["核对·关联"]]
    days = [dt.date.fromisoformat(day).toordinal() for day in {day for day in told if len(day) == sorting.WHOLE_DAY}]
    other = {row["day"] for row in tables["核对·工作日"]}
    for day in map(dt.date.fromordinal, range(min(days), max(days) + 1) if days else ()):
        if (day.weekday() < SATURDAY) != (day.isoformat() in other):
            yield day.isoformat()


def recomputed(path: Path) -> list[dict[str, Any]]:
    """Return each figure of an export as recomputed, with what differs from what is stated; no differences: it holds."""
    tables = sheets.tables_of(path)
    facts = [Facts(tables, which) for which in range(3)]
    return [_recomputed(told, tables, facts) for told in tables["核对·指标"]]


def _recomputed(told: Row, tables: dict[str, list[Row]], facts: list[Facts]) -> dict[str, Any]:
    code, by_document = told["code"], told["reading"] == "按文件"
    rows, sign = tables["核对·公文" if by_document else "核对·解读"], f"#{code}"
    alone, places, imagined = (one.places(told, rows) for one in facts)
    made = _counted(places)
    if code in TOUCHED:
        by_people = sum(one == two == N for one, two in zip(places, alone, strict=True))
        ends = (made["value"], _counted(imagined)["value"])
        pending = all(ends) and any(link["confirmed"] != "是" for link in tables["核对·关联"])
        low, high = sorted(ends, key=float) if pending else ("", "")
        made |= {"automatic": _shown(places.count(N) - by_people), "low": low, "high": high}
    wrong = [f"{key} 写明 {told[key] or '无'}，重算 {x or '无'}" for key, x in made.items() if _shown(told[key]) != x]
    state = "defined" if made["value"] else "undefined" if sorting.UNKNOWING.isdisjoint(places) else "not_assessable"
    wrong += [f"state 写明 {told['state']}，重算 {state}"] if told["state"] != state else []
    odd = [(row["id"], row[sign], place) for row, place in zip(rows, places, strict=True) if row[sign] != place]
    if (days := f"days:{code}") in (rows or [{}])[0]:
        for row, place in zip(rows, places, strict=True):
            number = _shown(facts[CONFIRMED].days(code, row) if place in (N, D) else "")
            odd += [(row["id"], row[days], number)] if _shown(row[days]) != number else []
    wrong += [f"{key} 写明“{stated}”，按事实为“{place}”" for key, stated, place in odd[:SHOWN]]
    found = {key: told[key] for key in ("code", "name", "reading")} | made
    by = (sorting.DOCUMENTS.get(code) or sorting.LINKED[code])[0]
    return found | {"facts": by.split("、"), "rows_differing": len(odd), "differences": wrong}


def _counted(places: list[str]) -> dict[str, str]:
    above, below = places.count(N), places.count(N) + places.count(D)
    made = {
        "numerator": above,
        "denominator": below,
        "excluded": len(places) - below,
        "value": above / below if below else "",
    }
    return {name: _shown(number) for name, number in made.items()}


def _shown(number: object) -> str:
    return f"{float(str(number)):.9g}" if str(number) else ""
