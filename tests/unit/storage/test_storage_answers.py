"""Answers kept for idempotency keys: each actor's own, for a day, claimed with the act or not at all."""

import datetime as dt

import pytest

from attrtrack.storage import Store
from attrtrack.storage.answers import KEPT_FOR

KEY, DIGEST = "oa-2023-000001", "a" * 64


def _claimed(store: Store, actor: str = "李拟稿") -> None:
    with store.unit_of_work(actor) as work:
        work.answers.claim(actor, KEY, digest=DIGEST)


def test_an_answer_comes_back_as_it_was_kept(store: Store) -> None:
    """Status, body and tag; another actor's key of the same name knows nothing of it."""
    _claimed(store)
    with store.unit_of_work("李拟稿") as work:
        work.answers.keep("李拟稿", KEY, status=201, answer='{"标题":"通知"}', etag='"v7"')
    with store.reading() as work:
        kept = work.answers.find("李拟稿", KEY)
        assert kept is not None
        assert (kept.digest, kept.status, kept.answer, kept.etag) == (DIGEST, 201, '{"标题":"通知"}', '"v7"')
        assert work.answers.find("王签发", KEY) is None


def test_a_claim_goes_with_its_transaction(store: Store) -> None:
    """An act that is rolled back leaves no claim; one that was refused after its commit gives it back."""
    with pytest.raises(RuntimeError), store.unit_of_work("李拟稿") as work:  # noqa: PT012 - the act breaks off inside
        work.answers.claim("李拟稿", KEY, digest=DIGEST)
        raise RuntimeError
    with store.reading() as work:
        assert work.answers.find("李拟稿", KEY) is None
    _claimed(store)
    with store.unit_of_work("李拟稿") as work:
        work.answers.release("李拟稿", KEY)
        assert work.answers.find("李拟稿", KEY) is None


def test_an_answer_is_forgotten_after_a_day(store: Store, clock: object) -> None:
    """It is not found any more, the key may be used again, and the row goes with the next claim."""
    _claimed(store)
    clock.now += KEPT_FOR + dt.timedelta(seconds=1)  # type: ignore[attr-defined]
    with store.reading() as work:
        assert work.answers.find("李拟稿", KEY) is None
    _claimed(store)
    with store.reading() as work:
        assert work.answers.find("李拟稿", KEY) is not None
