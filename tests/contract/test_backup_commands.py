"""`backup`, `restore` and `db copy` as people and nightly jobs call them, on full and read-only disks and under the killer too."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from register_places import placed

MAIN = "import sys; from attrtrack.cli.main import main; sys.exit(main(sys.argv[1:]))"
ROOTS_OWN = os.geteuid() == 0 and shutil.which("unshare") is not None and (
    subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], check=False, capture_output=True).returncode == 0  # noqa: S607 - as found
)  # fmt: skip
"""Whether a small disk of our own can be had."""

NO_FILE = pytest.mark.sqlite("a register that is not there is a file that is not there")


@pytest.fixture
def register(run: Any, letter: str) -> None:
    """A register with a letter in it."""
    assert run("record", letter).status == 0


def test_backup_and_restore_speak_json(run: Any, register: None) -> None:
    """One object each on stdout; the register restored says the same as before."""
    del register
    before = run("coverage", "--json").rows
    (made,) = run("backup", "a.backup", "--json").rows
    assert made["file"] == "a.backup"
    assert made["journalled"] is True
    assert Path("a.backup").stat().st_size == made["bytes"]
    (done,) = run("restore", "a.backup", "--db", "sqlite:///b.db", "--json").rows
    assert (done["ok"], done["rows"], done["journal"]) == (True, made["rows"], made["journal"])
    assert run("coverage", "--json", "--db", "sqlite:///b.db").rows == before


def test_people_are_told_in_words(run: Any, register: None) -> None:
    """How much, which digest, and that everything was compared; nothing on stdout."""
    del register
    told = run("backup", "a.backup")
    assert (told.status, told.out) == (0, "")
    assert "摘要（SHA-256）" in told.err
    told = run("restore", "a.backup", "--db", "sqlite:///b.db")
    assert "逐表核对" in told.err
    told = run("db", "copy", "sqlite:///c.db")
    assert (told.status, told.out) == (0, "")
    assert "已复制" in told.err


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("backup", "a.backup"), 2, "--force"),
        (("restore", "missing.backup", "--db", "sqlite:///b.db"), 1, "没有备份文件"),
        (("restore", "a.backup"), 3, "不是空的"),
        (("restore", "复函.txt", "--db", "sqlite:///b.db"), 1, "不是 attrtrack backup"),
        (("db", "copy"), 2, "复制到哪里"),
        (("db", "upgrade", "sqlite:///b.db"), 2, "db copy"),
        (("db", "copy", "sqlite:///attrtrack.db"), 3, "不是空的"),
        (("db", "copy", "mysql://x"), 3, "不支持数据库|地址写法"),
        (("backup", "no/such/folder/a.backup"), 3, "没有这个文件或文件夹"),
        pytest.param(("backup", "x.backup", "--db", "sqlite:///b.db"), 3, "没有这个数据库文件", marks=NO_FILE),
        pytest.param(
            ("db", "copy", "sqlite:///c.db", "--db", "sqlite:///b.db"), 3, "没有这个数据库文件", marks=NO_FILE
        ),
    ],
)
def test_wrong_use_and_failures_have_their_status(
    run: Any, register: None, arguments: tuple[str, ...], status: int, words: str
) -> None:
    """2 wrong use, 1 a refused input, 3 the environment; each with what to do, and no new database left behind."""
    del register
    assert run("backup", "a.backup").status == 0
    ran = run(*arguments)
    assert ran.status == status, ran.err
    assert any(word in ran.err for word in words.split("|")), ran.err
    assert not Path("b.db").exists()
    assert not list(Path().glob("*.part"))


def test_ctrl_c_is_told(run: Any, register: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left after an interruption is said for each command, and it is true."""
    del register
    assert run("backup", "a.backup").status == 0

    def press(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("attrtrack.cli.progress.Progress.step", press)
    for arguments, words in (
        (("backup", "b.backup"), "没有写出备份文件"),
        (("restore", "a.backup", "--db", "sqlite:///b.db"), "目标数据库仍是空的"),
        (("db", "copy", "sqlite:///b.db"), "原库没有改动"),
    ):
        ran = run(*arguments)
        assert ran.status == 1
        assert words in ran.err
    assert not Path("b.db").exists()
    assert not Path("b.backup").exists()


def started(*arguments: str, before: Any = None) -> "subprocess.Popen[str]":
    """Start the program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *map(placed, arguments)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=before,  # noqa: PLW1509 - a limit of the process itself
    )


def writing(folder: str) -> pytest.MarkDecorator:
    """Give the commands that write a file which may not fit."""
    ours = pytest.mark.sqlite("the server writes what is restored, not the program")
    restore = ("restore", "a.backup", "--db", f"sqlite:///{folder}b.db")
    return pytest.mark.parametrize("arguments", [("backup", f"{folder}b.backup"), pytest.param(restore, marks=ours)])


@writing("")
def test_a_quota_that_is_used_up_leaves_no_file(run: Any, register: None, arguments: tuple[str, ...]) -> None:
    """A backup that does not fit is no backup: status 3, the reason in words, no half file; a restore likewise."""
    del register
    assert run("backup", "a.backup").status == 0

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))

    process = started(*arguments, before=small)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 3, told
    assert "Traceback" not in told
    assert not list(Path().glob("b.*"))
    assert not list(Path().glob(".b*"))


@writing("disk/")
@pytest.mark.skipif(not ROOTS_OWN and os.environ.get("CI") != "true", reason="a small disk can be mounted by root only")
@pytest.mark.parametrize(("option", "words"), [("size=64k", "磁盘已满"), ("ro", "只读")])
def test_a_full_or_read_only_disk_is_told(
    run: Any, register: None, arguments: tuple[str, ...], option: str, words: str
) -> None:
    """On a disk that is really full, or really read-only: the reason in words, nothing half written."""
    del register
    assert run("backup", "a.backup").status == 0
    Path("disk").mkdir()
    own = [] if ROOTS_OWN else ["-r"]
    fill = "head -c 60000 /dev/zero > disk/filler; " if option != "ro" else ""
    script = f'mount -t tmpfs -o {option} none disk && {fill}"$0" -c "$1" "${{@:2}}"; s=$?; ls -A disk; exit $s'
    done = subprocess.run(
        ["unshare", *own, "-m", "bash", "-c", script, sys.executable, MAIN, *arguments],  # noqa: S607 - as found
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert words in done.stderr
    assert done.stdout.split() in ([], ["filler"])


@pytest.mark.parametrize("after", [0.4, 0.6, 0.8])
def test_a_killed_restore_leaves_nothing_in_the_way(run: Any, register: None, after: float) -> None:
    """Killed at any moment, the database is empty or whole: the same command again, or the program itself, goes on."""
    del register
    assert run("backup", "a.backup").status == 0
    process = started("restore", "a.backup", "--db", "sqlite:///b.db")
    time.sleep(after)
    process.kill()
    process.communicate()
    again = run("restore", "a.backup", "--db", "sqlite:///b.db")
    assert again.status == 0 or "不是空的" in again.err
    assert run("coverage", "--json", "--db", "sqlite:///b.db").rows == run("coverage", "--json").rows
