"""Health, readiness and metrics: what a machine that watches the service is told, and who is told nothing."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from register_places import register_at
from web_client import TestClient
from web_register import an_app

from api.app import create_app
from api.metering import Meter, lines_of
from attrtrack.errors import ModelUnusableError
from attrtrack.workflow import readiness


@pytest.fixture
def watched(tmp_path: Path) -> TestClient:
    """Give the service over an empty register."""
    return TestClient(create_app(an_app(tmp_path)), base_url="http://127.0.0.1:8000")


def test_a_living_and_ready_service_says_so(watched: TestClient, tmp_path: Path) -> None:
    """Alive without looking at anything, ready with every part named; a server's disk is not called well unseen."""
    assert watched.get("/healthz").text == "ok\n"
    ready = watched.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    disk = {"disk"} if register_at(tmp_path / "web.db").startswith("sqlite") else set()
    assert set(ready.json()["parts"]) == {"database", "guards", "model"} | disk


def test_a_model_that_does_not_fit_makes_it_unready(tmp_path: Path) -> None:
    """503; what is the matter is told to this machine and to no other."""

    def fail() -> None:
        raise ModelUnusableError("模型与程序不符：请重新训练。")

    web = create_app(replace(an_app(tmp_path), make_proposer=fail))  # type: ignore[arg-type]
    here = TestClient(web, base_url="http://127.0.0.1:8000").get("/readyz")
    assert (here.status_code, here.json()["parts"]["model"]) == (503, "模型与程序不符：请重新训练。")
    elsewhere = TestClient(web, base_url="http://127.0.0.1:8000", client=("10.9.8.7", 1)).get("/readyz")
    assert (elsewhere.status_code, elsewhere.json()["parts"]["model"]) == (503, "failed")


@pytest.mark.sqlite("the disk of a server is not seen from here, and nothing is said of it")
def test_a_full_disk_makes_it_unready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More free space than the disk has is asked for, and the part says so."""
    monkeypatch.setattr(readiness, "LEAST_FREE", 1 << 62)
    answer = TestClient(create_app(an_app(tmp_path)), base_url="http://127.0.0.1:8000").get("/readyz")
    assert answer.status_code == 503
    assert "磁盘" in answer.json()["parts"]["disk"]


def test_metrics_count_answers_by_route(watched: TestClient) -> None:
    """By the pattern of the path, never by an id; numbers of the register beside them."""
    for number in range(3):
        watched.get(f"/api/v1/documents/D{number + 1}")
    text = watched.get("/metrics").text
    assert 'attrtrack_requests_total{route="/api/v1/documents/{document_id}",status="4xx"} 3' in text
    assert re.search(r"attrtrack_journal_entries_total [1-9]", text)
    assert "D1" not in text


def test_metrics_are_for_this_machine(watched: TestClient) -> None:
    """Another machine needs an account with the right; without one it is told to sign in."""
    stranger = TestClient(watched.app, base_url="http://127.0.0.1:8000", client=("10.9.8.7", 1))
    assert stranger.get("/metrics", follow_redirects=False).status_code == 401


def test_counters_of_all_processes_are_added_up(tmp_path: Path) -> None:
    """Each process writes a page of its own in the shared folder; one that has ended still counts."""
    meters = [Meter(["/a", "/b"], tmp_path) for _ in range(2)]
    for meter in meters:
        meter.count("/a", 200, 0.003)
    meters[0].count("/a", 503, 20.0)
    meters[1].count("/unknown", 404, 0.2)
    (tmp_path / "half-written").write_bytes(b"x")
    text = "\n".join(lines_of(meters[1].totals()))
    assert 'attrtrack_requests_total{route="/a",status="2xx"} 2' in text
    assert 'attrtrack_requests_total{route="/a",status="5xx"} 1' in text
    assert 'attrtrack_requests_total{route="-",status="4xx"} 1' in text
    assert 'attrtrack_request_seconds_bucket{route="/a",le="0.005"} 2' in text
    assert 'attrtrack_request_seconds_bucket{route="/a",le="10.0"} 2' in text
    assert 'attrtrack_request_seconds_bucket{route="/a",le="+Inf"} 3' in text
    assert 'route="/b"' not in text
