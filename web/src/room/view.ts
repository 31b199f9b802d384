/** What this seat sees: snapshot + event -> snapshot, and what was said. Pure: no clock, no socket, no page. */

import type { EventOf, Joined, ReactionKind, RoomEvent, Seat, Sign, Snapshot, Waiting, You } from "./types";

/** The log is drawn in pieces, so that one new message draws one piece. It loses whole pieces at its old end. */
export const PIECE = 50;
const KEPT = 1_000;
const ONE_BLOCK_MS = 5 * 60_000;
const QUOTED = 140;

export interface Message {
  kind: "message";
  id: string;
  seat: string;
  name: string;
  text: string;
  proof: string;
  at: number;
  warning: string | null;
  replyTo: string | null;
  quote: { name: string; text: string } | null;
  reactions: Partial<Record<ReactionKind, readonly string[]>>;
  gone: boolean;
  /** The first of a block: the same person went on speaking in those after it. */
  opens: boolean;
}

/** A line that the page itself draws into the log. */
export interface Mark {
  kind: "mark";
  id: string;
  what: "start" | "back" | "away" | "gap" | "moderator" | "not-moderator" | "renamed" | "no-host" | "host" | "host-again";
  name?: string;
}

export type Entry = Message | Mark;

export type Call = Omit<EventOf<"help">, "seq" | "epoch"> | Omit<EventOf<"report">, "seq" | "epoch">;

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
  mutedUntil: number | null;
  frozenAt: number | null;
  /** How far my share is, and how much of it was left then, in milliseconds of the meeting; until the floor changes. */
  sign: { is: Sign; left: number } | null;
  /** Whether I welcome short replies to what I share. */
  welcomes: boolean;
}

/** Going in, or coming back: then what was there stays, with an honest line between. `reloaded`: nothing was there any more. */
export function enter(answer: Joined, before: View | null, reloaded = false): View {
  const back = before !== null && before.you.seat === answer.you.seat ? before : null;
  const { waiting = [], ...room } = answer.room;
  const frozenAt = room.frozen ? (back?.frozenAt ?? answer.now) : null;
  const mine = room.seats.find((seat) => seat.seat === answer.you.seat);
  let view: View = {
    you: answer.you,
    room,
    epoch: answer.epoch,
    seq: answer.seq,
    from: answer.seq,
    lost: back?.lost ?? 0,
    log: back ? aboutMe(back, answer.you) : [{ kind: "mark", id: "start", what: reloaded ? "back" : "start" }],
    waiting,
    calls: back?.calls ?? [],
    mutedUntil: mine?.muted ? (back?.mutedUntil ?? null) : null,
    frozenAt,
    sign: back?.sign ?? null,
    welcomes: back?.welcomes ?? false,
  };
  if (back) view = signed(back, hosted(back, view));
  const missed = answer.missed ?? [];
  if (answer.gap && back) view = mark(view, "gap");
  else if (back && missed.some((event) => event.type === "message" && !find(view, event.id))) view = mark(view, "away");
  for (const event of missed) view = apply(view, event);
  // What does not fit into the answer follows as events with lower numbers than the answer's: should the line break between, they are asked for again.
  const last = missed.at(-1);
  return { ...view, epoch: answer.epoch, seq: last ? last.seq : answer.seq };
}

export function apply(view: View, event: RoomEvent): View {
  const next = signed(view, hosted(view, change(view, event)));
  if (event.epoch !== view.epoch) return { ...next, epoch: event.epoch, seq: event.seq, from: event.type === "gap" ? event.seq : 0 };
  return { ...next, seq: Math.max(view.seq, event.seq) };
}

function change(view: View, event: RoomEvent): View {
  switch (event.type) {
    case "message":
      return said(view, event);
    case "retracted":
      return { ...view, log: view.log.map((entry) => takenBack(entry, event.id)) };
    case "reaction":
      return {
        ...view,
        log: view.log.map((entry) => (entry.kind === "message" && entry.id === event.to ? reacted(entry, event.kind, event.seat) : entry)),
      };
    case "help":
    case "report":
      return view.calls.some((call) => callId(call) === callId(event)) ? view : { ...view, calls: [...view.calls, event] };
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
      const mine = view.room.floor?.seat === view.you.seat;
      return mine ? { ...view, sign: { is: event.sign, left: Math.max(0, (event.ends_at ?? event.at) - event.at) * view.room.speed } } : view;
    }
    case "closing":
      return { ...view, room: { ...view.room, closes_at: event.closes_at } };
    case "presence":
    case "room":
    case "floor":
    case "muted":
      return event.epoch === view.epoch && event.seq <= view.from ? view : around(view, event);
    default:
      return view; // not about the room's picture, or of a kind that a newer server sends
  }
}

