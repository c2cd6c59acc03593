"""Which files are found: in one order, without following links out, without opening what is no file."""

import os
import socket
import sys
from pathlib import Path

import pytest

from attrtrack.workflow import walking
from attrtrack.workflow.walking import find_files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and names of a POSIX system")


def named(folder: Path, *names: str) -> None:
    """Make empty files."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def found(folder: Path) -> dict[str, str | None]:
    """Return the code of the error, or None, by path below the folder."""
    return {
        os.path.relpath(item.name, folder): item.error.code if item.error else None
        for item in find_files([str(folder)])
    }


def test_the_order_is_that_of_the_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a folder is sliced, files and folders come by name, hidden ones aside."""
    named(tmp_path, "b/2.txt", "b/10.txt", "a.txt", "乙/甲.txt", "c.txt", ".hidden", ".git/x")
    whole = list(found(tmp_path))
    assert whole == ["a.txt", "b/10.txt", "b/2.txt", "c.txt", "乙/甲.txt"]
    monkeypatch.setattr(walking, "_SLICE", 2)
    assert list(found(tmp_path)) == whole


def test_links_do_not_lead_out(tmp_path: Path) -> None:
    """A link out of the tree, or to nothing, is told and not opened; one that stays within is found once."""
    named(tmp_path, "in/a.txt", "out/secret.txt")
    (tmp_path / "in" / "again.txt").symlink_to(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "away").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "circle").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "nothing").symlink_to(tmp_path / "nowhere")
    assert found(tmp_path / "in") == {"a.txt": None, "away": "not-found", "nothing": "not-found"}


def test_what_is_no_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pipes and sockets would be waited for without end; they are told."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.docx")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.pdf")
        assert found(tmp_path) == {"pipe.docx": "unsupported-format", "socket.pdf": "unsupported-format"}


def test_a_closed_folder_is_told_and_the_others_are_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that the system will not list is one line of the report."""
    named(tmp_path, "a/x.txt", "b.txt")
    listed = os.scandir

    def failing(path: str) -> object:
        if path.endswith("a"):
            raise PermissionError(13, "no")
        return listed(path)

    monkeypatch.setattr(os, "scandir", failing)
    assert found(tmp_path) == {"a": "not-found", "b.txt": None}


def test_names_that_are_no_utf8_are_found(tmp_path: Path) -> None:
    """Names from old programs keep their bytes."""
    raw = os.fsencode(str(tmp_path)) + b"/\xb9\xab\xce\xc4.txt"
    os.close(os.open(raw, os.O_CREAT))
    (item,) = find_files([str(tmp_path)])
    assert os.fsencode(item.name) == raw


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    """Nothing to read is told, for a person may have mistyped the path."""
    (item,) = find_files([str(tmp_path)])
    assert item.error is not None
    assert item.error.code == "empty"
