"""The pages that check what others have published: everything found is shown where it stands, nothing is kept, nothing raw is shown."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from assessed_office import FOREIGN, HOSTILE, Assessing, an_assessing, told, written
from unit.reporting.letters import a_letter
from web_people import LOGINS, OTHER, signed_in

from attrtrack.domain.access import Access, Right, Role
from attrtrack.workflow.examining import check_report, check_sent_report
from attrtrack.workflow.score_checking import check_scores

PHONE = "13800138000"
STRANGE = {"form_token": "x"}
REPORT = f"""云溪县人民政府办公室关于2025年度政务公开考核结果的通报
各乡镇人民政府，县直各单位：
2025年，全县共收到依申请公开件120件，其中自然人申请88件、法人申请30件。{HOSTILE}
会议于2025年2月30日召开，研究了有关事项。联系人：王小明，电话{PHONE}。
各单位要对照《{FOREIGN.replace("养护", "养忽")}》抓好整改。
云溪县人民政府办公室
2026年1月15日
"""
SCORES = written(
    ("单位", "书面考核（26分）", "网上考核（10分）", "征询考核（64分）", "加分", "总分", "名次"),
    (f"{HOSTILE}水利局", "25", "9", "60", "1", "95", "1"),
    ("县教育局", "24", "8", "61", "0", "94", "2"),
    ("县财政局", "27", "9", "56", "0", "92", "3"),
    ("县民政局", "22", "9", "58", "1", "90", "3"),
    ("县公安局", "23", "缺", "57", "0", "87", "5"),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assessing]:
    """Give an assessor's desk on a register of two units."""
    made = an_assessing(tmp_path_factory.mktemp("checks"))
    yield made
    made.app.store.close()


