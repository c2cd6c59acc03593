"""Searching titles, numbers and texts."""

from typing import Annotated

from fastapi import Query

from api.cursors import CursorText, Listing, PageSize
from api.dependencies import TheApp
from api.described import told
from api.permissions import needs
from api.routes.documents import UnitName, YearNumber
from api.routes.routers import resource
from api.schemas.searching import SearchAnswer
from api.schemas.shape import Row
from attrtrack.domain.access import Right
from attrtrack.domain.searching import Found
from attrtrack.workflow.search_shapes import hit_row
from attrtrack.workflow.searching import LONGEST_QUESTION, Narrowed, search

router = resource("检索")
_Question = Annotated[
    str,
    Query(alias="q", min_length=1, max_length=LONGEST_QUESTION, description="检索词；几个词以空格分开，都要有", examples=["饮水 标准"]),
]  # fmt: skip
_Kind = Annotated[Found | None, Query(description="document 公文，interpretation 解读；不写为都查")]


@router.get(
    "/search",
    dependencies=[needs(Right.READ)],
    response_model=SearchAnswer,
    **told("检索", "在可见范围内按标题、文号、单位和正文检索公文和解读；逐字相符，不分宽窄、繁简、括号和大小写。"),
)
def get_search(
    app: TheApp,
    question: _Question,
    year: YearNumber = None,
    unit: UnitName = None,
    kind: _Kind = None,
    limit: PageSize = 20,
    cursor: CursorText = None,
) -> Row:
    """Return what holds every word, newest first."""
    listing = Listing("search", {"q": question, "unit": unit, "year": year, "kind": kind})
    after = listing.after(cursor)
    found = search(app, question, Narrowed(unit, year, kind), before=after[0] if after else None, limit=limit)
    return {
        "hits": [hit_row(hit) for hit in found.hits],
        "words": found.words,
        "index": found.index.value,
        "next": None if found.after is None else listing.cursor(found.after),
    }
