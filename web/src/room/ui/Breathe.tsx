/** A calm minute: in, and out for longer. It asks for nothing and counts nothing. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../shared/words";
import { Icon } from "./Icons";
import { closeSheet, Sheet } from "./Sheet";
import { sheet } from "./sheets";

/** What to do, and for how many seconds. The style sheet moves the circle by the same times. */
const STEPS = [
  ["in", 4],
  ["hold", 1],
  ["out", 6],
  ["rest", 1],
] as const;

export function BreatheButton() {
  return (
    <button type="button" class="breathe-button" aria-haspopup="dialog" onClick={() => (sheet.value = { is: "breathe" })}>
      <Icon name="breathe" /> {t("breathe-open")}
    </button>
  );
}

export function BreatheSheet() {
  const step = useSignal(0);
  const [what, seconds] = STEPS[step.value] ?? STEPS[0];
  useEffect(() => {
    const next = setTimeout(() => (step.value = (step.value + 1) % STEPS.length), seconds * 1_000);
    return () => clearTimeout(next);
  }, [step.value]);
  return (
    <Sheet title={t("breathe")}>
      <p>{t("breathe-text")}</p>
      <div class={`breath ${what}`} aria-hidden="true">
        <span class="circle" />
        <span class="breath-word">{t(`breathe-${what}`)}</span>
      </div>
      <p class="hint">{t("breathe-more")}</p>
      <p class="row end">
        <button type="button" onClick={() => (sheet.value = { is: "help" })}>
          {t("help")}
        </button>
        <button type="button" class="primary" onClick={closeSheet}>
          {t("breathe-enough")}
        </button>
      </p>
    </Sheet>
  );
}
