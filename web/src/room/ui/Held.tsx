/** That nobody leads here at the moment, in calm words, and what follows from it. */

import { atTime, t } from "../../shared/words";
import { view } from "../session";
import { sheet } from "./sheets";

export function Held() {
  const room = view.value?.room;
  if (!room?.held) return null;
  return (
    <p class="line held" role="status">
      <strong>{t("held")}</strong> {t("held-turns")} {t("held-closes", { time: atTime(room.closes_at) })}{" "}
      <button type="button" class="link" aria-haspopup="dialog" onClick={() => (sheet.value = { is: "help" })}>
        {t("helplines-title")}
      </button>
    </p>
  );
}
