"""`GET /rules/model`: what the model is made of and how often it was right, for whoever reads its proposals."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.dependencies import TheApp
from api.pages.desk import TheDesk
from api.pages.rendering import show
from api.pages.rules import MODEL, rule_places
from api.pages.rules_views import ModelPage, SectionView
from api.pages.wording import without_commands
from api.permissions import GuardedRoute, signed_in
from attrtrack.workflow.model_card import ModelCard, ModelState, model_state

router = APIRouter(route_class=GuardedRoute)
_ACCURACY, _LOSS = "unseen_writer_accuracy", "unseen_writer_log_loss"
_DIGITS = 12


@router.get(MODEL, dependencies=[signed_in()])
def get_model_page(app: TheApp, desk: TheDesk) -> HTMLResponse:
    """Show the model that the program speaks with."""
    found = model_state(app)
    model = found.model
    page = ModelPage(
        title="模型",
        desk=desk,
        places=rule_places(MODEL),
        state=_state(found),
        trouble=without_commands(found.trouble) if found.trouble else None,
        facts=_facts(model, has_previous=found.has_previous) if model else (),
        figures=_figures(model) if model else (),
        reasons=tuple((attribute.chinese, count) for attribute, count in model.reasons.items()) if model else (),
        card=tuple(SectionView(section.heading, section.lines) for section in found.card),
    )
    return show(page)


def _state(found: ModelState) -> str:
    if found.trouble is not None:
        return "模型用不了：现在只凭标注、规则和本机关先例提建议。"
    if found.model is None:
        return "没有模型：现在只凭标注、规则和本机关先例提建议。"
    return "用本机关的来文重新训练过的模型。" if found.model.of_office else "随软件来的模型。"


def _facts(model: ModelCard, *, has_previous: bool) -> tuple[tuple[str, str], ...]:
    return (
        ("模型版本", model.version),
        ("训练来文", f"{model.rows:,} 件，撰写人 {model.writers} 名{'，其中有本机关' if model.of_office else ''}"),
        ("训练文种", "、".join(model.genres)),
        ("特征", f"{model.features:,} 个"),
        ("训练工具", model.trained_with),
        ("数据摘要", model.data_digest[:_DIGITS]),
        ("词表版本", model.lexicon_hash),
        ("以前的模型", "留着，系统管理员可以换回" if has_previous else "没有"),
    )


def _figures(model: ModelCard) -> tuple[tuple[str, str], ...]:
    """Print the figures that a model brings; one without words is shown by its name."""
    told = {
        _ACCURACY: ("没有见过的撰写人的来文，判断正确", "{:.1%}"),
        _LOSS: ("把握与结果的偏差（对数损失，越小越好）", "{:.3f}"),
    }
    return tuple(
        (told[name][0], told[name][1].format(value)) if name in told else (name, f"{value:g}")
        for name, value in model.figures.items()
    )
