"""The AsyncAPI document: whole in itself, and of the same schemas that check the events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from chatserver.domain.refusals import Code
from chatserver.wire.asyncapi import document
from chatserver.wire.schemas import EVENTS

DOCUMENT = document()


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def resolved(reference: str) -> Any:
    assert reference.startswith("#/")
    value: Any = DOCUMENT
    for part in reference[2:].split("/"):
        value = value[part]
    return value


def test_every_reference_resolves() -> None:
    found = set(references(DOCUMENT))
    assert len(found) > len(EVENTS)
    for reference in found:
        assert resolved(reference), reference


def test_it_is_plain_json() -> None:
    assert json.loads(json.dumps(DOCUMENT, allow_nan=False)) == DOCUMENT


def test_it_has_the_parts_that_asyncapi_3_asks_for() -> None:
    assert DOCUMENT["asyncapi"].startswith("3.")
    assert {"title", "version"} <= DOCUMENT["info"].keys()
    for channel in DOCUMENT["channels"].values():
        assert channel["address"]
    for operation in DOCUMENT["operations"].values():
        assert operation["action"] in ("send", "receive")
        assert operation["channel"]["$ref"].startswith("#/channels/")
        for message in operation["messages"]:
            assert message["$ref"].startswith("#/channels/socket/messages/"), "an operation's messages are its channel's"


@pytest.mark.parametrize("event", EVENTS)
def test_every_client_event_is_received_and_answered(event: str) -> None:
    operation = DOCUMENT["operations"][event]
    assert operation["action"] == "receive"
    assert resolved(operation["reply"]["messages"][0]["$ref"])
    message = resolved(resolved(operation["messages"][0]["$ref"])["$ref"])
    schema = resolved(message["payload"]["$ref"])
    assert schema["additionalProperties"] is False
    assert schema.get("properties", {}).keys() == EVENTS[event].model_fields.keys()


def test_an_answer_names_every_code() -> None:
    assert DOCUMENT["components"]["schemas"]["Answer"]["properties"]["code"]["enum"] == [code.value for code in Code]
