/** One person's way through one room: the door, the lobby, the room, and out. */

import { batch, signal } from "@preact/signals";
import { own, t } from "../shared/words";
import { onQuickExit, tellLeft } from "../shared/leave";
import { Connection } from "./connection";
import { Keeper, LATELY_MS } from "./keep";
import { readLink } from "./link";
import { late } from "./late";
import { lined, linesOf, NO_LINES, type Lines } from "./line";
import { Outbox, type Outgoing } from "./outbox";
import type { DoorInfo, EventOf, InLobby, JoinAnswer, Refusal, Role, RoomEvent } from "./types";
import { closed, closedAsSeen, doorAsKnown, lookAgainIn, type Phase } from "./phase";
import { apply, enter, type View } from "./view";

const COME_BACK_MS = 3_000;
const TOGETHER_MS = 40;
// Well within the time that a server keeps a seat for somebody whose line dropped. A seat that is gone sooner went with its server.
const SEAT_IS_KEPT_MS = 5 * 60_000;
const LONGEST_WARNING = 80;
// Refusals that a person at the door can do something about, or wait out: they stay at the door.
const ENDED = new Set<Phase["at"]>(["left", "closed", "missing"]);
const NO_ROOM = new Set(["unknown_room"]);
export const NAME_TROUBLE = new Set(["bad_name", "name_taken", "name_reserved"]);
const LATER = new Set(["offline", "no_answer", "unavailable", "too_fast"]);

const link = readLink();
export const slug = link.slug;
export const keeper = new Keeper(slug);
if (link.key) keeper.put({ key: link.key });

export const phase = signal<Phase>({ at: "loading" });
export const door = signal<DoorInfo | null>(null);
/** A sentence at the door: why somebody stands there again, or what was refused. */
export const doorNotice = signal("");
export const view = signal<View | null>(null);
/** Private lines, reports, and what hosts write among themselves. */
export const lines = signal<Lines>(NO_LINES);
/** What was told last, for tools that are there only for some. */
export const heard = signal<RoomEvent | null>(null);
/** The server's clock less this one. */
export const skew = signal(0);
export const entering = signal(false);
/** Who goes in by themselves as soon as the doors are open. */
export const wished = signal<Wish | null>(null);
export const draft = signal({ text: keeper.now.draft ?? "", warning: keeper.now.warning ?? "" });
/** The message that the next one answers. */
export const replyTo = signal<string | null>(null);
/** Why words came back into the message box; until they are sent again. */
export const cameBack = signal("");

/** Who one was here before the seat was lost. */
export const formerly = signal(keeper.now.me ?? null);

export const connection = new Connection({ up: () => void arrive(), down, event: receive, ended });
export const outbox = new Outbox(
  async (message) => {
    if (phase.value.at !== "room" || !joined) return { ok: false, code: "offline", message: t("error-offline") };
    const answer = await connection.ask<{ seq: number }>("send", message);
    drawArrived(); // the message came before its answer
    return answer;
  },
  (unsent) => keeper.put({ unsent }),
  (items, why) =>
    batch(() => {
      intoBox(items);
      replyTo.value ??= items.find((item) => item.reply_to !== undefined)?.reply_to ?? null;
      cameBack.value = why;
    }),
);

const arrived: RoomEvent[] = [];
let drawing: number | undefined;
let joined = false; // this very connection holds our seat
let unanswered = ""; // the name of a join of which nobody knows whether it was heard
let looking: number | undefined;
let waitingSeat = ""; // in the lobby

/** `known`: of the door, before anything was asked. */
export function begin(known: string | undefined): void {
  if (keeper.now.unsent) outbox.restore(keeper.now.unsent);
  if (!keeper.now.token) holdBack();
  const { out } = keeper.now;
  if (out && Date.now() < (out.until ?? Infinity)) {
    phase.value = out.at === "removed" ? { at: "removed", reason: "", banned: out.banned } : { at: "denied", message: "" };
  } else if (out) {
    keeper.put({ out: undefined, me: undefined });
  }
  const seen = doorAsKnown(slug, known);
  if (seen && phase.value.at === "loading" && !keeper.now.token && !keeper.now.key) {
    door.value = seen;
    phase.value = { at: "door" };
  }
  addEventListener("pagehide", () => {
    down();
    keeper.write();
  });
  onQuickExit(() => {
    connection.tell("leave");
    keeper.eraseForGood();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload(); // Back shows nothing
  });
  addEventListener("hashchange", () => {
    // A link with a key, pasted over the one without: no new page is loaded for that.
    const { key } = readLink();
    if (!key) return;
    keeper.put({ key });
    doorNotice.value = "";
    if (phase.value.at === "door") void lookAtDoor();
    else if (ENDED.has(phase.value.at)) location.reload();
  });
  connection.start();
}

