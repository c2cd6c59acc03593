"""Settings: environment before file, nothing read at import, mistakes told."""

from pathlib import Path

import pytest

from attrtrack.config import DEFAULT_DATABASE_URL, load_settings
from attrtrack.errors import UsageError
from attrtrack.resources import models_folder, training_folder


def test_defaults_need_no_environment() -> None:
    """An empty environment gives a register in the current folder and the program's own tables."""
    settings = load_settings({})
    assert settings.database_url == DEFAULT_DATABASE_URL
    assert settings.rules_dir is None


def test_environment_goes_before_the_file(tmp_path: Path) -> None:
    """A file sets what the environment does not."""
    file = tmp_path / "attrtrack.toml"
    file.write_text('unit = "云栖市水务局"\nuser = "王主任"\n', encoding="utf-8")
    settings = load_settings({"ATTRTRACK_CONFIG": str(file), "ATTRTRACK_USER": "李拟稿"})
    assert (settings.user, settings.unit) == ("李拟稿", "云栖市水务局")


@pytest.mark.parametrize("content", ["not toml", "colour = 'red'"])
def test_mistakes_in_the_file_are_told(tmp_path: Path, content: str) -> None:
    """A broken file and an unknown setting are wrong use, with the file or the known names in the sentence."""
    file = tmp_path / "attrtrack.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError):
        load_settings({"ATTRTRACK_CONFIG": str(file)})


def test_missing_file_is_told(tmp_path: Path) -> None:
    """A setting that names no file is wrong use."""
    with pytest.raises(UsageError, match="ATTRTRACK_CONFIG"):
        load_settings({"ATTRTRACK_CONFIG": str(tmp_path / "none.toml")})


def test_folders_are_found_beside_the_program_unless_set(tmp_path: Path) -> None:
    """A setting goes first; else what the wheel or the checkout holds."""
    assert models_folder(tmp_path) == tmp_path
    assert (models_folder(None) / "manifest.json").is_file()
    assert (training_folder(None) / "README.md").is_file()


def test_the_size_of_a_list_made_at_once_is_a_whole_number() -> None:
    """None at all may be made at once; what is no number, or too large, is refused with its name."""
    assert load_settings({"ATTRTRACK_EXPORT_AT_ONCE": "0"}).export_at_once == 0
    for wrong in ("-1", "1e3", "1000001"):
        with pytest.raises(UsageError, match="export_at_once"):
            load_settings({"ATTRTRACK_EXPORT_AT_ONCE": wrong})
