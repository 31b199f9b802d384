"""Browsers by apt, where this is Debian and we may."""

from __future__ import annotations

import os
import shutil
import subprocess


def from_apt(package: str, *beside: str) -> str | None:
    """The path of the program that is called as its package is; None where it cannot be had."""
    return shutil.which(package) if apt("install", "-y", "-q", "--no-install-recommends", package, *beside) else None


def apt(*words: str) -> bool:
    """Whether it has done so. It cannot where this is no Debian, or we may not."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = subprocess.DEVNULL
    return subprocess.run(["apt-get", *words], env=environ, check=False, timeout=600, stdout=quiet, stderr=quiet).returncode == 0
