"""Training anew from the register: compared first, replaced only when told, put back on request."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from decided_letters import PRICE, QUERY
from register_places import register_at
from repository import TRAINING_DATA
from signed_off import DRAFTER, acting, sign_as_others

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.errors import EmptySourceError, EnvironmentFailedError, ModelUnusableError
from attrtrack.nlp.artifact import load_model
from attrtrack.proposing import Proposer
from attrtrack.rules import Rules
from attrtrack.workflow import learning, registering, retraining
from attrtrack.workflow.app import App
from attrtrack.workflow.retraining import Change, Retrained

_P, _U, _W = DisclosureAttribute


def _untold(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few training letters of three writers, so that training takes a moment."""
    folder = tmp_path_factory.mktemp("letters")
    for file in sorted((TRAINING_DATA / "letters").glob("*.jsonl"))[:3]:
        (folder / file.name).write_text(
            "\n".join(file.read_text(encoding="utf-8").splitlines()[:30]) + "\n", encoding="utf-8"
        )
    return folder


@pytest.fixture
def app(tmp_path: Path, small: Path) -> App:
    """The program with an empty models folder of its own."""
    (tmp_path / "models").mkdir()
    settings = Settings(models_dir=tmp_path / "models", training_dir=small)
    return assemble(settings, database_url=register_at(tmp_path / "r.db"), actor="王主任", unit=None)


@pytest.fixture
def decided(app: App, tmp_path: Path) -> Callable[..., str]:
    """Give a function that records a letter, decides it and returns its id."""

    def decide(text: str, number: int, attribute: str, reason: str | None) -> str:
        file = tmp_path / f"{number}.txt"
        file.write_text(text.format(number=number, town="东山"), encoding="utf-8")
        identifier = registering.record_file(app, str(file)).record.id
        registering.declare(acting(app, DRAFTER), identifier, attribute, reason)
        sign_as_others(app, identifier)
        return identifier

    return decide


def test_the_model_is_compared_replaced_and_put_back(
    app: App, decided: Callable[..., str], tmp_path: Path, rules: Rules
) -> None:
    """Nothing is written before `install`; afterwards the previous model can be put back, and that undone."""
    folder = tmp_path / "models"
    decided(QUERY, 1, "on_request", "U27-1")
    first = retraining.retrain(app, None, progress=_untold)
    assert list(folder.iterdir()) == []
    assert (first.learnt, first.current) == (1, None)
    assert "office" in first.model.facts.writers
    assert set(first.gained) | set(first.lost) <= set(first.changes)
    assert retraining.install(app, first, folder) == load_model(folder, rules).digest
    assert not (folder / retraining.PREVIOUS).exists()

    again = assemble(
        Settings(models_dir=folder, training_dir=app.training_folder),
        database_url=register_at(tmp_path / "r.db"),
        actor="王主任",
        unit=None,
    )
    learning.correct(again, "D1", "withheld", reason="R16-1b")
    second = retraining.retrain(again, None, progress=_untold)
    assert second.current == first.model.version != second.model.version
    retraining.install(again, second, folder)
    assert load_model(folder / retraining.PREVIOUS).digest == first.model.digest
    assert retraining.restore(again, folder) == first.model.digest
    assert retraining.restore(again, folder) == second.model.digest
    with again.reading() as work:
        actions = [entry.action for entry in work.journal.entries("-")]
        assert actions.count("replace-model") == 2
        assert actions.count("restore-model") == 2


def test_only_what_teaches_is_learnt(app: App, decided: Callable[..., str]) -> None:
    """A decision against the law takes no part; a register without precedents has nothing to teach."""
    with pytest.raises(EmptySourceError, match="没有可用于训练的先例"):
        retraining.retrain(app, None, progress=_untold)
    decided(PRICE, 1, "withheld", "R16-1b")
    with pytest.raises(EmptySourceError):
        retraining.retrain(app, None, progress=_untold)


