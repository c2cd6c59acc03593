"""The commands by which people decide on a document: declare, review, sign, withdraw, look again, ask the gate anew."""

from attrtrack.cli.command import ATTRIBUTE as _ATTRIBUTE
from attrtrack.cli.command import QUIET as _QUIET
from attrtrack.cli.command import REASON as _REASON
from attrtrack.cli.command import UNIT as _UNIT
from attrtrack.cli.command import YEAR as _YEAR
from attrtrack.cli.command import Command
from attrtrack.cli.command import arg as _arg

_ID = _arg("id", metavar="编号", help="登记编号，如 D12")
_COMMENT = _arg("--comment", metavar="意见", help="说明为什么，给起草人和签发人看")

ACTS: tuple[Command, ...] = (
    Command(
        "declare",
        "起草人认定属性和理由",
        "登记起草人的认定，并立即说明签发时会遇到什么问题。认定可以重做，历次都保留。\n"
        "已签发的文件要改属性（动态调整），重新认定并用 --because 写明原因；新的认定签发以前，原来的审定继续有效。",
        "attrtrack.cli.register:declare",
        (
            "attrtrack declare D12 --attribute withheld --reason R16-2c",
            "attrtrack declare D12 --attribute 主动公开",
            "attrtrack declare D12 --attribute 主动公开 --because 不公开的理由已经消失",
        ),
        (_ID, _ATTRIBUTE, _REASON, _arg("--because", metavar="原因", help="签发以后改动的，写明为什么改")),
    ),
    Command(
        "review",
        "办公室审核起草人的认定",
        "同意、退回（写明意见，起草人须重新认定），或者写明不同意见：应为哪种属性、什么理由。\n"
        "有不同意见的由签发人决定；意见一直留着，签发人照起草人的认定签发须写明原因。认定人不得审核自己的认定。",
        "attrtrack.cli.reviewing:review",
        (
            "attrtrack review D12 --agree --as 赵审核",
            "attrtrack review D12 --return --comment 理由没有写明哪一条",
            "attrtrack review D12 --dispute --attribute 主动公开 --comment 涉及群众切身利益",
        ),
        (
            _ID,
            _arg("--agree", action="store_true", help="同意（三者择一）"),
            _arg("--return", dest="send_back", action="store_true", help="退回起草人，须写 --comment"),
            _arg("--dispute", action="store_true", help="不同意见，须写 --attribute"),
            _ATTRIBUTE,
            _REASON,
            _COMMENT,
        ),
    ),
    Command(
        "secrecy",
        "登记保密审查的结果",
        "主动公开的文件签发前须有保密审查（先审查、后公开），由起草人以外的人作；新的审查代替旧的，历次都保留。\n"
        "正文有疑似个人信息的，审查人逐处核对后加 --personal-data-cleared，否则不予签发。",
        "attrtrack.cli.reviewing:secrecy",
        (
            "attrtrack secrecy D12 --cleared --as 钱保密",
            "attrtrack secrecy D12 --partly --note 附件2不公开",
            "attrtrack secrecy D12 --cleared --personal-data-cleared",
        ),
        (
            _ID,
            _arg("--cleared", action="store_true", help="可以公开（三者择一）"),
            _arg("--partly", action="store_true", help="部分可以公开"),
            _arg("--refused", action="store_true", help="不得公开"),
            _arg("--note", metavar="说明", help="哪些部分不公开、依据什么"),
            _arg("--personal-data-cleared", action="store_true", help="个人信息已逐处核对，可以公开或已遮盖"),
        ),
    ),
    Command(
        "opinion",
        "登记联合发文单位的意见",
        "联合发文由牵头单位认定，其他单位的意见逐一登记；有单位不同意的，协商后由牵头单位重新认定，否则不予签发。",
        "attrtrack.cli.reviewing:opinion",
        (
            "attrtrack opinion D12 云栖市财政局 --agree",
            "attrtrack opinion D12 云栖市财政局 --disagree --comment 资金安排未定",
        ),
        (
            _ID,
            _arg("issuer", metavar="单位", help="联合发文单位，照公文上的名称"),
            _arg("--agree", action="store_true", help="同意（二者择一）"),
            _arg("--disagree", action="store_true", help="不同意"),
            _COMMENT,
        ),
    ),
    Command(
        "sign",
        "签发（把关不过则拒绝）",
        "再查一遍；有阻止类问题则不予签发，并逐条说明。认定人和签发人不得是同一人。签发后的更改是新的审定，旧的保留。\n"
        "办公室有不同意见而照起草人的认定签发的，用 --because 写明原因。",
        "attrtrack.cli.register:sign",
        ("attrtrack sign D12 --as 王主任", "attrtrack sign D12 --as 王主任 --because 已与办公室沟通，尚未成熟"),
        (_ID, _arg("--because", metavar="原因", help="不采纳办公室意见的，写明为什么")),
    ),
    Command(
        "withdraw",
        "撤回还没有签发的文件",
        "撤回的文件留在登记中，不再办理，也不计入指标；同样的内容可以作为新文件重新登记。",
        "attrtrack.cli.reviewing:withdraw",
        ("attrtrack withdraw D12 --because 改由上级机关发文",),
        (_ID, _arg("--because", metavar="原因", required=True, help="为什么撤回")),
    ),
    Command(
        "due",
        "列出到期应复查的文件",
        "不予公开和依申请公开的文件，签发后按期复查（缺省12个月，gate.toml 的 reexamine_months_…，单位可改）。\n"
        "列出已到期的和此后60天内到期的；按现行规则理由已经不成立的，不论是否到期都列出。--on 以某一天为准。",
        "attrtrack.cli.looking_again:due",
        ("attrtrack due", "attrtrack due --on 2026-12-31 --unit 某某局", "attrtrack due --json"),
        (_arg("--on", type="date", metavar="日期", help="以哪一天为准，缺省今天"), _UNIT),
    ),
    Command(
        "reexamine",
        "登记复查的结果",
        "维持的，下一期再复查；要改变的，接着由起草人重新认定，签发以前原来的审定继续有效。历次都保留。",
        "attrtrack.cli.looking_again:reexamine",
        (
            "attrtrack reexamine D12 --keep --because 仍在磋商",
            "attrtrack reexamine D12 --change --because 已正式印发，可以公开",
        ),
        (
            _ID,
            _arg("--keep", action="store_true", help="维持（二者择一）"),
            _arg("--change", action="store_true", help="改变"),
            _arg("--because", metavar="原因", required=True, help="为什么"),
        ),
    ),
    Command(
        "replay",
        "用现行规则重新判断以往的把关记录",
        "每次把关都连同所用的输入保存；规则、开关改过以后，用它看哪些文件的结果会变、因为哪几条。只看不改。\n"
        "没有保存正文的（办公系统只来询问的文件）和解读的内容不能重查，这几项照当时的结果计，逐件注明。",
        "attrtrack.cli.replaying:replay",
        ("attrtrack replay --year 2025", "attrtrack replay --unit 某某局 --json > 变化.jsonl"),
        (_YEAR, _UNIT, _QUIET),
    ),
)
