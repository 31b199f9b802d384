"""The arithmetic of the benchmark: what is compared with what, and when a target is met."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.capacity import Costs, need, split, spread
from bench.figures import Figures, combined, largest, ratios, read_csv, write_csv
from bench.load import read
from bench.page import between
from bench.rounds import Sample
from bench.servers import NODE, PRODUCT
from bench.sessions import A_AT_20
from bench.tables import everything, number
from bench.targets import AIMS, Verdict

COST = "us_per_delivery"
NODE_AT_20 = next(aim for aim in AIMS if aim.measure == "A at 20 msg/s: Node ÷ ours")  # floor 1.5, aim 2


def samples(ours: list[float], others: list[float], figure: str = COST) -> list[Sample]:
    return [
        Sample(number, server, A_AT_20, figure, value)
        for server, values in ((PRODUCT, ours), (NODE, others))
        for number, value in enumerate(values, 1)
    ]


def test_ratios_are_of_the_same_round() -> None:
    assert ratios({1: 10.0, 2: 30.0, 3: 5.0}, {1: 5.0, 2: 10.0, 4: 1.0}) == {1: 2.0, 2: 3.0}
    assert ratios({1: 10.0}, {1: 0.0}) == {}
    assert combined([(1.0, {1: 5.0, 2: 7.0}), (-2.0, {1: 1.0})]) == {1: 3.0}
    assert largest({1: 5.0, 2: 7.0}, {1: 6.0, 2: 1.0}) == {1: 6.0, 2: 7.0}


@pytest.mark.parametrize(
    ("ours", "others", "verdict"),
    [
        ([10, 10, 10], [20, 21, 5], "aim met"),
        ([10, 10, 10], [16, 16, 90], "floor met"),
        ([10, 10, 10], [14, 14, 90], "NOT met"),
        ([], [14], "not measured"),
    ],
)
def test_a_target_is_judged_by_the_median_of_the_ratios(ours: list[float], others: list[float], verdict: Verdict) -> None:
    assert NODE_AT_20.verdict(Figures(samples(ours, others))) == verdict


def test_a_target_is_not_met_where_something_did_not_arrive() -> None:
    figures = Figures([*samples([10], [30]), Sample(1, PRODUCT, A_AT_20, "missing", 1.0)])
    assert NODE_AT_20.verdict(figures) == "NOT met"
    assert "10 †" in everything(figures)


def test_what_the_load_generator_says_of_messages() -> None:
    said = {
        "phase": "rate",
        "seconds": 2.0,
        "server_cpu": 0.5,
        "redis_cpu": 0.1,
        "load_cpu": 1.0,
        "rss_kib": 2048,
        "lost": 0,
        "window": 1.0,
    }
    said |= {
        "window_cpu": 0.4,
        "sent": 10,
        "expected": 100,
        "received": 100,
        "received_in_window": 90,
        "refused": 0,
        "unanswered": 0,
        "bytes": 300.0,
    }
    figures = dict(read(said | {"p50_ms": 1.0, "p99_ms": 2.0, "max_ms": 3.0}))
    assert figures[COST] == pytest.approx(5_000)
    assert figures["redis_us_per_message"] == pytest.approx(10_000)
    assert (figures["missing"], figures["deliveries_per_s"], figures["in_time"], figures["load_share"]) == (0, 90, 0.9, 0.5)


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = samples([10.5, 11.25], [20.0])
    write_csv(tmp_path / "last.csv", written)
    assert read_csv(tmp_path / "last.csv") == written


def test_the_tables_say_what_was_not_measured() -> None:
    assert everything(Figures([])).count("not measured") == len(AIMS)


def test_digits() -> None:
    assert [number(value) for value in (12345.6, 123.4, 12.34, 1.234, 0.01234, 0.0)] == ["12,346", "123", "12.3", "1.23", "0.0123", "0"]


def test_the_page_keeps_what_is_around_its_marks() -> None:
    page = "a\n<!-- one -->\nold\n<!-- /one -->\nb\n"
    assert between(page, "one", "new") == "a\n<!-- one -->\nnew\n<!-- /one -->\nb\n"
    with pytest.raises(ValueError, match="no marks"):
        between(page, "two", "new")


def test_the_cost_of_a_message_and_of_a_delivery() -> None:
    message, delivery = 60.0, 5.0
    large, small = (message + 1000 * delivery) / 1000, (message + 15 * delivery) / 15
    assert split(large, small) == pytest.approx((message, delivery))


def test_more_rooms_need_more() -> None:
    cost = Costs(message=60, delivery=5, join=400, idle=2, redis=10, kib=4, bytes=350)
    assert spread(1) == pytest.approx(1)
    assert 14.9 < spread(10_000) <= 15
    needs = [need(rooms, cost) for rooms in (1, 20_000, 200_000)]
    assert needs[0].workers == 1
    assert needs[0].redis == 0
    assert needs[0].workers < needs[1].workers < needs[2].workers
    assert needs[1].redis < needs[2].redis