def _words(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_every_contradiction_is_shown_where_it_stands(office: Assessing, tmp_path: Path) -> None:
    """Each reason with its place; the link leads to the very words in the text; what was not checked is said."""
    file = tmp_path / "通报.txt"
    file.write_text(REPORT, encoding="utf-8")
    found = check_report(office.app, str(file)).contradictions
    assert len(found) >= 2
    answer = office.send("/checks/report", ("通报.txt", REPORT.encode()))
    assert answer.status_code == 200
    page = answer.text
    assert f"发现 {len(found)} 处矛盾" in page
    for one in found:
        assert one.message in _words(page)
    places = re.findall(r'<mark class="questioned">([^<]+)</mark>[^<]*<cite><a href="#t(\d+)"', page)
    assert len(places) >= len(found)
    text = _words(page[page.index('<div class="text">') :])
    for words, anchor in places:
        assert f'<span id="t{anchor}"></span>' in page
        assert html.unescape(words) in text
    assert "数字本身是否属实" in page


def test_nothing_raw_and_nobody_is_shown_and_nothing_kept(office: Assessing) -> None:
    """Markup stands as letters, a telephone number is blotted out in text and quotations, the journal is as it was."""
    before = office.length()
    page = office.send("/checks/report", text=REPORT).text
    assert "发现" in page
    assert HOSTILE not in page
    assert html.escape(HOSTILE) in page
    assert PHONE not in page.replace(_typed(page), "")
    assert office.length() == before


def _typed(page: str) -> str:
    """Return what stands in the field as it was typed."""
    found = re.search(r'<textarea id="f-text".*?</textarea>', page, re.DOTALL)
    assert found is not None
    return found[0]


def test_titles_out_of_sight_are_not_told(office: Assessing) -> None:
    """A cited title a sign away from one of another unit is told to whoever sees that unit only."""
    sees = office.app.acting_as("某人", Access(frozenset({Right.READ}), frozenset({OTHER})), origin="cli")
    told_there = check_sent_report(sees, REPORT.encode(), "通报.txt").found.contradictions
    assert any(FOREIGN in one.message for one in told_there)
    assert FOREIGN not in office.send("/checks/report", ("通报.txt", REPORT.encode())).text


def test_a_word_file_is_read_as_well(office: Assessing) -> None:
    """What is dropped on the page may be a docx; a report without fault says so."""
    answer = office.send("/checks/report", ("通报.docx", a_letter(REPORT.splitlines())))
    assert "日历上没有2025年2月30日" in answer.text
    clean = office.send("/checks/report", text="关于印发方案的通知\n各单位：\n请认真执行。\n")
    assert "没有发现矛盾" in clean.text


@pytest.mark.parametrize(
    ("path", "file", "status", "said"),
    [
        ("/checks/report", None, 400, "也没有粘贴文字"),
        ("/checks/report", ("坏.docx", b"PK\x03\x04"), 422, "文件内容与"),
        ("/checks/report", ("表.exe", b"MZ\x00"), 415, ""),
        ("/checks/report", ("成绩.csv", SCORES.encode()), 415, "这是表格"),
        ("/checks/report", (f"{HOSTILE}.txt", b""), 422, "没有内容"),
        ("/checks/scores", None, 400, "还没有选择文件"),
        ("/checks/scores", ("坏.xlsx", b"PK\x03\x04 no"), 422, ""),
        ("/checks/scores", ("空.csv", "甲,乙\n1,2\n".encode()), 422, "没有找到成绩表"),
        ("/checks/scores", ("表.exe", b"MZ\x00"), 415, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_refused_in_place(
    office: Assessing, path: str, file: tuple[str, bytes] | None, status: int, said: str
) -> None:
    """The form comes back and says what is wrong and what to do."""
    answer = office.send(path, file)
    assert answer.status_code == status, answer.text[:1000]
    assert said in html.unescape(told(answer.text))
    assert HOSTILE not in answer.text
    assert 'type="file"' in answer.text


@pytest.mark.parametrize("path", ["/checks/report", "/checks/scores"])
def test_what_is_secret_is_refused_and_forgotten(office: Assessing, path: str) -> None:
    """Nothing of it is shown; the journal says that something was refused, by which rule."""
    secret = "机密★10年\n关于某事的通报\n云发〔2025〕1号\n内容不得外传。\n"
    answer = office.send(path, ("件.txt", secret.encode()))
    assert answer.status_code == 403
    assert "内容不得外传" not in answer.text
    with office.app.store.reading() as work:
        head = work.journal.head()
    assert head is not None
    assert (head.outcome, head.subject) == ("refused", "-")


@pytest.mark.parametrize("path", ["/checks/report", "/checks/scores"])
def test_too_large_a_file_is_refused(office: Assessing, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What exceeds the cap is not read, and a form that is not of this session is not taken."""
    assert office.send(path, ("通报.txt", REPORT.encode()), **STRANGE).status_code == 403
    monkeypatch.setattr("api.uploads.MAX_FILE", 10)
    answer = office.send(path, ("通报.txt", REPORT.encode()))
    assert answer.status_code == 413
    assert "文件超过上限" in told(answer.text)


def test_every_row_that_does_not_fit_is_named(office: Assessing, tmp_path: Path) -> None:
    """Totals, full marks and ranks as the use case says them, what follows from a rank, and what could not be judged."""
    file = tmp_path / "成绩.csv"
    file.write_text(SCORES, encoding="utf-8")
    found = check_scores(office.app, str(file))
    before = office.length()
    page = office.send("/checks/scores", ("成绩.csv", SCORES.encode())).text
    words = _words(page)
    assert found.totals_wrong
    assert found.caps_exceeded
    assert found.rank_findings
    for one in (*found.totals_wrong, *found.caps_exceeded):
        assert one.unit in words
        assert one.message.partition("：")[2] in words
    for fault in found.rank_findings:
        assert fault.message in words
        assert all(change.unit in words for change in fault.follows)
    for cell in found.unread:
        assert cell.message in words
    assert HOSTILE not in page
    assert office.length() == before


def test_a_report_is_for_those_who_read(office: Assessing) -> None:
    """An administrator has no such page, and no link to it."""
    administrator = signed_in(office.app, LOGINS[Role.SYSTEM_ADMINISTRATOR])
    assert administrator.get("/checks/report").status_code == 403
    assert "/checks/report" in office.page("/")
