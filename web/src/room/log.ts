/** What is said, in its order, and the lines that the page itself draws between. Pure, like the view that holds it. */

import type { EventOf, MilestoneKind, ReactionKind, Seat } from "./types";

/** The log is drawn in pieces, so that one new message draws one piece. It loses whole pieces at its old end. */
export const PIECE = 50;
const KEPT = 1_000;
const ONE_BLOCK_MS = 5 * 60_000;
const QUOTED = 140;

interface FromASeat {
  id: string;
  seat: string;
  name: string;
  at: number;
  reactions: Partial<Record<ReactionKind, readonly string[]>>;
  gone: boolean;
}

export interface Message extends FromASeat {
  kind: "message";
  text: string;
  proof: string;
  warning: string | null;
  replyTo: string | null;
  quote: { name: string; text: string } | null;
  /** The first of a block: the same person went on speaking in those after it. */
  opens: boolean;
  /** My own words about what I will do until next time: mine to take along. */
  untilNext: boolean;
  /** The number of the share that it belongs to; 0: to none. */
  share: number;
}

export interface Milestone extends FromASeat {
  kind: "milestone";
  what: MilestoneKind;
  count: number | null;
}

export type Said = Message | Milestone;

/** Where the meeting was when one came in. */
export interface Where {
  part: string;
  /** From 0; -1: after the hour. */
  index: number;
  parts: number;
  floor: { seat: string; name: string } | null;
  hands: number;
  topic: string | null;
}

/** A line that the page itself draws into the log. */
export interface Mark {
  kind: "mark";
  id: string;
  what: "start" | "back" | "away" | "gap" | "moderator" | "not-moderator" | "listener" | "member" | "link-used" | "renamed" | "no-host" | "host" | "host-again" | "hat" | "hat-over";
  name?: string;
  where?: Where;
}

export type Entry = Said | Mark;

export function findIn(log: readonly Entry[], id: string): Said | undefined {
  for (let index = log.length - 1; index >= 0; index -= 1) {
    const entry = log[index];
    if (entry && entry.kind !== "mark" && entry.id === id) return entry;
  }
  return undefined;
}

/** `untilNext`: said in a part that asks what one will do until next time, by me. */
export function messageOf(log: readonly Entry[], event: EventOf<"message">, untilNext: boolean): Message {
  const last = log[log.length - 1];
  const replyTo = event.reply_to ?? null;
  const share = event.share ?? 0;
  const goesOn = last?.kind === "message" && last.seat === event.seat && last.share === share;
  const asked = replyTo === null ? undefined : findIn(log, replyTo);
  return {
    kind: "message",
    id: event.id,
    seat: event.seat,
    name: event.name,
    text: event.text,
    proof: event.proof,
    at: event.at,
    warning: event.warning ?? null,
    replyTo,
    quote: asked?.kind === "message" && !asked.gone ? { name: asked.name, text: asked.warning ?? [...asked.text].slice(0, QUOTED).join("") } : null,
    reactions: {},
    gone: false,
    opens: !(goesOn && (share > 0 || (event.at - last.at < ONE_BLOCK_MS && replyTo === null))),
    untilNext,
    share,
  };
}

export function milestoneOf(event: EventOf<"milestone">): Milestone {
  const { id, seat, name, at, kind, count = null } = event;
  return { kind: "milestone", id, seat, name, at, what: kind, count, reactions: {}, gone: false };
}

/** With one more at its end, and how many it lost at the other. */
export function longer(log: readonly Entry[], entry: Said): { log: readonly Entry[]; lost: number } {
  const now = [...log, entry];
  return now.length < KEPT + PIECE ? { log: now, lost: 0 } : { log: now.slice(PIECE), lost: PIECE };
}

export function takenBack(log: readonly Entry[], id: string): readonly Entry[] {
  return log.map((entry) => {
    if (entry.kind === "mark") return entry;
    if (entry.id === id) return { ...entry, gone: true, reactions: {}, ...(entry.kind === "message" && { text: "", proof: "", warning: null, quote: null }) };
    return entry.kind === "message" && entry.replyTo === id ? { ...entry, quote: null } : entry;
  });
}

export function reacted(log: readonly Entry[], { to, kind, seat }: EventOf<"reaction">): readonly Entry[] {
  return log.map((entry) => {
    if (entry.kind === "mark" || entry.id !== to || entry.gone) return entry;
    const seats = entry.reactions[kind] ?? [];
    return seats.includes(seat) ? entry : { ...entry, reactions: { ...entry.reactions, [kind]: [...seats, seat] } };
  });
}

/** A name that a moderator took away must not stay beside the words. */
export function renamed(log: readonly Entry[], before: readonly Seat[], changed: readonly Seat[]): readonly Entry[] {
  const names = new Map<string, string>();
  for (const seat of changed) if (before.some((old) => old.seat === seat.seat && old.name !== seat.name)) names.set(seat.seat, seat.name);
  if (names.size === 0) return log;
  return log.map((entry) => {
    if (entry.kind !== "mark") return names.has(entry.seat) ? { ...entry, name: names.get(entry.seat) ?? entry.name } : entry;
    const { where } = entry;
    const name = where?.floor ? names.get(where.floor.seat) : undefined;
    return where?.floor && name !== undefined ? { ...entry, where: { ...where, floor: { ...where.floor, name } } } : entry;
  });
}

let lines = 0;

/** A quiet line, at the end. */
export function line(log: readonly Entry[], what: Mark["what"], name?: string): readonly Entry[] {
  lines += 1;
  return [...log, { kind: "mark", id: `own-${lines}`, what, ...(name === undefined ? {} : { name }) }];
}
