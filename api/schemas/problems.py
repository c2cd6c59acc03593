"""Problem details (RFC 9457) as every refusal bears them."""

from typing import ClassVar

from pydantic import Field

from api.schemas.rows import FindingRow
from api.schemas.shape import Answered


class MisputField(Answered):
    """One field that was put wrongly."""

    said: ClassVar[str] = "写法不对的一个字段。"
    field: str = Field(description="字段的位置，如 body.attribute、query.limit", examples=["body.attribute"])
    message: str = Field(description="怎么改", examples=["必须填写。"])


class Problem(Answered):
    """Why a request was refused."""

    said: ClassVar[str] = "没有办成的原因（RFC 9457）：code 固定，供程序判别；detail 给人看。"
    type: str = Field(description="问题的种类", examples=["urn:attrtrack:unknown-record"])
    title: str = Field(description="概括", examples=["没有找到"])
    status: int = Field(description="HTTP 状态码", examples=[404])
    detail: str = Field(description="给办文人员看的一句话，说明怎么办")
    code: str = Field(description="固定代码", examples=["unknown-record"])
    fields: list[MisputField] | None = Field(None, description="写法不对的字段（code 为 usage 时）")
    findings: list[FindingRow] | None = Field(None, description="把关意见（code 为 gate-refused 时）")
