"""Pseudonyms: which are possible, which look alike, and which are kept for nobody."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from chatserver.domain.look_alikes import LOOK_ALIKES
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.text import clean, has_lone_surrogate, is_invisible

MAX_NAME = 32  # code points

# A name that holds one of these as a word, or is made of them, would let a stranger speak as the room's host or as the software.
RESERVED = (
    "admin",
    "administrator",
    "chatserver",
    "facilitator",
    "helpline",
    "host",
    "mod",
    "moderator",
    "operator",
    "server",
    "staff",
    "support",
    "system",
)

_FOLD = {ord(ch): ascii_ for ascii_, others in LOOK_ALIKES.items() for ch in others}
_ASCII_FOLD = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s", "$": "s", "@": "a"})
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


@lru_cache(maxsize=8_192)
def skeleton(name: str) -> str:
    """Two names that a hurried reader would take for one another have the same skeleton (after UTS #39).

    Case, marks, spaces, punctuation and look-alike letters of other scripts make no difference."""
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", name.translate(_FOLD)) if not unicodedata.category(ch).startswith(("M", "C")))
    folded = bare.casefold().translate(_FOLD).translate(_ASCII_FOLD)
    letters = "".join(ch for ch in folded if ch.isalnum()) or "".join(folded.split())
    for pair, single in _PAIRS:
        letters = letters.replace(pair, single)
    return letters


_RESERVED_SKELETONS = frozenset(skeleton(word) for word in RESERVED)


def checked_name(name: str) -> str | Refused:
    """The name cleaned and on one line, or why nobody can have it."""
    if has_lone_surrogate(name):
        return Refused(Code.BAD_NAME)
    cleaned = " ".join(clean(name).split())
    if not cleaned or len(cleaned) > MAX_NAME or is_invisible(cleaned) or not skeleton(cleaned):
        return Refused(Code.BAD_NAME)
    words = {skeleton(word) for word in cleaned.replace("-", " ").replace("_", " ").replace(".", " ").split()}
    if words & _RESERVED_SKELETONS or skeleton(cleaned) in _RESERVED_SKELETONS:
        return Refused(Code.NAME_RESERVED)
    return cleaned
