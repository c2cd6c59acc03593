"""Of a classified file nothing stays: no eight characters of its text, title, number or name, wherever one looks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from builders import LETTER
from hostile_files import pdf_of
from ofd_files import an_ofd
from office_files import a_docx, an_xlsx, paragraph
from register_places import register_at
from word_files import a_doc

TITLE = "青鸾湖水库闸门启闭口令更换事项"
NUMBER = "鸾密调〔2024〕玖佰柒拾壹号"
TEXT = "旧口令松风明月即日作废，新口令由值班长当面交接不得抄录。"
NAME = "青鸾湖闸门口令更换底稿终"
SIGN = "机密★10年"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def _pdf() -> bytes:
    title = (SIGN + TITLE).encode("utf-16-be").hex()
    stream = "BT /F1 12 Tf 72 720 Td (Qingluan lake gate lantern handover) Tj ET"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 {font} >> >> >>"
    made = pdf_of([
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page,
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream", f"<< /Title <FEFF{title}> >>",
    ])  # fmt: skip
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 5 0 R")


def classified() -> Iterator[tuple[str, bytes]]:
    """Yield a classified file of each kind and place of its sign."""
    lines = (TITLE, NUMBER, TEXT)
    body = "".join(paragraph(line) for line in lines)
    page = f"<html><body><table><tr><td>密级</td><td>机密</td></tr></table><p>{'</p><p>'.join(lines)}</p></body></html>"
    yield "txt", "\n".join((SIGN, *lines)).encode("gb18030")
    yield "docx", a_docx(paragraph(SIGN) + body)
    yield "header.docx", a_docx(body, header=SIGN)
    yield "custom.docx", a_docx(body, custom="密级=机密")
    yield "html", page.encode()
    yield "doc", a_doc("\r".join((SIGN, *lines)) + "\r")
    yield "ofd", an_ofd([SIGN, *lines])
    yield "pdf", _pdf()


def ledgers() -> Iterator[tuple[str, bytes]]:
    """Yield ledgers with a row that says it is classified, and one that is classified as a whole, name and all."""
    rows = [
        ["公文全称", "文号", "密级"],
        ["云栖市水务局关于水价问题的复函", "云水函〔2025〕2号", ""],
        [TITLE, NUMBER, "机密"],
    ]
    yield "台账.csv", "\n".join(",".join(row) for row in rows).encode("utf-8-sig")
    yield "台账.xlsx", an_xlsx(rows)
    yield f"{NAME}.csv", "\n".join((f"{SIGN},,", f"{TITLE},{NUMBER},{TEXT}")).encode()


def pieces(*texts: str) -> set[str]:
    """Return every run of eight characters."""
    return {text[start : start + 8] for text in texts for start in range(len(text) - 7)}


def traces(content: bytes, secrets: set[str]) -> set[str]:
    """Return the pieces that stand in the bytes in any usual encoding."""
    escaped = {piece: piece.encode("ascii", "backslashreplace") for piece in secrets}
    found = {piece for piece, code in escaped.items() if code in content or code.upper() in content.upper()}
    return found | {piece for piece in secrets for code in ENCODINGS if piece.encode(code) in content}


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, temporary folder and a folder of incoming files, all below the working folder."""
    for name, variable in (("家", "HOME"), ("临时", "TMPDIR")):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / name))
    incoming = tmp_path / "来件"
    incoming.mkdir()
    (incoming / "复函.txt").write_text(LETTER, encoding="utf-8")
    for ending, data in classified():
        (incoming / f"{NAME}.{ending}").write_bytes(data)
    return tmp_path


def searched(root: Path, *printed: str) -> dict[str, set[str]]:
    """Return the traces by place: every file below the root but the incoming ones, and what was printed."""
    secrets = pieces(TITLE, NUMBER, TEXT, NAME, "Qingluan lake gate lantern handover")
    files = [path for path in root.rglob("*") if path.is_file() and "来件" not in path.parts]
    found = {str(path): traces(path.name.encode() + path.read_bytes(), secrets) for path in files}
    found |= {f"printed {number}": traces(text.encode(), secrets) for number, text in enumerate(printed)}
    return {place: pieces for place, pieces in found.items() if pieces}


def without_names(out: str) -> str:
    """Return what a command printed on stdout but for the names that the person gave."""
    return out.replace(NAME, "")


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_read_into_results(run: Any, places: Path, as_json: tuple[str, ...]) -> None:
    """Every kind is refused as classified; results, log and screen hold no word of it, on a rerun neither."""
    count = len(list(classified()))
    for _ in range(2):
        done = run("read", "来件", "--out", "结果.jsonl", *as_json)
        assert done.status == 1
        assert done.out.count("classified") >= count or done.err.count("classified") >= count
        assert searched(places, done.err, without_names(done.out)) == {}
    rows = (places / "结果.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1
    assert "复函.txt" in rows[0]


def test_the_person_is_told_which_file(run: Any, places: Path) -> None:
    """On the screen the file has its name, or nobody could remove it."""
    done = run("read", "来件")
    for ending, _ in classified():
        assert f"错误[classified] 来件/{NAME}.{ending}" in done.out
    assert searched(places, done.err) == {}


def test_record_keeps_rule_time_and_user_only(run: Any, places: Path) -> None:
    """The journal tells that something was refused, by whom and by which rule; the database holds nothing else of it."""
    done = run("record", "来件", "--json")
    assert done.status == 1
    refused = [row for row in done.rows if row.get("refused")]
    assert [row["error"]["code"] for row in refused] == ["classified"] * len(list(classified()))
    assert searched(places, done.err, without_names(done.out)) == {}
    engine = sa.create_engine(register_at(places / "attrtrack.db"))
    with engine.connect() as connection:
        told = connection.exec_driver_sql("select * from journal where outcome = 'refused'").all()
    engine.dispose()
    assert len(told) == len(refused)
    assert all("李拟稿" in row for row in told)


@pytest.mark.parametrize("command", ["suggest", "check"])
def test_single_files_leave_nothing(run: Any, places: Path, command: str) -> None:
    """Commands without a database leave neither files nor words."""
    for ending, _ in classified():
        done = run(command, f"来件/{NAME}.{ending}", "--json")
        assert done.status == 1
        assert '"classified"' in done.out
        assert searched(places, done.err, without_names(done.out)) == {}


def test_ledgers_leave_nothing_of_a_classified_row(run: Any, places: Path) -> None:
    """The other rows are imported; of the classified one only its place is told."""
    for command in (("import", "--json"), ("import",), ("check", "--json"), ("check",)):
        for name, data in ledgers():
            (places / "来件" / name).write_bytes(data)
            done = run(command[0], f"来件/{name}", *command[1:])
            assert done.status == 1
            assert "classified" in done.out
            assert searched(places, done.err, without_names(done.out)) == {}, (command, name)
