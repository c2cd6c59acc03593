"""Values for the storage tests; a test names only what it is about."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import Decision, State
from attrtrack.domain.documents import Document, Element, PersonalData
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.genres import Genre
from attrtrack.domain.interpretations import Interpretation, LinkDecision, LinkProposal, LinkProposals
from attrtrack.domain.marks import Mark, Place
from attrtrack.domain.proposals import Opinion, Proposal, ReasonLikelihood, Voice
from attrtrack.storage import UnitOfWork

NOON = dt.datetime(2024, 3, 1, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
SWITCHES = {"reason_required_for": ("on_request", "withheld"), "doubt_threshold": ("0.75",)}


def a_document(**facts: Any) -> Document:
    """Make a plain document."""
    stated: dict[str, Any] = {
        "text": "关于河道清淤的通知。请遵照执行。",
        "title": "河道清淤通知",
        "number": "甲政发〔2024〕1号",
        "genre": Genre.NOTICE,
        "issuers": ("甲县人民政府",),
        "date": WrittenDate(2024, 1, 5),
    }
    return Document(**{**stated, **facts})


def a_full_document() -> Document:
    """Make a document with every field filled."""
    evidence = (Evidence("河道", Span(2, 4), "rule:x"), Evidence("台账", None, "ledger"))
    return a_document(
        format="docx",
        addressee="各乡镇人民政府",
        print_date=WrittenDate(2024, 2),
        marks=(Mark("此件公开发布", DisclosureAttribute.PROACTIVE, Place.BODY, Span(0, 2)),),
        personal_data=(PersonalData("mobile", Span(3, 5)),),
        elements=(Element("title", "河道清淤通知", Place.HEADER), Element("date", "1月5日", Place.BODY, Span(1, 3))),
        findings=(Finding("mark-missing", Severity.NOTE, "没有标注。", evidence),),
        drafting_department="水务局",
        carried_title="清淤办法",
        declared_attribute=DisclosureAttribute.ON_REQUEST,
        declared_reason="third-party",
        needs_interpretation=True,
    )


def a_proposal(**facts: Any) -> Proposal:
    """Make a proposal in which two voices speak."""
    evidence = (Evidence("河道", Span(2, 4), "rule:x"),)
    stated: dict[str, Any] = {
        "attribute": DisclosureAttribute.PROACTIVE,
        "probability": 0.91,
        "abstained": False,
        "doubt": None,
        "reason": "public-interest",
        "reasons": (ReasonLikelihood("public-interest", 0.8),),
        "evidence": evidence,
        "voices": (
            Opinion(Voice.RULES, DisclosureAttribute.PROACTIVE, "public-interest", None, evidence),
            Opinion(Voice.MODEL, None),
        ),
        "findings": (Finding("model-absent", Severity.NOTE, "没有模型。"),),
        "rules_version": "r1",
        "model_version": None,
    }
    return Proposal(**{**stated, **facts})


def a_decision(
    attribute: DisclosureAttribute = DisclosureAttribute.PROACTIVE, reason: str | None = None, **facts: Any
) -> Decision:
    """Make a decision of the signatory at noon."""
    stated: dict[str, Any] = {"decided_by": "签发人", "decided_at": NOON, "rules_version": "r1"}
    return Decision(attribute, reason, **{**stated, **facts})


def an_interpretation(**facts: Any) -> Interpretation:
    """Make an interpretation with title and address."""
    stated: dict[str, Any] = {
        "id": "",
        "title": "一图读懂河道清淤",
        "url": "https://example.gov.cn/jd/1.html",
        "published": dt.date(2024, 1, 8),
        "forms": ("graphic",),
        "channels": ("website",),
    }
    return Interpretation(**{**stated, **facts})


def proposals_for(interpretation_id: str, *links: tuple[str, float, LinkDecision]) -> LinkProposals:
    """Make the matcher's answer for an interpretation."""
    made = [LinkProposal(*link, evidence=(Evidence("清淤", None, "title"),)) for link in links]
    return LinkProposals(interpretation_id, tuple(made))


def add_document(work: UnitOfWork, document: Document | None = None, **register: Any) -> str:
    """Add a document and return its id."""
    stated = {"content_hash": "0" * 64, "unit": "甲县", "file_name": None, "state": State.DRAFT}
    return work.documents.add(document or a_document(), **{**stated, **register}).id


def codes(findings: Sequence[Finding]) -> list[str]:
    """Return the codes of findings."""
    return [finding.code for finding in findings]
