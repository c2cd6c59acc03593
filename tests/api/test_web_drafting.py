"""A drafter's pages: a file becomes a proposal, which is declared, mended, withdrawn, published; and what hostile forms come to."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from drafting_office import OWN, Desk, a_desk, fields_of, told
from unit.reporting.letters import LINES, a_letter
from web_client import TestClient
from web_people import LOGINS, OTHER, acting, signed_in

from attrtrack.domain.access import Role
from attrtrack.domain.decisions import State
from attrtrack.workflow.correcting_elements import ELEMENTS
from attrtrack.workflow.registering import declare
from attrtrack.workflow.reviewing import review

HOSTILE = '<script>alert("x")</script>'
LONG = "长" * 10_000
ACTS: dict[str, dict[str, str]] = {
    "declaration": {"attribute": "proactive"},
    "withdrawal": {"because": "重复登记"},
    "publication": {"url": "https://www.yunxi.example/1", "day": "2025-06-10", "channel": "government-website"},
    "elements": {"title": "另一个标题"},
}
"""Each form of the page, filled in well."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a drafter's desk; each test takes letters of its own."""
    made = a_desk(tmp_path_factory.mktemp("drafting"))
    yield made
    made.app.store.close()


def test_a_file_becomes_a_page_with_everything_one_decides_by(desk: Desk) -> None:
    """What was read and where, the suggestion with reason and sentences, what would be objected, what was decided before."""
    before = desk.signed()
    letter = desk.text(mark="（此件不公开）\n")
    identifier = desk.send(file=("批复.txt", letter.encode())).headers["location"].removeprefix("/documents/")
    page = desk.page(identifier)
    assert "已登记。请核对读到的要素和建议" in page
    assert "已登记。" not in desk.page(identifier)
    card = page[page.index('id="proposal"') :]
    assert re.search(r'<b class="said">[^<]+</b>', card)
    elements = page[page.index('id="elements"') :]
    for name, value in (("发文字号", "云发改函〔2025〕"), ("标题", "停车收费标准的批复"), ("主送机关", "东山区")):
        assert re.search(rf"<dt>{name}</dt><dd>[^<]*{value}[^<]*<a class=\"place\" href=\"#t\d+\"", elements)
    assert '<mark class="carries' in page
    alike = page[page.index('id="alike"') : page.index('id="history"')]
    assert f'href="/documents/{before}"' in alike
    assert "审定为主动公开" in alike
    assert "登记为拟稿" in page


def test_the_same_file_is_recorded_once(desk: Desk) -> None:
    """Sent twice it leads to the same document, and the page says so."""
    letter = ("函.docx", a_letter((*LINES, "只登记一次")))
    first, second = (desk.send(file=letter) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert "没有重复登记" in desk.page(second.headers["location"].removeprefix("/documents/"))


def test_a_pasted_text_is_read_like_a_file(desk: Desk) -> None:
    """A title that is not given is read from the text; one that is given counts."""
    made = desk.send(text=desk.text())
    assert "云栖市发展和改革局关于停车收费标准的批复" in desk.page(made.headers["location"].removeprefix("/documents/"))
    made = desk.send(text=desk.text(), title=f"{HOSTILE}的批复")
    page = desk.page(made.headers["location"].removeprefix("/documents/"))
    assert HOSTILE not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"title": HOSTILE}, 400, "也没有粘贴正文"),
        ({"title": LONG, "text": "请照此办理。"}, 400, "标题太长：最多 500 字，现有 10000 字"),
        ({"text": "请照此办理。", "file": ("表.exe", b"MZ")}, 415, "暂不能读取"),
        ({"text": "请照此办理。", "file": ("坏.docx", b"PK\x03\x04")}, 422, "文件内容与"),
        ({"text": f"{HOSTILE}照此办理", "file": (f"{HOSTILE[:8]}.bat", b"x")}, 415, ""),
    ],
)
def test_what_cannot_be_read_comes_back_with_what_was_typed(
    desk: Desk, sent: dict[str, Any], status: int, said: str
) -> None:
    """The form is shown again, nothing raw in it, nothing kept."""
    before = desk.length()
    answer = desk.send(**sent)
    assert answer.status_code == status
    assert said in told(answer)
    assert 'role="alert"' in answer.text
    assert HOSTILE not in answer.text
    for typed in (sent.get("title", ""), sent.get("text", "")):
        assert typed.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;") in answer.text
    assert desk.length() == before


