/** The sheet for help, of the one who needs it: with numbers to call and a private line. At its other end is `LineSheet.tsx`. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { closeCallOf } from "../acts";
import { connection, lines, me, view } from "../session";
import { Cards, Helplines } from "./Helplines";
import { Notice } from "./Parts";
import { PrivateLine } from "./PrivateLine";
import { Sheet } from "./Sheet";
import { unread } from "./sheets";

interface Heard {
  heard_by: number;
  contact?: string;
}

export function HelpSheet() {
  const heard = useSignal<Heard | null>(null);
  const { mine, last, written } = lines.value;
  const seen = written[mine?.call ?? last]?.length ?? 0;
  useEffect(() => {
    unread.value = 0;
  }, [seen]);
  return (
    <Sheet title={t("help-title")}>
      <p class="danger-note">{t("help-danger")}</p>
      {mine ? <OwnLine heard={heard.value} /> : <CallForm closed={last !== "" && seen > 0 ? last : ""} done={(answer) => (heard.value = answer)} />}
      <Cards />
    </Sheet>
  );
}

function CallForm({ closed, done }: { closed: string; done: (heard: Heard) => void }) {
  const words = useSignal("");
  const refused = useSignal("");
  const busy = useSignal(false);
  return (
    <form
      class="call-form"
      onSubmit={async (event) => {
        event.preventDefault();
        if (busy.value) return;
        busy.value = true;
        const text = words.value.trim();
        const answer = await connection.ask<Heard>("help", text ? { text } : {});
        busy.value = false;
        refused.value = answer.ok ? "" : answer.message || t("error-no-answer");
        if (answer.ok) done(answer);
      }}
    >
      <h3>{t("help-call-title")}</h3>
      {closed && (
        <>
          <PrivateLine call={closed} me={me()} open={false} />
          <p role="status">{t("line-closed")}</p>
        </>
      )}
      <p>{t("help-text")}</p>
      <label class="field">
        <span>{t("help-field")}</span>
        <textarea
          rows={2}
          dir="auto"
          maxLength={2_000}
          autocomplete="off"
          spellcheck={false}
          value={words.value}
          onInput={(event) => (words.value = event.currentTarget.value)}
        />
      </label>
      <Notice text={refused.value} />
      <p class="row end">
        <button type="submit" class="primary" aria-disabled={busy.value}>
          {t("help-send")}
        </button>
      </p>
      <Helplines />
    </form>
  );
}

function OwnLine({ heard }: { heard: Heard | null }) {
  const { mine } = lines.value;
  const top = useRef<HTMLElement>(null);
  useEffect(() => {
    top.current?.scrollIntoView({ block: "start" }); // the answer stands where the form was, and the form was longer
  }, []);
  if (!mine) return null;
  const taken = mine.state === "taken";
  const nobody = !taken && (moderators() ?? heard?.heard_by ?? 1) === 0;
  return (
    <section class="own-line" ref={top}>
      <h3>{t("line-title")}</h3>
      <div role="status" class={nobody ? "answer unheard" : "answer"}>
        <p>{taken ? t("line-taken") : nobody ? t("line-nobody") : heard?.heard_by ? t("line-waiting", { count: heard.heard_by }) : t("line-waiting-some")}</p>
        {nobody && heard?.contact && <p>{t("help-contact", { contact: heard.contact })}</p>}
      </div>
      {nobody && <Helplines />}
      <PrivateLine call={mine.call} me={me()} open />
      <p class="row end">
        <button type="button" class="quiet" onClick={() => void closeCallOf(mine.call)}>
          {t("line-close")}
        </button>
      </p>
      {!nobody && <Helplines />}
    </section>
  );
}

/** How many others who moderate are there; null in the lobby, where that is not seen. */
function moderators(): number | null {
  const here = view.value;
  if (!here) return null;
  return here.room.seats.filter((one) => (one.role === "facilitator" || one.role === "moderator") && !one.away && one.seat !== here.you.seat).length;
}
