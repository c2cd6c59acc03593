"""What the tests start ends with them, also when they are killed."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
PROGRAM = """
import sys, time
sys.path.insert(0, sys.argv[1])
from postgresql_servers import a_server
with a_server() as server:
    print(server.admin_url.query["host"], flush=True)
    time.sleep(60)
"""


@pytest.mark.postgresql
def test_a_server_ends_with_the_process_that_started_it() -> None:
    """A run of tests that is killed leaves neither a server nor its folder."""
    own = {name: value for name, value in os.environ.items() if name != "ATTRTRACK_TEST_DATABASE_URL"}
    command = [sys.executable, "-c", PROGRAM, str(TESTS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=own) as run:
        assert run.stdout is not None
        told = run.stdout.readline().strip()
        if not told:
            pytest.skip("no PostgreSQL server could be started")
        folder = Path(told)
        server = int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        run.kill()
    for _ in range(400):
        if not folder.exists() and not Path(f"/proc/{server}").exists():
            return
        time.sleep(0.05)
    pytest.fail("the server outlived the tests")
