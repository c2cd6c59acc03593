"""The command of the audit journal."""

from attrtrack.cli.command import Command
from attrtrack.cli.command import arg as _arg

JOURNAL: tuple[Command, ...] = (
    Command(
        "journal",
        "审计日志：核对、留存检查点、查看、导出",
        "每一次改动都由数据库自己记入审计日志，每条带前一条的摘要，改一条就断。日志只增不删，留存不少于六个月。\n"
        "verify：从头核对全部日志，并把登记的每一行与日志记载逐一比对；给出检查点时，截至检查点的改动、删除、替换、重写都能查出。\n"
        "checkpoint：写出一页可打印的检查点，请保管在本机以外。show：查看。export：逐行导出，可用 python -m attrtrack.verify 在别的机器上核对。\n"
        "verify 查出问题时退出码为 1。系统以外直接写入数据库的，日志里也有，会另外列出。",
        "attrtrack.cli.journal:journal",
        (
            "attrtrack journal verify",
            "attrtrack journal checkpoint --out 2024-03-01.检查点.txt",
            "attrtrack journal verify --checkpoint 2024-03-01.检查点.txt --json",
            "attrtrack journal show --subject D12 --since 2024-01-01",
            "attrtrack journal export --out 日志.jsonl",
        ),
        (
            _arg(
                "act",
                choices=["verify", "checkpoint", "show", "export"],
                metavar="verify|checkpoint|show|export",
                help="核对，留存检查点，查看，或者导出",
            ),
            _arg("--checkpoint", metavar="文件", help="verify：先前留存的检查点"),
            _arg("--out", metavar="文件", help="checkpoint、export：写到哪里"),
            _arg("--subject", metavar="编号", help="show：只看这个编号的，如 D12、I7"),
            _arg("--since", type="date", metavar="日期", help="show：从这一天起，如 2024-01-01"),
        ),
    ),
)
