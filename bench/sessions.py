"""What is done to a server: who comes, what is said, who goes. One session is one start of the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bench.load import Phase
from bench.servers import NODE, NODE_REDIS, PRODUCT, PRODUCT_REDIS, RAW, STOCK

# What figures are called, in tables and in the CSV.
A_AT_20, A_SATURATED, HOT = "A at 20 msg/s", "A saturated", "hot room"
B_COME, B_QUIET, B_SATURATED = "B comes", "B quiet", "B saturated"
CROWD_COMES, BEFORE, VANISH, AWAY, IDLE = "crowd comes", "before", "vanish", "away", "idle"
BESIDE_NOBODY, BESIDE_DEAF, BESIDE_HOSTILE = "100 by themselves", "100 beside one who never reads", "100 beside 50 who send bad frames"

# In a shorter time too many or too few heartbeats would be seen.
HEARTBEAT_SECONDS = 25.0

ALL = (PRODUCT, STOCK, NODE, RAW)


@dataclass(frozen=True, slots=True)
class Session:
    servers: Sequence[str]
    rooms: int
    senders: int
    phases: Sequence[Phase]
    besides: Mapping[str, Sequence[Phase]] = field(default_factory=dict)  # by server, after the others
    rounds: int = 99  # at most
    text_bytes: int = 200
    limit_seconds: int = 120

    def phases_for(self, server: str) -> Sequence[Phase]:
        return [*self.phases, *self.besides.get(server, ())]


def _one_room(seconds: float) -> Session:
    phases = [
        Phase("A comes", "come=1000"),
        Phase("", "rate=20:1"),
        Phase(A_AT_20, f"rate=20:{seconds}"),
        Phase(A_SATURATED, f"closed=2:{seconds}"),
    ]
    hot = [Phase(HOT, f"rate=200:{seconds - 1}")]
    # python-socketio is not asked: it carries a sixth of that, and only its queues would be measured.
    return Session(ALL, 1, 20, phases, {PRODUCT: hot, NODE: hot, RAW: hot})


def _small_rooms(servers: Sequence[str], seconds: float) -> Session:
    phases = [
        Phase(B_COME, "come=3000"),
        Phase("", "closed=1:1"),
        Phase(B_QUIET, f"rate=20:{seconds}"),
        Phase(B_SATURATED, f"closed=1:{seconds}"),
    ]
    return Session(servers, 200, 200, phases)


def _crowd(half: int) -> Session:
    """Twice as many as `half`, in rooms of 15, of which each loses half of its members at once."""
    phases = [
        Phase("half of the crowd comes", f"come={half}"),
        Phase(IDLE, f"idle={HEARTBEAT_SECONDS}"),
        Phase(CROWD_COMES, f"come={2 * half}"),
        Phase("", "rate=50:1"),
        Phase(BEFORE, "rate=50:4"),
        Phase(VANISH, f"vanish={half}:50:4"),
        Phase(AWAY, "rate=50:6"),  # rooms.away_seconds are 5: now those who stay are told
    ]
    rooms = -(-2 * half // 15)
    return Session((PRODUCT,), rooms, rooms, phases)


def hostile(seconds: float) -> Session:
    """Whether a room notices who means it ill. Words are kept for a minute: before that is full, memory would grow by itself. The texts
    are long, so that one who never reads soon fills what the kernel keeps for it, and is told of by what is unsent here."""
    phases = [
        Phase("", "come=101"),
        Phase("", "rate=100:65"),
        Phase(BESIDE_NOBODY, "rate=100:25"),
        Phase(BESIDE_DEAF, "deaf=1:100:25"),
        Phase(BESIDE_HOSTILE, f"hostile=50:100:{seconds}"),
    ]
    return Session((PRODUCT,), 1, 20, phases, rounds=1, text_bytes=1_900, limit_seconds=200 + round(seconds))


def growth_of_members(count: int) -> str:
    return f"one room of {count}"


def growth_of_rooms(count: int) -> str:
    return f"{count} rooms of 15"


def growth_of_rate(rate: int) -> str:
    return f"one room of 1000 at {rate} msg/s"


MEMBERS, ROOMS, RATES = (15, 100, 300), (3, 15, 60), (5, 50, 100)


def _growth(seconds: float, rounds: int) -> list[Session]:
    members = [
        Session(
            ALL,
            1,
            min(count, 20),
            [Phase("", f"come={count}"), Phase("", "rate=20:1"), Phase(growth_of_members(count), f"closed=2:{seconds}")],
        )
        for count in MEMBERS
    ]
    rooms = [
        Session(
            ALL,
            count,
            count,
            [Phase("", f"come={15 * count}"), Phase("", "rate=20:1"), Phase(growth_of_rooms(count), f"closed=1:{seconds}")],
        )
        for count in ROOMS
    ]
    rates = [Phase("", "come=1000"), Phase("", "rate=20:1"), *(Phase(growth_of_rate(rate), f"rate={rate}:{seconds + 1}") for rate in RATES)]
    rate = Session((PRODUCT, NODE, RAW), 1, 20, rates)
    return [replace(each, rounds=rounds) for each in (*members, *rooms, rate)]


def full() -> list[Session]:
    return [
        _one_room(4),
        _small_rooms(ALL, 4),
        _small_rooms((PRODUCT_REDIS, NODE_REDIS), 4),
        _crowd(5_000),
        hostile(30),
        *_growth(2, rounds=2),
    ]


def quick() -> list[Session]:
    return [
        _one_room(2),
        _small_rooms(ALL, 2),
        _small_rooms((PRODUCT_REDIS, NODE_REDIS), 2),
        _crowd(5_000),
    ]
