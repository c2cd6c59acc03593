"""What a command of the catalogue is, and the arguments that several of them take."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Argument(NamedTuple):
    """One argument: its names and the options argparse takes (`type` by name)."""

    names: tuple[str, ...]
    options: Mapping[str, Any]


class Command(NamedTuple):
    """One command of the contract."""

    name: str
    summary: str
    teaches: str
    run: str
    examples: tuple[str, ...]
    arguments: tuple[Argument, ...] = ()


def arg(*names: str, **options: object) -> Argument:
    """Write an argument as argparse does."""
    return Argument(names, options)


YEAR = arg("--year", type="int", metavar="年", help="年度，如 2023；缺省全部年度")
UNIT = arg("--unit", metavar="单位", help="单位名称；缺省全部单位")
ATTRIBUTE = arg(
    "--attribute", metavar="属性", help="proactive 主动公开 / on_request 依申请公开 / withheld 不予公开（也可写中文）"
)
REASON = arg("--reason", metavar="理由", help="理由代码（如 R16-2c）、理由名称，或写明条款的一句话")
JOBS = arg("--jobs", type="count", default=1, metavar="N", help="用几个进程读文件，缺省 1")
QUIET = arg("--quiet", action="store_true", help="不显示进度和最后的汇总")
