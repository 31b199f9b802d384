"""docs/anonymity.md names the promises with their tests. Each that it names is there, and each that is here is named."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

TESTS = Path(__file__).parent.parent
LIST = (TESTS.parent / "docs" / "anonymity.md").read_text("utf-8")
NAMED = set(re.findall(r"`([\w/]+\.py)::(\w+)`", LIST))


@lru_cache
def names_in(file: Path) -> frozenset[str]:
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    return frozenset(
        node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


def test_every_test_that_the_list_names_is_there() -> None:
    assert len(NAMED) > 40
    assert {(file, name) for file, name in NAMED if name not in names_in(TESTS / file)} == set()


def test_every_test_of_the_suite_is_named_by_the_list() -> None:
    files = set(Path(__file__).parent.rglob("test_*.py")) - {Path(__file__)}
    here = {(str(file.relative_to(TESTS)), name) for file in files for name in names_in(file)}
    assert here - NAMED == set()
    rows = [
        line
        for line in LIST.partition("## Not yet")[0].splitlines()
        if line.startswith("| ") and not line.startswith(("| promise", "| ---"))
    ]
    assert [row for row in rows if "::" not in row] == [], "a promise without a test"
