"""Examine a published report; needs no register, and hears the titles of one that is named."""

from collections.abc import Iterable
from pathlib import PurePath

from attrtrack.domain.access import Right
from attrtrack.domain.contradictions import Examination, KnownTitle
from attrtrack.examining import Paper, examine
from attrtrack.reading.guarded import read_guarded
from attrtrack.recording import record, refuse_classified_name
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.reading import load_bytes

_MOST_TITLES = 200_000


def check_report(app: App, name: str) -> Examination:
    """Examine the file called `name` by the rules alone; nothing is stored."""
    return _examined(app, name, ())


def check_report_by_register(app: App, name: str) -> Examination:
    """Examine a file by the rules and the titles of the register; nothing is stored."""
    permitted(app, Right.READ)
    with app.reading() as work:
        titles = tuple(
            KnownTitle(item.title, item.number, "登记库")
            for item, _ in zip(work.documents.linkables(), range(_MOST_TITLES), strict=False)
        )
    return _examined(app, name, titles)


def _examined(app: App, name: str, register: Iterable[KnownTitle]) -> Examination:
    refuse_classified_name(name, app.rules)
    source = read_guarded(load_bytes(name), PurePath(name).name, None)
    own = tuple(KnownTitle(row.title, row.number or None, row.source) for row in app.rules.known_titles)
    return examine(Paper(record(source, app.rules), app.rules, source.page_numbers, (*own, *register)))
