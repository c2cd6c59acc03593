"""What the model is, for whoever reads its proposals: from what it was made, what it knows, how often it was right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import ModelUnusableError
from attrtrack.workflow.app import App
from attrtrack.workflow.retraining import PREVIOUS

CARD = "CARD.zh.md"
_MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class CardSection:
    """A section of the card that the makers of a model wrote: its heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """A loaded model: its digests, what it was trained on, its figures, how many reasons it knows of each attribute."""

    version: str
    digest: str
    data_digest: str
    lexicon_hash: str
    rows: int
    writers: int
    genres: tuple[str, ...]
    features: int
    trained_with: str
    figures: Mapping[str, float]
    reasons: Mapping[DisclosureAttribute, int]
    of_office: bool


@dataclass(frozen=True, slots=True)
class ModelState:
    """The model in use (None: there is none, or `trouble` says why it cannot be used); `card` is its makers' own account.

    `card` is empty where none lies beside the model or it speaks of another.
    """

    model: ModelCard | None
    trouble: str | None
    has_previous: bool
    card: tuple[CardSection, ...]


def model_state(app: App) -> ModelState:
    """Look at the model that the program speaks with."""
    trouble, model = None, None
    try:
        model = _card(app)
    except ModelUnusableError as error:
        trouble = error.message
    return ModelState(
        model, trouble, (app.models_folder / PREVIOUS).is_dir(), tuple(_makers_card(app, model)) if model else ()
    )


def _card(app: App) -> ModelCard | None:
    model = app.proposer.model
    if model is None:
        return None
    facts = model.facts
    return ModelCard(
        version=model.version,
        digest=model.digest,
        data_digest=facts.data_digest,
        lexicon_hash=facts.lexicon_hash,
        rows=facts.rows,
        writers=len(facts.writers),
        genres=facts.genres,
        features=len(model.features),
        trained_with=f"scikit-learn {facts.sklearn_version}",
        figures=facts.figures,
        reasons={attribute: len(head.classes) for attribute, head in model.reasons.items()},
        of_office="office" in facts.writers,
    )


def _makers_card(app: App, model: ModelCard) -> Iterator[CardSection]:
    """Read what lies beside the model, if its first line names this very model and not one that it has replaced."""
    try:
        with (app.models_folder / CARD).open("rb") as file:
            text = file.read(_MOST_BYTES).decode("utf-8", errors="replace")
    except OSError:
        return
    first, *sections = text.split("\n# ")
    if first.strip() != f"<!-- model {model.version} -->":
        return
    for section in sections:
        heading, *lines = section.splitlines()
        yield CardSection(heading.strip(), tuple(line.removeprefix("- ") for line in lines if line.strip()))
