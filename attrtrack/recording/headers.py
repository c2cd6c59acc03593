"""The header row of a ledger: found below titles and comments, its columns named through `headers.toml`."""

import itertools
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from attrtrack.domain.ledgers import Table, TableRow
from attrtrack.errors import BadRowError
from attrtrack.recording.lines import bare
from attrtrack.rules.tables import Rules

_SEARCHED = 30
_BRACKETED = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_TRIMMED = re.compile(r"^[*＊★\d.、]+|[*＊：:]+$")
_UNTOUCHED = re.compile(r"(?![*＊★\d.、])[^\s\u200b-\u200f\u2060\ufeff\u00ad（(【\[]*+(?<![*＊：:])")
"""A cell of which nothing is left out, as most cells below a header are."""
_LONGEST_HEADER = 40
_SHOWN = 120
_SEVERAL = 2
_OF_A_TITLE = "关于"


_NAMING = {"title", "number", "interpretation_title", "interpretation_url"}
_OF_DOCUMENTS = {"title", "number"}
_INTERPRETATION = "解读"
_OF_INTERPRETATIONS = {
    "interpretation_title", "interpretation_url", "interpretation_published", "non_text", "forms", "channels",
    "needs_interpretation",
}  # fmt: skip
_UNMISTAKABLE = _OF_INTERPRETATIONS - {"forms", "channels"} | {"attribute", "ordinal", "security"}
_LONGEST_GROUP = 12
_NO_GROUP = re.compile(r"[:：\d]|^[（(]|.{40}", re.DOTALL)
_GROUP_WORD = re.compile(r"(?:基本)?(?:情况|信息|内容|要素|材料|详情|事项|资料|栏目?|部分)+$")
_OWN_GROUP = re.compile(
    r"(?:本?(?:级|单位|机关)?(?:公文|文件|发文|制发|印发|政策|政策性|政策文件|规范性文件|行政规范性文件|公开文件|原文|正文|文书)"
    r"|(?:主动|政府信息|信息|政务)?公开|公开属性|属性|发布|上网|网站发布|起草|主办|拟稿|基本|基础)?"
)


@dataclass(frozen=True)
class Header:
    """Where the header stands and which column (from 0) fills which field; `rows_from` is the index of the first row."""

    fields: dict[int, str]
    names: dict[int, str]
    unknown: tuple[str, ...]
    rows_from: int

    @cached_property
    def secrecy(self) -> tuple[int, ...]:
        """The columns that state a level of secrecy; a ledger may have several."""
        return tuple(column for column, name in self.fields.items() if name == "security")


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


def parted(table: Table, rules: Rules) -> tuple[Table, ...]:
    """Part a sheet that holds several tables below one another, each with a header of its own, before their headers."""
    fields = field_names(rules)
    naming = frozenset(key for key, field in fields.items() if field in _OF_DOCUMENTS)
    starts: list[int] = []
    last = -1
    for index, row in enumerate(table.rows):
        if not _is_header(row, fields, naming):
            continue
        beside = index == last + 1 and bool(starts)
        if not beside and not (starts and _same_names(table.rows[starts[-1]], row)):
            starts.append(index)
        last = index
    if len(starts) < _SEVERAL:
        return (table,)
    bounds = [0, *(_with_heading(table, start) for start in starts[1:]), len(table.rows)]
    return tuple(
        Table(table.name, table.sheet, table.rows[start:end])
        for start, end in itertools.pairwise(bounds)
        if end > start
    )


def _with_heading(table: Table, start: int) -> int:
    """Return where a lower table begins with the lines of one cell that head it; a title of a document heads nothing."""
    while start > 1:
        filled = [cell for cell in table.rows[start - 1].cells if cell]
        if len(filled) != 1 or _OF_A_TITLE in filled[0]:
            break
        start -= 1
    return start


def _is_header(row: TableRow, fields: dict[str, str], naming: frozenset[str]) -> bool:
    """Whether a row names columns and says nothing else: a title or number (`naming`) among them, hardly a word unknown."""
    if max(map(len, row.cells), default=0) > _LONGEST_HEADER or naming.isdisjoint(map(header_key, row.cells)):
        return False
    filled = [cell for cell in row.cells if cell and not cell.startswith("#")]
    if len(filled) < _SEVERAL:
        return False
    named, unknown = set[str](), 0
    for cell in filled:
        field = fields.get(header_key(cell))
        unknown += field is None
        if unknown * 2 > len(filled):
            return False
        if field is not None:
            named.add(field)
    return len(named) >= _SEVERAL and bool(_OF_DOCUMENTS & named)


def _same_names(left: TableRow, right: TableRow) -> bool:
    return [header_key(cell) for cell in left.cells] == [header_key(cell) for cell in right.cells]


