"""Files made to harm: each is refused in words or read right, quickly, in little memory, and touches nothing."""

import http.server
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hostile_files import a_page_tree, lying_workbook, samples, with_doctype
from isolated_runs import measured
from mutants import mutants
from office_files import a_docx, a_pdf, an_xlsx, paragraph, zipped

from attrtrack.errors import InputRefusedError
from attrtrack.reading import is_ledger
from attrtrack.reading.isolation import IsolatedReader
from attrtrack.reading.limits import seconds_for
from attrtrack.rules import Rules

_CODES = {"read", "broken", "too-large", "empty", "encrypted", "scan-without-text", "unsupported-format", "bad-row"}
_GRACE = 2.0
_LETTER = "".join(
    paragraph(line)
    for line in (
        "云栖市人民政府办公室关于做好样稿核对工作的通知", "云政办发〔2025〕7号", "各区县人民政府：",
        "请于2025年3月1日前核对样稿。", "云栖市人民政府办公室", "2025年2月1日", "（此件公开发布）",
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    """One reading process for the module, restarted as often as a file ends it."""
    with IsolatedReader() as made:
        yield made


@pytest.mark.parametrize(("label", "name", "make"), [pytest.param(*sample, id=sample[0]) for sample in samples()])
def test_hostile_file_is_refused_or_read(
    reader: IsolatedReader, rules: Rules, label: str, name: str, make: Callable[[], bytes]
) -> None:
    """Never a traceback; never longer than the clock allows; never more memory than a reading process may have."""
    data = make()
    run = measured(reader, name, data, rules)
    assert run.outcome in _CODES, label
    assert (run.message != "") == (run.outcome != "read")
    assert run.seconds < seconds_for("tables" if is_ledger(name) else "source", data) + _GRACE
    assert run.megabytes < 300


def test_mutants_of_good_files(reader: IsolatedReader, rules: Rules) -> None:
    """Two hundred damaged files of every format are read or refused, and the process serves on."""
    good = [
        ("a.txt", "云栖市水务局关于水价问题的复函\n某某：\n来函收悉。\n".encode("gbk")),
        ("a.docx", a_docx(_LETTER, header="页眉", custom="密级=无")),
        (
            "a.html",
            "<html><body><table><tr><td>文号</td><td>云政〔2025〕1号</td></tr></table>正文</body></html>".encode(),
        ),
        ("a.pdf", a_pdf("Notice of water saving")),
        ("a.xlsx", an_xlsx([["标题", "文号"], ["甲", "云政〔2025〕1号"]], {"A2": "https://a.example"})),
        ("a.csv", "标题,文号\n甲,云政〔2025〕1号\n".encode("gbk")),
    ]
    outcomes: Counter[str] = Counter()
    for damage, name, data in mutants(good, 200, seed=20250701):
        run = measured(reader, name, data, rules)
        assert run.outcome in _CODES | {"classified"}, (damage, name)
        outcomes[run.outcome] += 1
    assert outcomes["read"] > 20
    assert outcomes["broken"] > 20


class _Listener(http.server.BaseHTTPRequestHandler):
    """Counts every request."""

    asked: list[str] = []  # noqa: RUF012 - the handler is made anew for each request

    def do_GET(self) -> None:
        """Note the request and answer nothing."""
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing on stderr."""


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A local web server that notes what is asked of it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Listener)
    _Listener.asked.clear()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", _Listener.asked
    server.shutdown()
    server.server_close()
    thread.join()


def luring(web: str, canary: Path) -> Iterator[tuple[str, bytes]]:
    """Yield files that ask their reader to fetch an address or a local file."""
    address = canary.as_uri()
    external = f'<!ENTITY a SYSTEM "{address}"><!ENTITY b SYSTEM "{web}/b"><!ENTITY % c SYSTEM "{web}/c"> %c;'
    yield "实体.docx", with_doctype(external, "&a;&b;")
    link = f'<Relationships><Relationship Id="r1" Type="x/attachedTemplate" TargetMode="External" Target="{web}/t"/>'
    body = f'<w:altChunk r:id="r1" xmlns:r="x"/>{paragraph("正文")}'
    yield "模板.docx", zipped({
        "word/document.xml": f'<w:d xmlns:w="w"><w:body>{body}</w:body></w:d>',
        "word/_rels/document.xml.rels": f"{link}</Relationships>",
        "word/header1.xml": f'<!DOCTYPE h SYSTEM "{web}/dtd"><h/>',
    })  # fmt: skip
    yield "样式.docx", a_docx(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/>')
    page = f'<html><head><base href="{web}"><link rel="stylesheet" href="{web}/s"></head><body><p>正文</p>'
    yield (
        "网页.html",
        f'{page}<img src="{web}/i"><iframe src="{address}"></iframe><script src="{web}/j"></script>'.encode(),
    )
    cells = f'<row r="1"><c r="A1"><f>WEBSERVICE("{web}/w")</f><v>标题</v></c></row>'
    yield "公式.xlsx", lying_workbook(cells, "A1")
    yield (
        "动作.pdf",
        a_page_tree("3 0 R", 1).replace(
            b"/Type /Catalog",
            f"/Type /Catalog /OpenAction << /S /URI /URI ({web}/p) >> /AA << /WC << /S /Launch /F ({address}) >> >>".encode(),
        ),
    )
    yield (
        "文件.ofd",
        zipped({"OFD.xml": f'<!DOCTYPE o [<!ENTITY a SYSTEM "{address}">]><o>&a;</o>', "Doc_0/Document.xml": "<d/>"}),
    )


def test_nothing_is_fetched_and_nothing_written(
    listener: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """External entities, templates, frames and actions are left alone; no file appears anywhere."""
    web, asked = listener
    canary = tmp_path / "canary.txt"
    canary.write_text("金丝雀四月出逃", encoding="utf-8")
    for name in ("home", "cwd", "temp"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.chdir(tmp_path / "cwd")
    with IsolatedReader() as reader:
        for name, data in [*luring(web, canary), *((n, m()) for label, n, m in samples() if label == "odd-entries")]:
            try:
                read = str(reader.tables(data, name) if is_ledger(name) else reader.source(data, name))
            except InputRefusedError as error:
                read = error.message
            assert "金丝雀" not in read, name
    assert asked == []
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")}
    assert written == {"canary.txt", "home", "cwd", "temp"}
    assert not Path("/attrtrack-outside.txt").exists()
