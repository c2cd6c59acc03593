"""Every command: what it does, its arguments, examples, and the function that runs it (named, imported when called)."""

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


def _arg(*names: str, **options: object) -> Argument:
    return Argument(names, options)


_YEAR = _arg("--year", type="int", metavar="年", help="年度，如 2023；缺省全部年度")
_UNIT = _arg("--unit", metavar="单位", help="单位名称；缺省全部单位")
_ATTRIBUTE = _arg(
    "--attribute", metavar="属性", help="proactive 主动公开 / on_request 依申请公开 / withheld 不予公开（也可写中文）"
)
_REASON = _arg("--reason", metavar="理由", help="理由代码（如 R16-2c）、理由名称，或写明条款的一句话")
_JOBS = _arg("--jobs", type="count", default=1, metavar="N", help="用几个进程读文件，缺省 1")
_QUIET = _arg("--quiet", action="store_true", help="不显示进度和最后的汇总")

COMMANDS: tuple[Command, ...] = (
    Command(
        "read",
        "读文件，提取公文要素",
        "读 docx、doc、wps、pdf、ofd、html、txt，列出标题、文号、文种、机关、日期、公开标注；文件里没有的如实说没有。不需要数据库。\n"
        "文件夹连同下级都读，按文件名排序；坏文件不影响其余，最后列表说明读了多少、拒收多少、为什么。\n"
        "文件多时加 --out：每读完一份就写一行；中断或断电后再运行同一命令，已读且未改动的跳过。涉密文件不写入结果。",
        "attrtrack.cli.reading:read",
        (
            "attrtrack read 复函.docx",
            "attrtrack read 文件夹 --json > 要素.jsonl",
            "attrtrack read 历年发文 --out 要素.jsonl",
            "attrtrack read 历年发文 --out 要素.jsonl --jobs 2 --quiet",
        ),
        (
            _arg("paths", nargs="+", metavar="文件或文件夹", help="一个或多个"),
            _arg("--out", metavar="RESULTS.jsonl", help="结果逐行写入这个文件；再次运行时接着读"),
            _JOBS,
            _QUIET,
        ),
    ),
    Command(
        "suggest",
        "建议公开属性和理由",
        "标注、规则、模型三方各说各的，合成一条建议，附法律依据和正文原句；拿不准时直说。不需要数据库，也不保存。",
        "attrtrack.cli.suggesting:suggest",
        (
            "attrtrack suggest 复函.docx",
            "cat 复函.txt | attrtrack suggest -",
            "attrtrack suggest --batch 待定.jsonl --json",
        ),
        (
            _arg("file", nargs="?", metavar="文件", help="公文文件；- 表示从标准输入读文字"),
            _arg(
                "--batch",
                metavar="ROWS.jsonl",
                help="一行一份公文的 JSON Lines（id、title、text…；没有 id 的以行号代）；- 表示标准输入",
            ),
        ),
    ),
    Command(
        "check",
        "按签发的标准检查文件或台账",
        "把关：没有属性、没有理由、理由对不上条款、与标注矛盾的，指出来。有阻止或提示类问题时退出码为 1。",
        "attrtrack.cli.checking:check",
        ("attrtrack check 复函.docx --attribute 不予公开 --reason R16-2c", "attrtrack check 2023年台账.xlsx"),
        (_arg("paths", nargs="+", metavar="文件或台账", help="公文文件，或 xlsx/csv 台账"), _ATTRIBUTE, _REASON),
    ),
    Command(
        "record",
        "把文件登记入库（拟稿状态）",
        "读文件、提要素、存建议；内容相同的文件只登记一次。涉密文件拒收，不留内容。",
        "attrtrack.cli.register:record",
        ("attrtrack record 复函.docx", "attrtrack record 待发文件夹 --unit 某某局"),
        (_arg("paths", nargs="+", metavar="文件或文件夹", help="一个或多个"), _UNIT, _JOBS, _QUIET),
    ),
    Command(
        "declare",
        "起草人认定属性和理由",
        "登记起草人的认定，并立即说明签发时会遇到什么问题。认定可以重做，历次都保留。",
        "attrtrack.cli.register:declare",
        ("attrtrack declare D12 --attribute withheld --reason R16-2c", "attrtrack declare D12 --attribute 主动公开"),
        (_arg("id", metavar="编号", help="登记编号，如 D12"), _ATTRIBUTE, _REASON),
    ),
    Command(
        "sign",
        "签发（把关不过则拒绝）",
        "再查一遍；有阻止类问题则不予签发，并逐条说明。签发后的更改是新的审定，旧的保留。",
        "attrtrack.cli.register:sign",
        ("attrtrack sign D12 --as 王主任",),
        (_arg("id", metavar="编号", help="登记编号，如 D12"),),
    ),
    Command(
        "publish",
        "登记公开的地址和日期",
        "只有已签发且属性为主动公开的文件（或外部已印发的文件）可以登记公开。",
        "attrtrack.cli.register:publish",
        ("attrtrack publish D12 --url https://www.example.gov.cn/a.html --date 2023-07-20",),
        (
            _arg("id", metavar="编号", help="登记编号，如 D12"),
            _arg("--url", required=True, metavar="网址", help="公开地址"),
            _arg("--date", required=True, type="date", metavar="日期", help="公开日期，如 2023-07-20"),
            _arg("--channel", default="government-website", metavar="渠道", help="缺省政府网站"),
        ),
    ),
    Command(
        "import",
        "导入台账（xlsx/csv）",
        "按表头认列；不认识的表头列出来，不猜。坏行报行号，其余照常导入；先用 --dry-run 试一遍不写库。",
        "attrtrack.cli.ledgers:import_ledgers",
        (
            "attrtrack import 2023年台账.xlsx --unit 某某局 --year 2023 --dry-run",
            "attrtrack import 台账1.csv 台账2.xlsx",
        ),
        (
            _arg("paths", nargs="+", metavar="台账", help="xlsx 或 csv"),
            _UNIT,
            _YEAR,
            _arg("--dry-run", action="store_true", help="只试不写"),
        ),
    ),
    Command(
        "link",
        "建议解读与文件的关联",
        "库内：为尚未判定的解读找文件并保存建议；--batch：对给定的两份 JSON Lines 找关联，不需要数据库。",
        "attrtrack.cli.ledgers:link",
        ("attrtrack link --year 2023", "attrtrack link --batch --documents D.jsonl --interpretations I.jsonl --json"),
        (
            _arg("--batch", action="store_true", help="对给定文件办理，不用数据库"),
            _arg("--documents", metavar="D.jsonl", help="文件：id、title、doc_number、issuer、date、url、text…"),
            _arg("--interpretations", metavar="I.jsonl", help="解读：id、title、published、publisher、url、text…"),
            _UNIT,
            _YEAR,
        ),
    ),
    Command(
        "judge",
        "判定一件解读属于哪份文件",
        "人的判定优先于系统建议；判错了再判一次即可，两次都留痕。none 表示库里没有它解读的文件。",
        "attrtrack.cli.ledgers:judge",
        ("attrtrack judge I7 D12", "attrtrack judge I7 none"),
        (
            _arg("interpretation", metavar="解读编号", help="如 I7"),
            _arg("document", metavar="文件编号", help="如 D12，或 none"),
        ),
    ),
    Command(
        "coverage",
        "测算解读率、多样化率、非网站发布率",
        "每个数都带分子、分母和排除的行（--rows 列出编号）；分母为空时说“无法计算”，不写 0。",
        "attrtrack.cli.figures:coverage",
        ("attrtrack coverage --year 2023", "attrtrack coverage --year 2023 --rows --json"),
        (
            _YEAR,
            _UNIT,
            _arg("--as-of", type="date", metavar="日期", help="截至哪一天的登记情况"),
            _arg("--rows", action="store_true", help="列出每个数背后的编号"),
        ),
    ),
    Command(
        "export",
        "导出年度公文清单（xlsx）",
        "按考核方案附件4第五项的栏目，按文种和字号分类，链接可点，非纯文字解读有标注。",
        "attrtrack.cli.figures:export",
        ("attrtrack export --year 2023 --out 2023年清单.xlsx",),
        (
            _arg("--year", type="int", required=True, metavar="年", help="年度"),
            _arg("--out", required=True, metavar="文件", help="输出的 xlsx"),
            _UNIT,
        ),
    ),
    Command(
        "train",
        "用标注数据训练模型",
        "同样的数据得到同样的模型（摘要一致）；写入模型文件夹，先写临时文件再替换。",
        "attrtrack.cli.models:train",
        ("attrtrack train", "attrtrack train --data 本单位标注 --out 本单位模型"),
        (
            _arg("--data", metavar="文件夹", help="标注数据，缺省 training_data"),
            _arg("--out", metavar="文件夹", help="模型写到哪里，缺省 models"),
        ),
    ),
    Command(
        "evaluate",
        "评估建议的准确程度",
        "整位撰写人留出、按机关和年份留出两种评法，列出混淆表、弃权曲线和基线。",
        "attrtrack.cli.models:evaluate",
        ("attrtrack evaluate",),
        (_arg("--data", metavar="文件夹", help="标注数据，缺省 training_data"),),
    ),
    Command(
        "serve",
        "启动网页（缺省 http://127.0.0.1:8000）",
        "只监听本机；给别人用时再改 --host。按 Ctrl-C 停止。",
        "attrtrack.cli.serving:serve",
        ("attrtrack serve", "attrtrack serve --port 8080"),
        (
            _arg("--host", default="127.0.0.1", metavar="地址", help="缺省 127.0.0.1"),
            _arg("--port", type="int", default=8000, metavar="端口", help="缺省 8000"),
        ),
    ),
    Command(
        "demo",
        "装入一个示例年度并把全流程走一遍",
        "示例中的“云栖市”及其发文、解读为虚构；其余政策文件和解读是真实的，只用其真实的标题、文号、日期和地址。",
        "attrtrack.cli.serving:demo",
        ("attrtrack demo --db sqlite:///demo.db",),
    ),
    Command(
        "db",
        "数据库升级",
        "把数据库升级到本程序需要的结构，并核对约束和触发器都在。",
        "attrtrack.cli.serving:database",
        ("attrtrack db upgrade",),
        (_arg("act", choices=["upgrade"], metavar="upgrade", help="升级"),),
    ),
)
