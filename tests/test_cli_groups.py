"""Groups and keys by the command line."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from chatserver.store.base import Group
from tests.commands import data, done, refused, run, stored


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def group() -> None:
    done("group", "add", "--slug", "tuesday", "--name", "Tuesday group", "--guideline", "Listen.", "--region", "Berlin")
    done("meeting", "add", "--group", "tuesday", "--slug", "evening", "--title", "Evening")


def group_now() -> Group:
    found: Group = stored(lambda store: store.group("tuesday"))
    return found


# --- groups


def test_a_group_is_edited_and_what_is_not_given_stays(group: None) -> None:
    told = done("group", "edit", "tuesday", "--name", "Tuesday circle", "--website", "https://example.org/t", "--led-by", "counsellor")
    assert told.splitlines()[:3] == [
        "Changed.",
        "“Tuesday circle” (tuesday), listed. Peer support, led by a counsellor.",
        "Its page: http://127.0.0.1:8000/g/tuesday",
    ]
    expected = Group(
        "tuesday", "Tuesday circle", led_by="counsellor", guidelines=("Listen.",), region="Berlin", website="https://example.org/t"
    )
    assert group_now() == expected
    edited = data("group", "edit", "tuesday", "--guideline", "Ask.", "--guideline", "Wait.", "--region", "")
    assert (edited["guidelines"], edited["region"]) == (["Ask.", "Wait."], "")
    done("group", "edit", "tuesday", "--usual-guidelines")
    assert group_now().guidelines == ()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["tuesday"], "Nothing is changed. Give at least one option"),
        (["tuesday", "--name", " "], '--name: " " was given; it may be one line of 1 to 200 characters.'),
        (["tuesday", "--guideline", "", "--website", "x"], "--guideline: \"\" was given; it may be"),
        (["tuesday", "--guideline", "", "--website", "x"], '--website: "x" was given; it may be an address like'),
        (["tuesday", "--guideline", "a", "--usual-guidelines"], "--usual-guidelines and --guideline are both there"),
        (["monday", "--name", "Monday"], 'There is no group or meeting "monday" here.'),
        (["Tuesday!", "--name", "x"], "it may be 1 to 64 of a-z, 0-9 and -."),
    ],
)  # fmt: skip
def test_an_edit_that_can_not_be(group: None, words: list[str], sentence: str) -> None:
    before = group_now()
    assert sentence in refused("group", "edit", *words)
    assert group_now() == before


def test_a_group_is_shown_in_sentences_and_as_data(group: None) -> None:
    lines = done("group", "show", "tuesday").splitlines()
    assert lines == [
        "“Tuesday group” (tuesday), listed. Peer support, led by a peer.",
        "Its page: http://127.0.0.1:8000/g/tuesday",
        "Guideline: Listen.",
        "Region: Berlin",
        "evening\ttuesday\tby hand\tEvening",
    ]
    shown = data("group", "show", "tuesday")
    assert (shown["name"], [meeting["slug"] for meeting in shown["meetings"]]) == ("Tuesday group", ["evening"])
    done("group", "edit", "tuesday", "--visibility", "invite")
    assert "It meets by invitation and has no page." in done("group", "show", "tuesday")
    done("group", "add", "--slug", "new", "--name", "New")
    assert "It has no meetings yet." in done("group", "show", "new")
    assert 'There is no group or meeting "monday" here.' in refused("group", "show", "monday")


def test_removing_a_group_asks_back(group: None) -> None:
    no = run("group", "remove", "tuesday", typed="n\n")
    assert no.exit_code == 1
    assert "Remove “Tuesday group”, its meetings (“Evening”), formats and keys? This cannot be undone." in no.output
    assert group_now().name == "Tuesday group"
    assert done("group", "remove", "tuesday", typed="y\n") == "Removed: “Tuesday group”.\n"
    assert stored(lambda store: store.is_empty())
    assert 'no group or meeting "tuesday"' in refused("group", "remove", "tuesday", "--yes")


def test_removing_does_not_ask_where_it_is_told_not_to_and_waits_for_open_rooms(group: None) -> None:
    done("meeting", "open", "evening")
    told = refused("group", "remove", "tuesday", "--yes")
    assert '"evening" is open now. Close it first: chatserver meeting close evening' in told
    done("meeting", "close", "evening")
    assert data("group", "remove", "tuesday", "--yes") == {"slug": "tuesday", "meetings": ["evening"]}


# --- keys


def usable(key: str) -> bool:
    found: bool = stored(lambda store: store.use_key(hashlib.sha256(key.encode()).digest()))
    return found


def test_rotating_prints_a_new_key_and_ends_the_others(group: None) -> None:
    old, other = data("key", "facilitator", "--group", "tuesday"), data("key", "moderator", "--group", "tuesday")
    new = data("key", "rotate", "facilitator", "--group", "tuesday")
    assert new["ended"] == 1
    assert [usable(each["key"]) for each in (old, other, new)] == [False, True, True]
    told = run("key", "rotate", "moderator", "--group", "tuesday", "--meeting", "evening")
    assert told.stdout.startswith("http://127.0.0.1:8000/r/evening#key=")
    assert told.stderr == "No older key was there.\n"
    assert usable(other["key"]), "it is for the whole group"


@pytest.mark.parametrize("as_link", [False, True])
def test_a_key_is_ended_by_showing_it_where_nobody_else_sees_it(group: None, as_link: bool) -> None:
    """Not as a word of the command: those are in the list of processes and in the shell's history."""
    made, other = [data("key", "moderator", "--group", "tuesday") for _ in range(2)]
    shown = made["link"] if as_link else made["key"]
    assert done("key", "revoke", "--group", "tuesday", typed=f"{shown}\n") == "Ended. It opens nothing any more.\n"
    assert [usable(each["key"]) for each in (made, other)] == [False, True]
    again = refused("key", "revoke", "--group", "tuesday", typed=f"{shown}\n")
    assert "The key: no key like this works here" in again
    assert made["key"][:20] not in again
    assert "No key was given." in refused("key", "revoke", "--group", "tuesday", typed="\n")
    told = done("key", "revoke", "--group", "tuesday", "--json", typed=f"{other['key']}\n")
    assert json.loads(told) == {"group": "tuesday", "revoked": True}


def test_a_key_of_another_group_is_not_ended(group: None) -> None:
    done("group", "add", "--slug", "other", "--name", "Other")
    made = data("key", "facilitator", "--group", "other")
    assert "The key: no key like this works here" in refused("key", "revoke", "--group", "tuesday", typed=made["key"])
    assert usable(made["key"])


def test_uses_are_counted_up_to_a_bound(group: None) -> None:
    told = refused("key", "moderator", "--group", "tuesday", "--uses", "0")
    assert "--uses: 0 was given; it may be a whole number from 1 to 100000" in told
