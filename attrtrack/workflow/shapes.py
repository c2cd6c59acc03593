"""The plain rows that programs read (JSON Lines of the command line, JSON of the web): one function a value."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from attrtrack.domain.browsing import ListedDocument
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.documents import Document
from attrtrack.domain.evaluations import Replayed
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.domain.interpretations import LinkProposals
from attrtrack.domain.judgements import LinkAct
from attrtrack.domain.marks import Place
from attrtrack.domain.measures import AnyMeasure, CountedMeasure, Measure
from attrtrack.domain.needs import DocumentNeed, NeedProposal, NeedSource
from attrtrack.domain.precedents import Correction, Precedent
from attrtrack.domain.proposals import Opinion, Proposal, Voice
from attrtrack.domain.reexaminations import DueDocument
from attrtrack.domain.register import RecordedDocument, RecordedInterpretation, RecordedLink
from attrtrack.errors import AttrtrackError
from attrtrack.workflow.day_shapes import days_row

Row = dict[str, Any]
_PRINTED_PLACE = {Place.FILE_NAME: "metadata", Place.LEDGER: "box"}


def evidence_row(evidence: Evidence) -> Row:
    """Return `{"quote","start","end","source"}`; offsets are null outside the body."""
    span = evidence.span
    return {
        "quote": evidence.quote,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "source": evidence.source,
    }


def finding_row(finding: Finding) -> Row:
    """Return `{"code","severity","message","evidence"}`."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "evidence": [evidence_row(item) for item in finding.evidence],
    }


def finding_rows(findings: Iterable[Finding]) -> list[Row]:
    """Return the rows of several findings."""
    return [finding_row(finding) for finding in findings]


def error_row(error: AttrtrackError) -> Row:
    """Return `{"code","message"}`."""
    return {"code": error.code, "message": error.message}


def document_row(file: str, document: Document) -> Row:
    """Return what `read` prints of one file."""
    return {
        "file": file,
        "ok": True,
        "format": document.format,
        "title": document.title,
        "doc_number": document.number,
        "genre": document.genre.value if document.genre else None,
        "issuer": document.issuer,
        "issuers": list(document.issuers),
        "addressee": document.addressee,
        "date": _iso(document.date),
        "print_date": _iso(document.print_date),
        "marks": [
            {
                "text": mark.text,
                "attribute": mark.attribute.value,
                "place": _PRINTED_PLACE.get(mark.place, mark.place.value),
                "start": mark.span.start if mark.span else None,
                "end": mark.span.end if mark.span else None,
            }
            for mark in document.marks
        ],
        "personal_data": [
            {"kind": item.kind, "start": item.span.start, "end": item.span.end} for item in document.personal_data
        ],
        "attachments": [{"name": item.name, "present": item.present} for item in document.attachments],
        "copies": list(document.copies),
        "contact": document.contact,
        "elements": [
            {
                "name": element.name,
                "text": element.text,
                "place": element.place.value,
                "start": element.span.start if element.span else None,
                "end": element.span.end if element.span else None,
            }
            for element in document.elements
        ],
        "findings": finding_rows(document.findings),
        "text": document.text,
    }


def refused_row(file: str, error: AttrtrackError) -> Row:
    """Return what `read` prints of a file that was refused."""
    return {"file": file, "ok": False, "error": error_row(error)}


def proposal_row(identifier: str, proposal: Proposal) -> Row:
    """Return what `suggest` prints of one document."""
    return {
        "id": identifier,
        "attribute": proposal.attribute.value if proposal.attribute else None,
        "probability": _rounded(proposal.probability),
        "abstained": proposal.abstained,
        "doubt": proposal.doubt,
        "reason": proposal.reason,
        "reasons": [{"code": item.code, "probability": _rounded(item.probability)} for item in proposal.reasons],
        "evidence": [evidence_row(item) for item in proposal.evidence],
        "voices": [_voice_row(opinion) for opinion in proposal.voices],
        "findings": finding_rows(proposal.findings),
        "rules_version": proposal.rules_version,
        "model_version": proposal.model_version,
    }


