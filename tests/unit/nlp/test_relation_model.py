"""The model of related figures on disk: read back as it was, refused with a sentence when anything was changed."""

import json
import random
from pathlib import Path

import pytest

from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.relation_fits import Names, fit_trees, fit_words
from attrtrack.nlp.relation_model import NAME, RelationModel, load_relation_model, save_relation_model

_MODEL = RelationModel(
    -1.5, {"sum/其中": 2.25, "sum": -0.5}, -2.0, (((0, 0.5, 1, 2), (-1, -1.0, 0, 0), (-1, 3.0, 0, 0)),), ("w1",)
)
_COPIES = 300


def test_it_is_read_back(tmp_path: Path) -> None:
    """What was written is read; writing it again changes nothing."""
    digest = save_relation_model(_MODEL, tmp_path)
    written = (tmp_path / NAME).read_bytes()
    assert load_relation_model(tmp_path) == _MODEL
    assert save_relation_model(load_relation_model(tmp_path), tmp_path) == digest
    assert (tmp_path / NAME).read_bytes() == written


def test_two_steps() -> None:
    """Words that are known raise how likely a relation is meant; a tree asks one number and adds what its leaf says."""
    assert _MODEL.meant(["sum", "sum/其中", "unknown"]) == pytest.approx(1 / (1 + 2.718281828**-0.25))
    assert _MODEL.slipped([0.4]) < 0.1
    assert _MODEL.slipped([0.6]) > 0.5


def test_damaged_copies_are_refused(tmp_path: Path) -> None:
    """Bytes turned, cut or added, values changed: each copy is refused with a sentence that says what to do."""
    save_relation_model(_MODEL, tmp_path)
    whole, chance = (tmp_path / NAME).read_bytes(), random.Random(3)  # noqa: S311 - damage, no secrets
    for _ in range(_COPIES):
        data = bytearray(whole)
        place = chance.randrange(len(data))
        match chance.randrange(3):
            case 0:
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                data = data[:place]
            case _:
                data[place:place] = chance.choice((b"0", b"{", b"\xff", b',"a":1'))
        if _same(bytes(data), whole):
            continue
        (tmp_path / NAME).write_bytes(data)
        with pytest.raises(ModelUnusableError, match=r"请重新安装"):
            load_relation_model(tmp_path)


def _same(data: bytes, whole: bytes) -> bool:
    """Whether a damaged copy still says the same (a blank more)."""
    try:
        return bool(json.loads(data) == json.loads(whole))
    except ValueError:
        return False


def test_a_missing_model_is_told(tmp_path: Path) -> None:
    """Nothing is guessed where no model lies."""
    with pytest.raises(ModelUnusableError, match="无法读取"):
        load_relation_model(tmp_path)


def test_fits_are_alike_each_time_and_as_scored() -> None:
    """Words that go with what holds weigh more; trees score as they were fitted; both the same when fitted again."""
    names = Names()
    rows = [names.numbers(["a", "b"] if place % 3 else ["a", "c"]) for place in range(120)]
    holds = [bool(place % 3) for place in range(120)]
    intercept, words = fit_words(rows, holds, names)
    assert (intercept, words) == fit_words(rows, holds, names)
    assert words["b"] > 0 > words["c"]
    numbers = [(float(place % 3), float(place % 7)) for place in range(300)]
    start, trees = fit_trees(numbers, [bool(place % 3) for place in range(300)], [1.0] * 300)
    assert (start, trees) == fit_trees(numbers, [bool(place % 3) for place in range(300)], [1.0] * 300)
    model = RelationModel(intercept, words, start, trees, ())
    assert model.slipped((0.0, 3.0)) < 0.1
    assert model.slipped((2.0, 3.0)) > 0.9
