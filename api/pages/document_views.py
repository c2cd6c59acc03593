"""What the page of one document is made of: the sheet, and the forms that are open to whoever looks at it."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.contexts import Option, Page, TroubleView
from api.pages.proposals import WITH_WORDS, reason_words
from api.pages.sheets import SheetView, is_blocked
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.genres import Genre
from attrtrack.domain.proposals import Proposal
from attrtrack.domain.reasons import LegalReason
from attrtrack.domain.register import RecordedDocument
from attrtrack.workflow.app import App
from attrtrack.workflow.correcting_elements import ELEMENTS

_LIKELY = 4
_HELD = frozenset({State.DRAFT, State.RETURNED})


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed into the form of a declaration: attribute and reason by code, own words, why a signed one shall change."""

    attribute: str = ""
    reason: str = ""
    words: str = ""
    because: str = ""

    @property
    def whole_reason(self) -> str | None:
        """The reason as it is declared: code, words, or both."""
        return WITH_WORDS.join(part for part in (self.reason, self.words) if part) or None


@dataclass(frozen=True, slots=True)
class SuggestedView:
    """What one click declares."""

    attribute: str
    words: str
    reason: str
    reason_words: str | None


@dataclass(frozen=True, slots=True)
class DeclaringView:
    """The form of a declaration for one attribute; `others` are the reasons that fewer documents have.

    `needed`: the attribute needs a reason; `explain`: the document is signed, so that a change must be explained; `open`:
    the form is unfolded. `suggested` None: nothing is suggested, or something else was declared already.
    """

    suggested: SuggestedView | None
    attributes: tuple[Option, ...]
    attribute: str
    attribute_words: str
    likely: tuple[Option, ...]
    others: tuple[Option, ...]
    needed: bool
    explain: bool
    again: bool
    open: bool
    said: Said
    trouble: TroubleView | None


@dataclass(frozen=True, slots=True)
class EditingView:
    """The form that mends what was misread: each element by name, its word and value."""

    fields: tuple[tuple[str, str, str], ...]
    genres: tuple[Option, ...]
    open: bool
    trouble: TroubleView | None


@dataclass(frozen=True, slots=True)
class WithdrawingView:
    """The form that withdraws."""

    because: str
    open: bool
    trouble: TroubleView | None


@dataclass(frozen=True, slots=True)
class PublishingView:
    """The form that registers a publication."""

    url: str
    day: str
    channel: str
    channels: tuple[Option, ...]
    open: bool
    trouble: TroubleView | None


@dataclass(frozen=True, kw_only=True)
class DocumentPage(Page):
    """One document; a form is None where it is not open to the person or in this state. `asked` heads the findings.

    `foreseen`: these are what a declaration would bring; nothing is declared by them.
    """

    template: ClassVar[str] = "document.html"
    view: SheetView
    asked: str
    foreseen: bool
    declaring: DeclaringView | None
    editing: EditingView | None
    withdrawing: WithdrawingView | None
    publishing: PublishingView | None


def offered_reasons(app: App, attribute: DisclosureAttribute) -> list[LegalReason]:
    """Return the reasons of the catalogue that can carry an attribute; never state secrecy, which has no place here."""
    codes = app.rules.proposable(attribute)
    named = (app.rules.reason(row.code) for row in app.rules.reasons if row.code in codes)
    return [reason for reason in named if reason is not None]


def suggested(app: App, proposal: Proposal | None) -> SuggestedView | None:
    """Return what one click declares; nothing where the program is in doubt, or lacks the reason that is needed."""
    if proposal is None or proposal.abstained or proposal.attribute is None:
        return None
    offered = {row.code for row in offered_reasons(app, proposal.attribute)}
    code = proposal.reason if proposal.reason in offered else ""
    if not code and _is_needed(app, proposal.attribute):
        return None
    words = proposal.attribute.chinese
    return SuggestedView(proposal.attribute.value, words, code or "", reason_words(app, code or None))


def _is_needed(app: App, attribute: DisclosureAttribute) -> bool:
    return attribute.value in app.rules.switch("reason_required_for")


def guessed(recorded: RecordedDocument, proposal: Proposal | None) -> DisclosureAttribute:
    """Return the attribute whose reasons are shown first."""
    return recorded.attribute or (proposal.attribute if proposal else None) or DisclosureAttribute.PROACTIVE


def declaring(
    app: App,
    view: SheetView,
    chosen: DisclosureAttribute | None,
    *,
    said: Said | None = None,
    trouble: TroubleView | None = None,
) -> DeclaringView:
    """Make the form: for the attribute chosen, else the one that was typed, declared or suggested."""
    recorded, proposal = view.recorded, view.sheet.proposal
    typed = app.rules.attribute_named(said.attribute) if said else None
    attribute = chosen or typed or guessed(recorded, proposal)
    options = _reasons(app, attribute, proposal)
    held = recorded.state in _HELD
    return DeclaringView(
        suggested=suggested(app, proposal) if held else None,
        attributes=tuple(Option(one.value, one.chinese) for one in DisclosureAttribute),
        attribute=attribute.value,
        attribute_words=attribute.chinese,
        likely=options[:_LIKELY],
        others=options[_LIKELY:],
        needed=_is_needed(app, attribute),
        explain=recorded.decision is not None,
        again=not held,
        open=bool(chosen or said or trouble)
        or (held and suggested(app, proposal) is None)
        or is_blocked(recorded, view.sheet.findings),
        said=said or Said(attribute.value),
        trouble=trouble,
    )


def _reasons(app: App, attribute: DisclosureAttribute, proposal: Proposal | None) -> tuple[Option, ...]:
    """Return the reasons that can carry an attribute, those that the proposal finds likely first."""
    likely = [item.code for item in proposal.reasons] if proposal and proposal.attribute is attribute else []
    rows = offered_reasons(app, attribute)
    rows.sort(key=lambda row: likely.index(row.code) if row.code in likely else len(likely))
    return tuple(_option(row) for row in rows)


def _option(row: LegalReason) -> Option:
    clauses = "、".join(str(item) for item in row.references)
    return Option(row.code, row.name, f"{clauses}　{row.must_show}" if clauses else row.must_show)


def editing(view: SheetView, typed: dict[str, str] | None = None, trouble: TroubleView | None = None) -> EditingView:
    """Make the form that mends elements: with what was typed, else with what was read."""
    document = view.recorded.document
    values = {
        "title": document.title,
        "number": document.number,
        "genre": document.genre.value if document.genre else None,
        "issuer": document.issuer,
        "addressee": document.addressee,
        "date": document.date.isoformat() if document.date else None,
        "drafting_department": document.drafting_department,
    }
    shown = typed or {name: value or "" for name, value in values.items()}
    fields = tuple((name, words, shown.get(name, "")) for name, words in ELEMENTS.items())
    genres = tuple(Option(genre.value, genre.value) for genre in Genre)
    return EditingView(fields, genres, open=bool(typed or trouble), trouble=trouble)


def publishing(
    app: App, typed: tuple[str, str, str] | None = None, trouble: TroubleView | None = None
) -> PublishingView:
    """Make the form that registers a publication."""
    url, day, channel = typed or ("", "", "government-website")
    channels = tuple(Option(row.code, row.name) for row in app.rules.channels)
    return PublishingView(url, day, channel, channels, open=bool(typed or trouble), trouble=trouble)
