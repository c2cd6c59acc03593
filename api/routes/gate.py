"""`POST /api/v1/gate`: what an office-automation system asks before its own sign-off step."""

from typing import Any

from fastapi.responses import Response
from pydantic import ValidationError

from api.described import TAKING, told
from api.idempotency import TheOnce
from api.misput import misput_fields, misput_sentence
from api.permissions import needs, takes
from api.routes.routers import resource
from api.schemas.documents import GivenText
from api.schemas.gate import GateAnswered, GateAsked, GateFacts
from api.uploads import MAX_FORM, MAX_JSON, TheUpload, upload_body
from attrtrack.domain.access import Right
from attrtrack.domain.decisions import Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.reviews import (
    CoIssuerOpinion,
    Course,
    OfficeReview,
    OpinionResult,
    ReviewResult,
    SecrecyResult,
    SecrecyReview,
)
from attrtrack.errors import BadRowError, UsageError
from attrtrack.workflow import act_shapes
from attrtrack.workflow.app import App
from attrtrack.workflow.gating import ask_gate
from attrtrack.workflow.receiving import received_file, received_text

router = resource("把关")
_FACTS = "facts"


@router.post(
    "/gate",
    dependencies=[needs(Right.USE_GATE), takes(MAX_JSON)],
    response_model=GateAnswered,
    **told(
        "签发前询问",
        "办公系统在自己的签发环节之前调用：给出公文文字和认定、审核、保密审查情况，答 passed 和把关意见；"
        "通不过也答 200。公文不进入登记，只保存把关结论备查；带国家秘密标志的答 403，不留内容。",
        *TAKING,
    ),
)
def post_gate(once: TheOnce, asked: GateAsked) -> Response:
    """Judge a letter given as text."""
    fields = asked.model_dump(include=set(GivenText.model_fields))
    return once.answer(lambda app: _answered(app, received_text(app, fields), asked), asked)


@router.post(
    "/gate/upload",
    dependencies=[needs(Right.USE_GATE), takes(MAX_FORM)],
    response_model=GateAnswered,
    openapi_extra=upload_body(facts="认定和审核情况：GateFacts 的 JSON"),
    **told(
        "签发前询问（文件）", "同上，上传文件；认定和审核情况写在字段 facts 中（JSON，结构见 GateFacts）。", *TAKING
    ),
)
def post_gate_file(once: TheOnce, upload: TheUpload) -> Response:
    """Judge an uploaded letter."""
    upload.ensure_fields(_FACTS)
    facts = _facts(upload.fields.get(_FACTS))
    return once.answer(
        lambda app: _answered(app, received_file(app, upload.name, upload.data), facts), upload.name, upload.data, facts
    )


def _facts(text: str | None) -> GateFacts:
    if text is None:
        raise UsageError("缺少字段 facts：请以 JSON 写明认定和审核情况。")
    try:
        return GateFacts.model_validate_json(text)
    except ValidationError as error:
        fields = misput_fields([{**item, "loc": (_FACTS, *item["loc"])} for item in error.errors()])
        raise UsageError(misput_sentence(fields)) from error


def _answered(app: App, document: Document, facts: GateFacts) -> GateAnswered:
    attribute = app.rules.attribute_named(facts.attribute or "")
    if facts.attribute and attribute is None:
        raise BadRowError(f"公开属性“{facts.attribute[:20]}”看不懂：请用 proactive、on_request、withheld 或相应中文。")
    declaration = Declaration(attribute, facts.reason, declared_by=facts.declared_by, because=facts.because)
    return GateAnswered.model_validate(act_shapes.gate_row(ask_gate(app, document, declaration, facts=_course(facts))))


def _course(facts: GateFacts) -> Course:
    review, secrecy = facts.review, facts.secrecy_review
    said: dict[str, Any] = {}
    if review is not None:
        said["reviews"] = (OfficeReview(ReviewResult(review.result), review.comment, review.by),)
    if secrecy is not None:
        said["secrecy"] = SecrecyReview(
            SecrecyResult(secrecy.result),
            secrecy.by,
            note=secrecy.note,
            personal_data_cleared=secrecy.personal_data_cleared,
        )
    opinions = (CoIssuerOpinion(item.unit, OpinionResult(item.result), None, item.by) for item in facts.opinions)
    return Course(
        by=facts.signed_by,
        opinions=tuple(opinions),
        because=facts.because,
        overruling=facts.because,
        needs_interpretation=facts.needs_interpretation,
        interpreted=facts.interpretation_ready,
        **said,
    )
