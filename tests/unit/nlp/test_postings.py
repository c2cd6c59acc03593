"""Flat arrays that find rows by key and by pairs of signs."""

import pytest

from attrtrack.nlp import postings
from attrtrack.nlp.postings import Asked, KeyRows, Packed, Postings

NAMES = ("云栖市临时救助办法", "溪口区供水条例", "", "云栖市供水管理条例", "溪口区临时救助办法")
BLOCKS = (1, 2, 0, 1, 2)


def shared(
    text: str, *, block: int | None = None, common: float = 9, enough: int = 99, most: int = 24
) -> dict[int, float]:
    """Return the rows found with the weight they share."""
    ((rows, weights),) = Postings(NAMES, BLOCKS).shared([Asked(text, most, block)], common=common, enough=enough)
    return dict(zip(rows.tolist(), weights.tolist(), strict=True))


def test_rows_of_a_key_come_in_their_order() -> None:
    """Several rows may share a key, a row may have several; an unknown key has none."""
    rows = KeyRows([("甲", "乙"), (), ("乙",), (("丙", 3),)])
    assert rows.of("乙").tolist() == [0, 2]
    assert rows.of(("丙", 3)).tolist() == [3]
    assert rows.of("丁").tolist() == []
    assert KeyRows([]).of("甲").tolist() == []
    assert rows.size == 4 * 12


def test_packed_strings_come_back() -> None:
    """Strings of any length, the empty one too, are found by their place."""
    packed = Packed.of(NAMES)
    assert packed.at(range(len(NAMES))) == list(NAMES)
    assert packed.at((2, 0)) == [NAMES[2], NAMES[0]]


def test_rows_that_share_rare_pairs_weigh_more() -> None:
    """All that hold a pair are found, by the numbers they were given under, and the better match weighs more."""
    found = shared("云栖市临时救助")
    assert found.keys() == {0, 3, 4}
    assert found[0] > found[4]
    assert found[0] > found[3]
    assert shared("无关之词") == shared("") == shared("字") == {}


def test_a_search_can_be_kept_inside_a_block() -> None:
    """Inside a block its rows alone are found; pairs too common for a search among all are read there."""
    assert shared("临时救助办法", block=2).keys() == {4}
    assert shared("临时救助办法", common=1) == {}
    assert shared("临时救助办法", common=1, block=1).keys() == {0}


def test_a_search_ends_when_enough_was_read() -> None:
    """The rarest pairs are read first, so that little reading finds what is all but equal."""
    assert shared("溪口区供水条例", most=1).keys() == {1}
    assert shared("云栖市临时救助", enough=1).keys() < shared("云栖市临时救助").keys()


def test_nothing_is_found_among_nothing() -> None:
    """An index over no names answers."""
    ((rows, weights),) = Postings((), ()).shared([Asked("云栖市", 9)], common=9, enough=9)
    assert len(rows) == len(weights) == 0
    assert list(Postings(NAMES, BLOCKS).shared([], common=9, enough=9)) == []


@pytest.mark.parametrize("room", [1, 6, 1 << 20])
def test_texts_searched_for_together_find_what_each_finds_alone(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts with and without a block, long and empty, whether all fit into one pass or each needs its own."""
    monkeypatch.setattr(postings, "_ROOM", room)
    texts = ("云栖市临时救助", "溪口区供水条例", "", "无关之词", "供水管理条例")
    asked = [Asked(text, most, block) for text in texts for most in (1, 24) for block in (None, 0, 1, 2)]
    index = Postings(NAMES, BLOCKS)
    for enough in (1, 3, 99):
        together = index.shared(asked, common=2, enough=enough)
        alone = [next(index.shared([one], common=2, enough=enough)) for one in asked]
        for (rows, weights), (own_rows, own_weights) in zip(together, alone, strict=True):
            assert rows.tolist() == own_rows.tolist()
            assert weights.tolist() == own_weights.tolist()
