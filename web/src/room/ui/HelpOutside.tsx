import { t } from "../../shared/words";
import { overRoom } from "./bring";

/** On the screens of those who stand outside, or wait. */
export function HelpOutside() {
  const over = overRoom();
  return (
    <div class="help-outside">
      <p class="danger-note">{t("help-danger")}</p>
      {over && <over.Helplines />}
      {over && <over.Cards />}
    </div>
  );
}
