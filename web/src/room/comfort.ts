/** How somebody likes this page, for the time of the meeting: how large its text is. */

import { effect, signal } from "@preact/signals";
import { keeper, phase } from "./session";

/** Of the usual size, in percent. */
export const SIZES = [100, 115, 130, 150, 200] as const;

export const size = signal(SIZES.find((one) => one === keeper.now.size) ?? SIZES[0]);

effect(() => {
  const usual = size.value === SIZES[0];
  const { style, classList } = document.documentElement;
  style.fontSize = usual ? "" : `${size.value}%`;
  classList.toggle("large", size.value > 115);
  const { at } = phase.value;
  // Outside it stays as it is for the eyes, and is not kept.
  if (at === "room" || at === "lobby") keeper.put({ size: usual ? undefined : size.value });
});
