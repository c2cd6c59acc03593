"""The examples for systemd and nginx are really started: the unit's own command line, the proxy's own configuration."""

import http.client
import json
import os
import re
import shlex
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from clean_runs import Installed, clean_environment, free_port, running, sh
from postgresql_servers import PostgreSqlServer

pytestmark = pytest.mark.wheel
HOST = "attrtrack.example"
NOBODY = 65534


def program(name: str) -> str:
    """Find a program of the distribution; in CI its absence is a failure (see .ci/system)."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{name} is not installed")
    return str(found)


@pytest.fixture
def unit(installed: Installed) -> str:
    """The service's unit, with the place where the tests installed in place of /opt/attrtrack."""
    text = (installed.folder / "examples" / "attrtrack.service").read_text(encoding="utf-8")
    return text.replace("/opt/attrtrack/", f"{installed.folder}/")


def settings(installed: Installed) -> dict[str, str]:
    """Read the example of the settings as systemd does."""
    lines = (installed.folder / "examples" / "attrtrack.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_systemd_finds_no_fault_in_the_unit(unit: str, tmp_path: Path) -> None:
    """The distribution's own checker reads it without a word, and counts the service among the well protected."""
    path = tmp_path / "attrtrack.service"
    path.write_text(unit, encoding="utf-8")
    checker = program("systemd-analyze")
    done = subprocess.run([checker, "verify", "--man=no", path], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "attrtrack" in line]) == (0, [])
    weighed = subprocess.run(
        [checker, "security", "--offline=true", "--threshold=25", path], capture_output=True, text=True, check=False
    )
    assert weighed.returncode == 0, weighed.stdout[-300:]


def lowered(folder: Path) -> list[str]:
    """Return what to put before the service so that it runs as systemd would run it: no user's rights, no capability, no new ones.

    The user may read the program only where its Python does not live in somebody's home folder.
    """
    if os.geteuid() != 0:
        return []
    command = [program("setpriv"), "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups", "--no-new-privs"]
    command += ["--bounding-set", "-all"]
    os.chown(folder, NOBODY, NOBODY)
    return command


def test_the_units_command_serves_as_another_user(unit: str, installed: Installed, tmp_path_factory: Any) -> None:
    """ExecStart with the example's settings, in a folder of its own as an unprivileged user; SIGTERM ends it, the data stay private.

    systemd itself does not run in a container: the same command line is started under the same restrictions of user,
    groups, capabilities and umask; its sandbox of the file system is only weighed by the test above.
    """
    del tmp_path_factory
    folder = installed.folder.parent / "state"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    port, stated = free_port(), settings(installed)
    assert stated["ATTRTRACK_DATABASE_URL"] == "sqlite:////var/lib/attrtrack/attrtrack.db"
    env = clean_environment(HOME=str(folder), USER="attrtrack") | stated
    env["ATTRTRACK_DATABASE_URL"] = f"sqlite:///{folder / 'attrtrack.db'}"
    options = env["ATTRTRACK_SERVE_OPTIONS"].replace("8000", str(port))
    (line,) = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    command = shlex.split(line.replace("$ATTRTRACK_SERVE_OPTIONS", options))
    umask = ["sh", "-c", 'umask 0077; exec "$0" "$@"']
    prefix = lowered(folder)
    if (
        prefix
        and subprocess.run([*prefix, *umask, command[0], "--version"], check=False, capture_output=True).returncode
    ):
        prefix = []
        os.chown(folder, os.geteuid(), os.getegid())
    with running(*prefix, *umask, *command, port=port, cwd=folder, env=env) as served:
        status, _, body = asked(port, "/", host=HOST)
        assert status in {200, 303}
        del body, served
    assert (folder / "attrtrack.db").stat().st_mode & 0o077 == 0
    assert (folder / "attrtrack.db").stat().st_uid == (NOBODY if prefix else os.geteuid())


