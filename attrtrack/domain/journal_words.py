"""What the journal says, in the words of people: its codes are English and for ever, its readers are officials.

Decision: a code without a word is shown as it is, so that an entry of a later or earlier program can still be read; that
every code which this program can write has its word is what a test tries.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator

from attrtrack.domain.access import Right, Role
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.jobs import JobKind, JobState
from attrtrack.domain.precedents import Source, Standing
from attrtrack.domain.reviews import SecrecyResult

ACTIONS = {
    "record": "登记",
    "replace-facts": "改写要素",
    "set-state": "改变状态",
    "renew-need": "重算是否需要解读",
    "remove": "移除一行",
    "remove-classified": "移除涉密文件",
    "change": "改动",
    "propose": "提出建议",
    "declare": "认定属性",
    "evaluate": "把关核对",
    "gate": "把关接口",
    "review": "审核",
    "review-secrecy": "保密审查",
    "opinion": "登记联合发文单位意见",
    "sign": "签发",
    "decide": "审定",
    "end-decision": "终止审定",
    "publish": "登记公开",
    "withdraw": "撤回公文",
    "reexamine": "复查",
    "correct": "考核更正",
    "withdraw-correction": "撤回考核更正",
    "teach": "收为先例",
    "end-precedent": "终止先例",
    "resolve-precedent": "处理先例冲突",
    "propose-link": "提出解读关联",
    "set-link": "改定解读关联",
    "drop-link": "撤去解读关联",
    "set-signs": "改定解读形式和渠道",
    "judge-link": "判断解读关联",
    "judge-link-too": "一并判断解读关联",
    "decide-need": "认定是否需要解读",
    "undo-need": "撤回是否需要解读的认定",
    "decide-grade": "审定等次",
    "take-grade-back": "收回等次",
    "set-visit": "定实地考核日期",
    "finish-task": "办结考核任务",
    "reopen-task": "重开考核任务",
    "cut": "删减",
    "take-cut-back": "收回删减",
    "keep-original": "保存原件",
    "keep-public": "保存公开版本",
    "read-links": "读取页面链接",
    "set-switch": "设定把关开关",
    "set-journal-hash": "更换日志摘要算法",
    "add-unit": "增加单位",
    "move-unit": "调整上级单位",
    "close-unit": "撤销单位",
    "change-unit": "改动单位",
    "add-user": "增加账号",
    "change-user": "改动账号",
    "place-user": "调整所属单位",
    "close-user": "停用账号",
    "set-password": "设定口令",
    "count-failures": "累计口令错误",
    "lock-user": "锁定账号",
    "unlock-user": "解除锁定",
    "grant-role": "授予角色",
    "revoke-role": "收回角色",
    "assign-unit": "指定考核单位",
    "unassign-unit": "取消考核单位",
    "bind-identity": "绑定身份",
    "unbind-identity": "解除身份绑定",
    "add-token": "建立接口令牌",
    "revoke-token": "撤销接口令牌",
    "open-session": "开始会话",
    "end-session": "结束会话",
    "sign-in": "登录",
    "sign-out": "退出",
    "refuse-access": "越权被拒",
    "recover": "应急另建系统管理员",
    "start-job": "开始批量任务",
    "hand-in": "提交任务文件",
    "change-job": "改动批量任务",
    "cancel-job": "要求取消批量任务",
    "end-job": "批量任务结束",
    "backup": "备份",
    "restore": "由备份恢复",
    "copy": "复制登记库",
    "replace-model": "更换模型",
    "restore-model": "换回以前的模型",
}
"""Every act that can be journalled, by code."""

OUTCOMES = {"done": "成功", "refused": "被拒"}
_NOBODY = "—"
_OUTSIDE = "outside:"
_SUBJECTS = {"D": "公文", "I": "解读", "J": "任务"}
_NAMED = {"user": "账号", "unit": "单位", "token": "接口令牌", "grade": "考核单位"}
_ORIGINS = {"cli": "服务器命令", "system": "系统自动", "web": "网页", "job": "批量任务"}

TABLES = {
    "documents": "公文",
    "proposals": "建议",
    "declarations": "认定",
    "decisions": "审定",
    "evaluations": "把关核对",
    "publications": "公开记录",
    "interpretations": "解读",
    "links": "解读关联",
    "judgements": "解读判断",
    "removals": "移除记录",
    "gate_switches": "把关开关",
    "corrections": "考核更正",
    "precedents": "先例",
    "need_decisions": "是否需要解读的认定",
    "reviews": "审核",
    "secrecy_reviews": "保密审查",
    "opinions": "联合发文单位意见",
    "withdrawals": "撤回记录",
    "reexaminations": "复查",
    "journal_algorithms": "日志摘要算法",
    "units": "单位",
    "accounts": "账号",
    "role_grants": "角色授予",
    "assessed_units": "考核单位",
    "sessions": "会话",
    "api_tokens": "接口令牌",
    "identities": "身份绑定",
    "jobs": "批量任务",
    "job_files": "任务文件",
    "cuts": "删减",
    "kept_files": "留存文件",
    "page_links": "页面链接",
    "grade_decisions": "等次审定",
    "assessment_acts": "考核任务",
}
"""The tables whose rows the journal vouches for, by name."""

_KEYS = {
    "from": "原为",
    "to": "改为",
    "state": "状态",
    "declared_attribute": "来文属性",
    "attribute": "公开属性",
    "abstained": "交人工",
    "decided_by": "审定人",
    "judged_by": "判断人",
    "outcome": "结论",
    "gravest": "最重的问题",
    "published": "公开日期",
    "judgement": "判断",
    "document_id": "公文",
    "rule": "规则",
    "source": "来源",
    "standing": "先例状态",
    "needed": "需要解读",
    "result": "结果",
    "personal_data_cleared": "个人信息已核",
    "unit": "单位",
    "due": "复查期限",
    "top": "最高单位",
    "must_change": "下次登录须改口令",
    "failures": "连续错误次数",
    "locked_until": "锁定到",
    "role": "角色",
    "expires_at": "到期",
    "issuer": "签发方",
    "kind": "种类",
    "act": "环节",
    "size": "字节数",
    "right": "所缺权限",
    "findings": "问题",
    "forms": "解读形式",
    "channels": "解读渠道",
    "why": "原因",
    "by": "方式",
    "model": "模型",
    "previous": "原模型",
    "documents": "公文份数",
    "rows": "行数",
    "year": "年度",
    "scheme": "细则",
    "proposed": "建议等次",
    "grade": "审定等次",
    "mend_by": "整改期限",
    "visit_on": "实地考核日期",
    "notify_by": "最迟通知日",
    "rules_version": "规则版本",
    "model_version": "模型版本",
}
"""Keys of an entry's detail that people read; row names, digests and inner numbers stay in the export."""

