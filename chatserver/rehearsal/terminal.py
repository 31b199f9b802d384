"""A rehearsal in the terminal: what is said, line by line, and below it, where a terminal can, how far the hour is and whose turn it is."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TextIO

from chatserver.rehearsal.happenings import VISITOR, Happening, Kind

Json = dict[str, Any]

NARROWEST, WIDEST = 48, 100
BESIDE, UNDER = 28, 10  # so much room there must be for words beside a name; else they stand under it, so far in
NAMED = 2  # of those who are next

MODES = {
    "open": "everyone writes",
    "queue": "by hands",
    "round": "in a round",
    "speaker": "who leads speaks",
    "silence": "silence",
}
MILESTONES = {
    "first": "is here for the first time",
    "again": "starts again",
    "days": "celebrates {} days",
    "months": "celebrates {} months",
    "years": "celebrates {} years",
    None: "celebrates",
}
POLLS = {"agree": "do we agree to the guidelines?", "scale": "how are you, from one to five?"}
SIGNS = {"soft": "two thirds of the time are over", "clear": "the time is over"}
CLEARS, DIM, BOLD, GREEN, YELLOW, RED = "0", "2", "1", "32", "33", "31"
TINTS = ("36", "35", "34", "33", "32", "96", "95", "94")

FINE = {
    "rule": "─",
    "past": "━",
    "ahead": "─",
    "leads": "◆",
    "turn": "▸",
    "aside": "·",
    "reply": "↳ ",
    "dots": "…",
    "yes": "✓",
    "no": "✗",
    "star": "★",
}
PLAIN = {
    "rule": "-",
    "past": "=",
    "ahead": "-",
    "leads": "*",
    "turn": ">",
    "aside": ".",
    "reply": "> ",
    "dots": "...",
    "yes": "ok",
    "no": "NO",
    "star": "*",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What the terminal can do. `live`: lines may be written over."""

    width: int = 80
    live: bool = False
    colours: bool = False
    fine: bool = True  # signs beyond ASCII


