"""What the promises are tested on: a server in this process, and servers in processes of their own."""

from __future__ import annotations

from tests.transport.conftest import house, options

__all__ = ["house", "options"]
