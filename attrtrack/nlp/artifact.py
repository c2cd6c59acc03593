"""The trained model on disk: manifest.json, features.json and weights.npz; data only, never a pickle."""

import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.classifier import RETRAIN, Head, Model, ModelFacts
from attrtrack.nlp.digest import digest_of
from attrtrack.nlp.features import FORMAT
from attrtrack.rules.tables import Rules

MANIFEST, FEATURES, WEIGHTS = "manifest.json", "features.json", "weights.npz"
_MAX_BYTES = 32 * 1024 * 1024
_FORMAT_VERSION = 1


def save_model(model: Model, folder: Path) -> str:
    """Write the artefact and return its digest; each file is written beside its place and renamed, the manifest last."""
    folder.mkdir(parents=True, exist_ok=True)
    heads = _heads(model)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as temporary:
        place = Path(temporary)
        arrays: dict[str, Any] = {"scales": np.asarray(model.scales, dtype="<f4")}
        for name, head in heads.items():
            arrays[f"{name}-coefficients"] = np.asarray(head.coefficients, dtype="<f4")
            arrays[f"{name}-intercepts"] = np.asarray(head.intercepts, dtype="<f4")
        np.savez_compressed(place / WEIGHTS, **arrays)
        (place / FEATURES).write_text(json.dumps(model.features, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        manifest = {
            "format": FORMAT,
            "format_version": _FORMAT_VERSION,
            "digest": model.digest,
            "features": len(model.features),
            "heads": {name: {"classes": head.classes, "temperature": head.temperature} for name, head in heads.items()},
            **asdict(model.facts),
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=2)
        (place / MANIFEST).write_text(text + "\n", encoding="utf-8")
        for name in (WEIGHTS, FEATURES, MANIFEST):
            (place / name).replace(folder / name)
    return model.digest


def _heads(model: Model) -> dict[str, Head]:
    return {"attribute": model.attribute, **{label.value: head for label, head in model.reasons.items()}}


def load_model(folder: Path, rules: Rules | None = None) -> Model:
    """Load the artefact, and with `rules` check that it was trained with their lexicon and reasons.

    Raises `ModelUnusableError` when a file is missing, broken, of another format, or does not add up to its digest.
    """
    manifest = _json(folder / MANIFEST)
    names = _json(folder / FEATURES)
    if not isinstance(manifest, dict) or not isinstance(names, list):
        raise ModelUnusableError("模型清单 manifest.json 或者 features.json 结构不对：" + RETRAIN)
    if (manifest.get("format"), manifest.get("format_version")) != (FORMAT, _FORMAT_VERSION):
        raise ModelUnusableError("模型格式与本程序不一致：" + RETRAIN)
    try:
        model = _assemble(manifest, tuple(str(name) for name in names), _arrays(folder / WEIGHTS))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelUnusableError("模型文件缺少内容或者结构不对：" + RETRAIN) from error
    if digest_of(model.features, model.scales, model.attribute, model.reasons) != model.digest:
        raise ModelUnusableError("模型文件与清单中的摘要不一致，可能被改动或者没有写完：" + RETRAIN)
    if rules is not None:
        model.check_fits(rules)
    return model


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ModelUnusableError(f"模型文件 {path.name} 过大：" + RETRAIN)
        return path.read_bytes()
    except OSError as error:
        raise ModelUnusableError(f"模型文件 {path.name} 无法读取：" + RETRAIN) from error


def _json(path: Path) -> object:
    try:
        value: object = json.loads(_bytes(path))
    except (ValueError, RecursionError) as error:
        raise ModelUnusableError(f"模型文件 {path.name} 不是有效的 JSON：" + RETRAIN) from error
    return value


def _arrays(path: Path) -> dict[str, NDArray[np.float64]]:
    _bytes(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_BYTES:
                raise ModelUnusableError(f"模型文件 {path.name} 展开后过大：" + RETRAIN)
        with np.load(path, allow_pickle=False) as stored:
            return {name: np.asarray(stored[name], dtype=np.float64) for name in stored.files}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise ModelUnusableError(f"模型文件 {path.name} 已损坏：" + RETRAIN) from error


def _assemble(
    manifest: Mapping[str, Any], features: tuple[str, ...], arrays: Mapping[str, NDArray[np.float64]]
) -> Model:
    heads = {name: _head(name, spec, arrays, len(features)) for name, spec in manifest["heads"].items()}
    if set(heads["attribute"].classes) != {label.value for label in DisclosureAttribute}:
        raise ValueError("attribute classes")
    if arrays["scales"].shape != (len(features),):
        raise ValueError("scales")
    return Model(
        features=features,
        scales=arrays["scales"],
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


def _head(name: str, spec: Mapping[str, Any], arrays: Mapping[str, NDArray[np.float64]], features: int, /) -> Head:
    coefficients, intercepts = arrays[f"{name}-coefficients"], arrays[f"{name}-intercepts"]
    classes, temperature = tuple(str(value) for value in spec["classes"]), float(spec["temperature"])
    if coefficients.shape != (len(classes), features) or intercepts.shape != (len(classes),) or temperature <= 0:
        raise ValueError(name)
    if not (np.isfinite(coefficients).all() and np.isfinite(intercepts).all()):
        raise ValueError(name)
    return Head(classes, coefficients, intercepts, temperature)
