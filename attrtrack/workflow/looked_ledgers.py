"""The ledger that somebody looked at before its import: kept a day, for that person alone, the last one only.

It lies among the kept answers: they are each person's own, end after a day, and go when a classified document is removed.
"""

import base64
import hashlib
import json
import zlib

from attrtrack.domain.access import Right
from attrtrack.domain.jobs import Upload
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted

_KEY = "ledger looked at"
_KEPT = 200


def keep_looked_at(app: App, name: str, ledger: bytes) -> str:
    """Keep a ledger in which nothing is classified in place of the one before, and return the mark by which it is taken up."""
    permitted(app, Right.IMPORT)
    mark = hashlib.sha256(f"{name}\n".encode() + ledger).hexdigest()
    content = base64.b64encode(zlib.compress(ledger)).decode()
    with app.unit_of_work() as work:
        work.answers.forget(app.actor, _KEY)
        work.answers.claim(app.actor, _KEY, digest=mark)
        work.answers.keep(app.actor, _KEY, status=_KEPT, answer=json.dumps([name, content]), etag=None)
    return mark


def looked_at_before(app: App, mark: str) -> Upload:
    """Return the ledger of a mark; `UsageError` where the person acting has looked at none such within a day, or at another since."""
    permitted(app, Right.IMPORT)
    with app.reading() as work:
        kept = work.answers.find(app.actor, _KEY)
    if kept is None or kept.digest != mark or kept.answer is None:
        raise UsageError("看过的这份台账已经不在（只保存一天，再看别的台账就换掉）：请重新选择文件。")
    name, content = json.loads(kept.answer)
    return Upload(name, zlib.decompress(base64.b64decode(content)))
