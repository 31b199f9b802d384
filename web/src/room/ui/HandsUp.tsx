/** Among what needs who leads: hands that wait while the floor is free. */

import { t } from "../../shared/words";
import { giveFloor, may } from "../acts";
import { view } from "../session";
import { nameOf, takesTurns } from "../view";

/** Whose hand is the first of them, if any. */
export function handThatWaits(): string | undefined {
  const here = view.value;
  return here && !here.room.floor && may("lead") && takesTurns(here) ? here.room.hands[0] : undefined;
}

export function HandsUp() {
  const here = view.value;
  const next = handThatWaits();
  if (!here || next === undefined) return null;
  const name = next === here.you.seat ? t("next-you") : (nameOf(here, next) ?? t("somebody"));
  return (
    <div class="call">
      <h3>{t("hands-wait", { name, count: here.room.hands.length - 1 })}</h3>
      <p class="row">
        <button type="button" class="small-button primary" onClick={() => void giveFloor(next)}>
          {t("give-floor")}
        </button>
      </p>
    </div>
  );
}
