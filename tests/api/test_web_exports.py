"""The year's list on the pages: a short one at once, a long one in the background, its file for whoever asked for it alone."""

import datetime as dt
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from web_client import TestClient
from web_people import BELOW, LOGINS, OTHER, OWN, a_peopled_app, acting, signed_in

from attrtrack.domain.access import OPEN, Access, Right, Role
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.jobs import Job
from attrtrack.errors import EmptyListError, NotPermittedError, UnknownRecordError
from attrtrack.verify.figures import recomputed
from attrtrack.workflow import jobs
from attrtrack.workflow.app import App
from attrtrack.workflow.exports import export_pieces, start_export
from attrtrack.workflow.job_running import run_job

HOSTILE = "=<img src=x onerror=alert(1)>"
EACH = 4
LATER = dt.timedelta(days=8)


def _listed(app: App, unit: str) -> None:
    """Put documents of 2023 into the register, as a ledger would."""
    with app.acting_as("导入人", OPEN, origin="cli").unit_of_work() as work:
        work.documents.add_many(
            [
                (
                    Document(
                        text=f"关于{unit}第{number}件事的通知",
                        format="ledger",
                        title=f"{HOSTILE}关于{unit}第{number}件事的通知",
                        number=f"{unit[:2]}发〔2023〕{number}号",
                        date=WrittenDate(2023, 5, number),
                        declared_attribute=DisclosureAttribute.PROACTIVE,
                    ),
                    f"{unit}{number}",
                    unit,
                    State.ISSUED_ELSEWHERE,
                )
                for number in range(1, EACH + 1)
            ]
        )


@pytest.fixture
def app(tmp_path: Path) -> App:
    """Return a register of three units; lists of more than four documents are long."""
    app = a_peopled_app(tmp_path)
    for unit in (OWN, BELOW, OTHER):
        _listed(app, unit)
    return replace(app, export_at_once=EACH, make_store=lambda: app.store)


def _browser(app: App, role: Role = Role.OFFICE) -> TestClient:
    return signed_in(app, LOGINS[role], follow_redirects=False)


def _asked(browser: TestClient, **asked: str) -> str:
    """Send the form and return where it leads."""
    token = re.search(r'name="form_token" value="([^"]+)"', browser.get("/exports").text)
    assert token is not None
    answer = browser.post("/exports", data={"form_token": token[1], **asked})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def _done(app: App, job_id: str) -> Job:
    job = run_job(app, job_id)
    assert job is not None
    return job


def _titles(content: bytes) -> set[str]:
    sheet = load_workbook(BytesIO(content))["公文清单"]
    return {str(row[1].value) for row in sheet.iter_rows(min_row=4) if row[1].value}


def test_a_short_list_is_given_at_once(app: App) -> None:
    """Up to the number of the setting nothing changes: the address is the file; the form leads to it."""
    browser = _browser(app)
    path = _asked(browser, year="2023", unit=BELOW)
    assert path.startswith("/lists/2023.xlsx?")
    answer = browser.get(path)
    assert answer.status_code == 200
    assert len(_titles(answer.content)) == EACH
    assert jobs.listed(acting(app, Role.OFFICE)) == []


def test_a_long_list_is_made_in_the_background(app: App) -> None:
    """The address leads to a page that says how long it takes; started once, watched, left, found again, taken along."""
    browser = _browser(app)
    away = browser.get("/lists/2023.xlsx")
    assert (away.status_code, away.headers["location"]) == (303, "/exports?year=2023&unit=")
    asking = browser.get("/exports?year=2023&unit=").text
    assert f"能查看的 2 个单位：{2 * EACH} 份公文，在后台生成" in asking
    here = _asked(browser, year="2023", unit="")
    assert _asked(browser, year="2023", unit="") == here
    job_id = here.removeprefix("/jobs/")
    waiting = browser.get(here)
    assert waiting.headers["refresh"]
    assert "可以离开本页" in waiting.text
    assert "不留文件" in waiting.text
    assert browser.get(f"/exports/{job_id}/list.xlsx").status_code in {404, 422}
    job = _done(app, job_id)
    assert (job.done, job.total) == (2 * EACH, 2 * EACH)
    ready = browser.get(here)
    assert "refresh" not in ready.headers
    assert "下载清单" in ready.text
    assert f'href="/exports/{job_id}/list.xlsx"' in browser.get("/exports").text
    saved = browser.get(f"/exports/{job_id}/list.xlsx")
    assert saved.headers["content-length"] == str(len(saved.content))
    assert "2023" in saved.headers["content-disposition"]
    titles = _titles(saved.content)
    assert {OWN in title or BELOW in title for title in titles} == {True}
    assert len(titles) == 2 * EACH
    with app.store.reading() as work:
        assert [entry.action for entry in work.journal.entries(job_id)] == ["start-job", "set-state", "end-job"]


def test_the_file_can_be_recomputed(app: App, tmp_path: Path) -> None:
    """What the background makes is the list that the command makes, with its receipts."""
    office = acting(app, Role.OFFICE)
    job_id = start_export(office, 2023)
    _done(app, job_id)
    out = tmp_path / "清单.xlsx"
    out.write_bytes(b"".join(export_pieces(office, job_id)[2]))
    found = recomputed(out)
    assert found
    assert [one["differences"] for one in found if one["differences"]] == []


