"""Interpretations: listed, judged beside their documents, taken back, their forms set; hostile and stale forms change nothing."""

import re
from pathlib import Path

import pytest
from readings_office import FOREIGN, PASSAGE, TOPIC, Readings, fields_of, readings_in, told, two_alike
from web_people import ASSESSED, acting

from attrtrack.domain.access import Role
from attrtrack.domain.interpretations import Interpretation, Judgement
from attrtrack.workflow import seeking
from attrtrack.workflow.seeking import seek_document
from attrtrack.workflow.signs import set_signs

HOSTILE = '<script>alert("x")</script>'
PENDING, CONFIRMED, REJECTED = Judgement.PENDING, Judgement.CONFIRMED, Judgement.REJECTED


@pytest.fixture
def readings(tmp_path: Path) -> Readings:
    """Return a register without documents."""
    return readings_in(tmp_path)


def _said(page: str) -> list[str]:
    return re.findall(r'name="said" value="([^"]+)"', page)


def test_an_interpretation_stands_beside_its_likeliest_document(readings: Readings) -> None:
    """Both titles with their facets marked, the evidence in words, the other candidate below, copied passages in both texts."""
    one, other, waiting = two_alike(readings)
    page = readings.browser().get(f"/interpretations/{waiting}").text
    assert {f"choose:{one}", f"choose:{other}", f"reject:{one}", "none"} <= set(_said(page))
    assert "另有难分先后的文件" in page
    assert f"解读点名的文件：《{TOPIC}》" in page
    assert '<mark class="agrees">' in page
    assert page.count(f'<mark class="carries">{PASSAGE[:20]}') >= 2
    beside = readings.browser().get(f"/interpretations/{waiting}", params={"beside": other}).text
    assert f"<h3>{other}</h3>" in beside
    assert readings.browser().get(f"/interpretations/{waiting}", params={"beside": "D999"}).status_code == 200


def test_a_document_is_chosen_the_next_one_opens_and_undo_restores(readings: Readings) -> None:
    """What was done is told with the way back; undone, both pairs wait again and everything that was said stays in the history."""
    one, other, waiting = two_alike(readings)
    following = readings.reading(f"一图读懂{TOPIC}")
    browser = readings.browser()
    sent = {**fields_of(browser.get(f"/interpretations/{waiting}").text), "said": f"choose:{one}"}
    answer = browser.post(f"/interpretations/{waiting}/judgements", data=sent)
    assert answer.headers["location"] == f"/interpretations/{following}"
    sentence = told(browser, answer)
    assert f"解读的是 {one}" in sentence
    assert f'href="/interpretations/{waiting}#acts"' in sentence
    assert readings.standing(waiting) == {one: CONFIRMED, other: REJECTED}
    page = browser.get(f"/interpretations/{waiting}").text
    assert "选定" in page
    assert "办公室审核人甲" in page
    answer = browser.post(f"/interpretations/{waiting}/judgements", data={**fields_of(page), "said": "undo"})
    assert "已撤销上一次判定" in told(browser, answer)
    assert set(readings.standing(waiting).values()) == {PENDING}
    fields = fields_of(browser.get(f"/interpretations/{waiting}").text)
    again = browser.post(f"/interpretations/{waiting}/judgements", data={**fields, "said": "undo"})
    assert again.status_code == 409
    assert "没有可以撤销的判定" in again.text


