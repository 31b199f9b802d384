"""A meeting in a real Firefox, set up as Tor Browser is at "Safer". It is not Tor Browser: no Tor, no NoScript, another version.

npm brings what drives it (`firefox/package.json`), over WebDriver BiDi. The browser: CHATSERVER_TEST_FIREFOX, one on PATH, or one by apt.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import hatch_build
from tests.alone import alone
from tests.page.apt import apt, from_apt
from tests.page.conftest import Place
from tests.page.person import AWAY

HERE = Path(__file__).parent / "firefox"
PACKAGE = "firefox-esr"
WITHIN_MS = 10_000  # for one thing to come about
SECONDS = 90
NOTHING = "[{},{},[],[]]"  # sessionStorage, localStorage, databases, caches


def firefox() -> str:
    """Its path. Raises `RuntimeError`, which says what to do."""
    path = os.environ.get("CHATSERVER_TEST_FIREFOX") or shutil.which(PACKAGE) or shutil.which("firefox") or from_apt(PACKAGE)
    if path is None and apt("update", "-q"):
        path = from_apt(PACKAGE)
    if path is None:
        raise RuntimeError("Install firefox-esr or firefox, or name one in CHATSERVER_TEST_FIREFOX.")
    return path


def brought() -> tuple[str, dict[str, str]]:
    """Firefox, and an environment with node; a skip where they cannot be had, which in CI is a failure."""
    try:
        with alone():
            return firefox(), hatch_build.install(HERE)
    except RuntimeError as fault:
        if os.environ.get("CI"):
            pytest.fail(str(fault))
        pytest.skip(str(fault))


def meet(given: dict[str, Any], environ: dict[str, str]) -> dict[str, Any]:
    """What `meeting.mjs` tells of a meeting to whose end it came."""
    node = shutil.which("node", path=environ["PATH"])
    assert node is not None
    pipe = subprocess.PIPE
    with subprocess.Popen([node, str(HERE / "meeting.mjs")], env=environ, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as script:
        try:
            out, fault = script.communicate(json.dumps(given), timeout=SECONDS)
        except subprocess.TimeoutExpired:
            script.terminate()  # and not killed: it takes its browser along
            raise
    assert script.returncode == 0, fault
    told: dict[str, Any] = json.loads(out)
    return told


@pytest.mark.timeout(300)  # where Firefox is to be brought first
def test_a_meeting_as_tor_browser_has_it_at_safer(place: Place, tmp_path: Path) -> None:
    path, environ = brought()
    given = {"firefox": path, "server": place.url, "room": place.room, "key": place.facilitator_key, "away": AWAY, "within": WITHIN_MS}
    told = meet(given, environ | {"HOME": str(tmp_path)})
    assert told["browser"] == ["Atlantic/Reykjavik", "undefined"], "its settings are not those of Tor Browser"
    assert told["problems"] == []
    assert told["elsewhere"] == [AWAY]
    assert told["cookies"] == []
    assert told["kept"] == {"left quickly": NOTHING, "host": NOTHING, "member": NOTHING}
    assert told["address"] == f"/r/{place.room}", "the key is out of it"
    assert told["time"].endswith(" GMT"), "the clock is not that of who reads it"
    assert told["left"] == AWAY
    assert told["back"] == ["/g/demo", False], "what was open before the room, and nothing of the meeting"
    assert told["arabic"] == ["rtl", True, True], "the words in the empty message box are in sight"
    assert told["over"] == "The meeting is over"
