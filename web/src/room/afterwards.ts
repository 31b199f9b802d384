/**
 * What nobody can take back once the server has it goes out a few seconds later, so that a slip can be undone before anybody hears of it.
 * docs/decisions/0028-what-cannot-be-taken-back-goes-out-later.md
 */

import { effect, signal } from "@preact/signals";
import { t } from "../shared/words";
import { say, tell } from "./acts";
import { drawArrived, phase } from "./session";

const LATER_MS = 5_000;

interface Later {
  timer: number;
  go: () => unknown;
  /** Whom it is about, where it is about several. */
  about: readonly string[];
  /** It is on its way. */
  out: boolean;
}

const later = signal<ReadonlyMap<string, Later>>(new Map());

/** Does it in a few seconds, unless it is undone, or the room ends, until then. Until it is done, it stands here. */
export function afterwards(key: string, go: () => unknown, about: readonly string[] = []): void {
  if (later.peek().has(key)) return;
  const timer = window.setTimeout(() => void done(key), LATER_MS);
  later.value = new Map(later.peek()).set(key, { timer, go, about, out: false });
}

/** Where it has gone out already, nothing happens. */
export function undo(key: string): void {
  const found = later.peek().get(key);
  if (!found || found.out) return;
  clearTimeout(found.timer);
  forget(key);
}

export function putAway(key: string): boolean {
  return later.value.has(key);
}

/** It still can be undone. */
export function undoable(key: string): boolean {
  return !later.value.get(key)?.out;
}

/** Whom it is about that stands under this key, as long as it does. */
export function about(key: string): readonly string[] {
  return later.value.get(key)?.about ?? [];
}

async function done(key: string): Promise<void> {
  const found = later.peek().get(key);
  if (!found || found.out) return;
  clearTimeout(found.timer);
  later.value = new Map(later.peek()).set(key, { ...found, out: true });
  await found.go();
  drawArrived(); // what came of it, or the row would stand there once more
  forget(key);
}

function forget(key: string): void {
  const rest = new Map(later.peek());
  rest.delete(key);
  later.value = rest;
}

/** A request that goes out later, and may come too late (`late`, the code): then somebody else has seen to it, and there is nothing to say. */
export async function unlessSeenTo(event: string, payload: object, late: string, done?: string): Promise<void> {
  const answer = await tell(event, payload);
  if (answer.ok) {
    if (done) say({ text: done });
  } else if (answer.code !== late && phase.value.at === "room") say({ text: answer.message || t("error-no-answer"), bad: true });
}

addEventListener("pagehide", () => {
  for (const key of later.peek().keys()) void done(key);
});

effect(() => {
  if (phase.value.at === "room") return;
  for (const { timer } of later.peek().values()) clearTimeout(timer);
  later.value = new Map();
});
