"""The chain is compared some hundred entries at a time: where it breaks does not depend on where a part ends."""

import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise

import pytest

from attrtrack.storage.hashing import SHA256, SM3, hasher
from attrtrack.storage.journal_chain import _COMPARED, GENESIS, Chain, Link

LENGTH = 2 * _COMPARED + 3
EDGES = (1, 2, _COMPARED - 1, _COMPARED, _COMPARED + 1, 2 * _COMPARED, 2 * _COMPARED + 1, LENGTH)


def chained(changes: dict[int, str] | None = None) -> list[Link]:
    """Chain entries; from those of `changes` on by the digest named there."""
    links, last, digest = [], GENESIS, hasher(SHA256)
    for sequence in range(1, LENGTH + 1):
        change = json.dumps({"to": changes[sequence]}) if changes and sequence in changes else None
        if change is not None and changes is not None:
            digest = hasher(changes[sequence])
        told = json.dumps([sequence, last]).encode()
        links.append(Link(sequence, last, own := digest(told).hexdigest(), change, told, "", "", "", ""))
        last = own
    return links


def followed(links: list[Link]) -> tuple[list[int], int | None]:
    """Return the sequences that followed and where the chain broke; the chain's end is that of the last that followed."""
    chain = Chain()
    found = [link.sequence for link in chain.following(iter(links))]
    assert (chain.sequence, chain.hash) == ((found[-1], links[found[-1] - 1].hash) if found else (0, GENESIS))
    return found, chain.broken_at


def broken(links: list[Link], at: int) -> Iterator[list[Link]]:
    """Yield the entries, wrong in every way at one of them."""
    for wrong in (
        {"sequence": at + 1},
        {"previous_hash": "f" * 64},
        {"hash": hashlib.sha256(b"another").hexdigest()},
        {"told": b"another"},
    ):
        yield [*links[: at - 1], links[at - 1]._replace(**wrong), *links[at:]]
    yield [*links[: at - 1], *links[at:], links[-1]._replace(sequence=LENGTH + 1)]


@pytest.mark.parametrize("at", EDGES)
def test_a_break_is_found_where_it_is(at: int) -> None:
    """Before, at and after the end of a part, whatever is wrong, also an entry that is missing."""
    for links in broken(chained(), at):
        assert followed(links) == (list(range(1, at)), at)


@pytest.mark.parametrize("at", EDGES)
def test_a_digest_changes_where_it_is_said(at: int) -> None:
    """The entry that says so is the first chained by it; breaks after it are found by the digest then in use."""
    links = chained({at: SM3})
    assert followed(links) == (list(range(1, LENGTH + 1)), None)
    for wrong in broken(links, LENGTH):
        assert followed(wrong) == (list(range(1, LENGTH)), LENGTH)
    silent = [link._replace(change=None) for link in links]
    assert followed(silent) == (list(range(1, at)), at)


def test_digests_may_change_within_one_part_and_back() -> None:
    """Several changes in one part; every digest that was ever used is known."""
    chain, links = Chain(), chained({3: SM3, 5: SHA256, 6: SM3, _COMPARED + 2: SHA256})
    assert [link.sequence for link in chain.following(iter(links))] == list(range(1, LENGTH + 1))
    assert (chain.algorithm, chain.used, chain.broken_at) == (SHA256, {SHA256, SM3}, None)
    assert all(after.previous_hash == before.hash for before, after in pairwise(links))
