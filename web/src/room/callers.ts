/** Who asked for help and then went: else every trace of it would be gone before anybody has seen it. In this tab, until it is put away. */

import { effect, signal } from "@preact/signals";
import { may } from "./acts";
import { lines, phase, view } from "./session";
import type { OpenCall } from "./types";

export interface Gone {
  call: string;
  name: string;
  /** Somebody had been with them. */
  answered: boolean;
}

export const goneCallers = signal<readonly Gone[]>([]);

// The end of the call and the going are told one after the other.
const SETTLED_MS = 500;

let before: readonly OpenCall[] = lines.peek().calls;

lines.subscribe(({ calls }) => {
  for (const old of before) {
    if (calls.some((one) => one.call === old.call)) continue;
    setTimeout(() => {
      if (hasGone(old.seat)) goneCallers.value = [...goneCallers.value, { call: old.call, name: old.name, answered: old.taken_by !== null }];
    }, SETTLED_MS);
  }
  before = calls;
});

effect(() => {
  if (phase.value.at !== "room") goneCallers.value = [];
});

/** Where not everybody is listed nobody knows. */
function hasGone(seat: string): boolean {
  const here = view.value;
  if (!here || !may("hear_calls") || here.room.seats.length < here.room.seat_count) return false;
  return ![...here.room.seats, ...here.waiting].some((one) => one.seat === seat);
}

export function putAwayCaller(call: string): void {
  goneCallers.value = goneCallers.value.filter((one) => one.call !== call);
}
