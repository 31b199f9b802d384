"""The commands about formats: from one that comes along to a group's own, and back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chatserver.domain.formats import read
from chatserver.formats import built_in
from tests.commands import data, done, refused, run

OURS = """# Ours, since the spring.
title = "Ours – “quiet”"

[[segments]]
title = "Quiet"
minutes = 5
mode = "silence"

[[segments]]
title = "Sharing"
minutes = 40
mode = "queue"
hand_over = false
"""
WRONG = OURS.replace("minutes = 5", "minutes = 0").replace("hand_over", "handover").replace('"queue"', '"que"')


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ours.toml").write_text(OURS, "utf-8")
    Path("wrong.toml").write_text(WRONG, "utf-8")


@pytest.fixture
def group() -> str:
    done("group", "add", "--slug", "tuesday", "--name", "Tuesday group")
    return "tuesday"


def add(group: str, name: str = "ours", file: str = "ours.toml") -> str:
    return done("format", "add", "--group", group, "--name", name, file)


def test_those_that_come_along_are_listed_without_a_store() -> None:
    lines = done("format", "list").splitlines()
    assert lines[0] == "aa-discussion\tcomes along\t60 min\tAA discussion meeting"
    assert [line.split("\t")[0] for line in lines] == sorted(built_in())
    assert not Path("data").exists()


def test_a_group_s_own_are_listed_among_them(group: str) -> None:
    add(group)
    add(group, "smart")
    listed = {each["name"]: each for each in data("format", "list", "--group", group)}
    assert listed["ours"] == {"name": "ours", "group": "tuesday", "title": "Ours – “quiet”", "minutes": 45, "segments": 2, "faults": []}
    assert (listed["smart"]["group"], listed["na"]["group"]) == ("tuesday", None)
    assert len(listed) == len(built_in()) + 1
    assert "ours\ttuesday\t45 min\tOurs – “quiet”" in done("format", "list", "--group", group).splitlines()


def test_what_is_shown_can_be_added_as_it_is(group: str) -> None:
    for name, each in built_in().items():
        Path("copy.toml").write_text(done("format", "show", name), "utf-8")
        add(group, "copy", "copy.toml")
        copied = read(name, done("format", "show", "copy", "--group", group))
        assert copied == each


def test_a_group_s_own_is_shown_as_it_was_given(group: str) -> None:
    add(group)
    assert done("format", "show", "ours", "--group", group) == OURS
    shown = data("format", "show", "ours", "--group", group)
    assert (shown["name"], shown["segments"][1]["mode"], shown["segments"][1]["share_seconds"]) == ("ours", "queue", 180)
    assert 'title = "AA step meeting"' in done("format", "show", "aa-step", "--group", group), "and one that comes along"


def test_a_group_s_own_goes_before_one_that_comes_along(group: str) -> None:
    add(group, "smart")
    assert done("format", "show", "smart", "--group", group) == OURS
    assert "SMART" in done("format", "show", "smart")


def test_a_file_is_checked() -> None:
    assert done("format", "check", "ours.toml") == "The format is right: “Ours – “quiet””, 2 segments, 45 minutes.\n"
    assert data("format", "check", "ours.toml") == {"faults": []}
    assert not Path("data").exists()


@pytest.mark.parametrize("words", [["check"], ["add", "--group", "tuesday", "--name", "ours"]])
def test_all_faults_of_a_file_are_told_at_once(group: str, words: list[str]) -> None:
    told = run("format", *words, "wrong.toml")
    assert told.exit_code == 2
    assert told.output.splitlines() == [
        "segments[0].minutes: 0 was given; it may be a whole number of minutes from 1 to 480.",
        "segments[1].handover: there is no such field; did you mean hand_over?",
        'segments[1].mode: "que" was given; it may be one of "open", "queue", "round", "speaker", "silence".',
    ]
    told = run("format", *words, "wrong.toml", "--json")
    assert told.exit_code == 2
    assert [fault["where"] for fault in json.loads(told.output)["faults"]] == [
        "segments[0].minutes",
        "segments[1].handover",
        "segments[1].mode",
    ]
    assert "ours" not in {each["name"] for each in data("format", "list", "--group", group)}, "nothing was changed"


def test_the_mark_that_some_editors_put_first_is_no_fault() -> None:
    Path("marked.toml").write_text(OURS.replace("\n", "\r\n"), "utf-8-sig", newline="")
    assert "is right" in done("format", "check", "marked.toml")


def test_a_file_that_is_not_one(group: str, tmp_path: Path) -> None:
    Path("latin.toml").write_bytes('title = "Größe"'.encode("latin-1"))
    Path("long.toml").write_text("#" * 70_000)
    Path("broken.toml").write_text("title = ")
    for file, sentence in (
        ("latin.toml", "this is not text in UTF-8."),
        ("none.toml", "this file cannot be read: No such file or directory."),
        (str(tmp_path), "this file cannot be read: Is a directory."),
        ("broken.toml", "this is not TOML"),
        ("long.toml", "it has more than 65536 characters"),
    ):
        assert sentence in refused("format", "check", file)
        assert sentence in refused("format", "add", "--group", group, "--name", "ours", file)


def test_a_format_is_replaced_and_says_who_meets_by_it(group: str) -> None:
    assert "Next: chatserver meeting add --group tuesday --format ours ..." in add(group)
    done("meeting", "add", "--group", group, "--slug", "evening", "--title", "Evening", "--format", "ours")
    Path("ours.toml").write_text(OURS.replace("40", "55"), "utf-8")
    assert add(group).splitlines() == ["Added: ours, “Ours – “quiet””, 2 segments, 60 minutes.", "Held so from now on: evening."]
    assert [each["minutes"] for each in data("format", "list", "--group", group) if each["name"] == "ours"] == [60]


def test_a_format_is_removed(group: str) -> None:
    add(group)
    add(group, "smart")
    done("meeting", "add", "--group", group, "--slug", "evening", "--title", "Evening", "--format", "ours")
    done("meeting", "add", "--group", group, "--slug", "morning", "--title", "Morning", "--format", "smart")
    told = done("format", "remove", "--group", group, "--name", "ours")
    assert told.splitlines() == ["Removed: ours.", "Held as open-circle (it comes along) from now on: evening."]
    assert data("format", "remove", "--group", group, "--name", "smart")["meetings"] == ["morning"]
    assert {each["group"] for each in data("format", "list", "--group", group)} == {None}
    assert 'There is no format "ours" of tuesday\'s own. There are none.' in refused("format", "remove", "--group", group, "--name", "ours")


def test_a_meeting_is_held_in_one_that_comes_along_or_one_of_its_group(group: str) -> None:
    add(group)
    done("group", "add", "--slug", "friday", "--name", "Friday group")
    for name in ("ours", "free"):
        made = data("meeting", "add", "--group", group, "--slug", name, "--title", name, "--format", name)
        assert made["format"] == name
    words = ("meeting", "add", "--group", "friday", "--slug", "other", "--title", "Other")
    told = refused(*words, "--format", "ours")
    assert 'There is no format "ours" here' in told
    assert "There are: aa-discussion, aa-speaker, aa-step, celebrate-recovery," in told
    assert data(*words)["format"] == "open-circle", "where none is named"
    told = refused("meeting", "add", "--group", group, "--slug", "third", "--title", "Third", "--format", "our")
    assert "did you mean ours?" in told


def test_what_is_not_there_is_told(group: str) -> None:
    for words in (["list"], ["show", "smart"], ["add", "--name", "ours", "ours.toml"], ["remove", "--name", "ours"]):
        assert 'There is no group or meeting "monday" here.' in refused("format", *words, "--group", "monday")
    assert 'There is no format "smrt" here; did you mean smart? There are: aa-discussion' in refused("format", "show", "smrt")
    assert 'There is no format "prompts" here' in refused("format", "show", "prompts")
    assert "it may be 1 to 64 of a-z, 0-9 and -." in refused("format", "add", "--group", group, "--name", "Ours!", "ours.toml")


def test_one_that_a_newer_version_wrote_is_told_and_hurts_nobody(group: str) -> None:
    add(group)
    with closing(sqlite3.connect("data/chatserver.sqlite3")) as database, database:
        database.execute("UPDATE formats SET toml = toml || 'breakouts = true'")
    listed = done("format", "list", "--group", group)
    assert "ours\ttuesday\tcannot be read: print it with `chatserver format show`" in listed
    assert "breakouts = true" in done("format", "show", "ours", "--group", group)
    told = run("format", "show", "ours", "--group", group, "--json")
    assert (told.exit_code, json.loads(told.output)["faults"][0]["where"]) == (2, "segments[1].breakouts")


def test_formats_in_postgresql(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATSERVER_STORE__URL", postgres_url)
    done("group", "add", "--slug", "tuesday", "--name", "Tuesday group")
    add("tuesday")
    add("tuesday")
    assert done("format", "show", "ours", "--group", "tuesday") == OURS
    assert not Path("data").exists()
