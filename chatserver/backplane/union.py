"""What several workers hold of one room, put together: the rule that `restore` follows."""

from __future__ import annotations

import re
from dataclasses import replace

from chatserver.backplane.base import Held, Loaded


def order_of(line: str) -> int:
    """Of two lines of one opening, the one with the higher number came later."""
    found = re.fullmatch(r".*\.(\d+)(-.*)?", line)
    return int(found[1]) if found else 0


def opening_of(line: str) -> str:
    return line.partition(".")[0]


def next_line(line: str, nonce: str) -> str:
    """The name of the line that follows. The nonce keeps two that follow the same one, in the memory of two stores, apart."""
    return f"{opening_of(line)}.{order_of(line) + 1}-{nonce}"


def as_held(loaded: Loaded) -> Held:
    """All that is known of a room that nobody holds but the backplane itself."""
    return Held(loaded.line, loaded.seq, loaded.guard, loaded.entries, (), loaded.seq, loaded.message_ids, loaded.before, loaded.holding)


def united(one: Held, other: Held) -> Held:
    """Both of the same line. Facts are those of the highest seq; of what was said, nothing is lost that either has.

    Where one's window begins after the other's end, what lies between is not had: then `floor` is the later one's."""
    first, last = sorted((one, other), key=lambda held: held.seq)
    by_seq = {kept.seq: kept for held in (first, last) for kept in held.window}
    retracted = {kept.event.retracts for kept in by_seq.values()} - {None}
    window = tuple(by_seq[seq] for seq in sorted(by_seq) if by_seq[seq].event.message not in retracted)
    floor = min(first.floor, last.floor) if last.floor <= first.seq else last.floor
    return replace(
        last, window=window, floor=floor, message_ids={**first.message_ids, **last.message_ids}, before={**first.before, **last.before}
    )
