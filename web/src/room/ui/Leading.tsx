/** Of the hour, what only those see who lead or serve: how to begin it, and the way to the run sheet. */

import { t } from "../../shared/words";
import { goTo } from "../acts";
import { Icon } from "./Icons";
import { panel } from "./sheets";

/** `planned`: there is an agenda to begin. */
export function BeforeTheStart({ planned }: { planned: boolean }) {
  return (
    <>
      <p class="hint">{t(planned ? "turns-before" : "turn-open")}</p>
      {planned && (
        <button type="button" class="primary" onClick={() => void goTo(0)}>
          {t("begin")}
        </button>
      )}
    </>
  );
}

export function RunSheetButton() {
  return (
    <button type="button" class="panel-button" aria-expanded={panel.value === "run"} onClick={() => (panel.value = panel.value === "run" ? null : "run")}>
      <Icon name="list" /> <span>{t("run-sheet")}</span>
    </button>
  );
}