def test_a_classified_file_is_refused_and_forgotten(desk: Desk) -> None:
    """Nothing of it is kept or shown; the journal says that something was refused."""
    secret = "机密★10年\n关于某事的批复\n云发〔2025〕1号\n内容不得外传。\n"
    answer = desk.send(file=("件.txt", secret.encode()))
    assert answer.status_code in {400, 403, 422}
    assert "内容不得外传" not in answer.text
    with desk.app.store.reading() as work:
        head = work.journal.head()
    assert head is not None
    assert (head.action, head.outcome) == ("record", "refused")


def test_one_click_declares_what_is_suggested(desk: Desk) -> None:
    """The page that follows says what was declared; the same click again finds that the document has changed."""
    desk.signed()  # the precedent that makes the suggestion sure
    identifier = desk.recorded()
    page = desk.page(identifier)
    click = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page[page.index('id="proposal"') :])[:4])
    assert set(click) == {"form_token", "version", "attribute", "reason"}
    assert "采用建议会遇到的问题" in page
    answer = desk.post(identifier, "declaration", **click)
    assert answer.status_code == 303
    assert "已认定为主动公开。" in desk.page(identifier)
    assert desk.state(identifier) is State.DECLARED
    before = desk.length()
    answer = desk.post(identifier, "declaration", **click)
    assert answer.status_code == 412
    assert "重新查看本页" in answer.text
    assert desk.length() == before


def test_declaring_otherwise_needs_a_reason_of_the_catalogue(desk: Desk) -> None:
    """The reasons offered are those that can carry the attribute, state secrecy is never one; the words go with the code."""
    identifier = desk.recorded()
    page = desk.browser.get(f"/documents/{identifier}?attribute=withheld").text
    offered = set(re.findall(r'type="radio" name="reason" value="([^"]+)"', page))
    assert "R16-2b" in offered
    assert "R14-1" not in offered
    answer = desk.post(identifier, "declaration", attribute="withheld", reason="R16-2b", words="尚在研究")
    assert answer.status_code == 303
    with desk.app.store.reading() as work:
        declared = work.documents.get(identifier).declaration
    assert declared is not None
    assert declared.reason == "R16-2b：尚在研究"
    assert "尚在研究" in desk.page(identifier)


def test_another_attribute_keeps_what_was_typed(desk: Desk) -> None:
    """The form of the other attribute comes with the words, what it would bring is foreseen, and nothing is kept."""
    identifier = desk.recorded()
    before = desk.length()
    for attribute, words in (("withheld", HOSTILE), ("on_request", LONG)):
        answer = desk.post(
            identifier, "declaration", attribute="proactive", words=words, because=words, instead=attribute
        )
        assert answer.status_code == 200
        form = answer.text[answer.text.index("data-look") :]
        assert f'name="attribute" value="{attribute}"' in form
        assert (
            f'value="{attribute}" formaction="/documents/{identifier}/declaration#declare" formnovalidate aria-current'
            in form
        )
        assert words.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;") in form
        assert "会遇到的问题" in answer.text
        assert HOSTILE not in answer.text
    assert desk.post(identifier, "declaration", instead=HOSTILE).status_code == 400
    assert desk.length() == before


