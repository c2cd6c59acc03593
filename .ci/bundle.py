"""Makes the one archive from which a machine without network installs: `dist/attrtrack-<version>-<platform>.tar.gz`.

In it: the program's wheel, the wheels of every locked dependency, `requirements.txt` with the digests of just these
wheels, `SHA256SUMS` of all files, the licences, the instructions, the installing script and the examples for systemd and
nginx. Dependencies are fetched by the lock, hash by hash. Reproducible: the same wheels give the same bytes.
"""
# ruff: noqa: INP001 - scripts of the build, run by their path

import argparse
import gzip
import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import platform_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "attrtrack" / "deploy"
EXAMPLES = ("attrtrack.service", "attrtrack.env", "nginx.conf")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


def run(*command: str | Path) -> None:
    """Run a tool, or end with what it said."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - own tools
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr[-3000:]}")


def locked(python: str) -> Iterator[str]:
    """Yield the entries of the lock that a Python needs, without their markers."""
    for entry in re.split(r"\n(?=\S)", (DEPLOY / "requirements.lock").read_text(encoding="utf-8")):
        if entry.startswith("#"):
            continue
        name, _, hashes = entry.partition(" \\\n")
        wanted = Requirement(name)
        if wanted.marker is None or wanted.marker.evaluate(
            {"python_version": python, "python_full_version": f"{python}.0"}
        ):
            yield f"{wanted.name}{wanted.specifier} \\\n{hashes}"


def fetch(wheels: Path, python: str) -> None:
    """Put the wheels of all locked dependencies into a folder; what has no wheel is built here, if it fits any Python."""
    with tempfile.TemporaryDirectory() as folder:
        lock = Path(folder) / "requirements.txt"
        lock.write_text("\n".join(locked(python)), encoding="utf-8")
        if python == HERE:
            run(*PIP, "wheel", "--no-deps", "--require-hashes", "-r", lock, "-w", wheels)
            return
        have = {parse_wheel_filename(path.name)[0] for path in wheels.glob("*-none-any.whl")}
        lock.write_text(
            "\n".join(
                item for item in locked(python) if canonicalize_name(Requirement(item.split(" \\")[0]).name) not in have
            )
        )
        platforms = [part for tag in platform_tags() for part in ("--platform", tag)]
        run(
            *PIP, "download", "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", lock, "-d", wheels,
            "--python-version", python, "--implementation", "cp", *platforms,
        )  # fmt: skip


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def requirements(wheels: Path) -> str:
    """Name every distribution of the folder with the digests of its wheels; several versions are told apart by Python."""
    found: dict[tuple[str, str], list[Path]] = {}
    for path in sorted(wheels.glob("*.whl")):
        name, version, *_ = parse_wheel_filename(path.name)
        found.setdefault((name, str(version)), []).append(path)
    markers = {
        (canonicalize_name(one.name), str(next(iter(one.specifier)).version)): f" ; {one.marker}"
        for line in re.findall(
            r"^[A-Za-z][^\\]+", (DEPLOY / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
        )
        if (one := Requirement(line.strip())).marker is not None
    }
    return "".join(
        f"{name}=={version}{markers.get((name, version), '')} "
        + " ".join(f"--hash=sha256:{digest(path)}" for path in paths)
        + "\n"
        for (name, version), paths in found.items()
    )


def lay_out(folder: Path, wheel: Path, pythons: list[str]) -> None:
    """Fill the folder that becomes the archive."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    shutil.copy(wheel, wheels)
    for python in sorted(pythons, key=lambda python: python != HERE):
        fetch(wheels, python)
    (folder / "requirements.txt").write_text(requirements(wheels), encoding="utf-8")
    for name in ("install.sh", "install.html", "licences.tsv"):
        shutil.copy(DEPLOY / name, folder)
    shutil.copy(ROOT / "LICENSE", folder)
    (folder / "examples").mkdir()
    for name in EXAMPLES:
        shutil.copy(DEPLOY / name, folder / "examples")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = "".join(f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")


def pack(folder: Path, archive: Path) -> None:
    """Pack the folder with nothing in it that differs from run to run."""

    def plain(item: tarfile.TarInfo) -> tarfile.TarInfo:
        item.uid = item.gid = item.mtime = 0
        item.uname = item.gname = "root"
        item.mode = 0o755 if item.isdir() or item.name.endswith(".sh") else 0o644
        return item

    with (
        archive.open("wb") as out,
        gzip.GzipFile("", "wb", 1, out, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        for path in [folder, *sorted(folder.rglob("*"))]:
            tar.add(path, path.relative_to(folder.parent).as_posix(), recursive=False, filter=plain)


def bundle(wheel: Path | None, out: Path, pythons: list[str]) -> Path:
    """Make the archive and return its path."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        if wheel is None:
            run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, ".")
            wheel = next(Path(place).glob("*.whl"))
        _, version, *_ = parse_wheel_filename(wheel.name)
        name = f"attrtrack-{version}"
        lay_out(Path(place) / name, wheel, pythons)
        tags = "".join(f"-cp{python.replace('.', '')}" for python in pythons)
        archive = out / f"{name}-{sysconfig.get_platform()}{tags}.tar.gz"
        pack(Path(place) / name, archive)
    return archive


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, help="the program's wheel; built when not given")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--pythons", nargs="+", default=[HERE], help="versions of Python to carry wheels for")
    given = parser.parse_args()
    made = bundle(given.wheel, given.out, given.pythons)
    sys.stdout.write(f"{made} ({made.stat().st_size >> 20} MB)\nsha256 {digest(made)}\n")
