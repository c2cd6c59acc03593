"""Examine a published report; needs no register, and hears the titles of one that is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath

from attrtrack.domain.access import Right
from attrtrack.domain.contradictions import Examination, KnownTitle
from attrtrack.domain.documents import Document
from attrtrack.examining import Paper, examine
from attrtrack.nlp.relation_model import RelationModel, load_relation_model
from attrtrack.reading.guarded import read_guarded
from attrtrack.recording import record, refuse_classified_name
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.reading import load_bytes

_MOST_TITLES = 200_000


@dataclass(frozen=True, slots=True)
class ExaminedReport:
    """A report as it was read, and what was found in it."""

    document: Document
    found: Examination


def check_report(app: App, name: str) -> Examination:
    """Examine the file called `name` by the rules alone; nothing is stored."""
    refuse_classified_name(name, app.rules)
    return _examined(app, load_bytes(name), name, register=()).found


def check_report_by_register(app: App, name: str) -> Examination:
    """Examine a file by the rules and the titles of the register; nothing is stored."""
    refuse_classified_name(name, app.rules)
    return check_sent_report(app, load_bytes(name), name).found


def check_sent_report(app: App, data: bytes, name: str) -> ExaminedReport:
    """Examine a file that came as bytes, by the rules and the titles of the register; nothing is stored."""
    permitted(app, Right.READ)
    with app.reading() as work:
        titles = tuple(KnownTitle(title, number, "登记库") for title, number in work.queries.titles(limit=_MOST_TITLES))
    return _examined(app, data, name, register=titles)


def _examined(app: App, data: bytes, name: str, *, register: Iterable[KnownTitle]) -> ExaminedReport:
    refuse_classified_name(name, app.rules)
    source = read_guarded(data, PurePath(name).name, None)
    own = tuple(KnownTitle(row.title, row.number or None, row.source) for row in app.rules.known_titles)
    document = record(source, app.rules)
    paper = Paper(document, app.rules, source.page_numbers, (*own, *register), _relations(app.reports_folder))
    return ExaminedReport(document, examine(paper))


@lru_cache(maxsize=2)
def _relations(folder: Path) -> RelationModel:
    return load_relation_model(folder)
