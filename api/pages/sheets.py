"""Everything known of one document in the words of the pages: what `sheet.html` draws, for drafter and office alike."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from api.pages.histories import StepView, step_views
from api.pages.proposals import ConflictView, ProposalView, conflict_view, proposal_view, reason_words
from api.pages.quoting import MarkedText, marked_text
from api.pages.wording import sure, without_commands
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document, Element
from attrtrack.domain.evidence import Span
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.marks import Place
from attrtrack.domain.register import RecordedDocument
from attrtrack.workflow.alike import AlikeDocument, documents_alike
from attrtrack.workflow.app import App
from attrtrack.workflow.histories import history_of
from attrtrack.workflow.sheets import DocumentSheet, document_sheet

_TOLD = {Severity.BLOCK: "阻止签发", Severity.FLAG: "需要核对"}
_JUDGEMENTS = {
    Judgement.PENDING: "待人判定",
    Judgement.AUTO: "自动关联",
    Judgement.CONFIRMED: "人工确认",
    Judgement.REJECTED: "人工否定",
}
_NEXT = {
    State.DRAFT: "等起草部门认定公开属性",
    State.DECLARED: "等办公室审核，再送签发",
    State.REVIEWED: "等签发",
    State.RETURNED: "等起草部门重新认定",
    State.SIGNED: "等定期复查",
    State.PUBLISHED: "办结",
    State.WITHDRAWN: "不再办理",
    State.ISSUED_ELSEWHERE: "由台账导入，只核对",
}
_UNDERWAY = frozenset({State.DECLARED, State.REVIEWED})
_PLACES = {
    Place.BODY: "正文",
    Place.HEADER: "页眉页脚",
    Place.BOX: "网页属性栏",
    Place.METADATA: "文件属性",
    Place.FILE_NAME: "文件名",
    Place.LEDGER: "台账",
}


@dataclass(frozen=True, slots=True)
class ElementView:
    """One element as it counts: its name, value (None: not read), where it was read, the offset to lead to, as printed where that differs."""

    name: str
    value: str | None
    place: str | None
    anchor: int | None
    printed: str | None


@dataclass(frozen=True, slots=True)
class AlikeView:
    """A document that is like this one: how much, and how it was decided."""

    row: AlikeDocument
    likeness: str
    decided: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class SheetView:
    """One document in words; `findings` gravest first, `told` counts them; `next` says what it waits for; `history` oldest first.

    `returned` is the office's comment on a document that it has sent back, as the newest step.
    """

    sheet: DocumentSheet
    attribute: str
    reason: str | None
    reason_given_by: str | None
    corrected_reason: str | None
    proposed: ProposalView | None
    conflict: ConflictView | None
    findings: tuple[Finding, ...]
    told: str | None
    text: MarkedText | None
    elements: tuple[ElementView, ...]
    alike: tuple[AlikeView, ...]
    history: tuple[StepView, ...]
    returned: StepView | None
    next: str
    judgements: dict[str, str]

    @property
    def recorded(self) -> RecordedDocument:
        """The record itself."""
        return self.sheet.recorded


def sheet_view(
    app: App, document_id: str, *, sheet: DocumentSheet | None = None, foreseen: Iterable[Finding] | None = None
) -> SheetView:
    """Gather and word everything about a document; `foreseen`: findings to show in place of those that the gate has kept.

    `sheet` where it has been asked for already.
    """
    sheet = sheet or document_sheet(app, document_id)
    recorded = sheet.recorded
    findings = told_findings(sheet.findings if foreseen is None else foreseen)
    spans = [element.span for element in recorded.document.elements if element.span]
    carrying = sheet.proposal.evidence if sheet.proposal else ()
    questioned = [item for finding in findings for item in finding.evidence if finding.severity in _TOLD]
    text = marked_text(recorded.document, carrying, questioned, also=spans)
    taken = history_of(app, document_id)
    steps = step_views(app, taken)
    reason, given_by = _reason(sheet, {step.actor: step.who for step in taken})
    return SheetView(
        sheet=sheet,
        attribute=recorded.attribute.chinese if recorded.attribute else _unsaid(recorded),
        reason=reason_words(app, reason),
        reason_given_by=given_by,
        corrected_reason=reason_words(app, recorded.correction.reason if recorded.correction else None),
        proposed=proposal_view(app, recorded, sheet.proposal, followed=sheet.followed) if sheet.proposal else None,
        conflict=conflict_view(app, sheet.precedent),
        findings=findings,
        told=count_words(findings),
        text=text,
        elements=tuple(_elements(recorded.document, text)),
        alike=tuple(_alike(app, row) for row in documents_alike(app, document_id)) if recorded.document.text else (),
        history=steps,
        returned=steps[-1] if steps and recorded.state is State.RETURNED else None,
        next=_next(recorded, sheet.findings),
        judgements={key.value: words for key, words in _JUDGEMENTS.items()},
    )


def is_blocked(recorded: RecordedDocument, findings: Iterable[Finding]) -> bool:
    """Whether a document is on its way to a sign-off that the gate would refuse as things stand."""
    return recorded.state in _UNDERWAY and any(item.severity is Severity.BLOCK for item in findings)


def _next(recorded: RecordedDocument, findings: Iterable[Finding]) -> str:
    if is_blocked(recorded, findings):
        return "签发会被拒绝，先要补正或重新认定"
    if recorded.state is State.SIGNED and recorded.attribute is DisclosureAttribute.PROACTIVE:
        return "等登记公开发布"
    return _NEXT[recorded.state]


def told_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings gravest first, without what they say to those who type commands."""
    ranked = sorted(findings, key=lambda item: list(Severity).index(item.severity))
    return tuple(replace(item, message=without_commands(item.message)) for item in ranked)


