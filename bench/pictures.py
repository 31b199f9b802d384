"""The pictures of docs/performance.md, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.figures import Figures
from bench.servers import NODE, PRODUCT, RAW, STOCK
from bench.sessions import (
    A_AT_20,
    A_SATURATED,
    B_SATURATED,
    HOT,
    MEMBERS,
    RATES,
    ROOMS,
    growth_of_members,
    growth_of_rate,
    growth_of_rooms,
)

COST = "us_per_delivery"
COLOURS = {PRODUCT: "#1b6ca8", STOCK: "#c2703d", NODE: "#5b8c5a", RAW: "#8a8a8a"}
GROUPS = (
    (A_AT_20, "one room of 1,000,\n20 msg/s"),
    (A_SATURATED, "one room of 1,000,\nsaturated"),
    (B_SATURATED, "200 rooms of 15,\nsaturated"),
)


def draw(figures: Figures, folder: Path) -> list[Path]:
    """Writes performance-cost.svg, and performance-growth.svg where growth was measured."""
    import matplotlib

    matplotlib.use("svg")
    # Text stays text, and the same figures make the same file.
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "bench", "font.family": "sans-serif", "font.size": 9})
    made = [_bars(figures, folder / "performance-cost.svg")]
    if any(figures.of(PRODUCT, growth_of_rooms(count), COST) for count in ROOMS):
        made.append(_growth(figures, folder / "performance-growth.svg"))
    return made


def _bars(figures: Figures, path: Path) -> Path:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7.5, 3.2), layout="constrained")
    width = 0.8 / len(COLOURS)
    for place, (server, colour) in enumerate(COLOURS.items()):
        for group, (phase, _) in enumerate(GROUPS):
            value = figures.median(server, phase, COST)
            if value is None:
                continue
            bars = axes.bar(group + (place - 1.5) * width, value, width * 0.92, color=colour, label=server if group == 0 else None)
            axes.bar_label(bars, labels=[f"{value:.3g}"], padding=2, fontsize=8)
    axes.set_xticks(range(len(GROUPS)), [name for _, name in GROUPS])
    axes.set_ylabel("µs of server CPU a delivery")
    axes.set_title("What a delivery costs (less is better)")
    axes.margins(y=0.12)
    axes.legend(frameon=False)
    return _saved(figure, axes, path)


def _growth(figures: Figures, path: Path) -> Path:
    from matplotlib import pyplot

    panels: list[tuple[str, list[tuple[int, str]]]] = [
        ("members of one room, saturated", [*((count, growth_of_members(count)) for count in MEMBERS), (1000, A_SATURATED)]),
        ("rooms of 15, saturated", [*((count, growth_of_rooms(count)) for count in ROOMS), (200, B_SATURATED)]),
        ("messages a second in one room of 1,000", sorted([*((rate, growth_of_rate(rate)) for rate in RATES), (20, A_AT_20), (200, HOT)])),
    ]
    figure, all_axes = pyplot.subplots(1, 3, figsize=(10, 3.2), sharey=True, layout="constrained")
    for axes, (title, points) in zip(all_axes, panels, strict=True):
        for server, colour in COLOURS.items():
            known = [(x, value) for x, phase in points if (value := figures.median(server, phase, COST)) is not None]
            if known:
                axes.plot(*zip(*known, strict=True), "o-", color=colour, label=server, markersize=4)
        axes.set(xscale="log", yscale="log", xlabel=title)
        axes.set_xticks([x for x, _ in points], [f"{x:,}" for x, _ in points])
        axes.minorticks_off()
        axes.grid(visible=True, axis="y", color="#e4e4e4")
    all_axes[0].set_ylabel("µs of server CPU a delivery")
    costs = (0.5, 1, 2, 5, 10, 20, 50, 100)
    all_axes[0].set_yticks(costs, [f"{cost:g}" for cost in costs])
    all_axes[0].legend(frameon=False, fontsize=8)
    return _saved(figure, all_axes, path)


def _saved(figure: Any, axes: Any, path: Path) -> Path:
    from matplotlib import pyplot

    each: Sequence[Any] = list(axes) if hasattr(axes, "__iter__") else [axes]
    for one in each:
        one.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None}, facecolor="white")
    pyplot.close(figure)
    return path
