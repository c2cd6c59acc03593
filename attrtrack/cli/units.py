"""`unit`: the tree of units, by which it is decided who sees what."""

import argparse

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import local_time, print_row, told
from attrtrack.domain.accounts import Unit
from attrtrack.errors import UsageError
from attrtrack.workflow import accounts
from attrtrack.workflow.account_shapes import unit_row


def unit(options: argparse.Namespace) -> int:
    """Do one act on units and print the units concerned."""
    app = build_app(options.db, options.actor)
    if options.act == "list":
        found = accounts.list_units(app)
    elif not options.name:
        raise UsageError(f"请写单位名称：attrtrack unit {options.act} 单位。")
    elif options.act == "add":
        found = [accounts.add_unit(app, options.name, options.parent, top=options.top)]
    elif options.act == "move":
        found = [accounts.move_unit(app, options.name, options.parent)]
    else:
        found = [accounts.close_unit(app, options.name)]
    for one in found:
        if options.json:
            print_row(unit_row(one))
        else:
            print(_line(one))
    return 0


def _line(one: Unit) -> str:
    above = "最高单位" if one.top else f"上级：{told(one.parent)}" if one.parent else "没有上级"
    closed = f"  已于 {local_time(one.closed_at)} 撤销" if one.closed_at is not None else ""
    return f"{told(one.name)}  {above}{closed}"
