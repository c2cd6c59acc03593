"""Recompute a published score table: totals, full marks, ranks; needs no register."""

from pathlib import PurePath

from attrtrack.assessing import check_tables
from attrtrack.domain.ledgers import Table
from attrtrack.domain.score_checks import ScoreCheck
from attrtrack.reading.guarded import tables_guarded
from attrtrack.reading.plain.decoding import decode
from attrtrack.reading.plain.tabbed import tables_in_text
from attrtrack.recording import refuse_classified_name
from attrtrack.workflow.app import App
from attrtrack.workflow.reading import is_ledger, load_bytes, read_document


def check_scores(app: App, name: str) -> ScoreCheck:
    """Check the score tables of a file: a spreadsheet, or a notice that holds them; `BadRowError` where there is none."""
    refuse_classified_name(name, app.rules)
    return check_sent_scores(app, load_bytes(name), name)


def check_sent_scores(app: App, data: bytes, name: str) -> ScoreCheck:
    """Check the score tables of a file that came as bytes."""
    refuse_classified_name(name, app.rules)
    if is_ledger(name):
        return check_tables(tables_guarded(data, name), app.rules)
    return check_tables(_tables_of_notice(app, data, name), app.rules)


def _tables_of_notice(app: App, data: bytes, name: str) -> tuple[Table, ...]:
    """Return the tables of a notice, which is read as every document is, so that a secret one is refused."""
    document = read_document(app, data, name)
    text = decode(data) if PurePath(name).suffix.lower() == ".txt" else document.text
    return tables_in_text(text.replace("\r\n", "\n"), name)
