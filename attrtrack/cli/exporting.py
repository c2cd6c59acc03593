"""`export`: the year's list, what is missing from it, and the catalogues."""

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import print_row, say
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import UsageError
from attrtrack.reporting import NOT_ASKED, Checked, Gap, HandedIn
from attrtrack.workflow.app import App
from attrtrack.workflow.cataloguing import export_catalogue
from attrtrack.workflow.listing import check_year_list, export_year_list


def export(options: argparse.Namespace) -> int:
    """Write the year's list or a catalogue, or only look through the list."""
    if options.all_units and (options.unit or options.catalogue):
        raise UsageError("--all-units 是对所有单位的，不能与 --unit、--catalogue 合用：请去掉其中一个。")
    app = build_app(options.db, options.actor)
    if options.check:
        return _check(app, options)
    if not options.out:
        raise UsageError("请用 --out 写明输出的文件；只检查不导出请加 --check。")
    if options.catalogue:
        attribute = DisclosureAttribute(options.catalogue)
        count = export_catalogue(app, attribute, options.year, out=Path(options.out), unit=options.unit)
        told = f"{options.year} 年{attribute.chinese}目录 {count} 份公文"
    else:
        count = export_year_list(app, options.year, Path(options.out), unit=options.unit, all_units=options.all_units)
        told = f"{options.year} 年 {count} 份公文"
    if options.json:
        print_row({"out": options.out, "year": options.year, "rows": count})
    else:
        say(f"已生成 {options.out}：{told}")
    return 0


def _check(app: App, options: argparse.Namespace) -> int:
    if options.out or options.catalogue:
        raise UsageError("--check 只检查、不写文件：请去掉 --out 和 --catalogue。")
    found, count = check_year_list(app, options.year, unit=options.unit, all_units=options.all_units)
    if options.json:
        _print_rows(found, count)
    else:
        _print_words(found, count)
    return 1 if found.missing or found.closed or any(unit.is_zero for unit in found.units or ()) else 0


def _print_rows(found: Checked, count: int) -> None:
    for gap in (*found.missing, *found.closed):
        row = gap.row
        place = {"id": row.id, "title": row.title, "number": row.number, "unit": row.unit, "column": gap.column.value}
        kind = "missing-cell" if gap.address is None else "closed-address"
        print_row({"kind": kind, **place, "address": gap.address, "message": gap.advice})
    for unit in found.units or ():
        missing = {column.value: number for column, number in unit.missing}
        print_row({"kind": "unit", "unit": unit.unit, "documents": unit.documents, "missing": missing})
    print_row(
        {
            "documents": count,
            "missing": len(found.missing),
            "closed_addresses": len(found.closed),
            "pages_asked": False,
            "message": NOT_ASKED,
        }
    )


def _print_words(found: Checked, count: int) -> None:
    for line in (*_words(found.missing), *_words(found.closed), *map(_unit_words, found.units or ())):
        print(line)
    columns = Counter(gap.column.value for gap in found.missing)
    told = "、".join(f"{name} {number}" for name, number in columns.most_common()) or "没有"
    say(f"公文 {count} 份。缺项 {len(found.missing)} 处：{told}；打不开的地址 {len(found.closed)} 处。")
    say(NOT_ASKED)


def _words(gaps: Iterable[Gap]) -> Iterable[str]:
    for gap in gaps:
        name = "　".join(filter(None, (gap.row.id, gap.row.number, gap.row.title)))
        said = "缺" if gap.address is None else f"{gap.address} "
        yield f"{name}　{gap.column.value}：{said}（{gap.advice}）"


def _unit_words(unit: HandedIn) -> str:
    if unit.is_zero:
        return f"{unit.unit}：未报（未报资料记0分，由考核人员决定）"
    missing = "、".join(f"{column.value} {number}" for column, number in unit.missing)
    return f"{unit.unit}：已报 {unit.documents} 份，" + (f"缺 {missing}" if missing else "没有缺项")
