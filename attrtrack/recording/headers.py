"""The header row of a ledger: found below titles and comments, its columns named through `headers.toml`."""

import re
from dataclasses import dataclass

from attrtrack.domain.ledgers import Table, TableRow
from attrtrack.errors import BadRowError
from attrtrack.recording.lines import bare
from attrtrack.rules.tables import Rules

_SEARCHED = 30
_BRACKETED = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_TRIMMED = re.compile(r"^[*＊★\d.、]+|[*＊：:]+$")
_LONGEST_HEADER = 40
_SHOWN = 120


_NAMING = {"title", "number", "interpretation_title", "interpretation_url"}


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and which column (from 0) fills which field; `rows_from` is the index of the first row."""

    fields: dict[int, str]
    names: dict[int, str]
    unknown: tuple[str, ...]
    rows_from: int


def find_header(table: Table, rules: Rules) -> Header:
    """Return the row, or pair of rows, that names most columns; raises `BadRowError` with the header that was seen."""
    fields = field_names(rules)
    best: Header | None = None
    for index, row in enumerate(table.rows[:_SEARCHED]):
        if row.cells[0].startswith("#"):
            continue
        for header in _headers_at(table, index, fields):
            if best is None or len(header.fields) > len(best.fields):
                best = header
    if best is None or not _NAMING & set(best.fields.values()):
        seen = max(
            table.rows[:_SEARCHED], key=lambda row: sum(bool(cell) for cell in row.cells), default=TableRow(0, ())
        )
        words = "、".join(cell for cell in seen.cells if cell)[:_SHOWN]
        raise BadRowError(
            f"没有找到“标题”“文号”或“解读标题”一列：表头应写明公文全称、文号、公开属性等。现读到的是：{words}。"
        )
    return best


def field_names(rules: Rules) -> dict[str, str]:
    """Map every known header, normalised, to its field."""
    return {header_key(word): row.field for row in rules.headers for word in (row.name, *row.synonyms)}


def header_key(text: str) -> str:
    """Return a header without blanks, bracketed remarks, stars, numbers and colons, in lower case."""
    whole = bare(text)
    return _TRIMMED.sub("", _BRACKETED.sub("", whole) or whole).lower()


def _headers_at(table: Table, index: int, fields: dict[str, str]) -> list[Header]:
    upper = table.rows[index].cells
    headers = [_named(upper, fields, index + 1)]
    if index + 1 < len(table.rows) and table.rows[index + 1].number == table.rows[index].number + 1:
        lower = table.rows[index + 1].cells
        if not any(len(cell) > _LONGEST_HEADER for cell in lower):
            headers.append(_named(_stacked(upper, lower, fields), fields, index + 2))
    return headers


def _stacked(upper: tuple[str, ...], lower: tuple[str, ...], fields: dict[str, str]) -> tuple[str, ...]:
    """Read two header rows as one: a merged group's name (解读) before the column's own (链接) where that is known."""
    stacked: list[str] = []
    group = ""
    for column in range(max(len(upper), len(lower))):
        above = upper[column] if column < len(upper) else ""
        below = lower[column] if column < len(lower) else ""
        group = above or (group if below else "")
        both = f"{group}{below}"
        stacked.append(both if below and header_key(both) in fields else below or above)
    return tuple(stacked)


def _named(cells: tuple[str, ...], fields: dict[str, str], rows_from: int) -> Header:
    found: dict[int, str] = {}
    names: dict[int, str] = {}
    unknown: list[str] = []
    for column, cell in enumerate(cells):
        name = cell.split("\nhttp")[0].strip()
        field = fields.get(header_key(name))
        if field is not None and field not in found.values():
            found[column], names[column] = field, " ".join(name.split())
        elif name:
            unknown.append(" ".join(name.split()))
    return Header(found, names, tuple(unknown), rows_from)
