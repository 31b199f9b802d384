"""Whether this machine writes memory to disk. What is said in a room is in memory while it is open, and should not outlive it there."""

from __future__ import annotations

from pathlib import Path

_SWAPS = Path("/proc/swaps")
_CGROUPS = Path("/sys/fs/cgroup")
_CGROUP = Path("/proc/self/cgroup")


def swap_warning(swaps: Path = _SWAPS, cgroup: Path = _CGROUP, cgroups: Path = _CGROUPS) -> str | None:
    """A sentence for the operator; None where nothing is swapped to a disk, or this system (no Linux) does not say so.

    Swap that is compressed memory (zram) is no disk. What systemd sets as `MemorySwapMax=0` is looked for in cgroups of version 2."""
    on_disk = [line.split()[0] for line in _lines(swaps)[1:] if line and not line.startswith("/dev/zram")]
    if not on_disk or _kept_out(cgroup, cgroups):
        return None
    return (
        f"Swap is on ({', '.join(on_disk)}): what is said could be written to disk. Turn it off (swapoff -a), encrypt it, or start this "
        "with MemorySwapMax=0."
    )


def _kept_out(cgroup: Path, cgroups: Path) -> bool:
    """Whether this process, or what it belongs to, may not be swapped."""
    ours = next((line.removeprefix("0::/") for line in _lines(cgroup) if line.startswith("0::/")), None)
    if ours is None:
        return False
    folder = cgroups / ours
    return any(_lines(each / "memory.swap.max") == ["0"] for each in (folder, *folder.parents) if each.is_relative_to(cgroups))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except OSError:
        return []