export function serverNow(): number {
  return Date.now() + skew.value;
}

export function setDraft(change: { text?: string; warning?: string }): void {
  draft.value = { ...draft.value, ...change };
  keeper.put({ draft: draft.value.text || undefined, warning: draft.value.warning || undefined });
}

/** My seat here; empty: none. */
export function me(): string {
  return view.value?.you.seat ?? waitingSeat;
}

export function hasKey(): boolean {
  return keeper.now.key !== undefined;
}

/** A connection stands: come back to our seat, or stand at the door. */
async function arrive(): Promise<void> {
  joined = false;
  if (keeper.now.token) await comeBack(keeper.now.token);
  else if (phase.value.at === "loading" || phase.value.at === "door") await lookAtDoor();
  else if (keeper.now.out && !entering.value) await lookWhetherOver();
}

/** The line is gone, or the page goes. */
function down(): void {
  if (joined) keeper.put({ left: Date.now() });
  joined = false;
}

/** Words that have not been sent are not said by themselves under another name: they go back into the message box. */
function holdBack(): void {
  intoBox(outbox.empty());
}

function intoBox(held: readonly Outgoing[]): void {
  if (held.length === 0) return;
  const warnings = new Set([...held.map((item) => item.warning ?? ""), draft.value.warning].filter(Boolean));
  setDraft({
    text: [...held.map((item) => item.text), draft.value.text].filter(Boolean).join("\n\n"),
    warning: [...warnings].join(", ").slice(0, LONGEST_WARNING),
  });
}

/** For somebody who was removed or denied, and loads the page again: is there still a meeting to come back to? */
async function lookWhetherOver(): Promise<void> {
  const answer = await connection.ask<DoorInfo>("door", { room: slug });
  if (answer.ok ? answer.state !== "open" : NO_ROOM.has(answer.code)) over(closedAsSeen(answer));
}

async function comeBack(token: string): Promise<void> {
  drawArrived();
  const here = view.value;
  const { epoch, seq, lately, share } = keeper.now;
  // After a reload nothing is on the screen any more: ask for as much as the server can still have.
  const since = lately?.find(([at]) => Date.now() - at < LATELY_MS)?.[1] ?? seq;
  const from = here ? here.seq : share && since !== undefined ? Math.min(share.seq, since) : since;
  const answer = await connection.ask<JoinAnswer>("join", {
    room: slug,
    seat_token: token,
    ...(epoch !== undefined && from !== undefined ? { epoch: here?.epoch ?? epoch, seq: from } : {}),
  });
  if (answer.ok) return goIn(answer, here === null);
  if (LATER.has(answer.code)) {
    setTimeout(() => void (connection.up && arrive()), answer.retry_after_ms ?? COME_BACK_MS);
  } else if (answer.code === "closed" || answer.code === "not_open") {
    const key = keeper.now.key;
    over(closedAsSeen(await connection.ask<DoorInfo>("door", key ? { room: slug, key } : { room: slug }), answer.message));
  } else if (answer.code === "removed") {
    over({ at: "removed", reason: "", banned: false });
  } else {
    const restarted = Date.now() - (keeper.now.left ?? 0) < SEAT_IS_KEPT_MS;
    keeper.forgetSeat();
    holdBack();
    batch(() => {
      view.value = null;
      formerly.value = keeper.now.me ?? null;
      doorNotice.value = [t(restarted ? "door-restarted" : "door-seat-gone"), draft.value.text ? t("door-words-kept") : ""].join(" ").trim();
    });
    await lookAtDoor();
  }
}

export async function lookAtDoor(): Promise<void> {
  clearTimeout(looking);
  const key = keeper.now.key;
  const answer = await connection.ask<DoorInfo>("door", key ? { room: slug, key } : { room: slug });
  if (answer.ok) {
    if (answer.now !== undefined) skew.value = answer.now - Date.now();
    const names = door.value?.names; // a name somebody is looking at must not change under the eye
    batch(() => {
      door.value = names?.length ? { ...answer, names: [...new Set([...names, ...answer.names])].slice(0, 24) } : answer;
      phase.value = { at: "door" };
    });
    if (isOver(answer)) forgetWords();
    if (wished.value && answer.state === "open") void goInAsWished(wished.value);
  } else if (key && (answer.code === "bad_key" || answer.code === "key_used")) {
    keeper.put({ key: undefined });
    doorNotice.value = answer.message;
    return lookAtDoor();
  } else if (NO_ROOM.has(answer.code)) {
    return over({ at: "missing", message: answer.message });
  } else if (!LATER.has(answer.code)) {
    batch(() => {
      doorNotice.value = answer.message;
      phase.value = { at: "door" };
    });
  }
  looking = window.setTimeout(() => {
    if (phase.value.at === "door" && connection.up && !entering.value) void lookAtDoor();
  }, lookAgainIn(door.value, serverNow()));
}