_VALUES: dict[str, dict[str, str]] = {
    "attribute": {item.value: item.chinese for item in DisclosureAttribute},
    "declared_attribute": {item.value: item.chinese for item in DisclosureAttribute},
    "state": {**{item.value: item.chinese for item in State}, **{item.value: item.chinese for item in JobState}},
    "role": {item.value: item.chinese for item in Role},
    "standing": {item.value: item.chinese for item in Standing},
    "source": {item.value: item.chinese for item in Source},
    "kind": {
        **{item.value: item.chinese for item in JobKind},
        "choose": "选定",
        "also": "一并",
        "reject": "否定",
        "none": "都不是",
        "undo": "收回",
        "ledger": "台账所载",
        "former": "以前的判断",
        "original": "原件",
        "public": "公开版本",
    },
    "result": {
        "agree": "同意",
        "disagree": "不同意",
        "return": "退回",
        "dispute": "有不同意见",
        "retract": "收回",
        **{item.value: item.chinese for item in SecrecyResult},
    },
    "outcome": {"passed": "通过", "refused": "被拒", "blocked": "被拒"},
    "gravest": {"block": "阻止", "flag": "提示", "note": "说明"},
    "act": {name: ACTIONS[name] for name in ("record", "declare", "review", "sign", "publish", "gate")}
    | {"keep": "维持", "change": "改变"},
    "judgement": {"pending": "待判断", "confirmed": "已确认", "rejected": "已否定", "auto": "自动关联"},
    "why": {"password": "口令不对", "locked": "账号被锁定", "closed": "账号已停用", "unbound": "身份没有绑定账号"},
    "by": {"user": "本人退出", "time": "超时", "password": "口令", "identity": "统一身份认证"},
}
_MOVED = {**_VALUES["state"], **_VALUES["standing"], **_VALUES["judgement"]}


