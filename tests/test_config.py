"""Settings: the manual is true, the later source wins, and an operator hears of every fault at once."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

from chatserver.config import ConfigFaults, Settings, base_url, load, warnings

MANUAL = Path(__file__).parent.parent / "config.toml"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def faults(text: str, **environ: str) -> dict[str, str]:
    Path("wrong.toml").write_text(text)
    with pytest.raises(ConfigFaults) as caught:
        load(Path("wrong.toml"), environ)
    return {fault.key: fault.sentence for fault in caught.value.faults}


def test_the_manual_is_equal_to_the_defaults() -> None:
    assert tomllib.loads(MANUAL.read_text()) == Settings().model_dump()


def test_every_key_of_the_manual_is_commented() -> None:
    lines = MANUAL.read_text().splitlines()
    for above, line in itertools.pairwise(lines):
        if "=" in line and not line.startswith("#"):
            assert above.startswith("# "), f"no comment above: {line}"


def test_without_a_file_the_defaults_hold() -> None:
    assert load(None, {}) == Settings()


def test_config_toml_of_the_folder_is_found() -> None:
    Path("config.toml").write_text("[rooms]\ncapacity = 30\n")
    assert load(None, {}).rooms.capacity == 30


def test_the_environment_wins_over_the_file_and_the_command_line_over_both() -> None:
    Path("config.toml").write_text("[server]\nport = 1\nhost = 'localhost'\n[limits]\nmessages_per_second = 2\n")
    settings = load(None, {"CHATSERVER_SERVER__PORT": "2", "CHATSERVER_LIMITS__MESSAGES_PER_SECOND": "0.5"}, {"server.port": 3})
    assert (settings.server.host, settings.server.port, settings.limits.messages_per_second) == ("localhost", 3, 0.5)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().server.port = 1  # type: ignore[misc]


def test_a_plain_sqlite_url_is_understood() -> None:
    assert load(None, {"CHATSERVER_STORE__URL": "sqlite:////tmp/a.db"}).store.url == "sqlite+aiosqlite:////tmp/a.db"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
@pytest.mark.parametrize(
    "rest",
    [
        "chat:hunter2@db.example.org/chat",
        "chat:p%40ss%2F%3A@db.example.org:5433/chat?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "chat@[::1]:5432/chat",
        "db/chat",
        "/chat",
        "chat@/chat?host=/run/postgresql&port=5433",
    ],
)
def test_a_postgresql_url_is_understood(scheme: str, rest: str) -> None:
    assert load(None, {"CHATSERVER_STORE__URL": f"{scheme}://{rest}"}).store.url == f"postgresql+asyncpg://{rest}"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql:chat",
        "postgresql://db",
        "postgresql://db/",
        "postgresql://db/chat/more",
        "postgresql://db:0/chat",
        "postgresql://db:65536/chat",
        "postgresql://db:port/chat",
        "postgresql://:5432/chat",
        "postgresql://db/chat?sslmode=on",
        "postgresql://db/chat?ssl=require",
        "postgresql://db/chat?port=x",
        "postgresql://db/chat?host",
        "postgresql://db/chat#part",
        "postgresql+psycopg://db/chat",
        "postgresql://chat:hunter2#@db/chat",
        "postgresql://chat:hunter2?@db/chat",
        "postgresql://chat:hunter2/@db/chat",
        "postgresql://chat:hunter2@@db/chat",
        "postgresql://db/chat?user=chat&password=hunter2",
        "mysql://chat:hunter2@db/chat",
    ],
)
def test_a_store_that_can_not_be_is_a_fault_and_no_password_is_shown(url: str) -> None:
    with pytest.raises(ConfigFaults) as found:
        load(None, {"CHATSERVER_STORE__URL": url})
    (fault,) = found.value.faults
    assert fault.key == "store.url"
    assert "or a PostgreSQL database, like" in fault.sentence
    assert "hunter2" not in str(found.value)


def test_ten_mistakes_are_told_at_once() -> None:
    found = faults(
        """
        [server]
        host = "0.0.0.0"
        port = 70000
        workers = 4
        public_url = "chat.example.org/path"
        [store]
        url = "mysql://root:hunter2@db/chat"
        [rooms]
        capasity = 10
        window_seconds = true
        [limits]
        messages_per_second = "fast"
        [limit]
        message_burst = 3
        [log]
        level = "loud"
        """,
        CHATSERVER_SERVER__PROT="8000",
    )
    assert found == {
        "CHATSERVER_SERVER__PROT": "there is no such variable; did you mean CHATSERVER_SERVER__PORT?",
        "server.port": "70000 was given; it may be a whole number from 0 to 65535 (0: any free one).",
        "server.public_url": '"chat.example.org/path" was given; it may be like "https://chat.example.org", with no path, or empty.',
        "store.url": '"mysql://…@db/chat" was given; it may be an SQLite file, like "sqlite:///data/chatserver.sqlite3", '
        'or a PostgreSQL database, like "postgresql://user:password@host/database" or "postgresql://user@/database?host=/run/postgresql".',
        "rooms.capasity": "there is no such key; did you mean rooms.capacity?",
        "rooms.window_seconds": "true was given; it may be a whole number from 0 to 600 (0: keep nothing).",
        "limits.messages_per_second": '"fast" was given; it may be a number from 0 to 100000 (0: off).',
        "limit": "there is no such section; did you mean limits?",
        "log.level": '"loud" was given; it may be one of debug, info, warning, error.',
        "server.workers": "4 was given; more than one worker needs Redis: set backplane.url, like redis://127.0.0.1:6379, or use 1.",
        "operator.contact": 'nothing was given; a server that others can reach (server.host is "0.0.0.0") needs an address for those '
        "whom no moderator could help: an e-mail address or a telephone number.",
    }


@pytest.mark.parametrize(
    "url",
    [
        "redis://127.0.0.1:6379",
        "redis://localhost",
        "redis://:hunter2@[::1]:6379/3",
        "rediss://chat:p%40ss@redis.example.org:6380/0",
        "unix:///run/redis/redis.sock",
        "redis+sentinel://:hunter2@one:26379,two:26379/chat/1",
    ],
)
def test_a_redis_url_is_understood(url: str) -> None:
    settings = load(None, {"CHATSERVER_BACKPLANE__URL": url, "CHATSERVER_SERVER__WORKERS": "4"})
    assert (settings.backplane.url, settings.server.workers) == (url, 4)


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:6379",
        "http://:hunter2@127.0.0.1",
        "redis:chat:hunter2@127.0.0.1",
        "redis://:hunter2@",
        "redis://:hunter2/x@127.0.0.1",
        "redis://127.0.0.1:0",
        "redis://127.0.0.1/first",
        "redis://127.0.0.1?password=hunter2",
        "unix://redis.sock",
        "redis+sentinel://one:26379",
    ],
)
def test_what_is_no_redis_url_is_a_fault_that_tells_no_password(url: str) -> None:
    (sentence,) = faults("", CHATSERVER_BACKPLANE__URL=url).values()
    assert "was given; it may be like " in sentence
    assert "hunter2" not in sentence


def test_the_workers_metrics_need_a_port_of_their_own() -> None:
    both = {"CHATSERVER_SERVER__PORT": "8000", "CHATSERVER_METRICS__PORT": "8000"}
    assert load(None, both).metrics.port == 8000
    found = faults("[backplane]\nurl = 'redis://localhost'", **both)
    assert found.keys() == {"metrics.port"}
    assert "8000 was given, which is server.port too" in found["metrics.port"]


@pytest.mark.parametrize(
    ("text", "key", "sentence"),
    [
        ("port = 80", "port", "did you mean server.port?"),
        ("server = 3", "server", "3 was given; it is a section, written [server]."),
        ("[backplane]\nurl = 'localhost:6379'", "backplane.url", 'it may be like "redis://127.0.0.1:6379"'),
        ("[limits]\nmessages_per_second = nan", "limits.messages_per_second", "nan was given"),
        ("[server\nport = 1", "wrong.toml", "line 1"),
        ("[server]\nhost = '::'", "operator.contact", "nothing was given"),
    ],
)
def test_a_fault_has_its_key_and_what_it_may_be(text: str, key: str, sentence: str) -> None:
    assert sentence in faults(text)[key]


def test_a_file_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(ConfigFaults, match=r"nowhere\.toml: this file cannot be read: No such file or directory\."):
        load(Path("nowhere.toml"), {})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_on_loopback_no_contact_is_needed(host: str) -> None:
    assert load(None, {"CHATSERVER_SERVER__HOST": host}).server.host == host


def test_variables_of_the_build_and_of_tests_are_left_alone() -> None:
    assert load(None, {"CHATSERVER_SKIP_PAGE": "1", "CHATSERVER_TEST_BROWSER": "x"}) == Settings()


@pytest.mark.parametrize(
    ("environ", "port", "url"),
    [
        ({}, None, "http://127.0.0.1:8000"),
        ({"CHATSERVER_SERVER__PORT": "0"}, 4711, "http://127.0.0.1:4711"),
        ({"CHATSERVER_SERVER__HOST": "0.0.0.0", "CHATSERVER_OPERATOR__CONTACT": "a@b"}, None, "http://127.0.0.1:8000"),
        ({"CHATSERVER_SERVER__HOST": "::1"}, None, "http://[::1]:8000"),
        ({"CHATSERVER_SERVER__PUBLIC_URL": "https://chat.example.org/"}, 4711, "https://chat.example.org"),
    ],
)
def test_what_links_begin_with(environ: dict[str, str], port: int | None, url: str) -> None:
    assert base_url(load(None, environ), port) == url


@pytest.mark.parametrize("port", ["0", "65536", "99999", "x", "-1"])
def test_a_public_url_with_no_real_port_is_a_fault(port: str) -> None:
    with pytest.raises(ConfigFaults) as found:
        load(None, {}, {"server.public_url": f"https://chat.example.org:{port}"})
    assert [fault.key for fault in found.value.faults] == ["server.public_url"]


def test_a_proxys_header_and_its_networks_go_together() -> None:
    assert "set both" in faults('[proxy]\nheader = "Forwarded"\n')["proxy.networks"]
    assert "set both" in faults('[proxy]\nnetworks = ["127.0.0.1/32"]\n')["proxy.header"]
    assert set(faults('[proxy]\nheader = "X Y"\nnetworks = ["10.0.0.1/8"]\n')) == {"proxy.header", "proxy.networks"}
    given = {"CHATSERVER_PROXY__HEADER": "X-Forwarded-For", "CHATSERVER_PROXY__NETWORKS": "127.0.0.1/32, ::1/128"}
    assert load(None, given).proxy.networks == ["127.0.0.1/32", "::1/128"]


def test_https_without_a_proxy_is_worth_a_look() -> None:
    https = {"server.public_url": "https://chat.example.org"}
    assert [each.key for each in warnings(load(None, {}, https))] == ["proxy.header"]
    assert not warnings(load(None, {}, {**https, "proxy.header": "Forwarded", "proxy.networks": ["10.0.0.0/8"]}))
    assert not warnings(Settings())
