"""Tokens and keys: 256 random bits, in a link or a tab; the server holds their hash."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """A text of 43 characters that nobody can guess."""
    return secrets.token_urlsafe(32)


def new_seat() -> tuple[str, str]:
    """The id of a new seat, which all may see, and its token, which only its holder sees."""
    drawn = secrets.token_urlsafe(45)
    return drawn[:16], drawn[16:59]


def hash_token(token: str) -> bytes:
    """What is stored of a token. No salt: there is nothing to guess in 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def new_opening_id() -> str:
    """A short text that no other opening has; no secret."""
    return secrets.token_hex(8)