class Terminal:
    def __init__(self, out: TextIO, look: Look, left: Callable[[int], float]) -> None:
        """`left` tells how many seconds of the meeting are left until a time."""
        self._out, self._look, self._left = out, look, left
        self._width = max(NARROWEST, min(WIDEST, look.width - 1))
        self._signs = FINE if look.fine else PLAIN
        self._ready: Json = {}
        self._part: Json = {"index": -1, "title": "Before the start", "mode": "open", "ends_at": 0}
        self._turn: Json = {"name": None, "next": [], "ends_at": None}
        self._reactions: Counter[str] = Counter()
        self._last = ""  # whose words came last
        self._column = 20  # most names are shorter
        self._drawn = 0  # lines below the transcript
        self._closed = False
        self._tints: dict[str, str] = {}

    def tell(self, happening: Happening) -> None:
        lines = TOLD[happening.kind](self, happening.at, happening.fields)
        self._write(lines)

    def draw(self) -> None:
        """The lines at the bottom, anew: the time goes on while nothing happens."""
        self._write([])

    def close(self) -> None:
        """Nothing goes on any more: the lines at the bottom are taken away."""
        self._closed = True
        self._write(self._quiet_signs())

    # --- what is told

    def _is_ready(self, at: float, told: Json) -> list[str]:
        self._ready = told
        pace = f"{told['minutes']} minutes" + (f", {told['speed']} times as fast" if told["speed"] > 1 else "")
        return [
            "",
            self._styled(f"  {told['title']}", BOLD),
            f"  {pace} {self._signs['aside']} {told['members']} pretend members",
            "",
            f"  To watch or take part   {self._styled(told['page'], GREEN)}",
            f"  To lead                 {self._styled(told['lead'], GREEN)}",
            self._styled("                          (whoever has this link is the facilitator)", DIM),
            *([f"  {told['waits']}"] if told.get("waits") else []),
            *self._heading("Before the start", "everyone writes"),
        ]

    def _begins(self, at: float, told: Json) -> list[str]:
        self._part, self._last = told, ""
        agenda = self._ready["agenda"]
        title = f"{told['index'] + 1} of {len(agenda)} {self._signs['aside']} {told['title']}"
        return [*self._quiet_signs(), *self._heading(title, f"{told['minutes']} min, {MODES[told['mode']]}"), *self._bar_of_the_past()]

    def _is_said(self, at: float, told: Json) -> list[str]:
        name, text = told["name"], told["text"]
        asides = self._quiet_signs()
        self._column = max(self._column, min(28, len(name)))
        again = name == self._last and not asides and not told["to"]
        self._last = name
        sign = self._signs["leads"] if told["leads"] else " "
        who = "" if again else name
        head = f"{'' if again else _clock(at):>7} {' ' if again else sign} {who:<{self._column}}  "
        words = (self._signs["reply"] if told["to"] else "") + (
            text if text is not None else "(the words of those who come in are not shown here)"
        )
        beside = self._width - len(head) >= BESIDE
        indent = len(head) if beside else UNDER
        wrapped = textwrap.wrap(words.replace("\n", " "), self._width - indent) or [""]
        first = self._styled(head[:10], DIM) + self._styled(head[10:], BOLD, self._tint(name))
        if beside:
            return [*asides, first + wrapped[0], *(" " * indent + line for line in wrapped[1:])]
        return [*asides, *([] if again else [first.rstrip()]), *(" " * indent + line for line in wrapped)]

    def _celebrates(self, at: float, told: Json) -> list[str]:
        words = MILESTONES[told["milestone"]].format(told["count"])
        return [*self._quiet_signs(), self._aside(f"{told['name']} {words}", self._signs["star"], BOLD)]

    def _has_topic(self, at: float, told: Json) -> list[str]:
        return [*self._quiet_signs(), self._aside(f"the topic: {told['topic']}")]

    def _asks(self, at: float, told: Json) -> list[str]:
        return [*self._quiet_signs(), self._aside(f"all are asked: {told['question'] or POLLS[told['asks']]}")]

    def _counts(self, at: float, told: Json) -> list[str]:
        result = told["result"]
        if "counts" in result:
            said = " ".join(str(count) for count in result["counts"])
        else:
            said = "nearly all alike" if "nearly_all" in result else "too few to tell"
        return [*self._quiet_signs(), self._aside(f"counted: {told['voted']} answers, {said}")]

    def _is_reacted(self, at: float, told: Json) -> list[str]:
        self._reactions[told["reaction"].replace("_", " ")] += 1
        return []

    def _turns(self, at: float, told: Json) -> list[str]:
        before, self._turn = self._turn["name"], told
        if told["name"] in (None, before) or self._part["mode"] == "round":
            return []
        return [*self._quiet_signs(), self._aside(f"{told['name']} has the floor{self._next()}", self._signs["turn"])]

    def _signs_to(self, at: float, told: Json) -> list[str]:
        return [*self._quiet_signs(), self._aside(f"{told['name']} is told: {SIGNS[told['sign']]}")]

    def _comes(self, at: float, told: Json) -> list[str]:
        return [self._aside(f"{told['name']} has come in")]

    def _leaves(self, at: float, told: Json) -> list[str]:
        return [self._aside(f"{told['name']} has left")]

    def _drops(self, at: float, told: Json) -> list[str]:
        return [*self._quiet_signs(), self._aside(f"{told['name']} has lost the line, in the middle of a share", style=YELLOW)]

    def _returns(self, at: float, told: Json) -> list[str]:
        share = ", and goes on" if told["in_time"] else "; the share was over by then"
        return [self._aside(f"{told['name']} is back in the same seat{share}", style=YELLOW)]

    def _is_tried(self, at: float, told: Json) -> list[str]:
        if told["code"] == told["wanted"]:
            return [self._aside(f"tried: “{told['event']}”, and refused ({told['code']})")]
        return [self._aside(f"tried: “{told['event']}”: {told['code'] or 'taken'}, where {told['wanted']} was due", style=RED)]

    def _closes(self, at: float, told: Json) -> list[str]:
        self._turn = {"name": None, "next": [], "ends_at": None}
        return [*self._quiet_signs(), *self._heading("Closed", "")]

    def _stops(self, at: float, told: Json) -> list[str]:
        return [*self._closes(at, told), "  Stopped. The room is closed."]

    def _sums_up(self, at: float, told: Json) -> list[str]:
        lines = ["", self._styled("  What was seen", BOLD)]
        for check in told["checks"]:
            sign = self._styled(self._signs["yes"], GREEN) if check["ok"] else self._styled(self._signs["no"], RED, BOLD)
            wrapped = textwrap.wrap(check["sentence"], self._width - 6)
            lines += [f"  {sign}  {wrapped[0]}", *(f"     {line}" for line in wrapped[1:])]
        return [*lines, ""]

    # --- how it looks

    def _heading(self, title: str, note: str) -> list[str]:
        rule, words = self._signs["rule"], f" {title} "
        tail = f" {note} {rule * 2}" if note else ""
        line = f"{rule * 2}{words}{rule * max(2, self._width - 2 - len(words) - len(tail))}{tail}"
        return ["", self._styled(line, GREEN)]

    def _aside(self, words: str, sign: str = "", style: str = DIM) -> str:
        line = f"{'':9} {sign or self._signs['aside']} {words}"
        return self._styled(line if len(line) <= self._width else line[: self._width - 1] + self._signs["dots"], style)

    def _quiet_signs(self) -> list[str]:
        if not self._reactions:
            return []
        told = ", ".join(kind if count == 1 else f"{kind} {count}" for kind, count in self._reactions.items())
        self._reactions.clear()
        self._last = ""
        return [self._aside(f"quietly: {told}")]

    def _next(self) -> str:
        names = self._turn["next"]
        if not names:
            return ""
        more = len(names) - NAMED
        return f"; next: {', '.join(names[:NAMED])}" + (f" and {more} more" if more > 0 else "")

    def _bar_of_the_past(self) -> list[str]:
        """Where nothing can be drawn over, the hour is drawn with each part."""
        return [] if self._look.live else [f"   {self._bar(self._width - 6)}", ""]

    def _bar(self, width: int) -> str:
        """The hour as a picture: a stretch a part, as long as its minutes."""
        agenda, index = self._ready["agenda"], self._part["index"]
        all_of_it = sum(minutes for _, minutes in agenda)
        stretches = []
        for at, (_, minutes) in enumerate(agenda):
            length = max(1, round(minutes / all_of_it * (width - len(agenda) + 1)))
            gone = length if at < index else 0
            if at == index:
                gone = round(length * min(1.0, max(0.0, 1 - self._left(self._part["ends_at"]) / (minutes * 60))))
            stretches.append(self._styled(self._signs["past"] * gone, GREEN) + self._styled(self._signs["ahead"] * (length - gone), DIM))
        return " ".join(stretches)

    def _status(self) -> list[str]:
        part, width = self._part, self._width - 4
        if part["index"] < 0:
            where = "Before the start"
        else:
            left = self._left(part["ends_at"])
            where = f"{part['title']} {self._signs['aside']} " + (f"{_minutes(left)} left" if left > 0 else "time is up")
        turn = self._turn
        if turn["name"] is None:
            whose = {"silence": "Quiet, together.", "open": "Everyone can write."}.get(part["mode"], "The floor is free.") + self._next()
        else:
            share = "" if turn["ends_at"] is None else f", {_minutes(max(0.0, self._left(turn['ends_at'])))}"
            whose = f"{turn['name']} has the floor{share}{self._next()}"
        return ["", f"   {self._bar(width - 2)}", f"   {self._styled(where[:width], BOLD)}", f"   {whose[:width]}"]

    def _tint(self, name: str) -> str:
        if name == VISITOR:
            return YELLOW
        return self._tints.setdefault(name, TINTS[len(self._tints) % len(TINTS)])

    def _styled(self, text: str, *styles: str) -> str:
        if not self._look.colours or not text.strip():
            return text
        return f"\x1b[{';'.join(styles)}m{text}\x1b[{CLEARS}m"

    def _write(self, lines: list[str]) -> None:
        over = f"\x1b[{self._drawn}F\x1b[J" if self._drawn else ""
        status = self._status() if self._look.live and self._ready and not self._closed else []
        self._drawn = len(status)
        if lines or status or over:
            self._out.write(over + "".join(f"{line}\n" for line in (*lines, *status)))
            self._out.flush()


TOLD: dict[Kind, Callable[[Terminal, float, Json], list[str]]] = {
    Kind.READY: Terminal._is_ready,
    Kind.PART: Terminal._begins,
    Kind.SAID: Terminal._is_said,
    Kind.MILESTONE: Terminal._celebrates,
    Kind.TOPIC: Terminal._has_topic,
    Kind.ASKED: Terminal._asks,
    Kind.COUNTED: Terminal._counts,
    Kind.REACTED: Terminal._is_reacted,
    Kind.TURN: Terminal._turns,
    Kind.SIGN: Terminal._signs_to,
    Kind.CAME: Terminal._comes,
    Kind.LEFT: Terminal._leaves,
    Kind.DROPPED: Terminal._drops,
    Kind.BACK: Terminal._returns,
    Kind.TRIED: Terminal._is_tried,
    Kind.CLOSED: Terminal._closes,
    Kind.STOPPED: Terminal._stops,
    Kind.SUMMARY: Terminal._sums_up,
}


def _clock(seconds: float) -> str:
    """Hours and minutes of the meeting."""
    return f"{int(seconds) // 3_600}:{int(seconds) // 60 % 60:02}"


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
