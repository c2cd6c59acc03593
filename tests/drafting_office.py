"""A register with people, and a drafter at its pages, for the tests of drafting."""

import html
import re
from dataclasses import dataclass, field
from pathlib import Path

from decided_letters import PRICE
from web_client import Answer, TestClient
from web_people import LOGINS, OWN, a_peopled_app, acting, signed_in

from attrtrack.domain.access import Access, Right, Role
from attrtrack.domain.decisions import State
from attrtrack.workflow.app import App
from attrtrack.workflow.receiving import record_text
from attrtrack.workflow.registering import declare, sign
from attrtrack.workflow.reviewing import review_secrecy


@dataclass
class Desk:
    """The drafter's browser on a register; every letter it gets is another one."""

    app: App
    browser: TestClient
    numbers: list[int] = field(default_factory=lambda: [0])

    def text(self, *, mark: str = "") -> str:
        """Return a letter on a price, which is to be published."""
        self.numbers[0] += 1
        return PRICE.format(number=self.numbers[0], town="东山") + mark

    def send(self, *, file: tuple[str, bytes] | None = None, **fields: str) -> Answer:
        """Send the form for a new document with the page's own token, unless another is given."""
        own = {"form_token": fields_of(self.browser.get("/drafts/new").text)["form_token"], **fields}
        files = {"file": (*file, "application/octet-stream")} if file else {"file": ("", b"", "text/plain")}
        return self.browser.post("/drafts/new", data=own, files=files)

    def recorded(self, *, mark: str = "") -> str:
        """Record a letter as the drafter and return its id."""
        return record_letter(acting(self.app, Role.DRAFTER), self.text(mark=mark))

    def page(self, document_id: str) -> str:
        """Return the page of a document."""
        answer = self.browser.get(f"/documents/{document_id}")
        assert answer.status_code == 200
        return answer.text

    def post(self, document_id: str, form: str, /, **fields: str) -> Answer:
        """Send a form of a document's page as it stands now; fields given go before the page's own."""
        page = self.page(document_id) if not {"form_token", "version"} <= fields.keys() else ""
        return self.browser.post(f"/documents/{document_id}/{form}", data={**fields_of(page), **fields})

    def signed(self, attribute: str = "proactive", reason: str | None = None) -> str:
        """Return a letter that others have signed off."""
        identifier = self.recorded()
        declare(acting(self.app, Role.DRAFTER), identifier, attribute, reason)
        review_secrecy(acting(self.app, Role.OFFICE), identifier, "cleared", "不涉密", personal_data_cleared=True)
        sign(acting(self.app, Role.SIGNATORY), identifier)
        return identifier

    def foreign(self, unit: str) -> str:
        """Return a letter of another unit."""
        access = Access(frozenset(Right), frozenset({unit}), unit)
        own = self.app.acting_as("别处拟稿人", access, origin="cli", unit=unit)
        return record_letter(own, self.text())

    def state(self, document_id: str) -> State:
        """Return where a document stands."""
        with self.app.store.reading() as work:
            return work.documents.get(document_id).state

    def length(self) -> int:
        """Return how many entries the journal has."""
        with self.app.store.reading() as work:
            head = work.journal.head()
        assert head is not None
        return head.sequence


def a_desk(folder: Path) -> Desk:
    """Make the register and sign the drafter in."""
    app = a_peopled_app(folder)
    return Desk(app, signed_in(app, LOGINS[Role.DRAFTER], follow_redirects=False))


def record_letter(app: App, text: str) -> str:
    """Record a letter's text for somebody."""
    return record_text(app, {"text": text}).record.id


def fields_of(page: str) -> dict[str, str]:
    """Return the token and the version that a page's forms bear."""
    return dict(re.findall(r'name="(form_token|version)" value="([^"]*)"', page))


def told(answer: Answer) -> str:
    """Return the words of an answer without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


__all__ = ["OWN", "Desk", "a_desk", "fields_of", "record_letter", "told"]
