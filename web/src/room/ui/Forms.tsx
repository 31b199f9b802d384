/** The sheets that ask for words: help, a question, report, remove, another name. */

import { useSignal } from "@preact/signals";
import { t } from "../../shared/words";
import { raiseHand } from "../acts";
import { connection, view } from "../session";
import { find } from "../view";
import { Icon } from "./Icons";
import { Notice } from "./Parts";
import { closeSheet, Sheet } from "./Sheet";
import { pressed } from "./Turns";

interface Heard {
  heard_by: number;
  contact?: string;
}

const LONGEST_QUESTION = 500;

interface AskProps {
  field: string;
  longest?: number;
  button: string;
  go: (words: string) => Promise<string>;
  heard: Heard | null;
  yes: string;
  no: string;
}

/** A field, a button, and then the answer in the same place. */
function Ask({ field, longest, button, go, heard, yes, no }: AskProps) {
  const words = useSignal("");
  const refused = useSignal("");
  const busy = useSignal(false);
  if (heard) {
    const reached = heard.heard_by > 0;
    return (
      <>
        <div role="status" class={reached ? "answer" : "answer unheard"}>
          <p>{reached ? yes : no}</p>
          {!reached && heard.contact && <p>{t("help-contact", { contact: heard.contact })}</p>}
        </div>
        <p class="row end">
          <button type="button" class="primary" onClick={closeSheet}>
            {t("close")}
          </button>
        </p>
      </>
    );
  }
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        if (busy.value) return;
        busy.value = true;
        refused.value = await go(words.value.trim());
        busy.value = false;
      }}
    >
      <label class="field">
        <span>{field}</span>
        <textarea
          rows={3}
          dir="auto"
          maxLength={longest}
          autocomplete="off"
          spellcheck={false}
          value={words.value}
          onInput={(event) => (words.value = event.currentTarget.value)}
        />
      </label>
      <Notice text={refused.value} />
      <p class="row end">
        <button type="button" onClick={closeSheet}>
          {t("cancel")}
        </button>
        <button type="submit" class="primary" aria-disabled={busy.value}>
          {button}
        </button>
      </p>
    </form>
  );
}

/** With a raised hand, for everyone; or in writing, to those who lead, under nobody's name. */
export function QuestionSheet() {
  const heard = useSignal<Heard | null>(null);
  return (
    <Sheet title={t("question-raise")}>
      {heard.value === null && (
        <>
          <p>{t("question-by-hand-text")}</p>
          <button
            type="button"
            class="primary"
            onClick={() => {
              closeSheet();
              void pressed(raiseHand("question"));
            }}
          >
            <Icon name="hand" /> {t("question-by-hand")}
          </button>
          <hr />
          <p>{t("question-text")}</p>
        </>
      )}
      <Ask
        field={t("question-field")}
        longest={LONGEST_QUESTION}
        button={t("question-send")}
        heard={heard.value}
        yes={t("question-heard")}
        no={t("question-unheard")}
        go={async (text) => {
          if (!text) return t("question-empty");
          const answer = await connection.ask<Heard>("question", { text });
          if (!answer.ok) return answer.message;
          heard.value = answer;
          return "";
        }}
      />
    </Sheet>
  );
}

export function ReportSheet({ id }: { id: string }) {
  const heard = useSignal<Heard | null>(null);
  const message = view.value && find(view.value, id);
  if (message?.kind !== "message") return null;
  return (
    <Sheet title={t("report-title")}>
      <blockquote class="quoted-message" dir="auto">
        {message.text}
      </blockquote>
      <p>{t("report-text", { name: message.name })}</p>
      <Ask
        field={t("report-reason")}
        button={t("report-send")}
        heard={heard.value}
        yes={t("report-heard")}
        no={t("report-unheard")}
        go={async (reason) => {
          const { text, proof } = message;
          const answer = await connection.ask<Heard>("report", { id, ...(proof ? { text, proof } : {}), ...(reason ? { reason } : {}) });
          if (!answer.ok) return answer.message;
          heard.value = answer;
          return "";
        }}
      />
    </Sheet>
  );
}