def action_words(code: str) -> str:
    """Say what was done; a code that this program does not know is shown as it is."""
    return ACTIONS.get(code, code)


def outcome_words(code: str) -> str:
    """Say how it ended."""
    return OUTCOMES.get(code, code)


def subject_words(subject: str) -> str:
    """Say what an entry is about: `D12`, `user:zhang`, `GET /documents`, the code of a switch."""
    kind, _, name = subject.partition(":")
    if kind in _NAMED and name:
        return f"{_NAMED[kind]} {name}"
    if subject[:1] in _SUBJECTS and subject[1:].isdecimal():
        return f"{_SUBJECTS[subject[0]]} {subject}"
    return _NOBODY if subject in {"", "-"} else subject


def subject_code(typed: str) -> str:
    """Return the code of what somebody types to find its entries: `D12`, `公文 D12`, `账号 zhang`, or a code as it is."""
    word, _, name = typed.strip().partition(" ")
    for code, chinese in _NAMED.items():
        if word == chinese and name.strip():
            return f"{code}:{name.strip()}"
    bare = name.strip() if word in _SUBJECTS.values() else typed.strip()
    return bare.upper() if bare[:1].upper() in _SUBJECTS and bare[1:].isdecimal() else bare


def row_words(row: str) -> str:
    """Say which row of the register is meant: `decisions/5` is 审定第 5 行; a table without a word is shown as it is."""
    table, _, key = row.partition("/")
    return f"{TABLES.get(table, table)}第 {key} 行"


def actor_words(actor: str) -> str:
    """Say who acted; what no program of this register wrote is said to have come from outside."""
    if actor.startswith(_OUTSIDE):
        return f"系统以外（{actor.removeprefix(_OUTSIDE)}）"
    return {"system": "系统", "-": "尚未登录"}.get(actor, actor)


def origin_words(origin: str | None) -> str:
    """Say from where: the console, a page with its address, a job; nothing where the register did not keep it yet."""
    kind, _, rest = (origin or "").partition(" ")
    return " ".join(part for part in (_ORIGINS.get(kind, kind), rest) if part)


def detail_words(detail: str) -> tuple[str, ...]:
    """Say what people need of an entry's detail, as `公开属性：主动公开`; nothing where it holds numbers for programs only."""
    try:
        told = json.loads(detail)
    except ValueError:
        return ()
    return tuple(_said(told)) if isinstance(told, dict) else ()


def _said(told: dict[str, object]) -> Iterator[str]:
    for key, value in told.items():
        if key in _KEYS and value is not None and value != []:
            yield f"{_KEYS[key]}：{_value(key, value)}"


def _value(key: str, value: object) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    if key in _PRINTED:
        return _PRINTED[key](str(value))
    if value in (True, 1) and key in _TRUTHS:
        return "是"
    if value in (False, 0) and key in _TRUTHS:
        return "否"
    known = _MOVED if key in {"from", "to"} else _VALUES.get(key, {})
    return known.get(str(value), str(value))


def _moment(text: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.year == dt.MAXYEAR:
        return "管理员解除为止"
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)
    return f"{aware.astimezone():%Y-%m-%d %H:%M}"


def _right(code: str) -> str:
    return Right(code).chinese if code in {right.value for right in Right} else code


_PRINTED: dict[str, Callable[[str], str]] = {
    "document_id": lambda key: f"D{key}",
    "right": lambda codes: "、".join(map(_right, codes.split(","))),
    "locked_until": _moment,
    "expires_at": _moment,
}
_TRUTHS = frozenset({"abstained", "needed", "personal_data_cleared", "top", "must_change"})
