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
    password_length: int = 12
    session_idle_minutes: int = 30
    session_hours: int = 12
    proxies: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_secret_file: str = ""
    journal_hash: str = ""
    keep_originals: bool = True
    export_at_once: int = 5_000


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
        **_numbers(values),
        proxies=values.get("proxies", ""),
        oidc_issuer=values.get("oidc_issuer", ""),
        oidc_client_id=values.get("oidc_client_id", ""),
        oidc_secret_file=values.get("oidc_secret_file", ""),
        journal_hash=values.get("journal_hash", "").lower(),
        keep_originals=_switch(values, "keep_originals"),
    )


_LIMITS = {
    "password_length": (8, 64),
    "session_idle_minutes": (1, 480),
    "session_hours": (1, 24),
    "export_at_once": (0, 1_000_000),
}


def _numbers(values: Mapping[str, str]) -> dict[str, int]:
    """Read the settings that are whole numbers; one out of its limits is a `UsageError`."""
    found: dict[str, int] = {}
    for name, (least, most) in _LIMITS.items():
        if (value := values.get(name)) is None:
            continue
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise UsageError(f"设置 {name} 应为 {least} 到 {most} 的整数：请修改 ATTRTRACK_{name.upper()} 或配置文件。")
        found[name] = int(value)
    return found


_SWITCHES = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}


def _switch(values: Mapping[str, str], name: str) -> bool:
    """Read a setting that is on or off, on where it is not stated; any other word is a `UsageError`."""
    value = values.get(name, "on").lower()
    if value not in _SWITCHES:
        raise UsageError(f"设置 {name} 应为 on 或 off：请修改 ATTRTRACK_{name.upper()} 或配置文件。")
    return _SWITCHES[value]


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None


def _file_values(path: Path) -> dict[str, str]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"配置文件 {path} 无法读取：{error}。请检查 ATTRTRACK_CONFIG 指向的文件。") from error
    return {key: str(value) for key, value in data.items()}
