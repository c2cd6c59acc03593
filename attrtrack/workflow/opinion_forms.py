"""The opinion form (拟发文件属性管理意见表) of a document: what the register knows, in the words and order of the form."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration
from attrtrack.domain.needs import DocumentNeed
from attrtrack.domain.proposals import Proposal
from attrtrack.domain.register import RecordedDocument
from attrtrack.domain.reviews import ReviewResult, SecrecyResult
from attrtrack.workflow.app import App
from attrtrack.workflow.histories import named
from attrtrack.workflow.papers import MadeFile, reason_in_words
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.public_versions import reasons_for_cuts
from attrtrack.workflow.seeing import seen

if TYPE_CHECKING:
    from attrtrack.reporting.opinion_form import OpinionForm, Said
    from attrtrack.storage import UnitOfWork

_GROUP = "："
_Word = DisclosureAttribute | SecrecyResult | ReviewResult


def opinion_form_of(app: App, document_id: str) -> MadeFile:
    """Make the 拟发文件属性管理意见表 of a document as it stands."""
    permitted(app, Right.READ, subject=document_id)
    from attrtrack.reporting.opinion_form import TITLE, opinion_form  # noqa: PLC0415 - python-docx is loaded when first needed

    with app.reading() as work:
        form = _Opinions(app, work, seen(app, work, document_id)).form()
    return MadeFile(f"{TITLE}（{document_id}）.docx", opinion_form(form, today=app.today))


@dataclass(frozen=True, slots=True)
class _Opinions:
    """What was said of one document, put into the words of the form; people by their names."""

    app: App
    work: "UnitOfWork"
    recorded: RecordedDocument

    def form(self) -> "OpinionForm":
        from attrtrack.reporting.opinion_form import OpinionForm  # noqa: PLC0415 - the same

        recorded, document = self.recorded, self.recorded.document
        proposal, need = self.work.proposals.latest(recorded.id), self.work.needs.get(recorded.id)
        return OpinionForm(
            id=recorded.id,
            title=document.title,
            number=document.number,
            genre=document.genre.value if document.genre else None,
            department=document.drafting_department,
            drafter=self.name(recorded.declaration.declared_by if recorded.declaration else None),
            urgency=next((item.text for item in document.elements if item.name == "urgency"), None),
            addressee=document.addressee,
            date=document.date.isoformat() if document.date else None,
            unit=recorded.unit,
            proposed=(*self.proposed(proposal), *_need_proposed(need)),
            declared=self.declared(need),
            secrecy=self.secrecy(),
            office=self.office(),
            signatory=self.signed(),
            others=tuple(
                f"{item.unit}：{item.result.chinese}{_after(item.comment)}"
                for item in self.work.reviews.opinions(recorded.id)
            ),
            versions=f"规则版本 {proposal.rules_version if proposal else self.app.rules.version}",
        )

    def name(self, login: str | None) -> str | None:
        return named(self.work, login) if login else None

    def proposed(self, proposal: Proposal | None) -> Iterator[str]:
        if proposal is None:
            yield "没有提过建议。"
            return
        if proposal.attribute is None or proposal.abstained:
            yield f"拿不准，请人判断{_after(proposal.doubt)}"
        if proposal.attribute is not None:
            sure = "" if proposal.probability is None else f"（把握 {min(proposal.probability, 0.99):.0%}）"
            yield f"拟为{proposal.attribute.chinese}{sure}"
            if proposal.reason:
                yield f"理由：{reason_in_words(self.app, proposal.reason)}"

    def declared(self, need: DocumentNeed) -> "Said":
        declaration = self.recorded.declaration or Declaration(None)
        decided = need.decision.needed if need.decision else need.stated
        lines = [_boxes(DisclosureAttribute, declaration.attribute)]
        if declaration.attribute in {None, DisclosureAttribute.PROACTIVE}:
            lines.append(self._whole_or_part(declaration.attribute))
        lines += [
            self._reason(declaration),
            f"是否需要解读：{_box(decided)}需要　{_box(decided is False)}不需要",
        ]
        if declaration.because:
            lines.append(f"改动原因：{declaration.because}")
        return self._said(lines, declaration.declared_by or None, declaration.declared_at)

    def _whole_or_part(self, attribute: DisclosureAttribute | None) -> str:
        partly = bool(self.work.cuts.of_document(self.recorded.id).live) if attribute else None
        return f"主动公开的：{_box(partly is False)}全文公开　{_box(partly)}删减后公开"

    def _reason(self, declaration: Declaration) -> str:
        if declaration.attribute is not None:
            return f"理由和依据：{reason_in_words(self.app, declaration.reason) or ''}"
        groups = dict.fromkeys(row.name.partition(_GROUP)[0] for row in reasons_for_cuts(self.app))
        return f"不公开的理由：{'　'.join(f'□{name}' for name in groups)}　□其他："

    def secrecy(self) -> "Said":
        reviews = self.work.reviews.secrecy(self.recorded.id)
        if not reviews:
            return self._said([_boxes(SecrecyResult, None)])
        last = reviews[-1]
        return self._said([_boxes(SecrecyResult, last.result), last.note or ""], last.by, last.at)

    def office(self) -> "Said":
        possible = [item for item in ReviewResult if item.stands]
        reviews = self.work.reviews.of_declaration(self.recorded.id)
        if not reviews or not reviews[-1].result.stands:
            return self._said([_boxes(possible, None)])
        last = reviews[-1]
        lines = [_boxes(possible, last.result), last.comment or ""]
        if last.attribute is not None:
            lines.append(f"应为{last.attribute.chinese}{_after(reason_in_words(self.app, last.reason))}")
        return self._said(lines, last.by, last.at)

    def signed(self) -> "Said":
        decision = self.recorded.decision
        if decision is None:
            return self._said([_boxes(DisclosureAttribute, None)])
        lines = [_boxes(DisclosureAttribute, decision.attribute)]
        lines += [f"理由和依据：{reason_in_words(self.app, decision.reason)}"] if decision.reason else []
        lines += [f"说明：{decision.because}"] if decision.because else []
        return self._said(lines, decision.decided_by, decision.decided_at)

    @property
    def _said(self) -> "Callable[..., Said]":
        from attrtrack.reporting.opinion_form import Said  # noqa: PLC0415 - the same

        def said(lines: list[str], by: str | None = None, at: dt.datetime | None = None) -> Said:
            return Said(tuple(line for line in lines if line), self.name(by), at)

        return said


def _need_proposed(need: DocumentNeed) -> Iterator[str]:
    if need.proposed is not None:
        yield f"政策解读：{'需要' if need.proposed else '不需要'}"


def _boxes(possible: Iterable[_Word], chosen: _Word | None) -> str:
    return "　".join(f"{_box(item is chosen)}{item.chinese}" for item in possible)


def _box(ticked: bool | None) -> str:  # noqa: FBT001 - None: nobody has said
    return "☑" if ticked else "□"


def _after(words: str | None) -> str:
    return f"：{words}" if words else ""
