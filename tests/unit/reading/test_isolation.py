"""Files are read in a process of their own: whatever becomes of it, the program goes on and says what was wrong."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from office_files import a_docx, a_pdf, an_xlsx, paragraph

from attrtrack.domain.documents import SourceText
from attrtrack.domain.findings import Finding, Severity
from attrtrack.errors import (
    AttrtrackError,
    BrokenSourceError,
    ClassifiedMaterialError,
    EmptySourceError,
    EnvironmentFailedError,
    InputRefusedError,
    SourceTooLargeError,
)
from attrtrack.reading import isolation, read_source, read_table
from attrtrack.reading.guarded import read_guarded, tables_guarded
from attrtrack.reading.isolation import IsolatedReader
from attrtrack.reading.messages import BadMessageError, packed, plain, rebuilt, refusal_message, refusal_of, unpacked

WORDS = "云栖市人民政府办公室关于做好样稿核对工作的通知"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and /proc of a POSIX system")

GOOD = {
    "甲.txt": WORDS.encode("gbk"),
    "乙.docx": a_docx(paragraph(WORDS), header="页眉文字"),
    "丙.html": f"<html><body><div>{WORDS}</div></body></html>".encode(),
    "丁.pdf": a_pdf("Notice of water saving"),
}


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    """One reading process for a test."""
    with IsolatedReader() as made:
        yield made


def pid_of(reader: IsolatedReader) -> int:
    """Return the number of the reading process, started if need be."""
    reader.source(b"words", "a.txt")
    assert reader._child is not None
    return reader._child._process.pid


@pytest.mark.parametrize("name", GOOD)
def test_what_comes_back_is_what_was_read(reader: IsolatedReader, name: str) -> None:
    """Every field of a source text survives the way through the pipe."""
    assert reader.source(GOOD[name], name) == read_source(GOOD[name], name)


def test_tables_come_back_whole(reader: IsolatedReader) -> None:
    """Sheets of thousands of rows arrive in pieces and are the same."""
    book = an_xlsx([["标题", "文号"], *([f"第{n}件", f"云政发〔2020〕{n}号"] for n in range(5000))])
    assert reader.tables(book, "台账.xlsx") == read_table(book, "台账.xlsx")
    assert tables_guarded("标题,文号\n甲,乙\n".encode(), "a.csv")[0].rows[1].cells == ("甲", "乙")


def test_refusals_come_back_as_they_are(reader: IsolatedReader) -> None:
    """The code, the sentence, and of a classified file the rule; a name that is no UTF-8 does no harm."""
    with pytest.raises(EmptySourceError):
        reader.source(b"", "a.txt")
    with pytest.raises(BrokenSourceError, match="扩展名"):
        reader.source(b"no pdf", "a.pdf")
    assert reader.source(WORDS.encode(), "坏\udcff名.txt").name == "坏\udcff名.txt"
    again = refusal_of(refusal_message(ClassifiedMaterialError("level-star")))
    assert isinstance(again, ClassifiedMaterialError)
    assert again.rule == "level-star"


def test_every_refusal_has_its_way_back() -> None:
    """No class of refusal is lost on the way."""
    for kind in InputRefusedError.__subclasses__():
        assert type(refusal_of(refusal_message(kind("说明")))) is kind


@pytest.mark.parametrize("blow", [signal.SIGSEGV, signal.SIGILL, signal.SIGKILL])
def test_a_crash_refuses_the_file_and_the_next_is_read(reader: IsolatedReader, blow: signal.Signals) -> None:
    """A reading process that dies takes one file with it."""
    os.kill(pid_of(reader), blow)
    time.sleep(0.1)
    with pytest.raises(BrokenSourceError, match="程序异常"):
        reader.source(WORDS.encode(), "a.txt")
    assert reader.source(WORDS.encode(), "a.txt").text == WORDS


def test_a_hanging_reader_is_stopped(reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading that takes too long is ended, told as such, and the next file is read."""
    os.kill(pid_of(reader), signal.SIGSTOP)
    with monkeypatch.context() as patch:
        patch.setattr(isolation, "seconds_for", lambda *_: 0.2)
        with pytest.raises(SourceTooLargeError, match="耗时过长"):
            reader.source(WORDS.encode(), "a.txt")
    assert reader.source(WORDS.encode(), "a.txt").text == WORDS


def test_no_process_stays_behind(reader: IsolatedReader) -> None:
    """Closing ends the process and waits for it: neither orphan nor zombie."""
    child = pid_of(reader)
    reader.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="needs /proc")
