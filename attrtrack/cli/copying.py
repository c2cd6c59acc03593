"""`copied`: how much of an interpretation is copied from its document, and what it does not say."""

import argparse
import re
from collections import Counter
from collections.abc import Sequence

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import percent, print_row, say, shown, told
from attrtrack.domain.findings import Severity
from attrtrack.domain.interpretations import Judgement
from attrtrack.errors import EmptySourceError, UsageError
from attrtrack.workflow.copied_shapes import pair_row
from attrtrack.workflow.copying import MeasuredPair, measured_files, measured_pairs

_STANDS = {
    None: "",
    Judgement.CONFIRMED: "已确认",
    Judgement.AUTO: "自动关联，未经人判定",
    Judgement.PENDING: "待判定",
}
_TWO_FILES = 2
_INTERPRETS = re.compile(r"解读|读懂|图解|答记者问|问答")
_PASSAGES, _QUOTE = 3, 80


def copied(options: argparse.Namespace) -> int:
    """Measure the linked pairs of the register, or two files; what is found leaves the status 0."""
    if len(options.files) not in {0, _TWO_FILES}:
        raise UsageError("请同时给出两个文件：先解读，后它所解读的公文；不给文件则查登记库。")
    if options.limit is not None and options.limit < 1:
        raise UsageError("--limit 应为 1 以上的整数。")
    if options.files and (options.year or options.unit):
        raise UsageError("--year、--unit 用于登记库：比对两个文件时请去掉。")
    app = build_app(options.db, options.actor)
    if options.files:
        pairs: Sequence[MeasuredPair] = (measured_files(app, *options.files),)
        _warn_of_the_order(pairs[0])
    else:
        pairs = measured_pairs(app, unit=options.unit, year=options.year)
        if not pairs:
            raise EmptySourceError(
                "登记中没有与文件关联的解读：请先导入并关联（attrtrack link），或者直接给出解读和公文两个文件。"
            )
    for pair in pairs[: options.limit]:
        if options.json:
            print_row(pair_row(pair))
        elif options.files or pair.measure.share is not None:
            _print_pair(pair)
    flagged = [pair for pair in pairs if any(item.severity is not Severity.NOTE for item in pair.findings)]
    if not options.files:
        _tell_summary(pairs, len(flagged), as_json=options.json)
    return 0


def _print_pair(pair: MeasuredPair) -> None:
    share = "测不了" if pair.measure.share is None else f"照抄 {percent(pair.measure.share)}"
    stands = f"（{_STANDS[pair.judgement]}）" if pair.judgement else ""
    print(f"{share}  {shown(pair.interpretation_id)} → {shown(pair.document_id)}{stands}")
    print(f"  解读：{told(pair.interpretation_title or '（无标题）')}")
    print(f"  公文：{told(pair.document_title or '（无标题）')}")
    if pair.why_not:
        print(f"  原因：{pair.why_not}，没有比对。")
    least = sorted((len(item.here.quote) for item in pair.copied), reverse=True)[:_PASSAGES]
    longest = [item for item in pair.copied if len(item.here.quote) >= least[-1]][:_PASSAGES]
    for item in longest:
        print(
            f"  同于原文（{len(item.here.quote)} 字）：“{_short(item.here.quote)}”"
            + ("（引文）" if item.quotation else "")
        )
    if len(pair.copied) > len(longest):
        print(f"  共 {len(pair.copied)} 段与原文相同，全部见 --json。")
    _print_elements(pair)
    for finding in pair.findings:
        if finding.severity is not Severity.NOTE:
            print(f"  ! {told(finding.message)}")


def _warn_of_the_order(pair: MeasuredPair) -> None:
    """Tell a person whose second file calls itself an interpretation while the first does not."""
    first, second = pair.interpretation_title or pair.interpretation_id, pair.document_title or pair.document_id
    if _INTERPRETS.search(second) and not _INTERPRETS.search(first):
        say("提示：两个文件的次序可能反了：先写解读，后写它所解读的公文。")


def _print_elements(pair: MeasuredPair) -> None:
    if not pair.elements:
        return
    there = [element.name for element in pair.elements if element.evidence]
    absent = [element.name for element in pair.elements if element.evidence is None and not element.asked]
    print(f"  写到了：{'、'.join(there) or '（没有认出任何要素）'}")
    if pair.missing:
        print(f"  应写而没有写到：{'、'.join(element.name for element in pair.missing)}")
    if absent:
        print(f"  没有写到（视需要）：{'、'.join(absent)}")


def _short(quote: str) -> str:
    words = told(quote)
    return words if len(words) <= _QUOTE else words[: _QUOTE - 1] + "…"


def _tell_summary(pairs: Sequence[MeasuredPair], flagged: int, *, as_json: bool) -> None:
    tell = say if as_json else print
    unmeasured = Counter(pair.why_not for pair in pairs if pair.measure.share is None)
    measured = len(pairs) - unmeasured.total()
    tell(f"关联 {len(pairs)} 对，比对 {measured} 对，近于文件摘抄 {flagged} 对，测不了 {unmeasured.total()} 对。")
    for why, count in unmeasured.most_common():
        tell(f"  测不了 {count} 对：{why}。")
    if unmeasured:
        tell("  解读的正文用 attrtrack import-pages 从保存的网页补上，公文的正文用 attrtrack record 登记。")
