"""`coverage` and `export`: figures and the year's list."""

import argparse
from pathlib import Path

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import percent, print_row, say
from attrtrack.domain.measures import Measure, Reading
from attrtrack.domain.needs import NeedSource
from attrtrack.workflow import shapes
from attrtrack.workflow.listing import export_year_list
from attrtrack.workflow.measuring import coverage as measured

_SOURCES = {NeedSource.PERSON: "人工认定", NeedSource.LEDGER: "台账写明", NeedSource.UNRECORDED: "升级前所定"}
_READINGS = {Reading.DOCUMENT: "按文件", Reading.INTERPRETATION: "按解读"}


def coverage(options: argparse.Namespace) -> int:
    """Print every measure with its rows."""
    app = build_app(options.db, options.actor)
    for measure in measured(app, year=options.year, unit=options.unit, as_of=options.as_of):
        if options.json:
            print_row(shapes.measure_row(measure, with_rows=options.rows))
        else:
            print_measure(measure, with_rows=options.rows)
    return 0


def print_measure(measure: Measure, *, with_rows: bool) -> None:
    """Print one measure for people: value, fraction, target, what was left out."""
    fraction = f"{len(measure.numerator)}/{len(measure.denominator)}"
    target = f"目标 {percent(measure.target.value)}" if measure.target else "没有目标"
    span = (
        f"，待判定的关联全部判定后在 {percent(measure.range[0])}—{percent(measure.range[1])}" if measure.range else ""
    )
    print(
        f"{measure.name}（{_READINGS[measure.reading]}）：{percent(measure.value)}  {fraction}，{target}，"
        f"排除 {len(measure.excluded)} 行{span}"
    )
    if measure.need_sources:
        print(f"    应解读由谁定：{_need_sources(measure.need_sources)}")
    if with_rows:
        print(f"    分子：{'、'.join(measure.numerator) or '无'}")
        print(f"    分母：{'、'.join(measure.denominator) or '无'}")
        print(f"    排除：{'、'.join(f'{item.id}（{item.rule}）' for item in measure.excluded) or '无'}")


def _need_sources(sources: tuple[tuple[str, int], ...]) -> str:
    counted = dict(sources)
    said = [f"{name} {number} 份" for source, name in _SOURCES.items() if (number := counted.pop(source.value, 0))]
    if counted:
        said.append(f"规则建议 {sum(counted.values())} 份（{'、'.join(f'{code} {n}' for code, n in counted.items())}）")
    return "，".join(said)


def export(options: argparse.Namespace) -> int:
    """Write the year's list."""
    app = build_app(options.db, options.actor)
    count = export_year_list(app, options.year, Path(options.out), unit=options.unit)
    if options.json:
        print_row({"out": options.out, "year": options.year, "rows": count})
    else:
        say(f"已生成 {options.out}：{options.year} 年 {count} 份公文")
    return 0
