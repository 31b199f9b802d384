"""Programs in JavaScript, with the packages that package.json here names: what reads our feeds elsewhere is written in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import hatch_build
from tests.alone import alone

HERE = Path(__file__).parent
SECONDS = 50


def run(program: str, given: Any) -> Any:
    """What the program (a file here) prints as JSON, for what it is given as JSON."""
    node, environment = _installed()
    done = subprocess.run(
        [node, str(HERE / program)], input=json.dumps(given), env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@lru_cache(1)
def _installed() -> tuple[str, dict[str, str]]:
    """Node, and its environment; a skip where it cannot be had, which in CI is a failure."""
    try:
        with alone():
            environment = hatch_build.install(HERE)
    except RuntimeError as fault:
        if os.environ.get("CI"):
            pytest.fail(str(fault))
        pytest.skip(str(fault))
    node = shutil.which("node", path=environment["PATH"])
    assert node is not None
    return node, environment
