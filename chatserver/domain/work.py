"""A little work that a newcomer does while a wave lasts: little to one telephone, and something to whoever comes two hundred times.

For each puzzle `n` a number is found such that SHA-256 of "<salt>.<n>.<number>" begins with `difficulty` zero bits. Many small puzzles
and not a large one: their number evens out the luck."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

PUZZLES = 16
EASIEST, HARDEST = 8, 10  # bits: some 4,000 to 16,000 hashes in all. A slow telephone's page does 50,000 a second
EXPIRES_MS = 60_000


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be solved, by the connection that it was given to, before it expires."""

    salt: str
    difficulty: int
    puzzles: int
    expires: int


def difficulty(newcomers: int, wave_joins: int) -> int:
    """The more have come, the harder: twice as hard for twice as many."""
    return min(HARDEST, EASIEST + max(0, (newcomers // max(1, wave_joins)).bit_length() - 1))


def is_solved(work: Work, salt: str, numbers: Sequence[int], now: int) -> bool:
    if now >= work.expires or len(numbers) != work.puzzles or not hmac.compare_digest(salt.encode(), work.salt.encode()):
        return False
    return all(_zero_bits(f"{salt}.{n}.{number}") >= work.difficulty for n, number in enumerate(numbers))


def _zero_bits(text: str) -> int:
    return 256 - int.from_bytes(hashlib.sha256(text.encode()).digest()).bit_length()
