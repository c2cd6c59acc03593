"""The page of one document, made for whoever looks at it: with the forms that are open, and what was typed into one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.pages.contexts import Crumb, DeskView, TroubleView
from api.pages.document_views import (
    DocumentPage,
    Said,
    WithdrawingView,
    declaring,
    editing,
    guessed,
    publishing,
    suggested,
)
from api.pages.sheets import sheet_view
from api.pages.wording import link
from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.findings import Finding
from attrtrack.workflow.app import App
from attrtrack.workflow.foreseeing import foreseen, open_acts
from attrtrack.workflow.overview import Scope
from attrtrack.workflow.sheets import DocumentSheet, document_sheet

_HELD = frozenset({State.DRAFT, State.RETURNED})


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into one form of the page, and why it was refused; the other forms are as they were."""

    form: str
    trouble: TroubleView | None = None
    said: Said | None = None
    elements: dict[str, str] | None = None
    because: str = ""
    publication: tuple[str, str, str] | None = None

    def trouble_in(self, form: str) -> TroubleView | None:
        """Return the trouble of a form."""
        return self.trouble if self.form == form else None


_NOTHING = Typed("")


def document_page(
    app: App,
    desk: DeskView,
    document_id: str,
    *,
    chosen: DisclosureAttribute | None = None,
    typed: Typed = _NOTHING,
    found: Sequence[Finding] | None = None,
) -> DocumentPage:
    """Make the page; `found`: what a declaration that was asked about would bring."""
    sheet = document_sheet(app, document_id)
    acts = open_acts(app, sheet.recorded.state)
    asked, ahead = ("问题", None) if found is None else (f"认定为{_named(app, typed)}会遇到的问题", found)
    if found is None and typed.said is None and "declare" in acts:
        asked, ahead = _ahead(app, sheet, chosen)
    view = sheet_view(app, document_id, sheet=sheet, foreseen=ahead)
    proactive = sheet.recorded.attribute is DisclosureAttribute.PROACTIVE
    return DocumentPage(
        title=sheet.recorded.document.title or "（无标题）",
        desk=desk if sheet.invented else replace(desk, notice=None),
        trail=(_above(app, sheet),),
        view=view,
        asked=asked,
        foreseen=ahead is not None,
        declaring=declaring(app, view, chosen, said=typed.said, trouble=typed.trouble_in("declaration"))
        if "declare" in acts
        else None,
        editing=editing(view, typed.elements, typed.trouble_in("elements")) if "correct-elements" in acts else None,
        withdrawing=WithdrawingView(
            typed.because, open=typed.form == "withdrawal", trouble=typed.trouble_in("withdrawal")
        )
        if "withdraw" in acts
        else None,
        publishing=publishing(app, typed.publication, typed.trouble_in("publication"))
        if "publish" in acts and proactive
        else None,
    )


def _named(app: App, typed: Typed) -> str:
    attribute = app.rules.attribute_named(typed.said.attribute) if typed.said else None
    return attribute.chinese if attribute else "所选属性"


def _ahead(
    app: App, sheet: DocumentSheet, chosen: DisclosureAttribute | None
) -> tuple[str, tuple[Finding, ...] | None]:
    """Return what would come of declaring what is chosen, else what is suggested, else what the form shows first."""
    recorded = sheet.recorded
    if chosen is None and recorded.state not in _HELD:
        return "问题", None
    offer = None if chosen else suggested(app, sheet.proposal)
    if offer is not None:
        return "采用建议会遇到的问题", foreseen(app, recorded.id, offer.attribute, offer.reason or None)
    attribute = chosen or guessed(recorded, sheet.proposal)
    return f"认定为{attribute.chinese}会遇到的问题", foreseen(app, recorded.id, attribute.value, None)


def _above(app: App, sheet: DocumentSheet) -> Crumb:
    """Lead a drafter back to the own documents, everybody else to the figures of the document's year."""
    if app.access.rights is not None and app.access.may(Right.DECLARE) and not app.access.may(Right.REVIEW):
        return Crumb("我的公文", "/drafts")
    return Crumb("总览", link("/", Scope(sheet.recorded.document.year, sheet.recorded.unit)))
