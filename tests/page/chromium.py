"""Where the browser for the tests comes from: CHATSERVER_TEST_BROWSER, then PATH, then apt."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import lru_cache

from tests.alone import alone

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
        return _on_path() or _from_apt()


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _from_apt() -> str:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise NoBrowser("Install Chromium, or name one in CHATSERVER_TEST_BROWSER.")
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-liberation"],
    ):
        subprocess.run(command, env=environ, check=True, timeout=600, stdout=subprocess.DEVNULL)
    path = _on_path()
    if path is None:
        raise NoBrowser("apt has no Chromium here. Name one in CHATSERVER_TEST_BROWSER.")
    return path
