"""Makes the README's pictures of the main pages: `make pictures`. The sample year is served, people of each role sign in, Chromium looks.

Widths are those of a desk and of a telephone; the colours of a picture are reduced to 64, so that the repository stays small.
"""

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from PIL import Image  # noqa: E402 - beside the tests' own folder
from playwright.sync_api import Browser, sync_playwright  # noqa: E402 - the same
from sample_office import SampleOffice, a_sample_office  # noqa: E402 - the same
from web_people import ISSUER, LOGINS  # noqa: E402 - the same
from web_served import served  # noqa: E402 - the same

from attrtrack.domain.access import Role  # noqa: E402 - the same
from attrtrack.workflow.signing_in import sign_in_identity  # noqa: E402 - the same

FOLDER = HERE / "pictures"
COLOURS = 64
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name, who looks, at what, how wide, and which state of letter the address names (`{}`)."""

    name: str
    role: Role
    path: str
    width: int = 1440
    height: int = 1000
    letter: str | None = None


PICTURES = (
    Picture("drafting", Role.DRAFTER, "/documents/{}", letter="draft"),
    Picture("queue", Role.OFFICE, "/queue"),
    Picture("decision", Role.OFFICE, "/queue/{}", letter="declared"),
    Picture("interpretations", Role.OFFICE, "/interpretations"),
    Picture("overview", Role.OFFICE, "/"),
    Picture("overview-narrow", Role.OFFICE, "/", width=390, height=844),
)


def main() -> None:
    """Make every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        office = a_sample_office(Path(folder))
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for site in served(office.app):
            for picture in PICTURES:
                size = _take(browser, office, site, picture)
                sys.stdout.write(f"{picture.name}.png {size // 1024} KB\n")
        browser.close()


def _take(browser: Browser, office: SampleOffice, site: str, picture: Picture) -> int:
    context = browser.new_context(base_url=site, viewport={"width": picture.width, "height": picture.height})
    token = sign_in_identity(office.app, ISSUER, LOGINS[picture.role], address="web 127.0.0.1").token
    context.add_cookies([{"name": "attrtrack", "value": token, "url": site, "sameSite": "Strict"}])
    page = context.new_page()
    letter = office.letters[picture.letter][0] if picture.letter else ""
    answer = page.goto(picture.path.format(letter))
    if answer is None or not answer.ok:
        raise SystemExit(f"{picture.path}: {answer.status if answer else 'no answer'}")
    taken = Image.open(io.BytesIO(page.screenshot())).convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS)
    target = FOLDER / f"{picture.name}.png"
    taken.save(target, optimize=True)
    context.close()
    return target.stat().st_size


if __name__ == "__main__":
    main()
