"""`delays`: how many working days a list's documents took from their making to their publication."""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePath

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import percent, print_row, say, shown, told
from attrtrack.domain.delays import Cohort, DelayFault, Delays, Spread, class_name
from attrtrack.domain.terms import PUBLISH_WORKDAYS
from attrtrack.errors import UsageError
from attrtrack.workflow.delays import delays_row, left_out_row, publication_delays, write_picture

_MOST_GOVERNMENTS = 60
_NAMED_ROWS = 8


def delays(options: argparse.Namespace) -> int:
    """Print the distribution; rows that are left out leave the status 0, they are told with their reasons."""
    picture = Path(options.picture) if options.picture else None
    if picture is not None and (picture.suffix.lower() != ".svg" or picture.is_dir()):
        raise UsageError("--picture 应是一个 .svg 文件，如 --picture 公开时效.svg。")
    found = publication_delays(build_app(options.db, options.actor), options.file)
    if picture is not None:
        write_picture(found, picture, name=PurePath(options.file).name)
    if options.json:
        print_row(delays_row(found))
        for item in found.left_out:
            print_row(left_out_row(item))
    else:
        for line in _lines(found, every_row=options.rows):
            print(told(line) if not line.startswith(" ") else "  " + told(line))
    if picture is not None:
        say(f"图已写入 {shown(str(picture))}")
    return 0


def _lines(found: Delays, *, every_row: bool) -> Iterator[str]:
    yield (
        f"{found.rows} 行，{found.both} 行写明两个日期；计入 {found.counted} 份，不计入 {len(found.left_out)} 行"
        f"（工作日历 {found.calendar}）。"
    )
    if found.provisional:
        yield f"其中 {found.provisional} 份的公开日期所在年度放假安排未定，按周末暂计。"
    for cohort in found.cohorts:
        yield from _cohort_lines(cohort)
    yield "不计入的行（一行可有几个原因）："
    yield from _left_out_lines(found, every_row=every_row)


def _cohort_lines(cohort: Cohort) -> Iterator[str]:
    yield f"{cohort.since} 以来成文（{cohort.because}）："
    for spread in (cohort.together, *cohort.governments[:_MOST_GOVERNMENTS]):
        yield "  " + _spread_line(spread)
    if (rest := len(cohort.governments) - _MOST_GOVERNMENTS) > 0:
        yield f"  另有 {rest} 个机关，用 --json 列出。"


def _spread_line(spread: Spread) -> str:
    if not spread.count:
        return f"{spread.name}：0 份，无法计算"
    classes = "，".join(f"{class_name(number)} {count}" for number, count in enumerate(spread.classes))
    return (
        f"{spread.name}：{PUBLISH_WORKDAYS} 个工作日内 {percent(spread.share)}  {spread.within}/{spread.count}，"
        f"中位数 {spread.median}，九成不超过 {spread.ninth_decile}，最长 {spread.longest}；{classes}"
    )


def _left_out_lines(found: Delays, *, every_row: bool) -> Iterator[str]:
    if every_row:
        for item in found.left_out:
            row, reasons = item.row, "、".join(fault.chinese for fault in item.faults)
            yield f"  第 {row.row} 行：{row.fault or reasons}（成文 {row.issued or '无'}，公开 {row.published or '无'}）"
        return
    counts = Counter(fault for item in found.left_out for fault in item.faults)
    for fault in (fault for fault in DelayFault if counts[fault]):
        numbers = [str(item.row.row) for item in found.left_out if fault in item.faults][:_NAMED_ROWS]
        more = " …" if counts[fault] > len(numbers) else ""
        yield f"  {fault.chinese} {counts[fault]} 行：第 {'、'.join(numbers)} 行{more}"
    if found.left_out:
        yield "  用 --rows 逐行列出。"
    else:
        yield "  无。"
