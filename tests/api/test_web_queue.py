"""The office's queue: what each role may do in it, several at once and back, and what hostile or stale forms come to."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from web_client import Answer, TestClient
from web_people import BELOW, LOGINS, OTHER, OWN, a_peopled_app, acting, signed_in

from attrtrack.domain.access import Access, Right, Role
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import SourceText
from attrtrack.recording import record
from attrtrack.workflow.app import App
from attrtrack.workflow.queueing import Wanted, position
from attrtrack.workflow.registering import declare, record_document, sign
from attrtrack.workflow.reviewing import review, review_secrecy

HOSTILE = '<script>alert("x")</script>'
_LETTER = """{unit}关于公布2023年第{number}批农村公路养护补助标准的通知{more}
{unit}发〔2023〕{number}号
各乡镇人民政府：
现将第{number}批农村公路养护补助标准公布如下，请贯彻执行。
一、县道每公里补助七千元。
{unit}
2023年5月18日
{mark}"""
_MARK = "（此件公开发布）\n"


@dataclass
class Office:
    """A register with people, and browsers for those who are asked for."""

    app: App

    def letter(
        self, number: int, *, unit: str = OWN, attribute: str | None = "proactive", more: str = "", mark: str = _MARK
    ) -> str:
        """Record a letter and declare it; the mark printed on it says that it is to be published."""
        everything = Access(frozenset(Right), frozenset({unit}), unit)
        drafter = self.app.acting_as(LOGINS[Role.DRAFTER], everything, origin="cli", unit=unit)
        text = _LETTER.format(unit=unit, number=number, more=more, mark=mark)
        document = record(SourceText(f"{number}.txt", "txt", text), self.app.rules)
        found = record_document(drafter, document, content_hash=f"{unit}{number}{more}", file_name=f"{number}.txt")
        if attribute:
            declare(drafter, found.record.id, attribute, "R16-1b" if attribute == "withheld" else None)
        return found.record.id

    def browser(self, role: Role = Role.OFFICE) -> TestClient:
        """Sign somebody in."""
        return signed_in(self.app, LOGINS[role], follow_redirects=False)

    def state(self, document_id: str) -> State:
        """Return where a document stands."""
        with self.app.store.reading() as work:
            return work.documents.get(document_id).state

    def said(self, document_id: str) -> list[str]:
        """Return everything that the office has said of a document."""
        with self.app.store.reading() as work:
            return [item.result.value for item in work.reviews.of(document_id)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Return a register without documents."""
    return Office(a_peopled_app(tmp_path))


def _fields(page: str) -> dict[str, str]:
    """Return the token and the version that the page's forms bear."""
    found = dict(re.findall(r'name="(form_token|version)" value="([^"]*)"', page))
    assert found.get("form_token")
    return found


def _chosen(page: str) -> list[str]:
    return re.findall(r'name="chosen" value="(D\d+:\d+)"', page)


