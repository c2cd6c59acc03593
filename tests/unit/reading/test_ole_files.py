"""What comes under the names of Word files: other formats, lock files, hostile containers, mutants of good documents."""

import random
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from office_files import a_docx, paragraph
from word_files import OLE, Plan, a_container, a_doc, a_word_stream, an_old_doc

from attrtrack.errors import (
    BrokenSourceError,
    ClassifiedMaterialError,
    InputRefusedError,
    UnsupportedFormatError,
)
from attrtrack.reading import read_source, read_table
from attrtrack.reading.containers.ole import Container

FIXTURES = Path(__file__).parents[2] / "fixtures"
WORDS = "某市水务局关于开展节水检查的通知"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (a_container({"Workbook": b"x"}), "表格"),
        (a_container({"PowerPoint Document": b"x"}), "演示文稿"),
        (a_container({"MatOST": b"x", "MM": b"x"}), "Microsoft Works"),
        (a_container({"CONTENTS": b"CHNKWKS x"}), "Microsoft Works"),
        (b"\x01\xfe\x32\x00" + b"works of old" * 40, "Microsoft Works"),
        (a_container({"__properties_version1.0": b"x"}), "邮件"),
        (a_container({"FileHeader": b"x"}), "另存为 docx"),
    ],
)
def test_other_programs_files(data: bytes, told: str) -> None:
    """A container of another program is refused with its name and with what to do."""
    for name in ("a.doc", "a.wps"):
        with pytest.raises(UnsupportedFormatError) as caught:
            read_source(data, name)
        assert told in caught.value.message


@pytest.mark.parametrize("name", ["~$通知.doc", "~$tongzhi.docx", "C:\\文件\\~$台账.xlsx", "dir/.~通知.wps"])
def test_lock_files(name: str) -> None:
    """The lock that an office program lays beside an open file is called one, whatever its bytes and extension."""
    for read in (read_source, read_table):
        for data in (b"", b"\x05admin" + bytes(156), a_doc("正文\r")):
            with pytest.raises(UnsupportedFormatError, match="锁文件"):
                read(data, name)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (a_docx(paragraph(WORDS)), "docx"),
        (f"<html xmlns:o='x'><head><meta charset=gbk></head><body><p>{WORDS}</p></body></html>".encode("gbk"), "html"),
        (WORDS.encode("gbk"), "txt"),
        (WORDS.encode("utf-16"), "txt"),
    ],
)
@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.dot"])
def test_content_decides_under_the_name_of_word(data: bytes, kind: str, name: str) -> None:
    """A docx, a page or plain text that is named as a Word file is read as what it is."""
    source = read_source(data, name)
    assert (source.format, source.text) == (kind, WORDS)


@pytest.mark.parametrize(
    "data",
    [
        a_container({"FileHeader": "密级：机密".encode("utf-16-le")}),
        a_container({"Workbook": "秘密★3年".encode("utf-16-le")}),
        a_doc(plan=Plan(["机密★5年\r"], flags=0x0100)),
        a_doc(plan=Plan(["机密★5年\r"]))[:-700],
    ],
)
def test_what_cannot_be_read_is_searched(data: bytes) -> None:
    """Foreign, locked and damaged containers are called classified when their bytes bear a sign."""
    with pytest.raises(ClassifiedMaterialError):
        read_source(data, "a.doc")


def patched(data: bytes, place: int, value: int) -> bytes:
    """Return bytes with one number of four bytes changed."""
    changed = bytearray(data)
    struct.pack_into("<L", changed, place, value)
    return bytes(changed)


def of_streams(words: bytes, tables: bytes) -> bytes:
    """Pack the two streams of a document."""
    return a_container({"WordDocument": words, "1Table": tables})


WORD_STREAM, TABLE_STREAM = a_word_stream(Plan(["正文\r"]))


@pytest.mark.parametrize(
    "data",
    [
        OLE + bytes(1000),
        a_container({"WordDocument": b"no word file"}),
        a_container({"WordDocument": WORD_STREAM}),
        of_streams(patched(WORD_STREAM, 0x1A2, 0x7FFFFFFF), TABLE_STREAM),
        of_streams(patched(WORD_STREAM, 0x4C, 0xFFFFFFFF), TABLE_STREAM),
        of_streams(patched(WORD_STREAM, 0x4C, 1 << 30), TABLE_STREAM),
        of_streams(WORD_STREAM, patched(TABLE_STREAM, 15, 0x3FFFFFF0)),
        of_streams(WORD_STREAM, patched(TABLE_STREAM, 9, 100_000)),
        of_streams(WORD_STREAM, patched(TABLE_STREAM, 1, 3)),
        an_old_doc(b"\xff\xff\xff"),
        a_doc("正文\r")[:1500],
    ],
)
def test_damaged_documents(data: bytes) -> None:
    """Tables that point outside of the file, or contradict one another, make a broken file and no guess."""
    with pytest.raises(BrokenSourceError):
        read_source(data, "a.doc")


def test_rings_of_sectors_end() -> None:
    """A chain of sectors that bites its tail gives no more than the file holds."""
    data = a_container({"WordDocument": b"x" * 4096, "1Table": b"y" * 4096})
    ring = patched(data, 512 + 4 * 8, 1)
    assert len(Container(ring).stream("WordDocument") or b"") <= len(ring)


def mutants(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Yield damaged copies: bytes changed, cut off, sector tables and document tables overwritten, parts repeated."""
    chance = random.Random(seed)  # noqa: S311 - damage, not cryptography
    for number in range(count):
        changed = bytearray(data)
        way = number % 4
        if way == 0:
            for _ in range(chance.randint(1, 20)):
                changed[chance.randrange(8, len(changed))] = chance.randrange(256)
        elif way == 1:
            del changed[chance.randrange(9, len(changed)) :]
        elif way == 2:
            table = (int.from_bytes(data[76:80], "little") + 1) * 512
            for _ in range(chance.randint(1, 6)):
                value = chance.choice([0, 1, 0xFFFFFFFE, 0xFFFFFFFF, chance.randrange(200), chance.randrange(1 << 32)])
                struct.pack_into("<L", changed, chance.choice([24, table]) + 4 * chance.randrange(24), value)
        else:
            head = data.find(b"\xec\xa5")
            for _ in range(chance.randint(1, 6)):
                value = chance.choice([0, 1, 0xFFFFFFFF, 0x7FFFFFFF, chance.randrange(5000), chance.randrange(1 << 32)])
                struct.pack_into("<L", changed, head + 2 * chance.randrange(5, 450), value)
        yield bytes(changed)


@pytest.mark.parametrize("name", ["notice.doc", "ticks.doc", "mark.doc"])
def test_mutants_are_read_or_refused(name: str) -> None:
    """A hundred damaged copies of each document are read or refused, each within a second."""
    refused = 0
    for data in mutants((FIXTURES / name).read_bytes(), 100, seed=7):
        begun = time.perf_counter()
        try:
            read_source(data, name)
        except InputRefusedError:
            refused += 1
        assert time.perf_counter() - begun < 1
    assert 10 < refused < 90


def test_streams_equal_those_of_a_library() -> None:
    """The streams of a real container, small and large ones, are those that an independent reader finds."""
    olefile = pytest.importorskip("olefile")
    for name in ("notice.doc", "ticks.doc"):
        data = (FIXTURES / name).read_bytes()
        container = Container(data)
        with olefile.OleFileIO(data) as peer:
            for path in peer.listdir(storages=False):
                if len(path) == 1:
                    assert container.stream(path[0]) == peer.openstream(path).read()
