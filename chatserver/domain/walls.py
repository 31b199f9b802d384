"""Text that only fills the page: one thing again and again, or line after line of nothing. An honest text is neither, however long."""

from __future__ import annotations

import zlib

SHORTEST = 200  # code points: a row of hearts, or a refrain, is no wall
# What a text comes down to that says one thing again and again. Prose of any language keeps a third, a litany a tenth.
THING, REPEATED_PART = 24, 0.04
PIECE, AGAIN = 6, 3
EMPTY_LINES = 10  # in a row
SHORT_LINES = 40  # so many lines, and hardly anything on them
LINE_LENGTH = 6  # code points on each, on average: a poem has more


def is_wall(text: str) -> bool:
    """`text` cleaned."""
    breaks = text.count("\n")
    if breaks >= EMPTY_LINES and _empty_in_a_row(text) >= EMPTY_LINES:
        return True
    if breaks >= SHORT_LINES and len(text) < breaks * (LINE_LENGTH + 1):
        return True
    if len(text) < SHORTEST or not _looks_repeated(text):
        return False
    letters = text.encode()
    return len(zlib.compress(letters)) < THING + len(letters) * REPEATED_PART


def _looks_repeated(text: str) -> bool:
    """Whether some piece of it comes again and again. Only spares the look at the whole."""
    return any(text.count(text[at : at + PIECE]) >= AGAIN for at in range(len(text) // 4, len(text) - PIECE, len(text) // 4))


def _empty_in_a_row(text: str) -> int:
    most = row = 0
    for line in text.split("\n"):
        row = 0 if line.strip() else row + 1
        most = max(most, row)
    return most