def test_a_cancelled_export_leaves_nothing(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cancelled while it waits or in the middle: no file is kept, none is left in the folder for temporary ones; it can be made anew."""
    folder = tmp_path / "aside"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setattr("attrtrack.workflow.job_export._A_PART", 1)
    browser, office = _browser(app), acting(app, Role.OFFICE)
    waits = start_export(office, 2023)
    token = re.search(r'name="form_token" value="([^"]+)"', browser.get(f"/jobs/{waits}").text)
    assert token is not None
    assert browser.post(f"/jobs/{waits}/cancel", data={"form_token": token[1]}).status_code == 303
    runs = start_export(office, 2023)
    assert runs != waits
    ended = run_job(app, runs, watch=lambda job: jobs.cancel(office, runs) if job.done == EACH else None)
    assert ended is not None
    assert ended.state.value == "cancelled"
    assert 0 < ended.done < 2 * EACH
    assert list(folder.iterdir()) == []
    for job_id in (waits, runs):
        page = browser.get(f"/jobs/{job_id}").text
        assert "重新生成" in page
        assert "已办的保留" not in page
        with pytest.raises(EmptyListError):
            export_pieces(office, job_id)


def test_one_that_was_cut_off_is_written_again(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker told to stop hands it back; the next begins anew, the progress does not fall, and one file is there."""
    monkeypatch.setattr("attrtrack.workflow.job_export._A_PART", 1)
    office = acting(app, Role.OFFICE)
    job_id, parts = start_export(office, 2023), iter(range(100))
    handed_back = run_job(app, job_id, stopping=lambda: next(parts) == 2 * EACH)
    assert handed_back is not None
    assert handed_back.state.value == "queued"
    job = _done(app, job_id)
    assert (job.state.value, job.done) == ("done", 2 * EACH)
    _, file, pieces = export_pieces(office, job_id)
    content = b"".join(pieces)
    assert len(content) == file.size
    assert len(_titles(content)) == 2 * EACH


def test_others_do_not_get_the_file(app: App) -> None:
    """Neither who may run jobs of the unit nor who sees less; drafters and assessors ask for their own, of what they see."""
    job_id = start_export(acting(app, Role.OFFICE), 2023)
    _done(app, job_id)
    for role in (Role.DRAFTER, Role.ASSESSOR, Role.SIGNATORY):
        assert _browser(app, role).get(f"/exports/{job_id}/list.xlsx").status_code == 404
    assert _browser(app, Role.SYSTEM_ADMINISTRATOR).get("/exports").status_code == 403
    assert _browser(app, Role.ASSESSOR).get("/lists/2023.xlsx").status_code == 404
    office = acting(app, Role.OFFICE)
    other = app.acting_as("别人", Access(frozenset(Right), None), origin="cli")
    with pytest.raises(UnknownRecordError):
        export_pieces(other, job_id)
    fewer = app.acting_as(office.actor, Access(office.access.rights, frozenset({BELOW}), BELOW), origin="cli")
    with pytest.raises(NotPermittedError):
        export_pieces(fewer, job_id)
    audit = jobs.start(office, "audit", {})
    with pytest.raises(UnknownRecordError):
        export_pieces(office, audit)


def test_old_files_go(app: App) -> None:
    """After a week the file is not there any more and the page says so; the next export clears its bytes."""
    ahead = [dt.timedelta()]
    app = replace(app, clock=lambda: dt.datetime.now(dt.UTC) + ahead[0])
    app.store._clock = app.clock
    office = acting(app, Role.OFFICE)
    old = start_export(office, 2023)
    _done(app, old)
    ahead[0] = LATER
    with pytest.raises(EmptyListError):
        export_pieces(office, old)
    page = _browser(app).get(f"/jobs/{old}").text
    assert "已过期清除" in page
    assert "重新生成" in page
    new = start_export(office, 2023)
    _done(app, new)
    ahead[0] = dt.timedelta()
    with app.store.reading() as work:
        assert work.products.of(old) is None
        assert work.products.of(new) is not None


def test_a_classified_document_takes_the_lists_along(app: App) -> None:
    """Lists that may quote it are deleted with it; one that was begun before is not kept."""
    office = acting(app, Role.OFFICE)
    kept, runs = start_export(office, 2023), None
    _done(app, kept)
    runs = start_export(office, 2023)

    def removed(_job: object) -> None:
        with app.store.unit_of_work("乙") as work:
            if work.products.removals() == 0:
                work.documents.remove_classified("D1", "R14-1")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("attrtrack.workflow.job_export._A_PART", 1)
        job = run_job(app, runs, watch=removed)
    assert job is not None
    assert job.state.value == "failed"
    assert "涉密" in (job.message or "")
    for job_id in (kept, runs):
        with pytest.raises(EmptyListError):
            export_pieces(office, job_id)


def test_wrong_and_forged_questions_are_refused(app: App) -> None:
    """A year that is none or empty keeps the form; a form of another session starts nothing."""
    browser = _browser(app)
    token = re.search(r'name="form_token" value="([^"]+)"', browser.get("/exports").text)
    assert token is not None
    for year in (HOSTILE, "", "1990"):
        refused = browser.post("/exports", data={"form_token": token[1], "year": year, "unit": OWN})
        assert refused.status_code in {400, 404, 422}
        assert "<img" not in refused.text
        assert f'<option value="{OWN}" selected>' in refused.text
    assert browser.post("/exports", data={"form_token": "x", "year": "2023"}).status_code == 403
    assert _browser(app).get("/exports/J99/list.xlsx").status_code == 404
    assert jobs.listed(acting(app, Role.OFFICE)) == []
