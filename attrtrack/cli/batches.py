"""`suggest --batch`: rows of other programs."""

import argparse

from attrtrack.cli.lines import open_lines
from attrtrack.cli.output import print_row, say_error
from attrtrack.cli.suggesting import print_proposal
from attrtrack.errors import InputRefusedError
from attrtrack.workflow import batches, shapes
from attrtrack.workflow.app import App


def suggest_batch(app: App, options: argparse.Namespace) -> int:
    """Propose for each row; a bad row is told and the others go on."""
    bad = 0
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
                print_proposal(app, f"{number} {row['id']}", None, proposal)
    return 1 if bad else 0
