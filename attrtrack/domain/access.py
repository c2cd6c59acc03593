"""Who acts on the register, from where, and what they may do: roles, rights, and the units whose documents they see.

Decision: rights belong to roles, roles to accounts; what an account sees is a set of units (its own with all below it, or
those it assesses). Nothing is permitted that is not written in the table, and no administrator reads a document.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.errors import NotPermittedError, UnknownRecordError


class Role(StrEnum):
    """What somebody is in the register; one person may hold several, but the three administrators stay apart."""

    DRAFTER = "drafter"
    OFFICE = "office"
    SIGNATORY = "signatory"
    ASSESSOR = "assessor"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"

    @property
    def chinese(self) -> str:
        """The word that officials use."""
        return _ROLE_NAMES[self]


_ROLE_NAMES = {
    Role.DRAFTER: "拟稿人",
    Role.OFFICE: "办公室审核人",
    Role.SIGNATORY: "签发人",
    Role.ASSESSOR: "考核人员",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.AUDIT_ADMINISTRATOR: "审计管理员",
}


class Right(StrEnum):
    """One kind of act or reading that the register permits or refuses."""

    READ = "read"
    RECORD = "record"
    DECLARE = "declare"
    WITHDRAW = "withdraw"
    REVIEW = "review"
    REVIEW_SECRECY = "review-secrecy"
    SIGN = "sign"
    PUBLISH = "publish"
    REEXAMINE = "reexamine"
    JUDGE_LINKS = "judge-links"
    DECIDE_NEEDS = "decide-needs"
    IMPORT = "import"
    CORRECT = "correct"
    DECIDE_GRADES = "decide-grades"
    RESOLVE_PRECEDENTS = "resolve-precedents"
    MEASURE = "measure"
    EXPORT = "export"
    USE_GATE = "use-gate"
    RUN_JOBS = "run-jobs"
    MANAGE_ACCOUNTS = "manage-accounts"
    MANAGE_ROLES = "manage-roles"
    MANAGE_SYSTEM = "manage-system"
    READ_JOURNAL = "read-journal"

    @property
    def chinese(self) -> str:
        """The act as officials call it."""
        return _RIGHT_NAMES[self]


_RIGHT_NAMES = {
    Right.READ: "查看公文",
    Right.RECORD: "登记公文",
    Right.DECLARE: "认定属性",
    Right.WITHDRAW: "撤回公文",
    Right.REVIEW: "审核",
    Right.REVIEW_SECRECY: "保密审查",
    Right.SIGN: "签发",
    Right.PUBLISH: "登记公开",
    Right.REEXAMINE: "复查",
    Right.JUDGE_LINKS: "判断解读关联",
    Right.DECIDE_NEEDS: "认定是否需要解读",
    Right.IMPORT: "导入台账",
    Right.CORRECT: "考核更正",
    Right.DECIDE_GRADES: "审定等次",
    Right.RESOLVE_PRECEDENTS: "处理先例冲突",
    Right.MEASURE: "查看指标",
    Right.EXPORT: "导出",
    Right.USE_GATE: "调用把关接口",
    Right.RUN_JOBS: "运行批量任务",
    Right.MANAGE_ACCOUNTS: "管理账号",
    Right.MANAGE_ROLES: "管理角色和授权",
    Right.MANAGE_SYSTEM: "管理系统",
    Right.READ_JOURNAL: "查看审计日志",
}

_READING = frozenset({Right.READ, Right.MEASURE, Right.EXPORT})
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.DRAFTER: _READING
    | {Right.RECORD, Right.DECLARE, Right.WITHDRAW, Right.PUBLISH, Right.JUDGE_LINKS, Right.USE_GATE},
    Role.OFFICE: _READING
    | {Right.RECORD, Right.REVIEW, Right.REVIEW_SECRECY, Right.PUBLISH, Right.REEXAMINE, Right.JUDGE_LINKS}
    | {Right.DECIDE_NEEDS, Right.IMPORT, Right.RESOLVE_PRECEDENTS, Right.USE_GATE, Right.RUN_JOBS},
    Role.SIGNATORY: _READING | {Right.SIGN, Right.REEXAMINE, Right.USE_GATE},
    Role.ASSESSOR: _READING | {Right.CORRECT, Right.DECIDE_GRADES},
    Role.SYSTEM_ADMINISTRATOR: frozenset({Right.MANAGE_ACCOUNTS, Right.MANAGE_SYSTEM}),
    Role.SECURITY_ADMINISTRATOR: frozenset({Right.MANAGE_ROLES}),
    Role.AUDIT_ADMINISTRATOR: frozenset({Right.READ_JOURNAL}),
}
"""What each role may do: 三员分立 (GB/T 22239-2019, 8.1.5): who makes accounts cannot grant rights, who grants them cannot read the log."""

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Access:
    """What one person may do, and on whose documents.

    `rights` None: the register knows no accounts yet and a name alone counts (a single desk). `units` holds the names of
    the units whose documents are seen, None all of them; a document without a unit is seen only where all are.
    `home` is the unit in whose name the person acts where none is stated. `must_change`: nothing is permitted because the
    password was given by somebody else, which a refusal then says.
    """

    rights: frozenset[Right] | None = None
    units: frozenset[str] | None = None
    home: str | None = None
    must_change: bool = False

    def may(self, right: Right) -> bool:
        """Whether the act is among the rights."""
        return self.rights is None or right in self.rights

    def sees(self, unit: str | None) -> bool:
        """Whether documents of this unit are seen."""
        return self.units is None or (unit is not None and unit in self.units)

    @property
    def whose(self) -> str:
        """Whose documents are seen where no unit is named, in the words of lists and pages."""
        if self.units is None:
            return "全部单位"
        return next(iter(self.units)) if len(self.units) == 1 else f"能查看的 {len(self.units)} 个单位"

    def ensure(self, right: Right) -> None:
        """Raise `NotPermittedError` when the act is not among the rights."""
        if self.must_change and not self.may(right):
            raise NotPermittedError(
                "口令是别人设的，本人改过才能办理：请在网页的“我的账号”中修改，或运行 attrtrack user password 登录名 --as 登录名。"
            )
        if not self.may(right):
            raise NotPermittedError(f"没有“{right.chinese}”的权限：请由有此权限的人办理，或联系安全管理员授权。")

    def ensure_sees(self, identifier: str, unit: str | None) -> None:
        """Raise `UnknownRecordError`, the same as for what is not there, when the record belongs to a unit out of sight."""
        if not self.sees(unit):
            raise UnknownRecordError(f"登记中没有编号为“{identifier[:20]}”的记录：请核对编号。")


OPEN = Access()
"""A register without accounts: the name alone counts."""
