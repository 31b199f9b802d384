/** Where we are in the hour, whose turn it is and who is next; and by the message box, what one can do about it. */

import { useComputed } from "@preact/signals";
import { t } from "../../shared/words";
import { endTurn, lowerHand, may, raiseHand, welcomeReplies } from "../acts";
import { serverNow, view } from "../session";
import type { Part, Snapshot } from "../types";
import { find, mayReply, nameOf, takesTurns, type View } from "../view";
import { meetingLeft, now, secondsUntil, speed } from "./clock";
import { hostTools } from "./bring";
import { Icon } from "./Icons";
import { memo } from "./memo";
import { Switch } from "./Parts";
import { byKeyboard, sheet } from "./sheets";
import { TopicLine } from "./Topic";

const NAMED = 3; // of those who are next
const LONGEST_REPLY = 500; // to a share: a word of thanks, no share of one’s own

/** Whether there is anything to lead through: one part in which everybody writes is no agenda. */
export function hasAgenda({ agenda }: Snapshot): boolean {
  return agenda.length > 1 || agenda.some((part) => part.mode !== "open");
}

export function Turns() {
  const here = view.value;
  if (!here) return null;
  const { agenda, segment, hands, topic, held } = here.room;
  const leads = may("lead");
  const serves = may("keep_time") || may("read");
  const tools = leads || serves ? hostTools() : null;
  const planned = hasAgenda(here.room);
  if ((!planned || segment.index < 0) && !held) {
    if (!leads && !(serves && planned) && topic === null) return null;
    return (
      <section class={planned || topic !== null ? "turns before" : "turns bare"} aria-label={t("turns-label")}>
        {leads && tools && <tools.BeforeTheStart planned={planned} />}
        {serves && tools && <tools.RunSheetButton />}
        {topic !== null && <TopicLine topic={topic} />}
      </section>
    );
  }
  return (
    <section class="turns" aria-label={t("turns-label")}>
      <div class="turns-lines">
        {agenda.length > 1 && segment.index >= 0 && (
          <>
            <PartLine room={here.room} />
            <Timeline agenda={agenda} index={segment.index} endsAt={segment.ends_at} />
          </>
        )}
        <div class="turn-line">
          <WhoseTurn here={here} />
          {(takesTurns(here) || hands.length > 0) && <NextUp here={here} />}
        </div>
        {topic !== null && <TopicLine topic={topic} />}
      </div>
      {serves && tools && <tools.RunSheetButton />}
    </section>
  );
}

/** The present part: its title, which of all it is, and how long it takes yet. */
export function PartLine({ room: { agenda, segment } }: { room: Snapshot }) {
  return (
    <p class="part-line">
      <strong class="part-title">
        <bdi>{segment.title}</bdi>
      </strong>
      <PartOf agenda={agenda} index={segment.index} />
      <PartLeft endsAt={segment.ends_at} />
    </p>
  );
}

function PartOf({ agenda, index }: { agenda: readonly Part[]; index: number }) {
  const count = agenda.filter((part) => !part.after).length;
  return <span>{agenda[index]?.after ? t("part-after") : t("part-of", { part: index + 1, count })}</span>;
}

function PartLeft({ endsAt }: { endsAt: number }) {
  const minutes = useComputed(() => {
    const left = meetingLeft(view.value?.room.segment.ends_at ?? endsAt) / 60_000;
    return left > 0 ? Math.max(1, Math.round(left)) : Math.trunc(left) - 1;
  }).value;
  const text = minutes > 0 ? t("part-left", { minutes }) : minutes === -1 ? t("part-over-now") : t("part-over", { minutes: -1 - minutes });
  return <span class={minutes > 0 ? "part-left" : "part-left over"}>{text}</span>;
}

/** A picture of what the line above it says. */
function Timeline({ agenda, index, endsAt }: { agenda: readonly Part[]; index: number; endsAt: number }) {
  const minutes = agenda[index]?.minutes ?? 0;
  const left = useComputed(() => Math.max(0, Math.ceil(meetingLeft(view.value?.room.segment.ends_at ?? endsAt) / 15_000) * 15_000)).value;
  const gone = minutes > 0 ? Math.min(100, Math.max(0, 100 - left / (minutes * 600))) : 0;
  return <Bars agenda={agenda} index={index} gone={Math.round(gone)} />;
}

