/** First messages that wait for those who lead. They are told again as long as they wait, and gone where they are not: nobody keeps them. */

import { effect, signal } from "@preact/signals";
import { heard, phase, serverNow } from "./session";
import type { EventOf } from "./types";

export type First = EventOf<"first_message"> & { since: number; shown: number };

export const firsts = signal<readonly First[]>([]);

effect(() => {
  const event = heard.value;
  if (event?.type === "first_message") {
    const before = firsts.peek();
    const same = before.find((one) => one.seat === event.seat && one.id === event.id);
    firsts.value = [...before.filter((one) => one.seat !== event.seat), { ...event, since: same?.since ?? event.at, shown: serverNow() }];
  } else if (event?.type === "first_answered") {
    firsts.value = firsts.peek().filter((one) => one.seat !== event.seat);
  } else if (event?.type === "presence" && event.left) {
    const left = event.left;
    firsts.value = firsts.peek().filter((one) => !left.includes(one.seat));
  }
});
effect(() => {
  if (phase.value.at !== "room") firsts.value = [];
});
