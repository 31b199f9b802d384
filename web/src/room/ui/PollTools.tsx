/** For who leads: a question to all, counted when they say so. */

import { signal, useSignal } from "@preact/signals";
import { t } from "../../shared/words";
import { clearPoll, closePoll, startPoll, type Question } from "../leading";
import type { Poll, PollKind } from "../types";
import type { View } from "../view";
import { Notice } from "./Parts";
import { questionOf, Result } from "./Poll";

const LONGEST = 200;
const LONGEST_OPTION = 80;
const MOST_OPTIONS = 8;
const KINDS = ["hands", "choice", "scale"] as const satisfies readonly PollKind[];

export function PollTools({ here }: { here: View }) {
  const { poll, segment } = here.room;
  if (poll) return <Running poll={poll} />;
  const agree = segment.offers.includes("agree");
  return (
    <div class="run-poll">
      {agree && <Agree />}
      <details>
        <summary>{t("ask-all")}</summary>
        {!agree && <Agree />}
        <Ask />
      </details>
    </div>
  );
}

function Running({ poll }: { poll: Poll }) {
  return (
    <div class="run-poll running">
      <h3>
        <bdi>{questionOf(poll)}</bdi>
      </h3>
      <p class="hint" role="status">
        {t("poll-voted", { count: poll.voted })}
      </p>
      {poll.result ? (
        <>
          <Result poll={poll} result={poll.result} />
          <button type="button" class="small-button" onClick={() => void clearPoll(poll.poll)}>
            {t("poll-clear")}
          </button>
        </>
      ) : (
        <button type="button" class="primary" onClick={() => void closePoll(poll.poll)}>
          {t("poll-close")}
        </button>
      )}
    </div>
  );
}

function Agree() {
  const refused = useSignal("");
  return (
    <>
      <button
        type="button"
        class="small-button ask-agree"
        onClick={async () => {
          refused.value = await startPoll({ kind: "agree" });
        }}
      >
        {t("ask-agree")}
      </button>
      <Notice text={refused.value} />
    </>
  );
}

// What is being written stays, wherever in the run sheet its place is next.
const kind = signal<(typeof KINDS)[number]>("hands");
const question = signal("");
const options = signal<readonly string[]>(["", ""]);

function Ask() {
  const refused = useSignal("");
  const asked = question.value.trim();
  const given = [...new Set(options.value.map((option) => option.trim()).filter(Boolean))];
  const ready = kind.value === "scale" || (asked !== "" && (kind.value === "hands" || given.length > 1));

  async function ask(event: Event): Promise<void> {
    event.preventDefault();
    if (!ready) return;
    const what: Question = { kind: kind.value, ...(asked && { question: asked }), ...(kind.value === "choice" && { options: given }) };
    refused.value = await startPoll(what);
    if (refused.value) return;
    question.value = "";
    options.value = ["", ""];
  }

  function setOption(at: number, text: string): void {
    options.value = options.value.map((option, one) => (one === at ? text : option));
  }

  return (
    <form class="ask" autocomplete="off" onSubmit={(event) => void ask(event)}>
      <label class="field">
        <span>{t("ask-kind")}</span>
        <select value={kind.value} onChange={(event) => (kind.value = KINDS[event.currentTarget.selectedIndex] ?? "hands")}>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`ask-kind-${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t(kind.value === "scale" ? "ask-question-scale" : "ask-question")}</span>
        <textarea rows={2} dir="auto" maxLength={LONGEST} value={question.value} onInput={(event) => (question.value = event.currentTarget.value)} />
      </label>
      {kind.value === "choice" && (
        <fieldset class="field">
          <legend>{t("ask-options")}</legend>
          {options.value.map((option, at) => (
            <input
              key={at}
              dir="auto"
              maxLength={LONGEST_OPTION}
              aria-label={t("ask-option", { number: at + 1 })}
              placeholder={t("ask-option", { number: at + 1 })}
              value={option}
              onInput={(event) => setOption(at, event.currentTarget.value)}
            />
          ))}
          {options.value.length < MOST_OPTIONS && (
            <button type="button" class="small-button quiet" onClick={() => (options.value = [...options.value, ""])}>
              {t("ask-option-more")}
            </button>
          )}
        </fieldset>
      )}
      <Notice text={refused.value} />
      <button type="submit" class="small-button" aria-disabled={!ready}>
        {t("ask")}
      </button>
    </form>
  );
}
