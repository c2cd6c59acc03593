"""The commands that report: publication delay of a list, and the papers of an assessment."""

from attrtrack.cli.command import UNIT as _UNIT
from attrtrack.cli.command import Command
from attrtrack.cli.command import arg as _arg

REPORTS: tuple[Command, ...] = (
    Command(
        "delays",
        "统计公文从成文到公开用了多少工作日",
        "读公文目录（一行一份的 JSON Lines，可用 gzip 压缩；或 xlsx、csv 台账），按机关统计公开时效的分布和 20 个工作日内公开的比例，\n"
        "2008年5月1日、2019年5月15日以来成文的分开统计。2004 年以前成文、公开早于成文、日期不成立或还没有到的不计入，\n"
        "列出行号和原因。只统计写明两个日期的公文，不需要数据库，也不保存。",
        "attrtrack.cli.delays:delays",
        (
            "attrtrack delays 公文目录.jsonl.gz",
            "attrtrack delays 2023年台账.xlsx --rows",
            "attrtrack delays 公文目录.jsonl --picture 公开时效.svg",
        ),
        (
            _arg("file", metavar="目录或台账", help="jsonl（可压缩成 .gz）、xlsx 或 csv"),
            _arg("--picture", metavar="图.svg", help="把分布画成一张图（SVG）"),
            _arg("--rows", action="store_true", help="逐行列出不计入的行"),
        ),
    ),
    Command(
        "report",
        "生成自查报告、通报、整改清单（docx、html）",
        "self-check：一个单位的自查报告，附印证材料清单（A、B 类不同）；notice：各单位情况的通报，附各项指标名次；\n"
        "rectification：整改清单，逐个单位、逐项指标列出涉及的文件、整改要求和期限。按 GB/T 9704 排版，html 可直接打印。\n"
        "每个数都由登记计算，点开就是口径和出处；只有人知道的（责任人、措施、期限）留空，不代填。",
        "attrtrack.cli.reports:report",
        (
            "attrtrack report self-check --year 2023 --unit 某某局 --out 自查报告.docx",
            "attrtrack report notice --year 2023 --deadline 2024-03-29 --out 通报.html",
            "attrtrack report rectification --year 2023 --deadline 2024-03-29 --out 整改清单.docx",
        ),
        (
            _arg(
                "kind",
                choices=["self-check", "notice", "rectification"],
                metavar="哪一种",
                help="self-check 自查报告、notice 通报、rectification 整改清单",
            ),
            _arg("--year", type="int", required=True, metavar="年", help="年度"),
            _UNIT,
            _arg("--out", required=True, metavar="文件", help="写到哪里，.docx 或 .html"),
            _arg("--deadline", type="date", metavar="日期", help="整改期限，如 2024-03-29；缺省留空"),
            _arg("--class", dest="category", metavar="A|B", help="单位属于哪类考核对象；缺省按规则表 units"),
            _arg("--to", metavar="主送机关", help="缺省留空"),
            _arg("--scheme", metavar="细则", help="通报按这份考核细则的得分排名，整改清单附扣分明细；缺省按指标排名"),
            _arg("--all-units", action="store_true", help="通报列出考核方案中没有报送资料的单位"),
            _arg("--entries", metavar="表", help="与 --scheme 合用：人工录入的扣分、加分（同 attrtrack score）"),
        ),
    ),
)
