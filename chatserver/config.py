"""The settings: defaults, then config.toml, then CHATSERVER_SECTION__KEY from the environment, then the command line; the later wins.

`config.toml` in the repository is the manual, and a test holds it equal to the defaults here. Faults are told all at once.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from chatserver.backplane.redis.address import parse_address

PREFIX = "CHATSERVER_"
# Variables of that prefix which belong to the build and to the tests.
OTHER_VARIABLES = re.compile(r"CHATSERVER_(SKIP_PAGE|TEST_\w+)")


def _not_a_bool(value: object) -> object:
    if isinstance(value, bool):  # which pydantic would take for 0 or 1
        raise ValueError("a number is needed")
    return value


def _whole(default: int, low: int, high: int, note: str = "") -> Any:
    return Field(default, ge=low, le=high, description=f"a whole number from {low} to {high}{note}")


def _number(default: float, low: float, high: float, note: str = "") -> Any:
    return Field(default, ge=low, le=high, allow_inf_nan=False, description=f"a number from {low:g} to {high:g}{note}")


Whole = Annotated[int, BeforeValidator(_not_a_bool)]
Number = Annotated[float, BeforeValidator(_not_a_bool)]


def _public_url(value: str) -> str:
    if not value:
        return value
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.path.strip("/"):
        raise ValueError("not an address of a whole site")
    if parts.port == 0:  # reading it raises ValueError where it is no port at all
        raise ValueError("not a port")
    return value.rstrip("/")


def _onion_url(value: str) -> str:
    if value and not re.fullmatch(r"https?://(?:[a-z0-9-]+\.)*[a-z2-7]{56}\.onion(?::\d{1,5})?/?", value):
        raise ValueError("not an onion service")
    return value.rstrip("/")


# Of a PostgreSQL's address, after the question mark. A password is not among them: nobody would look for it there to take it out.
_POSTGRESQL_OPTIONS = {"host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs"}
_POSTGRESQL = re.compile(
    r"(?:postgres|postgresql|postgresql\+asyncpg)"
    r"(://(?:[^/@?#\s]*@)?(?:(?:[^/:@?#,\s\[\]]+|\[[0-9a-fA-F:.]+\])(?::\d+)?)?/[^/?#\s]+(?:\?[^#\s]+)?)"
)


def _store_url(value: str) -> str:
    value = re.sub(r"^sqlite://", "sqlite+aiosqlite://", value)
    if re.match(r"sqlite\+aiosqlite:///.", value):
        return value
    found = _POSTGRESQL.fullmatch(value)
    if not found:
        raise ValueError("neither an SQLite file nor a PostgreSQL database")
    parts = urlsplit(value)
    options = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True) if parts.query else {}
    if not _POSTGRESQL_OPTIONS.issuperset(options) or not all(port.isdecimal() for port in options.get("port", [])):
        raise ValueError("not an option")
    if options.get("sslmode", ["prefer"])[-1] not in ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"):
        raise ValueError("not an sslmode")
    if parts.port == 0:  # reading it raises ValueError where it is no port at all
        raise ValueError("not a port")
    return f"postgresql+asyncpg{found[1]}"


def _backplane_url(value: str) -> str:
    if value:
        parse_address(value)
    return value


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Server(Section):
    host: str = Field("127.0.0.1", min_length=1, description="a name or address of this machine, like 127.0.0.1 or 0.0.0.0")
    port: Whole = _whole(8000, 0, 65535, " (0: any free one)")
    workers: Whole = _whole(1, 1, 64)
    public_url: Annotated[str, AfterValidator(_public_url)] = Field(
        "", description='like "https://chat.example.org", with no path, or empty'
    )
    onion_url: Annotated[str, AfterValidator(_onion_url)] = Field(
        "", description='like "http://" and 56 letters and digits with ".onion", with no path, or empty'
    )
    drain_seconds: Whole = _whole(5, 0, 300)


def _listed(value: object) -> object:
    """From the environment it comes as text: what stands between commas."""
    return [each.strip() for each in value.split(",") if each.strip()] if isinstance(value, str) else value


def _networks(value: list[str]) -> list[str]:
    for each in value:
        ipaddress.ip_network(each)
    return value


class Proxy(Section):
    header: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{0,64}$")] = Field(
        "", description='the name of a header, like "X-Forwarded-For" or "Forwarded", or empty'
    )
    networks: Annotated[list[str], BeforeValidator(_listed), AfterValidator(_networks)] = Field(
        [], description='a list of networks, like ["127.0.0.1/32", "10.0.0.0/8"]'
    )


class Store(Section):
    url: Annotated[str, AfterValidator(_store_url)] = Field(
        "sqlite+aiosqlite:///data/chatserver.sqlite3",
        description='an SQLite file, like "sqlite:///data/chatserver.sqlite3", or a PostgreSQL database, like '
        '"postgresql://user:password@host/database" or "postgresql://user@/database?host=/run/postgresql"',
    )


class Backplane(Section):
    url: Annotated[str, AfterValidator(_backplane_url)] = Field(
        "",
        description='like "redis://127.0.0.1:6379", "rediss://user:password@host:6380/0", "unix:///run/redis/redis.sock" or '
        '"redis+sentinel://host:26379,host:26379/name", or empty',
    )
    accept_unsafe: bool = Field(False, description="true or false")


class Rooms(Section):
    window_seconds: Whole = _whole(60, 0, 600, " (0: keep nothing)")
    grace_seconds: Whole = _whole(600, 1, 3600)
    away_seconds: Whole = _whole(5, 1, 600)
    capacity: Whole = _whole(500, 2, 100_000)
    doors_minutes: Whole = _whole(10, 0, 120)
    unled_minutes: Whole = _whole(15, 0, 240, " (0: never)")
    first_messages: bool = Field(False, description="true or false")


class Limits(Section):
    messages_per_second: Number = _number(1.0, 0, 100_000, " (0: off)")
    message_burst: Whole = _whole(5, 1, 100_000)
    commands_per_second: Number = _number(10.0, 0, 100_000, " (0: off)")
    command_burst: Whole = _whole(40, 1, 100_000)
    joins_per_minute: Whole = _whole(300, 0, 1_000_000, " (0: off)")


class Raid(Section):
    wave_joins: Whole = _whole(15, 0, 100_000, " (0: off)")
    wave_seconds: Whole = _whole(60, 1, 600)
    repeats: bool = Field(False, description="true or false")


class Metrics(Section):
    host: str = Field("127.0.0.1", min_length=1, description="a name or address of this machine, like 127.0.0.1")
    port: Whole = _whole(0, -1, 65535, " (0: any free one; -1: no metrics)")


class Operator(Section):
    contact: str = Field("", max_length=200, description="up to 200 characters, like an e-mail address or a telephone number")
    helplines: str = Field("", max_length=1_000, description="the path of a file of helplines, or empty")


class Log(Section):
    level: Literal["debug", "info", "warning", "error"] = Field("info", description="one of debug, info, warning, error")


class Settings(Section):
    server: Server = Server()
    proxy: Proxy = Proxy()
    store: Store = Store()
    backplane: Backplane = Backplane()
    rooms: Rooms = Rooms()
    limits: Limits = Limits()
    raid: Raid = Raid()
    metrics: Metrics = Metrics()
    operator: Operator = Operator()
    log: Log = Log()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the configuration: where (`limits.message_burst`), and a sentence with what was given and what it may be."""

    key: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.key}: {self.sentence}"


