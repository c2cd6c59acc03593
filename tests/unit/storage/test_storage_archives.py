"""A backup file that is damaged, cut short or made up is refused, and the database it was meant for stays empty."""

import datetime as dt
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from register_places import register_at
from whole_registers import FIRST, Lines, fill, lines_of, packed, sealed, tables, with_table

from attrtrack.errors import (
    AttrtrackError,
    BrokenSourceError,
    EmptySourceError,
    SourceNotFoundError,
    SourceTooLargeError,
)
from attrtrack.storage.transfer import archive as archives
from attrtrack.storage.transfer import open_archive, restore_archive, write_backup

AT = dt.datetime(2024, 3, 2, tzinfo=dt.UTC)


def quiet(total: int) -> Callable[[], None]:
    """Tell nothing."""
    del total
    return lambda: None


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Back the sample year up, once."""
    folder = tmp_path_factory.mktemp("whole")
    url = register_at(folder / "a.db")
    fill(url)
    write_backup(url, folder / "a.backup", at=AT, force=False, told_rows=quiet)
    return (folder / "a.backup").read_bytes()


Restore = Callable[[bytes], AttrtrackError | None]


@pytest.fixture
def restored(tmp_path: Path) -> Restore:
    """Give a function that restores bytes and returns the refusal, having seen that nothing was left behind."""

    def act(archive: bytes) -> AttrtrackError | None:
        path, url = tmp_path / "a.backup", register_at(tmp_path / "target.db")
        path.write_bytes(archive)
        try:
            with open_archive(path) as opened:
                restore_archive(opened, url, actor="甲", clock=lambda: AT, told=quiet)
        except AttrtrackError as error:
            assert tables(url) == []
            assert [item.name for item in tmp_path.iterdir()] == ["a.backup"]
            return error
        return None

    return act


def test_the_backup_itself_is_whole(whole: bytes, restored: Restore) -> None:
    """Taken apart and put together again it restores: so the refusals below are due to what each test changed."""
    assert restored(packed(with_table(lines_of(whole), "documents", list.copy))) is None


def test_every_flipped_byte_is_found(whole: bytes, restored: Restore) -> None:
    """First and last bytes and three hundred others: no change of one byte passes, whatever it changes."""
    chance = random.Random(20240302)  # noqa: S311 - places to damage
    places = [*range(40), *range(len(whole) - 80, len(whole)), *(chance.randrange(len(whole)) for _ in range(300))]
    for place in places:
        flipped = bytes([*whole[:place], whole[place] ^ (1 << chance.randrange(8)), *whole[place + 1 :]])
        assert isinstance(restored(flipped), BrokenSourceError), place


def test_every_cut_is_found(whole: bytes, restored: Restore) -> None:
    """Cut short anywhere, or with something after the end: refused; an empty file is told to be empty."""
    chance = random.Random(20240303)  # noqa: S311 - places to cut
    for length in [*range(1, 100), *(chance.randrange(len(whole)) for _ in range(100)), len(whole) - 1]:
        assert isinstance(restored(whole[:length]), BrokenSourceError), length
    assert isinstance(restored(whole + b"x"), BrokenSourceError)
    assert isinstance(restored(b""), EmptySourceError)


def test_another_file_is_told_to_be_no_backup(restored: Restore, tmp_path: Path) -> None:
    """A database, a zip or a later format are named for what they are; what is not there is said."""
    for other, words in (
        (b"SQLite format 3\0" + bytes(500), "不是 attrtrack backup"),
        (b"PK\x03\x04" + bytes(500), "不是 attrtrack backup"),
        (b"attrtrack-backup 2\n" + bytes(500), "升级程序"),
    ):
        refusal = restored(other)
        assert refusal is not None
        assert words in refusal.message
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(SourceNotFoundError), open_archive(path):
            pass


def test_what_unpacks_to_too_much_is_refused_early(restored: Restore, whole: bytes) -> None:
    """Megabytes of spaces out of some kilobytes, as one line, as many, and after a true beginning: stopped before their end."""
    header = json.dumps(lines_of(whole)[0]).encode() + b"\n"
    for bomb in (
        b" " * (64 << 20),
        b"[]\n" * (20 << 20),
        header + b" " * (64 << 20),
        header + b"[null]\n" * (10 << 20),
    ):
        assert isinstance(restored(sealed(bomb)), (SourceTooLargeError, BrokenSourceError))
    assert isinstance(restored(sealed(b" " * (2 * archives.HEADER_BYTES))), SourceTooLargeError)


def _first(rows: list[dict[str, Any]], **changed: Any) -> None:
    rows[0].update(changed)


def _sign_all(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["state"] = "signed" if row["state"] == "draft" else row["state"]


def _forge(rows: list[dict[str, Any]]) -> None:
    rows[3]["actor"] = "另一人"


FORGED: dict[str, tuple[str, Callable[[list[dict[str, Any]]], None], str]] = {
    "signed without decision": ("documents", _sign_all, "没有有效的审定"),
    "journal rewritten": ("journal", _forge, "第 4 条断开"),
    "journal cut short": ("journal", lambda rows: rows.pop() and None, "末条"),
    "entry removed": ("journal", lambda rows: rows.pop(2) and None, "断开"),
    "no such attribute": ("decisions", lambda rows: _first(rows, attribute="secret"), "约束|审定"),
    "withheld without reason": ("decisions", lambda rows: _first(rows, attribute="withheld", reason=" "), "审定"),
    "a list for a text": ("documents", lambda rows: _first(rows, title=["x"]), "损坏"),
    "a text for a number": ("documents", lambda rows: _first(rows, year="2024"), "损坏"),
    "a number beyond both databases": ("documents", lambda rows: _first(rows, year=1 << 70), "损坏"),
    "a row twice": ("documents", lambda rows: rows.append(rows[0]), "约束"),
    "a link to nothing": ("links", lambda rows: _first(rows, document_id=99999), "约束"),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_row_does_not_come_in(case: str, whole: bytes, restored: Restore) -> None:
    """With counts, digests and seal made right again, the laws of the register still stand between a forger and it."""
    table, change, words = FORGED[case]
    refusal = restored(packed(with_table(lines_of(whole), table, change)))
    assert refusal is not None
    assert any(word in refusal.message for word in words.split("|")), refusal.message


def _header(lines: Lines, **changed: Any) -> Lines:
    return [[{**lines[0][0], **changed}], *lines[1:]]


def _renamed(lines: Lines, name: str) -> Lines:
    first, *others = lines[0][0]["tables"]
    return _header(lines, tables=[{**first, "name": name}, *others])


def _recounted(lines: Lines, by: int) -> Lines:
    first, *others = lines[0][0]["tables"]
    return _header(lines, tables=[{**first, "rows": first["rows"] + by}, *others])


HEADERS: dict[str, Callable[[Lines], Lines]] = {
    "a later revision": lambda lines: _header(lines, revision="9999"),
    "an earlier revision than its tables": lambda lines: _header(lines, revision="0001"),
    "another table": lambda lines: _renamed(lines, "sqlite_master"),
    "a path for a table": lambda lines: _renamed(lines, "../../etc/passwd"),
    "SQL for a table": lambda lines: _renamed(lines, "x; DROP TABLE documents"),
    "more rows than there are": lambda lines: _recounted(lines, 1),
    "fewer": lambda lines: _recounted(lines, -1),
    "minus one": lambda lines: _header(lines, tables=[{**lines[0][0]["tables"][0], "rows": -1}]),
    "no tables": lambda lines: _header(lines, tables=[]),
    "no header": lambda lines: lines[1:],
    "a word for a header": lambda lines: ["x", *lines[1:]],
    "rows after the end": lambda lines: [*lines, [1]],
    "nothing but a header": lambda lines: lines[:1],
    "another end of the journal": lambda lines: _header(lines, journal=[1, "0" * 64]),
}


@pytest.mark.parametrize("case", HEADERS)
def test_a_header_that_lies_is_refused(case: str, whole: bytes, restored: Restore) -> None:
    """Names and numbers of the header are compared with what the program itself makes; none reaches a statement."""
    assert restored(packed(HEADERS[case](lines_of(whole)))) is not None


@pytest.mark.parametrize("line", [b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe\n", b"NaN\n", b"1" * 5000])
def test_hostile_json_is_refused(line: bytes, restored: Restore) -> None:
    """Nesting without end, bytes that are no text, numbers that are none: refused in words, never a traceback."""
    assert isinstance(restored(sealed(line.rstrip(b"\n") + b"\n")), BrokenSourceError)


def test_the_seal_is_over_the_first_line_too(whole: bytes) -> None:
    """Anybody can prove the file with sha256sum over all but its last line."""
    assert sealed(b"x\n").startswith(FIRST)
    assert whole.startswith(FIRST)
