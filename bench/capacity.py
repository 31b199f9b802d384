"""What the measured costs mean for an operator: a model, with its assumptions."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from bench.figures import Figures
from bench.servers import PRODUCT, PRODUCT_REDIS
from bench.sessions import A_AT_20, B_COME, B_SATURATED, CROWD_COMES, IDLE
from bench.tables import number, table

SEATS = 15  # of a room
MESSAGES_A_MINUTE = 6.0  # in a room
COMING_SECONDS = 120.0  # in which everybody comes, at the hour
USED = 0.5  # of a core and of a Redis, at most: the rest is for what nobody foresees
CROWD, SILENT = 1_000, 5_000  # members of the one room of A; who is there when the idle are measured

PLACES = (
    ("one room", 1),
    ("a town: 20 rooms", 20),
    ("a city: 1,000 rooms", 1_000),
    ("a country: 20,000 rooms", 20_000),
    ("the world: 500,000 rooms", 500_000),
)


@dataclass(frozen=True, slots=True)
class Costs:
    """Microseconds of a core, but for memory."""

    message: float  # once on each worker that has somebody of the room
    delivery: float
    join: float
    idle: float  # of a member, a second
    redis: float  # of a message that goes to two workers
    kib: float  # of a joined member
    bytes: float  # of a delivery


@dataclass(frozen=True, slots=True)
class Need:
    members: int
    messages: float  # a second
    deliveries: float  # a second
    workers: int  # cores
    gib: float
    redis: int  # processes
    megabits: float  # a second, out


def costs(figures: Figures) -> Costs | None:
    """None where something of it was not measured."""
    large, small = figures.median(PRODUCT, A_AT_20, "us_per_delivery"), figures.median(PRODUCT, B_SATURATED, "us_per_delivery")
    join, idle = figures.median(PRODUCT, B_COME, "us_per_join"), figures.median(PRODUCT, IDLE, "share")
    redis, kib = figures.median(PRODUCT_REDIS, B_SATURATED, "redis_us_per_message"), figures.median(PRODUCT, CROWD_COMES, "kib_per_member")
    size = figures.median(PRODUCT, A_AT_20, "bytes")
    if large is None or small is None or join is None or idle is None or redis is None or kib is None or size is None:
        return None
    message, delivery = split(large, small)
    return Costs(message, delivery, join, idle * 1e6 / SILENT, redis, kib, size)


def split(large: float, small: float) -> tuple[float, float]:
    """What a message costs, and what each delivery of it, from the cost of a delivery in a room of 1,000 and in one of 15."""
    delivery = max(0.0, (CROWD * large - SEATS * small) / (CROWD - SEATS))
    return max(0.0, SEATS * (small - delivery)), delivery


def spread(workers: int, members: int = SEATS) -> float:
    """On how many of the workers a room is, whose members come to them by chance."""
    return workers * (1 - (1 - 1 / workers) ** members)


def need(rooms: int, cost: Costs) -> Need:
    messages, members = rooms * MESSAGES_A_MINUTE / 60, rooms * SEATS
    coming = members * cost.join / COMING_SECONDS
    workers = 1
    while workers < (wanted := ceil((_talking(messages, members, workers, cost) + coming) / (USED * 1e6))):
        workers = wanted
    # That Redis' cost grows with the workers that a message goes to is the worst case.
    of_redis = messages * cost.redis * max(1.0, spread(workers) / 2)
    deliveries = messages * SEATS
    return Need(
        members,
        messages,
        deliveries,
        workers,
        members * cost.kib / 2**20,
        ceil(of_redis / (USED * 1e6)) if workers > 1 else 0,
        deliveries * cost.bytes * 8 / 1e6,
    )


def _talking(messages: float, members: int, workers: int, cost: Costs) -> float:
    return messages * (spread(workers) * cost.message + SEATS * cost.delivery) + members * cost.idle


def carries(figures: Figures) -> str:
    """In Markdown."""
    cost = costs(figures)
    if cost is None:
        return "Not everything that the model needs was measured."
    # Half of a core: all that is said and the heartbeats, once everybody is there; and all who can come in two minutes.
    rate = MESSAGES_A_MINUTE / 60 / SEATS
    each = rate * (cost.message + SEATS * cost.delivery) + cost.idle
    of_redis = USED * 1e6 / cost.redis
    rows = [
        ["a message, on each worker that has somebody of the room", f"{number(cost.message)} µs"],
        ["each delivery of it", f"{number(cost.delivery)} µs"],
        ["connecting and joining", f"{number(cost.join)} µs"],
        ["being there for a second, in silence", f"{number(cost.idle)} µs"],
        ["a joined member's memory", f"{number(cost.kib)} KiB"],
        ["a message in Redis, which two workers hear", f"{number(cost.redis)} µs"],
        [f"**a core, used to {USED:.0%}**, carries so many in talking rooms", f"{USED * 1e6 / each:,.0f} members"],
        [
            f"… and lets in, in the {COMING_SECONDS / 60:.0f} minutes around the hour",
            f"{USED * 1e6 * COMING_SECONDS / cost.join:,.0f} members",
        ],
        ["**a gigabyte** of the worker's memory holds", f"{2**20 / cost.kib:,.0f} members"],
        [f"**a Redis, used to {USED:.0%}**, carries", f"{of_redis:,.0f} messages/s, {of_redis * 60 / MESSAGES_A_MINUTE:,.0f} rooms"],
    ]
    head = ["", "members", "messages/s", "deliveries/s", "out, Mbit/s", "cores", "GiB", "Redis"]
    places = [(name, need(rooms, cost)) for name, rooms in PLACES]
    growth = [
        [
            name,
            f"{it.members:,}",
            number(it.messages),
            number(it.deliveries),
            _at_least_a_tenth(it.megabits),
            f"{it.workers:,}",
            _at_least_a_tenth(it.gib),
            f"{it.redis:,}" if it.redis else "–",
        ]
        for name, it in places
    ]
    return f"{table(['cost', 'here'], rows)}\n\n{table(head, growth)}"


def _at_least_a_tenth(value: float) -> str:
    return number(value) if value >= 0.1 else "< 0.1"