const GAP = 0.7; // percent of the width, between two parts

const Bars = memo(({ agenda, index, gone }: { agenda: readonly Part[]; index: number; gone: number }) => {
  const all = agenda.reduce((sum, part) => sum + Math.max(1, part.minutes), 0);
  let before = 0;
  return (
    <svg class="timeline" aria-hidden="true" focusable="false">
      {agenda.map((part, at) => {
        const x = (before / all) * 100;
        before += Math.max(1, part.minutes);
        const width = Math.max(0.5, (before / all) * 100 - x - (at < agenda.length - 1 ? GAP : 0));
        const kind = at < index ? "past" : at === index ? "current" : part.after ? "after" : "ahead";
        return (
          <g key={at} class={kind}>
            <rect x={`${x}%`} y="0.5" width={`${width}%`} height="5" rx="1.5" />
            {at === index && <rect class="gone" x={`${x}%`} y="0.5" width={`${(width * gone) / 100}%`} height="5" rx="1.5" />}
          </g>
        );
      })}
    </svg>
  );
});

function WhoseTurn({ here }: { here: View }) {
  const { segment, floor } = here.room;
  const until = segment.mode === "silence" ? segment.ends_at : (floor?.ends_at ?? null);
  return (
    <p class={floor?.seat === here.you.seat ? "whose own" : "whose"}>
      <span role="status" class="whose-words">
        {whose(here)}
      </span>
      {until !== null && <Clock until={until} />}
    </p>
  );
}

export function whose(here: View): string {
  const { segment, floor, frozen } = here.room;
  if (frozen && !floor) return t("box-why-frozen");
  if (segment.mode === "open") return t("turn-open");
  if (segment.mode === "silence") return t("turn-silence");
  if (floor) return floor.seat === here.you.seat ? t("turn-yours") : t("turn-of", { name: nameOf(here, floor.seat) ?? t("somebody") });
  return t(segment.mode === "speaker" ? "turn-hosts" : "turn-free");
}

/** Counts down by the meeting's time. Not read out each second. */
export function Clock({ until }: { until: number }) {
  // A clock that begins does not wait for the next second. In a rehearsal the beat is fast enough, and all clocks are to show the same.
  const at = speed.value > 1 ? now.value : Math.max(now.value, serverNow());
  const seconds = Math.max(0, Math.ceil(((until - at) * speed.value) / 1_000));
  return (
    <span class="clock" role="timer" aria-live="off" aria-label={t("clock-label")}>
      {`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`}
    </span>
  );
}

function NextUp({ here }: { here: View }) {
  const { hands } = here.room;
  if (hands.length === 0) return <p class="next-up">{t("next-nobody")}</p>;
  const named = hands.slice(0, NAMED);
  const more = hands.length - named.length;
  return (
    <p class="next-up">
      <span class="next-names">
        {t("next-up")}{" "}
        {named.map((seat, at) => (
          <span key={seat}>
            {at > 0 && ", "}
            <bdi>{seat === here.you.seat ? t("next-you") : (nameOf(here, seat) ?? t("somebody"))}</bdi>
          </span>
        ))}
      </span>
      {more > 0 && <span> {t("next-more", { count: more })}</span>}
    </p>
  );
}

// --- by the message box

/** Typed exactly, these are commands, also when it is not one's turn. */
const TYPED = new Set(["!", "?", "done", "ga", "pass"]);

export function isTyped(text: string): boolean {
  return TYPED.has(text.trim().toLowerCase());
}

