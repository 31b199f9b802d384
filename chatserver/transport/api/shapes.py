"""What requests and answers are made of, and how a body is read: whatever is wrong with its shape is told at once, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, ClassVar, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic.fields import FieldInfo

from chatserver.domain.faults import Fault, printable, shown
from chatserver.facilitating.fields import Rule


class Shape(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


def _without_defaults(schema: dict[str, Any]) -> None:
    for each in schema.get("properties", {}).values():
        each.pop("default", None)


class Edit(Shape):
    """What is left out stays as it is."""

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=_without_defaults)


class Told(Shape):
    """An answer that is not a refusal."""

    ok: Literal[True] = True


class FaultShape(Shape):
    where: Annotated[str, Field(description="the field, like minutes or guidelines[0]; counted from 0")]
    sentence: Annotated[str, Field(description="what was given, and what it may be")]


def told(rule: Rule) -> Any:
    """The field of a model: its description and bounds are the rule's. They are checked there, and told here."""
    return Field(description=rule.what, json_schema_extra=dict(rule.bounds))


def edit_of(model: type[Shape], name: str) -> type[Edit]:
    """The same fields, of which any may be left out."""
    fields: dict[str, Any] = {key: (_annotated(info), None) for key, info in model.model_fields.items()}
    return cast(type[Edit], create_model(name, __base__=Edit, __module__=model.__module__, **fields))


def _annotated(info: FieldInfo) -> Any:
    return Annotated[info.annotation, Field(description=info.description, json_schema_extra=info.json_schema_extra)]


def read(model: type[Shape], data: object) -> tuple[dict[str, Any], list[Fault]]:
    """The fields that have the right shape, and every fault of the others."""
    try:
        model.model_validate(data)
    except ValidationError as found:
        errors = found.errors(include_url=False, include_context=False)
    else:
        return dict(cast(Mapping[str, Any], data)), []
    if not isinstance(data, dict):
        return {}, [Fault("body", f"{shown(data)} was given; it is an object with fields.")]
    faults = {_where(error["loc"]): _sentence(model, error["loc"], error["type"], error["input"]) for error in errors}
    wrong = {error["loc"][0] for error in errors}
    given = {name: value for name, value in data.items() if name in model.model_fields and name not in wrong}
    return given, [Fault(where, sentence) for where, sentence in faults.items()]


def _where(loc: Iterable[int | str]) -> str:
    """`guidelines[0]`. What a union tried (a name in capitals, or of a type) is no part of it."""
    first, *rest = loc
    return printable(str(first), 60) + "".join(f"[{part}]" for part in rest if isinstance(part, int))


def _sentence(model: type[Shape], loc: tuple[int | str, ...], kind: str, value: object) -> str:
    name = str(loc[0])
    if kind == "extra_forbidden":
        near = get_close_matches(name[:64], model.model_fields, n=1, cutoff=0.6)
        return f"there is no such field; {f'did you mean {near[0]}?' if near else 'leave it out.'}"
    what = "text" if isinstance(loc[-1], int) else model.model_fields[name].description or "text"  # of a list: all are of texts
    return f"it is missing; it may be {what}." if kind == "missing" else f"{shown(value)} was given; it may be {what}."
