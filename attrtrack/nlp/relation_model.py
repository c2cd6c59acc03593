"""The model that tells which relations between figures are meant: weights of words and places, and trees; plain JSON."""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attrtrack.errors import ModelUnusableError

NAME = "relations.json"
_FORMAT = 1
_MAX_BYTES = 16 * 1024 * 1024
_AGAIN = "请重新安装，或用 attrtrack train --reports 重新训练。"

Node = tuple[int, float, int, int]
"""A node of a tree: which number it asks for, up to which value it goes left, its two followers; a leaf has -1 and its value."""


@dataclass(frozen=True, slots=True)
class RelationModel:
    """Two steps: words tell how likely a relation is meant, trees how likely one that does not hold is a slip."""

    intercept: float
    words: Mapping[str, float]
    start: float
    trees: tuple[tuple[Node, ...], ...]
    writers: tuple[str, ...]

    def meant(self, features: Iterable[str]) -> float:
        """Return how likely a relation with these features is meant, 0 to 1."""
        weight = self.words.get
        return _probability(self.intercept + sum(weight(feature, 0.0) for feature in features))

    def slipped(self, numbers: Sequence[float]) -> float:
        """Return how likely a relation that does not hold, with these numbers, was meant to, 0 to 1."""
        return _probability(self.start + sum(_leaf(tree, numbers) for tree in self.trees))


def _leaf(tree: Sequence[Node], numbers: Sequence[float]) -> float:
    asked, bound, left, right = tree[0]
    while asked >= 0:
        asked, bound, left, right = tree[left if numbers[asked] <= bound else right]
    return bound


def _probability(score: float) -> float:
    return 1 / (1 + math.exp(-max(min(score, 60.0), -60.0)))


def save_relation_model(model: RelationModel, folder: Path) -> str:
    """Write the model beside its place and rename it; return its digest."""
    body: dict[str, Any] = {
        "format": _FORMAT,
        "writers": model.writers,
        "intercept": model.intercept,
        "start": model.start,
        "trees": model.trees,
        "words": dict(sorted(model.words.items())),
    }
    digest = _digest(body)
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f".{NAME}.writing"
    written.write_text(
        json.dumps({"digest": digest, **body}, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    written.replace(folder / NAME)
    return digest


def load_relation_model(folder: Path) -> RelationModel:
    """Read the model; raises `ModelUnusableError` when it is missing, broken or changed."""
    path = folder / NAME
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ModelUnusableError(f"模型文件 {NAME} 过大：{_AGAIN}")
        body = json.loads(path.read_bytes())
        digest = body.pop("digest")
        if body["format"] != _FORMAT or digest != _digest(body):
            raise ModelUnusableError(f"模型文件 {NAME} 与其摘要或格式不一致，可能被改动：{_AGAIN}")
        trees = tuple(tuple((int(a), float(b), int(c), int(d)) for a, b, c, d in tree) for tree in body["trees"])
        return RelationModel(
            float(body["intercept"]), body["words"], float(body["start"]), trees, tuple(body["writers"])
        )
    except OSError as error:
        raise ModelUnusableError(f"模型文件 {NAME} 无法读取：{_AGAIN}") from error
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise ModelUnusableError(f"模型文件 {NAME} 结构不对：{_AGAIN}") from error


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(
        json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
