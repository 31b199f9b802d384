/** The server's time, for countdowns: once a second; oftener in a rehearsal, where the meeting's time runs faster. */

import { computed, effect, signal } from "@preact/signals";
import { serverNow, view } from "../session";

const OFTENEST_MS = 100;

/** 1 in every real meeting. */
export const speed = computed(() => view.value?.room.speed ?? 1);

export const now = signal(serverNow());
effect(() => {
  const beat = setInterval(() => (now.value = serverNow()), Math.max(OFTENEST_MS, 1_000 / speed.value));
  return () => clearInterval(beat);
});

/** Of real time, as for a refusal that ends by itself. */
export function secondsUntil(at: number): number {
  return Math.max(0, Math.ceil((at - now.value) / 1_000));
}

/** How many milliseconds of the meeting are left until then; less than none when it is over. */
export function meetingLeft(at: number): number {
  return (at - now.value) * speed.value;
}
