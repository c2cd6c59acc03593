"""The commands of long work."""

from attrtrack.cli.command import QUIET, UNIT, YEAR, Command, arg

LONG_WORK: tuple[Command, ...] = (
    Command(
        "jobs",
        "批量任务：发起、查看进度、取消",
        "大批量的工作分段办理，每段一次写入；中断、断电后从停下的地方接着办，不会重复，也不会遗漏。\n"
        "start 种类：import-ledger 导入台账，import-pages 导入解读网页（都要写明文件），re-propose 按现在的规则、模型和先例"
        "对已登记的文件重新提建议（不改动任何认定和审定），re-link 重新找关联，audit 审查公开属性。\n"
        "缺省就在这里办并显示进度；加 --queue 只排队，由 attrtrack worker（或 SQLite 上的 attrtrack serve）办理。\n"
        "文件在提交时先读一遍：读不了的、带国家秘密标志的当场拒收，不留内容；留下的部分存在登记库里，任务结束即清除。",
        "attrtrack.cli.jobs:manage",
        (
            "attrtrack jobs start re-propose --year 2023",
            "attrtrack jobs start import-ledger 2023年台账.xlsx --unit 某某局 --queue",
            "attrtrack jobs list",
            "attrtrack jobs show J3 --json",
            "attrtrack jobs cancel J3",
            "attrtrack jobs run J3",
        ),
        (
            arg(
                "act",
                nargs="?",
                default="list",
                choices=["list", "show", "cancel", "start", "run"],
                metavar="list|show|cancel|start|run",
                help="列出（缺省）、查看、取消、发起，或在这里接着办一个排队的",
            ),
            arg("words", nargs="*", metavar="编号或种类", help="任务编号，如 J3；start 写种类和文件"),
            UNIT,
            YEAR,
            arg("--queue", action="store_true", help="只排队，不在这里办"),
            QUIET,
        ),
    ),
    Command(
        "worker",
        "办理排队的批量任务，直到停止",
        "PostgreSQL 上可以同时开几个，一个任务只由其中一个办。收到停止信号（Ctrl-C 或 SIGTERM）时办完手头的一段再停，"
        "其余由下一个接着办。\n"
        "办到一半进程没了的任务，半分钟后由别的 worker 接着办；连续五次没有进展的不再重试，列为失败。",
        "attrtrack.cli.jobs:work",
        ("attrtrack worker", "attrtrack worker --db postgresql+psycopg://attrtrack@主机/库名"),
    ),
)
