"""The socket events as an AsyncAPI 3.0 document, from the same schemas that check them."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from pydantic.json_schema import JsonSchemaMode, models_json_schema

from chatserver.wire.codes import CODES
from chatserver.wire.schemas import EVENTS
from chatserver.wire.server_events import SERVER_EVENTS, JoinAnswer, Shape

DESCRIPTION = "Socket.IO v5 over WebSocket, path /socket.io/, namespace /, JSON. See docs/protocol.md."


def document() -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    for event, payload in EVENTS.items():
        schema = payload.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(schema.pop("$defs", {}))
        schemas[payload.__name__] = schema
        messages[event] = {"name": event, "payload": {"$ref": f"#/components/schemas/{payload.__name__}"}}
    # Some shapes have a client event's name: what the server sends is called Server...
    sent: list[type[Shape]] = [*SERVER_EVENTS.values(), JoinAnswer]
    shapes: list[tuple[type[Shape], JsonSchemaMode]] = [(shape, "validation") for shape in sent]
    _, definitions = models_json_schema(shapes, ref_template="#/components/schemas/Server{model}")
    schemas.update({f"Server{name}": schema for name, schema in definitions["$defs"].items()})
    schemas["Event"] = {"oneOf": [{"$ref": f"#/components/schemas/Server{shape.__name__}"} for shape in SERVER_EVENTS.values()]}
    schemas["Answer"] = {
        "type": "object",
        "required": ["ok"],
        "properties": {
            "ok": {"type": "boolean"},
            "code": {"type": "string", "enum": [code.value for code in CODES]},
            "message": {"type": "string"},
            "retry_after_ms": {"type": "integer"},
            "work": {"type": "object", "description": "with work_needed: what is to be done first"},
        },
    }
    messages["event"] = {"name": "event", "payload": {"$ref": "#/components/schemas/Event"}}
    messages["move"] = {"name": "move", "payload": {"type": "object", "properties": {"within_ms": {"type": "integer"}}}}
    messages["answer"] = {"name": "answer", "payload": {"$ref": "#/components/schemas/Answer"}}
    messages["joined"] = {"name": "joined", "payload": {"$ref": "#/components/schemas/ServerJoinAnswer"}}
    ref = "#/channels/socket/messages/{}".format
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "chatserver", "version": version("chatserver"), "description": DESCRIPTION},
        "channels": {"socket": {"address": "/socket.io/", "messages": {k: {"$ref": f"#/components/messages/{k}"} for k in messages}}},
        "operations": {
            **{
                event: {
                    "action": "receive",
                    "channel": {"$ref": "#/channels/socket"},
                    "messages": [{"$ref": ref(event)}],
                    "reply": {
                        "channel": {"$ref": "#/channels/socket"},
                        "messages": [{"$ref": ref(answer)} for answer in (["joined"] if event == "join" else []) + ["answer"]],
                    },
                }
                for event in EVENTS
            },
            **{
                f"on_{event}": {"action": "send", "channel": {"$ref": "#/channels/socket"}, "messages": [{"$ref": ref(event)}]}
                for event in ("event", "move")
            },
        },
        "components": {"schemas": schemas, "messages": messages},
    }
