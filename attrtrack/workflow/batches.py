"""Rows that other programs hand in (JSON Lines): each is checked before it is used, a bad one spoils only itself."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.documents import Document, SourceText
from attrtrack.domain.genres import Genre
from attrtrack.domain.interpretations import Interpretation, LinkableDocument
from attrtrack.domain.numbers import normalise
from attrtrack.domain.proposals import Proposal
from attrtrack.errors import AttrtrackError, BadRowError, ClassifiedMaterialError
from attrtrack.recording import record, secrecy_sign
from attrtrack.rules import Rules
from attrtrack.workflow.app import App
from attrtrack.workflow.checking import gate_findings

_NO_DATE = {"nan", "nat", "none", "null", "-", "—", "无", "不详"}
_YEAR_ALONE = re.compile(r"(?:19|20)\d{2}年?")
MAX_TEXT = 2_000_000
_SAMPLE = 100_000
_HEAD_LINES, _HEAD_WIDTH = 15, 80
_KNOWN = frozenset(
    {"id", "title", "text", "issuer", "addressee", "url", "publisher", "doc_number", "date", "published"}
)
_MISSING = {
    "title": "title-missing",
    "genre": "genre-missing",
    "number": "number-missing",
    "addressee": "addressee-missing",
    "date": "date-missing",
    "issuers": "issuer-missing",
}
MAX_LINE = 16 * 1024 * 1024
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no usable row: its number (from 1) and the error."""

    number: int
    error: AttrtrackError


def parse_lines(lines: Iterable[str]) -> Iterator[tuple[int, Row] | BadLine]:
    """Yield each line as a numbered row, or as a `BadLine`; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if any("\udc80" <= character <= "\udcff" for character in line[:_SAMPLE]):
            yield BadLine(number, BadRowError(f"第 {number} 行不是 UTF-8 编码：请把文件另存为 UTF-8 再运行。"))
            continue
        if len(line) > MAX_LINE:
            yield BadLine(number, BadRowError(f"第 {number} 行过长（超过 16 MB）：请核对文件。"))
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield BadLine(number, BadRowError(f"第 {number} 行不是有效的 JSON：请检查引号、逗号和编码（UTF-8）。"))
            continue
        if not isinstance(row, dict):
            yield BadLine(number, BadRowError(f"第 {number} 行应是一个 JSON 对象。"))
            continue
        yield number, row


def identifier_of(row: Row) -> str:
    """Return the row's id as text; a row without one is a bad row."""
    value = row.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise BadRowError("缺少 id：每行都要有不重复的编号。")
    return str(value)


def _text(row: Row, name: str) -> str | None:
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadRowError(f"字段 {name} 应为文字。")
    if len(value) > MAX_TEXT:
        raise BadRowError(f"字段 {name} 超过 {MAX_TEXT} 字：请核对。")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadRowError(f"字段 {name} 含有残缺的字符编码：请以 UTF-8 重新导出。") from error
    return value if name == "text" else value.strip() or None


def _texts(row: Row, name: str) -> tuple[str, ...]:
    value = row.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadRowError(f"字段 {name} 应为文字列表。")
    return tuple(item.strip() for item in value if item.strip())


def _date(row: Row, name: str) -> WrittenDate | None:
    """Read a date; a year alone tells no day, so that it counts as not stated."""
    text = _text(row, name)
    if text is None or text.lower() in _NO_DATE or _YEAR_ALONE.fullmatch(text):
        return None
    date = WrittenDate.parse(text)
    if date is None:
        raise BadRowError(f"字段 {name} 的日期“{text[:20]}”看不懂：请写成 2023-05-18。")
    return date


def identifier_or_number(number: int, row: Row) -> str:
    """Return the row's id, or its line number where a list carries none."""
    return str(number) if row.get("id") is None else identifier_of(row)


def refuse_classified(row: Row, rules: Rules) -> None:
    """Refuse a row that bears a sign of secrecy in any field (`ClassifiedMaterialError`); `record` looks at texts whole."""
    loose = [text for name, value in row.items() for text in _loose(name, value)]
    sign = secrecy_sign(loose, rules)
    if sign is not None:
        raise ClassifiedMaterialError(sign)


