"""Asking for passwords: twice without echo, or line by line from standard input; never as an argument."""

import argparse
import getpass
import sys

from attrtrack.errors import UsageError


def new_password(options: argparse.Namespace) -> str:
    """Return a new password from standard input, or asked for twice."""
    if options.password_stdin:
        return _line()
    first = _asked("新口令（不回显）：")
    if _asked("再输入一遍：") != first:
        raise UsageError("两次输入的口令不一样：请重新运行命令。")
    return first


def old_password(options: argparse.Namespace) -> str:
    """Return the present password, from standard input or asked for."""
    return _line() if options.password_stdin else _asked("现在的口令（不回显）：")


def _line() -> str:
    line = sys.stdin.readline().removesuffix("\n").removesuffix("\r")
    if not line:
        raise UsageError("标准输入里没有口令：--password-stdin 要从标准输入给一行口令。")
    return line


def _asked(prompt: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("这里不能输入口令：请在终端运行，或加 --password-stdin 从标准输入给一行口令。")
    try:
        return getpass.getpass(prompt)
    except EOFError as error:
        raise UsageError("没有输入口令：请重新运行命令。") from error