/** The meeting in which something was written is over: it is not open, and not about to be again. */
function isOver({ state, opens_at: opensAt }: DoorInfo): boolean {
  return state === "closed" || (state !== "open" && opensAt !== null && opensAt - serverNow() > SEAT_IS_KEPT_MS);
}

function forgetWords(): void {
  outbox.empty();
  if (draft.value.text || draft.value.warning) setDraft({ text: "", warning: "" });
}

async function goInAsWished(wish: Wish): Promise<void> {
  wished.value = null;
  const refusal = await goInAs(wish);
  if (refusal) doorNotice.value = refusal.message;
}

export interface Wish {
  name?: string;
  role: Role;
  knock?: boolean;
}

export const fetchWork = () => import("./work");

export async function goInAs(wish: Wish): Promise<Refusal | null> {
  if (entering.value) return null;
  entering.value = true;
  await until(() => connection.up); // who is quicker than the line
  const key = keeper.now.key;
  const join = {
    room: slug,
    role: wish.role,
    ...(wish.name ? { name: wish.name } : {}),
    ...(key ? { key } : {}),
    ...(wish.knock ? { knock: true } : {}),
  };
  let answer = await connection.ask<JoinAnswer>("join", join);
  if (!answer.ok && answer.work) {
    const { worked } = await fetchWork().catch(() => ({ worked: null })); // on a bad line the refusal stands, which says to try again
    late.value = !worked;
    if (worked) answer = await worked<JoinAnswer>(answer, (work) => connection.ask("join", { ...join, work }));
  }
  entering.value = false;
  if (answer.ok) {
    doorNotice.value = "";
    goIn(answer);
    return null;
  }
  if (answer.code === "no_answer") unanswered = wish.name ?? "";
  else if (answer.code === "name_taken" && wish.name === unanswered) answer = { ...answer, message: t("door-name-perhaps-yours") };
  if (answer.code === "link_in_use") keeper.put({ key: undefined }); // they go in without it, if they like
  if (phase.value.at === "door") void lookAtDoor(); // what has changed there
  return answer;
}

export async function openNow(): Promise<Refusal | null> {
  const answer = await connection.ask("open", { room: slug, key: keeper.now.key });
  await lookAtDoor();
  return answer.ok ? null : answer;
}

function goIn(answer: JoinAnswer, reloaded = false): void {
  clearTimeout(looking);
  joined = true;
  skew.value = answer.now - Date.now();
  keeper.put({ me: { name: answer.you.name, role: answer.you.role }, out: undefined });
  lines.value = (answer.missed ?? []).reduce(lined, linesOf(answer, lines.value));
  if (answer.waiting) return wait(answer);
  drawArrived(); // what came on the old line belongs before what was missed
  batch(() => {
    view.value = enter(answer, view.value, reloaded);
    phase.value = { at: "room" };
  });
  if (answer.seat_token) keeper.put({ token: answer.seat_token });
  keeper.reached(answer.epoch, view.value?.seq ?? answer.seq, view.value?.room.floor?.seat ?? null);
  settle();
  for (const event of answer.missed ?? []) if (event.type === "first_answered") firstAnswered(event);
  outbox.flush();
}

function wait(answer: InLobby): void {
  waitingSeat = answer.you.seat;
  keeper.put({ token: answer.seat_token, epoch: answer.epoch, seq: answer.seq });
  atTheDoor(answer.room, answer.you.name, phase.value.at === "lobby" ? phase.value.swept === true : view.value !== null);
}

/** `swept`: was inside before, and went with all who came lately. What was said stays for when one is let in again, and is not shown meanwhile. */
function atTheDoor({ title, guidelines, held, closes_at: closesAt, spoken_to: spokenTo }: InLobby["room"], name: string, swept: boolean): void {
  holdBack();
  phase.value = { at: "lobby", title, guidelines, name, held, closesAt, spokenTo, swept };
}

