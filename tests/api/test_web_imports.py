"""Files handed in at a page become a job: followed, cancelled, its bad rows listed; archives and forms that are hostile do nothing."""

import datetime as dt
import io
import re
import struct
import zipfile
from pathlib import Path

import pytest
from readings_office import Readings, a_zip, fields_of, readings_in, told
from saved_pages import DOCUMENT, TITLE, a_page
from web_client import Answer, TestClient
from web_people import LOGINS, OWN

from attrtrack.domain.access import OPEN, Role
from attrtrack.domain.interpretations import Publication
from attrtrack.domain.jobs import Upload
from attrtrack.errors import AttrtrackError, UsageError
from attrtrack.workflow import page_archives
from attrtrack.workflow.job_running import run_job
from attrtrack.workflow.looked_ledgers import looked_at_before
from attrtrack.workflow.page_archives import unpacked

HOSTILE = '<script>alert("x")</script>'
PAGE = a_page().encode()
SECOND = a_page(title="一图读懂校车安全管理办法", saved_from="https://www.yunqi.example/2.html").encode()
SECRET = a_page("<p>机密★10年</p><p>关于某事的通知，请遵照执行。</p>").encode()
File = tuple[str, bytes]


@pytest.fixture
def readings(tmp_path: Path) -> Readings:
    """Return a register without documents."""
    return readings_in(tmp_path)


def _handed_in(browser: TestClient, *files: File, path: str = "/interpretations/import", **fields: str) -> Answer:
    sent = {**fields_of(browser.get(path).text), "kind": "import-pages", "unit": OWN, **fields}
    answer: Answer = browser.post(path, data=sent, files=[("file", (name, content)) for name, content in files])
    return answer


def _job_of(answer: Answer) -> str:
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_saved_pages_are_imported_followed_and_linked(readings: Readings) -> None:
    """A zip and a page beside it: the job is told, loads itself anew until it ends, and leads on to the search for documents."""
    document = readings.document(TITLE.removesuffix("政策解读").strip("《》"), "云政发〔2026〕1号")
    browser = readings.browser()
    archive = a_zip(**{"解读__页面.html": PAGE, "解读__页面_files__frame.html": PAGE, "解读__图.png": b"\x89PNG"})
    answer = _handed_in(browser, ("解读.zip", archive), ("二.html", SECOND), ("三.html", b"\x00\x01"))
    job = _job_of(answer)
    assert "已收下" in told(browser, answer)
    page = browser.get(job)
    assert page.headers["refresh"] == "5"
    assert "排队" in page.text
    assert "refresh" not in browser.get(job, params={"still": "true"}).headers
    run_job(readings.app)
    page = browser.get(job)
    assert "refresh" not in page.headers
    assert "新登记 2，没有收 1" in page.text
    assert "三.html" in page.text
    assert len(readings.all()) == 2
    assert "导入解读网页" in browser.get("/jobs").text
    form = re.search(r'<form method="post" action="/jobs" class="act">(.*?)</form>', page.text, re.DOTALL)
    assert form is not None
    sent = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', form[1]))
    linking = _job_of(browser.post("/jobs", data=sent))
    assert _job_of(browser.post("/jobs", data=sent)) == linking
    run_job(readings.app)
    assert "找到公文 1" in browser.get(linking).text
    assert [one for reading in readings.all() for one in readings.standing(reading)] == [document]


def test_the_page_of_a_document_is_told_as_such(readings: Readings) -> None:
    """Among others and by itself: no interpretation is made of it, and the office is led to the document."""
    document = readings.document("关于校车安全的意见", "云政发〔2026〕1号")
    with readings.app.store.unit_of_work("test", "cli") as work:
        work.publications.add(document, Publication(DOCUMENT, None, None))
    browser = readings.browser()
    paper = a_page(title="关于校车安全的意见", saved_from=DOCUMENT).encode()
    job = _job_of(_handed_in(browser, ("一.html", PAGE), ("二.html", paper)))
    run_job(readings.app)
    assert "新登记 1，读到文件页面的链接 1" in browser.get(job).text
    fields = fields_of(browser.get("/interpretations/new").text)
    changed = paper.replace(DOCUMENT.encode() + b'">', b'https://www.yunqi.example/3.html">')
    for content, words in ((paper, "链接没有变化"), (changed, "链接已经读取"), (changed, "链接没有变化")):
        answer = browser.post("/interpretations/new/page", data=fields, files=[("file", ("二.html", content))])
        assert answer.headers["location"].endswith(f"/documents/{document}")
        assert words in told(browser, answer)
    assert len(readings.all()) == 1


