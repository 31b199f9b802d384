"""The OpenAPI document: whole in itself, and of the same table and models that serve."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner

from chatserver.cli import main
from chatserver.transport.api.codes import Code
from chatserver.transport.api.openapi import document
from chatserver.transport.api.route import Route
from chatserver.transport.api.routes import PREFIX, ROUTES, refusals
from docs.tables import API, API_TABLES, renewed
from tests.api.conftest import Api
from tests.wire.test_asyncapi import references

DOCUMENT = document()


def resolved(reference: str) -> Any:
    value: Any = DOCUMENT
    for part in reference.removeprefix("#/").split("/"):
        value = value[part]
    return value


def test_every_reference_resolves() -> None:
    found = set(references(DOCUMENT))
    assert len(found) > 10
    for reference in found:
        assert resolved(reference), reference


def test_every_schema_is_used() -> None:
    used = {reference.rpartition("/")[2] for reference in references(DOCUMENT)}
    assert used == DOCUMENT["components"]["schemas"].keys()


def test_it_is_plain_json_and_of_3_1() -> None:
    assert json.loads(json.dumps(DOCUMENT, allow_nan=False)) == DOCUMENT
    assert DOCUMENT["openapi"].startswith("3.1")
    assert {"title", "version"} <= DOCUMENT["info"].keys()


async def test_it_is_what_the_server_and_the_command_line_give(api: Api) -> None:
    assert (await api.ask("GET", "/openapi.json", key=None)).data == DOCUMENT
    assert json.loads(CliRunner().invoke(main, ["openapi"]).output) == DOCUMENT


def test_routes_and_document_are_equal(api: Api) -> None:
    served = {
        (route.method, route.resource.canonical)
        for resource in api.house.worker._web.app.router.resources()
        if resource.canonical.startswith("/api")
        for route in resource
        if route.resource is not None
    }
    told = {(method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert served == told
    assert told == {(route.method, PREFIX + route.path) for route in ROUTES} | {("GET", f"{PREFIX}/openapi.json")}
    names = [operation["operationId"] for methods in DOCUMENT["paths"].values() for operation in methods.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_an_operation_says_all_of_its_route(route: Route) -> None:
    operation = DOCUMENT["paths"][PREFIX + route.path][route.method.lower()]
    assert operation["security"] == [{"key": []}]
    in_path = [parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "path"]
    assert in_path == re.findall(r"{(\w+)}", route.path)
    told = {code for answer in operation["responses"].values() for code in re.findall(r"`(\w+)`", answer["description"])}
    assert told == {code.value for code in refusals(route)}
    answer = resolved(operation["responses"][str(route.status)]["content"]["application/json"]["schema"]["$ref"])
    assert answer["properties"].keys() == route.answer.model_fields.keys()
    assert answer["additionalProperties"] is False
    assert ("requestBody" in operation) is (route.body is not None)
    if route.body is not None:
        body = resolved(operation["requestBody"]["content"]["application/json"]["schema"]["$ref"])
        assert body["properties"].keys() == route.body.model_fields.keys()
        assert body["additionalProperties"] is False


def test_an_edit_asks_for_nothing_and_says_no_defaults() -> None:
    for name in ("GroupEdit", "MeetingEdit"):
        schema = DOCUMENT["components"]["schemas"][name]
        assert "required" not in schema
        assert not any("default" in field for field in schema["properties"].values())


def test_every_code_is_named() -> None:
    assert DOCUMENT["components"]["schemas"]["Refusal"]["properties"]["code"]["enum"] == [code.value for code in Code]


def test_the_table_of_codes_in_the_docs_is_up_to_date() -> None:
    text = API.read_text("utf-8")
    assert renewed(text, API_TABLES) == text, "run: python docs/tables.py"


def test_the_docs_name_every_path() -> None:
    """As it is asked for in their examples."""
    examples = API.read_text("utf-8")
    for route in ROUTES:
        path = re.sub(r"{(\w+)}", ".+", route.path.removeprefix("/groups/{group}"))
        assert re.search(rf"\$API{path}(\s|\")|\$API{path}\?", examples), route.path
