/** Announcing a milestone of one's own. */

import { useSignal } from "@preact/signals";
import { t } from "../../shared/words";
import { say } from "../acts";
import { askAgain } from "../again";
import { newId } from "../outbox";
import type { MilestoneKind } from "../types";
import { Notice } from "./Parts";
import { closeSheet, Sheet } from "./Sheet";
import { sheet } from "./sheets";
import { useWhy } from "./why";

const MOST: Record<MilestoneKind, number> = { first: 0, again: 0, days: 999, months: 99, years: 99 };
const KINDS = Object.keys(MOST) as MilestoneKind[];

export function MilestoneSheet() {
  const what = useSignal<MilestoneKind | null>(null);
  const number = useSignal("");
  const refused = useSignal("");
  const busy = useSignal(false);
  const { text: why } = useWhy(null);
  const id = useSignal(newId());
  const most = what.value === null ? 0 : MOST[what.value];
  const count = Number(number.value);
  const counted = most > 0;
  const ready = !why && !busy.value && what.value !== null && (!counted || (Number.isInteger(count) && count >= 1 && count <= most));

  async function announce(event: Event): Promise<void> {
    event.preventDefault();
    if (!ready) return;
    busy.value = true;
    const answer = await askAgain("milestone", { id: id.value, kind: what.value, ...(counted && { count }) });
    busy.value = false;
    const open = sheet.value?.is === "milestone";
    if (answer?.ok && open) closeSheet();
    else if (answer && !answer.ok) {
      if (open) refused.value = answer.message;
      else say({ text: answer.message, bad: true });
    }
  }

  return (
    <Sheet title={t("announce-title")}>
      <form autocomplete="off" onSubmit={(event) => void announce(event)}>
        <p>{t("announce-text")}</p>
        {why && (
          <p class="why calm" role="status">
            {t("announce-later")}
          </p>
        )}
        <fieldset class="choice milestones">
          <legend class="unseen">{t("announce-title")}</legend>
          {KINDS.map((kind) => (
            <div key={kind} class="milestone-kind">
              <label>
                <input type="radio" name="milestone" checked={what.value === kind} onChange={() => (what.value = kind)} />
                <span>{t(`announce-say-${kind}`)}</span>
              </label>
              {MOST[kind] > 0 && (
                <input
                  class="milestone-count"
                  aria-label={t(`announce-count-${kind}`)}
                  inputMode="numeric"
                  maxLength={String(MOST[kind]).length}
                  value={what.value === kind ? number.value : ""}
                  onInput={(event) => {
                    what.value = kind;
                    number.value = event.currentTarget.value;
                  }}
                />
              )}
            </div>
          ))}
        </fieldset>
        <Notice text={refused.value} />
        <p class="row end">
          <button type="button" onClick={closeSheet}>
            {t("cancel")}
          </button>
          <button type="submit" class="primary" aria-disabled={!ready}>
            {t(busy.value ? "announce-doing" : "announce-do")}
          </button>
        </p>
      </form>
    </Sheet>
  );
}
