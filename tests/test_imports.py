"""Imports run down only: the contracts stand in pyproject.toml."""

from __future__ import annotations

import sys
from pathlib import Path

import grimp
import pytest
from importlinter.application.use_cases import SUCCESS, lint_imports
from importlinter.configuration import configure

ROOT = Path(__file__).parent.parent


def test_the_contracts_hold(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    configure()
    result = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
    if result != SUCCESS:
        pytest.fail(capsys.readouterr().out, pytrace=False)


def test_the_domain_needs_nothing_but_the_standard_library() -> None:
    graph = grimp.build_graph("chatserver", include_external_packages=True, cache_dir=None)
    domain = {"chatserver.domain", *graph.find_descendants("chatserver.domain")}
    imported = {package for module in domain for package in graph.find_modules_directly_imported_by(module)}
    imported.discard("chatserver.holding")  # which needs nothing else either
    assert {package for package in imported - domain if package.partition(".")[0] not in sys.stdlib_module_names} == set()
