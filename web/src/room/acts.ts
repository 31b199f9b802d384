/** What is one request and one sentence about how it went. What only those do who lead is in `leading.ts`. */

import { signal } from "@preact/signals";
import { t } from "../shared/words";
import { connection, outbox, phase, view } from "./session";
import type { Answer, Role } from "./types";

export interface Toast {
  text: string;
  bad?: boolean;
  undo?: () => void;
}

const SHOWN_MS = 7_000;

export const toast = signal<Toast | null>(null);
let fading: number | undefined;

export function say(next: Toast | null): void {
  clearTimeout(fading);
  toast.value = next;
  if (next) fading = window.setTimeout(() => (toast.value = null), SHOWN_MS);
}

type Told = (event: string, payload: object) => (() => void) | undefined;
let told: Told = () => undefined;

/** Hears of each request before it goes; what it returns is called when that was done. */
export function onAct(hear: Told): void {
  told = hear;
}

/** A request of which `onAct` hears. */
export async function tell<T = object>(event: string, payload: object): Promise<Answer<T>> {
  const done = told(event, payload);
  const answer = await connection.ask<T>(event, payload);
  if (answer.ok) done?.();
  return answer;
}

export async function act<T = object>(event: string, payload: object, done?: string, undo?: () => void): Promise<Answer<T>> {
  const answer = await tell<T>(event, payload);
  if (!answer.ok) {
    // Where the room has ended meanwhile, the screen says so.
    if (phase.value.at === "room") say({ text: answer.message || t("error-no-answer"), bad: true });
  } else if (done) say(undo ? { text: done, undo } : { text: done });
  return answer;
}

export const react = (to: string, kind: string) => act("react", { to, kind });
export const retract = (id: string, done?: string) => act("retract", { id }, done);
export const stepIn = () => act("step_in", {}, t("stepped-in-toast"));
export const freeze = (on: boolean) => act("freeze", { on });

export const closeCallOf = (call: string) => act("help_close", { call });

/** On a private line, or among hosts. The words stay in their field until they are taken; then an empty string is returned, else why not. */
export async function write(event: "help_say" | "host_say" | "lobby_say", payload: { id: string; text: string; call?: string; seat?: string }): Promise<string> {
  const answer = await connection.ask(event, payload);
  return answer.ok ? "" : answer.message || t("error-no-answer");
}

export const raiseHand = (kind: "share" | "question") => act("hand", { up: true, kind });
export const lowerHand = () => act("hand", { up: false });
export const welcomeReplies = (welcome: boolean) => act("replies", { welcome });
export const giveFloor = (seat: string | null, done?: string, undo?: () => void) => act("floor", { seat }, done, undo);
export const goTo = (go: "next" | "back" | number) => act("agenda", { go });

const WORDS_GO_FIRST_MS = 8_000;

/** The last words of a share may still be on their way, and without the floor they would be refused. */
export async function endTurn(how: "done" | "pass"): Promise<void> {
  await outbox.settled(WORDS_GO_FIRST_MS);
  await act(how, {});
}

export function may(action: string): boolean {
  return view.value?.you.may.includes(action) ?? false;
}

// Whom a role may act on, as in chatserver/domain/roles.py; the server decides.
const OVER: Record<Role, readonly Role[]> = {
  facilitator: ["moderator", "member", "listener"],
  moderator: ["member", "listener"],
  member: [],
  listener: [],
};

export function mayActOn(seat: string): boolean {
  const now = view.value;
  if (!now || seat === now.you.seat) return false;
  const role = now.room.seats.find((one) => one.seat === seat)?.role ?? "member"; // a large room does not list everybody
  return OVER[now.you.role].includes(role);
}
