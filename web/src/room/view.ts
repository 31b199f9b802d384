/** What this seat sees: snapshot + event -> snapshot, and what was said. Pure: no clock, no socket, no page. */

import { findIn, line, longer, messageOf, milestoneOf, reacted, renamed, takenBack, type Entry, type Mark, type Said, type Where } from "./log";
import type { EventOf, Joined, RoomEvent, Seat, Sign, Snapshot, Waiting, You } from "./types";

/** A question to those who lead. */
export type Call = Omit<EventOf<"question">, "seq" | "epoch">;

/** A private word from those who lead. */
export interface Word {
  id: string;
  about: EventOf<"word">["about"] | "first";
  text: string;
}

export interface View {
  you: You;
  room: Snapshot;
  epoch: string;
  seq: number;
  /** Where the snapshot was taken: older changes are in it already. */
  from: number;
  log: readonly Entry[];
  /** How many entries the log has lost at its old end. */
  lost: number;
  waiting: readonly Waiting[];
  calls: readonly Call[];
  /** Those that I have not read yet. */
  words: readonly Word[];
  mutedUntil: number | null;
  frozenAt: number | null;
  /** How far my share is, and how much of it was left then, in milliseconds of the meeting; until the floor changes. */
  sign: { is: Sign; left: number } | null;
}

/** Going in, or coming back: then what was there stays, with an honest line between. `reloaded`: nothing was there any more. */
export function enter(answer: Joined, before: View | null, reloaded = false): View {
  const back = before !== null && before.you.seat === answer.you.seat ? before : null;
  const { waiting = [], call: _call, calls: _calls, reports: _reports, ...room } = answer.room;
  const frozenAt = room.frozen ? (back?.frozenAt ?? answer.now) : null;
  const mine = room.seats.find((seat) => seat.seat === answer.you.seat);
  let view: View = {
    you: answer.you,
    room,
    epoch: answer.epoch,
    seq: answer.seq,
    from: answer.seq,
    lost: back?.lost ?? 0,
    log: back ? aboutMe(back, answer.you) : [cameIn(room, reloaded)],
    waiting,
    calls: back?.calls ?? [],
    words: back?.words ?? [],
    mutedUntil: mine?.muted ? (back?.mutedUntil ?? null) : null,
    frozenAt,
    sign: back?.sign ?? null,
  };
  if (back) view = signed(back, hosted(back, view));
  const missed = answer.missed ?? [];
  if (answer.gap && back) view = mark(view, "gap");
  else if (back && missed.some((event) => SAID.has(event.type) && "id" in event && !find(view, event.id))) view = mark(view, "away");
  for (const event of missed) view = apply(view, event);
  // What does not fit into the answer follows as events with lower numbers than the answer's: should the line break between, they are asked for again.
  const last = missed.at(-1);
  return { ...view, epoch: answer.epoch, seq: last ? last.seq : answer.seq };
}

const SAID = new Set<RoomEvent["type"]>(["message", "milestone"]);

/** The first line: who comes late is told where the meeting is, not what was said. */
function cameIn(room: Snapshot, reloaded: boolean): Mark {
  if (reloaded) return { kind: "mark", id: "start", what: "back" };
  const where = whereWeAre(room);
  return { kind: "mark", id: "start", what: "start", ...(where && { where }) };
}

function whereWeAre({ agenda, segment, floor, hands, seats, topic }: Snapshot): Where | null {
  if (segment.index < 0 || agenda.length < 2) return null;
  const name = seats.find((seat) => seat.seat === floor?.seat)?.name;
  return {
    part: segment.title,
    index: agenda[segment.index]?.after ? -1 : segment.index,
    parts: agenda.filter((part) => !part.after).length,
    floor: floor && name !== undefined ? { seat: floor.seat, name } : null,
    hands: hands.length,
    topic,
  };
}

export function apply(view: View, event: RoomEvent): View {
  const next = signed(view, hosted(view, change(view, event)));
  if (event.epoch !== view.epoch) return { ...next, epoch: event.epoch, seq: event.seq, from: event.type === "gap" ? event.seq : 0 };
  return { ...next, seq: Math.max(view.seq, event.seq) };
}