function receive(event: RoomEvent): void {
  switch (event.type) {
    case "removed":
      return over({ at: "removed", reason: event.reason ?? "", banned: event.banned ?? false });
    case "replaced":
      return over({ at: "replaced" });
    case "closed":
      return over(closed(own("refused-closed") ?? event.message, event.next_at, door.value, resources()));
    case "lobby":
      if (event.admitted) return goIn(event.admitted);
      if (event.swept && event.room && view.value) return atTheDoor(event.room, view.value.you.name, !event.by_name);
      if (event.denied) return over({ at: "denied", message: own("refused-denied") ?? event.message ?? "" });
      if (phase.value.at === "lobby") {
        const { held = phase.value.held, closes_at: closesAt = phase.value.closesAt, spoken_to: spokenTo = phase.value.spokenTo } = event;
        phase.value = { ...phase.value, held, closesAt, spokenTo };
      }
      break;
    case "first_answered":
      firstAnswered(event);
      break;
    case "you":
      keeper.put({ me: { name: event.you.name, role: event.you.role } });
  }
  lines.value = lined(lines.value, event);
  heard.value = event;
  arrived.push(event);
  // The first is drawn at once; what floods in behind it, together.
  if (drawing === undefined) {
    drawArrived();
    drawing = window.setTimeout(() => {
      drawing = undefined;
      drawArrived();
    }, TOGETHER_MS);
  }
}

/** Those who lead have read my first message: it goes out now, or is mine again. */
function firstAnswered(event: EventOf<"first_answered">): void {
  if (event.seat !== me()) return;
  if (event.let_through) return outbox.goOn();
  const here = view.value;
  if (outbox.sendBack(event.id) && here) view.value = { ...here, words: [...here.words, { id: `word-${Date.now()}`, about: "first", text: t("first-sent-back") }] };
}

/** Brings all that has arrived into the view. Whoever looks at the view after an answer calls this first. */
export function drawArrived(): void {
  const events = arrived.splice(0);
  if (!view.value || events.length === 0) return;
  const now = events.reduce(apply, view.value);
  batch(() => {
    view.value = now;
    settle();
  });
  keeper.reached(now.epoch, now.seq, now.room.floor?.seat ?? null);
}

/** Our own words that are in the log now need not wait any longer. */
function settle(): void {
  const now = view.value;
  if (!now || outbox.items.value.length === 0) return;
  const said = new Set(now.log.map((entry) => entry.id));
  for (const item of outbox.items.value) if (said.has(`${now.you.seat}.${item.id}`)) outbox.drop(item.id);
}

/** What the agenda has to take along. */
function resources(): string[] {
  return (view.value?.room.agenda ?? []).map((part) => part.resource).filter(Boolean);
}

function ended(): void {
  const { at } = phase.value;
  if (at === "room" || at === "lobby") over({ at: "replaced" });
}

/** Out, for whatever reason: nothing of the room stays. Who was replaced or removed keeps the key, to come back by. */
function over(next: Phase): void {
  clearTimeout(looking);
  joined = false;
  const { key, token, epoch, seq, me } = keeper.now;
  const until = view.value?.room.closes_at ?? door.value?.closes_at;
  connection.stop();
  keeper.erase();
  if (next.at !== "replaced") tellLeft();
  returnSeat = next.at === "replaced" ? { key, token, epoch, seq, me } : undefined;
  batch(() => {
    phase.value = next;
    view.value = null;
    lines.value = NO_LINES;
    heard.value = null;
    draft.value = { text: "", warning: "" };
    replyTo.value = null;
    cameBack.value = "";
    door.value = null;
    formerly.value = null;
    outbox.empty();
  });
  keeper.erase();
  if (next.at !== "removed" && next.at !== "denied") return;
  // Removed by mistake, or denied for now: the link that they came by still is theirs, and so is their name.
  const out = { at: next.at, banned: next.at === "removed" && next.banned, ...(until ? { until } : {}) };
  keeper.put({ out, ...(key ? { key } : {}), ...(me ? { me } : {}) });
  keeper.write();
}

let returnSeat: Parameters<Keeper["put"]>[0] | undefined;

export async function leave(): Promise<void> {
  await connection.ask("leave");
  over({ at: "left" });
}

/** The way back for somebody who was removed or denied: through the lobby, where a moderator sees who asks. */
export async function knockAgain(): Promise<Refusal | null> {
  if (connection.wire.value === "stopped") connection.start();
  await until(() => connection.up);
  if (!connection.up) return { ok: false, code: "offline", message: t("error-offline") };
  const { name, role } = keeper.now.me ?? { name: "", role: "member" };
  const wish = { role: role === "listener" ? role : "member", knock: true } as const;
  const refusal = await goInAs({ ...wish, ...(name ? { name } : {}) });
  return refusal && NAME_TROUBLE.has(refusal.code) ? goInAs(wish) : refusal;
}

/** Another tab has our seat. This takes it back. */
export function takeBack(): void {
  if (returnSeat) keeper.put(returnSeat);
  phase.value = { at: "loading" };
  connection.start();
}

/** Resolves when it is true, or after a while. */
export function until(true_: () => boolean, withinMs = 8_000): Promise<void> {
  const started = Date.now();
  return new Promise((resolve) => {
    const look = (): void => {
      if (true_() || Date.now() - started > withinMs) resolve();
      else setTimeout(look, 50);
    };
    look();
  });
}
