"""The grammar of the command line; its help teaches by example."""

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NoReturn

from attrtrack import __version__
from attrtrack.cli.catalogue import COMMANDS, Argument, Command
from attrtrack.cli.help_layout import ChineseHelp

_USAGE = "usage: "
_MOST = 64


class ChineseParser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and leaves with status 2 on wrong use."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and where help is."""
        self.exit(2, f"错误[usage] 命令写法不对：{_translated(message)}\n请运行 {self.prog} --help 查看用法和例子。\n")

    def format_help(self) -> str:
        """Format the help with Chinese headings."""
        text = super().format_help()
        for english, chinese in (
            (_USAGE, "用法: "),
            ("positional arguments:", "参数:"),
            ("options:", "选项:"),
            ("show this help message and exit", "显示帮助"),
            ("show program's version number and exit", "显示版本"),
        ):
            text = text.replace(english, chinese)
        return text


def _translated(message: str) -> str:
    for english, chinese in (
        ("the following arguments are required", "缺少"),
        ("unrecognized arguments", "不认识的参数"),
        ("invalid choice", "没有这个选择"),
        ("expected one argument", "后面要跟一个值"),
        ("expected at least one argument", "后面至少要跟一个值"),
        ("not allowed with argument", "不能同时用"),
        ("argument ", "参数 "),
        ("choose from", "可选"),
        ("invalid int value", "应为整数"),
        ("invalid a_count value", f"应为 1 到 {_MOST} 的整数"),
        ("invalid a_day value", "应为日期，如 2023-07-10"),
    ):
        message = message.replace(english, chinese)
    return message.replace(": ", "：")


def a_day(text: str) -> date:
    """Read an ISO date argument."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def a_count(text: str) -> int:
    """Read a small number of things, at least one."""
    if not 1 <= (number := int(text)) <= _MOST:
        raise ValueError(text)
    return number


_TYPES: dict[str, Callable[[str], object]] = {"int": int, "date": a_day, "count": a_count}


_BEFORE = frozenset({"-h", "--help", "--version"})
"""What may stand where a command is wanted."""


def build_parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """Build the parser of `given` arguments: of the command that they begin with, or else of the whole catalogue."""
    parser = ChineseParser(
        prog="attrtrack",
        description="公文公开属性与政策解读：读文件、提建议、把关签发、关联解读、测算覆盖率、出年度清单。",
        epilog="例：\n  attrtrack suggest 复函.docx\n  attrtrack check 台账.xlsx\n  attrtrack coverage --year 2023",
        formatter_class=ChineseHelp,
    )
    parser.add_argument("--version", action="version", version=f"attrtrack {__version__}")
    groups = parser.add_subparsers(dest="command", metavar="命令", required=True, parser_class=ChineseParser)
    if given and given[0].startswith("-") and given[0] not in _BEFORE:
        parser.error(f"{given[0]} 应写在命令后面，如 attrtrack coverage --year 2023")
    named = tuple(command for command in COMMANDS if command.name in given[:1])
    for command in named or COMMANDS:
        _add_command(groups, command)
    return parser


def _usage(command: Command) -> str:
    """Say what must be given; what may be given stands in the list of options."""
    return " ".join(("attrtrack", command.name, "[选项]", *filter(None, map(_needed, command.arguments))))


def _needed(argument: Argument) -> str:
    options = argument.options
    called = str(options.get("metavar", argument.names[0]))
    if argument.names[0].startswith("-"):
        return f"{argument.names[0]} {called}" if options.get("required") else ""
    return {"?": f"[{called}]", "*": f"[{called} …]", "+": f"{called} …"}.get(str(options.get("nargs", "")), called)


def _add_command(groups: "argparse._SubParsersAction[ChineseParser]", command: Command) -> None:
    sub = groups.add_parser(
        command.name,
        help=command.summary,
        usage=_usage(command),
        description=command.teaches,
        epilog="例：\n" + "\n".join(f"  {example}" for example in command.examples),
        formatter_class=ChineseHelp,
    )
    common = sub.add_argument_group("通用选项")
    common.add_argument("--json", action="store_true", help="逐行输出 JSON（供程序读取）")
    common.add_argument(
        "--db", metavar="URL", help="数据库地址，缺省 ATTRTRACK_DATABASE_URL 或当前文件夹的 attrtrack.db"
    )
    common.add_argument("--as", dest="actor", metavar="用户", help="以谁的名义办理，缺省 ATTRTRACK_USER 或系统用户名")
    for argument in command.arguments:
        options = dict(argument.options)
        if isinstance(kind := options.get("type"), str):
            options["type"] = _TYPES[kind]
        sub.add_argument(*argument.names, **options)
    sub.set_defaults(run=command.run)
