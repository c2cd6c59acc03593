"""`link`, `judge` and `import-pages` as people and programs use them: contract, additions to it, and what people read."""

from pathlib import Path
from typing import Any

import pytest
from contract_shapes import LINKS, shaped
from saved_pages import ADDRESS, DOCUMENT, TITLE, a_page

from attrtrack.cli.main import main

LEDGER = """公文全称,文号,公开属性,成文日期,主动公开公文链接
云栖市人民政府办公室关于印发云栖市老旧小区加装电梯资金管理办法的通知,云政办规〔2025〕3号,主动公开,2025-03-04,https://www.yunqi.example/zwgk/wj/content/post_12.html
云栖市人民政府关于校车安全的意见,云政发〔2025〕9号,主动公开,2025-05-04,https://www.yunqi.example/zwgk/wj/content/post_13.html
"""


@pytest.fixture
def year(run: Any, tmp_path: Path) -> Any:
    """A register with two documents of a ledger and two saved pages, one of which explains the first."""
    (tmp_path / "台账.csv").write_text(LEDGER, encoding="utf-8")
    (tmp_path / "网页").mkdir()
    (tmp_path / "网页" / "1.html").write_text(a_page(), encoding="utf-8")
    other = a_page(
        "<p>今日天气晴好，市民出门游园赏花，公园里游人如织。</p>", title="春日游园侧记", saved_from=ADDRESS + "l"
    )
    other = other[: other.index('<div class="xgwj">')] + other[other.index('<div class="share">') :]
    (tmp_path / "网页" / "2.html").write_text(other, encoding="utf-8")
    assert run("import", "台账.csv", "--unit", "云栖市").status == 0
    return run


def test_pages_in_links_out(year: Any) -> None:
    """A row for each page and a summary; then links by the contract; a second run finds everything unchanged."""
    done = year("import-pages", "网页", "--unit", "云栖市", "--json")
    assert done.status == 0
    first, _, summary = done.rows
    assert (first["ok"], first["id"], first["title"], first["url"]) == (True, "I1", TITLE, ADDRESS)
    assert (first["published"], first["forms"]) == ("2025-03-06", ["text"])
    assert summary == {"imported": 2, "updated": 0, "unchanged": 0, "refused": 0, "document_pages": 0}
    assert year("import-pages", "网页", "--unit", "云栖市", "--json").rows[-1]["unchanged"] == 2
    rows = {row["interpretation_id"]: row for row in year("link", "--json").rows}
    for row in rows.values():
        shaped(row, LINKS)
    assert rows["I1"]["links"][0]["document_id"] == "D1"
    assert rows["I2"]["links"] == []


def test_the_page_of_a_document_is_no_interpretation(year: Any, tmp_path: Path) -> None:
    """Its row names the document, the summary counts it, people read whose links were read; the figure can be had."""
    paper = a_page(f'<p>请认真贯彻执行。政策解读：<a href="{ADDRESS}">{TITLE}</a></p>', saved_from=DOCUMENT)
    (tmp_path / "网页" / "3.html").write_text(paper, encoding="utf-8")
    tried = year("import-pages", "网页", "--unit", "云栖市", "--dry-run").out
    assert "新增 2 件，补全 0 件，未变 0 件，拒收 0 件，读到 1 份文件页面的链接（试运行，未写库）" in tried
    done = year("import-pages", "网页", "--unit", "云栖市", "--json")
    row, summary = done.rows[2:]
    assert (row["ok"], row["outcome"], row["documents"], row["id"]) == (True, "document-page", ["D1"], None)
    assert summary == {"imported": 2, "updated": 0, "unchanged": 0, "refused": 0, "document_pages": 1}
    (tmp_path / "网页" / "3.html").write_text(paper.replace(ADDRESS, ADDRESS + "l"), encoding="utf-8")
    assert "读到文件 D1 页面的链接" in year("import-pages", "网页/3.html", "--unit", "云栖市").out
    year("import-pages", "网页", "--unit", "云栖市")
    year("judge", "I1", "D1")
    figure = next(row for row in year("coverage", "--json").rows if row["code"] == "mutual-links-rate")
    assert (figure["state"], figure["value"], figure["denominator"]["count"]) == ("defined", 0.0, 1)


