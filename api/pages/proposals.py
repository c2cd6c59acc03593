"""A proposal in the words of the page: what is suggested, how sure, why, and what each voice said of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.wording import sure
from attrtrack.domain.precedents import Precedent, Standing
from attrtrack.domain.proposals import Opinion, Proposal, Voice
from attrtrack.domain.register import OverviewRow, RecordedDocument
from attrtrack.workflow.app import App
from attrtrack.workflow.shapes import precedents_of

_VOICES = {Voice.MARK: "文件上的标注", Voice.RULES: "规则", Voice.MODEL: "模型", Voice.PRECEDENT: "本机关先例"}
WITH_WORDS = "："
"""What stands between a reason's code and the words that a person adds."""
_WORTH_NAMING = 0.05
_OTHERS = 2


@dataclass(frozen=True, slots=True)
class VoiceView:
    """What one voice said; `differs` from what was proposed; `followed` are the documents behind a precedent's opinion."""

    name: str
    opinion: str
    reason: str | None
    sure: str | None
    differs: bool
    followed: tuple[OverviewRow, ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal in words; `compared` says how it stands to what people declared, `agreement` whether the voices agree."""

    proposal: Proposal
    attribute: str | None
    sure: str | None
    compared: str | None
    reason: str | None
    others: tuple[tuple[str, str | None], ...]
    voices: tuple[VoiceView, ...]
    agreement: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A precedent that waits for a person: why."""

    because: tuple[str, ...]


def proposal_view(
    app: App, recorded: RecordedDocument, proposal: Proposal, *, followed: Sequence[OverviewRow]
) -> ProposalView:
    """Put a proposal into words."""
    voices = tuple(_voice(app, opinion, proposal, followed=followed) for opinion in proposal.voices)
    others = tuple(
        (words, sure(item.probability))
        for item in proposal.reasons
        if item.code != proposal.reason
        and item.probability >= _WORTH_NAMING
        and (words := reason_words(app, item.code)) is not None
    )
    return ProposalView(
        proposal=proposal,
        attribute=proposal.attribute.chinese if proposal.attribute else None,
        sure=sure(proposal.probability),
        compared=_compared(recorded, proposal),
        reason=reason_words(app, proposal.reason),
        others=others[:_OTHERS],
        voices=voices,
        agreement=_agreement(proposal),
    )


def _voice(app: App, opinion: Opinion, proposal: Proposal, *, followed: Sequence[OverviewRow]) -> VoiceView:
    named = precedents_of(opinion)
    row = app.rules.reason(opinion.reason) if opinion.reason else None
    return VoiceView(
        name=_VOICES[opinion.voice],
        opinion=opinion.attribute.chinese if opinion.attribute else "没有意见",
        reason=row.name if row is not None and opinion.attribute else None,
        sure=sure(opinion.probability) if opinion.attribute else None,
        differs=opinion.attribute not in {None, proposal.attribute},
        followed=tuple(item for item in followed if item.id in named),
    )


def _compared(recorded: RecordedDocument, proposal: Proposal) -> str | None:
    said = recorded.attribute
    if proposal.attribute is None or said is None:
        return None
    whose = "审定" if recorded.decision else "认定" if recorded.declaration else "台账所列"
    return f"与{whose}一致" if said is proposal.attribute else f"与{whose}的{said.chinese}不同"


def _agreement(proposal: Proposal) -> str:
    said = [opinion.attribute for opinion in proposal.voices if opinion.attribute]
    if not said:
        return "都没有意见"
    if len(said) == 1:
        return "只有一方有意见"
    return "不一致" if len(set(said)) > 1 else "一致"


def conflict_view(app: App, precedent: Precedent | None) -> ConflictView | None:
    """Say why a precedent waits for a person; None where none waits."""
    if precedent is None or precedent.standing is not Standing.CONFLICT:
        return None
    opposed = precedent.lesson.opposed
    return ConflictView(tuple(row.text for row in app.rules.attribute_rules if row.code in opposed))


def reason_words(app: App, reason: str | None) -> str | None:
    """Name a reason with its articles, then the words given beside its code; a reason without a code stays as written."""
    code, _, words = (reason or "").partition(WITH_WORDS)
    row = app.rules.reason(code) if code else None
    if row is None:
        return reason
    named = f"{row.name}（{'、'.join(str(item) for item in row.references)}）" if row.references else row.name
    return f"{named}：{words}" if words else named
