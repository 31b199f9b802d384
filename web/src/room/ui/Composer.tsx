/** The message box. It says why it waits, and keeps the words. */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { atDayTime, t } from "../../shared/words";
import { may } from "../acts";
import { draft, outbox, setDraft, view } from "../session";
import { find } from "../view";
import { now, secondsUntil } from "./clock";
import { Icon } from "./Icons";
import { replyTo } from "./sheets";

const LONGEST = 2_000;
const COUNT_FROM = 1_600;
const byKeyboard = matchMedia("(hover: hover) and (pointer: fine)");

/** Why nothing can be sent now, or an empty string. */
function useWhy(): string {
  return useComputed(() => {
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
}

export function Composer() {
  const why = useWhy();
  const box = useRef<HTMLTextAreaElement>(null);
  const warned = useSignal(draft.value.warning !== "");
  const { text, warning } = draft.value;
  const length = text.length > COUNT_FROM ? [...text].length : text.length;
  const ready = why === "" && text.trim() !== "" && length <= LONGEST;
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
    warned.value = false;
    replyTo.value = null;
    box.current?.focus();
  }

  return (
    <form
      class={why ? "composer waits" : "composer"}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {why && (
        <p class="why" id="box-why" role="status">
          {why}
        </p>
      )}
      {frozenHost && <p class="why">{t("box-frozen-host")}</p>}
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
            aria-describedby={why ? "box-why" : undefined}
            placeholder={t("box-placeholder")}
            autocomplete="off"
            autocapitalize="sentences"
            spellcheck={false}
            {...{ autocorrect: "off" }}
            value={text}
            onInput={(event) => setDraft({ text: event.currentTarget.value })}
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
      {length > COUNT_FROM && (
        <p class={length > LONGEST ? "count over" : "count"} role="status">
          {length > LONGEST ? t("box-over", { count: length - LONGEST }) : t("box-left", { count: LONGEST - length })}
        </p>
      )}
      {!listener && length <= COUNT_FROM && <p class="keys">{t("box-keys")}</p>}
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
