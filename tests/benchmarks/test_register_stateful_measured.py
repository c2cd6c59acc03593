"""Ten thousand random sequences per database: how often each rule ran, what was refused, and what raw SQL from outside met.

The limit beside each figure is 0: signed documents without attribute or needed reason, changes without an entry of the
journal, older decisions altered, decisions that one person made alone or that lack their secrecy review. Where an owner
switches guards off, the start-up or `journal verify` must tell of it; how often which did is printed.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from measuring import in_full
from postgresql_servers import PostgreSqlServer
from register_kinds import Files, Kind, Server
from register_machine import Machine, Tally

SEQUENCES = in_full(10_000, in_ci=30)
FIRST = 1_000_000


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kind]:
    """Give registers of each kind of database."""
    if request.param == "sqlite":
        yield Files(tmp_path)
        return
    server: PostgreSqlServer = request.getfixturevalue("postgresql_server")
    yield Server(server.create, server.drop)


def test_thousands_of_sequences(kind: Kind, tmp_path: Path) -> None:
    """Every sequence ends with every law unbroken."""
    tally, began = Tally(), time.monotonic()
    with Machine(kind, tmp_path, tally) as machine:
        for seed in range(FIRST, FIRST + SEQUENCES):
            machine.run(seed)
    print(
        f"\n{type(kind).__name__}: {SEQUENCES} sequences in {time.monotonic() - began:.0f} s, 0 laws broken (limit 0)"
    )
    print(tally.told())
    assert machine.sequences == SEQUENCES
    assert tally.signed > SEQUENCES // 10