def field_names(rules: Rules) -> dict[str, str]:
    """Map every known header, normalised, to its field."""
    return {header_key(word): row.field for row in rules.headers for word in (row.name, *row.synonyms)}


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """Return a header without blanks, bracketed remarks, stars, numbers and colons, in lower case."""
    if _UNTOUCHED.fullmatch(text):
        return text.lower()
    whole = bare(text)
    return _TRIMMED.sub("", _BRACKETED.sub("", whole) or whole).lower()


def _headers_at(table: Table, index: int, fields: dict[str, str]) -> list[Header]:
    """Return what the row may mean as a header alone and together with the row below it."""
    row = table.rows[index]
    headers = (
        [] if index and _under_groups(table.rows[index - 1], row, fields) else [_named(row.cells, fields, index + 1)]
    )
    if index + 1 < len(table.rows) and table.rows[index + 1].number == row.number + 1:
        lower = table.rows[index + 1].cells
        if not any(len(cell) > _LONGEST_HEADER for cell in lower):
            headers.append(_named(_stacked(row.cells, lower, fields), fields, index + 2))
    return headers


def _under_groups(above: TableRow, row: TableRow, fields: dict[str, str]) -> bool:
    """Whether the row above names groups of this row's columns, so that this row alone would mislead."""
    if above.number + 1 != row.number or any(_NO_GROUP.search(cell) for cell in above.cells):
        return False
    upper, lower = [header_key(cell) for cell in above.cells], [header_key(cell) for cell in row.cells]
    upper += [""] * (len(lower) - len(upper))
    lower += [""] * (len(upper) - len(lower))
    pairs = list(zip(upper, lower, strict=True))
    groups = sum(bool(low) and up != low and _is_group_name(up) for up, low in pairs)
    alone = any(up in fields and low in {"", up} for up, low in pairs)
    known = [low for low in lower if low in fields]
    if sum(map(bool, upper)) == 1:
        return bool(groups) and not upper[0]
    return groups > 1 or (groups == 1 and alone) or len(set(known)) < len(known)


def _is_group_name(key: str) -> bool:
    """Whether words name a group of columns (解读情况, 公文信息, 公开)."""
    if not 1 < len(key) <= _LONGEST_GROUP:
        return False
    return _INTERPRETATION in key or bool(_GROUP_WORD.search(key) or _OWN_GROUP.fullmatch(key))


def _at(cells: tuple[str, ...], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _stacked(upper: tuple[str, ...], lower: tuple[str, ...], fields: dict[str, str]) -> tuple[str, ...]:
    """Read two header rows as one: the name of a merged group (解读情况) decides what its columns (链接) speak of."""
    stacked: list[str] = []
    group = ""
    for column in range(max(len(upper), len(lower))):
        above, below = _at(upper, column), _at(lower, column)
        if above and (not below or header_key(above) == header_key(below)):
            group = ""
        else:
            group = above or (group if below else "")
        stacked.append(_in_group(group, below, fields) if group and below else below or above)
    return tuple(stacked)


def _in_group(group: str, below: str, fields: dict[str, str]) -> str:
    """Return the header that a column of a group amounts to; both names, which nobody knows, when that is unsure."""
    name, own = header_key(group), header_key(below)
    core = _GROUP_WORD.sub("", name)
    explains = _INTERPRETATION in name
    compounds = [f"{name}{own}", f"{core}{own}", *([f"{_INTERPRETATION}{own}"] if explains else [])]
    for compound in compounds:
        if compound in fields and (not explains or fields[compound] in _OF_INTERPRETATIONS):
            return compound
    field = fields.get(own)
    if explains:
        sure = field in _OF_INTERPRETATIONS | {"security", "ordinal"}
    else:
        sure = field in _UNMISTAKABLE or bool(_OWN_GROUP.fullmatch(core))
    return below if sure else f"{group} {below}"


def _named(cells: tuple[str, ...], fields: dict[str, str], rows_from: int) -> Header:
    """Give each field to the column whose name stands first in the rule table; every column of secrecy counts."""
    names = {column: cell.split("\nhttp")[0].strip() for column, cell in enumerate(cells)}
    keys = {column: header_key(name) for column, name in names.items()}
    first: dict[str, int] = {}
    for column, key in keys.items():
        first.setdefault(key, column)
    best: dict[str, int] = {}
    for key, field in fields.items():
        if key in first:
            best.setdefault(field, first[key])
    found = {
        column: fields[key]
        for column, key in keys.items()
        if key in fields and (best[fields[key]] == column or fields[key] == "security")
    }
    shown = {column: " ".join(name.split()) for column, name in names.items() if name}
    unknown = tuple(name for column, name in shown.items() if column not in found)
    return Header(found, {column: shown[column] for column in found}, unknown, rows_from)
