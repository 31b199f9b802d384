/** One tap that stops everything, and is undone by one: in the room's head, and over whatever lies upon it. */

import { useEffect } from "preact/hooks";
import { t } from "../../shared/words";
import { freeze, may } from "../acts";
import { view } from "../session";
import { Icon } from "./Icons";

export function FreezeButton() {
  const frozen = view.value?.room.frozen;
  if (frozen === undefined || !may("freeze")) return null;
  return (
    <button type="button" class={frozen ? "freeze on" : "freeze"} title={t("freeze-hint")} aria-keyshortcuts="Alt+Shift+F Control+Shift+F" onClick={() => void freeze(!frozen)}>
      <Icon name={frozen ? "play" : "pause"} /> {t(frozen ? "unfreeze" : "freeze")}
    </button>
  );
}

/** Alt, Shift and F, or Control where Tor Browser hides Alt from pages: also from within the message box, or a sheet. */
export function useFreezeKey(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!(event.altKey || event.ctrlKey) || !event.shiftKey || event.code !== "KeyF" || event.repeat || !may("freeze")) return;
      event.preventDefault();
      void freeze(!view.value?.room.frozen);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
