"""A format as a value: the steps of a meeting, with their minutes, who may write in them, and what is read out.

Our own are files in `chatserver/formats/`; groups copy and change them. What a file says is checked here, all of it at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from chatserver.domain.faults import Fault, printable, shown
from chatserver.domain.refusals import Code
from chatserver.domain.text import MAX_TEXT, checked

DEFAULT_FORMAT = "open-circle"

MAX_FILE = 65_536  # code points
MAX_SEGMENTS = 40
MAX_TITLE = 80
MAX_NOTE = 500
MAX_ASKS = 200
MAX_SCRIPT = MAX_TEXT  # so that it can be posted as one message
MAX_SEGMENT_MINUTES = 480
MAX_MINUTES = 1_440  # as a meeting's
MIN_SHARE_SECONDS = 15
MAX_SHARE_SECONDS = 3_600
MAX_PROMPTS = 200
MAX_SPEED = 600


class Mode(StrEnum):
    """Who may write in a segment."""

    OPEN = "open"  # every member
    QUEUE = "queue"  # who has the floor, from the hand queue
    ROUND = "round"  # each in turn
    SPEAKER = "speaker"  # named speakers, and moderators
    SILENCE = "silence"  # nobody


@dataclass(frozen=True, slots=True)
class Segment:
    """A step of the agenda."""

    title: str
    minutes: int
    mode: Mode
    cross_talk: bool = False  # members may answer each other's shares
    share_seconds: int = 180  # of one turn, in a queue or a round; 0: no limit
    script: str = ""  # what is read out, or posted, when it begins
    hand_over: bool = True  # the floor passes on by itself at the end of a share; False: it waits for a moderator
    asks: str = ""  # what a round asks: "One word for how you leave."
    resource: str = ""  # a card with something to take along, in the group's own words; shown again when the meeting is over
    prompts: bool = False  # a topic is chosen here
    agree: bool = False  # the guidelines are agreed here, by a show of hands
    milestones: bool = False  # they are announced here
    until_next: bool = False  # each says one thing that they will do until next time
    after: bool = False  # fellowship after the end: the hour does not count it


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    title: str
    segments: tuple[Segment, ...]
    heard_last: bool = True  # who has not been heard yet goes first in the hand queue
    note: str = ""  # one named after a fellowship says that it is not affiliated with it
    speed: int = 1  # a rehearsal's clock: the meeting's minutes pass so many times as fast

    @property
    def minutes(self) -> int:
        """How long the meeting is by its agenda, without what comes after its end."""
        return sum(segment.minutes for segment in self.segments if not segment.after)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A topic to share about."""

    subject: str  # "cravings"
    title: str
    text: str


def read(name: str, toml: str) -> Format | tuple[Fault, ...]:
    """The format that the text of a file says, or everything that is wrong with it. Never raises, whatever the text is."""
    data = read_toml(toml)
    return (data,) if isinstance(data, Fault) else parse(name, data)


def read_toml(toml: str) -> dict[str, Any] | Fault:
    if len(toml) > MAX_FILE:
        return Fault("file", f"it has more than {MAX_FILE} characters; make it shorter.")
    try:
        return tomllib.loads(toml)
    except RecursionError:
        return Fault("file", "lists or tables stand too deep within each other.")
    except ValueError as fault:  # and not TOMLDecodeError alone: a number may be too long for Python
        return Fault("file", f"this is not TOML: {printable(str(fault), 200)}.")


def parse(name: str, data: Mapping[str, object]) -> Format | tuple[Fault, ...]:
    """The format that `data` says (a file's tables, as they were read), or every fault at once.

    Texts are cleaned as those that people type."""
    faults: list[Fault] = []
    if not re.fullmatch(r"[a-z0-9-]{1,64}", name):
        faults.append(Fault("name", f"{shown(name)} was given; it may be 1 to 64 of a-z, 0-9 and -."))
    table = _Table(data, "", faults)
    table.knows({field.name for field in fields(Format)} - {"name"})
    made = Format(
        name=name,
        title=table.text("title", MAX_TITLE),
        segments=_segments(data.get("segments"), faults),
        heard_last=table.truth("heard_last", default=True),
        note=table.text("note", MAX_NOTE, default="", lines=True),
        speed=table.whole("speed", 1, MAX_SPEED, unit="times", default=1),
    )
    return tuple(faults) or made


def parse_prompts(data: Mapping[str, object]) -> tuple[tuple[Prompt, ...], tuple[Fault, ...]]:
    """The topics that a file's tables say, and every fault; where there is one, the topics are not to be used."""
    faults: list[Fault] = []
    _Table(data, "", faults).knows({"prompts"})
    made = []
    for where, given in _tables(data.get("prompts"), "prompts", MAX_PROMPTS, faults):
        table = _Table(given, where, faults)
        table.knows({field.name for field in fields(Prompt)})
        made.append(Prompt(table.text("subject", MAX_TITLE), table.text("title", MAX_TITLE), table.text("text", MAX_NOTE)))
    return tuple(made), tuple(faults)


def _segments(given: object, faults: list[Fault]) -> tuple[Segment, ...]:
    before = len(faults)
    made = tuple(_segment(table, where, faults) for where, table in _tables(given, "segments", MAX_SEGMENTS, faults))
    if any(fault.where.endswith(("segments", "]", ".minutes", ".after")) for fault in faults[before:]):
        return made  # what they are together is not known yet
    total = sum(segment.minutes for segment in made if not segment.after)
    if total > MAX_MINUTES:
        faults.append(Fault("segments", f"they add up to {total} minutes; a meeting may be up to {MAX_MINUTES} long."))
    if total == 0:
        faults.append(Fault("segments", "all of them come after the end; leave `after` out where the meeting itself is."))
    for n, segment in enumerate(made):
        if segment.after and not all(later.after for later in made[n:]):
            faults.append(Fault(f"segments[{n}].after", "the meeting goes on after it; move it to the end, or leave `after` out."))
    return made


