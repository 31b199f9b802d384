/** What I have done here as one who moderates: in this tab, and gone with it. Whom it was about, and never a word of what was said. */

import { signal } from "@preact/signals";
import { onAct } from "./acts";
import { sentBackByMe } from "./lobby";
import { serverNow, view } from "./session";
import { nameOf } from "./view";

export interface Doing {
  at: number;
  /** The end of its sentence's id, `did-…`. */
  what: string;
  name: string;
}

const MOST = 200;
/** Those that take one thing to two ends. */
const ENDS: Record<string, (payload: Record<string, unknown>) => string> = {
  freeze: ({ on }) => (on ? "on" : "off"),
  lock: ({ on }) => (on ? "on" : "off"),
  lobby: ({ on }) => (on ? "on" : "off"),
  appoint: ({ role }) => String(role),
  remove: ({ ban }) => (ban ? "ban" : "only"),
  admit: ({ all, seats }) => (several(seats).some((seat) => sentBackByMe.has(seat)) ? "swept" : all || seats ? "all" : "one"),
  deny: ({ seats }) => (seats ? "all" : "one"),
  sweep: ({ minutes, seats }) => (minutes ? "newcomers" : several(seats).length === 1 ? "one" : "some"),
  help_take: ({ take }) => (take ? "taken" : "back"),
  report_take: ({ take }) => (take ? "taken" : "back"),
  first_messages: ({ on }) => (on ? "on" : "off"),
  first_answer: ({ let_through: letThrough }) => (letThrough ? "through" : "back"),
};
const WORTH = new Set(["mute", "unmute", "to_listener", "to_member", "help_close", "slow", "sign", "extend", "report_close", "rename", "warn"]);

export const doings = signal<readonly Doing[]>([]);

function several(seats: unknown): readonly string[] {
  return Array.isArray(seats) ? (seats as string[]) : [];
}

/** Somebody's name, before it is done: afterwards they may be gone. */
function about({ seat: named, seats }: Record<string, unknown>): string {
  const here = view.value;
  const seat = named ?? (several(seats).length === 1 ? several(seats)[0] : undefined);
  if (!here || typeof seat !== "string") return "";
  return nameOf(here, seat) ?? here.waiting.find((one) => one.seat === seat)?.name ?? "";
}

onAct((event, payload) => {
  const told = payload as Record<string, unknown>;
  const end = ENDS[event]?.(told);
  if (end === undefined && !WORTH.has(event) && !(event === "retract" && !mine(told.id))) return undefined;
  const doing = { at: serverNow(), what: end === undefined ? event : `${event}-${end}`, name: about(told) };
  return () => (doings.value = [...doings.value, doing].slice(-MOST));
});

function mine(id: unknown): boolean {
  return String(id).startsWith(`${view.value?.you.seat}.`);
}
