"""The command line: what an operator types, and what they are told."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

import chatserver
from chatserver.app import StartFault
from chatserver.cli import main
from chatserver.config import Settings
from chatserver.demo import make_demo
from chatserver.store.base import Key, Store
from chatserver.store.sql import open_store
from tests.commands import data, done, refused, run, stored
from tests.redis import RunningRedis, free_port, needed


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def demo() -> None:
    done("group", "add", "--slug", "tuesday", "--name", "Tuesday group")
    done("meeting", "add", "--group", "tuesday", "--slug", "evening", "--title", "Evening", "--now", "--minutes", "120")


def every_command(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from every_command(below, (*path, name))
    else:
        yield path, command


@pytest.mark.parametrize(("path", "command"), list(every_command(main)), ids=lambda part: " ".join(part) if isinstance(part, tuple) else "")
def test_every_command_has_help_with_an_example(path: tuple[str, ...], command: click.Command) -> None:
    text = done(*path, "--help")
    assert "Example" in text
    assert f"chatserver {' '.join(path)}" in text
    if path not in {("asyncapi",), ("openapi",), ("format", "check")}:  # what they do is the same wherever the server keeps its things
        assert "--config" in text


def test_a_group_is_made_and_listed() -> None:
    options = ["--visibility", "unlisted", "--led-by", "counsellor", "--guideline", "Speak from “I”.", "--guideline", "Listen."]
    made = data("group", "add", "--slug", "tuesday", "--name", "Tuesday group", *options)
    assert made["page"] == "http://127.0.0.1:8000/g/tuesday"
    assert data("group", "list") == [
        {
            "slug": "tuesday",
            "name": "Tuesday group",
            "visibility": "unlisted",
            "led_by": "counsellor",
            "kind": "peer support",
            "guidelines": ["Speak from “I”.", "Listen."],
            "address": "",
            "region": "",
            "website": "",
        }
    ]
    assert "tuesday" in done("group", "list")


def test_a_meeting_that_is_open_now(demo: None) -> None:
    (opening,) = stored(lambda store: store.openings())
    assert opening.closes_at - opening.opened_at == 120 * 60_000
    (listed,) = data("meeting", "list")
    assert (listed["slug"], listed["group"], listed["closes_at"]) == ("evening", "tuesday", opening.closes_at)
    assert "open" in done("meeting", "list")


def test_a_meeting_that_repeats(demo: None) -> None:
    schedule = ["--timezone", "Europe/Berlin", "--start", "2026-11-24T19:00", "--rrule", "freq=weekly;byday=tu", "--minutes", "90"]
    more = ["--format", "smart", "--capacity", "12", "--lobby"]
    made = data("meeting", "add", "--group", "tuesday", "--slug", "weekly", "--title", "Weekly", *schedule, *more)
    assert made.pop("updated_at") > 0
    assert made == {
        "slug": "weekly",
        "group": "tuesday",
        "title": "Weekly",
        "format": "smart",
        "timezone": "Europe/Berlin",
        "start": "2026-11-24T19:00",
        "rrule": "FREQ=WEEKLY;BYDAY=TU",
        "minutes": 90,
        "capacity": 12,
        "lobby": True,
        "doors_minutes": None,
        "always_open": False,
        "changes": [],
        "types": [],
        "language": "",
        "notes": "",
        "sequence": 0,
        "closes_at": None,
        "page": "http://127.0.0.1:8000/r/weekly",
        "notices": [],
    }


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--timezone", "Europe/Berln"], "it may be a name like Europe/Berlin."),
        (["--timezone", "../etc/passwd"], "it may be a name like"),
        (["--start", "tomorrow"], '--start: "tomorrow" was given; it may be a local date and time to the minute, like 2026-11-24T19:00.'),
        (["--start", "2026-11-24T19:00", "--rrule", "FREQ=SECONDLY"], "--rrule: FREQ=SECONDLY was given; it may be WEEKLY or MONTHLY;"),
        (["--start", "2026-11-25T19:00", "--rrule", "FREQ=WEEKLY;BYDAY=TU"], "the nearest that it does is 2026-11-24T19:00."),
        (["--rrule", "FREQ=WEEKLY"], "--rrule: it is there without a start; give the first one's local date and time as the start."),
        (["--start", "x", "--timezone", "Mars", "--rrule", "y"], 'like Europe/Berlin. --start: "x" was given; it may be a local date'),
        (["--now", "--start", "2026-11-24T19:00"], "--now is for a meeting without"),
        (["--format", "circle"], 'There is no format "circle" here; did you mean open-circle? There are: aa-discussion, aa-speaker,'),
        (["--minutes", "0"], "--minutes: 0 was given; it may be a whole number from 1 to 1440."),
        (["--slug", "Evening!"], "it may be 1 to 64 of a-z, 0-9 and -."),
        (["--title", "a\nb"], "--title: it has several lines, or tabs; it may be one line of 1 to 200 characters."),
        (["--group", "monday"], 'There is no group or meeting "monday" here.'),
        (["--slug", "evening"], '"evening" is there already.'),
    ],
)
def test_a_meeting_that_can_not_be_is_refused_in_words(demo: None, words: list[str], sentence: str) -> None:
    assert sentence in refused("meeting", "add", "--group", "tuesday", "--slug", "other", "--title", "Other", *words)
    assert [each["slug"] for each in data("meeting", "list")] == ["evening"]


def test_a_facilitators_key_is_printed_once_and_kept_as_a_hash(demo: None) -> None:
    made = data("key", "facilitator", "--group", "tuesday")
    assert made["link"] == f"http://127.0.0.1:8000/r/evening#key={made['key']}"
    assert len(made["key"]) == 43
    hashed = hashlib.sha256(made["key"].encode()).digest()
    assert stored(lambda store: store.key(hashed)) == Key(hashed, "tuesday", "facilitator")
    for file in Path("data").iterdir():
        assert made["key"].encode() not in file.read_bytes()


def test_a_key_of_a_group_with_several_meetings_leads_to_the_group(demo: None) -> None:
    done("meeting", "add", "--group", "tuesday", "--slug", "other", "--title", "Other")
    assert "/g/tuesday#key=" in done("key", "moderator", "--group", "tuesday")
    assert "/r/other#key=" in done("key", "moderator", "--group", "tuesday", "--meeting", "other")


def test_a_key_of_a_group_that_meets_by_invitation_leads_to_a_room(demo: None) -> None:
    done("group", "add", "--slug", "quiet", "--name", "Quiet", "--visibility", "invite")
    for slug in ("first", "second"):
        done("meeting", "add", "--group", "quiet", "--slug", slug, "--title", slug)
    assert "/r/first#key=" in done("key", "facilitator", "--group", "quiet"), "it has no page of its own"


def test_an_invite_is_for_one_meeting(demo: None) -> None:
    made = data("key", "invite", "--group", "tuesday", "--meeting", "evening", "--uses", "3")
    assert made["link"] == f"http://127.0.0.1:8000/r/evening#invite={made['key']}"
    hashed = hashlib.sha256(made["key"].encode()).digest()
    assert stored(lambda store: store.key(hashed)) == Key(hashed, "tuesday", "member", "evening", 3)
    assert "--meeting: an invite is for one meeting; name it." in refused("key", "invite", "--group", "tuesday")


def test_rotating_ends_older_keys_of_that_kind_only(demo: None) -> None:
    old, moderator = data("key", "facilitator", "--group", "tuesday"), data("key", "moderator", "--group", "tuesday")
    new = data("key", "facilitator", "--group", "tuesday", "--rotate")

    async def usable(store: Store) -> list[bool]:
        return [await store.use_key(hashlib.sha256(made["key"].encode()).digest()) for made in (old, moderator, new)]

    assert stored(usable) == [False, True, True]


def test_a_key_for_what_is_not_there(demo: None) -> None:
    assert 'no group or meeting "monday"' in refused("key", "facilitator", "--group", "monday")
    assert '--meeting: "morning" was given; it may be one of the group\'s: evening.' in refused(
        "key", "invite", "--group", "tuesday", "--meeting", "morning"
    )


def test_links_begin_with_the_public_address(demo: None) -> None:
    Path("config.toml").write_text('[server]\npublic_url = "https://chat.example.org/"\n')
    assert done("key", "facilitator", "--group", "tuesday").startswith("https://chat.example.org/r/evening#key=")


def test_check_tells_all_faults() -> None:
    Path("wrong.toml").write_text("[server]\nport = -1\n[limits]\nburst = 1\n")
    told = run("check", "--config", "wrong.toml")
    assert told.exit_code == 2
    assert told.output.splitlines()[0].startswith("server.port: -1 was given; it may be a whole number")
    assert told.output.splitlines()[1].startswith("limits.burst: there is no such key")
    assert len(json.loads(run("check", "--config", "wrong.toml", "--json").output)["faults"]) == 2
    assert "is right" in done("check")


def test_check_asks_the_redis_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needed()
    with RunningRedis(tmp_path) as redis:
        monkeypatch.setenv("CHATSERVER_BACKPLANE__URL", redis.url)
        assert "is right" in done("check")
        redis.call("CONFIG", "SET", "appendonly", "yes")
        told = run("check")
        assert (told.exit_code, told.output.startswith("backplane.url: ")) == (1, True), told.output
        monkeypatch.setenv("CHATSERVER_BACKPLANE__ACCEPT_UNSAFE", "true")
        assert "is right" in done("check")
    told = run("check", "--json")
    assert told.exit_code == 1
    assert "could not be reached" in json.loads(told.stdout)["faults"][0]["sentence"]


def test_a_wrong_configuration_stops_every_command() -> None:
    Path("config.toml").write_text("[server]\nport = -1\n")
    for words in (["serve"], ["group", "list"], ["meeting", "list"], ["key", "facilitator", "--group", "a"]):
        assert "server.port: -1 was given" in refused(*words)


def test_a_database_that_cannot_be_opened_is_told_in_a_sentence() -> None:
    Path("data").touch()
    result = run("group", "list")
    assert result.exit_code == 1
    assert "The database file cannot be opened" in result.output


def test_a_store_in_postgresql(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATSERVER_STORE__URL", postgres_url)
    done("group", "add", "--slug", "tuesday", "--name", "Tuesday group")
    done("meeting", "add", "--group", "tuesday", "--slug", "evening", "--title", "Evening", "--now")
    assert [each["slug"] for each in data("meeting", "list")] == ["evening"]
    assert '"tuesday" is there already.' in refused("group", "add", "--slug", "tuesday", "--name", "Again")
    assert "/r/evening#key=" in done("key", "facilitator", "--group", "tuesday")
    assert not Path("data").exists()


def test_a_postgresql_that_is_not_there_is_told_in_a_sentence_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATSERVER_STORE__URL", f"postgres://chat:hunter2@127.0.0.1:{free_port()}/chat")
    result = run("group", "list")
    assert result.exit_code == 1
    assert "The database server is not there. Check that it runs, and host and port in store.url." in result.output
    assert "hunter2" not in result.output


def test_a_store_that_can_not_be_is_asked_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATSERVER_STORE__URL", "postgres://chat:hunter2@db")
    assert 'store.url: "postgres://…@db" was given; it may be an SQLite file, like' in refused("group", "list")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """An app that serves nothing, and fails to start on port 81."""
    seen: list[Settings] = []

    def serve(settings: Settings, announce: Callable[[str], None], reload: Callable[[], Settings]) -> int:
        if settings.server.port == 81:
            raise StartFault("Port 81 is in use by another program.")
        seen.append(settings)
        announce("http://127.0.0.1")
        return 0

    serving = types.ModuleType("chatserver.serving")
    serving.__dict__.update(serve=serve)
    monkeypatch.setitem(sys.modules, "chatserver.serving", serving)
    monkeypatch.setattr(chatserver, "serving", serving, raising=False)
    return seen


def test_serve_takes_its_options(served: list[Settings]) -> None:
    assert done("serve", "--port", "8123") == "http://127.0.0.1\n"
    assert served[0].server.port == 8123


def test_serve_refuses_several_workers_without_redis(served: list[Settings]) -> None:
    assert "more than one worker needs Redis" in refused("serve", "--workers", "4")
    assert served == []


def test_serve_says_why_it_cannot_start(served: list[Settings]) -> None:
    result = run("serve", "--port", "81")
    assert (result.exit_code, result.output) == (1, "Error: Port 81 is in use by another program.\n")


def test_the_program_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "chatserver", "group", "list", "--json"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[]\n", "")


async def test_an_empty_store_gets_a_demo_once(tmp_path: Path) -> None:
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite3")
    link = await make_demo(store, 1_795_296_400_000, "http://127.0.0.1:8000")
    assert link is not None
    page, _, key = link.partition("#key=")
    assert page == "http://127.0.0.1:8000/r/evening"
    assert await store.use_key(hashlib.sha256(key.encode()).digest())
    (opening,) = await store.openings()
    assert (opening.opened_at, opening.closes_at) == (1_795_296_400_000, 1_795_296_400_000 + 86_400_000)
    assert await make_demo(store, 0, "http://127.0.0.1:8000") is None
    await store.close()