def test_none_of_these_is_an_answer_that_lasts(readings: Readings) -> None:
    """The refused are not proposed again, and are named; another document is found by number, by words and by id."""
    one, other, waiting = two_alike(readings)
    third = readings.document("关于做好防汛工作的通知", "云政发〔2026〕30号")
    browser = readings.browser(Role.DRAFTER)
    fields = fields_of(browser.get(f"/interpretations/{waiting}").text)
    assert "不关联任何公文" in told(
        browser, browser.post(f"/interpretations/{waiting}/judgements", data={**fields, "said": "none"})
    )
    assert readings.standing(waiting) == {one: REJECTED, other: REJECTED}
    seek_document(acting(readings.app, Role.OFFICE), waiting)
    assert readings.standing(waiting) == {one: REJECTED, other: REJECTED}
    page = browser.get("/interpretations", params={"tab": "none"}).text
    assert f'href="/interpretations/{waiting}"' in page
    for words in ("云政发〔2026〕30号", "防汛工作", third.lower()):
        page = browser.get(f"/interpretations/{waiting}", params={"sought": words}).text
        assert f"choose:{third}" in _said(page), words
    assert "没有找到" in browser.get(f"/interpretations/{waiting}", params={"sought": "海洋渔业"}).text
    sent = {**fields_of(page), "said": f"choose:{third}"}
    assert browser.post(f"/interpretations/{waiting}/judgements", data=sent).status_code == 303
    sent = {**fields_of(browser.get(f"/interpretations/{waiting}").text), "said": f"also:{one}"}
    assert "已另判定" in told(browser, browser.post(f"/interpretations/{waiting}/judgements", data=sent))
    assert readings.standing(waiting) == {one: CONFIRMED, other: REJECTED, third: CONFIRMED}


