"""The register's acts: record, declare, sign, publish; each one transaction, each in the journal."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.documents import Document
from attrtrack.domain.evaluations import Evaluation, GateAct
from attrtrack.domain.files import MAX_KEPT, FileKind
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.interpretations import Publication
from attrtrack.domain.proposals import Proposal
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import AttrtrackError, BadRowError, ClassifiedMaterialError, GateRefusedError, UsageError
from attrtrack.gate import STATE_SECRECY, Case, ensure_allowed, sign_off, state_after, state_declared
from attrtrack.publishing import ensure_address, ensure_past, publication_findings
from attrtrack.recording import record as find_elements
from attrtrack.recording import refuse_classified_name
from attrtrack.workflow.app import App
from attrtrack.workflow.evaluating import Judged, course_of, judge_recorded, keep
from attrtrack.workflow.given import document_given
from attrtrack.workflow.learning import REMOVED, learn_decision, precedents_like
from attrtrack.workflow.needing import need_of
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.reading_batch import LoadedFile, ReadingBatch, RefusedFile
from attrtrack.workflow.reexamining import schedule
from attrtrack.workflow.seeing import seen
from attrtrack.workflow.walking import FoundFile

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork


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
    original = file.data if app.keep_originals and file.data else None
    return record_document(app, document, content_hash=file.digest, file_name=name, original=original)


def _log_refusal(app: App, refusal: AttrtrackError) -> None:
    """Keep in the journal that a classified file was refused: rule, time and user, nothing of the file."""
    if isinstance(refusal, ClassifiedMaterialError):
        with app.unit_of_work() as work:
            work.journal.append("record", "-", "refused", {"rule": refusal.rule})


def record_document(
    app: App, document: Document, *, content_hash: str, file_name: str | None, original: bytes | None = None
) -> Recorded:
    """Keep a document as a draft together with its proposal, and the file that it came in as it is."""
    permitted(app, Right.RECORD)
    with app.reading() as work:
        alike = precedents_like(app, work, document, unit=app.home_unit)
    proposal = app.proposer.propose(document, alike)
    with app.unit_of_work() as work:
        known = work.documents.find_by_hash(content_hash)
        if known is not None:
            return Recorded(known, already=True, findings=())
        others = work.documents.find_by_number(document.number) if document.number else []
        twins = [app.rules.finding("duplicate-number", other=other.id) for other in others]
        if original is not None and len(original) > MAX_KEPT:
            original = None
            twins.append(app.rules.finding("original-not-kept", size=str(MAX_KEPT // 1_048_576)))
        noted = replace(document, findings=(*document.findings, *twins))
        added = work.documents.add(
            noted,
            content_hash=content_hash,
            unit=app.home_unit,
            file_name=file_name,
            state=State.DRAFT,
            need=need_of(noted, app.rules),
        )
        if original is not None:
            _keep_original(work, added, original)
        work.proposals.add(added.id, proposal)
        stated = Declaration(noted.declared_attribute, noted.declared_reason)
        judged = Judged(Case(noted, stated, proposal), ())
        keep(app, work, added, judged, act=GateAct.RECORD, also=(*noted.findings, *proposal.findings))
    return Recorded(added, already=False, findings=noted.findings, proposal=proposal)


def _keep_original(work: "UnitOfWork", added: RecordedDocument, content: bytes) -> None:
    name = PurePath((added.file_name or "").replace("\\", "/")).name or f"{added.id}.{added.document.format}"
    work.files.keep(added.id, content, kind=FileKind.ORIGINAL, name=name, form=added.document.format)


def declare(
    app: App, document_id: str, attribute: str | None, reason: str | None, *, because: str | None = None
) -> Recorded:
    """Keep what the drafter declares, and say at once what the gate would object to.

    On a signed document it is the first step of a new decision (动态调整), for which `because` must say why: the old one
    holds until the new is signed. To name state secrecy as the reason says that the document must not be here: it is
    removed with all that quotes it.
    """
    chosen = chosen_attribute(app, attribute)
    permitted(app, Right.DECLARE, subject=document_id)
    with app.unit_of_work() as work:
        recorded = seen(app, work, document_id)
        ensure_allowed("declare", recorded.state)
        declaration = Declaration(chosen, reason, declared_by=app.actor, declared_at=app.clock(), because=because)
        unexplained = _unexplained(app, recorded, because)
        if unexplained:
            work.journal.append("declare", document_id, "refused", {"findings": [item.code for item in unexplained]})
        judged = judge_recorded(app, work, recorded, declaration, course=None)
        secret = tuple(finding for finding in judged.findings if finding.code == "secret-reason")
        if secret:
            work.documents.remove_classified(document_id, STATE_SECRECY)
        elif not unexplained:
            work.declarations.add(document_id, declaration)
            work.documents.set_state(document_id, state_declared(recorded.state))
            keep(app, work, recorded, judged, act=GateAct.DECLARE, also=recorded.document.findings)
            done = work.documents.get(document_id)
            return Recorded(done, already=False, findings=(*judged.findings, *_noticed(recorded)))
    if secret:
        app.store.scrub()
        raise GateRefusedError(REMOVED, secret)
    raise GateRefusedError("认定没有登记：请先写明为什么改动。", unexplained)


def chosen_attribute(app: App, word: str | None) -> DisclosureAttribute:
    """Return the attribute that a word names; `UsageError` for none, `BadRowError` for what is no such word."""
    chosen = app.rules.attribute_named(word or "")
    if word and chosen is None:
        raise BadRowError(f"公开属性“{word}”看不懂：请用 proactive、on_request、withheld 或相应中文。")
    if chosen is None:
        raise UsageError("认定要写明公开属性：--attribute proactive、on_request 或 withheld（也可写中文）。")
    return chosen


def _unexplained(app: App, recorded: RecordedDocument, because: str | None) -> tuple[Finding, ...]:
    if recorded.decision is None or (because and because.strip()):
        return ()
    return (app.rules.finding("adjustment-unexplained", attribute=recorded.decision.attribute.chinese),)


def _noticed(recorded: RecordedDocument) -> tuple[Finding, ...]:
    """Return what reading noticed and the act must not forget: personal data, dates that contradict."""
    return tuple(finding for finding in recorded.document.findings if finding.severity is not Severity.NOTE)


def sign(app: App, document_id: str, *, because: str | None = None) -> Recorded:
    """Sign a document off: the gate is asked again, and refuses or lets a decision be appended that rests on its judgement.

    `because` is the signatory's own reason, needed where the office disputes the declaration.
    """
    permitted(app, Right.SIGN, subject=document_id)
    with app.unit_of_work() as work:
        recorded = seen(app, work, document_id)
        ensure_allowed("sign", recorded.state)
        declaration = recorded.declaration or Declaration(None)
        course = course_of(app, work, recorded, declaration, because=because)
        judged = judge_recorded(app, work, recorded, declaration, course=course)
        evaluation = keep(app, work, recorded, judged, act=GateAct.SIGN, also=recorded.document.findings)
        if evaluation.passed:
            return _signed(app, work, recorded, judged, evaluation=evaluation, because=because)
        codes = [item.code for item in judged.findings]
        work.journal.append("sign", document_id, "refused", {"findings": codes, "evaluation": evaluation.code})
    raise GateRefusedError("不予签发：请先解决下列问题。", judged.findings)


def _signed(
    app: App,
    work: "UnitOfWork",
    recorded: RecordedDocument,
    judged: Judged,
    *,
    evaluation: Evaluation,
    because: str | None,
) -> Recorded:
    decision = sign_off(
        judged.case.declaration,
        judged.findings,
        by=app.actor,
        at=app.clock(),
        rules_version=app.rules.version,
        because=because,
    )
    decision = replace(decision, evaluation=evaluation.code)
    state = state_after(recorded.state, decision)
    work.decisions.add(recorded.id, decision, state=state)
    schedule(app, work, recorded.id, decision)
    signed = replace(recorded, state=state, decision=decision)
    conflict = learn_decision(app, work, signed, proposal=judged.case.proposal, study=judged.study)
    if conflict:
        keep(app, work, recorded, judged, act=GateAct.GATE, also=(*recorded.document.findings, *conflict))
    return Recorded(signed, already=False, findings=(*judged.findings, *conflict, *_not_told(judged, recorded)))


def _not_told(judged: Judged, recorded: RecordedDocument) -> tuple[Finding, ...]:
    told = {finding.code for finding in judged.findings}
    return tuple(finding for finding in _noticed(recorded) if finding.code not in told)


def publish(app: App, document_id: str, url: str, published: date, *, channel: str) -> Recorded:
    """Register where and when a signed document was published; flags go along, a block refuses."""
    permitted(app, Right.PUBLISH, subject=document_id)
    ensure_address(url)
    ensure_past(published, app.today)
    code = _channel(app, channel)
    with app.unit_of_work() as work:
        recorded = seen(app, work, document_id)
        ensure_allowed("publish", recorded.state)
        found = publication_findings(recorded, url, published, rules=app.rules)
        given = {
            "format": 1,
            "day": app.today.isoformat(),
            "document": document_given(recorded),
            "published": str(published),
        }
        evaluation = work.evaluations.add(document_id, found, app.rules.version, act=GateAct.PUBLISH, given=given)
        if evaluation.passed:
            work.publications.add(document_id, Publication(url, published, code))
            if recorded.state is State.SIGNED:
                work.documents.set_state(document_id, State.PUBLISHED)
            return Recorded(work.documents.get(document_id), already=False, findings=found)
        work.journal.append("publish", document_id, "refused", {"findings": [item.code for item in found]})
    raise GateRefusedError("不能登记公开：审定的属性不是主动公开。", found)


def withdraw(app: App, document_id: str, because: str) -> Recorded:
    """Withdraw a document that has not been signed; it stays in the register, and the same content may be recorded anew."""
    permitted(app, Right.WITHDRAW, subject=document_id)
    if not because.strip():
        raise UsageError("撤回要写明原因：--because 为什么撤回。")
    with app.unit_of_work() as work:
        ensure_allowed("withdraw", seen(app, work, document_id).state)
        work.reviews.withdraw(document_id, because)
        work.documents.set_state(document_id, State.WITHDRAWN)
        return Recorded(work.documents.get(document_id), already=False, findings=())


def _channel(app: App, word: str) -> str:
    for row in app.rules.channels:
        if word in {row.code, row.name}:
            return row.code
    known = "、".join(f"{row.code}（{row.name}）" for row in app.rules.channels)
    raise BadRowError(f"没有渠道“{word}”：可用的有 {known}。")
