from __future__ import annotations

import pytest

from tests.engine.house import House, Worker


@pytest.fixture
async def house() -> House:
    """With one open room, "room"."""
    house = House()
    await house.meeting()
    return house


@pytest.fixture
def worker(house: House) -> Worker:
    return house.worker()
