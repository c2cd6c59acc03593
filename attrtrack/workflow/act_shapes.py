"""The plain rows of what goes on around documents: the gate's answers, replays, re-examinations, the journal."""

import datetime as dt

from attrtrack.domain.evaluations import GateAnswer, Replayed
from attrtrack.domain.journal_proofs import JournalProof
from attrtrack.domain.reexaminations import DueDocument
from attrtrack.domain.register import JournalEntry
from attrtrack.workflow.journalling import FIELDS
from attrtrack.workflow.shapes import Row, finding_rows, proposal_row


def gate_row(answer: GateAnswer) -> Row:
    """Return what the gate answers an office system."""
    return {
        "passed": answer.passed,
        "decision_id": answer.decision_id,
        "findings": finding_rows(answer.findings),
        "proposal": proposal_row("-", answer.proposal) if answer.proposal else None,
        "rules_version": answer.rules_version,
        "model_version": answer.model_version,
    }


def replayed_row(replayed: Replayed) -> Row:
    """Return a kept judgement beside what the present rules say."""
    return {
        "decision_id": replayed.decision_id,
        "document_id": replayed.document_id,
        "act": replayed.act.value,
        "before": replayed.before,
        "after": replayed.after,
        "flips": replayed.flips,
        "findings_gone": list(replayed.findings_gone),
        "findings_new": list(replayed.findings_new),
        "rules_before": replayed.rules_before,
        "carried_over": list(replayed.carried_over),
    }


def due_row(due: DueDocument) -> Row:
    """Return a document that is to be looked at again."""
    return {
        "id": due.id,
        "title": due.title,
        "doc_number": due.number,
        "unit": due.unit,
        "attribute": due.attribute.value,
        "reason": due.reason,
        "decided_at": due.decided_at.isoformat(),
        "due": due.due.isoformat() if due.due else None,
        "overdue": due.overdue,
        "gone": due.gone,
    }


def entry_row(entry: JournalEntry) -> Row:
    """Return an entry of the journal as it is exported; `at` in UTC as it is hashed, `detail` the stored text."""
    return {
        name: getattr(entry, name) if name != "at" else entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
        for name in FIELDS
    }


def proof_row(proof: JournalProof) -> Row:
    """Return what a verification of the journal found."""
    return {
        "ok": proof.ok,
        "entries": proof.entries,
        "rows": proof.rows,
        "first_bad": proof.first_bad,
        "checkpoint_fault": proof.checkpoint_fault,
        "doubts": proof.doubts,
        "doubtful": [{"row": item.row, "doubt": item.doubt.value} for item in proof.doubtful],
        "outside": proof.outside_entries,
        "outside_sequences": list(proof.outside),
    }
