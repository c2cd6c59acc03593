"""Where models and training data lie: setting, then the wheel's bundle, then the checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
REPORTS = "reports"
"""The folder, in both, of what published reports are read by: the same for every office."""


def models_folder(setting: Path | None) -> Path:
    """Return the folder of the trained artefact; it need not exist."""
    return _found("models", setting)


def training_folder(setting: Path | None) -> Path:
    """Return the folder of the labelled data; it need not exist."""
    return _found("training_data", setting)


def _found(name: str, setting: Path | None) -> Path:
    if setting is not None:
        return setting
    bundled = _PACKAGE / "_bundled" / name
    return bundled if bundled.is_dir() else _PACKAGE.parent / name
