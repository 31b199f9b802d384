"""The socket events as an AsyncAPI 3.0 document, from the same schemas that check them."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from chatserver.wire.codes import CODES
from chatserver.wire.schemas import EVENTS

DESCRIPTION = "Socket.IO v5 over WebSocket, path /socket.io/, namespace /, JSON. See docs/protocol.md."

SERVER_EVENTS = {
    "message": "A message.",
    "retracted": "A message was taken back: remove it.",
    "reaction": "A quiet reaction to a message.",
    "presence": "A batch of who joined, changed and left.",
    "room": "The changed fields of the snapshot.",
    "muted": "A seat was muted or unmuted.",
    "you": "Your own name or role has changed.",
    "removed": "Your visit has been ended; the connection closes.",
    "replaced": "Another connection has taken your seat; this one closes.",
    "lobby": "Who waits, to moderators; to one who waits: admitted or denied.",
    "report": "A report, to moderators.",
    "help": "A call for help, to moderators.",
    "gap": "Something could not be had; a fresh snapshot.",
    "closing": "The room closes soon.",
    "closed": "The room is over, and nothing of it is left.",
}


def document() -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    for event, payload in EVENTS.items():
        schema = payload.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas[payload.__name__] = schema
        messages[event] = {"name": event, "payload": {"$ref": f"#/components/schemas/{payload.__name__}"}}
    schemas["Event"] = {
        "type": "object",
        "required": ["epoch", "seq", "at", "type"],
        "properties": {
            "epoch": {"type": "string"},
            "seq": {"type": "integer"},
            "at": {"type": "integer", "description": "milliseconds since 1970 UTC"},
            "type": {"oneOf": [{"const": kind, "description": text} for kind, text in SERVER_EVENTS.items()]},
        },
    }
    schemas["Answer"] = {
        "type": "object",
        "required": ["ok"],
        "properties": {
            "ok": {"type": "boolean"},
            "code": {"type": "string", "enum": [code.value for code in CODES]},
            "message": {"type": "string"},
            "retry_after_ms": {"type": "integer"},
        },
    }
    messages["event"] = {"name": "event", "payload": {"$ref": "#/components/schemas/Event"}}
    messages["move"] = {"name": "move", "payload": {"type": "object", "properties": {"within_ms": {"type": "integer"}}}}
    messages["answer"] = {"name": "answer", "payload": {"$ref": "#/components/schemas/Answer"}}
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
                    "reply": {"channel": {"$ref": "#/channels/socket"}, "messages": [{"$ref": ref("answer")}]},
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
