"""The register's acts: record, declare, sign, publish; each one transaction, each in the journal."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.interpretations import Publication
from attrtrack.domain.proposals import Proposal
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import AttrtrackError, BadRowError, ClassifiedMaterialError, GateRefusedError, UsageError
from attrtrack.gate import STATE_SECRECY, ensure_allowed, findings, is_blocked, sign_off, state_after
from attrtrack.publishing import ensure_address, ensure_past, publication_findings
from attrtrack.recording import record as find_elements
from attrtrack.recording import refuse_classified_name
from attrtrack.workflow.app import App
from attrtrack.workflow.judging import case_of
from attrtrack.workflow.learning import REMOVED, learn_decision, precedents_like
from attrtrack.workflow.needing import need_of
from attrtrack.workflow.reading_batch import LoadedFile, ReadingBatch, RefusedFile
from attrtrack.workflow.walking import FoundFile


@dataclass(frozen=True, slots=True)
class Recorded:
    """The register's record of a file, whether it was there before, findings of the act, and the proposal it made."""

    record: RecordedDocument
    already: bool
    findings: tuple[Finding, ...]
    proposal: Proposal | None = None


Act = Callable[[], Recorded]


def record_file(app: App, name: str) -> Recorded:
    """Read one file and keep it as a draft with its proposal; the same content again changes nothing."""
    with ReadingBatch() as batch:
        ((_, file),) = batch.files([FoundFile(name)])
    return record_read(app, name, file)


def record_read(app: App, name: str, file: LoadedFile | RefusedFile) -> Recorded:
    """Keep a file that a batch has read, or raise why it was refused; the journal tells of a classified one."""
    try:
        if isinstance(file, RefusedFile):
            refuse_classified_name(name, app.rules)
            raise file.error
        document = find_elements(file.source, app.rules)
    except ClassifiedMaterialError as refusal:
        _log_refusal(app, refusal)
        raise
    return record_document(app, document, content_hash=file.digest, file_name=name)


def _log_refusal(app: App, refusal: AttrtrackError) -> None:
    """Keep in the journal that a classified file was refused: rule, time and user, nothing of the file."""
    if isinstance(refusal, ClassifiedMaterialError):
        with app.unit_of_work() as work:
            work.journal.append("record", "-", "refused", {"rule": refusal.rule})


def record_document(app: App, document: Document, *, content_hash: str, file_name: str | None) -> Recorded:
    """Keep a document as a draft together with its proposal."""
    with app.reading() as work:
        alike = precedents_like(app, work, document, unit=app.unit)
    proposal = app.proposer.propose(document, alike)
    with app.unit_of_work() as work:
        known = work.documents.find_by_hash(content_hash)
        if known is not None:
            return Recorded(known, already=True, findings=())
        others = work.documents.find_by_number(document.number) if document.number else []
        twins = [app.rules.finding("duplicate-number", other=other.id) for other in others]
        noted = replace(document, findings=(*document.findings, *twins))
        added = work.documents.add(
            noted,
            content_hash=content_hash,
            unit=app.unit,
            file_name=file_name,
            state=State.DRAFT,
            need=need_of(noted, app.rules),
        )
        work.proposals.add(added.id, proposal)
        work.evaluations.add(added.id, (*noted.findings, *proposal.findings), app.rules.version)
    return Recorded(added, already=False, findings=noted.findings, proposal=proposal)


