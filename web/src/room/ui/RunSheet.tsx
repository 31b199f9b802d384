/** For who leads: the parts of the hour, the floor, the hands, and what is read out. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../shared/words";
import { giveFloor, goTo, say } from "../acts";
import { extendShare, giveSign, handDown, moveHand, putHandDown, scriptOf } from "../leading";
import { connection, draft, setDraft, view } from "../session";
import { nameOf, takesTurns, type View } from "../view";
import { Icon } from "./Icons";
import { PutAway, useFocusKept, usePutAway } from "./PutAway";
import { PollTools } from "./PollTools";
import { panel } from "./sheets";
import { Steps } from "./Steps";
import { TopicTools } from "./TopicTools";
import { Clock, hasAgenda, whose } from "./Turns";

const HANDS_SHOWN = 12;
export const SHARE_STEP = 60;

export function RunSheet() {
  const here = view.value;
  const kept = useFocusKept<HTMLElement>();
  if (!here) return null;
  const { segment, topic, poll } = here.room;
  const planned = hasAgenda(here.room);
  const begun = planned && segment.index >= 0;
  // What this part is for, or what is going on, stands in front.
  const topicFirst = segment.offers.includes("topic") && topic === null;
  const pollFirst = segment.offers.includes("agree") || poll !== null;
  return (
    <section class="part run-sheet" aria-labelledby="run-title" {...kept}>
      <h2 id="run-title" tabIndex={-1}>{t("run-sheet")}</h2>
      {planned && <Steps here={here} />}
      {pollFirst && <PollTools here={here} />}
      {topicFirst && <TopicTools here={here} />}
      {begun && takesTurns(here) && <TheFloor here={here} />}
      {(takesTurns(here) || here.room.hands.length > 0) && <Hands here={here} />}
      {begun && <Script key={`${here.epoch}-${segment.index}`} index={segment.index} />}
      {!topicFirst && <TopicTools here={here} />}
      {!pollFirst && <PollTools here={here} />}
      {planned && <Parts here={here} />}
    </section>
  );
}

function TheFloor({ here }: { here: View }) {
  const { floor } = here.room;
  return (
    <div class="run-floor">
      <p class="whose">
        <span class="whose-words">{whose(here)}</span>
        {floor?.ends_at != null && <Clock until={floor.ends_at} />}
      </p>
      {floor && (
        <p class="row">
          {floor.ends_at !== null && (
            <button type="button" class="small-button" onClick={() => void extendShare(SHARE_STEP)}>
              {t("share-more")}
            </button>
          )}
          <button type="button" class="small-button" onClick={() => void giveFloor(null)}>
            {t("take-floor")}
          </button>
        </p>
      )}
      <Signs here={here} />
    </div>
  );
}

/** To who shares, and to nobody else; not to oneself. */
export function Signs({ here }: { here: View }) {
  const { floor } = here.room;
  if (!floor || floor.seat === here.you.seat) return null;
  return (
    <div class="row" role="group" aria-label={t("signs")}>
      <button type="button" class="small-button" onClick={() => void giveSign("soft")}>
        {t("sign-give-soft")}
      </button>
      <button type="button" class="small-button" onClick={() => void giveSign("clear")}>
        {t("sign-give-clear")}
      </button>
    </div>
  );
}