def test_looking_shows_what_would_block_and_keeps_nothing(desk: Desk) -> None:
    """Withheld without a reason would be refused; the form is as it was filled in, the register as it was."""
    identifier = desk.recorded()
    before = desk.length()
    answer = desk.post(identifier, "declaration", attribute="withheld", words="先看看", act="look")
    assert answer.status_code == 200
    found = answer.text[answer.text.index('id="findings"') :]
    assert "认定为不予公开会遇到的问题" in answer.text
    assert '<div class="finding block">' in found
    assert "先看看" in answer.text
    answer = desk.post(identifier, "declaration", attribute="withheld", reason="R16-2b", act="look")
    assert 'value="R16-2b" checked' in answer.text
    assert desk.length() == before
    assert desk.state(identifier) is State.DRAFT


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({}, 400, "还没有选择公开属性"),
        ({"attribute": "public"}, 400, "还没有选择公开属性"),
        ({"attribute": "withheld", "reason": "R14-1"}, 400, "不能作为不予公开的依据"),
        ({"attribute": "proactive", "reason": "R16-2b"}, 400, "不能作为主动公开的依据"),
        ({"attribute": "withheld", "reason": HOSTILE}, 400, "不能作为不予公开的依据"),
        ({"attribute": "withheld", "words": LONG}, 400, "补充说明太长：最多 1000 字，现有 10000 字"),
        ({"attribute": "proactive", "version": "0"}, 412, "重新查看本页"),
        ({"attribute": "proactive", "version": "x' or 1=1"}, 400, "刷新"),
        ({"attribute": "proactive", "form_token": "别人的"}, 403, ""),
    ],
)
def test_a_forged_declaration_changes_nothing(desk: Desk, fields: dict[str, str], status: int, said: str) -> None:
    """Each is refused in words, with what was typed, and leaves no trace but the refusal's own."""
    identifier = desk.recorded()
    before = desk.length()
    answer = desk.post(identifier, "declaration", **fields)
    assert answer.status_code == status
    assert said in told(answer)
    assert HOSTILE not in answer.text
    if "words" in fields:
        assert fields["words"] in answer.text
    assert desk.length() == before
    assert desk.state(identifier) is State.DRAFT


def test_a_token_of_another_session_is_refused(desk: Desk) -> None:
    """Also that of the same person's other session, and one from before signing out."""
    identifier = desk.recorded()
    other = signed_in(desk.app, LOGINS[Role.DRAFTER])
    token = fields_of(other.get(f"/documents/{identifier}").text)["form_token"]
    before = desk.length()
    for act, fields in ACTS.items():
        assert desk.post(identifier, act, **fields, form_token=token, version="1").status_code == 403
    assert desk.send(text="照此办理。", form_token=token).status_code == 403
    assert desk.length() == before


def test_what_is_classified_after_all_is_removed(desk: Desk) -> None:
    """Naming state secrecy in one's own words takes the document out of the register; the next page says so."""
    identifier = desk.recorded()
    answer = desk.post(identifier, "declaration", attribute="withheld", words="属于国家秘密")
    assert (answer.status_code, answer.headers["location"]) == (303, "/drafts")
    assert "已从本系统移除" in desk.browser.get("/drafts").text
    assert desk.browser.get(f"/documents/{identifier}").status_code == 404


def test_documents_of_others_are_not_there(desk: Desk) -> None:
    """Another unit's document answers word for word as one that does not exist, and stays as it is."""
    foreign, nowhere = desk.foreign(OTHER), "D999999"
    fields = fields_of(desk.page(desk.recorded()))
    before = desk.length()
    for act, typed in ({"": {}} | ACTS).items():
        answers = []
        for identifier in (foreign, nowhere):
            address = f"/documents/{identifier}/{act}".rstrip("/")
            answer = desk.browser.post(address, data={**fields, **typed}) if act else desk.browser.get(address)
            text = answer.text.replace("形如 D12", "")  # the example in the sentence may be the very id
            told = re.sub(rf"(?<![\w-]){identifier}(?![\w-])", "?", text)
            answers.append((answer.status_code, told))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404
    assert desk.length() == before


def test_a_returned_document_says_why(desk: Desk) -> None:
    """The office's comment stands first; a new declaration sends the document back."""
    identifier = desk.recorded()
    declare(acting(desk.app, Role.DRAFTER), identifier, "proactive", None)
    review(acting(desk.app, Role.OFFICE), identifier, "return", f"附件{HOSTILE}是否公开？")
    page = desk.page(identifier)
    assert HOSTILE not in page
    assert page.index("是否公开？") < page.index('id="proposal"')
    assert identifier in desk.browser.get("/drafts?stage=mine").text
    assert desk.post(identifier, "declaration", attribute="proactive").status_code == 303
    assert desk.state(identifier) is State.DECLARED


