"""Random sequences of acts by every door, two at once and raw SQL from outside, on both databases: no law of the register breaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from postgresql_servers import PostgreSqlServer
from register_kinds import Files, Kind, Server
from register_machine import Machine, Tally
from register_places import KINDS

SEQUENCES = 300


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kind]:
    """Give registers of each kind of database."""
    if request.param == "sqlite":
        yield Files(tmp_path)
        return
    server: PostgreSqlServer = request.getfixturevalue("postgresql_server")
    yield Server(server.create, server.drop)


def test_the_register_cannot_be_talked_round(kind: Kind, tmp_path: Path) -> None:
    """No signed document without attribute or needed reason, no change without its entry, whatever is tried in whatever order."""
    tally = Tally()
    with Machine(kind, tmp_path, tally) as machine:
        for seed in range(SEQUENCES):
            machine.run(seed)
    assert machine.sequences == SEQUENCES
    assert {"sign", "publish", "retract", "correct", "two at once", "bulk import", "re-open", "sign:api"} <= set(
        tally.rules
    )
    assert tally.signed > SEQUENCES // 10
    assert sum(count for (_, met), count in tally.raw.items() if met.startswith("refused")) > SEQUENCES // 4
