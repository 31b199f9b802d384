/** For oneself alone: larger text, and a minute to breathe. */

import { t } from "../../shared/words";
import { size, SIZES } from "../comfort";
import { BreatheButton } from "./Breathe";
import { Sheet } from "./Sheet";

export function ComfortSheet() {
  return (
    <Sheet title={t("comfort")}>
      <Sizes />
      <BreatheButton />
    </Sheet>
  );
}

export function Sizes() {
  return (
    <>
      <fieldset class="sizes">
        <legend>{t("size")}</legend>
        {SIZES.map((one, at) => (
          <label key={one}>
            <input type="radio" name="size" checked={size.value === one} aria-label={t("size-percent", { percent: one })} onChange={() => (size.value = one)} />
            <span aria-hidden="true" class={`size-${at}`}>
              {t("size-letter")}
            </span>
          </label>
        ))}
      </fieldset>
      <p class="hint">{t("comfort-only-you")}</p>
    </>
  );
}
