"""Walls of text: refused where they only fill the page, and never where somebody has something to say."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from chatserver.domain.text import MAX_TEXT
from chatserver.domain.walls import is_wall

DOCS = Path(__file__).parents[2] / "docs"
POEM = "\n".join(f"and on the {n}th day I walked home" for n in range(60))
RUSSIAN = (
    "Сегодня было трудно. Я проснулся рано, долго сидел у окна и думал о том, что сказал вчера другу. Потом пошёл гулять, и стало легче. "
)
CHINESE = "今天很难。我很早就醒了,在窗边坐了很久,想着昨天对朋友说的话。后来我出去散步,感觉好多了。谢谢你们听我说这些,我明天还会再来。"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 200,
        "🌱" * MAX_TEXT,
        "ha" * 300,
        "get out, all of you. " * 40,
        "GO AWAY\n" * 60,
        "\n".join("a" * 60),
        "look" + "\n" * 30 + "here",
        "look" + "\n \t\n" * 10 + "here",
        "\n".join(["no."] * 100),
        "▓▒░" * 200,
        "Z̷̢" * 150,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_wall(text: str) -> None:
    assert is_wall(text)


@pytest.mark.parametrize(
    "text",
    [
        "❤️" * 30,
        "ha" * 50,
        "No. No, no, no, no. " * 5,
        "one day at a time\n" * 8,
        "Thank you.\n\n\nAnd good night.\n\n",
        "A grateful heart\nBread\nCalls from a friend\nDogs\nEvenings\nFood\nGoing on",
        POEM[:MAX_TEXT],
        (RUSSIAN * 3)[:400],
        CHINESE * 2,
        "",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_wall(text: str) -> None:
    assert not is_wall(text)


def test_2000_honest_characters_never_are() -> None:
    """Of what people have written at length, whatever piece one takes."""
    chance = random.Random(7)
    for page in DOCS.glob("**/*.md"):
        text = "\n".join(line for line in page.read_text().splitlines() if not line.startswith(("|", "```", "<")))
        for _ in range(10):
            start = chance.randrange(max(1, len(text) - MAX_TEXT))
            assert not is_wall(text[start : start + MAX_TEXT].strip()), page.name
