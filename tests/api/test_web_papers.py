"""Papers at the pages: who gets them, what stands in them, and that refused forms keep what was typed."""

import io
import re
from collections.abc import Iterator

import pytest
from docx import Document
from openpyxl import load_workbook
from papers_office import LINES, NAME, PHONE, a_recorded_letter, an_office
from unit.reporting.letters import TEXT, a_letter, parts_of
from web_client import Answer, TestClient
from web_people import LOGINS, acting, signed_in

from attrtrack.domain.access import Role
from attrtrack.domain.documents import Document as Record
from attrtrack.errors import NotPermittedError
from attrtrack.workflow.app import App
from attrtrack.workflow.papers import marked_letter_of, original_of
from attrtrack.workflow.receiving import record_text
from attrtrack.workflow.registering import record_document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Give a register with people, closed at the end."""
    made = an_office(tmp_path_factory.mktemp("papers"))
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def drafter(app: App) -> TestClient:
    """Give the drafter's browser."""
    return signed_in(app, LOGINS[Role.DRAFTER])


@pytest.fixture(scope="module")
def letter(app: App) -> str:
    """Give a declared letter that no test changes."""
    return a_recorded_letter(app, lines=(*LINES, "不变的一份"), attribute="proactive")


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def post(browser: TestClient, path: str, act: str = "", **fields: object) -> Answer:
    """Send a form of the page at `path` as it stands now."""
    page = browser.get(path).text
    own = {"form_token": hidden(page, "form_token"), "version": hidden(page, "version")}
    return browser.post(f"{path}{act}", data={**own, **fields}, follow_redirects=False)


def words_of(data: bytes) -> list[str]:
    """Return what a docx says: paragraphs, then cells."""
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def test_the_document_page_leads_to_its_papers(drafter: TestClient, letter: str) -> None:
    """Form, marked letter and public version are a click away."""
    page = drafter.get(f"/documents/{letter}").text
    for address in ("opinion.docx", "marked.docx", "original", "public"):
        assert f'href="/documents/{letter}/{address}"' in page


def test_the_opinion_form_says_what_the_register_knows(drafter: TestClient, letter: str) -> None:
    """Title, number, declaration and the lines to sign; saved under a Chinese name."""
    answer = drafter.get(f"/documents/{letter}/opinion.docx")
    assert answer.headers["content-type"] == DOCX
    assert "filename*=UTF-8''%E6%8B%9F" in answer.headers["content-disposition"]
    said = "\n".join(words_of(answer.content))
    for words in (
        "拟发文件属性管理意见表",
        LINES[0],
        LINES[1],
        "☑主动公开",
        "☑全文公开",
        "保密审查",
        "签名：",
        "拟稿人甲",
        "联系电话",
        "办理等级",
        "是否需要解读",
        letter,
    ):
        assert words in said  # fmt: skip


def test_the_letter_comes_back_with_its_mark(drafter: TestClient, letter: str) -> None:
    """The kept original is what was uploaded; with the mark it has one paragraph more, below the date."""
    listed = drafter.get(f"/documents/{letter}/original")
    before = words_of(listed.content)
    after = words_of(drafter.get(f"/documents/{letter}/marked.docx").content)
    place = before.index("2024年3月4日") + 1
    assert after == [*before[:place], "（此件公开发布）", *before[place:]]
    assert listed.headers["content-disposition"].startswith('attachment; filename="')
    assert listed.headers["content-type"] == "application/octet-stream"


def test_without_an_original_the_way_out_is_told(app: App, drafter: TestClient) -> None:
    """A document given as text has no docx to mark; one nobody has declared has no mark to set."""
    text = record_text(acting(app, Role.DRAFTER), {"title": LINES[0], "text": "\n".join(LINES)}).record.id
    answer = drafter.get(f"/documents/{text}/marked.docx")
    assert answer.status_code == 415
    assert "请上传原文件重新登记" in answer.text
    for form in ("pdf", "doc", "wps"):
        record = Record(text="\n".join((*LINES, form)), title=LINES[0], format=form)
        scan = record_document(
            acting(app, Role.DRAFTER), record, content_hash=form, file_name=f"扫描件.{form}", original=b"%PDF"
        ).record.id
        answer = drafter.get(f"/documents/{scan}/marked.docx")
        assert (answer.status_code, f"原件是 {form} 格式" in answer.text) == (415, True)
        assert drafter.get(f"/documents/{scan}/original").content == b"%PDF"
        assert "另存为 docx" in drafter.get(f"/documents/{scan}").text
    draft = a_recorded_letter(app, lines=(*LINES, "尚未认定的一份"))
    answer = drafter.get(f"/documents/{draft}/marked.docx")
    assert (answer.status_code, "请先认定" in answer.text) == (422, True)


