"""Learning from decisions: what a person decided becomes a precedent at once, shown, resolved and undone like any record.

Decision: no weight of the model changes in place. A precedent is a kept fact, so it works in the next proposal of every
process on the same register, survives a restart, and can be superseded. Of a document one precedent is live: while an
assessor's correction stands it is the correction's (an office's later decision does not outvote it), else the decision's.
A document's own precedent is not heard on itself, or every decision would prove itself right.

Decision: each unit answers for the information that it makes (article 10 of the regulation), so another unit's decision is
heard in part, as the office has set; by the shipped part it cannot decide alone. An assessor's word holds for every unit.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding
from attrtrack.domain.precedents import Correction, Lesson, Precedent, PrecedentMatch, Resolution, Source, Standing
from attrtrack.domain.proposals import Proposal, Voice
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import BadRowError, GateRefusedError, TransitionNotAllowedError, UsageError
from attrtrack.gate import STATE_SECRECY
from attrtrack.rules.reasons import resolve_reason
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.proposing import usable_proposer

if TYPE_CHECKING:
    from attrtrack.proposing.studying import Study
    from attrtrack.proposing.teaching import Teaching
    from attrtrack.storage import UnitOfWork

FIRST_DECISION, LATER_DECISION, CORRECTION = 1.0, 1.5, 2.0
CONFLICT = "precedent-conflict"
REMOVED = "已从本系统移除：以国家秘密为由的文件不得在此处理，请转入涉密信息系统办理。"


@dataclass(frozen=True, slots=True)
class _Word:
    """What a person said of a document, and how much it weighs as a precedent."""

    source: Source
    weight: float
    attribute: DisclosureAttribute
    reason: str | None
    by: str


def precedents_like(
    app: App, work: "UnitOfWork", document: Document, *, unit: str | None, excluding: str | None = None
) -> tuple[PrecedentMatch, ...]:
    """Return the teaching precedents of the register that are like a document of `unit`, with what of each counts."""
    from attrtrack.proposing.by_precedent import FLOOR  # noqa: PLC0415 - what a bare `sign` needs not wait for
    from attrtrack.proposing.studying import Study  # noqa: PLC0415 - the same

    found = work.precedents.like(Study(document, app.rules).sketch, least=FLOOR, excluding=excluding)
    part = float(app.rules.switch("precedent_other_unit")[0])
    shared = (replace(match, share=part) if _of_another_unit(match.precedent, unit) else match for match in found)
    return tuple(match for match in shared if match.share > 0.0)


def _of_another_unit(precedent: Precedent, unit: str | None) -> bool:
    """Whether a precedent is the decision of a unit known to be another."""
    known = precedent.unit is not None and unit is not None
    return known and precedent.unit != unit and precedent.lesson.source is Source.DECISION


def learn_decision(
    app: App,
    work: "UnitOfWork",
    recorded: RecordedDocument,
    *,
    proposal: Proposal | None = None,
    study: "Study | None" = None,
) -> tuple[Finding, ...]:
    """Make the precedent of a document's live decision; return the finding that articles 19 to 21 speak against it.

    `proposal`: what was proposed for the document, if it is known already; nothing is proposed anew then. `study`: what
    the rules have read in it already.
    """
    decision = recorded.decision
    if decision is None or recorded.correction is not None:
        return ()
    weight = LATER_DECISION if work.decisions.count(recorded.id) > 1 else FIRST_DECISION
    word = _Word(Source.DECISION, weight, decision.attribute, decision.reason, decision.decided_by)
    return _teach(app, work, recorded, word, proposal=proposal, study=study)


def learn_correction(app: App, work: "UnitOfWork", recorded: RecordedDocument) -> tuple[Finding, ...]:
    """Make the precedent of a document's live correction."""
    correction = recorded.correction
    if correction is None:
        return ()
    word = _Word(Source.CORRECTION, CORRECTION, correction.attribute, correction.reason, correction.corrected_by)
    return _teach(app, work, recorded, word)


def _teach(
    app: App,
    work: "UnitOfWork",
    recorded: RecordedDocument,
    word: "_Word",
    *,
    proposal: Proposal | None = None,
    study: "Study | None" = None,
) -> tuple[Finding, ...]:
    attribute = word.attribute
    teaching = teaching_for(app, recorded.document, attribute, proposal=proposal, study=study)
    lesson = Lesson(
        source=word.source,
        attribute=attribute,
        reason=reason_code(app, attribute, word.reason),
        weight=word.weight,
        sketch=teaching.sketch,
        taught_by=word.by,
        taught_at=app.clock(),
        opposed=teaching.opposed,
    )
    if work.precedents.add(recorded.id, lesson) is not Standing.CONFLICT:
        return ()
    stated = {"attribute": attribute.chinese, "because": teaching.because, "id": recorded.id}
    return (app.rules.finding(CONFLICT, *teaching.evidence, **stated),)


def teaching_for(
    app: App,
    document: Document,
    attribute: DisclosureAttribute,
    *,
    proposal: Proposal | None = None,
    study: "Study | None" = None,
) -> "Teaching":
    """Return what a document teaches and what speaks against it; without a usable model the rules alone are asked.

    What the model says is taken from `proposal` where the rules and the model in use made it.
    """
    from attrtrack.proposing.studying import Study  # noqa: PLC0415 - loaded where something is taught
    from attrtrack.proposing.teaching import teaching_of  # noqa: PLC0415 - the same

    read = study or Study(document, app.rules)
    if attribute is DisclosureAttribute.PROACTIVE:
        return teaching_of(read, attribute)
    proposer = usable_proposer(app)
    if proposal is None or not proposer.made(proposal):
        proposal = proposer.propose(document)
    model = next((opinion for opinion in proposal.voices if opinion.voice is Voice.MODEL), None)
    return teaching_of(read, attribute, model=model)


