"""JSON as it goes over the wire, put together from pieces that are JSON already: a seat's record, a whole snapshot.

What is sent to many, or in many places, is written once. UTF-8 as it is: escapes would make 2,000 characters of some scripts three
times as long."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring
from typing import Any

quoted = encode_basestring  # a text, with its quotes

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_CONSTANTS: dict[bool | None, str] = {True: "true", False: "false", None: "null"}


class Json(str):
    """A value that is JSON already."""

    __slots__ = ()


def text_of(value: Any) -> str:
    """The value as JSON; pieces that are JSON already, also within lists and objects, are taken as they are."""
    kind = type(value)
    if kind is Json:
        return str(value)
    if kind is str:
        return quoted(value)
    if kind is int:
        return int.__repr__(value)
    if kind is bool or value is None:
        return _CONSTANTS[value]
    if kind is dict:
        return object_of(value)
    if kind is list or kind is tuple:
        return list_of(map(text_of, value))
    return _encoder.encode(value)


def object_of(fields: Mapping[str, Any]) -> Json:
    """The names are ours, and of characters that JSON does not escape."""
    return Json("{" + ",".join([f'"{name}":{text_of(value)}' for name, value in fields.items()]) + "}")


def list_of(texts: Iterable[str]) -> Json:
    """Of what is JSON already."""
    return Json("[" + ",".join(texts) + "]")