function change(view: View, event: RoomEvent): View {
  switch (event.type) {
    case "message":
      return said(view, event.id, () => messageOf(view.log, event, event.seat === view.you.seat && view.room.segment.offers.includes("until_next")));
    case "milestone":
      return said(view, event.id, () => milestoneOf(event));
    case "retracted":
      return { ...view, log: takenBack(view.log, event.id) };
    case "reaction":
      return { ...view, log: reacted(view.log, event) };
    case "question":
      return view.calls.some((call) => callId(call) === callId(event)) ? view : { ...view, calls: [...view.calls, event] };
    case "word":
      return { ...view, words: [...view.words, { id: `${event.epoch}-${event.seq}`, about: event.about, text: event.text }] };
    case "link_used":
      return { ...view, log: line(view.log, "link-used") };
    case "lobby":
      return event.waiting ? { ...view, waiting: event.waiting } : view;
    case "you": {
      const hears = event.you.may.includes("hear_calls");
      return { ...view, log: aboutMe(view, event.you), you: event.you, waiting: event.waiting ?? [], calls: hears ? view.calls : [] };
    }
    case "gap": {
      const { waiting = view.waiting, ...room } = event.room;
      return { ...mark(view, "gap"), room, waiting, from: event.seq };
    }
    case "sign": {
      if (view.room.floor?.seat !== view.you.seat) return view;
      const left = event.by_hand ? 60_000 : Math.max(0, (event.ends_at ?? event.at) - event.at) * view.room.speed;
      return { ...view, sign: { is: event.sign, left } };
    }
    case "closing":
      return { ...view, room: { ...view.room, closes_at: event.closes_at } };
    case "presence":
    case "room":
    case "floor":
    case "muted":
    case "poll":
      return event.epoch === view.epoch && event.seq <= view.from ? view : around(view, event);
    default:
      return view; // not about the room's picture, or of a kind that a newer server sends
  }
}

function around(view: View, event: EventOf<"presence"> | EventOf<"room"> | EventOf<"floor"> | EventOf<"muted"> | EventOf<"poll">): View {
  const { room } = view;
  if (event.type === "poll") return { ...view, room: { ...room, poll: event.poll } };
  if (event.type === "presence") {
    const records = [...(event.joined ?? []), ...(event.changed ?? [])];
    const whole = new Map(records.map((seat) => [seat.seat, seat]));
    const known = new Set(room.seats.map((seat) => seat.seat));
    const left = new Set(event.left);
    const seats = [
      ...room.seats.filter((seat) => !left.has(seat.seat)).map((seat) => whole.get(seat.seat) ?? seat),
      ...[...whole.values()].filter((seat) => !known.has(seat.seat) && !left.has(seat.seat)),
    ];
    const log = hatted(renamed(view.log, room.seats, event.changed ?? []), view, whole.get(view.you.seat));
    return { ...view, room: { ...room, seats, seat_count: event.seat_count }, log };
  }
  if (event.type === "floor") {
    const { seat, ends_at, hands, questions } = event;
    return { ...view, room: { ...room, floor: seat === null ? null : { seat, ends_at }, hands, questions } };
  }
  if (event.type === "muted") {
    const seats = room.seats.map((seat) => (seat.seat === event.seat ? { ...seat, muted: event.muted } : seat));
    const mutedUntil = event.seat === view.you.seat ? (event.muted ? event.until : null) : view.mutedUntil;
    return { ...view, room: { ...room, seats }, mutedUntil };
  }
  const { type: _type, epoch: _epoch, seq: _seq, at, waiting = view.waiting, call: _call, calls: _calls, reports: _reports, ...changed } = event;
  let frozenAt = view.frozenAt;
  if (changed.frozen === true) frozenAt = at;
  else if (changed.frozen === false) frozenAt = null;
  return { ...view, room: { ...room, ...changed }, waiting, frozenAt };
}

