"""The two kinds of bodies: what is asked refuses what it does not know, what is answered may grow."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

Row = dict[str, Any]


def _in_chinese(schema: dict[str, Any], shape: type[BaseModel]) -> None:
    """Put the sentence that officials read in the place of the docstring, and leave out titles made from names."""
    schema.pop("title", None)
    schema["description"] = getattr(shape, "said", "")
    for part in schema.get("properties", {}).values():
        part.pop("title", None)


class Asked(BaseModel):
    """A body that a client sends: unknown fields, and values of another kind than written, are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, json_schema_extra=_in_chinese)
    said: ClassVar[str]


class Answered(BaseModel):
    """A body or row that the server sends; later versions may add fields, none is taken away."""

    model_config = ConfigDict(extra="allow", frozen=True, json_schema_extra=_in_chinese)
    said: ClassVar[str]
