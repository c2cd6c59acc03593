"""`coverage`: figures."""

import argparse
from statistics import median_low

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import percent, print_row
from attrtrack.domain.measures import Days, Measure, MeasureState, Reading
from attrtrack.domain.needs import NeedSource
from attrtrack.workflow import shapes
from attrtrack.workflow.measuring import coverage as measured

_SOURCES = {NeedSource.PERSON: "人工认定", NeedSource.LEDGER: "台账写明", NeedSource.UNRECORDED: "升级前所定"}
_COUNTED = {Reading.DOCUMENT: "份", Reading.INTERPRETATION: "件"}
_READINGS = {Reading.DOCUMENT: "按文件", Reading.INTERPRETATION: "按解读"}


def coverage(options: argparse.Namespace) -> int:
    """Print every measure with its rows."""
    app = build_app(options.db, options.actor)
    for measure in measured(app, year=options.year, unit=options.unit, as_of=options.as_of, policy_kind=options.kind):
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
    if measure.state is MeasureState.NOT_ASSESSABLE:
        print("    资料不足，不能评定：排除的行里有登记没有写明的")
    if measure.automatic:
        print(f"    分子中 {measure.automatic} {_COUNTED[measure.reading]}仅凭系统自动关联，还没有人判定")
    if measure.days:
        print(f"    {_days(measure.days)}")
    if measure.need_sources:
        print(f"    应解读由谁定：{_need_sources(measure.need_sources)}")
    if with_rows:
        print(f"    分子：{'、'.join(measure.numerator) or '无'}")
        print(f"    分母：{'、'.join(measure.denominator) or '无'}")
        print(f"    排除：{'、'.join(f'{item.id}（{item.rule}）' for item in measure.excluded) or '无'}")


def _days(days: tuple[Days, ...]) -> str:
    counted = sorted(one.days for one in days)
    unsure = sum(one.provisional for one in days)
    told = f"，其中 {unsure} 行按未公布节假日的年份暂计" if unsure else ""
    return f"工作日：中位数 {median_low(counted)} 天，最长 {counted[-1]} 天{told}"


def _need_sources(sources: tuple[tuple[str, int], ...]) -> str:
    counted = dict(sources)
    said = [f"{name} {number} 份" for source, name in _SOURCES.items() if (number := counted.pop(source.value, 0))]
    if counted:
        said.append(f"规则建议 {sum(counted.values())} 份（{'、'.join(f'{code} {n}' for code, n in counted.items())}）")
    return "，".join(said)
