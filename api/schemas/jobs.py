"""What is asked and answered about long work."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from api.schemas.shape import Answered, Asked


class JobAsked(Asked):
    """Long work over the register."""

    said: ClassVar[str] = "要办的批量任务；不写单位、年度为全部。"
    kind: Literal["re-propose", "re-link", "audit"] = Field(
        description="re-propose 按现行规则和模型重新提建议，re-link 重新找解读关联，audit 审查公开属性"
    )
    unit: str | None = Field(None, min_length=1, max_length=500, description="单位")
    year: int | None = Field(None, ge=1949, le=2100, description="年度")


class JobRow(Answered):
    """How a job stands."""

    said: ClassVar[str] = "一个批量任务的进度。"
    id: str = Field(description="任务编号", examples=["J3"])
    kind: str = Field(description="任务种类")
    state: str = Field(description="queued 排队，running 办理中，done 完成，failed 失败，cancelled 已取消")
    done: int = Field(description="已办多少")
    total: int | None = Field(description="共有多少；还没数完为空")
    message: str | None = Field(description="说明")
    started_by: str = Field(description="谁发起的")
    created_at: str = Field(description="发起时间")
    finished_at: str | None = Field(description="结束时间")
    result: dict[str, Any] | None = Field(description="结果")


class JobsAnswer(Answered):
    """The newest jobs."""

    said: ClassVar[str] = "批量任务，新的在前。"
    jobs: list[JobRow] = Field(description="任务")
