"""Charsets told apart: a measure over generated texts, cut and damaged files, separators, and what is no text."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

import opencc
import pytest
from repository import TRAINING_DATA

from attrtrack.errors import BrokenSourceError, InputRefusedError
from attrtrack.reading import read_source
from attrtrack.reading.plain.decoding import decoded
from attrtrack.rules import Rules

WORDS = "某市水务局关于开展节水检查的通知"
CHARSETS = ("utf-8", "utf-8-sig", "gb18030", "gb2312", "big5", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32", "hz")
LENGTHS = (12, 30, 60, 150, 600)


def samples() -> Iterator[str]:
    """Yield 300 texts, a third of them short, from changing places of the repository's training letters."""
    files = sorted((TRAINING_DATA / "letters").glob("*.jsonl"))
    rows = chain.from_iterable(file.read_text(encoding="utf-8").splitlines() for file in files)
    for number, line in enumerate(islice(rows, 300)):
        text = json.loads(line)["text"]
        length = LENGTHS[number % len(LENGTHS)]
        start = number * 37 % max(1, len(text) - length)
        yield text[start : start + length]


def test_charsets_measured(capsys: pytest.CaptureFixture[str]) -> None:
    """At least 99 of 100 texts of 30 characters and more are decoded right in every charset."""
    traditional = opencc.OpenCC("s2t")
    right: Counter[tuple[str, bool]] = Counter()
    total: Counter[tuple[str, bool]] = Counter()
    for text in samples():
        for charset in CHARSETS:
            written = traditional.convert(text) if charset.startswith("big5") else text
            data = written.encode(charset, errors="ignore")
            wanted = data.decode(charset)
            key = charset, len(wanted) >= 30
            total[key] += 1
            try:
                right[key] += decoded(data).text == wanted
            except InputRefusedError:
                continue
    rows = ["\ncharset      short      30 characters and more"]
    rows += [
        f"{charset:10}" + "".join(f"   {right[charset, long]:3}/{total[charset, long]:3}" for long in (False, True))
        for charset in CHARSETS
    ]
    with capsys.disabled():
        sys.stdout.write("\n".join(rows) + "\n")
    for charset in CHARSETS:
        assert right[charset, True] >= total[charset, True] * 0.99
        assert total[charset, True] > 100


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16-le", "big5"])
def test_a_cut_last_character(charset: str) -> None:
    """A file cut in the middle of its last character is read without it."""
    text = "某市水局於一月一日公布本市用水" if charset == "big5" else WORDS
    assert read_source(text.encode(charset)[:-1], "a.txt").text == text[:-1]


def test_a_few_broken_bytes_are_reported(rules: Rules) -> None:
    """A long text with a broken byte is read, and the finding says so; many broken bytes refuse it."""
    data = (WORDS * 10).encode()
    source = read_source(data[:90] + b"\xff" + data[90:], "a.txt")
    assert source.text.replace("\ufffd", "") == WORDS * 10
    assert source.findings == (rules.finding("text-damaged", count=1),)
    with pytest.raises(BrokenSourceError):
        read_source(data[:90] + b"\xff" * 40 + data[90:], "a.txt")


def test_separators_and_marks() -> None:
    """Every line separator ends a line; byte-order marks and zero bytes in the middle go, zero-width spaces stay."""
    data = "一\r二\x0b三\x0c四\u2028五\u2029六\x85七\r\n八\ufeff九\x00十\u200b零".encode()
    assert read_source(data, "a.txt").text == "一\n二\n三\n四\n五\n六\n七\n八九十\u200b零"


def test_old_padding() -> None:
    """A text filled up with zero bytes and the old end-of-file sign is read without them."""
    assert read_source(WORDS.encode("gbk") + b"\x1a" + b"\x00" * 900, "a.txt").text == WORDS


def test_shifted_chinese() -> None:
    """ISO-2022-CN is read by its escapes."""
    body = bytes(code & 0x7F for code in WORDS.encode("gb2312"))
    assert read_source(b"\x1b$)A\x0e" + body + b"\x0f\n", "a.txt").text == WORDS


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"\x00\xff" * 500,
        b"MZ\x90\x00\x03" + bytes(range(200, 256)) * 60,
        b"\xff\xfe" + b"\x00\xd8" * 90,
    ],
)
def test_binaries_named_text(data: bytes) -> None:
    """Bytes that are no text are called broken, whatever they are named."""
    with pytest.raises(BrokenSourceError):
        read_source(data, "a.txt")


@pytest.mark.parametrize(("declared", "written"), [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("gb2312", "big5")])
def test_pages_that_declare_another_charset(declared: str, written: str) -> None:
    """A page's bytes decide where they contradict the charset it declares."""
    words = "本市公布用水公告如下，自公布之日起施行" * 4
    page = f'<html><head><meta charset="{declared}"></head><body><p>{words}</p></body></html>'
    assert read_source(page.encode(written), "a.html").text == words
