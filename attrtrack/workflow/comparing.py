"""An interpretation beside the documents that it may explain: all that a person needs to judge, read at once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.compared_titles import ComparedTitles
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.linked_readings import ListedReading, ReadingsWanted, Standing
from attrtrack.domain.numbers import parse
from attrtrack.domain.register import JournalEntry, RecordedDocument, RecordedLink
from attrtrack.linking.comparing import compared_titles
from attrtrack.workflow.app import App
from attrtrack.workflow.copying import MeasuredPair, measured_pair
from attrtrack.workflow.histories import named
from attrtrack.workflow.linking import Judged
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.signs import Signs, settings_of, signs_of

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

MOST_CANDIDATES = 5
_FEWEST_SIGNS = 2
_ID = re.compile(r"[Dd][1-9]\d{0,14}", re.ASCII)
_ORDER = (Judgement.CONFIRMED, Judgement.AUTO, Judgement.PENDING)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be explained, or is: how its pair stands (None: found by a person's search), and its title beside."""

    recorded: RecordedDocument
    link: RecordedLink | None
    titles: ComparedTitles


@dataclass(frozen=True, slots=True)
class SideBySide:
    """An interpretation with its candidates, those said to be its documents first; `beside` is the one laid beside it.

    `refused` are the documents that a person has refused, `found` what a search for another one came to (None: not searched),
    `settings` who set its forms and channels, `names` those who have acted, by login.
    """

    judged: Judged
    candidates: tuple[Candidate, ...]
    refused: tuple[RecordedDocument, ...]
    found: tuple[Candidate, ...] | None
    beside: Candidate | None
    measured: MeasuredPair | None
    signs: Signs
    settings: tuple[JournalEntry, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Readings:
    """A part of the interpretations: how many stand how, the rows, titles of their documents by id, where it goes on.

    `forms` and `channels` are the names of their codes.
    """

    counts: dict[Standing, int]
    rows: tuple[ListedReading, ...]
    titles: dict[str, str | None]
    forms: dict[str, str]
    channels: dict[str, str]
    next: int | None


def readings(app: App, wanted: ReadingsWanted, *, limit: int = 50, after: int | None = None) -> Readings:
    """Return interpretations by how they stand to documents, and how many stand how."""
    permitted(app, Right.READ)
    with app.reading() as work:
        counts = work.reading_lists.counts(wanted)
        some = wanted.standing is None or counts[wanted.standing]
        found = work.reading_lists.part(wanted, limit=limit + 1, after=after) if some else []
        rows = tuple(found[:limit])
        wanted_ids = dict.fromkeys(document for row in rows for document, _ in row.pairs)
        titles = {key: item.title for key, item in work.queries.titles_of(list(wanted_ids)).items()}
    following = rows[-1].key if len(found) > limit else None
    forms, channels = ({row.code: row.name for row in table} for table in (app.rules.forms, app.rules.channels))
    return Readings(counts, rows, titles, forms, channels, following)


def reading_counts(app: App, wanted: ReadingsWanted) -> dict[Standing, int]:
    """Return how many interpretations stand how."""
    permitted(app, Right.READ)
    with app.reading() as work:
        return work.reading_lists.counts(wanted)


def still_waiting(app: App, wanted: ReadingsWanted, *, after: str) -> tuple[int, str | None]:
    """Return how many interpretations wait for a person, and the next after this one: the first where none comes after."""
    permitted(app, Right.READ)
    with app.reading() as work:
        count = work.reading_lists.count_waiting(wanted)
        return count, work.reading_lists.next_waiting(wanted, after=int(after[1:])) if count else None


def side_by_side(
    app: App, interpretation_id: str, *, beside: str | None = None, sought: str | None = None
) -> SideBySide:
    """Return an interpretation with what may be, is and is not its document.

    `beside` is the document to lay beside it (default: the first candidate), `sought` an id, a number or words of a title.
    """
    permitted(app, Right.READ)
    with app.reading() as work:
        recorded = work.interpretations.get(interpretation_id)
        links, acts = tuple(work.links.of(recorded.id)), tuple(work.links.acts(recorded.id))
        judged = Judged(recorded, links, acts, version=work.journal.version_of(recorded.id))
        title = recorded.interpretation.title or ""
        standing = sorted((link for link in links if link.judgement in _ORDER), key=_by_judgement)
        documents = work.documents.several(link.document_id for link in links)
        candidates = tuple(_candidates(title, standing, documents))
        found = _sought(work, title, sought, links=links) if sought else None
        laid = _laid_beside((*candidates, *(found or ())), beside)
        settings = tuple(settings_of(work, recorded.id))
        people = {*(act.by for act in acts), *(entry.actor for entry in settings)}
        names = {login: named(work, login) for login in people}
    measured = None
    if laid is not None:
        document, judgement = laid.recorded, laid.link.judgement if laid.link else None
        measured = measured_pair(app, recorded, document.id, document.document, judgement)
    refused = [link.document_id for link in links if link.judgement is Judgement.REJECTED]
    return SideBySide(
        judged=judged,
        candidates=candidates,
        refused=tuple(documents[key] for key in refused if key in documents),
        found=found,
        beside=laid,
        measured=measured,
        signs=signs_of(app, recorded.interpretation, settings),
        settings=settings,
        names=names,
    )


def _by_judgement(link: RecordedLink) -> tuple[int, float]:
    return _ORDER.index(link.judgement), -(link.probability or 0.0)


def _candidates(
    title: str, standing: Iterable[RecordedLink], documents: dict[str, RecordedDocument]
) -> Iterator[Candidate]:
    """Yield what is said to be its document, and at most five that wait."""
    waiting = 0
    for link in standing:
        waiting += link.judgement is Judgement.PENDING
        if link.document_id in documents and waiting <= MOST_CANDIDATES:
            yield _candidate(title, documents[link.document_id], link)


def _candidate(title: str, recorded: RecordedDocument, link: RecordedLink | None) -> Candidate:
    return Candidate(recorded, link, compared_titles(title, recorded.document.title or ""))


def _laid_beside(candidates: Iterable[Candidate], wanted: str | None) -> Candidate | None:
    found = list(candidates)
    named = (item for item in found if item.recorded.id == wanted)
    return next(named, found[0] if found else None)


def _sought(work: "UnitOfWork", title: str, words: str, *, links: Iterable[RecordedLink]) -> tuple[Candidate, ...]:
    """Find documents by id, whole number or words of the title; a pair that stands already is told with it."""
    pairs = {link.document_id: link for link in links}
    said = " ".join(words.split())
    keys = [said.upper()] if _ID.fullmatch(said) else []
    number = str(parse(said) or said)
    keys += [key for key, _ in work.documents.bearers_of([number], limit=MOST_CANDIDATES).get(number, ())]
    if len(said) >= _FEWEST_SIGNS and not keys:
        keys += work.reading_lists.documents_called(said, limit=MOST_CANDIDATES)
    found = work.documents.several(dict.fromkeys(keys[:MOST_CANDIDATES]))
    return tuple(_candidate(title, found[key], pairs.get(key)) for key in dict.fromkeys(keys) if key in found)
