/** First messages that wait for those who lead: shown as long as they wait. */

import { atTime, t } from "../../shared/words";
import { mayActOn } from "../acts";
import { firsts, type First } from "../firsts";
import { answerFirst } from "../leading";
import { now } from "./clock";
import { panel, sheet } from "./sheets";

const SHOWN_FOR_MS = 45_000; // twice as long as it takes until it is shown again

/** Of those who are there yet; who wrote first comes first. */
export function firstMessages(): readonly First[] {
  return firsts.value.filter((one) => now.value - one.shown < SHOWN_FOR_MS).sort((a, b) => a.since - b.since);
}

/** In the room itself: whoever wrote it waits, and a panel can be closed. */
export function FirstMessagesWait() {
  if (firstMessages().length === 0) return null;
  const look = (): void => {
    panel.value = "tools";
    requestAnimationFrame(() => document.querySelector(".first-message")?.scrollIntoView({ block: "nearest" }));
  };
  return (
    <p class="line" role="status">
      {t("first-waits")}{" "}
      <button type="button" class="small-button" onClick={look}>
        {t("first-look")}
      </button>
    </p>
  );
}

export function FirstMessages() {
  return (
    <div role="status">
      {firstMessages().map((one) => (
        <article key={one.seat} class="call first-message">
          <h3>{t("first-of", { name: one.name })}</h3>
          <time dateTime={new Date(one.since).toISOString()}>{atTime(one.since)}</time>
          {one.warning && (
            <p class="hint" dir="auto">
              {one.warning}
            </p>
          )}
          <p class="words" dir="auto">
            {one.text}
          </p>
          <p class="row">
            <button type="button" class="primary small-button" onClick={() => void answerFirst(one.seat, one.id, true)}>
              {t("first-let-through")}
            </button>
            <button type="button" class="small-button" onClick={() => void answerFirst(one.seat, one.id, false)}>
              {t("first-not-this")}
            </button>
            {mayActOn(one.seat) && (
              <button
                type="button"
                class="small-button danger"
                onClick={() => (sheet.value = { is: "remove", seat: one.seat, name: one.name, retract: true, ban: false })}
              >
                {t("remove")}
              </button>
            )}
          </p>
        </article>
      ))}
    </div>
  );
}
