"""`Idempotency-Key`: a request that is sent twice is done once, and the second time gets the first answer."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.responses import Response
from pydantic import BaseModel

from api.dependencies import TheApp
from api.preconditions import etag
from attrtrack.errors import AttrtrackError
from attrtrack.workflow.answering import AnsweredBefore, Claim, answered, keep, release
from attrtrack.workflow.app import App
from attrtrack.workflow.conditions import Condition
from attrtrack.workflow.expecting import Expectation

REPLAYED = "Idempotency-Replayed"
_JSON = "application/json"
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=100,
        pattern="^[A-Za-z0-9_.:-]+$",
        description="客户端自定的唯一号；24 小时内带同一号重发，不重复办理，答复与第一次相同",
        examples=["oa-20230518-000123"],
    ),
]
Act = Callable[[App], BaseModel]


@dataclass(frozen=True, slots=True)
class Once:
    """The request at hand: its key if it has one, and where it was sent."""

    app: App
    key: str | None
    place: str

    def answer(
        self, act: Act, *said: BaseModel | bytes | str, seen: Expectation | None = None, status: int = HTTPStatus.OK
    ) -> Response:
        """Do the act on the acting program and answer it; `said` is what the request asks, told apart by its digest.

        `seen` is the version that the act rests on; the answer bears the version that it has reached.
        """
        claim = self._claim(said)
        conditions: list[Condition] = [item for item in (claim, seen) if item is not None]
        try:
            kept = None if claim is None else answered(self.app, claim)
            if kept is None:
                body = act(self.app.under(*conditions)).model_dump_json(by_alias=True)
        except AnsweredBefore as before:
            kept = before.kept
        except AttrtrackError:
            if claim is not None:
                release(self.app, claim)
            raise
        if kept is not None:
            return _answer(kept.answer or "", kept.status or HTTPStatus.OK, tag=kept.etag, replayed=True)
        tag = etag(seen.reached) if seen is not None and seen.reached is not None else None
        if claim is not None:
            keep(self.app, claim, status, body, etag=tag)
        return _answer(body, status, tag=tag)

    def _claim(self, said: tuple[BaseModel | bytes | str, ...]) -> Claim | None:
        if self.key is None:
            return None
        digest = hashlib.sha256(self.place.encode())
        for part in said:
            data = part.model_dump_json().encode() if isinstance(part, BaseModel) else part
            data = data.encode(errors="surrogatepass") if isinstance(data, str) else data
            digest.update(len(data).to_bytes(8))
            digest.update(data)
        return Claim(self.app.actor, self.key, digest.hexdigest())


def _answer(body: str, status: int, *, tag: str | None, replayed: bool = False) -> Response:
    headers = {"ETag": tag} if tag else {}
    if replayed:
        headers[REPLAYED] = "true"
    return Response(body, status, headers, _JSON)


def the_once(request: Request, app: TheApp, key: Key = None) -> Once:
    """Return the means to answer this request once."""
    return Once(app, key, f"{request.method} {request.url.path}")


TheOnce = Annotated[Once, Depends(the_once)]