def test_a_ledger_is_imported_and_its_bad_rows_are_named(readings: Readings) -> None:
    """Documents with their interpretations come in; a row that cannot be read is listed with number and reason, not raw."""
    rows = (
        "公文全称,文号,成文日期,公开属性,主动公开公文链接,解读文件链接",
        f"关于印发老旧小区加装电梯资金管理办法的通知,云政发〔2026〕1号,2026年3月1日,主动公开,{DOCUMENT},https://www.yunqi.example/jd/1.html",
        f"关于{HOSTILE}的通知,云政发〔2026〕2号,2026年13月40日,{HOSTILE},,",
        ",,,,,",
    )
    ledger = ("台账.csv", "\n".join(rows).encode())
    browser = readings.browser()
    job = _job_of(_handed_in(browser, ledger, path="/imports/new", year="2026"))
    run_job(readings.app)
    page = browser.get(job).text
    assert "看导入的公文" in page
    assert HOSTILE not in page
    assert len(readings.all()) == 1
    assert set(readings.standing(readings.all()[0])) == {"D1"}
    again = _handed_in(browser, ledger, kind="import-ledger")
    run_job(readings.app)
    assert "没有变化" in browser.get(_job_of(again)).text
    assert len(readings.all()) == 1


def test_what_a_ledger_would_change_is_seen_first(readings: Readings) -> None:
    """New rows, changed cells, unreadable dates and bad rows are told by their numbers; the file is taken up without being sent again, once."""
    browser = readings.browser()
    head = "公文全称,文号,成文日期,牵头起草部门"
    known = "关于甲事的通知,云政发〔2026〕1号,2026-03-01,{}"
    _job_of(_handed_in(browser, ("甲.csv", f"{head}\n{known.format('甲科')}".encode()), path="/imports/new"))
    run_job(readings.app)
    rows = (head, known.format("乙科"), "关于乙事的通知,云政发〔2026〕2号,去年,丙科", ",,2026-01-01,丁科")
    looked = _handed_in(browser, ("乙.csv", "\n".join(rows).encode()), path="/imports/new", step="look")
    assert looked.status_code == 200
    for words in (
        "甲科 → 乙科",
        "关于乙事的通知",
        "“去年”，无法识别",
        "第 4 行没有标题也没有文号",
        "新登记 1 行，改动 1 行",
    ):
        assert words in looked.text, words
    with readings.app.store.reading() as work:
        assert [row.id for row in work.queries.overview()] == ["D1"]
    form = re.search(r'<form method="post" action="/imports/new"[^>]*>(.*?照此导入.*?)</form>', looked.text, re.DOTALL)
    assert form is not None
    sent = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', form[1]))
    assert len(looked.text) < 10_000
    job = _job_of(browser.post("/imports/new", data=sent, files=[("file", ("", b""))]))
    assert _job_of(browser.post("/imports/new", data=sent, files=[("file", ("", b""))])) == job
    run_job(readings.app)
    page = browser.get(job).text
    assert "“去年”，无法识别" in page
    with readings.app.store.reading() as work:
        assert work.documents.get("D1").document.drafting_department == "乙科"
        assert work.documents.get("D2").document.date is None


