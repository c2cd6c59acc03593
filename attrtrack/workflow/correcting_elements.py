"""Mending what was misread in a draft: it is recorded anew with the elements that its drafter states.

Decision: what is recorded here is never rewritten, and the database refuses it. The draft is withdrawn with its reason, and
the same text enters as a new document with a proposal of its own, in one transaction; both ways stand in the journal.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from attrtrack.domain.access import Right
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.documents import Document, Element
from attrtrack.domain.evaluations import GateAct
from attrtrack.domain.evidence import Span
from attrtrack.domain.findings import Finding
from attrtrack.domain.genres import Genre
from attrtrack.domain.marks import Place
from attrtrack.domain.numbers import normalise
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import BadRowError, ClassifiedMaterialError
from attrtrack.gate import Case, ensure_allowed
from attrtrack.recording.genres import carried_title
from attrtrack.workflow.app import App
from attrtrack.workflow.batches import refuse_classified
from attrtrack.workflow.evaluating import Judged, keep
from attrtrack.workflow.learning import precedents_like
from attrtrack.workflow.needing import need_of
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.seeing import seen

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

LONGEST = 500
"""Signs of one element."""
ELEMENTS = {
    "title": "标题",
    "number": "发文字号",
    "genre": "文种",
    "issuer": "发文机关",
    "addressee": "主送机关",
    "date": "成文日期",
    "drafting_department": "起草部门",
}
"""The elements that can be corrected, as officials call them."""
_MISSING = {
    "title": "title-missing",
    "genre": "genre-missing",
    "number": "number-missing",
    "addressee": "addressee-missing",
    "date": "date-missing",
    "issuers": "issuer-missing",
}
_OF_NUMBER = frozenset({"number-irregular", "number-repaired", "duplicate-number"})


@dataclass(frozen=True, slots=True)
class Corrected:
    """The record that stands now, and the names of the elements that are other than before (none: it is the same record)."""

    record: RecordedDocument
    changed: tuple[str, ...]


def correct_elements(app: App, document_id: str, stated: Mapping[str, str]) -> Corrected:
    """Record a draft anew with the elements named (see `ELEMENTS`) as the drafter states them; empty: it does not state it.

    Raises `BadRowError` for what is no such element or no date, `ClassifiedMaterialError` for a sign of secrecy.
    """
    permitted(app, Right.WITHDRAW, subject=document_id)
    permitted(app, Right.RECORD, subject=document_id)
    facts = _facts(app, stated)
    with app.unit_of_work() as work:
        recorded = seen(app, work, document_id)
        ensure_allowed("correct-elements", recorded.state)
        changed = tuple(name for name, value in facts.items() if getattr(recorded.document, name) != value)
        if not changed:
            return Corrected(recorded, ())
        document = _corrected(app, recorded.document, {name: facts[name] for name in changed})
        work.reviews.withdraw(document_id, f"更正要素，重新登记为 {work.documents.coming_id(0)}")
        work.documents.set_state(document_id, State.WITHDRAWN)
        return Corrected(_record(app, work, recorded, document), changed)


def _record(app: App, work: "UnitOfWork", before: RecordedDocument, document: Document) -> RecordedDocument:
    """Enter the document as recorded before, but for its elements, with a proposal that rests on these."""
    noted = replace(document, findings=(*document.findings, *_twins(app, work, document)))
    alike = precedents_like(app, work, noted, unit=before.unit, excluding=before.id)
    proposal = app.proposer.propose(noted, alike)
    added = work.documents.add(
        noted,
        content_hash=before.content_hash,
        unit=before.unit,
        file_name=before.file_name,
        state=State.DRAFT,
        need=need_of(noted, app.rules),
    )
    if (original := work.files.original(before.id)) is not None:
        note = original.note
        work.files.keep(added.id, original.content, kind=note.kind, name=note.name, form=note.format)
    work.proposals.add(added.id, proposal)
    stated = Declaration(noted.declared_attribute, noted.declared_reason)
    judged = Judged(Case(noted, stated, proposal), ())
    keep(app, work, added, judged, act=GateAct.RECORD, also=(*noted.findings, *proposal.findings))
    return added


def _facts(app: App, stated: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of the document that the elements stated are."""
    given = {name: value.strip() for name, value in stated.items()}
    for name, value in given.items():
        if name not in ELEMENTS:
            raise BadRowError(f"没有要素“{name[:20]}”：可以改的有{'、'.join(ELEMENTS.values())}。")
        if len(value) > LONGEST:
            raise BadRowError(f"{ELEMENTS[name]}太长：最多 {LONGEST} 字，现有 {len(value)} 字。")
    _refuse_classified(app, given)
    return {"issuers" if name == "issuer" else name: _FACT.get(name, _stated)(value) for name, value in given.items()}


