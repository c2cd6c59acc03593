"""The rows that every resource is made of, as `attrtrack.workflow.shapes` prints them."""

from typing import ClassVar

from pydantic import Field

from api.schemas.shape import Answered


class EvidenceRow(Answered):
    """A quotation and where it stands."""

    said: ClassVar[str] = "一处依据：所引原文及其位置。"
    quote: str = Field(description="所引文字")
    start: int | None = Field(description="在正文中的起始位置（按字计，从 0 起）；不在正文中为空")
    end: int | None = Field(description="结束位置（不含）")
    source: str = Field(description="谁提出的：规则、标注、模型或先例")


class FindingRow(Answered):
    """What the gate or a reader noticed."""

    said: ClassVar[str] = "一条把关意见。"
    code: str = Field(description="固定代码，供程序判别", examples=["reason-missing"])
    severity: str = Field(description="block 阻止签发，flag 需要核对，note 说明", examples=["block"])
    message: str = Field(description="给办文人员看的一句话", examples=["不予公开必须说明理由。"])
    evidence: list[EvidenceRow] = Field(description="依据的原文")


class VoiceRow(Answered):
    """One voice's opinion."""

    said: ClassVar[str] = "一方的意见：标注、规则、模型或先例。"
    voice: str = Field(description="mark 标注，rules 规则，model 模型，precedent 先例")
    attribute: str | None = Field(description="所主张的属性；没有意见为空")
    reason: str | None = Field(description="理由代码")
    probability: float | None = Field(description="把握（0—1）")


class LikelyReasonRow(Answered):
    """A reason code and how likely it is."""

    said: ClassVar[str] = "一个可能的理由及其把握。"
    code: str = Field(description="理由代码")
    probability: float | None = Field(description="把握（0—1）")


class ProposalRow(Answered):
    """What is proposed for a document."""

    said: ClassVar[str] = "公开属性的建议：各方意见合成一条，依据一并列出；不代替人的认定。"
    id: str = Field(description="公文编号，或请求中给的编号")
    attribute: str | None = Field(description="建议的属性：proactive、on_request、withheld")
    probability: float | None = Field(description="把握（0—1，经校准）")
    abstained: bool = Field(description="是否拿不准、请人判断")
    doubt: str | None = Field(description="疑点")
    reason: str | None = Field(description="建议的理由代码")
    reasons: list[LikelyReasonRow] = Field(description="可能的理由")
    evidence: list[EvidenceRow] = Field(description="依据的原文")
    voices: list[VoiceRow] = Field(description="各方意见，不一致的照实列出")
    findings: list[FindingRow] = Field(description="需要留意之处")
    rules_version: str = Field(description="规则版本")
    model_version: str | None = Field(description="模型版本；没有模型为空")


class PublicationRow(Answered):
    """Where and when a document was published."""

    said: ClassVar[str] = "一次公开发布。"
    url: str = Field(description="公开地址")
    date: str | None = Field(description="公开日期")
    channel: str | None = Field(description="公开渠道")


class CorrectionRow(Answered):
    """An assessor's word."""

    said: ClassVar[str] = "考核人员的更正：应为何种属性；不改动原来的认定和审定。"
    attribute: str = Field(description="应为的属性")
    reason: str | None = Field(description="理由")
    note: str | None = Field(description="说明")
    corrected_by: str = Field(description="更正人")
    corrected_at: str = Field(description="更正时间")


class DocumentRow(Answered):
    """The register's record of one document."""

    said: ClassVar[str] = "登记中的一份公文。"
    id: str = Field(description="登记编号", examples=["D12"])
    title: str | None = Field(description="标题")
    doc_number: str | None = Field(description="发文字号")
    genre: str | None = Field(description="文种")
    date: str | None = Field(description="成文日期")
    unit: str | None = Field(description="单位")
    file: str | None = Field(description="文件名")
    state: str = Field(description="办理状态", examples=["draft"])
    attribute: str | None = Field(description="现行属性：审定的，否则认定的，否则台账或文中写明的")
    reason: str | None = Field(description="理由")
    declared_by: str | None = Field(description="认定人")
    decided_by: str | None = Field(description="审定人")
    because: str | None = Field(description="为什么改变属性，或不采纳不同意见")
    decision_id: str | None = Field(description="审定所依据的把关编号")
    publications: list[PublicationRow] = Field(description="公开发布的记录")
    correction: CorrectionRow | None = Field(description="考核更正")


class InterpretationRow(Answered):
    """The register's record of one interpretation."""

    said: ClassVar[str] = "登记中的一件解读。"
    id: str = Field(description="登记编号", examples=["I7"])
    title: str | None = Field(description="标题")
    url: str | None = Field(description="地址")
    published: str | None = Field(description="发布日期")
    publisher: str | None = Field(description="发布者")
    forms: list[str] = Field(description="解读形式")
    channels: list[str] = Field(description="发布渠道")
    unit: str | None = Field(description="单位")
    year: int | None = Field(description="年度")


class PrecedentRow(Answered):
    """A decided document that teaches."""

    said: ClassVar[str] = "一份先例：已审定或经考核更正的公文，供以后的建议参照。"
    id: str = Field(description="公文编号")
    attribute: str = Field(description="属性")
    reason: str | None = Field(description="理由代码")
    standing: str = Field(description="是否在用、是否与规则冲突")


class MeasureRow(Answered):
    """One measure."""

    said: ClassVar[str] = "一项指标：分子、分母和排除各有名单，分母为零不算 0 也不算 100%。"
    code: str = Field(description="指标代码", examples=["interpretation-rate"])
    name: str = Field(description="指标名称")
    unit: str | None = Field(description="单位；全部为空")
    year: int | None = Field(description="年度；全部为空")
    reading: str = Field(description="document 按文件，interpretation 按解读")
    value: float | None = Field(description="现值（0—1）；无法计算为空")
    state: str = Field(description="defined 有值，undefined 分母为零，not_assessable 资料不足")
    target: float | None = Field(description="目标")
    range: list[float] | None = Field(description="待判定的关联全部判定后可能的范围")
    dictionary_version: str = Field(description="指标词典版本")
    rules_version: str = Field(description="规则版本")


class NeedRow(Answered):
    """Whether a document needs an interpretation."""

    said: ClassVar[str] = "一份公文是否应当解读：现行的结论、出自谁、规则的建议。"
    id: str = Field(description="公文编号")
    title: str | None = Field(description="标题")
    doc_number: str | None = Field(description="发文字号")
    unit: str | None = Field(description="单位")
    needed: bool | None = Field(description="是否应当解读；未定为空")
    source: str | None = Field(description="谁说的：person 人、ledger 台账，或规则代码")


class LinkRow(Answered):
    """One pair of an interpretation and a document."""

    said: ClassVar[str] = "一件解读与一份公文的关联及现有判定。"
    document_id: str = Field(description="公文编号")
    judgement: str = Field(description="confirmed 确认，rejected 否定，auto 自动，pending 待判定")
    probability: float | None = Field(description="把握（0—1）")
    evidence: list[EvidenceRow] = Field(description="依据")
    judged_by: str | None = Field(description="判定人")
