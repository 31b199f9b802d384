"""How a rehearsal looks in a terminal, and where there is none."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from chatserver.rehearsal.happenings import VISITOR, Happening, Kind
from chatserver.rehearsal.run import look_of
from chatserver.rehearsal.terminal import Look, Terminal

READY: dict[str, Any] = {
    "title": "Rehearsal: Short",
    "page": "http://127.0.0.1:8000/r/rehearsal-short-0000",
    "lead": "http://127.0.0.1:8000/r/rehearsal-short-0000#key=secret",
    "waits": "",
    "members": 3,
    "speed": 60,
    "minutes": 30,
    "agenda": [["Opening", 10], ["Sharing", 20]],
}
SHARING: dict[str, Any] = {"index": 1, "title": "Sharing", "mode": "queue", "ends_at": 0, "minutes": 20, "parts": 2}
LONG = "It is a long sentence, and it goes on until it does not fit into one line of any terminal that people use."
MINUTES_LEFT = 5


class Screen:
    """What was written, happening by happening; and what a terminal would show of it."""

    def __init__(self, look: Look) -> None:
        self.out = io.StringIO()
        self.terminal = Terminal(self.out, look, lambda _: MINUTES_LEFT * 60.0)
        self.tell(Kind.READY, **READY)

    def tell(self, kind: Kind, at: float = 0.0, **fields: Any) -> str:
        before = self.out.tell()
        self.terminal.tell(Happening(kind, at, fields))
        return self.out.getvalue()[before:]

    def shown(self) -> list[str]:
        """The lines, after what was written over; without colours."""
        lines: list[str] = []
        for number, text in re.findall(r"(?:\x1b\[(\d+)F\x1b\[J)?([^\n]*)\n", re.sub(r"\x1b\[[\d;]*m", "", self.out.getvalue())):
            if number:
                del lines[len(lines) - int(number) :]
            lines.append(text)
        return lines


def said(name: str, text: str | None, **more: Any) -> dict[str, Any]:
    return {"name": name, "text": text, "leads": False, "to": None, **more}


def test_what_is_said_with_the_time_of_the_meeting() -> None:
    screen = Screen(Look())
    assert screen.tell(Kind.SAID, 3_725, **said("Quiet River", "Hello.")) == "   1:02   Quiet River           Hello.\n"
    assert screen.tell(Kind.SAID, 3_730, **said("Quiet River", "Again.")) == f"{'Again.':>38}\n", "one name for what one person says"
    assert "↳ Yes." in screen.tell(Kind.SAID, 3_735, **said("Quiet River", "Yes.", to="Grey Heron"))
    assert "◆ Early Light" in screen.tell(Kind.SAID, 3_740, **said("Early Light", "Welcome.", leads=True))


def test_the_words_of_who_comes_in_are_not_shown() -> None:
    screen = Screen(Look())
    assert "the words of those who come in are not shown" in screen.tell(Kind.SAID, 1, **said(VISITOR, None)).replace("\n" + " " * 32, " ")


@pytest.mark.parametrize("width", [20, 48, 80, 300])
@pytest.mark.parametrize("live", [False, True])
def test_no_line_is_longer_than_the_terminal(width: int, live: bool) -> None:
    screen = Screen(Look(width, live))
    screen.tell(Kind.PART, **SHARING)
    screen.tell(Kind.SAID, 1, **said("Thoughtful Nightingale 42", LONG))
    screen.tell(Kind.TURN, name="Thoughtful Nightingale 42", next=["Thoughtful Kingfisher", "Lavender Lighthouse", "Grey Heron"], ends_at=0)
    screen.tell(Kind.TRIED, event="send", code="not_your_turn", wanted="not_your_turn")
    screen.tell(Kind.SUMMARY, ok=True, finished=True, checks=[{"ok": True, "sentence": LONG}])
    longest = max(len(line) for line in screen.shown()[9:])  # the links above are as long as they are
    assert longest <= max(48, min(100, width))


def test_reactions_come_together_before_what_is_said_next() -> None:
    screen = Screen(Look())
    for reaction in ("candle", "with_you", "with_you"):
        assert screen.tell(Kind.REACTED, name="Grey Heron", reaction=reaction, to="Quiet River") == ""
    assert screen.tell(Kind.SAID, 1, **said("Grey Heron", "Hello.")).startswith("          · quietly: candle, with you 2\n")


def test_what_all_are_asked_and_what_is_celebrated() -> None:
    screen = Screen(Look())
    assert "★ Quiet River celebrates 30 days" in screen.tell(Kind.MILESTONE, name="Quiet River", milestone="days", count=30)
    assert "★ Quiet River starts again" in screen.tell(Kind.MILESTONE, name="Quiet River", milestone="again", count=None)
    assert f"★ {VISITOR} celebrates\n" in screen.tell(Kind.MILESTONE, name=VISITOR, milestone=None, count=None)
    assert "all are asked: how are you, from one to five?" in screen.tell(Kind.ASKED, poll=1, asks="scale", question="")
    assert "all are asked: Longer?" in screen.tell(Kind.ASKED, poll=1, asks="hands", question="Longer?")
    for result, said in (({"counts": [1, 2, 4]}, "1 2 4"), ({"nearly_all": 0}, "nearly all alike"), ({"few": True}, "too few to tell")):
        assert f"counted: 7 answers, {said}\n" in screen.tell(Kind.COUNTED, poll=1, asks="scale", voted=7, result=result)
    assert "the topic: Patience" in screen.tell(Kind.TOPIC, topic="Patience")


def test_below_what_is_said_stands_where_the_hour_is_and_whose_turn_it_is() -> None:
    screen = Screen(Look(live=True))
    screen.tell(Kind.PART, **SHARING)
    screen.tell(Kind.TURN, name="Quiet River", next=["Grey Heron"], ends_at=1)
    screen.tell(Kind.SAID, 1, **said("Quiet River", "Hello."))
    assert [line.strip() for line in screen.shown()[-2:]] == ["Sharing · 5:00 left", "Quiet River has the floor, 5:00; next: Grey Heron"]
    bar = screen.shown()[-3].strip()
    assert set(bar) == {"━", "─", " "}
    opening, sharing = bar.split(" ")
    assert set(opening) == {"━"}
    assert (sharing.count("━"), sharing.count("─")) == (round(len(sharing) * 0.75), len(sharing) - round(len(sharing) * 0.75))
    assert sum("has the floor, 5:00" in line for line in screen.shown()) == 1, "it is drawn anew, not once more"
    screen.terminal.draw()
    assert sum("has the floor, 5:00" in line for line in screen.shown()) == 1
    screen.terminal.close()
    screen.tell(Kind.SUMMARY, ok=True, finished=True, checks=[])
    assert not any("has the floor, 5:00" in line for line in screen.shown())


def test_where_nothing_can_be_written_over_the_hour_is_drawn_with_each_part() -> None:
    screen = Screen(Look())
    screen.tell(Kind.PART, **SHARING)
    screen.terminal.draw()
    assert "\x1b" not in screen.out.getvalue()
    assert any(line.strip().startswith("━") for line in screen.shown())


def test_without_colours_and_without_signs_beyond_ascii() -> None:
    screen = Screen(Look(live=True, colours=False, fine=False))
    screen.tell(Kind.PART, **SHARING)
    screen.tell(Kind.SAID, 1, **said("Early Light", "Hello.", leads=True))
    screen.tell(Kind.SUMMARY, ok=False, finished=True, checks=[{"ok": False, "sentence": "Not so."}])
    assert not re.search(r"\x1b\[[\d;]*m", screen.out.getvalue())
    assert screen.out.getvalue().isascii()


def test_what_did_not_hold_is_seen() -> None:
    screen = Screen(Look())
    checks = [{"ok": True, "sentence": "This held."}, {"ok": False, "sentence": "This did not."}]
    assert "✓  This held.\n  ✗  This did not.\n" in screen.tell(Kind.SUMMARY, ok=False, finished=True, checks=checks)
    assert "taken, where silence was due" in screen.tell(Kind.TRIED, event="send", code=None, wanted="silence")


class Tty(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Old(Tty):
    encoding = "ascii"


def test_what_the_terminal_can_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert (look_of(Tty()).live, look_of(Tty()).colours, look_of(Tty()).fine) == (True, True, True)
    assert not look_of(Old()).fine
    monkeypatch.setenv("NO_COLOR", "1")
    assert (look_of(Tty()).live, look_of(Tty()).colours) == (True, False)
    monkeypatch.setenv("TERM", "dumb")
    assert not look_of(Tty()).live
    assert not look_of(io.StringIO()).live
