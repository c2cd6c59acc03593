"""The command that scores: by a scheme from the register, or a published table recomputed; grades and dated tasks with it."""

from attrtrack.cli.command import UNIT as _UNIT
from attrtrack.cli.command import Command
from attrtrack.cli.command import arg as _arg

_ACTS = ("decide", "take-back", "decisions", "visit", "tasks", "done", "reopen")

SCORES: tuple[Command, ...] = (
    Command(
        "score",
        "按考核细则计分；复核别人公布的成绩表",
        "--check：重算一份公布的成绩表（xlsx、csv，或含有成绩表的通报）：各行总分、各项是否超过表头写明的满分、名次；\n"
        "并列的排法由表里看出，逐行指出不符之处和更正后的名次。表里没有写明的不猜。不需要数据库。有不符时退出码为 1。\n"
        "--scheme 和 --year：按细则给登记库里的单位计分，每一分都带原因和涉及的文件；等次只是建议，由人审定，审定的并排列出。\n"
        "规则表 schemes 里的示例细则分值是编的，不得作依据；本单位的细则放进 ATTRTRACK_RULES_DIR 下的 schemes 文件夹。\n"
        "--entries：人工查出的扣分、加分（列：单位、规则、次数、说明、依据；没有依据的拒收），规则写“未报资料:指标”即该项记0分。\n"
        "decide 单位 等次：考核人员审定（与建议不同的要 --because；不合格的用 --mend-by 定整改期限），不能审定本单位的；"
        "再审定一次就取代前一次，take-back 单位 收回，decisions 列出历次，都留着。\n"
        "visit 单位 --visit 日期：定实地考核日期，最迟通知日由细则算出（自然日）；tasks：列出考核通知和限期整改还剩几天、逾期几天；"
        "done 编号 --note：办结；reopen 编号 --note：重开。",
        "attrtrack.cli.scoring:score",
        (
            "attrtrack score --check 成绩汇总表.xlsx",
            "attrtrack score --check 通报.txt --json",
            "attrtrack score --scheme shanxi-2020-sample --year 2023",
            "attrtrack score --scheme shanxi-2020-sample --year 2023 --entries 人工扣分.xlsx --json",
            "attrtrack score decide 某某局 不合格 --scheme shanxi-2020-sample --year 2023 --mend-by 2024-03-29",
            "attrtrack score tasks --year 2023",
            "attrtrack score done G5 --note 已报送整改情况",
        ),
        (
            _arg("act", nargs="?", choices=_ACTS, metavar="办什么", help="、".join(_ACTS) + "；不写则计分或复核"),
            _arg(
                "words",
                nargs="*",
                metavar="单位 等次",
                help="decide：单位 等次；take-back、visit：单位；done、reopen：任务编号",
            ),
            _arg("--check", metavar="成绩表", help="复核这份成绩表"),
            _arg("--scheme", metavar="细则", help="细则的代码"),
            _arg("--year", type="int", metavar="年", help="年度，如 2023"),
            _UNIT,
            _arg("--entries", metavar="台账", help="人工查出的扣分、加分"),
            _arg("--visit", type="date", metavar="日期", help="实地考核的日期：列出最迟哪天通知单位（visit 时留存）"),
            _arg(
                "--mend-by",
                type="date",
                metavar="日期",
                help="整改期限：建议等次不合格的单位列为限期整改（decide 时留存）",
            ),
            _arg("--because", metavar="理由", help="decide、take-back：为什么"),
            _arg("--note", metavar="说明", help="done、reopen：怎样办结的，为什么重开"),
            _arg("--on", type="date", metavar="日期", help="tasks：按哪一天算，缺省今天"),
            _arg("--all", action="store_true", help="tasks：连同已经办结的"),
        ),
    ),
)
