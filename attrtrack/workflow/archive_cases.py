"""What an office has labelled or decided, case by case: rows of its files, or documents of its register."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.register import DecidedDocument
from attrtrack.errors import BadRowError, EmptySourceError, InputRefusedError, SourceNotFoundError, told
from attrtrack.nlp.figures import Truth
from attrtrack.rules.reasons import resolve_reason
from attrtrack.workflow import batches
from attrtrack.workflow.app import App

NO_TEXT = "没有正文"
NO_LABEL = "没有写明公开属性（label 或 declared_attribute）"
_PLACES = 5


@dataclass(slots=True)
class LeftOut:
    """The rows that could not be measured: how many for each cause, and where the first of them stand.

    `refused` counts those that are bad in themselves; a row without a text or a label is only left out.
    """

    counts: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    places: dict[str, list[str]] = field(default_factory=dict)

    def add(self, cause: str, place: str | None = None, count: int = 1) -> None:
        """Count rows that were left out for one cause; none is no cause."""
        if count < 1:
            return
        self.counts[cause] = self.counts.get(cause, 0) + count
        if place is not None and len(places := self.places.setdefault(cause, [])) < _PLACES:
            places.append(place)

    def told(self) -> str:
        """Say what was left out, in one sentence; nothing when nothing was."""
        causes = [f"{cause} {count} 件{self._where(cause)}" for cause, count in self.counts.items()]
        return f"未计入：{'；'.join(causes)}。" if causes else ""

    def _where(self, cause: str) -> str:
        places = self.places.get(cause, [])
        more = " 等" if self.counts[cause] > len(places) else ""
        return f"（{'、'.join(places)}{more}）" if places else ""


@dataclass(frozen=True, slots=True)
class Case:
    """A document with what its office said of it; `writer` where the row names one."""

    document: Document
    truth: Truth
    writer: str | None = None


def files_of(place: Path) -> list[Path]:
    """Return the JSON Lines files of a place; none at all is an error."""
    inner = place / "letters"
    files = [place] if place.is_file() else sorted((inner if inner.is_dir() else place).glob("*.jsonl"))
    if not place.exists():
        raise SourceNotFoundError(f"没有 {place} 这个文件或文件夹：请检查路径。")
    if not files:
        raise EmptySourceError(f"{place} 中没有标注数据（*.jsonl）：每行一份，写明 id、text、label。")
    return files


def is_training_data(place: Path) -> bool:
    """Whether the rows name their writers, so that whole writers can be held out; the first row tells."""
    for file in files_of(place):
        with _opened(file) as lines:
            first = next(iter(batches.parse_lines(lines)), None)
        if first is not None:
            return not isinstance(first, batches.BadLine) and {"writer", "evidence"} <= first[1].keys()
    return False


def _opened(file: Path) -> TextIO:
    try:
        return file.open(encoding="utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise SourceNotFoundError(f"文件 {file} 打不开：{told(error)}。请检查路径和权限。") from error


def row_cases(app: App, place: Path, left_out: LeftOut) -> Iterator[Case]:
    """Yield the labelled rows of a file or folder; a row that cannot be measured is left out, with its cause."""
    identifiers = batches.Identifiers()
    for file in files_of(place):
        with _opened(file) as lines:
            for item in batches.parse_lines(lines):
                where = f"{file.name} {batches.error_place(item)}"
                try:
                    if isinstance(item, batches.BadLine):
                        raise item.error
                    identifier = identifiers.take(batches.identifier_or_number(item[0], item[1]))
                    yield _row_case(app, identifier, item[1])
                except InputRefusedError as error:
                    left_out.refused += _cause(error) not in {NO_TEXT, NO_LABEL}
                    left_out.add(_cause(error), where)


def _cause(error: InputRefusedError) -> str:
    return error.message.rstrip("。")


def _row_case(app: App, identifier: str, row: batches.Row) -> Case:
    stated = row.get("label") or row.get("declared_attribute")
    if not stated:
        raise BadRowError(NO_LABEL)
    document = batches.document_of({**row, "declared_attribute": stated}, app.rules)
    label = document.declared_attribute
    if label is None:
        raise BadRowError(NO_LABEL)
    if not str(row.get("text") or "").strip():
        raise BadRowError(NO_TEXT)
    reason, date = row.get("reason") or row.get("declared_reason"), row.get("date")
    truth = Truth(
        id=identifier,
        label=label,
        acceptable=_acceptable(row, label),
        reason=_reason(app, reason if isinstance(reason, str) else None),
        hard=row.get("difficulty") == "hard",
        group=_word(row, "issuer_group") or "",
        pair=_word(row, "pair"),
        issuer="、".join(document.issuers),
        year=str(document.year or (date[:4] if isinstance(date, str) else "")),
    )
    return Case(document, truth, _word(row, "writer"))


def _acceptable(row: batches.Row, label: DisclosureAttribute) -> tuple[DisclosureAttribute, ...]:
    stated = row.get("acceptable")
    words = set(map(str, stated)) if isinstance(stated, list) else set()
    return tuple(one for one in DisclosureAttribute if one == label or one.value in words)


def _word(row: batches.Row, name: str) -> str | None:
    value = row.get(name)
    return value if isinstance(value, str) and value else None


def _reason(app: App, text: str | None) -> str | None:
    return resolve_reason(text, app.rules).code if text else None


def register_cases(app: App, decided: Iterable[DecidedDocument], left_out: LeftOut) -> Iterator[Case]:
    """Yield decided documents; one without a text of its own (a ledger's row) is left out."""
    for one in decided:
        document, decision = one.document, one.decision
        if not document.text.strip() or document.text.strip() == (document.title or "").strip():
            left_out.add(NO_TEXT, one.id)
            continue
        truth = Truth(
            id=one.id,
            label=decision.attribute,
            acceptable=(decision.attribute,),
            reason=_reason(app, decision.reason),
            issuer=one.unit or "、".join(document.issuers),
            year=str(document.year or ""),
        )
        yield Case(document, truth)
