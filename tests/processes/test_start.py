"""What an operator meets at the start: sentences where it cannot be, limits where it can, and nothing for others to read."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.processes.conftest import WORKERS, asked, environ, fetch, gone, status
from tests.redis import RunningRedis, free_port
from tests.running import RunningServer
from tests.waiting import until

PASSWORD = "hunter2-canary"


def ended(folder: Path, variables: Mapping[str, str], *options: str) -> tuple[int, str]:
    """Exit code and everything that was said by a server that cannot start."""
    command = [sys.executable, "-m", "chatserver", "serve", *options]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CHATSERVER_")}
    done = subprocess.run(command, cwd=folder, env=clean | dict(variables), capture_output=True, text=True, timeout=30, check=False)
    return done.returncode, done.stdout + done.stderr


def test_several_workers_need_redis(tmp_path: Path) -> None:
    code, said = ended(tmp_path, {}, "--workers", "3")
    sentence = "server.workers: 3 was given; more than one worker needs Redis: set backplane.url, like redis://127.0.0.1:6379, or use 1."
    assert code == 2
    assert sentence in " ".join(said.split())


def test_an_address_that_is_taken_is_told_in_a_sentence(tmp_path: Path, redis: RunningRedis) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, said = ended(tmp_path, environ(redis), "--port", str(port), "--workers", "2")
    assert code == 1
    assert (
        said
        == f"Error: Port {port} on 127.0.0.1 is in use, perhaps by another chatserver. Stop that one, or choose another (server.port).\n"
    )


def test_two_supervisors_do_not_share_a_port(tmp_path: Path, lasting_redis: RunningRedis, lasting: RunningServer) -> None:
    """The kernel would let them: sockets that share a port are how the workers of one have it together."""
    code, said = ended(tmp_path, environ(lasting_redis), "--port", lasting.url.rpartition(":")[2], "--workers", "2")
    assert (code, "is in use, perhaps by another chatserver" in said) == (1, True), said


def test_what_keeps_the_workers_from_starting_is_told_once(tmp_path: Path) -> None:
    variables = {"CHATSERVER_BACKPLANE__URL": f"redis://:{PASSWORD}@127.0.0.1:{free_port()}"}
    code, said = ended(tmp_path, variables, "--port", "0", "--workers", str(WORKERS))
    assert code == 1
    assert said.count("Error: ") == 1
    assert "Traceback" not in said
    assert PASSWORD not in said


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[RunningServer]:
    """A server whose Redis wants a password."""
    with (
        RunningRedis(tmp_path, ["--requirepass", PASSWORD]) as redis,
        RunningServer(tmp_path, environ(redis, BACKPLANE__URL=f"redis://:{PASSWORD}@127.0.0.1:{redis.port}"), ["--workers", "2"]) as server,
    ):
        yield server


def test_no_secret_can_be_read_by_others_on_the_machine(guarded: RunningServer) -> None:
    """Arguments can; what the environment holds is for this user only."""
    for pid in (guarded.process.pid, *guarded.worker_pids()):
        assert PASSWORD.encode() not in Path(f"/proc/{pid}/cmdline").read_bytes()
    assert len(guarded.worker_pids()) == 2
    assert guarded.stop() == 0
    assert PASSWORD not in guarded.output


def test_nobody_leaves_a_core_and_everybody_may_have_many_connections(lasting: RunningServer) -> None:
    for pid in (lasting.process.pid, *lasting.worker_pids()):
        limits = Path(f"/proc/{pid}/limits").read_text()
        assert re.search(r"Max core file size +0 +0 ", limits), limits
        files = re.search(r"Max open files +(\d+) +(\d+) ", limits)
        assert files is not None
        assert files[1] == files[2]


def test_ctrl_c_in_a_terminal_reaches_the_supervisor_alone(lasting: RunningServer) -> None:
    """It goes to everyone of the session that the terminal has in front."""
    assert os.getsid(lasting.process.pid) not in {os.getsid(pid) for pid in lasting.worker_pids()}


async def test_one_worker_has_a_supervisor_too_where_there_is_redis(tmp_path: Path, redis: RunningRedis) -> None:
    with RunningServer(tmp_path, environ(redis)) as running:
        (only,) = running.worker_pids()
        os.kill(only, signal.SIGKILL)
        await asked(running.metrics, 200, "chatserver_worker_restarts_total 1.0")
        assert await asked(status(running, "readyz"), 200) == "1 of 1 workers is ready\n"
        assert (await fetch(running.url))[0] == 200
        assert running.stop(signal.SIGINT) == 0


def test_without_redis_there_is_no_supervisor(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as running:
        assert running.worker_pids() == []
        assert running.stop() == 0


def test_the_demo_is_made_once_and_not_by_a_start_that_fails(tmp_path: Path, redis: RunningRedis) -> None:
    """Its link is shown once: whoever has to correct the configuration first would never see it."""
    redis.stop()
    code, said = ended(tmp_path, environ(redis), "--port", "0", "--workers", "2")
    assert (code, "To lead it" in said) == (1, False)
    redis.start()
    with RunningServer(tmp_path, environ(redis), ["--workers", str(WORKERS)]) as running:
        assert running.room
        assert running.output.count("To lead it, open") == 1
    with RunningServer(tmp_path, environ(redis)) as again:
        assert "A link to lead with" in again.output


async def test_where_no_worker_can_be_begun_any_more_it_ends(tmp_path: Path, redis: RunningRedis) -> None:
    with RunningServer(tmp_path, environ(redis)) as running:
        (worker,) = running.worker_pids()
        os.kill(running.nursery_pid(), signal.SIGKILL)
        assert await asyncio.to_thread(running.wait) == 1, "so that it is started again"
        assert "nursery lost" in running.output
        await until(lambda: gone(worker), "the worker is gone")