def test_a_signed_document_is_declared_anew_only_with_an_explanation(desk: Desk) -> None:
    """Without it the form comes back with all that was chosen; with it the old decision holds until the new one."""
    identifier = desk.signed()
    fields = {"attribute": "withheld", "reason": "R16-2b", "words": "情况有变"}
    before = desk.post(identifier, "declaration", **fields)
    assert before.status_code == 409
    assert "为什么改动" in told(before)
    assert 'value="R16-2b" checked' in before.text
    assert "情况有变" in before.text
    assert desk.post(identifier, "declaration", **fields, because="上级另有规定").status_code == 303
    assert "上级另有规定" in desk.page(identifier)


def test_withdrawing_needs_a_reason_and_ends_it(desk: Desk) -> None:
    """The reason stands in the history; what has been withdrawn can be recorded again."""
    text = desk.text()
    identifier = desk.send(file=("批复.txt", text.encode())).headers["location"].removeprefix("/documents/")
    for because, said in (("", "撤回要写明原因"), (LONG, "撤回的原因太长")):
        answer = desk.post(identifier, "withdrawal", because=because)
        assert (answer.status_code, said in told(answer), because in answer.text) == (400, True, True)
    answer = desk.post(identifier, "withdrawal", because=f"登记错了{HOSTILE}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/drafts")
    page = desk.page(identifier)
    assert "登记错了" in page
    assert HOSTILE not in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert (
        desk.post(identifier, "withdrawal", **fields_of(desk.page(desk.recorded())), because="再撤").status_code != 303
    )
    again = desk.send(file=("批复.txt", text.encode())).headers["location"]
    assert again != f"/documents/{identifier}"


def _elements(page: str) -> dict[str, str]:
    """Return the fields of the form that mends elements as they stand."""
    form = page[page.index('/elements"') :].partition("</form>")[0]
    return dict(re.findall(r'<input id="f-(\w+)" name="\w+" type="text" value="([^"]*)"', form))


def test_elements_are_mended_in_a_new_record(desk: Desk) -> None:
    """The old one is withdrawn with its reason; the new one has its own proposal and leads to where the text says it."""
    identifier = desk.recorded()
    page = desk.page(identifier)
    stated = {**_elements(page), "genre": "批复"}
    assert set(stated) == set(ELEMENTS)
    unchanged = desk.post(identifier, "elements", **stated)
    assert unchanged.headers["location"] == f"/documents/{identifier}"
    assert "要素没有改动" in desk.page(identifier)
    answer = desk.post(
        identifier, "elements", **{**stated, "addressee": "发展和改革局", "date": "2025年6月5日", "number": ""}
    )
    made = answer.headers["location"].removeprefix("/documents/")
    assert made != identifier
    page = desk.page(made)
    assert "2025-06-05" in page
    assert re.search(r'<dt>主送机关</dt><dd>发展和改革局 <a class="place"', page)
    assert "没有发文字号" in page or "没有读到" in page
    assert re.search(r'class="said"', page)
    assert desk.state(identifier) is State.WITHDRAWN
    assert f"重新登记为 {made}" in desk.page(identifier)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"date": "去年"}, "看不懂"),
        ({"genre": HOSTILE}, "没有文种"),
        ({"title": LONG}, "标题太长"),
        ({"title": f"机密★1年 {HOSTILE}"}, ""),
    ],
)
def test_elements_that_make_no_sense_come_back(desk: Desk, changed: dict[str, str], said: str) -> None:
    """The form keeps what was typed, and the document stays."""
    identifier = desk.recorded()
    answer = desk.post(identifier, "elements", **{**_elements(desk.page(identifier)), "genre": "", **changed})
    assert answer.status_code in {400, 403, 422}
    assert said in told(answer)
    assert HOSTILE not in answer.text
    assert desk.state(identifier) is State.DRAFT


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"url": "javascript:alert(1)"}, "公开地址"),
        ({"url": f"https://a.example/{LONG}"}, "公开地址太长"),
        ({"day": "2125-01-01"}, "公开日期"),
        ({"day": "明天"}, "请写成"),
        ({"channel": HOSTILE}, "没有渠道"),
    ],
)
def test_a_publication_that_cannot_be_comes_back(desk: Desk, changed: dict[str, str], said: str) -> None:
    """Address, day and channel are checked, and stand in the form as they were typed."""
    identifier = _signed_once(desk)
    answer = desk.post(identifier, "publication", **{**ACTS["publication"], **changed})
    assert answer.status_code in {400, 422}
    assert said in told(answer)
    assert HOSTILE not in answer.text
    assert desk.state(identifier) is State.SIGNED