def declare(app: App, document_id: str, attribute: str | None, reason: str | None) -> Recorded:
    """Keep what the drafter declares, and say at once what the gate would object to.

    On a signed document it is the first step of a new decision (动态调整): the old one holds until the new is signed.
    To name state secrecy as the reason says that the document must not be here: it is removed with all that quotes it.
    """
    chosen = app.rules.attribute_named(attribute or "")
    if attribute and chosen is None:
        raise BadRowError(f"公开属性“{attribute}”看不懂：请用 proactive、on_request、withheld 或相应中文。")
    if chosen is None:
        raise UsageError("认定要写明公开属性：--attribute proactive、on_request 或 withheld（也可写中文）。")
    with app.unit_of_work() as work:
        recorded = work.documents.get(document_id)
        ensure_allowed("declare", recorded.state)
        declaration = Declaration(chosen, reason, declared_by=app.actor, declared_at=app.clock())
        proposal = work.proposals.latest(document_id)
        case = case_of(app, recorded.document, declaration, proposal=proposal, work=work, itself=document_id)
        found = findings(case, app.rules)
        secret = tuple(finding for finding in found if finding.code == "secret-reason")
        if not secret:
            work.declarations.add(document_id, declaration)
            if recorded.state is State.DRAFT:
                work.documents.set_state(document_id, State.DECLARED)
            work.evaluations.add(document_id, (*recorded.document.findings, *found), app.rules.version)
            return Recorded(work.documents.get(document_id), already=False, findings=(*found, *_noticed(recorded)))
        work.documents.remove_classified(document_id, STATE_SECRECY)
    app.store.scrub()
    raise GateRefusedError(REMOVED, secret)


def _noticed(recorded: RecordedDocument) -> tuple[Finding, ...]:
    """Return what reading noticed and the act must not forget: personal data, dates that contradict."""
    return tuple(finding for finding in recorded.document.findings if finding.severity is not Severity.NOTE)


def sign(app: App, document_id: str) -> Recorded:
    """Sign a document off: the gate is asked again, and refuses or lets a decision be appended."""
    with app.unit_of_work() as work:
        recorded = work.documents.get(document_id)
        ensure_allowed("sign", recorded.state)
        declaration = recorded.declaration or Declaration(None)
        proposal = work.proposals.latest(document_id)
        case = case_of(app, recorded.document, declaration, proposal=proposal, work=work, itself=document_id)
        found = findings(case, app.rules)
        work.evaluations.add(document_id, (*recorded.document.findings, *found), app.rules.version)
        try:
            decision = sign_off(declaration, found, by=app.actor, at=app.clock(), rules_version=app.rules.version)
        except GateRefusedError:
            work.journal.append("sign", document_id, "refused", {"findings": [item.code for item in found]})
            refusal = GateRefusedError("不予签发：请先解决下列问题。", found)
        else:
            work.decisions.add(document_id, decision)
            work.documents.set_state(document_id, state_after(recorded.state, decision))
            signed = work.documents.get(document_id)
            conflict = learn_decision(app, work, signed)
            if conflict:
                work.evaluations.add(document_id, (*recorded.document.findings, *found, *conflict), app.rules.version)
            return Recorded(signed, already=False, findings=(*found, *conflict, *_noticed(recorded)))
    raise refusal


def publish(app: App, document_id: str, url: str, published: date, *, channel: str) -> Recorded:
    """Register where and when a signed document was published; flags go along, a block refuses."""
    ensure_address(url)
    ensure_past(published, app.today)
    code = _channel(app, channel)
    with app.unit_of_work() as work:
        recorded = work.documents.get(document_id)
        ensure_allowed("publish", recorded.state)
        found = publication_findings(recorded, published, app.rules)
        if is_blocked(found):
            work.journal.append("publish", document_id, "refused", {"findings": [item.code for item in found]})
            refusal = GateRefusedError("不能登记公开：审定的属性不是主动公开。", found)
        else:
            work.publications.add(document_id, Publication(url, published, code))
            if recorded.state is State.SIGNED:
                work.documents.set_state(document_id, State.PUBLISHED)
            return Recorded(work.documents.get(document_id), already=False, findings=found)
    raise refusal


def _channel(app: App, word: str) -> str:
    for row in app.rules.channels:
        if word in {row.code, row.name}:
            return row.code
    known = "、".join(f"{row.code}（{row.name}）" for row in app.rules.channels)
    raise BadRowError(f"没有渠道“{word}”：可用的有 {known}。")