def test_the_process_is_bound(reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """No core file, no file written, bounded memory, and nothing of the person's environment."""
    monkeypatch.setenv("ATTRTRACK_DATABASE_URL", "postgresql://某库")
    folder = Path("/proc") / str(pid_of(reader))
    limits = {line[:26].strip(): line[26:].split()[0] for line in (folder / "limits").read_text().splitlines()}
    assert limits["Max core file size"] == limits["Max file size"] == "0"
    assert int(limits["Max data size"]) < 300 * 1024 * 1024
    assert limits["Max cpu time"].isdigit()
    assert b"ATTRTRACK" not in (folder / "environ").read_bytes()
    assert str((folder / "fd" / "2").readlink()) == os.devnull


def test_the_process_ends_with_its_parent() -> None:
    """A parent that is killed leaves no orphan: the pipe closes, and the process goes."""
    program = (
        "import time\nfrom attrtrack.reading.isolation import IsolatedReader\n"
        "reader = IsolatedReader()\nreader.source(b'words', 'a.txt')\n"
        "print(reader._child._process.pid, flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or ") Z " in state.read_text(encoding="utf-8", errors="replace"):
            break
        time.sleep(0.05)
    else:
        pytest.fail("the reading process outlived its parent")


def test_a_process_that_cannot_start_is_the_environments_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no process can be started, the files are not called broken."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(EnvironmentFailedError):
        IsolatedReader().source(WORDS.encode(), "a.txt")


def test_a_single_light_file_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drafter's docx or txt is read at once; a pdf goes to a process."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert read_guarded(GOOD["乙.docx"], "乙.docx").text == WORDS
    assert read_guarded(GOOD["甲.txt"], "甲.txt").text == WORDS
    with pytest.raises(EnvironmentFailedError):
        read_guarded(GOOD["丁.pdf"], "丁.pdf")


def test_a_message_that_does_not_fit_is_refused() -> None:
    """What a taken-over process might send is no value: every field is checked."""
    source = SourceText("a", "txt", "正文", box=(("标签", "值"),), findings=(Finding("c", Severity.FLAG, "说明"),))
    message = unpacked(packed(plain(source)))
    assert rebuilt(SourceText, message) == source
    wrong = [
        {**message, "text": 1},
        {**message, "more": ""},
        {**message, "box": [["单"]]},
        {**message, "findings": [{"code": "c"}]},
        {**message, "findings": [{**message["findings"][0], "severity": "none"}]},
        {key: value for key, value in message.items() if key != "header"},
        [],
    ]
    for bad in wrong:
        with pytest.raises(BadMessageError):
            rebuilt(SourceText, bad)


@pytest.mark.parametrize(
    "wrong",
    [
        {"numbers": [2], "widths": [2], "cells": ["甲", 1]},
        {"numbers": [2], "widths": [2], "cells": "甲乙"},
        {"numbers": [2], "widths": [1], "cells": ["甲", "乙"]},
        {"numbers": [2], "widths": [3], "cells": ["甲", "乙"]},
        {"numbers": [2, 3], "widths": [2], "cells": ["甲", "乙"]},
        {"numbers": [2, 3], "widths": [3, -1], "cells": ["甲", "乙"]},
        {"numbers": [2], "widths": [2.0], "cells": ["甲", "乙"]},
        {"numbers": [True], "widths": [2], "cells": ["甲", "乙"]},
        {"numbers": ["2"], "widths": [2], "cells": ["甲", "乙"]},
        {"numbers": 2, "widths": [2], "cells": ["甲", "乙"]},
        {"rows": [[2, ["甲", "乙"]]]},
        {"table": 1},
    ],
)
def test_rows_that_do_not_fit_refuse_the_ledger(
    reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, object]
) -> None:
    """Every row is its number and as many texts as are told, whatever a taken-over process sends; the process is ended."""
    pid_of(reader)
    answers = iter([{"table": "台账"}, {"numbers": [1], "widths": [2], "cells": ["甲", "乙"]}, wrong, {"done": 0}])
    monkeypatch.setattr(reader._child, "_next", lambda: next(answers))
    with pytest.raises(BrokenSourceError, match="程序异常"):
        reader.tables(b"a,b", "a.csv")
    assert reader._child is None


def test_an_answer_that_is_none_refuses_the_file(reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer of the wrong shape counts as a crash."""
    monkeypatch.setattr(reader, "_ask", lambda *_: [{"source": {"name": "a"}}])
    with pytest.raises(AttrtrackError, match="程序异常"):
        reader.source(b"words", "a.txt")
