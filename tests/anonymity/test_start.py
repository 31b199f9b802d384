"""What the server looks at before it starts, and tells the operator."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatserver import serving
from chatserver.config import Settings
from chatserver.store.sql import open_store
from chatserver.swap import swap_warning

HEADER = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
DISK = "/dev/sda2                               partition\t999996\t\t0\t\t-2\n"
MEMORY = "/dev/zram0                              partition\t999996\t\t0\t\t100\n"


@pytest.mark.parametrize(
    ("swaps", "limit", "warns"),
    [
        (HEADER, None, False),
        (HEADER + MEMORY, None, False),
        (HEADER + MEMORY + DISK, None, True),
        (HEADER + DISK, "max\n", True),
        (HEADER + DISK, "0\n", False),
        (None, None, False),
    ],
)
def test_swap_on_a_disk_is_warned_of(tmp_path: Path, swaps: str | None, limit: str | None, warns: bool) -> None:
    if swaps is not None:
        (tmp_path / "swaps").write_text(swaps)
    (tmp_path / "cgroup").write_text("0::/system.slice/chat.service/inner\n")
    group = tmp_path / "cgroups" / "system.slice" / "chat.service"
    (group / "inner").mkdir(parents=True)
    if limit is not None:
        (group / "memory.swap.max").write_text(limit)
    warning = swap_warning(tmp_path / "swaps", tmp_path / "cgroup", tmp_path / "cgroups")
    assert (warning is not None and "/dev/sda2" in warning) is warns


async def test_the_warning_of_swap_stands_in_what_is_said_at_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "swap_warning", lambda: "Swap is on.")
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3")
    try:
        assert "Swap is on." in await serving._greeting(Settings(), store, 8000, None)
    finally:
        await store.close()