def _segment(given: Mapping[str, object], where: str, faults: list[Fault]) -> Segment:
    table = _Table(given, where, faults)
    table.knows({field.name for field in fields(Segment)})
    segment = Segment(
        title=table.text("title", MAX_TITLE),
        minutes=table.whole("minutes", 1, MAX_SEGMENT_MINUTES, unit="minutes"),
        mode=table.mode("mode"),
        cross_talk=table.truth("cross_talk"),
        share_seconds=table.whole("share_seconds", MIN_SHARE_SECONDS, MAX_SHARE_SECONDS, unit="seconds", default=180, or_zero="no limit"),
        script=table.text("script", MAX_SCRIPT, default="", lines=True),
        hand_over=table.truth("hand_over", default=True),
        asks=table.text("asks", MAX_ASKS, default=""),
        resource=table.text("resource", MAX_NOTE, default="", lines=True),
        prompts=table.truth("prompts"),
        agree=table.truth("agree"),
        milestones=table.truth("milestones"),
        until_next=table.truth("until_next"),
        after=table.truth("after"),
    )
    if segment.mode is Mode.SILENCE and segment.cross_talk:
        table.fault("cross_talk", "nobody writes in a silence; leave it out, or choose another mode.")
    if segment.asks and segment.mode is not Mode.ROUND:
        table.fault("asks", 'it is what a round asks each person; choose mode = "round", or let the script ask.')
    return segment


def _tables(given: object, where: str, most: int, faults: list[Fault]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Those of a list that are tables, each with where it stands. What is wrong with the others is told as they come."""
    if given is None or given == []:
        faults.append(Fault(where, f"there are none; begin each with [[{where}]]."))
        return
    if not isinstance(given, list | tuple):
        faults.append(Fault(where, f"{shown(given)} was given; it is a list of tables, and each begins with [[{where}]]."))
        return
    if len(given) > most:
        faults.append(Fault(where, f"there are {len(given)}; there may be up to {most}."))
    for n, each in enumerate(given[:most]):
        if isinstance(each, Mapping):
            yield f"{where}[{n}]", each
        else:
            faults.append(Fault(f"{where}[{n}]", f"{shown(each)} was given; it is a table, and begins with [[{where}]]."))


class _Table:
    """Reads one table, field by field. What is wrong is told in `faults`, and something harmless stands in for it."""

    def __init__(self, data: Mapping[str, object], where: str, faults: list[Fault]) -> None:
        self._data = data
        self._where = where
        self._faults = faults

    def fault(self, field: str, sentence: str) -> None:
        self._faults.append(Fault(f"{self._where}.{field}" if self._where else field, sentence))

    def knows(self, known: set[str]) -> None:
        """Tells every field that is none of these."""
        for field in self._data:
            if field not in known:
                near = get_close_matches(str(field), sorted(known), n=1, cutoff=0.6)
                self.fault(
                    printable(str(field), 60) or '""', f"there is no such field; {f'did you mean {near[0]}?' if near else 'leave it out.'}"
                )

    def text(self, field: str, longest: int, *, default: str | None = None, lines: bool = False) -> str:
        """`default`: it may be left out, or be empty. `lines`: it may have several."""
        what = f"{'text' if lines else 'one line'} of 1 to {longest} characters, in quotation marks"
        given = self._data.get(field, default)
        if given is None:
            self.fault(field, f"it is missing; it may be {what}.")
        elif not isinstance(given, str):
            self.fault(field, f"{shown(given)} was given; it may be {what}.")
        elif given or default is None:
            return self._cleaned(field, given, longest, what, lines=lines)
        return ""

    def _cleaned(self, field: str, given: str, longest: int, what: str, *, lines: bool) -> str:
        cleaned = checked(given, longest)
        if isinstance(cleaned, str):
            if lines or not re.search(r"[\n\t\u2028\u2029]", cleaned):
                return cleaned
            self.fault(field, f"it has several lines, or tabs; it may be {what}.")
        elif cleaned.code is Code.TOO_LONG:
            self.fault(field, f"it has {len(given)} characters; it may be {what}.")
        elif cleaned.code is Code.EMPTY:
            self.fault(field, f"there is nothing to see in it; it may be {what}.")
        else:
            self.fault(field, f"half a character is in it, which cannot be sent; it may be {what}.")
        return ""

    def whole(self, field: str, least: int, most: int, *, unit: str, default: int | None = None, or_zero: str = "") -> int:
        what = f"a whole number of {unit} from {least} to {most}" + (f", or 0 for {or_zero}" if or_zero else "")
        given = self._data.get(field, default)
        if given is None:
            self.fault(field, f"it is missing; it may be {what}.")
        elif isinstance(given, int) and not isinstance(given, bool) and (least <= given <= most or (or_zero and given == 0)):
            return given
        else:
            self.fault(field, f"{shown(given)} was given; it may be {what}.")
        return least

    def truth(self, field: str, *, default: bool = False) -> bool:
        given = self._data.get(field, default)
        if isinstance(given, bool):
            return given
        self.fault(field, f"{shown(given)} was given; it may be true or false, without quotation marks.")
        return default

    def mode(self, field: str) -> Mode:
        what = ", ".join(f'"{mode}"' for mode in Mode)
        given = self._data.get(field)
        if isinstance(given, str) and given in set(Mode):
            return Mode(given)
        self.fault(field, f"{'it is missing' if given is None else f'{shown(given)} was given'}; it may be one of {what}.")
        return Mode.ROUND  # which everything else may stand with