def _told(browser: TestClient, answer: Answer) -> str:
    assert answer.status_code == 303, answer.text
    page = browser.get(answer.headers["location"])
    found = re.search(r'class="told" role="status">(.*?)</p>', page.text, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_queue_is_for_those_who_handle(office: Office) -> None:
    """Office and signatory see it in the head of their pages; drafter and assessor are refused."""
    office.letter(1)
    assert "农村公路" in office.browser(Role.SIGNATORY).get("/queue").text
    page = office.browser().get("/queue").text
    assert '<a href="/queue" aria-current="page">办理</a>' in page
    assert "您能办的：" in page
    for role in (Role.DRAFTER, Role.ASSESSOR, Role.SYSTEM_ADMINISTRATOR):
        assert office.browser(role).get("/queue").status_code == 403


def test_filters_and_tabs_narrow_the_queue_and_stay_in_its_addresses(office: Office) -> None:
    """A tab counts, a filter leaves what fits, and rows lead on with both; an empty result says how to go on."""
    office.letter(1)
    below = office.letter(2, unit=BELOW)
    office.letter(3, attribute=None)
    browser = office.browser()
    page = browser.get("/queue", params={"unit": BELOW, "waits": "review"}).text
    assert page.count("data-open") == 1
    assert re.search(rf'href="/queue/{below}\?waits=review&amp;unit=[^"]+"', page)
    assert "待认定" in browser.get("/queue").text
    none = browser.get("/queue", params={"unit": BELOW, "genre": "命令"}).text
    assert "取消筛选" in none
    assert "现在没有这类公文" in browser.get("/queue", params={"waits": "reexamine"}).text
    assert "/queue/registration.xlsx?waits=review&amp;unit=" in page
    for wrong in ({"waits": "everything"}, {"year": "23"}, {"after": "AAAA"}):
        assert browser.get("/queue", params=wrong).status_code == 400


def test_a_long_queue_is_leafed_through_by_cursor(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forwards every document is shown once; the cursor of one list opens no other."""
    monkeypatch.setattr("api.pages.queue.ROWS", 2)
    known = {office.letter(number) for number in range(1, 6)}
    browser, seen = office.browser(), list[str]()
    path = last = "/queue?waits=review"
    while path:
        page = browser.get(path).text
        seen += re.findall(r'href="/queue/(D\d+)\?', page)
        after = re.search(r'rel="next" href="([^"]+)"', page)
        path = after[1].replace("&amp;", "&") if after else ""
        last = path or last
    assert sorted(seen) == sorted(known)
    assert browser.get(last.replace("waits=review", "waits=sign")).status_code == 400


def test_the_undisputed_are_accepted_together_and_taken_back_together(office: Office) -> None:
    """Each is a review of its own; taken back, the first words stay and the documents wait for review again."""
    undisputed = [office.letter(number) for number in (1, 2, 3)]
    disputed = office.letter(4, attribute="withheld")
    browser = office.browser()
    page = browser.get("/queue").text
    chosen = _chosen(page)
    assert {one.partition(":")[0] for one in chosen} == set(undisputed)
    with office.app.store.reading() as work:
        version = work.journal.version_of(disputed)
    sent = {"form_token": _fields(page)["form_token"], "chosen": [*chosen, f"{disputed}:{version}", "D999:1"]}
    done = browser.post("/queue/accept", data=sent)
    assert "已同意 3 份，2 份没有办理。" in done.text
    assert "系统建议主动公开" in done.text
    assert "登记中没有编号" in done.text
    assert {office.state(one) for one in undisputed} == {State.REVIEWED}
    assert office.state(disputed) is State.DECLARED
    again = browser.post("/queue/accept", data=sent)
    assert "已同意 0 份" in again.text
    assert [office.said(one) for one in undisputed] == [["agree"]] * 3
    back = {"form_token": sent["form_token"], "chosen": re.findall(r'name="chosen" value="([^"]+)"', done.text)}
    assert "已收回 3 份的同意" in browser.post("/queue/retractions", data=back).text
    assert [office.said(one) for one in undisputed] == [["agree", "retract"]] * 3
    assert {office.state(one) for one in undisputed} == {State.DECLARED}
    assert set(_chosen(browser.get("/queue").text)) & set(chosen) == set()
    assert "没有勾选" in browser.post("/queue/accept", data={"form_token": sent["form_token"]}).text


def test_one_document_is_agreed_with_and_the_next_one_opens(office: Office) -> None:
    """The next page tells what was done and leads back; what nobody has acted on is taken back there."""
    first, second = office.letter(1), office.letter(2)
    browser = office.browser()
    page = browser.get(f"/queue/{first}?waits=review").text
    assert "第 1 份，共 2 份" in page
    assert "此件公开发布" in page
    answer = browser.post(f"/queue/{first}/review?waits=review", data={**_fields(page), "result": "agree"})
    assert answer.headers["location"] == f"/queue/{second}?waits=review"
    told = _told(browser, answer)
    assert "已同意：" in told
    assert f"/queue/{first}/retraction?waits=review" in told
    form = browser.get(f"/queue/{first}/retraction").text
    assert "收回您的审核意见“同意”" in form
    assert "重新待审核" in _told(browser, browser.post(f"/queue/{first}/retraction", data=_fields(form)))
    assert office.state(first) is State.DECLARED
    told = browser.get(f"/queue/{first}").text
    assert "收回审核意见" in told
    assert "办公室审核人甲" in told
    assert 'id="review"' in told
    assert "没有可以收回的审核意见" in browser.get(f"/queue/{first}/retraction").text
    stale = browser.post(f"/queue/{first}/retraction", data=_fields(form))
    assert stale.status_code == 412


def test_a_word_is_taken_back_only_by_its_speaker_before_anybody_acts(office: Office) -> None:
    """Another person's word, an earlier word under it, and a signed document stay; the database says so, too."""
    one, signed = office.letter(1), office.letter(2)
    other = office.app.acting_as("赵审核", acting(office.app, Role.OFFICE).access, origin="cli", unit=OWN)
    reviewer = acting(office.app, Role.OFFICE)
    review(other, one, "agree")
    browser = office.browser()
    page = browser.get(f"/queue/{one}/retraction").text
    assert "没有可以收回" in page
    review(reviewer, one, "dispute", "涉及群众", attribute="withheld")
    assert "没有可以收回" in browser.get(f"/queue/{one}/retraction").text
    review(reviewer, signed, "agree")
    review_secrecy(reviewer, signed, "cleared", personal_data_cleared=True)
    sign(acting(office.app, Role.SIGNATORY), signed)
    fields = _fields(browser.get(f"/queue/{signed}").text)
    assert browser.post(f"/queue/{signed}/retraction", data=fields).status_code == 409
    assert office.said(signed) == ["agree"]
    assert office.said(one) == ["agree", "dispute"]


def test_a_refused_form_comes_back_with_what_was_typed(office: Office) -> None:
    """A return without a comment, a dispute without an attribute and a text that is too long change nothing and lose nothing."""
    document = office.letter(1)
    browser = office.browser()
    fields = _fields(browser.get(f"/queue/{document}").text)
    refused = browser.post(f"/queue/{document}/review", data={**fields, "result": "return", "comment": " "})
    assert refused.status_code == 400
    assert "退回要写明意见" in refused.text
    long = "长" * 10_000
    refused = browser.post(f"/queue/{document}/review", data={**fields, "result": "return", "comment": long})
    assert refused.status_code == 400
    assert long in refused.text
    refused = browser.post(f"/queue/{document}/review", data={**fields, "result": "dispute", "comment": HOSTILE})
    assert refused.status_code == 400
    assert HOSTILE not in refused.text
    assert "&lt;script&gt;alert" in refused.text
    for part, sent, words in (
        ("secrecy", {"note": "看过原件"}, "看过原件"),
        ("need", {"needed": "yes"}, "请写明为什么"),
        ("review", {"result": "perhaps"}, "看不懂"),
        ("review", {"result": "retract"}, "不是一种审核结果"),
        ("precedent", {"taught": "yes"}, "没有先例可处理"),
        ("reexamination", {"kept": "keep", "why": "情况没有变化"}, "不能复查"),
        ("opinion", {"issuer": "某局", "opinion": "agree"}, "不是这份文件的联合发文单位"),
    ):
        answer = browser.post(f"/queue/{document}/{part}", data={**fields, **sent})
        assert answer.status_code in {400, 409, 422}, (part, answer.text)
        assert words in answer.text, part
    assert office.said(document) == []
    assert office.state(document) is State.DECLARED


def test_secrecy_review_and_signing_are_told_before_they_are_done(office: Office) -> None:
    """The signatory sees what would block; once it is gone the button signs, and a dispute asks for a reason first."""
    document = office.letter(1)
    clerk, signatory = office.browser(), office.browser(Role.SIGNATORY)
    page = signatory.get(f"/queue/{document}").text
    assert "现在不能签发" in page
    assert ">签发</button>" not in page
    assert 'id="review"' not in page
    fields = _fields(clerk.get(f"/queue/{document}").text)
    told = clerk.post(f"/queue/{document}/secrecy", data={**fields, "secrecy": "cleared", "personal": "yes"})
    assert "保密审查已登记（可以公开）" in _told(clerk, told)
    fields = _fields(clerk.get(f"/queue/{document}").text)
    sent = {**fields, "result": "dispute", "attribute": "withheld", "reason": "R16-1b", "comment": "属于内部事务"}
    assert clerk.post(f"/queue/{document}/review", data=sent).status_code == 303
    page = signatory.get(f"/queue/{document}").text
    assert "意见不一致" in page
    assert "办公室审核人甲" in page or LOGINS[Role.OFFICE] in page
    refused = signatory.post(f"/queue/{document}/sign", data=_fields(page))
    assert refused.status_code == 409
    fields = _fields(signatory.get(f"/queue/{document}").text)
    signed = signatory.post(f"/queue/{document}/sign", data={**fields, "because": "群众需要知晓"})
    assert "已签发：" in _told(signatory, signed)
    assert office.state(document) is State.SIGNED
    assert signatory.post(f"/queue/{document}/sign", data={**fields, "because": "再签"}).status_code == 412


def test_other_units_documents_are_not_there(office: Office) -> None:
    """Reading and every act answer as for an id that no register holds; the wrong right answers before that."""
    foreign = office.letter(1, unit=OTHER)
    own = office.letter(2)
    browser = office.browser()
    fields = _fields(browser.get(f"/queue/{own}").text)
    for identifier in (foreign, "D999999", "D0", "x"):
        assert browser.get(f"/queue/{identifier}").status_code == 404
        assert browser.get(f"/queue/{identifier}/retraction").status_code == 404
        for part in ("review", "secrecy", "need", "reexamination", "precedent", "opinion", "retraction"):
            sent = {**fields, "result": "agree", "secrecy": "cleared", "needed": "yes", "needed_why": "因为", "why": "因为",
                    "kept": "keep", "taught": "yes", "opinion": "agree"}  # fmt: skip
            assert browser.post(f"/queue/{identifier}/{part}", data=sent).status_code == 404, part
    assert office.said(foreign) == []
    assert "没有编号" in browser.post("/queue/accept", data={**fields, "chosen": f"{foreign}:1"}).text
    assert browser.post(f"/queue/{own}/sign", data=fields).status_code == 403
    assert office.browser(Role.SIGNATORY).post(f"/queue/{own}/review", data=fields).status_code == 403


def test_forged_and_stale_forms_change_nothing(office: Office) -> None:
    """A form of another session, none at all, a version that is no number, and the same form twice."""
    document = office.letter(1)
    browser, other = office.browser(), office.browser()
    fields = _fields(browser.get(f"/queue/{document}").text)
    agree = {**fields, "result": "agree"}
    assert other.post(f"/queue/{document}/review", data=agree).status_code == 403
    assert browser.post(f"/queue/{document}/review", data={**agree, "form_token": ""}).status_code == 403
    assert browser.post(f"/queue/{document}/review", data={**agree, "version": "newest"}).status_code == 400
    assert browser.post("/queue/accept", data={**fields, "chosen": "D1' OR 1=1"}).status_code == 400
    assert office.said(document) == []
    assert browser.post(f"/queue/{document}/review", data=agree).status_code == 303
    twice = browser.post(f"/queue/{document}/review", data=agree)
    assert twice.status_code == 412
    assert "重新查看本页" in twice.text
    assert office.said(document) == ["agree"]


def test_hostile_titles_are_shown_as_text(office: Office) -> None:
    """Nothing of a title is markup, on the list, on the screen and in what is told of an act."""
    document = office.letter(1, more=HOSTILE)
    browser = office.browser()
    pages = [browser.get(path) for path in ("/queue", f"/queue/{document}", f"/queue/{document}/retraction")]
    answer = browser.post(f"/queue/{document}/review", data={**_fields(pages[1].text), "result": "agree"})
    pages.append(browser.get(answer.headers["location"]))
    assert all(HOSTILE not in page.text for page in pages)
    assert "&lt;script&gt;" in pages[0].text


def test_what_is_kept_back_is_looked_at_again_and_a_conflict_is_resolved(office: Office) -> None:
    """Kept with a reason it comes up again later; a decision that a rule speaks against becomes a precedent, or none, by a button."""
    document = office.letter(1, attribute="withheld", mark="")
    sign(acting(office.app, Role.SIGNATORY), document)
    browser = office.browser()
    page = browser.get(f"/queue/{document}").text
    assert "定期复查" in page
    sent = {**_fields(page), "kept": "keep", "why": "内部事务，情况没有变化"}
    assert "复查：维持不公开" in _told(browser, browser.post(f"/queue/{document}/reexamination", data=sent))
    fields = _fields(browser.get(f"/queue/{document}").text)
    sent = {**fields, "taught": "no", "teach_why": "当时定错了"}
    assert "已定为不作先例" in _told(browser, browser.post(f"/queue/{document}/precedent", data=sent))
    fields = _fields(browser.get(f"/queue/{document}").text)
    sent = {**fields, "needed": "no", "needed_why": "没有政策内容"}
    assert "已认定为不需要解读" in _told(browser, browser.post(f"/queue/{document}/need", data=sent))
    assert "现在：<b>不需要解读</b>" in browser.get(f"/queue/{document}").text


def test_the_place_in_the_queue_is_counted(office: Office) -> None:
    """Over all headings and under one; what waits for something else has no place there."""
    ready = [office.letter(number) for number in (1, 2)]
    draft = office.letter(3, attribute=None)
    reviewer = acting(office.app, Role.OFFICE)
    places = {one: position(reviewer, Wanted(), one) for one in (*ready, draft)}
    assert sorted(place.number for place in places.values() if place) == [1, 2, 3]
    first = next(one for one, place in places.items() if place and place.number == 1)
    assert first == draft
    second = position(reviewer, Wanted(), ready[0])
    assert second is not None
    assert (second.before, second.after, second.total) == (draft, ready[1], 3)
    from attrtrack.domain.worklist import WaitsFor  # noqa: PLC0415 - this test alone narrows

    narrowed = position(reviewer, Wanted(WaitsFor.REVIEW), ready[0])
    assert narrowed is not None
    assert (narrowed.number, narrowed.total, narrowed.before) == (1, 2, None)
    assert position(reviewer, Wanted(WaitsFor.REVIEW), draft) is None
