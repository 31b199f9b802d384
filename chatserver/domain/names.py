"""Pseudonyms: which are possible, which look alike, and which are kept for nobody."""

from __future__ import annotations

import unicodedata

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
# Nobody is called so, alone or within a longer word ("ModeratorAnna").
_TELLING = ("administrator", "chatserver", "facilitator", "helpline", "moderator")

_FOLD = {ord(ch): ascii_ for ascii_, others in LOOK_ALIKES.items() for ch in others}
_ASCII_FOLD = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s", "$": "s", "@": "a"})
_ASCII_LETTERS = {code: _ASCII_FOLD.get(code, chr(code) if chr(code).isalnum() else None) for code in range(128)}  # None: goes
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def skeletons(name: str) -> tuple[str, ...]:
    """Two names that a hurried reader would take for one another have a skeleton in common (after UTS #39).

    Case, marks, spaces, punctuation and look-alike letters of other scripts make no difference. There can be two, since a letter
    may look like one thing and its other case like another: Greek Ν like N, but ν like v; Cyrillic Н like H, but н like nothing
    Latin. Not cached: a cache would hold people's names after their meeting."""
    if name.isascii() and name.isprintable():  # most are: then nothing looks like anything else in two ways
        plain = _paired(name.lower().translate(_ASCII_LETTERS)) or _letters(name)
        return (plain,) if plain else ()
    by_look = _letters(_bare(name.translate(_FOLD)))
    by_case = _letters(_bare(_bare(name).casefold()))
    return tuple(dict.fromkeys(s for s in (by_look, by_case) if s))


def skeleton(name: str) -> str:
    """The only one of a name in ASCII; "" for a name of which nothing is left."""
    return next(iter(skeletons(name)), "")


def _bare(name: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFKD", name) if not unicodedata.category(ch).startswith(("M", "C")))


def _letters(bare: str) -> str:
    folded = bare.casefold().translate(_FOLD).translate(_ASCII_FOLD)
    return _paired("".join(ch for ch in folded if ch.isalnum()) or "".join(folded.split()))


def _paired(letters: str) -> str:
    for pair, single in _PAIRS:
        letters = letters.replace(pair, single)
    return letters


_RESERVED_SKELETONS = frozenset(skeleton(word) for word in RESERVED)
_TELLING_SKELETONS = tuple(skeleton(word) for word in _TELLING)


def _is_reserved(name: str) -> bool:
    if any(telling in s for s in skeletons(name) for telling in _TELLING_SKELETONS):
        return True
    parted = "".join(ch if ch.isalnum() else " " for ch in _bare(name))  # at whatever sign: Mod/Anna, Host·Anna
    words = {name, *parted.split(), *name.replace("-", " ").replace("_", " ").replace(".", " ").split()}
    words |= {word.rstrip("0123456789") for word in words}
    words |= {word.removesuffix("s") for word in words}
    return any(s in _RESERVED_SKELETONS for word in words for s in skeletons(word))


def checked_name(name: str, *, for_host: bool = False) -> str | Refused:
    """The name cleaned and on one line, or why nobody can have it. Those who lead may have a reserved one."""
    if has_lone_surrogate(name):
        return Refused(Code.BAD_NAME)
    cleaned = " ".join(clean(name).split())
    if not cleaned or len(cleaned) > MAX_NAME or is_invisible(cleaned) or not skeletons(cleaned):
        return Refused(Code.BAD_NAME)
    if not for_host and _is_reserved(cleaned):
        return Refused(Code.NAME_RESERVED)
    return cleaned
