/** The message box. It says why it waits, and keeps the words. */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { atDayTime, t } from "../../shared/words";
import { may } from "../acts";
import { cameBack, draft, outbox, replyTo, setDraft, view } from "../session";
import { find, takesTurns } from "../view";
import { now, secondsUntil } from "./clock";
import { Icon } from "./Icons";
import { byKeyboard } from "./sheets";
import { Clock, isTyped, TurnTools, whyNotMyTurn } from "./Turns";

const LONGEST = 2_000;
const COUNTED = 0.8; // from here on it is shown how much is left

interface Why {
  text: string;
  /** It waits for a turn: nothing is wrong, and the typed commands can be sent. */
  turn?: boolean;
  until?: number;
  longest?: number;
}

/** Why nothing can be sent now; without words where something can. */
function useWhy(): Why {
  const why = useComputed(() => {
    const here = view.value;
    if (!here) return "";
    const { you, room } = here;
    if (!you.may.includes("post")) return t("box-why-listener");
    if (room.seats.some((seat) => seat.seat === you.seat && seat.muted)) {
      return here.mutedUntil ? t("box-why-muted-until", { time: atDayTime(here.mutedUntil) }) : t("box-why-muted");
    }
    if (room.frozen && !you.may.includes("post_in_freeze")) return t("box-why-frozen");
    if (room.slow_seconds > 0 && !you.may.includes("unhurried")) {
      let last = 0;
      for (const entry of here.log) if (entry.kind === "message" && entry.seat === you.seat) last = entry.at;
      const wait = last + room.slow_seconds * 1_000;
      if (last > 0 && wait > now.value) return t("box-why-slow", { seconds: secondsUntil(wait) });
    }
    return "";
  }).value;
  const here = view.value;
  if (why || !here) return { text: why };
  const turn = whyNotMyTurn(here, replyTo.value !== null);
  if (turn.text) return { ...turn, turn: true };
  const othersTurn = takesTurns(here) && here.room.floor?.seat !== here.you.seat;
  return cameBack.value && othersTurn ? { ...turn, text: cameBack.value, turn: true } : turn;
}

export function Composer() {
  const why = useWhy();
  const box = useRef<HTMLTextAreaElement>(null);
  const warned = useSignal(draft.value.warning !== "");
  const { text, warning } = draft.value;
  const longest = why.longest ?? LONGEST;
  const countFrom = longest * COUNTED;
  const length = text.length > countFrom ? [...text].length : text.length;
  const waits = why.text !== "" && why.text !== cameBack.value;
  const ready = (!waits || (why.turn === true && isTyped(text))) && text.trim() !== "" && length <= longest;
  const listener = !may("post");
  const frozenHost = view.value?.room.frozen === true && may("post_in_freeze");

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`; // as high as its words; the style sheet sets the most
  }, [text]);

  useEffect(() => {
    if (byKeyboard.matches) box.current?.focus(); // a phone's keyboard would cover the room
  }, []);

  useLayoutEffect(() => {
    if (warning !== "") warned.value = true; // words that came back bring theirs
  }, [warning]);

  const { text: whyText } = why;

  useLayoutEffect(() => {
    if (replyTo.value !== null) box.current?.focus();
  }, [replyTo.value]);

  function send(): void {
    if (!ready) {
      box.current?.focus();
      return;
    }
    outbox.add({
      text: text.trim(),
      ...(replyTo.value !== null ? { reply_to: replyTo.value } : {}),
      ...(warned.value ? { warning: warning.trim() || t("warning-plain") } : {}),
    });
    setDraft({ text: "", warning: "" });
    cameBack.value = "";
    warned.value = false;
    replyTo.value = null;
    box.current?.focus();
  }

  return (
    <form
      class={waits ? "composer waits" : "composer"}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {whyText && (
        <p class={why.turn ? "why calm" : "why"} id="box-why">
          <span role="status">{whyText}</span>
          {why.until !== undefined && <Clock until={why.until} />}
        </p>
      )}
      {frozenHost && <p class="why">{t("box-frozen-host")}</p>}
      <TurnTools />
      <ReplyChip />
      {warned.value && (
        <div class="joined warning-field">
          <input
            aria-label={t("box-warning-label")}
            placeholder={t("box-warning-label")}
            maxLength={80}
            dir="auto"
            autocomplete="off"
            value={warning}
            onInput={(event) => setDraft({ warning: event.currentTarget.value })}
          />
          <button
            type="button"
            class="square"
            aria-label={t("box-warning-off")}
            onClick={() => {
              warned.value = false;
              setDraft({ warning: "" });
            }}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
      {!listener && (
        <div class="box">
          {!warned.value && (
            <button type="button" class="quiet square" aria-label={t("box-warning")} title={t("box-warning")} onClick={() => (warned.value = true)}>
              <Icon name="cover" />
            </button>
          )}
          <textarea
            ref={box}
            rows={1}
            dir="auto"
            aria-label={t("box-label")}
            aria-describedby={whyText ? "box-why" : undefined}
            placeholder={t("box-placeholder")}
            autocomplete="off"
            autocapitalize="sentences"
            spellcheck={false}
            {...{ autocorrect: "off" }}
            value={text}
            onInput={(event) => {
              const { value } = event.currentTarget;
              setDraft({ text: value });
              if (value === "") cameBack.value = "";
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229 || !byKeyboard.matches) return;
              event.preventDefault();
              send();
            }}
          />
          <button type="submit" class="primary send" aria-disabled={!ready}>
            <Icon name="send" /> <span>{t("box-send")}</span>
          </button>
        </div>
      )}
      {length > countFrom && (
        <p class={length > longest ? "count over" : "count"} role="status">
          {length > longest ? t("box-over", { count: length - longest }) : t("box-left", { count: longest - length })}
        </p>
      )}
      {!listener && length <= countFrom && <p class="keys">{t("box-keys")}</p>}
    </form>
  );
}

function ReplyChip() {
  const here = view.value;
  const id = replyTo.value;
  if (!here || id === null) return null;
  const message = find(here, id);
  if (!message || message.gone) return null;
  return (
    <div class="reply-chip">
      <Icon name="reply" />
      <p>
        <span class="hint">{t("replying-to", { name: message.name })}</span>
        <span class="quoted" dir="auto">
          {message.warning ?? message.text}
        </span>
      </p>
      <button type="button" class="quiet square" aria-label={t("box-reply-off")} onClick={() => (replyTo.value = null)}>
        <Icon name="close" />
      </button>
    </div>
  );
}
