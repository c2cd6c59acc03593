"""Every command: what it does, its arguments, examples, and the function that runs it (named, imported when called)."""

from attrtrack.cli.catalogue_accounts import ACCOUNTS
from attrtrack.cli.catalogue_acts import ACTS
from attrtrack.cli.catalogue_exporting import EXPORTING
from attrtrack.cli.catalogue_interpreting import INTERPRETING
from attrtrack.cli.catalogue_jobs import LONG_WORK
from attrtrack.cli.catalogue_journal import JOURNAL
from attrtrack.cli.catalogue_reports import REPORTS
from attrtrack.cli.catalogue_scores import SCORES
from attrtrack.cli.catalogue_upkeep import UPKEEP
from attrtrack.cli.command import ATTRIBUTE as _ATTRIBUTE
from attrtrack.cli.command import JOBS as _JOBS
from attrtrack.cli.command import QUIET as _QUIET
from attrtrack.cli.command import REASON as _REASON
from attrtrack.cli.command import UNIT as _UNIT
from attrtrack.cli.command import YEAR as _YEAR
from attrtrack.cli.command import Argument, Command
from attrtrack.cli.command import arg as _arg

__all__ = ["COMMANDS", "Argument", "Command"]

_DAILY: tuple[Command, ...] = (
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
        "文件上的标注、规则、模型各说各的，合成一条建议，附法律依据和正文原句；各方不一致的照实列出，拿不准时直说。\n"
        "不需要数据库，也不保存；用 --db 指明登记库时，同时参照其中的先例。",
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
        "check-report",
        "查已公布的通报、年度报告自相矛盾的地方",
        "核算分项合计、比例和增减幅度，比对前后数量、正文与表格、日期先后、附件、引用的标题、列举、名次和页码，逐条说明在哪里、为什么。\n"
        "检查项目见规则表 report_checks.toml；没有核对的如实说明。有发现时退出码为 1。不需要数据库；用 --db 指明登记库时，标题同时与登记的核对。",
        "attrtrack.cli.examining:check_report",
        ("attrtrack check-report 考核通报.docx", "attrtrack check-report 年度报告.pdf --json"),
        (_arg("file", metavar="文件", help="docx、doc、wps、pdf、ofd、html、txt"),),
    ),
    Command(
        "record",
        "把文件登记入库（拟稿状态）",
        "读文件、提要素、存建议；内容相同的文件只登记一次。涉密文件拒收，不留内容。",
        "attrtrack.cli.register:record",
        ("attrtrack record 复函.docx", "attrtrack record 待发文件夹 --unit 某某局"),
        (_arg("paths", nargs="+", metavar="文件或文件夹", help="一个或多个"), _UNIT, _JOBS, _QUIET),
    ),
    *ACTS,
    Command(
        "propose",
        "对已登记的文件重新提建议（听取本机关先例）",
        "标注、规则、模型之外，再听本机关对相近文件的审定和考核更正；新的建议附在后面，旧的保留。",
        "attrtrack.cli.learning:propose",
        ("attrtrack propose D12",),
        (_arg("id", metavar="编号", help="登记编号，如 D12"),),
    ),
    Command(
        "correct",
        "考核更正：写明应当是哪种公开属性",
        "不改动起草认定和审定，单独留痕；更正立即作为先例，分量重于初次审定。可以重做，也可以撤回。",
        "attrtrack.cli.learning:correct",
        ("attrtrack correct D12 --attribute 主动公开 --reason P20-08 --note 抽查", "attrtrack correct D12 --withdraw"),
        (
            _arg("id", metavar="编号", help="登记编号，如 D12"),
            _ATTRIBUTE,
            _REASON,
            _arg("--note", metavar="说明", help="为什么这样更正"),
            _arg("--withdraw", action="store_true", help="撤回更正"),
        ),
    ),
    Command(
        "resolve",
        "处理与规则冲突的先例",
        "正文属于条例第十九条至第二十一条应当主动公开的内容、审定却不公开的，先不作先例；由人核对后决定。可以再改。",
        "attrtrack.cli.learning:resolve",
        ("attrtrack resolve D12 --set-aside --note 审定有误", "attrtrack resolve D12 --teach --note 已经法制审核"),
        (
            _arg("id", metavar="编号", help="登记编号，如 D12"),
            _arg("--teach", action="store_true", help="确有依据，作为先例（与 --set-aside 二选一）"),
            _arg("--set-aside", action="store_true", help="审定有误，不作先例"),
            _arg("--note", metavar="说明", required=True, help="为什么这样处理"),
        ),
    ),
    Command(
        "precedents",
        "列出本机关的先例",
        "审定和考核更正都是先例：新文件与之相近时，建议会参照并指明是哪一份。--conflicts 只列与规则冲突、待处理的。",
        "attrtrack.cli.learning:precedents",
        ("attrtrack precedents --conflicts", "attrtrack precedents --year 2025 --json"),
        (
            _arg("--conflicts", action="store_true", help="只列待处理的冲突"),
            _arg("--gather", action="store_true", help="先为以前的审定补建先例（数据库升级后用一次）"),
            _YEAR,
        ),
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
        "按表头认列；不认识的表头列出来，不猜。坏行报行号，其余照常导入。\n"
        "新的行直接登记；会改动已登记公文的行先列出哪一栏从什么改成什么，问过再改（--yes 不问；没有终端又没有 --yes 的不改，退出码 1）。\n"
        "--dry-run 只试不写：新登记哪些、改动哪些，逐条列出。表里没有的栏目不改动登记。",
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
            _arg("--yes", action="store_true", help="改动已登记的公文时不再问"),
        ),
    ),
    Command(
        "import-pages",
        "导入保存的解读网页（html、mhtml），并读文件公开页面的链接",
        "读浏览器另存的网页：标题、日期、来源、地址、正文、链接、图片和音视频，登记为解读；只读本地文件，不联网。\n"
        "文件夹连同下级都读，网页旁的“_files”文件夹不另算。同一网页再导入不会重复；台账里已有的解读（同一地址）补全正文和链接。\n"
        "地址是某份文件登记的公开地址的，是文件自己的页面：不作解读登记，只读页面上的链接，据以测算文件与解读互链率；"
        "文件和公开地址须先登记。页面改过后另存再导入，以最近一次为准。\n"
        "坏文件列出名字，不影响其余；中断后重新运行同一命令即可继续。带国家秘密标志的拒收，不留内容。",
        "attrtrack.cli.page_imports:import_saved",
        (
            "attrtrack import-pages 解读网页 --unit 某某局",
            "attrtrack import-pages 一图读懂.mhtml --dry-run",
        ),
        (
            _arg("paths", nargs="+", metavar="文件或文件夹", help="一个或多个"),
            _UNIT,
            _arg("--dry-run", action="store_true", help="只试不写"),
            _JOBS,
            _QUIET,
        ),
    ),
    *INTERPRETING,
    Command(
        "search",
        "检索标题、文号、单位和正文",
        "在登记的公文和解读中找几个字：逐字相符，不分宽窄、繁简、括号和大小写，两个字、一个字也可以。写几个词的，每个词都要有。\n"
        "日期新的在前；检索词以 ⟦⟧ 标出，疑似个人信息遮去。第一次检索先编索引，公文多时要等一会儿。",
        "attrtrack.cli.searching:search_words",
        ("attrtrack search 饮水 标准", "attrtrack search 〔2023〕15号 --unit 某某局 --json"),
        (
            _arg("words", nargs="+", metavar="检索词", help="一个或多个；几个词都要有"),
            _UNIT,
            _YEAR,
            _arg(
                "--kind",
                choices=("document", "interpretation"),
                metavar="类别",
                help="只查公文（document）或解读（interpretation）",
            ),
            _arg("--limit", type="count", default=20, metavar="N", help="最多列几条，缺省 20"),
        ),
    ),
    Command(
        "coverage",
        "测算各项指标：解读率、公开时限、标注率等",
        "每个数都带分子、分母和排除的行（--rows 列出编号）；分母为空时说“无法计算”，不写 0。",
        "attrtrack.cli.figures:coverage",
        ("attrtrack coverage --year 2023", "attrtrack coverage --year 2023 --rows --json"),
        (
            _YEAR,
            _UNIT,
            _arg("--as-of", type="date", metavar="日期", help="截至哪一天的登记情况"),
            _arg("--kind", metavar="种类", help="只计一种文件：normative 规范性文件，policy 政策性文件"),
            _arg("--rows", action="store_true", help="列出每个数背后的编号"),
        ),
    ),
    Command(
        "audit",
        "审查已认定的公开属性，把最可能认定错的排在前面",
        "读台账（xlsx、csv，或 JSON Lines：id、title、text、declared_attribute…），或查登记库（--year、--unit）。\n"
        "只看正文内容和这批文件自身的做法，不看文件上印的公开标注；存疑的函复类公文排在最前，附依据原句和建议理由。\n"
        "没有认定属性的不审查，单独列出；只有标题的按标题判断并注明。存疑程度是认定错误的概率，供人复核，不改动任何认定。",
        "attrtrack.cli.auditing:audit",
        (
            "attrtrack audit 2023年台账.xlsx --out 存疑清单.xlsx",
            "attrtrack audit 归档.jsonl --json --limit 50",
            "attrtrack audit --year 2023 --unit 某某局",
        ),
        (
            _arg("paths", nargs="*", metavar="台账", help="xlsx、csv 或 jsonl；缺省查登记库"),
            _YEAR,
            _UNIT,
            _arg("--out", metavar="文件", help="把清单写成 xlsx 或 csv"),
            _arg("--limit", type="int", metavar="N", help="只列前 N 份"),
            _arg("--jobs", type="count", metavar="N", help="用几个进程；缺省：份数多时 2 个，少时 1 个"),
            _QUIET,
        ),
    ),
    *EXPORTING,
    Command(
        "train",
        "用标注数据训练模型",
        "读标注好的公文（每行一份：id、writer、title、genre、issuer、date、text、label、reason、acceptable、evidence…，"
        "格式见 training_data/README.md），训练属性和理由，写入模型文件夹。\n"
        "同样的数据得到同样的模型（摘要一致），与文件顺序、进程数无关。全部算完才替换旧模型；中途按 Ctrl-C，旧模型不变。\n"
        "训练完用 attrtrack evaluate 看它值多少。",
        "attrtrack.cli.models:train",
        (
            "attrtrack train",
            "attrtrack train --data 本单位标注 --out 本单位模型",
            "ATTRTRACK_MODELS_DIR=本单位模型 attrtrack suggest 复函.docx",
            "attrtrack train --from-register --out 本单位模型",
        ),
        (
            _arg("--data", metavar="文件或文件夹", help="标注数据（*.jsonl），缺省 training_data"),
            _arg("--out", metavar="文件夹", help="模型写到哪里，缺省 models"),
            _arg("--jobs", type="count", metavar="N", help="用几个进程提取特征；缺省：件数多时 2 个，少时 1 个"),
            _arg(
                "--reports",
                action="store_true",
                help="训练 check-report 用的模型：哪些数字该对得上（用 training_data 中的 reports 和 letters）",
            ),
            _arg("--from-register", action="store_true", help="连同登记中的先例一起训练，比较后再问是否替换"),
            _arg("--year", type="int", metavar="年", help="与 --from-register 合用：只学这一年度的先例"),
            _arg("--yes", action="store_true", help="与 --from-register 合用：不再询问，直接替换"),
            _arg("--restore", action="store_true", help="换回替换以前的模型"),
            _QUIET,
        ),
    ),
    Command(
        "evaluate",
        "评估建议的准确程度",
        "三种用法：\n"
        "1. 不带参数，或 --data 给出带撰写人（writer）的标注数据：整位撰写人轮流留出（以此为准）、按机关和年份留出，"
        "每次用其余的重新训练，比较基线、规则、模型、规则和模型。\n"
        "2. --data 给出本单位自己标注的公文（每行只需 id、text、label，可有 title、genre、issuer、date、reason）："
        "不训练，用现有模型和规则直接测，按机关和年度列出，公开标注遮去不看。带撰写人的数据要这样测，加 --current。\n"
        "3. --register：把登记中已审定的决定当作答案，同样直接测。\n"
        "没有正文、没有属性的不计入，逐类说明有多少。--rows 列出建议与决定不一致的每一件。",
        "attrtrack.cli.models:evaluate",
        (
            "attrtrack evaluate",
            "attrtrack evaluate --data 本单位标注.jsonl --rows",
            "attrtrack evaluate --register --year 2023 --json",
        ),
        (
            _arg("--data", metavar="文件或文件夹", help="标注数据（*.jsonl），缺省 training_data"),
            _arg("--current", action="store_true", help="不训练，用现有模型直接测 --data"),
            _arg("--register", action="store_true", help="用登记中已审定的决定"),
            _YEAR,
            _UNIT,
            _arg("--rows", action="store_true", help="列出建议与决定不一致的每一件（编号、决定、建议、把握、理由）"),
            _QUIET,
        ),
    ),
    Command(
        "serve",
        "启动网页（缺省 http://127.0.0.1:8000）",
        "只监听本机；给别人用时请放在反向代理后面（例子见安装包的 examples）。按 Ctrl-C 停止。\n"
        "登记库在 PostgreSQL 上时，可用 --workers 开几个进程。",
        "attrtrack.cli.serving:serve",
        ("attrtrack serve", "attrtrack serve --port 8080", "attrtrack serve --workers 4"),
        (
            _arg("--host", default="127.0.0.1", metavar="地址", help="缺省 127.0.0.1"),
            _arg("--port", type="int", default=8000, metavar="端口", help="缺省 8000"),
            _arg("--workers", type="count", default=1, metavar="N", help="几个进程，缺省 1；SQLite 只能用 1 个"),
        ),
    ),
    Command(
        "demo",
        "装入一个示例年度并把全流程走一遍",
        "示例中的“云栖市”及其发文、解读为虚构；其余政策文件和解读是真实的，只用其真实的标题、文号、日期和地址。",
        "attrtrack.cli.serving:demo",
        ("attrtrack demo --db sqlite:///demo.db",),
    ),
)

COMMANDS: tuple[Command, ...] = (*_DAILY, *ACCOUNTS, *LONG_WORK, *JOURNAL, *REPORTS, *SCORES, *UPKEEP)
