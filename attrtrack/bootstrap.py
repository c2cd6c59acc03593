"""Composition root: settings become an App; nothing is opened until a use case needs it."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from attrtrack.config import Settings, load_settings
from attrtrack.domain.access import Access
from attrtrack.domain.sign_in_rules import SignInRules
from attrtrack.resources import REPORTS, models_folder, training_folder
from attrtrack.rules import Rules, load_rules
from attrtrack.workflow.app import App

if TYPE_CHECKING:
    from attrtrack.proposing import Proposer
    from attrtrack.storage import Store


def build_app(database_url: str | None = None, actor: str | None = None, *, unit: str | None = None) -> App:
    """Assemble the program from the settings; arguments given at the porch go before them."""
    settings = load_settings()
    return assemble(
        settings,
        database_url=database_url or settings.database_url,
        actor=actor or settings.user or _login_name(),
        unit=unit or settings.unit or None,
    )


def register_address(database_url: str | None = None) -> str:
    """Return the address of the register: the one given at the porch, else that of the settings."""
    return database_url or load_settings().database_url


def upgrade_register(database_url: str | None = None) -> str:
    """Bring the register to the structure this program needs; return its revision. An app would refuse an older one."""
    from attrtrack.storage import upgrade_database  # noqa: PLC0415 - SQLAlchemy is loaded when first needed

    return upgrade_database(database_url or load_settings().database_url)


def assemble(settings: Settings, *, database_url: str, actor: str, unit: str | None) -> App:
    """Assemble the program from explicit values."""
    rules = load_rules(settings.rules_dir)
    models = models_folder(settings.models_dir)
    return App(
        rules=rules,
        clock=_now,
        actor=actor,
        unit=unit,
        models_folder=models,
        training_folder=training_folder(settings.training_dir),
        reports_folder=models_folder(None) / REPORTS,
        make_proposer=lambda: _proposer(rules, models),
        make_store=lambda: _store(rules, database_url, settings.journal_hash or None),
        find_access=_access_at_the_console,
        keep_originals=settings.keep_originals,
        export_at_once=settings.export_at_once,
        sign_in_rules=SignInRules(
            password_length=settings.password_length,
            idle=dt.timedelta(minutes=settings.session_idle_minutes),
            absolute=dt.timedelta(hours=settings.session_hours),
        ),
    )


def _access_at_the_console(app: App) -> Access:
    """Whoever can open the database is asked for no password, but must name an account once there are any."""
    from attrtrack.workflow.signing_in import access_of_login  # noqa: PLC0415 - argon2 is loaded when first needed

    return access_of_login(app, app.actor)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _login_name() -> str:
    import getpass  # noqa: PLC0415 - asked only where no setting names the user

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _proposer(rules: Rules, models: Path) -> "Proposer":
    from attrtrack.nlp.artifact import MANIFEST, load_model  # noqa: PLC0415 - loaded when first needed
    from attrtrack.proposing import Proposer  # noqa: PLC0415 - the same

    return Proposer(rules, load_model(models, rules) if (models / MANIFEST).is_file() else None)


def _store(rules: Rules, database_url: str, journal_hash: str | None) -> "Store":
    from attrtrack.storage import open_store  # noqa: PLC0415 - SQLAlchemy is loaded when first needed

    switches = {row.code: row.values for row in rules.gate}
    return open_store(database_url, clock=_now, switches=switches, journal_hash=journal_hash)
