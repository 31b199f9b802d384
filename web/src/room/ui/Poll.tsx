/** A question that is asked of all: its answers, and when it is counted, the totals. Who answered what is nobody's to see. */

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../shared/words";
import { may } from "../acts";
import { view } from "../session";
import type { Poll, PollResult } from "../types";
import { vote, voting } from "../vote";
import { Icon } from "./Icons";
import { byKeyboard, sheet } from "./sheets";
import { Clock } from "./Turns";

const STEPS = [0, 1, 2, 3, 4];

/** The poll whose result I have put away for myself. */
const putAway = signal<number | null>(null);

export function questionOf({ kind, question }: Poll): string {
  if (question) return question;
  return t(kind === "agree" ? "poll-agree" : "poll-scale");
}

/** What can be answered, in words, in the order of the numbers that stand for it. */
export function answersOf({ kind, options }: Poll): readonly string[] {
  switch (kind) {
    case "choice":
      return options;
    case "scale":
      return STEPS.map((step) => String(step + 1));
    case "agree":
      return [t("poll-agree-yes"), t("poll-agree-no")];
    case "hands":
      return [t("poll-hands-yes"), t("poll-hands-no")];
  }
}

export function PollCard() {
  const here = view.value;
  const poll = here?.room.poll ?? null;
  const shown = poll && putAway.value !== poll.poll ? poll : null;
  const answered = here?.you.voted === shown?.poll;
  const asks = shown?.result === null && may("vote") && !answered;
  return (
    <div class={`poll-place${shown ? " full" : ""}${asks ? " unanswered" : ""}`}>
      <p role="status" class="unseen">
        {shown && t(shown.result ? "poll-told-result" : "poll-told", { question: questionOf(shown) })}
      </p>
      {shown && <Card key={shown.poll} poll={shown} answered={answered} asks={asks} />}
    </div>
  );
}

function Card({ poll, answered, asks }: { poll: Poll; answered: boolean; asks: boolean }) {
  const card = useRef<HTMLElement>(null);
  const within = useRef(false);
  const open = poll.result === null;
  useEffect(() => {
    // The button that was pressed is gone: the keyboard goes on from the card.
    if (!asks && within.current && document.activeElement === document.body && byKeyboard.matches) card.current?.focus();
  }, [asks]);
  return (
    <section class={asks ? "poll" : "poll told"} aria-labelledby="poll-question" tabIndex={-1} ref={card} onFocusIn={() => (within.current = true)}>
      <header class="poll-head">
        <h2 id="poll-question">
          <bdi>{questionOf(poll)}</bdi>
        </h2>
        {open && poll.ends_at !== null && <Clock until={poll.ends_at} />}
        {!open && (
          <button type="button" class="quiet square" aria-label={t("poll-hide")} title={t("poll-hide")} onClick={() => (putAway.value = poll.poll)}>
            <Icon name="close" />
          </button>
        )}
      </header>
      {poll.result ? (
        <Result poll={poll} result={poll.result} />
      ) : asks ? (
        <Answers poll={poll} />
      ) : (
        <p class="hint">{[answered ? t("poll-counted") : "", t("poll-voted", { count: poll.voted })].join(" ").trim()}</p>
      )}
    </section>
  );
}

function Answers({ poll }: { poll: Poll }) {
  const sending = voting.value === poll.poll;
  const choose = (choice: number) => () => void (!sending && vote(poll.poll, choice));
  return (
    <>
      <p class="totals" id="poll-totals">
        {t(sending ? "poll-sending" : "poll-totals")}
      </p>
      <div class={`answers ${poll.kind}`} role="group" aria-labelledby="poll-question" aria-describedby="poll-totals">
        {answersOf(poll).map((answer, choice) => (
          <button type="button" key={choice} class="poll-answer" aria-disabled={sending} aria-label={stepLabel(poll, choice)} onClick={choose(choice)}>
            <bdi>{answer}</bdi>
          </button>
        ))}
      </div>
      {poll.kind === "scale" && <Ends poll={poll} />}
      {poll.kind === "agree" && (
        <p class="poll-more">
          <button type="button" class="link" onClick={() => (sheet.value = { is: "about" })}>
            {t("poll-read-guidelines")}
          </button>
        </p>
      )}
    </>
  );
}

function ends(poll: Poll): readonly [string, string] {
  return poll.question ? [t("scale-low"), t("scale-high")] : [t("scale-hard"), t("scale-well")];
}

function stepLabel(poll: Poll, choice: number): string | undefined {
  if (poll.kind !== "scale" || (choice !== 0 && choice !== STEPS.length - 1)) return undefined;
  return `${choice + 1}, ${ends(poll)[choice === 0 ? 0 : 1]}`;
}

function Ends({ poll }: { poll: Poll }) {
  const [low, high] = ends(poll);
  return (
    <p class="scale-ends" aria-hidden="true">
      <span>{low}</span>
      <span>{high}</span>
    </p>
  );
}

export function Result({ poll, result }: { poll: Poll; result: PollResult }) {
  const answers = answersOf(poll);
  if ("few" in result) return <p>{t("poll-few")}</p>;
  if ("nearly_all" in result) {
    return (
      <p class="nearly-all">
        <Icon name="check" />
        <span>
          {t("poll-nearly-all")} <bdi>{answers[result.nearly_all]}</bdi>
        </span>
      </p>
    );
  }
  const most = Math.max(1, ...result.counts);
  return (
    <ul class={`counts ${poll.kind}`}>
      {answers.map((answer, choice) => {
        const count = result.counts[choice] ?? 0;
        return (
          <li key={choice}>
            <span class="counted">
              <bdi>{stepLabel(poll, choice) ?? answer}</bdi>
            </span>
            <svg class="bar" aria-hidden="true" focusable="false">
              <rect width="100%" height="100%" rx="3" class="ground" />
              <rect width={`${(count / most) * 100}%`} height="100%" rx="3" />
            </svg>
            <b>{count}</b>
          </li>
        );
      })}
    </ul>
  );
}
