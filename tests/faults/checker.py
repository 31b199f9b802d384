"""Holds a history to what is promised. Pure: a history in, a verdict out.

In the style of Jepsen: nothing is asked of the servers; what the members saw must be explainable by one room in which every
acknowledged message happened once, in one order. What is not known to have happened may have happened or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.faults.history import Kind, Record
from tests.faults.order import disorder

EXAMPLES = 3  # of each anomaly are told

Position = tuple[int, int]  # which epoch; seq

# What an anomaly is called, and what it means.
ANOMALIES = {
    "lost": "acknowledged, and not received by somebody who was there or came back without being told of a gap",
    "repeated": "received twice by one member",
    "inverted": "there is no one order in which everybody received",
    "backwards": "within an epoch, an event's seq was not above that of the event before it; or an older epoch came back",
    "renumbered": "one message under two numbers of an epoch, or two messages under one",
    "refused_seen": "refused, and received by somebody",
    "early_ok": "acknowledged before its sender had received it",
    "intruded": "received by somebody who was not in the room when it was said",
    "unsent": "received before anybody had sent it, or sent by nobody",
    "thrown_out": "a seat was gone within the grace time",
    "absent": "somebody was not back at the end",
}


@dataclass
class Verdict:
    anomalies: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    acknowledged: int = 0
    refused: int = 0
    unknown: int = 0  # ids whose fate was not known at the end
    unsure: int = 0  # attempts after which it was not known, most of which were cleared up by asking again
    gaps: int = 0
    forgiven: int = 0  # messages that somebody did not get, and was told so

    @property
    def holds(self) -> bool:
        return not self.anomalies

    def found(self, anomaly: str, example: str) -> None:
        assert anomaly in ANOMALIES
        self.anomalies[anomaly] += 1
        told = self.examples.setdefault(anomaly, [])
        if len(told) < EXAMPLES:
            told.append(example)

    def __str__(self) -> str:
        figures = f"{self.acknowledged} acknowledged, {self.refused} refused, {self.unknown} unknown, {self.gaps} gaps"
        lines = [figures if self.holds else f"BROKEN: {figures}"]
        for anomaly, count in self.anomalies.items():
            lines.append(f"  {anomaly}: {count} ({ANOMALIES[anomaly]})")
            lines += [f"    {example}" for example in self.examples[anomaly]]
        return "\n".join(lines)


@dataclass
class _Stay:
    """One member in one seat."""

    member: str
    asked: int  # index in the history
    admitted: Position
    last: Position  # of the last thing that it received
    received: dict[str, int] = field(default_factory=dict)  # message -> index in the history
    gaps: list[tuple[Position, Position]] = field(default_factory=list)  # after the first, up to the second
    connected: bool = True
    left: bool = False

    def forgives(self, positions: Iterable[Position]) -> bool:
        return any(start < position <= end for position in positions for start, end in self.gaps)

    def is_due(self, positions: Iterable[Position]) -> bool:
        """Whether it had to receive what has these positions. Who has gone, or never came back, was there up to their last event."""
        until_end = self.connected and not self.left
        return all(self.admitted < position and (until_end or position <= self.last) for position in positions)


@dataclass
class _Sent:
    """A message as its sender knows it."""

    sender: str
    ok: tuple[int, Position] | None = None  # index in the history; where the acknowledgement says that it is
    refused: str = ""
    unsure: bool = False


class _Reading:
    """Goes through a history once, from its beginning to its end."""

    def __init__(self, history: Sequence[Record]) -> None:
        self.verdict = Verdict()
        self.ranks = _ranks(history)
        self.now: dict[str, _Stay] = {}  # member -> where it sits
        self.stays: list[_Stay] = []
        self.asked: dict[str, int] = {}  # member -> when it asked for a seat, last
        self.first: dict[str, int] = {}  # message -> when anybody received it first
        self.sent: dict[str, _Sent] = {}
        self.positions: dict[str, set[Position]] = {}
        self.occupied: dict[Position, str] = {}
        for index, record in enumerate(history):
            self._read(index, record)

    def position(self, record: Record) -> Position:
        return self.ranks[record.epoch], record.seq

    def _read(self, index: int, record: Record) -> None:
        stay = self.now.get(record.member)
        match record.kind:
            case Kind.ASKED:
                self.asked[record.member] = index
            case Kind.ADMITTED:
                self._admitted(record, stay)
            case Kind.INVOKED:
                self.sent.setdefault(record.message, _Sent(record.member))
            case Kind.OK:
                sent = self.sent[record.message]
                if sent.ok is None:
                    sent.ok = (index, self.position(record))
            case Kind.REFUSED:
                self.sent[record.message].refused = record.code
            case Kind.UNKNOWN:
                self.sent[record.message].unsure = True
                self.verdict.unsure += 1
            case Kind.RECEIVED:
                self._received(index, record, stay)
            case Kind.SAW if stay is not None:
                self._moves_on(record, stay)
            case Kind.GAP if stay is not None:
                self.verdict.gaps += 1
                end = self.position(record)
                stay.gaps.append((stay.last, end))
                stay.last = max(stay.last, end)
            case Kind.BACK | Kind.LOST | Kind.LEFT if stay is not None:
                stay.connected = record.kind is Kind.BACK
                stay.left = record.kind is Kind.LEFT

    def _admitted(self, record: Record, former: _Stay | None) -> None:
        if former is not None and not former.left:
            self.verdict.found("thrown_out", str(record))
            former.left = True
        here = self.position(record)
        self.now[record.member] = stay = _Stay(record.member, self.asked.get(record.member, -1), here, here)
        self.stays.append(stay)

    def _received(self, index: int, record: Record, stay: _Stay | None) -> None:
        here = self.position(record)
        found = self.verdict.found
        if record.message not in self.sent:
            found("unsent", str(record))
        self.positions.setdefault(record.message, set()).add(here)
        if self.occupied.setdefault(here, record.message) != record.message:
            found("renumbered", f"{record}: others have {self.occupied[here]} there")
        if stay is None or stay.left:
            found("intruded", f"{record}: it is not in the room")
            return
        if self.first.setdefault(record.message, index) < stay.asked:
            found("intruded", f"{record}: others had it before it asked to come in")
        if here <= stay.admitted:
            found("intruded", f"{record}: it was admitted later, at seq {stay.admitted[1]}")
        if record.message in stay.received:
            found("repeated", str(record))
            return
        stay.received[record.message] = index
        self._moves_on(record, stay)

    def _moves_on(self, record: Record, stay: _Stay) -> None:
        here = self.position(record)
        if here <= stay.last:
            self.verdict.found("backwards", f"{record}: seq {stay.last[1]} was before it")
        stay.last = max(stay.last, here)


def _ranks(history: Sequence[Record]) -> dict[str, int]:
    """The place of each epoch. A client cannot know it; here the name may be read, as the backplane's port tells it: opening.number-more.

    By first appearance alone a newcomer might see an epoch before somebody hears the last of the one before."""
    seen = list(dict.fromkeys(record.epoch for record in history if record.epoch))
    return {epoch: n for n, epoch in enumerate(sorted(seen, key=_line_number))}


def _line_number(epoch: str) -> int:
    number = epoch.partition(".")[2].partition("-")[0]
    return int(number) if number.isdecimal() else 0


def check(history: Sequence[Record]) -> Verdict:
    reading = _Reading(history)
    verdict = reading.verdict
    verdict.acknowledged = sum(1 for sent in reading.sent.values() if sent.ok)
    verdict.refused = sum(1 for sent in reading.sent.values() if sent.refused and not sent.ok)
    verdict.unknown = sum(1 for sent in reading.sent.values() if not sent.ok and not sent.refused)
    for stay in reading.stays:
        if not stay.connected and not stay.left:
            verdict.found("absent", f"{stay.member}: its last event was {stay.last[1]}")
    for message, positions in reading.positions.items():
        by_epoch = Counter(rank for rank, _ in positions)
        if max(by_epoch.values()) > 1:
            verdict.found("renumbered", f"{message}: {sorted(positions)}")
    for message, sent in reading.sent.items():
        positions = reading.positions.get(message, set())
        if sent.ok is not None:
            _check_acknowledged(reading, message, sent, sent.ok)
        elif sent.refused and not sent.unsure and positions:
            who = next(stay.member for stay in reading.stays if message in stay.received)
            verdict.found("refused_seen", f"{message}: {sent.refused} for {sent.sender}, received by {who}")
    for example in disorder({f"{stay.member}/{n}": list(stay.received) for n, stay in enumerate(reading.stays)}):
        verdict.found("inverted", example)
    return verdict


def _check_acknowledged(reading: _Reading, message: str, sent: _Sent, ok: tuple[int, Position]) -> None:
    index, answered = ok
    positions = reading.positions.get(message, {answered})
    for stay in reading.stays:
        if message in stay.received:
            if stay.member == sent.sender and stay.received[message] > index:
                reading.verdict.found("early_ok", f"{message}: acknowledged to {sent.sender} at seq {answered[1]}")
        elif stay.forgives(positions):
            reading.verdict.forgiven += 1
        elif stay.is_due(positions):
            reading.verdict.found("lost", f"{message} of {sent.sender} at {sorted(positions)}: {stay.member} has up to {stay.last}")
