"""Lists of the register for programs: documents, interpretations, what waits for a person, part by part."""

from dataclasses import dataclass

from attrtrack.domain.access import Right
from attrtrack.domain.browsing import ListedDocument, Wanted
from attrtrack.domain.needs import DocumentNeed
from attrtrack.domain.register import RecordedInterpretation, RecordedLink
from attrtrack.workflow.app import App
from attrtrack.workflow.overview import Scope
from attrtrack.workflow.permitting import permitted


@dataclass(frozen=True, slots=True)
class Waiting:
    """An interpretation that waits for a person, with its pairs, likeliest first."""

    interpretation: RecordedInterpretation
    links: tuple[RecordedLink, ...]


def documents(app: App, wanted: Wanted, *, before: int | None, limit: int) -> list[ListedDocument]:
    """Return documents that the person sees, newest entry first, those entered before key `before`."""
    permitted(app, Right.READ)
    with app.reading() as work:
        return work.browsing.documents(wanted, before=before, limit=limit)


def interpretations(app: App, scope: Scope, *, after: int, limit: int) -> list[RecordedInterpretation]:
    """Return interpretations that the person sees in order of entry, those after key `after`."""
    permitted(app, Right.READ)
    with app.reading() as work:
        return work.browsing.interpretations(scope.unit, scope.year, after=after, limit=limit)


def waiting(app: App, scope: Scope, *, after: int, limit: int) -> list[Waiting]:
    """Return interpretations with a pending pair, in order of entry, those after key `after`."""
    permitted(app, Right.READ)
    with app.reading() as work:
        found = work.browsing.interpretations(scope.unit, scope.year, after=after, limit=limit, waiting=True)
        links = work.browsing.links_of([item.id for item in found])
    return [Waiting(item, tuple(links[item.id])) for item in found]


def doubtful_needs(app: App, scope: Scope, *, after: int, limit: int) -> list[DocumentNeed]:
    """Return documents of which it is doubtful whether they need an interpretation, those after key `after`."""
    permitted(app, Right.READ)
    with app.reading() as work:
        return list(work.needs.doubtful(scope.unit, scope.year, after=after, limit=limit))