def reason_code(app: App, attribute: DisclosureAttribute, reason: str | None) -> str | None:
    """Return the code that a stated reason resolves to, if it carries the attribute and may be proposed."""
    code = resolve_reason(reason, app.rules).code if reason else None
    carrying = (row.code for row in app.rules.reasons if row.proposable and attribute in row.attributes)
    return code if code is not None and code in carrying else None


def correct(
    app: App, document_id: str, attribute: str | None, *, reason: str | None = None, note: str | None = None
) -> tuple[RecordedDocument, tuple[Finding, ...]]:
    """Keep what an assessor says the attribute should have been; declaration and decision stay as they are.

    To name state secrecy as the reason says that the document must not be here: it is removed with all that quotes it.
    """
    permitted(app, Right.CORRECT, subject=document_id)
    chosen = app.rules.attribute_named(attribute or "")
    if chosen is None:
        raise (
            BadRowError(f"公开属性“{attribute}”看不懂：请用 proactive、on_request、withheld 或相应中文。")
            if attribute
            else UsageError("更正要写明应当是哪种公开属性：--attribute proactive、on_request 或 withheld。")
        )
    if reason and STATE_SECRECY in {(said := resolve_reason(reason, app.rules)).code, *said.others}:
        _remove_secret(app, document_id)
    if reason and reason_code(app, chosen, reason) is None:
        raise BadRowError(f"理由“{reason}”对应不到能支撑{chosen.chinese}的条款：请从理由目录中选择，或者不写理由。")
    with app.unit_of_work() as work:
        work.documents.get(document_id)
        work.corrections.add(document_id, Correction(chosen, reason, note, app.actor, app.clock(), app.rules.version))
        found = learn_correction(app, work, work.documents.get(document_id))
        _show(app, work, document_id, found)
        return work.documents.get(document_id), found


def _remove_secret(app: App, document_id: str) -> NoReturn:
    with app.unit_of_work() as work:
        work.documents.remove_classified(document_id, STATE_SECRECY)
    app.store.scrub()
    raise GateRefusedError(REMOVED, (app.rules.finding("secret-reason"),))


def withdraw_correction(app: App, document_id: str) -> tuple[RecordedDocument, tuple[Finding, ...]]:
    """Take the live correction back; the document teaches again what was decided of it, if anything.

    What a person had said of that decision's precedent holds again: one set aside does not come to teach unseen.
    """
    permitted(app, Right.CORRECT, subject=document_id)
    with app.unit_of_work() as work:
        work.documents.get(document_id)
        if not work.corrections.withdraw(document_id):
            raise TransitionNotAllowedError(f"{document_id} 没有考核更正，无需撤回。")
        work.precedents.end(document_id)
        recorded = work.documents.get(document_id)
        found = learn_decision(app, work, recorded)
        said = recorded.decision and work.precedents.resolution_since(document_id, recorded.decision.decided_at)
        if said and work.precedents.resolve(document_id, said):
            found = ()
        _show(app, work, document_id, found)
        return recorded, found


def resolve(app: App, document_id: str, *, teach: bool, note: str | None) -> Precedent:
    """Say of a document's precedent whether it teaches; can be said again the other way."""
    permitted(app, Right.RESOLVE_PRECEDENTS, subject=document_id)
    with app.unit_of_work() as work:
        work.documents.get(document_id)
        if not work.precedents.resolve(document_id, Resolution(teach, note, app.actor, app.clock())):
            raise TransitionNotAllowedError(f"{document_id} 还没有审定，也没有考核更正，没有先例可处理。")
        _show(app, work, document_id, ())
        found = work.precedents.of_document(document_id)
        assert found is not None  # noqa: S101 - resolved in this very transaction
        return found


def _show(app: App, work: "UnitOfWork", document_id: str, found: tuple[Finding, ...]) -> None:
    """Keep the conflict among what the gate last found on the document, or take it away when it is over."""
    latest = work.evaluations.latest(document_id)
    if latest is None:
        latest = work.documents.get(document_id).document.findings
    kept = tuple(finding for finding in latest if finding.code != CONFLICT)
    if found or len(kept) < len(latest):
        work.evaluations.add(document_id, (*kept, *found), app.rules.version)


def gather(app: App) -> int:
    """Make the precedents of decisions that have none (made before there were precedents); return how many."""
    permitted(app, Right.RESOLVE_PRECEDENTS)
    with app.unit_of_work() as work:
        missing = work.decisions.without_precedent()
        for document_id in missing:
            recorded = work.documents.get(document_id)
            _show(app, work, document_id, learn_decision(app, work, recorded))
    return len(missing)


def list_precedents(app: App, *, conflicts: bool = False, year: int | None = None) -> list[Precedent]:
    """Return the live precedents in order of entry: all, or those in conflict with a rule; of one year or all."""
    permitted(app, Right.READ)
    with app.reading() as work:
        return list(work.precedents.live(standing=Standing.CONFLICT if conflicts else None, year=year))
