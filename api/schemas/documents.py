"""What is asked and answered about documents."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from api.schemas.rows import DocumentRow, FindingRow, InterpretationRow, PrecedentRow, ProposalRow
from api.schemas.shape import Answered, Asked

_LONGEST_TEXT = 2_000_000
_TITLE = "关于印发农村饮水管理办法的通知"


class GivenText(Asked):
    """A document given as text; what is stated goes before what the text shows."""

    said: ClassVar[str] = "以文字给出的一份公文；写明的要素优先于正文中认出的，标题和正文至少有一项。"
    title: str | None = Field(None, max_length=1000, description="标题", examples=[_TITLE])
    text: str | None = Field(None, max_length=_LONGEST_TEXT, description="正文", examples=["各乡镇人民政府：……"])
    doc_number: str | None = Field(None, max_length=200, description="发文字号", examples=["云政发〔2023〕1号"])
    genre: str | None = Field(None, max_length=10, description="文种，如 通知、函", examples=["通知"])
    issuer: str | None = Field(None, max_length=500, description="发文机关；联合发文以空格分开")
    addressee: str | None = Field(None, max_length=500, description="主送机关")
    date: str | None = Field(None, max_length=40, description="成文日期", examples=["2023-05-18"])


class ListedDocument(Answered):
    """A document of a list."""

    said: ClassVar[str] = "列表中的一份公文。"
    id: str = Field(description="登记编号", examples=["D12"])
    title: str | None = Field(description="标题")
    doc_number: str | None = Field(description="发文字号")
    unit: str | None = Field(description="单位")
    year: int | None = Field(description="年度")
    state: str = Field(description="办理状态")
    attribute: str | None = Field(description="现行属性")
    findings: list[FindingRow] = Field(description="最近一次把关意见")


class DocumentsAnswer(Answered):
    """A part of the documents, newest entry first."""

    said: ClassVar[str] = "公文列表的一页，后登记的在前。"
    documents: list[ListedDocument] = Field(description="公文")
    next: str | None = Field(description="下一页的 cursor；最后一页为空")


class LinkedInterpretationRow(InterpretationRow):
    """An interpretation of a document and the judgement on the pair."""

    said: ClassVar[str] = "一件解读及其与本公文的关联。"
    judgement: str = Field(description="confirmed 确认，auto 自动，pending 待判定")


class DocumentAnswer(Answered):
    """One document with its findings, proposal and interpretations."""

    said: ClassVar[str] = "一份公文：登记情况、把关意见、建议和解读；正文不在其中。"
    document: DocumentRow = Field(description="公文")
    findings: list[FindingRow] = Field(description="最近一次把关意见")
    proposal: ProposalRow | None = Field(description="最近一次建议")
    precedent: PrecedentRow | None = Field(description="作为先例的情况")
    interpretations: list[LinkedInterpretationRow] = Field(description="解读")
    invented: bool = Field(description="是否属于虚构示例")
    version: str = Field(description="版本，即 ETag；办理时放在 If-Match 中带回", examples=['"v42"'])


class RecordedAnswer(Answered):
    """What became of a document that was to be recorded."""

    said: ClassVar[str] = "登记的结果；内容相同的以前登记过，则给出原来的一份。"
    document: DocumentRow = Field(description="公文")
    already: bool = Field(description="是否以前就登记过")
    findings: list[FindingRow] = Field(description="登记时发现的问题")
    proposal: ProposalRow | None = Field(description="登记时作出的建议；以前登记过的为空")


class DoneAnswer(Answered):
    """How a document stands after an act."""

    said: ClassVar[str] = "办理之后公文的情况和把关意见。"
    document: DocumentRow = Field(description="公文")
    findings: list[FindingRow] = Field(description="把关意见：没有阻止办理，但要留意")


class Declared(Asked):
    """What the drafter declares."""

    said: ClassVar[str] = "起草部门的认定：属性，不是主动公开的还要写理由。"
    attribute: str = Field(
        max_length=40, description="proactive、on_request、withheld，也可写中文", examples=["on_request"]
    )
    reason: str | None = Field(None, max_length=2000, description="理由：代码或文字", examples=["R16-2c"])
    because: str | None = Field(None, max_length=2000, description="变更已审定的属性时，写明为什么变更")


class Published(Asked):
    """Where and when a document was published."""

    said: ClassVar[str] = "公开发布的情况。"
    url: str = Field(
        max_length=2000, description="公开地址（http 或 https）", examples=["https://www.example.gov.cn/1"]
    )
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="公开日期", examples=["2023-06-01"])
    channel: str = Field(max_length=100, description="渠道代码或名称", examples=["government-website"])

    @property
    def day(self) -> dt.date | None:
        """The date; None when the calendar has no such day."""
        try:
            return dt.date.fromisoformat(self.date)
        except ValueError:
            return None
