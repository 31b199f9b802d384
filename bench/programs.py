"""What a benchmark needs besides Python: two C programs, built here, and Node with its packages."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
BUILT = HERE / "built"
PEERS = HERE / "peers"
APT_SECONDS = 600
NPM_SECONDS = 300
COMPILE_SECONDS = 60


class Missing(Exception):
    """Something is not there and could not be had. `args[0]` says what to do."""


def load_program() -> Path:
    """The load generator, built anew where its source is newer. Raises `Missing`."""
    return _built("load")


def raw_program() -> Path:
    """The raw server: the limit. Raises `Missing`."""
    return _built("raw")


@lru_cache(maxsize=1)
def compiler() -> str:
    """The name of a C compiler; apt installs one where there is none and it can. Raises `Missing`."""
    found = _compiler_on_path()
    if found is None:
        _from_apt("gcc", "libc6-dev")
        found = _compiler_on_path()
    if found is None:
        raise Missing("The load generator is C: install gcc and libc6-dev (on Debian: apt install gcc libc6-dev).")
    return found


@lru_cache(maxsize=1)
def node() -> str:
    """The name of Node, with the packages of bench/peers installed. Raises `Missing`."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found is None or npm is None:
        raise Missing("To measure Node's socket.io as well, install Node 20 or newer with npm (on Debian: apt install nodejs npm).")
    installed = PEERS / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < (PEERS / "package-lock.json").stat().st_mtime:
        done = subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=PEERS, capture_output=True, text=True, timeout=NPM_SECONDS)
        if done.returncode:
            raise Missing(f"`npm ci` in bench/peers failed, so Node's socket.io is not measured:\n{done.stderr[-2000:]}")
    return found


def _compiler_on_path() -> str | None:
    return next((path for name in ("cc", "gcc", "clang") if (path := shutil.which(name))), None)


def _from_apt(*packages: str) -> None:
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None or (sudo and shutil.which("sudo") is None):
        return
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*sudo, "apt-get", *command],
            env=environ,
            check=False,
            timeout=APT_SECONDS,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if done.returncode:
            return


def _built(name: str) -> Path:
    program, sources = BUILT / name, sorted((HERE / name).glob("*.[ch]"))
    if program.is_file() and program.stat().st_mtime > max(each.stat().st_mtime for each in sources):
        return program
    BUILT.mkdir(exist_ok=True)
    beside = BUILT / f"{name}.{os.getpid()}"  # two who build at once do not disturb each other
    command = [compiler(), "-std=gnu11", "-O2", "-Wall", "-o", str(beside), *(str(each) for each in sources if each.suffix == ".c")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=COMPILE_SECONDS)
    if done.returncode:
        raise Missing(f"bench/{name} does not build with {compiler()} (Linux and glibc 2.35 or newer are needed):\n{done.stderr[-2000:]}")
    beside.replace(program)
    return program
