/** Own words on their way, and those that did not get there. */

import { atDayTime, t } from "../../shared/words";
import { connection, draft, outbox, replyTo, setDraft, skew, view } from "../session";
import type { Outgoing } from "../outbox";
import { secondsUntil } from "./clock";

const SHORT = 2; // seconds that are not worth a word

export function Unsent() {
  const here = view.value;
  const name = here?.you.name ?? "";
  const last = here?.log[here.log.length - 1];
  // In one's turn they stand in the share already, so that nothing moves when they have arrived.
  const share = here !== null && here.room.floor?.seat === here.you.seat && outbox.items.value.length > 0;
  const goesOn = last?.kind === "message" && last.share > 0 && last.seat === here?.you.seat;
  return (
    <div class={share ? `share own ${goesOn ? "goes-on" : ""}`.trim() : "unsent"}>
      {outbox.items.value.map((item) => (
        <article key={item.id} class={`message own opens ${item.state}`} aria-label={t("message-of", { name })}>
          <header class="by">
            <bdi class="name">{name}</bdi>
            <span class="role-tag">{t("you")}</span>
            {item.state === "pending" && <span>{status(item)}</span>}
          </header>
          <div class="bubble">
            <p class="words" dir="auto">
              {item.text}
            </p>
          </div>
          {item.state === "pending" && item.why && (
            <p class="hint" role="status">
              {item.why}
            </p>
          )}
          {item.state === "failed" && <Failed item={item} />}
          {item.state === "pending" && (item.why || waits(item) > SHORT) && (
            <p class="row end">
              <Undo item={item} />
            </p>
          )}
        </article>
      ))}
    </div>
  );
}

function waits(item: Outgoing): number {
  return item.after === undefined ? 0 : secondsUntil(item.after + skew.value);
}

function status(item: Outgoing): string {
  if (connection.wire.value !== "up") return t("status-waiting");
  const wait = waits(item);
  if (item.why) return t("status-first");
  return wait > SHORT ? t("status-goes-in", { seconds: wait }) : t("status-pending");
}

function Failed({ item }: { item: Outgoing }) {
  const wait = waits(item);
  const why = [t("status-failed"), item.why].join(" ");
  return (
    <div class="failed-why">
      <p role="alert">{why}</p>
      <p class="row">
        <button type="button" class="small-button" aria-disabled={wait > 0} onClick={() => wait === 0 && outbox.retry(item.id)}>
          {wait > 90 ? `${t("retry")} · ${atDayTime(item.after ?? 0)}` : wait > 0 ? t("retry-in", { seconds: wait }) : t("retry")}
        </button>
        <Undo item={item} />
      </p>
    </div>
  );
}

function Undo({ item }: { item: Outgoing }) {
  return (
    <>
      <button
        type="button"
        class="small-button"
        onClick={() => {
          const before = draft.value.text;
          setDraft({ text: before ? `${item.text}\n${before}` : item.text, warning: item.warning ?? draft.value.warning });
          replyTo.value = item.reply_to ?? replyTo.value;
          outbox.drop(item.id);
        }}
      >
        {t("edit")}
      </button>
      <button type="button" class="small-button quiet" onClick={() => outbox.drop(item.id)}>
        {t("throw-away")}
      </button>
    </>
  );
}
