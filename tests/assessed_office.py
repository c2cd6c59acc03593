"""A register with documents of two units, one of which the assessor sees, for the tests of the assessor's tools."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from web_client import Answer, TestClient
from web_people import ASSESSED, LOGINS, OTHER, a_peopled_app, acting, signed_in

from attrtrack.domain.access import Access, Right, Role
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import ImportScope, import_ledger

SCHEME, YEAR = "shanxi-2020-sample", 2024
HOSTILE = "<img src=x onerror=alert(1)>"
FOREIGN = "青龙桥乡村道路养护管理办法"
"""The name of a document of the unit out of sight."""
_HEADER = ("公文全称", "文号", "成文日期", "公开属性", "不公开理由", "主动公开公文链接", "公开日期", "解读文件链接")
_ROWS = (
    (f"关于印发{HOSTILE}供水管理办法的通知", "1", "2024-03-04", "主动公开", "", "https://a.example.gov.cn/1", "2024-03-12", ""),
    ("关于印发校园安全实施方案的通知", "2", "2024-04-08", "主动公开", "", "https://a.example.gov.cn/2", "2024-07-01", "https://a.example.gov.cn/j2"),
    ("关于人员调整的函", "3", "2024-06-03", "不予公开", "", "", "", ""),
    ("关于开展年度检查的通知", "4", "2024-06-11", "", "", "", "", ""),
)  # fmt: skip


@dataclass
class Assessing:
    """The assessor's browser on the register, and the program with the assessor acting."""

    app: App
    acting: App
    browser: TestClient

    def page(self, path: str, **query: object) -> str:
        """Return a page that is there."""
        answer = self.browser.get(path, params=query)
        assert answer.status_code == 200, answer.text[:500]
        return answer.text

    def send(self, path: str, file: tuple[str, bytes] | None = None, **fields: str) -> Answer:
        """Send the form of a page as a browser does, with the page's own token unless another is given."""
        own = {"form_token": token_of(self.browser.get("/checks/report").text), **fields}
        sent: dict[str, Any] = {"file": (*(file or ("", b"")), "application/octet-stream")}
        return self.browser.post(path, data=own, files=sent)

    def length(self) -> int:
        """Return how many entries the journal has."""
        with self.app.store.reading() as work:
            head = work.journal.head()
        assert head is not None
        return head.sequence


def token_of(page: str) -> str:
    """Return the token of a page's forms."""
    found = re.search(r'name="form_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def told(page: str) -> str:
    """Return the words of the sentence in which a form says what is wrong."""
    found = re.search(r'role="alert".*?</div>', page, re.DOTALL)
    assert found is not None, page[:2000]
    return re.sub(r"<[^>]+>", "", found[0])


def an_assessing(folder: Path) -> Assessing:
    """Fill the register through an import and sign the assessor in."""
    app = a_peopled_app(folder)
    for unit, rows in ((ASSESSED, _ROWS), (OTHER, ((f"关于印发《{FOREIGN}》的通知", "9", *_ROWS[1][2:]),))):
        importer = app.acting_as("导入人", Access(frozenset(Right), frozenset({unit}), unit), origin="cli", unit=unit)
        ledger = folder / f"{unit}.csv"
        ledger.write_text(
            written(_HEADER, *((row[0], f"{unit[0]}政发〔2024〕{row[1]}号", *row[2:]) for row in rows)),
            encoding="utf-8",
        )
        assert list(import_ledger(importer, str(ledger), ImportScope(unit, YEAR)))
    browser = signed_in(app, LOGINS[Role.ASSESSOR])
    return Assessing(app, acting(app, Role.ASSESSOR), browser)


def written(*rows: tuple[str, ...]) -> str:
    """Return rows as a csv."""
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue()
