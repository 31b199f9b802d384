"""The one table of refusal codes: the sentence a person reads, and whether trying the same again can make sense.

docs/protocol.md is generated from it. A code never changes its meaning. A sentence says what to do next, and blames nobody.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, NamedTuple

from chatserver.domain.refusals import Code, Refused


class Meaning(NamedTuple):
    sentence: str
    retryable: bool


CODES: dict[Code, Meaning] = {
    Code.BAD_PAYLOAD: Meaning("This page and the server do not understand each other. Reload the page and try again.", False),
    Code.UNKNOWN_EVENT: Meaning("The server does not know this request. Reload the page and try again.", False),
    Code.UNKNOWN_ROOM: Meaning("There is no room at this address. Check the link, or ask the person who gave it to you.", False),
    Code.NOT_OPEN: Meaning("This room is not open yet. It opens when its meeting begins.", True),
    Code.CLOSED: Meaning("This meeting has ended, and nothing of it was kept. You are welcome at the next one.", False),
    Code.FULL: Meaning("The room is full. Try again in a little while.", True),
    Code.LOCKED: Meaning("The room is locked for now, so that those inside can speak undisturbed. Try again later.", True),
    Code.FROZEN: Meaning("A moderator has paused the room for a moment. Your words are kept here; try again shortly.", True),
    Code.WORK_NEEDED: Meaning(
        "Many people are coming at once. Your page shows that it is no machine; that takes a moment. Try again.", False
    ),
    Code.KNOCK_LATER: Meaning(
        "The lobby takes no new knocks from your network for a while. This may have nothing to do with you; try again later.", True
    ),
    Code.INVITE_NEEDED: Meaning("This group meets by invitation. Open the whole link that you were given.", False),
    Code.KEY_NEEDED: Meaning("To lead or moderate here you need the link that was made for it.", False),
    Code.BAD_KEY: Meaning("This link does not work here. Ask for a new one, or go in without it.", False),
    Code.KEY_USED: Meaning("This link has been used already. Ask for a new one, or go in without it.", False),
    Code.LINK_IN_USE: Meaning("This link is in use by somebody who is here. Ask for one of your own, or go in without it.", True),
    Code.SEAT_GONE: Meaning("Your place in the room is no longer held. You can go in again.", False),
    Code.REMOVED: Meaning("A moderator has ended your visit. You may ask to come back through the lobby.", False),
    Code.NOT_JOINED: Meaning("You are not in a room. Go in first.", False),
    Code.ALREADY_JOINED: Meaning("You are already in a room on this connection. Leave it first.", False),
    Code.WAITING: Meaning("You are in the lobby until a moderator lets you in. You can ask for help meanwhile.", False),
    Code.LISTENING: Meaning("You are here as a listener: you can read and react. To write, go in again as a member.", False),
    Code.MUTED: Meaning("A moderator has muted you for now. You can still read, and ask for help privately.", True),
    Code.SLOW: Meaning("The room is in slow mode. Your words are kept here; send them when the countdown ends.", True),
    Code.NOT_YOUR_TURN: Meaning("It is somebody else's turn. Your words are kept here; raise your hand, and you will be called.", True),
    Code.SILENCE: Meaning("The room is silent together for a moment. Your words are kept here until it is over.", True),
    Code.NO_TURNS: Meaning("Nobody takes turns in this part of the meeting, so there is no floor to give.", False),
    Code.NO_SUCH_SEGMENT: Meaning("The agenda has no such part. Choose another.", False),
    Code.CANNOT_SPEAK: Meaning("This person cannot speak just now: they are away, muted, or here to listen. Call somebody else.", False),
    Code.POLL_RUNNING: Meaning("A question is still open. Count it first; then ask the next.", False),
    Code.NO_SUCH_POLL: Meaning("This question is not open any more.", False),
    Code.VOTED: Meaning("Your answer has been counted. It cannot be changed, since nobody keeps whose it was.", False),
    Code.TOO_FAST: Meaning("That was a little fast. Your words are kept here; try again in a moment.", True),
    Code.EMPTY: Meaning("There is nothing to see in this text. Write something first.", False),
    Code.TOO_LONG: Meaning("This text is too long. Shorten it, or send it in two parts.", False),
    Code.BAD_TEXT: Meaning("This text holds a broken character. Take it out and send again.", False),
    Code.FIRST_MESSAGE: Meaning(
        "Those who lead read first messages first here. Yours is with them, and goes out once it is let through.", True
    ),
    Code.REPEATED: Meaning("This was said a moment ago, so everybody has it. Say it in other words, or leave it for now.", True),
    Code.WALL: Meaning("This would fill the page for everybody. Your words are kept here; make it shorter, and send again.", False),
    Code.BAD_NAME: Meaning("This name cannot be shown. Choose another, up to 32 characters.", False),
    Code.NAME_TAKEN: Meaning("Somebody here has this name, or one that looks like it. Choose another.", False),
    Code.NAME_RESERVED: Meaning("This name is kept for those who lead the meeting. Choose another.", False),
    Code.NOT_ALLOWED: Meaning("Your role in this room does not allow that.", False),
    Code.NO_SUCH_SEAT: Meaning("That person is no longer there.", False),
    Code.NO_SUCH_MESSAGE: Meaning("That message is no longer there.", False),
    Code.NOT_YOURS: Meaning("Only its writer or a moderator can take a message back.", False),
    Code.BAD_PROOF: Meaning("These words are not the ones that were sent, so they cannot be reported. Report the message itself.", False),
    Code.NO_SUCH_CALL: Meaning("This private line is closed. Ask for help again to open a new one.", False),
    Code.NO_SUCH_REPORT: Meaning("This report has been dealt with already.", False),
    Code.TAKEN: Meaning("Another moderator has taken this already. You can still read and write here.", False),
    Code.NEXT_MEETING: Meaning("The next meeting in this room begins then, so this one cannot last longer.", False),
    Code.LED: Meaning("Somebody who leads is here, so nobody needs to step in.", False),
    Code.HELD: Meaning("Nobody who leads is here, so newcomers wait at the door until somebody is.", True),
    Code.UNAVAILABLE: Meaning("The server cannot do this right now. Your words are kept here; try again in a moment.", True),
}


def refusal(refused: Refused) -> dict[str, Any]:
    """The acknowledgement that says so."""
    answer: dict[str, Any] = {"ok": False, "code": refused.code.value, "message": CODES[refused.code].sentence}
    if refused.retry_after_ms is not None:
        answer["retry_after_ms"] = refused.retry_after_ms
    if refused.work is not None:
        answer["work"] = asdict(refused.work)
    return answer
