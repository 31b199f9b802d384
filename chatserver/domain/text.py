"""What a person typed, made safe to show to others without changing what it says."""

from __future__ import annotations

import re
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
# Format characters by category, yet signs that one sees: of Arabic numbers and verses, Syriac, Kaithi.
_VISIBLE_FORMAT = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")

# What most of what is said consists of: nothing in it goes, and nothing in it piles up. Only spares the look at each character.
_PLAIN = re.compile(
    "["
    "\n\t\u0020-\u007e"  # ASCII
    "\u00a0-\u00ac\u00ae-\u02ff"  # Latin
    "\u0370-\u0482\u048a-\u0587"  # Greek, Cyrillic, Armenian
    "\u05d0-\u05ea\u0620-\u064a\u0660-\u066f"  # Hebrew and Arabic, without points
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20c0"  # dashes, quotation marks, currencies
    "\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f"  # Chinese, Japanese, Korean
    "\U0001f300-\U0001faff"  # emoji
    "]*"
)
_SEEN = re.compile("[!-~]")  # spares the same
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """NFC, without control characters (but newline and tab), bidi overrides and piled-up marks; trimmed."""
    if _PLAIN.fullmatch(text) and unicodedata.is_normalized("NFC", text):
        return text.strip()
    # What goes must be gone before marks are counted and composed: it would part a pile only until it is taken out.
    shown = "".join(ch for ch in text.translate(_BIDI_CONTROLS) if _stays(ch))
    kept: list[str] = []
    marks = 0
    for ch in unicodedata.normalize("NFC", shown):
        category = unicodedata.category(ch)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > MARKS_IN_A_ROW:
                continue
        elif category != "Cf" or ch in _VISIBLE_FORMAT:  # a joiner parts no pile either
            marks = 0
        kept.append(ch)
    return "".join(kept).strip()


def _stays(ch: str) -> bool:
    category = unicodedata.category(ch)
    if category == "Cc":
        return ch in "\n\t"
    if category == "Cf":
        return ch in _KEPT_FORMAT or ch in _VISIBLE_FORMAT or 0xE0020 <= ord(ch) <= 0xE007F  # tags: flags of regions
    return True


def is_invisible(text: str) -> bool:
    """True where a reader would see nothing."""
    return _SEEN.search(text) is None and all(
        ch not in _VISIBLE_FORMAT and (ch.isspace() or ch in _INVISIBLE or unicodedata.category(ch) in ("Cf", "Mn", "Me", "Cc"))
        for ch in text
    )


def has_lone_surrogate(text: str) -> bool:
    """JSON can smuggle half a character as an escape; no UTF-8 can carry it on."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def checked(text: str, longest: int) -> str | Refused:
    """The cleaned text, or why it cannot be taken. `longest` is in code points."""
    if has_lone_surrogate(text):
        return Refused(Code.BAD_TEXT)
    if len(text) > longest:
        return Refused(Code.TOO_LONG)
    cleaned = clean(text)
    if is_invisible(cleaned):
        return Refused(Code.EMPTY)
    # Composing can lengthen: U+1D160 becomes three. Words that outgrow a frame could not be sent back in a report.
    return Refused(Code.TOO_LONG) if len(cleaned) > longest else cleaned


def optional(text: str | None, longest: int) -> str | Refused | None:
    """The same for words that may be left out: where there is nothing to see, they were."""
    cleaned = checked(text, longest) if text else None
    return None if isinstance(cleaned, Refused) and cleaned.code is Code.EMPTY else cleaned
