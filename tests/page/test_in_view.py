"""Three things are in view at any size: where we are, what is said, and what I can do now."""

from __future__ import annotations

from playwright.async_api import expect

from tests.page.conftest import Arrive, new_room
from tests.page.meetings import HERON, HOST, RIVER, frame, on_to, turns
from tests.running import RunningServer

SIZES = ((320, 568), (360, 640), (640, 360), (812, 375), (768, 1024), (1280, 800), (1920, 1080))
TWO_LINES = 60  # pixels of what is said, at least


async def test_at_any_size(arrive: Arrive, shared_server: tuple[RunningServer, str]) -> None:
    place = await new_room(shared_server, opened=True, form="facilitated-group")
    host, river, heron = await arrive(), await arrive(), await arrive()
    await host.go_in(place.room, HOST, f"#key={place.facilitator_key}")
    await river.go_in(place.room, RIVER)
    await heron.go_in(place.room, HERON)
    for part in ("Welcome", "Guidelines", "Check-in"):
        await on_to(host, part)
    await host.say("I am glad to be here.")
    await expect(river.said("I am glad to be here.")).to_be_visible()
    for width, height in SIZES:
        for person in (river, host):  # who waits for their turn, and who has it and leads
            await person.page.set_viewport_size({"width": width, "height": height})
            what = f"at {width} by {height}"
            await expect(turns(person).locator(".whose"), what).to_be_in_viewport(ratio=1)
            await expect(person.button("Send"), what).to_be_in_viewport(ratio=1)
            await expect(person.said("I am glad to be here."), what).to_be_in_viewport(ratio=1)
            assert (await frame(person.page.locator("#said")))["height"] >= TWO_LINES, what
            await person.fits()
