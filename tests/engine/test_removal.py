"""A removal that takes the words along takes all of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.house import Worker


async def test_what_is_said_while_the_removal_is_under_way_goes_too(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    host, troll, member = await worker.host(), await worker.join(), await worker.join()
    await troll.say("ugly", "1")
    commit = worker.backplane.commit

    async def commit_after_another_word(*args: Any, **more: Any) -> Any:
        monkeypatch.setattr(worker.backplane, "commit", commit)
        await troll.raw("send", id="2", text="uglier")
        return await commit(*args, **more)

    monkeypatch.setattr(worker.backplane, "commit", commit_after_another_word)
    answer = await host.ok("remove", seat=troll.seat, retract=True)
    assert member.texts() == ["ugly", "uglier"]
    assert [e["id"] for e in member.events("retracted")] == [f"{troll.seat}.1", f"{troll.seat}.2"]
    assert answer["retracted"] == 2


async def test_without_retract_the_words_stay(worker: Worker) -> None:
    host, one, member = await worker.host(), await worker.join(), await worker.join()
    await one.say("a word")
    assert (await host.ok("remove", seat=one.seat))["retracted"] == 0
    assert member.events("retracted") == []
