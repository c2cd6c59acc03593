"""What is asked and answered about the need of interpretations."""

from typing import ClassVar

from pydantic import Field

from api.schemas.rows import EvidenceRow, NeedRow
from api.schemas.shape import Answered, Asked


class NeedProposalRow(Answered):
    """What the rules propose."""

    said: ClassVar[str] = "规则的建议。"
    needed: bool | None = Field(description="是否应当解读；未定为空")
    rule: str | None = Field(description="规则代码")
    reason: str = Field(description="为什么")
    evidence: list[EvidenceRow] = Field(description="依据")


class NeedDecisionRow(Answered):
    """What a person decided."""

    said: ClassVar[str] = "人的认定。"
    needed: bool = Field(description="是否应当解读")
    because: str = Field(description="为什么")
    decided_by: str = Field(description="认定人")
    decided_at: str = Field(description="认定时间")


class NeedAnswer(NeedRow):
    """Everything about the need of one document."""

    said: ClassVar[str] = "一份公文是否应当解读：现行结论、规则建议、台账和人的认定。"
    proposal: NeedProposalRow = Field(description="规则的建议")
    ledger: bool | None = Field(description="台账怎么写")
    decision: NeedDecisionRow | None = Field(description="人的认定；没有为空")
    version: str | None = Field(None, description="公文的版本，即 ETag；办理之后见答复头")


class ListedNeed(NeedRow):
    """A doubtful need."""

    said: ClassVar[str] = "一份需要人认定是否应当解读，或人与规则意见不一的公文。"
    proposed: bool | None = Field(description="规则的建议")
    rule: str | None = Field(description="规则代码")


class NeedsAnswer(Answered):
    """The doubtful needs."""

    said: ClassVar[str] = "是否应当解读存疑的公文，一页。"
    needs: list[ListedNeed] = Field(description="存疑的公文")
    next: str | None = Field(description="下一页的 cursor；最后一页为空")


class NeedDecided(Asked):
    """A person's decision."""

    said: ClassVar[str] = "认定是否应当解读，要写明为什么。"
    needed: bool = Field(description="是否应当解读")
    because: str = Field(min_length=1, max_length=2000, description="为什么")
