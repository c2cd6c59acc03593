"""What the year at a glance, the worklist and the measures answer."""

from typing import ClassVar

from pydantic import Field

from api.schemas.rows import FindingRow, MeasureRow
from api.schemas.shape import Answered


class Counts(Answered):
    """Documents by urgency, and how many of all belong to invented samples."""

    said: ClassVar[str] = "公文份数，按轻重缓急分。"
    documents: int = Field(description="全部")
    refused: int = Field(description="签发受阻")
    check: int = Field(description="需要核对")
    done: int = Field(description="已办妥")
    invented: int = Field(description="其中属于虚构示例的")


class CountedMeasure(MeasureRow):
    """A measure with counts only."""

    said: ClassVar[str] = "一项指标，只有数目；名单见 /measures?rows=true。"


class OverviewAnswer(Answered):
    """The year at a glance."""

    said: ClassVar[str] = "一个年度的概况。"
    year: int | None = Field(description="年度；全部为空")
    unit: str | None = Field(description="单位；全部为空")
    years: list[int] = Field(description="登记中有哪些年度")
    units: list[str] = Field(description="登记中有哪些单位")
    counts: Counts = Field(description="份数")
    measures: list[CountedMeasure] = Field(description="各项指标")
    sample_notice: str | None = Field(description="登记中有虚构示例时的提醒")
    rules_version: str = Field(description="规则版本")
    model_version: str | None = Field(description="模型版本")


class MeasuresAnswer(Answered):
    """Every measure of a year and unit."""

    said: ClassVar[str] = "一个年度和单位的各项指标。"
    year: int | None = Field(description="年度；全部为空")
    unit: str | None = Field(description="单位；全部为空")
    measures: list[MeasureRow] = Field(description="各项指标；rows=true 时分子、分母各带编号名单")


class WorklistItem(Answered):
    """A document of the worklist, with what makes it urgent."""

    said: ClassVar[str] = "待办清单中的一份公文，以及为什么要办。"
    id: str = Field(description="登记编号")
    title: str | None = Field(description="标题")
    doc_number: str | None = Field(description="发文字号")
    state: str = Field(description="办理状态")
    attribute: str | None = Field(description="现行属性")
    urgency: str = Field(description="refused 签发受阻，check 需要核对，done 已办妥")
    reasons: list[str] = Field(description="为什么排在这里")
    findings: list[FindingRow] = Field(description="最近一次把关意见")
    interpretations: int = Field(description="已确认的解读件数")
    pending_links: int = Field(description="待判定的关联")
    invented: bool = Field(description="是否属于虚构示例")


class WorklistAnswer(Answered):
    """A part of the worklist, most urgent first."""

    said: ClassVar[str] = "待办清单的一页，最急的在前。"
    total: int = Field(description="共有几份")
    documents: list[WorklistItem] = Field(description="公文")
    next: str | None = Field(description="下一页的 cursor；最后一页为空")