def test_what_people_read(year: Any) -> None:
    """Each part with titles, numbers and evidence, so that nobody has to look ids up; nothing of JSON."""
    year("import-pages", "网页", "--unit", "云栖市")
    told = year("link").out
    assert TITLE in told
    assert "云政办规〔2025〕3号" in told
    assert "没有对应文件 1 件" in told
    assert "春日游园侧记" in told
    assert "{" not in told


def test_acts_of_a_person_one_after_the_other(year: Any) -> None:
    """Choose, one more, refuse one, none, undo: each an act in the row, and the history is shown to whoever asks."""
    year("import-pages", "网页", "--unit", "云栖市")
    year("link")
    steps = (
        (("I1", "D1"), {"D1": "confirmed"}),
        (("I1", "D2", "--also"), {"D1": "confirmed", "D2": "confirmed"}),
        (("I1", "--reject", "D1"), {"D1": "rejected", "D2": "confirmed"}),
        (("I1", "none"), {"D1": "rejected", "D2": "rejected"}),
        (("I1", "--undo"), {"D1": "rejected", "D2": "confirmed"}),
    )
    for number, (arguments, standing) in enumerate(steps, start=1):
        done = year("judge", *arguments, "--json")
        assert done.status == 0
        (row,) = done.rows
        assert {link["document_id"]: link["judgement"] for link in row["links"]} == standing
        assert (len(row["acts"]), row["changed"]) == (number, True)
    assert [act["act"] for act in row["acts"]] == ["choose", "also", "reject", "none", "undo"]
    assert row["acts"][-1]["undoes"] == row["acts"][-2]["number"]
    shown = year("judge", "I1")
    assert shown.status == 0
    assert TITLE in shown.out
    assert [word in shown.out for word in ("另判定", "撤销", "李拟稿", "已确认")] == [True] * 4


def test_nothing_to_undo_is_a_refused_act(year: Any) -> None:
    """Exit 1, told by the contract's refusal object to programs, and in words to people."""
    year("import-pages", "网页", "--unit", "云栖市")
    done = year("judge", "I1", "--undo", "--json")
    assert done.status == 1
    assert done.rows[0]["refused"] is True
    assert "没有可以撤销" in year("judge", "I1", "--undo").err


def test_taken_back_is_not_the_word_none(year: Any) -> None:
    """After an undo people read that nobody has judged, not that there is no document."""
    year("import-pages", "网页", "--unit", "云栖市")
    assert "I2 → 没有对应的文件" in year("judge", "I2", "none").out
    assert "I2 → 尚未判定" in year("judge", "I2", "--undo").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("I1", ""),
        ("I1", "--reject", " "),
        ("I1", "D1", "--undo"),
        ("I1", "--reject", "D1", "--undo"),
        ("I1", "--also"),
        ("I1", "none", "--also"),
    ],
)
def test_two_acts_at_once_are_wrong_use(run: Any, arguments: tuple[str, ...]) -> None:
    """One act at a time, and the register is not even opened."""
    assert run("judge", *arguments).status == 2
    assert not Path("attrtrack.db").exists()


def test_bad_pages_are_listed_and_the_others_go_on(year: Any, tmp_path: Path) -> None:
    """Status 1, each bad file by its name, the summary at the end."""
    (tmp_path / "网页" / "0.html").write_bytes(b"")
    done = year("import-pages", "网页")
    assert done.status == 1
    assert "0.html" in done.err
    assert "新增 2 件，补全 0 件，未变 0 件，拒收 1 件" in done.out


def test_a_folder_without_pages_is_told(year: Any, tmp_path: Path) -> None:
    """Nothing found is not a success."""
    (tmp_path / "空").mkdir()
    (tmp_path / "空" / "a.png").write_bytes(b"\x89PNG")
    done = year("import-pages", "空")
    assert done.status == 1
    assert "没有找到保存的网页" in done.err


def test_the_command_is_told_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """The help names every act with an example."""
    assert main(["judge", "--help"]) == 0
    told = capsys.readouterr().out
    assert all(word in told for word in ("--also", "--reject", "--undo", "none"))
