"""The model on disk: what is saved is loaded; what does not fit is refused with what to run."""

import json
import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from repository import ROOT

from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.artifact import FEATURES, MANIFEST, WEIGHTS, load_model, save_model
from attrtrack.nlp.classifier import Model
from attrtrack.rules import Rules


@pytest.fixture
def saved(tmp_path: Path, small_model: Model) -> Path:
    """A folder that holds the small model."""
    save_model(small_model, tmp_path / "models")
    return tmp_path / "models"


def test_saved_model_is_loaded_unchanged(saved: Path, small_model: Model, rules: Rules) -> None:
    """Digest, facts, features and weights come back; nothing is left behind by the writing."""
    loaded = load_model(saved, rules)
    assert (loaded.digest, loaded.features, loaded.facts) == (
        small_model.digest,
        small_model.features,
        small_model.facts,
    )
    assert loaded.attribute.weights == small_model.attribute.weights
    assert loaded.attribute.intercepts == small_model.attribute.intercepts
    assert sorted(path.name for path in saved.iterdir()) == sorted((MANIFEST, FEATURES, WEIGHTS))


def _cut_weights(folder: Path) -> None:
    data = (folder / WEIGHTS).read_bytes()
    (folder / WEIGHTS).write_bytes(data[: len(data) // 2])


def _edit_manifest(key: str, value: object) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest[key] = value
        (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")

    return edit


def _drop_a_feature(folder: Path) -> None:
    names = json.loads((folder / FEATURES).read_text(encoding="utf-8"))
    (folder / FEATURES).write_text(json.dumps(names[1:]), encoding="utf-8")


def _rename_a_feature(folder: Path) -> None:
    names = json.loads((folder / FEATURES).read_text(encoding="utf-8"))
    (folder / FEATURES).write_text(json.dumps(["word:别的", *names[1:]]), encoding="utf-8")


def _pickle_in_weights(folder: Path) -> None:
    (folder / WEIGHTS).write_bytes(pickle.dumps({"scales": [1.0]}))


def _longer_weights(folder: Path) -> None:
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes() + b"\0\0\0\0")


def _change_a_weight(folder: Path) -> None:
    data = bytearray((folder / WEIGHTS).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / WEIGHTS).write_bytes(data)


@pytest.mark.parametrize(
    "damage",
    [
        _cut_weights,
        _edit_manifest("format", "another"),
        _edit_manifest("format_version", 99),
        _edit_manifest("digest", "0" * 64),
        _edit_manifest("heads", {}),
        _edit_manifest("figures", None),
        _drop_a_feature,
        _rename_a_feature,
        _pickle_in_weights,
        _longer_weights,
        _change_a_weight,
        lambda folder: (folder / WEIGHTS).unlink(),
        lambda folder: (folder / MANIFEST).write_text("[]", encoding="utf-8"),
        lambda folder: (folder / MANIFEST).write_text("{", encoding="utf-8"),
    ],
)
def test_damaged_model_is_refused(saved: Path, damage: Callable[[Path], object]) -> None:
    """Every damage ends in one error that says to train anew."""
    damage(saved)
    with pytest.raises(ModelUnusableError, match="attrtrack train"):
        load_model(saved)


def test_model_of_another_lexicon_is_refused(saved: Path, rules: Rules) -> None:
    """A changed lexicon makes the features others than those learnt."""
    changed = replace(rules, hashes={**rules.hashes, "lexicon": "0" * 12})
    with pytest.raises(ModelUnusableError, match=r"lexicon\.toml"):
        load_model(saved, changed)


def test_model_with_unknown_reasons_is_refused(saved: Path, rules: Rules) -> None:
    """A reason that an office has struck from the table cannot be proposed by an old model."""
    changed = replace(rules, reasons=tuple(row for row in rules.reasons if row.code != "U27-1"))
    with pytest.raises(ModelUnusableError, match="U27-1"):
        load_model(saved, changed)


def test_shipped_model_fits_the_shipped_rules(rules: Rules) -> None:
    """The artefact of the repository loads with the rules of the repository and is small."""
    model = load_model(ROOT / "models", rules)
    assert len(model.facts.writers) >= 5
    assert sum(path.stat().st_size for path in (ROOT / "models").iterdir()) < 3_000_000


def test_failed_write_leaves_the_old_model(saved: Path, small_model: Model, tmp_path: Path) -> None:
    """Saving over a model replaces it file by file, so the folder always holds a whole or a refused model."""
    shutil.copytree(saved, tmp_path / "copy")
    save_model(small_model, tmp_path / "copy")
    assert load_model(tmp_path / "copy").digest == small_model.digest
