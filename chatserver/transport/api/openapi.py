"""The API as an OpenAPI 3.1 document, from the same table and models that serve it."""

from __future__ import annotations

import re
from importlib.metadata import version
from itertools import groupby
from typing import Annotated, Any, Literal

from pydantic import Field
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from chatserver.transport.api.codes import CODES, Code
from chatserver.transport.api.route import Route
from chatserver.transport.api.routes import PREFIX, ROUTES, refusals
from chatserver.transport.api.shapes import FaultShape, Shape

DESCRIPTION = (
    "For those who lead: groups, meetings, their exceptions, rooms, keys and formats. See docs/api.md. The key goes in the header "
    "Authorization, and never in an address. There is no CORS: only pages of the server itself and programs can use this."
)
_PARAMETERS = {
    "group": "the group's slug",
    "meeting": "the meeting's slug",
    "original": "which occurrence: the local wall time by its rule, like 2026-11-24T19:00, or the date alone",
    "format": "the name of a format",
}


class Refusal(Shape):
    """Nothing has changed."""

    ok: Literal[False]
    code: Annotated[str, Field(json_schema_extra={"enum": [code.value for code in Code]})]
    message: Annotated[str, Field(description="a sentence that says what to do next")]
    faults: Annotated[list[FaultShape], Field(description="everything that is wrong with what was given")]
    retry_after_ms: Annotated[int | None, Field(description="when trying the same again makes sense", exclude=True)] = None


def document() -> dict[str, Any]:
    bodies = {route.body for route in ROUTES if route.body}
    answers = {route.answer for route in ROUTES} | {Refusal}
    shapes: list[tuple[type[Shape], JsonSchemaMode]] = [
        (shape, "validation") for shape in sorted(bodies | answers, key=lambda each: each.__name__)
    ]
    _, definitions = models_json_schema(shapes, ref_template="#/components/schemas/{model}")
    paths: dict[str, Any] = {}
    for route in ROUTES:
        paths.setdefault(PREFIX + route.path, {})[route.method.lower()] = _operation(route)
    paths[f"{PREFIX}/openapi.json"] = {"get": _contract()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "chatserver", "version": version("chatserver"), "description": DESCRIPTION},
        "paths": paths,
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "a facilitator's key"}},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "security": [{"key": []}],
        "parameters": [*_in_path(route), *_in_query(route)],
        "responses": {str(route.status): _answer("carried out", route.answer), **_refusals(refusals(route))},
    }
    if route.body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(route.body)}}}
    return operation


def _in_path(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "description": _PARAMETERS[name], "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", route.path)
    ]


def _in_query(route: Route) -> list[dict[str, Any]]:
    fields = route.query.model_fields if route.query else {}
    return [
        {"name": name, "in": "query", "required": False, "description": field.description, "schema": {"type": "string"}}
        for name, field in fields.items()
    ]


def _refusals(codes: tuple[Code, ...]) -> dict[str, Any]:
    ordered = sorted(codes, key=lambda code: CODES[code].status)
    return {
        str(status): _answer(", ".join(f"`{code}`" for code in same), Refusal)
        for status, same in groupby(ordered, lambda code: CODES[code].status)
    }


def _answer(description: str, shape: type[Shape]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": _ref(shape)}}}


def _contract() -> dict[str, Any]:
    answer = {"description": "this document", "content": {"application/json": {"schema": {"type": "object"}}}}
    return {"operationId": "readContract", "summary": "This document; without a key", "security": [], "responses": {"200": answer}}


def _ref(shape: type[Shape]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{shape.__name__}"}
