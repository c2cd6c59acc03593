"""What is answered to a search."""

from typing import ClassVar, Literal

from pydantic import Field

from api.schemas.shape import Answered


class PassageRow(Answered):
    """Words with the places of what was searched for."""

    said: ClassVar[str] = "一段文字，以及检索词在其中的位置（从 0 起的字符位置，止于 end 之前）。"
    text: str = Field(description="文字；疑似个人信息以＊遮去，省略处为…")
    marks: list[tuple[int, int]] = Field(description="各处检索词的起止", examples=[[[2, 4]]])


class HitRow(Answered):
    """A record found."""

    said: ClassVar[str] = "检索到的一份公文或一件解读。"
    kind: Literal["document", "interpretation"] = Field(description="document 公文，interpretation 解读")
    id: str = Field(description="登记编号", examples=["D12"])
    title: PassageRow | None = Field(description="标题")
    doc_number: str | None = Field(description="发文字号")
    unit: str | None = Field(description="单位")
    department: str | None = Field(description="起草部门")
    year: int | None = Field(description="年度")
    date: str | None = Field(description="成文日期；解读为发布日期")
    state: str | None = Field(description="公文的办理状态")
    attribute: str | None = Field(description="公文的现行属性")
    url: str | None = Field(description="解读的地址")
    passage: PassageRow | None = Field(description="正文中检索词前后的文字；只在标题、文号或单位中时为正文开头")


class SearchAnswer(Answered):
    """A page of hits."""

    said: ClassVar[str] = "检索结果的一页，日期新的在前；每一条都含有每一个检索词。"
    hits: list[HitRow] = Field(description="检索到的")
    words: list[str] = Field(description="检索词，统一宽窄、繁简、括号和大小写之后")
    index: Literal["current", "behind", "partial"] = Field(
        description="current 已含全部登记；behind 最近的登记还没有编入；partial 正在编入，结果不全"
    )
    next: str | None = Field(description="下一页的 cursor；最后一页为空")
