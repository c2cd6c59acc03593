"""Documents with the decision in force: what an office measures its proposals on."""

import datetime as dt

from signed_off import decide
from unit.storage.conftest import Clock
from unit.storage.samples import a_decision, a_document, a_full_document, add_document

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration, State
from attrtrack.storage import Store


def test_only_the_decision_in_force_counts(store: Store, clock: Clock) -> None:
    """A declaration or a ledger's word is no decision; of two decisions the later holds; unit and year choose."""
    with store.unit_of_work("起草人") as work:
        one, two = add_document(work), add_document(work, a_document(title=None), unit="乙县")
        add_document(work, a_full_document(), state=State.ISSUED_ELSEWHERE)
        said = add_document(work)
        work.declarations.add(said, Declaration(DisclosureAttribute.WITHHELD, "internal"))
        decide(work, one, a_decision())
        decide(work, two, a_decision(DisclosureAttribute.ON_REQUEST, "只涉及一户。"))
    clock.now += dt.timedelta(days=1)
    with store.unit_of_work("签发人") as work:
        decide(work, one, a_decision(DisclosureAttribute.WITHHELD, "R16-1a", decided_at=clock.now))
    with store.reading() as work:
        found = list(work.queries.decided_documents())
        assert [(item.id, item.decision.attribute) for item in found] == [
            (one, DisclosureAttribute.WITHHELD),
            (two, DisclosureAttribute.ON_REQUEST),
        ]
        assert found[0].document == work.documents.get(one).document
        assert [item.id for item in work.queries.decided_documents(unit="乙县")] == [two]
        assert list(work.queries.decided_documents(year=1999)) == []
