"""An assembled program over an empty register in a temporary folder."""

from pathlib import Path

import pytest
from register_places import register_at

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.workflow.app import App


@pytest.fixture
def app(tmp_path: Path) -> App:
    """The program as an office runs it, on SQLite."""
    return assemble(Settings(), database_url=register_at(tmp_path / "register.db"), actor="李拟稿", unit="云栖市住建局")
