"""What the promises are tested on: a server in this process, and servers in processes of their own."""

from __future__ import annotations

from tests.processes.conftest import lasting_redis
from tests.transport.conftest import house, options

__all__ = ["house", "lasting_redis", "options"]
