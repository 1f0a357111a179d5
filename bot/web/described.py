"""How a route is described to programs: what it takes, what it answers, and which errors of the one table it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from bot.web.api_models import ErrorAnswer
from bot.web.errors import STATUS

ALWAYS = ("internal",)


def described(
    answer: type[BaseModel], *errors: str, takes: type[BaseModel] | None = None, needs_key: bool = False
) -> dict[str, Any]:
    """The arguments of a route's decorator. The handler checks and writes everything itself, in the desk's own words."""
    codes = [*errors, *ALWAYS]
    told: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        status = STATUS[code]
        known = told.get(status, {}).get("description", "")
        told[status] = {"model": ErrorAnswer, "description": f"{known}, {code}" if known else f"error code {code}"}
    extra: dict[str, Any] = {}
    if takes:
        extra["requestBody"] = {"required": True, "content": {"application/json": {"schema": _schema(takes)}}}
    if needs_key:
        extra["security"] = [{"key": []}]
    return {"response_model": answer, "responses": told, "openapi_extra": extra}


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    """The model's schema, those it refers to written out in it."""
    schema = model.schema()
    definitions = schema.pop("definitions", {})
    written_out: dict[str, Any] = _written_out(schema, definitions)
    return written_out


def _written_out(part: Any, definitions: Mapping[str, Any]) -> Any:
    if isinstance(part, list):
        return [_written_out(one, definitions) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _written_out(definitions[part["$ref"].rpartition("/")[2]], definitions)
    return {name: _written_out(one, definitions) for name, one in part.items()}
