"""After an import: what lists, figures and searches rest on is made again, so that the first page does not wait for it."""

import time

from attrtrack.cli.output import say
from attrtrack.workflow.app import App
from attrtrack.workflow.indexing import index_settled
from attrtrack.workflow.standing import settled

_UNTOLD_SECONDS = 1.0
_EVERY_SECONDS = 10.0


def settle(app: App) -> None:
    """Bring lists, figures and the search index up to date; say so on stderr where it takes longer than a moment."""
    for doing, made in (("统计", settled(app)), ("编入检索", index_settled(app))):
        said = time.monotonic() - _EVERY_SECONDS + _UNTOLD_SECONDS
        for progress in made:
            if time.monotonic() - said >= _EVERY_SECONDS:
                said = time.monotonic()
                say(f"正在{doing}…（{progress.done} 份）")
