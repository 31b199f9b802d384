"""What a database says when something is wrong, in a sentence for the operator. No sentence has an address or a password in it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from chatserver.store.base import StoreUnavailable

_OF_SQLITE = {
    "database is locked": "The database is locked by another program. Try again, or stop the other program.",
    "readonly database": "The database is read-only. Check who owns its file and folder, and that the disk is not mounted read-only.",
    "unable to open database file": "The database file cannot be opened. Check that its folder is there and who owns it.",
    "disk is full": "The disk is full.",
    "file is not a database": "The database file is not an SQLite database.",
    "disk image is malformed": "The database file is damaged. Restore it from a copy.",
}

_NOT_LET_IN = "The database server does not let this user in. Check user and password in store.url, and the server's pg_hba.conf."
_NO_RIGHT = "The database's user may not do this there. It needs to own the database: see docs/operating.md."
_COMES_OR_GOES = "The database server is starting or stopping. Try again."

# By SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html, or by its class, the first two signs.
_OF_POSTGRESQL = {
    "08": "The connection to the database was lost. Try again.",
    "25006": "The database is read-only. Check that store.url names the primary, not a standby.",
    "28": _NOT_LET_IN,
    "3D000": "The database server has no database of that name. Make it: see docs/operating.md.",
    "3F000": _NO_RIGHT,  # a schema that one may not use is not seen
    "42501": _NO_RIGHT,
    "53100": "The disk of the database server is full.",
    "53200": "The database server is out of memory.",
    "53300": "The database server has no connection left. Raise its max_connections, or run fewer workers.",
    "55P03": "Another program holds a lock in the database. Try again.",
    "57014": "The database did not answer in time.",
    "57P": _COMES_OR_GOES,
    "XX001": "The database is damaged. Restore it from a copy.",
    "XX002": "The database is damaged. Restore it from a copy.",
}


@contextmanager
def as_unavailable() -> Iterator[None]:
    """Turns every fault of the database into `StoreUnavailable`."""
    try:
        yield
    except (TimeoutError, PoolTimeout):
        raise StoreUnavailable("The database did not answer in time.") from None
    except asyncpg.ClientConfigurationError:
        raise StoreUnavailable("The database's address in store.url is not understood. Check its options.") from None
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, SQLAlchemyError) as fault:
        raise StoreUnavailable(_sentence(fault)) from None


def _sentence(fault: Exception) -> str:
    said = fault.orig if isinstance(fault, DBAPIError) and fault.orig is not None else fault
    state = getattr(said, "sqlstate", None)
    if isinstance(state, str):
        for length in (5, 3, 2):
            if state[:length] in _OF_POSTGRESQL:
                return _OF_POSTGRESQL[state[:length]]
        return f"The database did not do what was asked (SQLSTATE {state})."
    for part, sentence in _OF_SQLITE.items():
        if part in str(said):
            return sentence
    if isinstance(fault, DBAPIError) and fault.connection_invalidated:
        return _OF_POSTGRESQL["08"]
    if isinstance(fault, socket.gaierror):
        return "The database server's name is not known here. Check the host in store.url."
    if isinstance(fault, FileNotFoundError):
        return (
            "The database server's socket, or a file named in store.url, is not there. Check that the server runs, and host in store.url."
        )
    if isinstance(fault, ssl.SSLError) or type(fault) is ConnectionError:  # what the driver says of a server that will not encrypt
        return "The database server is not trusted, or speaks no TLS. Check its certificate, and sslmode in store.url."
    if isinstance(fault, OSError):
        return "The database server is not there. Check that it runs, and host and port in store.url."
    return f"The database did not do what was asked ({type(said).__name__})."
