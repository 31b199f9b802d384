"""docs/protocol.md says what the code does."""

from __future__ import annotations

import json
import re

import pytest

from chatserver.domain.roles import Action
from chatserver.domain.state import RoomState
from chatserver.wire.packets import MAX_DEPTH, MAX_FRAME
from chatserver.wire.schemas import EVENTS
from chatserver.wire.server_events import SERVER_EVENTS
from chatserver.wire.views import snapshot
from docs.tables import ACTIONS, PROTOCOL, TABLES, between, renewed
from tests.domain.rooms import circle

TEXT = PROTOCOL.read_text("utf-8")


def section(title: str) -> str:
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_cells(table: str) -> set[str]:
    """The names in the first column of a section's table."""
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}


@pytest.mark.parametrize("name", TABLES)
def test_a_generated_table_is_up_to_date(name: str) -> None:
    start, end = between(name)
    written = TEXT.partition(start)[2].partition(end)[0]
    assert written.splitlines() == list(TABLES[name]()), "run: python docs/tables.py"


def test_writing_the_tables_again_changes_nothing() -> None:
    assert renewed(TEXT) == TEXT


def test_every_action_is_explained() -> None:
    assert list(ACTIONS) == list(Action)


def test_the_client_events_are_those_of_the_schemas() -> None:
    events = section("Client events").partition("\n### ")[0]
    assert first_cells(events) == set(EVENTS)


def test_the_server_events_are_those_of_the_asyncapi_document() -> None:
    assert first_cells(section("Server events")) == set(SERVER_EVENTS)


def test_every_field_of_a_snapshot_is_named() -> None:
    state: RoomState = circle()
    view = json.loads(snapshot(state, state.seats["mo"]))
    text = section("Client events")
    for field in (*view, *view["seats"][0], *view["waiting"][0], *view["segment"]):
        assert f'"{field}"' in text or f"`{field}`" in text, field


def test_the_limits_are_those_of_the_packet_layer() -> None:
    assert MAX_FRAME == 16 * 1024
    assert "A frame is at most 16 KiB" in TEXT
    assert f"nesting over {MAX_DEPTH}" in TEXT
