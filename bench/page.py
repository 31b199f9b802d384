"""docs/performance.md: what is between its marks is written anew, and so are its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.capacity import carries
from bench.figures import Figures
from bench.pictures import draw
from bench.rounds import Sample
from bench.tables import everything


def write_page(page: Path, samples: Sequence[Sample], told: str) -> None:
    """`told`: when and where it was measured."""
    figures = Figures(samples)
    text = page.read_text("utf-8")
    text = between(text, "measured", f"{told}\n\n{everything(figures)}")
    text = between(text, "carries", carries(figures))
    page.write_text(text, "utf-8")
    draw(figures, page.parent / "pictures")


def between(page: str, name: str, text: str) -> str:
    """The page with `text` between the marks `<!-- name -->` and `<!-- /name -->`. Raises `ValueError` where they are not there."""
    start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, opened, rest = page.partition(start)
    _, closed, after = rest.partition(end)
    if not opened or not closed:
        raise ValueError(f"the page has no marks {start.strip()} and {end}")
    return f"{before}{start}{text}\n{end}{after}"