def test_lists_count_narrow_and_lead_on(readings: Readings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each tab has its rows, filters stay in the addresses, a list that goes on is leafed through, a cursor opens its own list only."""
    two_alike(readings)
    for number in range(3):
        readings.reading(f"政策问答第{number}期", seek=False)
    browser = readings.browser()
    page = browser.get("/interpretations").text
    assert "待判定 <b>1</b>" in page
    assert "不关联任何公文 <b>3</b>" in page
    monkeypatch.setattr("api.pages.interpretations.ROWS", 2)
    first = browser.get("/interpretations", params={"tab": "none", "year": "2026"}).text
    after = re.search(r'rel="next" href="([^"]+)"', first)
    assert after is not None
    assert "year=2026" in after[1]
    path = after[1].replace("&amp;", "&")
    assert browser.get(path).text.count("data-open") == 1
    assert browser.get(path.replace("tab=none", "tab=linked")).status_code == 400
    assert "没有等待判定的解读" in browser.get("/interpretations", params={"year": "1999"}).text
    assert "应当解读的公文都有了解读" in browser.get("/interpretations", params={"tab": "missing", "year": "1999"}).text
    assert browser.get("/interpretations", params={"tab": "everything"}).status_code == 400


def test_forms_and_channels_are_set_by_a_person(readings: Readings) -> None:
    """Each says where it was read, then that a person has set it; an import does not take it back, and the journal stays whole."""
    reading = readings.reading(f"一图读懂{TOPIC}", seek=False)
    browser = readings.browser()
    page = browser.get(f"/interpretations/{reading}").text
    sent = {**fields_of(page), "forms": ["video", "picture", "video"], "channels": ["wechat"]}
    assert "形式和渠道已改定" in told(browser, browser.post(f"/interpretations/{reading}/signs", data=sent))
    item = readings.item(reading)
    assert (item.forms, item.channels) == (("picture", "video"), ("wechat",))
    page = browser.get(f"/interpretations/{reading}").text
    assert page.count("人工改定") == 3
    assert "改定形式：图解、视频；渠道：政务微信" in page
    with readings.app.store.unit_of_work("test", "cli") as work:
        known = work.interpretations.get(reading)
        read = Interpretation("", item.title, text="全文", forms=("text",), channels=("newspaper",))
        work.interpretations.complete(known, read, year=None)
    assert readings.item(reading).forms == ("picture", "video")
    for wrong, words in (({"forms": []}, "至少选一种形式"), ({"forms": ["<b>"]}, "没有形式")):
        fields = fields_of(browser.get(f"/interpretations/{reading}").text)
        refused = browser.post(f"/interpretations/{reading}/signs", data={**fields, **wrong, "channels": ["weibo"]})
        assert refused.status_code == 400
        assert words in refused.text
        assert '<details class="more" open>' in refused.text
        assert re.search(r'value="weibo" checked', refused.text)
    assert not set_signs(acting(readings.app, Role.OFFICE), reading, ["picture", "video"], ["wechat"])
    with readings.app.store.reading() as work:
        assert work.journal.prove().ok


def test_the_document_is_looked_for_on_the_spot(readings: Readings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound only the unit's own years are compared, and nothing is linked without a person then."""
    reading = readings.reading(f"《{TOPIC}》政策解读", seek=False, text=f"近日印发了《{TOPIC}》。")
    browser = readings.browser()
    page = browser.get(f"/interpretations/{reading}").text
    assert "还没有可能的公文" in page
    answer = browser.post(f"/interpretations/{reading}/candidates", data=fields_of(page))
    assert "没有找到可能的公文" in told(browser, answer)
    one = readings.document(f"关于印发《{TOPIC}》的通知", "云政发〔2026〕1号")
    far = readings.document(f"关于印发《{TOPIC}》的通知", "外政发〔2026〕1号", unit=FOREIGN)
    monkeypatch.setattr(seeking, "MOST", 1)
    system = readings.app.acting_as("机器", acting(readings.app, Role.OFFICE).access, origin="cli")
    found = seek_document(system, reading)
    assert (found.proposed, found.settled) == (1, False)
    monkeypatch.setattr(seeking, "MOST", 0)
    assert seek_document(system, reading).partial
    monkeypatch.undo()
    fields = fields_of(browser.get(f"/interpretations/{reading}").text)
    answer = browser.post(f"/interpretations/{reading}/candidates", data=fields)
    assert "找到 1 份可能的公文" in told(browser, answer)
    assert far not in readings.standing(reading)
    sent = {**fields_of(browser.get(f"/interpretations/{reading}").text), "said": f"choose:{one}"}
    browser.post(f"/interpretations/{reading}/judgements", data=sent)
    fields = fields_of(browser.get(f"/interpretations/{reading}").text)
    answer = browser.post(f"/interpretations/{reading}/candidates", data=fields)
    assert "已有人判定过公文" in told(browser, answer)
    assert readings.standing(reading) == {one: CONFIRMED}


def test_other_units_and_unknown_records_are_not_there(readings: Readings) -> None:
    """Another unit's interpretation and document answer as what no register holds; who may only read judges nothing."""
    _, _, own = two_alike(readings)
    foreign = readings.reading("外县解读", unit=FOREIGN, seek=False)
    far = readings.document("外县的通知", "外政发〔2026〕2号", unit=FOREIGN)
    browser = readings.browser()
    fields = fields_of(browser.get(f"/interpretations/{own}").text)
    for identifier in (foreign, "I99999", "I0", "x", "I1'--"):
        assert browser.get(f"/interpretations/{identifier}").status_code == 404
        for act in ("judgements", "signs", "candidates"):
            sent = {**fields, "said": "none", "forms": "video"}
            assert browser.post(f"/interpretations/{identifier}/{act}", data=sent).status_code == 404, act
    before = readings.standing(own)
    answer = browser.post(f"/interpretations/{own}/judgements", data={**fields, "said": f"choose:{far}"})
    assert answer.status_code == 404
    assert f"choose:{far}" not in _said(browser.get(f"/interpretations/{own}", params={"sought": far}).text)
    assert readings.standing(own) == before
    assert readings.standing(foreign) == {}
    signatory = readings.browser(Role.SIGNATORY)
    page = signatory.get(f"/interpretations/{own}")
    assert page.status_code == 200
    assert not _said(page.text)
    sent = {"form_token": "x", "said": "none"}
    assert signatory.post(f"/interpretations/{own}/judgements", data=sent).status_code == 403
    assert readings.browser(Role.ASSESSOR).get(f"/interpretations/{own}").status_code == 404
    seen = readings.reading("东山解读", unit=ASSESSED, seek=False)
    assert readings.browser(Role.ASSESSOR).get(f"/interpretations/{seen}").status_code == 200


def test_forged_stale_and_doubled_forms_change_nothing(readings: Readings) -> None:
    """A foreign token, none, a version that is no number, an old one, the same form twice, words that no button says."""
    one, _, waiting = two_alike(readings)
    browser, other = readings.browser(), readings.another_browser()
    fields = fields_of(browser.get(f"/interpretations/{waiting}").text)
    path = f"/interpretations/{waiting}/judgements"
    before = readings.standing(waiting)
    for sent, status in (
        ({**fields_of(other.get(f"/interpretations/{waiting}").text), "said": "none"}, 403),
        ({**fields, "said": "none", "form_token": ""}, 403),
        ({**fields, "said": "none", "version": "newest"}, 400),
        ({**fields, "said": "none", "version": "1"}, 412),
        ({**fields, "said": "ledger:D1"}, 400),
        ({**fields, "said": "choose"}, 400),
        ({**fields, "said": "none:D1"}, 400),
        ({**fields, "said": "choose:" + "D" * 10_000}, 400),
        ({**fields, "said": HOSTILE}, 400),
        ({**fields}, 400),
    ):
        answer = browser.post(path, data=sent)
        assert answer.status_code == status, sent
        assert HOSTILE not in answer.text
    assert readings.standing(waiting) == before
    sent = {**fields, "said": f"choose:{one}", "year": HOSTILE, "unit": "某" * 2_000, "sought": HOSTILE}
    assert browser.post(path, data=sent).status_code == 303
    again = browser.post(path, data=sent)
    assert again.status_code == 412
    assert "重新查看本页" in again.text
    assert HOSTILE not in again.text
    assert readings.standing(waiting)[one] is CONFIRMED


def test_hostile_titles_and_addresses_are_shown_as_text(readings: Readings) -> None:
    """Neither the interpretation's nor the document's words become markup, and an address that runs is no link."""
    one = readings.document(f"关于{HOSTILE}印发{TOPIC}的通知", "云政发〔2026〕1号", text=f"{HOSTILE}{PASSAGE}")
    reading = readings.reading(f"{HOSTILE}《{TOPIC}》解读", text=f"{HOSTILE}{PASSAGE}", url="javascript:alert(1)")
    browser = readings.browser()
    pages = [browser.get(path) for path in (f"/interpretations/{reading}", "/interpretations?tab=all", f"/needs/{one}")]
    sent = {**fields_of(pages[0].text), "said": f"choose:{one}"}
    answer = browser.post(f"/interpretations/{reading}/judgements", data=sent)
    pages.append(browser.get(answer.headers["location"]))
    assert all(HOSTILE not in page.text for page in pages)
    assert "&lt;script&gt;" in pages[0].text
    assert 'href="javascript' not in pages[0].text


def test_an_interpretation_is_registered_by_its_facts(readings: Readings) -> None:
    """It opens with what was found for it; again it is the same one; refused, everything typed comes back."""
    one = readings.document(f"关于印发《{TOPIC}》的通知", "云政发〔2026〕1号")
    browser = readings.browser()
    fields = fields_of(browser.get("/interpretations/new").text)
    typed = {"title": f"《{TOPIC}》政策解读", "url": "https://www.yunxi.example/jd/1.html", "published": "2026-03-04"}
    answer = browser.post("/interpretations/new", data={**fields, **typed})
    sentence = told(browser, answer)
    assert "已登记解读" in sentence
    assert "找到 1 份可能的公文" in sentence
    assert list(readings.standing(readings.all()[0])) == [one]
    again = browser.post("/interpretations/new", data={**fields, **typed})
    assert again.headers["location"] == answer.headers["location"]
    assert "没有变化" in told(browser, again)
    long = "长" * 10_000
    for wrong, words in (
        ({"title": "", "url": ""}, "至少要有一项"),
        ({"published": "2026-02-30"}, "发布日期不存在"),
        ({"title": long}, "标题太长"),
        ({"publisher": long}, "发布者太长"),
        ({"url": "javascript:alert(1)"}, "地址"),
        ({"url": HOSTILE}, "地址"),
    ):
        refused = browser.post("/interpretations/new", data={**fields, **typed, "text": "留着的正文", **wrong})
        assert refused.status_code in {400, 422}, wrong
        assert words in refused.text, wrong
        assert "留着的正文" in refused.text
        assert HOSTILE not in refused.text
    assert len(readings.all()) == 1
    assert readings.browser(Role.DRAFTER).get("/interpretations/new").status_code == 403
    assert browser.post("/interpretations/new", data={**typed, "form_token": "x"}).status_code == 403
