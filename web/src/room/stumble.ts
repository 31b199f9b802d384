/** A fault in the page's own script, outside of drawing: a plain sentence and a way back, never a page that stands still without a word. */

import { signal } from "@preact/signals";
import { t } from "../shared/words";
import { say } from "./acts";
import { phase } from "./session";

/** Nothing can be drawn any more, or nothing else would come. */
export const broken = signal(false);

export function watchForFaults(): void {
  const stumbled = (): void => {
    if (phase.value.at === "loading") broken.value = true;
    else say({ text: t("stumbled"), bad: true });
  };
  addEventListener("error", (event) => {
    if (event.error) stumbled(); // what a browser only remarks upon comes without
  });
  addEventListener("unhandledrejection", stumbled);
}
