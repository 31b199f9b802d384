"""Bodies of wire events as bytes: JSON without what only the backplane knows."""

from __future__ import annotations

from typing import Any

import orjson

from chatserver.backplane.base import Event
from chatserver.domain.events import Audience


def encode(value: Any) -> bytes:
    """JSON as it goes over the wire: UTF-8 without escapes, so that 2,000 characters of any script fit into a frame."""
    return orjson.dumps(value)


def wire(audience: Audience, kind: str, fields: dict[str, Any], **more: Any) -> Event:
    return Event(audience, encode({"type": kind, **fields}), **more)
