"""Where the data of the repository lie for tests that read them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TRAINING_DATA = ROOT / "training_data"
MODELS = ROOT / "models"
