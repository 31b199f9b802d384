"""What axe-core finds on a page, by day and by night; and whether a thumb can hit what can be tapped.

axe-core comes from npm, pinned in `axe/package.json`. It is put into pages from here and served to nobody."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import hatch_build
from tests.alone import alone
from tests.page.person import Person

AXE = Path(__file__).parent / "axe"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THUMB = 44  # CSS pixels

RUN = """async ([source, rules]) => {
    if (!window.axe) (0, Function)(source)();
    const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return found.violations.map(({id, nodes}) => [id, nodes.map((node) => [node.html.slice(0, 160), node.failureSummary])]);
}"""

# Links within a sentence are as high as its letters, and may be.
SMALL = """(least) => {
    const over = document.querySelector("dialog[open]") ?? document;
    const shown = [...over.querySelectorAll("button, a.button, select, summary, [role=switch], input:not([type=radio], [type=checkbox])")];
    return shown.filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest(".skip")).flatMap((one) => {
        const {width, height} = one.getBoundingClientRect();
        return width < least - 0.5 || height < least - 0.5 ? [one.outerHTML.slice(0, 120) + ` ${width} x ${height}`] : [];
    });
}"""


@lru_cache(1)
def _source() -> str:
    """A skip where npm cannot be had, which in CI is a failure."""
    try:
        with alone():
            hatch_build.install(AXE)
    except RuntimeError as fault:
        if os.environ.get("CI"):
            pytest.fail(str(fault))
        pytest.skip(str(fault))
    return (AXE / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


async def look(person: Person, state: str) -> None:
    """Nothing that axe finds in this state, in light and in dark; nothing to scroll sideways; on a phone, nothing too small for a thumb."""
    found: dict[str, Any] = {}
    for scheme, rules in (("light", RULES), ("dark", ["color-contrast"])):
        await person.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        kind = {"type": "tag" if scheme == "light" else "rule", "values": rules}
        if violations := await person.page.evaluate(RUN, [_source(), kind]):
            found[scheme] = violations
    assert not found, f"{state}: {json.dumps(found, indent=1)}"
    await person.fits()
    if await person.page.evaluate("matchMedia('(pointer: coarse)').matches"):
        small = await person.page.evaluate(SMALL, THUMB)
        assert small == [], f"{state}: too small for a thumb: {small}"
