"""Histories made by hand or by chance, as they would be if everything were right; and what can be made wrong in them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tests.faults.history import Kind, Record

Mutation = Callable[["Story"], bool]  # False: there is nothing in this story to do it to


@dataclass
class Story:
    """Writes records one after the other."""

    records: list[Record] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(0))

    def add(self, member: str, kind: Kind, message: str = "", epoch: str = "", seq: int = 0, code: str = "") -> Story:
        self.records.append(Record(float(len(self.records)), member, kind, message, epoch, seq, code))
        return self

    def said(self, sender: str, message: str, seq: int, *hearers: str, epoch: str = "e.1") -> Story:
        """Sent, received by its sender and those, acknowledged."""
        self.add(sender, Kind.INVOKED, message)
        for hearer in (sender, *hearers):
            self.add(hearer, Kind.RECEIVED, message, epoch, seq)
        return self.add(sender, Kind.OK, message, epoch, seq)


@dataclass
class _Person:
    name: str
    known: int = 0  # how many of the room's messages it has
    here: bool = False  # connected
    admitted: bool = False
    unanswered: list[int] = field(default_factory=list)


def correct(seed: int, people: int = 5, steps: int = 120) -> Story:
    """A room as it should be: one log, of which everybody reads on from where they came in; lines are lost and come back, some with a
    gap; epochs follow each other; acknowledgements get lost; some sends are refused."""
    story = Story(chance=random.Random(seed))
    chance = story.chance
    room: list[tuple[str, str, int]] = []  # message, epoch, seq
    crowd = [_Person(f"p{n}") for n in range(people)]
    epoch, seq, ids = 1, 10, 0

    def read(person: _Person, upto: int | None = None) -> None:
        while person.known < (len(room) if upto is None else upto):
            message, where, number = room[person.known]
            story.add(person.name, Kind.RECEIVED, message, where, number)
            person.known += 1

    def answered(person: _Person) -> None:
        for n in person.unanswered:
            message, where, number = room[n]
            story.add(person.name, Kind.OK, message, where, number)
        person.unanswered = []

    def come(person: _Person) -> None:
        if not person.admitted:
            person.admitted, person.known = True, len(room)
            story.add(person.name, Kind.ASKED)
            story.add(person.name, Kind.ADMITTED, "", f"e.{epoch}", seq)
        else:
            story.add(person.name, Kind.BACK, "", f"e.{epoch}", seq)
            if person.known < len(room) and chance.random() < 0.2:
                person.known = len(room)
                story.add(person.name, Kind.GAP, "", f"e.{epoch}", seq, "answer")
        person.here = True

    for person in crowd:
        come(person)
    for _ in range(steps):
        person = chance.choice(crowd)
        what = chance.random()
        if not person.here:
            come(person)
        elif what < 0.35:
            ids, seq = ids + 1, seq + chance.randint(1, 3)
            story.add(person.name, Kind.INVOKED, f"{person.name}.{ids}")
            if what < 0.03:
                story.add(person.name, Kind.REFUSED, f"{person.name}.{ids}", code="muted")
                continue
            room.append((f"{person.name}.{ids}", f"e.{epoch}", seq))
            person.unanswered.append(len(room) - 1)
        elif what < 0.8:
            read(person)
            answered(person)
        elif what < 0.85:
            read(person, chance.randint(person.known, len(room)))
        elif what < 0.9:
            for n in person.unanswered:
                story.add(person.name, Kind.UNKNOWN, room[n][0], code="lost")
            story.add(person.name, Kind.LOST, code="ended")
            person.here = False
        elif what < 0.93:
            epoch, seq = epoch + 1, seq + 4
        elif what < 0.95:
            crowd.append(_Person(f"p{len(crowd)}"))
    for person in crowd:
        if not person.here:
            come(person)
        read(person)
        answered(person)
    return story


# --- what can go wrong


def _some(story: Story, fits: Callable[[int, Record], bool]) -> int | None:
    found = [n for n, record in enumerate(story.records) if fits(n, record)]
    return story.chance.choice(found) if found else None


def _acknowledged(story: Story) -> set[str]:
    return {record.message for record in story.records if record.kind is Kind.OK}


def lose(story: Story) -> bool:
    """Somebody did not get what was acknowledged."""
    ok = _acknowledged(story)
    n = _some(story, lambda _, r: r.kind is Kind.RECEIVED and r.message in ok and not _gap_follows(story, r))
    if n is None:
        return False
    del story.records[n]
    return True


def _gap_follows(story: Story, record: Record) -> bool:
    """Before anything else is received: then what was lost is told, and is not lost."""
    later = (r for r in story.records[story.records.index(record) + 1 :] if r.member == record.member)
    return next((r.kind is Kind.GAP for r in later if r.kind in (Kind.GAP, Kind.RECEIVED)), False)


def repeat(story: Story) -> bool:
    n = _some(story, lambda _, r: r.kind is Kind.RECEIVED)
    if n is None:
        return False
    story.records.insert(story.chance.randint(n + 1, len(story.records)), story.records[n])
    return True


def swap(story: Story) -> bool:
    """Two neighbours, for one member, with the numbers in order: only the others can tell."""
    received: dict[str, list[int]] = {}
    for n, record in enumerate(story.records):
        if record.kind is Kind.RECEIVED:
            received.setdefault(record.member, []).append(n)
    heard_by_others = {
        r.message: {o.member for o in story.records if o.message == r.message and o.kind is Kind.RECEIVED} for r in story.records
    }
    pairs = [
        (a, b)
        for places in received.values()
        for a, b in pairwise(places)
        if len(heard_by_others[story.records[a].message] & heard_by_others[story.records[b].message]) > 1
    ]
    if not pairs:
        return False
    a, b = story.chance.choice(pairs)
    one, other = story.records[a], story.records[b]
    story.records[a] = replace(one, message=other.message)
    story.records[b] = replace(other, message=one.message)
    return True


def number_down(story: Story) -> bool:
    """An event under a number that has been already."""
    n = _some(story, lambda _, r: r.kind is Kind.RECEIVED)
    if n is None:
        return False
    record = story.records[n]
    story.records.insert(n + 1, replace(record, kind=Kind.SAW, message="", code="presence"))
    return True


def answer_early(story: Story) -> bool:
    """Acknowledged before it was received."""
    places = {(r.member, r.message): n for n, r in enumerate(story.records) if r.kind is Kind.RECEIVED}
    n = _some(story, lambda _, r: r.kind is Kind.OK and (r.member, r.message) in places)
    if n is None:
        return False
    record = story.records.pop(n)
    story.records.insert(places[record.member, record.message], record)
    return True


def show_refused(story: Story) -> bool:
    n = _some(story, lambda _, r: r.kind is Kind.REFUSED)
    if n is None:
        return False
    record = story.records[n]
    somebody = next(r for r in reversed(story.records) if r.epoch and r.kind in (Kind.RECEIVED, Kind.BACK))
    story.records.append(Record(record.at, somebody.member, Kind.RECEIVED, record.message, somebody.epoch, somebody.seq + 1_000))
    return True


def show_the_past(story: Story) -> bool:
    """A newcomer is shown what was said before."""
    n = _some(story, lambda n, r: r.kind is Kind.ADMITTED and any(o.kind is Kind.RECEIVED for o in story.records[:n]))
    if n is None:
        return False
    before = story.chance.choice([r for r in story.records[:n] if r.kind is Kind.RECEIVED])
    story.records.insert(n + 1, replace(before, member=story.records[n].member))
    return True


def invent(story: Story) -> bool:
    """What nobody has said."""
    n = _some(story, lambda _, r: r.kind is Kind.RECEIVED)
    if n is None:
        return False
    story.records[n] = replace(story.records[n], message="nobody.1")
    return True


MUTATIONS: dict[str, tuple[Mutation, str]] = {
    "lose": (lose, "lost"),
    "repeat": (repeat, "repeated"),
    "swap": (swap, "inverted"),
    "number_down": (number_down, "backwards"),
    "answer_early": (answer_early, "early_ok"),
    "show_refused": (show_refused, "refused_seen"),
    "show_the_past": (show_the_past, "intruded"),
    "invent": (invent, "unsent"),
}
