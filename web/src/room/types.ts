/** What goes over the socket, as docs/protocol.md has it. */

import type { Work } from "./work";

export type Role = "facilitator" | "moderator" | "member" | "listener";
export type ReactionKind = "with_you" | "thank_you" | "me_too" | "hug" | "candle" | "celebrate";
/** The quiet ones, for everything that is said. To celebrate is a milestone’s. */
export const REACTIONS: readonly ReactionKind[] = ["with_you", "thank_you", "me_too", "hug", "candle"];

/** On top of a role. */
export type Hat = "greeter" | "timekeeper" | "reader" | "mentor" | "successor";
export const HATS: readonly Hat[] = ["greeter", "timekeeper", "reader", "mentor", "successor"];

export interface Refusal {
  ok: false;
  code: string;
  message: string;
  retry_after_ms?: number;
  /** With `work_needed`: what is to be done first. */
  work?: Work;
}
export type Answer<T> = ({ ok: true } & T) | Refusal;

export interface DoorInfo {
  slug: string;
  title: string;
  group: string;
  group_name: string;
  format: string;
  format_title: string;
  /** Where a format comes from, and that it is not affiliated with whom it is named after. */
  note: string;
  led_by: string;
  kind: string;
  guidelines: string[];
  /** In which the meeting is held (BCP 47); empty: not said. */
  language: string;
  /** Of the meeting, by its name in the IANA's list. */
  timezone: string;
  /** Its times can be had as a calendar file. */
  calendar: boolean;
  state: "open" | "early" | "scheduled" | "closed";
  opens_at: number | null;
  starts_at: number | null;
  closes_at: number | null;
  next_at: number | null;
  /** Nobody leads: newcomers wait in the lobby. */
  held: boolean;
  locked: boolean;
  frozen: boolean;
  full: boolean;
  lobby: boolean;
  names: string[];
  /** What the link that was opened gives. */
  key_role: Role | Hat | null;
  contact: string;
  now?: number;
}

export interface You {
  seat: string;
  name: string;
  role: Role;
  may: string[];
  /** The poll in which I have voted last; 0: none. */
  voted: number;
}

export interface Seat {
  seat: string;
  name: string;
  role: Role;
  away: boolean;
  muted: boolean;
  hats: Hat[];
  /** Short replies to what this seat has shared are welcome. */
  welcomes: boolean;
}

export interface Waiting {
  seat: string;
  name: string;
  role: Role;
  marked: boolean;
  since: number;
  /** Somebody who leads has written to them. */
  spoken_to: boolean;
}

/** What a part of the meeting is for: its tools stand in front there. */
export type Offer = "agree" | "topic" | "milestones" | "until_next";

export type Mode = "open" | "queue" | "round" | "speaker" | "silence";

/** The part of the meeting that we have come to. */
export interface Segment {
  /** -1: before the start. */
  index: number;
  title: string;
  mode: Mode;
  ends_at: number;
  cross_talk: boolean;
  share_seconds: number;
  /** What a round asks of each. */
  asks: string;
  offers: Offer[];
}

export interface Part {
  title: string;
  minutes: number;
  mode: Mode;
  /** After the end of the hour. */
  after: boolean;
  /** Something to take along, in the group's own words; empty: nothing. */
  resource: string;
}

/** Who has the right to write where turns are taken, and until when, where there is a limit. */
export interface Floor {
  seat: string;
  ends_at: number | null;
}

export type PollKind = "agree" | "hands" | "choice" | "scale";

/** All that is ever shown: nothing below five votes, no number where (nearly) all are of one mind. */
export type PollResult = { few: true } | { nearly_all: number } | { counts: number[] };

export interface Poll {
  poll: number;
  kind: PollKind;
  question: string;
  /** Of a choice; the other kinds have their own answers. */
  options: string[];
  voted: number;
  ends_at: number | null;
  result: PollResult | null;
}

export type MilestoneKind = "first" | "again" | "days" | "months" | "years";

/** Something to share about. */
export interface Prompt {
  subject: string;
  title: string;
  text: string;
}

export type Sign = "soft" | "clear";

/** My own call for help, while it is open. */
export interface OwnCall {
  call: string;
  state: "waiting" | "taken";
  since: number;
}

export interface OpenCall {
  call: string;
  seat: string;
  name: string;
  lobby: boolean;
  state: "waiting" | "taken";
  taken_by: string | null;
  since: number;
}

export interface OpenReport {
  report: string;
  seat: string;
  /** The message. */
  id: string;
  about: string;
  state: "waiting" | "taken";
  taken_by: string | null;
  since: number;
}

