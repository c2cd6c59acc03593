"""The bundle installs where no network is, upgrades what an older program left, and then works."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from clean_runs import OLDER_TITLE, Installed, clean_environment, no_network, offline_environment, sh

from attrtrack.storage.revisions import head_revision

pytestmark = pytest.mark.wheel
LETTER = """云栖市教育局关于校车线路问题的复函

张某某同志：
您提出的关于增加校车线路的建议收悉。现答复如下：经研究，拟于下学期增设两条线路。
感谢您对教育工作的关心。

云栖市教育局
2025年4月2日
"""
SERVED = """
import fcntl, socket, struct, subprocess, sys, time, urllib.request
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
    try:
        fcntl.ioctl(probe, 0x8914, struct.pack("16sh", b"lo", 1))
    except OSError:
        pass
serving = subprocess.Popen([sys.argv[1], "serve", "--port", "8123", "--db", sys.argv[2]])
for _ in range(300):
    time.sleep(0.1)
    try:
        answer = urllib.request.urlopen("http://127.0.0.1:8123/", timeout=20)
    except OSError:
        continue
    print(answer.status, answer.read().decode())
    break
serving.terminate()
print("ended", serving.wait(40))
"""
"""Brings the loopback of its own network up, serves, asks for the first page."""


def test_the_instructions_name_what_there_is(unpacked: Path) -> None:
    """Every file that the page names is in the archive, and the page loads nothing from outside."""
    page = (unpacked / "install.html").read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=|https?://|@import", page)
    for name in ("install.sh", "licences.tsv", "LICENSE", "examples/attrtrack.env", "examples/nginx.conf"):
        assert (unpacked / name).is_file()
        assert Path(name).name in page
    for command in re.findall(r"attrtrack ([a-z]+) ", page):
        assert command in {"suggest", "demo", "restore", "backup", "serve", "db"}


def test_every_file_has_its_checksum(unpacked: Path) -> None:
    """The list names all files but itself; requirements name each wheel's own digest."""
    sums = dict(
        line.split("  ", 1)[::-1] for line in (unpacked / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
    files = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert set(sums) == files - {"SHA256SUMS"}
    stated = set(re.findall(r"sha256:([0-9a-f]{64})", (unpacked / "requirements.txt").read_text(encoding="utf-8")))
    assert stated == {digest for name, digest in sums.items() if name.endswith(".whl")}


def test_a_damaged_archive_is_not_installed(unpacked: Path, tmp_path: Path) -> None:
    """One changed letter in one file: nothing is installed."""
    for item in unpacked.iterdir():
        (tmp_path / item.name).symlink_to(item)
    (tmp_path / "LICENSE").unlink()
    (tmp_path / "LICENSE").write_text("x", encoding="utf-8")
    done = subprocess.run(
        [shutil.which("sh") or "sh", tmp_path / "install.sh", tmp_path / "target"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "被改动" in done.stderr
    assert not (tmp_path / "target").exists()


def test_the_older_register_was_backed_up_and_upgraded(installed: Installed, tmp_path: Path) -> None:
    """What was there is there, at the program's revision; the backup of before restores it once more."""
    assert "安装完成" in installed.said
    env = offline_environment(ATTRTRACK_DATABASE_URL=f"sqlite:///{installed.database}")
    program = installed.tools / "attrtrack"
    upgraded = json.loads(sh(program, "db", "upgrade", "--json", cwd=tmp_path, env=env))
    assert upgraded["revision"] == head_revision()
    (kept,) = (installed.folder / "backups").iterdir()
    restored = json.loads(sh(program, "restore", kept, "--db", "sqlite:///again.db", "--json", cwd=tmp_path, env=env))
    assert (restored["taken_at"], restored["revision"]) == ("0002", head_revision())
    reading = (
        "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT title FROM documents').fetchall())"
    )
    for database in (installed.database, tmp_path / "again.db"):
        assert OLDER_TITLE in sh(installed.tools / "python", "-c", reading, database, cwd=tmp_path)


def test_nothing_of_the_installation_came_from_elsewhere(installed: Installed, unpacked: Path, tmp_path: Path) -> None:
    """What is installed is what the bundle carries, version for version, with its dependencies satisfied."""
    listed = json.loads(sh(installed.tools / "pip", "list", "--format", "json", cwd=tmp_path))
    carried = {path.name.split("-")[0].lower() for path in (unpacked / "wheels").iterdir()}
    tools_of_tests = {"pip", "setuptools", "pytest", "openpyxl", "httpx"}
    assert carried <= {item["name"].lower().replace("-", "_").replace(".", "_") for item in listed} | tools_of_tests
    assert "No broken requirements" in sh(installed.tools / "pip", "check", cwd=tmp_path)


def test_it_suggests_and_serves_without_network(installed: Installed, tmp_path: Path) -> None:
    """A suggestion with its model, and the first page, in a process that has no network but itself."""
    (tmp_path / "复函.txt").write_text(LETTER, encoding="utf-8")
    env, program = offline_environment(no_proxy="127.0.0.1"), installed.tools / "attrtrack"
    said = json.loads(sh(*no_network(), program, "suggest", "复函.txt", "--json", cwd=tmp_path, env=env))
    assert said["model_version"]
    assert said["attribute"]
    url = f"sqlite:///{tmp_path / 'pages.db'}"
    page = sh(*no_network(), installed.tools / "python", "-c", SERVED, program, url, cwd=tmp_path, env=env)
    assert page.startswith("200 ")
    assert "<html" in page
    assert page.rstrip().endswith("ended 0") or "ended -15" in page


def test_the_network_is_really_off(tmp_path: Path) -> None:
    """The command that the tests put before the installation reaches nothing; where it may not be taken away, pip may not ask."""
    prefix = no_network()
    env = offline_environment()
    if not prefix:
        assert env["https_proxy"].endswith(":9")
        return
    asking = "import socket; socket.create_connection(('192.0.2.1', 80), 2)"
    python = shutil.which("python3")
    assert python is not None
    done = subprocess.run(
        [*prefix, python, "-c", asking],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "unreachable" in done.stderr