function around(view: View, event: EventOf<"presence"> | EventOf<"room"> | EventOf<"floor"> | EventOf<"muted">): View {
  const { room } = view;
  if (event.type === "presence") {
    const records = [...(event.joined ?? []), ...(event.changed ?? [])];
    const whole = new Map(records.map((seat) => [seat.seat, seat]));
    const known = new Set(room.seats.map((seat) => seat.seat));
    const left = new Set(event.left);
    const seats = [
      ...room.seats.filter((seat) => !left.has(seat.seat)).map((seat) => whole.get(seat.seat) ?? seat),
      ...[...whole.values()].filter((seat) => !known.has(seat.seat) && !left.has(seat.seat)),
    ];
    return { ...view, room: { ...room, seats, seat_count: event.seat_count }, log: renamed(view.log, room.seats, event.changed ?? []) };
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
  const { type: _type, epoch: _epoch, seq: _seq, at, waiting = view.waiting, ...changed } = event;
  let frozenAt = view.frozenAt;
  if (changed.frozen === true) frozenAt = at;
  else if (changed.frozen === false) frozenAt = null;
  return { ...view, room: { ...room, ...changed }, waiting, frozenAt };
}

function said(view: View, event: EventOf<"message">): View {
  if (find(view, event.id)) return view;
  const last = view.log[view.log.length - 1];
  const replyTo = event.reply_to ?? null;
  const asked = replyTo === null ? undefined : find(view, replyTo);
  const entry: Message = {
    kind: "message",
    id: event.id,
    seat: event.seat,
    name: event.name,
    text: event.text,
    proof: event.proof,
    at: event.at,
    warning: event.warning ?? null,
    replyTo,
    quote: asked && !asked.gone ? { name: asked.name, text: asked.warning ? asked.warning : [...asked.text].slice(0, QUOTED).join("") } : null,
    reactions: {},
    gone: false,
    opens: !(last?.kind === "message" && last.seat === event.seat && event.at - last.at < ONE_BLOCK_MS && replyTo === null),
  };
  const log = [...view.log, entry];
  return log.length < KEPT + PIECE ? { ...view, log } : { ...view, log: log.slice(PIECE), lost: view.lost + PIECE };
}

function takenBack(entry: Entry, id: string): Entry {
  if (entry.kind !== "message") return entry;
  if (entry.id === id) return { ...entry, gone: true, text: "", proof: "", warning: null, quote: null, reactions: {} };
  return entry.replyTo === id ? { ...entry, quote: null } : entry;
}

function reacted(entry: Message, kind: ReactionKind, seat: string): Message {
  const seats = entry.reactions[kind] ?? [];
  return entry.gone || seats.includes(seat) ? entry : { ...entry, reactions: { ...entry.reactions, [kind]: [...seats, seat] } };
}

/** A name that a moderator took away must not stay beside the words. */
function renamed(log: readonly Entry[], before: readonly Seat[], changed: readonly Seat[]): readonly Entry[] {
  const names = new Map<string, string>();
  for (const seat of changed) if (before.some((old) => old.seat === seat.seat && old.name !== seat.name)) names.set(seat.seat, seat.name);
  if (names.size === 0) return log;
  return log.map((entry) => (entry.kind === "message" && names.has(entry.seat) ? { ...entry, name: names.get(entry.seat) ?? entry.name } : entry));
}

function mark(view: View, what: Mark["what"]): View {
  const last = view.log[view.log.length - 1];
  if (last?.kind === "mark" && last.what === what) return view;
  const log = view.log.filter((entry) => entry.kind !== "mark" || entry.what !== what || what === "gap");
  return { ...view, log: [...log, { kind: "mark", id: `${what}-${view.seq}`, what }] };
}

let lines = 0;

/** A quiet line, at the end. */
function line(log: readonly Entry[], what: Mark["what"], name?: string): readonly Entry[] {
  lines += 1;
  return [...log, { kind: "mark", id: `line-${lines}`, what, ...(name === undefined ? {} : { name }) }];
}

function aboutMe(view: View, you: You): readonly Entry[] {
  let { log } = view;
  if (you.name !== view.you.name) log = line(log, "renamed", you.name);
  if (you.role === view.you.role) return log;
  if (you.role === "moderator") return line(log, "moderator");
  return view.you.role === "moderator" ? line(log, "not-moderator") : log;
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

export function find(view: View, id: string): Message | undefined {
  for (let index = view.log.length - 1; index >= 0; index -= 1) {
    const entry = view.log[index];
    if (entry?.kind === "message" && entry.id === id) return entry;
  }
  return undefined;
}

export function callId(call: Call): string {
  return call.type === "help" ? `help-${call.help}` : `report-${call.report}`;
}

export function closeCall(view: View, id: string): View {
  return { ...view, calls: view.calls.filter((call) => callId(call) !== id) };
}

/** Whether the floor is somebody's to have in this part of the meeting. */
export function takesTurns(view: View | null): boolean {
  const mode = view?.room.segment.mode;
  return mode === "queue" || mode === "round" || mode === "speaker";
}

export function nameOf(view: View, seat: string): string | undefined {
  return view.room.seats.find((one) => one.seat === seat)?.name; // a large room does not list everybody
}
