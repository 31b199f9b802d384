/** The private line of a call for help, at the moderators' end. */

import { useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { closeCallOf } from "../acts";
import { goneCallers } from "../callers";
import { takeCall } from "../leading";
import { lines, view } from "../session";
import { nameOf } from "../view";
import { Card, Cards } from "./Cards";
import { PrivateLine } from "./PrivateLine";
import { Sheet } from "./Sheet";

export function LineSheet({ call, name }: { call: string; name: string }) {
  const here = view.value;
  const told = useRef<HTMLDivElement>(null);
  const now = lines.value.calls.find((one) => one.call === call);
  if (!here) return null;
  const mine = now?.taken_by === here.you.seat;
  const state = !now
    ? t(goneCallers.value.some((one) => one.call === call) ? "line-caller-gone" : "line-gone")
    : now.taken_by === null
      ? t("line-state-waiting")
      : mine
        ? t("line-state-mine")
        : t("line-state-taken", { name: nameOf(here, now.taken_by) ?? "" });
  return (
    <Sheet title={t("line-with", { name: now?.name ?? name })}>
      <div ref={told} role="status" tabIndex={-1} class={now && !mine && now.taken_by === null ? "answer unheard" : "answer"}>
        <p>{state}</p>
      </div>
      {now?.taken_by === null && (
        <button type="button" class="primary" onClick={() => void takeCall(call)}>
          {t("call-take")}
        </button>
      )}
      <Card name="moderator" />
      <PrivateLine call={call} me={here.you.seat} open={now !== undefined} />
      <p class="hint">{t("line-not-kept")}</p>
      {now && (
        <p class="row end">
          {mine && (
            <button type="button" class="quiet" onClick={() => void takeCall(call, false).then(() => told.current?.focus())}>
              {t("give-back")}
            </button>
          )}
          <button type="button" class="quiet" onClick={() => void closeCallOf(call)}>
            {t("line-close")}
          </button>
        </p>
      )}
      <Cards />
    </Sheet>
  );
}
