"""What was put wrongly in a request, field by field, in Chinese."""

from collections.abc import Mapping, Sequence
from typing import Any

_WORDS = {
    "missing": "必须填写。",
    "extra_forbidden": "没有这个字段：请检查拼写。",
    "json_invalid": "不是有效的 JSON：请检查引号、逗号和编码（UTF-8）。",
    "string_type": "应为文字。",
    "string_too_long": "太长：最多 {max_length} 字。",
    "string_too_short": "太短：至少 {min_length} 字。",
    "string_pattern_mismatch": "写法不对：应符合 {pattern}。",
    "string_unicode": "含有残缺的字符编码：请以 UTF-8 发送。",
    "int_type": "应为整数。",
    "int_parsing": "应为整数。",
    "int_parsing_size": "数字太大。",
    "bool_type": "应为 true 或 false。",
    "bool_parsing": "应为 true 或 false。",
    "greater_than_equal": "不得小于 {ge}。",
    "less_than_equal": "不得大于 {le}。",
    "enum": "只能是 {expected}。",
    "literal_error": "只能是 {expected}。",
    "list_type": "应为列表。",
    "too_long": "最多 {max_length} 项。",
    "model_attributes_type": "应为一个 JSON 对象。",
    "model_type": "应为一个 JSON 对象。",
    "dict_type": "应为一个 JSON 对象。",
    "date_from_datetime_parsing": "日期看不懂：请写成 2023-05-18。",
    "date_parsing": "日期看不懂：请写成 2023-05-18。",
}
_OTHERWISE = "写法不对：请对照接口说明检查。"
_MOST = 20

Field = dict[str, str]


def misput_fields(errors: Sequence[Mapping[str, Any]]) -> list[Field]:
    """Return place and remedy of each wrong field; what was sent is not repeated."""
    return [_field(error) for error in errors[:_MOST]]


def misput_sentence(fields: Sequence[Field]) -> str:
    """Return one sentence that names the fields."""
    names = "、".join(sorted({field["field"] for field in fields}))
    return f"{names} 的写法不对：请按 fields 中的说明改正后重试。"


def _field(error: Mapping[str, Any]) -> Field:
    place = ".".join(str(part)[:60] for part in error["loc"])
    told = _WORDS.get(error["type"], _OTHERWISE)
    context = {name: str(value).replace(" or ", " 或 ") for name, value in error.get("ctx", {}).items()}
    try:
        return {"field": place, "message": told.format_map(context)}
    except KeyError:
        return {"field": place, "message": _OTHERWISE}