def _voice_row(opinion: Opinion) -> Row:
    """Return one opinion; that of the precedents names the documents it rests on."""
    row: Row = {
        "voice": opinion.voice.value,
        "attribute": opinion.attribute.value if opinion.attribute else None,
        "reason": opinion.reason,
        "probability": _rounded(opinion.probability),
    }
    if opinion.voice is Voice.PRECEDENT:
        row["precedents"] = precedents_of(opinion)
    return row


def precedents_of(opinion: Opinion) -> list[str]:
    """Return the ids of the documents that an opinion of the precedents rests on."""
    return [item.source.partition(":")[2] for item in opinion.evidence] if opinion.voice is Voice.PRECEDENT else []


def _iso(date: WrittenDate | dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def links_row(proposals: LinkProposals) -> Row:
    """Return what `link` prints of one interpretation, best document first."""
    return {
        "interpretation_id": proposals.interpretation_id,
        "links": [
            {
                "document_id": link.document_id,
                "probability": _rounded(link.probability),
                "decision": link.decision.value,
                "evidence": [evidence_row(item) for item in link.evidence],
            }
            for link in proposals.links
        ],
    }


def link_row(link: RecordedLink) -> Row:
    """Return one pair of an interpretation and how it stands."""
    return {
        "document_id": link.document_id,
        "judgement": link.judgement.value,
        "probability": _rounded(link.probability),
        "evidence": [evidence_row(item) for item in link.evidence],
        "judged_by": link.judged_by,
    }


def link_act_row(act: LinkAct) -> Row:
    """Return what a person did with an interpretation."""
    return {
        "number": act.number,
        "act": act.act.value,
        "documents": {key: word.value if word else None for key, word in act.words},
        "by": act.by,
        "at": act.at.isoformat(),
        "undoes": act.undoes,
    }


def listed_row(listed: ListedDocument) -> Row:
    """Return a document as a list shows it."""
    return {
        "id": listed.id,
        "title": listed.title,
        "doc_number": listed.number,
        "unit": listed.unit,
        "year": listed.year,
        "state": listed.state.value,
        "attribute": listed.attribute.value if listed.attribute else None,
        "findings": finding_rows(listed.findings),
    }


def measure_row(measure: Measure, *, with_rows: bool) -> Row:
    """Return what `coverage` prints of one measure; ids only with rows."""
    row = _measure(measure)
    if measure.days is not None:
        row["days"] = days_row(measure.days, with_rows=with_rows)
    row["excluded"] = [
        {"id": item.id, "rule": item.rule, **({"need": item.need} if item.need else {})} for item in measure.excluded
    ]
    if with_rows:
        row["numerator"]["ids"] = list(measure.numerator)
        row["denominator"]["ids"] = list(measure.denominator)
    return row


def counted_row(measure: CountedMeasure) -> Row:
    """Return a measure with counts only."""
    return {**_measure(measure), "excluded": {"count": len(measure.excluded)}}


def _measure(measure: AnyMeasure) -> Row:
    row: Row = {
        "code": measure.code,
        "name": measure.name,
        "unit": measure.unit,
        "year": measure.year,
        "reading": measure.reading.value,
        "value": _rounded(measure.value),
        "state": measure.state.value,
        "target": measure.target.value if measure.target else None,
        "numerator": {"count": len(measure.numerator), "automatic": measure.automatic},
        "denominator": {"count": len(measure.denominator)},
        "excluded": None,
        "range": [_rounded(bound) for bound in measure.range] if measure.range else None,
        "dictionary_version": measure.dictionary_version,
        "rules_version": measure.rules_version,
    }
    if measure.need_sources is not None:
        row["need_sources"] = need_sources_row(measure.need_sources)
    return row


def need_sources_row(sources: tuple[tuple[str, int], ...]) -> Row:
    """Return how many of the denominator rest on a person, on a ledger, on an older register, and on which rules."""
    counted = dict(sources)
    row: Row = {source.value: counted.pop(source.value, 0) for source in NeedSource}
    return {**row, "rules": counted}


def need_row(need: DocumentNeed, proposal: NeedProposal) -> Row:
    """Return what `need` prints of one document: what is followed, who says so, and what the rules propose with why."""
    decision = need.decision
    return {
        "id": need.id,
        "title": need.title,
        "doc_number": need.number,
        "unit": need.unit,
        "needed": need.needed,
        "source": need.source,
        "proposal": {
            "needed": proposal.needed,
            "rule": proposal.row,
            "reason": proposal.reason,
            "evidence": [evidence_row(proposal.evidence)] if proposal.evidence else [],
        },
        "ledger": need.stated,
        "decision": None
        if decision is None
        else {
            "needed": decision.needed,
            "because": decision.because,
            "decided_by": decision.decided_by,
            "decided_at": decision.decided_at.isoformat(),
        },
    }


def listed_need_row(need: DocumentNeed) -> Row:
    """Return what `need --list` prints of one document."""
    return {
        "id": need.id,
        "title": need.title,
        "doc_number": need.number,
        "unit": need.unit,
        "needed": need.needed,
        "source": need.source,
        "proposed": need.proposed,
        "rule": need.row,
    }


def recorded_row(recorded: RecordedDocument) -> Row:
    """Return the register's record of one document, as the acts print it."""
    document, decision, declaration = recorded.document, recorded.decision, recorded.declaration
    return {
        "id": recorded.id,
        "title": document.title,
        "doc_number": document.number,
        "genre": document.genre.value if document.genre else None,
        "date": _iso(document.date),
        "unit": recorded.unit,
        "file": recorded.file_name,
        "state": recorded.state.value,
        "attribute": recorded.attribute.value if recorded.attribute else None,
        "reason": decision.reason if decision else declaration.reason if declaration else document.declared_reason,
        "declared_by": declaration.declared_by if declaration else None,
        "decided_by": decision.decided_by if decision else None,
        "because": decision.because if decision else declaration.because if declaration else None,
        "decision_id": decision.evaluation if decision else None,
        "publications": [
            {"url": item.url, "date": _iso(item.published), "channel": item.channel} for item in recorded.publications
        ],
        "correction": correction_row(recorded.correction) if recorded.correction else None,
    }


def correction_row(correction: Correction) -> Row:
    """Return an assessor's correction."""
    return {
        "attribute": correction.attribute.value,
        "reason": correction.reason,
        "note": correction.note,
        "corrected_by": correction.corrected_by,
        "corrected_at": correction.corrected_at.isoformat(),
    }


def precedent_row(precedent: Precedent) -> Row:
    """Return what `precedents` prints of one precedent."""
    lesson, resolution = precedent.lesson, precedent.resolution
    return {
        "id": precedent.document_id,
        "title": precedent.title,
        "doc_number": precedent.number,
        "unit": precedent.unit,
        "attribute": lesson.attribute.value,
        "reason": lesson.reason,
        "source": lesson.source.value,
        "weight": lesson.weight,
        "standing": precedent.standing.value,
        "rules": list(lesson.opposed),
        "taught_by": lesson.taught_by,
        "taught_at": lesson.taught_at.isoformat(),
        "resolved_by": resolution.resolved_by if resolution else None,
        "note": resolution.note if resolution else None,
    }


def interpretation_row(recorded: RecordedInterpretation) -> Row:
    """Return the register's record of one interpretation."""
    item = recorded.interpretation
    return {
        "id": recorded.id,
        "title": item.title,
        "url": item.url,
        "published": _iso(item.published),
        "publisher": item.publisher,
        "forms": list(item.forms),
        "channels": list(item.channels),
        "unit": recorded.unit,
        "year": recorded.year,
    }


def due_row(document: DueDocument) -> Row:
    """Return what `due` prints of one document; `due` null: to be changed, and not decided anew yet."""
    return {
        "id": document.id,
        "title": document.title,
        "doc_number": document.number,
        "unit": document.unit,
        "attribute": document.attribute.value,
        "reason": document.reason,
        "decided_at": document.decided_at.isoformat(),
        "due": _iso(document.due),
        "overdue": document.overdue,
        "reason_gone": document.gone,
    }


def replayed_row(replayed: Replayed) -> Row:
    """Return what `replay` prints of one kept judgement."""
    words = {True: "passed", False: "blocked"}
    return {
        "decision_id": replayed.decision_id,
        "document_id": replayed.document_id,
        "act": replayed.act.value,
        "before": words[replayed.before],
        "after": words[replayed.after],
        "flips": replayed.flips,
        "findings_gone": list(replayed.findings_gone),
        "findings_new": list(replayed.findings_new),
        "rules_before": replayed.rules_before,
        "carried_over": list(replayed.carried_over),
    }
