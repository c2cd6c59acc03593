"""A thousand damaged copies of a model: every one is refused with a sentence, none is loaded, crashes or hangs."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from repository import ROOT

from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.artifact import FEATURES, MANIFEST, WEIGHTS, load_model, save_model
from attrtrack.nlp.classifier import Model

_COPIES = 1000
_FILES = (MANIFEST, FEATURES, WEIGHTS)
Files = dict[str, bytes]
Damage = Callable[[Files, random.Random], object]


def _flip(files: Files, chance: random.Random) -> None:
    name = chance.choice(_FILES)
    data = bytearray(files[name])
    for _ in range(chance.choice((1, 1, 3, 50))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    files[name] = bytes(data)


def _cut(files: Files, chance: random.Random) -> None:
    name = chance.choice(_FILES)
    files[name] = files[name][: chance.randrange(len(files[name]))]


def _lengthen(files: Files, chance: random.Random) -> None:
    name = chance.choice(_FILES)
    files[name] += chance.choice((b"\0\0\0\0", b" ", b"{}", files[name]))


def _swap(files: Files, chance: random.Random) -> None:
    one, other = chance.sample(_FILES, 2)
    files[one], files[other] = files[other], files[one]


def _exchange_pieces(files: Files, chance: random.Random) -> None:
    name = chance.choice(_FILES)
    data = files[name]
    middle = chance.randrange(1, len(data))
    files[name] = data[middle:] + data[:middle]


def _edit(value: Callable[[random.Random], object]) -> Damage:
    def edit(files: Files, chance: random.Random) -> None:
        manifest = json.loads(files[MANIFEST])
        place = manifest
        if chance.random() < 0.5:
            place = chance.choice([entry for entry in manifest.values() if isinstance(entry, dict) and entry])
        key = chance.choice(list(place))
        place[key] = value(chance)
        files[MANIFEST] = json.dumps(manifest, ensure_ascii=chance.random() < 0.5, indent=2).encode()

    return edit


def _drop(files: Files, chance: random.Random) -> None:
    manifest = json.loads(files[MANIFEST])
    del manifest[chance.choice(list(manifest))]
    files[MANIFEST] = json.dumps(manifest, ensure_ascii=False, indent=2).encode()


def _nest(files: Files, chance: random.Random) -> None:
    depth = chance.choice((100, 5_000, 200_000))
    files[chance.choice((MANIFEST, FEATURES))] = b'{"heads":' * depth + b"1" if chance.random() < 0.5 else b"[" * depth


def _count(chance: random.Random) -> object:
    return chance.choice((10**18, -1, 2**63, 10**400, 0.5))


def _number(chance: random.Random) -> object:
    return chance.choice((float("nan"), float("inf"), float("-inf"), 1e308, None, True))


def _other(chance: random.Random) -> object:
    return chance.choice(
        ("", "../../etc", [], {}, [[]], "0" * 64, ["proactive"] * 9, {"classes": [], "temperature": 0})
    )


_DAMAGES: tuple[Damage, ...] = (
    _flip, _flip, _cut, _lengthen, _swap, _exchange_pieces, _drop, _nest, _edit(_count), _edit(_number), _edit(_other),
)  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, small_model: Model) -> Path:
    """A folder that holds a model that loads."""
    folder = tmp_path_factory.mktemp("sound")
    save_model(small_model, folder)
    assert load_model(folder).digest == small_model.digest
    return folder


def test_a_thousand_damaged_copies_are_refused(sound: Path, tmp_path: Path) -> None:
    """Bytes flipped, cut or exchanged, fields dropped or changed, counts and nesting beyond reason: refused in Chinese."""
    whole = {name: (sound / name).read_bytes() for name in _FILES}
    for name, data in whole.items():
        (tmp_path / name).write_bytes(data)
    chance = random.Random(20240612)  # noqa: S311 - damage to be repeated, no secret
    for number in range(_COPIES):
        files = dict(whole)
        _DAMAGES[number % len(_DAMAGES)](files, chance)
        changed = {name for name in _FILES if files[name] != whole[name]}
        for name in changed:
            (tmp_path / name).write_bytes(files[name])
        with pytest.raises(ModelUnusableError, match=r"模型.*attrtrack train") if changed else nullcontext():
            load_model(tmp_path)
        for name in changed:
            (tmp_path / name).write_bytes(whole[name])


def test_line_ends_of_another_system_do_no_harm(sound: Path, tmp_path: Path, small_model: Model) -> None:
    """A checkout that writes CRLF leaves the same model."""
    shutil.copytree(sound, tmp_path / "crlf")
    for name in (MANIFEST, FEATURES):
        (tmp_path / "crlf" / name).write_bytes((sound / name).read_bytes().replace(b"\n", b"\r\n"))
    assert load_model(tmp_path / "crlf").digest == small_model.digest


@pytest.mark.parametrize("name", [MANIFEST, WEIGHTS])
def test_suggest_with_a_damaged_model_says_so(sound: Path, tmp_path: Path, name: str) -> None:
    """The command ends with status 3 and a sentence, without a traceback."""
    shutil.copytree(sound, tmp_path / "models")
    data = bytearray((sound / name).read_bytes())
    data[len(data) // 2] ^= 4
    (tmp_path / "models" / name).write_bytes(data)
    letter = tmp_path / "letter.txt"
    letter.write_text("关于水价的复函\n上坪县水务局：\n同意你局意见。", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "attrtrack", "suggest", str(letter)],
        env={**os.environ, "ATTRTRACK_MODELS_DIR": str(tmp_path / "models")},
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 3
    assert "attrtrack train" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