def test_a_cut_is_made_kept_and_taken_back(app: App, drafter: TestClient) -> None:
    """The words are gone from the public version, their reason stands in the record, a cut taken back stays on it."""
    identifier = a_recorded_letter(app)
    path = f"/documents/{identifier}/public"
    assert drafter.get(f"{path}.docx").status_code == 409
    place = str(TEXT.index(PHONE))
    assert f'value="{place}" checked' in drafter.get(path).text
    answer = post(drafter, path, "/personal", chosen=[place])
    assert answer.status_code == 303
    answer = post(drafter, path, words=NAME, occurrence="2", reason="R15-2", because="姓名与公务无关")
    assert answer.status_code == 303
    said = words_of(drafter.get(f"{path}.docx").content)
    assert said[3] == LINES[3].replace(PHONE, "［略］")
    assert said[4] == LINES[4].replace(NAME, "［略］")
    assert drafter.get(f"{path}.txt").text.split("\n")[4] == LINES[4].replace(NAME, "［略］")
    assert post(drafter, path, "/keep").status_code == 303
    page = drafter.get(path).text
    assert "姓名与公务无关" in page
    assert "现在的公开版已经留存" in page
    kept = re.search(rf"/documents/{identifier}/files/F\d+", page)
    assert kept
    assert words_of(drafter.get(kept[0]).content) == said
    assert post(drafter, path, "/restore", cut=hidden(page, "cut")).status_code == 303
    assert NAME in words_of(drafter.get(f"{path}.docx").content)[4]
    assert "已恢复" in drafter.get(path).text
    with app.store.reading() as work:
        acts = [entry.action for entry in work.journal.entries() if entry.subject == identifier]
    assert [act for act in acts if "cut" in act or "keep" in act] == [
        "keep-original", "cut", "cut", "keep-public", "take-cut-back",
    ]  # fmt: skip


def test_the_same_words_are_cut_everywhere(app: App, drafter: TestClient) -> None:
    """A cut tells how often its words still stand; ticking the box cuts the places that are left."""
    identifier = a_recorded_letter(app, lines=(*LINES, "全部删去的一份"), attribute="proactive")
    path = f"/documents/{identifier}/public"
    assert post(drafter, path, words=NAME, occurrence="1", reason="R15-2").status_code == 303
    assert "还有 1 处" in drafter.get(path).text
    assert post(drafter, path, words=NAME, everywhere="yes", reason="R15-2").status_code == 303
    page = drafter.get(path).text
    assert "已删 2 处" in page
    assert "同样的字在公开版里还有" not in page
    assert NAME not in "\n".join(words_of(drafter.get(f"{path}.docx").content))
    assert post(drafter, path, words=NAME, everywhere="yes", reason="R15-2").status_code == 409
    marked = words_of(drafter.get(f"/documents/{identifier}/marked.docx").content)
    assert "（此件删减后公开）" in marked
    assert "☑删减后公开" in "\n".join(words_of(drafter.get(f"/documents/{identifier}/opinion.docx").content))


def test_only_those_who_handle_a_document_get_its_file(app: App) -> None:
    """Names in the original are not blotted out: who only assesses gets neither it nor the letter with its mark."""
    drafter, signatory, assessor = (acting(app, role) for role in (Role.DRAFTER, Role.SIGNATORY, Role.ASSESSOR))
    identifier = a_recorded_letter(app, lines=(*LINES, "原件"), attribute="proactive")
    assert original_of(signatory, identifier).content == original_of(drafter, identifier).content
    for take in (original_of, marked_letter_of):
        with pytest.raises(NotPermittedError):
            take(assessor, identifier)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"words": NAME, "reason": "R15-2"}, "有 2 处"),
        ({"words": "没有的字", "reason": "R15-2"}, "正文里没有这些字"),
        ({"words": NAME, "occurrence": "3", "reason": "R15-2"}, "没有第 3 处"),
        ({"words": NAME, "occurrence": "第二", "reason": "R15-2"}, "请写数字"),
        ({"words": PHONE}, "请从列出的理由中选一条"),
        ({"words": PHONE, "reason": "R14-1"}, "请从列出的理由中选一条"),
        ({"words": PHONE, "reason": "R15-2", "because": "长" * 10_000}, "说明太长"),
        ({"words": "字" * 10_000, "reason": "R15-2"}, "太长"),
        ({"words": "<script>alert(1)</script>", "reason": "R15-2"}, "正文里没有这些字"),
    ],
)
def test_a_refused_cut_keeps_what_was_typed(
    app: App, drafter: TestClient, letter: str, fields: dict[str, str], told: str
) -> None:
    """The page comes back with every field as it was, nothing rendered raw, nothing changed."""
    with app.store.reading() as work:
        before = work.journal.head()
    answer = post(drafter, f"/documents/{letter}/public", **fields)
    assert answer.status_code == 400
    assert told in answer.text
    assert "<script>alert" not in answer.text
    for name, value in fields.items():
        if name in {"words", "because"}:
            assert value.replace("<", "&lt;").replace(">", "&gt;") in answer.text
    with app.store.reading() as work:
        assert work.journal.head() == before


