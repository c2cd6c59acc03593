"""Commands run as on a machine that has never seen the checkout, and without network."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60
OLDER_TITLE = "关于河道清淤的通知"
"""What stands in the older register."""


@dataclass(frozen=True)
class Installed:
    """Where the program was installed, the older register that was there before, and what the script said."""

    folder: Path
    database: Path
    said: str

    @property
    def tools(self) -> Path:
        """The programs of the installed version."""
        return self.folder / "current" / "bin"


def clean_environment(**added: str) -> dict[str, str]:
    """Return the environment without anything of Python, of this checkout or of pip's settings."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "ATTRTRACK", "VIRTUAL_ENV", "PIP_"))
    }
    return {**kept, **added}


def sh(*command: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Run a command without the checkout's environment and return its output, or fail with it."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env or clean_environment(), capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def no_network() -> list[str]:
    """Return what to put before a command so that it has no network at all; empty where we may not take it away."""
    program = shutil.which("unshare")
    for options in (["-n"], ["-r", "-n"]):
        if program and subprocess.run([program, *options, "true"], check=False, capture_output=True).returncode == 0:
            return [program, *options]
    return []


def offline_environment(**added: str) -> dict[str, str]:
    """Return an environment in which whatever asks the network asks a port where nobody listens."""
    nowhere = "http://127.0.0.1:9"
    return clean_environment(
        http_proxy=nowhere, https_proxy=nowhere, HTTP_PROXY=nowhere, HTTPS_PROXY=nowhere, PIP_CONFIG_FILE=os.devnull, **added
    )  # fmt: skip


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*command: str | Path, port: int, cwd: Path, env: Mapping[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Start a server, wait until it listens on the port, and end it as systemd does; it must end by itself then."""
    with (cwd / "server.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [str(part) for part in command], cwd=cwd, env=env, stdout=log, stderr=subprocess.STDOUT, text=True
        )
        try:
            deadline = time.monotonic() + START_SECONDS
            while not _listens(port):
                told = (cwd / "server.log").read_text(encoding="utf-8")
                assert process.poll() is None, told
                assert time.monotonic() < deadline, told
                time.sleep(0.1)
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(40)
            if process.poll() is None:
                process.kill()
                process.wait()
                raise AssertionError("the server did not end when it was asked to")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