/** Why the message box waits for a turn, or an empty string; the clock of a silence; how long a reply may be. */
export function whyNotMyTurn(here: View, replyTo: string | null): { text: string; until?: number; longest?: number } {
  const { you, room } = here;
  const { segment, floor, hands } = room;
  switch (segment.mode) {
    case "open":
      return { text: "" };
    case "silence":
      return { text: t("box-why-silence"), until: segment.ends_at };
    default:
  }
  if (floor?.seat === you.seat || (segment.mode === "speaker" && may("read"))) return { text: "" };
  const asked = replyTo === null ? undefined : find(here, replyTo);
  if (asked && mayReply(here, asked.seat)) return { text: "", longest: LONGEST_REPLY };
  if (floor) return { text: t("box-why-turn", { name: nameOf(here, floor.seat) ?? t("somebody") }) };
  if (segment.mode === "speaker") return { text: t("turn-hosts") };
  if (hands.includes(you.seat)) return { text: t("box-why-wait") };
  if (segment.mode === "round") return { text: t(hands.length > 0 ? "box-why-others" : "box-why-heard") };
  return { text: t("box-why-hand") };
}

const DRAWN_MS = 80;

/** The button that was pressed is gone, and another stands there: the keyboard goes on from it. */
export async function pressed(doing: Promise<unknown>): Promise<void> {
  await doing;
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(byKeyboard.matches ? ".turn-tools button, .composer textarea" : ".turn-tools button")?.focus();
  }, DRAWN_MS);
}

export function TurnTools() {
  const here = view.value;
  if (!here || !may("post")) return null;
  const { segment, floor, hands, questions } = here.room;
  const me = here.you.seat;
  if (floor?.seat === me && takesTurns(here)) return <MyTurn here={here} />;
  const place = hands.indexOf(me);
  if (segment.mode === "round") {
    if (place < 0) return null;
    return (
      <div class="turn-tools">
        {segment.asks && <Asks text={segment.asks} />}
        <p class="turn-words" role="status">
          {t("round-place", { before: place })}
        </p>
        <button type="button" class="small-button" onClick={() => void pressed(endTurn("pass"))}>
          {t("pass")}
        </button>
      </div>
    );
  }
  if (place >= 0) {
    return (
      <div class="turn-tools">
        <p class="turn-words" role="status">
          <Icon name={questions.includes(me) ? "question" : "hand"} />
          <span>{segment.mode === "open" ? t("hand-up") : t(questions.includes(me) ? "question-place" : "hand-place", { before: place })}</span>
        </p>
        <button type="button" class="small-button" onClick={() => void pressed(lowerHand())}>
          {t("hand-lower")}
        </button>
      </div>
    );
  }
  if (segment.mode === "open" || (segment.mode === "speaker" && may("read"))) return null;
  return (
    <div class="turn-tools">
      <button type="button" class="hand-button" onClick={() => void pressed(raiseHand("share"))}>
        <Icon name="hand" /> {t("hand-raise")}
      </button>
      <button type="button" class="hand-button" aria-haspopup="dialog" onClick={() => (sheet.value = { is: "question" })}>
        <Icon name="question" /> {t("question-raise")}
      </button>
    </div>
  );
}

function Asks({ text }: { text: string }) {
  return (
    <p class="asks">
      <bdi>{text}</bdi>
    </p>
  );
}

function MyTurn({ here }: { here: View }) {
  const { segment, floor } = here.room;
  const { sign } = here;
  const over = sign?.is === "clear" || (floor?.ends_at != null && secondsUntil(floor.ends_at) === 0);
  let words = "";
  if (over) words = t("sign-clear");
  else if (sign) words = t("sign-soft", { minutes: sign.left < 45_000 ? 0 : Math.max(1, Math.round(sign.left / 60_000)), seconds: Math.max(5, Math.round(sign.left / 5_000) * 5) });
  return (
    <div class="turn-tools mine">
      {segment.asks && <Asks text={segment.asks} />}
      <p class="turn-words" role="status" aria-live="polite">
        {words || t("turn-yours-words")}
      </p>
      <p class="turn-buttons">
        <button type="button" class="small-button" onClick={() => void pressed(endTurn("pass"))}>
          {t("pass")}
        </button>
        <button type="button" class="small-button done" onClick={() => void pressed(endTurn("done"))}>
          <Icon name="check" /> {t("done")}
        </button>
      </p>
      {segment.cross_talk && <Switch on={here.room.seats.some((seat) => seat.seat === here.you.seat && seat.welcomes)} label={t("replies-welcome")} change={welcomeReplies} />}
    </div>
  );
}
