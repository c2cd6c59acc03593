"""The journal over the API: read, exported, checked against a checkpoint that was kept."""

import json
from itertools import pairwise

import pytest
from api_office import LETTER
from web_client import TestClient


@pytest.fixture
def desk(drafter: TestClient) -> TestClient:
    """Give the API of a register with one letter."""
    drafter.post("/api/v1/documents", json=LETTER)
    return drafter


def test_entries_tell_who_did_what_from_where(desk: TestClient) -> None:
    """Of one record, in order, with the address."""
    entries = desk.get("/api/v1/journal", params={"subject": "D1"}).json()["entries"]
    assert entries[0]["action"] == "record"
    assert {entry["actor"] for entry in entries} == {"李拟稿"}
    assert {entry["origin"] for entry in entries} == {"web 127.0.0.1"}
    assert [entry["sequence"] for entry in entries] == sorted(entry["sequence"] for entry in entries)


def test_the_journal_is_leafed_through_and_exported_alike(desk: TestClient) -> None:
    """The parts make the same whole as the export, each entry bound to the one before."""
    seen, cursor = [], None
    while cursor is not None or not seen:
        part = desk.get("/api/v1/journal", params={"limit": 7, **({"cursor": cursor} if cursor else {})}).json()
        seen += part["entries"]
        cursor = part["next"]
    lines = [json.loads(line) for line in desk.get("/api/v1/journal/export").text.splitlines()]
    assert lines == seen
    assert all(one["hash"] == two["previous_hash"] for one, two in pairwise(lines))


def test_a_kept_checkpoint_is_met_and_a_changed_one_is_not(desk: TestClient) -> None:
    """What was taken is proved later; another hash is told, with 200, since proving it has worked."""
    taken = desk.get("/api/v1/journal/checkpoint").json()
    desk.post("/api/v1/documents", json={**LETTER, "text": LETTER["text"] + "又一件"})
    proved = desk.post("/api/v1/journal/verifications", json={"checkpoint": taken})
    assert (proved.status_code, proved.json()["ok"], proved.json()["doubts"]) == (200, True, 0)
    other = {**taken, "hash": "0" * 64}
    found = desk.post("/api/v1/journal/verifications", json={"checkpoint": other}).json()
    assert found["ok"] is False
    assert found["checkpoint_fault"]
    assert desk.post("/api/v1/journal/verifications", json={}).json()["ok"] is True
