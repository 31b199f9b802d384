/** That nobody leads here at the moment, in calm words, and what follows from it; and to a successor, the offer to lead meanwhile. */

import { useSignal } from "@preact/signals";
import { atTime, t } from "../../shared/words";
import { may, stepIn } from "../acts";
import { view } from "../session";
import { sheet } from "./sheets";

export function Held() {
  const here = view.value;
  if (!here?.room.held) return null;
  if (may("step_in")) return <Offer />;
  const successor = here.room.seats.find((seat) => seat.hats.includes("successor") && !seat.away && seat.seat !== here.you.seat);
  return (
    <p class="line held" role="status">
      <strong>{t("held")}</strong> {t("held-turns")} {t("held-closes", { time: atTime(here.room.closes_at) })}
      {successor && <> {t("held-successor", { name: successor.name })}</>}{" "}
      <button type="button" class="link" aria-haspopup="dialog" onClick={() => (sheet.value = { is: "help" })}>
        {t("helplines-title")}
      </button>
    </p>
  );
}

function Offer() {
  const busy = useSignal(false);
  return (
    <div class="line held step-in" role="status">
      <p>
        <strong>{t("held")}</strong> {t("step-in-text")}
      </p>
      <button
        type="button"
        class="primary"
        aria-disabled={busy.value}
        onClick={async () => {
          if (busy.value) return;
          busy.value = true;
          await stepIn();
          busy.value = false;
        }}
      >
        {t("step-in")}
      </button>
    </div>
  );
}
