"""The commands of accounts, units and API tokens."""

from attrtrack.cli.command import Command
from attrtrack.cli.command import arg as _arg

_USER_ACTS = (
    "add", "list", "close", "lock", "unlock", "rename", "sign-out", "password", "grant", "revoke", "place", "assign", "bind",
)  # fmt: skip
_UNIT_ACTS = ("add", "list", "close", "move")
_TOKEN_ACTS = ("add", "list", "revoke")

ACCOUNTS: tuple[Command, ...] = (
    Command(
        "user",
        "账号：建立、停用、角色、口令",
        "没有账号时，登记库只凭名字办理（单人使用）。建立第一个账号以后，每个命令都要用 --as 写明在用账号的登录名。\n"
        "第一个账号必须是系统管理员，由它建立安全管理员；以后系统管理员建账号、重置口令，安全管理员授予和收回角色、划定能看哪些单位，"
        "审计管理员看日志：三者互不兼任，也不兼任办文角色。\n"
        "add 建立，close 停用（登录名不再给别人），lock 锁定（不能再登录），unlock 解除锁定，rename 改姓名，"
        "sign-out 退出在各处的登录，password 重置口令（本人则是修改），grant、revoke 授予、收回角色，"
        "place 调整单位，assign 给考核人员分配单位，bind 绑定统一身份认证的身份。\n"
        "口令要输入两遍，不回显，不能写在命令里；程序可用 --password-stdin 从标准输入给一行（本人修改时先旧后新，两行）。\n"
        "管理员账号都无法使用时，在数据库所在的机器上用 add --recover 另建一个系统管理员；这件事会醒目地记入审计日志。",
        "attrtrack.cli.users:user",
        (
            "attrtrack user add admin --role system_administrator",
            "attrtrack user add anquan --role 安全管理员 --as admin",
            "attrtrack user add liming --name 李明 --unit 某某局 --as admin",
            "attrtrack user grant liming --role drafter --as anquan",
            "attrtrack user list --as admin --json",
        ),
        (
            _arg("act", choices=_USER_ACTS, metavar="办什么", help="、".join(_USER_ACTS)),
            _arg("login", nargs="?", metavar="登录名", help="哪个账号；list 不用写"),
            _arg("--name", metavar="姓名", help="显示的姓名，缺省用登录名"),
            _arg("--unit", metavar="单位", help="所属单位；assign 时是所考核的单位"),
            _arg("--role", action="append", metavar="角色", help="角色代码或中文，如 drafter、签发人；add 时可写多次"),
            _arg("--password-stdin", action="store_true", help="从标准输入读口令"),
            _arg("--no-password", action="store_true", help="不设口令（只用统一身份认证，或只在命令行办理）"),
            _arg("--recover", action="store_true", help="管理员都无法使用时另建系统管理员，醒目记入日志"),
            _arg("--issuer", metavar="网址", help="bind：身份认证系统的地址（issuer）"),
            _arg("--subject", metavar="编号", help="bind：该系统里这个人的编号（subject）"),
            _arg("--remove", action="store_true", help="assign、bind：取消"),
        ),
    ),
    Command(
        "unit",
        "单位：上下级和撤销",
        "单位看得到自己和下级的公文，上级看得到下级的；--top 是最高单位，看得到全部，包括没有写单位的。\n"
        "单位名称要与公文登记的单位一致，建立后不改名；撤销前先停用其账号、移走下级，公文仍由上级看得到。",
        "attrtrack.cli.units:unit",
        (
            "attrtrack unit add 某某市 --top --as admin",
            "attrtrack unit add 某某局 --parent 某某市 --as admin",
            "attrtrack unit move 某某科 --parent 某某局 --as anquan",
            "attrtrack unit list --as admin",
        ),
        (
            _arg("act", choices=_UNIT_ACTS, metavar="办什么", help="、".join(_UNIT_ACTS)),
            _arg("name", nargs="?", metavar="单位", help="单位名称；list 不用写"),
            _arg("--parent", metavar="上级", help="上级单位；move 时不写则没有上级"),
            _arg("--top", action="store_true", help="最高单位，只能有一个"),
        ),
    ),
    Command(
        "token",
        "接口令牌：给程序（如 OA）用",
        "令牌代表建立它的账号，只能由本人建立；范围不超过账号自己的权限，期限最长一年。令牌只显示这一次，登记库里只有摘要；"
        "丢失就撤销，另建一个。请给 OA 单独建账号。\n"
        "程序在请求里写 Authorization: Bearer 令牌。",
        "attrtrack.cli.tokens:token",
        (
            "attrtrack token add 办公系统 --scope use-gate --scope read --days 180 --as oa",
            "attrtrack token list --as oa",
            "attrtrack token revoke T3 --as admin",
        ),
        (
            _arg("act", choices=_TOKEN_ACTS, metavar="办什么", help="、".join(_TOKEN_ACTS)),
            _arg("name", nargs="?", metavar="名称或编号", help="add：给令牌起的名称；revoke：编号，如 T3"),
            _arg("--scope", action="append", metavar="范围", help="允许做什么，如 read、use-gate；可写多次"),
            _arg("--days", type="int", metavar="天", help="几天后到期，1 到 365"),
            _arg("--all", action="store_true", help="list：列出所有账号的令牌（管理员）"),
        ),
    ),
)
