import { t } from "../../shared/words";
import { rare } from "./bring";
import { Helplines } from "./Helplines";

/** At a door that is open: a line that opens them. */
export function HelpNow() {
  return (
    <details class="help-now">
      <summary>{t("help-page-title")}</summary>
      <HelpOutside />
    </details>
  );
}

/** On the screens of those who stand outside, or wait. */
export function HelpOutside() {
  const later = rare();
  return (
    <div class="help-outside">
      <p class="danger-note">{t("help-danger")}</p>
      <Helplines heading="h2" />
      {later && <later.Cards />}
    </div>
  );
}