def count_words(findings: Iterable[Finding]) -> str | None:
    """Say how many findings stop a sign-off and how many must be looked at; None where none does."""
    counted = Counter(finding.severity for finding in findings)
    return "，".join(f"{word} {counted[severity]} 条" for severity, word in _TOLD.items() if counted[severity]) or None


def _unsaid(recorded: RecordedDocument) -> str:
    return "未认定" if recorded.document.attribute_asked else "台账未列"


def _reason(sheet: DocumentSheet, names: Mapping[str, str]) -> tuple[str | None, str | None]:
    decision, said = sheet.recorded.decision, sheet.recorded.declaration
    if decision is not None:
        return decision.reason, f"{names.get(decision.decided_by, decision.decided_by)}（审定）"
    if said is not None:
        return said.reason, f"{names.get(said.declared_by, said.declared_by)}（起草认定）"
    return sheet.recorded.document.declared_reason, None


def _alike(app: App, row: AlikeDocument) -> AlikeView:
    decided = f"{row.decided_at.astimezone():%Y-%m-%d}{row.source.chinese}为{row.attribute.chinese}"
    return AlikeView(row, f"相近程度{sure(row.likeness)}", decided, reason_words(app, row.reason))


def _elements(document: Document, text: MarkedText | None) -> Iterator[ElementView]:
    """Yield the elements in the order of the paper; personal data in them are blotted out as in the text."""
    found = {element.name: element for element in reversed(document.elements)}
    values = {
        "number": ("发文字号", document.number),
        "title": ("标题", document.title),
        "genre": ("文种", document.genre.value if document.genre else None),
        "issuers": ("发文机关", document.issuer),
        "addressee": ("主送机关", document.addressee),
        "date": ("成文日期", document.date.isoformat() if document.date else None),
        "drafting_department": ("起草部门", document.drafting_department),
    }
    for name, (words, value) in values.items():
        yield _element(words, value, found.get(name), text)
    for mark in document.marks[:3]:
        yield _element("附注标注", mark.text, Element("mark", mark.text, mark.place, mark.span), text)
    for name, words in (
        ("urgency", "紧急程度"),
        ("signer", "签发人"),
        ("contact", "联系人"),
        ("print_date", "印发日期"),
    ):
        element = found.get(name)
        if element is not None and element.span is not None and text is not None:
            yield _element(words, element.span.of(text.blotted), element, text)
    if document.copies:
        yield ElementView("抄送", "、".join(document.copies), None, None, None)
    if document.attachments:
        named = "；".join(item.name if item.present else f"{item.name}（文件中没有）" for item in document.attachments)
        yield ElementView("附件", named, None, None, None)


def _element(words: str, value: str | None, element: Element | None, text: MarkedText | None) -> ElementView:
    span: Span | None = element.span if element else None
    anchor = span.start if span and text and span.start in text.anchors else None
    place = _PLACES[element.place] if element and anchor is None and value else None
    printed = span.of(text.blotted) if span and text and value and words == "发文字号" else None
    same = printed is None or "".join(printed.split()) == value
    return ElementView(words, value, place, anchor, None if same else printed)
