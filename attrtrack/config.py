"""Settings: one frozen value, built at the porches from the environment and an optional TOML file."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from attrtrack.errors import UsageError

DEFAULT_DATABASE_URL = "sqlite:///attrtrack.db"
_PREFIX = "ATTRTRACK_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an office may set; each name is read from `ATTRTRACK_<NAME>`, then from the file `ATTRTRACK_CONFIG` names."""

    database_url: str = DEFAULT_DATABASE_URL
    rules_dir: Path | None = None
    models_dir: Path | None = None
    training_dir: Path | None = None
    user: str = ""
    unit: str = ""
    hosts: str = ""


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Build the settings; an unknown key in the file or an unreadable file is a `UsageError`."""
    env = os.environ if environment is None else environment
    values: dict[str, str] = {}
    if path := env.get(f"{_PREFIX}CONFIG"):
        values.update(_file_values(Path(path)))
    known = {field.name for field in fields(Settings)}
    values.update({name: env[_PREFIX + name.upper()] for name in known if env.get(_PREFIX + name.upper())})
    if unknown := set(values) - known:
        raise UsageError(
            f"配置文件中有不认识的设置：{'、'.join(sorted(unknown))}。可用的设置：{'、'.join(sorted(known))}。"
        )
    return Settings(
        database_url=values.get("database_url", DEFAULT_DATABASE_URL),
        rules_dir=_path(values.get("rules_dir")),
        models_dir=_path(values.get("models_dir")),
        training_dir=_path(values.get("training_dir")),
        user=values.get("user", ""),
        unit=values.get("unit", ""),
        hosts=values.get("hosts", ""),
    )


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None


def _file_values(path: Path) -> dict[str, str]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"配置文件 {path} 无法读取：{error}。请检查 ATTRTRACK_CONFIG 指向的文件。") from error
    return {key: str(value) for key, value in data.items()}
