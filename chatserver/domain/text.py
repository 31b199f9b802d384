"""What a person typed, made safe to show to others without changing what it says."""

from __future__ import annotations

import unicodedata

from chatserver.domain.refusals import Code, Refused

MAX_TEXT = 2_000  # code points
MAX_REASON = 500
MAX_WARNING = 80
MARKS_IN_A_ROW = 4  # no writing system in use stacks more on one letter; "zalgo" text stacks dozens

# Explicit bidirectional controls reorder a line, and so can put words into somebody else's mouth (UAX #9, Trojan Source).
# Direction is the page's to isolate. The marks LRM, RLM and ALM only hint, and are needed in mixed lines.
_BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Drawn as nothing, yet neither space nor format characters.
_INVISIBLE = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0")
_KEPT_FORMAT = frozenset("\u200c\u200d\u200e\u200f\u061c")  # joiners (emoji, Persian, Indic) and direction marks


def clean(text: str) -> str:
    """NFC, without control characters (but newline and tab), bidi overrides and piled-up marks; trimmed."""
    kept: list[str] = []
    marks = 0
    for ch in unicodedata.normalize("NFC", text).translate(_BIDI_CONTROLS):
        category = unicodedata.category(ch)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > MARKS_IN_A_ROW or (category == "Cc" and ch not in "\n\t"):
            continue
        if category == "Cf" and ch not in _KEPT_FORMAT and not 0xE0020 <= ord(ch) <= 0xE007F:  # tags: flags of regions
            continue
        kept.append(ch)
    return "".join(kept).strip()


def is_invisible(text: str) -> bool:
    """True where a reader would see nothing."""
    return all(ch.isspace() or ch in _INVISIBLE or unicodedata.category(ch) in ("Cf", "Mn", "Me", "Cc") for ch in text)


def has_lone_surrogate(text: str) -> bool:
    """JSON can smuggle half a character as an escape; no UTF-8 can carry it on."""
    return any("\ud800" <= ch <= "\udfff" for ch in text)


def checked(text: str, longest: int) -> str | Refused:
    """The cleaned text, or why it cannot be taken. `longest` is in code points."""
    if has_lone_surrogate(text):
        return Refused(Code.BAD_TEXT)
    if len(text) > longest:
        return Refused(Code.TOO_LONG)
    cleaned = clean(text)
    if is_invisible(cleaned):
        return Refused(Code.EMPTY)
    return cleaned
