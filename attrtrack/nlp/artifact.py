"""The trained model on disk: manifest.json, features.json and weights.f4; data only, never a pickle.

weights.f4 is little-endian single precision without a header: the scales of the features, then for each head, in the order
of the manifest, its intercepts and, class by class, the weights of all features. The manifest names the SHA-256 of the
other two files and ends with its own (`seal`), so that no file can change unnoticed.
"""

import hashlib
import json
import math
from array import array
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.classifier import RETRAIN, Head, Model, ModelFacts
from attrtrack.nlp.digest import digest_of, restored, stored
from attrtrack.nlp.features import FORMAT
from attrtrack.rules.tables import Rules

MANIFEST, FEATURES, WEIGHTS = "manifest.json", "features.json", "weights.f4"
_MAX_BYTES = 32 * 1024 * 1024
_FORMAT_VERSION = 3
_NUMBER = 4


def save_model(model: Model, folder: Path) -> str:
    """Write the artefact and return its digest; each file is written beside its place and renamed, the manifest last."""
    import tempfile  # noqa: PLC0415 - only writing needs it

    folder.mkdir(parents=True, exist_ok=True)
    heads = _heads(model)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as temporary:
        place = Path(temporary)
        numbers = (model.scales, *(part for head in heads.values() for part in (head.intercepts, *head.weights)))
        (place / WEIGHTS).write_bytes(b"".join(map(stored, numbers)))
        (place / FEATURES).write_text(json.dumps(model.features, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        manifest = {
            "format": FORMAT,
            "format_version": _FORMAT_VERSION,
            "digest": model.digest,
            "features": len(model.features),
            "heads": {name: {"classes": head.classes, "temperature": head.temperature} for name, head in heads.items()},
            "files": {name: _sum_of((place / name).read_bytes()) for name in (FEATURES, WEIGHTS)},
            **asdict(model.facts),
        }
        (place / MANIFEST).write_bytes(_sealed(manifest))
        for name in (WEIGHTS, FEATURES, MANIFEST):
            (place / name).replace(folder / name)
    return model.digest


def _sealed(manifest: Mapping[str, object]) -> bytes:
    """Return the one way to write a manifest down: its SHA-256 is the last entry."""
    seal = _sum_of(json.dumps(manifest, ensure_ascii=False, indent=2).encode())
    return (json.dumps({**manifest, "seal": seal}, ensure_ascii=False, indent=2) + "\n").encode()


def _sum_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _heads(model: Model) -> dict[str, Head]:
    return {"attribute": model.attribute, **{label.value: head for label, head in model.reasons.items()}}


def load_model(folder: Path, rules: Rules | None = None) -> Model:
    """Load the artefact, and with `rules` check that it was trained with their lexicon and reasons.

    Raises `ModelUnusableError` when a file is missing, broken, of another format, or does not add up to its digest.
    """
    written, listed, numbers = (_bytes(folder / name) for name in (MANIFEST, FEATURES, WEIGHTS))
    manifest = _manifest(written)
    names = _json(FEATURES, listed)
    if not isinstance(names, list):
        raise ModelUnusableError("模型文件 features.json 结构不对：" + RETRAIN)
    try:
        _check_files(manifest, {FEATURES: listed, WEIGHTS: numbers})
        model = _assemble(manifest, tuple(str(name) for name in names), numbers)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelUnusableError("模型文件缺少内容或者结构不对：" + RETRAIN) from error
    if digest_of(model.features, model.scales, model.attribute, model.reasons) != model.digest:
        raise ModelUnusableError("模型文件与清单中的摘要不一致，可能被改动或者没有写完：" + RETRAIN)
    if rules is not None:
        model.check_fits(rules)
    return model


def _manifest(data: bytes) -> Mapping[str, Any]:
    manifest = _json(MANIFEST, data)
    if not isinstance(manifest, dict):
        raise ModelUnusableError("模型清单 manifest.json 结构不对：" + RETRAIN)
    if (manifest.get("format"), manifest.get("format_version")) != (FORMAT, _FORMAT_VERSION):
        raise ModelUnusableError("模型格式与本程序不一致：" + RETRAIN)
    try:
        sealed = _sealed({name: value for name, value in manifest.items() if name != "seal"})
    except (RecursionError, ValueError) as error:
        raise ModelUnusableError("模型清单 manifest.json 结构不对：" + RETRAIN) from error
    if sealed != data:
        raise ModelUnusableError("模型清单 manifest.json 与其摘要不一致，可能被改动或者没有写完：" + RETRAIN)
    return manifest


def _check_files(manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        if manifest["files"][name] != _sum_of(data):
            raise ModelUnusableError(f"模型文件 {name} 与清单中的摘要不一致，可能被改动或者没有写完：" + RETRAIN)


def _bytes(path: Path) -> bytes:
    """Read a file of the artefact; one that a checkout gave other line ends is the same file."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ModelUnusableError(f"模型文件 {path.name} 过大：" + RETRAIN)
        data = path.read_bytes()
    except OSError as error:
        raise ModelUnusableError(f"模型文件 {path.name} 无法读取：" + RETRAIN) from error
    return data if path.name == WEIGHTS else data.replace(b"\r\n", b"\n")


def _json(name: str, data: bytes) -> object:
    try:
        value: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ModelUnusableError(f"模型文件 {name} 不是有效的 JSON：" + RETRAIN) from error
    return value


class _Numbers:
    """The numbers of the weights file, taken one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, count: int) -> "array[float]":
        start, self._at = self._at, self._at + count * _NUMBER
        numbers = restored(self._data[start : self._at])
        if len(numbers) != count:
            raise ValueError("weights")
        return numbers

    def end(self) -> None:
        if self._at != len(self._data):
            raise ValueError("weights")


def _assemble(manifest: Mapping[str, Any], features: tuple[str, ...], weights: bytes) -> Model:
    numbers = _Numbers(weights)
    scales = numbers.take(len(features))
    heads = {name: _head(spec, numbers, len(features)) for name, spec in manifest["heads"].items()}
    numbers.end()
    if set(heads["attribute"].classes) != {label.value for label in DisclosureAttribute}:
        raise ValueError("attribute classes")
    return Model(
        features=features,
        scales=scales,
        attribute=heads["attribute"],
        reasons={label: heads[label.value] for label in DisclosureAttribute},
        facts=ModelFacts(
            lexicon_hash=str(manifest["lexicon_hash"]),
            data_digest=str(manifest["data_digest"]),
            rows=int(manifest["rows"]),
            writers=tuple(manifest["writers"]),
            genres=tuple(manifest["genres"]),
            sklearn_version=str(manifest["sklearn_version"]),
            figures={str(key): float(value) for key, value in manifest["figures"].items()},
        ),
        digest=str(manifest["digest"]),
    )


def _head(spec: Mapping[str, Any], numbers: _Numbers, features: int) -> Head:
    classes, temperature = tuple(str(value) for value in spec["classes"]), float(spec["temperature"])
    if not classes or not 0 < temperature < math.inf:
        raise ValueError("head")
    intercepts = numbers.take(len(classes))
    return Head(classes, tuple(numbers.take(features) for _ in classes), intercepts, temperature)
