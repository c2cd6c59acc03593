"""What is asked and answered about interpretations and their links."""

from typing import ClassVar, Literal

from pydantic import Field

from api.schemas.rows import InterpretationRow, LinkRow
from api.schemas.shape import Answered, Asked

_DAY = r"^\d{4}-\d{2}-\d{2}$"


class GivenInterpretation(Asked):
    """An interpretation to be recorded."""

    said: ClassVar[str] = "要登记的一件解读；标题和地址至少有一项，形式和渠道由系统识别。"
    title: str | None = Field(None, max_length=1000, description="标题", examples=["一图读懂农村饮水管理办法"])
    url: str | None = Field(None, max_length=2000, description="地址（http 或 https）")
    published: str | None = Field(None, pattern=_DAY, description="发布日期", examples=["2023-06-01"])
    publisher: str | None = Field(None, max_length=500, description="发布者")
    text: str | None = Field(None, max_length=2_000_000, description="正文")


class InterpretationsAnswer(Answered):
    """A part of the interpretations."""

    said: ClassVar[str] = "解读列表的一页，按登记先后。"
    interpretations: list[InterpretationRow] = Field(description="解读")
    next: str | None = Field(description="下一页的 cursor；最后一页为空")


class RecordedInterpretationAnswer(Answered):
    """What became of an interpretation that was to be recorded."""

    said: ClassVar[str] = (
        "登记的结果：imported 新登记，updated 补全了已有的，unchanged 已有且无新内容，document-page 是公文的公开页面、读取了页面的链接。"
    )
    outcome: Literal["imported", "updated", "unchanged", "document-page"] = Field(description="结果")
    interpretation: InterpretationRow | None = Field(description="解读；网页是公文的公开页面时为空")
    documents: list[str] = Field(default_factory=list, description="以这个网页为公开页面的公文")


class LinkActRow(Answered):
    """What a person did with an interpretation."""

    said: ClassVar[str] = "一次人工判定或撤销。"
    number: int = Field(description="序号")
    act: str = Field(description="choose 判定，also 另判定，reject 否定，none 都不是，undo 撤销，ledger 台账载明")
    documents: dict[str, str | None] = Field(description="各公文的判定；撤回为空")
    by: str = Field(description="谁")
    at: str = Field(description="何时")
    undoes: int | None = Field(description="撤销的是第几号")


class StandingAnswer(Answered):
    """How an interpretation stands."""

    said: ClassVar[str] = "一件解读与公文的关联现状，以及历次判定。"
    interpretation_id: str = Field(description="解读编号")
    interpretation: InterpretationRow = Field(description="解读")
    links: list[LinkRow] = Field(description="各关联，把握大的在前")
    acts: list[LinkActRow] = Field(description="历次判定，先后为序")
    changed: bool = Field(description="这次办理是否改变了什么")
    version: str | None = Field(None, description="版本，即 ETag；办理之后见答复头")


class WaitingRow(Answered):
    """An interpretation that waits for a person."""

    said: ClassVar[str] = "一件待人判定的解读和系统建议的公文。"
    interpretation: InterpretationRow = Field(description="解读")
    links: list[LinkRow] = Field(description="建议的公文，把握大的在前")


class WaitingAnswer(Answered):
    """A part of those that wait."""

    said: ClassVar[str] = "待人判定的解读，按登记先后。"
    waiting: list[WaitingRow] = Field(description="待判定的解读")
    next: str | None = Field(description="下一页的 cursor；最后一页为空")


class Judged(Asked):
    """A person's act on an interpretation."""

    said: ClassVar[str] = "对一件解读的判定。"
    act: Literal["choose", "also", "reject", "none", "undo"] = Field(
        description="choose 就是这份，also 还有这份，reject 不是这份，none 都不是，undo 撤销上一次"
    )
    document_id: str | None = Field(None, max_length=20, description="公文编号；none 和 undo 不写", examples=["D12"])
