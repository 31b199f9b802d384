"""A room as full and as long as they get: 300 seats, a thousand messages; told to one page, as if the server said so."""

from __future__ import annotations

from playwright.async_api import expect

from tests.page.between import Between
from tests.page.person import Person

MESSAGES, SEATS = 1_000, 300
PEOPLE = [f"s{number}" for number in range(SEATS)]


async def fill(between: Between, reader: Person) -> None:
    """Everybody comes in."""
    plain = {"role": "member", "away": False, "muted": False, "hats": [], "welcomes": False}
    joined = [{"seat": seat, "name": f"Bird {seat}", **plain} for seat in PEOPLE]
    between.says({"type": "presence", "joined": joined, "seat_count": SEATS + 1})
    await expect(reader.page.locator(".here")).to_have_text(str(SEATS + 1))


def speak(between: Between, number: int) -> None:
    """One message, each from the next seat, some short and some long."""
    seat = PEOPLE[number % SEATS]
    text = f"message {number} " + "more " * (number % 20)
    message = {"id": f"{seat}.m{number}", "seat": seat, "name": f"Bird {seat}", "text": text, "proof": "", "at": number * 1_000}
    between.says({"type": "message", **message})


async def speak_all(between: Between, reader: Person, numbers: range) -> None:
    """All at once; returns when the last is seen."""
    for number in numbers:
        speak(between, number)
    await expect(reader.message(f"message {numbers[-1]} ")).to_be_in_viewport()
