"""What an act has done is told on the page that follows it: a sentence and a way back, carried by the browser once.

The sentence is sealed with the session, so that nobody else can put words into our pages.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.pages.contexts import ToldView
from api.sessions import caller, session_token

COOKIE = "attrtrack-told"
_LONGEST = 2000
_SECONDS = 120


def done(
    request: Request, path: str, sentence: str, *, undo: str | None = None, undo_words: str = "撤销"
) -> RedirectResponse:
    """Lead to the page that follows an act and have it say what was done; `undo` is the address that takes it back (GET shows a form)."""
    answer = RedirectResponse(path, HTTPStatus.SEE_OTHER)
    told = json.dumps([sentence[:300], undo, undo_words], ensure_ascii=False).encode()
    value = f"{_sealed(request, told)}.{urlsafe_b64encode(told).decode()}"
    answer.set_cookie(
        COOKIE, value, max_age=_SECONDS, path="/", secure=caller(request).secure, httponly=True, samesite="strict"
    )
    return answer


def heard(request: Request) -> ToldView | None:
    """Return what the last act has done, None where nothing was told or not by us."""
    seal, _, packed = request.cookies.get(COOKIE, "")[:_LONGEST].partition(".")
    try:
        told = urlsafe_b64decode(packed.encode())
        sentence, undo, words = json.loads(told)
    except ValueError:
        return None
    if not hmac.compare_digest(seal.encode(), _sealed(request, told).encode()):
        return None
    return ToldView(str(sentence), str(undo) if undo else None, str(words))


def forget(answer: Response) -> None:
    """Take the sentence from the browser: it has been shown."""
    answer.delete_cookie(COOKIE, path="/")


def _sealed(request: Request, told: bytes) -> str:
    key = (session_token(request) or "").encode()
    return hmac.digest(key, b"told " + told, hashlib.sha256).hex()
