"""Which documents need an interpretation (应解读): the rule table proposes, a person decides and may undo it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from attrtrack.domain.access import Right
from attrtrack.domain.documents import Document
from attrtrack.domain.needs import DocumentNeed, NeedDecision, NeedProposal
from attrtrack.errors import TransitionNotAllowedError, UsageError
from attrtrack.nlp.first_fits import FirstFits
from attrtrack.rules import Rules
from attrtrack.rules.needs import propose_need
from attrtrack.rules.schema import InterpretationNeedRow
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted

_WORDS = {"yes": True, "no": False, "是": True, "否": False, "应解读": True, "不需要": False, "不需解读": False}


@dataclass(frozen=True, slots=True)
class ToldNeed:
    """What the register has of a document's need, and what the rule table as it is now proposes, with its reason."""

    need: DocumentNeed
    proposal: NeedProposal


def need_of(document: Document, rules: Rules) -> NeedProposal:
    """Return what the rule table proposes for a document, its text looked at as well."""
    sift = _first_fits(rules.interpretation_needed).tries
    return propose_need(document.title, document.number, rules, text=document.text, sift=sift)


@lru_cache(maxsize=4)
def _first_fits(rows: Sequence[InterpretationNeedRow]) -> FirstFits:
    return FirstFits([row.pattern for row in rows])


def tell_need(app: App, document_id: str) -> ToldNeed:
    """Return whether a document needs an interpretation, who says so, and what the rules say."""
    permitted(app, Right.READ)
    with app.reading() as work:
        document = work.documents.get(document_id).document
        return ToldNeed(work.needs.get(document_id), need_of(document, app.rules))


def decide_need(app: App, document_id: str, answer: str, because: str | None) -> ToldNeed:
    """Keep what a person decides, with the reason; a later decision supersedes it."""
    permitted(app, Right.DECIDE_NEEDS, subject=document_id)
    needed = _WORDS.get(answer.strip().lower())
    if needed is None:
        raise UsageError(f"“{answer}”看不懂：应解读写 yes（是），不需要解读写 no（否）。")
    if because is None or not because.strip():
        raise UsageError("请用 --because 写明为什么这样认定。")
    with app.unit_of_work() as work:
        decision = NeedDecision(needed, because.strip(), app.actor, app.clock(), app.rules.version)
        work.needs.decide(document_id, decision)
    return tell_need(app, document_id)


def undo_need(app: App, document_id: str) -> ToldNeed:
    """Take a person's decision back, so that the ledger's word or the rules' proposal holds again."""
    permitted(app, Right.DECIDE_NEEDS, subject=document_id)
    with app.unit_of_work() as work:
        if not work.needs.undo(document_id):
            raise TransitionNotAllowedError(f"{document_id} 没有人工认定，无需撤销。")
    return tell_need(app, document_id)


def doubtful_needs(app: App, *, unit: str | None = None, year: int | None = None) -> Iterator[DocumentNeed]:
    """Yield the documents that wait for a person, and those of which person or ledger and rules disagree."""
    permitted(app, Right.READ)
    with app.reading() as work:
        yield from work.needs.doubtful(unit, year)


def renew_needs(app: App, *, unit: str | None = None, year: int | None = None) -> int:
    """Propose anew by the rule table as it is now; return how many proposals changed. Decisions stay as they are."""
    permitted(app, Right.DECIDE_NEEDS)
    with app.unit_of_work() as work:
        changed = [
            (need.id, proposal)
            for need, text in work.needs.texts(unit, year)
            if (proposal := propose_need(need.title, need.number, app.rules, text=text))
            and (proposal.needed, proposal.row) != (need.proposed, need.row)
        ]
        return work.needs.renew(changed)


def because_of(app: App, row: str | None) -> str:
    """Return the sentence of the rule that proposed; a rule that the table no longer has is told so."""
    if row is None:
        return "规则表没有对应的一行"
    found = next((item for item in app.rules.interpretation_needed if item.code == row), None)
    return f"规则已变（{row}），可用 --renew 重新建议" if found is None else f"{found.kind}：{found.because}"