export interface Snapshot {
  slug: string;
  title: string;
  group: string;
  group_name: string;
  format: string;
  format_title: string;
  note: string;
  opened_at: number;
  /** Of this meeting; null: it was opened by hand. */
  starts_at: number | null;
  closes_at: number;
  /** Nobody leads: people write in turn, and it closes soon. */
  held: boolean;
  locked: boolean;
  frozen: boolean;
  lobby: boolean;
  /** Many came at once: newcomers wait in the lobby until it is quiet again. */
  wave: boolean;
  slow_seconds: number;
  /** Those of newcomers go to those who lead first. */
  first_messages: boolean;
  segment: Segment;
  floor: Floor | null;
  /** Who is to have the floor, in order; in a round, all whose turn is still to come. */
  hands: string[];
  /** Those of them who raised it for a question. */
  questions: string[];
  agenda: Part[];
  topic: string | null;
  poll: Poll | null;
  /** 1, but in a rehearsal: so many times as fast the meeting's time passes. */
  speed: number;
  guidelines: string[];
  seat_count: number;
  seats: Seat[];
  call?: OwnCall | null;
  waiting?: Waiting[];
  calls?: OpenCall[];
  reports?: OpenReport[];
}

export interface Joined {
  /** Not for one who was sent to the lobby and is let in again: it is the one that they have. */
  seat_token?: string;
  you: You;
  epoch: string;
  seq: number;
  now: number;
  room: Snapshot;
  missed?: RoomEvent[];
  gap?: boolean;
  waiting?: undefined;
}

export interface InLobby {
  seat_token: string;
  you: You;
  epoch: string;
  seq: number;
  now: number;
  waiting: true;
  room: { slug: string; title: string; guidelines: string[]; held: boolean; closes_at: number; spoken_to: boolean; call?: OwnCall | null };
  /** Of my private line, and what was written to me. */
  missed?: RoomEvent[];
}

export type JoinAnswer = Joined | InLobby;

interface Stamp {
  epoch: string;
  seq: number;
  at: number;
}

export interface MessageEvent extends Stamp {
  type: "message";
  id: string;
  seat: string;
  name: string;
  text: string;
  proof: string;
  reply_to?: string | null;
  warning?: string | null;
  /** The number of the turn in which it was said. */
  share?: number | null;
}

export interface MilestoneEvent extends Stamp {
  type: "milestone";
  id: string;
  seat: string;
  name: string;
  kind: MilestoneKind;
  count?: number | null;
}

export type RoomEvent = Stamp &
  (
    | MessageEvent
    | MilestoneEvent
    | { type: "poll"; poll: Poll | null }
    | { type: "retracted"; id: string }
    | { type: "reaction"; to: string; kind: ReactionKind; seat: string }
    | { type: "presence"; joined?: Seat[]; changed?: Seat[]; left?: string[]; seat_count: number }
    | ({ type: "room" } & Partial<Snapshot>)
    | { type: "floor"; seat: string | null; ends_at: number | null; hands: string[]; questions: string[] }
    | { type: "sign"; sign: Sign; ends_at: number | null; by_hand: boolean }
    | { type: "muted"; seat: string; muted: boolean; until: number | null }
    | { type: "you"; you: You; waiting?: Waiting[]; calls?: OpenCall[]; reports?: OpenReport[] }
    | { type: "word"; about: "warning" | "listener"; text: string }
    | { type: "link_used" }
    | { type: "removed"; reason?: string | null; banned?: boolean }
    | { type: "replaced" }
    | { type: "lobby"; waiting?: Waiting[]; admitted?: Joined; denied?: boolean; swept?: boolean; room?: InLobby["room"]; message?: string; held?: boolean; closes_at?: number; spoken_to?: boolean; call?: OwnCall | null }
    | { type: "lobby_message"; seat: string; id: string; by_host: boolean; text: string }
    | ({ type: "report"; name: string | null; text: string; reason?: string | null } & OpenReport)
    | ({ type: "report_changed" } & (OpenReport | { report: string; state: "closed" }))
    | { type: "report_outcome"; report: string; outcome: "acted" | "no_action"; message: string }
    | ({ type: "call" } & (OpenCall | { call: string; seat: string; state: "closed" }))
    | { type: "your_call"; call: OwnCall | null }
    | { type: "help_message"; call: string; id: string; seat: string; name: string; text: string }
    | { type: "host_message"; id: string; seat: string; name: string; text: string }
    | { type: "first_message"; seat: string; id: string; name: string; text: string; warning: string | null }
    | { type: "first_answered"; seat: string; let_through: true }
    | { type: "first_answered"; seat: string; let_through: false; id: string }
    | { type: "question"; question: string; text: string }
    | { type: "gap"; room: Snapshot }
    | { type: "closing"; closes_at: number }
    | { type: "closed"; message?: string; next_at?: number | null }
  );

export type EventOf<T extends RoomEvent["type"]> = Extract<RoomEvent, { type: T }>;