function Hands({ here }: { here: View }) {
  const { hands, questions, floor, segment, seats } = here.room;
  const shown = hands.slice(0, HANDS_SHOWN);
  const called = takesTurns(here);
  const round = segment.mode === "round";
  const others = seats.filter((seat) => seat.seat !== floor?.seat && !hands.includes(seat.seat) && seat.role !== "listener" && !seat.away && !seat.muted);
  const name = (seat: string): string => (seat === here.you.seat ? t("next-you") : (nameOf(here, seat) ?? t("somebody")));
  return (
    <div class="hands">
      <h3>
        {t(round ? "hands-round" : "hands-title")} <span class="number">{hands.length}</span>
      </h3>
      {hands.length === 0 && <p class="hint">{t("next-nobody")}</p>}
      <ol>
        {shown.map((seat, at) => (
          <Hand key={seat} seat={seat} name={name(seat)} question={questions.includes(seat)} called={called} round={round} first={at === 0} last={at === hands.length - 1} />
        ))}
      </ol>
      {hands.length > shown.length && <p class="hint">{t("people-more", { count: hands.length - shown.length })}</p>}
      {called && others.length > 0 && (
        <details class="call-anyone">
          <summary>{t("call-anyone")}</summary>
          <ul>
            {others.map(({ seat }) => (
              <li key={seat} class="hand">
                <span class="who">
                  <bdi class="name">{name(seat)}</bdi>
                </span>
                {seat === here.you.seat ? (
                  <button type="button" class="small-button" onClick={() => void giveFloor(seat)}>
                    {t("take-it")}
                  </button>
                ) : (
                  <button type="button" class="small-button" aria-label={t("call-name", { name: name(seat) })} onClick={() => void giveFloor(seat)}>
                    {t("call")}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

interface HandProps {
  seat: string;
  name: string;
  question: boolean;
  /** Who leads may call them. */
  called: boolean;
  round: boolean;
  first: boolean;
  last: boolean;
}

function Hand({ seat, name, question, called, round, first, last }: HandProps) {
  const key = handDown(seat);
  const { gone, row } = usePutAway<HTMLLIElement>(key);
  return (
    <li class="hand" {...row}>
      <span class="who">
        <bdi class="name">{name}</bdi>
        {question && <span class="role-tag">{t("has-question")}</span>}
      </span>
      {gone ? (
        <PutAway of={key} said={t("hand-was-put-down")} />
      ) : (
        <span class="row">
          {called && (
            <button type="button" class="small-button" aria-label={t("call-name", { name })} onClick={() => void giveFloor(seat)}>
              {t("call")}
            </button>
          )}
          {!first && (
            <button type="button" class="small-button quiet" aria-label={t("hand-first-name", { name })} onClick={() => void moveHand(seat, "first")}>
              {t("hand-first")}
            </button>
          )}
          {!round && !last && (
            <button type="button" class="small-button quiet" aria-label={t("hand-last-name", { name })} onClick={() => void moveHand(seat, "last")}>
              {t("hand-last")}
            </button>
          )}
          {!round && (
            <button type="button" class="small-button quiet" aria-label={t("hand-down-name", { name })} onClick={() => putHandDown(seat)}>
              {t("hand-down")}
            </button>
          )}
        </span>
      )}
    </li>
  );
}

// A paragraph in brackets is for who leads: what the group may put there.
const NOTES = /^\[[^\]]*\]\n*/gm;

export function Script({ index }: { index: number }) {
  const words = useSignal<string | null>(null);
  const missing = useSignal(false);
  const up = connection.wire.value === "up";
  useEffect(() => {
    if (!up || words.value !== null) return;
    void scriptOf(index).then((script) => {
      words.value = script;
      missing.value = script === null;
    });
  }, [up]);
  if (words.value === null) return missing.value ? <p class="hint">{t("script-missing")}</p> : null;
  const script = words.value.trim();
  if (!script) return null;
  const spoken = script.replace(NOTES, "").trim();
  return (
    <div class="script">
      <h3 id="script-title">{t("script")}</h3>
      <blockquote class="words" dir="auto" tabIndex={0} aria-labelledby="script-title">
        {script}
      </blockquote>
      {spoken && (view.value?.room.segment.mode === "silence" ? <p class="hint">{t("script-in-silence")}</p> : <IntoTheBox script={spoken} />)}
    </div>
  );
}

/** Once: as long as the words stand in the box, there is nothing more to do. */
function IntoTheBox({ script }: { script: string }) {
  const there = draft.value.text.includes(script);
  const copy = (): void => {
    const before = draft.value.text.trim();
    setDraft({ text: before ? `${before}\n\n${script}` : script });
    panel.value = null;
    say({ text: t("script-copied") });
  };
  return (
    <button type="button" class="small-button" aria-disabled={there} onClick={() => !there && copy()}>
      {t(there ? "script-copied" : "script-copy")}
    </button>
  );
}

function Parts({ here }: { here: View }) {
  const { agenda, segment } = here.room;
  return (
    <details class="run-parts" open={segment.index < 0}>
      <summary>{t("all-parts")}</summary>
      <ol>
        {agenda.map((part, at) => (
          <li key={at} class={at === segment.index ? "current" : at < segment.index ? "past" : undefined} aria-current={at === segment.index ? "step" : undefined}>
            <span class="who">
              <bdi class="name">{part.title}</bdi>
              <span class="hint">{t("part-minutes", { minutes: part.minutes, mode: part.mode })}</span>
            </span>
            {at === segment.index ? (
              <Icon name="check" />
            ) : (
              <button type="button" class="small-button quiet" aria-label={t("go-to-part", { title: part.title })} onClick={() => void goTo(at)}>
                {t("go-there")}
              </button>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
