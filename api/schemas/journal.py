"""What is asked and answered about the journal."""

from typing import ClassVar

from pydantic import Field

from api.schemas.shape import Answered, Asked


class EntryRow(Answered):
    """One entry."""

    said: ClassVar[str] = "审计日志的一条；各条以摘要首尾相接。"
    sequence: int = Field(description="序号")
    at: str = Field(description="时间（UTC）")
    actor: str = Field(description="谁")
    origin: str | None = Field(description="从哪里")
    action: str = Field(description="做什么")
    subject: str = Field(description="对哪条记录")
    outcome: str = Field(description="done 成功，refused 被拒")
    detail: str = Field(description="细节（JSON 原文，即参与摘要的文字）")
    previous_hash: str = Field(description="前一条的摘要")
    hash: str = Field(description="本条的摘要")


class JournalAnswer(Answered):
    """A part of the journal."""

    said: ClassVar[str] = "审计日志的一页，按先后。"
    entries: list[EntryRow] = Field(description="各条")
    next: str | None = Field(description="下一页的 cursor；最后一页为空")


class CheckpointRow(Answered):
    """The end of the journal as it stands."""

    said: ClassVar[str] = "审计日志的检查点：请存到本系统以外，日后据以核对。"
    attrtrack: str = Field(description="固定为 checkpoint")
    of_register: str = Field(alias="register", description="登记库标识")
    sequence: int = Field(description="末条的序号")
    hash: str = Field(description="末条的摘要")
    at: str = Field(description="末条的时间（UTC）")
    algorithm: str = Field(description="摘要算法")
    counts: dict[str, int] = Field(description="各表行数")


class KeptCheckpoint(Asked):
    """A checkpoint that was kept outside."""

    said: ClassVar[str] = "以前留存的检查点，原样写入。"
    attrtrack: str = Field("checkpoint", pattern="^checkpoint$", description="固定为 checkpoint")
    of_register: str = Field(alias="register", pattern="^[0-9a-f]{64}$", description="登记库标识")
    sequence: int = Field(ge=1, le=10**15, description="末条的序号")
    hash: str = Field(pattern="^[0-9a-f]{64}$", description="末条的摘要")
    at: str = Field(max_length=40, description="末条的时间（UTC）")
    algorithm: str = Field(max_length=20, description="摘要算法")
    counts: dict[str, int] = Field(default={}, max_length=100, description="各表行数")


class Verification(Asked):
    """What is to be proved."""

    said: ClassVar[str] = "核对审计日志；给出检查点的，一并核对截至检查点的日志没有被改写。"
    checkpoint: KeptCheckpoint | None = Field(None, description="以前留存的检查点")


class DoubtRow(Answered):
    """A row that does not agree with the journal."""

    said: ClassVar[str] = "与日志不符的一行登记。"
    row: str = Field(description="表和编号")
    doubt: str = Field(description="altered 内容不符，unrecorded 日志中没有，lost 登记中已不见")


class ProofAnswer(Answered):
    """What was found."""

    said: ClassVar[str] = "核对的结果。"
    ok: bool = Field(description="日志首尾相接、与检查点和登记一致")
    entries: int = Field(description="核对了几条")
    rows: int = Field(description="核对了几行登记")
    first_bad: int | None = Field(description="从第几条起断开；没有断开为空")
    checkpoint_fault: str | None = Field(description="与检查点怎么不符；相符或没有给出为空")
    doubts: int = Field(description="几行登记与日志不符")
    doubtful: list[DoubtRow] = Field(description="其中的前若干行")
    outside: int = Field(description="几条是在本系统以外写入的")