def test_a_stale_or_forged_form_changes_nothing(app: App, drafter: TestClient, letter: str) -> None:
    """An old version, a replayed cut, a foreign token, another document's cut: refused in words."""
    path = f"/documents/{letter}/public"
    with app.store.reading() as work:
        before = work.cuts.of_document(letter)
    page = drafter.get(path).text
    own = {"form_token": hidden(page, "form_token"), "version": "1", "words": PHONE, "reason": "R15-2"}
    stale = drafter.post(path, data=own, follow_redirects=False)
    assert (stale.status_code, PHONE in stale.text) == (412, True)
    forged = drafter.post(path, data={**own, "form_token": "别人的"}, follow_redirects=False)
    assert forged.status_code == 403
    assert post(drafter, path, "/restore", cut="X1").status_code in {404, 409}
    assert post(drafter, path, "/restore", cut="X999999999999999999").status_code == 404
    assert post(drafter, path, "/personal", chosen=["0", "-1", "9" * 30]).status_code == 400
    assert post(drafter, path, "/keep").status_code == 409
    with app.store.reading() as work:
        assert work.cuts.of_document(letter) == before


def test_readers_see_neither_cuts_nor_personal_data(app: App) -> None:
    """The signatory may look, not cut: no form, personal data blotted out, what is cut shown by its sign."""
    identifier = a_recorded_letter(app, lines=(*LINES, "只读的一份"))
    path = f"/documents/{identifier}/public"
    drafter = signed_in(app, LOGINS[Role.DRAFTER])
    assert post(drafter, path, words="清淤方案", reason="R16-2b").status_code == 303
    page = signed_in(app, LOGINS[Role.SIGNATORY]).get(path).text
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert PHONE not in page
    assert "清淤方案" not in page.partition("<main")[2]


def test_titles_of_other_people_are_never_rendered_raw(app: App, drafter: TestClient) -> None:
    """HTML in title, text and file name stays text on the page, in the form and in the file's name."""
    hostile = '<img src=x onerror=alert(1)>"；=cmd()'
    record = Record(text=f"{hostile}\n正文{PHONE}\n", title=hostile, format="docx")
    maker = acting(app, Role.DRAFTER)
    identifier = record_document(
        maker, record, content_hash="hostile", file_name=f"{hostile}\r\nX: 1.docx", original=a_letter([hostile])
    ).record.id
    assert post(drafter, f"/documents/{identifier}/public", words=hostile, reason="R15-2").status_code == 303
    page = drafter.get(f"/documents/{identifier}/public").text
    assert "<img src=x" not in page
    opinion = drafter.get(f"/documents/{identifier}/opinion.docx")
    assert hostile in "\n".join(words_of(opinion.content))
    with app.store.reading() as work:
        note = work.files.of_document(identifier)[0]
    assert drafter.get(f"/documents/{identifier}/files/{note.id}").status_code == 404
    saved = drafter.get(f"/documents/{identifier}/original")
    assert saved.status_code == 200
    assert "x" not in saved.headers
    assert "\n" not in saved.headers["content-disposition"]
    table = drafter.get("/queue/registration.xlsx")
    sheet = load_workbook(io.BytesIO(table.content)).active
    assert sheet is not None
    titles = [row[3] for row in sheet.iter_rows(min_row=4)]
    assert [cell.data_type for cell in titles] == ["s"] * len(titles)
    assert hostile in [cell.value for cell in titles]


def test_the_registration_table_holds_the_scope(drafter: TestClient, letter: str) -> None:
    """Number, title, attribute and unit of each document of the scope; another year's table is empty."""
    table = drafter.get("/queue/registration.xlsx?year=2024").content
    sheet = load_workbook(io.BytesIO(table)).active
    assert sheet is not None
    rows = {row[1]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert rows[letter][2:5] == (LINES[1], LINES[0], "函")
    assert rows[letter][9] == "主动公开"
    empty = load_workbook(io.BytesIO(drafter.get("/queue/registration.xlsx?year=1999").content)).active
    assert empty is not None
    assert empty.max_row == 3
    assert drafter.get("/queue/registration.xlsx?year=abcd").status_code == 400


def test_an_elements_correction_keeps_the_original(app: App, drafter: TestClient) -> None:
    """A draft that is recorded anew with other elements takes its file along."""
    identifier = a_recorded_letter(app, lines=(*LINES, "要更正的一份"))
    page = drafter.get(f"/documents/{identifier}").text
    own = {"form_token": hidden(page, "form_token"), "version": hidden(page, "version"), "number": "甲水函〔2024〕8号"}
    answer = drafter.post(f"/documents/{identifier}/elements", data=own, follow_redirects=False)
    assert answer.status_code == 303
    made = re.search(r"D\d+", answer.headers["location"])
    assert made
    with app.store.reading() as work:
        original = work.files.original(made[0])
    assert original is not None
    assert "word/document.xml" in parts_of(original.content)
