"""Which part of the register a page of figures speaks of: a year and unit, and within them a quarter, a genre and a kind of document."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Query

from api.dependencies import TheScope
from attrtrack.workflow.overview import Scope

QuarterText = Annotated[
    str | None, Query(alias="quarter", max_length=1, pattern="^[1-4]?$", description="季度（1—4）；空为全部")
]
KindText = Annotated[
    str | None, Query(alias="policy_kind", max_length=40, description="文件种类（normative、policy）；空为全部")
]
GenreText = Annotated[str | None, Query(alias="genre", max_length=50, description="文种；空为全部")]


def the_slice(
    scope: TheScope, quarter: QuarterText = None, genre: GenreText = None, *, policy_kind: KindText = None
) -> Scope:
    """Return the scope asked for with its quarter, genre and kind of document."""
    return replace(
        scope, quarter=int(quarter) if quarter else None, genre=genre or None, policy_kind=policy_kind or None
    )


TheSlice = Annotated[Scope, Depends(the_slice)]