def asked(
    port: int, path: str, *, host: str, method: str = "GET", headers: dict[str, str] | None = None, tls: bool = False
) -> tuple[int, list[tuple[str, str]], bytes]:
    """Ask a server of this machine and return status, headers and body."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = (
        http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=context)
        if tls
        else http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    )
    connection.request(method, path, headers={"Host": host, **(headers or {})})
    answer = connection.getresponse()
    got = (answer.status, answer.getheaders(), answer.read())
    connection.close()
    return got


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that it was sent: what a program behind the proxy sees."""

    def do_GET(self) -> None:
        """Tell the headers."""
        body = json.dumps(list(self.headers.items())).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def echoing() -> Iterator[int]:
    """Run the echo and give its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def proxied(example: Path, upstream: int, folder: Path) -> Iterator[tuple[int, int]]:
    """Start nginx with the example, only ports, certificate and folders changed; give its https and http ports."""
    folder.mkdir()
    secure, plain = free_port(), free_port()
    sh(
        program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={HOST}",
        "-keyout", folder / "key.pem", "-out", folder / "cert.pem", cwd=folder,
    )  # fmt: skip
    text = example.read_text(encoding="utf-8")
    for one, other in (
        ("listen 443 ssl", f"listen 127.0.0.1:{secure} ssl"),
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
        ("/etc/attrtrack/tls/fullchain.pem", str(folder / "cert.pem")),
        ("/etc/attrtrack/tls/key.pem", str(folder / "key.pem")),
    ):
        assert one in text
        text = text.replace(one, other)
    (folder / "attrtrack.conf").write_text(text, encoding="utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}"
        f" http {{ access_log off; {temporary} include {folder}/attrtrack.conf; }}",
        encoding="utf-8",
    )
    nginx = program("nginx")
    command = (nginx, "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf")
    done = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr
    with running(*command, port=secure, cwd=folder, env=clean_environment()):
        yield secure, plain


def test_the_proxy_tells_the_program_who_asks_and_lets_nobody_lie(unpacked: Path, tmp_path: Path) -> None:
    """The visitor's address and https reach the program once each; what the visitor wrote in their place does not."""
    lies = {
        "X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "gopher", "X-Forwarded-Host": "evil.example",
        "Forwarded": "for=6.6.6.6", "X-Request": "kept",
    }  # fmt: skip
    with echoing() as upstream, proxied(unpacked / "examples" / "nginx.conf", upstream, tmp_path / "nginx") as ports:
        status, _, body = asked(ports[0], "/x?y=1", host=HOST, headers=lies, tls=True)
    seen = [(name.lower(), value) for name, value in json.loads(body)]
    assert status == 200
    assert [value for name, value in seen if name == "x-forwarded-for"] == ["127.0.0.1"]
    assert [value for name, value in seen if name == "x-forwarded-proto"] == ["https"]
    assert [value for name, value in seen if name == "host"] == [HOST]
    assert ("x-request", "kept") in seen
    assert not {"forwarded", "x-forwarded-host"} & {name for name, _ in seen}


def test_the_program_behind_the_proxy(installed: Installed, tmp_path: Path) -> None:
    """The pages come through with their safe headers, once each; plain http is sent on; too large a body stops at the proxy."""
    port = free_port()
    env = clean_environment() | settings(installed)
    env["ATTRTRACK_DATABASE_URL"] = f"sqlite:///{tmp_path / 'a.db'}"
    serve = (installed.tools / "attrtrack", "serve", "--port", str(port))
    (tmp_path / "served").mkdir()
    example = installed.folder / "examples" / "nginx.conf"
    with (
        running(*serve, port=port, cwd=tmp_path / "served", env=env),
        proxied(example, port, tmp_path / "nginx") as (secure, plain),
    ):
        status, headers, _ = asked(secure, "/", host=HOST, tls=True)
        names = [name.lower() for name, _ in headers]
        assert status in {200, 303}
        for wanted in ("content-security-policy", "x-content-type-options", "referrer-policy"):
            assert names.count(wanted) == 1, wanted
        assert names.count("strict-transport-security") == 1
        assert [value for name, value in headers if name.lower() == "server"] == ["nginx"]
        moved, where, _ = asked(plain, "/documents", host=HOST)
        assert (moved, dict(where)["Location"]) == (301, f"https://{HOST}/documents")
        large = {"Content-Length": str(65 << 20)}
        assert asked(secure, "/api/v1/documents", host=HOST, method="POST", headers=large, tls=True)[0] == 413
        assert asked(secure, "/", host="other.example", tls=True)[0] in {200, 303, 421}
        direct, told, _ = asked(port, "/", host=HOST, headers={"X-Forwarded-Proto": "https"})
        assert direct in {200, 303}
        assert "server" not in {name.lower() for name, _ in told}


def test_several_processes_are_refused_on_sqlite(installed: Installed, tmp_path: Path) -> None:
    """One file has one process that serves it; the command says where to go with more."""
    done = subprocess.run(
        [installed.tools / "attrtrack", "serve", "--workers", "2", "--db", f"sqlite:///{tmp_path / 'a.db'}"],
        cwd=tmp_path, env=clean_environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "db copy" in done.stderr


@pytest.mark.postgresql
def test_several_processes_serve_one_register_on_postgresql(
    installed: Installed, postgresql_server: PostgreSqlServer, tmp_path: Path
) -> None:
    """Two processes answer from one database, none keeps anything of its own; both end when the first is asked to."""
    database, port = postgresql_server.create(), free_port()
    env = clean_environment(ATTRTRACK_DATABASE_URL=database.render_as_string(hide_password=False))
    sh(installed.tools / "attrtrack", "db", "upgrade", cwd=tmp_path, env=env)
    serve = (installed.tools / "attrtrack", "serve", "--workers", "2", "--port", str(port))
    with running(*serve, port=port, cwd=tmp_path, env=env) as served:
        answers = {asked(port, "/", host="127.0.0.1")[0] for _ in range(20)}
        children = Path(f"/proc/{served.pid}/task/{served.pid}/children").read_text(encoding="ascii").split()
        assert answers <= {200, 303}
        assert len(children) >= 2
    postgresql_server.drop(database)
    deadline = time.monotonic() + 10
    while left := [child for child in children if _runs(child)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


def _runs(process: str) -> bool:
    """Whether a process is there and has not ended (one that nobody has asked about yet has)."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
