"""Many clients at a really started `attrtrack serve`: each acts, notes what was acknowledged, and never waits for another."""

import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

_START_SECONDS = 60
_TYPED = {"Content-Type": "application/json"}


@contextmanager
def served(database_url: str, folder: Path, *, workers: int) -> Iterator[int]:
    """Start the command, yield its port when it is ready, and stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "attrtrack", "serve", "--db", database_url, "--port", str(port), "--as", "王办理"]
    if workers > 1:
        command += ["--workers", str(workers)]
    environment = {**os.environ, "ATTRTRACK_UNIT": "云溪县人民政府"}
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=folder)
        try:
            _await_ready(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def _await_ready(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "attrtrack serve has ended"
        try:
            if asked(port, "/readyz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("attrtrack serve is not ready")


class Client:
    """One keep-alive connection; a context manager that closes it."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_leaving: object) -> None:
        self._connection.close()

    def ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request and return status, headers in lower case, and body."""
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, data, {**named, **(_TYPED if data else {})})
        answer = self._connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def asked(port: int, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, str], bytes]:
    """Ask once over a connection of its own."""
    with Client(port) as client:
        return client.ask("GET" if body is None else "POST", path, body)


@dataclass
class Tally:
    """What the clients have seen: statuses by act, seconds by act, acknowledged writes."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    recorded: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def note(self, act: str, status: int, seconds: float) -> None:
        """Keep one answer."""
        with self._turn:
            self.statuses[act, status] += 1
            self.seconds.setdefault(act, []).append(seconds)

    def errors(self) -> list[tuple[str, int]]:
        """Return the answers that no client should get."""
        return [key for key in self.statuses if key[1] >= 500 or key[1] in {408, 421, 429}]

    def high(self, act: str, share: float = 0.95) -> float:
        """Return the time within which this share of an act was answered, in milliseconds."""
        times = sorted(self.seconds[act])
        return 1000 * times[min(len(times) - 1, int(len(times) * share))]


class Desk:
    """One client: records letters, declares on a document that others declare on too, asks the gate, looks."""

    def __init__(self, port: int, number: int, tally: Tally, letter: dict[str, Any]) -> None:
        self._client = Client(port)
        self._number = number
        self._tally = tally
        self._letter = letter
        self._chance = random.Random(number)  # noqa: S311 - what a client does next
        self._made = 0

    def work(self, until: float, shared: str) -> None:
        """Go on until the time is up; an exception of the connection is kept as an error."""
        try:
            while time.monotonic() < until:
                act = self._chance.choices([self.record, self.declare, self.gate, self.look], [2, 3, 3, 4])[0]
                act(shared)
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            self._tally.broken.append(f"{type(error).__name__}: {error}")
        finally:
            self.leave()

    def leave(self) -> None:
        """Close the connection."""
        self._client.__exit__()

    def _ask(self, act: str, method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
        started = time.perf_counter()
        answer = self._client.ask(method, path, body, **headers)
        self._tally.note(act, answer[0], time.perf_counter() - started)
        return answer

    def record(self, _shared: str) -> None:
        """Record a letter of one's own, twice under one key, as after a broken connection."""
        self._made += 1
        letter = {**self._letter, "text": f"{self._letter['text']}\n第{self._number}台第{self._made}件"}
        key = f"desk-{self._number}-{self._made}"
        status, _, body = self._ask("record", "POST", "/api/v1/documents", letter, Idempotency_Key=key)
        if status == 201:
            identifier = json.loads(body)["document"]["id"]
            self._tally.recorded.append(identifier)
            if self._chance.random() < 0.2:
                again = self._ask("record-again", "POST", "/api/v1/documents", letter, Idempotency_Key=key)
                if json.loads(again[2])["document"]["id"] != identifier:
                    self._tally.lost.append(f"{key} made a second document")

    def declare(self, shared: str) -> None:
        """Declare on the shared document by the version seen; what is acknowledged must follow on what was seen."""
        status, headers, _ = self._ask("look", "GET", f"/api/v1/documents/{shared}")
        seen = headers["etag"]
        reason = f"R16-2c 第{self._number}台"
        said = {"attribute": "withheld", "reason": reason}
        status, headers, _ = self._ask(
            "declare", "POST", f"/api/v1/documents/{shared}/declarations", said, If_Match=seen
        )
        if status == 200:
            with self._tally._turn:
                if seen in self._tally.attributes:
                    self._tally.lost.append(f"{seen} was overwritten twice")
                self._tally.attributes[seen] = headers["etag"]

    def gate(self, _shared: str) -> None:
        """Ask the gate of a letter."""
        asked = {**self._letter, "attribute": "proactive", "declared_by": "李拟稿", "signed_by": "王签发"}
        self._ask("gate", "POST", "/api/v1/gate", asked)

    def look(self, shared: str) -> None:
        """Leaf through lists and pages."""
        path = self._chance.choice(
            [f"/api/v1/documents/{shared}", "/api/v1/documents?limit=20", "/api/v1/needs?limit=20", "/readyz"]
        )
        self._ask("look", "GET", path)


def counted(port: int, pattern: str) -> int:
    """Return the sum of the counters of a running service whose line fits."""
    text = asked(port, "/metrics")[2].decode()
    return sum(int(line.rpartition(" ")[2]) for line in text.splitlines() if re.match(pattern, line))
