"""The wheel and the bundle, built once; the program installed from the bundle on a machine without network, once."""

import importlib.util
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from clean_runs import OLDER_TITLE, Installed, no_network, offline_environment, sh

from attrtrack.storage.engine import WRITING, make_engine
from attrtrack.storage.revisions import _config

ROOT = Path(__file__).resolve().parents[2]
OLDER = "0002"
_DOCUMENT = """INSERT INTO documents (id, state, content_hash, format, title, issuers, text, marks, personal_data, elements,
findings, attribute_asked, recorded_at, recorded_by)
VALUES (1, 'draft', 'h', 'txt', :title, '[]', 'x', '[]', '[]', '[]', '[]', true, '2024-03-01T04:00:00.000000+00:00', '甲')"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the checkout."""
    out = tmp_path_factory.mktemp("wheel")
    sh(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ".", cwd=ROOT)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="session")
def bundle(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle around that wheel."""
    spec = importlib.util.spec_from_file_location("bundle", ROOT / ".ci" / "bundle.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    made: Path = maker.bundle(wheel, tmp_path_factory.mktemp("bundle"), [maker.HERE])
    return made


@pytest.fixture(scope="session")
def unpacked(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle unpacked, as the instructions say."""
    place = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(bundle) as archive:
        archive.extractall(place, filter="data")
    return next(place.iterdir())


@pytest.fixture(scope="session")
def installed(unpacked: Path) -> Iterator[Installed]:
    """Installed without network by the bundle's own script, beside a register of an older program; others may read it."""
    place = Path(tempfile.mkdtemp(prefix="attrtrack-installed-"))
    place.chmod(0o755)
    database = place / "登记.db"
    engine = make_engine(f"sqlite:///{database}")
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        command.upgrade(_config(connection), OLDER)
        connection.execute(sa.text(_DOCUMENT), {"title": OLDER_TITLE})
    engine.dispose()
    env = offline_environment(PYTHON=sys.executable, ATTRTRACK_DATABASE_URL=f"sqlite:///{database}")
    said = sh(*no_network(), "sh", unpacked / "install.sh", place / "attrtrack", cwd=place, env=env)
    yield Installed(place / "attrtrack", database, said)
    shutil.rmtree(place)
