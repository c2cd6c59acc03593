"""What is asked of those who review, sign, withdraw and re-examine."""

from typing import ClassVar, Literal

from pydantic import Field

from api.schemas.shape import Answered, Asked

_COMMENT = Field(None, max_length=2000, description="意见；退回必须写明")


class Reviewed(Asked):
    """The office's word on a declaration."""

    said: ClassVar[str] = "办公室的审核意见：同意、退回，或提出不同的属性。"
    result: Literal["agree", "return", "dispute"] = Field(description="agree 同意，return 退回，dispute 有不同意见")
    comment: str | None = _COMMENT
    attribute: str | None = Field(None, max_length=40, description="有不同意见时，认为应是何种属性")
    reason: str | None = Field(None, max_length=2000, description="有不同意见时，认为应是何种理由")


class SecrecyReviewed(Asked):
    """The result of a secrecy review."""

    said: ClassVar[str] = "保密审查的结果：公开前必须先审查。"
    result: Literal["cleared", "partly", "refused"] = Field(
        description="cleared 可以公开，partly 部分可以公开，refused 不得公开"
    )
    note: str | None = Field(None, max_length=2000, description="说明")
    personal_data_cleared: bool = Field(default=False, description="文中的个人信息是否已处理或确认可以公开")


class Opined(Asked):
    """The word of another issuer of a joint document."""

    said: ClassVar[str] = "联合发文单位的意见。"
    unit: str = Field(min_length=1, max_length=500, description="联合发文单位")
    result: Literal["agree", "disagree"] = Field(description="agree 同意，disagree 不同意")
    comment: str | None = Field(None, max_length=2000, description="意见")


class Withdrawn(Asked):
    """Why a document is withdrawn."""

    said: ClassVar[str] = "撤回，要写明原因；撤回后不再办理。"
    because: str = Field(min_length=1, max_length=2000, description="为什么撤回")


class Signed(Asked):
    """The signatory's word."""

    said: ClassVar[str] = "签发；与办公室意见不同时写明为什么。"
    because: str | None = Field(None, max_length=2000, description="不采纳办公室不同意见时，写明为什么")


class Reexamined(Asked):
    """What came of a re-examination."""

    said: ClassVar[str] = "复查的结果：维持，或转入重新认定。"
    result: Literal["keep", "change"] = Field(description="keep 维持，change 改变（随后重新认定、签发）")
    because: str = Field(min_length=1, max_length=2000, description="为什么")


class DueRow(Answered):
    """A document that is to be looked at again."""

    said: ClassVar[str] = "一份应当复查的公文：到期的，或理由按现行规则不再成立的。"
    id: str = Field(description="公文编号")
    title: str | None = Field(description="标题")
    doc_number: str | None = Field(description="发文字号")
    unit: str | None = Field(description="单位")
    attribute: str = Field(description="现行属性")
    reason: str | None = Field(description="理由")
    due: str | None = Field(description="应复查的日期；已定改变、尚未重新签发的为空")
    overdue: bool = Field(description="是否到期")
    gone: str | None = Field(description="理由为什么不再成立；仍成立为空")


class DueAnswer(Answered):
    """The documents due."""

    said: ClassVar[str] = "应当复查的公文，最早到期的在前。"
    day: str = Field(description="截至哪一天")
    documents: list[DueRow] = Field(description="公文")
    more: bool = Field(description="是否还有没列出的")


class ReplayRow(Answered):
    """A kept judgement beside what the present rules say."""

    said: ClassVar[str] = "一次把关的结论，和按现行规则重判的结论。"
    decision_id: str = Field(description="把关编号")
    document_id: str | None = Field(description="公文编号；接口询问的没有")
    act: str = Field(description="当时在办什么")
    before: bool = Field(description="当时是否通过")
    after: bool = Field(description="现在是否通过")
    flips: bool = Field(description="结论是否翻转")
    findings_gone: list[str] = Field(description="不再有的意见（代码）")
    findings_new: list[str] = Field(description="新出现的意见（代码）")
    rules_before: str = Field(description="当时的规则版本")
    carried_over: list[str] = Field(description="不能重做、沿用当时结论的检查")


class ReplaysAnswer(Answered):
    """What would flip."""

    said: ClassVar[str] = "按现行规则重判的结果；默认只列结论翻转的。"
    judged: int = Field(description="重判了多少次把关")
    replays: list[ReplayRow] = Field(description="重判的结果")
    more: bool = Field(description="是否还有没列出的")