def _signed_once(desk: Desk) -> str:
    """Return a signed letter that no test publishes."""
    with desk.app.store.reading() as work:
        found = [row.id for row in work.documents.find_by_number("云发改函〔2025〕1号")]
    return next((one for one in found if desk.state(one) is State.SIGNED), None) or desk.signed()


def test_a_publication_is_registered(desk: Desk) -> None:
    """A signed document that is to be published gets its address; one that is not has no such form."""
    identifier = desk.signed()
    assert desk.post(identifier, "publication", **ACTS["publication"]).status_code == 303
    page = desk.page(identifier)
    assert 'href="https://www.yunxi.example/1"' in page
    assert "已公开" in page
    assert 'id="publish"' not in desk.page(desk.signed("withheld", "R16-2b"))


def test_ones_own_documents_by_stage(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every stage counts what it shows, the parts of a list show each document once, nobody sees another's."""
    monkeypatch.setattr("api.pages.drafting.ROWS", 4)
    for _ in range(5):
        desk.recorded()
    counts = dict(re.findall(r'<a href="(/drafts[^"]*)"[^>]*>\w+ <b>(\d+)</b>', desk.browser.get("/drafts").text))
    assert set(counts) == {"/drafts", *(f"/drafts?stage={code}" for code in ("mine", "office", "signed", "ended"))}
    assert int(counts["/drafts"]) == sum(int(count) for path, count in counts.items() if "stage" in path)
    for path, count in counts.items():
        assert len(_leafed(desk.browser, path)) == int(count), path
    stranger = signed_in(desk.app, LOGINS[Role.OFFICE]).get("/drafts").text
    assert "这里还没有您登记的公文" in stranger
    assert desk.browser.get("/drafts?stage=" + "x" * 10_000).status_code == 400
    assert desk.browser.get("/drafts?before=0").status_code == 400


def _leafed(browser: TestClient, path: str) -> set[str]:
    """Follow a list to its end and return its documents, each shown once."""
    seen: list[str] = []
    while path:
        page = browser.get(path).text
        seen += re.findall(r'<td><a href="/documents/(D\d+)"', page)
        after = re.search(r'rel="next" href="([^"]+)"', page)
        path = after[1].replace("&amp;", "&") if after else ""
    assert len(seen) == len(set(seen))
    return set(seen)


def test_readers_see_the_page_without_its_forms(desk: Desk) -> None:
    """Who may not draft finds the same facts and nothing to send."""
    identifier = desk.recorded()
    page = signed_in(desk.app, LOGINS[Role.SIGNATORY]).get(f"/documents/{identifier}").text
    assert 'id="proposal"' in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_an_upload_without_a_form_is_a_clear_refusal(desk: Desk) -> None:
    """A body that is no form, two files, a field twice: told in words, nothing kept."""
    before = desk.length()
    token = fields_of(desk.browser.get("/drafts/new").text)["form_token"]
    sent: list[dict[str, Any]] = [
        {"content": b"x", "headers": {"content-type": "multipart/form-data; boundary=a"}},
        {"data": {"form_token": token}, "files": [("file", ("a.txt", b"a")), ("file", ("b.txt", b"b"))]},
        {"data": {"form_token": [token, token]}, "files": {"file": ("a.txt", io.BytesIO(b"a"))}},
    ]
    for named in sent:
        answer = desk.browser.post("/drafts/new", **named)
        assert answer.status_code in {400, 403}
        assert "<h1>" in answer.text
    assert desk.length() == before
    assert OWN
