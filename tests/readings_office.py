"""A register with documents of two places and interpretations that wait for them, for the tests of the pages that link."""

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from web_client import Answer, TestClient
from web_people import LOGINS, OTHER, OWN, a_peopled_app, acting, signed_in

from attrtrack.domain.access import Access, Right, Role
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.documents import Document
from attrtrack.domain.interpretations import Interpretation, Judgement
from attrtrack.workflow.app import App
from attrtrack.workflow.registering import record_document
from attrtrack.workflow.seeking import seek_document

TOPIC = "农村饮水工程管理办法"
PASSAGE = (
    "本办法所称农村饮水工程，是指为农村居民提供生活用水的供水站、管网和净水设施，"
    "由县水利局负责管理，运行经费由县级财政和水费共同承担，任何单位和个人不得擅自停水。"
)


@dataclass
class Readings:
    """A register with people; documents and interpretations are added by name."""

    app: App
    browsers: dict[Role, TestClient] = field(default_factory=dict)

    def document(self, title: str, number: str, *, unit: str = OWN, text: str = "") -> str:
        """Record a document of a unit."""
        everything = Access(frozenset(Right), frozenset({unit}), unit)
        drafter = self.app.acting_as(LOGINS[Role.DRAFTER], everything, origin="cli", unit=unit)
        document = Document(
            text=text or f"{title}\n{PASSAGE}\n",
            title=title,
            number=number,
            issuers=(unit,),
            date=WrittenDate(2026, 3, 1),
        )
        return record_document(drafter, document, content_hash=number, file_name=None).record.id

    def reading(self, title: str | None, *, unit: str = OWN, text: str = "", seek: bool = True, **more: object) -> str:
        """Register an interpretation and look for its document."""
        item = Interpretation("", title, published=dt.date(2026, 3, 4), text=text, forms=("text",), **more)  # type: ignore[arg-type]
        office = acting(self.app, Role.OFFICE)
        with self.app.store.unit_of_work("test", "cli") as work:
            identifier = work.interpretations.add(item, unit=unit, year=2026).id
        if seek:
            seek_document(office, identifier)
        return identifier

    def browser(self, role: Role = Role.OFFICE) -> TestClient:
        """Return the browser of somebody signed in, the same each time."""
        if role not in self.browsers:
            self.browsers[role] = self.another_browser(role)
        return self.browsers[role]

    def another_browser(self, role: Role = Role.OFFICE) -> TestClient:
        """Sign somebody in once more."""
        return signed_in(self.app, LOGINS[role], follow_redirects=False)

    def standing(self, interpretation_id: str) -> dict[str, Judgement]:
        """Return how the pairs of an interpretation stand."""
        with self.app.store.reading() as work:
            return {link.document_id: link.judgement for link in work.links.of(interpretation_id)}

    def item(self, interpretation_id: str) -> Interpretation:
        """Return an interpretation as it is kept."""
        with self.app.store.reading() as work:
            return work.interpretations.get(interpretation_id).interpretation

    def all(self) -> list[str]:
        """Return every interpretation's id."""
        with self.app.store.reading() as work:
            return [item.id for item in work.interpretations.all()]


def readings_in(folder: Path) -> Readings:
    """Make a register without documents."""
    return Readings(a_peopled_app(folder))


def two_alike(readings: Readings) -> tuple[str, str, str]:
    """Record two documents that a title alone cannot tell apart, and an interpretation of one of them; return the three ids."""
    one = readings.document(f"{OWN}关于印发{TOPIC}的通知", "云政发〔2026〕1号")
    other = readings.document(f"{OWN}关于{TOPIC}的批复", "云政复〔2026〕9号")
    return one, other, readings.reading(f"《{TOPIC}》政策解读", text=f"近日印发了《{TOPIC}》。{PASSAGE}{PASSAGE}")


def fields_of(page: str) -> dict[str, str]:
    """Return the token, and the version where there is one, that the page's forms bear."""
    found = dict(re.findall(r'name="(form_token|version|once)" value="([^"]*)"', page))
    assert found.get("form_token")
    return found


def told(browser: TestClient, answer: Answer) -> str:
    """Follow a form that was taken, and return what the next page says of it."""
    assert answer.status_code == 303, answer.text
    page = browser.get(answer.headers["location"])
    found = re.search(r'class="told" role="status">(.*?)</p>', page.text, re.DOTALL)
    assert found is not None
    return found[1]


def a_zip(**members: bytes) -> bytes:
    """Pack members by name; `__` in a name stands for a slash."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


FOREIGN = OTHER
"""A unit that nobody here sees."""
