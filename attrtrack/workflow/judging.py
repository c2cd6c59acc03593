"""Put together what the gate looks at: other rooms are asked only for what the declaration makes worth asking."""

from typing import TYPE_CHECKING

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.duties import NamedForPublication
from attrtrack.domain.proposals import Proposal
from attrtrack.gate import Case, Explained, KnownDocument
from attrtrack.recording.citing import Citation, carried_marks, citations, is_forwarding
from attrtrack.workflow.app import App

if TYPE_CHECKING:
    from attrtrack.proposing.studying import Study
    from attrtrack.storage import UnitOfWork

_BEARERS = 20


def case_of(
    app: App,
    document: Document,
    declaration: Declaration,
    *,
    proposal: Proposal | None,
    work: "UnitOfWork | None" = None,
    itself: str | None = None,
    study: "Study | None" = None,
) -> Case:
    """Return the case of a document; with a register to look into (`work`), what it carries and cites is known there.

    `itself` is the document's own id, so that it is not taken for one that it cites; `study` what the rules read
    in it, where somebody else asks for that, too.
    """
    marked = carried_marks_of(document)
    attribute = Case(document, declaration, carried=marked).intended
    cited = citations(document) if attribute is not None and work is not None else ()
    known = _known(document, cited, work, itself=itself) if work is not None else {}
    forwarded = {one.number for one in cited if one.forwarded and is_forwarding(document)}
    return Case(
        document,
        declaration,
        proposal,
        named=named_of(app, document, attribute, study=study),
        carried=(*marked, *(known[number] for number in known if number in forwarded)),
        cited=tuple(known[number] for number in known if number not in forwarded),
        explained=_explained(app, document, work, itself=itself) if work is not None and itself is not None else (),
    )


def _explained(app: App, document: Document, work: "UnitOfWork", *, itself: str) -> tuple[Explained, ...]:
    if not work.links.of_document(itself):
        return ()
    from attrtrack.workflow.copying import explained_of  # noqa: PLC0415 - needed where an interpretation is linked

    return explained_of(app, work, itself, document)


def named_of(
    app: App, document: Document, attribute: DisclosureAttribute | None, *, study: "Study | None" = None
) -> tuple[NamedForPublication, ...]:
    """Return why articles 19 to 21 call for the publication of what is to be kept back; of anything else nobody asks."""
    if attribute in {None, DisclosureAttribute.PROACTIVE}:
        return ()
    from attrtrack.proposing.publication import named_for_publication  # noqa: PLC0415 - asked of what is kept back only
    from attrtrack.proposing.studying import Study  # noqa: PLC0415 - the same

    return named_for_publication(study or Study(document, app.rules))


def carried_marks_of(document: Document) -> tuple[KnownDocument, ...]:
    """Return what a forwarding document carries, as far as a mark printed on that tells its attribute."""
    called = document.carried_title or ""
    return tuple(
        KnownDocument(called, mark.attribute, (document.quote(mark.span, f"mark:{mark.place}"),))
        for mark in carried_marks(document)
        if mark.span is not None
    )


def _known(
    document: Document, cited: tuple[Citation, ...], work: "UnitOfWork", *, itself: str | None
) -> dict[str, KnownDocument]:
    """Return what the register has of the numbers cited; bearers of one number that disagree tell nothing."""
    if not cited:
        return {}
    bearers = work.documents.bearers_of([one.number for one in cited], limit=_BEARERS)
    ids = [identifier for rows in bearers.values() for identifier, _ in rows if identifier != itself]
    attributes = {row.id: row.attribute for row in work.queries.overview_of(ids)} if ids else {}
    found: dict[str, KnownDocument] = {}
    for one in cited:
        rows = [(identifier, title) for identifier, title in bearers.get(one.number, []) if identifier in attributes]
        said = {attributes[identifier] for identifier, _ in rows} - {None}
        if len(said) == 1:
            called = f"{rows[0][1]}（{one.number}）" if rows[0][1] else one.number
            found[one.number] = KnownDocument(called, said.pop(), (document.quote(one.sentence, "register"),))
    return found
