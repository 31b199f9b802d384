/** Of who waits at the door, what those do who look after it: letting in and sending back, one the undoing of the other, and turning away. */

import { signal } from "@preact/signals";
import { t } from "../shared/words";
import { act, may, say } from "./acts";
import { about, afterwards, putAway, unlessSeenTo } from "./afterwards";
import { lobby } from "./leading";
import { view } from "./session";
import type { Waiting } from "./types";

// So many are named in one request.
const MOST_NAMED = 500;

/** For more of them, one request after the other. Answers who it was done to; `null` where one of them was refused. */
async function named(event: "admit" | "sweep", seats: readonly string[]): Promise<string[] | null> {
  const done: string[] = [];
  for (let first = 0; first < seats.length; first += MOST_NAMED) {
    const answer = await act<{ seats: string[] }>(event, { seats: seats.slice(first, first + MOST_NAMED) });
    if (!answer.ok) return null;
    done.push(...answer.seats);
  }
  return done;
}

export const ALL_TURNED_AWAY = "deny";
export const turnedAway = (seat: string): string => `deny/${seat}`;

const isTurnedAway = (seat: string): boolean => putAway(turnedAway(seat)) || about(ALL_TURNED_AWAY).includes(seat);

/** Those who wait and are not being turned away. */
function undecided(which: (one: Waiting) => boolean): string[] {
  return (view.value?.waiting ?? []).filter((one) => !isTurnedAway(one.seat) && which(one)).map((one) => one.seat);
}

/** Where I may send them back, that is the way to undo it. */
function cameIn(seats: readonly string[], name: string): void {
  if (seats.length === 0) return;
  const text = seats.length === 1 && name ? t("admitted-toast", { name }) : t("admitted-all-toast", { count: seats.length });
  say(may("sweep") ? { text, undo: () => void sendBack(seats) } : { text });
}

/** Whoever is being let in, and where on the list they stood. */
export interface LetIn {
  one: Waiting;
  place: number;
  in: boolean;
}

const ROW_STAYS_MS = 1_500;

/** Their rows stay for a moment, so that the next one does not slide under the finger. */
export const lettingIn = signal<readonly LetIn[]>([]);

function rowOf(seat: string, row?: LetIn): void {
  lettingIn.value = [...lettingIn.value.filter((each) => each.one.seat !== seat), ...(row ? [row] : [])].sort((a, b) => a.place - b.place);
}

export async function admit(one: Waiting): Promise<void> {
  const { seat, name } = one;
  const place = atTheDoor().findIndex((each) => each.seat === seat);
  rowOf(seat, { one, place, in: false });
  const answer = await act<{ seats: string[] }>("admit", { seat });
  if (!answer.ok) return rowOf(seat);
  rowOf(seat, { one, place, in: true });
  setTimeout(() => rowOf(seat), ROW_STAYS_MS);
  cameIn(answer.seats, name);
}

/** Those who wait, and in their places those who just were let in. */
export function atTheDoor(): readonly Waiting[] {
  const rows = [...(view.value?.waiting ?? [])];
  for (const { one, place } of lettingIn.value) if (!rows.some((each) => each.seat === one.seat)) rows.splice(place, 0, one);
  return rows;
}

/** All but the marked, and those who are being turned away. Answers who has come in. */
async function letAllIn(): Promise<string[]> {
  const some = view.value?.waiting.some((one) => isTurnedAway(one.seat));
  const seats = undecided((one) => !one.marked);
  if (some && seats.length === 0) return seats;
  if (some) return (await named("admit", seats)) ?? [];
  const answer = await act<{ seats: string[] }>("admit", { all: true });
  return answer.ok ? answer.seats : [];
}

export async function admitAll(): Promise<void> {
  const waiting = view.value?.waiting ?? [];
  const came = await letAllIn();
  cameIn(came, came.length === 1 ? (waiting.find((one) => one.seat === came[0])?.name ?? "") : "");
}

export const deny = (seat: string): void => afterwards(turnedAway(seat), () => unlessSeenTo("deny", { seat }, "no_such_seat"));

/** Those who are on the list now, and nobody who knocks from now on. */
export function denyAll(): void {
  const seats = undecided((one) => !one.marked || may("admit_marked")).slice(0, MOST_NAMED); // of more, each tap says how many
  if (seats.length > 0) afterwards(ALL_TURNED_AWAY, () => unlessSeenTo("deny", { seats }, "no_such_seat"), seats);
}

/** Those whom I have sent to the lobby from inside. */
export const sentBackByMe = new Set<string>();

async function sendBack(seats: readonly string[], name = ""): Promise<void> {
  const gone = await named("sweep", seats);
  if (!gone) return;
  for (const seat of gone) sentBackByMe.add(seat);
  if (gone.length === 0) say({ text: t("sent-back-gone") });
  else if (name) say({ text: t("sent-back-toast", { name }), undo: () => void act("admit", { seats: gone }, t("came-back-toast", { name })) });
  else say({ text: t("sent-back") });
}

export const toLobby = (seat: string, name: string): Promise<void> => sendBack([seat], name);

/** The wave is over, and whoever waits for it comes in; but not the marked. */
export async function endWave(): Promise<void> {
  const ended = await lobby(false);
  if (ended.ok) await letAllIn();
}

/** The last one, as long as it can be undone here. */
export const lastSweep = signal<{ count: number; undo: () => void } | null>(null);

/** Whoever came in the last minutes goes to the lobby. What was taken back is gone; all else can be undone. */
export async function sweep(minutes: number, retract: boolean): Promise<void> {
  const answer = await act<{ seats: string[]; retracted: number; lobby: boolean }>("sweep", { minutes, retract });
  if (!answer.ok) return;
  const { seats, retracted, lobby: turnedOn } = answer;
  if (seats.length === 0) return say({ text: t("swept-nobody", { minutes }) });
  for (const seat of seats) sentBackByMe.add(seat);
  const undo = async (): Promise<void> => {
    if (!(await named("admit", seats))) return;
    say({ text: t("swept-undone") });
    // In a wave that would be its end.
    if (turnedOn && !view.value?.room.wave) await lobby(false);
  };
  const text = [t("swept-toast", { count: seats.length }), retracted > 0 ? t("swept-retracted", { count: retracted }) : ""].join(" ").trim();
  lastSweep.value = { count: seats.length, undo: () => void undo().then(() => (lastSweep.value = null)) };
  say({ text, undo: () => lastSweep.value?.undo() });
}