def _loose(name: str, value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield "\n".join(value.split("\n", _HEAD_LINES)[:_HEAD_LINES])
        if name not in _KNOWN:
            yield f"{name}：{value[:_HEAD_WIDTH]}"
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


def states_attribute(row: Row) -> bool:
    """Whether the row says what was declared, so that the gate's checks apply to it."""
    return "declared_attribute" in row


def document_of(row: Row, rules: Rules) -> Document:
    """Make the document that a `suggest` row describes; what the row states goes before what its text shows.

    What the row states is not reported as missing from its text. Where a row has no text its title stands for it, as in
    a ledger, and evidence quotes the title.
    """
    refuse_classified(row, rules)
    title, text = _text(row, "title"), _text(row, "text") or ""
    if not title and not text.strip():
        raise BadRowError("标题和正文都是空的：至少要有一项。")
    read = record(SourceText(name="row", format="row", text=text if text.strip() else title or ""), rules)
    stated: dict[str, Any] = {
        "title": title,
        "genre": _genre(row),
        "number": _number(row),
        "addressee": _text(row, "addressee"),
        "date": _date(row, "date"),
        "issuers": tuple((_text(row, "issuer") or "").split()) or None,
    }
    word = _text(row, "declared_attribute")
    attribute = rules.attribute_named(word) if word else None
    if word and attribute is None:
        raise BadRowError(f"公开属性“{word[:20]}”看不懂：请用 proactive、on_request、withheld 或相应中文。")
    given = {name: value for name, value in stated.items() if value is not None}
    settled = {_MISSING[name] for name in given}
    return replace(
        read,
        declared_attribute=attribute,
        declared_reason=_text(row, "declared_reason"),
        findings=tuple(finding for finding in read.findings if finding.code not in settled),
        **given,
    )


def _genre(row: Row) -> Genre | None:
    word = _text(row, "genre")
    return next((genre for genre in Genre if genre.value == word), None)


def _number(row: Row) -> str | None:
    text = _text(row, "doc_number")
    return normalise(text).number if text else None


def linkable_of(row: Row) -> LinkableDocument:
    """Make the document that a `link` row describes."""
    date = _date(row, "date")
    return LinkableDocument(
        id=identifier_of(row),
        title=_text(row, "title") or "",
        number=_number(row),
        issuer=_text(row, "issuer"),
        date=date.as_date if date else None,
        url=_text(row, "url"),
        text=_text(row, "text") or "",
        cited_titles=_texts(row, "cited_titles"),
        cited_numbers=_texts(row, "cited_numbers"),
        same_as=_text(row, "same_as"),
    )


def interpretation_of(row: Row) -> Interpretation:
    """Make the interpretation that a `link` row describes; its title may be null."""
    date = _date(row, "published")
    return Interpretation(
        id=identifier_of(row),
        title=_text(row, "title"),
        url=_text(row, "url"),
        published=date.as_date if date else None,
        publisher=_text(row, "publisher"),
        text=_text(row, "text") or "",
        cited_titles=_texts(row, "cited_titles"),
        cited_numbers=_texts(row, "cited_numbers"),
    )


def error_of(item: tuple[int, Row] | BadLine, error: AttrtrackError) -> dict[str, object]:
    """Return `{"id"|"row","error"}`: the row's own id where it has one, else (and for a classified row) its line number."""
    told = {"code": error.code, "message": error.message}
    if isinstance(item, BadLine):
        return {"row": item.number, "error": told}
    number, row = item
    if isinstance(error, ClassifiedMaterialError):
        return {"row": number, "error": told}
    try:
        return {"id": identifier_of(row), "error": told}
    except BadRowError:
        return {"row": number, "error": told}


Line = tuple[int, Row] | BadLine
Maker = Callable[[Row], object]


class Identifiers:
    """The ids of one batch so far; the same id twice cannot be told apart in the answer."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def take(self, identifier: str) -> str:
        """Return the id, or refuse one that an earlier row has (`BadRowError`)."""
        if identifier in self._seen:
            raise BadRowError(f"id {identifier[:40]} 与前面的行重复：每行的编号不能相同。")
        self._seen.add(identifier)
        return identifier


def error_place(item: tuple[int, Row] | BadLine) -> str:
    """Return where a bad row stands, for people."""
    return f"第 {item.number if isinstance(item, BadLine) else item[0]} 行"


def suggest_row(app: App, row: Row) -> Proposal:
    """Propose for one row of a batch; a stated attribute is checked against the proposal too."""
    document = document_of(row, app.rules)
    proposal = app.proposer.propose(document)
    return proposal if not states_attribute(row) else gate_findings(app, document, proposal)