class ConfigFaults(Exception):
    """Everything that is wrong with the configuration, at once."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


Tree = dict[str, Any]


def load(path: Path | None, environ: Mapping[str, str] = os.environ, options: Mapping[str, object] | None = None) -> Settings:
    """Settings from `path`, or else ./config.toml where there is one, or else the defaults.

    `options` are those of the command line, by key (`{"server.port": 8080}`). Raises `ConfigFaults`.
    """
    given = _read(path)
    faults = _overlay_environment(given, environ)
    for key, value in (options or {}).items():
        _put(given, key, value)
    settings, found = _validate(given)
    faults += found
    wrong = {fault.key for fault in faults}
    faults += [fault for fault, keys in _together(settings) if not wrong & keys]
    if faults:
        raise ConfigFaults(faults)
    return settings


def _read(path: Path | None) -> Tree:
    if path is None:
        path = Path("config.toml")
        if not path.is_file():
            return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as fault:
        sentence = f"this is not TOML: {fault}."
    except UnicodeDecodeError:
        sentence = "this is not text in UTF-8."
    except OSError as fault:
        sentence = f"this file cannot be read: {fault.strerror}."
    raise ConfigFaults([Fault(str(path), sentence)]) from None


def _keys() -> dict[str, str]:
    """Every key (`server.port`) with what it may be."""
    return {
        f"{section}.{key}": field.description or ""
        for section, model in Settings.model_fields.items()
        for key, field in model.default.__class__.model_fields.items()
    }


def _put(tree: Tree, key: str, value: object) -> None:
    section, _, name = key.partition(".")
    table = tree.setdefault(section, {})
    if isinstance(table, dict):  # else the fault is told by validation
        table[name] = value


def _overlay_environment(tree: Tree, environ: Mapping[str, str]) -> list[Fault]:
    known = {PREFIX + key.upper().replace(".", "__"): key for key in _keys()}
    faults = []
    for variable in sorted(environ):
        if variable in known:
            _put(tree, known[variable], environ[variable])
        elif variable.startswith(PREFIX) and not OTHER_VARIABLES.fullmatch(variable):
            faults.append(Fault(variable, "there is no such variable" + _did_you_mean(variable, list(known))))
    return faults


def _validate(given: Tree) -> tuple[Settings, list[Fault]]:
    """What can be read, with the default in place of every fault."""
    try:
        return Settings.model_validate(given), []
    except ValidationError as error:
        faults = {}
        for problem in error.errors(include_url=False, include_context=False):
            where = tuple(str(part) for part in problem["loc"][:2])
            faults[where] = _fault(where, problem["type"], problem["input"])
    for where in faults:
        table = given if len(where) == 1 else given[where[0]]
        del table[where[-1]]
    return Settings.model_validate(given), list(faults.values())


def _fault(where: tuple[str, ...], kind: str, value: object) -> Fault:
    key = ".".join(where)
    if kind == "extra_forbidden":
        return Fault(key, f"there is no such {_kind_of_key(where, value)}" + _did_you_mean(key, _candidates(where, value)))
    if len(where) == 1:
        return Fault(key, f"{_shown(value)} was given; it is a section, written [{key}].")
    return Fault(key, f"{_shown(value)} was given; it may be {_keys()[key]}.")


def _kind_of_key(where: tuple[str, ...], value: object) -> str:
    return "section" if len(where) == 1 and isinstance(value, dict) else "key"


def _candidates(where: tuple[str, ...], value: object) -> list[str]:
    if _kind_of_key(where, value) == "section":
        return list(Settings.model_fields)
    return list(_keys())


def _did_you_mean(key: str, candidates: list[str]) -> str:
    same_name = [candidate for candidate in candidates if candidate.partition(".")[2] == key.rpartition(".")[2]]
    near = same_name or difflib.get_close_matches(key, candidates, n=1, cutoff=0.7)
    return f"; did you mean {near[0]}?" if near else "."


def _shown(value: object) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value)
    if isinstance(value, bool):
        text = text.lower()
    text = re.sub(r"(\w:(//)?)\S*@", r"\1…@", text)  # a password in an address, however wrongly that is written
    text = re.sub(r"(password=)[^&\s\"]*", r"\1…", text)
    return text if len(text) <= 80 else text[:79] + "…"


def _together(settings: Settings) -> list[tuple[Fault, set[str]]]:
    """Faults between keys, each with the keys that it is about."""
    faults = []
    host = settings.server.host
    if settings.server.workers > 1 and not settings.backplane.url:
        sentence = (
            f"{settings.server.workers} was given; more than one worker needs Redis: set backplane.url, "
            "like redis://127.0.0.1:6379, or use 1."
        )
        faults.append((Fault("server.workers", sentence), {"server.workers", "backplane.url"}))
    if settings.backplane.url and settings.metrics.port == settings.server.port > 0:
        sentence = (
            f"{settings.metrics.port} was given, which is server.port too; where backplane.url is set, the metrics of all workers need "
            "a port of their own: another one, 0 for any free one, or -1 for none."
        )
        faults.append((Fault("metrics.port", sentence), {"metrics.port", "server.port", "backplane.url"}))
    if not settings.operator.contact.strip() and not is_loopback(host):
        sentence = (
            f'nothing was given; a server that others can reach (server.host is "{host}") needs an address for those '
            "whom no moderator could help: an e-mail address or a telephone number."
        )
        faults.append((Fault("operator.contact", sentence), {"operator.contact", "server.host"}))
    if bool(settings.proxy.header) is not bool(settings.proxy.networks):
        missing, why = (
            ("networks", "a header is believed only of the proxies that are named")
            if settings.proxy.header
            else (
                "header",
                "there is nothing to believe of these proxies",
            )
        )
        faults.append((Fault(f"proxy.{missing}", f"nothing was given; {why}: set both, or neither."), {"proxy.header", "proxy.networks"}))
    return faults


def warnings(settings: Settings) -> list[Fault]:
    """What is no fault, and yet should be looked at."""
    if settings.server.public_url.startswith("https:") and not settings.proxy.header:
        sentence = (
            "nothing was given, and server.public_url is https: where a proxy stands in front, everybody seems to come from one network: "
            "one ban sends every newcomer to the lobby. Set it to the header that the proxy writes, and proxy.networks to its address."
        )
        return [Fault("proxy.header", sentence)]
    return []


def is_loopback(host: str) -> bool:
    """True for an address that only this machine can reach."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def base_url(settings: Settings, port: int | None = None) -> str:
    """What links to this server begin with; `port` is the one that it really listens on, where that is known."""
    return settings.server.public_url or local_url(settings, port)


def local_url(settings: Settings, port: int | None = None) -> str:
    """Where this machine itself reaches the server, past whatever proxy stands in front."""
    server = settings.server
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(server.host, server.host)
    return f"http://{f'[{host}]' if ':' in host.strip('[]') and '[' not in host else host}:{port or server.port}"
