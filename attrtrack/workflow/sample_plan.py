"""What happens to each document of the sample: read from the data file that lies beside it."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

FOLDER = "sample_year"


@dataclass(frozen=True, slots=True)
class Plan:
    """One invented document: what is declared, who reviews it for secrecy, who signs, where it is published.

    `refused` says that the gate must refuse it; `plants` is the finding that was planted on purpose.
    """

    file: str
    declared_by: str
    attribute: str | None = None
    reason: str | None = None
    secrecy_by: str | None = None
    signed_by: str | None = None
    refused: bool = False
    url: str | None = None
    published: dt.date | None = None
    plants: str | None = None


def load_plans() -> tuple[Plan, ...]:
    """Return the plan of every invented document, in the order they are worked on."""
    return tuple(Plan(**row) for row in _declarations()["document"])


def load_judgements() -> tuple[tuple[str, str, str], ...]:
    """Return the links a person judges: title of the interpretation, title of the document, the person."""
    return tuple((row["interpretation"], row["document"], row["judged_by"]) for row in _declarations()["judgement"])


def _declarations() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(resources.files(__package__).joinpath(FOLDER, "declarations.toml").read_text(encoding="utf-8"))