def _refuse_classified(app: App, given: Mapping[str, str]) -> None:
    try:
        refuse_classified(given, app.rules)
    except ClassifiedMaterialError as refusal:
        with app.unit_of_work() as work:
            work.journal.append("record", "-", "refused", {"rule": refusal.rule})
        raise


def _genre(word: str) -> Genre | None:
    found = next((genre for genre in Genre if genre.value == word), None)
    if word and found is None:
        raise BadRowError(f"没有文种“{word[:20]}”：请从所列文种中选择。")
    return found


def _date(text: str) -> WrittenDate | None:
    found = WrittenDate.parse(text) if text else None
    if text and found is None:
        raise BadRowError(f"成文日期“{text[:20]}”看不懂：请写成 2023-05-18 或 2023年5月18日。")
    return found


def _stated(text: str) -> str | None:
    return text or None


def _number(text: str) -> str | None:
    return normalise(text).number if text else None


def _issuers(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FACT: dict[str, Callable[[str], object]] = {"number": _number, "genre": _genre, "date": _date, "issuer": _issuers}


def _corrected(app: App, before: Document, facts: Mapping[str, Any]) -> Document:
    """Return the document with other facts, without the findings that these answer, with those of what it does not state now."""
    settled = {_MISSING[name] for name in facts if name in _MISSING} | (
        _OF_NUMBER if "number" in facts else frozenset()
    )
    replaced = [f"采用“{value}”" for name in facts if isinstance(value := _printed(before, name), str)]
    kept = (
        item
        for item in before.findings
        if item.code not in settled
        and not (item.code == "elements-disagree" and any(words in item.message for words in replaced))
    )
    missing = (app.rules.finding(_MISSING[name]) for name, value in facts.items() if name in _MISSING and not value)
    after = replace(before, **facts, findings=(*kept, *missing), elements=_placed(before, facts))
    return replace(after, carried_title=carried_title(after.title or "")) if "title" in facts else after


def _placed(before: Document, facts: Mapping[str, Any]) -> tuple[Element, ...]:
    """Return where elements stand: a corrected one where the text says what is stated, nowhere if it does not say it."""
    kept = [element for element in before.elements if element.name not in facts]
    stated = ((name, " ".join(value) if name == "issuers" else value) for name, value in facts.items())
    found = (
        Element(name, value, Place.BODY, Span(at, at + len(value)))
        for name, value in stated
        if isinstance(value, str) and not isinstance(value, Genre) and value and (at := before.text.find(value)) >= 0
    )
    return (*kept, *found)


def _printed(document: Document, name: str) -> object:
    value = getattr(document, name)
    return (
        " ".join(value) if isinstance(value, tuple) else value.isoformat() if isinstance(value, WrittenDate) else value
    )


def _twins(app: App, work: "UnitOfWork", document: Document) -> Iterable[Finding]:
    """Tell of other documents that bear the number, once."""
    if not document.number or any(item.code == "duplicate-number" for item in document.findings):
        return ()
    return [
        app.rules.finding("duplicate-number", other=other.id)
        for other in work.documents.find_by_number(document.number)
    ]
