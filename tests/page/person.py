"""Somebody with a browser of their own, who does what a person does and sees what a person sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Request, expect

SECONDS = 10.0
expect.set_options(timeout=SECONDS * 1_000)

DESKTOP = (1280, 800)
PHONE = (360, 680)
AWAY = "https://www.wikipedia.org/"


@dataclass
class Person:
    page: Page
    url: str
    problems: list[str] = field(default_factory=list)

    @classmethod
    async def arrive(
        cls, browser: Browser, url: str, size: tuple[int, int] = DESKTOP, dark: bool = False, language: str = "en-US"
    ) -> Person:
        touch = size[0] < 600
        context = await browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            has_touch=touch,
            is_mobile=touch,
            locale=language,
        )
        context.set_default_timeout(SECONDS * 1_000)
        person = cls(await context.new_page(), url)
        person.page.on("console", person._console)
        person.page.on("pageerror", lambda error: person.problems.append(f"page error: {error}"))
        person.page.on("request", person._request)
        return person

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.url).netloc:
            self.problems.append(f"a request elsewhere: {request.url}")

    # --- what they do

    async def to_door(self, room: str, fragment: str = "") -> Person:
        await self.page.goto(f"{self.url}/r/{room}{fragment}")
        await expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        return self

    async def go_in(self, room: str, name: str | None = None, fragment: str = "") -> Person:
        await self.to_door(room, fragment)
        if name is not None:
            await self.page.get_by_label("Your name in this meeting").fill(name)
        await self.button("Go in").click()
        await expect(self.box).to_be_visible()
        return self

    async def say(self, text: str) -> None:
        await self.box.fill(text)
        await self.button("Send").click()
        await expect(self.said(text)).to_be_visible()

    async def say_covered(self, text: str) -> None:
        """With the content warning that is being written."""
        await self.box.fill(text)
        await self.button("Send").click()
        await expect(self.page.locator(".message:not(.pending) .warned")).to_be_visible()

    async def menu(self, text: str, item: str) -> None:
        """Opens what can be done with a message, and does it."""
        await self.message(text).get_by_role("button", name=re.compile("^More for")).click()
        await self.sheet.get_by_role("button", name=item, exact=True).click()

    async def with_person(self, name: str, item: str) -> None:
        await self.page.locator(".person", has_text=name).get_by_role("button").click()
        await self.sheet.get_by_role("button", name=item, exact=True).click()

    async def count_taps(self) -> None:
        """From the next page on."""
        await self.page.add_init_script("window.taps = 0; addEventListener('pointerdown', () => (window.taps += 1), true);")

    async def taps(self) -> int:
        count: int = await self.page.evaluate("window.taps")
        return count

    # --- what they see

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Your message")

    @property
    def why(self) -> Locator:
        return self.page.locator(".why")

    @property
    def sheet(self) -> Locator:
        return self.page.get_by_role("dialog")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name)

    def message(self, text: str) -> Locator:
        return self.page.locator(".message", has_text=text)

    def said(self, text: str) -> Locator:
        """The words in the log, sent and come back."""
        return self.page.locator(".message:not(.pending, .failed) .words").get_by_text(text, exact=True)

    async def log(self) -> list[str]:
        return await self.page.locator(".message .words").all_inner_texts()

    async def stored(self) -> str:
        """All that this browser keeps for the site."""
        kept = await self.page.evaluate(
            "async () => JSON.stringify([{...sessionStorage}, {...localStorage}, await indexedDB.databases(), await caches.keys()])"
        )
        cookies = await self.page.context.cookies()
        return f"{kept} {cookies}"

    async def stores(self, text: str) -> str:
        """What this tab keeps for itself, once it holds `text`: the page writes a moment later."""
        kept: str = await self.page.evaluate(
            """text => new Promise((found) => {
                const look = () => {
                    const kept = JSON.stringify({...sessionStorage});
                    kept.includes(text) ? found(kept) : setTimeout(look, 20);
                };
                look();
            })""",
            text,
        )
        return kept

    async def keeps_nothing(self) -> None:
        assert await self.stored() == "[{},{},[],[]] []"

    async def fits(self) -> None:
        """Nothing to scroll sideways."""
        wide = await self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], f"{wide[0]} px of page in a window of {wide[1]} px"
