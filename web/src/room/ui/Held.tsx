/** That nobody leads here at the moment, in calm words, and what follows from it. */

import { atTime, t } from "../../shared/words";
import { view } from "../session";

export function Held() {
  const room = view.value?.room;
  if (!room?.held) return null;
  return (
    <p class="line held" role="status">
      <strong>{t("held")}</strong> {t("held-turns")} {t("held-closes", { time: atTime(room.closes_at) })}
    </p>
  );
}
