"""What is out of sight answers like what is not there, on every route that names a record."""

from pathlib import Path

import pytest
from web_client import TestClient
from web_people import LOGINS, OTHER, OWN, a_peopled_app, signed_in

from attrtrack.domain.access import Role
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.interpretations import Interpretation

ACTS = {
    "documents/{}/need-decisions": {"needed": True, "because": "应当解读"},
    "documents/{}/reviews": {"result": "agree"},
    "documents/{}/secrecy-reviews": {"result": "cleared"},
    "interpretations/{}/judgements": {"act": "none"},
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Give the office of `OWN` over a register in which `OTHER` has a document (D2) and an interpretation (I2) too."""
    app = a_peopled_app(Path(tmp_path_factory.mktemp("sight")))
    with app.store.unit_of_work("test", "cli") as work:
        for unit in (OWN, OTHER):
            document = Document(text="正文", title=f"{unit}的通知")
            work.documents.add(document, content_hash=unit, unit=unit, file_name=None, state=State.DRAFT)
            work.interpretations.add(Interpretation("", f"{unit}解读"), unit=unit, year=2023)
    return signed_in(app, LOGINS[Role.OFFICE])


@pytest.mark.parametrize("place", ["documents", "interpretations", "needs", "worklist?year=&unit="])
def test_lists_show_only_what_is_in_sight(office: TestClient, place: str) -> None:
    """The other unit's title stands nowhere."""
    answer = office.get(f"/api/v1/{place}")
    assert answer.status_code == 200
    assert OWN in answer.text
    assert OTHER not in answer.text


@pytest.mark.parametrize("tag", ['"v0"', '"v1"', '"v999"'])
@pytest.mark.parametrize("act", ACTS)
def test_acts_do_not_tell_whether_a_record_is_there(office: TestClient, act: str, tag: str) -> None:
    """Whatever version is guessed, a record of another unit answers as one that never was; one's own says 412."""
    kind = "I" if act.startswith("interpretations") else "D"
    statuses = [
        office.post(f"/api/v1/{act.format(f'{kind}{number}')}", json=ACTS[act], headers={"If-Match": tag}).status_code
        for number in (1, 2, 99)
    ]
    assert statuses == [412, 404, 404]
