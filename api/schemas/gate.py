"""What an office-automation system asks before its own sign-off step, and what the gate answers."""

from typing import ClassVar, Literal

from pydantic import Field

from api.schemas.documents import GivenText
from api.schemas.rows import FindingRow, ProposalRow
from api.schemas.shape import Answered, Asked


class GivenReview(Asked):
    """The office's word, as the asking system has it."""

    said: ClassVar[str] = "办公室的审核情况。"
    result: Literal["agree", "return", "dispute"] = Field(description="agree 同意，return 退回，dispute 有不同意见")
    by: str = Field(min_length=1, max_length=200, description="审核人")
    comment: str | None = Field(None, max_length=2000, description="意见")


class GivenSecrecyReview(Asked):
    """The secrecy review, as the asking system has it."""

    said: ClassVar[str] = "保密审查情况。"
    result: Literal["cleared", "partly", "refused"] = Field(
        description="cleared 可以公开，partly 部分可以公开，refused 不得公开"
    )
    by: str = Field(min_length=1, max_length=200, description="审查人")
    note: str | None = Field(None, max_length=2000, description="说明")
    personal_data_cleared: bool = Field(default=False, description="文中的个人信息是否已处理或确认可以公开")


class GivenOpinion(Asked):
    """The word of another issuer, as the asking system has it."""

    said: ClassVar[str] = "一个联合发文单位对认定的意见。"
    unit: str = Field(min_length=1, max_length=500, description="联合发文单位")
    result: Literal["agree", "disagree"] = Field(description="agree 同意，disagree 不同意")
    by: str = Field(min_length=1, max_length=200, description="谁提出的")


class GateFacts(Asked):
    """How the document came to its sign-off."""

    said: ClassVar[str] = "认定和审核情况：谁认定什么、谁审、谁签。"
    attribute: str | None = Field(
        None,
        max_length=40,
        description="proactive、on_request、withheld，也可写中文；没有认定则不写",
        examples=["on_request"],
    )
    reason: str | None = Field(None, max_length=2000, description="理由：代码或文字", examples=["R16-2c"])
    declared_by: str = Field(min_length=1, max_length=200, description="认定人", examples=["李拟稿"])
    signed_by: str = Field(min_length=1, max_length=200, description="将要签发的人", examples=["王签发"])
    because: str | None = Field(None, max_length=2000, description="不采纳不同意见、变更已审定属性时，写明为什么")
    review: GivenReview | None = Field(None, description="审核情况；没有审核则不写")
    secrecy_review: GivenSecrecyReview | None = Field(None, description="保密审查情况；没有审查则不写")
    opinions: list[GivenOpinion] = Field(default=[], max_length=50, description="联合发文单位的意见")
    needs_interpretation: bool | None = Field(None, description="是否应当解读；不写按规则判断")
    interpretation_ready: bool = Field(default=False, description="解读材料是否已随文备齐")


class GateAsked(GivenText, GateFacts):
    """A letter with all the gate looks at."""

    said: ClassVar[str] = "签发前的询问：公文的文字和要素，连同认定、审核、保密审查情况。公文不进入登记。"


class GateAnswered(Answered):
    """What the gate says."""

    said: ClassVar[str] = "把关的结论，已存入本系统备查；passed 为否时不得签发。"
    passed: bool = Field(description="是否可以签发")
    decision_id: str = Field(description="把关编号，备查")
    findings: list[FindingRow] = Field(description="把关意见；severity 为 block 的须先解决")
    proposal: ProposalRow | None = Field(description="公开属性的建议")
    rules_version: str = Field(description="规则版本")
    model_version: str | None = Field(description="模型版本")
