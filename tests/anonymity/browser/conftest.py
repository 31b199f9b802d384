"""A real browser and people in it, as the page's own tests have them: whoever asks elsewhere or gets a cookie fails there, too."""

from __future__ import annotations

from tests.page.conftest import (
    arrive,
    browser,
    place,
    pytest_collection_finish,
    pytest_collection_modifyitems,
    shared_server,
)

__all__ = ["arrive", "browser", "place", "pytest_collection_finish", "pytest_collection_modifyitems", "shared_server"]
