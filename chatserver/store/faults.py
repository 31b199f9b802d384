"""What a database says when something is wrong, in a sentence for the operator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from chatserver.store.base import StoreUnavailable

_SENTENCES = {
    "database is locked": "The database is locked by another program. Try again, or stop the other program.",
    "readonly database": "The database is read-only. Check who owns its file and folder, and that the disk is not mounted read-only.",
    "unable to open database file": "The database file cannot be opened. Check that its folder is there and who owns it.",
    "disk is full": "The disk is full.",
    "file is not a database": "The database file is not an SQLite database.",
    "disk image is malformed": "The database file is damaged. Restore it from a copy.",
}


@contextmanager
def as_unavailable() -> Iterator[None]:
    """Turns every fault of the database into `StoreUnavailable`."""
    try:
        yield
    except (TimeoutError, PoolTimeout):
        raise StoreUnavailable("The database did not answer in time.") from None
    except OSError as fault:
        raise StoreUnavailable(f"The database file cannot be opened: {fault.filename}: {fault.strerror}.") from None
    except SQLAlchemyError as fault:
        said = str(fault)
        for part, sentence in _SENTENCES.items():
            if part in said:
                raise StoreUnavailable(sentence) from None
        raise StoreUnavailable(f"The database did not do what was asked ({type(fault).__name__}).") from None