def test_what_cannot_be_learnt_is_told(app: App, decided: Callable[..., str]) -> None:
    """A ledger's row without text is left out by name; a year may be chosen."""
    decided(QUERY, 1, "on_request", "U27-1")
    bare = Document(text="", title="云栖市水务局关于石料场旧址查证问题的复函")
    identifier = registering.record_document(app, bare, content_hash="0", file_name=None).record.id
    learning.correct(app, identifier, "on_request", reason="U27-1")
    found = retraining.retrain(app, None, progress=_untold)
    assert found.left_out == ((identifier, "没有正文"),)
    with pytest.raises(EmptySourceError):
        retraining.retrain(app, None, year=1999, progress=_untold)


def test_a_decision_without_reason_is_given_the_likeliest(app: App, decided: Callable[..., str]) -> None:
    """A proactive decision needs no reason; the model needs one, which the proposal for that attribute names."""
    decided(PRICE, 1, "proactive", None)
    found = retraining.retrain(app, None, progress=_untold)
    assert (found.learnt, found.left_out) == (1, ())


def test_rules_that_came_later_are_asked_again(
    app: App, decided: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What teaches, but would be a conflict today, is not learnt until a person has said so."""
    decided(QUERY, 1, "on_request", "U27-1")
    with monkeypatch.context() as earlier:
        earlier.setattr("attrtrack.proposing.teaching.publication_hits", lambda *_: ())
        against = decided(PRICE, 2, "withheld", "R16-1b")
    found = retraining.retrain(app, None, progress=_untold)
    assert [(name, "冲突" in why) for name, why in found.left_out] == [(against, True)]
    learning.resolve(app, against, teach=True, note=None)
    assert retraining.retrain(app, None, progress=_untold).left_out == ()


def test_a_model_replaced_meanwhile_is_not_overwritten(app: App, decided: Callable[..., str], tmp_path: Path) -> None:
    """What was compared with another model than the present one is not installed; a broken one can be put back from."""
    folder = tmp_path / "models"
    decided(QUERY, 1, "on_request", "U27-1")
    first = retraining.retrain(app, None, progress=_untold)
    retraining.install(app, first, folder)
    one, two = (_again(app, folder) for _ in range(2))
    learning.correct(one, "D1", "withheld", reason="R16-1b")
    second = retraining.retrain(one, None, progress=_untold)
    assert two.proposer.model is not None
    retraining.install(one, second, folder)
    with pytest.raises(ModelUnusableError, match="被别人替换"):
        retraining.install(two, second, folder)
    (folder / "weights.f4").write_bytes(b"broken")
    assert retraining.restore(_again(app, folder), folder) == first.model.digest


def _again(app: App, folder: Path) -> App:
    return replace(app, make_proposer=lambda: Proposer(app.rules, load_model(folder, app.rules)))


def test_an_installed_package_is_never_written(app: App, tmp_path: Path) -> None:
    """The place is refused before anything is trained, and the setting that helps is named."""
    inside = Path(retraining.__file__).parent / "models"
    with pytest.raises(EnvironmentFailedError, match="ATTRTRACK_MODELS_DIR"):
        retraining.check_place(inside)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentFailedError, match="没有训练"):
        retraining.check_place(tmp_path / "file" / "models")
    with pytest.raises(EnvironmentFailedError, match="没有保存以前的模型"):
        retraining.restore(app, tmp_path / "models")


def test_gained_and_lost_are_told_apart() -> None:
    """A change is a gain, a loss, or neither."""
    changes = (
        Change("a", "", (_P,), _W, _P, of_office=True),
        Change("b", "", (_P,), _P, _W, of_office=False),
        Change("c", "", (_P,), _U, _W, of_office=False),
    )
    found = Retrained(None, None, 1, (), 3, changes)  # type: ignore[arg-type]
    assert [change.id for change in found.gained] == ["a"]
    assert [change.id for change in found.lost] == ["b"]