function said(view: View, id: string, entry: () => Said): View {
  if (find(view, id)) return view;
  const { log, lost } = longer(view.log, entry());
  return { ...view, log, lost: view.lost + lost };
}

function mark(view: View, what: Mark["what"]): View {
  const last = view.log[view.log.length - 1];
  if (last?.kind === "mark" && last.what === what) return view;
  const log = view.log.filter((entry) => entry.kind !== "mark" || entry.what !== what || what === "gap");
  return { ...view, log: [...log, { kind: "mark", id: `${what}-${view.seq}`, what }] };
}

function aboutMe(view: View, you: You): readonly Entry[] {
  let { log } = view;
  if (you.name !== view.you.name) log = line(log, "renamed", you.name);
  if (you.role === view.you.role) return log;
  if (you.role === "moderator" || you.role === "listener") return line(log, you.role);
  if (view.you.role === "listener") return line(log, "member");
  return view.you.role === "moderator" ? line(log, "not-moderator") : log;
}

/** What I was asked to do for the meeting, or need do no longer. */
function hatted(log: readonly Entry[], { room, you }: View, mine: Seat | undefined): readonly Entry[] {
  const was = room.seats.find((seat) => seat.seat === you.seat)?.hats;
  if (!was || !mine) return log;
  for (const hat of mine.hats) if (!was.includes(hat)) log = line(log, "hat", hat);
  for (const hat of was) if (!mine.hats.includes(hat)) log = line(log, "hat-over", hat);
  return log;
}

const HOSTS = new Set(["facilitator", "moderator"]);

/** Is somebody there who leads? They come and go; the line that tells so last is the one that stays. */
function hosted(before: View, after: View): View {
  if (before.room.seats === after.room.seats) return after;
  const here = (view: View): Seat[] => view.room.seats.filter((seat) => HOSTS.has(seat.role) && !seat.away);
  const now = here(after);
  if (here(before).length > 0 === now.length > 0) return after;
  if (now.every((seat) => seat.seat === after.you.seat) && now.length > 0) return after; // it is oneself
  const told = after.log.some((entry) => entry.kind === "mark" && entry.what === "no-host");
  const last = after.log[after.log.length - 1];
  const rest = last?.kind === "mark" && ["no-host", "host", "host-again"].includes(last.what) ? after.log.slice(0, -1) : after.log;
  return { ...after, log: line(rest, now.length === 0 ? "no-host" : told ? "host-again" : "host") };
}

/** A sign is about this share and its end: with another it is over. */
function signed(before: View, after: View): View {
  const [was, is] = [before.room.floor, after.room.floor];
  const same = was?.seat === is?.seat && was?.ends_at === is?.ends_at;
  return same || after.sign === null ? after : { ...after, sign: null };
}

export function find(view: View, id: string): Said | undefined {
  return findIn(view.log, id);
}

export function callId(call: Call): string {
  return call.question;
}

export function closeCall(view: View, id: string): View {
  return { ...view, calls: view.calls.filter((call) => callId(call) !== id) };
}

export function closeWord(view: View, id: string): View {
  return { ...view, words: view.words.filter((word) => word.id !== id) };
}

/** Whether the floor is somebody's to have in this part of the meeting. */
export function takesTurns(view: View | null): boolean {
  const mode = view?.room.segment.mode;
  return mode === "queue" || mode === "round" || mode === "speaker";
}

/** Whether a reply to what this seat has said may be written now: who shares is not answered, unless they welcome it. */
export function mayReply({ you, room }: View, seat: string): boolean {
  const { mode, cross_talk } = room.segment;
  if (mode === "open" || room.floor?.seat === you.seat || (mode === "speaker" && you.may.includes("read"))) return true;
  return mode !== "silence" && cross_talk && room.seats.some((one) => one.seat === seat && one.welcomes);
}

export function nameOf(view: View, seat: string): string | undefined {
  return view.room.seats.find((one) => one.seat === seat)?.name; // a large room does not list everybody
}
