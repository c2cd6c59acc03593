"""Which documents need an interpretation: who lacks one with the days left, what a person decides and takes back."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from readings_office import FOREIGN, TOPIC, Readings, fields_of, readings_in, told
from web_people import OWN, acting

from api.pages.interpretations_words import missing_view
from attrtrack.domain.access import Role
from attrtrack.workflow.queueing import MissingRow
from attrtrack.workflow.registering import declare, publish, sign
from attrtrack.workflow.reviewing import review, review_secrecy

HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def readings(tmp_path: Path) -> Readings:
    """Return a register without documents."""
    return readings_in(tmp_path)


def _published(readings: Readings) -> str:
    """Publish a document that needs an interpretation."""
    document = readings.document(f"{OWN}关于印发{TOPIC}的通知", "云政发〔2026〕1号")
    drafter, office, signatory = (acting(readings.app, role) for role in (Role.DRAFTER, Role.OFFICE, Role.SIGNATORY))
    declare(drafter, document, "proactive", None)
    review(office, document, "agree")
    review_secrecy(office, document, "cleared", personal_data_cleared=True)
    sign(signatory, document)
    publish(office, document, "https://www.yunxi.example/1.html", dt.date(2026, 3, 2), channel="government-website")
    return document


def test_what_lacks_an_interpretation_says_how_many_days_are_left(readings: Readings) -> None:
    """Published days ago it is overdue; once a person says that it needs none, or one is linked, it leaves the list."""
    document = _published(readings)
    browser = readings.browser()
    page = browser.get("/interpretations", params={"tab": "missing"}).text
    assert f'href="/documents/{document}"' in page
    assert "2026-03-02" in page
    assert "已逾期" in page
    fields = fields_of(browser.get(f"/needs/{document}").text)
    answer = browser.post(f"/needs/{document}", data={**fields, "answer": "no", "because": "仅部署内部工作"})
    assert "已认定不需要解读" in told(browser, answer)
    assert document not in browser.get("/interpretations", params={"tab": "missing"}).text
    page = browser.get(f"/needs/{document}").text
    assert "不需要解读，依据人工认定" in page
    assert "仅部署内部工作" in page
    answer = browser.post(f"/needs/{document}/undo", data=fields_of(page))
    assert "已撤销认定，现在：应当解读" in told(browser, answer)
    reading = readings.reading(f"《{TOPIC}》政策解读", text=f"近日印发了《{TOPIC}》。")
    sent = {**fields_of(browser.get(f"/interpretations/{reading}").text), "said": f"choose:{document}"}
    assert browser.post(f"/interpretations/{reading}/judgements", data=sent).status_code == 303
    assert "应当解读的公文都有了解读" in browser.get("/interpretations", params={"tab": "missing"}).text


def test_days_left_are_told_in_words() -> None:
    """Left, today, over, counted without the year's notice, and not begun."""
    row = MissingRow(
        "D1",
        "通知",
        None,
        None,
        dt.date(2026, 3, 2),
        dt.date(2026, 3, 5),
        2,
        provisional=False,
        pending=0,
        place=(0, 1),
    )
    assert missing_view(row).left == "还有 2 天"
    assert missing_view(replace(row, days_left=0)).left == "今天到期"
    over = missing_view(replace(row, days_left=-4))
    assert (over.left, over.late) == ("已逾期 4 天", True)
    assert "按周末推算" in missing_view(replace(row, provisional=True)).left
    assert "登记公开后起算" in missing_view(replace(row, days_left=None, due=None)).left


def test_doubtful_needs_are_listed_with_what_each_voice_says(readings: Readings) -> None:
    """A decision that the rules speak against stands in the list of doubts with both."""
    document = readings.document(f"{OWN}关于印发{TOPIC}的通知", "云政发〔2026〕1号")
    browser = readings.browser()
    assert "没有存疑的公文" in browser.get("/needs").text
    fields = fields_of(browser.get(f"/needs/{document}").text)
    browser.post(f"/needs/{document}", data={**fields, "answer": "no", "because": f"{HOSTILE}转发"})
    page = browser.get("/needs").text
    assert f'href="/needs/{document}"' in page
    assert "认定不需要解读" in page
    assert "规则建议应当解读" in page
    assert HOSTILE not in page
    assert f'href="/needs/{document}"' not in browser.get("/needs", params={"year": "1999"}).text


def test_refused_forms_come_back_and_forged_ones_change_nothing(readings: Readings) -> None:
    """Without answer or reason, too long, stale, foreign, and by people without the right."""
    document = readings.document(f"{OWN}关于印发{TOPIC}的通知", "云政发〔2026〕1号")
    far = readings.document("外县的通知", "外政发〔2026〕2号", unit=FOREIGN)
    browser = readings.browser()
    fields = fields_of(browser.get(f"/needs/{document}").text)
    for sent, status, words in (
        ({"answer": "", "because": "留着的理由"}, 400, "留着的理由"),
        ({"answer": "perhaps", "because": HOSTILE}, 400, "&lt;script&gt;"),
        ({"answer": "yes", "because": " "}, 400, "请写明理由"),
        ({"answer": "yes", "because": "长" * 3_000}, 400, "理由太长"),
        ({"answer": "yes", "because": "理由", "version": "x"}, 400, "请刷新"),
        ({"answer": "yes", "because": "理由", "form_token": "x"}, 403, ""),
    ):
        answer = browser.post(f"/needs/{document}", data={**fields, **sent})
        assert (answer.status_code, words in answer.text) == (status, True), sent
        assert HOSTILE not in answer.text
    assert "没有人工认定" in browser.post(f"/needs/{document}/undo", data=fields).text
    good = {**fields, "answer": "yes", "because": "涉及群众利益"}
    for identifier in (far, "D99999", "x"):
        assert browser.get(f"/needs/{identifier}").status_code == 404
        assert browser.post(f"/needs/{identifier}", data=good).status_code == 404
    assert browser.post(f"/needs/{document}", data=good).status_code == 303
    twice = browser.post(f"/needs/{document}", data=good)
    assert twice.status_code == 412
    assert "重新查看本页" in twice.text
    drafter = readings.browser(Role.DRAFTER)
    assert "认定由办公室办理" in drafter.get(f"/needs/{document}").text
    assert drafter.post(f"/needs/{document}", data=good).status_code == 403
