"""The formats that come along, and the topics: one file a format, `NAME.toml`, which groups may copy and change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from chatserver.domain.faults import Fault
from chatserver.domain.formats import DEFAULT_FORMAT, Format, Prompt, parse_prompts, read, read_toml

PROMPTS = "prompts"


class FormatFaults(Exception):
    """A file that came along is not right, or is missing. The sentences are for the operator."""


@cache
def built_in() -> Mapping[str, Format]:
    """The formats that come along, by name. Reads their files once, and raises `FormatFaults`: call it at start."""
    found = {name: read(name, toml) for name, toml in _texts().items() if name != PROMPTS}
    _raise([f"{name}.toml: {fault}" for name, each in found.items() if not isinstance(each, Format) for fault in each])
    if DEFAULT_FORMAT not in found:
        raise FormatFaults(f"The file {DEFAULT_FORMAT}.toml is missing in this installation. Install chatserver again.")
    return MappingProxyType({name: each for name, each in found.items() if isinstance(each, Format)})


@cache
def prompts() -> tuple[Prompt, ...]:
    """The topics that come along. Reads their file once, and raises `FormatFaults`: call it at start."""
    data = read_toml(_texts().get(PROMPTS, ""))
    found, faults = ((), (data,)) if isinstance(data, Fault) else parse_prompts(data)
    _raise([f"{PROMPTS}.toml: {fault}" for fault in faults])
    return found


def toml_of(name: str) -> str | None:
    """The text of a format that comes along, to start a copy from."""
    return _texts().get(name) if name in built_in() else None


def resolve(name: str, own: str | None) -> Format:
    """The format that a meeting names. `own` is the text of the group's own of that name, where it has one (`Store.format`).

    The group's own goes first: it may be a changed copy under the old name. Where it has gone, or cannot be read any more, the one that
    comes along under that name stands in, and else the open circle: a meeting never fails for its format."""
    found = None if own is None else read(name, own)
    return found if isinstance(found, Format) else built_in().get(name) or built_in()[DEFAULT_FORMAT]


def _raise(faults: list[str]) -> None:
    if faults:
        raise FormatFaults("\n".join(["What came along in chatserver/formats is not right. Install chatserver again.", *faults]))


@cache
def _texts() -> Mapping[str, str]:
    here = [each for each in files(__name__).iterdir() if each.name.endswith(".toml")]
    return {each.name.removesuffix(".toml"): each.read_text("utf-8") for each in sorted(here, key=lambda each: each.name)}
