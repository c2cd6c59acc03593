"""The first run: the first administrator and the sample year, only at this machine, only while nobody has an account, only once."""

import datetime as dt
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from web_client import Answer, TestClient
from web_people import PASSWORD, a_peopled_app
from web_register import a_filled_app, an_app

from api.app import create_app
from attrtrack.domain.access import Role
from attrtrack.workflow import accounts, sample
from attrtrack.workflow.app import App
from attrtrack.workflow.beginning import begin_sample
from attrtrack.workflow.sample import SampleStep

HERE = "http://127.0.0.1"
FORM = {"login": "zhou.system", "name": "周系统", "password": PASSWORD, "again": PASSWORD}


def _browser(app: App, address: str = "127.0.0.1") -> TestClient:
    client = TestClient(create_app(app), base_url=HERE, client=(address, 1), raise_server_exceptions=False)
    client.headers.update({"origin": HERE, "sec-fetch-site": "same-origin"})
    return client


def _send(browser: TestClient, **fields: str) -> Answer:
    return browser.post("/first-run", data={**FORM, **fields}, follow_redirects=False)


def _accounts(app: App) -> list[str]:
    with app.store.reading() as work:
        return [account.login for account in work.accounts.all()]


def test_an_empty_register_leads_to_the_first_account(tmp_path: Path) -> None:
    """From the front page to the form; its owner is let in as system administrator, and the page then leads to the door."""
    app = an_app(tmp_path)
    browser = _browser(app)
    assert 'href="/first-run"' in browser.get("/").text
    page = browser.get("/first-run").text
    assert "建立第一个系统管理员" in page
    assert "装入示例年度" in page
    answer = _send(browser)
    assert answer.status_code == 303
    assert "attrtrack=" in answer.headers["set-cookie"]
    assert "周系统" in browser.get("/account").text
    with app.store.reading() as work:
        assert work.accounts.get("zhou.system").roles == frozenset({Role.SYSTEM_ADMINISTRATOR})
    browser.cookies.clear()
    for answer in (browser.get("/first-run", follow_redirects=False), _send(browser)):
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?why=begun")
    assert "已经有账号了" in browser.get("/sign-in?why=begun").text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"again": "另写一遍却不一样了啊啊"}, "两次写的口令不一样"),
        ({"password": "short", "again": "short"}, "口令不合要求"),
        ({"login": "<b>bold</b>"}, "登录名"),
        ({"name": "名" * 10_000}, "姓名"),
    ],
)
def test_a_refused_form_comes_back(tmp_path: Path, fields: dict[str, str], told: str) -> None:
    """With what was typed but the passwords, escaped; nobody has an account."""
    app = an_app(tmp_path)
    answer = _send(_browser(app), **fields)
    typed = {**FORM, **fields}
    assert answer.status_code == 400
    assert told in answer.text
    assert f'value="{typed["login"].replace("<", "&lt;").replace(">", "&gt;")}"' in answer.text
    assert typed["name"] in answer.text
    assert typed["password"] not in answer.text
    assert _accounts(app) == []


def test_only_a_page_of_ours_at_this_machine(tmp_path: Path) -> None:
    """Another machine, another site, and what is passed on by a proxy are refused, the form and the sample alike."""
    app = an_app(tmp_path)
    away, here = _browser(app, "10.1.2.3"), _browser(app)
    assert away.get("/first-run").status_code == 403
    assert "那台机器" in away.get("/sign-in").text
    for path in ("/first-run", "/first-run/sample"):
        assert away.post(path, data=FORM).status_code == 403
        assert here.post(path, data=FORM, headers={"x-forwarded-for": "127.0.0.1"}).status_code == 403
        assert here.post(path, data=FORM, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    for name in ("origin", "sec-fetch-site"):
        del here.headers[name]
    assert here.post("/first-run", data=FORM).status_code == 403
    assert _accounts(app) == []


def test_two_at_once_make_one_account(tmp_path: Path) -> None:
    """Whoever comes second is led to the door; a double click is no mistake."""
    app = an_app(tmp_path)
    browser = _browser(app)
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda login: _send(browser, login=login), ("zhou.one", "zhou.two")))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert sorted(answer.headers["location"] == "/sign-in?why=begun" for answer in answers) == [False, True]
    assert len(_accounts(app)) == 1


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the sample year loaded in two steps, the second of which records a document."""

    def load(app: App) -> Iterator[SampleStep]:
        yield SampleStep("read", 1, "读文件：<b>1</b> 份。")
        with app.unit_of_work() as work:
            work.journal.append("sample", "", "done", {})
        yield SampleStep("record", 1, "登记：1 份。")

    monkeypatch.setattr(sample, "load", load)


@pytest.mark.usefixtures("steps")
def test_the_sample_tells_its_steps(tmp_path: Path) -> None:
    """A line each, as it is done, escaped; done again it goes on where it was left."""
    browser = _browser(an_app(tmp_path))
    for _ in range(2):
        page = browser.post("/first-run/sample").text
        assert re.findall(r"<li>(.*)</li>", page.partition('class="history"')[2]) == [
            "读文件：&lt;b&gt;1&lt;/b&gt; 份。",
            "登记：1 份。",
            '<b>装好了。</b> <a class="button main" href="/">看总览</a>',
        ]
        assert page.endswith("</html>")


@pytest.mark.usefixtures("steps")
def test_the_sample_is_loaded_by_one_at_a_time(tmp_path: Path) -> None:
    """While one loads, another is told so; a load that died is gone on with after some minutes."""
    app = an_app(tmp_path)
    loading = begin_sample(app.acting_as("甲", app.access, origin="web 127.0.0.1", unit=None))
    next(loading)
    answer = _browser(app).post("/first-run/sample")
    assert answer.status_code == 409
    assert "正在另一个页面装入" in answer.text
    later = replace(app, clock=lambda: dt.datetime.now(dt.UTC) + dt.timedelta(minutes=6))
    assert "装好了" in _browser(later).post("/first-run/sample").text
    assert [step.name for step in loading] == ["record"]
    assert "装好了" in _browser(app).post("/first-run/sample").text


@pytest.mark.usefixtures("steps")
def test_the_sample_stops_when_there_is_an_account(tmp_path: Path) -> None:
    """Between two steps somebody becomes administrator: nothing more is loaded, and the page says why."""
    app = an_app(tmp_path)
    loading = begin_sample(app.acting_as("甲", app.access, origin="web 127.0.0.1", unit=None))
    next(loading)
    accounts.add_first_account(app, "zhou", display_name=None, password=PASSWORD)
    with pytest.raises(Exception, match="刚刚建立了账号"):
        next(loading)


def test_a_register_in_use_takes_no_sample(tmp_path: Path) -> None:
    """Own documents and invented ones do not mix; the first account can still be made."""
    browser = _browser(a_filled_app(tmp_path))
    page = browser.get("/first-run").text
    assert "建立第一个系统管理员" in page
    assert "装入示例年度" not in page
    answer = browser.post("/first-run/sample")
    assert answer.status_code == 409
    assert "不再装入示例" in answer.text


def test_with_accounts_nothing_begins_again(tmp_path: Path) -> None:
    """Whoever has signed in or not: no form, no sample."""
    app = a_peopled_app(tmp_path)
    known = _accounts(app)
    for path in ("/first-run", "/first-run/sample"):
        answer = _browser(app).post(path, data=FORM, follow_redirects=False)
        assert answer.headers["location"] == "/sign-in?why=begun"
    assert _accounts(app) == known
