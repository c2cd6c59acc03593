"""The command that hands out the year's list and the catalogues."""

from attrtrack.cli.command import UNIT, Command
from attrtrack.cli.command import arg as _arg

EXPORTING: tuple[Command, ...] = (
    Command(
        "export",
        "导出年度公文清单（xlsx）",
        "按考核方案附件4第五项的栏目，按文种和字号分类，链接可点，非纯文字解读有标注；缺项、打不开的地址另列一表。\n"
        "清单带着每个指标背后的行、规则和词典版本、日志检查点（“核对·”各表），不靠本系统也能重算：\n"
        "  python -m attrtrack.verify figures 2023年清单.xlsx\n"
        "--check 只检查不导出：哪份公文缺哪一栏、哪个地址外面打不开；有缺的退出码为 1。\n"
        "--all-units 另列各单位报送情况：谁没有报、缺哪些栏目。\n"
        "--catalogue 导出主动公开、依申请公开、不予公开目录（索引号、名称、内容概述、生成日期），--out 写 .xlsx 或 .html。\n"
        "改过的清单用 attrtrack import 清单.xlsx --unit 单位 --dry-run 先看会改动哪份公文的哪一栏。",
        "attrtrack.cli.exporting:export",
        (
            "attrtrack export --year 2023 --out 2023年清单.xlsx",
            "attrtrack export --year 2023 --unit 某某局 --check",
            "attrtrack export --year 2023 --all-units --out 2023年各单位.xlsx",
            "attrtrack export --year 2023 --catalogue proactive --out 主动公开目录.html",
        ),
        (
            _arg("--year", type="int", required=True, metavar="年", help="年度"),
            _arg("--out", metavar="文件", help="输出的文件（清单为 xlsx，目录为 xlsx 或 html）"),
            _arg("--check", action="store_true", help="只检查缺项和打不开的地址，不写文件"),
            _arg("--all-units", action="store_true", help="列出各单位报送情况（不与 --unit 合用）"),
            _arg(
                "--catalogue",
                choices=("proactive", "on_request", "withheld"),
                metavar="属性",
                help="导出目录：proactive 主动公开、on_request 依申请公开、withheld 不予公开",
            ),
            UNIT,
        ),
    ),
)
