/** For who leads: a topic from those that come along, or an own one. */

import { signal, useSignal } from "@preact/signals";
import { t } from "../../shared/words";
import { prompts, setTopic } from "../leading";
import type { Prompt } from "../types";
import type { View } from "../view";

const LONGEST = 200;

// What is being written stays, wherever in the run sheet its place is next.
const own = signal("");

export function TopicTools({ here }: { here: View }) {
  const { topic, segment } = here.room;
  const offered = segment.offers.includes("topic");
  const chooses = useSignal(false);
  const there = useSignal<readonly Prompt[] | null>(null);
  const set = (text: string | null): void => {
    void setTopic(text).then((answer) => {
      if (!answer.ok) return;
      if (text === own.value.trim()) own.value = "";
      chooses.value = false;
    });
  };
  async function look(): Promise<void> {
    if (!there.value?.length) there.value = await prompts();
  }
  return (
    <div class="run-topic">
      {topic !== null && (
        <>
          <h3>{t("topic-now")}</h3>
          <blockquote class="words" dir="auto">
            {topic}
          </blockquote>
          <button type="button" class="small-button" onClick={() => set(null)}>
            {t("topic-off")}
          </button>
        </>
      )}
      <details
        class={offered && topic === null ? "offered" : undefined}
        open={chooses.value}
        onToggle={(event) => {
          chooses.value = event.currentTarget.open;
          if (chooses.value) void look();
        }}
      >
        <summary>{t(topic === null ? "topic-choose" : "topic-other")}</summary>
        <form
          class="ask"
          autocomplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            if (own.value.trim()) set(own.value.trim());
          }}
        >
          <label class="field">
            <span>{t("topic-own")}</span>
            <textarea rows={2} dir="auto" maxLength={LONGEST} value={own.value} onInput={(event) => (own.value = event.currentTarget.value)} />
          </label>
          <button type="submit" class="small-button" aria-disabled={own.value.trim() === ""}>
            {t("topic-set")}
          </button>
        </form>
        {there.value?.length === 0 && <p class="hint">{t("topics-missing")}</p>}
        <Subjects prompts={there.value ?? []} choose={set} />
      </details>
    </div>
  );
}

function Subjects({ prompts: all, choose }: { prompts: readonly Prompt[]; choose: (text: string) => void }) {
  const subjects = [...new Set(all.map((prompt) => prompt.subject))];
  return (
    <>
      {subjects.map((subject) => (
        <details key={subject} class="subject">
          <summary>
            <bdi>{subject}</bdi>
          </summary>
          {all
            .filter((prompt) => prompt.subject === subject)
            .map((prompt) => (
              <button type="button" key={prompt.title} class="item prompt" onClick={() => choose(prompt.text)}>
                <span>
                  <strong>
                    <bdi>{prompt.title}</bdi>
                  </strong>{" "}
                  <small>
                    <bdi>{prompt.text}</bdi>
                  </small>
                </span>
              </button>
            ))}
        </details>
      ))}
    </>
  );
}
