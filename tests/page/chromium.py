"""Where the browser for the tests comes from: CHATSERVER_TEST_BROWSER, then PATH, then apt.

Chromium's headless shell first: the same engine without the windows, menus and services around it, at half of the processor's time.
"""

from __future__ import annotations

import os
import shutil
from functools import lru_cache

from tests.alone import alone
from tests.page.apt import apt, from_apt

SHELL = "chromium-headless-shell"
FONTS = "fonts-liberation"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing that asks a server for anything by itself.
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoBrowser(Exception):
    """There is none, and none could be had. `args[0]` says what to do."""


@lru_cache(maxsize=1)
def executable() -> str:
    """The path of a Chromium; installs it where this is Debian with root and there is none."""
    chosen = os.environ.get("CHATSERVER_TEST_BROWSER")
    if chosen:
        return chosen
    with alone():
        path = shutil.which(SHELL) or from_apt(SHELL, FONTS) or _on_path()
        if path is None and apt("update", "-q"):
            path = from_apt(SHELL, FONTS) or from_apt("chromium", FONTS)
    if path is None:
        raise NoBrowser("Install chromium-headless-shell or chromium, or name a browser in CHATSERVER_TEST_BROWSER.")
    return path


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
