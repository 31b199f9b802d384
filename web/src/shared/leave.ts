/** Leaving in a hurry: the button at the top, and Shift (or Escape) three times. Nothing here may wait for anything. */

import { clockIsHidden } from "./language";

const AWAY = "https://www.wikipedia.org/";
const WITHIN_MS = 5_000;

let farewell: () => void = () => {};

/** What else there is to say on the way out. It must not wait. */
export function onQuickExit(last: () => void): void {
  farewell = last;
}

/** Has the browser forget what it has of this site: the answer says so to it. Waits for nothing, and goes on when the page is gone. */
export function tellLeft(): void {
  navigator.sendBeacon("/left");
}

export function quickExit(): void {
  document.documentElement.classList.add("blank");
  document.title = "";
  // One turn of the loop, so that the farewell leaves the socket before the page does.
  setTimeout(() => location.replace(AWAY), 30);
  for (const step of [() => document.body.replaceChildren(), () => sessionStorage.clear(), farewell, tellLeft]) {
    try {
      step();
    } catch {
      // storage that is blocked, say: what comes after it happens all the same
    }
  }
}

/**
 * A tap of Shift alone counts; Shift held for a capital letter, or while composing, does not. Tor Browser tells pages of no Shift: in what may be one,
 * Escape counts until a Shift was seen, where it has nothing to close. (Elsewhere it never does: screen readers have uses of their own for it.)
 */
export function watchForShift(): void {
  let taps: number[] = [];
  let alone = "";
  let shiftIsTold = !clockIsHidden;
  addEventListener(
    "keydown",
    (event) => {
      const { key } = event;
      shiftIsTold ||= key === "Shift";
      const counts = shiftIsTold ? key === "Shift" : key === "Escape" && !document.querySelector("dialog[open]");
      if (counts && !event.isComposing && event.keyCode !== 229) {
        if (!event.repeat) alone = key;
      } else {
        alone = "";
        taps = [];
      }
    },
    true,
  );
  addEventListener(
    "keyup",
    (event) => {
      if (event.key !== alone || event.isComposing) return;
      alone = "";
      const now = Date.now();
      taps = [...taps.filter((at) => now - at < WITHIN_MS), now];
      if (taps.length >= 3) quickExit();
    },
    true,
  );
}
