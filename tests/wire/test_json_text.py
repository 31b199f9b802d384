"""JSON put together from pieces is what a JSON library would have made of the whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatserver.wire.json_text import Json, list_of, object_of, text_of

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.floats(allow_nan=False, allow_infinity=False)
)
NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner))


@given(VALUES)
def test_it_is_what_the_library_writes(value: Any) -> None:
    assert text_of(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@given(VALUES)
def test_a_piece_is_taken_as_it_is_wherever_it_stands(value: Any) -> None:
    piece = Json(text_of(value))
    assert text_of({"a": piece, "b": [piece]}) == text_of({"a": value, "b": [value]})
    assert object_of({"a": list_of([piece, piece])}) == text_of({"a": [value, value]})


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        text_of({"a": float("nan")})
