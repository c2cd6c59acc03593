"""The commands about interpretations: which document each explains, what it copies, which documents need one."""

from attrtrack.cli.command import UNIT as _UNIT
from attrtrack.cli.command import YEAR as _YEAR
from attrtrack.cli.command import Command
from attrtrack.cli.command import arg as _arg

INTERPRETING: tuple[Command, ...] = (
    Command(
        "link",
        "建议解读与文件的关联",
        "库内：为还没有确认文件的解读找文件并保存建议，分三部分列出：自动关联的，待人判定的（最多五份候选，附依据），"
        "没有对应文件的。人判定过的不改动。\n"
        "--batch：对给定的两份 JSON Lines 找关联，不需要数据库。",
        "attrtrack.cli.linking:link",
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
        "人的判定优先于系统建议，判过的不再由系统改动，否定过的不再建议；判错了再判一次，或 --undo 撤销，每次都留痕。\n"
        "判定一份文件即否定其余各份；一件解读同时解读两份文件时，第二份加 --also。none 表示这几份都不是；"
        "以后新登记的文件仍可能再建议。\n"
        "只写解读编号：列出候选文件、依据和历次判定。",
        "attrtrack.cli.linking:judge",
        (
            "attrtrack judge I7 D12",
            "attrtrack judge I7 D13 --also",
            "attrtrack judge I7 --reject D12",
            "attrtrack judge I7 none",
            "attrtrack judge I7 --undo",
        ),
        (
            _arg("interpretation", metavar="解读编号", help="如 I7"),
            _arg("document", nargs="?", metavar="文件编号", help="如 D12，或 none（都不是）"),
            _arg("--also", action="store_true", help="除已确认的以外，还解读这一份"),
            _arg("--reject", metavar="文件编号", help="只否定这一份，其余不动"),
            _arg("--undo", action="store_true", help="撤销上一次判定，恢复到此前的情形"),
        ),
    ),
    Command(
        "copied",
        "看解读是不是照抄文件，缺哪些内容",
        "解读不得写成文件摘抄。照抄比例是：解读自己的文字中，有多少与所解读的公文逐字相同（编号、标点、宽窄、换行和零星增删不影响；"
        "文件名称、文号和四十字以内的引语不计）。\n"
        "达到 0.5（gate.toml 的 copied_share，单位可改）即提示近于文件摘抄，并列出相同的原句。只比对手头的正文：附件不在其中的，照抄可能更多。\n"
        "同时看背景、依据、目的、主要内容、适用范围、关键词诠释、新旧差异、惠民举措哪些写到了（interpretation_elements.toml，单位可改）。\n"
        "两种用法：给出解读和公文两个文件（发布前自查，不需要数据库）；或查登记库里已确认和待判定的关联，照抄最多的排在前面。",
        "attrtrack.cli.copying:copied",
        (
            "attrtrack copied 解读稿.docx 办法.docx",
            "attrtrack copied --year 2023 --unit 某某局",
            "attrtrack copied --year 2023 --json > 照抄.jsonl",
        ),
        (
            _arg("files", nargs="*", metavar="解读 公文", help="两个文件：先解读，后公文；缺省查登记库"),
            _YEAR,
            _UNIT,
            _arg("--limit", type="int", metavar="N", help="只列前 N 对"),
        ),
    ),
    Command(
        "need",
        "认定一份文件是否应解读",
        "规则表按标题、文号和正文建议“应解读”“不需要解读”或“未定”，并说明理由；由人认定，认定可以再改，也可以撤销。\n"
        "不写 yes、no 时只查看。--list 列出未定的，以及人工认定或台账与规则建议不一致的。规则表改过以后用 --renew 重新建议。",
        "attrtrack.cli.needing:need",
        (
            "attrtrack need D12",
            "attrtrack need D12 yes --because 涉及企业补贴",
            "attrtrack need D12 --undo",
            "attrtrack need --list --year 2023",
        ),
        (
            _arg("id", nargs="?", metavar="编号", help="登记编号，如 D12"),
            _arg("answer", nargs="?", metavar="yes|no", help="yes 应解读，no 不需要解读"),
            _arg("--because", metavar="说明", help="为什么这样认定"),
            _arg("--undo", action="store_true", help="撤销人工认定"),
            _arg("--list", action="store_true", help="列出未定的和不一致的"),
            _arg("--renew", action="store_true", help="按现在的规则表重新建议（不改动人工认定）"),
            _YEAR,
            _UNIT,
        ),
    ),
)
