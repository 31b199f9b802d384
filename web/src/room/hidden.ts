/** Whose words this tab does not show: muted for oneself. Nobody else knows of it, and it is gone with the room. */

import { effect, signal } from "@preact/signals";
import { t } from "../shared/words";
import { say } from "./acts";
import type { Phase } from "./phase";
import { keeper, phase } from "./session";

const OVER = new Set<Phase["at"]>(["left", "closed", "missing"]);

export const hidden = signal<ReadonlySet<string>>(new Set(keeper.now.hidden));

export function hide(seat: string, name: string): void {
  hidden.value = new Set([...hidden.value, seat]);
  say({ text: t("hidden-toast", { name }), undo: () => show(seat) });
}

export function show(seat: string): void {
  hidden.value = new Set([...hidden.value].filter((one) => one !== seat));
}

effect(() => {
  const { at } = phase.value;
  if (OVER.has(at)) hidden.value = new Set();
  else if (at === "room") keeper.put({ hidden: hidden.value.size > 0 ? [...hidden.value] : undefined });
});
