"""The list of doubtful attributes as a page: started once, told while it waits, ranked, taken along; others' lists are not there."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from web_client import TestClient
from web_people import BELOW, LOGINS, OTHER, OWN, a_peopled_app, acting, signed_in

from attrtrack.domain.access import Access, Right, Role
from attrtrack.domain.documents import SourceText
from attrtrack.errors import UnknownRecordError
from attrtrack.recording import record
from attrtrack.workflow import jobs
from attrtrack.workflow.app import App
from attrtrack.workflow.audit_lists import audit_list
from attrtrack.workflow.job_running import run_job
from attrtrack.workflow.registering import declare, record_document

HOSTILE = "<img src=x onerror=alert(1)>"
_LETTER = """{unit}关于公布第{number}批城乡医疗救助标准的复函{more}
{unit}函〔2023〕{number}号
各乡镇人民政府：
现将医疗救助标准公布如下：重度残疾人每年救助六千元，适用于全县同类情形。
{unit}
2023年5月18日
"""


def _declared(app: App, number: int, *, unit: str = OWN, more: str = "") -> str:
    """Record a letter that ought to be published and declare it withheld."""
    drafter = app.acting_as("拟稿甲", Access(frozenset(Right), frozenset({unit}), unit), origin="cli", unit=unit)
    document = record(SourceText("a.txt", "txt", _LETTER.format(unit=unit, number=number, more=more)), app.rules)
    found = record_document(drafter, document, content_hash=f"{unit}{number}", file_name="a.txt")
    declare(drafter, found.record.id, "withheld", "R16-1b")
    return found.record.id


@pytest.fixture
def app(tmp_path: Path) -> App:
    """Return a register with people, two letters of the county and one of its bureau."""
    app = a_peopled_app(tmp_path)
    _declared(app, 1, more=HOSTILE)
    _declared(app, 2)
    _declared(app, 3, unit=BELOW)
    return app


def _started(browser: TestClient, **asked: str) -> str:
    token = re.search(r'name="form_token" value="([^"]+)"', browser.get("/audit").text)
    assert token is not None
    answer = browser.post("/audit", data={"form_token": token[1], **asked})
    assert answer.status_code == 303, answer.text
    found = re.match(r"/audit/(J\d+)", answer.headers["location"])
    assert found is not None
    return found[1]


def test_an_audit_is_started_once_told_of_and_listed(app: App) -> None:
    """The same form twice leads to the same audit; it reloads itself until it has ended; then rows, figures, a workbook."""
    browser = signed_in(app, LOGINS[Role.OFFICE], follow_redirects=False)
    job = _started(browser, unit=OWN)
    assert _started(browser, unit=OWN) == job
    waiting = browser.get(f"/audit/{job}")
    assert "排队等候" in waiting.text
    assert waiting.headers["refresh"]
    assert "refresh" not in browser.get(f"/audit/{job}?still=true").headers
    assert browser.get(f"/audit/{job}/list.xlsx").status_code in {404, 409, 422}
    assert run_job(app, job) is not None
    page = browser.get(f"/audit/{job}")
    assert "refresh" not in page.headers
    assert "审查 2 份" in page.text
    assert page.text.count('href="/queue/D') == 2
    assert HOSTILE not in page.text
    assert "&lt;img src=x" in page.text
    saved = browser.get(f"/audit/{job}/list.xlsx")
    sheet = load_workbook(BytesIO(saved.content)).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert sum("医疗救助标准" in cell for cell in cells) >= 2
    assert "审查 2 份" in browser.get("/audit").text


def test_wrong_and_forged_questions_are_refused(app: App) -> None:
    """A year that is none keeps the form; another unit, another job and no job are answered as what is not there."""
    browser = signed_in(app, LOGINS[Role.OFFICE], follow_redirects=False)
    token = re.search(r'name="form_token" value="([^"]+)"', browser.get("/audit").text)
    assert token is not None
    refused = browser.post("/audit", data={"form_token": token[1], "year": HOSTILE, "unit": OWN})
    assert refused.status_code == 400
    assert "四位数字" in refused.text
    assert HOSTILE not in refused.text
    assert f'<option value="{OWN}" selected>' in refused.text
    assert browser.post("/audit", data={"form_token": token[1], "unit": OTHER}).status_code == 403
    assert browser.post("/audit", data={"form_token": "x", "unit": OWN}).status_code == 403
    assert jobs.listed(acting(app, Role.OFFICE)) == []
    linking = jobs.start(acting(app, Role.OFFICE), "re-link", {"unit": OWN})
    for path in (f"/audit/{linking}", "/audit/J99", "/audit/x", f"/audit/{linking}/list.xlsx"):
        assert browser.get(path).status_code == 404, path
    assert signed_in(app, LOGINS[Role.DRAFTER]).get("/audit").status_code == 403


def test_rows_out_of_sight_are_left_out(app: App) -> None:
    """Whoever sees fewer units than when the audit was started reads fewer rows, and no figures of the others."""
    office = acting(app, Role.OFFICE)
    job = jobs.start(office, "audit", {})
    assert run_job(app, job) is not None
    assert {row.suspicion.row.unit for row in audit_list(office, job, limit=50).rows} == {OWN, BELOW}
    fewer = app.acting_as(
        office.actor, Access(office.access.rights, frozenset({BELOW}), BELOW), origin="cli", unit=BELOW
    )
    found = audit_list(fewer, job, limit=50)
    assert {row.suspicion.row.unit for row in found.rows} == {BELOW}
    assert found.summary is not None
    assert {unit for unit, _, _ in found.summary.by_unit} <= {BELOW}
    stranger = app.acting_as("外人", Access(office.access.rights, frozenset({OTHER}), OTHER), origin="cli", unit=OTHER)
    with pytest.raises(UnknownRecordError):
        audit_list(stranger, job, limit=50)
