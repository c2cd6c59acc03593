"""Every route answers as the OpenAPI document says, whatever it is asked, and never with a server error."""

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from api_fuzzing import chosen_checks, documented, give_versions
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from web_client import TestClient
from web_register import a_filled_app

from api.app import create_app

EXAMPLES = 6


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Give the API over a filled register of its own, which the requests may change."""
    app = a_filled_app(Path(tmp_path_factory.mktemp("fuzzed")))
    yield TestClient(create_app(app), base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
    app.store.close()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["as-told", "otherwise"])
def test_every_operation_keeps_to_its_document(fuzzed: TestClient, mode: GenerationMode) -> None:
    """Requests as documented are taken or refused as documented; others are refused, none breaks the server."""
    schema, checks, chance = (
        documented(fuzzed, known_ids=mode is GenerationMode.POSITIVE),
        chosen_checks(),
        random.Random(7),  # noqa: S311 - which requests bear a version,
    )
    seen = 0
    for result in schema.get_all_operations():
        strategy = result.ok().as_strategy(generation_mode=mode)
        seen += _tried(fuzzed, strategy, checks, chance=chance)
    assert seen > 100


def _tried(client: TestClient, strategy: st.SearchStrategy[Any], checks: list[Any], *, chance: random.Random) -> int:
    count = 0

    @seed(20231122)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def ask(case: Any) -> None:
        nonlocal count
        give_versions(client, case, chance=chance)
        response = case.call(base_url="http://127.0.0.1:8000")
        case.validate_response(response, checks=checks)
        count += 1

    with suppress(Unsatisfiable):  # an operation that takes nothing cannot be asked otherwise
        ask()
    return count
