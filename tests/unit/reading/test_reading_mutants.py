"""Mutants of good files: every one is read or refused by our own errors, at once."""

import io
import random
import time
import zipfile
from collections.abc import Callable

import pytest
from docx_features import features
from html_pages import pages
from office_files import zipped

from attrtrack.errors import InputRefusedError
from attrtrack.reading import read_source

MUTANTS, SECONDS = 300, 1.0
WORDS = "某市水务局关于开展节水检查的通知\n各县（区）水务局：\n为加强用水管理，现就有关事项通知如下。\n" * 8
CHARSETS = ("utf-8", "gb18030", "utf-16", "utf-16-le", "big5", "hz", "utf-32")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Flip, cut, double or blank some bytes."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 40))):
        place = chance.randrange(len(changed))
        kind = chance.randrange(5)
        if kind == 0:
            changed[place] = chance.randrange(256)
        elif kind == 1:
            del changed[place : place + chance.randrange(1, 40)]
        elif kind == 2:
            changed[place:place] = changed[place : place + chance.randrange(1, 200)]
        elif kind == 3:
            changed[place : place + 8] = bytes(8)
        elif chance.random() < 0.2:
            del changed[place:]
        if not changed:
            return b"\x00"
    return bytes(changed)


def docx_mutant(chance: random.Random) -> bytes:
    """Mutate the container, or one part within it so that the container stays whole."""
    data = chance.choice([feature.data for feature in FEATURES])
    if chance.random() < 0.4:
        return mutated(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    parts[name] = tag_swapped(parts[name], chance) if chance.random() < 0.6 else mutated(parts[name], chance)
    return zipped(parts)


def tag_swapped(data: bytes, chance: random.Random) -> bytes:
    """Exchange names and values so that the part often stays well-formed."""
    swaps = ((b"w:t>", b"w:p>"), (b"w:p>", b"w:tr>"), (b"fldChar", b"tbl"), (b'"', b"'"), (b"w:r>", b"w:sdt>"))
    swaps += ((b"w:val=", b"w:x="), (b"rId", b"r"), (b"word/", b"../"), (b"main", b""), (b"end", b"begin"))
    old, new = chance.choice(swaps)
    return data.replace(old, new)


def html_mutant(chance: random.Random) -> bytes:
    """Mutate a page."""
    return mutated(chance.choice([page.data for page in PAGES if page.file.endswith("html")]), chance)


def mht_mutant(chance: random.Random) -> bytes:
    """Mutate a web archive."""
    return mutated(chance.choice([page.data for page in PAGES if not page.file.endswith("html")]), chance)


def txt_mutant(chance: random.Random) -> bytes:
    """Mutate a text in one of the charsets."""
    return mutated(WORDS.encode(chance.choice(CHARSETS), errors="ignore"), chance)


FEATURES, PAGES = features(), pages()


@pytest.mark.parametrize(
    ("name", "mutant"),
    [("a.docx", docx_mutant), ("a.html", html_mutant), ("a.mht", mht_mutant), ("a.txt", txt_mutant)],
)
def test_mutants(name: str, mutant: Callable[[random.Random], bytes]) -> None:
    """Three hundred mutants raise no error but ours and keep no reader busy."""
    chance = random.Random(20231)  # noqa: S311 - a fixed seed, nothing secret
    outcomes: set[str] = set()
    for _ in range(MUTANTS):
        data = mutant(chance)
        start = time.process_time()
        try:
            outcomes.add(read_source(data, name).format)
        except InputRefusedError as error:
            outcomes.add(error.code)
        assert time.process_time() - start < SECONDS
    assert "broken" in outcomes or name.endswith(("html", "mht"))
    assert len(outcomes) > 1
