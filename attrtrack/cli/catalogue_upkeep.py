"""The commands that keep the register as a whole: backup, restore, upgrade and copy."""

from attrtrack.cli.command import QUIET as _QUIET
from attrtrack.cli.command import Command
from attrtrack.cli.command import arg as _arg

UPKEEP: tuple[Command, ...] = (
    Command(
        "backup",
        "把登记库备份成一个文件",
        "备份时别人可以照常办理：写出的是开始那一刻的完整状态，连同审计日志。SQLite 和 PostgreSQL 的备份是同一种文件，可以互相恢复。\n"
        "写完整、落盘之后才改成这个文件名；中断、磁盘写满都不留半个文件。较早版本的登记库也能备份，升级前请先备份。\n"
        "文件含全部公文内容，只有本人可读；请与摘要分开保管，定期试着恢复一次。",
        "attrtrack.cli.backing_up:backup",
        ("attrtrack backup 2024-03-01.backup", "attrtrack backup 备份.backup --force --json"),
        (
            _arg("file", metavar="文件", help="备份写到哪里；已有的文件不覆盖"),
            _arg("--force", action="store_true", help="文件已有时用新的备份替换它"),
            _QUIET,
        ),
    ),
    Command(
        "restore",
        "从备份文件恢复到一个空的数据库",
        "先核对文件完整，再一次写入：逐表读回比对行数和摘要，核对审计日志、约束和触发器；有一处不符就全部撤销，目标库仍是空的。\n"
        "目标库必须是空的：SQLite 请给一个新文件名，PostgreSQL 请新建一个库。较早版本的备份恢复后自动升级。",
        "attrtrack.cli.backing_up:restore",
        (
            "attrtrack restore 2024-03-01.backup --db sqlite:///恢复.db",
            "attrtrack restore 2024-03-01.backup --db postgresql+psycopg://attrtrack@主机/新库",
        ),
        (_arg("file", metavar="文件", help="attrtrack backup 写出的文件"), _QUIET),
    ),
    Command(
        "db",
        "数据库升级；复制到另一个数据库；重编检索索引",
        "upgrade：把数据库升级到本程序需要的结构，并核对约束和触发器都在。升级前请先 attrtrack backup。\n"
        "copy：把整个登记库复制到另一个空的数据库（如从 SQLite 换到 PostgreSQL），核对方法同 restore；\n"
        "复制期间请停止网页服务，否则复制会撤销。原库不改动，确认无误后请停用。\n"
        "reindex：清空检索索引，从头编一遍。平时不需要：索引随登记自动更新，升级后自动重编。",
        "attrtrack.cli.serving:database",
        ("attrtrack db upgrade", "attrtrack db copy postgresql+psycopg://attrtrack@主机/新库", "attrtrack db reindex"),
        (
            _arg(
                "act",
                choices=["upgrade", "copy", "reindex"],
                metavar="upgrade|copy|reindex",
                help="升级，复制，或者重编检索索引",
            ),
            _arg("target", nargs="?", metavar="目标地址", help="复制到哪个空的数据库"),
            _QUIET,
        ),
    ),
)
