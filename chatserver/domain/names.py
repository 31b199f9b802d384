"""Pseudonyms: which are possible, which look alike, and which are kept for nobody."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from chatserver.domain import kept_names
from chatserver.domain.look_alikes import LOOK_ALIKES
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.text import clean, has_lone_surrogate, is_invisible

MAX_NAME = 32  # code points

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


# --- words that are kept

# What stands for a letter only where somebody wants to be taken for another: as a name of one's own, "Ann3" is not "Anne".
_MEANT = str.maketrans("34678мткнвτηκμ", "eagtbmtkhbtnkm")
_SIGNS = str.maketrans("€₳₮₲", "eatg")
_REPEATED = re.compile(r"(.)\1+", re.IGNORECASE)
_UPSIDE_DOWN = str.maketrans("pdbqun", "dpqbnu")
_WITH_INITIAL = re.compile(r"[^\W\d_]{2,} [^\W\d_]\.?")
# By its name in Unicode: turned, in a circle or a square, a flag's, with a stroke, a small capital.
_LATIN = re.compile("[À-ʯᴀ-ᶿḀ-ỿⱠ-Ɀ꜠-ꟿꬰ-ꭥ\U0001f100-\U0001f1ff]")  # where those are
_A_LETTER = re.compile(
    r"(?:.* )?(?:LATIN|INDICATOR SYMBOL) (?:CAPITAL |SMALL )?LETTER (?:(?:SMALL CAPITAL|TURNED|REVERSED|OPEN|SCRIPT) )*([A-Z])(?: WITH .+)?"
)


def _undisguised(name: str) -> set[str]:
    """Skeletons of what a name is meant to be read as; repeated letters count once."""
    shown = {name}
    if not name.isascii():
        latin = "".join(_plain_letter(ch) for ch in name)
        shown |= {latin, latin[::-1].translate(_UPSIDE_DOWN)} if _is_turned(name) else {latin}
    return {_once(s.translate(_MEANT)) for each in shown for s in skeletons(_once(each))} - {""}


def _plain_letter(ch: str) -> str:
    if ch.isascii():
        return ch
    found = _A_LETTER.fullmatch(unicodedata.name(ch, "")) if _LATIN.match(ch) else None
    return found[1].lower() if found else "" if is_invisible(ch) and not ch.isspace() else ch.translate(_SIGNS)


def _is_turned(name: str) -> bool:
    return not name.isascii() and any(" TURNED " in unicodedata.name(ch, "") for ch in name)


def _once(letters: str) -> str:
    return _REPEATED.sub(r"\1", letters)


def _plainly(*words: str) -> frozenset[str]:
    return frozenset(_once(s.translate(_MEANT)) for word in words for s in skeletons(_once(word)))


_RESERVED = _plainly(*(word for words in kept_names.RESERVED.values() for word in words))
_TELLING = _plainly(*kept_names.TELLING)
_REFUSED = _plainly(*kept_names.REFUSED)
_REFUSED_WORDS = _plainly(*kept_names.REFUSED_WORDS)


def _words(name: str) -> set[str]:
    """The words of a name, parted at whatever sign (Mod/Anna, Host·Anna); letters that stand alone make one together (m.o.d Anna).

    The whole is one word too, but for a first name and an initial (Mo D.): so people in recovery name themselves."""
    letters = "".join(_plain_letter(ch) for ch in _bare(name))
    words = set() if _WITH_INITIAL.fullmatch(name) else {name, letters}
    for kept in ("", "@$|!"):  # which may be letters
        parted = "".join(ch if ch.isalnum() or ch in kept else " " for ch in letters).split()
        words |= {*parted, *("".join(run) for alone, run in groupby(parted, key=lambda word: len(word) == 1) if alone)}
    words |= {word.rstrip("0123456789") for word in words}
    return words | {word.removesuffix("s") for word in words}


class _Read:
    """A name as it is meant to be read: whole, and word by word."""

    def __init__(self, name: str) -> None:
        self._whole = _undisguised(name)
        self._words = {s for word in _words(name) for s in _undisguised(word)}

    def holds(self, anywhere: frozenset[str], as_word: frozenset[str]) -> bool:
        return not self._words.isdisjoint(as_word) or any(kept in s for s in self._whole for kept in anywhere)


def checked_name(name: str, *, for_host: bool = False) -> str | Refused:
    """The name cleaned and on one line, or why nobody can have it. Those who lead may have a reserved one."""
    if has_lone_surrogate(name):
        return Refused(Code.BAD_NAME)
    cleaned = " ".join(clean(name).split())
    if not cleaned or len(cleaned) > MAX_NAME or is_invisible(cleaned) or not skeletons(cleaned):
        return Refused(Code.BAD_NAME)
    read = _Read(cleaned)
    if read.holds(_REFUSED, _REFUSED_WORDS):
        return Refused(Code.BAD_NAME)
    if not for_host and read.holds(_TELLING, _RESERVED):
        return Refused(Code.NAME_RESERVED)
    return cleaned
