"""`suggest --batch`: rows of other programs."""

import argparse
from collections import Counter

from attrtrack.cli.lines import open_lines
from attrtrack.cli.output import print_row, say_error
from attrtrack.cli.suggesting import print_proposal
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import InputRefusedError
from attrtrack.workflow import batches, shapes
from attrtrack.workflow.app import App

_UNSURE = "拿不准、请人工判断"


def suggest_batch(app: App, options: argparse.Namespace) -> int:
    """Propose for each row; a bad row is told and the others go on."""
    bad, counted = 0, Counter[str]()
    identifiers = batches.Identifiers()
    with open_lines(options.batch) as lines:
        for item in batches.parse_lines(lines):
            row: dict[str, object]
            try:
                if isinstance(item, batches.BadLine):
                    raise item.error
                number, given = item
                identifier = identifiers.take(batches.identifier_or_number(number, given))
                proposal = batches.suggest_row(app, given)
            except InputRefusedError as error:
                bad += 1
                if options.json:
                    print_row(batches.error_of(item, error))
                say_error(error, batches.error_place(item))
                continue
            row = shapes.proposal_row(identifier, proposal)
            if options.json:
                print_row(row)
            else:
                title = given.get("title")
                print_proposal(
                    app, f"第 {number} 行  {identifier}", title if isinstance(title, str) else None, proposal
                )
            counted[_UNSURE if proposal.abstained or not proposal.attribute else proposal.attribute.chinese] += 1
    if not options.json and counted.total() + bad > 1:
        print(_summary(counted, bad))
    return 1 if bad else 0


def _summary(counted: Counter[str], bad: int) -> str:
    told = [
        f"{kind} {counted[kind]} 份"
        for kind in (*(item.chinese for item in DisclosureAttribute), _UNSURE)
        if counted[kind]
    ]
    return (
        f"共 {counted.total()} 份：" + ("、".join(told) or "没有") + (f"；另有 {bad} 行不能用，原因见上" if bad else "")
    )
