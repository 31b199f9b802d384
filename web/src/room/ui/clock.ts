/** The server's time, once a second, for countdowns. */

import { signal } from "@preact/signals";
import { serverNow } from "../session";

export const now = signal(serverNow());
setInterval(() => (now.value = serverNow()), 1_000);

export function secondsUntil(at: number): number {
  return Math.max(0, Math.ceil((at - now.value) / 1_000));
}