def test_a_ledger_that_was_looked_at_is_ones_own_the_last_and_a_days(
    readings: Readings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another person, another mark, a day later, or after another look: the form asks for the file again and nothing starts."""
    browser, head = readings.browser(), "公文全称,文号"
    first, second = (
        _handed_in(browser, (f"{number}.csv", f"{head}\n关于甲事的通知,云政发〔2026〕{number}号".encode()), path="/imports/new", step="look")
        for number in (1, 2)
    )  # fmt: skip
    marks = [re.findall(r'name="looked" value="([0-9a-f]{64})"', looked.text)[0] for looked in (first, second)]
    sent = {**fields_of(second.text), "unit": OWN}

    def refused(mark: str) -> bool:
        answer = browser.post("/imports/new", data={**sent, "looked": mark}, files=[("file", ("", b""))])
        return answer.status_code == 400 and "请重新选择文件" in answer.text

    assert refused(marks[0])
    assert refused(HOSTILE)
    own = readings.app.acting_as(LOGINS[Role.OFFICE], OPEN, origin="web")
    assert looked_at_before(own, marks[1]).name == "2.csv"
    with pytest.raises(UsageError, match="请重新选择文件"):
        looked_at_before(readings.app.acting_as(LOGINS[Role.DRAFTER], OPEN, origin="web"), marks[1])
    monkeypatch.setattr("attrtrack.storage.answers.KEPT_FOR", dt.timedelta(0))
    assert refused(marks[1])


def test_a_long_look_is_a_short_page(readings: Readings) -> None:
    """Of two thousand new rows a few are listed, the others counted; the ledger itself is not on the page."""
    rows = "\n".join(f"关于{number}{'某' * 90}事的通知,云政发〔2026〕{number}号" for number in range(1, 2_001))
    looked = _handed_in(
        readings.browser(), ("长.csv", f"公文全称,文号\n{rows}".encode()), path="/imports/new", step="look"
    )
    assert "新登记 2000 行" in looked.text
    assert "另有 1980 条没有列出" in looked.text
    assert len(looked.content) < 50_000


def test_a_job_is_cancelled_and_begun_again(readings: Readings) -> None:
    """One that waits ends at once and keeps what is done; files are handed in anew, other work begins with a button, once."""
    browser = readings.browser()
    job = _job_of(_handed_in(browser, ("一.html", PAGE)))
    fields = fields_of(browser.get(job).text)
    assert "任务已取消" in told(browser, browser.post(f"{job}/cancel", data=fields))
    assert run_job(readings.app) is None
    page = browser.get(job).text
    assert 'href="/interpretations/import">重新交文件' in page
    assert "不能从这里重新办理" in browser.post(f"{job}/again", data=fields).text
    assert readings.all() == []
    started = _job_of(browser.post("/jobs", data={**fields, "kind": "audit", "once": "m1"}))
    assert browser.post(f"{started}/again", data=fields).status_code == 400
    browser.post(f"{started}/cancel", data=fields)
    sent = {**fields, "once": "m2"}
    assert _job_of(browser.post(f"{started}/again", data=sent)) == _job_of(browser.post(f"{started}/again", data=sent))
    ended = run_job(readings.app)
    assert ended is not None
    assert "没有取消" in told(browser, browser.post(f"/jobs/{ended.id}/cancel", data=fields))
    for wrong, words in (
        ({"kind": "import-pages"}, "请选择要办的任务"),
        ({"kind": HOSTILE}, "请选择要办的任务"),
        ({"kind": "audit", "year": "26"}, "四位年份"),
        ({"kind": "audit", "unit": "外县人民政府"}, "不在您能办理的单位之内"),
        ({"kind": "audit", "unit": "某" * 1_500}, "单位"),
    ):
        refused = browser.post("/jobs", data={**fields, **wrong})
        assert refused.status_code in {400, 403}, wrong
        assert words in refused.text
        assert HOSTILE not in refused.text


def test_jobs_of_others_are_not_there(readings: Readings) -> None:
    """A drafter neither imports nor sees what the office started; an unknown job is not there."""
    browser, drafter = readings.browser(), readings.browser(Role.DRAFTER)
    job = _job_of(_handed_in(browser, ("一.html", PAGE)))
    assert drafter.get("/interpretations/import").status_code == 403
    assert drafter.get("/imports/new").status_code == 403
    assert drafter.get(job).status_code in {403, 404}
    assert job not in drafter.get("/jobs").text
    for path in ("/jobs/J99999", "/jobs/x", "/jobs/J0"):
        assert browser.get(path).status_code == 404
    token = {"form_token": fields_of(browser.get(job).text)["form_token"]}
    assert drafter.post(f"{job}/cancel", data=token).status_code == 403
    assert browser.post(f"{job}/cancel", data={"form_token": "x"}).status_code == 403
    assert "排队" in browser.get(job).text


def test_the_same_form_twice_is_one_job_and_refused_forms_come_back(readings: Readings) -> None:
    """Nothing chosen, a unit of others, a wrong year, an unknown kind, a forged token: told in place, nothing kept."""
    browser = readings.browser()
    fields = fields_of(browser.get("/interpretations/import").text)
    sent = {**fields, "kind": "import-pages", "unit": OWN}
    files = [("file", ("一.html", PAGE))]
    first = _job_of(browser.post("/interpretations/import", data=sent, files=files))
    assert _job_of(browser.post("/interpretations/import", data=sent, files=files)) == first
    for wrong, chosen, words in (
        ({}, [("file", ("", b""))], "没有选择文件"),
        ({"unit": "外县人民政府"}, files, "不在您能办理的单位之内"),
        ({"year": "MMXXVI", "kind": "import-ledger"}, files, "四位年份"),
        ({"kind": HOSTILE}, files, "网页还是台账"),
        ({}, [("file", ("密.html", SECRET))], "国家秘密"),
        ({}, [("file", ("图.png", b"\x89PNG"))], "网页"),
        ({"kind": "import-ledger"}, files, "文件"),
    ):
        refused = browser.post("/interpretations/import", data={**sent, **wrong, "once": "x"}, files=chosen)
        assert refused.status_code in {400, 403, 413, 415, 422}, (wrong, refused.status_code)
        assert words in refused.text, wrong
        assert 'name="file"' in refused.text
        assert HOSTILE not in refused.text
    assert browser.post("/interpretations/import", data={**sent, "form_token": "x"}, files=files).status_code == 403
    assert browser.get("/jobs").text.count("data-open") == 1


def test_of_many_pages_the_bad_ones_are_listed(readings: Readings) -> None:
    """A classified page among others leaves its rule in the journal and neither name nor word; if none is taken, that is told."""
    browser = readings.browser()
    job = _job_of(_handed_in(browser, ("一.html", PAGE), ("某某机密.html", SECRET)))
    run_job(readings.app)
    page = browser.get(job).text
    assert "第 2 个文件" in page
    assert "某某机密" not in page
    assert "新登记 1，没有收 1" in page
    with readings.app.store.reading() as work:
        told_of = [entry for entry in work.journal.entries("-") if entry.action == "start-job"]
        assert [entry.outcome for entry in told_of] == ["refused"]
        assert not any("某某机密" in entry.detail for entry in work.journal.entries())
    none = _handed_in(browser, ("一.html", b"\x00"), ("二.png", b"\x89PNG"))
    assert none.status_code == 400
    assert "2 个文件都没有收" in none.text


def _with_path(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/页.html", "/etc/页.html", "C:\\Windows\\页.html", "..\\..\\页.html", "a/" * 300 + "页.html"],
)
def test_no_path_of_an_archive_is_used(name: str) -> None:
    """What a member calls itself before its last slash, of either kind, is forgotten."""
    (page,) = unpacked([Upload("x.zip", _with_path(name, PAGE))])
    assert page == Upload("页.html", PAGE)


def test_names_that_chinese_windows_writes_are_read() -> None:
    """GB 18030 without the mark of UTF-8."""
    packed = _with_path("Q1.html", PAGE).replace(b"Q1.html", "Z\u9875".encode("gb18030") + b".htm"[:4])
    (page,) = unpacked([Upload("x.zip", packed)])
    assert page.name == "Z页.htm"


def test_archives_that_lie_or_swell_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged, locked, empty of pages, swollen beyond its head, and too much in all: refused in words, before it is unpacked."""
    swollen = a_zip(**{"一.html": b"a" * 1_000})
    small = swollen.replace(struct.pack("<I", 1_000), struct.pack("<I", 10))
    locked = bytearray(_with_path("一.html", PAGE))
    for head, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        locked[locked.index(head) + flags] |= 1
    for content in (b"PK\x03\x04nothing", b"", bytes(locked), a_zip(**{"图.png": b"\x89PNG"}), small):
        with pytest.raises(AttrtrackError) as refused:
            unpacked([Upload("x.zip", content)])
        assert re.search("[\u4e00-\u9fff]", refused.value.message)
    monkeypatch.setattr(page_archives, "MOST_BYTES", 500)
    with pytest.raises(AttrtrackError, match="太多或太大"):
        unpacked([Upload("x.zip", swollen)])
    monkeypatch.setattr("attrtrack.reading.containers.archive.MAX_UNPACKED", 100)
    with pytest.raises(AttrtrackError):
        unpacked([Upload("x.zip", swollen)])


def test_a_hostile_archive_comes_back_to_the_form(readings: Readings) -> None:
    """The page says what is wrong with it, and no job stands in the list."""
    browser = readings.browser()
    for name, content in (("坏.zip", b"PK\x03\x04"), ("空.zip", a_zip(**{"图.png": b"x"})), (f"{HOSTILE}.zip", b"x")):
        refused = _handed_in(browser, (name, content))
        assert refused.status_code in {400, 413, 415, 422}, name
        assert 'role="alert"' in refused.text
        assert HOSTILE not in refused.text
    assert "还没有任务" in browser.get("/jobs").text
