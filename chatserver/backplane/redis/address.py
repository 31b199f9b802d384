"""Where Redis is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote

PORT = 6379
SENTINEL_PORT = 26379

_URL = re.compile(
    r"(?P<scheme>[a-z+]+)://((?P<user>[^/@:]*)(:(?P<password>[^/@]*))?@)?(?P<place>[^/?@]*)(?P<path>/[^?]*)?(\?(?P<query>.*))?"
)
_HOST = re.compile(r"(?P<host>[^:,\[\]\s]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{1,5}))?")

_FORMS = (
    "A Redis address is redis://user:password@host:6379/0, rediss://user:password@host:6379/0?ca=/path/of/ca.pem (with TLS), "
    "unix://user:password@/path/of/redis.sock?db=0 or redis+sentinel://user:password@host:26379,host:26379/service/0"
)


@dataclass(frozen=True, slots=True)
class Address:
    """`path`: of a Unix socket. `service`: what the sentinels call the master; then `hosts` are theirs."""

    hosts: tuple[tuple[str, int], ...] = ()
    path: str | None = None
    service: str | None = None
    db: int = 0
    tls: bool = False
    ca: str | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        """Without user and password."""
        if self.path is not None:
            return self.path
        hosts = ", ".join(f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self.hosts)
        return hosts if self.service is None else f"{self.service} (by the sentinels at {hosts})"


def parse_address(url: str) -> Address:
    """Raises `ValueError` with a sentence that tells no password."""
    match = _URL.fullmatch(url)
    if match is None:
        raise ValueError(f"{_FORMS}; @, : and / of a password are written as %40, %3A and %2F.")
    query = {name: values[-1] for name, values in parse_qs(match["query"] or "").items()}
    path = unquote(match["path"] or "")
    user = unquote(match["user"] or "") or None
    password = unquote(match["password"]) if match["password"] else None
    if user is not None and password is None:
        raise ValueError(f"A user without a password was given. {_FORMS}.")
    match match["scheme"]:
        case "unix":
            _only(query, {"db"})
            if match["place"] or len(path) < 2:
                raise ValueError(f"A Unix socket is named by its whole path. {_FORMS}.")
            return Address(path=path, db=_db(query.get("db", "0")), user=user, password=password)
        case "redis" | "rediss" as scheme:
            _only(query, {"ca"} if scheme == "rediss" else set())
            db = _db(path.removeprefix("/") or "0")
            return Address((_host(match["place"], PORT),), db=db, tls=scheme == "rediss", ca=query.get("ca"), user=user, password=password)
        case "redis+sentinel":
            _only(query, set())
            hosts = tuple(_host(place, SENTINEL_PORT) for place in match["place"].split(","))
            service, _, db_text = path.removeprefix("/").partition("/")
            if not service:
                raise ValueError(f"The name of the service that the sentinels watch is missing. {_FORMS}.")
            return Address(hosts, service=service, db=_db(db_text or "0"), user=user, password=password)
        case _:
            raise ValueError(f"{_FORMS}.")


def _host(place: str, port: int) -> tuple[str, int]:
    match = _HOST.fullmatch(place)
    if match is None:
        raise ValueError(f"A host's name is missing or wrong. {_FORMS}.")
    number = int(match["port"] or port)
    if not 0 < number < 65_536:
        raise ValueError(f"A port is a number from 1 to 65535. {_FORMS}.")
    return match["host"].strip("[]"), number


def _db(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError(f"The number of a database is wrong. {_FORMS}.")
    return int(text)


def _only(query: dict[str, str], known: set[str]) -> None:
    if set(query) - known:
        raise ValueError(f"There is something unknown after the question mark. {_FORMS}.")
