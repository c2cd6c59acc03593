"""What must be true of rows that were loaded while no trigger spoke: the gate's laws, asked as questions.

CHECKs and foreign keys spoke during the load. A reason is asked for only where every setting that ever stood in the
register asked for one: an office may have changed its switch since, and an honest backup must never be refused.
"""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.errors import BrokenSourceError
from attrtrack.storage.tables import BLANKS, decisions, documents, gate_switches, removals

_DECIDED = ("signed", "published")


def check_laws(connection: Connection) -> None:
    """Raise `BrokenSourceError` naming a document that the gate would never have let in as it stands."""
    for law, query in _questions(connection):
        found = connection.execute(query.limit(1)).scalar()
        if found is not None:
            raise BrokenSourceError(f"来源中的 D{found} {law}，不是本系统写得出的登记：没有写入任何内容，请查明来源。")


def _questions(connection: Connection) -> Iterator[tuple[str, "sa.Select[tuple[int]]"]]:
    live = sa.select(decisions.c.id).where(
        decisions.c.document_id == documents.c.id, decisions.c.superseded_at.is_(None)
    )
    yield (
        "已签发或已公开而没有有效的审定",
        sa.select(documents.c.id).where(documents.c.state.in_(_DECIDED), ~live.exists()),
    )
    blank = sa.func.ltrim(sa.func.coalesce(decisions.c.reason, ""), BLANKS) == ""
    yield (
        "的审定缺少必需的理由",
        sa.select(decisions.c.document_id).where(blank, decisions.c.attribute.in_(_always_reasoned(connection))),
    )
    yield (
        "已作为涉密文件移除，内容却还在",
        sa.select(documents.c.id).where(documents.c.id.in_(sa.select(removals.c.document_id))),
    )


def _always_reasoned(connection: Connection) -> frozenset[str]:
    """Return the attributes for which a reason was required under every setting that ever stood."""
    query = sa.select(gate_switches.c.value).where(gate_switches.c.code == "reason_required_for")
    stood = [frozenset(json.loads(value)) for value in connection.execute(query).scalars()]
    default = frozenset({DisclosureAttribute.ON_REQUEST.value, DisclosureAttribute.WITHHELD.value})
    return frozenset.intersection(*stood) if stood else default
