"""Labelled letters, read strictly: a row that breaks the label guide is an error with file and line."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evidence import Span
from attrtrack.domain.genres import Genre
from attrtrack.errors import BadRowError
from attrtrack.nlp.layout import Letter, read_letter
from attrtrack.rules.tables import Rules

_MAX_BYTES = 64 * 1024 * 1024
_TEXT_FIELDS = ("id", "writer", "title", "genre", "issuer", "issuer_group", "date", "text", "label", "reason")
_A_WORD = 6
_DIFFICULTIES = ("easy", "medium", "hard")


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One labelled letter; `acceptable` holds every label a careful reviewer could defend, `pair` names its contrast."""

    id: str
    writer: str
    title: str
    genre: str
    issuer: str
    issuer_group: str
    addressee: str
    date: str
    text: str
    label: DisclosureAttribute
    reason: str
    acceptable: tuple[DisclosureAttribute, ...]
    difficulty: str
    evidence: tuple[str, ...]
    pair: str | None

    @property
    def year(self) -> str:
        """The year of the document."""
        return self.date[:4]


def load_corpus(place: Path) -> tuple[LetterRow, ...]:
    """Read a file of labelled letters, or every `*.jsonl` of a folder (or of its `letters/`); ids must be unique.

    Raises `BadRowError` naming file and line when a row breaks the label guide.
    """
    inner = place / "letters"
    files = [place] if place.is_file() else sorted((inner if inner.is_dir() else place).glob("*.jsonl"))
    if not files:
        raise BadRowError(f"{place.name} 中没有训练数据（*.jsonl）。")
    rows = [row for file in files for row in _read_letters(file)]
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise BadRowError(f"训练数据的编号 {row.id} 重复。")
        seen.add(row.id)
    return tuple(rows)


def _read_letters(file: Path) -> tuple[LetterRow, ...]:
    if file.stat().st_size > _MAX_BYTES:
        raise BadRowError(f"{file.name} 过大，不像训练数据。")
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise BadRowError(f"{file.name} 不是 UTF-8 编码。") from error
    return tuple(
        _row(f"{file.name} 第 {number} 行", line) for number, line in enumerate(lines, start=1) if line.strip()
    )


def _row(where: str, line: str) -> LetterRow:
    try:
        data = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadRowError(f"{where}：不是有效的 JSON。") from error
    if not isinstance(data, dict):
        raise BadRowError(f"{where}：应为一个 JSON 对象。")
    fault = _fault(data)
    if fault:
        raise BadRowError(f"{where}：{fault}。")
    return LetterRow(
        **{name: data[name] for name in _TEXT_FIELDS if name != "label"},
        addressee=data.get("addressee") or "",
        label=DisclosureAttribute(data["label"]),
        acceptable=tuple(DisclosureAttribute(label) for label in data["acceptable"]),
        difficulty=data["difficulty"],
        evidence=tuple(data["evidence"]),
        pair=data.get("pair"),
    )


def _fault(data: dict[str, object]) -> str | None:
    missing = [name for name in _TEXT_FIELDS if not isinstance(data.get(name), str) or not data[name]]
    if missing:
        return f"字段 {'、'.join(missing)} 缺失或者不是文字"
    if not all(_is_texts(data.get(name)) for name in ("acceptable", "evidence")):
        return "acceptable、evidence 应为非空的文字列表"
    return _label_fault(data) or _text_fault(data)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) and item for item in value)


def _label_fault(data: dict[str, object]) -> str | None:
    labels = {attribute.value for attribute in DisclosureAttribute}
    label, acceptable = data["label"], data["acceptable"]
    if label not in labels or not isinstance(acceptable, list) or not set(acceptable) <= labels:
        return "label 或 acceptable 不是三种属性之一"
    if label not in acceptable:
        return "label 应在 acceptable 之中"
    return None if data.get("difficulty") in _DIFFICULTIES else "difficulty 应为 easy、medium 或 hard"


def _text_fault(data: dict[str, object]) -> str | None:
    if data["genre"] not in {genre.value for genre in Genre}:
        return f"文种 {data['genre']} 不在目录中"
    evidence, text = data["evidence"], str(data["text"])
    if isinstance(evidence, list) and not all(quote in text for quote in evidence):
        return "evidence 应为正文中的原文"
    return None


def check_reasons(rows: Iterable[LetterRow], rules: Rules) -> None:
    """Refuse rows whose reason is not in the table or cannot carry their label (`BadRowError`)."""
    for row in rows:
        reason = rules.reason(row.reason)
        if reason is None or not reason.carries(row.label):
            raise BadRowError(f"训练数据 {row.id}：理由 {row.reason} 不存在，或者不能支撑{row.label.chinese}。")


def letter_of(row: LetterRow, rules: Rules) -> Letter:
    """Lay a labelled letter out for the model, with the genre and addressee its row states."""
    return read_letter(
        row.text,
        title=row.title,
        genre=row.genre,
        addressee=row.addressee,
        corrections=rules.words("t2s-corrections"),
    )


def deciding_sentences(row: LetterRow, letter: Letter) -> tuple[int, ...]:
    """Return the numbers of the sentences in which the row's evidence stands."""
    starts = [(row.text.find(quote), len(quote)) for quote in row.evidence]
    quotes = [Span(start, start + length) for start, length in starts if start >= 0]
    spans = map(letter.span, letter.sentences)
    return tuple(number for number, span in enumerate(spans) if any(_shares(span, quote) for quote in quotes))


def _shares(sentence: Span, quote: Span) -> bool:
    """Whether they have more in common than a word at an edge."""
    common = min(sentence.end, quote.end) - max(sentence.start, quote.start)
    return common >= max(1, min(_A_WORD, (sentence.end - sentence.start) // 2, (quote.end - quote.start) // 2))


def data_digest(rows: Iterable[LetterRow]) -> str:
    """Return the SHA-256 of what training sees of the rows."""
    digest = hashlib.sha256()
    for row in sorted(rows, key=lambda row: row.id):
        seen = (row.id, row.writer, row.title, row.genre, row.addressee, row.text, row.label.value, row.reason)
        digest.update("\x1f".join((*seen, *row.evidence)).encode())
    return digest.hexdigest()


def writers_of(rows: Sequence[LetterRow]) -> tuple[str, ...]:
    """Return the writers in order of name."""
    return tuple(sorted({row.writer for row in rows}))
