"""Measured: fifty clients at a really started service on each database; the gate for one client and for fifty."""

import json
import threading
import time
from pathlib import Path

import pytest
from api_office import LETTER
from measuring import in_full
from web_load import Desk, Tally, asked, counted, served

CLIENTS = 50
SECONDS = in_full(60, in_ci=5)
GATE_LIMIT_MS = 50
GATE_ASKED = in_full(400, in_ci=100)
LETTER_LENGTH = 2000


def _letter() -> dict[str, object]:
    sentence = "各单位要加强农村饮水工程的日常管理，按照职责分工落实巡查、检修和水质检测，及时公布检测结果。"
    text = f"{LETTER['title']}\n各乡镇人民政府：\n" + sentence * (LETTER_LENGTH // len(sentence) + 1)
    return {**LETTER, "text": text[:LETTER_LENGTH]}


def test_the_gate_answers_one_client_in_time(database_url: str, tmp_path: Path) -> None:
    """A letter of 2,000 characters, one request after the other: 95 of 100 within 50 ms, every judgement kept."""
    tally, letter = Tally(), _letter()
    with served(database_url, tmp_path, workers=1) as port:
        desk = Desk(port, 0, tally, letter)
        for _ in range(GATE_ASKED):
            desk.gate("")
        desk.leave()
        kept = json.loads(asked(port, "/api/v1/replays")[2])["judged"]
    print(
        f"\ngate, one client, {len(str(letter['text']))} characters, {GATE_ASKED} asked on {_kind(database_url)}: p50 "
        f"{tally.high('gate', 0.5):.1f} ms, p95 {tally.high('gate'):.1f} ms (limit {GATE_LIMIT_MS})"
    )
    assert tally.errors() == []
    assert kept == GATE_ASKED
    assert tally.high("gate") <= GATE_LIMIT_MS


def test_fifty_clients_lose_nothing(database_url: str, tmp_path: Path) -> None:
    """No error; every acknowledged document is there once; no declaration overwrites one that was not seen."""
    workers = 1 if database_url.startswith("sqlite") else 2
    tally, letter = Tally(), {**LETTER}
    with served(database_url, tmp_path, workers=workers) as port:
        first = json.loads(asked(port, "/api/v1/documents", {**LETTER, "title": "共用的一份"})[2])
        shared = first["document"]["id"]
        desks = [Desk(port, number, tally, letter) for number in range(CLIENTS)]
        until = time.monotonic() + SECONDS
        threads = [threading.Thread(target=desk.work, args=(until, shared)) for desk in desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        there = _all_ids(port)
        chain = _chain(tally.attributes)
        final = asked(port, f"/api/v1/documents/{shared}")[1]["etag"]
        met = counted(port, r'attrtrack_requests_total\{route="/api/v1/gate"')
    _print(tally, database_url, workers)
    assert tally.broken == []
    assert tally.errors() == []
    assert tally.lost == []
    assert len(set(tally.recorded)) == len(tally.recorded)
    assert set(tally.recorded) <= there
    assert len(there) == len(tally.recorded) + 1
    assert chain == len(tally.attributes)
    assert not tally.attributes or final == _end(tally.attributes)
    assert met == sum(count for (act, _), count in tally.statuses.items() if act == "gate")


def _all_ids(port: int) -> set[str]:
    found, cursor = set[str](), ""
    while True:
        page = json.loads(asked(port, f"/api/v1/documents?limit=500{cursor}")[2])
        found |= {row["id"] for row in page["documents"]}
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


def _chain(reached: dict[str, str]) -> int:
    """Return how many acknowledged declarations follow on one another from the first that was seen: all, or one was lost."""
    place = next(iter(set(reached) - set(reached.values())), None)
    count = 0
    while place in reached:
        place, count = reached[place], count + 1
    return count


def _end(reached: dict[str, str]) -> str:
    return next(iter(set(reached.values()) - set(reached)))


def _kind(database_url: str) -> str:
    return database_url.partition("+")[0].partition(":")[0]


def _print(tally: Tally, database_url: str, workers: int) -> None:
    asked = sum(tally.statuses.values())
    print(
        f"\n{CLIENTS} clients, {SECONDS} s, {_kind(database_url)}, {workers} process(es): {asked} answers, "
        f"{asked / SECONDS:.0f} a second; acknowledged: {len(tally.recorded)} documents, "
        f"{len(tally.attributes)} declarations; errors {len(tally.errors()) + len(tally.broken)}, lost {len(tally.lost)}"
    )
    for act in sorted(tally.seconds):
        statuses = {status: count for (name, status), count in sorted(tally.statuses.items()) if name == act}
        print(f"  {act}: {statuses}, p50 {tally.high(act, 0.5):.0f} ms, p95 {tally.high(act):.0f} ms")


@pytest.fixture(autouse=True)
def _quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ATTRTRACK_DATABASE_URL", "ATTRTRACK_USER", "ATTRTRACK_HOSTS"):
        monkeypatch.delenv(name, raising=False)
